"""What stands on the shelf of a group, and what open groups share with the network."""

from typing import Any

from flask import Response, request, url_for

from webapp.groups import queries as groups
from webapp.groups.models import WorkingGroup
from webapp.policy.actor import Actor
from webapp.policy.permissions import Can
from webapp.shelf import labels, queries
from webapp.shelf.queries import Wanted
from webapp.shelf.routes.blueprint import bp
from webapp.vocabulary.seven_bs import B_TRAITS, B
from webapp.vocabulary.strategies import STRATEGY_TRAITS, Strategy
from webapp.web.filters import asked_for
from webapp.web.forms import as_id
from webapp.web.guard import requires
from webapp.web.i18n import word
from webapp.web.paging import after, behind, cut, moment
from webapp.web.respond import page

ON_HOME = 4


@bp.get("/werkgroepen/<uuid:group_id>/gereedschap")
@requires(Can.READ_GROUP, sees=Can.SEE_GROUP, of=groups.group)
def of_group(group: WorkingGroup) -> Response:
    """What a group keeps."""
    key = after(request.args.get("na"), 2)
    behind = (key[0], found) if key and (found := as_id(key[1])) else None
    listed = cut(queries.of_group(group, behind), lambda row: (row.title, row.id))
    next_url = url_for("shelf.of_group", group_id=group.id, na=listed.next) if listed.next else ""
    return page("shelf/of_group.html", group=group, rows=listed.rows, next_url=next_url)


def on_home(group: WorkingGroup, _actor: Actor) -> dict[str, Any] | None:
    """The first few tools of a group for its home; nothing while there are none."""
    rows = queries.of_group(group, most=ON_HOME)
    lines = [
        (labels.icon_of(row), row.title, labels.used_words(row.used) or labels.kind_words(row), row.id)
        for row in rows[:ON_HOME]
    ]
    return {"lines": lines, "has_more": len(rows) > ON_HOME} if lines else None


@bp.get("/gereedschap")
@requires(Can.LOOK_AROUND)
def index() -> Response:
    """What open groups share, by B and by strategy."""
    wanted = Wanted(asked_for(B, "b"), asked_for(Strategy, "strategie"))
    listed = cut(
        queries.of_network(wanted, behind(request.args.get("na"), moment)),
        lambda row: (row.shared_at.isoformat(), row.id),
    )
    next_url = _address(wanted, na=listed.next) if listed.next else ""
    return page("shelf/index.html", rows=listed.rows, next_url=next_url, wanted=wanted, **_filters(wanted))


def _filters(wanted: Wanted) -> dict[str, Any]:
    """The chips: words, address with that filter on or off, whether it is on, and a picture."""
    bs = [
        (word(traits.label), _address(Wanted(None if chosen else b, wanted.strategy)), chosen, traits.icon)
        for b, traits in B_TRAITS.items()
        for chosen in [wanted.b is b]
    ]
    ways = [
        (word(traits.label), _address(Wanted(wanted.b, None if chosen else one)), chosen, "")
        for one, traits in STRATEGY_TRAITS.items()
        for chosen in [wanted.strategy is one]
    ]
    return {"bs": bs, "ways": ways}


def _address(wanted: Wanted, **more: Any) -> str:
    parts = {"b": wanted.b and wanted.b.value, "strategie": wanted.strategy and wanted.strategy.value, **more}
    return url_for("shelf.index", **{name: value for name, value in parts.items() if value})
