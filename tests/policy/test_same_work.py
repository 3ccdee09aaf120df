"""What is not yours takes the same work as what does not exist: nobody learns from the clock that it is there.

Which organisations take part is no secret.
"""

import uuid

import pytest
from flask import Flask
from sqlalchemy import event

from tests.people import Cast
from tests.policy.matrix import EVERYBODY
from tests.policy.situations import SITUATIONS, Parts, Situation
from tests.policy.test_requests import READS, Asking, about, expected
from tests.support.browse import Browse
from webapp.core.db import db


@pytest.mark.parametrize("situation", SITUATIONS, ids=lambda situation: situation.name)
def test_as_many_statements(app: Flask, cast: Cast, browse: Browse, situation: Situation) -> None:
    parts = situation.make(cast)
    nothing = {name: uuid.uuid4() for name in parts}
    faults = []
    for endpoint, declaration in about(app, situation, READS) if "organisation_id" not in parts else ():
        hidden = (who for who in EVERYBODY if who != "guest" and expected(who, declaration, situation) == "404")
        if who := next(hidden, None):
            asking = Asking(app, browse(who))
            asking.ask(endpoint, READS, nothing)  # what is built once is built
            there, not_there = counted(asking, endpoint, parts), counted(asking, endpoint, nothing)
            if there != not_there:
                faults.append(f"{who} {endpoint}: {there} statements, and {not_there} for nothing")
    assert faults == []


def counted(asking: Asking, endpoint: str, parts: Parts) -> int:
    """How many statements one refused request takes."""
    asked: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        asked.append(statement)

    event.listen(db.engine, "before_cursor_execute", note)
    try:
        assert asking.ask(endpoint, READS, parts).status_code == 404
    finally:
        event.remove(db.engine, "before_cursor_execute", note)
    return len(asked)
