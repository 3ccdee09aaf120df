"""The forms by which a list is put in another order; `macros/sorting.html` has the buttons, `sort.js` the dragging."""

import uuid

from wtforms import SelectField, SelectMultipleField

from webapp.web.forms import Form, SelectChoice, as_id


class ShiftForm(Form):
    """One place up or down."""

    to = SelectField(choices=[SelectChoice("up"), SelectChoice("down")])

    @property
    def places(self) -> int:
        """How far: -1 is up."""
        return -1 if self.to.data == "up" else 1


class OrderForm(Form):
    """Everything in a list, in the wanted order."""

    order = SelectMultipleField(choices=(), validate_choice=False)

    def ids(self) -> list[uuid.UUID]:
        """What is in it; what is no id is left out."""
        return [found for text in self.order.data or () if (found := as_id(text))]
