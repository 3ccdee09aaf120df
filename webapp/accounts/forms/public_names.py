"""Names that point to nobody in particular: whoever writes may use them, and is not warned."""

from flask import g

from webapp.accounts import queries
from webapp.web.settings import current_settings


def town_names() -> list[str]:
    """The town, its network and its neighbourhoods: few enough to stand in every page that warns while one types."""
    settings = current_settings()
    return [name for name in (settings.town, settings.network, *settings.areas) if name]


def public_names() -> list[str]:
    """These and the organisations, found once a request."""
    found: list[str] | None = g.get("public_names")
    if found is None:
        found = g.public_names = [*town_names(), *queries.organisation_names()]
    return found
