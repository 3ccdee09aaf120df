"""Taking a plan along: its actions for a spreadsheet, the whole of it as text."""

from flask import Response
from flask_babel import gettext as _

from webapp.core import clock
from webapp.plans import exchange, queries
from webapp.plans.models import Plan
from webapp.plans.routes.blueprint import bp
from webapp.policy.permissions import Can
from webapp.web.guard import requires
from webapp.web.headers import as_download
from webapp.web.respond import page

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@bp.get("/plannen/<uuid:plan_id>/meenemen")
@requires(Can.SEE_PLAN, of=queries.plan)
def take_along(plan: Plan) -> Response:
    """The ways to take a plan along, and to bring actions into it."""
    return page("plans/take_along.html", plan=plan)


@bp.get("/plannen/<uuid:plan_id>/acties.csv")
@requires(Can.SEE_PLAN, of=queries.plan)
def as_csv(plan: Plan) -> Response:
    """Its actions as a CSV file."""
    return _file(exchange.as_csv(plan), "text/csv; charset=utf-8", "csv")


@bp.get("/plannen/<uuid:plan_id>/acties.xlsx")
@requires(Can.SEE_PLAN, of=queries.plan)
def as_xlsx(plan: Plan) -> Response:
    """Its actions as an Excel file."""
    return _file(exchange.as_xlsx(plan), XLSX, "xlsx")


@bp.get("/plannen/<uuid:plan_id>/plan.md")
@requires(Can.SEE_PLAN, of=queries.plan)
def as_markdown(plan: Plan) -> Response:
    """The whole plan as text."""
    return _file(exchange.as_markdown(plan), "text/markdown; charset=utf-8", "md")


def _file(content: str | bytes, kind: str, end: str) -> Response:
    name = _("plan")
    return as_download(Response(content, content_type=kind), f"{name}-{clock.today().isoformat()}.{end}")
