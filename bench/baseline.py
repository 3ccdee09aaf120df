"""The bare baseline: Flask and SQLAlchemy, one session check, one indexed query, one list of the same size in bytes."""

import time
from itertools import cycle, islice
from typing import Any

from flask import Flask, abort, render_template, request
from jinja2 import DictLoader
from sqlalchemy import Engine, select, update
from sqlalchemy.orm import Session

from webapp.accounts.models import Person, SignInSession
from webapp.accounts.recognise import cookie_name
from webapp.accounts.sessions import hash_of
from webapp.referrals.models import Referral

ROWS = 25
ROW_BYTES = 440
SHOWN = (Referral.id, Referral.alias, Referral.status, Referral.age_band, Referral.moved_at, Referral.sent_at)
PAGE = """<!doctype html><html lang="nl"><head><title>{{ name }}</title></head><body><h1>{{ name }}</h1><ul>
{% for id, alias, status, age_band, moved_at, sent_at in rows %}
<li class="row line wide" id="row-{{ id }}"><a class="link strong" href="/toeleidingen/{{ id }}">{{ alias }}</a>
<span class="tag soft" data-status="{{ status }}"><svg class="icon" aria-hidden="true"><use href="#{{ status }}"></use>
</svg>{{ status }}</span><span class="quiet small">{{ age_band }}</span><time class="quiet" datetime="{{ moved_at }}">
{{ moved_at }}</time>{% if sent_at %}<span>{{ sent_at }}</span>{% endif %}</li>
{% endfor %}</ul></body></html>"""


def bare(engine: Engine, config: dict[str, Any]) -> Flask:
    """The baseline on the same database. The header X-Bytes says how large its page must be."""
    app = Flask("bare")
    app.config.update(config)
    app.jinja_loader = DictLoader({"page.html": PAGE})  # type: ignore[assignment]

    @app.get("/")
    def page() -> str:
        wanted = int(request.headers["X-Bytes"]) // ROW_BYTES
        with Session(engine) as session:
            person = session.execute(
                select(Person.id, Person.name)
                .join(SignInSession, SignInSession.person_id == Person.id)
                .where(SignInSession.token_hash == hash_of(request.cookies[cookie_name()]))
            ).first()
            if person is None:
                abort(401)
            guides = select(Referral.guide_id).limit(1).scalar_subquery()
            rows = session.execute(select(*SHOWN).where(Referral.guide_id == guides).limit(ROWS)).all()
        return render_template("page.html", name=person.name, rows=islice(cycle(rows), wanted))

    @app.post("/")
    def change() -> tuple[str, int]:
        with Session(engine) as session:
            person_id = session.scalar(
                select(SignInSession.person_id).where(
                    SignInSession.token_hash == hash_of(request.cookies[cookie_name()])
                )
            )
            session.execute(update(Person).where(Person.id == person_id).values(phone=str(time.time())))
            session.commit()
        return "", 204

    return app
