"""What a group sets itself to do: carried by somebody, an organisation or nobody yet, and never gone with a person."""

import uuid
from datetime import timedelta

import pytest
from sqlalchemy import delete, select

from tests.groups.makers import group
from tests.people import Cast
from tests.referrals.steps import notices
from tests.support.browse import Browse
from webapp.accounts.models import Person
from webapp.core import clock
from webapp.core.db import db
from webapp.core.errors import Conflict, Invalid
from webapp.groups import actions, carrying, items, queries
from webapp.groups.carrying import Wanted
from webapp.groups.codes import Visibility
from webapp.groups.lifecycle import ITEM, REQUEST, ItemStatus
from webapp.groups.models import ActionItem, Membership
from webapp.groups.owning import Owner

STRANGER = "6e81e99e-22f6-4c66-b8d9-1283d6314e7d"


def taken_up(cast: Cast, owner: Owner | None = None, days: int | None = 2, **changes: Visibility) -> uuid.UUID:
    """Noor writes an action down."""
    due_on = clock.today() + timedelta(days=days) if days is not None else None
    made = carrying.add(group(cast, **changes), Wanted("Soep maken", owner, due_on), by=cast.actor("noor"))
    item_id = made.id
    db.session.commit()
    return item_id


def again(item_id: uuid.UUID) -> ActionItem:
    db.session.rollback()
    db.session.expire_all()
    return items.item(item_id) or pytest.fail("gone")


def test_every_status_is_reached_and_left() -> None:
    for cycle in (ITEM, REQUEST):
        assert cycle.reachable() == set(cycle.statuses)
        assert all(cycle.open_from(status) for status in cycle.statuses)


def test_an_action_is_written_down_in_one_field(browse: Browse, cast: Cast) -> None:
    group_id = group(cast).id
    db.session.commit()
    hilde, path = browse("hilde"), f"/werkgroepen/{group_id}/acties"
    assert hilde.post(path, hilde.get(path).form(path) | {"title": "Bordje aan de poort"}).status == 303
    page = hilde.get(path)
    assert page.says("Nog van niemand", "Bordje aan de poort")
    empty = hilde.post(path, hilde.get(path).form(path) | {"title": " ", "due_on": "2026-12-24"})
    assert empty.status == 422
    assert empty.says("Zeg in een paar woorden wat er moet gebeuren.")
    assert 'value="2026-12-24"' in empty.text


def test_an_action_that_meetings_take_along_says_how_often(browse: Browse, cast: Cast) -> None:
    item = again(taken_up(cast))
    path, says = f"/werkgroepen/{item.group_id}/acties", "2 keer meegenomen"
    item.carried = 1
    db.session.commit()
    assert not browse("hilde").get(path).says("keer meegenomen")
    again(item.id).carried = 2
    db.session.commit()
    assert browse("hilde").get(path).says(says)
    carrying.move(again(item.id), ItemStatus.DONE, by=cast.actor("noor"))
    db.session.commit()
    assert not browse("hilde").get(path).says(says)


@pytest.mark.parametrize("owner", ["onzin", STRANGER, f"{STRANGER}.{STRANGER}"])
def test_only_who_sits_in_the_group_carries_an_action(browse: Browse, cast: Cast, owner: str) -> None:
    group_id = group(cast).id
    db.session.commit()
    hilde, path = browse("hilde"), f"/werkgroepen/{group_id}/acties"
    answer = hilde.post(path, hilde.get(path).form(path) | {"title": "Bordje", "owner": owner})
    assert answer.status == 422
    assert answer.says("Kies iemand uit de groep, of nog niemand.")


def test_who_gets_an_action_hears_of_it_and_finds_it_on_the_first_page(browse: Browse, cast: Cast) -> None:
    item_id = taken_up(cast, Owner(cast.lantaarn, cast.hilde))
    assert "action_given" in notices(cast, "hilde")
    hilde = browse("hilde")
    assert hilde.get("/").says("Soep maken", "Werkgroep Welkom")
    done = f"/werkgroepen/acties/{item_id}/klaar"
    assert hilde.post(done, hilde.get("/").form(done)).status == 303
    assert not hilde.get("/").says("Soep maken")
    assert again(item_id).done_at is not None


def test_what_stands_on_an_organisation_shows_for_everybody_who_sits_for_it(browse: Browse, cast: Cast) -> None:
    taken_up(cast, Owner(cast.lantaarn))
    assert browse("hilde").get("/").says("Soep maken")
    assert not browse("lena").get("/").says("Soep maken")
    assert not browse("bram").get("/").says("Soep maken")


def test_what_is_far_away_or_has_no_day_does_not_press(browse: Browse, cast: Cast) -> None:
    taken_up(cast, Owner(cast.lantaarn, cast.hilde), days=30)
    taken_up(cast, Owner(cast.lantaarn, cast.hilde), days=None)
    assert not browse("hilde").get("/").says("Soep maken")


def test_a_member_leaves_and_no_action_disappears(browse: Browse, cast: Cast) -> None:
    item_id = taken_up(cast, Owner(cast.lantaarn, cast.hilde))
    made = again(item_id).group
    own = next(row.id for row in made.members if row.person_id == cast.hilde)
    actions.end_membership(db.session.get_one(Membership, own), by=cast.actor("hilde"))
    db.session.commit()
    assert browse("noor").get(f"/werkgroepen/{made.id}/acties").says("Soep maken", "De Lantaarn")
    assert not browse("hilde").get("/").says("Soep maken")
    db.session.execute(delete(Person).where(Person.id == cast.hilde))
    db.session.commit()
    kept = again(item_id)
    assert (kept.owner_id, kept.owner_organisation_id) == (None, cast.lantaarn)


def test_each_step_keeps_its_words(browse: Browse, cast: Cast) -> None:
    item_id = taken_up(cast)
    bram, path = browse("bram"), f"/werkgroepen/acties/{item_id}"
    form = bram.get(path).form(f"{path}/stand") | {"status": "stuck", "words": "De ketel is stuk."}
    assert bram.post(f"{path}/stand", form).status == 303
    assert bram.get(path).says("Zit vast", "De ketel is stuk.", "Bram Cools")


def test_two_who_move_the_same_action_see_where_it_went(browse: Browse, cast: Cast) -> None:
    item_id = taken_up(cast)
    bram, hilde, path = browse("bram"), browse("hilde"), f"/werkgroepen/acties/{item_id}"
    form = bram.get(path).form(f"{path}/stand") | {"status": "stuck", "words": "De ketel is stuk."}
    first = hilde.get(path).form(f"{path}/stand") | {"status": "done"}
    assert hilde.post(f"{path}/stand", first).status == 303
    late = bram.post(f"{path}/stand", form)
    assert late.status == 409
    assert late.says("Iemand was hier net voor jou.", "De ketel is stuk.", "Klaar")
    assert again(item_id).status is ItemStatus.DONE


def test_done_twice_is_done_once(cast: Cast) -> None:
    item = again(taken_up(cast))
    carrying.move(item, ItemStatus.DONE, by=cast.actor("bram"))
    at = item.done_at
    carrying.move(item, ItemStatus.DONE, by=cast.actor("noor"))
    assert item.done_at == at
    assert len(items.notes(item)) == 1
    carrying.move(item, ItemStatus.MOVING, by=cast.actor("noor"))
    assert item.done_at is None
    with pytest.raises(Conflict):
        carrying.move(item, ItemStatus.TO_START, by=cast.actor("noor"))


def test_changing_the_words_needs_the_newest_version(cast: Cast) -> None:
    item = again(taken_up(cast))
    carrying.edit(item, Wanted("Soep en brood", Owner(cast.halvenoot)), by=cast.actor("noor"), version=item.version)
    assert (item.title, item.due_on) == ("Soep en brood", None)
    with pytest.raises(Conflict):
        carrying.edit(item, Wanted("Brood"), by=cast.actor("noor"), version=1)
    with pytest.raises(Invalid):
        carrying.edit(item, Wanted("Brood", Owner(cast.jeugddienst)), by=cast.actor("noor"))


def test_lists_ask_as_much_for_one_as_for_thirty(browse: Browse, cast: Cast) -> None:
    made = group(cast)
    for number in range(30):
        carrying.add(made, Wanted(f"Actie {number}", Owner(cast.lantaarn)), by=cast.actor("noor"))
    group_id = made.id
    db.session.commit()
    page = browse("noor").get(f"/werkgroepen/{group_id}")
    assert page.says("Alle acties (30)", "Actie 0")
    assert not page.says("Actie 7")


def test_requests_and_items_of_a_confidential_group_are_nobody_elses(browse: Browse, cast: Cast) -> None:
    item_id = taken_up(cast, Owner(cast.lantaarn), visibility=Visibility.CONFIDENTIAL)
    assert browse("lena").get(f"/werkgroepen/acties/{item_id}").status == 404
    assert db.session.scalars(select(ActionItem.id)).all() == [item_id]
    assert queries.group(again(item_id).group_id) is not None


def test_what_nobody_carries_is_taken_on_in_one_tap(browse: Browse, cast: Cast) -> None:
    item_id = taken_up(cast)
    hilde, path = browse("hilde"), f"/werkgroepen/acties/{item_id}/bewerken"
    page = hilde.get(f"/werkgroepen/acties/{item_id}")
    assert page.says("Ik neem dit op")
    assert hilde.post(path, page.form(path)).status == 303
    now = again(item_id)
    assert (now.owner_id, now.due_on) == (cast.people["hilde"], clock.today() + timedelta(days=2))
    assert not browse("bram").get(f"/werkgroepen/acties/{item_id}").says("Ik neem dit op")
