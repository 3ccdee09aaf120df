"""What is between people around one question, in words for one reader."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from flask_babel import gettext

from webapp.referrals.around import Around
from webapp.referrals.codes import PostKind, Side
from webapp.referrals.models import Referral
from webapp.referrals.talk import Said
from webapp.web.context import initials
from webapp.web.dates import plain_day, short_moment

COLOURS = {Side.GUIDE: "demand", Side.ASSOCIATION: "supply"}


@dataclass(frozen=True, slots=True)
class Bubble:
    """A few words on the page: the circle beside them, who said them and when, and whether they were the reader's."""

    id: uuid.UUID
    initials: str
    side: str
    said: str
    words: str
    is_mine: bool


class Between:
    """The words and the people around one question, as one reader sees them."""

    def __init__(
        self, referral: Referral, said: Sequence[Said], around: Sequence[Around], me: uuid.UUID | None, side: Side
    ) -> None:
        self._referral, self._said, self._around, self._me, self._side = referral, said, around, me, side

    def messages(self) -> list[Bubble]:
        """What was said between both sides."""
        return [self._bubble(one) for one in self._said if one.kind is PostKind.MESSAGE]

    def notes(self) -> list[Bubble]:
        """What was noted for one's own organisation."""
        return [self._bubble(one) for one in self._said if one.kind is PostKind.NOTE]

    def _bubble(self, one: Said) -> Bubble:
        hidden = self._referral.hides_sender and self._side is Side.ASSOCIATION and one.side is Side.GUIDE
        if hidden or not one.name:
            name = gettext("A network partner") if hidden else gettext("Somebody who left")
            circle = ""
        else:
            name, circle = one.name.split()[0], initials(one.name)
        mine = one.author_id is not None and one.author_id == self._me
        said = gettext("%(name)s, %(when)s", name=gettext("You") if mine else name, when=short_moment(one.at))
        return Bubble(one.id, circle, COLOURS[one.side], said, one.words, mine)

    def readers(self) -> str:
        """Who reads along, as a sentence."""
        referral = self._referral
        theirs = referral.guide if self._side is Side.ASSOCIATION else referral.receiver
        if self._side is Side.ASSOCIATION and referral.hides_sender:
            return gettext("You and a network partner read this")
        if theirs is None:
            return gettext("Both sides read this")
        return gettext("You and %(name)s read this", name=theirs.first_name)

    def asked(self) -> Around | None:
        """The colleague on the reader's side who is asked to take over."""
        return next((one for one in self._around if one.kind == "hand_over" and one.side == self._side), None)

    def beside(self) -> Around | None:
        """The bridge builder who was brought in."""
        return next((one for one in self._around if one.kind == "beside"), None)

    def beside_line(self) -> str:
        """What the bridge builder does, and until when."""
        one = self.beside()
        return (
            gettext("thinks along until %(day)s, by the alias alone", day=plain_day(one.until))
            if one and one.until
            else ""
        )

    def guide_left(self) -> bool:
        """Whether the guide no longer works for the organisation that sent the question."""
        return not any(one.kind == "guide" for one in self._around)
