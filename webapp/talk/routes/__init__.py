"""Conversations: those of a group, one with everything said in it, and what happens to a post."""

import uuid

from flask import Flask, url_for
from flask_babel import lazy_gettext as _l

from webapp.groups import home
from webapp.groups.codes import GuestOf
from webapp.groups.home import Block, Tab
from webapp.notifications import registry
from webapp.notifications.kinds import NoticeKind
from webapp.talk import queries
from webapp.talk.routes import one_post, threads
from webapp.talk.routes.blueprint import bp
from webapp.web import menu

MODULES = (threads, one_post)

registry.leads_to(NoticeKind.ASKED_DIRECTLY, "talk.thread", "thread_id")
registry.leads_to(NoticeKind.TALKED, "talk.thread", "thread_id")


def init_app(app: Flask) -> None:
    """Bring the pages of this area."""
    app.register_blueprint(bp)
    menu.belongs(app, "talk", "groups")
    home.add_tab(app, Tab("talk", _l("Conversations"), "talk.of_group", 30))
    home.add_block(app, Block("talk/_home.html", threads.on_home, 50))
    home.has_guests(app, GuestOf.THREAD, _as_thing)


def _as_thing(thread_id: uuid.UUID) -> home.Thing | None:
    """A conversation as something that can have guests."""
    found = queries.thread(thread_id)
    url = url_for("talk.thread", thread_id=thread_id)
    return home.Thing(found.group_id, found.title, url) if found else None
