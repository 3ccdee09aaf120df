"""Meetings: the list, one meeting before, during and after it, and what was decided."""

from flask import Flask

from webapp.meetings import models as models  # their tables are in the database


def init_app(app: Flask) -> None:
    """Bring the pages of this area."""
