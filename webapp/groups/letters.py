"""The reminder of actions: which group, which day, and three links; never what the action says. And an invitation into
a group. Of a confidential group neither says the name."""

import uuid
from datetime import timedelta
from typing import Any

from flask import url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from webapp.accounts import joining
from webapp.accounts import queries as accounts
from webapp.core import clock, links
from webapp.core.outbox import Claimed
from webapp.groups import invited, inviting, items
from webapp.groups.codes import Visibility
from webapp.groups.labels import due_words, invited_words
from webapp.groups.models import ActionItem
from webapp.notifications import registry
from webapp.notifications.kinds import Attention, NoticeKind, Subject
from webapp.notifications.mail import Letter, letter, with_way_out
from webapp.notifications.models import Notice
from webapp.notifications.queries import Reader, choices

LINK_WORKS = timedelta(days=28)
WAYS = ("klaar", "later", "lukt-niet")
"""What can be answered from the mail, as it stands in addresses."""

registry.leads_to(NoticeKind.ACTION_DUE, "groups.item", "item_id")
registry.leads_to(NoticeKind.ACTION_FREE, "groups.doing", "group_id")


@registry.letters_for(NoticeKind.ACTION_DUE)
def due(notice: Notice, reader: Reader) -> Letter | None:
    """Everything that this reader carries and whose day is near; nothing when it was done or given away meanwhile."""
    near = items.near(reader.person_id)
    if not near:
        return None
    subject = ngettext("An action waits for you", "%(num)s actions wait for you", len(near))
    context: dict[str, object] = {"actions": [_line(one, reader) for one in near]}
    return Letter(reader.email, reader.name, subject, "action", context)


def _line(item: ActionItem, reader: Reader) -> dict[str, Any]:
    token = links.issue(links.Purpose.ACTION, item.id, expires_at=clock.now() + LINK_WORKS, person_id=reader.person_id)
    is_secret = item.group.visibility is Visibility.CONFIDENTIAL
    return {
        "group": "" if is_secret else item.group.name,
        "when": due_words(item.due_on),
        "ways": {way: url_for("groups.follow_action", token=token, wat=way, _external=True) for way in WAYS},
    }


@letter(inviting.TASK)
def invitation(job: Claimed) -> Letter | None:
    """An invitation with its link; nothing when it was taken back meanwhile. Whoever wants no mail about groups finds
    it on Today."""
    row = invited.for_answer(uuid.UUID(job.payload["invitation"]))
    door = accounts.door_link(row.id) if row and row.waits else None
    if row is None or door is None:
        return None
    if row.person_id and choices([row.person_id])[row.person_id].way(NoticeKind.GROUP_WELCOME) is Attention.IN_BRUG:
        return None
    is_secret = row.group.visibility is Visibility.CONFIDENTIAL
    subject = _("Will you come as a guest?") if row.of else _("Will you take part in a working group?")
    context: dict[str, object] = {
        "url": url_for("accounts.follow_join_link", token=joining.token_of(door), _external=True),
        "words": invited_words(row),
        "group": "" if is_secret else row.group.name,
        "purpose": "" if is_secret else row.group.purpose,
        "until": row.until,
        "invited_name": row.name,
    }
    written = Letter(row.email, row.name, subject, "group_invitation", context)
    return with_way_out(written, row.person_id, Subject.GROUPS) if row.person_id else written
