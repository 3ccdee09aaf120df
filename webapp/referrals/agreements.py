"""The agreement of the young person, and the contact card that it opens: only then, only for those involved,
each look written down, and gone in the same second when the agreement is withdrawn."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from sqlalchemy import ColumnElement, and_, exists, or_, select, update

from webapp.accounts import telling
from webapp.core import audit, clock, history
from webapp.core.brake import forgets
from webapp.core.db import db
from webapp.core.errors import Invalid, StepRefused
from webapp.notifications.actions import notify
from webapp.notifications.kinds import NoticeKind
from webapp.policy import predicates
from webapp.policy.actor import CLOCK, Actor
from webapp.policy.permissions import Can
from webapp.policy.rules import require
from webapp.referrals import people, reminding, sealed, wiping
from webapp.referrals.codes import AgreedBy, AgreedHow, ContactRoute, LookedAs
from webapp.referrals.lifecycle import ReferralStatus
from webapp.referrals.models import Agreement, ContactCard, Referral
from webapp.vocabulary.retention import Keep, kept_for

LOOK = "card.open"
MANY_LOOKS = 20  # in one day
LONGEST = timedelta(days=180)
KEPT_AFTER_END = kept_for(Keep.CARD)
SWEEP_BATCH = 200
WITH_A_PLACE = (ReferralStatus.WELCOMING, ReferralStatus.TRYING, ReferralStatus.SETTLED)


@dataclass(frozen=True, slots=True)
class Said:
    """Who agreed, how, when and until when. `understood`: told, understood, agreed; `friends_too`: each friend as well,
    of whom nothing is written down."""

    agreed_by: AgreedBy
    agreed_how: AgreedHow
    agreed_on: date
    valid_until: date
    understood: bool
    friends_too: bool = True


@dataclass(frozen=True, slots=True)
class Identity:
    """What a contact card says: a first name (or alias) and the one way to reach the young person. Whoever opens it
    also reads the wish in the young person's own words."""

    name: str
    route: ContactRoute
    contact: str
    own_words: str = ""


def ready_to_agree(referral: Referral) -> None:
    """Raise StepRefused while no place is chosen: nobody would read the card."""
    if referral.status not in WITH_A_PLACE or referral.chosen_organisation_id is None:
        raise StepRefused("agree", referral.status)


def record(referral: Referral, said: Said, identity: Identity, *, by: Actor) -> Agreement:
    """Write the agreement down and seal the card for the association that was chosen."""
    require(by, Can.GUIDE_REFERRAL, referral)
    ready_to_agree(referral)
    _check(said, identity, referral.friends)
    wiping.wipe_card(referral)
    agreement = Agreement(
        referral_id=referral.id,
        organisation_id=referral.chosen_organisation_id,
        agreed_by=said.agreed_by,
        agreed_how=said.agreed_how,
        agreed_on=said.agreed_on,
        valid_until=said.valid_until,
        told_understood_agreed=True,
        recorded_by_id=by.person_id,
        recorded_at=clock.now(),
    )
    card = ContactCard(
        referral_id=referral.id,
        name_sealed=sealed.seal(referral, "contact_card", "name", identity.name),
        contact_sealed=sealed.seal(referral, "contact_card", "contact", identity.contact),
        route=identity.route,
        written_at=clock.now(),
    )
    referral.has_agreement = True
    db.session.add_all([agreement, card])
    db.session.flush()
    history.record("referral", referral.id, "agree", by=by)
    audit.write("agreement.record", by=by, thing_id=referral.id)
    reminding.count_to_first_time(referral)
    notify(people.receivers(referral), NoticeKind.AGREEMENT_RECORDED, referral.id, alias=referral.alias)
    return agreement


def _check(said: Said, identity: Identity, friends: int) -> None:
    errors = {}
    if not said.understood:
        errors["understood"] = "not_understood"
    if friends and not said.friends_too:
        errors["friends_too"] = "friends_not_agreed"
    if said.agreed_on > clock.today():
        errors["agreed_on"] = "date_in_future"
    if not clock.today() <= said.valid_until <= clock.today() + LONGEST:
        errors["valid_until"] = "until_too_far"
    if not identity.name:
        errors["name"] = "name_missing"
    if not identity.contact and identity.route is not ContactRoute.GUIDE:
        errors["contact"] = "contact_missing"
    if errors:
        raise Invalid(errors)


def _heed_many(by: Actor) -> None:
    """Somebody who opens very many cards in a day is asked about once, by whoever looks after the network."""
    midnight = datetime.combine(clock.today(), time(), clock.BRUSSELS)
    if by.person_id and audit.count_of(LOOK, by=by.person_id, since=midnight) == MANY_LOOKS:
        telling.many_looks(by=by)


def open_card(referral: Referral, *, by: Actor) -> Identity:
    """The contact card. The look is written to the audit log in the same transaction, or nothing is shown."""
    require(by, Can.OPEN_CARD, referral)
    row = db.session.get(ContactCard, referral.id)
    if row is None or not _still_holds(referral):
        raise StepRefused("open_card", referral.status)
    audit.write(LOOK, by=by, thing_id=referral.id, reason=why_open(referral, by).value)
    _heed_many(by)
    name, contact = sealed.card(referral, row)
    return Identity(name, row.route, contact, sealed.own_words(referral))


def why_open(referral: Referral, by: Actor) -> LookedAs:
    """As what somebody opens the card: the reason that the audit log keeps."""
    if predicates.guides_it(by, referral):
        return LookedAs.GUIDE
    return LookedAs.WELCOME if predicates.receives_it(by, referral) else LookedAs.WATCH


def _still_holds(referral: Referral) -> bool:
    """Whether the last day of the agreement has not passed: the card closes then, also before a clock wipes it."""
    holds = select(Agreement.id).where(
        Agreement.referral_id == referral.id, Agreement.withdrawn_at.is_(None), Agreement.valid_until >= clock.today()
    )
    return db.session.scalar(holds.limit(1)) is not None


def ready_to_withdraw(referral: Referral) -> None:
    """Raise StepRefused while nobody agreed to anything."""
    if not referral.has_agreement:
        raise StepRefused("withdraw", referral.status)


def withdraw(referral: Referral, *, by: Actor) -> None:
    """End the agreement: the card and all words are gone at once and both sides are told. The place itself stays.

    Either side notes it: the young person says it to whoever is near."""
    require(by, Can.TAKE_BACK_AGREEMENT, referral)
    ready_to_withdraw(referral)
    _end_agreement(referral, by)
    told = [*people.senders(referral), *people.receivers(referral)]
    notify(told, NoticeKind.AGREEMENT_WITHDRAWN, referral.id, alias=referral.alias)


def _end_agreement(referral: Referral, by: Actor) -> None:
    wiping.wipe_card(referral)
    wiping.wipe_words(referral)
    db.session.execute(
        update(Agreement)
        .where(Agreement.referral_id == referral.id, Agreement.withdrawn_at.is_(None))
        .values(withdrawn_at=clock.now(), withdrawn_by_id=by.person_id)
    )
    db.session.flush()
    history.record("referral", referral.id, "withdraw", by=by)
    audit.write("agreement.withdraw", by=by, thing_id=referral.id)


def ran_out() -> ColumnElement[bool]:
    """The condition that an agreement has run out, or belongs to a question that ended long ago."""
    over = and_(
        Referral.status.in_((ReferralStatus.SETTLED, ReferralStatus.STOPPED)),
        Referral.moved_at < clock.now() - KEPT_AFTER_END,
    )
    running = exists().where(Agreement.referral_id == Referral.id, Agreement.withdrawn_at.is_(None))
    return and_(Referral.has_agreement, or_(running.where(Agreement.valid_until < clock.today()), and_(running, over)))


@forgets
def wipe_what_ran_out() -> None:
    """An agreement that has run out, and one whose question ended long ago, ends by itself: the card goes."""
    due = select(Referral).where(ran_out()).order_by(Referral.id).limit(SWEEP_BATCH)
    for referral in db.session.scalars(due).all():
        _end_agreement(referral, CLOCK)
        told = [*people.senders(referral), *people.receivers(referral)]
        notify(told, NoticeKind.AGREEMENT_WITHDRAWN, referral.id, alias=referral.alias)


def wiped_on(referral: Referral) -> date | None:
    """The day on which the name goes by itself; None when there is none."""
    running = [one for one in referral.agreements if one.withdrawn_at is None]
    if not referral.has_agreement or not running:
        return None
    last = running[0].valid_until + timedelta(days=1)
    if referral.status in (ReferralStatus.SETTLED, ReferralStatus.STOPPED):
        return min(last, clock.local(referral.moved_at + KEPT_AFTER_END).date())
    return last
