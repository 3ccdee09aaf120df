"""A few friends together: one question, one card, and everybody says yes for themselves."""

from tests import factories
from tests.people import Cast
from tests.referrals import states
from tests.referrals.steps import by_link, id_of
from tests.support.browse import Browse


def test_friends_come_along_without_a_name(browse: Browse, cast: Cast) -> None:
    """One card for a group of friends; each of them agrees, and of the others nothing is written down."""
    referral = factories.chosen(cast)
    states.put(referral.id, friends=2)
    path = f"/toeleidingen/{id_of(referral)}/akkoord"
    hilde = browse("hilde")
    page = hilde.get(path)
    assert page.says("Elke vriend gaat ook akkoord", "hun namen staan nergens")
    said = {"agreed_by": "self", "agreed_how": "together", "name": "Kompas", "route": "guide", "understood": "y"}
    form = {name: value for name, value in page.form(path).items() if name != "friends_too"} | said
    refused = hilde.post(path, form)
    assert refused.status == 422
    assert 'id="friends_too-error"' in refused.text
    assert hilde.post(path, form | {"friends_too": "y"}).status == 303
    alone = f"/toeleidingen/{id_of(factories.chosen(cast))}/akkoord"
    assert "friends_too" not in hilde.get(alone).text


def test_an_association_reads_how_many_come(browse: Browse, cast: Cast) -> None:
    referral = factories.sent(cast)
    states.put(referral.id, friends=3)
    ask_id = id_of(factories.ask_of(referral, cast.zilverreiger))
    assert by_link(browse, cast, ask_id).get(f"/antwoord/{ask_id}").says("met 3 vrienden")
