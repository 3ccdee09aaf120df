"""Loads Elsterveer. Its story is told by the actions of the areas themselves, each at its own moment in the past:
deadlines, history, agreements and the audit log come out as if people had done all of it.
"""

from collections.abc import Mapping
from datetime import date, time
from typing import Any

from sqlalchemy import delete, exists, select, update

from seeds import assembling, gathering, learning, missing, planning, pointing, polling, shelving, story, talking
from seeds.reading import moment, read, slots, values
from seeds.town import Town
from webapp.accounts import installation
from webapp.accounts.models import DiscretionPromise, Function, Organisation, Person
from webapp.accounts.sessions import is_current
from webapp.core import clock
from webapp.core.db import db
from webapp.core.outbox import Job
from webapp.directory import actions as directory
from webapp.notifications.models import Notice
from webapp.referrals.models import Reminder
from webapp.vocabulary.functions import FunctionKind

HOST = "jeugddienst"
COORDINATOR = "tine"
NETWORK_BEGAN = -880
OFFERS_BEGAN = -180
STILL_NEWS = -2
MORNING = time(9, 30)


def load_if_empty() -> str:
    """Load Elsterveer into an empty database and commit; a sentence that says what happened."""
    if db.session.scalar(select(exists().where(Person.id.is_not(None)))):
        return "The database already holds people; nothing was loaded."
    town = load(clock.today())
    db.session.commit()
    return (
        f"Elsterveer is loaded: {len(town.organisations)} organisations, {len(town.people)} people, "
        f"{len(town.offers)} offers, {len(read('referrals'))} questions."
    )


def load(today: date) -> Town:
    """Write the whole town as it is on `today`, in the caller's transaction."""
    installation.mark(installation.Kind.DEMO)
    town = Town(today)
    _found(town)
    for entry in read("organisations"):
        if entry["key"] != HOST:
            _add_organisation(town, entry)
    for person in read("people"):
        _add_person(town, person)
    for entry in read("organisations"):
        for offer in entry.get("offer", ()):
            _add_offer(town, entry["key"], offer)
    story.tell(town)
    gathering.tell(town)
    polling.tell(town)
    assembling.tell(town)
    shelving.tell(town)
    talking.tell(town)
    pointing.tell(town)
    planning.tell(town)
    learning.tell(town)
    missing.tell(town)
    _let_old_news_rest(town)
    return town


def demo_people() -> dict[str, str]:
    """Who "try as…" stands for: role to e-mail address."""
    return {person["demo"]: person["email"] for person in read("people") if "demo" in person}


def _found(town: Town) -> None:
    """The youth service and its coordinator were there before the network: nobody could have added them."""
    (host,) = (entry for entry in read("organisations") if entry["key"] == HOST)
    (first,) = (person for person in read("people") if person["key"] == COORDINATOR)
    with clock.at(moment(town.day(NETWORK_BEGAN), MORNING)):
        town.organisations[HOST] = Organisation(**values(host, "key", "offer"))
        db.session.add(town.organisations[HOST])
        db.session.flush()
        _add_person(town, first)


def _add_organisation(town: Town, entry: Mapping[str, Any]) -> None:
    with clock.at(moment(town.day(NETWORK_BEGAN), MORNING)):
        row = directory.add_organisation(values(entry, "key", "offer"), by=town.actor(COORDINATOR))
    town.organisations[entry["key"]] = row


def _add_person(town: Town, entry: Mapping[str, Any]) -> None:
    """People and seats are written as they stand: an invitation for each would tell no story."""
    if entry["key"] in town.people:
        return
    first_day = min(seat["begins"] for seat in entry["seats"])
    person = Person(
        name=entry["name"],
        email=entry["email"],
        phone=entry.get("phone", ""),
        created_at=moment(town.day(first_day), MORNING),
    )
    db.session.add(person)
    db.session.flush()
    town.people[entry["key"]] = person.id
    db.session.add(DiscretionPromise(person_id=person.id, at=clock.now(), edition="1"))
    for seat in entry["seats"]:
        db.session.add(
            Function(
                person_id=person.id,
                organisation_id=town.organisations[seat["at"]].id,
                kind=FunctionKind(seat["kind"]),
                begins_on=town.day(seat["begins"]),
                ends_on=town.day(seat["ends"]) if "ends" in seat else None,
            )
        )
    db.session.flush()


def _add_offer(town: Town, place: str, entry: Mapping[str, Any]) -> None:
    """Written when the network began to use offers, by whoever worked there; confirmed later where it was."""
    added, confirmed = min(OFFERS_BEGAN, -entry["confirmed"]), -entry["confirmed"]
    organisation = town.organisations[place]
    with clock.at(moment(town.day(added), MORNING)):
        offer = directory.add_offer(
            organisation,
            values(entry, "key", "slots", "confirmed"),
            slots(entry),
            by=town.actor(_somebody_at(town, organisation)),
        )
    if confirmed > added:
        with clock.at(moment(town.day(confirmed), time(20, 15))):
            directory.confirm(offer, by=town.actor(_somebody_at(town, organisation)))
    key = f"{place}.{entry['key']}"
    town.offers[key], town.offer_facts[key] = offer, entry


def _somebody_at(town: Town, organisation: Organisation) -> str:
    """Who speaks for an organisation at this moment: its contact point if there is one."""
    rows = db.session.execute(
        select(Function.person_id, Function.kind)
        .where(Function.organisation_id == organisation.id, is_current(clock.today()))
        .order_by(Function.begins_on, Function.id)
    ).all()
    chosen = min(rows, key=lambda row: row.kind is not FunctionKind.CONTACT_POINT)
    return next(key for key, person_id in town.people.items() if person_id == chosen.person_id)


def _let_old_news_rest(town: Town) -> None:
    """What happened long ago has been read and mailed long ago; only the news of these days still waits."""
    horizon = moment(town.day(STILL_NEWS), time())
    db.session.flush()
    db.session.execute(update(Notice).where(Notice.created_at < horizon).values(read_at=Notice.created_at))
    db.session.execute(delete(Job).where(Job.created_at < horizon))
    db.session.execute(update(Reminder).where(Reminder.due_on < horizon.date()).values(sent_at=clock.now()))
