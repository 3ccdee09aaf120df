"""Date polls: asking a group when it can, answering, choosing; and guests, by link."""

from flask import Flask, url_for

from webapp.groups import home
from webapp.groups.models import WorkingGroup
from webapp.notifications import registry
from webapp.notifications.kinds import NoticeKind
from webapp.policy.actor import Actor
from webapp.policy.permissions import Can
from webapp.policy.rules import can
from webapp.polls import (
    forgetting,  # noqa: F401 - registers clocks
    needs,
    queries,
)
from webapp.polls.labels import poll_words
from webapp.polls.routes import answers, guests, organising
from webapp.polls.routes.blueprint import bp
from webapp.web import menu, numbers
from webapp.web import needs as today

MODULES = (answers, organising, guests)

for kind in (NoticeKind.POLL_ASKED, NoticeKind.POLL_NUDGED, NoticeKind.POLL_CHOSEN):
    registry.leads_to(kind, "polls.show", "poll_id")


def init_app(app: Flask) -> None:
    """Bring the pages of this area."""
    app.register_blueprint(bp)
    menu.belongs(app, "polls", "groups")
    home.add_block(app, home.Block("polls/_home.html", _on_home, 15, aside=True))
    today.add(app, needs.all_needs, queries.any_open)


def _on_home(group: WorkingGroup, actor: Actor) -> dict[str, object] | None:
    """What stands on the home of a group, to whoever sits in it: no query of its own, it comes with the numbers around
    the page."""
    if not can(actor, Can.READ_POLL, group):
        return None
    asked = queries.any_open(actor) if actor.person_id in group.member_ids else None
    found = queries.open_polls(numbers.around(asked).get(queries.OPEN_POLLS))
    mine = [row for row in found if row.group_id == group.id]
    return {"polls": [(row.title, url_for("polls.show", poll_id=row.id), poll_words(row)) for row in mine]}
