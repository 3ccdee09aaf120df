"""Whoever answers a breach gets the exact list of questions of which an account read the identity."""

from datetime import timedelta

from flask import Flask
from sqlalchemy import select

from tests import factories
from tests.factories import CANARY_NAME
from tests.people import Cast
from tests.referrals.steps import again, id_of
from tests.referrals.test_scans import PAPER
from tests.support.browse import Browse
from webapp.core import clock
from webapp.core.audit import Audit
from webapp.core.db import db
from webapp.referrals import scans, wiping
from webapp.referrals.models import Referral
from webapp.vocabulary.aliases import ALIAS_LABELS
from webapp.web.i18n import catalogue


def _report(app: Flask, account: str, days: int = 0) -> str:
    day = (clock.today() + timedelta(days=days)).isoformat()
    db.session.rollback()
    run = app.test_cli_runner().invoke(args=["incident", "report", "--account", account, "--from", day, "--to", day])
    assert run.exit_code == 0, run.output
    return str(run.output)


def test_the_exact_list(app: Flask, browse: Browse, cast: Cast) -> None:
    opened, given, erased, only_read = (id_of(factories.agreed(cast)) for _ in range(4))
    for one in (opened, opened, erased):
        browse("hilde").post(f"/toeleidingen/{one}/contactkaart")
    browse("hilde").post(f"/toeleidingen/{given}/over-mij/blad")
    browse("hilde").get(f"/toeleidingen/{only_read}")
    browse("bram").post(f"/toeleidingen/{only_read}/contactkaart")
    wiping.erase_question(db.session.get_one(Referral, erased))
    db.session.commit()
    told = _report(app, "hilde@brug.example")
    assert "Questions of which the identity was read: 3" in told
    alias = again(Referral, opened).alias
    db.session.rollback()
    lines = {line.split()[0]: line for line in told.splitlines()[:-1]}
    assert set(lines) == {str(opened), str(given), str(erased)}
    assert f"{catalogue('nl').ugettext(ALIAS_LABELS[alias])}, De Lantaarn" in lines[str(opened)]
    assert " 2 x " in lines[str(opened)]
    assert "erased since" in lines[str(erased)]
    assert CANARY_NAME not in told
    assert _report(app, "hilde@brug.example", days=-1).startswith("Questions of which the identity was read: 0")
    noted = db.session.scalars(select(Audit.thing_id).where(Audit.action == "incident.report")).all()
    assert noted == [cast.hilde] * 2


def test_days_the_wrong_way_round_never_look_like_nothing_was_read(app: Flask, cast: Cast) -> None:
    days = ["--from", "2026-11-30", "--to", "2026-11-01"]
    run = app.test_cli_runner().invoke(args=["incident", "report", "--account", "hilde@brug.example", *days])
    assert run.exit_code == 1
    assert "The last day comes before the first one. Nothing was looked up." in run.output
    assert "0" not in run.output


def test_who_read_the_signed_paper_alone_read_a_name_too(app: Flask, browse: Browse, cast: Cast) -> None:
    referral_id = id_of(factories.agreed(cast))
    scans.keep(again(Referral, referral_id), PAPER, by=cast.actor("hilde"))
    db.session.commit()
    assert browse("hilde").post(f"/toeleidingen/{referral_id}/akkoord/blad/openen").status == 200
    told = _report(app, "hilde@brug.example")
    assert str(referral_id) in told
    assert "Questions of which the identity was read: 1" in told


def test_an_address_that_nobody_has(app: Flask) -> None:
    asked = ["incident", "report", "--account", "niemand@brug.example", "--from", "2026-11-01", "--to", "2026-11-02"]
    run = app.test_cli_runner().invoke(args=asked)
    assert run.exit_code == 1
    assert "Nobody has this address." in run.output
