"""Whatever the database holds under somebody's id stands in their own file, or on a short list with the reason."""

import json

from flask import Flask

from tests import factories
from tests.meetings import makers as meetings
from tests.people import PEOPLE, Cast
from tests.polls import makers as polls
from tests.support.browse import Browse
from tests.talk import makers as talking
from webapp.core.db import Base, db
from webapp.groups import carrying
from webapp.groups.carrying import Wanted
from webapp.groups.lifecycle import ItemStatus
from webapp.meetings import agenda, feeding
from webapp.meetings.agenda import About
from webapp.polls import answering
from webapp.polls import queries as poll_queries
from webapp.polls.codes import Says
from webapp.privacy import held
from webapp.shelf import actions as shelf
from webapp.shelf.actions import About as AboutTool
from webapp.talk import actions as talk

BY_ID_ALONE = {"audit.actor_id", "history.actor_id", "link.person_id"}
OTHERS = "Kwartelwoorden"
AREAS = ("groups", "meetings", "polls", "talk", "shelf", "integrity")
GOES_WITH_THEM = {
    "attendance.person_id",
    "guest.person_id",
    "join_request.person_id",
    "membership.person_id",
    "poll_reply.person_id",
    "thread_mention.person_id",
    "thread_reaction.person_id",
    "thread_seen.person_id",
    "typing.person_id",
}


def columns() -> dict[str, str | None]:
    """Every column that leads to a person, and what becomes of the row when the person goes."""
    return {
        f"{table.name}.{key.parent.name}": key.ondelete
        for table in Base.metadata.tables.values()
        for key in table.foreign_keys
        if key.column.table.name == "person"
    }


def test_no_column_that_names_a_person_is_forgotten() -> None:
    by_id = {
        f"{table.name}.{column.name}"
        for table in Base.metadata.tables.values()
        for column in table.columns
        if column.name in ("person_id", "actor_id") and not column.foreign_keys
    }
    assert by_id == BY_ID_ALONE
    told = {key for key in (*held.HELD, *held.LEFT_OUT) if key.count(".") == 1}
    assert told == set(columns()) | by_id
    assert held.HELD.keys().isdisjoint(held.LEFT_OUT)


def test_what_a_group_did_stays_when_somebody_goes(app: Flask) -> None:
    """Only where somebody sat, came, answered and read goes with them; every other row keeps its words."""
    of_groups = {
        mapper.class_.__tablename__
        for mapper in Base.registry.mappers
        if mapper.class_.__module__.split(".")[1] in AREAS
    }
    goes = {key for key, rule in columns().items() if rule == "CASCADE" and key.split(".")[0] in of_groups}
    assert goes == GOES_WITH_THEM


def test_their_file_holds_what_they_did_in_groups_and_nothing_that_others_wrote(browse: Browse, cast: Cast) -> None:
    hilde, bram = cast.actor("hilde"), cast.actor("bram")
    meeting = meetings.running(cast)
    group = meeting.group
    agenda.add(group, About("Fluitjes tellen"), by=hilde)
    agenda.add(group, About(OTHERS), by=bram)
    item = carrying.add(group, Wanted(OTHERS), by=bram)
    carrying.move(item, ItemStatus.STUCK, "De winkel is dicht", by=hilde)
    poll = polls.in_group(cast, group)
    answering.answer(poll, {one.id: Says.MAYBE for one in poll_queries.moments(poll)}, by=hilde)
    first = talk.begin(group, OTHERS, OTHERS, by=bram)
    talk.write(talking.again(first.thread_id), "Wij lenen een tent uit", None, by=hilde)
    shelf.add(group, AboutTool("Paklijst", "Voor een weekend.", "https://kamp.example/lijst"), by=hilde)
    feeding.renew(cast.hilde, by=hilde)
    factories.agreed(cast)
    db.session.commit()
    visitor = browse("hilde")
    page = visitor.get("/account/gegevens")
    assert page.says("Wat je deed in werkgroepen", "Wat je in gesprekken zei")
    given = visitor.submit(page, "/account/gegevens/bestand").text
    for mine in ("Fluitjes tellen", "De winkel is dicht", '"maybe"', "Wij lenen een tent uit", "Paklijst", '"feed"'):
        assert mine in given, mine
    names = [name for who, (name, _) in PEOPLE.items() if who != "hilde"]
    assert [one for one in (OTHERS, *names) if one in given] == []
    whats = [kind["what"] for kind in json.loads(given)["rows"]]
    assert len(whats) == len(set(whats)), "one name for each kind"


def test_everything_that_is_held_can_be_read(app: Flask, cast: Cast) -> None:
    assert set(held.numbers(cast.hilde)) == set(held.HELD)
    assert all(isinstance(held.rows(key, cast.hilde), list) for key in held.HELD)
