"""When young people and youth workers were listened to, and what changed because of it."""

from flask import Response, url_for
from flask_babel import gettext as _

from webapp.core import clock
from webapp.plans import growing, queries
from webapp.plans.forms.choosing import VoiceForm
from webapp.plans.labels import in_words
from webapp.plans.models import Plan
from webapp.plans.routes.blueprint import bp
from webapp.plans.story_models import Voice
from webapp.policy.permissions import Can
from webapp.web.forms import Form
from webapp.web.guard import requires
from webapp.web.respond import changed
from webapp.web.saving import form_page, saving
from webapp.web.who import actor


@bp.route("/plannen/<uuid:plan_id>/stemmen/nieuw", methods=["GET", "POST"])
@requires(Can.STEER_PLAN, sees=Can.SEE_PLAN, of=queries.plan)
def listen(plan: Plan) -> Response:
    """Write down that somebody was listened to."""
    form = VoiceForm(data={"heard_on": clock.today()})
    if form.submitted():
        with saving(form, in_words):
            growing.listen(plan, form.moment(), by=actor())
            return changed(_to(plan), message=_("Written down."))
    return form_page("plans/voice.html", form, plan=plan, voice=None)


@bp.route("/plannen/stemmen/<uuid:voice_id>", methods=["GET", "POST"])
@requires(Can.STEER_PLAN, sees=Can.SEE_PLAN, of=queries.voice)
def listen_anew(voice: Voice) -> Response:
    """Say more of such a moment, often what changed because of it."""
    names = ("version", "of", "heard_on", "how", "heard", "changed")
    form = VoiceForm(data={name: getattr(voice, name) for name in names})
    if form.submitted():
        with saving(form, in_words, voice):
            growing.listen_anew(voice, form.moment(), by=actor(), version=form.version.data)
            return changed(_to(voice.plan), message=_("Saved."))
    return form_page("plans/voice.html", form, plan=voice.plan, voice=voice)


@bp.post("/plannen/stemmen/<uuid:voice_id>/weg")
@requires(Can.STEER_PLAN, sees=Can.SEE_PLAN, of=queries.voice)
def unhear(voice: Voice) -> Response:
    """Take such a moment away."""
    Form().refuse_unknown()
    growing.unhear(voice, by=actor())
    return changed(_to(voice.plan), message=_("It's gone."))


def _to(plan: Plan) -> str:
    return url_for("plans.goals", plan_id=plan.id, _anchor="stemmen")
