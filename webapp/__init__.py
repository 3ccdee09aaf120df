"""Brug: the shared workspace of a town's youth network.

The folders here read like the table of contents of what it does; only `core` (no HTTP) and `web` are technical.
"""

from pathlib import Path

from flask import Flask
from flask_compress import Compress
from werkzeug.middleware.proxy_fix import ProxyFix
from whitenoise import WhiteNoise

from webapp import cli
from webapp.accounts import recognise
from webapp.accounts import routes as accounts
from webapp.config import Settings, UnsafeSettings
from webapp.core import crypto, ledger
from webapp.core.db import db, engine_options, keep_private
from webapp.directory import routes as directory
from webapp.fund import routes as fund
from webapp.groups import routes as groups
from webapp.integrity import routes as integrity
from webapp.learning import routes as learning
from webapp.lessons import routes as lessons
from webapp.meetings import routes as meetings
from webapp.notifications import routes as notifications
from webapp.operations import routes as operations
from webapp.plans import routes as plans
from webapp.polls import routes as polls
from webapp.privacy import routes as privacy
from webapp.referrals import routes as referrals
from webapp.shelf import routes as shelf
from webapp.signals import routes as signals
from webapp.talk import routes as talk
from webapp.today import routes as today
from webapp.visits import routes as visits
from webapp.web import (
    assets,
    attributes,
    context,
    errors,
    guard,
    headers,
    i18n,
    limits,
    logs,
    once,
    resend,
    respond,
    templating,
    transaction,
    uploads,
    who,
)
from webapp.web import routes as web
from webapp.web.application import Brug

AREAS = (
    web,
    accounts,
    notifications,
    directory,
    referrals,
    groups,
    meetings,
    shelf,
    polls,
    talk,
    integrity,
    lessons,
    plans,
    learning,
    signals,
    visits,
    fund,
    privacy,
    today,
    operations,
)
KIT = (guard, headers, respond, transaction, limits, once, errors, i18n, attributes)
STATIC = Path(__file__).parent / "static"


def create_app(settings: Settings | None = None) -> Flask:
    """Make the application from its settings. Without any it reads the environment, and what is not safe there ends
    the program with plain sentences: somebody at a console reads them."""
    if settings:
        return _made(settings)
    try:
        return _made(Settings.from_env())
    except (UnsafeSettings, crypto.KeyFileError, assets.NotBuilt) as fault:
        raise SystemExit(f"Brug does not start.\n{fault}") from fault


def _made(settings: Settings) -> Flask:
    settings.check()
    app = Brug(__name__, static_folder=None)
    app.config.update(
        SETTINGS=settings,
        SECRET_KEY=settings.secret,
        SERVER_NAME=None,
        TRUSTED_HOSTS=settings.hosts,
        SQLALCHEMY_DATABASE_URI=settings.database_url,
        SQLALCHEMY_ENGINE_OPTIONS=engine_options(settings.database_url),
        SESSION_COOKIE_NAME="__Host-visit" if settings.is_secure else "visit",
        SESSION_COOKIE_SECURE=settings.is_secure,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        WTF_CSRF_TIME_LIMIT=None,
        WTF_CSRF_SSL_STRICT=True,
        MAX_CONTENT_LENGTH=1_000_000,
        MAX_FORM_MEMORY_SIZE=500_000,
        MAX_FORM_PARTS=200,
    )
    crypto.use(crypto.load_key_file(settings.key_file))
    ledger.use(settings.backups / "erased.jsonl")
    keep_private(settings.database_url)
    templating.init_app(app)
    db.init_app(app)
    Compress(app)
    logs.init_app(app)
    uploads.init_app(app)
    resend.Guard(app).exempt(web.csp_report)
    for part in KIT:
        part.init_app(app)
    who.init_app(app, recognise.load_actor)
    context.init_app(app, settings)
    for area in AREAS:
        area.init_app(app)
    cli.init_app(app, create_app)
    _serve_static(app)
    if settings.proxies:
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=settings.proxies, x_proto=settings.proxies)  # type: ignore[method-assign]
    return app


def _build(target: Path) -> None:
    """The service may not write beside the program: its owner makes the static files, once per version."""
    try:
        assets.build(STATIC, target)
    except OSError as error:
        sentence = (
            f"The static files of this version are not made yet, and {STATIC} cannot be written ({error.strerror}). "
            "Make them as the owner of that folder: flask --app webapp build, as docs/operations.md shows."
        )
        raise assets.NotBuilt(sentence) from error


def _serve_static(app: Flask) -> None:
    """Files with their hash in the name may be kept for ever; templates find them by their plain name."""
    target = STATIC / "dist"
    if assets.is_stale(STATIC, target):
        _build(target)
    names = assets.load(target)
    app.jinja_env.globals["static_url"] = lambda name: f"/static/{names[name]}"
    app.wsgi_app = WhiteNoise(  # type: ignore[method-assign]
        app.wsgi_app,
        root=target,
        prefix="static",
        max_age=0,
        allow_all_origins=False,
        immutable_file_test=r"\.[0-9a-f]{10}\.",
        add_headers_function=headers.harden_files(secure=app.config["SESSION_COOKIE_SECURE"]),
    )
