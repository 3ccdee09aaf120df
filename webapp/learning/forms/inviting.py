"""The forms about who is invited to a session, and who helps at its desk."""

import uuid
from collections.abc import Iterable
from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, SelectField
from wtforms.validators import InputRequired

from webapp.core.db import AnyRow
from webapp.web.forms import Form, Line, RepeatableForm, SelectChoice, as_id

ORGANISATION, GROUP = "organisation", "group"
LONGEST = 80
"""So many letters may be typed to look for somebody."""


class InviteForm(Form):
    """An organisation or a working group to invite."""

    who = SelectField(_l("Which organisation or working group?"), [InputRequired(_l("Choose somebody to invite."))])

    def offer(self, organisations: Iterable[AnyRow], groups: Iterable[AnyRow], known: Iterable[AnyRow]) -> None:
        """Let somebody choose among all who are not invited yet."""
        taken = {one for row in known for one in (row.organisation_id, row.group_id)}
        kinds = (
            (ORGANISATION, gettext("Organisations"), organisations),
            (GROUP, gettext("Working groups"), groups),
        )
        self.who.choices = [
            SelectChoice("", gettext("Choose")),
            *(
                SelectChoice(f"{kind}:{row.id}", row.name, optgroup=heading)
                for kind, heading, rows in kinds
                for row in rows
                if row.id not in taken
            ),
        ]

    def chosen(self) -> tuple[str, uuid.UUID]:
        """Whether it is an organisation or a group, and which."""
        kind, _colon, thing = self.who.data.partition(":")
        return kind, uuid.UUID(thing)


class OneForm(Form):
    """One thing in a list, by its id."""

    one = HiddenField(validators=[InputRequired()])

    def chosen(self) -> uuid.UUID:
        """Its id; nobody's when it is none."""
        return as_id(self.one.data) or uuid.UUID(int=0)


class FindForm(RepeatableForm):
    """Whom one looks for."""

    words = Line(_l("Name or organisation"), most=LONGEST)


class HelperForm(Form):
    """Somebody who will help at the desk, and what was looked for to find them."""

    words = HiddenField()
    person = SelectField(_l("Who?"), [InputRequired(_l("Choose somebody."))], choices=())

    def offer(self, people: Iterable[Any]) -> None:
        """Let somebody choose among those who were found."""
        self.person.choices = [SelectChoice(str(row.person_id), f"{row.name}, {row.organisation}") for row in people]

    def chosen(self) -> uuid.UUID:
        """Who was chosen."""
        return uuid.UUID(self.person.data)
