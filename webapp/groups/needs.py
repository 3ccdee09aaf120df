"""What working groups put on the first page: an invitation, somebody who asks to join, and actions that are due."""

from collections.abc import Iterator

from flask import url_for
from flask_babel import gettext as _

from webapp.core.db import AnyRow
from webapp.core.numbers import Numbers
from webapp.groups import invited, items
from webapp.groups.labels import due_words
from webapp.policy.actor import Actor
from webapp.web.needs import Need, Urgency, Way
from webapp.web.numbers import around


def numbers(actor: Actor) -> Numbers:
    """Whether something of a group waits for somebody."""
    return items.any_waiting(actor) | invited.any_waiting(actor)


def all_needs(actor: Actor) -> Iterator[Need]:
    """What waits for this person."""
    waiting = around()
    if waiting.get(items.ASKING):
        yield from (_asks(row) for row in items.to_answer(actor))
    if waiting.get(invited.WAITING):
        yield from (_invites(row) for row in invited.of_person(actor))
    if waiting.get(items.DUE):
        yield from (_due(row, actor) for row in items.pressing(actor))


def _asks(row: AnyRow) -> Need:
    title = _("%(name)s would like to join %(group)s", name=row.name.split()[0], group=row.group)
    href = url_for("groups.members", group_id=row.group_id)
    return Need(
        key=f"join-{row.id}", urgency=Urgency.CHOICE, since=row.asked_at, title=title,
        line=_("For %(place)s. Not now is fine too.", place=row.organisation), icon="user-plus", is_question=False,
        ways=(Way(_("Look and answer"), href),),
    )  # fmt: skip


def _invites(row: AnyRow) -> Need:
    href = url_for("groups.answer", group_invitation_id=row.id)
    line = _("As a guest. No thanks is fine too.") if row.of else _("To take part. No thanks is fine too.")
    return Need(
        key=f"invited-{row.id}", urgency=Urgency.CHOICE, since=row.sent_at, line=line, icon="user-plus",
        title=_("%(group)s invites you", group=row.group), is_question=False, ways=(Way(_("Look and answer"), href),),
    )  # fmt: skip


def _due(row: AnyRow, actor: Actor) -> Need:
    """What is due. What it is about is told of a group about integrity once a second factor was shown."""
    is_told = actor.showed_second_factor or not row.is_about_integrity
    title = row.title if is_told else _("You have something to do here")
    done = url_for("groups.finish", item_id=row.id)
    return Need(
        key=f"action-{row.id}", urgency=Urgency.NEXT_STEP, since=row.moved_at, title=title,
        line=_("%(group)s, %(when)s.", group=row.group, when=due_words(row.due_on)), icon="list-checks",
        is_question=False,
        ways=(Way(_("Done"), done, "check", {}), Way(_("Look"), url_for("groups.item", item_id=row.id))),
    )  # fmt: skip
