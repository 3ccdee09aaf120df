"""The conversations of a group, beginning one, reading one, and saying something in it."""

import uuid
from typing import Any

from flask import Response, request, url_for
from flask_babel import gettext as _

from webapp.groups import queries as groups
from webapp.groups.home import side_of
from webapp.groups.models import WorkingGroup
from webapp.policy.actor import Actor
from webapp.policy.permissions import Can
from webapp.talk import actions, labels, queries
from webapp.talk.forms import PostForm, SeenForm, ThreadForm
from webapp.talk.models import Thread
from webapp.talk.routes.blueprint import bp
from webapp.web.context import initials
from webapp.web.forms import as_id
from webapp.web.guard import requires
from webapp.web.paging import behind, cut, moment
from webapp.web.respond import changed, page, wants_fragment
from webapp.web.saving import form_page, saving
from webapp.web.who import actor

ON_HOME = 3


@bp.get("/werkgroepen/<uuid:group_id>/gesprekken")
@requires(Can.READ_GROUP, sees=Can.SEE_GROUP, of=groups.group)
def of_group(group: WorkingGroup) -> Response:
    """The conversations of a group, the liveliest first."""
    found = queries.of_group(group, actor(), behind(request.args.get("na"), moment))
    listed = cut(found, lambda row: (row.last_at.isoformat(), row.id), queries.PAGE_SIZE)
    next_url = url_for("talk.of_group", group_id=group.id, na=listed.next) if listed.next else ""
    return page("talk/of_group.html", group=group, rows=listed.rows, next_url=next_url)


def on_home(group: WorkingGroup, by: Actor) -> dict[str, Any]:
    """The liveliest conversations of a group for its home."""
    rows = queries.of_group(group, by, most=ON_HOME)
    sides = home_sides(group)
    lines = [
        (
            initials(row.name) if row.name else "",
            sides.get(row.author_id, ""),
            row.title,
            labels.last_words(row),
            row.id,
            labels.new_words(row.new),
        )
        for row in rows[:ON_HOME]
    ]
    return {"lines": lines, "has_more": len(rows) > ON_HOME}


def home_sides(group: WorkingGroup) -> dict[uuid.UUID, str]:
    """On which side everybody stands who sits in the group: the colour of their circle."""
    return {row.person_id: side_of(row) for row in group.members}


@bp.route("/werkgroepen/<uuid:group_id>/gesprekken/nieuw", methods=["GET", "POST"])
@requires(Can.TAKE_PART, sees=Can.SEE_GROUP, of=groups.group)
def begin(group: WorkingGroup) -> Response:
    """Begin a conversation."""
    form = ThreadForm()
    if form.submitted():
        with saving(form, labels.in_words):
            first = actions.begin(group, form.title.data or "", form.words.data or "", by=actor())
            return changed(url_for("talk.thread", thread_id=first.thread_id), message=_("Your conversation has begun."))
    return form_page("talk/begin.html", form, group=group)


@bp.get("/gesprekken/<uuid:thread_id>")
@requires(Can.READ_THREAD, of=queries.thread)
def thread(thread: Thread) -> Response:
    """One conversation: the newest page of it, or an earlier one."""
    return page("talk/thread.html", **_shown(thread, PostForm(formdata=None, answers=_answered())))


def _answered() -> str:
    return str(as_id(request.args.get("antwoord")) or "")


def _shown(thread: Thread, form: PostForm) -> dict[str, Any]:
    me = actor().person_id
    found, answers = queries.posts(thread, behind(request.args.get("voor"), moment))
    listed = cut(found, lambda row: (row.written_at.isoformat(), row.id), queries.PAGE_SIZE)
    posts = list(reversed(listed.rows))
    taps = queries.reactions([row.id for row in (*posts, *answers)])
    said = labels.Reader(me, queries.seen_at(thread, me), taps).read(posts, answers)
    moments = [row.written_at for row in (*posts, *answers)]
    return {
        "thread": thread,
        "group": thread.group,
        "form": form,
        "said": said,
        "answered": next((one for one in said if str(one.row.id) == form.answers.data), None),
        "sides": home_sides(thread.group),
        "seen_form": SeenForm(formdata=None, until=max(moments, default=thread.last_at).isoformat()),
        "has_new": any(one.is_new for post in said for one in (post, *post.answers)),
        "earlier_url": url_for("talk.thread", thread_id=thread.id, voor=listed.next) if listed.next else "",
        "is_latest": "voor" not in request.args,
    }


@bp.post("/gesprekken/<uuid:thread_id>")
@requires(Can.TALK_IN_THREAD, sees=Can.READ_THREAD, of=queries.thread)
def write(thread: Thread) -> Response:
    """Say something, or answer."""
    form = PostForm()
    if form.submitted():
        with saving(form, labels.in_words):
            made = actions.write(thread, form.words.data or "", form.answers_id(), by=actor())
            return changed(url_for("talk.thread", thread_id=thread.id, _anchor=f"post-{made.id}"), message=_("Said."))
    return form_page("talk/thread.html", form, **_shown(thread, form))


@bp.post("/gesprekken/<uuid:thread_id>/gezien")
@requires(Can.TALK_IN_THREAD, sees=Can.READ_THREAD, of=queries.thread)
def seen(thread: Thread) -> Response:
    """Everything up to a moment has been seen; the page says so by itself where it can."""
    form = SeenForm()
    if form.submitted():
        actions.see(thread, form.moment() or thread.last_at, by=actor())
    if wants_fragment():
        return Response("", 204)
    if actor().person_id in thread.group.member_ids:
        return changed(url_for("talk.of_group", group_id=thread.group_id))
    return changed(url_for("talk.thread", thread_id=thread.id))
