"""The main pages of each role in Elsterveer, on things in the right state: for pictures, axe and narrow screens."""

import uuid

from sqlalchemy import select

from webapp.accounts.models import Organisation, Person
from webapp.accounts.routes.demo import ROLES
from webapp.core.db import db
from webapp.directory.models import Offer
from webapp.referrals.lifecycle import AskStatus, ReferralStatus
from webapp.referrals.models import Ask, Referral

Places = dict[str, str]
GUEST = "gast"
OF_A_QUESTION = (
    ReferralStatus.SEEKING,
    ReferralStatus.CHOOSING,
    ReferralStatus.WELCOMING,
    ReferralStatus.TRYING,
    ReferralStatus.SETTLED,
    ReferralStatus.PAUSED,
    ReferralStatus.STOPPED,
)


def places() -> dict[str, Places]:
    """Role of the demo → (name of the page → path). Call it in an application context."""
    return {
        GUEST: {"aanmelden": "/aanmelden", "zonder-account": "/zonder-account", "niets": "/bestaat-niet"},
        "vrijwilliger": {**_everywhere(), **_of_volunteer()},
        "welzijnswerker": {**_everywhere(), **_of_guide()},
        "jeugddienst": {**_everywhere(), "mensen": f"/organisaties/{_organisation('De Roerdomp')}/mensen"},
        "facilitator": {"vandaag": "/"},
        "beheerder": {"vandaag": "/", "toevoegen": "/organisaties/nieuw", "bouwstenen": "/bouwstenen"},
    }


def _everywhere() -> Places:
    offer = db.session.scalar(select(Offer.id).where(Offer.name == "Zaterdagspel"))
    return {
        "vandaag": "/",
        "aanbod": "/aanbod",
        "aanbod-leeg": "/aanbod?q=xyzxyz",
        "een-aanbod": f"/aanbod/{offer}",
        "organisaties": "/organisaties",
        "organisatie": f"/organisaties/{_organisation('Sterrenpad')}",
        "toeleidingen": "/toeleidingen",
        "meldingen": "/meldingen",
        "rollen": "/rollen",
        "account": "/account",
        "meer": "/meer",
        "postvak": "/demo/postvak",
        "niets": "/bestaat-niet",
    }


def _of_volunteer() -> Places:
    home = _organisation("De Roerdomp")
    offer = db.session.scalar(select(Offer.id).where(Offer.organisation_id == home))
    found = {"aanbod-bewerken": f"/aanbod/{offer}/bewerken", "plaatsen": f"/aanbod/{offer}/plaatsen"}
    ask = db.session.scalar(
        select(Ask.id).where(Ask.organisation_id == home, Ask.status == AskStatus.SENT).order_by(Ask.sent_at)
    )
    if ask:
        answer = f"/antwoord/{ask}"
        found |= {"antwoord": answer, "antwoord-ja": f"{answer}/ja", "antwoord-idee": f"{answer}/idee"}
    return found


def _of_guide() -> Places:
    guide = _person("welzijnswerker")
    found = {"nieuw": "/toeleidingen/nieuw"}
    for status in OF_A_QUESTION:
        if one := _question(guide, status):
            found[f"vraag-{status.value}"] = f"/toeleidingen/{one}"
    if draft := _question(guide, ReferralStatus.DRAFT):
        base = f"/toeleidingen/{draft}"
        found |= {f"klad-{step}": f"{base}/{step}" for step in ("wie", "wensen", "match", "samen", "nakijken")}
    if choosing := _question(guide, ReferralStatus.CHOOSING):
        found["kiezen"] = f"/toeleidingen/{choosing}/kiezen"
    if welcoming := _question(guide, ReferralStatus.WELCOMING):
        base = f"/toeleidingen/{welcoming}"
        found |= {"toestemming": f"{base}/toestemming", "welkomstplan": f"{base}/welkomstplan"}
    return found


def _organisation(part: str) -> uuid.UUID:
    return db.session.scalars(select(Organisation.id).where(Organisation.name.contains(part))).one()


def _person(role: str) -> uuid.UUID:
    email = next(one.email for one in ROLES if one.code == role)
    return db.session.scalars(select(Person.id).where(Person.email == email)).one()


def _question(guide: uuid.UUID, status: ReferralStatus) -> uuid.UUID | None:
    query = select(Referral.id).where(Referral.guide_id == guide, Referral.status == status)
    return db.session.scalar(query.order_by(Referral.moved_at.desc(), Referral.id))
