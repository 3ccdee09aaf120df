"""Forms of tags: looking for one, proposing one, and deciding about one."""

from flask_babel import lazy_gettext as _l
from wtforms import StringField

from webapp.lessons import tagging
from webapp.lessons.forms.minding import LessonWordsForm
from webapp.web.forms import Line, LongLine, UrlForm, Version, Words

NEEDED = _l("Type a word first.")


class LookForm(UrlForm):
    """The box above the list."""

    q = StringField(_l("Search in tags"))


class ProposeForm(LessonWordsForm):
    """A word that is missing, and what it would be good for."""

    watched = ("word", "why")
    word = Line(_l("Which word?"), most=tagging.LONGEST, needed=NEEDED)
    why = LongLine(_l("What would you find with it?"), most=240)


class OnLessonForm(LessonWordsForm):
    """A word on a lesson."""

    watched = ("word",)
    word = Line(_l("Which word?"), most=tagging.LONGEST, needed=NEEDED)


class RewordForm(LessonWordsForm):
    """What a tag is called, and by which other words it is found."""

    watched = ("name", "synonyms")
    version = Version()
    name = Line(_l("The tag"), most=tagging.LONGEST, needed=NEEDED)
    name_en = Line(_l("In English"), most=tagging.LONGEST)
    synonyms = Words(_l("Other words for it, one on each line"), most=tagging.MOST_SYNONYMS * (tagging.LONGEST + 1))

    def others(self) -> list[str]:
        """The other words."""
        return (self.synonyms.data or "").splitlines()


class DeclineForm(LessonWordsForm):
    """Why a word is no tag."""

    watched = ("answer",)
    answer = LongLine(
        _l("Why not?"), most=240, needed=_l("Say in one sentence why not. Whoever proposed it reads that.")
    )


class MergeForm(LessonWordsForm):
    """The tag that means the same."""

    watched = ("into",)
    into = Line(_l("Which tag means the same?"), most=tagging.LONGEST, needed=NEEDED)
