"""The forms of working groups."""

import uuid

from flask_babel import lazy_gettext as _l
from wtforms import DateField, IntegerField, SelectField
from wtforms.validators import InputRequired
from wtforms.validators import Optional as Maybe
from wtforms.widgets import HiddenInput

from webapp.accounts.forms import JoinLinkForm
from webapp.groups import choosing, owning
from webapp.groups.actions import About
from webapp.groups.carrying import Wanted
from webapp.groups.codes import GroupRole, Visibility
from webapp.groups.labels import ITEM_LABELS, REQUEST_LABELS, ROLE_LABELS, VISIBILITY_LABELS
from webapp.groups.lifecycle import ItemStatus, RequestStatus
from webapp.groups.minding import MindedForm
from webapp.groups.models import ActionItem, WorkingGroup
from webapp.web.forms import Form, Line, LongLine, OneOf, Words


class GroupForm(MindedForm):
    """What a group is, for whom, and how often it meets."""

    watched = ("name", "purpose", "rhythm")
    version = IntegerField(widget=HiddenInput(), validators=[Maybe()])
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
    """Somebody who will sit in the group, and as what."""

    person = SelectField(
        _l("Who?"), choices=(), validate_choice=False, validators=[InputRequired(_l("Choose somebody."))]
    )
    role = OneOf(_l("As what?"), tuple(GroupRole), ROLE_LABELS, needed=_l("Choose as what."))
    ends_on = DateField(_l("Until which day?"), [Maybe()])

    def chosen(self) -> tuple[uuid.UUID, uuid.UUID]:
        """The person and the organisation for which they sit. Raises ValueError when it is no such pair."""
        person, _sep, place = str(self.person.data).partition(".")
        return uuid.UUID(person), uuid.UUID(place)


class LinkForm(JoinLinkForm):
    """How long a link into the group works, and for how many."""


class GuestLinkForm(JoinLinkForm):
    """Until when somebody is a guest, how long the link works, and for how many."""

    until = DateField(_l("Guest until which day?"), [InputRequired(_l("Choose a day."))])


class RoleForm(Form):
    """What somebody is in the group."""

    role = OneOf(_l("As what?"), tuple(GroupRole), ROLE_LABELS, needed=_l("Choose as what."))


class FindForm(Form):
    """The first letters of a person or an organisation."""

    q = Line(_l("Name or organisation"), most=60)


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
    version = IntegerField(widget=HiddenInput(), validators=[Maybe()])
    title = LongLine(_l("What?"), most=160, needed=_l("Say in a few words what needs to happen."))
    owner = SelectField(_l("Who carries it?"), choices=(), validate_choice=False)
    due_on = DateField(_l("By when?"), [Maybe()])

    def offer(self, group: WorkingGroup, item: ActionItem | None = None) -> None:
        """Let it be carried by nobody yet, by an organisation of the group, by a seat there, or by somebody in it."""
        self.owner.choices = {heading: some for heading, some in choosing.choices(group, item).items() if some}
        if item and self.owner.data is None:
            now = owning.of(item)
            self.owner.data = now.code if now else ""

    def wanted(self) -> Wanted:
        """What was filled in. Raises ValueError when the owner is none that the form offers."""
        return Wanted(self.title.data or "", owning.of_code(str(self.owner.data or "")), self.due_on.data)


class MoveForm(MindedForm):
    """Where an action stands now."""

    watched = ("words",)
    version = IntegerField(widget=HiddenInput(), validators=[Maybe()])
    status = OneOf(_l("Where does it stand?"), tuple(ItemStatus), ITEM_LABELS, needed=_l("Choose where it stands."))
    words = Words(_l("A few words"), most=280)


class VersionedForm(Form):
    """A page with one button, about an action as it was when the page was made."""

    version = IntegerField(widget=HiddenInput(), validators=[Maybe()])


class DoneForm(VersionedForm):
    """An action is done."""


class LaterForm(VersionedForm):
    """An action takes a week more."""


class UnableForm(MindedForm, VersionedForm):
    """Whoever carries an action cannot do it, perhaps with a few words."""

    watched = ("words",)
    words = Words(_l("A few words"), most=280)
