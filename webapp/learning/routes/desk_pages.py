"""The pages beside the desk: other words, putting together, clusters, and what was said on paper."""

import uuid
from functools import partial
from typing import Any

from flask import Response, request
from flask_babel import gettext as _
from flask_babel import ngettext

from webapp.accounts.forms.public_names import public_names
from webapp.core.errors import Conflict
from webapp.learning import deciding, desk, placing, queries
from webapp.learning.codes import Shown
from webapp.learning.forms.desk import ClusterForm, MergeForm, PaperForm, RewordForm
from webapp.learning.labels import in_words
from webapp.learning.models import Cluster, Contribution, LearningSession
from webapp.learning.routes.blueprint import bp, to_desk
from webapp.learning.routes.desk import PARTS, decides, leads, refused
from webapp.learning.routes.desk import shown as on_desk
from webapp.policy.permissions import Can
from webapp.web.forms import Form
from webapp.web.guard import requires
from webapp.web.ordering import ShiftForm
from webapp.web.respond import changed
from webapp.web.saving import form_page, saving
from webapp.web.who import actor

arranges = requires(Can.LEAD_SESSION, sees=Can.SEE_SESSION, of=queries.cluster)


@bp.route("/leren/bijdragen/<uuid:contribution_id>/woorden", methods=["GET", "POST"])
@decides
def reword(note: Contribution) -> Response:
    """Propose other words to whoever gave it. Whoever changed it meanwhile loses nothing: both texts stand there."""
    form = RewordForm() if request.method == "POST" else RewordForm(words=note.words, version=note.version)
    if form.submitted():
        with saving(form, in_words, note):
            at_once = deciding.reword(note, form.words.data or "", by=actor(), version=form.version.data)
            told = _("Saved.") if at_once else _("Asked. Whoever shared it says yes or no on their phone.")
            return changed(to_desk(note.session), message=told)
    return form_page("learning/reword.html", form, session=note.session, note=note)


@bp.route("/leren/bijdragen/<uuid:contribution_id>/samen", methods=["GET", "POST"])
@decides
def merge(note: Contribution) -> Response:
    """Put it with another one that says the same."""
    others = {str(row.id): row.words for row in desk.on_wall(note.session).standing(Shown.SHOWN) if row.id != note.id}
    form = MergeForm(list(others.items()), version=note.version)
    shown: dict[str, Any] = {"session": note.session, "note": note, "form": form, "others": others}
    if not form.submitted():
        return form_page("learning/merge.html", form, **shown)
    into = queries.contribution(uuid.UUID(form.into.data))
    try:
        if into is None:
            raise Conflict()
        deciding.merge(note, into, by=actor(), version=form.version.data)
    except Conflict:
        return refused(note, form.version.data)
    return changed(to_desk(note.session), message=_("Put together."))


@bp.route("/leren/bijdragen/<uuid:contribution_id>/groepje", methods=["GET", "POST"])
@decides
def cluster_with(note: Contribution) -> Response:
    """A new cluster, and this contribution as the first one in it."""
    form = ClusterForm() if request.method == "POST" else ClusterForm(version=note.version)
    if form.submitted():
        with saving(form, in_words, note):
            if note.version != form.version.data:
                raise Conflict()
            cluster = placing.begin(note.session, form.title.data or "", by=actor())
            placing.gather(note, cluster, public_names(), by=actor())
            return changed(to_desk(note.session, f"note-{note.id}"))
    return form_page("learning/cluster.html", form, session=note.session, note=note, cluster=None)


@bp.route("/leren/sessies/<uuid:learning_id>/groepjes/nieuw", methods=["GET", "POST"])
@leads
def add_cluster(session: LearningSession) -> Response:
    """A new cluster with nothing in it yet."""
    form = ClusterForm()
    if form.submitted():
        with saving(form, in_words):
            placing.begin(session, form.title.data or "", by=actor())
            return changed(to_desk(session))
    return form_page("learning/cluster.html", form, session=session, note=None, cluster=None)


@bp.route("/leren/groepjes/<uuid:cluster_id>", methods=["GET", "POST"])
@arranges
def rename_cluster(cluster: Cluster) -> Response:
    """Other words above a cluster; from here it can go too."""
    form = ClusterForm() if request.method == "POST" else ClusterForm(obj=cluster)
    if form.submitted():
        with saving(form, in_words, cluster):
            placing.rename(cluster, form.title.data or "", by=actor(), version=form.version.data)
            return changed(to_desk(cluster.session), message=_("Saved."))
    return form_page("learning/cluster.html", form, session=cluster.session, note=None, cluster=cluster)


@bp.post("/leren/groepjes/<uuid:cluster_id>/plaats")
@arranges
def shift_cluster(cluster: Cluster) -> Response:
    """One place to the left or to the right on the wall."""
    placing.shift(cluster, ShiftForm.sent().places, by=actor())
    there, now = to_desk(cluster.session, f"cluster-{cluster.id}"), partial(on_desk, cluster.session)
    return changed(there, fragment=PARTS, told=_("Saved."), shows=now)


@bp.post("/leren/groepjes/<uuid:cluster_id>/weg")
@arranges
def drop_cluster(cluster: Cluster) -> Response:
    """A cluster goes; what was in it stays on the wall."""
    Form().refuse_unknown()
    session = cluster.session
    placing.take_apart(cluster, by=actor())
    return changed(to_desk(session), message=_("The cluster is gone. What was in it still hangs on the wall."))


@bp.route("/leren/sessies/<uuid:learning_id>/papier", methods=["GET", "POST"])
@leads
def type_in(session: LearningSession) -> Response:
    """Type in what people wrote on paper."""
    form = PaperForm()
    if form.submitted():
        with saving(form, in_words):
            came = deciding.type_in(session, form.kind.data, form.said(), by=actor())
            told = ngettext(
                "%(num)s line came in. It waits at the desk.", "%(num)s lines came in. They wait at the desk.", came
            )
            return changed(to_desk(session), message=told)
    return form_page("learning/paper.html", form, session=session)
