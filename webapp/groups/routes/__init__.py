"""Working groups: the list, a group, who sits in it, and what it set itself to do."""

from flask import Flask

from webapp.groups import (
    home,
    leaving,  # noqa: F401 - registers a clock
    letters,  # noqa: F401 - registers what mails say
    needs,
)
from webapp.groups.home import Tab
from webapp.groups.models import WorkingGroup
from webapp.groups.routes import doing, door, found, from_mail, group, inviting, keeper, seats
from webapp.groups.routes.blueprint import bp
from webapp.notifications import registry
from webapp.notifications.kinds import NoticeKind
from webapp.vocabulary.words import _l
from webapp.web import finding, menu
from webapp.web import needs as today

MODULES = (group, seats, doing, from_mail, door, inviting, keeper)

registry.leads_to(NoticeKind.GROUP_JOINED, "groups.members", "group_id")
registry.leads_to(NoticeKind.GROUP_ASKED, "groups.members", "group_id")
registry.leads_to(NoticeKind.GROUP_WELCOME, "groups.show", "group_id")
registry.leads_to(NoticeKind.ACTION_GIVEN, "groups.item", "item_id")


def init_app(app: Flask) -> None:
    """Bring the pages of this area."""
    app.register_blueprint(bp)
    home.add_tab(app, Tab("home", _l("Overview"), "groups.show", 0))
    home.add_tab(app, Tab("doing", _l("Actions"), "groups.doing", 20))
    home.add_tab(app, Tab("members", _l("Members"), "groups.members", 90, _seated))
    today.add(app, needs.all_needs, needs.numbers)
    menu.add(app, menu.Entry(_l("Working groups"), _l("Groups"), "groups.index", "users", order=40, phone=5))
    finding.add(app, found.GROUPS)


def _seated(group: WorkingGroup) -> int:
    return len(group.members)
