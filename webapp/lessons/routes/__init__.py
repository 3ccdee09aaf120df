"""The log: what the network learned."""

from flask import Flask

from webapp.lessons import forgetting, needs, waiting  # noqa: F401 - forgetting registers clocks
from webapp.lessons.routes import (
    booklets,
    card,
    fitting,
    flags,
    found,
    keeping,
    log,
    outside,
    reading,
    rewording,
    searches,
    tags,
    towns,
    trying,
    upkeep,
    weekly,
    writing,
)
from webapp.lessons.routes.blueprint import bp
from webapp.notifications import registry
from webapp.notifications.kinds import NoticeKind
from webapp.vocabulary.words import _l
from webapp.web import finding, menu, numbers, suggestions
from webapp.web import needs as today

MODULES = (
    booklets,
    card,
    fitting,
    flags,
    found,
    keeping,
    log,
    outside,
    reading,
    rewording,
    searches,
    tags,
    towns,
    trying,
    upkeep,
    weekly,
    writing,
)

for kind in (NoticeKind.LESSON_APPROVED, NoticeKind.LESSON_ASKED, NoticeKind.LESSON_HELD):
    registry.leads_to(kind, "lessons.lesson", "lesson_id")
for kind in (NoticeKind.FLAG_DECIDED, NoticeKind.WORDS_FOLDED, NoticeKind.WORDS_SHOWN):
    registry.leads_to(kind, "lessons.flag", "flag_id")
for kind in (NoticeKind.TAG_ACCEPTED, NoticeKind.TAG_DECLINED):
    registry.leads_to(kind, "lessons.tags", "_anchor")


def init_app(app: Flask) -> None:
    """Bring the pages of this area."""
    app.register_blueprint(bp)
    menu.add(app, menu.Entry(_l("Learning"), _l("Learning"), "lessons.index", "sprout", order=60, phone=4))
    finding.add(app, found.LESSONS)
    suggestions.add(app, fitting.provider)
    numbers.add(app, waiting.numbers)
    today.add(app, needs.all_needs, needs.numbers)
    registry.goes_along(weekly.in_digest)
    registry.goes_along(searches.in_digest)
