"""Who reads about a question: each view is written down, and ends with the agreement or with the seat."""

from datetime import timedelta

from sqlalchemy import select

from tests import factories
from tests.factories import CANARY_NAME
from tests.people import Cast
from tests.referrals.steps import audit_unwritable, by_link, id_of, notices
from tests.support.browse import Browse
from webapp.accounts.models import Function
from webapp.core import clock
from webapp.core.audit import Audit
from webapp.core.db import db
from webapp.referrals import actions, agreements

WORDS = "Ik ben een kanariepietlied."


def test_reading_the_page_is_written_down_too(browse: Browse, cast: Cast) -> None:
    referral_id = id_of(factories.agreed(cast))
    for who in ("hilde", "bram"):
        browse(who).get(f"/toeleidingen/{referral_id}")
        browse(who).get(f"/toeleidingen/{referral_id}/welkomstplan")
    query = select(Audit.actor_id).where(Audit.thing_id == referral_id, Audit.action == "referral.view")
    assert list(db.session.scalars(query.order_by(Audit.number))) == [cast.hilde, cast.hilde, cast.bram, cast.bram]


def test_the_page_with_the_own_words_is_written_down_or_not_shown(browse: Browse, cast: Cast) -> None:
    referral = factories.draft(cast)
    actions.put_in_words(referral, WORDS, by=cast.actor("hilde"))
    db.session.commit()
    hilde, path = browse("hilde"), f"/toeleidingen/{id_of(referral)}/wensen"
    assert WORDS in hilde.get(path).text
    with audit_unwritable():
        refused = hilde.get(path)
    assert (refused.status, WORDS in refused.text) == (503, False)


def test_reading_a_question_by_the_link_is_written_down_for_whom_it_was_sent_to(browse: Browse, cast: Cast) -> None:
    ask_id = id_of(factories.ask_of(factories.sent(cast), cast.zilverreiger))
    by_link(browse, cast, ask_id).get(f"/antwoord/{ask_id}")
    query = select(Audit.actor_id).where(Audit.thing_id == ask_id, Audit.action == "ask.view")
    assert list(db.session.scalars(query)) == [cast.noor]


def test_after_the_last_day_the_card_is_closed_even_before_the_clocks_run(browse: Browse, cast: Cast) -> None:
    referral_id = id_of(factories.agreed(cast))
    for days, status in ((90, 200), (91, 409)):
        with clock.at(clock.now() + timedelta(days=days)):
            for who in ("hilde", "bram"):
                opened = browse(who).post(f"/toeleidingen/{referral_id}/contactkaart")
                assert (opened.status, CANARY_NAME in opened.text) == (status, status == 200), (who, days)


def test_who_left_the_association_hears_nothing_any_more(cast: Cast) -> None:
    referral = factories.agreed(cast)
    seat = db.session.scalars(select(Function).where(Function.person_id == cast.bram)).one()
    seat.ends_on = clock.today() - timedelta(days=1)
    db.session.flush()
    agreements.withdraw(referral, by=cast.actor("hilde"))
    db.session.commit()
    assert "agreement_withdrawn" not in notices(cast, "bram")
    assert notices(cast, "yara")[-1] == "agreement_withdrawn"
