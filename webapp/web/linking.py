"""Plain text with links: what people typed is shown as they typed it, and an address of a website can be followed.

There is no markup: whatever looks like some is text. Nothing is loaded from elsewhere.
"""

import re

from markupsafe import Markup, escape

from webapp.web.addresses import web_address

ADDRESS = re.compile(r"https?://[^\s<>\"]{1,500}")
AFTER = ".,;:!?)]}'’”…"
LINK = Markup('<a class="link" href="{0}" rel="noopener noreferrer nofollow external">{0}</a>')


def linked(text: str) -> Markup:
    """The text with its addresses as links."""
    shown, end = Markup(), 0
    for found in ADDRESS.finditer(text):
        address = found[0].rstrip(AFTER)
        if web_address(address):
            shown += escape(text[end : found.start()]) + LINK.format(address)
            end = found.start() + len(address)
    return shown + escape(text[end:])
