"""What the tests of the first page share."""

import pytest

from tests.support.browse import Browse, Browser


@pytest.fixture
def english(browse: Browse) -> Browse:
    """Browsers that read English."""

    def open_as(who: str) -> Browser:
        browser = browse(who)
        browser.carry("lang", "en")
        return browser

    return open_as
