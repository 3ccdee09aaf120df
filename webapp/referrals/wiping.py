"""Making things disappear: the card at once when an agreement ends, a whole identity when its time is over."""

import uuid

from sqlalchemy import and_, delete, not_, select, update

from webapp.core import clock, history, ledger, links
from webapp.core.db import db, erase_log_too
from webapp.notifications.models import Notice
from webapp.referrals.between import HandOver, Post
from webapp.referrals.codes import PostKind
from webapp.referrals.models import Agreement, AgreementScan, Ask, ContactCard, CountedQuestion, Referral, WelcomePlan


def wipe_card(referral: Referral) -> None:
    """Delete the contact card and the signed paper, and close the door to them, in this transaction."""
    db.session.execute(delete(AgreementScan).where(AgreementScan.referral_id == referral.id))
    gone = delete(ContactCard).where(ContactCard.referral_id == referral.id).returning(ContactCard.referral_id)
    if db.session.scalars(gone).first():
        ledger.note("card", referral.id)
    erase_log_too()
    referral.has_agreement = False


def wipe_words(referral: Referral) -> None:
    """Erase everything that was sealed, with the key: texts in the young person's own words, in this transaction."""
    referral.own_words_sealed = referral.choice_words_sealed = referral.data_key = None
    _forget_who_comes_along(referral)
    db.session.execute(delete(Post).where(Post.referral_id == referral.id))
    db.session.execute(update(WelcomePlan).where(WelcomePlan.referral_id == referral.id).values(link_sealed=None))
    ledger.note("words", referral.id)
    erase_log_too()


def _forget_who_comes_along(referral: Referral) -> None:
    """Who comes along and what each side does says something about a young person; who waits and where does not."""
    nothing = {"companion": "", "we_prepare": "", "you_arrange": ""}
    db.session.execute(update(WelcomePlan).where(WelcomePlan.referral_id == referral.id).values(nothing))


def forget_answers(referral: Referral) -> None:
    """Erase what associations typed in their answers: nobody needs it once a search is over. The codes stay."""
    nothing = {"welcomer": "", "moment_note": "", "message": ""}
    db.session.execute(update(Ask).where(Ask.referral_id == referral.id).values(nothing))
    erase_log_too()


def forget_plan(referral: Referral) -> None:
    """Delete the welcome plan and close its page."""
    close_welcome(referral)
    db.session.execute(delete(WelcomePlan).where(WelcomePlan.referral_id == referral.id))
    erase_log_too()


def close_welcome(referral: Referral) -> None:
    """Close the welcome page for everybody who has its link."""
    plan_id = db.session.scalar(select(WelcomePlan.id).where(WelcomePlan.referral_id == referral.id))
    if plan_id:
        links.revoke(links.Purpose.WELCOME, plan_id)
        db.session.execute(update(WelcomePlan).where(WelcomePlan.id == plan_id).values(link_sealed=None))


def forget_plan_for_good(referral: Referral) -> None:
    """Its time is over: the plan goes with what was typed since, also from a backup that is brought back."""
    forget_answers(referral)
    forget_plan(referral)
    ledger.note("plan", referral.id)


def delete_draft(referral: Referral) -> None:
    """Delete a question that was never sent, with its story and everything in it."""
    db.session.execute(delete(history.History).where(history.History.thing_id == referral.id))
    db.session.delete(referral)
    ledger.note("draft", referral.id)
    erase_log_too()


def erase_question(referral: Referral) -> None:
    """Delete a question with everything that belongs to it. What stays to be counted points to nobody."""
    db.session.add(
        CountedQuestion(
            month=clock.local(referral.created_at).date().replace(day=1),
            age_band=referral.age_band,
            interests=referral.interests,
            status=referral.status,
            outcome=referral.outcome,
        )
    )
    asks = db.session.scalars(select(Ask.id).where(Ask.referral_id == referral.id)).all()
    plans = db.session.scalars(select(WelcomePlan.id).where(WelcomePlan.referral_id == referral.id)).all()
    handed = db.session.scalars(select(HandOver.id).where(HandOver.referral_id == referral.id)).all()
    things = [referral.id, *asks, *plans, *handed]
    db.session.execute(delete(history.History).where(history.History.thing_id.in_(things)))
    db.session.execute(delete(Notice).where(Notice.thing_id.in_(things)))
    db.session.execute(delete(links.Link).where(links.Link.subject_id.in_(things)))
    db.session.delete(referral)
    ledger.note("question", referral.id)
    erase_log_too()


def forget_place(referral: Referral) -> None:
    """Let go of the place that was chosen: card, agreement, welcome plan and its link."""
    wipe_card(referral)
    _end_agreements(referral)
    forget_plan(referral)
    _forget_talk_of_place(referral.id, referral.organisation_id)
    referral.chosen_ask_id = None
    referral.chosen_organisation_id = None
    referral.receiver_id = None
    referral.choice_words_sealed = None
    ledger.note("choice", referral.id)


def _forget_talk_of_place(referral_id: uuid.UUID, sender_id: uuid.UUID) -> None:
    """What was said to and noted at a place goes with it; the notes of the side of the young person stay."""
    ours = and_(Post.kind == PostKind.NOTE, Post.organisation_id == sender_id)
    db.session.execute(delete(Post).where(Post.referral_id == referral_id, not_(ours)))


def _end_agreements(referral: Referral) -> None:
    db.session.execute(
        update(Agreement)
        .where(Agreement.referral_id == referral.id, Agreement.withdrawn_at.is_(None))
        .values(withdrawn_at=clock.now())
    )


@ledger.replays("card")
def _wipe_card_again(referral_id: uuid.UUID) -> None:
    if referral := db.session.get(Referral, referral_id):
        wipe_card(referral)
        _end_agreements(referral)


@ledger.replays("words")
def _wipe_words_again(referral_id: uuid.UUID) -> None:
    if referral := db.session.get(Referral, referral_id):
        wipe_words(referral)


@ledger.replays("draft")
def _delete_draft_again(referral_id: uuid.UUID) -> None:
    if referral := db.session.get(Referral, referral_id):
        delete_draft(referral)


@ledger.replays("choice")
def _forget_choice_again(referral_id: uuid.UUID) -> None:
    if referral := db.session.get(Referral, referral_id):
        referral.choice_words_sealed = None
        _forget_talk_of_place(referral.id, referral.organisation_id)
    db.session.execute(update(WelcomePlan).where(WelcomePlan.referral_id == referral_id).values(link_sealed=None))


@ledger.replays("plan")
def _forget_plan_again(referral_id: uuid.UUID) -> None:
    if referral := db.session.get(Referral, referral_id):
        forget_answers(referral)
        forget_plan(referral)


@ledger.replays("question")
def _erase_question_again(referral_id: uuid.UUID) -> None:
    if referral := db.session.get(Referral, referral_id):
        erase_question(referral)
