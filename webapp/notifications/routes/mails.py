"""Which mail somebody wants, and wanting no more of it: signed in, or by the link at the foot of any mail."""

from typing import Any

from flask import Response, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from webapp.core import links
from webapp.notifications import actions, labels, queries
from webapp.notifications.forms import ChoiceForm, StopForm
from webapp.notifications.kinds import Subject
from webapp.notifications.models import MailChoice
from webapp.notifications.routes.blueprint import bp
from webapp.policy.actor import Actor
from webapp.policy.permissions import Can
from webapp.web.forms import Form
from webapp.web.guard import requires
from webapp.web.i18n import word
from webapp.web.links import follow, followed
from webapp.web.respond import changed, invalid, page
from webapp.web.saving import form_page
from webapp.web.who import actor


def _opened(token: str) -> tuple[links.Link | None, MailChoice | None]:
    """The link of a mail and what its reader chose; without the latter when they may no longer sign in."""
    link = links.find(links.Purpose.MAIL, token)
    return link, queries.choice(link.subject_id) if link else None


@bp.get("/u/<token>")
@requires(Can.SIGN_IN)
def follow_mail(token: str) -> ResponseReturnValue:
    """The link at the foot of a mail: the token leaves the address bar at once, and nothing stops by reading."""
    link, choice = _opened(token)
    if link is None or choice is None:
        return invalid("notifications/link_over.html", status=404)
    if not link.works:
        return invalid("notifications/link_over.html", status=410)
    follow(link)
    over = request.args.get("over", "")
    if over in labels.STOP_LABELS:
        return redirect(url_for("notifications.stop_page", person_id=choice.person_id, over=over), 303)
    return redirect(_to(choice), 303)


@bp.post("/u/<token>")
@requires(Can.SIGN_IN)
def stop_at_once(token: str) -> Response:
    """A mail program asks for no more of these (RFC 8058); it holds the token of this mail and opens no page."""
    link, choice = _opened(token)
    over = request.args.get("over", "")
    if link is None or choice is None or not link.works or over not in labels.STOP_LABELS:
        return Response("", 404 if link is None else 410)
    actions.stop(choice, _subject(over), by=Actor(person_id=link.person_id))
    return Response("", 200, content_type="text/plain; charset=utf-8")


def link_over() -> Response | None:
    """The page stayed open and its link has ended since. Whoever had no link may sign in."""
    ended = followed(links.Purpose.MAIL, (request.view_args or {})["person_id"])
    return invalid("notifications/link_over.html", status=410) if ended else None


@bp.get("/mails")
@requires(Can.USE_OWN_ACCOUNT)
def own_choice() -> ResponseReturnValue:
    """To one's own."""
    return redirect(url_for("notifications.choice", person_id=actor().person_id), 303)


@bp.get("/mails/<uuid:person_id>")
@requires(Can.CHOOSE_MAIL, of=queries.choice, by_link=link_over)
def choice(choice: MailChoice) -> Response:
    """Which mail somebody wants."""
    return page("notifications/choice.html", **_shown(choice, ChoiceForm(formdata=None, obj=choice)))


@bp.post("/mails/<uuid:person_id>")
@requires(Can.CHOOSE_MAIL, of=queries.choice, by_link=link_over)
def choose(choice: MailChoice) -> Response:
    """Keep it."""
    form = ChoiceForm()
    if form.submitted():
        actions.choose(choice, form.most(), form.day.data, by=_by(choice))
        return changed(_to(choice), message=_("Saved."))
    return form_page("notifications/choice.html", form, **_shown(choice, form))


@bp.post("/mails/<uuid:person_id>/niets")
@requires(Can.CHOOSE_MAIL, of=queries.choice, by_link=link_over)
def stop_everything(choice: MailChoice) -> Response:
    """No mail any more."""
    Form().refuse_unknown()
    actions.stop_everything(choice, by=_by(choice))
    return changed(_to(choice), message=_("You get no more mails. What happens stands under the bell."))


@bp.get("/mails/<uuid:person_id>/stop")
@requires(Can.CHOOSE_MAIL, of=queries.choice, by_link=link_over)
def stop_page(choice: MailChoice) -> ResponseReturnValue:
    """One button: no more of these."""
    over = request.args.get("over", "")
    if over not in labels.STOP_LABELS:
        return redirect(_to(choice), 303)
    return page("notifications/stop.html", form=StopForm(formdata=None, over=over), over=over, **_around(choice))


@bp.post("/mails/<uuid:person_id>/stop")
@requires(Can.CHOOSE_MAIL, of=queries.choice, by_link=link_over)
def stop(choice: MailChoice) -> Response:
    """No more of these."""
    form = StopForm()
    if not form.submitted() or form.over.data not in labels.STOP_LABELS:
        return invalid("notifications/choice.html", **_shown(choice, ChoiceForm(formdata=None, obj=choice)))
    actions.stop(choice, _subject(form.over.data), by=_by(choice))
    return changed(_to(choice), message=_("Done. You can change it again here."))


def _subject(over: str) -> Subject | None:
    return None if over == labels.DIGEST else Subject(over)


def _by(choice: MailChoice) -> Actor:
    """Whoever is signed in about their own mail, else the person to whom the mail was sent."""
    return actor() if actor().person_id == choice.person_id else Actor(person_id=choice.person_id)


def _shown(choice: MailChoice, form: ChoiceForm) -> dict[str, Any]:
    return {"form": form, "gets_none": choice.gets_none, "icons": labels.ATTENTION_ICONS} | _around(choice)


def _around(choice: MailChoice) -> dict[str, Any]:
    return {
        "person_id": choice.person_id,
        "is_own": actor().person_id == choice.person_id,
        "stop_words": {over: word(label) for over, label in labels.STOP_LABELS.items()},
        "subject_icons": labels.SUBJECT_ICONS,
    }


def _to(choice: MailChoice) -> str:
    return url_for("notifications.choice", person_id=choice.person_id)
