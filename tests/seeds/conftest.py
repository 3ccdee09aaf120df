"""The town that the tests of the seeds look at: loaded once, and as it was loaded for each of them."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import delete

from seeds import load
from seeds.town import Town
from tests.support.snapshot import Snapshot
from webapp.accounts.models import Function, Organisation, Person
from webapp.core.db import db
from webapp.directory.models import Offer
from webapp.groups.models import WorkingGroup

TUESDAY = date(2026, 11, 24)
KINDS = {"organisations": Organisation, "offers": Offer, "groups": WorkingGroup}


@dataclass(frozen=True)
class Loaded:
    """A picture of the database with Elsterveer in it, and what is what in there."""

    picture: Snapshot
    people: Mapping[str, uuid.UUID]
    ids: Mapping[str, Mapping[str, uuid.UUID]]
    offer_facts: Any

    @classmethod
    def now(cls) -> "Loaded":
        """Load Elsterveer into an emptied database, on a Tuesday."""
        for model in (Function, Person, Organisation):
            db.session.execute(delete(model))
        town = load.load(TUESDAY)
        ids = {kind: {key: one.id for key, one in getattr(town, kind).items()} for kind in KINDS}
        db.session.commit()
        return cls(Snapshot.take(db.engine, "loaded"), town.people, ids, town.offer_facts)

    def again(self) -> Town:
        """The town as it was loaded."""
        self.picture.restore(db.engine)
        town = Town(TUESDAY)
        town.people, town.offer_facts = dict(self.people), self.offer_facts
        for kind, model in KINDS.items():
            getattr(town, kind).update({key: db.session.get(model, one) for key, one in self.ids[kind].items()})
        return town


@pytest.fixture(scope="session")
def kept() -> list[Loaded]:
    """What the first test that needs it loads, for the others."""
    return []


@pytest.fixture
def town(app: Flask, kept: list[Loaded]) -> Town:
    """Elsterveer."""
    if not kept:
        kept.append(Loaded.now())
    db.session.remove()
    return kept[0].again()
