"""What the mails of this area and of accounts say: that something waits and where, never what it is about."""

import uuid
from collections import Counter
from collections.abc import Iterable, Sequence

from flask import url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from webapp.accounts import invitations, joining, signing_in
from webapp.core.outbox import Claimed
from webapp.notifications import queries, registry
from webapp.notifications.digest import begin_of
from webapp.notifications.kinds import NOTICE_TRAITS, Attention, NoticeKind
from webapp.notifications.labels import DIGEST, NOTICE_LABELS
from webapp.notifications.mail import Letter, letter, with_way_out
from webapp.notifications.models import Notice
from webapp.notifications.queries import Reader
from webapp.vocabulary.functions import FUNCTION_LABELS
from webapp.web.i18n import word

PEOPLE_OF = (
    NoticeKind.SEAT_ASKED,
    NoticeKind.SEAT_GIVEN,
    NoticeKind.SEAT_ENDED,
    NoticeKind.CREW_JOINED,
    NoticeKind.MANY_LOOKS,
)
for kind in PEOPLE_OF:
    registry.leads_to(kind, "accounts.people", "organisation_id")


@letter("mail.notice")
def notice(job: Claimed) -> Letter | None:
    """A line under the bell, told by mail; nothing when it was read meanwhile."""
    return _about([job.payload["notice"]])


@letter("mail.notices")
def notices(job: Claimed) -> Letter | None:
    """Several lines of one kind and one person in one mail; without those that were read meanwhile."""
    return _about(job.payload["notices"])


def _about(notice_ids: Iterable[str]) -> Letter | None:
    found = (queries.notice(uuid.UUID(one)) for one in notice_ids)
    told = [one for one in found if one and not one.read_at]
    reader = queries.reader(told[0].person_id) if told else None
    if reader is None:
        return None
    kind = told[0].kind
    if queries.choices([reader.person_id])[reader.person_id].way(kind) is not Attention.AT_ONCE:
        return None
    if len(told) > 1:
        written = (registry.joiner_of(kind) or _messages)(told, reader)
    else:
        written = (registry.composer_of(kind) or _message)(told[0], reader)
    return with_way_out(written, reader.person_id, NOTICE_TRAITS[kind].subject)


@letter("mail.digest")
def digest(job: Claimed) -> Letter | None:
    """What was new this week and is still unread, in sentences and numbers; nothing when everything was read."""
    person_id = uuid.UUID(job.payload["person"])
    reader, choice = queries.reader(person_id), queries.choice(person_id)
    if reader is None or choice is None or choice.day is None:
        return None
    lines = queries.told_since(person_id, begin_of(job.created_at))
    wanted = [one.kind for one in lines if choice.way(one.kind) is not Attention.IN_BRUG]
    if not wanted:
        return None
    subject = ngettext("One thing is new for you in Brug", "%(num)s things are new for you in Brug", len(wanted))
    context: dict[str, object] = {
        "url": url_for("notifications.bell", _external=True),
        "lines": [(word(NOTICE_LABELS[kind]), number) for kind, number in Counter(wanted).items()],
        "extras": registry.extras_for(reader),
    }
    return with_way_out(Letter(reader.email, reader.name, subject, "digest", context), person_id, DIGEST)


def _message(told: Notice, reader: Reader) -> Letter:
    subject = (
        _("There is a message for %(organisation)s", organisation=reader.organisation)
        if reader.organisation
        else _("There is a message for you")
    )
    url = registry.path_of(told, external=True)
    return Letter(reader.email, reader.name, subject, "notice", {"url": url, "organisation": reader.organisation})


def _messages(told: Sequence[Notice], reader: Reader) -> Letter:
    subject = (
        _("There are %(num)d messages for %(organisation)s", num=len(told), organisation=reader.organisation)
        if reader.organisation
        else _("There are %(num)d messages for you", num=len(told))
    )
    url = url_for("notifications.bell", _external=True)
    return Letter(reader.email, reader.name, subject, "notice", {"url": url, "organisation": reader.organisation})


@letter("mail.sign_in")
def sign_in(job: Claimed) -> Letter | None:
    """The code and the link with which somebody signs in. They are made here and exist nowhere else."""
    minted = signing_in.mint(uuid.UUID(job.payload["code"]))
    if minted is None:
        return None
    url = url_for("accounts.follow_sign_in", token=minted.token, _external=True)
    subject = _("%(code)s is your code for Brug", code=minted.code)
    return Letter(minted.email, minted.name, subject, "sign_in", {"url": url, "code": minted.code})


@letter("mail.joining")
def joined(job: Claimed) -> Letter | None:
    """The code with which somebody joins a crew. Nothing that they typed goes along: the address may be anybody's."""
    minted = joining.mint(uuid.UUID(job.payload["joining"]))
    if minted is None:
        return None
    subject = _("%(code)s is your code for %(organisation)s", code=minted.code, organisation=minted.organisation)
    context: dict[str, object] = {"code": minted.code, "organisation": minted.organisation}
    return Letter(minted.email, "", subject, "joining", context)


@letter("mail.invitation")
def invitation(job: Claimed) -> Letter | None:
    """An invitation to a function; nothing when it was withdrawn or accepted meanwhile."""
    minted = invitations.mint(uuid.UUID(job.payload["invitation"]))
    if minted is None:
        return None
    asked = minted.invitation
    context = {
        "url": url_for("accounts.follow_invitation", token=minted.token, _external=True),
        "organisation": asked.organisation.name,
        "function": word(FUNCTION_LABELS[asked.kind]),
        "until": minted.until,
        "invited_by": minted.invited_by,
    }
    subject = _("%(organisation)s invites you to Brug", organisation=asked.organisation.name)
    return Letter(asked.email, asked.name, subject, "invitation", context)
