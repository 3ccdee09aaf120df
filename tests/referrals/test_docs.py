"""The life cycles in the documentation are drawn from the tables that the application runs on."""

from webapp.cli import LIFECYCLES, described
from webapp.referrals.lifecycle import ASK, REFERRAL
from webapp.signals.lifecycle import SIGNAL
from webapp.visits.lifecycle import VISIT


def test_the_drawing_is_the_table() -> None:
    assert LIFECYCLES.read_text() == described()


def test_every_status_can_be_reached() -> None:
    for life in (REFERRAL, ASK, SIGNAL, VISIT):
        assert life.reachable() == frozenset(life.statuses)
