"""Tools to test with, and files of every kind that a group keeps."""

import io
import uuid
import zipfile

from tests.groups.makers import group
from tests.people import Cast
from webapp.core.db import db
from webapp.core.papers import TYPES, Paper, PaperKind, paper
from webapp.groups.codes import Visibility
from webapp.groups.models import WorkingGroup
from webapp.shelf import actions
from webapp.shelf.actions import About
from webapp.shelf.models import Tool
from webapp.vocabulary.seven_bs import B
from webapp.vocabulary.strategies import Strategy

CANARY = "Zohrakanarie"
ABOUT = About("Checklist eerste dag", "Zodat niemand alleen aan de poort staat.", bs=(B.TRUST,))
LINK = About(
    "Toolbox diversiteit",
    "Ideeën voor een open ploeg.",
    "https://ambrassade.example/toolbox",
    (B.FIT,),
    (Strategy.SUPPORT,),
)
PDF = b"%PDF-1.7\n1 0 obj << >> endobj\n%%EOF\n"
TEXT = b"Bel eerst even op.\n"


def box(parts: dict[str, bytes]) -> bytes:
    """An office file: a box of parts."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in parts.items():
            made.writestr(name, content)
    return target.getvalue()


def docx(**more: bytes) -> bytes:
    """What a word processor writes, with the name of whoever typed it."""
    about = f"<cp:x><dc:creator>{CANARY}</dc:creator><cp:lastModifiedBy>Ann &amp; Jo</cp:lastModifiedBy></cp:x>"
    return box(
        {
            "[Content_Types].xml": b"<Types/>",
            "word/document.xml": b"<w:document/>",
            "docProps/core.xml": about.encode(),
            **{name.replace("__", "/"): content for name, content in more.items()},
        }
    )


def odt() -> bytes:
    """What another one writes."""
    return box({"mimetype": TYPES[PaperKind.ODT].encode(), "content.xml": b"<o/>", "meta.xml": b"<m/>"})


def of_group(cast: Cast, visibility: Visibility = Visibility.OPEN, name: str = "Werkgroep Welkom") -> WorkingGroup:
    """A group with a shelf."""
    return group(cast, visibility, name)


def kept(cast: Cast, made: WorkingGroup, about: About = ABOUT, data: bytes = TEXT, who: str = "bram") -> Tool:
    """A file on the shelf of a group."""
    return actions.add(made, about, paper("checklist.txt", data), by=cast.actor(who))


def linked(cast: Cast, made: WorkingGroup, about: About = LINK) -> Tool:
    """A link on the shelf of a group."""
    return actions.add(made, about, by=cast.actor("bram"))


def committed(tool: Tool) -> uuid.UUID:
    """The id of a tool that is kept now."""
    tool_id = tool.id
    db.session.commit()
    return tool_id


def read(name: str, data: bytes) -> Paper:
    """What Brug makes of a file."""
    return paper(name, data)
