"""The main pages of each role in Elsterveer, on things in the right state: for pictures, axe and narrow screens."""

import re
import uuid
from collections.abc import Sequence

from sqlalchemy import ColumnElement, select

from tests.learning.places import of_learning
from tests.lessons.places import of_lessons
from tests.plans.places import of_plans, of_steering_plans, of_whole_plan
from webapp.accounts.models import Function, Invitation, Organisation, Person
from webapp.accounts.routes.demo import ROLES
from webapp.core.db import db
from webapp.directory.models import Offer
from webapp.groups.lifecycle import ItemStatus
from webapp.groups.models import ActionItem, WorkingGroup
from webapp.meetings.lifecycle import DecisionStatus, MeetingStatus
from webapp.meetings.models import Decision, Meeting
from webapp.notifications.models import DemoMail
from webapp.polls import sharing
from webapp.polls.models import DatePoll
from webapp.referrals import sealed
from webapp.referrals.lifecycle import AskStatus, ReferralStatus
from webapp.referrals.models import Ask, Referral
from webapp.shelf.models import Tool
from webapp.talk.models import Thread, ThreadPost
from webapp.vocabulary.functions import FunctionKind

Places = dict[str, str]
GUEST = "gast"
LINK = re.compile(r"https?://[^/\s]+(/(?:v|uitnodiging)/\S+)")
OF_A_QUESTION = (
    ReferralStatus.SEEKING,
    ReferralStatus.CHOOSING,
    ReferralStatus.WELCOMING,
    ReferralStatus.TRYING,
    ReferralStatus.SETTLED,
    ReferralStatus.PAUSED,
    ReferralStatus.STOPPED,
)
DRAFT_STEPS = ("wie", "wensen", "match", "samen", "nakijken")
ANSWER_STEPS = ("ja", "wachtlijst", "ander-idee")


def places() -> dict[str, Places]:
    """Role of the demo → (name of the page → path). Call it in an application context, after the mail was sent."""
    return {
        GUEST: _of_guest(),
        "vrijwilliger": {**_everywhere(), **_of_volunteer(), **_of_shelf_of_ones_own(), **_of_talk_of_ones_own()},
        "welzijnswerker": {**_everywhere(), **_of_guide()},
        "jeugddienst": {
            **_everywhere(),
            "steunfonds": "/steunfonds",
            "werkgroep-nieuw": "/werkgroepen/nieuw",
            "plan-nieuw": "/plannen/nieuw",
            "plan-inlezen": f"{of_plans()['plan']}/inlezen",
            **of_whole_plan(),
            **of_steering_plans(),
            "integriteit-beleid": "/integriteit/beleid",
            "hulplijn-nieuw": "/integriteit/hulplijnen/nieuw",
            **_of_people("De Roerdomp"),
            **_of_polls(),
            **{f"werkgroep-{one}": f"{_of_groups()['werkgroep']}/{one}" for one in ("link", "gasten", "uitnodigen")},
            "prikker-beheren": f"{_of_polls()['prikker']}/beheer",
            "prikker-geprikt": f"/prikkers/{_chosen_poll()}",
            "gemist": "/gemist",
            **of_lessons(),
        },
        "facilitator": {"vandaag": "/", "toeleidingen": "/toeleidingen", **of_learning()},
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
        "mails": "/mails",
        "mijn-agenda": "/mijn-agenda",
        "rollen": "/rollen",
        "account": "/account",
        "mijn-aanmelding": "/account/aanmelding",
        "slot-kiezen": "/account/aanmelding/kiezen",
        "gegevens": "/account/gegevens",
        "bewaren": "/bewaren",
        "bewijs": "/bewijs",
        "terug-naar-formulier": "/bewijs/terug",
        "meer": "/meer",
        "zoeken": "/zoeken",
        **_of_groups(),
        **_of_shelves(),
        **_of_talk(),
        **_of_meetings(),
        **of_plans(),
        "integriteit": "/integriteit",
        "postvak": "/demo/postvak",
        "niets": "/bestaat-niet",
    }


def _of_groups() -> Places:
    group = db.session.scalar(select(WorkingGroup.id).where(WorkingGroup.name == "Werkgroep Diversiteit"))
    item = db.session.scalar(select(ActionItem.id).where(ActionItem.status == ItemStatus.STUCK))
    return {
        "werkgroepen": "/werkgroepen",
        "werkgroep": f"/werkgroepen/{group}",
        "werkgroep-acties": f"/werkgroepen/{group}/acties",
        "werkgroep-leden": f"/werkgroepen/{group}/leden",
        "actie": f"/werkgroepen/acties/{item}",
    }


def _of_meetings() -> Places:
    group = db.session.scalar(select(WorkingGroup.id).where(WorkingGroup.name == "Werkgroep Diversiteit"))
    coming, over = (
        db.session.scalar(
            select(Meeting.id).where(Meeting.group_id == group, Meeting.status == status).order_by(Meeting.starts_at)
        )
        for status in (MeetingStatus.ANNOUNCED, MeetingStatus.CLOSED)
    )
    decision = db.session.scalar(select(Decision.id).where(Decision.status == DecisionStatus.REPLACED))
    return {
        "werkgroep-vergaderingen": f"/werkgroepen/{group}/vergaderingen",
        "werkgroep-beslissingen": f"/werkgroepen/{group}/beslissingen",
        "vergadering": f"/vergaderingen/{coming}",
        "verslag": f"/vergaderingen/{over}",
        "beslissing": f"/beslissingen/{decision}",
        "beslissingen": "/beslissingen",
    }


def _of_shelves() -> Places:
    group = db.session.scalar(select(WorkingGroup.id).where(WorkingGroup.name == "Werkgroep Diversiteit"))
    tool = db.session.scalar(select(Tool.id).where(Tool.title == "Checklist eerste dag"))
    return {
        "gereedschapskast": "/gereedschap",
        "gereedschapskast-leeg": "/gereedschap?b=availability&strategie=outreach",
        "gereedschap": f"/gereedschap/{tool}",
        "werkgroep-gereedschap": f"/werkgroepen/{group}/gereedschap",
    }


def _of_talk() -> Places:
    thread = db.session.scalars(select(Thread).where(Thread.title.startswith("Halal"))).one()
    return {
        "gesprek": f"/gesprekken/{thread.id}",
        "werkgroep-gesprekken": f"/werkgroepen/{thread.group_id}/gesprekken",
    }


def _of_talk_of_ones_own() -> Places:
    found = db.session.scalars(select(ThreadPost).where(ThreadPost.words.startswith("Wij koken één pot"))).one()
    return {
        "gesprek-antwoord": f"/gesprekken/{found.thread_id}?antwoord={found.answers_id}",
        "gesprek-nieuw": f"/werkgroepen/{found.group.id}/gesprekken/nieuw",
        "bericht-bewerken": f"/gesprekken/woorden/{found.id}",
    }


def _of_shelf_of_ones_own() -> Places:
    group = db.session.scalar(select(WorkingGroup.id).where(WorkingGroup.name == "Werkgroep Diversiteit"))
    tool = db.session.scalar(select(Tool.id).where(Tool.url != "", Tool.group_id == group))
    return {
        "bestand-toevoegen": f"/werkgroepen/{group}/gereedschap/bestand",
        "link-toevoegen": f"/werkgroepen/{group}/gereedschap/link",
        "gereedschap-bewerken": f"/gereedschap/{tool}/bewerken",
    }


def _of_guest() -> Places:
    found = {
        "aanmelden": "/aanmelden",
        "code-voorbij": "/aanmelden/code",
        "zonder-account": "/zonder-account",
        "meedoen": "/mee",
        "jeugdwerk": "/jeugdwerk",
        "jeugdbeweging": "/jeugdwerk/youth_movement",
        "een-aanbod": f"/aanbod/{db.session.scalar(select(Offer.id).where(Offer.name == 'Zaterdagspel'))}",
        "niets": "/bestaat-niet",
        "link-onvolledig": "/v/vr_nee",
        "kaart-onvolledig": "/w/wk_nee",
    }
    query = select(Referral).where(Referral.status == ReferralStatus.WELCOMING).order_by(Referral.moved_at)
    for referral in db.session.scalars(query):
        if referral.plan and (token := sealed.link_token(referral, referral.plan)):
            found |= {"welkom": f"/w/{token}", "welkom-arabisch": f"/w/{token}?taal=ar"}
    for poll in db.session.scalars(select(DatePoll).where(DatePoll.token_sealed.is_not(None))):
        found["prikken"] = f"/prik/{sharing.token_of(poll)}"
    if mailed := _link_in_mail("/v/"):
        found["antwoord"] = mailed
    if db.session.scalar(select(Invitation.id)) and (invited := _link_in_mail("/uitnodiging/")):
        found["uitnodiging"] = invited
    return found


def _chosen_poll() -> uuid.UUID | None:
    return db.session.scalar(select(DatePoll.id).where(DatePoll.chosen_id.is_not(None)))


def _of_polls() -> Places:
    group = db.session.scalar(select(WorkingGroup.id).where(WorkingGroup.name == "Werkgroep Diversiteit"))
    poll = db.session.scalar(select(DatePoll.id).where(DatePoll.group_id == group))
    return {
        "prikker": f"/prikkers/{poll}",
        "prikkers": f"/werkgroepen/{group}/prikkers",
        "prikker-nieuw": f"/werkgroepen/{group}/prikkers/nieuw",
    }


def _of_volunteer() -> Places:
    home = _organisation("De Roerdomp")
    offer = db.session.scalar(select(Offer.id).where(Offer.organisation_id == home))
    found = {
        **_of_polls(),
        "aanbod-bewerken": f"/aanbod/{offer}/wijzig",
        "plaatsen": f"/aanbod/{offer}/plaats",
        "klopt-nog": f"/klopt/{home}",
        "deurfoto": f"/aanbod/{offer}/deurfoto",
        "organisatie-bewerken": f"/organisaties/{home}/wijzig",
        "even-rust": f"/organisaties/{home}/rust",
        "integriteit-van-ons": f"/integriteit/beleid/{home}",
        "inzage": f"/organisaties/{home}/inzage",
        "link-voor-de-ploeg": f"/organisaties/{home}/mensen/link",
        "discretie": "/discretie",
        "toeleidingen-klaar": "/toeleidingen?beurt=done",
    }
    for status in (AskStatus.ACCEPTED, AskStatus.DECLINED, AskStatus.THANKED):
        if one := _ask(home, status):
            found[f"antwoord-{status.value}"] = f"/antwoord/{one}"
    if ask := _ask(home, AskStatus.SENT):
        answer = f"/antwoord/{ask}"
        found |= {"antwoord": answer} | {f"antwoord-{step}": f"{answer}/{step}" for step in ANSWER_STEPS}
    if waited := _ask(home, AskStatus.CHOSEN, Ask.call_back_on.is_not(None)):
        answer = f"/antwoord/{waited}"
        found |= {"antwoord-chosen": answer, "geen-plaats": f"{answer}/nu-niet", "hoe-het-staat": f"{answer}/anders"}
        found["vraag-op-de-lijst"] = f"/toeleidingen/{db.session.get_one(Ask, waited).referral_id}"
    for status in (ReferralStatus.WELCOMING, ReferralStatus.TRYING):
        query = select(Referral.id).where(Referral.chosen_organisation_id == home, Referral.status == status)
        if one := db.session.scalar(query.order_by(Referral.moved_at, Referral.id)):
            found[f"vraag-{status.value}"] = f"/toeleidingen/{one}"
    return found


def _of_guide() -> Places:
    guide = _person("welzijnswerker")
    found = {"nieuw": "/toeleidingen/nieuw", "gebeld": "/toeleidingen/gebeld", "groepsbezoeken": "/bezoeken"}
    offer = db.session.scalar(select(Offer.id).where(Offer.name == "Zaterdagspel"))
    found["bezoek-vragen"] = f"/aanbod/{offer}/bezoek"
    silent = db.session.scalar(
        select(Ask.id).join(Ask.referral).where(Referral.guide_id == guide, Ask.status == AskStatus.SENT)
    )
    if silent:
        found["antwoord-noteren"] = f"/antwoord/{silent}/telefoon"
    for status in OF_A_QUESTION:
        if one := _question(guide, status):
            found[f"vraag-{status.value}"] = f"/toeleidingen/{one}"
    open_one = _question(guide, ReferralStatus.DRAFT) or _question(guide, ReferralStatus.CHOOSING)
    found |= {f"stap-{step}": f"/toeleidingen/{open_one}/{step}" for step in DRAFT_STEPS}
    for status, steps in {
        ReferralStatus.DRAFT: ("weggooien",),
        ReferralStatus.SEEKING: ("gevraagd",),
        ReferralStatus.CHOOSING: ("kiezen", "pauzeren", "stoppen"),
        ReferralStatus.WELCOMING: (
            "akkoord",
            "akkoord/blad",
            "akkoord/intrekken",
            "welkomstplan",
            "over-mij",
            "opnieuw",
        ),
    }.items():
        if one := _question(guide, status):
            found |= {step.replace("/", "-"): f"/toeleidingen/{one}/{step}" for step in steps}
    return found


def _of_people(organisation: str) -> Places:
    base = f"/organisaties/{_organisation(organisation)}/mensen"
    query = select(Function.id).where(Function.organisation_id == _organisation(organisation))
    seat = db.session.scalar(query.where(Function.kind == FunctionKind.CONTACT_POINT))
    return {"mensen": base, "uitnodigen": f"{base}/uitnodigen", "functie-stopt": f"{base}/{seat}"}


def _organisation(part: str) -> uuid.UUID:
    return db.session.scalars(select(Organisation.id).where(Organisation.name.contains(part))).one()


def _person(role: str) -> uuid.UUID:
    email = next(one.email for one in ROLES if one.code == role)
    return db.session.scalars(select(Person.id).where(Person.email == email)).one()


def _question(guide: uuid.UUID, status: ReferralStatus) -> uuid.UUID | None:
    query = select(Referral.id).where(Referral.guide_id == guide, Referral.status == status)
    return db.session.scalar(query.order_by(Referral.moved_at.desc(), Referral.id))


def _ask(organisation: uuid.UUID, status: AskStatus, *those: ColumnElement[bool]) -> uuid.UUID | None:
    query = select(Ask.id).where(Ask.organisation_id == organisation, Ask.status == status, *those)
    return db.session.scalar(query.order_by(Ask.sent_at, Ask.id))


def _link_in_mail(start: str) -> str | None:
    for text in db.session.scalars(select(DemoMail.text).order_by(DemoMail.sent_at.desc())):
        for path in LINK.findall(text):
            if path.startswith(start):
                return str(path)
    return None


SEES_LESS = ("facilitator", "beheerder")


def pages_of(role: str, roles: Sequence[str], *, once: bool = False) -> list[str]:
    """The pages of a role; `once`, and for whoever sees less of them, those alone that no role before it shows."""
    everybody = places()
    earlier = {name for one in roles[: roles.index(role)] for name in everybody[one]}
    leaves_out = earlier if once or role in SEES_LESS else set()
    return [path for name, path in everybody[role].items() if name not in leaves_out]
