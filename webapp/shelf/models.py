"""A tool on the shelf of a group, the versions of its file, what it is found by, and who uses it."""

import uuid
from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from webapp.core import clock
from webapp.core.db import Base, code_list, coded, new_id, rows_with
from webapp.core.papers import PaperKind
from webapp.groups.models import WorkingGroup
from webapp.vocabulary.seven_bs import B
from webapp.vocabulary.strategies import Strategy


class Tool(Base):
    """A file or a link that a group keeps. It belongs to the group, so it stays when people leave; goes when somebody
    takes it off the shelf. `shared_at` puts it on the shelf of the network, as long as its group is open."""

    __tablename__ = "tool"
    __table_args__ = (
        Index("ix_tool_group", "group_id", "title", "id"),
        Index(
            "ix_tool_shared",
            "shared_at",
            "id",
            **rows_with(text("shared_at IS NOT NULL")),
        ),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=new_id)
    group_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("working_group.id", ondelete="CASCADE"))
    added_by_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"))
    title: Mapped[str] = mapped_column(String(120))
    purpose: Mapped[str] = mapped_column(String(240))
    url: Mapped[str] = mapped_column(String(500), default="")
    bs: Mapped[tuple[B, ...]] = code_list(B)
    strategies: Mapped[tuple[Strategy, ...]] = code_list(Strategy)
    added_at: Mapped[datetime] = mapped_column(default=clock.now)
    shared_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column()

    group: Mapped[WorkingGroup] = relationship(viewonly=True)

    __mapper_args__ = {"version_id_col": version}

    @property
    def is_link(self) -> bool:
        """Whether it leads elsewhere; otherwise there is a file."""
        return bool(self.url)


class ToolTag(Base):
    """A B or a strategy by which a tool is found. Derived from the tool, written with it, gone with it."""

    __tablename__ = "tool_tag"
    __table_args__ = (Index("ix_tool_tag_find", "code", "tool_id"),)

    tool_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("tool.id", ondelete="CASCADE"), primary_key=True)
    code: Mapped[str] = mapped_column(String(40), primary_key=True)


class ToolFile(Base):
    """One version of the file of a tool, sealed. Older versions stay readable; all of them go with their tool. It takes
    room of the organisation for which whoever brought it sits in the group; in their own name, of the group."""

    __tablename__ = "tool_file"
    __table_args__ = (UniqueConstraint("tool_id", "number"),)

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=new_id)
    tool_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("tool.id", ondelete="CASCADE"))
    number: Mapped[int]
    organisation_id: Mapped[uuid.UUID | None] = mapped_column(
        ForeignKey("organisation.id", ondelete="RESTRICT"), index=True
    )
    added_by_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"))
    kind: Mapped[PaperKind] = coded(PaperKind, "kind")
    size: Mapped[int]
    data_key: Mapped[str]
    file_sealed: Mapped[str] = mapped_column(deferred=True)
    added_at: Mapped[datetime] = mapped_column(default=clock.now)

    tool: Mapped[Tool] = relationship(viewonly=True)

    @property
    def group(self) -> WorkingGroup:
        """The group whose file it is."""
        return self.tool.group


class ToolUse(Base):
    """An organisation, or a group, says: we use this. Goes when they say so no longer, or with the tool."""

    __tablename__ = "tool_use"
    __table_args__ = (
        CheckConstraint("(organisation_id IS NULL) <> (group_id IS NULL)", name="one_user"),
        UniqueConstraint("tool_id", "organisation_id"),
        UniqueConstraint("tool_id", "group_id"),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=new_id)
    tool_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("tool.id", ondelete="CASCADE"))
    organisation_id: Mapped[uuid.UUID | None] = mapped_column(
        ForeignKey("organisation.id", ondelete="CASCADE"), index=True
    )
    group_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("working_group.id", ondelete="CASCADE"), index=True)
    said_at: Mapped[datetime] = mapped_column(default=clock.now)
