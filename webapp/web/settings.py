"""The settings of the application at work."""

from flask import current_app

from webapp.config import Settings


def current_settings() -> Settings:
    """How this installation runs."""
    settings: Settings = current_app.config["SETTINGS"]
    return settings
