"""Action plans: what is known, barriers, choices, goals, and the story; an action can stand in one

Revision: 0047
After: 0046
"""

import sqlalchemy as sa
from alembic import op

revision = "0047"
down_revision = "0046"
branch_labels = None
depends_on = None


FOUR = ("to_start", "moving", "stuck", "done")
MORE = (*FOUR, "dropped", "seed")


def may_stand(table: str, words: tuple[str, ...]) -> None:
    """Where an action may stand."""
    codes = ", ".join(f"'{word}'" for word in words)
    with op.batch_alter_table(table) as batch_op:
        batch_op.drop_constraint(op.f(f"ck_{table}_status"), type_="check")
        batch_op.create_check_constraint(op.f(f"ck_{table}_status"), f"status IN ({codes})")


def upgrade() -> None:
    """No action stands in a plan yet."""
    op.create_table(
        "plan",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("group_id", sa.Uuid(), nullable=False),
        sa.Column("title", sa.String(length=80), nullable=False),
        sa.Column("about", sa.String(length=240), nullable=False),
        sa.Column(
            "status",
            sa.Enum("current", "rounded_off", name="status", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column("begins_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("ends_on >= begins_on", name=op.f("ck_plan_ends_after_begin")),
        sa.ForeignKeyConstraint(
            ["group_id"], ["working_group.id"], name=op.f("fk_plan_group_id_working_group"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plan")),
    )
    with op.batch_alter_table("plan") as batch_op:
        batch_op.create_index(batch_op.f("ix_plan_group_id"), ["group_id"], unique=False)
        batch_op.create_index("ix_plan_list", ["status", "title", "id"], unique=False)

    op.create_table(
        "barrier",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("plan_id", sa.Uuid(), nullable=False),
        sa.Column(
            "side",
            sa.Enum("demand", "supply", "host", name="side", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column("bs", sa.JSON(), nullable=False),
        sa.Column("distances", sa.JSON(), nullable=False),
        sa.Column("words", sa.String(length=200), nullable=False),
        sa.Column("setting", sa.String(length=120), nullable=False),
        sa.Column(
            "shared",
            sa.Enum(
                "one_voice",
                "several",
                "most",
                "all",
                name="shared",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["plan_id"], ["plan.id"], name=op.f("fk_barrier_plan_id_plan"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_barrier")),
    )
    with op.batch_alter_table("barrier") as batch_op:
        batch_op.create_index("ix_barrier_plan", ["plan_id", "side", "id"], unique=False)

    op.create_table(
        "choice",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("plan_id", sa.Uuid(), nullable=False),
        sa.Column("for_whom", sa.String(length=160), nullable=False),
        sa.Column(
            "side",
            sa.Enum("demand", "supply", "host", name="side", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column(
            "objective",
            sa.Enum(
                "individual_guidance",
                "strengthening",
                "specific_offer",
                "support_associations",
                "informing",
                "solidarity_fund",
                "partnerships",
                name="objective",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("distances", sa.JSON(), nullable=False),
        sa.Column("until", sa.Date(), nullable=False),
        sa.Column("is_open", sa.Boolean(), nullable=False),
        sa.Column("is_highlighted", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["plan_id"], ["plan.id"], name=op.f("fk_choice_plan_id_plan"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_choice")),
    )
    with op.batch_alter_table("choice") as batch_op:
        batch_op.create_index("ix_choice_plan", ["plan_id", "until", "id"], unique=False)

    op.create_table(
        "evidence",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("plan_id", sa.Uuid(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "survey",
                "scan",
                "focus_group",
                "referrals",
                "signal",
                "other",
                name="kind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("heard", sa.String(length=400), nullable=False),
        sa.Column("about_how_many", sa.Integer(), nullable=True),
        sa.Column("heard_on", sa.Date(), nullable=False),
        sa.Column("link", sa.String(length=500), nullable=False),
        sa.Column("tool_id", sa.Uuid(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("about_how_many IS NULL OR about_how_many >= 1", name=op.f("ck_evidence_somebody")),
        sa.ForeignKeyConstraint(["plan_id"], ["plan.id"], name=op.f("fk_evidence_plan_id_plan"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["tool_id"], ["tool.id"], name=op.f("fk_evidence_tool_id_tool"), ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_evidence")),
    )
    with op.batch_alter_table("evidence") as batch_op:
        batch_op.create_index("ix_evidence_plan", ["plan_id", "heard_on", "id"], unique=False)
        batch_op.create_index(batch_op.f("ix_evidence_tool_id"), ["tool_id"], unique=False)

    op.create_table(
        "expectation",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("plan_id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("we_do", sa.String(length=400), nullable=False),
        sa.Column("they_do", sa.String(length=400), nullable=False),
        sa.Column("if_not", sa.String(length=400), nullable=False),
        sa.Column("look_back_on", sa.Date(), nullable=False),
        sa.Column("agreed_on", sa.Date(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_expectation_organisation_id_organisation"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(["plan_id"], ["plan.id"], name=op.f("fk_expectation_plan_id_plan"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_expectation")),
    )
    with op.batch_alter_table("expectation") as batch_op:
        batch_op.create_index(batch_op.f("ix_expectation_organisation_id"), ["organisation_id"], unique=False)
        batch_op.create_index("ix_expectation_plan", ["plan_id", "look_back_on", "id"], unique=False)

    op.create_table(
        "missing",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("plan_id", sa.Uuid(), nullable=False),
        sa.Column(
            "strategy",
            sa.Enum(
                "outreach",
                "guidance",
                "trusted_place",
                "support",
                "cooperation",
                "policy",
                name="strategy",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("words", sa.String(length=120), nullable=False),
        sa.ForeignKeyConstraint(["plan_id"], ["plan.id"], name=op.f("fk_missing_plan_id_plan"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_missing")),
    )
    with op.batch_alter_table("missing") as batch_op:
        batch_op.create_index("ix_missing_plan", ["plan_id", "strategy", "id"], unique=False)

    op.create_table(
        "plan_partner",
        sa.Column("plan_id", sa.Uuid(), nullable=False),
        sa.Column(
            "strategy",
            sa.Enum(
                "outreach",
                "guidance",
                "trusted_place",
                "support",
                "cooperation",
                "policy",
                name="strategy",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_plan_partner_organisation_id_organisation"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["plan_id"], ["plan.id"], name=op.f("fk_plan_partner_plan_id_plan"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("plan_id", "strategy", "organisation_id", name=op.f("pk_plan_partner")),
    )
    with op.batch_alter_table("plan_partner") as batch_op:
        batch_op.create_index(batch_op.f("ix_plan_partner_organisation_id"), ["organisation_id"], unique=False)

    op.create_table(
        "remark",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("plan_id", sa.Uuid(), nullable=False),
        sa.Column(
            "part",
            sa.Enum(
                "plan",
                "choice",
                "barrier",
                "goal",
                "action",
                name="part",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("thing_id", sa.Uuid(), nullable=False),
        sa.Column("words", sa.String(length=400), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=True),
        sa.Column("organisation_id", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_remark_organisation_id_organisation"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_remark_person_id_person"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(["plan_id"], ["plan.id"], name=op.f("fk_remark_plan_id_plan"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_remark")),
    )
    with op.batch_alter_table("remark") as batch_op:
        batch_op.create_index("ix_remark_plan", ["plan_id", "at", "id"], unique=False)
        batch_op.create_index("ix_remark_thing", ["thing_id", "at", "id"], unique=False)

    op.create_table(
        "voice",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("plan_id", sa.Uuid(), nullable=False),
        sa.Column(
            "of",
            sa.Enum(
                "young_people",
                "youth_workers",
                "parents",
                "together",
                name="of",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("heard_on", sa.Date(), nullable=False),
        sa.Column("how", sa.String(length=240), nullable=False),
        sa.Column("heard", sa.String(length=400), nullable=False),
        sa.Column("changed", sa.String(length=400), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["plan_id"], ["plan.id"], name=op.f("fk_voice_plan_id_plan"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_voice")),
    )
    with op.batch_alter_table("voice") as batch_op:
        batch_op.create_index("ix_voice_plan", ["plan_id", "heard_on", "id"], unique=False)

    op.create_table(
        "barrier_evidence",
        sa.Column("barrier_id", sa.Uuid(), nullable=False),
        sa.Column("evidence_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["barrier_id"], ["barrier.id"], name=op.f("fk_barrier_evidence_barrier_id_barrier"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["evidence_id"], ["evidence.id"], name=op.f("fk_barrier_evidence_evidence_id_evidence"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("barrier_id", "evidence_id", name=op.f("pk_barrier_evidence")),
    )
    with op.batch_alter_table("barrier_evidence") as batch_op:
        batch_op.create_index(batch_op.f("ix_barrier_evidence_evidence_id"), ["evidence_id"], unique=False)

    op.create_table(
        "goal",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("plan_id", sa.Uuid(), nullable=False),
        sa.Column("choice_id", sa.Uuid(), nullable=True),
        sa.Column("title", sa.String(length=160), nullable=False),
        sa.Column("sign", sa.String(length=240), nullable=False),
        sa.Column("number", sa.String(length=80), nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["choice_id"], ["choice.id"], name=op.f("fk_goal_choice_id_choice"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(["plan_id"], ["plan.id"], name=op.f("fk_goal_plan_id_plan"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_goal")),
    )
    with op.batch_alter_table("goal") as batch_op:
        batch_op.create_index(batch_op.f("ix_goal_choice_id"), ["choice_id"], unique=False)
        batch_op.create_index("ix_goal_plan", ["plan_id", "position", "id"], unique=False)

    op.create_table(
        "review",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("plan_id", sa.Uuid(), nullable=False),
        sa.Column("planned_on", sa.Date(), nullable=False),
        sa.Column("held_on", sa.Date(), nullable=True),
        sa.Column("who", sa.String(length=200), nullable=False),
        sa.Column("saw", sa.String(length=800), nullable=False),
        sa.Column("changes", sa.String(length=800), nullable=False),
        sa.Column("topic_id", sa.Uuid(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("held_on IS NOT NULL OR saw = ''", name=op.f("ck_review_seen_when_held")),
        sa.ForeignKeyConstraint(["plan_id"], ["plan.id"], name=op.f("fk_review_plan_id_plan"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["topic_id"], ["topic.id"], name=op.f("fk_review_topic_id_topic"), ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_review")),
    )
    with op.batch_alter_table("review") as batch_op:
        batch_op.create_index("ix_review_plan", ["plan_id", "planned_on", "id"], unique=False)
        batch_op.create_index(batch_op.f("ix_review_topic_id"), ["topic_id"], unique=False)

    op.create_table(
        "adjustment",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("plan_id", sa.Uuid(), nullable=False),
        sa.Column(
            "part",
            sa.Enum(
                "plan",
                "choice",
                "barrier",
                "goal",
                "action",
                name="part",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("thing_id", sa.Uuid(), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("was", sa.JSON(), nullable=False),
        sa.Column("became", sa.JSON(), nullable=False),
        sa.Column("why", sa.String(length=240), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=True),
        sa.Column("organisation_id", sa.Uuid(), nullable=True),
        sa.Column("review_id", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_adjustment_organisation_id_organisation"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_adjustment_person_id_person"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(["plan_id"], ["plan.id"], name=op.f("fk_adjustment_plan_id_plan"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(
            ["review_id"], ["review.id"], name=op.f("fk_adjustment_review_id_review"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_adjustment")),
    )
    with op.batch_alter_table("adjustment") as batch_op:
        batch_op.create_index("ix_adjustment_plan", ["plan_id", "at", "id"], unique=False)
        batch_op.create_index(batch_op.f("ix_adjustment_review_id"), ["review_id"], unique=False)
        batch_op.create_index("ix_adjustment_thing", ["thing_id", "at", "id"], unique=False)

    op.create_table(
        "goal_barrier",
        sa.Column("goal_id", sa.Uuid(), nullable=False),
        sa.Column("barrier_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["barrier_id"], ["barrier.id"], name=op.f("fk_goal_barrier_barrier_id_barrier"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["goal_id"], ["goal.id"], name=op.f("fk_goal_barrier_goal_id_goal"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("goal_id", "barrier_id", name=op.f("pk_goal_barrier")),
    )
    with op.batch_alter_table("goal_barrier") as batch_op:
        batch_op.create_index(batch_op.f("ix_goal_barrier_barrier_id"), ["barrier_id"], unique=False)

    op.create_table(
        "outcome",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("goal_id", sa.Uuid(), nullable=False),
        sa.Column(
            "growth",
            sa.Enum(
                "too_early", "something", "clear", name="growth", native_enum=False, create_constraint=True, length=40
            ),
            nullable=False,
        ),
        sa.Column("who", sa.String(length=160), nullable=False),
        sa.Column("what", sa.String(length=240), nullable=False),
        sa.Column("why_it_matters", sa.String(length=240), nullable=False),
        sa.Column("our_part", sa.String(length=240), nullable=False),
        sa.Column("how_we_know", sa.String(length=240), nullable=False),
        sa.Column("seen_on", sa.Date(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(["goal_id"], ["goal.id"], name=op.f("fk_outcome_goal_id_goal"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_outcome_person_id_person"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outcome")),
    )
    with op.batch_alter_table("outcome") as batch_op:
        batch_op.create_index("ix_outcome_goal", ["goal_id", "seen_on", "id"], unique=False)

    with op.batch_alter_table("action_item") as batch_op:
        batch_op.add_column(sa.Column("plan_id", sa.Uuid(), nullable=True))
        batch_op.add_column(sa.Column("goal_id", sa.Uuid(), nullable=True))
        batch_op.add_column(
            sa.Column(
                "side",
                sa.Enum("demand", "supply", "host", name="side", native_enum=False, create_constraint=True, length=40),
                nullable=True,
            )
        )
        batch_op.add_column(
            sa.Column(
                "strategy",
                sa.Enum(
                    "outreach",
                    "guidance",
                    "trusted_place",
                    "support",
                    "cooperation",
                    "policy",
                    name="strategy",
                    native_enum=False,
                    create_constraint=True,
                    length=40,
                ),
                nullable=True,
            )
        )
        batch_op.add_column(sa.Column("bs", sa.JSON(), server_default="[]", nullable=False))
        batch_op.add_column(sa.Column("starts_on", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("enough_for", sa.String(length=160), server_default="", nullable=False))
        batch_op.add_column(sa.Column("not_yet_for", sa.String(length=160), server_default="", nullable=False))
        batch_op.add_column(sa.Column("learned", sa.String(length=240), server_default="", nullable=False))
        batch_op.create_index("ix_action_item_goal_id", ["goal_id"], unique=False)
        batch_op.create_index("ix_action_item_plan", ["plan_id", "status", "due_on", "id"], unique=False)
        batch_op.create_foreign_key(
            batch_op.f("fk_action_item_goal_id_goal"), "goal", ["goal_id"], ["id"], ondelete="SET NULL"
        )
        batch_op.create_foreign_key(
            batch_op.f("fk_action_item_plan_id_plan"), "plan", ["plan_id"], ["id"], ondelete="SET NULL"
        )
        batch_op.create_check_constraint(
            op.f("ck_action_item_plan_has_side"), "plan_id IS NULL OR (side IS NOT NULL AND strategy IS NOT NULL)"
        )
        batch_op.create_check_constraint(
            op.f("ck_action_item_due_after_start"), "starts_on IS NULL OR due_on IS NULL OR due_on >= starts_on"
        )
    with op.batch_alter_table("action_item") as batch_op:
        for name in ("bs", "enough_for", "not_yet_for", "learned"):
            batch_op.alter_column(name, server_default=None)
    op.create_table(
        "small_step",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("item_id", sa.Uuid(), nullable=False),
        sa.Column("words", sa.String(length=120), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("is_done", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["item_id"], ["action_item.id"], name=op.f("fk_small_step_item_id_action_item"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_small_step")),
    )
    op.create_index("ix_small_step_item", "small_step", ["item_id", "position", "id"])
    op.create_table(
        "comes_first",
        sa.Column("item_id", sa.Uuid(), nullable=False),
        sa.Column("first_id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("item_id <> first_id", name=op.f("ck_comes_first_not_itself")),
        sa.ForeignKeyConstraint(
            ["item_id"], ["action_item.id"], name=op.f("fk_comes_first_item_id_action_item"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["first_id"], ["action_item.id"], name=op.f("fk_comes_first_first_id_action_item"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("item_id", "first_id", name=op.f("pk_comes_first")),
    )
    op.create_index(op.f("ix_comes_first_first_id"), "comes_first", ["first_id"])
    op.create_table(
        "belonging",
        sa.Column("thing_id", sa.Uuid(), nullable=False),
        sa.Column("to_id", sa.Uuid(), nullable=False),
        sa.Column("plan_id", sa.Uuid(), nullable=False),
        sa.Column("part", sa.String(length=20), nullable=False),
        sa.Column("to_kind", sa.String(length=20), nullable=False),
        sa.ForeignKeyConstraint(["plan_id"], ["plan.id"], name=op.f("fk_belonging_plan_id_plan"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("thing_id", "to_id", name=op.f("pk_belonging")),
    )
    op.create_index("ix_belonging_to", "belonging", ["to_id"])
    op.create_index(op.f("ix_belonging_plan_id"), "belonging", ["plan_id"])
    may_stand("action_item", MORE)
    may_stand("action_note", MORE)


def downgrade() -> None:
    """Plans go; what was dropped is done, and a seed is to start."""
    for name in ("belonging", "comes_first", "small_step"):
        op.drop_table(name)
    item = sa.table("action_item", sa.column("status"), sa.column("done_at"), sa.column("moved_at"))
    note = sa.table("action_note", sa.column("status"))
    op.execute(sa.update(item).where(item.c.status == "dropped").values(status="done", done_at=item.c.moved_at))
    op.execute(sa.update(item).where(item.c.status == "seed").values(status="to_start"))
    op.execute(sa.update(note).where(note.c.status == "dropped").values(status="done"))
    op.execute(sa.update(note).where(note.c.status == "seed").values(status="to_start"))
    may_stand("action_item", FOUR)
    may_stand("action_note", FOUR)
    with op.batch_alter_table("action_item") as batch_op:
        batch_op.drop_constraint(op.f("ck_action_item_plan_has_side"), type_="check")
        batch_op.drop_constraint(op.f("ck_action_item_due_after_start"), type_="check")
        batch_op.drop_constraint(op.f("ck_action_item_side"), type_="check")
        batch_op.drop_constraint(op.f("ck_action_item_strategy"), type_="check")
        batch_op.drop_constraint(batch_op.f("fk_action_item_plan_id_plan"), type_="foreignkey")
        batch_op.drop_constraint(batch_op.f("fk_action_item_goal_id_goal"), type_="foreignkey")
        batch_op.drop_index("ix_action_item_plan")
        batch_op.drop_index("ix_action_item_goal_id")
        batch_op.drop_column("learned")
        batch_op.drop_column("not_yet_for")
        batch_op.drop_column("enough_for")
        batch_op.drop_column("starts_on")
        batch_op.drop_column("bs")
        batch_op.drop_column("strategy")
        batch_op.drop_column("side")
        batch_op.drop_column("goal_id")
        batch_op.drop_column("plan_id")

    with op.batch_alter_table("outcome") as batch_op:
        batch_op.drop_index("ix_outcome_goal")

    op.drop_table("outcome")
    with op.batch_alter_table("goal_barrier") as batch_op:
        batch_op.drop_index(batch_op.f("ix_goal_barrier_barrier_id"))

    op.drop_table("goal_barrier")
    with op.batch_alter_table("adjustment") as batch_op:
        batch_op.drop_index("ix_adjustment_thing")
        batch_op.drop_index(batch_op.f("ix_adjustment_review_id"))
        batch_op.drop_index("ix_adjustment_plan")

    op.drop_table("adjustment")
    with op.batch_alter_table("review") as batch_op:
        batch_op.drop_index(batch_op.f("ix_review_topic_id"))
        batch_op.drop_index("ix_review_plan")

    op.drop_table("review")
    with op.batch_alter_table("goal") as batch_op:
        batch_op.drop_index("ix_goal_plan")
        batch_op.drop_index(batch_op.f("ix_goal_choice_id"))

    op.drop_table("goal")
    with op.batch_alter_table("barrier_evidence") as batch_op:
        batch_op.drop_index(batch_op.f("ix_barrier_evidence_evidence_id"))

    op.drop_table("barrier_evidence")
    with op.batch_alter_table("voice") as batch_op:
        batch_op.drop_index("ix_voice_plan")

    op.drop_table("voice")
    with op.batch_alter_table("remark") as batch_op:
        batch_op.drop_index("ix_remark_thing")
        batch_op.drop_index("ix_remark_plan")

    op.drop_table("remark")
    with op.batch_alter_table("plan_partner") as batch_op:
        batch_op.drop_index(batch_op.f("ix_plan_partner_organisation_id"))

    op.drop_table("plan_partner")
    with op.batch_alter_table("missing") as batch_op:
        batch_op.drop_index("ix_missing_plan")

    op.drop_table("missing")
    with op.batch_alter_table("expectation") as batch_op:
        batch_op.drop_index("ix_expectation_plan")
        batch_op.drop_index(batch_op.f("ix_expectation_organisation_id"))

    op.drop_table("expectation")
    with op.batch_alter_table("evidence") as batch_op:
        batch_op.drop_index(batch_op.f("ix_evidence_tool_id"))
        batch_op.drop_index("ix_evidence_plan")

    op.drop_table("evidence")
    with op.batch_alter_table("choice") as batch_op:
        batch_op.drop_index("ix_choice_plan")

    op.drop_table("choice")
    with op.batch_alter_table("barrier") as batch_op:
        batch_op.drop_index("ix_barrier_plan")

    op.drop_table("barrier")
    with op.batch_alter_table("plan") as batch_op:
        batch_op.drop_index("ix_plan_list")
        batch_op.drop_index(batch_op.f("ix_plan_group_id"))

    op.drop_table("plan")
