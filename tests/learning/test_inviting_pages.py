"""Inviting to a session, and who helps at its desk, on one page."""

from collections.abc import Callable

from tests.groups import makers as groups
from tests.learning import makers
from tests.people import Cast
from tests.support.browse import Browser
from webapp.core.db import db
from webapp.groups.codes import Visibility
from webapp.learning import queries

Browse = Callable[[str], Browser]


def test_organisations_and_groups_are_invited_and_taken_back(browse: Browse, cast: Cast) -> None:
    made, open_group = makers.running(cast), groups.group(cast)
    groups.group(cast, Visibility.CONFIDENTIAL, "Stille kanarie")
    makers.guest(made, "Ans")
    makers.guest(made)
    path, group_id = f"/leren/sessies/{made.id}/uitnodigen", open_group.id
    db.session.commit()
    noor = browse("noor")
    page = noor.get(path)
    assert page.says("Muziekhuis Halve Noot", "Werkgroep Welkom", "2 mensen doen mee: Ans en 1 zonder naam")
    assert "Stille kanarie" not in page.text  # noor sits in it; who is invited is no secret
    assert noor.submit(page, path, who="").says("Kies wie je uitnodigt.")
    page = noor.follow(noor.submit(page, path, who=f"group:{group_id}"))
    assert page.says("Uitgenodigd.")
    assert cast.hilde in makers.read(made.id).circle_ids
    assert noor.submit(page, path, who=f"group:{group_id}").status == 422
    page = noor.follow(noor.submit(page, f"{path}/terug"))  # the first of the list
    assert page.says("Teruggenomen.")


def test_who_decides_chooses_who_helps_at_the_desk(browse: Browse, cast: Cast) -> None:
    made = makers.prepared(cast)
    path, desk = f"/leren/sessies/{made.id}/uitnodigen", f"/leren/sessies/{made.id}/begeleiders"
    db.session.commit()
    frank, noor = browse("frank"), browse("noor")
    found = frank.get(f"{path}?q=yar")
    assert found.says("Yara Peeters")
    assert frank.submit(found, f"{desk}?q=yar", to=desk).status == 422  # nobody was chosen
    page = frank.follow(frank.submit(found, f"{desk}?q=yar", person=str(cast.yara)))
    assert page.says("Yara Peeters")
    assert cast.yara in makers.read(made.id).leading_ids
    assert "Iemand die mee begeleidt" not in noor.get(path).text
    assert noor.post(desk, {"person": str(cast.bram)}).status == 403
    assert frank.submit(page, f"{desk}/weg").status == 303
    assert frank.post(f"{desk}/weg", {"one": str(cast.frank)}).status == 409  # never the last one
    assert len(queries.leads(makers.read(made.id))) == 2
