"""The forms of meetings."""

import uuid
from datetime import datetime, time

from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, IntegerField, SelectField, TimeField
from wtforms.validators import InputRequired, NumberRange
from wtforms.validators import Optional as Maybe
from wtforms.widgets import HiddenInput

from webapp.core import clock
from webapp.core.errors import Invalid
from webapp.groups import choosing
from webapp.groups.minding import MindedForm
from webapp.groups.models import WorkingGroup
from webapp.groups.owning import Owner
from webapp.meetings.actions import Moment
from webapp.meetings.agenda import About
from webapp.meetings.codes import Coming, DecidedBy, LineKind, Told, Wish
from webapp.meetings.deciding import Terms
from webapp.meetings.labels import COMING_LABELS, LINE_LABELS, TOLD_LABELS, WAY_LABELS, WISH_LABELS
from webapp.meetings.minutes import MOST_HEADS
from webapp.meetings.models import Meeting
from webapp.meetings.settling import Closing
from webapp.web.days import Day
from webapp.web.forms import Form, Line, LongLine, OneOf, SelectChoice, Version, Website, Words, as_id


class MeetingForm(MindedForm):
    """When and where; `moment` puts the day and the hours together on the clock of Brussels."""

    watched, places = ("title", "place"), ("place",)
    version = Version()
    title = Line(_l("What is it about?"), most=120)
    day = Day(_l("Which day?"), [InputRequired(_l("Fill in a day."))])
    begins = TimeField(_l("From when?"), [InputRequired(_l("Fill in an hour."))])
    ends = TimeField(_l("Until when?"), [InputRequired(_l("Fill in an hour."))])
    place = Line(_l("Where?"), most=160)
    link = Website(_l("Link to join from afar"), most=300)

    def moment(self) -> Moment:
        """What was filled in."""
        return Moment(
            self._at(self.begins.data), self._at(self.ends.data), self.place.data or "", self.link.data or "",
            self.title.data or "",
        )  # fmt: skip

    def _at(self, hour: time | None) -> datetime:
        if self.day.data is None or hour is None:
            raise ValueError("a day or an hour is missing")
        return datetime.combine(self.day.data, hour, clock.BRUSSELS)

    @classmethod
    def of(cls, meeting: Meeting) -> "MeetingForm":
        """The form as a meeting stands."""
        begins, ends = clock.local(meeting.starts_at), clock.local(meeting.ends_at)
        return cls(
            title=meeting.title, day=begins.date(), begins=begins.time(), ends=ends.time(), place=meeting.place,
            link=meeting.link, version=meeting.version,
        )  # fmt: skip


class TopicForm(MindedForm):
    """A topic in one field; what one hopes for and how long come after it."""

    watched = ("title",)
    version = Version()
    title = LongLine(_l("What would you like to talk about?"), most=160, needed=_l("Say in a few words what it is."))
    wish = OneOf(_l("What do you hope for?"), tuple(Wish), WISH_LABELS, default=Wish.TALK)
    minutes = IntegerField(
        _l("How many minutes?"),
        [Maybe(), NumberRange(1, 480, _l("Between 1 and 480 minutes, or leave it empty."))],
    )

    def about(self) -> About:
        """What was filled in."""
        return About(self.title.data or "", self.wish.data or Wish.TALK, self.minutes.data)


class AnnounceForm(Form):
    """Whom to tell of a meeting; asked once."""

    told = OneOf(_l("Who hears of it?"), tuple(Told), TOLD_LABELS, needed=_l("Choose who hears of it."))


class ComingForm(Form):
    """Whether one comes."""

    coming = OneOf(_l("Do you come?"), tuple(Coming), COMING_LABELS, needed=_l("Choose an answer."))


class AlongForm(Form):
    """To which meeting a topic goes, and what becomes of what was written under it."""

    meeting = SelectField(choices=(), validate_choice=False, validators=[InputRequired()])
    how = SelectField(choices=[SelectChoice("put"), SelectChoice("move"), SelectChoice("copy")], default="put")


class CaptureForm(MindedForm):
    """One line of the minutes: the words, what it is, and for an action perhaps who."""

    watched = ("words",)
    words = Words(_l("What was said?"), most=2000)
    kind = OneOf(_l("What is it?"), tuple(LineKind), LINE_LABELS, default=LineKind.NOTE)
    owner = Line(_l("Who carries it?"), most=120)

    def line(self, group: WorkingGroup) -> tuple[LineKind, str, Owner | None]:
        """What to put down. "B: ..." is a decision and "A: ..." an action (D and A in English), whatever button was
        pressed; so is what somebody carries an action. Raises Invalid when it is not clear who."""
        kind, words = self.kind.data or LineKind.NOTE, self.words.data or ""
        letters = {gettext("D:"): LineKind.DECISION, gettext("A:"): LineKind.ACTION}
        for letter, meant in letters.items():
            if kind is LineKind.NOTE and words[: len(letter)].upper() == letter:
                kind, words = meant, words[len(letter) :].strip()
        kind = LineKind.ACTION if kind is LineKind.NOTE and self.owner.data else kind
        owner = choosing.find(group, self.owner.data) if kind is LineKind.ACTION and self.owner.data else None
        return kind, words, owner


class LineForm(MindedForm):
    """A line of the minutes in other words; `rev` is the version that was read."""

    watched = ("words",)
    rev = IntegerField(widget=HiddenInput(), validators=[Maybe()])
    words = Words(_l("What was said?"), most=2000)


class TickForm(Form):
    """Somebody is there, or not."""

    person = SelectField(choices=(), validate_choice=False, validators=[InputRequired()])
    there = SelectField(choices=[SelectChoice("1"), SelectChoice("")], default="1")

    def who(self) -> uuid.UUID:
        """The person. Raises Invalid when it is no id."""
        try:
            return uuid.UUID(str(self.person.data))
        except ValueError:
            raise Invalid({"person": "sits_not_here"}) from None


def _heads() -> IntegerField:
    too_many = _l("Fill in a number up to %(max)s, or leave it empty.", max=MOST_HEADS)
    return IntegerField(_l("How many are there?"), [Maybe(), NumberRange(1, MOST_HEADS, too_many)])


class HeadsForm(Form):
    """How many are there."""

    heads = _heads()


class CloseForm(MindedForm):
    """The end of a meeting in one screen."""

    watched = ("summary",)
    version = Version()
    summary = Words(_l("What did it come to, in a few lines?"), most=1500)
    heads = _heads()
    told = OneOf(_l("Who gets the minutes?"), tuple(Told), TOLD_LABELS, needed=_l("Choose who gets the minutes."))

    def closing(self) -> Closing:
        """What was filled in."""
        return Closing(self.summary.data or "", self.told.data, self.heads.data)


class ObjectionForm(MindedForm):
    """An objection, heard."""

    watched = ("objection",)
    objection = Words(_l("What is the objection?"), most=400, needed=_l("Write the objection in a few words."))


class DecisionForm(MindedForm):
    """What was decided, how, what was objected, and when we look at it again."""

    watched = ("statement", "objections")
    version = Version()
    statement = LongLine(_l("What was decided?"), most=400, needed=_l("Say in one sentence what was decided."))
    way = OneOf(_l("How was it decided?"), tuple(DecidedBy), WAY_LABELS, needed=_l("Choose how it was decided."))
    objections = Words(_l("Which objections were heard?"), most=1000)
    review_on = Day(_l("When do we look at it again?"), [Maybe()])

    def terms(self) -> Terms:
        """What was filled in."""
        return Terms(self.statement.data or "", self.way.data, self.objections.data or "", self.review_on.data)


class ReviewForm(Form):
    """When to look at a decision again."""

    review_on = Day(_l("When do we look at it again?"), [Maybe()])


class FeedForm(Form):
    """Of what a calendar link is: of one group, or of everything of one's own."""

    of = HiddenField()

    def subject(self) -> uuid.UUID | None:
        """The group; None for everything, and for what is no id at all."""
        return as_id(self.of.data)
