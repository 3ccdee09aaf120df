"""The log tells what happened, and never who, what was typed, or how to get in."""

import json
import logging
from urllib.parse import quote

import pytest

from tests.people import PEOPLE
from tests.web import kit
from tests.web.conftest import Log, Visit
from webapp.core.links import Purpose
from webapp.web.logs import JsonLines, masked

TOKEN = "Zx9-" + "a_B" * 13


def test_a_line_for_every_request_with_its_id_and_its_time(visit: Visit, log: Log, cast: object) -> None:
    visit("hilde").get("/healthz")
    visit("guest").get("/bestaat-niet")
    first, second = log.lines
    assert {key: first[key] for key in ("event", "method", "path", "status", "code")} == {
        "event": "request",
        "method": "GET",
        "path": "/healthz",
        "status": 200,
        "code": None,
    }
    assert (second["status"], second["person"]) == (404, None)
    assert first["request"] != second["request"]
    assert len(first["request"]) == 32


def test_a_form_without_a_token_has_a_line_with_an_id_of_its_own(visit: Visit, log: Log) -> None:
    hilde = visit("hilde")
    hilde.get("/healthz")
    hilde.post("/proef/bewaar", {"csrf_token": "nonsense"})
    first, second = log.lines
    assert second["status"] == 400
    assert first["request"] != second["request"]
    assert second["ms"] >= 0


@pytest.mark.parametrize("purpose", list(Purpose))
def test_the_token_of_a_link_reads_as_dots(visit: Visit, log: Log, purpose: Purpose) -> None:
    token = f"{purpose.value}_{TOKEN}"
    for path in (f"/aanmelden/{token}", f"/uitnodiging/{token}", f"/beginnen/{token}", f"/x/{token}/y"):
        assert TOKEN not in masked(path)
        visit("guest").get(path)
    assert "Zx9" not in log.text
    assert len(log.lines) == 4


def test_what_broke_is_told_by_kind_and_place_without_words(visit: Visit, log: Log) -> None:
    visit("hilde").get("/proef/fout/mistake?q=Zohrakanarie")
    told = next(line for line in log.lines if line["event"] == "mistake")
    assert (told["level"], told["error"]) == ("ERROR", "ValueError")
    assert any(frame.startswith("web/guard.py:") for frame in told["where"])


@pytest.mark.parametrize("line_break", ["\n", "\r", "\r\n", "\u2028", "\u0085", "\x0b"])
def test_a_line_break_forges_no_second_entry(visit: Visit, log: Log, line_break: str) -> None:
    forged = f'/x{line_break}{{"event": "forged"}}'
    visit("guest").get(quote(forged))
    record = logging.LogRecord("webapp", logging.INFO, "", 0, forged, (), None)
    assert len(log.text.splitlines()) == 1
    assert len(JsonLines().format(record).splitlines()) == 1
    assert json.loads(JsonLines().format(record))["event"] == forged


def test_after_a_whole_run_no_canary_is_in_the_log(visit: Visit, log: Log) -> None:
    """Names, mail addresses, phone numbers, query strings, bodies, cookies and tokens: none of them."""
    canaries = ["Zohrakanarie", "zohra@kanarie.example", "0470990011", "kanarie-zoekterm"]
    for who in ("hilde", "noor", "tine", "guest"):
        visitor = visit(who)
        token = visitor.token()
        canaries += [token, *(one.value for one in visitor.client._cookies.values() if len(one.value) > 8)]
        for path in ("/", "/aanbod", "/toeleidingen", "/bestaat-niet", "/proef/fout/mistake", "/proef/fout/database"):
            visitor.get(f"{path}?zoek=kanarie-zoekterm&naam=Zohrakanarie", headers={"User-Agent": "Zohrakanarie"})
        for path in ("/proef/formulier", "/proef/fout/mistake", "/proef/laat/database", "/aanmelden", "/taal"):
            visitor.post(path, {"wish": "Zohrakanarie", "email": "zohra@kanarie.example", "phone": "0470990011"})
        report = {"csp-report": {"document-uri": "https://brug.test/x?naam=Zohrakanarie"}}
        visitor.client.post("/csp-report", json=report, base_url=visitor.base_url)
    assert len(log.lines) > 40
    names = [name for name, _ in PEOPLE.values()] + [part for name, _ in PEOPLE.values() for part in name.split()[1:]]
    assert [one for one in [*canaries, *names, kit.TRACE] if one in log.text] == []
