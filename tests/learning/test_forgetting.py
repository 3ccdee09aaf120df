"""What learning sessions forget by themselves, by the clocks that run."""

from datetime import timedelta

from sqlalchemy import select

from tests.learning import makers
from tests.people import Cast
from tests.referrals.test_forgetting import clocks
from webapp.core import clock
from webapp.core.db import db
from webapp.learning import actions, placing
from webapp.learning.models import Cluster, Contribution, LearningSession, Participant


def test_who_took_part_goes_after_a_month_and_what_was_shared_after_a_year(cast: Cast) -> None:
    made, frank = makers.running(cast, is_named=True), cast.actor("frank")
    makers.on_wall(cast, made, "We stonden met twee aan de poort.")
    placing.begin(made, "Aan de poort", by=frank)
    with clock.at(clock.now() + timedelta(days=60)):
        makers.note(makers.running(cast), "Niemand rondt dit af.")
    actions.close(made, "Een bekend gezicht telt.", "", by=frank)
    db.session.commit()
    kept = (Participant, Contribution, Cluster)
    both, later, at_last = (29, [2, 2, 1]), (31, [1, 2, 1]), (91, [0, 2, 1])
    for after, left in (both, later, at_last, (364, [0, 2, 1]), (366, [0, 1, 0]), (426, [0, 0, 0])):
        clocks(timedelta(days=after))
        assert [len(db.session.scalars(select(one.id)).all()) for one in kept] == left
    assert db.session.get_one(LearningSession, made.id).result
