"""The barrier register, and one barrier with what it is known by, its goals and its story."""

from typing import Any

from flask import Response, request, url_for
from flask_babel import gettext as _

from webapp.plans import knowing, neighbours, queries, register, story_words
from webapp.plans.codes import EvidenceKind, Link, Part, Shared
from webapp.plans.forms.knowing import BANKS, AdjustHurdleForm, HurdleForm
from webapp.plans.forms.plan import WhyForm
from webapp.plans.labels import KIND_LABELS, SIDE_ICONS, SIDES, in_words
from webapp.plans.models import Barrier, Plan
from webapp.plans.register import Wanted
from webapp.plans.routes.blueprint import bp
from webapp.plans.routes.remarks import remarks_on
from webapp.policy.permissions import Can
from webapp.vocabulary.seven_bs import B_TRAITS, B
from webapp.vocabulary.sides import Side
from webapp.web.filters import asked_for
from webapp.web.guard import requires
from webapp.web.i18n import word
from webapp.web.paging import behind, cut
from webapp.web.respond import changed, page
from webapp.web.saving import form_page, saving
from webapp.web.who import actor

FIRST_KNOWN = 4
FOUND = "gevonden"


@bp.get("/plannen/<uuid:plan_id>/drempels")
@requires(Can.SEE_PLAN, of=queries.plan)
def barriers(plan: Plan) -> Response:
    """What is known, and what stands in the way, over the B's and both banks."""
    wanted = Wanted(_bank(), asked_for(B, "b"), asked_for(EvidenceKind, "bron"))
    listed = cut(
        register.barriers(plan, wanted, behind(request.args.get("na"), str)),
        lambda row: (row.words, row.id),
        register.PAGE_SIZE,
    )
    known = register.known(plan, most=FIRST_KNOWN)
    return page(
        "plans/barriers.html",
        plan=plan,
        known=known[:FIRST_KNOWN],
        knows_more=len(known) > FIRST_KNOWN,
        rows=listed.rows,
        kinds=register.kinds_of([row.id for row in listed.rows]),
        next_url=_address(plan, wanted, na=listed.next) if listed.next else "",
        wanted=wanted,
        spread=_table(plan, wanted),
        **_filters(plan, wanted),
    )


def _bank() -> Side | None:
    side = asked_for(Side, "kant")
    return side if side in BANKS else None


def _table(plan: Plan, wanted: Wanted) -> list[tuple[str, str, list[tuple[str, int, str, bool]]]]:
    """A row for each B: its word and picture, and for each bank its name, how many, where those are listed, and
    whether that is what the list shows now."""
    counts = register.spread(plan, wanted)
    return [
        (
            word(traits.label),
            traits.icon,
            [
                (word(SIDES[side]), counts[b, side], _address(plan, Wanted(side, b, wanted.kind)), here)
                for side in BANKS
                for here in [(wanted.side, wanted.b) == (side, b)]
            ],
        )
        for b, traits in B_TRAITS.items()
    ]


def _filters(plan: Plan, wanted: Wanted) -> dict[str, Any]:
    """The chips: words, address with that filter on or off, whether it is on, and a picture."""
    side, b, kind = wanted.side, wanted.b, wanted.kind

    def chip(label: str, on: bool, other: Wanted, icon: str = "") -> tuple[str, str, bool, str]:
        return word(label), _address(plan, other), on, icon

    return {
        "side_chips": [
            chip(SIDES[one], one is side, Wanted(None if one is side else one, b, kind), SIDE_ICONS[one])
            for one in BANKS
        ],
        "b_chips": [
            chip(traits.label, one is b, Wanted(side, None if one is b else one, kind), traits.icon)
            for one, traits in B_TRAITS.items()
        ],
        "kind_chips": [
            chip(label, one is kind, Wanted(side, b, None if one is kind else one))
            for one, label in KIND_LABELS.items()
        ],
    }


def _address(plan: Plan, wanted: Wanted, **more: Any) -> str:
    codes = wanted.codes()
    parts = {"kant": codes.get("side"), "b": codes.get("b"), "bron": codes.get("kind"), **more}
    filled = {name: value for name, value in parts.items() if value}
    return url_for("plans.barriers", plan_id=plan.id, _anchor=FOUND, **filled)


@bp.route("/plannen/<uuid:plan_id>/drempels/nieuw", methods=["GET", "POST"])
@requires(Can.STEER_PLAN, sees=Can.SEE_PLAN, of=queries.plan)
def name_barrier(plan: Plan) -> Response:
    """Name something that stands in the way."""
    form = HurdleForm(data={"side": _bank(), "shared": Shared.SEVERAL})
    form.evidence.offer((row.id, row.heard) for row in register.known(plan, most=register.MOST))
    if form.submitted():
        with saving(form, in_words):
            made = knowing.add_barrier(plan, form.hurdle(), by=actor())
            return changed(_to(made), message=_("It stands in the register. Which change do you look for now?"))
    return form_page("plans/hurdle.html", form, plan=plan, barrier=None)


@bp.get("/plannen/drempels/<uuid:barrier_id>")
@requires(Can.SEE_PLAN, of=queries.barrier)
def barrier(barrier: Barrier) -> Response:
    """One barrier."""
    return page("plans/barrier.html", **_shown(barrier), form=WhyForm(formdata=None))


def _shown(barrier: Barrier) -> dict[str, Any]:
    return {
        "plan": barrier.plan,
        "barrier": barrier,
        "known": register.known_by(barrier),
        "goals": register.goals_against(barrier),
        "told": story_words.story_of(barrier.id),
        "chain": neighbours.around(Link.BARRIER, barrier.id),
        "remarks": remarks_on(Part.BARRIER, barrier.id),
    }


@bp.route("/plannen/drempels/<uuid:barrier_id>/bijsturen", methods=["GET", "POST"])
@requires(Can.STEER_PLAN, sees=Can.SEE_PLAN, of=queries.barrier)
def adjust_barrier(barrier: Barrier) -> Response:
    """Say anew what stands in the way, and why."""
    fields: dict[str, Any] = {"evidence": [row.id for row in barrier.evidence]}
    for name in ("version", "words", "side", "bs", "distances", "setting", "shared"):
        fields[name] = getattr(barrier, name)
    form = AdjustHurdleForm(data=fields)
    form.evidence.offer((row.id, row.heard) for row in register.known(barrier.plan, most=register.MOST))
    if form.submitted():
        with saving(form, in_words, barrier):
            knowing.adjust_barrier(barrier, form.hurdle(), form.because(), by=actor(), version=form.version.data)
            return changed(_to(barrier), message=_("Adjusted. What it said before stays readable."))
    return form_page("plans/hurdle.html", form, plan=barrier.plan, barrier=barrier)


@bp.post("/plannen/drempels/<uuid:barrier_id>/loslaten")
@requires(Can.STEER_PLAN, sees=Can.SEE_PLAN, of=queries.barrier)
def let_barrier_go(barrier: Barrier) -> Response:
    """It stands in nobody's way any more."""
    form, plan = WhyForm(), barrier.plan
    if form.submitted():
        with saving(form, in_words):
            knowing.let_barrier_go(barrier, form.why.data or "", by=actor())
            return changed(
                url_for("plans.barriers", plan_id=plan.id), message=_("Let go. The story of the plan keeps why.")
            )
    return form_page("plans/barrier.html", form, **_shown(barrier))


def _to(barrier: Barrier) -> str:
    return url_for("plans.barrier", barrier_id=barrier.id)
