"""The shelf of the network: what open groups share, found by B and way of working, and never what is not shared."""

from datetime import timedelta

import pytest

from tests.people import Cast
from tests.shelf.makers import CANARY, committed, kept, linked, of_group
from tests.support.browse import Browse
from webapp.core import clock
from webapp.core.db import db
from webapp.core.errors import NotAllowed
from webapp.groups.codes import Visibility
from webapp.shelf import actions, queries
from webapp.shelf.actions import About
from webapp.shelf.queries import Wanted
from webapp.vocabulary.seven_bs import B
from webapp.vocabulary.strategies import Strategy


def test_who_takes_part_shares_a_tool_and_takes_it_back(browse: Browse, cast: Cast) -> None:
    tool_id = committed(kept(cast, of_group(cast)))
    hilde, lena = browse("hilde"), browse("lena")
    assert not lena.get("/gereedschap").says("Checklist eerste dag")
    assert hilde.submit(hilde.get(f"/gereedschap/{tool_id}"), f"/gereedschap/{tool_id}/delen").status == 303
    assert lena.get("/gereedschap").says("Checklist eerste dag", "Werkgroep Welkom")
    assert hilde.post(f"/gereedschap/{tool_id}/niet-delen").status == 303
    assert not lena.get("/gereedschap").says("Checklist eerste dag")


@pytest.mark.parametrize("visibility", [Visibility.MEMBERS, Visibility.CONFIDENTIAL])
def test_what_a_closed_group_keeps_never_shows(browse: Browse, cast: Cast, visibility: Visibility) -> None:
    made = of_group(cast, visibility, name=CANARY)
    tool = kept(cast, made, About(CANARY, CANARY, bs=(B.FIT,)))
    with pytest.raises(NotAllowed):
        actions.share(tool, by=cast.actor("bram"))
    tool.shared_at = clock.now()  # as when the group was open then
    tool_id = committed(tool)
    for who in ("lena", "tine", "hilde"):
        for path in ("/gereedschap", "/gereedschap?b=fit"):
            assert CANARY not in browse(who).get(path).text, (who, path)
    assert browse("lena").get(f"/gereedschap/{tool_id}").status == 404
    assert browse("hilde").get(f"/gereedschap/{tool_id}").says(CANARY)


def test_a_group_that_closes_takes_its_tools_along(browse: Browse, cast: Cast) -> None:
    made = of_group(cast)
    tool = kept(cast, made)
    actions.share(tool, by=cast.actor("bram"))
    made.visibility = Visibility.MEMBERS
    tool_id = committed(tool)
    assert not browse("lena").get("/gereedschap").says("Checklist eerste dag")
    assert browse("lena").get(f"/gereedschap/{tool_id}").status == 404


def test_filters_stand_in_the_address_and_go_together(browse: Browse, cast: Cast) -> None:
    made = of_group(cast)
    for tool in (kept(cast, made), linked(cast, made)):
        actions.share(tool, by=cast.actor("bram"))
    db.session.commit()
    lena = browse("lena")
    wanted = {
        "": {"Checklist eerste dag", "Toolbox diversiteit"},
        "?b=trust": {"Checklist eerste dag"},
        "?strategie=support": {"Toolbox diversiteit"},
        "?b=fit&strategie=support": {"Toolbox diversiteit"},
        "?b=trust&strategie=support": set(),
        "?b=onzin&na=onzin": {"Checklist eerste dag", "Toolbox diversiteit"},
    }
    for query, titles in wanted.items():
        page = lena.get(f"/gereedschap{query}")
        assert {one for one in ("Checklist eerste dag", "Toolbox diversiteit") if page.says(one)} == titles, query
    assert "/gereedschap?b=trust&strategie=support" in lena.get("/gereedschap?b=trust").links()
    assert lena.get("/gereedschap?b=trust&strategie=support").says("Hier is nog niets voor.")


def test_pages_follow_each_other_without_gap_or_double(cast: Cast) -> None:
    made = of_group(cast)
    now = clock.now()
    for number in range(2 * queries.PAGE_SIZE + 3):
        with clock.at(now + timedelta(seconds=number // 3)):  # some at the same moment
            tool = linked(cast, made, About(f"Link {number:03}", "Om te bladeren.", "https://x.example", (B.FIT,)))
            actions.share(tool, by=cast.actor("bram"))
    for read, key in (
        (lambda after: queries.of_network(Wanted(B.FIT), after), lambda row: (row.shared_at, row.id)),
        (lambda after: queries.of_group(made, after), lambda row: (row.title, row.id)),
    ):
        seen, after = [], None
        while rows := read(after)[: queries.PAGE_SIZE]:
            seen += [row.title for row in rows]
            after = key(rows[-1])
        assert len(seen) == len(set(seen)) == 2 * queries.PAGE_SIZE + 3
    assert Strategy.SUPPORT.value not in {b.value for b in B}, "one list of codes holds both"
