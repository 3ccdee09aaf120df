"""The curves of the bridge: paths for the viaduct that stands on cards and pages.

The drawing is 600 units wide whatever the screen and is stretched to its place, so one path serves every width.
Two forms of each exist (wide and narrow) because piers and heights are measured in real pixels.
"""

from dataclasses import dataclass
from functools import cache

WIDTH = 600
ARCHES = 6


@dataclass(frozen=True)
class Viaduct:
    """One form of the bridge, in pixels at the width it is meant for."""

    real_width: int
    camber: int
    body: int
    pier: int
    depth: int

    @property
    def height(self) -> int:
        """How tall the drawing is, in pixels and in units."""
        return self.camber + self.depth

    def deck(self, x: float) -> float:
        """The height of the deck above point x: lowest at the banks, highest halfway."""
        t = x / WIDTH
        return self.camber * (1 - 4 * t * (1 - t))

    def spans(self, first: int, last: int) -> str:
        """The path around spans `first` up to and including `last`, counted from 1; empty when there are none."""
        return _path(self, first, last) if first <= last else ""


@cache
def _path(bridge: Viaduct, first: int, last: int) -> str:
    span = WIDTH / ARCHES
    left, right, foot = span * (first - 1), span * last, float(bridge.height)
    # A stretch of a parabola is exactly one quadratic curve; its control point lies halfway, where the tangents meet.
    slope = -4 * bridge.camber / WIDTH * (1 - 2 * left / WIDTH)
    control = bridge.deck(left) + slope * (right - left) / 2
    parts = [f"M{_n(left)} {_n(foot)}V{_n(bridge.deck(left))}"]
    parts.append(f"Q{_n((left + right) / 2)} {_n(control)} {_n(right)} {_n(bridge.deck(right))}V{_n(foot)}")
    parts += [_opening(bridge, number) for number in range(last, first - 1, -1)]
    return "".join(parts) + "Z"


def _opening(bridge: Viaduct, number: int) -> str:
    """The way under one arch, from its right foot to its left foot."""
    span = WIDTH / ARCHES
    stretch = WIDTH / bridge.real_width
    half_pier = bridge.pier * stretch / 2
    left, right = span * (number - 1) + half_pier, span * number - half_pier
    radius = (right - left) / 2
    apex = bridge.deck((left + right) / 2) + bridge.body
    rise = min(0.82 * radius / stretch, bridge.height - apex)
    shoulder = apex + rise
    curve = f"A{_n(radius)} {_n(rise)} 0 0 0 {_n(left)} {_n(shoulder)}"
    return f"H{_n(right)}V{_n(shoulder)}{curve}V{_n(bridge.height)}"


def _n(value: float) -> str:
    return f"{value:.1f}".rstrip("0").rstrip(".")


LINE = (Viaduct(1180, 18, 11, 12, 58), Viaduct(374, 7, 6, 7, 34))
COUNTS = (Viaduct(760, 14, 14, 12, 70), Viaduct(350, 7, 9, 7, 50))
FORMS = {"line": LINE, "counts": COUNTS}


def viaduct(form: str) -> tuple[Viaduct, Viaduct]:
    """The wide and the narrow drawing of a form: "line" shows progress, "counts" holds numbers under its arches."""
    return FORMS[form]
