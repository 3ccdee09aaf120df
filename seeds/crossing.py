"""Questions by the thousand, in every state, each with the asks, agreements and looks back that belong to it."""

import uuid
from collections.abc import Iterator
from datetime import datetime, time, timedelta
from typing import Any

from seeds.generated import Generated, Place, Row
from seeds.reading import moment, read, values
from webapp.core import clock, crypto
from webapp.core.crypto import Place as Sealed
from webapp.core.db import Base
from webapp.core.history import History
from webapp.referrals.codes import AgreedBy, AgreedHow, ContactRoute, Side
from webapp.referrals.lifecycle import AskStatus, ReferralStatus
from webapp.referrals.models import Agreement, Ask, CheckIn, ContactCard, Referral, WelcomePlan
from webapp.referrals.reminding import deadline
from webapp.referrals.welcome import WEEKS
from webapp.vocabulary.aliases import ALIASES
from webapp.vocabulary.outcomes import Mood, Outcome
from webapp.vocabulary.rests import Rests

R, A = ReferralStatus, AskStatus

# per thousand questions, how many stand where
HOW_MANY = {R.DRAFT: 40, R.SEEKING: 80, R.CHOOSING: 70, R.WELCOMING: 60, R.TRYING: 130, R.SETTLED: 350,
            R.PAUSED: 40, R.STOPPED: 230}  # fmt: skip
STEPS = {
    R.DRAFT: ("start",),
    R.SEEKING: ("start", "send"),
    R.CHOOSING: ("start", "send", "hear"),
    R.WELCOMING: ("start", "send", "hear", "choose", "agree", "plan"),
    R.TRYING: ("start", "send", "hear", "choose", "agree", "plan", "arrive"),
    R.SETTLED: ("start", "send", "hear", "choose", "agree", "plan", "arrive", "settle"),
    R.PAUSED: ("start", "send", "pause"),
    R.STOPPED: ("start", "send", "hear", "stop"),
}
FIRST_ASK = {R.SEEKING: A.SENT, R.CHOOSING: A.ACCEPTED, R.PAUSED: A.RECALLED, R.STOPPED: A.RECALLED}
OTHER_ASKS = {R.SEEKING: (A.SENT, A.DECLINED), R.CHOOSING: (A.SENT, A.WAITING, A.DECLINED),
              R.PAUSED: (A.RECALLED, A.EXPIRED), R.STOPPED: (A.RECALLED, A.DECLINED, A.EXPIRED)}  # fmt: skip
WITH_A_PLACE = (R.WELCOMING, R.TRYING, R.SETTLED)
ANSWERED = (A.ACCEPTED, A.WAITING, A.DECLINED, A.CHOSEN)
WORDS = "Iets doen na school, samen met anderen."

Rows = Iterator[tuple[type[Base], Row]]


def questions(town: Generated, count: int) -> Rows:
    """So many questions, the newest last."""
    profiles = [values(entry["profile"]) for entry in read("referrals")]
    states = town.chance.choices(list(HOW_MANY), weights=list(HOW_MANY.values()), k=count)
    for number, status in enumerate(states):
        guide_id, organisation_id = town.chance.choice(town.guides)
        started = town.moment(-700, -20) if status in (R.SETTLED, R.STOPPED) else town.moment(-40, -2)
        places = [] if status is R.DRAFT else town.chance.sample(town.places, min(3, len(town.places)))
        asks = [_ask(town, status, nth, place, started) for nth, place in enumerate(places)]
        row = {
            "id": town.new_id(),
            "alias": town.chance.choice(list(ALIASES)),
            "organisation_id": organisation_id,
            "guide_id": guide_id,
            "status": status,
            "created_at": started,
            "sent_at": started if places else None,
            "moved_at": min(started + timedelta(days=len(STEPS[status])), clock.now()),
            "outcome": town.chance.choice(list(Outcome)) if status is R.STOPPED else None,
            "ask_again_on": town.day(1, 60) if status is R.PAUSED else None,
            "version": 1,
            **_NOT_SAID,
            **profiles[number % len(profiles)],
            **_sealed_words(status),
        }
        yield from _question(row, asks)
        yield from _history(town, row)
        if status in WITH_A_PLACE:
            yield from _place(town, row, asks[0])


# what a profile may leave out; every row of a batch names the same columns
_NOT_SAID: dict[str, Any] = {
    "age_band": None, "friends": 0, "interests": (), "days": (), "parts_of_day": (), "price_ceiling": None,
    "travel": (), "area": "", "arrangements": (), "distances": (), "support_level": 1, "hides_sender": False,
}  # fmt: skip


def _sealed_words(status: ReferralStatus) -> dict[str, Any]:
    return {"data_key": None, "own_words_sealed": None, "has_agreement": status in WITH_A_PLACE}


def _question(row: Row, asks: list[Row]) -> Rows:
    ring, chosen = crypto.ring(), next((ask for ask in asks if ask["status"] is A.CHOSEN), None)
    if row["status"] not in (R.STOPPED, R.DRAFT):
        row["data_key"] = ring.new_data_key(row["id"])
        row["own_words_sealed"] = ring.seal(row["data_key"], Sealed("referral", "own_words", row["id"]), WORDS)
    row["chosen_ask_id"] = chosen and chosen["id"]
    row["chosen_organisation_id"] = chosen and chosen["organisation_id"]
    row["receiver_id"] = chosen and chosen["answered_by_id"]
    yield Referral, row
    for ask in asks:
        yield Ask, ask | {"referral_id": row["id"]}


def _ask(town: Generated, status: ReferralStatus, nth: int, place: Place, sent: datetime) -> Row:
    if status in WITH_A_PLACE:
        now = A.CHOSEN if nth == 0 else A.THANKED
    else:
        now = FIRST_ASK[status] if nth == 0 else town.chance.choice(OTHER_ASKS[status])
    answered = now in ANSWERED
    return {
        "id": town.new_id(),
        "offer_id": place.offer_id,
        "organisation_id": place.organisation_id,
        "status": now,
        "version": 2 if answered else 1,
        "sent_at": sent,
        "deadline": deadline(clock.local(sent).date(), Rests()),
        "answered_at": sent + timedelta(days=2) if answered else None,
        "answered_by_id": place.contact_id if answered else None,
        "welcomer": "Robin" if now in (A.ACCEPTED, A.CHOSEN) else "",
        "first_moment": town.moment(1, 14) if now is A.ACCEPTED else None,
        "call_back_on": town.day(10, 60) if now is A.WAITING else None,
    }


def _history(town: Generated, row: Row) -> Rows:
    for nth, step in enumerate(STEPS[row["status"]]):
        yield (
            History,
            {
                "id": town.new_id(),
                "kind": "referral",
                "thing_id": row["id"],
                "at": row["created_at"] + timedelta(days=nth),
                "step": step,
                "actor_id": row["guide_id"],
                "organisation_id": row["organisation_id"],
            },
        )


def _place(town: Generated, row: Row, ask: Row) -> Rows:
    """The agreement, the card, the first time, and the looks back."""
    agreed = row["created_at"] + timedelta(days=4)
    common = {"referral_id": row["id"]}
    yield (
        Agreement,
        common
        | {
            "id": town.new_id(),
            "organisation_id": ask["organisation_id"],
            "agreed_by": town.chance.choice(list(AgreedBy)),
            "agreed_how": town.chance.choice(list(AgreedHow)),
            "agreed_on": agreed.date(),
            "valid_until": agreed.date() + timedelta(days=120),
            "told_understood_agreed": True,
            "recorded_by_id": row["guide_id"],
            "recorded_at": agreed,
        },
    )
    first = moment(town.day(1, 10), time(14)) if row["status"] is R.WELCOMING else agreed + timedelta(days=3)
    yield ContactCard, common | _card(row, agreed)
    yield (
        WelcomePlan,
        common
        | {
            "id": town.new_id(),
            "ask_id": ask["id"],
            "welcomer": "Robin",
            "starts_at": first,
            "place": "Aan de poort",
            "phone": "0470 00 00 00",
            "version": 1,
        },
    )
    if row["status"] is not R.WELCOMING:
        yield from _check_ins(town, row, ask["id"], first)


def _card(row: Row, written: datetime) -> Row:
    def seal(column: str, text: str) -> str:
        return crypto.ring().seal(row["data_key"], Sealed("contact_card", column, row["id"]), text)

    return {
        "name_sealed": seal("name", "Robin"),
        "contact_sealed": seal("contact", "0470 00 00 00"),
        "route": ContactRoute.YOUNG_PERSON,
        "written_at": written,
    }


def _check_ins(town: Generated, row: Row, ask_id: uuid.UUID, first: datetime) -> Rows:
    for week in WEEKS:
        for side in Side:
            due = first + timedelta(weeks=week)
            answered = due < clock.now() and town.chance.random() < 0.8
            yield (
                CheckIn,
                {
                    "id": town.new_id(),
                    "referral_id": row["id"],
                    "ask_id": ask_id,
                    "week": week,
                    "side": side,
                    "due_on": clock.local(due).date(),
                    "mood": town.chance.choice([Mood.GOOD, Mood.GOOD, Mood.COULD_BE_BETTER]) if answered else None,
                    "answered_at": due if answered else None,
                },
            )
