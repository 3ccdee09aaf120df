"""The form of an organisation."""

from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from wtforms import SelectField

from webapp.accounts.forms.fields import Address
from webapp.accounts.models import Organisation
from webapp.vocabulary.organisation_kinds import (
    ORGANISATION_KIND_LABELS,
    SECRECY_LABELS,
    OrganisationKind,
    SecrecyRegime,
)
from webapp.web.forms import Form, Line, LongLine, OneOf, Phone, Version, Website, Words

CHOOSE = _l("Choose one of these.")


class OrganisationForm(Form):
    """What the network reads about an organisation."""

    version = Version()
    name = Line(_l("Name"), needed=_l("Write the name of the organisation."))
    area = SelectField(_l("Area"), default="")
    about = Words(_l("What do you do, in a few sentences?"), most=400)
    helps_with = LongLine(_l("What can others ask you to help with?"), most=200)
    website = Website(_l("Website"), most=200)
    secrecy = OneOf(
        _l("Duty of silence"), tuple(SecrecyRegime), SECRECY_LABELS, needed=CHOOSE, default=SecrecyRegime.NONE
    )

    young_contact_name = Line(_l("First name"), most=80)
    young_contact_phone = Phone(_l("Phone number"))
    young_contact_hint = LongLine(_l("How do you recognise this person?"), most=200)
    partner_contact_name = Line(_l("Name"), most=80)
    partner_contact_phone = Phone(_l("Phone number"))
    partner_contact_email = Address(_l("E-mail address"), optional=True)

    @classmethod
    def of(cls, organisation: Organisation | None, areas: tuple[str, ...], **kwargs: Any) -> "OrganisationForm":
        """The form for an organisation; filled with what was sent when something was."""
        form = cls(obj=organisation, **kwargs)
        known = organisation.area if organisation else ""
        places = [*areas, *([known] if known and known not in areas else [])]
        form.area.choices = [("", gettext("In the whole town")), *((area, area) for area in places)]
        return form

    def values(self) -> dict[str, Any]:
        """The fields of the organisation, as `actions` writes them."""
        own = (name for name in self.data if name not in ("version", "once", "csrf_token"))
        return {name: self[name].data or "" for name in own}


class NewOrganisationForm(OrganisationForm):
    """A new member of the network."""

    kind = OneOf(_l("Kind of organisation"), tuple(OrganisationKind), ORGANISATION_KIND_LABELS, needed=CHOOSE)
