"""The fixed sentences of the welcome card in six languages: Dutch, and what may stand beside it.

They live in `translations/welcome.toml`, so that a native reader can mend them without reading code. Which language is
chosen stands in the address of the page and nowhere else: nothing about it is kept on anybody.
"""

import tomllib
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from babel.dates import format_date

from webapp.core import clock

FILE = Path(__file__).parent.parent / "translations" / "welcome.toml"
DUTCH = "nl"
TYPED = ("name", "place", "who")


@dataclass(frozen=True, slots=True)
class Tongue:
    """One language of the card: its code, how it runs, and its sentences."""

    code: str
    sentences: dict[str, str]

    @property
    def name(self) -> str:
        """The name of the language, in itself."""
        return self.sentences["name"]

    @property
    def dir(self) -> str:
        """'ltr', or 'rtl' for a script that runs from right to left."""
        return self.sentences["dir"]

    @property
    def is_translation(self) -> bool:
        """Whether the Dutch stands beside it."""
        return self.code != DUTCH

    def say(self, key: str, **values: object) -> str:
        """One sentence, with what belongs in it."""
        if self.dir == "rtl":
            values |= {name: _apart(value) for name, value in values.items() if name in TYPED}
        return self.sentences[key].format(**values)

    def beside_dutch(self, key: str, **values: object) -> tuple[str, ...]:
        """One sentence in this language, and in Dutch when that is another."""
        said = (self.say(key, **values), TONGUES[DUTCH].say(key, **values))
        return said if self.is_translation else said[:1]

    def tile(self, moment: datetime) -> tuple[str, str, str]:
        """Weekday, day and month, short, as on a leaf of a calendar."""
        day = clock.local(moment).date()
        weekday, number, month = (format_date(day, part, locale=self.code) for part in ("EEE", "d", "MMM"))
        return weekday.rstrip("."), number, month.rstrip(".")

    def clock_time(self, moment: datetime) -> str:
        """The hour on a clock in Brussels."""
        at = clock.local(moment)
        key = "half_hour" if at.minute else "hour"
        half = "am" if at.hour < 12 else "pm"
        return self.say(key, h=at.hour, h12=at.hour % 12 or 12, m=f"{at.minute:02d}", half=half)

    def moment(self, moment: datetime) -> str:
        """The day and the hour."""
        day = format_date(clock.local(moment).date(), "EEEE d MMMM", locale=self.code)
        return self.say("day", day=day, time=self.clock_time(moment))

    def tries(self, count: int) -> str:
        """How often somebody may try first."""
        return self.say("try_once") if count == 1 else self.say("tries", count=count)

    def origin(self) -> str:
        """That this is a translation, and who checked it."""
        reader = self.sentences["reviewed_by"]
        who = self.say("checked", who=reader) if reader else self.say("unchecked")
        return f"{self.say('translation')} {who}"


def _apart(typed: object) -> str:
    """A typed text inside a sentence that runs the other way: its own direction, and the sentence goes on after it."""
    return f"\u2068{typed}\u2069"


def _read() -> dict[str, Tongue]:
    with FILE.open("rb") as file:
        return {code: Tongue(code, sentences) for code, sentences in tomllib.load(file).items()}


TONGUES = _read()


def tongue(code: str) -> Tongue:
    """One language; Dutch for what the card does not speak."""
    return TONGUES.get(code, TONGUES[DUTCH])
