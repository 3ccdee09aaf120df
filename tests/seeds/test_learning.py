"""What Elsterveer learned: domain.md 7.5 whole."""

from collections import Counter

from sqlalchemy import func, select

from seeds.town import Town
from webapp.core.db import db
from webapp.learning.lifecycle import SessionStatus
from webapp.learning.models import Cluster, Contribution, ContributionGiver, LearningSession, SessionAction
from webapp.lessons import search_news, searching
from webapp.lessons.asked import Asked
from webapp.lessons.codes import Sureness, TagStatus
from webapp.lessons.lifecycle import LessonStatus
from webapp.lessons.models import Lesson, LessonTranslation, SecondRead
from webapp.lessons.use_models import Tag, Tried


def test_twenty_five_lessons_are_out_and_two_were_held_back(town: Town) -> None:
    standing = Counter(db.session.scalars(select(Lesson.status)))
    assert standing == {LessonStatus.PUBLISHED: 25, LessonStatus.HELD: 2, LessonStatus.OFFERED: 1}
    assert db.session.scalar(select(func.count()).select_from(LessonTranslation)) == 25
    readers = db.session.execute(
        select(SecondRead.person_id, Lesson.author_id).join(Lesson, Lesson.id == SecondRead.lesson_id)
    )
    assert all(reader != author for reader, author in readers)


def test_others_tried_them_too(town: Town) -> None:
    assert db.session.scalar(select(func.count()).select_from(Tried)) > 15
    gate = db.session.scalars(select(Lesson).where(Lesson.title == "Sta op tijd aan de poort")).one()
    assert gate.sureness is Sureness.OFTEN
    waiting = db.session.scalars(select(Tag.name).where(Tag.status == TagStatus.PROPOSED)).all()
    assert waiting == ["vervoer"]


def test_eight_sessions_were_held_and_one_is_to_come(town: Town) -> None:
    standing = Counter(db.session.scalars(select(LearningSession.status)))
    assert standing == {SessionStatus.CLOSED: 8, SessionStatus.PREPARED: 1}
    assert db.session.scalar(select(func.count()).select_from(Contribution)) > 30
    assert db.session.scalar(select(func.count()).select_from(SessionAction)) == 3
    assert db.session.scalar(select(func.count()).where(Contribution.cluster_id.is_(None))) == 0
    assert db.session.scalar(select(func.count()).select_from(Cluster)) > 15
    assert db.session.scalar(select(func.count()).select_from(ContributionGiver)) == 0  # all came from paper


def test_somebody_follows_two_searches_and_one_has_news(town: Town) -> None:
    assert [(one.asked.terms(), one.number) for one in search_news.all_of(town.people["ilse"])] == [
        ("q=plein", 3),
        ("b=affordability", 0),
    ]
    assert search_news.has_news(town.people["ilse"])


def test_a_lesson_is_found_by_a_form_of_its_words(town: Town) -> None:
    assert "Sta op tijd aan de poort" in _found("poorten")
    assert not _found("scheidsrechter")  # that one was held back


def _found(words: str) -> set[str]:
    asked = Asked(q=words)
    return {row.title for row in searching.lessons(asked, searching.around(asked)).rows}
