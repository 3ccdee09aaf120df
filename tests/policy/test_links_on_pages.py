"""No dead and no forbidden buttons: everything that a page leads to is allowed for whoever sees the page."""

from collections import Counter, deque
from collections.abc import Callable, Iterator
from urllib.parse import urlsplit

import pytest
from flask import Flask, g
from werkzeug.exceptions import HTTPException

from tests.people import Cast
from tests.plans import makers as plans
from tests.policy.matrix import EVERYBODY
from tests.policy.situations import SITUATIONS
from tests.support.browse import XHTML, Browser, Page
from tests.support.snapshot import Snapshot
from webapp.core import clock
from webapp.core.db import db
from webapp.groups.owning import Owner
from webapp.plans import actions, partnering, reviewing
from webapp.policy.rules import can
from webapp.vocabulary.strategies import Strategy
from webapp.web.guard import declaration_of

MOST_PAGES = 70
MOST_OF_ONE_KIND = 5
VERBS = {"hx-get": "GET", "hx-post": "POST", "hx-put": "PUT", "hx-patch": "PATCH", "hx-delete": "DELETE"}
NOT_FOLLOWED = {"directory.as_file", "plans.as_csv", "plans.as_xlsx", "plans.as_markdown"}


def targets(page: Page) -> Iterator[tuple[str, str]]:
    """(method, URL) of everything that can be pressed on a page."""
    here = page.response.request.path
    for node in page.nodes():
        if node.tag in (f"{XHTML}a", f"{XHTML}area") and node.get("href"):
            yield "GET", node.get("href", "")
        if node.tag == f"{XHTML}form":
            yield (node.get("method") or "get").upper(), node.get("action") or here
        if node.get("formaction"):
            yield "POST", node.get("formaction", "")
        for name, method in VERBS.items():
            if node.get(name):
                yield method, node.get(name, "")


def is_ours(url: str) -> bool:
    return url.startswith("/") and not url.startswith("/static/")


class Walk:
    """One person's way through everything that is linked, from the first page on."""

    def __init__(self, app: Flask, cast: Cast, who: str, browser: Browser) -> None:
        self.app, self.cast, self.who, self.browser = app, cast, who, browser
        self.urls = app.url_map.bind("brug.test")
        self.kinds: Counter[str] = Counter()
        self.faults: list[str] = []
        self.seen: set[tuple[str, str]] = set()

    def go(self, start: str = "/") -> None:
        """Walk, noting every link that leads nowhere good."""
        waiting = deque([(start, "(begin)")])
        visited = 0
        while waiting and visited < MOST_PAGES:
            url, origin = waiting.popleft()
            page = self.browser.get(url)
            visited += 1
            if page.status >= 400:
                self.faults.append(f"{self.who}: {url} answers {page.status}, linked from {origin}")
                continue
            if page.status in (302, 303) and is_ours(page.location):
                waiting.extend(self._new("GET", page.location, url))
            for method, target in targets(page) if page.html is not None else ():
                if is_ours(target):
                    waiting.extend(self._new(method, target, urlsplit(url).path))

    def _new(self, method: str, target: str, origin: str) -> list[tuple[str, str]]:
        target = target.split("#")[0]
        if (method, target) in self.seen:
            return []
        self.seen.add((method, target))
        try:
            endpoint, parts = self.urls.match(urlsplit(target).path, method=method)
        except HTTPException as nothing:
            self.faults.append(f"{self.who}: {method} {target} is nothing ({nothing.code}), linked from {origin}")
            return []
        if method != "GET":
            if not self._allows(endpoint, parts):
                self.faults.append(f"{self.who}: {method} {target} is refused, linked from {origin}")
            return []
        self.kinds[endpoint] += 1
        if endpoint in NOT_FOLLOWED or self.kinds[endpoint] > MOST_OF_ONE_KIND:
            return []
        return [(target, origin)]

    def _allows(self, endpoint: str, parts: dict[str, object]) -> bool:
        declaration = declaration_of(endpoint)
        assert declaration is not None
        with self.app.test_request_context(base_url=self.browser.base_url):
            g.actor = actor = self.cast.actor(self.who)
            thing = declaration.load(**parts) if declaration.load else None
            found = declaration.load is None or thing is not None
            allowed = found and can(actor, declaration.sees, thing) and can(actor, declaration.permission, thing)
            db.session.rollback()
            return allowed


@pytest.fixture(scope="session")
def kept() -> list[Snapshot]:
    """The database as the first test filled it, for the others."""
    return []


@pytest.fixture
def everything(app: Flask, cast: Cast, kept: list[Snapshot]) -> None:
    """A thing of each situation."""
    if kept:
        db.session.remove()
        kept[0].restore(db.engine)
        return
    for situation in SITUATIONS:
        situation.make(cast)
    db.session.remove()
    kept.append(Snapshot.take(db.engine, "everything"))


@pytest.mark.parametrize("who", EVERYBODY)
@pytest.mark.usefixtures("everything")
def test_everything_on_every_page_is_allowed(
    app: Flask, cast: Cast, browse: Callable[[str], Browser], who: str
) -> None:
    walk = Walk(app, cast, who, browse(who))
    walk.go()
    assert walk.faults == []
    assert len(walk.seen) >= 5, "somebody can go somewhere"


@pytest.mark.parametrize("who", ["noor", "jef"])
def test_everything_on_the_pages_of_a_plan_that_is_rounded_off_is_allowed(
    app: Flask, cast: Cast, browse: Callable[[str], Browser], who: str
) -> None:
    """Noor looked after it, and Jef carried an action of it: neither changes it any more."""
    plan = plans.plan(cast)
    parts, noor = plans.told(cast, plan, 1), cast.actor("noor")
    plans.planned(cast, plan, owner=Owner(cast.zilverreiger), goal_id=parts["goal_id"])
    plans.agreement(cast, plan)
    partnering.say_missing(plan, Strategy.POLICY, "Late bussen", by=noor)
    reviewing.plan_one(plan, clock.today(), by=noor)
    actions.take_step(plan, "round_off", "De twee jaar zijn om.", by=noor)
    start = f"/plannen/{plan.id}/brug"
    db.session.commit()
    walk = Walk(app, cast, who, browse(who))
    walk.go(start)
    assert walk.faults == []
    assert {"plans.board", "plans.arch", "plans.action", "plans.goal", "plans.review"} <= set(walk.kinds)
    assert "plans.add_action" not in walk.kinds
