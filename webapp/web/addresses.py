"""Mail addresses: however somebody spells one, it is one address."""

from email_validator import EmailNotValidError, validate_email

LENGTH = 254


def normal_address(typed: str) -> str | None:
    """The address in small plain letters; None when it is no mail address."""
    try:
        if len(typed) > LENGTH:
            return None
        found = validate_email(typed.strip(), check_deliverability=False, allow_smtputf8=False)
    except EmailNotValidError:
        return None
    return (found.ascii_email or found.normalized).lower()
