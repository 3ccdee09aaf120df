"""Everything that Brug keeps about one young person, for that young person. Names of other people, their numbers and
what they wrote to each other are left out."""

from collections.abc import Sequence
from typing import Any

from flask_babel import gettext as _

from webapp.core import audit
from webapp.fund import queries as fund
from webapp.fund.labels import STATUS_LABELS as SUPPORT_STATUS_LABELS
from webapp.fund.labels import amount
from webapp.policy.actor import Actor
from webapp.policy.permissions import Can
from webapp.policy.rules import can, require
from webapp.privacy import labels, queries
from webapp.privacy.export.parts import Part, filled
from webapp.referrals import agreements, sealed
from webapp.referrals import queries as referrals
from webapp.referrals.agreements import Identity
from webapp.referrals.crossing_words import (
    AGREED_BY_LABELS,
    AGREED_HOW_LABELS,
    ROUTE_LABELS,
    SIDE_LABELS,
    STEP_SENTENCES,
    facts,
    support,
)
from webapp.referrals.labels import ASK_STATUS_LABELS, STATUS_LABELS, alias_words, limit_words
from webapp.referrals.models import Referral
from webapp.vocabulary.fund import PRICE_CHOICE_LABELS, SUPPORT_FOR_LABELS
from webapp.vocabulary.outcomes import MOOD_LABELS
from webapp.vocabulary.retention import Keep
from webapp.vocabulary.seven_bs import B_LABELS
from webapp.web.dates import moment, plain_day
from webapp.web.i18n import together, word


def gathered(referral: Referral, *, by: Actor) -> list[Part]:
    """All of it. Written in the audit log, and so is the look at the card that comes with it."""
    require(by, Can.EXPORT_REFERRAL, referral)
    audit.write(queries.EXPORT, by=by, thing_id=referral.id, reason="export")
    asks = referrals.asks_of(referral)
    chosen = next((one for one in asks if one.id == referral.chosen_ask_id), None)
    return filled(
        _who(referral, by),
        _question(referral),
        Part(_("Who was asked"), [(f"{one.organisation}, {one.offer}", _asked(one)) for one in asks]),
        _first_time(referral, chosen),
        _agreements(referral, {one.organisation_id: one.organisation for one in asks}),
        _looking_back(referral),
        Part(_("Asked of the fund"), [_support_line(one) for one in fund.of_question(referral.id)]),
        _happened(referral),
        Part(
            _("Who opened your card"),
            [(moment(one.at), labels.looked_words(one.reason, one.action) or _("somebody involved"))
             for one in queries.looks_at(referral.id)],
        ),
        _how_long(referral),
    )  # fmt: skip


def _support_line(row: Any) -> tuple[str, str]:
    about = [amount(row.amount_cents), *([word(PRICE_CHOICE_LABELS[row.price])] if row.price else [])]
    return word(SUPPORT_FOR_LABELS[row.purpose]), ", ".join([*about, word(SUPPORT_STATUS_LABELS[row.status])])


def _who(referral: Referral, by: Actor) -> Part:
    title = _("Who you are")
    alias = (_("Your alias"), alias_words(referral.alias))
    if not referral.has_agreement or not queries.has_card(referral.id):
        return Part(title, [alias, (_("Your name"), _("Brug doesn't keep your name now."))])
    if not can(by, Can.OPEN_CARD, referral):
        return Part(title, [alias, (_("Your name"), _("Stands on the contact card. Your guide can show it to you."))])
    return Part(title, [alias, *_card(agreements.open_card(referral, by=by))])


def _card(identity: Identity) -> list[tuple[str, str]]:
    return [
        (_("Your name"), identity.name),
        (_("How to reach you"), identity.contact),
        (_("Who may be contacted"), word(ROUTE_LABELS[identity.route])),
    ]


def _question(referral: Referral) -> Part:
    return Part(
        _("Your question"),
        [
            (_("In your own words"), sealed.own_words(referral)),
            (_("What you're looking for"), "; ".join(sentence for _icon, sentence in facts(referral))),
            (_("What has to fit"), "; ".join(limit_words(referral))),
            (_("What we make easier"), together(word(B_LABELS[one]) for one in referral.distances)),
            (_("How closely somebody walks along"), support(referral)[1]),
            (_("Where it stands"), word(STATUS_LABELS[referral.status])),
            (_("Asked by"), referral.organisation.name),
            (_("Since"), plain_day(referral.created_at)),
            (_("Why you chose this"), sealed.choice_words(referral)),
        ],
    )


def _asked(ask: Any) -> str:
    return _("%(day)s: %(answer)s", day=plain_day(ask.sent_at), answer=word(ASK_STATUS_LABELS[ask.status]))


def _first_time(referral: Referral, chosen: Any) -> Part:
    plan = referral.plan
    if plan is None:
        return Part("", [])
    return Part(
        _("Your first time"),
        [
            (_("With"), chosen.organisation if chosen else ""),
            (_("When"), moment(plan.starts_at) if plan.starts_at else ""),
            (_("Where"), plan.place),
            (_("Bring"), plan.bring),
            (_("What your guide prepares"), plan.we_prepare),
            (_("What the association arranges"), plan.you_arrange),
        ],
    )


def _agreements(referral: Referral, places: dict[Any, str]) -> Part:
    lines = []
    for one in referral.agreements:
        said = _(
            "%(who)s, %(how)s, on %(day)s, until %(until)s",
            who=word(AGREED_BY_LABELS[one.agreed_by]),
            how=word(AGREED_HOW_LABELS[one.agreed_how]).lower(),
            day=plain_day(one.agreed_on),
            until=plain_day(one.valid_until),
        )
        if one.withdrawn_at:
            said = _("%(said)s; ended on %(day)s", said=said, day=plain_day(one.withdrawn_at))
        lines.append((places.get(one.organisation_id, ""), said))
    if queries.has_paper(referral.id):
        lines.append((_("Your signed paper"), _("Brug keeps it, sealed. Your guide can show it to you.")))
    return Part(_("What you agreed to"), lines)


def _looking_back(referral: Referral) -> Part:
    return Part(
        _("How it went"),
        [
            (_("After %(weeks)s weeks", weeks=one.week) + ", " + word(SIDE_LABELS[one.side]),
             word(MOOD_LABELS[one.mood]) if one.mood else "")
            for one in referrals.check_ins(referral)
        ],
    )  # fmt: skip


def _happened(referral: Referral) -> Part:
    steps = [one for one in referrals.story(referral, (), agreements.LOOK) if one.step in STEP_SENTENCES]
    return Part(_("What happened"), [(moment(one.at), word(STEP_SENTENCES[one.step])) for one in reversed(steps)])


def _how_long(referral: Referral) -> Part:
    day = agreements.wiped_on(referral)
    kept: Sequence[labels.Period] = list(labels.periods(Keep.CARD, Keep.WORDS, Keep.PLAN, Keep.QUESTION))
    return Part(
        _("How long it stays"),
        [
            (_("Your name is erased on"), plain_day(day) if day else ""),
            *((one.what, labels.stays_words(one)) for one in kept),
        ],
    )
