"""What learning sessions forget by themselves, by the clocks that run."""

from datetime import timedelta

from sqlalchemy import select

from tests.learning import makers
from tests.people import Cast
from tests.referrals.test_forgetting import clocks
from webapp.core.db import db
from webapp.learning import actions, placing
from webapp.learning.models import Cluster, Contribution, LearningSession, Participant


def test_who_took_part_goes_after_a_month_and_what_was_shared_after_a_year(cast: Cast) -> None:
    made, frank = makers.running(cast, is_named=True), cast.actor("frank")
    makers.on_wall(cast, made, "We stonden met twee aan de poort.")
    placing.begin(made, "Aan de poort", by=frank)
    makers.note(makers.running(cast), "Hier gaat het nog door.")
    actions.close(made, "Een bekend gezicht telt.", "", by=frank)
    db.session.commit()
    kept = (Participant, Contribution, Cluster)
    for after, left in ((29, [2, 2, 1]), (31, [1, 2, 1]), (364, [1, 2, 1]), (366, [1, 1, 0])):
        clocks(timedelta(days=after))
        assert [len(db.session.scalars(select(one.id)).all()) for one in kept] == left
    assert db.session.get_one(LearningSession, made.id).result
