"""The forms about mail."""

from collections.abc import Mapping
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import HiddenField

from webapp.notifications.kinds import Attention, Subject
from webapp.notifications.labels import ATTENTION_LABELS, SUBJECT_LABELS
from webapp.vocabulary.days import WEEKDAY_LABELS, Weekday
from webapp.web.forms import Form, OneOf, choices
from webapp.web.i18n import word


def _loudness(subject: Subject) -> OneOf:
    return OneOf(SUBJECT_LABELS[subject], tuple(Attention), ATTENTION_LABELS, needed=_l("Choose how you hear of this."))


class ChoiceForm(Form):
    """Which mail somebody wants: one question for each subject, and the day of the digest."""

    questions = _loudness(Subject.QUESTIONS)
    groups = _loudness(Subject.GROUPS)
    house = _loudness(Subject.HOUSE)
    day = OneOf(_l("On which day do you want the weekly digest?"), tuple(Weekday), WEEKDAY_LABELS)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for subject, label in SUBJECT_LABELS.items():
            self[subject.value].label.text = word(label)
        self.day.choices = [("", _("No weekly digest")), *choices(Weekday, WEEKDAY_LABELS)]

    def most(self) -> Mapping[Subject, Attention]:
        """How loudly at most about each subject."""
        return {subject: self[subject.value].data for subject in Subject}


class StopForm(Form):
    """One kind of mail that somebody wants no more of."""

    over = HiddenField()
