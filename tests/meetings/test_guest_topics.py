"""A guest of a meeting or conversation brings a topic for a next meeting, and sees of the inbox only what is theirs."""

import uuid
from datetime import timedelta

import pytest
from sqlalchemy import select

from tests.groups.makers import group
from tests.people import Cast
from tests.support.browse import Browse
from webapp.core import clock
from webapp.core.db import db
from webapp.groups import guests, hosting
from webapp.groups.codes import GuestOf, Visibility
from webapp.groups.models import WorkingGroup
from webapp.meetings import agenda
from webapp.meetings.agenda import About
from webapp.meetings.models import Topic
from webapp.policy.rules import NotAllowed


def a_place(cast: Cast, of: GuestOf = GuestOf.MEETING, **more: Visibility) -> tuple[uuid.UUID, uuid.UUID]:
    """Mo is a guest for a week; Noor brought a topic before. The group and the place."""
    made = group(cast, **more)
    agenda.add(made, About("Geheim van Noor"), by=cast.actor("noor"))
    until = clock.today() + timedelta(days=7)
    place = hosting.begin(made.id, cast.moved, of, uuid.uuid4(), until, by=cast.actor("noor"))
    found = made.id, place.id
    db.session.commit()
    return found


@pytest.mark.parametrize(("of", "visibility"), [(GuestOf.MEETING, "confidential"), (GuestOf.THREAD, "members")])
def test_a_guest_brings_a_topic_and_sees_only_their_own(
    browse: Browse, cast: Cast, of: GuestOf, visibility: str
) -> None:
    group_id, place_id = a_place(cast, of, visibility=Visibility(visibility))
    moved, path = browse("moved"), f"/te-gast/{place_id}/punten"
    form = moved.get(path).form(path)
    assert moved.post(path, form | {"title": " "}).says("Zeg in een paar woorden wat het is.")
    assert moved.post(path, form | {"title": "Fietsen delen"}).status == 303
    page = moved.get(path)
    assert page.says("Fietsen delen", "Wacht op een vergadering.")
    assert not page.says("Geheim van Noor")
    assert browse("noor").get(f"/werkgroepen/{group_id}/vergaderingen").says("Fietsen delen", "Mo,")
    assert f'href="{path}"' in moved.get("/werkgroepen").text
    assert [browse(who).get(path).status for who in ("noor", "jef")] == [404, 404]


def test_after_the_last_day_nothing_is_noted_and_what_was_typed_is_still_there(browse: Browse, cast: Cast) -> None:
    group_id, place_id = a_place(cast)
    moved, path = browse("moved"), f"/te-gast/{place_id}/punten"
    form = moved.get(path).form(path) | {"title": "Fietsen delen"}
    found = guests.guest(place_id) or pytest.fail("gone")
    hosting.end(found, by=cast.actor("noor"))
    db.session.commit()
    late = moved.post(path, form)
    assert late.status == 410
    assert late.says("Je was hier te gast tot", "Wat je typte, staat hieronder nog")
    assert "Fietsen delen" in late.text
    place = guests.guest(place_id) or pytest.fail("gone")
    with pytest.raises(NotAllowed):
        agenda.add(place.group, About("Toch"), by=cast.actor("moved"), place=place)
    assert db.session.scalars(select(Topic.title).where(Topic.group_id == group_id)).all() == ["Geheim van Noor"]


def test_the_page_of_a_guest_names_nobody_of_the_group_about_integrity(browse: Browse, cast: Cast) -> None:
    group_id, place_id = a_place(cast, visibility=Visibility.MEMBERS)
    db.session.get_one(WorkingGroup, group_id).is_about_integrity = True
    db.session.commit()
    moved, path = browse("moved"), f"/te-gast/{place_id}/punten"
    page = moved.get(path)
    assert "data-care-allow" in page.text
    assert "Bram Cools" not in page.text
    minded = moved.post(path, page.form(path) | {"title": "Wat als Sofie Janssens belt op 0470 12 34 56"})
    assert minded.status == 422
    assert "Sofie Janssens" in minded.text
