"""Whether lessons are used again: counted over lessons, never told below five."""

from datetime import timedelta

from tests.lessons import makers
from tests.people import Cast
from tests.support.browse import Browse
from webapp.core import clock
from webapp.core.db import db, new_id
from webapp.core.numbers import ask
from webapp.lessons import reuse, trying, using
from webapp.lessons.codes import Helped, UsedIn
from webapp.lessons.lifecycle import LessonStatus
from webapp.lessons.models import Lesson, OtherTown
from webapp.lessons.reuse import Reuse
from webapp.lessons.trying import Saw


def told() -> Reuse | None:
    return reuse.told(ask(reuse.numbers()))


def _of_another_town(cast: Cast) -> Lesson:
    """Others tried it too, but it is not ours to count."""
    town = OtherTown(name="Waterstede", feed="https://waterstede.example/feed", added_by_id=cast.tine)
    db.session.add(town)
    db.session.flush()
    lesson = Lesson(town_id=town.id, address="een", title="Van hen", line="Zo ging het.", year=clock.today().year)
    lesson.status, lesson.published_at = LessonStatus.PUBLISHED, clock.now()
    db.session.add(lesson)
    db.session.flush()
    return lesson


def test_of_the_lessons_of_a_year_how_many_are_used_by_others(cast: Cast, browse: Browse) -> None:
    assert told() is None
    lessons = [makers.out(cast, f"Les {number}") for number in range(7)]
    with clock.at(clock.now() - timedelta(days=366)):
        old = makers.out(cast, "Van vroeger")
    for lesson in (*lessons[:4], old):
        using.note(lesson.id, UsedIn.ACTION, new_id(), "", by=cast.actor("noor"))
    assert told() == Reuse(7, None)
    db.session.commit()
    page = browse("hilde").get("/leren")
    assert page.says("Van de 7 nieuwste lessen van het voorbije jaar worden er tot nu toe minder dan vijf")
    assert not browse("hilde").get("/leren?q=les").says("Worden lessen opnieuw gebruikt?")
    trying.say(_of_another_town(cast), cast.zilverreiger, Saw(Helped.HELPED), by=cast.actor("noor"))
    trying.say(lessons[4], cast.zilverreiger, Saw(Helped.HELPED), by=cast.actor("noor"))
    makers.fold(lessons[6])
    assert told() == Reuse(6, 5)
