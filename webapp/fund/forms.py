"""Asking the fund: what for, which price, how much. No reason, on purpose."""

from flask_babel import lazy_gettext as _l
from wtforms import HiddenField

from webapp.directory.forms.fields import Euros
from webapp.vocabulary.fund import PRICE_CHOICE_LABELS, SUPPORT_FOR_LABELS, PriceChoice, SupportFor
from webapp.web.forms import Form, OneOf


class SupportForm(Form):
    """One thing that the fund could carry."""

    purpose = OneOf(_l("What is it for?"), tuple(SupportFor), SUPPORT_FOR_LABELS, needed=_l("Choose what it is for."))
    price = OneOf(_l("Which price do they choose themselves?"), tuple(PriceChoice), PRICE_CHOICE_LABELS)
    amount_cents = Euros(_l("How much do you ask of the fund?"))


class RequestForm(Form):
    """One request, to take back."""

    request = HiddenField()


class DecisionForm(Form):
    """One tap: what the youth service decides."""

    step = HiddenField()
