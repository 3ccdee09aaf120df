"""The forms of working groups."""

import uuid
from collections.abc import Iterable
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, SelectField
from wtforms.validators import InputRequired
from wtforms.validators import Optional as Maybe

from webapp.accounts.forms import JoinLinkForm
from webapp.accounts.forms.fields import Address
from webapp.core.errors import Invalid
from webapp.groups import choosing, owning
from webapp.groups.actions import About
from webapp.groups.carrying import Wanted
from webapp.groups.codes import GroupRole, GuestOf, Visibility
from webapp.groups.inviting import Invited
from webapp.groups.labels import ITEM_LABELS, REQUEST_LABELS, ROLE_LABELS, VISIBILITY_LABELS
from webapp.groups.lifecycle import FOUR_WORDS, RequestStatus
from webapp.groups.minding import MindedForm
from webapp.groups.models import ActionItem, WorkingGroup
from webapp.web.days import Day
from webapp.web.forms import Form, Line, LongLine, OneOf, RepeatableForm, Version, VersionedForm, Words

LONGEST = 60
"""So many letters may be typed to look for somebody."""


class GroupForm(MindedForm):
    """What a group is, for whom, and how often it meets."""

    watched = ("name", "purpose", "rhythm")
    version = Version()
    name = Line(_l("What is the group called?"), most=80, needed=_l("Give the group a name."))
    purpose = LongLine(
        _l("What is it for, in one sentence?"), most=240, needed=_l("Say in one sentence what the group is for.")
    )
    rhythm = Line(_l("How often do you meet?"), most=80)
    visibility = OneOf(
        _l("Who reads along?"), tuple(Visibility), VISIBILITY_LABELS, needed=_l("Choose who reads along.")
    )

    def about(self) -> About:
        """What was filled in."""
        return About(self.name.data or "", self.purpose.data or "", self.visibility.data, self.rhythm.data or "")


class SeatForm(Form):
    """Somebody who will sit in the group, and as what; and what was looked for to find them."""

    words = HiddenField()
    person = SelectField(
        _l("Who?"), choices=(), validate_choice=False, validators=[InputRequired(_l("Choose somebody."))]
    )
    role = OneOf(_l("As what?"), tuple(GroupRole), ROLE_LABELS, needed=_l("Choose as what."))
    ends_on = Day(_l("Until which day?"), [Maybe()])

    def chosen(self) -> tuple[uuid.UUID, uuid.UUID]:
        """The person and the organisation for which they sit. Raises Invalid when it is no such pair."""
        person, _sep, place = str(self.person.data).partition(".")
        try:
            return uuid.UUID(person), uuid.UUID(place)
        except ValueError:
            raise Invalid({"person": "nobody_chosen"}) from None


class LinkForm(JoinLinkForm):
    """How long a link into the group works, and for how many."""


class GuestLinkForm(JoinLinkForm):
    """Until when somebody is a guest, how long the link works, and for how many."""

    until = Day(_l("Guest until which day?"), [InputRequired(_l("Choose a day."))])


class LastDayForm(Form):
    """Until when somebody is a guest."""

    ends_on = Day(_l("Guest until which day?"), [InputRequired(_l("Choose a day."))])


class InviteForm(Form):
    """Somebody who is invited by mail to sit in the group."""

    email = Address(_l("Mail address"), needed=_l("Type their mail address, such as noor@zilverreiger.example."))
    name = Line(_l("Name"), most=80)
    role = OneOf(_l("As what?"), tuple(GroupRole), ROLE_LABELS, needed=_l("Choose as what."))
    ends_on = Day(_l("Until which day?"), [Maybe()])

    def invited(self) -> Invited:
        """What was filled in."""
        return Invited(self.email.data or "", self.name.data or "", self.role.data, ends_on=self.ends_on.data)


class InviteGuestForm(LastDayForm):
    """Somebody who is invited by mail to be a guest of one thing."""

    email = Address(_l("Mail address"), needed=_l("Type their mail address, such as noor@zilverreiger.example."))
    name = Line(_l("Name"), most=80)

    def invited(self, of: GuestOf, thing_id: uuid.UUID) -> Invited:
        """What was filled in."""
        name, email = self.name.data or "", self.email.data or ""
        return Invited(email, name, ends_on=self.ends_on.data, of=of, thing_id=thing_id)


class YesForm(Form):
    """Yes to an invitation, and for which organisation when there is a choice."""

    place = SelectField(_l("For which organisation?"), choices=(), validate_choice=False, validators=[Maybe()])

    def offer(self, places: Iterable[Any], chosen: uuid.UUID | None) -> None:
        """Let somebody choose among these organisations, of which one was meant."""
        self.offered = {str(one.id): one.name for one in places}
        self.place.choices = list(self.offered.items())
        self.place.data = self.place.data or str(chosen or "")

    def chosen(self) -> uuid.UUID | None:
        """The organisation, when there was a choice. Raises Invalid when it is none that the form offers."""
        if self.offered and self.place.data not in self.offered:
            raise Invalid({"place": "no_place_chosen"})
        return uuid.UUID(self.place.data) if self.offered else None


class RoleForm(Form):
    """What somebody is in the group."""

    role = OneOf(_l("As what?"), tuple(GroupRole), ROLE_LABELS, needed=_l("Choose as what."))


class FindForm(RepeatableForm):
    """The first letters of a person or an organisation."""

    words = Line(_l("Name or organisation"), most=LONGEST)


class JoinForm(MindedForm):
    """Asking to join, with a few words if one likes."""

    watched = ("words",)
    words = Line(_l("A word about yourself"), most=200)


class AnswerForm(Form):
    """What a group says to somebody who asks to join."""

    answer = OneOf(
        _l("What do you say?"),
        (RequestStatus.WELCOME, RequestStatus.NOT_NOW),
        REQUEST_LABELS,
        needed=_l("Choose an answer."),
    )


class ItemForm(MindedForm):
    """Something to do: what, who carries it, until when."""

    watched = ("title",)
    version = Version()
    title = LongLine(_l("What?"), most=160, needed=_l("Say in a few words what needs to happen."))
    owner = SelectField(_l("Who carries it?"), choices=(), validate_choice=False)
    due_on = Day(_l("By when?"), [Maybe()])

    def offer(self, group: WorkingGroup, item: ActionItem | None = None) -> None:
        """Let it be carried by nobody yet, by an organisation of the group, by a seat there, or by somebody in it."""
        self.owner.choices = {heading: some for heading, some in choosing.choices(group, item).items() if some}
        if item and self.owner.data is None:
            now = owning.of(item)
            self.owner.data = now.code if now else ""

    def wanted(self) -> Wanted:
        """What was filled in. Raises Invalid when the owner is none that the form offers."""
        try:
            owner = owning.of_code(str(self.owner.data or ""))
        except ValueError:
            raise Invalid({"owner": "sits_not_here"}) from None
        return Wanted(self.title.data or "", owner, self.due_on.data)


class MoveForm(MindedForm):
    """Where an action stands now."""

    watched = ("words",)
    version = Version()
    status = OneOf(_l("Where does it stand?"), FOUR_WORDS, ITEM_LABELS, needed=_l("Choose where it stands."))
    words = Words(_l("A few words"), most=280)


class UnableForm(MindedForm, VersionedForm):
    """Whoever carries an action cannot do it, perhaps with a few words."""

    watched = ("words",)
    words = Words(_l("A few words"), most=280)
