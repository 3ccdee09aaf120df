"""Fields that this area needs: an address that can get mail, a code as people type it."""

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import StringField
from wtforms.validators import InputRequired, Optional, ValidationError
from wtforms.widgets import EmailInput

from webapp.web.addresses import normal_address

CODE_LENGTH = 6


class Address(StringField):
    """A mail address, kept in small letters."""

    widget = EmailInput()

    def __init__(self, label: Any = None, needed: Any = None, *, optional: bool = False, **kwargs: Any) -> None:
        asked = InputRequired(needed or _l("Type your mail address, such as noor@zilverreiger.example."))
        super().__init__(
            label, [Optional() if optional else asked], filters=[lambda text: text.strip() if text else ""], **kwargs
        )

    def post_validate(self, form: Any, validation_stopped: bool) -> None:
        """Understand the address, or say which piece is missing."""
        if validation_stopped:
            return
        typed = self.data or ""
        found = normal_address(typed)
        if found is None:
            raise ValidationError(_what_is_wrong(typed))
        self.data = found


def _what_is_wrong(typed: str) -> str:
    before, at, after = typed.partition("@")
    if not at:
        return _("A mail address has an @ in the middle.")
    if len(typed.split()) > 1:
        return _("A mail address has no spaces in it.")
    if before and "." not in after:
        return _("A piece is missing, such as .be at the end.")
    return _("Something isn't right yet. A mail address looks like noor@zilverreiger.example.")


class Code(StringField):
    """Six digits of a mail, with whatever spaces people put between them."""

    needed = _l("Type the six digits of the mail.")
    wrong = _l("The code has six digits. Look at the newest mail.")

    def __init__(self, label: Any = None, **kwargs: Any) -> None:
        super().__init__(
            label, [InputRequired(self.needed)], filters=[lambda text: "".join((text or "").split())], **kwargs
        )

    def post_validate(self, form: Any, validation_stopped: bool) -> None:
        """Six digits and nothing else."""
        typed = self.data or ""
        if not validation_stopped and not (len(typed) == CODE_LENGTH and typed.isascii() and typed.isdigit()):
            raise ValidationError(str(self.wrong))


class AppCode(Code):
    """Six digits of an app."""

    needed = _l("Type the six digits that your app shows.")
    wrong = _l("The code has six digits. Look at your app.")
