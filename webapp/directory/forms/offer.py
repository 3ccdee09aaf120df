"""The form of an offer, in sections, and the quick one about room."""

from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, HiddenField, SelectField, SelectMultipleField

from webapp.directory.actions import SlotInput
from webapp.directory.forms.fields import CustomForm, Euros, Number, Rows, SlotForm
from webapp.directory.labels import SHARING_LABELS
from webapp.directory.models import Offer, Sharing
from webapp.vocabulary.arrangements import ARRANGEMENT_LABELS, Arrangement
from webapp.vocabulary.interests import INTEREST_LABELS, Interest
from webapp.vocabulary.offers import (
    BENEFIT_LABELS,
    LITTLE_DUTCH_LABELS,
    MOOD_LABELS,
    ROOM_LABELS,
    SIGN_UP_LABELS,
    Benefit,
    LittleDutch,
    Mood,
    Room,
    SignUp,
)
from webapp.vocabulary.pictures import PICTURE_LABELS
from webapp.vocabulary.prices import PRICE_PER_LABELS, PricePer
from webapp.web.forms import Form, Line, LongLine, OneOf, SomeOf, Version
from webapp.web.i18n import word

MOST_SLOTS = 14
MOST_CUSTOMS = 10
# what other answers already say is not asked twice
ANSWERED = {
    Arrangement.TRIAL_TIMES, Arrangement.LOWER_PRICE, Arrangement.PAY_IN_PARTS, Arrangement.LOAN_GEAR,
    Arrangement.WORKS_WITHOUT_MUCH_DUTCH, Arrangement.PLACE_WITHOUT_ALCOHOL,
}  # fmt: skip
ASKED_ARRANGEMENTS = tuple(code for code in Arrangement if code not in ANSWERED)
MONTHS = tuple(range(1, 13))
CHOOSE = _l("Choose one of these.")


class RoomForm(Form):
    """How much room there is: two taps."""

    room = OneOf(_l("Can somebody new come?"), tuple(Room), ROOM_LABELS, needed=CHOOSE)
    free_places = Number(_l("Free places"))
    waiting = Number(_l("On the waiting list"))

    def values(self) -> dict[str, Any]:
        """What `actions.set_room` asks."""
        return {"room": self.room.data, "free_places": self.free_places.data, "waiting": self.waiting.data or 0}


class StillRightForm(RoomForm):
    """One offer of several on a page: it is right, with this much room."""

    offer = HiddenField()

    def says_another_room_than(self, offer: Offer) -> bool:
        """Whether what was sent about room differs from what is known."""
        known = {"room": offer.room, "free_places": offer.free_places, "waiting": offer.waiting}
        return self.values() != known


class SharingForm(Form):
    """Who may read an offer: one tap."""

    sharing = OneOf("", tuple(Sharing), SHARING_LABELS)


class OfferForm(Form):
    """Everything about an offer that its association says itself."""

    version = Version()
    name = Line(_l("Name of the group or activity"), needed=_l("Give it a name, such as “Sunday games”."))
    summary = LongLine(_l("What do you do, in one or two sentences?"), most=240)
    icon = SelectField(_l("Picture"), default="")
    interests = SomeOf(_l("What can you do here?"), tuple(Interest), INTEREST_LABELS)
    benefits = SomeOf(_l("What do you get out of it?"), tuple(Benefit), BENEFIT_LABELS)
    age_min = Number(_l("From which age?"), most=99, needed=_l("Write the lowest age, such as 12."))
    age_max = Number(_l("To which age?"), most=99, needed=_l("Write the highest age, such as 15."))

    slots = Rows(_l("Days and hours"), SlotForm, most=MOST_SLOTS)
    when_note = LongLine(_l("Something more about when"), most=160)
    quiet_months = SelectMultipleField(_l("Quiet months"), coerce=int)

    price_per = OneOf(_l("How do you pay?"), tuple(PricePer), PRICE_PER_LABELS, needed=CHOOSE, default=PricePer.FREE)
    price_cents = Euros(_l("How much?"))
    price_line = LongLine(_l("The full price in one line"), most=200)
    has_social_tariff = BooleanField(_l("A lower price is possible, without explaining why"))
    has_instalments = BooleanField(_l("Paying in parts is possible"))
    has_loan_gear = BooleanField(_l("Gear can be borrowed"))
    trial_visits = Number(_l("How many times may somebody come and try?"), most=20, default=0)
    sign_up = OneOf(
        _l("What does it take to begin?"), tuple(SignUp), SIGN_UP_LABELS, needed=CHOOSE, default=SignUp.TALK
    )

    area = SelectField(_l("Area"), default="")
    place = LongLine(_l("Where exactly?"), most=160)
    route = LongLine(_l("How do you get there without a car?"), most=240)
    reachable_without_car = BooleanField(_l("Reachable without a car"), default=True)

    mood = OneOf(_l("How does it feel in the group?"), tuple(Mood), MOOD_LABELS, needed=CHOOSE, default=Mood.MIXED)
    group_size = Number(_l("How many are there usually?"), least=1, most=500)
    team_languages = LongLine(_l("Languages that the crew speaks"))
    little_dutch = OneOf(
        _l("Does it work without much Dutch?"),
        tuple(LittleDutch),
        LITTLE_DUTCH_LABELS,
        needed=CHOOSE,
        default=LittleDutch.SOME,
    )
    is_alcohol_free = BooleanField(_l("Without alcohol"), default=True)
    especially_welcome = LongLine(_l("Who is especially welcome?"), most=200)
    arrangements = SomeOf(_l("What can you arrange?"), ASKED_ARRANGEMENTS, ARRANGEMENT_LABELS)
    customs = Rows(_l("Customs you meet here"), CustomForm, most=MOST_CUSTOMS)

    room = OneOf(_l("Can somebody new come?"), tuple(Room), ROOM_LABELS, needed=CHOOSE, default=Room.OPEN)
    capacity = Number(_l("How many members fit?"), least=1, most=2000)
    free_places = Number(_l("Free places"))
    waiting = Number(_l("On the waiting list"))

    sharing = OneOf(_l("Who may read this?"), tuple(Sharing), SHARING_LABELS, needed=CHOOSE, default=Sharing.DRAFT)

    more = HiddenField()
    less = HiddenField()

    PLAIN = (
        "name", "summary", "icon", "interests", "benefits", "age_min", "age_max", "when_note", "quiet_months",
        "price_per", "price_cents", "price_line", "has_social_tariff", "has_instalments", "has_loan_gear",
        "trial_visits", "sign_up", "area", "place", "route", "reachable_without_car", "mood", "group_size",
        "team_languages", "little_dutch", "is_alcohol_free", "especially_welcome", "arrangements", "room", "capacity",
        "free_places", "waiting", "sharing",
    )  # fmt: skip

    @classmethod
    def of(cls, offer: Offer | None, areas: tuple[str, ...], months: list[str], **kwargs: Any) -> "OfferForm":
        """The form for an offer, or an empty one; filled with what was sent when something was."""
        form = cls(obj=offer, **kwargs)
        places = [*areas, *([offer.area] if offer and offer.area and offer.area not in areas else [])]
        form.area.choices = [("", gettext("In the whole town")), *((area, area) for area in places)]
        form.icon.choices = [
            ("", gettext("Picture of the organisation")),
            *((icon, word(label)) for icon, label in PICTURE_LABELS.items()),
        ]
        if offer and offer.icon and offer.icon not in PICTURE_LABELS:
            form.icon.choices.append((offer.icon, gettext("The picture it has now")))
        form.quiet_months.choices = list(zip(MONTHS, months, strict=True))
        return form

    def changed_rows(self) -> bool:
        """Whether this request only asks for one row more or less; if so, it is done."""
        if self.more.data in ("slots", "customs"):
            self[self.more.data].one_more()
        elif self.less.data:
            self[self.less.data.split("-")[0]].take_away(self.less.data)
        else:
            return False
        self.more.data = self.less.data = ""
        return True

    def values(self) -> dict[str, Any]:
        """The fields of the offer, as `actions` writes them."""
        plain = {name: self[name].data for name in self.PLAIN}
        kept = {name: tuple(plain[name]) for name in ("interests", "benefits", "arrangements")}
        numbers = {name: plain[name] or 0 for name in ("trial_visits", "waiting")}
        customs = [
            {"topic": row.topic.data.value, "stance": row.stance.data.value, "note": row.note.data or ""}
            for row in self.customs.filled
        ]
        return plain | kept | numbers | {"customs": customs}

    def moments(self) -> list[SlotInput]:
        """The days and hours."""
        return [
            SlotInput(row.weekday.data, row.starts.data, row.ends.data, row.holidays_only.data)
            for row in self.slots.filled
        ]
