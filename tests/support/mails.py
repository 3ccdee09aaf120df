"""What stands in a mail that left (fixture `mailed`)."""

from collections.abc import Iterable
from email.message import EmailMessage


def text_of(message: EmailMessage) -> str:
    """The plain words of a mail."""
    part = message.get_body(("plain",))
    assert part
    return str(part.get_content())


def receivers(mailed: Iterable[EmailMessage]) -> list[str]:
    """To whom mails went, by what stands before the @ of their address."""
    return sorted(str(one["To"].addresses[0].addr_spec).split("@")[0] for one in mailed)
