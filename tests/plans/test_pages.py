"""The pages of what a plan knows, chooses and looks for: what was typed stays, and everybody reads along."""

from dataclasses import replace

from tests.people import Cast
from tests.plans import makers
from tests.support.browse import Browse
from webapp.core import clock
from webapp.core.db import db
from webapp.groups import carrying
from webapp.groups.owning import Owner
from webapp.plans import choosing_goals, knowing, placing, queries, register, signs
from webapp.plans.labels import owned_by
from webapp.plans.register import Wanted
from webapp.vocabulary.strategies import Strategy

TODAY = clock.today().isoformat


def test_from_what_is_known_to_a_barrier_that_everybody_finds(cast: Cast, browse: Browse) -> None:
    plan = makers.plan(cast)
    db.session.commit()
    noor, home = browse("noor"), f"/plannen/{plan.id}"
    heard = "De lokalen zie je niet vanop straat."
    known = {"kind": "scan", "heard": heard, "about_how_many": "3", "heard_on": TODAY(), "link": "brug.example/scan"}
    note = noor.get(f"{home}/weten/nieuw")
    refused = noor.submit(note, f"{home}/weten/nieuw", **known | {"link": "ftp://brug.example"})
    assert refused.status == 422
    assert heard in refused.text
    many = noor.submit(note, f"{home}/weten/nieuw", **known | {"about_how_many": "9" * 20})
    assert many.says("Schrijf een getal dat hoogstens 1000000 is.")
    assert (many.status, many.form(f"{home}/weten/nieuw")["about_how_many"]) == (422, "9" * 20)
    noor.submit(note, f"{home}/weten/nieuw", **known)
    page = browse("jef").get(f"{home}/weten")
    assert page.says(heard, "Toegankelijkheidsscan", "van minder dan vijf")
    assert 'href="https://brug.example/scan"' in page.text

    evidence = str(register.known(plan)[0].id)
    form = noor.get(f"{home}/drempels/nieuw?kant=supply")
    typed = {"words": "Geen bord aan de deur", "side": "supply", "setting": "in de Veerkaai", "shared": "most"}
    refused = noor.submit(form, f"{home}/drempels/nieuw", **typed)
    assert refused.says("Kies minstens één B.", "Geen bord aan de deur")
    done = noor.submit(form, f"{home}/drempels/nieuw", bs="awareness", evidence=evidence, **typed)
    barrier = browse("jef").get(done.location)
    assert barrier.says("Geen bord aan de deur", heard, "De meesten zien het", "bekend")
    found = browse("jef").get(f"{home}/drempels?kant=supply&b=awareness&bron=scan")
    assert found.says("Geen bord aan de deur")
    assert f'href="{home}/drempels?kant=supply&amp;b=awareness#gevonden"' in browse("jef").get(f"{home}/drempels").text
    assert browse("jef").get(f"{home}/drempels?kant=demand&b=nonsens").says("Hier staat niets")


def test_a_barrier_is_adjusted_and_let_go_with_a_reason_on_the_page(cast: Cast, browse: Browse) -> None:
    plan = makers.plan(cast)
    barrier = knowing.add_barrier(plan, makers.hurdle(), by=cast.actor("noor"))
    db.session.commit()
    noor, home = browse("noor"), f"/plannen/drempels/{barrier.id}"
    form, other = noor.get(f"{home}/bijsturen"), noor.get(f"{home}/bijsturen")
    assert noor.submit(form, f"{home}/bijsturen", words="Geen licht", why="").says("Zeg in één regel waarom.")
    noor.submit(form, f"{home}/bijsturen", words="Geen licht", why="Bleek op de wandeling.")
    read = browse("jef").get(home)
    assert read.says("Geen licht", "Je ziet de lokalen niet van op straat", "Bleek op de wandeling.")
    late = noor.submit(other, f"{home}/bijsturen", words="Iets anders", why="Te laat.")
    assert late.status == 409
    assert "Iets anders" in late.text
    gone = noor.submit(noor.get(home), f"{home}/loslaten", why="Er hangt licht.")
    assert noor.get(gone.location).status == 200
    assert noor.get(home).status == 404


def test_everything_for_everybody_is_asked_back_once_on_the_page(cast: Cast, browse: Browse) -> None:
    plan = makers.plan(cast)
    db.session.commit()
    noor, url = browse("noor"), f"/plannen/{plan.id}/keuzes/nieuw"
    typed = {"for_whom": "Alle kinderen", "objective": "informing", "until": TODAY()}
    asked = noor.submit(noor.get(url), url, **typed)
    assert asked.status == 422
    assert asked.says("Nog een vraag voor je bewaart.", "Alle kinderen")
    done = noor.submit(asked, url, **typed)
    assert done.status == 303
    assert browse("jef").get(f"/plannen/{plan.id}/doelen").says("Alle kinderen")


def test_a_fourth_choice_on_top_reads_which_three_stand_there(cast: Cast, browse: Browse) -> None:
    plan, noor = makers.plan(cast), cast.actor("noor")
    for who in ("Meisjes", "Kleuters", "Tieners"):
        choosing_goals.choose(plan, replace(makers.chosen(), for_whom=who, is_highlighted=True), by=noor)
    db.session.commit()
    url = f"/plannen/{plan.id}/keuzes/nieuw"
    typed = {"for_whom": "Nieuwe buren", "objective": "informing", "distances": "unknown", "until": TODAY()}
    browser = browse("noor")
    refused = browser.submit(browser.get(url), url, is_highlighted="y", **typed)
    assert refused.status == 422
    assert refused.says("“Meisjes”", "“Kleuters”", "“Tieners”", "Haal er eerst één naar beneden.")


def test_a_goal_from_a_barrier_is_seen_to_grow_in_words(cast: Cast, browse: Browse) -> None:
    plan = makers.plan(cast)
    barrier = knowing.add_barrier(plan, makers.hurdle(), by=cast.actor("noor"))
    db.session.commit()
    noor, url = browse("noor"), f"/plannen/{plan.id}/doelen/nieuw"
    form = noor.get(f"{url}?drempel={barrier.id}")
    typed = {"title": "Gezinnen vinden de deur", "number": "20 gezinnen"}
    assert noor.submit(form, url, sign="", **typed).says("Een cijfer alleen is geen teken.")
    done = noor.submit(form, url, sign="Niemand vraagt de weg.", **typed)
    goal = noor.get(done.location)
    assert goal.says("Niemand vraagt de weg.", "20 gezinnen", "Een cijfer is maar een gok vooraf.", barrier.words)
    said = {"growth": "something", "who": "Zeven gezinnen", "what": "Ze kwamen zelf binnen", "seen_on": TODAY()}
    see = noor.get(f"{done.location}/gezien")
    noor.submit(see, f"{done.location}/gezien", how_we_know="De ploeg vertelde het.", **said)
    cards = browse("jef").get(f"/plannen/{plan.id}/doelen")
    assert cards.says("We zien al iets. Zeven gezinnen: ze kwamen zelf binnen")
    mend = f"/plannen/gezien/{signs.outcomes(signs.goals(plan)[0])[0].id}"
    form, second = noor.get(mend), noor.get(mend)
    assert form.form(mend)["who"] == "Zeven gezinnen"
    assert noor.submit(form, mend, what=" ").says("Zeg wat er anders is.")
    assert noor.submit(form, mend, growth="clear").status == 303
    late = noor.submit(second, mend, who="Acht gezinnen")
    assert late.status == 409
    assert late.says("Iemand veranderde dit terwijl jij typte.")
    assert "Acht gezinnen" in late.text
    assert [row.growth for row in signs.goals(plan)] == ["clear"]


def test_goals_are_put_in_another_order_with_buttons(cast: Cast, browse: Browse) -> None:
    plan, noor = makers.plan(cast), cast.actor("noor")
    choosing_goals.add_goal(plan, makers.sign(), by=noor)
    last = choosing_goals.add_goal(plan, replace(makers.sign(), title="Ze brengen een vriend mee"), by=noor)
    db.session.commit()
    browser, path = browse("noor"), f"/plannen/{plan.id}/doelen"
    up = f"/plannen/doelen/{last.id}/plaats"
    moved = browser.post(up, browser.get(path).form(up))
    assert moved.location == f"{path}?volgorde=1#plans-goals"
    assert next(row.id for row in signs.goals(plan)) == last.id
    dragged = browser.post(
        f"{path}/volgorde", {"order": [str(row.id) for row in signs.goals(plan)][::-1]}, partial=True
    )
    assert dragged.says("In een andere volgorde")
    assert [row.id for row in signs.goals(plan)][-1] == last.id
    assert "In een andere volgorde" not in browse("jef").get(path).text


def test_a_remark_names_no_young_person_and_only_its_writer_takes_it_back(cast: Cast, browse: Browse) -> None:
    goal = choosing_goals.add_goal(makers.plan(cast), makers.sign(), by=cast.actor("noor"))
    db.session.commit()
    jef, page, url = browse("jef"), f"/plannen/doelen/{goal.id}", f"/plannen/doelen/{goal.id}/zeg"
    minded = jef.submit(jef.get(page), url, remark="Ik sprak gisteren met Youssef.")
    assert minded.status == 422
    assert minded.says("Dit lijkt op een naam.")
    assert "Ik sprak gisteren met Youssef." in minded.text
    assert makers.remarks(goal.id) == []
    jef.submit(jef.get(page), url, remark="Vraag het ook aan de <i>meisjes</i> van Scouts Zilverreiger.")
    assert "&lt;i&gt;meisjes" in browse("noor").get(page).text
    remark = makers.remarks(goal.id)[0].id
    assert f"/plannen/opmerkingen/{remark}/intrekken" not in browse("noor").get(page).text
    jef.submit(jef.get(page), f"/plannen/opmerkingen/{remark}/intrekken")
    assert queries.remark(remark) is None


def test_a_voice_is_written_down_and_filled_in_later(cast: Cast, browse: Browse) -> None:
    plan = makers.plan(cast)
    db.session.commit()
    noor, url = browse("noor"), f"/plannen/{plan.id}/stemmen/nieuw"
    noor.submit(noor.get(url), url, of="young_people", heard_on=TODAY(), how="Op het basketplein", heard="Dansen!")
    assert browse("jef").get(f"/plannen/{plan.id}/doelen").says("Wat er daardoor verandert, moet nog komen.")
    later = f"/plannen/stemmen/{signs.voices(plan)[0].id}"
    noor.submit(noor.get(later), later, changed="We dansen nu op woensdag.")
    assert browse("jef").get(f"/plannen/{plan.id}/doelen").says("We dansen nu op woensdag.")
    assert register.barriers(plan, Wanted()) == []


def test_an_action_that_somebody_carries_in_person_is_adjusted_and_stays_theirs(cast: Cast, browse: Browse) -> None:
    plan, noor = makers.plan(cast), cast.actor("noor")
    item = carrying.add(plan.group, carrying.Wanted("Uniformenbak", Owner(cast.zilverreiger, cast.noor)), by=noor)
    placing.place(item, plan.id, Strategy.SUPPORT, [], by=noor)
    db.session.commit()
    url, browser = f"/plannen/acties/{item.id}/bijsturen", browse("noor")
    form = browser.get(url)
    assert form.form(url)["owner"] == owned_by(item)
    assert browser.submit(form, url, title="Bak met uniformen", why="Zo heet ze.").status == 303
    db.session.refresh(item)
    assert (item.title, item.owner_id) == ("Bak met uniformen", cast.noor)
