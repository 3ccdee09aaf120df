"""Fetching from an address that somebody typed: only the open web, only so long, and only so much."""

import socket
import threading
import time
from typing import Any

import pytest

from tests.support.strange_town import ATOM, JSON, strange_town
from webapp.core import fetching
from webapp.core.fetching import Asked, FetchFault, NotFetched, fetch, is_open

HERE = (
    "https://127.0.0.1/", "https://localhost/", "https://[::1]/", "https://[::ffff:127.0.0.1]/", "https://2130706433/",
    "https://0x7f.1/", "https://10.1.2.3/", "https://192.168.1.1/", "https://169.254.169.254/latest/", "https://0.0.0.0/",
    "https://[fe80::1]/", "https://[fd00::1]/", "https://[64:ff9b::7f00:1]/", "https://[2002:7f00:1::]/",
)  # fmt: skip
NO_ADDRESS = (
    "http://brug.example/", "ftp://brug.example/", "file:///etc/passwd", "https://", "//brug.example/", "brug.example",
    "https://brug.example:8443/", "https://iemand:geheim@brug.example/", "https://brug.example:x/",
    "javascript:alert(1)",
)  # fmt: skip


def fault(url: str, **more: Any) -> FetchFault:
    with pytest.raises(NotFetched) as caught:
        fetch(Asked(url, (ATOM, JSON), **more))
    return caught.value.fault


def test_an_address_is_of_the_open_web_or_not_followed() -> None:
    assert {url: fault(url) for url in NO_ADDRESS} == dict.fromkeys(NO_ADDRESS, FetchFault.ADDRESS)
    assert {url: fault(url) for url in HERE} == dict.fromkeys(HERE, FetchFault.PRIVATE)
    assert all(map(is_open, ("93.184.215.14", "2606:2800:21f::1")))
    assert not any(map(is_open, ("100.64.0.1", "224.0.0.1", "fe80::1%eth0", "255.255.255.255", "::")))


def test_a_name_that_leads_in_one_of_its_ways_to_a_private_address_is_not_followed() -> None:
    def two_ways(host: str, port: int, **_more: Any) -> list[tuple[Any, ...]]:
        return [(socket.AF_INET, 1, 6, "", (one, port)) for one in ("93.184.215.14", "192.168.0.4")]

    with pytest.raises(NotFetched) as caught:
        fetch(Asked("https://brug.example/", (JSON,)), resolve=two_ways)
    assert caught.value.fault is FetchFault.PRIVATE


def test_this_machine_is_reached_by_the_door_for_tests_alone() -> None:
    with strange_town() as town:
        url = town.says("/feed", b"{}", ETag='"een"')
        assert fault(url) is FetchFault.ADDRESS
        assert fault(url.replace("http:", "https:")) is FetchFault.ADDRESS
        assert town.asked == []
        assert fetch(Asked(url, (JSON,), near=True)) == fetching.Fetched(b"{}", '"een"')
        assert fault("http://10.0.0.1/", near=True) is FetchFault.PRIVATE
        town.refuses("/feed", 304)
        assert fetch(Asked(url, (JSON,), '"een"', near=True)).body is None
        assert town.asked[-1][1]["If-None-Match"] == '"een"'


def test_wherever_it_is_sent_on_to_is_looked_at_too() -> None:
    with strange_town() as town:
        there = {
            "http://192.168.0.4/": FetchFault.PRIVATE,
            "http://169.254.169.254/": FetchFault.PRIVATE,
            "file:///etc/passwd": FetchFault.ADDRESS,
            "http://a:b@127.0.0.1/": FetchFault.ADDRESS,
            "/rond": FetchFault.ASTRAY,
        }
        town.refuses("/rond", 302, Location="/rond")
        found = {url: fault(town.refuses("/door", 302, Location=url), near=True) for url in there}
        assert found == there
        town.says("/daar", b"{}")
        assert fetch(Asked(town.refuses("/door", 301, Location="/daar"), (JSON,), near=True)).body == b"{}"


def test_nobody_makes_it_wait_or_read_without_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fetching, "TOTAL_SECONDS", 0.5)
    stop, begun = threading.Event(), time.monotonic()
    with strange_town() as town:
        assert fault(town.drips("/traag", b" ", stop, every=0.05), near=True) is FetchFault.SLOW
        assert time.monotonic() - begun < 3
        stop.set()
        stop = threading.Event()
        monkeypatch.setattr(fetching, "TOTAL_SECONDS", 10.0)
        assert fault(town.drips("/veel", b" " * 65536, stop), near=True) is FetchFault.LARGE
        stop.set()
        said = {"Content-Length": str(50_000_000)}
        assert fault(town.says("/groot", b"{}", **said), near=True) is FetchFault.LARGE


def test_what_is_no_feed_is_not_read() -> None:
    with strange_town() as town:
        assert fault(town.says("/bladzijde", b"<html>", "text/html; charset=utf-8"), near=True) is FetchFault.KIND
        assert fault(town.says("/ingepakt", b"x", **{"Content-Encoding": "gzip"}), near=True) is FetchFault.PACKED
        found = [fault(town.refuses("/weg", status), near=True) for status in (404, 410, 403, 500)]
    assert found == [FetchFault.NOT_THERE, FetchFault.GONE, FetchFault.REFUSED, FetchFault.BROKEN]
