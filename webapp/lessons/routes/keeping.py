"""The house rules: everybody reads them, and whoever looks after the log keeps them."""

from flask import Response, request, url_for
from flask_babel import gettext as _

from webapp.core.errors import Conflict
from webapp.lessons import house_words, ruling
from webapp.lessons.forms.keeping import RulesForm
from webapp.lessons.routes.blueprint import bp
from webapp.policy.permissions import Can
from webapp.web.guard import requires
from webapp.web.respond import changed, page
from webapp.web.saving import form_page, saving
from webapp.web.who import actor


@bp.get("/leren/huisregels")
@requires(Can.SEE_LOG)
def house_rules() -> Response:
    """What we agreed about words that others read."""
    return page("lessons/rules.html", rules=house_words.in_tongue(house_words.rules_now()))


@bp.route("/leren/huisregels/bewerken", methods=["GET", "POST"])
@requires(Can.KEEP_LOG)
def edit_rules() -> Response:
    """Add a rule, say one anew, leave one out."""
    rules = house_words.rules_now()
    form = RulesForm() if request.method == "POST" else RulesForm(rules="\n".join(rules), mark=ruling.mark_of(rules))
    if form.submitted():
        try:
            with saving(form, house_words.in_words):
                ruling.keep(form.sentences(), house_words.first_rules(), by=actor(), mark=form.mark.data or "")
                return changed(url_for("lessons.house_rules"), message=_("Saved. From now on these hold."))
        except Conflict:
            form.renew_mark(rules)
    return form_page("lessons/edit_rules.html", form, rules=rules)
