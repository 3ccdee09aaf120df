"""Endpoints of the kit itself: language, theme, health, and reports of the browser's own guard."""

from collections.abc import Collection
from typing import Any
from urllib.parse import urlsplit

from flask import Blueprint, Flask, Response, current_app, make_response, redirect, request
from flask_wtf.csrf import generate_csrf
from wtforms import HiddenField

from webapp.policy.permissions import Can
from webapp.web.forms import Form
from webapp.web.guard import requires
from webapp.web.i18n import LANGUAGES, THEMES, remember
from webapp.web.logs import masked
from webapp.web.redirects import inside
from webapp.web.who import actor, draft_owner

bp = Blueprint("web", __name__)

REPORT_BYTES = 8 * 1024


class LanguageForm(Form):
    """A language, and the page to stay on."""

    lang = HiddenField()
    next = HiddenField()


class ThemeForm(Form):
    """Light, dark or neither, and the page to stay on."""

    theme = HiddenField()
    next = HiddenField()


def init_app(app: Flask) -> None:
    """Bring the endpoints of the kit."""
    app.register_blueprint(bp)


@bp.post("/taal")
@requires(Can.SIGN_IN)
def set_language() -> Response:
    """Keep the language that the visitor chose, in their own browser."""
    return _keep(LanguageForm(), "lang", LANGUAGES)


@bp.post("/thema")
@requires(Can.SIGN_IN)
def set_theme() -> Response:
    """Keep light, dark, or what the device prefers."""
    return _keep(ThemeForm(), "theme", THEMES)


def _keep(form: LanguageForm | ThemeForm, name: str, known: Collection[str]) -> Response:
    """Keep a choice that is known, forget it otherwise, and go back to the page."""
    form.refuse_unknown()
    response = make_response(redirect(inside(form.next.data), 303))
    asked = form[name].data or ""
    remember(response, name, asked if asked in known else "")
    return response


@bp.get("/csrf")
@requires(Can.SIGN_IN)
def token() -> Response:
    """The form token of this visit, for a page that was open while its session ended; 401 while signed out."""
    response = Response(generate_csrf(), content_type="text/plain; charset=utf-8")
    response.status_code = 200 if actor().is_known else 401
    response.headers["X-CSRFToken"] = generate_csrf()
    response.headers["X-Draft-Owner"] = draft_owner()
    return response


@bp.get("/healthz")
@requires(Can.SIGN_IN)
def alive() -> Response:
    """The process runs."""
    return Response("ok", content_type="text/plain; charset=utf-8")


@bp.post("/csp-report")
@requires(Can.SIGN_IN)
def csp_report() -> Response:
    """A browser says that a page of ours tried something our policy forbids: note where, without the query."""
    if request.content_length and request.content_length <= REPORT_BYTES:
        body = _report()
        if isinstance(body, dict):
            facts = {
                "document": masked(_path_of(str(body.get("document-uri", ""))))[:200],
                "directive": str(body.get("violated-directive", ""))[:80],
            }
            current_app.logger.warning("csp", extra={"facts": facts})
    return Response("", 204)


def _report() -> Any:
    try:
        report = request.get_json(force=True, silent=True)
    except RecursionError:  # nested as no browser nests
        return None
    return report.get("csp-report", {}) if isinstance(report, dict) else None


def _path_of(address: str) -> str:
    try:
        return urlsplit(address).path
    except ValueError:
        return ""
