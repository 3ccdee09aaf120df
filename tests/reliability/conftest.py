"""What an installation of its own needs."""

from collections.abc import Iterator

import pytest

from tests.support import postgres
from webapp.config import Settings


@pytest.fixture
def empty(settings: Settings) -> Iterator[str]:
    """The address of an empty database where these tests run on PostgreSQL; otherwise nothing."""
    if not settings.database_url.startswith("postgres"):
        yield ""
        return
    url = postgres.create_database()
    yield url
    postgres.drop_database(url)
