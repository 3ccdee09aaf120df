"""The page that says who may do what is made from the rules."""

import pytest

from webapp.policy import roles
from webapp.policy.permissions import PERMISSION_SENTENCES, Can
from webapp.vocabulary.functions import FUNCTION_LABELS, FunctionKind
from webapp.vocabulary.organisation_kinds import OrganisationKind
from webapp.web.i18n import in_language, word

F = FunctionKind


def test_everybody_shares_what_opens_the_network():
    assert {Can.LOOK_AROUND, Can.READ_ORGANISATION, Can.READ_OFFER, Can.USE_OWN_ACCOUNT} <= roles.shared_by_all()
    assert not roles.shared_by_all() & {Can.OPEN_CARD, Can.READ_REFERRAL, Can.MANAGE_SEATS}


@pytest.mark.parametrize(
    ("function", "may", "may_not"),
    [
        (F.GUIDE, {Can.START_REFERRAL, Can.GUIDE_REFERRAL, Can.OPEN_CARD}, {Can.ANSWER_ASK, Can.SEE_STUCK}),
        (F.CONTACT_POINT, {Can.ANSWER_ASK, Can.MANAGE_SEATS, Can.OPEN_CARD}, {Can.START_REFERRAL, Can.GUIDE_REFERRAL}),
        (F.CREW, {Can.EDIT_OFFER}, {Can.READ_REFERRAL, Can.OPEN_CARD, Can.ANSWER_ASK, Can.MANAGE_SEATS}),
        (F.COORDINATOR, {Can.SEE_STUCK, Can.MANAGE_SEATS}, {Can.READ_REFERRAL, Can.OPEN_CARD}),
        (F.ADMINISTRATOR, {Can.MANAGE_SEATS}, {Can.READ_REFERRAL, Can.OPEN_CARD, Can.SEE_STUCK}),
        (F.BRIDGE_BUILDER, {Can.START_REFERRAL, Can.ANSWER_ASK, Can.SEE_STUCK}, {Can.MANAGE_SEATS}),
    ],
)
def test_a_function_opens_what_the_rules_say(function, may, may_not):
    opened = roles.permissions_of(function)
    assert may <= opened
    assert not may_not & opened


def test_every_function_exists_somewhere_and_every_kind_has_one():
    for function in F:
        assert any(function in roles.functions_of(kind) for kind in OrganisationKind)
    for kind in OrganisationKind:
        assert roles.functions_of(kind)
        assert roles.needed_at(kind)


def test_the_page_tells_all_of_it(browse, app):
    page = browse("jef").get("/rollen")
    with app.test_request_context(), in_language("nl"):
        for function in F:
            assert page.says(word(FUNCTION_LABELS[function]).capitalize())
            for permission in roles.own_permissions(function):
                assert page.says(word(PERMISSION_SENTENCES[permission]))
    assert page.says("Jouw functie")


def test_ones_own_function_stands_above_what_everybody_may(browse, cast):
    words = browse("noor").get("/rollen").words
    assert words.index("Jouw functie") < words.index("Iedereen die meedoet")
