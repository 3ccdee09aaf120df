"""A group in which somebody wrote wherever one can, and where that can be read in the database."""

import uuid

from sqlalchemy import literal_column, select

from tests.groups import makers as groups
from tests.meetings import makers
from tests.people import Cast
from tests.privacy.test_canaries import CANARY
from webapp.core.db import Base, db
from webapp.groups import carrying, items
from webapp.groups.carrying import Wanted
from webapp.groups.codes import Visibility
from webapp.groups.lifecycle import ItemStatus
from webapp.groups.models import WorkingGroup
from webapp.groups.owning import Owner
from webapp.integrity import actions
from webapp.meetings import agenda, deciding, minutes, queries, settling
from webapp.meetings.agenda import About
from webapp.meetings.codes import LineKind, Told
from webapp.meetings.deciding import Terms
from webapp.meetings.models import Decision, Meeting
from webapp.meetings.settling import Closing
from webapp.talk import actions as talk


def written(cast: Cast) -> Meeting:
    """Somebody writes wherever one can write in a group, and the meeting is closed."""
    made = makers.running(cast, Visibility.MEMBERS)
    noor, bram = cast.actor("noor"), cast.actor("bram")
    topic = agenda.add(made.group, About(f"{CANARY}punt"), made, by=bram)
    for kind, words in ((LineKind.NOTE, "lijn"), (LineKind.DECISION, "voorstel"), (LineKind.ACTION, "actie")):
        here = queries.topic(topic.id) or topic
        line = minutes.write(here, kind, f"{CANARY}{words}", Owner(cast.lantaarn, cast.hilde), by=bram)
        db.session.flush()
    item = items.item(line.item_id or uuid.uuid4())
    assert item
    carrying.move(item, ItemStatus.MOVING, f"{CANARY}woord", by=noor)
    minutes.keep_typing(queries.topic(topic.id) or topic, f"{CANARY}getypt", by=bram)
    proposed = db.session.scalars(select(Decision)).one()
    deciding.object_to(queries.decision(proposed.id) or proposed, f"{CANARY}bezwaar", by=noor)
    deciding.record(made.group, Terms(f"{CANARY}beslist"), by=noor)
    carrying.add(made.group, Wanted(f"{CANARY}actie"), by=noor)
    first = talk.begin(made.group, f"{CANARY}gesprek", f"{CANARY}begin", by=noor)
    talk.write(first.thread, f"{CANARY}antwoord", by=bram)
    settling.close(made, Closing(f"{CANARY}slot", Told.MEMBERS), by=noor)
    db.session.commit()
    return made


def name(cast: Cast, group: WorkingGroup, *, is_it: bool = True) -> None:
    """The youth service says that this is the group of the contact persons, or is not."""
    groups.queries.with_members(group)
    actions.name_group(group, is_it=is_it, by=cast.actor("tine"))
    db.session.commit()


def in_tables() -> set[str]:
    """Where a canary can be read as the database has it."""
    return {
        table.name
        for table in Base.metadata.sorted_tables
        for row in db.session.execute(select(literal_column("*")).select_from(table))
        if CANARY in str(row)
    }
