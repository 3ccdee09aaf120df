"""The tool shelf: that of a group, that of the network, one tool with its versions."""

from flask import Flask
from flask_babel import lazy_gettext as _l

from webapp.groups import home
from webapp.groups.home import Block, Tab
from webapp.shelf.routes import found, lists, one_tool, writing
from webapp.shelf.routes.blueprint import bp
from webapp.web import finding, menu

MODULES = (lists, one_tool, writing)


def init_app(app: Flask) -> None:
    """Bring the pages of this area."""
    app.register_blueprint(bp)
    menu.belongs(app, "shelf", "groups")
    home.add_tab(app, Tab("shelf", _l("Tools"), "shelf.of_group", 40))
    home.add_block(app, Block("shelf/_home.html", lists.on_home, 60, aside=True))
    finding.add(app, found.TOOLS)
