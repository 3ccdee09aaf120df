"""What the pages of a join link say when it leads into a group, and where people go who came in by it.

Of a confidential group they say nothing that would show which one.
"""

import uuid

from flask import url_for
from flask_babel import gettext as _

from webapp.accounts import registry
from webapp.accounts.registry import JoinWords
from webapp.groups import guests, home, invited, inviting, joining
from webapp.groups.codes import GuestOf, Visibility
from webapp.groups.labels import invited_words
from webapp.groups.models import GroupInvitation, WorkingGroup


def words(door_id: uuid.UUID) -> JoinWords:
    """What the page says before somebody shows that an address is theirs."""
    one = invited.invitation(door_id)
    if one:
        return _of_one(one)
    row = joining.door_of(door_id)
    return _of(row.group, row.of, row.thing_id)


def _of(
    group: WorkingGroup, of: GuestOf | None, thing_id: uuid.UUID | None, lead: str = "", email: str = "", name: str = ""
) -> JoinWords:
    is_secret = group.visibility is Visibility.CONFIDENTIAL
    thing = home.thing(of, thing_id) if of and thing_id and not is_secret else None
    if of:
        title = _("Come as a guest: %(title)s", title=thing.title) if thing else _("Come as a guest")
        then = _("You take part in this alone, until the day that was agreed. The rest stays with the group.")
    else:
        title = _("Take part in a working group") if is_secret else _("Take part in %(group)s", group=group.name)
        then = _("You read along and write along, like everybody who sits in the group.")
    host = None if is_secret else (group.name, group.icon, "zon")
    return JoinWords(title, _("The people of the group see your name."), then, host, lead, email, name)


def _of_one(row: GroupInvitation) -> JoinWords:
    lead = invited_words(row)
    if row.group.visibility is Visibility.CONFIDENTIAL:
        later = _("You read which group it is as soon as we know that it is you. Then you say yes or no.")
        lead = f"{lead} {later}"
    return _of(row.group, row.of, row.thing_id, lead, row.email, row.name)


def place(door_id: uuid.UUID, person_id: uuid.UUID) -> str:
    """Where somebody goes who came in: to the group, to what they are a guest of, or to an invitation to answer."""
    one = invited.invitation(door_id)
    if one and one.waits:
        return url_for("groups.answer", group_invitation_id=one.id)
    row = one or joining.door_of(door_id)
    return place_in(row.group_id, row.thing_id, person_id)


def place_in(group_id: uuid.UUID, thing_id: uuid.UUID | None, person_id: uuid.UUID) -> str:
    """The page of a group, or of what somebody is a guest of there."""
    found = guests.place_of(thing_id, person_id) if thing_id else None
    return url_for("groups.as_guest", guest_id=found.id) if found else url_for("groups.show", group_id=group_id)


def answer(door_id: uuid.UUID, person_id: uuid.UUID) -> str:
    """Where somebody answers an invitation who is signed in with its address; empty for anybody else."""
    row = invited.for_answer(door_id)
    is_theirs = row is not None and row.person_id == person_id
    return url_for("groups.answer", group_invitation_id=door_id) if is_theirs else ""


def refuse(door_id: uuid.UUID) -> None:
    """No thanks, by the link alone."""
    row = invited.invitation(door_id)
    if row and row.waits:
        inviting.decline(row)


registry.keep_doors(registry.Doorkeeper(words, place, answer, refuse))
