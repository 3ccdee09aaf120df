"""A few endpoints of our own on the whole application: each does one thing that a real page might do, or do wrong."""

import uuid
from types import SimpleNamespace
from typing import Any

from flask import Blueprint, Flask, Response, abort, g, render_template_string, request
from sqlalchemy import event, func, select
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session
from sqlalchemy.orm.exc import StaleDataError
from wtforms import IntegerField, SelectField, SelectMultipleField, StringField, TimeField
from wtforms.validators import InputRequired, Length, NumberRange

from tests.people import Cast
from webapp.core import clock
from webapp.core.db import db
from webapp.core.errors import Conflict, Invalid, StepRefused, Unavailable
from webapp.core.history import History
from webapp.policy.permissions import Can
from webapp.policy.rules import NotAllowed
from webapp.vocabulary.seven_bs import B_LABELS, B
from webapp.web import respond
from webapp.web.days import Day
from webapp.web.forms import Form, Line, OneOf, SelectChoice, SomeOf, Words
from webapp.web.guard import requires

CANARY = "Zohrakanarie"
TRACE = f"{CANARY} in a message"

bp = Blueprint("kit", __name__)
things: dict[uuid.UUID, Any] = {}
told: list[str] = []


def thing(thing_id: uuid.UUID) -> Any:
    """An offer-like thing, or None."""
    return things.get(thing_id)


def new_thing(cast: Cast, *, published: bool) -> uuid.UUID:
    """An offer of the scouts that is or is not to be seen."""
    made = uuid.uuid4()
    things[made] = SimpleNamespace(organisation_id=cast.zilverreiger, is_published=published, is_public=False)
    return made


def write_row(step: str = "kit") -> None:
    """Add one row to the request's transaction."""
    db.session.add(History(kind="kit", thing_id=uuid.UUID(int=1), at=clock.now(), step=step))
    db.session.flush()


def rows() -> int:
    """How many rows were kept."""
    db.session.rollback()
    return db.session.scalar(select(func.count()).select_from(History).where(History.kind == "kit")) or 0


def lost() -> OperationalError:
    """The database went away."""
    return OperationalError(TRACE, {}, Exception(TRACE))


TROUBLES: dict[str, tuple[Any, int]] = {
    "mistake": (lambda: ValueError(TRACE), 500),
    "refused": (lambda: NotAllowed(Can.EDIT_OFFER), 403),
    "conflict": (lambda: Conflict("Noor", clock.now()), 409),
    "step": (lambda: StepRefused("lock", "open"), 409),
    "stale": (lambda: StaleDataError(TRACE), 409),
    "invalid": (lambda: Invalid({"wish": "Dat gaat niet."}), 400),
    "unavailable": (lambda: Unavailable(TRACE), 503),
    "database": (lost, 503),
}


@bp.route("/proef/fout/<how>", methods=["GET", "POST"])
@requires(Can.SIGN_IN)
def trouble(how: str) -> str:
    if request.method == "POST":
        write_row()
    raise TROUBLES[how][0]()


@bp.route("/proef/laat/<how>", methods=["POST"])
@requires(Can.SIGN_IN)
def trouble_at_commit(how: str) -> str:
    write_row()
    g.break_commit = TROUBLES[how][0]
    return "never shown"


@event.listens_for(Session, "before_commit")
def _break_commit(_session: Session) -> None:
    if g and "break_commit" in g:
        raise g.pop("break_commit")()


@bp.get("/proef/sjabloon")
@requires(Can.SIGN_IN)
def broken_template() -> str:
    return render_template_string("{{ nobody_gave_this }}")


@bp.get("/proef/daarna")
@requires(Can.SIGN_IN)
def broken_afterwards() -> str:
    g.break_after = True
    return "never shown"


@bp.get("/proef/code/<int:status>")
@requires(Can.SIGN_IN)
def with_status(status: int) -> str:
    abort(status)


@bp.get("/proef/schrijf")
@requires(Can.SIGN_IN)
def read_that_writes() -> str:
    write_row()
    return "never shown"


@bp.post("/proef/bewaar")
@requires(Can.SIGN_IN)
def save() -> Response:
    write_row()
    if request.form.get("answer") == "422":
        return Response("not yet", 422, content_type="text/plain")
    return respond.changed(f"/proef/{rows_now()}")


def rows_now() -> int:
    return db.session.scalar(select(func.count()).select_from(History).where(History.kind == "kit")) or 0


class Sample(Form):
    """One field of each kind."""

    wish = Line("Wens", most=10)
    story = Words("Verhaal", most=20)
    one = OneOf("Eén", tuple(B), B_LABELS)
    some = SomeOf("Enkele", tuple(B), B_LABELS)


class Plain(Form):
    """Fields as WTForms has them, without a sentence of our own."""

    listed = SelectField("Lijst", choices=[SelectChoice("a", "A")])
    counted = SelectField("Getal uit een lijst", choices=[SelectChoice(1, "1")], coerce=int)
    ticked = SelectMultipleField("Vinkjes", choices=[SelectChoice("a", "A")])
    needed = StringField("Nodig", [InputRequired()])
    day = Day("Dag")
    hour = TimeField("Uur")
    number = IntegerField("Aantal")
    between = IntegerField("Tussen", [NumberRange(0, 99)])
    least = IntegerField("Minstens", [NumberRange(min=1)])
    most = IntegerField("Hoogstens", [NumberRange(max=9)])
    short = StringField("Kort", [Length(max=3)])


FORM = """<!doctype html><html lang="{{ locale }}"><head><title>x</title></head><body><h1>x</h1>
<form method="post" action="/proef/formulier">{{ form.csrf_token() }}{{ form.once() }}
{% for name in ("wish", "story", "one", "some") %}{{ form[name].label }}{{ form[name]() }}
{% for error in form[name].errors %}<p class="{{ name }}">{{ error }}</p>{% endfor %}{% endfor %}
{% for error in form.form_errors %}<p class="top">{{ error }}</p>{% endfor %}<button>x</button></form></body></html>"""


@bp.route("/proef/formulier", methods=["GET", "POST"])
@requires(Can.SIGN_IN)
def form() -> Response | tuple[str, int]:
    sample = Sample()
    if sample.submitted():
        told.append(repr((sample.wish.data, sample.story.data, sample.one.data, sample.some.data)))
        return respond.changed("/proef/klaar")
    if "take" in request.args:
        sample.take({"wish": "Bij de wens.", "elsewhere": "Bovenaan."})
    return render_template_string(FORM, form=sample), 200 if request.method == "GET" else 422


@bp.post("/proef/soorten")
@requires(Can.SIGN_IN)
def kinds() -> tuple[dict[str, list[str]], int]:
    form = Plain()
    form.submitted()
    return {name: [str(error) for error in errors] for name, errors in form.errors.items()}, 422


@bp.route("/proef/ding/<uuid:thing_id>", methods=["GET", "POST"])
@requires(Can.EDIT_OFFER, sees=Can.READ_OFFER, of=thing)
def edit_thing(_thing: Any) -> Response:
    return Response("edited", content_type="text/plain")


@bp.get("/proef/ding/<uuid:thing_id>/nieuw")
@requires(Can.EDIT_OFFER, sees=Can.READ_OFFER, of=thing, fresh=True)
def fresh_thing(_thing: Any) -> Response:
    return Response("fresh", content_type="text/plain")


@bp.get("/proef/niets")
def undeclared() -> str:
    return "never shown"


def add_to(app: Flask) -> None:
    """Bring the endpoints."""
    app.register_blueprint(bp)

    @app.after_request
    def break_after(response: Response) -> Response:
        if g.pop("break_after", False):
            raise ValueError(TRACE)
        return response
