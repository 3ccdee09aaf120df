"""Lessons and learning sessions for the matrix, as pure things."""

import uuid
from types import SimpleNamespace
from typing import Any

from tests.people import Cast
from webapp.core import clock


def _lesson(cast: Cast, status: str, *, by: str = "bram", place: str = "halvenoot", **more: Any) -> Any:
    about = {"author_id": cast.people[by], "organisation_id": cast.organisations[place], "circle_ids": frozenset()}
    about |= {"reworded_by_ids": frozenset(), "published_at": None}
    return SimpleNamespace(**(about | {"status": status, "is_out": status == "published"} | more))


def _flag(cast: Cast, *, author: str = "bram", outcome: str | None = None) -> Any:
    return SimpleNamespace(person_id=cast.jef, author_ids=frozenset({cast.people[author]}), outcome=outcome)


def _session(cast: Cast, *leads: uuid.UUID, shown: str = "new", status: str = "running") -> Any:
    """A session to which the scouts and Halve Noot were invited: jef, bram and yara; noor helps at its desk, and lena
    is asked to. It stands for what is in it too, such as something that was shared and waits, or hangs on the wall."""
    session = SimpleNamespace(id=uuid.uuid4(), facilitator_ids=frozenset(leads[:1]), leading_ids=frozenset(leads))
    session.circle_ids = frozenset({cast.jef, cast.bram, cast.yara})
    session.asked_ids, session.status = frozenset({cast.lena}), status
    return SimpleNamespace(session=session, shown=shown, is_folded=False)


def things(cast: Cast) -> dict[str, Any]:
    """By the names that the matrix uses."""
    of_town = {"author_id": None, "organisation_id": None}
    return {
        "draft_lesson": _lesson(cast, "draft"),
        "draft_again": _lesson(cast, "draft", published_at=clock.now()),
        "offered_lesson": _lesson(cast, "offered"),
        "offered_by_frank": _lesson(cast, "offered", by="frank", place="jeugddienst"),
        "lesson_in_log": _lesson(cast, "published"),
        "folded_lesson": _lesson(cast, "published", is_out=False),
        "lesson_of_session": _lesson(
            cast, "draft", by="frank", place="jeugddienst", circle_ids=frozenset({cast.frank, cast.noor})
        ),
        "lesson_of_town": _lesson(cast, "published", **of_town),
        "reworded_by_frank": _lesson(cast, "published", reworded_by_ids=frozenset({cast.frank})),
        "flag_of_jef": _flag(cast),
        "flag_decided": _flag(cast, outcome="folded"),
        "flag_on_frank": _flag(cast, author="frank"),
        "booklet": SimpleNamespace(person_id=cast.hilde),
        "learning_session": _session(cast, cast.frank, cast.noor),
        "session_of_nobody": _session(cast),
        "session_closed": _session(cast, cast.frank, cast.noor, status="closed"),
        "note_on_wall": _session(cast, cast.frank, cast.noor, shown="shown"),
    }
