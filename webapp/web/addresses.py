"""Addresses that people type, of mail and of websites: however somebody spells one, it is one address.

Those in a text can be followed. There is no markup: whatever looks like some is text, and nothing comes from elsewhere.
"""

import re
from urllib.parse import urlsplit

from email_validator import EmailNotValidError, validate_email
from markupsafe import Markup, escape

LENGTH = 254
LONGEST_LINK = 500
LINK = re.compile(r"[^\s\x00-\x20\x7f<>\"'\\^`{|}]+")
IN_TEXT = re.compile(r"https?://[^\s<>\"]{1,500}")
AFTER = ".,;:!?)]}'’”…"
"""What ends a sentence rather than an address."""
SHOWN = Markup('<a class="link" href="{0}" rel="noopener noreferrer nofollow external">{0}</a>')


def normal_address(typed: str) -> str | None:
    """The address in small plain letters; None when it is no mail address."""
    try:
        if len(typed) > LENGTH:
            return None
        found = validate_email(typed.strip(), check_deliverability=False, allow_smtputf8=False)
    except EmailNotValidError:
        return None
    return (found.ascii_email or found.normalized).lower()


def web_address(text: str | None) -> str:
    """A link to a website as a browser opens it, with https:// before what somebody left it out of; empty for what is
    none: another scheme, a name or password in it, no website at all."""
    typed = (text or "").strip()
    whole = typed if "://" in typed else f"https://{typed}"
    if len(whole) > LONGEST_LINK or not LINK.fullmatch(whole):
        return ""
    try:
        parts = urlsplit(whole)
        host, _port = parts.hostname or "", parts.port
    except ValueError:
        return ""
    is_site = parts.scheme in ("http", "https") and "." in host.strip(".") and not parts.username
    return whole if is_site and parts.password is None else ""


def linked(text: str) -> Markup:
    """The text as it was typed, with its addresses as links."""
    shown, end = Markup(), 0
    for found in IN_TEXT.finditer(text):
        address = found[0].rstrip(AFTER)
        if web_address(address):
            shown += escape(text[end : found.start()]) + SHOWN.format(address)
            end = found.start() + len(address)
    return shown + escape(text[end:])
