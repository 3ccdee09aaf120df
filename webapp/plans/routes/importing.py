"""Bringing actions into a plan from a spreadsheet or a Trello board: looking first, and only then putting them in."""

from typing import Any

from flask import Response, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from webapp.core.errors import Invalid
from webapp.plans import importing, queries, tables, trello
from webapp.plans.codes import Column
from webapp.plans.forms.importing import BringForm, ReadingForm, reading_form
from webapp.plans.importing import Bad, Checked
from webapp.plans.labels import COLUMN_LABELS, in_words, row_fault
from webapp.plans.models import Plan
from webapp.plans.routes.blueprint import bp
from webapp.plans.tables import Table
from webapp.policy.permissions import Can
from webapp.web.forms import as_number
from webapp.web.guard import requires
from webapp.web.i18n import word
from webapp.web.once import new_key
from webapp.web.respond import changed
from webapp.web.saving import form_page, saving
from webapp.web.who import actor

OF_CARDS = (Column.TITLE, Column.STATE, Column.STARTS, Column.DUE, Column.STEPS)
MOST_SHOWN = 12
NO_TABLE = Table((), ())


@bp.route("/plannen/<uuid:plan_id>/inlezen", methods=["GET", "POST"])
@requires(Can.STEER_PLAN, sees=Can.SEE_PLAN, of=queries.plan, takes_file=True)
def bring(plan: Plan) -> Response:
    """Choose a file or paste cells. Nothing is kept: what was read comes back in the page, to look at."""
    form = BringForm()
    if form.submitted():
        with saving(form, in_words), form.taking():
            table = _read(form)
            text = tables.as_text(table.heads, (row.cells for row in table.rows))
            return _look(plan, table, reading_form(table, None)(formdata=None, text=text))
    return form_page("plans/bring.html", form, plan=plan)


def _read(form: BringForm) -> Table:
    content = form.read()
    if len(content) > tables.MOST_BYTES:
        raise Invalid({"file": "too_large"})
    text = tables.decoded(content) if content else form.text.data or ""
    field = "file" if content else "text"
    try:
        heads = [word(COLUMN_LABELS[column]) for column in OF_CARDS]
        return trello.table(text, heads) if trello.is_board(text) else tables.table(text)
    except Invalid as refusal:
        raise Invalid({field: refusal.errors["text"]}) from None


def _look(plan: Plan, table: Table, form: ReadingForm, checked: Checked | None = None, **more: Any) -> Response:
    """What would become of the table, as it is read now."""
    form.once.data = new_key()  # the page stays open: its next answer is another one
    checked = checked or importing.check(plan, table, form.reading())
    shown: dict[str, Any] = {
        "plan": plan,
        "form": form,
        "table": table,
        "checked": checked,
        "faults": [_sentence(table, form, one) for one in checked.bad],
        "most": MOST_SHOWN,
        "columns": tuple(Column),
    }
    return form_page("plans/look.html", form, **shown | more)


def _sentence(table: Table, form: ReadingForm, bad: Bad) -> str:
    place = as_number(form[bad.column.value].data)
    head = table.heads[place] if place is not None and place < len(table.heads) else ""
    return row_fault(bad.line.number, head or word(COLUMN_LABELS[bad.column]), bad.fault, bad.value)


@bp.route("/plannen/<uuid:plan_id>/inlezen/nakijken", methods=["GET", "POST"])
@requires(Can.STEER_PLAN, sees=Can.SEE_PLAN, of=queries.plan)
def look(plan: Plan) -> Response:
    """Look once more, with other columns or mended rows; or put the good rows in the plan. Rows that are not good stay
    in the page, to mend and send again."""
    if request.method == "GET":
        return changed(url_for("plans.bring", plan_id=plan.id))
    reading_form(NO_TABLE, None)().refuse_unknown()
    text = request.form.get("text", "")
    form = BringForm(formdata=None, text=text)
    table = NO_TABLE
    with saving(form, in_words):
        table = tables.table(text)
    if form.is_refused:
        return form_page("plans/bring.html", form, plan=plan)
    reading = reading_form(table, request.form.get(Column.STATE.value, ""))()
    if not reading.submitted():
        return _look(plan, table, reading, Checked((), (), 0))
    checked = importing.check(plan, table, reading.reading())
    if not reading.yes.data:
        return _look(plan, table, reading, checked)
    return _bring(plan, table, reading, checked)


def _bring(plan: Plan, table: Table, form: ReadingForm, checked: Checked) -> Response:
    number = importing.bring(plan, checked.good, by=actor())
    told = ngettext("%(num)d action is in the plan now.", "%(num)d actions are in the plan now.", number)
    if not checked.bad:
        return changed(url_for("plans.show", plan_id=plan.id), message=told)
    form.text.data = tables.as_text(table.heads, (bad.line.cells for bad in checked.bad))
    left = tables.table(form.text.data)
    again = importing.check(plan, left, form.reading())
    return _look(plan, left, form, again, told=told if number else _("None of the rows is good yet."))
