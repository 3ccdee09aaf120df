"""What a young person takes along: the welcome card on paper and the first time for a calendar. Nobody's surname, no
alias, nothing about the young person: only what the welcome page says too."""

from collections.abc import Sequence
from typing import Any

from webapp.core import clock
from webapp.referrals.card import WelcomeCard
from webapp.web import ical, paper

ICONS = {
    "where": "map-pin", "who": "user-check", "along": "footprints", "bring": "backpack", "cost": "euro",
    "tries": "ticket", "try_once": "ticket",
}  # fmt: skip


def on_paper(card: WelcomeCard, qr: str, *, four: bool = False) -> bytes:
    """The card as a PDF, A6 and two sides; with `four`, four of them on a sheet of A4. `qr` is a drawing, or empty."""
    nl, other, plan = card.dutch, card.tongue, card.plan
    data: dict[str, Any] = {
        "title": f"{nl.say('welcome')} {card.place.name}",
        "lang": other.code,
        "rtl": other.dir == "rtl",
        "four": four,
        "photo": list(card.photo),
        "photo_alt": nl.say("photo", place=card.place.name),
        "qr": qr,
        "qr_alt": nl.say("scan"),
        "scan": nl.say("scan"),
        "moment": nl.moment(card.starts_at),
        "moment_other": other.moment(card.starts_at),
        "where": _fact(card, "where", card.where),
        "facts": _facts(card),
        "icons": {name: paper.icon(name) for name in ("calendar", *ICONS.values())},
        "origin": other.origin(),
        "phone": plan.phone,
        **_both(card, "welcome"),
        **_both(card, "nobody"),
        **_both(card, "waits", name=plan.welcomer),
        **_both(card, "call", name=card.caller),
    }
    return paper.pdf("welcome_card", data)


def _both(card: WelcomeCard, key: str, **values: str) -> dict[str, str]:
    return {key: card.dutch.say(key, **values), f"{key}_other": card.tongue.say(key, **values)}


def _fact(card: WelcomeCard, key: str, said: Sequence[str] = (), **values: int) -> dict[str, Any]:
    """A question in both languages with what was typed under it, or a sentence with nothing under it."""
    asked, same = card.dutch.say(key, **values), card.tongue.say(key, **values)
    return {"icon": ICONS[key], "asked": asked, "same": same, "said": list(said)}


def _facts(card: WelcomeCard) -> list[dict[str, Any]]:
    plan, offer = card.plan, card.offer
    who = plan.welcomer_hint and f"{plan.welcomer}, {plan.welcomer_hint}"
    typed = {"who": who, "along": plan.companion, "bring": plan.bring}
    if not offer.trial_visits:
        typed["cost"] = offer.price_line
    facts = [_fact(card, key, [text]) for key, text in typed.items() if text]
    if offer.trial_visits == 1:
        facts.append(_fact(card, "try_once"))
    elif offer.trial_visits:
        facts.append(_fact(card, "tries", count=offer.trial_visits))
    return facts


def for_calendar(card: WelcomeCard) -> str:
    """The first time as a calendar file."""
    event = ical.Event(
        uid=f"{card.row.id}@brug",
        starts_at=card.starts_at,
        changed_at=clock.now(),
        title=" / ".join(card.both("event", place=card.place.name)),
        place=", ".join(card.where[:-1] if card.offer.route and len(card.where) > 1 else card.where),
        words="\n".join(
            (
                *card.both("waits", name=card.plan.welcomer),
                *card.both("nobody"),
                f"{card.dutch.say('call', name=card.caller)}: {card.plan.phone}",
            )
        ),
    )
    return ical.calendar(event)
