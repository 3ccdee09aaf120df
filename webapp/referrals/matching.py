"""What fits a wish: a pure function from what a young person asks to offers in order, with reasons.

1. **Hard limits** filter: age, a moment in the week, the price, a way to get there, and a group of friends that is
   larger than the places left. An offer with a lower price without questions stays in, whatever its full price.
   Full offers stay in as well: a waiting list is an answer. What happens only in school holidays suits every week.
2. **Points** order what is left: one for each shared interest and one for each barrier that the offer answers, and
   nothing else. A barrier is a distance (a B) that should become smaller, or something asked to be arranged; it
   weighs as much as an interest. Points are never shown.
3. With equal points, in this order: a shorter bridge, room now, nearer to home, a lower price, confirmed more
   recently; then the name and the id, so that the same wish always gives the same list.
4. When fewer than two offers pass, the nearest misses follow, each saying which limit would have to give way: at
   least two options, if they exist at all.

Nothing about who somebody is takes part, and neither do the languages that a team speaks.
"""

import enum
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from webapp.referrals import match_reasons
from webapp.referrals.match_facts import (
    Custom,
    OfferFacts,
    Slot,
    Wish,
    can_get_there,
    has_room_for_all,
    is_affordable,
    suiting_slots,
)
from webapp.referrals.match_reasons import Reason, Support, Why
from webapp.vocabulary.ages import covers_some
from webapp.vocabulary.prices import yearly

__all__ = ["Custom", "Match", "Miss", "OfferFacts", "Reason", "Slot", "Support", "Why", "Wish", "misses", "rank"]

ENOUGH_TO_CHOOSE = 2
MOST_TO_ARRANGE = 2


class Miss(enum.StrEnum):
    """A hard limit that an offer does not keep. The one that gives way most easily comes first."""

    TRAVEL = "travel"
    TIME = "time"
    PRICE = "price"
    GROUP = "group"
    AGE = "age"


@dataclass(frozen=True)
class Match:
    """One offer beside a wish; its explanation is worked out when somebody looks.

    `relaxed` holds the limits that would have to give way; empty for a real fit.
    """

    wish: Wish
    offer: OfferFacts
    relaxed: tuple[Miss, ...] = ()

    @cached_property
    def answers(self) -> match_reasons.Answers:
        """The interests that are shared and the barriers that are answered."""
        return match_reasons.answers(self.wish, self.offer)

    @cached_property
    def fits(self) -> tuple[Reason, ...]:
        """Why it fits, the most practical first."""
        return match_reasons.fits(self.wish, self.offer, self.answers)

    @cached_property
    def watch(self) -> tuple[Reason, ...]:
        """What to watch."""
        return match_reasons.watch(self.wish, self.offer)

    @property
    def has_something(self) -> bool:
        """Whether there is anything to do of what the young person would like, as far as they said."""
        return bool(self.answers.interests) or not self.wish.interests

    @property
    def points(self) -> int:
        """What orders the list; never shown."""
        return self.answers.points

    @cached_property
    def bridge_length(self) -> int:
        """1, short: nothing needs support. 2: one or two things to arrange. 3, long: somebody walks along."""
        support = [reason.support for reason in self.watch]
        if Support.WALK_ALONG in support or support.count(Support.ARRANGE) > MOST_TO_ARRANGE:
            return 3
        return 2 if Support.ARRANGE in support else 1


def rank(wish: Wish, offers: Sequence[OfferFacts]) -> list[Match]:
    """The offers that fit, best first; with the nearest misses behind them when fewer than two fit.

    The order of `offers` makes no difference. Looks at each offer once and sorts: O(n log n).
    """
    judged = [Match(wish, offer, misses(wish, offer)) for offer in offers]
    fitting = sorted((match for match in judged if not match.relaxed), key=_place)
    if len(fitting) >= ENOUGH_TO_CHOOSE:
        return fitting
    near = sorted((match for match in judged if match.relaxed), key=lambda match: (_how_far(match), _place(match)))
    return fitting + near[: ENOUGH_TO_CHOOSE - len(fitting)]


def misses(wish: Wish, offer: OfferFacts) -> tuple[Miss, ...]:
    """The hard limits of the wish that the offer does not keep; empty when it fits."""
    kept = {
        Miss.TRAVEL: can_get_there(wish, offer),
        Miss.TIME: not offer.slots or bool(suiting_slots(wish, offer.slots)),
        Miss.PRICE: is_affordable(wish, offer) or offer.has_social_tariff,
        Miss.GROUP: has_room_for_all(wish, offer),
        Miss.AGE: wish.age_band is None or covers_some(offer.age_min, offer.age_max, wish.age_band),
    }
    return tuple(miss for miss in Miss if not kept[miss])


def _place(match: Match) -> tuple[object, ...]:
    """Where a match stands in the list; lower is earlier, and no two are equal."""
    wish, offer = match.wish, match.offer
    return (
        -match.points,
        match.bridge_length,
        offer.has_waiting_list,
        bool(wish.area and offer.area != wish.area),
        yearly(offer.price_cents, offer.price_per),
        -offer.confirmed_at.timestamp(),
        offer.name,
        offer.id.int,
    )


def _how_far(match: Match) -> tuple[int, int]:
    """Fewer limits that give way first; then those that give way more easily."""
    order = list(Miss)
    return len(match.relaxed), max(order.index(miss) for miss in match.relaxed)
