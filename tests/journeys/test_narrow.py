"""Every page works on the narrowest screen: nothing slides sideways, every control can be hit, focus is in sight."""

import pytest
from playwright.sync_api import Page

from tests.journeys.conftest import OpenAs
from tests.places import GUEST, pages_of, places
from tests.support.live import Town

ROLES = (GUEST, "vrijwilliger", "welzijnswerker", "jeugddienst", "facilitator", "beheerder")
FOCUSED = ("vrijwilliger", "welzijnswerker")
# 320 px is also 1280 px at 400 %.
WIDTHS = (360, 320)
TABLET = 761  # the narrowest at which the menu stands on top
HEIGHT = 640
ZOOMED = 256  # 1280 by 1024 at 400 %

# What sticks out, so that a failure says where to look. What scrolls inside its own box may be wider.
WIDER = """() => {
  const wide = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth <= wide) return [];
  const out = [...document.body.querySelectorAll('*')].filter((one) => one.getBoundingClientRect().right > wide + 1);
  const first = out.slice(0, 3).map((one) => one.outerHTML.slice(0, 120));
  return [`${document.documentElement.scrollWidth} > ${wide}`, ...first];
}"""

# A control is as large as the place where a tap on it lands: its label, or what it spreads over its row.
SMALL = """() => {
  const label = (one) => one.closest('label') ?? (one.id && document.querySelector(`label[for="${one.id}"]`));
  const spread = (one) => {
    const after = getComputedStyle(one, '::after');
    return after.position === 'absolute' && after.content !== 'none' && one.matches('a') && after.inset === '0px';
  };
  const inText = (one) => one.matches('a') && getComputedStyle(one).display === 'inline'
    && one.closest('p, li, dd, td, blockquote, small') && !one.querySelector('svg');
  return [...document.querySelectorAll('a[href], button, input:not([type=hidden]), select, textarea, summary')]
    .filter((one) => one.checkVisibility({ visibilityProperty: true }))
    .filter((one) => !one.closest('.skip, [inert], [aria-hidden=true]'))
    .map((one) => {
      const toggle = one.matches('input[type=checkbox], input[type=radio]');
      const box = ((toggle && label(one)) || one).getBoundingClientRect();
      const least = inText(one) ? 1 : 44;
      if (spread(one) || !box.width) return '';
      // Half a pixel is what rounding does.
      const ok = box.width >= least - .5 && box.height >= least - .5;
      return ok ? '' : `${Math.round(box.width)}x${Math.round(box.height)} ${one.outerHTML.slice(0, 140)}`;
    })
    .filter(Boolean);
}"""

# On a low screen most bars let go; where none stays in place nothing can lie under it.
BARS = """() => [...document.body.querySelectorAll('*')]
  .filter((one) => ['fixed', 'sticky'].includes(getComputedStyle(one).position) && !one.matches('.skip'))
  .some((one) => one.getBoundingClientRect().height)"""

# Go through the page as Tab does; whatever has the focus may not lie wholly under a bar that stays in place.
HIDDEN = """() => {
  const hidden = (one) => {
    const seen = one.matches('input') ? one.closest('label') ?? one : one;
    const box = seen.getBoundingClientRect();
    if (!box.width || !box.height) return '';
    const at = [[.5, .5], [.1, .2], [.9, .2], [.1, .8], [.9, .8]].map(([x, y]) =>
      document.elementsFromPoint(box.left + box.width * x, box.top + box.height * y)
        .find((hit) => !hit.closest('.skip')));  // which is on its way out when the next stop is reached
    const free = at.some((hit) => hit && (seen.contains(hit) || hit.contains(seen)));
    return free ? '' : one.outerHTML.slice(0, 140);
  };
  return [...document.querySelectorAll('a[href], button, input:not([type=hidden]), select, textarea, summary')]
    .filter((one) => one.tabIndex >= 0 && !one.closest('.skip'))
    .map((one) => { one.focus({ focusVisible: true }); return document.activeElement === one ? hidden(one) : ''; })
    .filter(Boolean);
}"""


def open_everything(page: Page) -> None:
    """Open what folds, so that it is measured too."""
    page.evaluate("document.querySelectorAll('main details').forEach((one) => (one.open = true))")


def too_narrow(page: Page) -> list[str]:
    """What slides sideways on the narrowest screens, and what is too small to hit."""
    open_everything(page)
    wrong = []
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": HEIGHT})
        wrong += [f" at {width}: {line}" for line in page.evaluate(WIDER)]
    return wrong + [f": {line}" for line in page.evaluate(SMALL)]


@pytest.mark.parametrize("role", ROLES)
def test_nothing_slides_sideways_and_everything_can_be_hit(town: Town, open_as: OpenAs, role: str) -> None:
    town.deliver()
    with town.app.app_context():
        paths = pages_of(role, ROLES)
    page = open_as("" if role == GUEST else role, viewport={"width": WIDTHS[0], "height": HEIGHT}, has_touch=True)
    wrong: list[str] = []
    for path in paths:
        page.goto(path)
        wrong += [f"{path}{line}" for line in too_narrow(page)]
    assert not wrong, "\n".join(wrong)


def test_a_long_word_of_an_association_stays_in_its_door(town: Town, open_as: OpenAs) -> None:
    with town.app.app_context():
        path = places()["welzijnswerker"]["kiezen"]
    page = open_as("welzijnswerker", viewport={"width": 320, "height": HEIGHT})
    page.goto(path)
    word = "Vakantiespeelpleinwerkingsverantwoordelijkenoverleg"
    page.evaluate(
        "(word) => document.querySelectorAll('.says > p, .door-tile h2').forEach((p) => p.append(word))", word
    )
    assert page.evaluate(WIDER) == []


def test_the_menu_fits_where_it_is_not_at_the_bottom_yet(open_as: OpenAs) -> None:
    page = open_as("welzijnswerker", viewport={"width": TABLET, "height": HEIGHT})
    assert not page.evaluate(WIDER)


@pytest.mark.parametrize("height", [HEIGHT, ZOOMED])
@pytest.mark.parametrize("role", FOCUSED)
def test_what_has_the_focus_is_never_under_a_bar(town: Town, open_as: OpenAs, role: str, height: int) -> None:
    with town.app.app_context():
        paths = pages_of(role, FOCUSED, once=True)
    page = open_as(role, viewport={"width": 320, "height": height})
    wrong: list[str] = []
    for path in paths:
        page.goto(path)
        if not page.evaluate(BARS):
            continue
        wrong += [f"{path}: {line}" for line in page.evaluate(HIDDEN)]
    assert not wrong, "\n".join(wrong)
