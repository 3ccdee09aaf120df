"""The curves of the bridge: whole from bank to bank, and never through the floor."""

import re

import pytest

from webapp.web.bridge_svg import ARCHES, FORMS, WIDTH, Viaduct, viaduct

EVERY_FORM = [bridge for pair in FORMS.values() for bridge in pair]


def numbers(path: str) -> list[float]:
    return [float(text) for text in re.findall(r"-?\d+(?:\.\d+)?", path)]


@pytest.mark.parametrize("form", FORMS)
def test_each_form_has_a_wide_and_a_narrow_drawing(form: str) -> None:
    wide, narrow = viaduct(form)
    assert wide.real_width > narrow.real_width


@pytest.mark.parametrize("bridge", EVERY_FORM)
def test_the_deck_is_level_at_both_banks_and_highest_halfway(bridge: Viaduct) -> None:
    assert bridge.deck(0) == bridge.deck(WIDTH) == bridge.camber
    assert bridge.deck(WIDTH / 2) == 0


@pytest.mark.parametrize("bridge", EVERY_FORM)
def test_the_whole_bridge_has_six_openings_within_its_box(bridge: Viaduct) -> None:
    path = bridge.spans(1, ARCHES)
    assert path.count("A") == ARCHES
    assert path.startswith(f"M0 {bridge.height}V")
    assert path.endswith("Z")
    # the control point of the deck's curve lies above the box by the camber; the curve itself touches the top
    assert min(numbers(path)) == -bridge.camber
    assert max(numbers(path)) == WIDTH


@pytest.mark.parametrize("filled", range(1, ARCHES))
def test_what_is_done_and_what_is_to_come_meet_at_the_same_height(filled: int) -> None:
    bridge = FORMS["line"][0]
    edge = round(WIDTH / ARCHES * filled)
    height = f"{bridge.deck(edge):.1f}".rstrip("0").rstrip(".")
    assert f"{edge} {height}V{bridge.height}" in bridge.spans(1, filled)
    assert bridge.spans(filled + 1, ARCHES).startswith(f"M{edge} {bridge.height}V{height}Q")


def test_no_spans_give_no_path() -> None:
    assert FORMS["line"][0].spans(1, 0) == ""
