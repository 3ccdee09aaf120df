"""The form on the page that shows every component: one field of each kind, filled in and with one mistake."""

from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import (
    BooleanField,
    EmailField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TelField,
    TextAreaField,
)
from wtforms.validators import InputRequired

from webapp.web.forms import SelectChoice


class Samples(FlaskForm):  # type: ignore[misc]
    """Fields to look at. Nobody sends them."""

    alias = StringField(_l("First name or alias"), [InputRequired()])
    phone = TelField(_l("Your mobile"))
    mail = EmailField(_l("E-mail address"), [InputRequired()])
    wish = TextAreaField(_l("Do you want to add something?"))
    day = SelectField(
        _l("Which day?"), choices=[SelectChoice("wed", _l("Wednesday")), SelectChoice("sat", _l("Saturday"))]
    )
    agree = BooleanField(_l("Ticked"))
    anonymous = BooleanField(_l("Without my name"))
    likes = SelectMultipleField(
        _l("What do you like to do?"),
        choices=[
            SelectChoice("outside", _l("being outside")),
            SelectChoice("fire", _l("cooking on a fire")),
            SelectChoice("music", _l("music")),
        ],
    )
    days = SelectMultipleField(
        _l("When?"), choices=[SelectChoice("wed", _l("Wednesday")), SelectChoice("sat", _l("Saturday"))]
    )
    welcome = RadioField(
        _l("Who waits for Kite?"),
        [InputRequired()],
        choices=[
            SelectChoice("noor", _l("Me, Noor")),
            SelectChoice("jef", "Jef"),
            SelectChoice("other", _l("Somebody else")),
        ],
    )
    alone = RadioField(
        _l("Alone or together?"),
        [InputRequired()],
        choices=[SelectChoice("alone", _l("Alone")), SelectChoice("friends", _l("With friends"))],
    )


def samples() -> Samples:
    """The form as the page shows it."""
    form = Samples(
        formdata=None,
        alias=gettext("Kite"),
        mail="noor@zilverreiger",
        likes=["outside", "fire"],
        days=["wed"],
        welcome="noor",
        alone="alone",
        agree=True,
        anonymous=True,
    )
    form.mail.errors = [gettext("A piece is still missing, such as .be at the end.")]
    return form
