"""The town that the tests of the seeds look at."""

from datetime import date

import pytest
from flask import Flask
from sqlalchemy import delete

from seeds import load
from seeds.town import Town
from webapp.accounts.models import Function, Organisation, Person
from webapp.core.db import db

TUESDAY = date(2026, 11, 24)


@pytest.fixture
def town(app: Flask) -> Town:
    """Elsterveer, loaded into an empty database on a Tuesday."""
    for model in (Function, Person, Organisation):
        db.session.execute(delete(model))
    return load.load(TUESDAY)
