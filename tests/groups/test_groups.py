"""A group: started, joined, left and handed on; and a confidential one that exists for its members alone."""

import uuid
from datetime import timedelta

import pytest
from sqlalchemy import select

from tests.groups.makers import group
from tests.people import PEOPLE, Cast
from tests.referrals.steps import notices
from tests.support.browse import Browse, Browser, Page
from webapp.accounts.models import Function
from webapp.core import clock
from webapp.core.db import db
from webapp.core.errors import Invalid
from webapp.groups import actions, queries
from webapp.groups.codes import GroupRole, Visibility
from webapp.groups.models import GroupInvitation, JoinRequest, Membership, WorkingGroup
from webapp.policy.permissions import Can
from webapp.policy.rules import NotAllowed, can

STRANGER = "6e81e99e-22f6-4c66-b8d9-1283d6314e7d"
CANARY = "Werkgroep Stille Kanarie"


def kept(made: WorkingGroup) -> uuid.UUID:
    group_id = made.id
    db.session.commit()
    return group_id


def again(group_id: uuid.UUID) -> WorkingGroup:
    db.session.rollback()
    db.session.expire_all()
    return queries.group(group_id) or pytest.fail("gone")


def test_a_facilitator_starts_a_group_and_chairs_it(browse: Browse, cast: Cast) -> None:
    frank = browse("frank")
    form = frank.get("/werkgroepen/nieuw").form("/werkgroepen/nieuw")
    form |= {"name": "Werkgroep Fietsen", "purpose": "Meer kinderen op de fiets.", "visibility": "members"}
    done = frank.post("/werkgroepen/nieuw", form)
    assert done.status == 303
    assert frank.get(done.location).says(
        "Werkgroep Fietsen", "Meer kinderen op de fiets.", "Alleen leden", "Frank Lemmens"
    )
    assert browse("hilde").get("/werkgroepen").says("Werkgroep Fietsen", "Groepen in het netwerk")


@pytest.mark.parametrize(
    ("field", "sentence"),
    [
        ("name", "Geef de groep een naam."),
        ("purpose", "Zeg in één zin waarvoor de groep er is."),
        ("visibility", "Kies wie meeleest."),
    ],
)
def test_what_is_missing_is_asked_and_the_rest_stays(browse: Browse, field: str, sentence: str) -> None:
    frank = browse("frank")
    form = frank.get("/werkgroepen/nieuw").form("/werkgroepen/nieuw")
    form |= {
        "name": "Werkgroep Fietsen",
        "purpose": "Meer kinderen op de fiets.",
        "visibility": "open",
        "rhythm": "soms",
    }
    answer = frank.post("/werkgroepen/nieuw", form | {field: ""})
    assert answer.status == 422
    assert answer.says(sentence)
    assert 'value="soms"' in answer.text


def test_lists_hold_exactly_the_groups_that_somebody_may_see(cast: Cast) -> None:
    made = [group(cast, visibility, name=visibility.value) for visibility in Visibility]
    for who in PEOPLE:
        actor = cast.actor(who)
        listed = {row.id for row in queries.groups(actor)}
        assert listed == {one.id for one in made if can(actor, Can.SEE_GROUP, one)}, who


def test_a_confidential_group_leaves_no_trace_for_others(browse: Browse, cast: Cast) -> None:
    group_id = kept(group(cast, Visibility.CONFIDENTIAL, name=CANARY))
    for who in ("lena", "tine", "ada"):
        browser = browse(who)
        for path in ("/", "/werkgroepen", "/meldingen", "/account/gegevens"):
            assert CANARY not in browser.get(path).text, (who, path)
        stranger, nobody = browser.get(f"/werkgroepen/{group_id}"), browser.get(f"/werkgroepen/{uuid.uuid4()}")
        assert (stranger.status, nobody.status) == (404, 404)
        assert stranger.words == nobody.words
    assert CANARY in browse("noor").get("/werkgroepen").text


def test_who_sits_in_groups_finds_that_among_what_is_kept_about_them(browse: Browse, cast: Cast) -> None:
    kept(group(cast, Visibility.CONFIDENTIAL, name=CANARY))
    assert (
        browse("noor").get("/account/gegevens").says("Jouw werkgroepen", CANARY, "voorzitter voor Scouts Zilverreiger")
    )


def test_two_groups_may_have_the_same_name(browse: Browse, cast: Cast) -> None:
    kept(group(cast, Visibility.CONFIDENTIAL, name=CANARY))
    frank = browse("frank")
    form = frank.get("/werkgroepen/nieuw").form("/werkgroepen/nieuw")
    form |= {"name": CANARY, "purpose": "Iets helemaal anders.", "visibility": "open"}
    assert frank.post("/werkgroepen/nieuw", form).status == 303


def test_members_only_shows_what_it_is_for_and_no_more(browse: Browse, cast: Cast) -> None:
    group_id = kept(group(cast, Visibility.MEMBERS))
    page = browse("lena").get(f"/werkgroepen/{group_id}")
    assert page.says("Samen nieuwe kinderen welkom heten.", "Hier lezen alleen leden mee.", "Noor Vermeulen")
    assert not page.says("Open acties")
    assert browse("lena").get(f"/werkgroepen/{group_id}/acties").status == 403


def test_somebody_asks_to_join_and_is_welcome(browse: Browse, cast: Cast) -> None:
    group_id = kept(group(cast))
    jef, path = browse("jef"), f"/werkgroepen/{group_id}/aansluiten"
    form = jef.get(f"/werkgroepen/{group_id}").form(path)
    assert jef.post(path, form | {"words": "Ik maak soep."}).status == 303
    assert jef.get(f"/werkgroepen/{group_id}").says("Je hoort het zodra de groep antwoordt.")
    noor = browse("noor")
    assert noor.get("/").says("Jef wil graag bij Werkgroep Welkom")
    page = noor.get(f"/werkgroepen/{group_id}/leden")
    assert page.says("Jef Dierckx", "Ik maak soep.")
    asked = db.session.scalars(select(JoinRequest.id)).one()
    answer = f"/werkgroepen/aanvragen/{asked}"
    assert noor.post(answer, page.form(answer) | {"answer": "welcome"}).status == 303
    assert cast.jef in again(group_id).member_ids
    assert "group_welcome" in notices(cast, "jef")
    assert not noor.get("/").says("Jef wil graag")


def test_not_now_is_a_good_answer_and_asking_again_is_possible(cast: Cast) -> None:
    made = group(cast)
    asked = actions.ask_to_join(made, by=cast.actor("jef"))
    again_asked = actions.ask_to_join(made, by=cast.actor("jef"))
    assert again_asked.id == asked.id
    actions.answer_request(queries.request(asked.id) or pytest.fail("gone"), welcome=False, by=cast.actor("bram"))
    assert cast.jef not in queries.with_members(made).member_ids
    db.session.commit()
    assert notices(cast, "jef") == ["group_not_now"]
    assert actions.ask_to_join(made, "Toch graag.", by=cast.actor("jef")).id == asked.id


def test_who_asked_and_lost_their_function_is_not_let_in(browse: Browse, cast: Cast) -> None:
    made = group(cast)
    asked = actions.ask_to_join(made, by=cast.actor("jef")).id
    seat = db.session.scalars(select(Function).where(Function.person_id == cast.jef)).one()
    seat.ends_on = clock.today() - timedelta(days=1)
    group_id = kept(made)
    noor, path = browse("noor"), f"/werkgroepen/aanvragen/{asked}"
    page = noor.get(f"/werkgroepen/{group_id}/leden")
    done = noor.post(path, page.form(path) | {"answer": "welcome"})
    assert noor.get(done.location).says("heeft daar geen functie meer")
    assert cast.jef not in again(group_id).member_ids


def looked_for(browser: Browser, path: str, words: str) -> Page:
    """The page of members, after somebody was looked for to invite."""
    return browser.submit(browser.get(path), f"{path}/zoek#groups-add", words=words)


def test_a_chair_finds_somebody_by_the_first_letters_and_invites_them(browse: Browse, cast: Cast) -> None:
    group_id = kept(group(cast))
    noor, path = browse("noor"), f"/werkgroepen/{group_id}/leden"
    page = looked_for(noor, path, "ya")
    assert page.says("Yara Peeters, Muziekhuis Halve Noot", "Yara Peeters, Scouts Zilverreiger")
    form = page.form(path) | {"person": f"{cast.yara}.{cast.zilverreiger}", "role": "member"}
    assert noor.post(path, form).status == 303
    assert cast.yara not in again(group_id).member_ids
    shown = noor.get(path)
    assert shown.says("Uitgenodigd", "Yara Peeters")
    assert "yara@brug.example" not in shown.text
    twice = noor.submit(looked_for(noor, path, "ya"), path, person=form["person"])
    assert twice.status == 422
    assert twice.says("heeft al een uitnodiging")
    asked = db.session.scalars(select(GroupInvitation.id)).one()
    db.session.rollback()
    yara, answer = browse("yara"), f"/werkgroepen/uitgenodigd/{asked}"
    assert yara.post(answer, yara.get(answer).form(answer)).status == 303
    seat = db.session.scalars(select(Membership).where(Membership.person_id == cast.yara)).one()
    assert (seat.organisation_id, seat.role) == (cast.zilverreiger, GroupRole.MEMBER)
    db.session.rollback()
    assert not looked_for(noor, path, "ya").says("Yara Peeters, Scouts Zilverreiger")
    assert looked_for(noor, path, "%").says("Niemand gevonden")


def test_who_sits_for_one_organisation_is_no_candidate_for_another(cast: Cast) -> None:
    made = group(cast)
    actions.add_member(made, cast.yara, cast.zilverreiger, by=cast.actor("noor"))
    assert queries.candidates(made, "yara") == []


@pytest.mark.parametrize("person", ["", "geen-mens", f"{STRANGER}.{STRANGER}"])
def test_nobody_or_a_stranger_cannot_be_added(browse: Browse, cast: Cast, person: str) -> None:
    group_id = kept(group(cast))
    noor, path = browse("noor"), f"/werkgroepen/{group_id}/leden"
    found = looked_for(noor, path, "ya")
    answer = noor.post(path, found.form(path) | {"person": person, "role": "member"})
    assert answer.status == 422
    assert answer.says("Kies iemand", "Yara Peeters")
    assert answer.form(path)["words"] == "ya"


def test_a_name_that_is_looked_for_stands_in_no_address(browse: Browse, cast: Cast) -> None:
    path = f"/werkgroepen/{kept(group(cast))}/leden"
    noor = browse("noor")
    assert not noor.get(f"{path}?q=yara").says("Yara Peeters")
    assert not noor.get(f"{path}/zoek").says("Yara Peeters")
    found = looked_for(noor, path, "yara")
    assert found.says("Yara Peeters")
    assert not any("yara" in link.lower() for link in found.links())
    assert looked_for(noor, path, "x" * 61).status == 422
    assert looked_for(noor, path, "an\0s").status == 200
    assert browse("hilde").post(f"{path}/zoek", {"words": "yara"}).status == 403


def test_a_place_counts_only_while_somebody_holds_a_function_there(cast: Cast) -> None:
    made = group(cast)
    assert cast.bram in made.member_ids
    seat = db.session.scalars(select(Function).where(Function.person_id == cast.bram)).one()
    seat.ends_on = clock.today() - timedelta(days=1)
    db.session.flush()
    assert cast.bram not in queries.with_members(made).member_ids
    with pytest.raises(Invalid):
        actions.add_member(made, cast.bram, cast.halvenoot, by=cast.actor("noor"))


def test_when_nobody_leads_a_member_takes_over(cast: Cast) -> None:
    made = group(cast, Visibility.CONFIDENTIAL)
    for who in ("noor", "bram"):
        own = next(row.id for row in made.members if row.person_id == cast.people[who])
        actions.end_membership(db.session.get_one(Membership, own), by=cast.actor(who))
        queries.with_members(made)
    assert made.leader_ids == frozenset()
    mine = next(row.id for row in made.members if row.person_id == cast.hilde)
    place = queries.membership(mine) or pytest.fail("gone")
    actions.change_role(place, GroupRole.CHAIR, by=cast.actor("hilde"))
    assert queries.with_members(made).leader_ids == {cast.hilde}
    with pytest.raises(NotAllowed):
        actions.change_role(place, GroupRole.MEMBER, by=cast.actor("tine"))


def test_two_who_change_a_group_do_not_overwrite_each_other(browse: Browse, cast: Cast) -> None:
    group_id = kept(group(cast))
    noor, path = browse("noor"), f"/werkgroepen/{group_id}/bewerken"
    form = noor.get(path).form(path)
    bram = browse("bram")
    assert bram.post(path, bram.get(path).form(path) | {"purpose": "Wat Bram schreef."}).status == 303
    late = noor.post(path, form | {"purpose": "Wat Noor schreef."})
    assert late.status == 409
    assert late.says("Iemand paste de groep aan terwijl jij typte.", "Wat Noor schreef.")
    assert again(group_id).purpose == "Wat Bram schreef."


def test_whoever_leaves_reads_it_no_longer(browse: Browse, cast: Cast) -> None:
    group_id = kept(group(cast, Visibility.CONFIDENTIAL))
    hilde, path = browse("hilde"), f"/werkgroepen/{group_id}/verlaten"
    assert hilde.post(path, hilde.get(f"/werkgroepen/{group_id}/leden").form(path)).status == 303
    assert hilde.get(f"/werkgroepen/{group_id}").status == 404


def test_memberships_and_requests_go_in_time(cast: Cast) -> None:
    made = group(cast)
    asked = actions.ask_to_join(made, by=cast.actor("jef"))
    actions.answer_request(queries.request(asked.id) or pytest.fail("gone"), welcome=False, by=cast.actor("noor"))
    former = select(Membership).where(Membership.person_id == cast.pieter)
    with clock.at(clock.now() + timedelta(days=364)):
        actions.forget_memberships()
    assert db.session.scalars(former).one_or_none() is not None
    with clock.at(clock.now() + timedelta(days=367)):
        actions.forget_memberships()
    db.session.expire_all()
    assert db.session.scalars(former).one_or_none() is None
    assert db.session.scalars(select(JoinRequest)).all() == []
    assert db.session.scalars(select(Membership).where(Membership.person_id == cast.noor)).one().ends_on is None
