"""A lesson is put on a plan from its own page, by whoever works on that plan alone."""

from tests.lessons import makers as lessons
from tests.people import Cast
from tests.plans import makers
from tests.support.browse import Browse
from webapp.core.db import db
from webapp.lessons.models import Lesson


def test_who_works_on_a_plan_puts_a_lesson_on_it_and_everybody_reads_where(cast: Cast, browse: Browse) -> None:
    lesson, plan = lessons.published(cast), makers.plan(cast)
    goal = makers.goal(plan).id
    use, url = f"/plannen/lessen/{lesson.id}", f"/lessen/{lesson.id}"
    db.session.commit()
    noor = browse("noor")
    page = noor.follow(noor.submit(noor.get(use), use, thing=str(goal)))
    assert page.says("Gebruikt in", "in het plan Vrije tijd voor iedereen")
    assert browse("jef").get(url).says("in het plan Vrije tijd voor iedereen")
    assert lesson.title in noor.get(f"/plannen/ketting/{goal}").words


def test_a_line_that_begins_with_the_title_is_not_read_twice(cast: Cast, browse: Browse) -> None:
    lesson = lessons.published(cast)
    lesson_id, title = lesson.id, lesson.title
    use = f"/plannen/lessen/{lesson_id}"
    db.session.commit()
    assert f"{title}: " in browse("noor").get(use).words
    db.session.get_one(Lesson, lesson_id).line = f"{title}. Zo blijft het."
    db.session.commit()
    page = browse("noor").get(use)
    assert f"{title}. Zo blijft het." in page.words
    assert f"{title}: " not in page.words


def test_who_works_on_no_plan_puts_it_on_none(cast: Cast, browse: Browse) -> None:
    lesson, plan = lessons.published(cast), makers.plan(cast)
    goal, action = makers.goal(plan).id, makers.action(cast, plan, "Borden").id
    use = f"/plannen/lessen/{lesson.id}"
    db.session.commit()
    jef = browse("jef")
    assert jef.get(use).says("Je werkt nog aan geen plan mee")
    for part in (goal, action, "onzin"):
        assert jef.post(use, {"thing": str(part)}).status == 422
    assert not lessons.uses(lesson.id)
