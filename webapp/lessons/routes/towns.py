"""Other towns: the switch, following one, and stopping."""

from flask import Response, url_for
from flask_babel import gettext as _

from webapp.lessons import asking_towns, following, towns
from webapp.lessons.forms.towns import FollowForm
from webapp.lessons.models import OtherTown
from webapp.lessons.outside_words import in_words, state_words
from webapp.lessons.routes.blueprint import bp
from webapp.policy.permissions import Can
from webapp.web.forms import Form
from webapp.web.guard import requires
from webapp.web.respond import changed, page
from webapp.web.saving import form_page, saving
from webapp.web.settings import current_settings
from webapp.web.who import actor


@bp.get("/leren/steden")
@requires(Can.FOLLOW_TOWNS)
def other_towns() -> Response:
    """The towns that are followed."""
    return _towns(FollowForm(formdata=None))


def _towns(form: FollowForm) -> Response:
    rows = [(row, state_words(row)) for row in towns.listed()]
    return form_page("lessons/towns.html", form, rows=rows, since=towns.switch())


@bp.post("/leren/steden")
@requires(Can.FOLLOW_TOWNS, fresh=True)
def follow_town() -> Response:
    """Follow one more."""
    form = FollowForm()
    if form.submitted():
        near = current_settings().follow_near
        with saving(form, in_words):
            town = following.follow(form.name.data or "", form.feed.data or "", by=actor(), near=near)
            asking_towns.ask_soon(town)
            return changed(_to(town), message=_("Followed. Its lessons come in a moment."))
    return _towns(form)


@bp.post("/leren/steden/aan")
@requires(Can.FOLLOW_TOWNS, fresh=True)
def follow_towns() -> Response:
    """Let the network follow other towns."""
    Form().refuse_unknown()
    following.switch_on(by=actor())
    return changed(url_for("lessons.other_towns"), message=_("On. Now add the first town."))


@bp.post("/leren/steden/uit")
@requires(Can.FOLLOW_TOWNS)
def follow_no_towns() -> Response:
    """Fetch nothing any more."""
    Form().refuse_unknown()
    following.switch_off(by=actor())
    return changed(url_for("lessons.other_towns"), message=_("Off. Brug fetches nothing from other towns now."))


@bp.get("/leren/steden/<uuid:town_id>")
@requires(Can.FOLLOW_TOWNS, of=towns.town)
def town(town: OtherTown) -> Response:
    """One town, and how it goes."""
    count = len(towns.lessons_of(town.id))
    return page("lessons/town.html", town=town, state=state_words(town), count=count, since=towns.switch())


@bp.post("/leren/steden/<uuid:town_id>/opnieuw")
@requires(Can.FOLLOW_TOWNS, of=towns.town)
def look_again(town: OtherTown) -> Response:
    """Read its feed once more."""
    Form().refuse_unknown()
    following.look_again(town, by=actor())
    asking_towns.ask_soon(town)
    return changed(_to(town), message=_("Brug is having a look. It takes a moment."))


@bp.post("/leren/steden/<uuid:town_id>/stoppen")
@requires(Can.FOLLOW_TOWNS, of=towns.town)
def stop_following(town: OtherTown) -> Response:
    """Follow it no longer."""
    Form().refuse_unknown()
    following.stop(town, by=actor())
    return changed(url_for("lessons.other_towns"), message=_("No longer followed. Its lessons are gone."))


def _to(town: OtherTown) -> str:
    return url_for("lessons.town", town_id=town.id)
