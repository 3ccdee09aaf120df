"""What the forms of this area accept."""

from typing import Any

from flask_babel import lazy_gettext as _l
from flask_babel import ngettext
from wtforms import BooleanField, HiddenField, SelectField
from wtforms.validators import InputRequired, Length, Optional

from webapp.accounts.forms.fields import Address, AppCode, Code
from webapp.core import clock
from webapp.policy import roles
from webapp.policy.actor import Actor
from webapp.vocabulary.functions import FUNCTION_LABELS, FunctionKind
from webapp.vocabulary.organisation_kinds import OrganisationKind
from webapp.web.days import Day
from webapp.web.forms import Form, Line, OneOf, Phone, SelectChoice, choices

TYPED_CODE = {"autocomplete": "one-time-code", "inputmode": "numeric", "maxlength": 12, "spellcheck": "false"}


class SignInForm(Form):
    """An address, and where to go afterwards."""

    email = Address(_l("Your mail address"), render_kw={"autocomplete": "email", "inputmode": "email"})
    next = HiddenField()


class OnwardForm(Form):
    """One button, and where to go afterwards."""

    next = HiddenField()


class CodeForm(Form):
    """The code of the mail."""

    code = Code(_l("The code in your mail"), render_kw=TYPED_CODE)
    shared = BooleanField(_l("This is a shared device"))


class LinkForm(Form):
    """One button, and how careful this browser should be."""

    shared = BooleanField(_l("This is a shared device"))


class ProofForm(Form):
    """The code of the mail, once more."""

    code = Code(_l("The code in your mail"), render_kw=TYPED_CODE)
    next = HiddenField()


class PasskeyForm(Form):
    """What a device answered, filled in by the page itself."""

    credential = HiddenField(validators=[Length(max=20_000)])
    next = HiddenField()


class AppCodeForm(Form):
    """The code that an app shows now."""

    app_code = AppCode(_l("The code in your app"), render_kw=TYPED_CODE)
    next = HiddenField()


class RecoveryForm(Form):
    """One of the ten codes on paper."""

    recovery_code = Line(
        _l("A recovery code"),
        most=20,
        needed=_l("Type one of your ten codes, such as ABCDE-FGHJK."),
        render_kw={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"},
    )
    next = HiddenField()


class JoinForm(Form):
    """Who wants to join a crew."""

    name = Line(_l("Your name"), most=80, needed=_l("Say what people call you."), render_kw={"autocomplete": "name"})
    email = Address(_l("Your mail address"), render_kw={"autocomplete": "email", "inputmode": "email"})


class InvitedForm(Form):
    """The name of whoever was invited at their own address."""

    name = Line(_l("Your name"), most=80, needed=_l("Say what people call you."), render_kw={"autocomplete": "name"})


class JoinLinkForm(Form):
    """How long a link works, and for how many."""

    days = SelectField(_l("How long does it work?"), [InputRequired()], coerce=int)
    cap = SelectField(_l("For how many people at most?"), [InputRequired()], coerce=int)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.days.choices = [
            SelectChoice(number, ngettext("%(num)d day", "%(num)d days", number)) for number in (1, 7, 30)
        ]
        self.cap.choices = [SelectChoice(number, str(number)) for number in (5, 10, 20, 50)]


class NameForm(Form):
    """What something of one's own is called."""

    name = Line(_l("Name"), most=60, needed=_l("Give it a name that you recognise."))


class AccountForm(Form):
    """What people say about themselves."""

    name = Line(_l("Your name"), most=80, needed=_l("Say what people call you."), render_kw={"autocomplete": "name"})
    phone = Phone(_l("Your phone number"), render_kw={"autocomplete": "tel"})


class InvitationForm(Form):
    """Who is invited, for which function, from when to when."""

    name = Line(_l("Name"), most=80, needed=_l("Say who you're inviting."))
    email = Address(_l("Mail address"), needed=_l("Type their mail address, such as noor@zilverreiger.example."))
    kind = OneOf(_l("Function"), tuple(FunctionKind), FUNCTION_LABELS, needed=_l("Choose a function."))
    begins_on = Day(_l("First day"), [InputRequired(_l("Say when the function begins."))], default=clock.today)
    ends_on = Day(_l("Last day"), [Optional()])

    def __init__(self, *args: Any, by: Actor, at: OrganisationKind, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kind.codes = roles.givable(by, at)
        self.kind.choices = choices(self.kind.codes, FUNCTION_LABELS)


class EndSeatForm(Form):
    """The last day of a function; empty: it ends now."""

    ends_on = Day(_l("Last day"), [InputRequired(_l("Choose the last day."))], default=clock.today)


class MoveEndForm(EndSeatForm):
    """The last day of a function that ends already: another one, or none when they stay after all."""

    ends_on = Day(_l("Last day"), [Optional()])


class SetUpForm(Form):
    """The first administrator and the youth service."""

    name = Line(_l("Your name"), most=80, needed=_l("Say what people call you."))
    email = Address(_l("Your mail address"))
    organisation = Line(_l("Name of the youth service"), most=120, needed=_l("Say what the youth service is called."))
