"""What a plan said before, and why: in words, with ids that are called what they are called today."""

from dataclasses import replace
from datetime import timedelta

from tests.people import Cast
from tests.plans import makers
from tests.support.browse import Browse
from webapp.core import clock
from webapp.core.db import db
from webapp.groups.owning import Owner
from webapp.plans import doing, queries, story_words
from webapp.plans.doing import Wanted
from webapp.vocabulary.functions import FunctionKind
from webapp.vocabulary.seven_bs import B
from webapp.vocabulary.strategies import Strategy
from webapp.web.dates import plain_day
from webapp.web.i18n import in_language


def test_codes_days_and_ids_are_told_in_words(cast: Cast) -> None:
    plan, noor = makers.plan(cast), cast.actor("noor")
    wanted = Wanted("Radio maken", Strategy.OUTREACH, bs=(B.TRUST,))
    made = doing.add(plan, wanted, by=noor)
    planned = queries.planned(made.id)
    assert planned
    seat = Owner(cast.zilverreiger, function=FunctionKind.CONTACT_POINT)
    dance = replace(wanted, title="Dansen", bs=(B.TRUST, B.FIT), owner=seat, due_on=plan.ends_on)
    doing.adjust(planned, dance, "Van radio werd niemand warm.", by=noor)
    with in_language("en"):
        (one,) = story_words.story_of(made.id)
    assert (one.who, one.why) == ("Noor Vermeulen, Scouts Zilverreiger", "Van radio werd niemand warm.")
    told = {line.label: (line.old, line.new) for line in one.lines}
    assert told["Name"] == ("Radio maken", "Dansen")
    assert told["B's"] == ("trustworthy", "trustworthy and usable")
    assert told["Carried by"] == ("", "Scouts Zilverreiger")
    assert told["By when"][0] == ""
    assert str(plan.ends_on.year) in told["By when"][1]


def test_everybody_in_the_network_reads_it_on_the_page(cast: Cast, browse: Browse) -> None:
    plan = makers.plan(cast, "Kiezen <b>kan</b>")
    db.session.commit()
    noor = browse("noor")
    shown = noor.get(f"/plannen/{plan.id}")
    noor.submit(shown, f"/plannen/{plan.id}/bijsturen", title="Iedereen kiest", why="Zo zeggen tieners het.")
    page = browse("jef").get(f"/plannen/{plan.id}")
    assert "<del>" in page.text
    assert "Kiezen &lt;b&gt;kan&lt;/b&gt;" in page.text
    assert page.says("Iedereen kiest", "Zo zeggen tieners het.", "Noor Vermeulen")


def test_an_answer_to_a_reminder_that_changes_an_action_is_told_with_who_gave_it(cast: Cast, browse: Browse) -> None:
    planned = makers.planned(cast, makers.plan(cast), owner=Owner(cast.zilverreiger), due_on=clock.today())
    item_id, title = planned.item.id, planned.item.title
    db.session.commit()
    later, unable = (f"/werkgroepen/acties/{item_id}/antwoord/{way}" for way in ("later", "lukt-niet"))
    noor = browse("noor")
    noor.submit(noor.get(later), later)
    noor.submit(noor.get(unable), unable, words="Mijn zus ligt in het ziekenhuis.")
    page = browse("fatma").get(f"/plannen/acties/{item_id}")
    assert page.says("Noor Vermeulen", "Een week later, als antwoord op de herinnering.", "Het lukt me niet.")
    first, second = story_words.story_of(item_id)
    assert [line.new for line in first.lines] == [plain_day(clock.today() + timedelta(days=7))]
    assert [(line.old, line.new) for line in second.lines] == [("Scouts Zilverreiger", "")]
    assert (first.title, second.why) == (title, "Het lukt me niet.")  # what was typed stays in the group
