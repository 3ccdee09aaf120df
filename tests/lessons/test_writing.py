"""Writing a lesson on its pages, up to the moment it waits for a second reader."""

import uuid

import pytest
from sqlalchemy import select

from tests import factories
from tests.groups import makers as groups
from tests.lessons import makers
from tests.people import Cast
from tests.plans import makers as plans
from tests.referrals.states import put, standing
from tests.support.browse import Browse
from webapp.core import clock
from webapp.core.audit import Audit
from webapp.core.db import db
from webapp.core.history import History
from webapp.groups import carrying
from webapp.groups.codes import Visibility
from webapp.groups.lifecycle import ItemStatus
from webapp.lessons import actions
from webapp.lessons.actions import Words
from webapp.lessons.codes import Language, Origin
from webapp.lessons.models import Lesson, LessonTranslation
from webapp.referrals.lifecycle import ReferralStatus
from webapp.vocabulary.seven_bs import B

NEW = "/lessen/nieuw"
CANARY = "Kanarievogel"


def test_a_lesson_is_written_mended_said_in_english_and_offered(cast: Cast, browse: Browse) -> None:
    bram = browse("bram")
    page = bram.get(f"{NEW}?b=trust&soort=try&b=nonsense")
    typed = {
        "title": f"{CANARY} aan de poort",
        "did": "Met twee aan de poort.",
        "line": "Een gezicht aan de deur. " * 10,
        "year": "26",
    }
    wrong = bram.submit(page, NEW, **typed)
    assert wrong.status == 422
    assert wrong.says("9 tekens te veel: er passen er hoogstens 240.", "Met twee aan de poort.", "Vul een jaar in")
    shown = bram.follow(bram.submit(wrong, NEW, line="Een gezicht aan de deur.", year="2026"))
    path = shown.response.request.path
    assert shown.says("Dit is een klad.", "Een gezicht aan de deur.", "betrouwbaar", "Uitproberen")
    edit = bram.get(f"{path}/bewerken")
    shown = bram.follow(bram.submit(edit, f"{path}/bewerken", not_yet_for="Wie niet komt."))
    assert shown.says("Wie niet komt.")
    english = bram.get(f"{path}/engels")
    bram.submit(english, f"{path}/engels", title="At the gate", line="A face at the door.")
    assert bram.get(f"{path}?taal=en").says("A face at the door.")
    assert CANARY in bram.get("/leren/mijn-lessen").text
    offered = bram.follow(bram.submit(bram.get(path), f"{path}/aanbieden"))
    assert offered.says("Wacht op een tweede lezer.")
    for surface in ("/leren", "/leren?q=poort", "/leren/mijn-lessen", "/", path):
        assert CANARY not in browse("hilde").get(surface).text


def test_a_draft_is_thrown_away_by_who_wrote_it_and_nothing_of_it_stays(cast: Cast, browse: Browse) -> None:
    lesson = makers.draft(cast)
    lesson_id, path = lesson.id, f"/lessen/{lesson.id}"
    actions.translate(lesson, Language.EN, Words(CANARY, CANARY), by=cast.actor("bram"))
    db.session.commit()
    bram, yara = browse("bram"), browse("yara")
    assert f"{path}/weggooien" not in yara.get(path).links()
    assert f"{path}/weggooien" in bram.get(path).links()
    asked = bram.get(f"{path}/weggooien")
    assert asked.says("Dit klad weggooien?", "voorgoed weg")
    assert bram.follow(bram.submit(asked, f"{path}/weggooien")).says("Het klad is weg.")
    assert bram.get(path).status == 404
    assert not db.session.scalars(select(History).where(History.thing_id == lesson_id)).all()
    assert not db.session.scalars(select(LessonTranslation)).all()
    assert "lesson.throw_away" in db.session.scalars(select(Audit.action).where(Audit.thing_id == lesson_id)).all()


def test_who_was_second_sees_both_wordings(cast: Cast, browse: Browse) -> None:
    path = f"/lessen/{makers.draft(cast).id}"
    db.session.commit()
    bram, yara = browse("bram"), browse("yara")
    for place in ("bewerken", "engels"):
        url = f"{path}/{place}"
        first, second = bram.get(url), yara.get(url)
        assert bram.submit(first, url, title="Zo zegt hij het", line="Zo was het.").status == 303
        late = yara.submit(second, url, title="Zo zeg ik het", line="Zo was het.")
        assert late.status == 409
        assert late.says("Iemand paste dit intussen aan.", "Zo zegt hij het")
        assert late.form(url)["title"] == "Zo zeg ik het"
        assert yara.submit(late, url).status == 303


def test_what_may_point_at_somebody_is_asked_about_and_kept(cast: Cast, browse: Browse) -> None:
    bram = browse("bram")
    page = bram.get(NEW)
    said = "Hij is 14 jaar en zit op de okan."
    asked = bram.submit(page, NEW, title="Aan de poort", situation=said, line="Sta er op tijd.")
    assert asked.status == 422
    assert asked.says("Een leeftijd en een school samen", said)
    on_top = next(node for node in asked.nodes() if node.get("href") == "#care-warning")
    assert "Een leeftijd en een school samen" in (on_top.text or ""), "without a script nothing leads down to the note"
    assert bram.submit(asked, NEW, keep_words="y").status == 303


def test_a_closed_question_leads_to_an_empty_lesson_and_nothing_of_it_goes_along(cast: Cast, browse: Browse) -> None:
    referral = factories.trying(cast)
    put(referral.id, **standing(ReferralStatus.SETTLED))
    url = f"/toeleidingen/{referral.id}"
    db.session.commit()
    assert NEW in browse("hilde").get(url).links()
    assert NEW not in browse("bram").get(url).links()


def test_a_finished_action_brings_what_it_was_about(cast: Cast, browse: Browse) -> None:
    item = plans.planned(cast, plans.plan(cast)).item
    item.status, item.done_at, item.bs = ItemStatus.DONE, clock.now(), (B.TRUST,)
    url = f"/plannen/acties/{item.id}"
    db.session.commit()
    noor = browse("noor")
    brought = next(one for one in noor.get(url).links() if one.startswith(NEW))
    page = noor.get(brought)
    assert page.form(NEW)["bs"] == "trust"
    noor.submit(page, NEW, title="Even wachten", line="Wie even wacht, hoort meer.")
    lesson = db.session.scalars(select(Lesson)).one()
    assert (lesson.origin, lesson.origin_id) == (Origin.ACTION, item.id)


@pytest.mark.parametrize("said", ["action:nergens", "session:{id}", "action:{id}", "decision:{id}", "niets"])
def test_what_somebody_may_not_read_is_not_what_a_lesson_is_made_of(cast: Cast, browse: Browse, said: str) -> None:
    group = groups.group(cast, Visibility.CONFIDENTIAL)
    said = said.format(id=carrying.add(group, carrying.Wanted("Soep maken"), by=cast.actor("noor")).id)
    db.session.commit()
    yara = browse("yara")
    yara.submit(yara.get(f"{NEW}?uit={said}"), NEW, title="Even wachten", line="Wie even wacht, hoort meer.")
    assert db.session.scalars(select(Lesson.origin)).one() is None


def test_the_one_thing_that_is_missing_far_below_is_said_on_top_to_who_has_no_script(browse: Browse) -> None:
    yara = browse("yara")
    page = yara.submit(yara.get(NEW), NEW, title="Even wachten")
    alone = next(node for node in page.nodes() if node.get("class") == "error-alone")
    assert [link.get("href") for link in alone] == ["#line"]
    assert page.text.index("error-alone") < page.text.index('id="title"')


KEEP = f"{NEW}/bewaar"


def test_a_lesson_is_kept_while_it_is_typed_and_found_again(cast: Cast, browse: Browse) -> None:
    yara = browse("yara")
    page = yara.get(NEW)
    assert yara.submit(page, NEW, to=KEEP, situation="Niemand kwam.").status == 422, "nothing to find it by"
    for said in ("Niemand", "Niemand kwam."):
        assert yara.submit(page, NEW, to=KEEP, title="Soep eerst", situation=said).status == 204
    [kept] = db.session.scalars(select(Lesson)).all()
    assert (kept.title, kept.situation, kept.line) == ("Soep eerst", "Niemand kwam.", "")
    path = f"/lessen/{kept.id}"
    db.session.rollback()
    assert yara.get("/leren/mijn-lessen").says("Soep eerst")
    shown = yara.get(path)
    assert shown.says("De ene zin waar anderen iets mee kunnen, ontbreekt nog.", "Schrijf verder")
    assert not shown.says("Bied aan")
    assert f"{path}/aanbieden" not in shown.text
    assert yara.post(f"{path}/aanbieden").status == 409
    sent = yara.submit(page, NEW, title="Eerst soep", line="Wie eet, praat.")
    assert sent.location == path, "the same lesson, in other words"
    late = yara.submit(page, NEW, to=KEEP, title="Soep eerst", situation="Niemand kwam.")
    assert late.status == 204
    assert db.session.execute(select(Lesson.title, Lesson.line)).all() == [("Eerst soep", "Wie eet, praat.")]
    assert db.session.scalars(select(History.step).where(History.thing_id == uuid.UUID(path[-36:]))).all() == ["write"]


def test_what_may_point_at_somebody_is_not_kept_while_it_is_typed(cast: Cast, browse: Browse) -> None:
    yara = browse("yara")
    said = {"title": "Aan de poort", "situation": "Hij is 14 jaar en zit op de okan."}
    page = yara.get(NEW)
    assert yara.submit(page, NEW, to=KEEP, **said).status == 422
    assert not db.session.scalars(select(Lesson)).all()
    assert yara.submit(page, NEW, to=KEEP, **said, keep_words="y").status == 204


def test_a_draft_that_a_colleague_offered_meanwhile_is_not_written_over(cast: Cast, browse: Browse) -> None:
    yara = browse("yara")
    page = yara.get(NEW)
    yara.submit(page, NEW, to=KEEP, title="Soep eerst", line="Wie eet, praat.")
    path = f"/lessen/{db.session.scalars(select(Lesson.id)).one()}"
    db.session.rollback()
    assert yara.post(f"{path}/aanbieden").status == 303
    assert yara.submit(page, NEW, title="Iets anders", line="Wie eet, praat.").status == 409
    assert db.session.scalars(select(Lesson.title)).one() == "Soep eerst"


def test_what_a_colleague_went_on_with_is_not_written_over(cast: Cast, browse: Browse) -> None:
    yara, bram = browse("yara"), browse("bram")
    page = yara.get(NEW)
    ours = {"organisation": str(cast.halvenoot)}
    assert yara.submit(page, NEW, to=KEEP, title="Soep eerst", **ours).status == 204
    [kept] = db.session.scalars(select(Lesson.id)).all()
    path = f"/lessen/{kept}/bewerken"
    went_on = bram.submit(bram.get(path), path, title="Soep voor iedereen", line="Wie eet, praat.")
    assert went_on.status == 303
    assert yara.submit(page, NEW, to=KEEP, title="Soep eerst", situation="Niemand kwam.", **ours).status == 409
    assert yara.submit(page, NEW, title="Eerst soep", line="Soep eerst.", **ours).status == 303
    assert set(db.session.scalars(select(Lesson.title))) == {"Soep voor iedereen", "Eerst soep"}


def test_who_signs_in_again_while_they_type_goes_on_with_the_same_lesson(cast: Cast, browse: Browse) -> None:
    before, after = browse("yara"), browse("yara")
    page = before.get(NEW)
    assert before.submit(page, NEW, to=KEEP, title="Soep eerst").status == 204
    said = {"title": "Soep eerst", "line": "Wie eet, praat.", "csrf_token": after.token()}
    assert after.submit(page, NEW, to=KEEP, **said).status == 204
    assert after.submit(page, NEW, **said).status == 303
    assert db.session.scalars(select(Lesson.line)).all() == ["Wie eet, praat."]
    strange = browse("bram")
    said |= {"csrf_token": strange.token(), "title": "Van een ander", "organisation": str(cast.halvenoot)}
    assert strange.submit(page, NEW, **said).status == 303
    assert set(db.session.scalars(select(Lesson.title))) == {"Soep eerst", "Van een ander"}
