"""What happens to a post: said anew, taken back, reacted to, brought to the agenda, noted as a lesson."""

from flask import Response, url_for
from flask_babel import gettext as _

from webapp.policy.permissions import Can
from webapp.talk import actions, labels, queries
from webapp.talk.forms import PostForm, ReactForm
from webapp.talk.models import ThreadPost
from webapp.talk.routes.blueprint import bp
from webapp.web.forms import Form
from webapp.web.guard import requires
from webapp.web.respond import changed
from webapp.web.saving import form_page, saving
from webapp.web.who import actor


@bp.route("/gesprekken/woorden/<uuid:thread_post_id>", methods=["GET", "POST"])
@requires(Can.EDIT_POST, sees=Can.READ_THREAD, of=queries.post)
def edit(post: ThreadPost) -> Response:
    """Say one's own words anew."""
    form = PostForm(obj=post)
    if form.submitted():
        with saving(form, labels.in_words, post):
            actions.edit(post, form.words.data or "", by=actor(), version=form.version.data)
            return changed(_to(post), message=_("Saved."))
    return form_page("talk/edit.html", form, post=post, thread=post.thread, group=post.group)


@bp.post("/gesprekken/woorden/<uuid:thread_post_id>/intrekken")
@requires(Can.WITHDRAW_POST, sees=Can.READ_THREAD, of=queries.post)
def withdraw(post: ThreadPost) -> Response:
    """Take words back."""
    Form().refuse_unknown()
    actions.withdraw(post, by=actor())
    return changed(_to(post), message=_("The words are gone. That something stood there stays visible."))


@bp.post("/gesprekken/woorden/<uuid:thread_post_id>/reactie")
@requires(Can.TALK_IN_THREAD, sees=Can.READ_THREAD, of=queries.post)
def react(post: ThreadPost) -> Response:
    """One tap, or one taken back."""
    form = ReactForm()
    if form.submitted() and not post.withdrawn_at:
        actions.react(post, form.kind.data, by=actor())
    return changed(_to(post))


@bp.post("/gesprekken/woorden/<uuid:thread_post_id>/agenda")
@requires(Can.TAKE_PART, sees=Can.READ_THREAD, of=queries.post)
def to_agenda(post: ThreadPost) -> Response:
    """Bring it to the agenda inbox."""
    Form().refuse_unknown()
    if not post.withdrawn_at:
        actions.to_agenda(post, by=actor())
    return changed(_to(post), message=_("It waits in the agenda inbox of the group."))


@bp.post("/gesprekken/woorden/<uuid:thread_post_id>/les")
@requires(Can.TAKE_PART, sees=Can.READ_THREAD, of=queries.post)
def to_lesson(post: ThreadPost) -> Response:
    """Note that it may become a lesson."""
    Form().refuse_unknown()
    if not post.withdrawn_at:
        actions.to_lesson(post, by=actor())
    return changed(_to(post), message=_("Noted: this may become a lesson."))


def _to(post: ThreadPost) -> str:
    return f"{url_for('talk.thread', thread_id=post.thread_id)}#post-{post.id}"
