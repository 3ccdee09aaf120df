"""Plans to test with: a group that noor chairs carries them; tine started them."""

from datetime import timedelta

from tests.groups import makers
from tests.people import Cast
from webapp.core import clock
from webapp.plans import actions
from webapp.plans.actions import AboutPlan
from webapp.plans.models import Plan


def about(title: str = "Vrije tijd voor iedereen") -> AboutPlan:
    """A plan of a year."""
    today = clock.today()
    return AboutPlan(title, "Elk kind kan kiezen.", today, today + timedelta(days=365))


def plan(cast: Cast, title: str = "Vrije tijd voor iedereen") -> Plan:
    """A plan that an open group carries."""
    return actions.start(about(title), makers.group(cast).id, by=cast.actor("tine"))
