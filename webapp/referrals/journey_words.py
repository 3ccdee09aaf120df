"""The story of one question in words: where it stands and since when, what happened, who looked, who is involved."""

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask_babel import gettext

from webapp.referrals.crossing_words import (
    AGREED_HOW_SENTENCES,
    AGREED_SENTENCES,
    ASK_STEP_SENTENCES,
    SIDE_LABELS,
    STEP_SENTENCES,
)
from webapp.referrals.labels import STATUS_LABELS, alias_words
from webapp.referrals.lifecycle import BRIDGE, ReferralStatus
from webapp.referrals.models import Agreement, Referral
from webapp.referrals.queries import Told
from webapp.vocabulary.organisation_kinds import ORGANISATION_TRAITS
from webapp.vocabulary.outcomes import MOOD_LABELS, Mood
from webapp.web.context import initials
from webapp.web.dates import day_count, plain_day, short_day, short_moment
from webapp.web.i18n import capital, word

SHARED_STEPS = frozenset({"choose", "agree", "withdraw", "plan", "arrive", "check_in_2", "check_in_6", "check_in_12",
                          "heard_by_phone", "settle", "stop", "hand_over", "take_over", "bring_in",
                          "let_go", "first_time", "first_time_late"})  # fmt: skip
"""What the receiving side reads of the story: everything since it was chosen, nothing of who else was asked."""

SHARED_ANSWERS = frozenset({"by_phone", "make_room", "wait_on"})
"""What it reads of its own answer: what came of its waiting list since."""

OWN_STEPS = frozenset({"ask_colleague", "stay"})
"""What each side reads of its own house alone."""


@dataclass(frozen=True, slots=True)
class Involved:
    """Somebody on the page: initials and side for the circle, a name, and what they do."""

    initials: str
    side: str
    name: str
    line: str


class Telling:
    """What the page of a question tells one reader."""

    def __init__(
        self,
        referral: Referral,
        asks: Sequence[Any],
        story: Sequence[Told],
        me: uuid.UUID | None,
        *,
        is_guide: bool,
    ) -> None:
        self._referral, self._me, self._is_guide = referral, me, is_guide
        self._story = story if is_guide else _since_chosen(story)
        self._places = {one.id: one.organisation for one in asks}
        self._chosen = next((one for one in asks if one.id == referral.chosen_ask_id), None)

    def progress(self) -> list[tuple[str, str]]:
        """The six steps of the bridge, each with the day on which it was reached last."""
        reached: dict[str, datetime] = {}
        for one in reversed(self._story):
            if one.kind == "referral" and one.after in BRIDGE and one.after != one.before:
                reached[one.after] = one.at
        return [(word(STATUS_LABELS[step]), self._when(step, reached)) for step in BRIDGE]

    def _when(self, step: ReferralStatus, reached: dict[str, datetime]) -> str:
        here = self.step()
        number = BRIDGE.index(step) + 1
        is_theirs = self._is_guide or number > BRIDGE.index(ReferralStatus.CHOOSING) + 1
        if step not in reached or number > here or not is_theirs:
            return ""
        day = short_day(reached[step])
        return gettext("since %(day)s", day=day) if number == here else day

    def step(self) -> int:
        """The arch where the pebble stands, 1 to 6; 0 when the question stopped."""
        if self._referral.status is ReferralStatus.PAUSED:
            return BRIDGE.index(ReferralStatus.SEEKING) + 1
        return BRIDGE.index(self._referral.status) + 1 if self._referral.status in BRIDGE else 0

    def happened(self) -> list[tuple[str, str, str]]:
        """The story as a timeline, newest first."""
        lines = (self._line(one) for one in self._story if one.kind != "look")
        return [one for one in lines if one]

    def _line(self, one: Told) -> tuple[str, str, str] | None:
        if one.kind == "ask":
            theirs = one.thing_id == self._referral.chosen_ask_id and one.step in SHARED_ANSWERS
            if not (self._is_guide or theirs) or one.step not in ASK_STEP_SENTENCES:
                return None
            return ("done", gettext(ASK_STEP_SENTENCES[one.step], place=self._places[one.thing_id]), self._by(one))
        if one.step not in STEP_SENTENCES or not self._is_theirs(one):
            return None
        sentence = word(STEP_SENTENCES[one.step])
        if one.step.startswith("check_in") and one.after:
            sentence = gettext("%(what)s: %(mood)s", what=sentence, mood=word(MOOD_LABELS[Mood(one.after)]))
        return ("done", sentence, self._by(one))

    def _is_theirs(self, one: Told) -> bool:
        if one.step in OWN_STEPS:
            referral = self._referral
            own = referral.organisation_id if self._is_guide else referral.chosen_organisation_id
            return one.organisation_id == own
        return self._is_guide or one.step in SHARED_STEPS

    def _by(self, one: Told) -> str:
        when = short_moment(one.at)
        name = self._name(one)
        return gettext("%(when)s, by %(name)s", when=when, name=name) if name else when

    def _name(self, one: Told) -> str:
        if one.actor_id == self._me:
            return gettext("you")
        if self._is_hidden(one):
            return gettext("a network partner")
        return one.name.split()[0] if one.name else ""

    def _is_hidden(self, one: Told) -> bool:
        """Whoever acted for a sender that stays unknown: the guide, a colleague, and those who did so before them."""
        referral = self._referral
        if self._is_guide or not referral.hides_sender or one.actor_id is None:
            return False
        welcomes = one.actor_id == referral.receiver_id or one.organisation_id == referral.chosen_organisation_id
        return one.actor_id == referral.guide_id or not welcomes

    def lost(self) -> str:
        """The association where the place fell through, as long as the search took no step since; mostly nothing."""
        moved = next(
            (one for one in self._story if one.kind == "referral" and one.after not in (None, one.before)), None
        )
        if moved is None or moved.step != "lose_place":
            return ""
        fell = next((one for one in self._story if one.step == "fall_through"), None)
        return self._places.get(fell.thing_id, "") if fell else ""

    def looks(self) -> list[tuple[str, str]]:
        """Who opened the contact card, and when; newest first."""
        return [(self._looker(one), short_moment(one.at)) for one in self._story if one.kind == "look"]

    def _looker(self, one: Told) -> str:
        if one.actor_id == self._me:
            return gettext("You")
        name = self._name(one) or gettext("somebody who left")
        return capital(name)

    def involved(self) -> list[Involved]:
        """Who walks along and who welcomes."""
        return [one for one in (self._guide(), self._receiver()) if one]

    def _guide(self) -> Involved | None:
        referral = self._referral
        if referral.hides_sender and not self._is_guide:
            return Involved("", "demand", gettext("A network partner"), gettext("guides"))
        if referral.guide is None:
            return Involved("", "demand", referral.organisation.name, gettext("guides"))
        side = ORGANISATION_TRAITS[referral.organisation.kind].side
        line = gettext("guides, %(place)s", place=referral.organisation.name)
        return Involved(initials(referral.guide.name), side, self._called(referral.guide), line)

    def _receiver(self) -> Involved | None:
        if self._chosen is None:
            return None
        line = gettext("welcomes, %(place)s", place=self._chosen.organisation)
        if self._referral.receiver is None:
            return Involved("", "supply", self._chosen.organisation, gettext("welcomes"))
        receiver = self._referral.receiver
        return Involved(initials(receiver.name), "supply", self._called(receiver), line)

    def _called(self, person: Any) -> str:
        name: str = person.first_name
        return gettext("%(name)s, you", name=name) if person.id == self._me else name

    def agreed(self, agreement: Agreement) -> str:
        """Who said yes, when and how, in a few sentences."""
        sentence = AGREED_SENTENCES[agreement.agreed_by]
        who = gettext(sentence, alias=alias_words(self._referral.alias), day=plain_day(agreement.agreed_on))
        return f"{who} {word(AGREED_HOW_SENTENCES[agreement.agreed_how])}"

    def days_waiting(self) -> int:
        """How many days ago the question last moved, as one counts them on a calendar."""
        return day_count(self._referral.moved_at)

    @staticmethod
    def moods(check_ins: Iterable[Any]) -> list[tuple[str, str, str]]:
        """The answers given when looking back: how many weeks, whose side, and the mood."""
        return [
            (gettext("After %(weeks)s weeks", weeks=one.week),
             word(SIDE_LABELS[one.side]), word(MOOD_LABELS[one.mood]))
            for one in check_ins if one.mood
        ]  # fmt: skip


def _since_chosen(story: Sequence[Told]) -> list[Told]:
    """What happened since the place was chosen that is chosen now: an earlier place is nobody's business there."""
    chosen = next((one.at for one in story if (one.kind, one.step) == ("referral", "choose")), None)
    return [one for one in story if chosen is None or one.at >= chosen]
