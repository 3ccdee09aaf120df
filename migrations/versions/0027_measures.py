"""What matching weighs of each published offer, in a narrow row of numbers

Revision: 0027
After: 0026
"""

from collections.abc import Collection, Iterable
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0027"
down_revision = "0026"
branch_labels = None
depends_on = None

NAME = sa.String(250).with_variant(sa.String(250, collation="C"), "postgresql")
BATCH = 1_000

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
SCHOOL_DAYS = DAYS[:5]
PARTS = {"morning": (360, 720), "afternoon": (720, 1080), "after_school": (930, 1110), "evening": (1080, 1560)}
ALWAYS = 1 << 35
CEILINGS = (("free", 0, 0, 0), ("little", 200, 400, 2500), ("some", 500, 1000, 6000), ("more", 1000, 2000, 15000))
TIMES_A_YEAR = {"free": 0, "time": 40, "month": 10, "year": 1}
INTERESTS = (
    "sport", "football", "basketball", "dance", "cycling", "skating", "music", "singing", "theatre", "drawing",
    "crafts", "photo_video", "tinkering", "cooking", "outdoors", "play", "campfire", "camps", "nature", "board_games",
    "gaming", "reading", "hanging_out", "making_friends", "helping_others",
)  # fmt: skip
CUSTOMS = (
    "uniform", "food", "alcohol", "overnight", "song", "phones", "weather", "mixed_group", "shoes_and_clothes",
    "helping_out",
)  # fmt: skip
ARRANGEMENTS = (
    "come_with_friend", "known_person_comes_along", "one_fixed_leader", "come_and_look_first", "no_photos",
    "group_visit_first", "explained_first", "pictograms", "plain_messages", "works_without_much_dutch", "trial_times",
    "start_mid_year", "sign_up_by_phone", "lower_price", "pay_in_parts", "loan_gear", "second_hand_uniform",
    "step_free", "step_free_toilet", "bus_home_in_time", "shared_ride", "calm_start", "small_group", "quiet_corner",
    "join_now_and_then", "talk_about_food", "place_without_alcohol",
)  # fmt: skip
TELLING = {
    "reach": {"step_free", "step_free_toilet", "bus_home_in_time", "shared_ride"},
    "availability": set[str](),
    "affordability": {"lower_price", "pay_in_parts", "loan_gear", "second_hand_uniform"},
    "awareness": {"group_visit_first", "explained_first"},
    "trust": {"come_with_friend", "known_person_comes_along", "one_fixed_leader", "come_and_look_first", "no_photos"},
    "clarity": {"pictograms", "plain_messages", "works_without_much_dutch"},
    "fit": {"calm_start", "small_group", "quiet_corner", "join_now_and_then", "talk_about_food"},
}
OFFER = sa.table(
    "offer",
    sa.column("id", sa.Uuid()),
    sa.column("confirmed_at", sa.DateTime(timezone=True)),
    *(sa.column(name, sa.JSON()) for name in ("interests", "arrangements", "customs")),
    *(
        sa.column(name, sa.String())
        for name in ("name", "price_per", "sign_up", "area", "mood", "little_dutch", "room")
    ),
    *(
        sa.column(name, sa.Integer())
        for name in ("age_min", "age_max", "price_cents", "trial_visits", "group_size", "free_places")
    ),
    *(
        sa.column(name, sa.Boolean())
        for name in (
            "has_social_tariff", "has_instalments", "has_loan_gear", "reachable_without_car", "is_alcohol_free",
            "is_published",
        )
    ),
)  # fmt: skip
SLOT = sa.table(
    "offer_slot",
    sa.column("offer_id", sa.Uuid()),
    sa.column("weekday", sa.String()),
    sa.column("starts", sa.Time()),
    sa.column("ends", sa.Time()),
    sa.column("holidays_only", sa.Boolean()),
)


def upgrade() -> None:
    """Make the rows for everything that is published already."""
    table = op.create_table(
        "offer_measure",
        sa.Column("offer_id", sa.Uuid(), nullable=False),
        sa.Column("age_min", sa.Integer(), nullable=False),
        sa.Column("age_max", sa.Integer(), nullable=False),
        sa.Column("moments", sa.BigInteger(), nullable=False),
        sa.Column("prices", sa.Integer(), nullable=False),
        sa.Column("places", sa.Integer(), nullable=True),
        sa.Column("is_full", sa.Boolean(), nullable=False),
        sa.Column("needs_car", sa.Boolean(), nullable=False),
        sa.Column("has_way", sa.Boolean(), nullable=False),
        sa.Column("area", sa.String(length=40), nullable=False),
        sa.Column("interests", sa.BigInteger(), nullable=False),
        sa.Column("arranged", sa.BigInteger(), nullable=False),
        sa.Column("smaller", sa.Integer(), nullable=False),
        sa.Column("fixed_customs", sa.Integer(), nullable=False),
        sa.Column("has_alcohol", sa.Boolean(), nullable=False),
        sa.Column("needs_dutch", sa.Boolean(), nullable=False),
        sa.Column("yearly_cents", sa.BigInteger(), nullable=False),
        sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("name", NAME, nullable=False),
        sa.ForeignKeyConstraint(
            ["offer_id"], ["offer.id"], name=op.f("fk_offer_measure_offer_id_offer"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("offer_id", name=op.f("pk_offer_measure")),
    )
    connection = op.get_bind()
    slots: dict[Any, list[Any]] = {}
    for slot in connection.execute(sa.select(SLOT)):
        slots.setdefault(slot.offer_id, []).append(slot)
    offers = connection.execute(sa.select(OFFER).where(OFFER.c.is_published)).all()
    rows = [measures(offer, slots.get(offer.id, ())) for offer in offers]
    for first in range(0, len(rows), BATCH):
        connection.execute(sa.insert(table), rows[first : first + BATCH])


def downgrade() -> None:
    """Back to weighing everything by hand."""
    op.drop_table("offer_measure")


def bits(codes: Iterable[str], order: Collection[str]) -> int:
    """Each code as the bit of its place."""
    return sum(1 << [*order].index(code) for code in set(codes))


def measures(offer: Any, slots: Collection[Any]) -> dict[str, Any]:
    """The row of one offer."""
    arranged, full = arranged_at(offer), offer.room == "full" or (offer.room == "places" and offer.free_places == 0)
    return {
        "offer_id": offer.id,
        "age_min": offer.age_min,
        "age_max": offer.age_max,
        "moments": moments(slots),
        "prices": bits(ceilings(offer), ("free", "little", "some", "more", "any")),
        "places": offer.free_places if offer.room == "places" else None,
        "is_full": full,
        "needs_car": not offer.reachable_without_car,
        "has_way": offer.reachable_without_car or "shared_ride" in arranged,
        "area": offer.area,
        "interests": bits(offer.interests, INTERESTS),
        "arranged": bits(arranged, ARRANGEMENTS),
        "smaller": bits(smaller(offer, arranged, full=full), TELLING),
        "fixed_customs": bits((one["topic"] for one in offer.customs if one["stance"] == "fixed"), CUSTOMS),
        "has_alcohol": not offer.is_alcohol_free,
        "needs_dutch": offer.little_dutch == "no",
        "yearly_cents": offer.price_cents * TIMES_A_YEAR[offer.price_per],
        "confirmed_at": offer.confirmed_at,
        "name": offer.name,
    }


def arranged_at(offer: Any) -> set[str]:
    """What was ticked, and what follows from the other answers."""
    drop_in, free = offer.sign_up == "none", offer.price_cents == 0
    follows = {
        "lower_price": free or offer.has_social_tariff,
        "pay_in_parts": free or offer.has_instalments or offer.price_per == "time",
        "loan_gear": offer.has_loan_gear,
        "trial_times": drop_in or offer.trial_visits > 1,
        "sign_up_by_phone": drop_in,
        "start_mid_year": drop_in,
        "join_now_and_then": drop_in,
        "small_group": offer.group_size is not None and offer.group_size <= 12,
        "place_without_alcohol": offer.is_alcohol_free,
        "works_without_much_dutch": offer.little_dutch == "yes",
    }
    return {*offer.arrangements, *(code for code, is_so in follows.items() if is_so)}


def smaller(offer: Any, arranged: set[str], *, full: bool) -> set[str]:
    """The distances that are smaller here."""
    drop_in = offer.sign_up == "none"
    facts = {
        "reach": offer.reachable_without_car,
        "availability": not full,
        "affordability": offer.price_cents == 0,
        "awareness": offer.trial_visits > 0 or drop_in,
        "trust": offer.group_size is not None and offer.group_size <= 12,
        "clarity": offer.little_dutch == "yes",
        "fit": offer.mood == "calm" or drop_in,
    }
    return {b for b, telling in TELLING.items() if facts[b] or telling & arranged}


def ceilings(offer: Any) -> set[str]:
    """The ceilings under which the price stays."""
    if offer.has_social_tariff or offer.price_cents == 0 or offer.price_per == "free":
        return {"any", *(name for name, *_ in CEILINGS)}
    place = ("time", "month", "year").index(offer.price_per)
    return {"any", *(name for name, *most in CEILINGS if offer.price_cents <= most[place])}


def moments(slots: Collection[Any]) -> int:
    """The days and the parts of days, or all of them."""
    found = 0 if slots and not any(slot.holidays_only for slot in slots) else ALWAYS
    for slot in slots:
        day = DAYS.index(slot.weekday)
        found |= 1 << day
        begin, end = (moment.hour * 60 + moment.minute for moment in (slot.starts, slot.ends))
        end += 24 * 60 if end <= begin else 0
        for number, (part, (first, last)) in enumerate(PARTS.items()):
            if min(end, last) - max(begin, first) >= 30 and (part != "after_school" or slot.weekday in SCHOOL_DAYS):
                found |= 1 << 7 + day * 4 + number
    return found
