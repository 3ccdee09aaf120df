"""The timeline of a plan: bars in time, and what happened in one stream."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from tests.groups import makers as groups
from tests.people import Cast
from tests.plans import makers
from tests.support.browse import Browse
from webapp.core import clock
from webapp.core.db import db
from webapp.groups.codes import Visibility
from webapp.groups.lifecycle import ItemStatus
from webapp.meetings.codes import DecidedBy
from webapp.meetings.lifecycle import DecisionStatus
from webapp.meetings.models import Decision
from webapp.plans import actions, charting, doing, growing, in_time, queries, reviewing, timeline
from webapp.plans.charting import Span, Year
from webapp.plans.codes import Growth, Link, Part
from webapp.plans.doing import Wanted
from webapp.plans.doing_models import Belonging
from webapp.plans.growing import Statement
from webapp.plans.models import Plan
from webapp.plans.reviewing import Seen
from webapp.plans.timeline import Event
from webapp.vocabulary.strategies import Strategy


def told(plan: Plan, part: str = "") -> list[Event]:
    db.session.flush()
    return timeline.story(plan.id, part)


def planned(cast: Cast, plan: Plan, wanted: Wanted) -> queries.Planned:
    row = doing.add(plan, wanted, by=cast.actor("noor"))
    found = queries.planned(row.id)
    assert found
    return found


def test_everything_that_happened_is_told_in_one_stream_the_newest_first(cast: Cast) -> None:
    plan, noor, today = makers.plan(cast), cast.actor("noor"), clock.today()
    goal = makers.goal(plan)
    growing.see(goal, Statement(Growth.SOMETHING, "Tieners", "komen terug", "Ze zeggen het.", today), by=noor)
    growing.listen(plan, makers.moment(), by=noor)
    review = reviewing.plan_one(plan, today, by=noor)
    reviewing.hold(review, Seen(today, "Dansen werkt."), by=noor)
    action = planned(cast, plan, Wanted("Dansen", Strategy.OUTREACH))
    doing.move(action, ItemStatus.DONE, by=noor)
    actions.adjust(plan, makers.about("Iedereen kiest"), "Zo noemen tieners het.", by=noor)
    found = told(plan)
    assert {event.kind for event in found} == {"outcome", "voice", "review", "done", "adjusted"}
    assert [event.kind for event in told(plan, Part.GOAL)] == ["outcome"]
    (one,) = told(plan, Part.PLAN)
    assert (one.number, one.words, one.was) == (
        1,
        "Zo noemen tieners het.",
        {"title": "Vrije tijd voor iedereen"},
    )


def test_just_after_midnight_it_is_the_day_of_the_town_in_summer_and_in_winter(cast: Cast) -> None:
    plan, noor = makers.plan(cast), cast.actor("noor")
    for title, moment in (
        ("Winter", datetime(2026, 12, 3, 23, 30, tzinfo=UTC)),
        ("Zomer", datetime(2027, 7, 1, 22, 30, tzinfo=UTC)),
        ("Een uur later", datetime(2027, 7, 1, 23, 30, tzinfo=UTC)),
        ("Gewoon overdag", datetime(2027, 7, 1, 12, 0, tzinfo=UTC)),
    ):
        with clock.at(moment):
            actions.adjust(plan, makers.about(title), "Daarom.", by=noor)
    events = told(plan)
    assert [(event.became["title"], event.day) for event in events] == [
        ("Een uur later", date(2027, 7, 2)),
        ("Zomer", date(2027, 7, 2)),
        ("Gewoon overdag", date(2027, 7, 1)),
        ("Winter", date(2026, 12, 4)),
    ]


def test_it_is_read_page_by_page_without_a_gap(cast: Cast) -> None:
    plan, noor = makers.plan(cast), cast.actor("noor")
    for number in range(timeline.PAGE_SIZE + 4):
        actions.adjust(plan, makers.about(f"Naam {number}"), "Daarom.", by=noor)
        review = reviewing.plan_one(plan, clock.today(), by=noor)
        reviewing.hold(review, Seen(clock.today(), f"Gezien {number}"), by=noor)
    seen, after = [], None
    for _page in range(4):
        rows = timeline.story(plan.id, after=after)
        page = rows[: timeline.PAGE_SIZE]
        seen += [event.id for event in page]
        after = (page[-1].day, page[-1].at, page[-1].id)
        if len(rows) <= timeline.PAGE_SIZE:
            break
    assert len(seen) == len(set(seen)) == 2 * (timeline.PAGE_SIZE + 4)


def test_much_that_is_done_is_read_without_a_gap_too(cast: Cast) -> None:
    """Several at one moment, in the hour that comes twice in autumn as well."""
    plan, noor, begin = makers.plan(cast), cast.actor("noor"), datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
    for number in range(2 * timeline.PAGE_SIZE + 4):
        action = makers.planned(cast, plan, f"Actie {number}")
        with clock.at(begin + timedelta(minutes=number // 4 * 15)):
            doing.move(action, ItemStatus.DONE, by=noor)
    for day in (0, 1):
        growing.listen(plan, replace(makers.moment(), heard_on=begin.date() + timedelta(days=day)), by=noor)
    db.session.flush()
    seen, after = [], None
    for _page in range(3):
        page = timeline.story(plan.id, after=after)[: timeline.PAGE_SIZE]
        seen += page
        after = (page[-1].day, page[-1].at, page[-1].id)
    assert len({event.id for event in seen}) == len(seen) == 2 * timeline.PAGE_SIZE + 6
    keys = [(event.day, event.at, event.id) for event in seen]
    assert keys == sorted(keys, reverse=True)


def test_of_each_goal_the_first_actions_stand_in_time_and_those_without_a_day_last(cast: Cast) -> None:
    plan, today = makers.plan(cast), clock.today()
    goals = [makers.goal(plan, f"Teken {number}") for number in range(3)]
    for number, goal in enumerate(goals[:2]):
        goal.position = 1 - number
        for day in range(in_time.MOST_IN_GOAL + 2):
            due_on = today + timedelta(days=day) if day else None
            planned(cast, plan, Wanted(f"Actie {day}", Strategy.SUPPORT, goal_id=goal.id, due_on=due_on))
    planned(cast, plan, Wanted("Later", Strategy.SUPPORT, due_on=today))
    gone = planned(cast, plan, Wanted("Los", Strategy.SUPPORT))
    doing.move(gone, ItemStatus.DROPPED, "Te ver.", by=cast.actor("noor"))
    db.session.flush()
    found, _to_come = in_time.of_plan(plan.id)
    by_day = [f"Actie {day + 1}" for day in range(in_time.MOST_IN_GOAL)]
    assert [(goal.title, goal.total, [row.title for row in rows]) for goal, rows in found] == [
        ("Teken 1", 10, by_day),
        ("Teken 0", 10, by_day),
        (None, 1, ["Later"]),
    ]


def test_bars_stand_by_goal_with_what_was_adjusted_and_its_number(cast: Cast) -> None:
    plan, noor, today = makers.plan(cast), cast.actor("noor"), clock.today()
    goal = makers.goal(plan)
    wanted = Wanted("Vorming", Strategy.SUPPORT, goal_id=goal.id, starts_on=today, due_on=today + timedelta(days=30))
    action = planned(cast, plan, wanted)
    planned(cast, plan, Wanted("Zonder doel", Strategy.SUPPORT))
    actions.adjust(plan, makers.about("Anders"), "Daarom.", by=noor)
    later = replace(wanted, due_on=today + timedelta(days=90))
    doing.adjust(action, later, "De ploeg zit vol.", by=noor)
    db.session.flush()
    bars, _to_come = in_time.of_plan(plan.id)
    rows = [row for _goal, some in bars for row in some]
    assert [(one.title, one.total) for one, _rows in bars] == [(goal.title, 1), (None, 1)]
    assert [row.title for row in rows] == ["Vorming", "Zonder doel"]
    (mark,) = timeline.adjusted(plan.id, [row.id for row in rows])
    assert (mark.number, mark.was) == (2, {"due_on": (today + timedelta(days=30)).isoformat()})


def test_what_is_still_to_come_stands_by_its_last_day_whatever_its_goal_shows(cast: Cast) -> None:
    plan, noor, today = makers.plan(cast), cast.actor("noor"), clock.today()
    goal = makers.goal(plan)
    for number in range(in_time.MOST_IN_GOAL):
        done = planned(
            cast,
            plan,
            Wanted(f"Klaar {number}", Strategy.SUPPORT, goal_id=goal.id, starts_on=today - timedelta(days=9)),
        )
        doing.move(done, ItemStatus.DONE, by=noor)
    for title, days, status in (
        ("Ooit", None, None),
        ("Later", 9, None),
        ("Vast", 30, ItemStatus.STUCK),
        ("Was voor gisteren", -1, ItemStatus.MOVING),
        ("Losgelaten", 3, ItemStatus.DROPPED),
        ("Zaadje", 4, ItemStatus.SEED),
    ):
        due_on = today + timedelta(days=days) if days is not None else None
        action = planned(cast, plan, Wanted(title, Strategy.SUPPORT, goal_id=goal.id, due_on=due_on))
        if status:
            doing.move(action, status, "Het ging niet.", by=noor)
    db.session.flush()
    ((_goal, rows),), to_come = in_time.of_plan(plan.id)
    assert {row.title[:5] for row in rows} == {"Klaar"}
    assert [row.title for row in to_come] == ["Was voor gisteren", "Later", "Vast", "Ooit"]
    for number in range(in_time.MOST_TO_COME):
        planned(cast, plan, Wanted(f"Straks {number}", Strategy.SUPPORT, due_on=today + timedelta(days=10)))
    db.session.flush()
    few = in_time.of_plan(plan.id).to_come
    assert len(few) == in_time.MOST_TO_COME
    assert [row.title for row in few[:2]] == ["Was voor gisteren", "Later"]


def test_a_plan_without_actions_has_none_to_come_and_says_so(cast: Cast, browse: Browse) -> None:
    plan = makers.plan(cast)
    assert in_time.of_plan(plan.id) == ([], [])
    db.session.commit()
    page = browse("jef").get(f"/plannen/{plan.id}/tijdlijn")
    assert page.says("Nog niets")
    assert 'class="told"' not in page.text


def in_order(text: str, *words: str) -> bool:
    places = [text.find(one) for one in words]
    return -1 not in places and places == sorted(places)


def test_the_stream_tells_what_happened_then_today_then_what_is_to_come(cast: Cast, browse: Browse) -> None:
    plan, noor, today = makers.plan(cast), cast.actor("noor"), clock.today()
    at = f"/plannen/{plan.id}/tijdlijn"
    coming = planned(cast, plan, Wanted("Uniformenbak", Strategy.SUPPORT, due_on=today + timedelta(days=4)))
    doing.move(planned(cast, plan, Wanted("Aanspreekpunt", Strategy.SUPPORT)), ItemStatus.DONE, by=noor)
    actions.adjust(plan, makers.about("Anders"), "Daarom.", by=noor)
    db.session.commit()
    page = browse("jef").get(at)
    stream = page.text[page.text.index('class="told"') :]
    assert in_order(stream, "Aanspreekpunt", "Klaar op", "Daarom.", "told-now", "Uniformenbak", "Tegen ")
    assert f'href="/plannen/acties/{coming.item.id}"' in stream
    assert "told-old" not in page.text
    assert 'name="deel"' not in page.text, "so short a story needs no filter"
    assert "Uniformenbak" not in browse("jef").get(f"{at}?deel=goal").text.partition('class="told"')[2]


def test_a_long_stream_folds_on_a_phone_and_goes_back_and_forth(cast: Cast, browse: Browse) -> None:
    plan, noor = makers.plan(cast), cast.actor("noor")
    for number in range(timeline.PAGE_SIZE + 1):
        actions.adjust(plan, makers.about(f"Naam {number:02}"), f"Reden {number:02}.", by=noor)
    at = f"/plannen/{plan.id}/tijdlijn"
    db.session.commit()
    jef = browse("jef")
    page = jef.get(at)
    assert in_order(page.text, "Reden 01.", "Reden 12.", "told-now")
    assert "Reden 00." not in page.text
    assert page.text.count("told-old") == timeline.PAGE_SIZE - 4
    (to_before,) = (link for link in page.links() if "na=" in link)
    before = jef.get(to_before)
    assert before.says("Reden 00.")
    assert "told-now" not in before.text
    assert f"{at}#verhaal" in before.links()


def decided(cast: Cast, plan: Plan, visibility: Visibility, on: date) -> None:
    group = groups.group(cast, visibility, f"Werkgroep {visibility}")
    row = Decision(
        group_id=group.id, statement=f"Beslist {visibility}", status=DecisionStatus.IN_FORCE, way=DecidedBy.CONSENT
    )
    row.decided_on = on
    db.session.add(row)
    db.session.flush()
    thing = makers.goal(plan)
    db.session.add(Belonging(thing_id=thing.id, to_id=row.id, plan_id=plan.id, part="goal", to_kind=Link.DECISION))


def test_a_decision_is_told_while_its_group_is_open(cast: Cast) -> None:
    plan = makers.plan(cast)
    for visibility in Visibility:
        decided(cast, plan, visibility, clock.today())
    assert [event.title for event in told(plan)] == ["Beslist open"]


def test_on_the_page(cast: Cast, browse: Browse) -> None:
    plan, noor, today = makers.plan(cast), cast.actor("noor"), clock.today()
    goal = makers.goal(plan)
    wanted = Wanted("Vorming", Strategy.SUPPORT, goal_id=goal.id, starts_on=today, due_on=today + timedelta(days=30))
    action = planned(cast, plan, wanted)
    doing.adjust(action, replace(wanted, due_on=today + timedelta(days=90)), "De ploeg zit vol.", by=noor)
    reviewing.plan_one(plan, today + timedelta(days=40), "met twee tieners", by=noor)
    at = f"/plannen/{plan.id}/tijdlijn"
    db.session.commit()
    jef = browse("jef")
    page = jef.get(at)
    assert page.says("Meer kinderen stappen binnen", "eerst gepland tot", "bijsturing 1", "De ploeg zit vol.")
    assert page.says("Volgende terugblik", "met twee tieners")
    assert 'class="lane-ghost"' in page.text
    assert not page.says("Plan een terugblik")
    assert 'id="adjust-what"' not in page.text
    assert 'id="adjust-what"' in browse("noor").get(at).text
    assert not jef.get(f"{at}?deel=goal").says("De ploeg zit vol.")
    assert jef.get(f"{at}?deel=nonsense&van=9999-99&na=nonsense").status == 200
    past = jef.get(f"{at}?van={today.year - 3}-01")
    assert "lane-ghost" not in past.text


def test_a_year_begins_two_months_ago_and_knows_its_place(cast: Cast) -> None:
    year = Year(date(2026, 9, 1))
    assert (year.at(date(2026, 9, 1)), year.at(date(2027, 9, 1))) == (0, 100)
    assert year.span(date(2026, 1, 1), date(2027, 8, 31)) == Span(0, 100)
    assert year.span(date(2026, 1, 1), date(2026, 8, 31)) is None
    assert charting.month_after(date(2026, 1, 1), -2) == date(2025, 11, 1)
    with clock.at(datetime(2026, 11, 18, 12, tzinfo=UTC)):
        assert charting.year_of(makers.plan(cast), None).first == date(2026, 9, 1)
