"""What WTForms says of a field, in our words: each tells how to mend it."""

from flask_babel import lazy_gettext as _l

NOT_LISTED = _l("Choose one of these.")
TOO_LONG = _l("This is too long. Keep it under %(max)d characters.")
SAID = {
    "Not a valid choice.": NOT_LISTED,
    "Invalid Choice: could not coerce.": NOT_LISTED,
    "Invalid choice(s): one or more data inputs could not be coerced.": NOT_LISTED,
    "'%(value)s' is not a valid choice for this field.": NOT_LISTED,
    "This field is required.": _l("Fill this in."),
    "Field cannot be longer than %(max)d character.": TOO_LONG,
    "Not a valid date value.": _l("Write the day as year, month and day, such as 2026-11-21."),
    "Not a valid time value.": _l("Write the hour as hours and minutes, such as 14:30."),
    "Not a valid integer value.": _l("Write a whole number, such as 4."),
    "Number must be at least %(min)s.": _l("Write a number that is at least %(min)s."),
    "Number must be at most %(max)s.": _l("Write a number that is at most %(max)s."),
    "Number must be between %(min)s and %(max)s.": _l("Write a number from %(min)s to %(max)s."),
}
"""What WTForms says when nothing better was written beside a field, and what we say."""


class KitWords:
    """What WTForms itself says, in our words and in the language of this page."""

    def gettext(self, text: str) -> str:
        """One sentence. What we do not know is a word of our own: the name of a field without a label."""
        return str(SAID.get(text, text))

    def ngettext(self, singular: str, _plural: str, _count: int) -> str:
        """A sentence with a count: ours reads the same for each."""
        return self.gettext(singular)
