"""Lessons and learning sessions

Revision: 0049
After: 0048
"""

import sqlalchemy as sa
from alembic import op

revision = "0049"
down_revision = "0048"
branch_labels = None
depends_on = None

PURPOSES = ("in", "uit", "begin", "mee", "vr", "bz", "wk", "kl", "ac", "ml", "dp", "da", "ag")
NEW_PURPOSES = ("ls", "dn")


def limit_links(purposes: tuple[str, ...]) -> None:
    """Let a link be for these purposes and no others."""
    with op.batch_alter_table("link", schema=None) as batch_op:
        batch_op.drop_constraint(op.f("ck_link_purpose"), type_="check")
        batch_op.create_check_constraint(op.f("ck_link_purpose"), f"purpose IN {purposes}")


def upgrade() -> None:
    """Nothing is there yet."""
    limit_links((*PURPOSES, *NEW_PURPOSES))
    op.create_table(
        "house_rule",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("words", sa.String(length=160), nullable=False),
        sa.Column("is_current", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_house_rule")),
    )
    op.create_table(
        "booklet",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("title", sa.String(length=80), nullable=False),
        sa.Column("foreword", sa.String(length=600), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_booklet_person_id_person"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_booklet")),
    )
    with op.batch_alter_table("booklet", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_booklet_person_id"), ["person_id"], unique=False)

    op.create_table(
        "flag",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column(
            "flagged",
            sa.Enum(
                "lesson", "tried", "contribution", name="flagged", native_enum=False, create_constraint=True, length=40
            ),
            nullable=False,
        ),
        sa.Column("thing_id", sa.Uuid(), nullable=False),
        sa.Column("rule_id", sa.Uuid(), nullable=False),
        sa.Column("words", sa.String(length=240), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "outcome",
            sa.Enum("folded", "kept", name="outcome", native_enum=False, create_constraint=True, length=40),
            nullable=True,
        ),
        sa.Column("why", sa.String(length=240), nullable=False),
        sa.Column("decided_by_id", sa.Uuid(), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("(outcome IS NULL) = (decided_at IS NULL)", name=op.f("ck_flag_outcome_when_decided")),
        sa.ForeignKeyConstraint(
            ["decided_by_id"], ["person.id"], name=op.f("fk_flag_decided_by_id_person"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_flag_person_id_person"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["rule_id"], ["house_rule.id"], name=op.f("fk_flag_rule_id_house_rule"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_flag")),
    )
    with op.batch_alter_table("flag", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_flag_decided_at"), ["decided_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_flag_decided_by_id"), ["decided_by_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_flag_person_id"), ["person_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_flag_rule_id"), ["rule_id"], unique=False)
        batch_op.create_index("ix_flag_thing", ["thing_id"], unique=False)
        batch_op.create_index("ix_flag_waiting", ["outcome", "at", "id"], unique=False)

    op.create_table(
        "followed_search",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("terms", sa.String(length=300), nullable=False),
        sa.Column("told_until", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_followed_search_person_id_person"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_followed_search")),
    )
    with op.batch_alter_table("followed_search", schema=None) as batch_op:
        batch_op.create_index("uq_followed_search_person_id_terms", ["person_id", "terms"], unique=True)

    op.create_table(
        "learning_session",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("theme", sa.String(length=80), nullable=False),
        sa.Column("question", sa.String(length=240), nullable=False),
        sa.Column("happens_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("place", sa.String(length=160), nullable=False),
        sa.Column(
            "format",
            sa.Enum(
                "four_questions",
                "most_change",
                "intervision",
                "open",
                name="format",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("is_named", sa.Boolean(), nullable=False),
        sa.Column(
            "status",
            sa.Enum(
                "prepared",
                "running",
                "closed",
                "called_off",
                name="status",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("phase_id", sa.Uuid(), nullable=True),
        sa.Column("phase_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("result", sa.String(length=600), nullable=False),
        sa.Column("thanks", sa.String(length=240), nullable=False),
        sa.Column("word_code", sa.String(length=20), nullable=True),
        sa.Column("data_key", sa.String(length=200), nullable=True),
        sa.Column("token_sealed", sa.String(length=300), nullable=True),
        sa.Column("pulse", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "(status = 'closed') = (closed_at IS NOT NULL)", name=op.f("ck_learning_session_closed_when")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_learning_session_organisation_id_organisation"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_learning_session")),
        sa.UniqueConstraint("id", "is_named", name=op.f("uq_learning_session_id_is_named")),
        sa.UniqueConstraint("word_code", name=op.f("uq_learning_session_word_code")),
    )
    with op.batch_alter_table("learning_session", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_learning_session_closed_at"), ["closed_at"], unique=False)
        batch_op.create_index("ix_learning_session_list", ["status", "happens_at", "id"], unique=False)
        batch_op.create_index(batch_op.f("ix_learning_session_organisation_id"), ["organisation_id"], unique=False)

    op.create_table(
        "other_town",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("feed", sa.String(length=500), nullable=False),
        sa.Column("is_followed", sa.Boolean(), nullable=False),
        sa.Column("etag", sa.String(length=200), nullable=False),
        sa.Column("fetched_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("next_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("fault", sa.String(length=40), nullable=False),
        sa.Column("faults", sa.Integer(), nullable=False),
        sa.Column("added_by_id", sa.Uuid(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["added_by_id"], ["person.id"], name=op.f("fk_other_town_added_by_id_person"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_other_town")),
        sa.UniqueConstraint("feed", name=op.f("uq_other_town_feed")),
    )
    with op.batch_alter_table("other_town", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_other_town_next_at"), ["next_at"], unique=False)

    op.create_table(
        "tag",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("name_en", sa.String(length=40), nullable=False),
        sa.Column(
            "status",
            sa.Enum(
                "proposed", "accepted", "declined", name="status", native_enum=False, create_constraint=True, length=40
            ),
            nullable=False,
        ),
        sa.Column("proposed_by_id", sa.Uuid(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["proposed_by_id"], ["person.id"], name=op.f("fk_tag_proposed_by_id_person"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tag")),
        sa.UniqueConstraint("name", name=op.f("uq_tag_name")),
    )
    with op.batch_alter_table("tag", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_tag_proposed_by_id"), ["proposed_by_id"], unique=False)

    op.create_table(
        "lesson",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=True),
        sa.Column(
            "owner_function",
            sa.Enum(
                "contact_point",
                "crew",
                "guide",
                "referral_contact",
                "bridge_builder",
                "coordinator",
                "facilitator",
                "administrator",
                name="owner_function",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("author_id", sa.Uuid(), nullable=True),
        sa.Column("session_id", sa.Uuid(), nullable=True),
        sa.Column(
            "origin",
            sa.Enum(
                "action", "decision", "session", name="origin", native_enum=False, create_constraint=True, length=40
            ),
            nullable=True,
        ),
        sa.Column("origin_id", sa.Uuid(), nullable=True),
        sa.Column("town_id", sa.Uuid(), nullable=True),
        sa.Column("address", sa.String(length=500), nullable=True),
        sa.Column(
            "status",
            sa.Enum(
                "draft",
                "offered",
                "held",
                "published",
                "outdated",
                name="status",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("title", sa.String(length=80), nullable=False),
        sa.Column("situation", sa.String(length=800), nullable=False),
        sa.Column("did", sa.String(length=800), nullable=False),
        sa.Column("happened", sa.String(length=800), nullable=False),
        sa.Column("line", sa.String(length=240), nullable=False),
        sa.Column("enough_for", sa.String(length=240), nullable=False),
        sa.Column("not_yet_for", sa.String(length=240), nullable=False),
        sa.Column(
            "kind",
            sa.Enum("keep", "try", name="kind", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column(
            "side",
            sa.Enum("demand", "supply", "host", name="side", native_enum=False, create_constraint=True, length=40),
            nullable=True,
        ),
        sa.Column("bs", sa.JSON(), nullable=False),
        sa.Column("strategies", sa.JSON(), nullable=False),
        sa.Column("source", sa.String(length=120), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("review_on", sa.Date(), nullable=True),
        sa.Column(
            "sureness",
            sa.Enum("once", "few", "often", name="sureness", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column("is_folded", sa.Boolean(), nullable=False),
        sa.Column("held_because", sa.String(length=400), nullable=False),
        sa.Column("outdated_because", sa.String(length=240), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "status NOT IN ('published', 'outdated') OR published_at IS NOT NULL", name=op.f("ck_lesson_published_when")
        ),
        sa.CheckConstraint(
            "(organisation_id IS NULL) = (town_id IS NOT NULL)", name=op.f("ck_lesson_of_here_or_of_a_town")
        ),
        sa.ForeignKeyConstraint(
            ["author_id"], ["person.id"], name=op.f("fk_lesson_author_id_person"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_lesson_organisation_id_organisation"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["session_id"],
            ["learning_session.id"],
            name=op.f("fk_lesson_session_id_learning_session"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["town_id"], ["other_town.id"], name=op.f("fk_lesson_town_id_other_town"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lesson")),
    )
    with op.batch_alter_table("lesson", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_lesson_author_id"), ["author_id"], unique=False)
        batch_op.create_index("ix_lesson_list", ["status", "published_at", "id"], unique=False)
        batch_op.create_index(batch_op.f("ix_lesson_organisation_id"), ["organisation_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_lesson_origin_id"), ["origin_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_lesson_review_on"), ["review_on"], unique=False)
        batch_op.create_index(batch_op.f("ix_lesson_session_id"), ["session_id"], unique=False)
        batch_op.create_index("uq_lesson_town_id_address", ["town_id", "address"], unique=True)

    op.create_table(
        "participant",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("session_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=True),
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("has_shared", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_participant_person_id_person"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["session_id"],
            ["learning_session.id"],
            name=op.f("fk_participant_session_id_learning_session"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_participant")),
    )
    with op.batch_alter_table("participant", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_participant_person_id"), ["person_id"], unique=False)
        batch_op.create_index("ix_participant_session", ["session_id", "person_id"], unique=False)

    op.create_table(
        "phase",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("session_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "talk",
                "ask",
                "gather",
                "lessons",
                "close",
                name="kind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("title", sa.String(length=80), nullable=False),
        sa.Column("prompt", sa.String(length=240), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=True),
        sa.Column("is_skipped", sa.Boolean(), nullable=False),
        sa.Column("is_done", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["session_id"],
            ["learning_session.id"],
            name=op.f("fk_phase_session_id_learning_session"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_phase")),
    )
    with op.batch_alter_table("phase", schema=None) as batch_op:
        batch_op.create_index("ix_phase_session", ["session_id", "position", "id"], unique=False)

    op.create_table(
        "session_invited",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("session_id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=True),
        sa.Column("group_id", sa.Uuid(), nullable=True),
        sa.CheckConstraint(
            "(organisation_id IS NULL) <> (group_id IS NULL)", name=op.f("ck_session_invited_organisation_or_group")
        ),
        sa.ForeignKeyConstraint(
            ["group_id"],
            ["working_group.id"],
            name=op.f("fk_session_invited_group_id_working_group"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_session_invited_organisation_id_organisation"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["session_id"],
            ["learning_session.id"],
            name=op.f("fk_session_invited_session_id_learning_session"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_session_invited")),
        sa.UniqueConstraint("session_id", "group_id", name=op.f("uq_session_invited_session_id_group_id")),
        sa.UniqueConstraint(
            "session_id", "organisation_id", name=op.f("uq_session_invited_session_id_organisation_id")
        ),
    )
    with op.batch_alter_table("session_invited", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_session_invited_group_id"), ["group_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_session_invited_organisation_id"), ["organisation_id"], unique=False)

    op.create_table(
        "session_lead",
        sa.Column("session_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column(
            "lead",
            sa.Enum("facilitator", "co", name="lead", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_session_lead_person_id_person"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["session_id"],
            ["learning_session.id"],
            name=op.f("fk_session_lead_session_id_learning_session"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("session_id", "person_id", name=op.f("pk_session_lead")),
    )
    with op.batch_alter_table("session_lead", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_session_lead_person_id"), ["person_id"], unique=False)

    op.create_table(
        "tag_synonym",
        sa.Column("word", sa.String(length=40), nullable=False),
        sa.Column("tag_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["tag_id"], ["tag.id"], name=op.f("fk_tag_synonym_tag_id_tag"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("word", name=op.f("pk_tag_synonym")),
    )
    with op.batch_alter_table("tag_synonym", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_tag_synonym_tag_id"), ["tag_id"], unique=False)

    op.create_table(
        "booklet_lesson",
        sa.Column("booklet_id", sa.Uuid(), nullable=False),
        sa.Column("lesson_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["booklet_id"], ["booklet.id"], name=op.f("fk_booklet_lesson_booklet_id_booklet"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["lesson_id"], ["lesson.id"], name=op.f("fk_booklet_lesson_lesson_id_lesson"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("booklet_id", "lesson_id", name=op.f("pk_booklet_lesson")),
    )
    with op.batch_alter_table("booklet_lesson", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_booklet_lesson_lesson_id"), ["lesson_id"], unique=False)

    op.create_table(
        "cluster",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("session_id", sa.Uuid(), nullable=False),
        sa.Column("phase_id", sa.Uuid(), nullable=True),
        sa.Column("title", sa.String(length=60), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["phase_id"], ["phase.id"], name=op.f("fk_cluster_phase_id_phase"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["session_id"],
            ["learning_session.id"],
            name=op.f("fk_cluster_session_id_learning_session"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cluster")),
    )
    with op.batch_alter_table("cluster", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_cluster_phase_id"), ["phase_id"], unique=False)
        batch_op.create_index("ix_cluster_session", ["session_id", "position", "id"], unique=False)

    op.create_table(
        "lesson_change",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("lesson_id", sa.Uuid(), nullable=False),
        sa.Column("became", sa.JSON(), nullable=False),
        sa.Column("why", sa.String(length=240), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "verdict",
            sa.Enum("approved", "held", name="verdict", native_enum=False, create_constraint=True, length=40),
            nullable=True,
        ),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["lesson_id"], ["lesson.id"], name=op.f("fk_lesson_change_lesson_id_lesson"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_lesson_change_person_id_person"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lesson_change")),
    )
    with op.batch_alter_table("lesson_change", schema=None) as batch_op:
        batch_op.create_index("ix_lesson_change_lesson", ["lesson_id", "at", "id"], unique=False)
        batch_op.create_index(batch_op.f("ix_lesson_change_person_id"), ["person_id"], unique=False)

    op.create_table(
        "lesson_tag",
        sa.Column("lesson_id", sa.Uuid(), nullable=False),
        sa.Column("tag_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["lesson_id"], ["lesson.id"], name=op.f("fk_lesson_tag_lesson_id_lesson"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["tag_id"], ["tag.id"], name=op.f("fk_lesson_tag_tag_id_tag"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("lesson_id", "tag_id", name=op.f("pk_lesson_tag")),
    )
    with op.batch_alter_table("lesson_tag", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_lesson_tag_tag_id"), ["tag_id"], unique=False)

    op.create_table(
        "lesson_translation",
        sa.Column("lesson_id", sa.Uuid(), nullable=False),
        sa.Column(
            "language",
            sa.Enum("en", name="language", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column("title", sa.String(length=80), nullable=False),
        sa.Column("situation", sa.String(length=800), nullable=False),
        sa.Column("did", sa.String(length=800), nullable=False),
        sa.Column("happened", sa.String(length=800), nullable=False),
        sa.Column("line", sa.String(length=240), nullable=False),
        sa.Column("enough_for", sa.String(length=240), nullable=False),
        sa.Column("not_yet_for", sa.String(length=240), nullable=False),
        sa.ForeignKeyConstraint(
            ["lesson_id"], ["lesson.id"], name=op.f("fk_lesson_translation_lesson_id_lesson"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("lesson_id", "language", name=op.f("pk_lesson_translation")),
    )
    op.create_table(
        "lesson_use",
        sa.Column("lesson_id", sa.Uuid(), nullable=False),
        sa.Column("thing_id", sa.Uuid(), nullable=False),
        sa.Column(
            "used_in",
            sa.Enum(
                "plan",
                "barrier",
                "action",
                "topic",
                name="used_in",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["lesson_id"], ["lesson.id"], name=op.f("fk_lesson_use_lesson_id_lesson"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_lesson_use_person_id_person"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("lesson_id", "thing_id", name=op.f("pk_lesson_use")),
    )
    with op.batch_alter_table("lesson_use", schema=None) as batch_op:
        batch_op.create_index("ix_lesson_use_at", ["at"], unique=False)
        batch_op.create_index(batch_op.f("ix_lesson_use_person_id"), ["person_id"], unique=False)
        batch_op.create_index("ix_lesson_use_thing", ["thing_id"], unique=False)

    op.create_table(
        "tried",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("lesson_id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=True),
        sa.Column("same", sa.String(length=300), nullable=False),
        sa.Column("different", sa.String(length=300), nullable=False),
        sa.Column(
            "helped",
            sa.Enum("helped", "adapted", "not", name="helped", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column("is_folded", sa.Boolean(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["lesson_id"], ["lesson.id"], name=op.f("fk_tried_lesson_id_lesson"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_tried_organisation_id_organisation"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_tried_person_id_person"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tried")),
    )
    with op.batch_alter_table("tried", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_tried_organisation_id"), ["organisation_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_tried_person_id"), ["person_id"], unique=False)
        batch_op.create_index("uq_tried_lesson_id_organisation_id", ["lesson_id", "organisation_id"], unique=True)

    op.create_table(
        "contribution",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("session_id", sa.Uuid(), nullable=False),
        sa.Column("is_named", sa.Boolean(), nullable=False),
        sa.Column("phase_id", sa.Uuid(), nullable=True),
        sa.Column("cluster_id", sa.Uuid(), nullable=True),
        sa.Column("merged_into_id", sa.Uuid(), nullable=True),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "observation",
                "quote",
                "question",
                "idea",
                name="kind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("words", sa.String(length=400), nullable=False),
        sa.Column("other_words", sa.String(length=400), nullable=False),
        sa.Column(
            "shown",
            sa.Enum(
                "new", "shown", "held", "merged", name="shown", native_enum=False, create_constraint=True, length=40
            ),
            nullable=False,
        ),
        sa.Column("is_candidate", sa.Boolean(), nullable=False),
        sa.Column("is_from_paper", sa.Boolean(), nullable=False),
        sa.Column("is_folded", sa.Boolean(), nullable=False),
        sa.Column("key_hash", sa.String(length=64), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["cluster_id"], ["cluster.id"], name=op.f("fk_contribution_cluster_id_cluster"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["merged_into_id"],
            ["contribution.id"],
            name=op.f("fk_contribution_merged_into_id_contribution"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["phase_id"], ["phase.id"], name=op.f("fk_contribution_phase_id_phase"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["session_id", "is_named"],
            ["learning_session.id", "learning_session.is_named"],
            name="fk_contribution_session",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contribution")),
        sa.UniqueConstraint("id", "is_named", name=op.f("uq_contribution_id_is_named")),
        sa.UniqueConstraint("key_hash", name=op.f("uq_contribution_key_hash")),
    )
    with op.batch_alter_table("contribution", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_contribution_cluster_id"), ["cluster_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_contribution_merged_into_id"), ["merged_into_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_contribution_phase_id"), ["phase_id"], unique=False)
        batch_op.create_index("ix_contribution_session", ["session_id", "shown", "number"], unique=False)

    op.create_table(
        "second_read",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("lesson_id", sa.Uuid(), nullable=False),
        sa.Column("change_id", sa.Uuid(), nullable=True),
        sa.Column(
            "verdict",
            sa.Enum("approved", "held", name="verdict", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column("words", sa.String(length=400), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["change_id"], ["lesson_change.id"], name=op.f("fk_second_read_change_id_lesson_change"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["lesson_id"], ["lesson.id"], name=op.f("fk_second_read_lesson_id_lesson"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_second_read_person_id_person"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_second_read")),
    )
    with op.batch_alter_table("second_read", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_second_read_change_id"), ["change_id"], unique=False)
        batch_op.create_index("ix_second_read_lesson", ["lesson_id", "at", "id"], unique=False)
        batch_op.create_index(batch_op.f("ix_second_read_person_id"), ["person_id"], unique=False)

    op.create_table(
        "contribution_giver",
        sa.Column("contribution_id", sa.Uuid(), nullable=False),
        sa.Column("is_named", sa.Boolean(), nullable=False),
        sa.Column("participant_id", sa.Uuid(), nullable=False),
        sa.Column("shows_name", sa.Boolean(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("is_named", name=op.f("ck_contribution_giver_named_alone")),
        sa.ForeignKeyConstraint(
            ["contribution_id", "is_named"],
            ["contribution.id", "contribution.is_named"],
            name="fk_contribution_giver_contribution",
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["participant_id"],
            ["participant.id"],
            name=op.f("fk_contribution_giver_participant_id_participant"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("contribution_id", name=op.f("pk_contribution_giver")),
    )
    with op.batch_alter_table("contribution_giver", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_contribution_giver_participant_id"), ["participant_id"], unique=False)

    op.create_table(
        "session_action",
        sa.Column("session_id", sa.Uuid(), nullable=False),
        sa.Column("item_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["item_id"], ["action_item.id"], name=op.f("fk_session_action_item_id_action_item"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["session_id"],
            ["learning_session.id"],
            name=op.f("fk_session_action_session_id_learning_session"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("session_id", "item_id", name=op.f("pk_session_action")),
    )
    with op.batch_alter_table("session_action", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_session_action_item_id"), ["item_id"], unique=False)


def downgrade() -> None:
    """Without them."""
    link = sa.table("link", sa.column("purpose"))
    op.execute(sa.delete(link).where(link.c.purpose.in_(NEW_PURPOSES)))
    limit_links(PURPOSES)
    with op.batch_alter_table("session_action", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_session_action_item_id"))

    op.drop_table("session_action")
    with op.batch_alter_table("contribution_giver", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_contribution_giver_participant_id"))

    op.drop_table("contribution_giver")
    with op.batch_alter_table("second_read", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_second_read_person_id"))
        batch_op.drop_index("ix_second_read_lesson")
        batch_op.drop_index(batch_op.f("ix_second_read_change_id"))

    op.drop_table("second_read")
    with op.batch_alter_table("contribution", schema=None) as batch_op:
        batch_op.drop_index("ix_contribution_session")
        batch_op.drop_index(batch_op.f("ix_contribution_phase_id"))
        batch_op.drop_index(batch_op.f("ix_contribution_merged_into_id"))
        batch_op.drop_index(batch_op.f("ix_contribution_cluster_id"))

    op.drop_table("contribution")
    with op.batch_alter_table("tried", schema=None) as batch_op:
        batch_op.drop_index("uq_tried_lesson_id_organisation_id")
        batch_op.drop_index(batch_op.f("ix_tried_person_id"))
        batch_op.drop_index(batch_op.f("ix_tried_organisation_id"))

    op.drop_table("tried")
    with op.batch_alter_table("lesson_use", schema=None) as batch_op:
        batch_op.drop_index("ix_lesson_use_thing")
        batch_op.drop_index(batch_op.f("ix_lesson_use_person_id"))
        batch_op.drop_index("ix_lesson_use_at")

    op.drop_table("lesson_use")
    op.drop_table("lesson_translation")
    with op.batch_alter_table("lesson_tag", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_lesson_tag_tag_id"))

    op.drop_table("lesson_tag")
    with op.batch_alter_table("lesson_change", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_lesson_change_person_id"))
        batch_op.drop_index("ix_lesson_change_lesson")

    op.drop_table("lesson_change")
    with op.batch_alter_table("cluster", schema=None) as batch_op:
        batch_op.drop_index("ix_cluster_session")
        batch_op.drop_index(batch_op.f("ix_cluster_phase_id"))

    op.drop_table("cluster")
    with op.batch_alter_table("booklet_lesson", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_booklet_lesson_lesson_id"))

    op.drop_table("booklet_lesson")
    with op.batch_alter_table("tag_synonym", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_tag_synonym_tag_id"))

    op.drop_table("tag_synonym")
    with op.batch_alter_table("session_lead", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_session_lead_person_id"))

    op.drop_table("session_lead")
    with op.batch_alter_table("session_invited", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_session_invited_organisation_id"))
        batch_op.drop_index(batch_op.f("ix_session_invited_group_id"))

    op.drop_table("session_invited")
    with op.batch_alter_table("phase", schema=None) as batch_op:
        batch_op.drop_index("ix_phase_session")

    op.drop_table("phase")
    with op.batch_alter_table("participant", schema=None) as batch_op:
        batch_op.drop_index("ix_participant_session")
        batch_op.drop_index(batch_op.f("ix_participant_person_id"))

    op.drop_table("participant")
    with op.batch_alter_table("lesson", schema=None) as batch_op:
        batch_op.drop_index("uq_lesson_town_id_address")
        batch_op.drop_index(batch_op.f("ix_lesson_session_id"))
        batch_op.drop_index(batch_op.f("ix_lesson_review_on"))
        batch_op.drop_index(batch_op.f("ix_lesson_origin_id"))
        batch_op.drop_index(batch_op.f("ix_lesson_organisation_id"))
        batch_op.drop_index("ix_lesson_list")
        batch_op.drop_index(batch_op.f("ix_lesson_author_id"))

    op.drop_table("lesson")
    with op.batch_alter_table("tag", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_tag_proposed_by_id"))

    op.drop_table("tag")
    with op.batch_alter_table("other_town", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_other_town_next_at"))

    op.drop_table("other_town")
    with op.batch_alter_table("learning_session", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_learning_session_organisation_id"))
        batch_op.drop_index("ix_learning_session_list")
        batch_op.drop_index(batch_op.f("ix_learning_session_closed_at"))

    op.drop_table("learning_session")
    with op.batch_alter_table("followed_search", schema=None) as batch_op:
        batch_op.drop_index("uq_followed_search_person_id_terms")

    op.drop_table("followed_search")
    with op.batch_alter_table("flag", schema=None) as batch_op:
        batch_op.drop_index("ix_flag_waiting")
        batch_op.drop_index("ix_flag_thing")
        batch_op.drop_index(batch_op.f("ix_flag_rule_id"))
        batch_op.drop_index(batch_op.f("ix_flag_person_id"))
        batch_op.drop_index(batch_op.f("ix_flag_decided_by_id"))
        batch_op.drop_index(batch_op.f("ix_flag_decided_at"))

    op.drop_table("flag")
    with op.batch_alter_table("booklet", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_booklet_person_id"))

    op.drop_table("booklet")
    op.drop_table("house_rule")
