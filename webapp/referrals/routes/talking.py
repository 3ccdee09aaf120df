"""A few words around a question: to the other side, and notes for one's own organisation."""

from flask import Response, url_for
from flask_babel import gettext as _

from webapp.accounts.forms.public_names import public_names
from webapp.policy.permissions import Can
from webapp.policy.rules import can
from webapp.referrals import around, queries, talk, welcome
from webapp.referrals.between import Post
from webapp.referrals.codes import PostKind
from webapp.referrals.forms.between import MessageForm, NoteForm, WordsForm
from webapp.referrals.models import Referral
from webapp.referrals.routes.blueprint import bp
from webapp.referrals.routes.journey import shown
from webapp.web.forms import Form
from webapp.web.guard import requires
from webapp.web.respond import changed
from webapp.web.saving import form_page
from webapp.web.who import actor


@bp.post("/toeleidingen/<uuid:referral_id>/gesprek")
@requires(Can.TALK_ABOUT_REFERRAL, sees=Can.READ_REFERRAL, of=queries.journey)
def write_message(referral: Referral) -> Response:
    """Say something to the other side."""
    form = MessageForm()
    form.never = welcome.names_to_keep(referral) if can(actor(), Can.GUIDE_REFERRAL, referral) else ()
    return _written(referral, PostKind.MESSAGE, form, _("Sent. The other side gets a mail without the words."))


@bp.post("/toeleidingen/<uuid:referral_id>/notities")
@requires(Can.KEEP_NOTES, sees=Can.READ_REFERRAL, of=queries.journey)
def write_note(referral: Referral) -> Response:
    """Keep a note for one's own organisation."""
    return _written(referral, PostKind.NOTE, NoteForm(), _("Kept, for your own organisation only."))


def _written(referral: Referral, kind: PostKind, form: WordsForm, said: str) -> Response:
    people = [one.name for one in (referral.guide, referral.receiver) if one]
    if form.submitted() and form.is_careful([*public_names(), *people]):
        talk.write(referral, kind, form.words, by=actor())
        return changed(_part(referral, kind), message=said)
    return form_page("referrals/show.html", form, **shown(referral) | {f"{kind}_form": form})


@bp.post("/toeleidingen/<uuid:referral_id>/woorden/<uuid:post_id>/wissen")
@requires(Can.TAKE_BACK_WORDS, of=around.post)
def take_back_words(row: Post) -> Response:
    """Wipe words that one wrote oneself."""
    Form().refuse_unknown()
    to = url_for("referrals.show", referral_id=row.referral_id)
    talk.take_back(row, by=actor())
    return changed(to, message=_("Wiped. Whoever read it already may still remember it."))


def _part(referral: Referral, kind: PostKind) -> str:
    anchor = "gesprek" if kind is PostKind.MESSAGE else "notities"
    return url_for("referrals.show", referral_id=referral.id, _anchor=anchor)
