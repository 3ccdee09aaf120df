"""The second half of the crossing in words: ideas, agreements, the steps of the story, and what a question tells."""

from collections.abc import Iterable
from typing import Any

from flask_babel import gettext

from webapp.referrals.codes import AgreedBy, AgreedHow, ContactRoute, IdeaKind, Side
from webapp.referrals.labels import company
from webapp.vocabulary.ages import AGE_LABELS
from webapp.vocabulary.arrangements import ARRANGEMENT_TRAITS, Arrangement
from webapp.vocabulary.days import PART_OF_DAY_LABELS, WEEKDAY_LABELS
from webapp.vocabulary.interests import INTEREST_LABELS, INTEREST_TRAITS
from webapp.vocabulary.outcomes import NOT_NOW_LABELS, NotNow
from webapp.vocabulary.support import SUPPORT_TRAITS
from webapp.vocabulary.words import _l
from webapp.web.i18n import together, word

IDEA_LABELS: dict[IdeaKind, str] = {
    IdeaKind.COME_LOOK: _l("Come and have a look first"),
    IdeaKind.OTHER_GROUP: _l("Another group of ours"),
    IdeaKind.OTHER_ASSOCIATION: _l("Another association"),
}

AGREED_BY_LABELS: dict[AgreedBy, str] = {
    AgreedBy.SELF: _l("The young person"),
    AgreedBy.PARENT: _l("A parent"),
    AgreedBy.BOTH: _l("Both"),
}

AGREED_HOW_LABELS: dict[AgreedHow, str] = {
    AgreedHow.TOGETHER: _l("Together, face to face"),
    AgreedHow.BY_PHONE: _l("By phone"),
    AgreedHow.ON_PAPER: _l("On paper"),
}

ROUTE_LABELS: dict[ContactRoute, str] = {
    ContactRoute.YOUNG_PERSON: _l("The young person"),
    ContactRoute.PARENT: _l("A parent"),
    ContactRoute.GUIDE: _l("Only through the guide"),
}

AGREED_SENTENCES: dict[AgreedBy, str] = {
    AgreedBy.SELF: _l("%(alias)s said yes on %(day)s."),
    AgreedBy.PARENT: _l("A parent of %(alias)s said yes on %(day)s."),
    AgreedBy.BOTH: _l("%(alias)s said yes on %(day)s. A parent did too."),
}

AGREED_HOW_SENTENCES: dict[AgreedHow, str] = {
    AgreedHow.TOGETHER: _l("Agreed together, face to face."),
    AgreedHow.BY_PHONE: _l("Agreed by phone."),
    AgreedHow.ON_PAPER: _l("Agreed on paper."),
}

STEP_SENTENCES: dict[str, str] = {
    "start": _l("The question began"),
    "describe": _l("The question was changed"),
    "send": _l("The question went out"),
    "hear": _l("There is something to choose"),
    "not_yet": _l("Doesn't know yet, and that's fine"),
    "choose": _l("Chose a place"),
    "agree": _l("An agreement was written down"),
    "withdraw": _l("The agreement was withdrawn, the card was wiped"),
    "plan": _l("The welcome plan was written or changed"),
    "arrive": _l("The first time happened"),
    "check_in_2": _l("Looked back after 2 weeks"),
    "check_in_6": _l("Looked back after 6 weeks"),
    "check_in_12": _l("Looked back after 12 weeks"),
    "heard_by_phone": _l("Heard from the association by phone"),
    "settle": _l("Belongs now"),
    "seek_again": _l("Seeks again"),
    "lose_place": _l("The place falls through, the search goes on"),
    "first_time": _l("Both sides were asked about a first time"),
    "first_time_late": _l("A bridge builder can see, by the alias alone, that no first time is planned yet"),
    "pause": _l("Paused for a while"),
    "resume": _l("Keeps looking"),
    "stop": _l("Stopped"),
    "ask_colleague": _l("A colleague was asked to take over"),
    "hand_over": _l("Handed over to a colleague"),
    "stay": _l("A colleague can't take over now"),
    "take_over": _l("The contact for referrals took over"),
    "bring_in": _l("A bridge builder was asked to think along"),
    "let_go": _l("The bridge builder was thanked"),
    "offer_help": _l("Somebody wants to think along"),
}

ASK_STEP_SENTENCES: dict[str, str] = {
    "send": _l("Asked %(place)s"),
    "nudge": _l("%(place)s got a friendly reminder"),
    "silence": _l("The bridge builder heard that %(place)s is still thinking"),
    "by_phone": _l("%(place)s answered on the phone"),
    "accept": _l("%(place)s said yes"),
    "wait": _l("%(place)s has a waiting list"),
    "decline": _l("%(place)s said not now"),
    "suggest": _l("%(place)s has another idea"),
    "choose": _l("%(place)s was chosen"),
    "make_room": _l("%(place)s has room now"),
    "wait_on": _l("%(place)s still has no room, and named another day"),
    "fall_through": _l("%(place)s will have no place after all"),
    "thank": _l("%(place)s was thanked"),
    "expire": _l("%(place)s had no time to answer; the question closed quietly"),
    "recall": _l("%(place)s heard that it's no longer needed"),
}

SIDE_LABELS: dict[Side, str] = {
    Side.GUIDE: _l("guide"),
    Side.ASSOCIATION: _l("association"),
}

WEEKS_BUSY: dict[int, str] = {
    2: _l("Two weeks under way. How is it going?"),
    6: _l("Six weeks under way. How is it going?"),
    12: _l("Twelve weeks under way. How is it going?"),
}

Fact = tuple[str, str]


def facts(referral: Any) -> list[Fact]:
    """What an association reads about a question: an icon and a sentence each, nothing that identifies anybody."""
    found: list[Fact] = []
    if referral.age_band:
        found.append(("cake-slice", _who(referral)))
    if referral.interests:
        picture = INTEREST_TRAITS[referral.interests[0]].icon
        likes = together(word(INTEREST_LABELS[one]) for one in referral.interests)
        found.append((picture, gettext("Likes %(interests)s", interests=likes)))
    if times := _times(referral):
        found.append(("calendar", times))
    for one in referral.arrangements:
        if one == Arrangement.COME_WITH_FRIEND and referral.friends:
            continue  # who comes with friends was said with the age
        found.append((ARRANGEMENT_TRAITS[one].icon, word(ARRANGEMENT_TRAITS[one].label)))
    return found


def support(referral: Any) -> Fact:
    """How near somebody stays. For whoever walks along: an association that is asked does not need it to answer."""
    return "footprints", word(SUPPORT_TRAITS[referral.support_level].label)


def _who(referral: Any) -> str:
    age = word(AGE_LABELS[referral.age_band])
    if not referral.friends:
        return age
    return gettext("%(age)s, %(company)s", age=age, company=company(referral.friends).lower())


def _times(referral: Any) -> str:
    days = together((word(WEEKDAY_LABELS[one]) for one in referral.days), "or")
    parts = together((word(PART_OF_DAY_LABELS[one]) for one in referral.parts_of_day), "or")
    if days and parts:
        return gettext("Can come on %(days)s, %(parts)s", days=days, parts=parts)
    if days:
        return gettext("Can come on %(days)s", days=days)
    return gettext("Can come %(parts)s", parts=parts) if parts else ""


def short_line(referral: Any) -> str:
    """One line about a question under its alias: "12 to 14 years, likes making music"."""
    likes = together(word(INTEREST_LABELS[one]) for one in referral.interests[:3])
    age = _who(referral) if referral.age_band else ""
    if age and likes:
        return gettext("%(age)s, likes %(interests)s", age=age, interests=likes)
    return age or (gettext("Likes %(interests)s", interests=likes) if likes else "")


def not_now_words(reasons: Iterable[NotNow]) -> str:
    """What an association added to its "not now", if anything."""
    return together(word(NOT_NOW_LABELS[one]) for one in reasons)
