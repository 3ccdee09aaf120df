"""A yes to a group says on which day and at what hour, and the day can be."""

import pytest

from tests.people import Cast
from tests.referrals.steps import id_of
from tests.support.browse import Browse
from tests.visits.test_visits import again, asked
from webapp.visits.lifecycle import VisitStatus


@pytest.mark.parametrize(
    ("typed", "field", "sentence"),
    [
        ({}, "time", "Vul een uur in."),
        ({"day": ""}, "day", "Vul een dag in."),
        ({"time": "14:00", "day": "2020-01-06"}, "day", "Die dag is voorbij."),
        ({"time": "14:00", "day": "2126-01-06"}, "day", "Kies een dag binnen het jaar."),
    ],
)
def test_a_yes_without_a_moment_that_can_be_is_asked_once_more(
    browse: Browse, cast: Cast, typed: dict[str, str], field: str, sentence: str
) -> None:
    visit_id = id_of(asked(cast))
    noor, path = browse("noor"), f"/bezoeken/{visit_id}/antwoord"
    form = noor.get(f"/bezoeken/{visit_id}").form(path) | {"answer": "agreed", "message": "tot dan", **typed}
    page = noor.post(path, form)
    assert page.status == 422
    assert f'id="{field}-error"' in page.text
    assert page.says(sentence, "tot dan")
    assert again(visit_id).status is VisitStatus.ASKED
