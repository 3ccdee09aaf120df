"""One transaction a request: everything or nothing."""

import pytest

from tests.web import kit
from tests.web.conftest import Visit


def test_a_change_that_succeeds_is_kept(visit: Visit) -> None:
    assert visit("hilde").post("/proef/bewaar").status == 303
    assert kit.rows() == 1


def test_what_must_be_mended_saves_nothing(visit: Visit) -> None:
    assert visit("hilde").post("/proef/bewaar", {"answer": "422"}).status == 422
    assert kit.rows() == 0


@pytest.mark.parametrize("how", list(kit.TROUBLES))
def test_what_fails_saves_nothing(visit: Visit, how: str) -> None:
    assert visit("hilde").post(f"/proef/fout/{how}").status == kit.TROUBLES[how][1]
    assert kit.rows() == 0


@pytest.mark.parametrize("how", ["mistake", "stale", "database", "conflict"])
def test_what_fails_at_the_last_moment_saves_nothing_and_answers_the_same(visit: Visit, how: str) -> None:
    page = visit("hilde").post(f"/proef/laat/{how}")
    assert page.status == kit.TROUBLES[how][1]
    assert page.response.headers["Vary"].startswith("Cookie, HX-Request, HX-Request-Type")
    assert kit.rows() == 0
    assert "never shown" not in page.text


def test_a_request_that_reads_cannot_write(visit: Visit) -> None:
    assert visit("hilde").get("/proef/schrijf").status == 500
    assert kit.rows() == 0


def test_after_a_failure_the_next_request_works(visit: Visit) -> None:
    hilde = visit("hilde")
    hilde.post("/proef/laat/database")
    hilde.get("/proef/schrijf")
    assert hilde.post("/proef/bewaar").status == 303
    assert kit.rows() == 1
