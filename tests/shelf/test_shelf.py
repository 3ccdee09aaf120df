"""The shelf of a group: files with their versions, links, who uses them, and what others see of it."""

import io
import uuid

import pytest
from sqlalchemy import delete, func, select

from tests.people import Cast
from tests.referrals.steps import audit_unwritable
from tests.shelf.makers import ABOUT, CANARY, LINK, PDF, TEXT, committed, docx, kept, linked, of_group
from tests.support.browse import Browse, Browser, Page
from webapp.accounts.models import Person
from webapp.core import crypto, files, papers
from webapp.core.audit import Audit
from webapp.core.db import db
from webapp.core.errors import Conflict, Invalid, NotAllowed
from webapp.groups import actions as groups
from webapp.groups import queries as of_groups
from webapp.groups.codes import Visibility
from webapp.groups.models import Membership
from webapp.shelf import actions, queries
from webapp.shelf.actions import About
from webapp.shelf.models import Tool, ToolFile, ToolTag, ToolUse
from webapp.vocabulary.seven_bs import B
from webapp.vocabulary.strategies import Strategy

LARGE = 2000
WORDS = {"title": "Checklist", "purpose": "Zodat niemand alleen staat.", "bs": "trust", "strategies": "support"}


def bring(visitor: Browser, group_id: uuid.UUID, data: bytes, name: str = "checklist.txt", **words: str) -> Page:
    path = f"/werkgroepen/{group_id}/gereedschap/bestand"
    return visitor.submit(visitor.get(path), path, file=(io.BytesIO(data), name), **(WORDS | words))


def again(tool_id: uuid.UUID) -> Tool:
    db.session.rollback()
    db.session.expire_all()
    return queries.tool(tool_id) or pytest.fail("gone")


def group_id_of(cast: Cast, visibility: Visibility = Visibility.OPEN) -> uuid.UUID:
    group_id = of_group(cast, visibility).id
    db.session.commit()
    return group_id


def test_a_member_puts_a_file_on_the_shelf_and_others_save_it(browse: Browse, cast: Cast) -> None:
    group_id = group_id_of(cast)
    done = bring(browse("hilde"), group_id, TEXT)
    assert done.status == 303, done.words
    page = browse("lena").get(done.location)
    assert page.says("Checklist", "Zodat niemand alleen staat.", "betrouwbaar", "Een vereniging sterker maken")
    (path,) = (one for one in page.links() if "/bestanden/" in one)
    saved = browse("lena").get(path).response
    assert saved.get_data() == TEXT
    assert saved.content_type == "text/plain; charset=utf-8"
    assert saved.headers["Content-Disposition"] == 'attachment; filename="Checklist 1.txt"'
    assert "sandbox" in saved.headers["Content-Security-Policy"]
    noted = select(Audit.thing_id).where(Audit.action == "tool.download", Audit.actor_id == cast.lena)
    assert [str(one) for one in db.session.scalars(noted)] == [path.split("/")[-1]]
    with audit_unwritable():
        assert browse("lena").get(path).status == 503
    assert browse("lena").get(f"/werkgroepen/{group_id}").says("Gereedschap", "Checklist")


@pytest.mark.parametrize(
    ("data", "name", "says"),
    [
        (b"", "", "Kies eerst een bestand."),
        (PDF, "verslag.docx", "iets anders dan zijn naam zegt"),
        (b"<svg/>", "tekening.svg", "Brug bewaart PDF"),
        (b"x" * (LARGE + 1), "lang.txt", "groter dan 15 MB"),
        (docx()[:-9], "half.docx", "beschadigd"),
    ],
)
def test_a_bad_file_is_refused_in_clear_words_and_what_was_typed_stays(
    browse: Browse, cast: Cast, monkeypatch: pytest.MonkeyPatch, data: bytes, name: str, says: str
) -> None:
    monkeypatch.setattr(files, "LARGEST", LARGE)
    group_id = group_id_of(cast)
    refused = bring(browse("hilde"), group_id, data, name)
    assert refused.status == 422
    assert refused.says(says, "Zodat niemand alleen staat.")
    form = refused.form(f"/werkgroepen/{group_id}/gereedschap/bestand")
    assert {name: form[name] for name in WORDS} == WORDS
    assert db.session.scalars(select(Tool)).all() == []


def test_words_that_are_missing_are_asked_and_the_file_is_asked_once_more(browse: Browse, cast: Cast) -> None:
    refused = bring(browse("hilde"), group_id_of(cast), TEXT, title=" ", purpose="x" * 300)
    assert refused.status == 422
    assert refused.says("Geef het een naam die anderen herkennen.", "Dit is te lang.", "Kies het bestand nog een keer.")
    assert "x" * 300 in refused.text


def test_an_organisation_keeps_so_much_and_no_more(browse: Browse, cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    group_id = group_id_of(cast)
    monkeypatch.setattr(files, "MOST_OF_ONE", 2 * len(TEXT))
    assert bring(browse("hilde"), group_id, TEXT).status == 303
    assert bring(browse("hilde"), group_id, TEXT).status == 303
    full = bring(browse("hilde"), group_id, TEXT)
    assert full.status == 422
    assert full.says("al 500 MB")
    assert bring(browse("bram"), group_id, TEXT).status == 303  # who sits there for another organisation
    tool_id = db.session.scalars(select(ToolFile.tool_id).where(ToolFile.organisation_id == cast.lantaarn)).first()
    newer = _newer(browse("hilde"), tool_id, TEXT)
    assert newer.status == 422
    assert newer.says("al 500 MB")


def _newer(visitor: Browser, tool_id: object, data: bytes, name: str = "nieuw.txt") -> Page:
    page, path = visitor.get(f"/gereedschap/{tool_id}"), f"/gereedschap/{tool_id}/versies"
    return visitor.submit(page, path, file=(io.BytesIO(data), name))


def test_a_newer_version_keeps_the_older_ones_readable(browse: Browse, cast: Cast) -> None:
    tool_id = committed(kept(cast, of_group(cast)))
    assert _newer(browse("hilde"), tool_id, PDF, "nieuw.pdf").status == 303
    page = browse("lena").get(f"/gereedschap/{tool_id}")
    assert page.says("Oudere versies", "Versie 1", "Hilde Maes")
    saved = {browse("lena").get(path).response.get_data() for path in page.links() if "/bestanden/" in path}
    assert saved == {TEXT, PDF}
    assert _newer(browse("hilde"), tool_id, b"<html>", "x.pdf").says("Brug bewaart PDF")
    assert len(queries.files_of(again(tool_id))) == 2


def test_what_is_kept_is_sealed_and_carries_no_name_of_the_file(cast: Cast) -> None:
    tool = kept(cast, of_group(cast), data=CANARY.encode())
    row = db.session.scalars(select(ToolFile)).one()
    assert CANARY not in row.file_sealed
    assert crypto.encoded(CANARY.encode()) not in row.file_sealed
    assert actions.content(queries.file(row.id) or pytest.fail("gone"), by=cast.actor("hilde")) == CANARY.encode()
    assert "checklist.txt" not in {str(value) for value in vars(tool).values()}


def test_whose_names_stand_in_a_file_is_told_to_who_brings_it(browse: Browse, cast: Cast) -> None:
    hilde = browse("hilde")
    done = bring(hilde, group_id_of(cast), docx(), "brief.docx")
    assert hilde.get(done.location).says(f"In het bestand staan deze namen: {CANARY}, Ann & Jo.")


def test_a_link_is_kept_whole_and_only_leads_to_websites(browse: Browse, cast: Cast) -> None:
    group_id = group_id_of(cast)
    hilde, path = browse("hilde"), f"/werkgroepen/{group_id}/gereedschap/link"
    for bad in ("data:text/html,x", "mailto:a@b.be", "file:///etc/passwd", "https://u:p@x.be", "geen link", "http://"):
        refused = hilde.submit(hilde.get(path), path, url=bad, **WORDS)
        assert refused.status == 422, bad
        assert refused.says("Dit is geen link naar een website.")
        assert refused.form(path)["url"] == bad
    done = hilde.submit(hilde.get(path), path, url="ambrassade.example/toolbox?a=1", **WORDS)
    assert done.status == 303
    assert 'href="https://ambrassade.example/toolbox?a=1"' in hilde.get(done.location).text


def test_who_does_not_take_part_reads_and_changes_nothing(cast: Cast) -> None:
    made = of_group(cast)
    tool = kept(cast, made)
    lena = cast.actor("lena")
    for refused in (
        lambda: actions.add(made, LINK, by=lena),
        lambda: actions.edit(tool, ABOUT, by=lena),
        lambda: actions.share(tool, by=lena),
        lambda: actions.unshare(tool, by=lena),
        lambda: actions.remove(tool, by=lena),
        lambda: actions.add_version(tool, papers.paper("a.txt", TEXT), by=lena),
    ):
        with pytest.raises(NotAllowed):
            refused()
    with pytest.raises(NotAllowed):
        actions.remove(tool, by=cast.actor("hilde"))  # neither hers, nor does she lead


def test_a_link_stays_a_link_and_a_file_a_file(cast: Cast) -> None:
    made = of_group(cast)
    bram = cast.actor("bram")
    for wrong in (
        lambda: actions.add(made, ABOUT, by=bram),
        lambda: actions.add(made, LINK, papers.paper("a.txt", TEXT), by=bram),
        lambda: actions.edit(kept(cast, made), LINK, by=bram),
        lambda: actions.add_version(linked(cast, made), papers.paper("a.txt", TEXT), by=bram),
    ):
        with pytest.raises(Invalid):
            wrong()


def test_two_who_change_the_same_words_do_not_overwrite_each_other(browse: Browse, cast: Cast) -> None:
    tool_id = committed(linked(cast, of_group(cast)))
    path = f"/gereedschap/{tool_id}/bewerken"
    hilde, bram = browse("hilde"), browse("bram")
    late = hilde.get(path).form(path)
    assert bram.submit(bram.get(path), path, purpose="Wat Bram schreef.").status == 303
    refused = hilde.post(path, late | {"purpose": "Wat Hilde schreef."})
    assert refused.status == 409
    assert refused.says("Wat Hilde schreef.")
    assert again(tool_id).purpose == "Wat Bram schreef."
    with pytest.raises(Conflict):
        actions.edit(again(tool_id), LINK, by=cast.actor("bram"), version=1)


def test_we_use_this_is_one_tap_and_others_see_it(browse: Browse, cast: Cast) -> None:
    tool_id = committed(kept(cast, of_group(cast)))
    jef, path = browse("jef"), f"/gereedschap/{tool_id}/gebruiken"
    for _twice in range(2):
        assert jef.post(path).status == 303
    page = browse("lena").get(f"/gereedschap/{tool_id}")
    assert page.says("Wie gebruikt dit", "Scouts Zilverreiger")
    assert db.session.scalar(select(func.count()).select_from(ToolUse)) == 1
    assert jef.post(f"/gereedschap/{tool_id}/niet-gebruiken").status == 303
    assert not browse("lena").get(f"/gereedschap/{tool_id}").says("Scouts Zilverreiger")


def test_a_group_uses_what_another_made_and_a_closed_one_is_never_named(browse: Browse, cast: Cast) -> None:
    tool_id = committed(kept(cast, of_group(cast)))
    other, secret = of_group(cast, name="Werkgroep Fietsen"), of_group(cast, Visibility.CONFIDENTIAL, name=CANARY)
    other_id, secret_id = other.id, secret.id
    db.session.commit()
    hilde, path = browse("hilde"), f"/gereedschap/{tool_id}/gebruiken"
    page = hilde.get(f"/gereedschap/{tool_id}")
    assert page.says("Werkgroep Fietsen gebruikt dit")
    assert CANARY not in page.text
    assert hilde.post(path, {"group": str(other_id)}).status == 303
    assert hilde.post(path, {"group": str(secret_id)}).status == 403
    assert browse("lena").post(path, {"group": str(other_id)}).status == 403
    assert browse("lena").post(path, {"group": str(secret_id)}).status == 404
    assert hilde.post(path, {"group": "onzin"}).status == 400
    assert browse("lena").get(f"/gereedschap/{tool_id}").says("Werkgroep Fietsen")
    closed = of_groups.group(other_id) or pytest.fail("gone")
    closed.visibility = Visibility.CONFIDENTIAL
    db.session.commit()
    assert not browse("lena").get(f"/gereedschap/{tool_id}").says("Werkgroep Fietsen")


def test_a_member_leaves_and_the_file_stays(browse: Browse, cast: Cast) -> None:
    made = of_group(cast)
    tool_id = committed(kept(cast, made, who="hilde"))
    own = next(row.id for row in made.members if row.person_id == cast.hilde)
    groups.end_membership(db.session.get_one(Membership, own), by=cast.actor("hilde"))
    db.session.commit()
    assert browse("noor").get(f"/gereedschap/{tool_id}").says("Checklist eerste dag", "Hilde Maes")
    db.session.execute(delete(Person).where(Person.id == cast.hilde))
    db.session.commit()
    page = browse("noor").get(f"/gereedschap/{tool_id}")
    (path,) = (one for one in page.links() if "/bestanden/" in one)
    assert browse("noor").get(path).response.get_data() == TEXT
    assert _newer(browse("noor"), tool_id, PDF, "a.pdf").status == 303


def test_what_is_taken_off_the_shelf_is_gone_with_everything_of_it(browse: Browse, cast: Cast) -> None:
    tool_id = committed(kept(cast, of_group(cast), About("Weg", "Even.", bs=(B.FIT,), strategies=(Strategy.POLICY,))))
    browse("jef").post(f"/gereedschap/{tool_id}/gebruiken")
    bram, path = browse("bram"), f"/gereedschap/{tool_id}/weg"
    assert bram.submit(bram.get(f"/gereedschap/{tool_id}"), path).status == 303
    assert bram.get(f"/gereedschap/{tool_id}").status == 404
    for model in (Tool, ToolFile, ToolTag, ToolUse):
        assert db.session.scalars(select(model)).all() == []


def test_who_sits_there_in_their_own_name_brings_a_file_too(
    browse: Browse, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = of_group(cast, Visibility.CONFIDENTIAL)
    groups.add_member(made, cast.moved, None, by=cast.actor("noor"))
    group_id = made.id
    db.session.commit()
    monkeypatch.setattr(files, "MOST_OF_ONE", len(TEXT))
    moved = browse("moved")
    done = bring(moved, group_id, TEXT)
    assert done.status == 303
    assert moved.get(done.location).says("Checklist", "Mo Verhulst")
    assert moved.get(f"/werkgroepen/{group_id}/gereedschap").says("Checklist")
    assert bring(moved, group_id, TEXT).status == 422
