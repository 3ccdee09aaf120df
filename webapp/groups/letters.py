"""The reminder of actions: which group, which day, and three links. Never what the action says; of a confidential
group not even its name."""

from datetime import timedelta
from typing import Any

from flask import url_for
from flask_babel import ngettext

from webapp.core import clock, links
from webapp.groups import items
from webapp.groups.codes import Visibility
from webapp.groups.labels import due_words
from webapp.groups.models import ActionItem
from webapp.notifications import registry
from webapp.notifications.kinds import NoticeKind
from webapp.notifications.mail import Letter
from webapp.notifications.models import Notice
from webapp.notifications.queries import Reader

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
