"""One thing of each situation in the matrix, and the parts of a URL by which it is reached."""

import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import select, update

from tests import factories
from tests.accounts import situations as accounts
from tests.groups import situations as groups
from tests.integrity import situations as integrity
from tests.learning import situations as learning
from tests.lessons import situations as lessons
from tests.meetings import situations as meetings
from tests.people import Cast
from tests.plans import situations as plans
from tests.polls import situations as polls
from tests.referrals.states import put, standing
from tests.shelf import situations as shelf
from tests.talk import situations as talking
from tests.visits.makers import group
from webapp.accounts.models import Function
from webapp.core import clock
from webapp.core.db import db
from webapp.directory import photos
from webapp.directory.models import Rest
from webapp.fund import actions as fund
from webapp.referrals import actions, agreements, answering, bringing, handing, talk, wiping
from webapp.referrals.answering import Welcome
from webapp.referrals.codes import PostKind, ReminderKind
from webapp.referrals.lifecycle import ReferralStatus
from webapp.referrals.models import Ask, CheckIn, Referral, Reminder
from webapp.signals import actions as signals
from webapp.signals.models import Signal
from webapp.visits import actions as visits
from webapp.vocabulary.functions import FunctionKind
from webapp.vocabulary.fund import SupportFor
from webapp.vocabulary.interests import Interest
from webapp.vocabulary.rests import RestKind

PHOTO = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108000000003a7e9b550000000a49444154789c636800000082008177cd72b6"
    "0000000049454e44ae426082"
)
"""One white dot."""

Parts = dict[str, uuid.UUID]
Make = Callable[[Cast], Parts]


@dataclass(frozen=True)
class Situation:
    """A kind of thing in a state: the parts of its URLs, its lines in the matrix, and how it is made."""

    name: str
    parts: frozenset[str]
    line: str
    maker: Make

    def make(self, cast: Cast) -> Parts:
        """Make a fresh one; leaves no transaction open, so that nobody has to wait for it."""
        parts = self.maker(cast)
        db.session.rollback()
        return parts


def _referral(make: Callable[[Cast], Referral]) -> Make:
    return lambda cast: {"referral_id": make(cast).id}


def _offer(*, published: bool, public: bool) -> Make:
    def make(cast: Cast) -> Parts:
        one = factories.offer(cast, is_published=published, is_public=public)
        photos.keep(one, PHOTO, by=cast.actor("noor"))
        db.session.commit()
        return {"offer_id": one.id}

    return make


def _ask(organisation: str) -> Make:
    def make(cast: Cast) -> Parts:
        referral = factories.sent(cast, [organisation])
        return {"ask_id": factories.ask_of(referral, cast.organisations[organisation]).id}

    return make


def _asked_for_long(cast: Cast) -> Parts:
    parts = _ask("zilverreiger")(cast)
    told = update(Reminder).where(Reminder.ask_id == parts["ask_id"], Reminder.kind == ReminderKind.SILENCE)
    db.session.execute(told.values(sent_at=clock.now()))
    db.session.commit()
    return parts


def _rest(cast: Cast) -> Parts:
    row = Rest(organisation_id=cast.zilverreiger, kind=RestKind.CAMP, first_day=clock.today(), last_day=clock.today())
    db.session.add(row)
    db.session.commit()
    return {"rest_id": row.id}


def _withdrawn(cast: Cast) -> Referral:
    referral = factories.agreed(cast)
    agreements.withdraw(referral, by=cast.actor("hilde"))
    db.session.commit()
    return referral


def _standing(make: Callable[[Cast], Referral], status: ReferralStatus) -> Callable[[Cast], Referral]:
    def put_there(cast: Cast) -> Referral:
        referral = make(cast)
        put(referral.id, **standing(status))
        return referral

    return put_there


def _emptied(cast: Cast) -> Referral:
    """Ended long ago: what identifies and the words are gone, the question itself still stands in the lists."""
    referral = _standing(factories.agreed, ReferralStatus.SETTLED)(cast)
    wiping.wipe_card(referral)
    wiping.wipe_words(referral)
    db.session.commit()
    return referral


def _declined(cast: Cast) -> Parts:
    parts = _ask("zilverreiger")(cast)
    answering.decline(db.session.get_one(Ask, parts["ask_id"]), by=cast.actor("noor"))
    db.session.commit()
    return parts


def _chosen_elsewhere(cast: Cast) -> Parts:
    referral = factories.chosen(cast)
    return {"ask_id": factories.ask_of(referral, cast.zilverreiger).id}


def _chosen_to_wait(cast: Cast) -> Parts:
    referral = factories.sent(cast, ["halvenoot"])
    ask = factories.ask_of(referral, cast.halvenoot)
    answering.put_on_waiting_list(ask, clock.today() + timedelta(days=30), by=cast.actor("bram"))
    actions.choose(referral, ask, by=cast.actor("hilde"))
    db.session.commit()
    return {"ask_id": ask.id}


def _stuck(cast: Cast) -> Referral:
    with clock.at(clock.now() - timedelta(days=60)):
        return factories.sent(cast)


def _check_in(cast: Cast) -> Parts:
    with clock.at(clock.now() - timedelta(days=16)):
        referral = factories.trying(cast)
    found = db.session.scalars(select(CheckIn.id).where(CheckIn.referral_id == referral.id).order_by(CheckIn.due_on))
    return {"check_in_id": found.first() or uuid.UUID(int=0)}


def _welcomed_by_jef(cast: Cast) -> Parts:
    """He was contact point when he said yes, and helps at the door since."""
    referral = factories.sent(cast, ["zilverreiger"])
    ask = factories.ask_of(referral, cast.zilverreiger)
    answering.accept(ask, Welcome("Jef", moment_note="zaterdag"), by=cast.actor("noor"))
    actions.choose(referral, ask, by=cast.actor("hilde"))
    referral.receiver_id = cast.jef
    db.session.commit()
    return {"ask_id": ask.id}


def _visit(organisation: str) -> Make:
    def make(cast: Cast) -> Parts:
        parts = {"visit_id": visits.ask(factories.offer(cast, organisation), group(), by=cast.actor("hilde")).id}
        db.session.commit()
        return parts

    return make


def _support(cast: Cast) -> Parts:
    asked = fund.ask(factories.chosen(cast), SupportFor.CAMP, None, 4000, by=cast.actor("hilde"))
    db.session.commit()
    return {"request_id": asked.id}


def _signal(cast: Cast) -> Parts:
    signals.note(signals.Missing((Interest.MUSIC,)), by=cast.actor("hilde"))
    db.session.commit()
    return {"signal_id": db.session.scalars(select(Signal.id).order_by(Signal.number.desc())).first() or uuid.uuid4()}


def _agreed_before(cast: Cast) -> Referral:
    """Lena's function was given from outside, after this agreement."""
    referral = factories.agreed(cast)
    seat = db.session.scalars(select(Function).where(Function.person_id == cast.lena)).one()
    seat.from_outside, seat.opens_from = True, clock.now()
    db.session.commit()
    return referral


def _left_behind(cast: Cast) -> Referral:
    referral = factories.sent(cast)
    referral.guide_id = cast.moved
    db.session.commit()
    return referral


def _beside(cast: Cast) -> Referral:
    referral = factories.chosen(cast)
    bringing.bring_in(referral, cast.bo, clock.today() + timedelta(days=28), by=cast.actor("hilde"))
    db.session.commit()
    return referral


def _handed(asker: str, colleague: str) -> Make:
    def make(cast: Cast) -> Parts:
        referral = factories.chosen(cast)
        made = handing.propose(referral, cast.people[colleague], by=cast.actor(asker))
        parts = {"hand_over_id": made.id}
        db.session.commit()
        return parts

    return make


def _words(who: str) -> Make:
    def make(cast: Cast) -> Parts:
        referral = factories.chosen(cast)
        made = talk.write(referral, PostKind.MESSAGE, "Het loopt goed.", by=cast.actor(who))
        parts = {"referral_id": referral.id, "post_id": made.id}
        db.session.commit()
        return parts

    return make


def _of(parts: str, **makers: tuple[str, Make]) -> tuple[Situation, ...]:
    return tuple(Situation(name, frozenset(parts.split()), line, make) for name, (line, make) in makers.items())


OF_AREAS = (learning, groups, plans, meetings, shelf, polls, talking, integrity, lessons)
"""Areas that keep their situations themselves."""

SITUATIONS = (
    *_of("organisation_id", organisation=("zilverreiger", lambda cast: {"organisation_id": cast.zilverreiger})),
    *_of(
        "offer_id",
        draft_offer=("draft_offer", _offer(published=False, public=False)),
        network_offer=("network_offer", _offer(published=True, public=False)),
        public_offer=("public_offer", _offer(published=True, public=True)),
    ),
    *_of(
        "referral_id",
        draft=("draft", _referral(factories.draft)),
        seeking=("seeking", _referral(factories.sent)),
        chosen=("chosen", _referral(factories.chosen)),
        agreed=("agreed", _referral(factories.agreed)),
        agreed_before=("agreed_before", _referral(_agreed_before)),
        withdrawn=("withdrawn", _referral(_withdrawn)),
        stuck=("seeking", _referral(_stuck)),
        left_behind=("left_behind", _referral(_left_behind)),
        stopped=("agreed", _referral(_standing(factories.agreed, ReferralStatus.STOPPED))),
        emptied=("withdrawn", _referral(_emptied)),
        beside=("bo_beside", _referral(_beside)),
    ),
    *_of(
        "hand_over_id",
        handed_to_colleague=("handed_to_pieter", _handed("hilde", "pieter")),
        handed_at_door=("handed_to_yara", _handed("bram", "yara")),
    ),
    *_of(
        "referral_id post_id",
        words_of_guide=("words_of_hilde", _words("hilde")),
        words_of_receiver=("words_of_bram", _words("bram")),
    ),
    *_of(
        "ask_id",
        ask_to_scouts=("ask_to_zilverreiger", _ask("zilverreiger")),
        ask_to_empty_seat=("ask_to_empty_seat", _ask("stil")),
        asked_for_long=("asked_for_long", _asked_for_long),
        declined=("ask_to_zilverreiger", _declined),
        chosen_elsewhere=("ask_to_zilverreiger", _chosen_elsewhere),
        chosen_to_wait=("ask_chosen_to_wait", _chosen_to_wait),
        welcomed_by_jef=("ask_welcomed_by_jef", _welcomed_by_jef),
    ),
    *_of("person_id", mail=("mail_of_hilde", lambda cast: {"person_id": cast.hilde})),
    *_of("rest_id", rest=("zilverreiger", _rest)),
    *_of(
        "welcome_plan_id", welcome_plan=("welcome_plan", lambda cast: {"welcome_plan_id": factories.planned(cast).id})
    ),
    *_of(
        "visit_id",
        visit_to_scouts=("visit_to_zilverreiger", _visit("zilverreiger")),
        visit_to_empty_seat=("visit_to_empty_seat", _visit("stil")),
    ),
    *_of("request_id", support_request=("-", _support)),
    *_of("signal_id", signal=("-", _signal)),
    *(one for area in OF_AREAS for parts, kinds in area.OF.items() for one in _of(parts, **kinds)),
    *_of("check_in_id", check_in=("agreed", _check_in)),
    *_of("organisation_id seat_id", seat=("zilverreiger", accounts.seat)),
    *_of(
        "organisation_id invitation_id",
        invitation=("zilverreiger", accounts.invitation),
        asked=("asked_by_tine", accounts.asked_by_tine("zilverreiger", FunctionKind.CREW)),
        asked_unspoken=(
            "asked_by_tine_unspoken",
            accounts.asked_by_tine("welzijnshuis", FunctionKind.REFERRAL_CONTACT),
        ),
    ),
)

# Loaders that find a thing in some situations only.
FINDS_ONLY = {
    "stuck_referral": {"stuck"},
    "asked_long_ago": {"asked_for_long"},
    "looked_back_on": {"check_in"},
    "left_behind": {"left_behind"},
    "walked": {"beside"},
    "planned": {"planned_item"},
    "public_lesson": {"open_lesson"},
}
