"""The forms with which a question is put into words, step by step."""

import uuid
from collections.abc import Iterable, Sequence
from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, RadioField, SelectField, SelectMultipleField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]
from wtforms.validators import InputRequired

from webapp.referrals.labels import company
from webapp.vocabulary.ages import AGE_LABELS, AgeBand
from webapp.vocabulary.arrangements import ARRANGEMENT_LABELS, Arrangement
from webapp.vocabulary.days import PART_OF_DAY_LABELS, WEEKDAY_LABELS, PartOfDay, Weekday
from webapp.vocabulary.interests import INTEREST_LABELS, Interest
from webapp.vocabulary.prices import CEILING_LABELS, TRAVEL_LABELS, PriceCeiling, Travel
from webapp.vocabulary.seven_bs import B_LABELS, B
from webapp.vocabulary.support import SUPPORT_LABELS
from webapp.web.careful import CarefulForm, reasons_in, warnings_about
from webapp.web.forms import Form, OneOf, RepeatableForm, SomeOf, Version, Words
from webapp.web.i18n import word

MOST_FRIENDS = 3
MOST_WORDS = 400


def companies() -> list[SelectChoice]:
    """Alone, or with up to three friends."""
    return [SelectChoice(str(number), company(number)) for number in range(MOST_FRIENDS + 1)]


def _levels() -> list[SelectChoice]:
    return [SelectChoice(str(level), word(label)) for level, label in SUPPORT_LABELS.items()]


def _plain(*values: str) -> list[SelectChoice]:
    return [SelectChoice(value, "") for value in values]


class OnBehalfForm(Form):
    """A form that asks for one of the organisations where somebody works."""

    organisation_id = RadioField(_l("For which organisation do you ask?"), coerce=str, choices=[])

    def between(self, organisations: Sequence[tuple[uuid.UUID, str]]) -> None:
        """Let the asker choose between these organisations; with one or none there is nothing to choose."""
        if len(organisations) < 2:
            del self.organisation_id
            return
        self.organisation_id.choices = [SelectChoice(str(id_), name) for id_, name in organisations]
        self.organisation_id.data = self.organisation_id.data or str(organisations[0][0])

    @property
    def organisation(self) -> uuid.UUID | None:
        """The organisation that was chosen, when there was a choice."""
        return uuid.UUID(self.organisation_id.data) if "organisation_id" in self else None


class WhoForm(OnBehalfForm):
    """For whom the question is: an age, perhaps some friends, and how closely somebody walks along. No name."""

    age_band = OneOf(_l("How old?"), tuple(AgeBand), AGE_LABELS, needed=_l("Choose an age."))
    friends = RadioField(_l("Alone, or together?"), coerce=int, default=0, choices=companies)
    support_level = RadioField(_l("How closely does somebody walk along?"), coerce=int, default=1, choices=_levels)
    hides_sender = BooleanField(_l("Do not say which organisation asks"))

    def profile(self) -> dict[str, Any]:
        """What this step says of the profile."""
        return {
            "age_band": self.age_band.data,
            "friends": self.friends.data,
            "support_level": self.support_level.data,
            "hides_sender": self.hides_sender.data,
        }


class WishesForm(CarefulForm):
    """What the young person likes, when, within which limits, and what helps. Never why."""

    interests = SomeOf(
        _l("What would you like to do?"),
        tuple(Interest),
        INTEREST_LABELS,
        validators=[InputRequired(_l("Choose at least one thing to do."))],
    )
    own_words = Words(_l("In their own words"), most=MOST_WORDS)
    days = SomeOf(_l("Which days suit?"), tuple(Weekday), WEEKDAY_LABELS)
    parts_of_day = SomeOf(_l("Which part of the day?"), tuple(PartOfDay), PART_OF_DAY_LABELS)
    price_ceiling = OneOf(_l("What may it cost?"), tuple(PriceCeiling), CEILING_LABELS)
    travel = SomeOf(_l("How can you get there?"), tuple(Travel), TRAVEL_LABELS)
    area = SelectField(_l("Near which neighbourhood?"), choices=_plain(""))
    arrangements = SomeOf(_l("What helps?"), tuple(Arrangement), ARRANGEMENT_LABELS)
    distances = SomeOf(
        _l("Which distance do we make smaller?"),
        tuple(B),
        B_LABELS,
        validators=[InputRequired(_l("Choose at least one distance to make smaller."))],
    )

    version = Version()

    def near(self, areas: Iterable[str]) -> None:
        """Let these neighbourhoods be chosen, and the one that was chosen before."""
        before = self.area.object_data
        known = dict.fromkeys([*areas, *([before] if before else [])])
        self.areas = ("", *known)
        self.area.choices = [SelectChoice(area, area or gettext("It does not matter")) for area in self.areas]

    def warnings(self, allow: Iterable[str]) -> list[str]:
        """What the own words seem to hold that identifies somebody or says why, unless the writer said to keep it."""
        if self.keep_words.data:
            return []
        words = self.own_words.data or ""
        return [*warnings_about(words, allow), *reasons_in(words)]

    def profile(self) -> dict[str, Any]:
        """What this step says of the profile; what cannot be right yet is left out."""
        said = {
            "interests": tuple(self.interests.data or ()),
            "days": tuple(self.days.data or ()),
            "parts_of_day": tuple(self.parts_of_day.data or ()),
            "price_ceiling": self.price_ceiling.data,
            "travel": tuple(self.travel.data or ()),
            "arrangements": tuple(self.arrangements.data or ()),
            "distances": tuple(self.distances.data or ()),
        }
        if self.area.data in self.areas:
            said["area"] = self.area.data
        return said


class Offers(SelectMultipleField):
    """Offers by their id. The page shows the boxes; here only known ids pass."""

    def __init__(self, label: Any = None, **kwargs: Any) -> None:
        super().__init__(label, coerce=uuid.UUID, **kwargs)

    @property
    def picked(self) -> list[uuid.UUID]:
        """The offers that were chosen."""
        return list(self.data or [])

    def among(self, known: Iterable[uuid.UUID]) -> None:
        """Let these be chosen."""
        self.choices = _plain(*map(str, known))


class ChoiceForm(Form):
    """Which offers to ask. It is sent again and again while choosing; its key counts once they go on."""

    offers = Offers(_l("Offers"))
    then = SelectField(choices=_plain("", "ask", "draft"), default="")


class JudgeForm(RepeatableForm):
    """One offer, liked or passed over, or neither any more."""

    offer = SelectField(coerce=uuid.UUID, choices=[])
    liked = SelectField(choices=_plain("yes", "no", ""))

    @property
    def named(self) -> list[uuid.UUID]:
        """The offer that is judged, whether or not it may be."""
        return [self.offer.data] if self.offer.data else []

    def among(self, known: Iterable[uuid.UUID]) -> None:
        """Let one of these be judged."""
        self.offer.choices = _plain(*map(str, known))


class SendForm(Form):
    """The question goes to these offers."""

    offers = Offers(_l("Offers"))
