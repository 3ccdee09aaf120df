"""Making things disappear: the card at once when an agreement ends, a whole identity when its time is over."""

from sqlalchemy import delete, select, update

from webapp.core import clock, history, links
from webapp.core.db import db, erase_log_too
from webapp.referrals.models import Agreement, Ask, ContactCard, Referral, WelcomePlan


def wipe_card(referral: Referral) -> None:
    """Delete the contact card and close the door to it, in this transaction."""
    db.session.execute(delete(ContactCard).where(ContactCard.referral_id == referral.id))
    erase_log_too()
    referral.has_agreement = False


def wipe_words(referral: Referral) -> None:
    """Erase everything that was sealed, with the key: texts in the young person's own words, in this transaction."""
    referral.own_words_sealed = referral.choice_words_sealed = referral.data_key = None
    _forget_who_comes_along(referral)
    db.session.execute(update(WelcomePlan).where(WelcomePlan.referral_id == referral.id).values(link_sealed=None))
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


def delete_draft(referral: Referral) -> None:
    """Delete a question that was never sent, with its story and everything in it."""
    db.session.execute(delete(history.History).where(history.History.thing_id == referral.id))
    db.session.delete(referral)
    erase_log_too()


def forget_place(referral: Referral) -> None:
    """Let go of the place that was chosen: card, agreement, welcome plan and its link."""
    wipe_card(referral)
    db.session.execute(
        update(Agreement)
        .where(Agreement.referral_id == referral.id, Agreement.withdrawn_at.is_(None))
        .values(withdrawn_at=clock.now())
    )
    forget_plan(referral)
    referral.chosen_ask_id = None
    referral.chosen_organisation_id = None
    referral.receiver_id = None
    referral.choice_words_sealed = None
