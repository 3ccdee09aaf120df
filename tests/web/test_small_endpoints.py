"""Health, and the reports of the browser's own guard."""

import json
import re
from typing import Any

import pytest
from flask import Flask

from tests.web.conftest import Log, Visit
from webapp.web import routes

BAD_ADDRESS = b'{"csp-report": {"document-uri": "https://[x"}}'


def report(visit: Visit, body: Any, raw: bytes | None = None) -> int:
    guest = visit("guest")
    data = raw if raw is not None else json.dumps(body).encode()
    headers = {"Sec-Fetch-Site": "same-origin"}
    answer = guest.client.post(
        "/csp-report", data=data, base_url=guest.base_url, content_type="application/csp-report", headers=headers
    )
    return answer.status_code


def test_a_report_is_kept_without_the_query(visit: Visit, log: Log) -> None:
    address = "https://brug.test/aanbod?naam=Zohrakanarie#Zohrakanarie"
    body = {"csp-report": {"document-uri": address, "violated-directive": "style-src", "script-sample": "Zohrakanarie"}}
    assert report(visit, body) == 204
    (told,) = [line for line in log.lines if line["event"] == "csp"]
    assert (told["document"], told["directive"]) == ("/aanbod", "style-src")
    assert "Zohrakanarie" not in log.text


def test_a_report_from_the_page_of_a_link_keeps_no_token(visit: Visit, log: Log) -> None:
    token = "vr_" + "Zx9a" * 10
    assert report(visit, {"csp-report": {"document-uri": f"https://brug.test/antwoord/{token}"}}) == 204
    assert "Zx9a" not in log.text


def test_a_report_may_be_eight_kilobytes(visit: Visit, log: Log) -> None:
    body = {"csp-report": {"document-uri": "/x", "violated-directive": "y", "padding": ""}}
    room = routes.REPORT_BYTES - len(json.dumps(body))
    body["csp-report"]["padding"] = "a" * room
    assert report(visit, body) == 204
    assert [line for line in log.lines if line["event"] == "csp"]
    told = len(log.lines)
    body["csp-report"]["padding"] += "a"
    report(visit, body)
    assert [line for line in log.lines[told:] if line["event"] == "csp"] == []


@pytest.mark.parametrize(
    "raw", [b"", b"x", b"[]", b"null", b'"x"', b'{"csp-report": []}', b"\xff\xfe", b"[" * 5000, BAD_ADDRESS]
)
def test_a_report_that_makes_no_sense_breaks_nothing(visit: Visit, raw: bytes) -> None:
    assert report(visit, None, raw) == 204


def test_alive(visit: Visit) -> None:
    assert visit("guest").get("/healthz").text == "ok"


def test_a_static_file_is_as_careful_as_a_page(app: Flask) -> None:
    client = app.test_client()
    page = client.get("/aanmelden", base_url="https://brug.test").get_data(as_text=True)
    file = re.search(r"/static/[^\"]+\.css", page)
    assert file
    answer = client.get(file[0], base_url="https://brug.test")
    assert answer.status_code == 200
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert "immutable" in answer.headers["Cache-Control"]
    answer.close()
