"""The first tables

Revision: 0001
After:
"""

import sqlalchemy as sa
from alembic import op

from webapp.core import audit

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def protect_audit() -> None:
    """The audit log is only ever added to, whoever tries."""
    sqlite = op.get_bind().dialect.name == "sqlite"
    for statement in audit.SQLITE_TRIGGERS if sqlite else audit.POSTGRES_TRIGGERS:
        op.execute(statement)


def unprotect_audit() -> None:
    """The way back: the table takes its triggers along, their function stays."""
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP FUNCTION audit_only_grows() CASCADE")


def upgrade() -> None:
    op.create_table(
        "attempts",
        sa.Column("key_hash", sa.String(length=64), nullable=False),
        sa.Column("amount", sa.Integer(), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("key_hash", name=op.f("pk_attempts")),
    )
    with op.batch_alter_table("attempts", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_attempts_expires_at"), ["expires_at"], unique=False)

    op.create_table(
        "audit",
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("action", sa.String(length=40), nullable=False),
        sa.Column("actor_id", sa.Uuid(), nullable=True),
        sa.Column("organisation_id", sa.Uuid(), nullable=True),
        sa.Column("thing_id", sa.Uuid(), nullable=True),
        sa.Column("result", sa.String(length=16), nullable=False),
        sa.Column("reason", sa.String(length=40), nullable=False),
        sa.Column("request_id", sa.String(length=36), nullable=False),
        sa.Column("mac", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_audit")),
    )
    with op.batch_alter_table("audit", schema=None) as batch_op:
        batch_op.create_index("ix_audit_thing", ["thing_id", "action", "number"], unique=False)

    op.create_table(
        "demo_mail",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recipient", sa.String(length=254), nullable=False),
        sa.Column("subject", sa.String(length=200), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("html", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_demo_mail")),
    )
    with op.batch_alter_table("demo_mail", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_demo_mail_sent_at"), ["sent_at"], unique=False)

    op.create_table(
        "form_once",
        sa.Column("key_hash", sa.String(length=64), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("location", sa.String(length=400), nullable=False),
        sa.PrimaryKeyConstraint("key_hash", name=op.f("pk_form_once")),
    )
    with op.batch_alter_table("form_once", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_form_once_at"), ["at"], unique=False)

    op.create_table(
        "history",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(length=24), nullable=False),
        sa.Column("thing_id", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("step", sa.String(length=40), nullable=False),
        sa.Column("before", sa.String(length=40), nullable=True),
        sa.Column("after", sa.String(length=40), nullable=True),
        sa.Column("actor_id", sa.Uuid(), nullable=True),
        sa.Column("organisation_id", sa.Uuid(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_history")),
    )
    with op.batch_alter_table("history", schema=None) as batch_op:
        batch_op.create_index("ix_history_thing", ["kind", "thing_id", "at"], unique=False)

    op.create_table(
        "installation",
        sa.Column(
            "kind",
            sa.Enum("demo", "real", name="kind", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.PrimaryKeyConstraint("kind", name=op.f("pk_installation")),
    )
    op.create_table(
        "job",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("task", sa.String(length=40), nullable=False),
        sa.Column("payload", sa.JSON(), nullable=False),
        sa.Column("dedupe_key", sa.String(length=80), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("run_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("locked_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("locked_by", sa.String(length=36), nullable=True),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("failed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("last_error", sa.String(length=200), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_job")),
        sa.UniqueConstraint("dedupe_key", name=op.f("uq_job_dedupe_key")),
    )
    with op.batch_alter_table("job", schema=None) as batch_op:
        batch_op.create_index(
            "ix_job_waiting",
            ["run_at"],
            unique=False,
            sqlite_where=sa.text("done_at IS NULL AND failed_at IS NULL"),
            postgresql_where=sa.text("done_at IS NULL AND failed_at IS NULL"),
        )

    op.create_table(
        "link",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column(
            "purpose",
            sa.Enum(
                "in", "uit", "begin", "vr", "wk", name="purpose", native_enum=False, create_constraint=True, length=40
            ),
            nullable=False,
        ),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("subject_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_link")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_link_token_hash")),
    )
    with op.batch_alter_table("link", schema=None) as batch_op:
        batch_op.create_index("ix_link_subject", ["purpose", "subject_id"], unique=False)

    op.create_table(
        "organisation",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "youth_movement",
                "youth_club",
                "playground",
                "youth_welfare_work",
                "street_sport",
                "arts",
                "sport",
                "rural_youth",
                "mobile_play",
                "welfare",
                "youth_care",
                "school",
                "poverty_association",
                "family_services",
                "disability_services",
                "summer_school",
                "youth_service",
                "youth_council",
                "other",
                name="kind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("area", sa.String(length=40), nullable=False),
        sa.Column(
            "secrecy",
            sa.Enum(
                "professional",
                "official",
                "discretion",
                "none",
                name="secrecy",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("about", sa.String(length=400), nullable=False),
        sa.Column("helps_with", sa.String(length=200), nullable=False),
        sa.Column("website", sa.String(length=200), nullable=False),
        sa.Column("young_contact_name", sa.String(length=80), nullable=False),
        sa.Column("young_contact_phone", sa.String(length=40), nullable=False),
        sa.Column("young_contact_hint", sa.String(length=200), nullable=False),
        sa.Column("partner_contact_name", sa.String(length=80), nullable=False),
        sa.Column("partner_contact_phone", sa.String(length=40), nullable=False),
        sa.Column("partner_contact_email", sa.String(length=254), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_organisation")),
        sa.UniqueConstraint("name", name=op.f("uq_organisation_name")),
    )
    op.create_table(
        "person",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("phone", sa.String(length=40), nullable=False),
        sa.Column("is_active", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("email = lower(email)", name=op.f("ck_person_email_lower")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_person")),
        sa.UniqueConstraint("email", name=op.f("uq_person_email")),
    )
    op.create_table(
        "function",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "contact_point",
                "crew",
                "guide",
                "referral_contact",
                "bridge_builder",
                "coordinator",
                "facilitator",
                "administrator",
                name="kind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("begins_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.CheckConstraint("ends_on IS NULL OR ends_on >= begins_on", name=op.f("ck_function_ends_after_begin")),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_function_organisation_id_organisation"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_function_person_id_person"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_function")),
    )
    with op.batch_alter_table("function", schema=None) as batch_op:
        batch_op.create_index("ix_function_person", ["person_id"], unique=False)
        batch_op.create_index("ix_function_seat", ["organisation_id", "kind"], unique=False)

    op.create_table(
        "invitation",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "contact_point",
                "crew",
                "guide",
                "referral_contact",
                "bridge_builder",
                "coordinator",
                "facilitator",
                "administrator",
                name="kind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("begins_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column("invited_by_id", sa.Uuid(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("accepted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["invited_by_id"], ["person.id"], name=op.f("fk_invitation_invited_by_id_person"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_invitation_organisation_id_organisation"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_invitation")),
    )
    with op.batch_alter_table("invitation", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_invitation_organisation_id"), ["organisation_id"], unique=False)

    op.create_table(
        "login_code",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("email_hash", sa.String(length=64), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=True),
        sa.Column("browser_hash", sa.String(length=64), nullable=False),
        sa.Column("code_hash", sa.String(length=64), nullable=True),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_login_code_person_id_person"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_login_code")),
    )
    with op.batch_alter_table("login_code", schema=None) as batch_op:
        batch_op.create_index("ix_login_code_email", ["email_hash", "created_at"], unique=False)

    op.create_table(
        "notice",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "ask_sent",
                "ask_answered",
                "answer_changed",
                "colleague_answered",
                "ask_expired",
                "chosen",
                "thanked",
                "recalled",
                "agreement_recorded",
                "agreement_withdrawn",
                "welcome_planned",
                "check_in_due",
                "checked_in",
                "ended",
                "help_offered",
                name="kind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("thing_id", sa.Uuid(), nullable=False),
        sa.Column("alias", sa.String(length=24), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("read_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_notice_person_id_person"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notice")),
    )
    with op.batch_alter_table("notice", schema=None) as batch_op:
        batch_op.create_index("ix_notice_person", ["person_id", "created_at"], unique=False)
        batch_op.create_index(
            "ix_notice_unread",
            ["person_id"],
            unique=False,
            sqlite_where=sa.text("read_at IS NULL"),
            postgresql_where=sa.text("read_at IS NULL"),
        )

    op.create_table(
        "offer",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column(
            "order_key",
            sa.String(length=250).with_variant(sa.String(length=250, collation="C"), "postgresql"),
            nullable=False,
        ),
        sa.Column("icon", sa.String(length=40), nullable=False),
        sa.Column("summary", sa.String(length=240), nullable=False),
        sa.Column("age_min", sa.Integer(), nullable=False),
        sa.Column("age_max", sa.Integer(), nullable=False),
        sa.Column("when_note", sa.String(length=160), nullable=False),
        sa.Column("quiet_months", sa.JSON(), nullable=False),
        sa.Column("price_cents", sa.Integer(), nullable=False),
        sa.Column(
            "price_per",
            sa.Enum(
                "free", "time", "month", "year", name="price_per", native_enum=False, create_constraint=True, length=40
            ),
            nullable=False,
        ),
        sa.Column("price_line", sa.String(length=200), nullable=False),
        sa.Column("has_social_tariff", sa.Boolean(), nullable=False),
        sa.Column("has_instalments", sa.Boolean(), nullable=False),
        sa.Column("has_loan_gear", sa.Boolean(), nullable=False),
        sa.Column("trial_visits", sa.Integer(), nullable=False),
        sa.Column(
            "sign_up",
            sa.Enum("none", "talk", "form", name="sign_up", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column("area", sa.String(length=40), nullable=False),
        sa.Column("place", sa.String(length=160), nullable=False),
        sa.Column("route", sa.String(length=240), nullable=False),
        sa.Column("reachable_without_car", sa.Boolean(), nullable=False),
        sa.Column(
            "mood",
            sa.Enum("calm", "mixed", "lively", name="mood", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column("group_size", sa.Integer(), nullable=True),
        sa.Column("team_languages", sa.String(length=120), nullable=False),
        sa.Column(
            "little_dutch",
            sa.Enum("yes", "some", "no", name="little_dutch", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column("is_alcohol_free", sa.Boolean(), nullable=False),
        sa.Column("especially_welcome", sa.String(length=200), nullable=False),
        sa.Column("interests", sa.JSON(), nullable=False),
        sa.Column("benefits", sa.JSON(), nullable=False),
        sa.Column("arrangements", sa.JSON(), nullable=False),
        sa.Column("customs", sa.JSON(), nullable=False),
        sa.Column(
            "room",
            sa.Enum("open", "places", "full", name="room", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column("capacity", sa.Integer(), nullable=True),
        sa.Column("free_places", sa.Integer(), nullable=True),
        sa.Column("waiting", sa.Integer(), nullable=False),
        sa.Column("is_published", sa.Boolean(), nullable=False),
        sa.Column("is_public", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("confirmed_by_id", sa.Uuid(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("age_min BETWEEN 0 AND age_max AND age_max <= 99", name=op.f("ck_offer_ages_in_order")),
        sa.CheckConstraint("is_published OR NOT is_public", name=op.f("ck_offer_public_is_published")),
        sa.CheckConstraint(
            "price_cents >= 0 AND waiting >= 0 AND trial_visits >= 0", name=op.f("ck_offer_no_negative_numbers")
        ),
        sa.ForeignKeyConstraint(
            ["confirmed_by_id"], ["person.id"], name=op.f("fk_offer_confirmed_by_id_person"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_offer_organisation_id_organisation"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_offer")),
    )
    with op.batch_alter_table("offer", schema=None) as batch_op:
        batch_op.create_index("ix_offer_confirmed", ["confirmed_at"], unique=False)
        batch_op.create_index("ix_offer_list", ["is_published", "order_key", "id"], unique=False)
        batch_op.create_index(batch_op.f("ix_offer_organisation_id"), ["organisation_id"], unique=False)

    op.create_table(
        "organisation_tag",
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column(
            "word",
            sa.String(length=250).with_variant(sa.String(length=250, collation="C"), "postgresql"),
            nullable=False,
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_organisation_tag_organisation_id_organisation"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("organisation_id", "word", name=op.f("pk_organisation_tag")),
    )
    with op.batch_alter_table("organisation_tag", schema=None) as batch_op:
        batch_op.create_index("ix_organisation_tag_find", ["word", "organisation_id"], unique=False)

    op.create_table(
        "referral",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("alias", sa.String(length=24), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("guide_id", sa.Uuid(), nullable=True),
        sa.Column("hides_sender", sa.Boolean(), nullable=False),
        sa.Column(
            "status",
            sa.Enum(
                "draft",
                "seeking",
                "choosing",
                "welcoming",
                "trying",
                "settled",
                "paused",
                "stopped",
                name="status",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column(
            "age_band",
            sa.Enum(
                "6-8",
                "9-11",
                "12-14",
                "15-17",
                "18-20",
                "21-25",
                name="age_band",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("friends", sa.Integer(), nullable=False),
        sa.Column("interests", sa.JSON(), nullable=False),
        sa.Column("days", sa.JSON(), nullable=False),
        sa.Column("parts_of_day", sa.JSON(), nullable=False),
        sa.Column(
            "price_ceiling",
            sa.Enum(
                "free",
                "little",
                "some",
                "more",
                "any",
                name="price_ceiling",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("travel", sa.JSON(), nullable=False),
        sa.Column("area", sa.String(length=40), nullable=False),
        sa.Column("arrangements", sa.JSON(), nullable=False),
        sa.Column("distances", sa.JSON(), nullable=False),
        sa.Column("support_level", sa.Integer(), nullable=False),
        sa.Column("own_words_sealed", sa.String(), nullable=True),
        sa.Column("choice_words_sealed", sa.String(), nullable=True),
        sa.Column("data_key", sa.String(), nullable=True),
        sa.Column("chosen_ask_id", sa.Uuid(), nullable=True),
        sa.Column("chosen_organisation_id", sa.Uuid(), nullable=True),
        sa.Column("receiver_id", sa.Uuid(), nullable=True),
        sa.Column("has_agreement", sa.Boolean(), nullable=False),
        sa.Column(
            "outcome",
            sa.Enum(
                "reach",
                "availability",
                "affordability",
                "awareness",
                "trust",
                "clarity",
                "fit",
                "moved_away",
                "found_something_else",
                "not_the_moment",
                "not_said",
                name="outcome",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("ask_again_on", sa.Date(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("moved_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "(status = 'paused') = (ask_again_on IS NOT NULL)", name=op.f("ck_referral_paused_has_date")
        ),
        sa.CheckConstraint(
            "(status = 'stopped') = (outcome IS NOT NULL)", name=op.f("ck_referral_stopped_has_outcome")
        ),
        sa.CheckConstraint("friends BETWEEN 0 AND 3", name=op.f("ck_referral_up_to_three_friends")),
        sa.CheckConstraint("support_level BETWEEN 1 AND 3", name=op.f("ck_referral_support_level_known")),
        sa.ForeignKeyConstraint(
            ["chosen_organisation_id"],
            ["organisation.id"],
            name=op.f("fk_referral_chosen_organisation_id_organisation"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["guide_id"], ["person.id"], name=op.f("fk_referral_guide_id_person"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_referral_organisation_id_organisation"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["receiver_id"], ["person.id"], name=op.f("fk_referral_receiver_id_person"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_referral")),
    )
    with op.batch_alter_table("referral", schema=None) as batch_op:
        batch_op.create_index("ix_referral_alias", ["alias"], unique=False)
        batch_op.create_index("ix_referral_guide", ["guide_id", "status", "moved_at", "id"], unique=False)
        batch_op.create_index(
            "ix_referral_receiver", ["chosen_organisation_id", "status", "moved_at", "id"], unique=False
        )
        batch_op.create_index("ix_referral_sender", ["organisation_id", "status", "moved_at", "id"], unique=False)
        batch_op.create_index("ix_referral_stuck", ["status", "moved_at", "id"], unique=False)

    op.create_table(
        "sign_in_session",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("last_seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("proven_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("is_shared_device", sa.Boolean(), nullable=False),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_sign_in_session_person_id_person"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sign_in_session")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_sign_in_session_token_hash")),
    )
    with op.batch_alter_table("sign_in_session", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_sign_in_session_person_id"), ["person_id"], unique=False)

    op.create_table(
        "agreement",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("referral_id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column(
            "agreed_by",
            sa.Enum("self", "parent", "both", name="agreed_by", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column(
            "agreed_how",
            sa.Enum(
                "together",
                "by_phone",
                "on_paper",
                name="agreed_how",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("agreed_on", sa.Date(), nullable=False),
        sa.Column("valid_until", sa.Date(), nullable=False),
        sa.Column("told_understood_agreed", sa.Boolean(), nullable=False),
        sa.Column("recorded_by_id", sa.Uuid(), nullable=True),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("withdrawn_by_id", sa.Uuid(), nullable=True),
        sa.CheckConstraint("told_understood_agreed", name=op.f("ck_agreement_told_understood_agreed")),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_agreement_organisation_id_organisation"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["recorded_by_id"], ["person.id"], name=op.f("fk_agreement_recorded_by_id_person"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["referral_id"], ["referral.id"], name=op.f("fk_agreement_referral_id_referral"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["withdrawn_by_id"], ["person.id"], name=op.f("fk_agreement_withdrawn_by_id_person"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agreement")),
    )
    with op.batch_alter_table("agreement", schema=None) as batch_op:
        batch_op.create_index("ix_agreement_referral", ["referral_id", "recorded_at"], unique=False)

    op.create_table(
        "ask",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("referral_id", sa.Uuid(), nullable=False),
        sa.Column("offer_id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column(
            "status",
            sa.Enum(
                "sent",
                "accepted",
                "waiting",
                "declined",
                "idea",
                "chosen",
                "thanked",
                "expired",
                "recalled",
                name="status",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("deadline", sa.Date(), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("answered_by_id", sa.Uuid(), nullable=True),
        sa.Column("welcomer", sa.String(length=40), nullable=False),
        sa.Column("first_moment", sa.DateTime(timezone=True), nullable=True),
        sa.Column("moment_note", sa.String(length=120), nullable=False),
        sa.Column("call_back_on", sa.Date(), nullable=True),
        sa.Column("not_now", sa.JSON(), nullable=False),
        sa.Column("idea", sa.String(length=24), nullable=False),
        sa.Column("message", sa.String(length=280), nullable=False),
        sa.CheckConstraint("status != 'waiting' OR call_back_on IS NOT NULL", name=op.f("ck_ask_waiting_has_date")),
        sa.CheckConstraint(
            "status = 'sent' OR status IN ('expired', 'recalled', 'thanked') OR answered_at IS NOT NULL",
            name=op.f("ck_ask_answer_has_moment"),
        ),
        sa.ForeignKeyConstraint(
            ["answered_by_id"], ["person.id"], name=op.f("fk_ask_answered_by_id_person"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(["offer_id"], ["offer.id"], name=op.f("fk_ask_offer_id_offer"), ondelete="RESTRICT"),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_ask_organisation_id_organisation"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["referral_id"], ["referral.id"], name=op.f("fk_ask_referral_id_referral"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ask")),
    )
    with op.batch_alter_table("ask", schema=None) as batch_op:
        batch_op.create_index(
            "ix_ask_deadline",
            ["deadline"],
            unique=False,
            sqlite_where=sa.text("status = 'sent'"),
            postgresql_where=sa.text("status = 'sent'"),
        )
        batch_op.create_index("ix_ask_inbox", ["organisation_id", "status", "sent_at", "id"], unique=False)
        batch_op.create_index(batch_op.f("ix_ask_offer_id"), ["offer_id"], unique=False)
        batch_op.create_index("ix_ask_referral", ["referral_id"], unique=False)
        batch_op.create_index("uq_ask_offer_once", ["referral_id", "offer_id", "round"], unique=True)

    op.create_table(
        "contact_card",
        sa.Column("referral_id", sa.Uuid(), nullable=False),
        sa.Column("name_sealed", sa.String(), nullable=False),
        sa.Column("contact_sealed", sa.String(), nullable=False),
        sa.Column(
            "route",
            sa.Enum(
                "young_person", "parent", "guide", name="route", native_enum=False, create_constraint=True, length=40
            ),
            nullable=False,
        ),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["referral_id"], ["referral.id"], name=op.f("fk_contact_card_referral_id_referral"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("referral_id", name=op.f("pk_contact_card")),
    )
    op.create_table(
        "offer_slot",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("offer_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column(
            "weekday",
            sa.Enum(
                "mon",
                "tue",
                "wed",
                "thu",
                "fri",
                "sat",
                "sun",
                name="weekday",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("starts", sa.Time(), nullable=False),
        sa.Column("ends", sa.Time(), nullable=False),
        sa.Column("holidays_only", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["offer_id"], ["offer.id"], name=op.f("fk_offer_slot_offer_id_offer"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_offer_slot")),
    )
    with op.batch_alter_table("offer_slot", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_offer_slot_offer_id"), ["offer_id"], unique=False)

    op.create_table(
        "offer_tag",
        sa.Column("offer_id", sa.Uuid(), nullable=False),
        sa.Column(
            "facet",
            sa.Enum(
                "age",
                "day",
                "price",
                "area",
                "interest",
                "mood",
                "must",
                "kind",
                "word",
                name="facet",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column(
            "code",
            sa.String(length=250).with_variant(sa.String(length=250, collation="C"), "postgresql"),
            nullable=False,
        ),
        sa.ForeignKeyConstraint(
            ["offer_id"], ["offer.id"], name=op.f("fk_offer_tag_offer_id_offer"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("offer_id", "facet", "code", name=op.f("pk_offer_tag")),
    )
    with op.batch_alter_table("offer_tag", schema=None) as batch_op:
        batch_op.create_index("ix_offer_tag_find", ["facet", "code", "offer_id"], unique=False)

    op.create_table(
        "shortlisted",
        sa.Column("referral_id", sa.Uuid(), nullable=False),
        sa.Column("offer_id", sa.Uuid(), nullable=False),
        sa.Column("is_liked", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["offer_id"], ["offer.id"], name=op.f("fk_shortlisted_offer_id_offer"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["referral_id"], ["referral.id"], name=op.f("fk_shortlisted_referral_id_referral"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("referral_id", "offer_id", name=op.f("pk_shortlisted")),
    )
    with op.batch_alter_table("shortlisted", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_shortlisted_offer_id"), ["offer_id"], unique=False)

    op.create_table(
        "check_in",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("referral_id", sa.Uuid(), nullable=False),
        sa.Column("ask_id", sa.Uuid(), nullable=False),
        sa.Column("week", sa.Integer(), nullable=False),
        sa.Column(
            "side",
            sa.Enum("guide", "association", name="side", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("reminded_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column(
            "mood",
            sa.Enum(
                "good", "could_be_better", "stopped", name="mood", native_enum=False, create_constraint=True, length=40
            ),
            nullable=True,
        ),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("answered_by_id", sa.Uuid(), nullable=True),
        sa.CheckConstraint("(mood IS NULL) = (answered_at IS NULL)", name=op.f("ck_check_in_mood_has_moment")),
        sa.CheckConstraint("week IN (2, 6, 12)", name=op.f("ck_check_in_week_known")),
        sa.ForeignKeyConstraint(
            ["answered_by_id"], ["person.id"], name=op.f("fk_check_in_answered_by_id_person"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(["ask_id"], ["ask.id"], name=op.f("fk_check_in_ask_id_ask"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(
            ["referral_id"], ["referral.id"], name=op.f("fk_check_in_referral_id_referral"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_check_in")),
    )
    with op.batch_alter_table("check_in", schema=None) as batch_op:
        batch_op.create_index(
            "ix_check_in_due",
            ["due_on"],
            unique=False,
            sqlite_where=sa.text("mood IS NULL"),
            postgresql_where=sa.text("mood IS NULL"),
        )
        batch_op.create_index("ix_check_in_referral", ["referral_id"], unique=False)
        batch_op.create_index("uq_check_in_once", ["ask_id", "week", "side"], unique=True)

    op.create_table(
        "welcome_plan",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("referral_id", sa.Uuid(), nullable=False),
        sa.Column("ask_id", sa.Uuid(), nullable=False),
        sa.Column("welcomer", sa.String(length=40), nullable=False),
        sa.Column("welcomer_hint", sa.String(length=160), nullable=False),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("place", sa.String(length=160), nullable=False),
        sa.Column("companion", sa.String(length=80), nullable=False),
        sa.Column("bring", sa.String(length=160), nullable=False),
        sa.Column("phone_name", sa.String(length=40), nullable=False),
        sa.Column("phone", sa.String(length=40), nullable=False),
        sa.Column("we_prepare", sa.String(length=240), nullable=False),
        sa.Column("you_arrange", sa.String(length=240), nullable=False),
        sa.Column("link_sealed", sa.String(), nullable=True),
        sa.Column("went_well_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["ask_id"], ["ask.id"], name=op.f("fk_welcome_plan_ask_id_ask"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(
            ["referral_id"], ["referral.id"], name=op.f("fk_welcome_plan_referral_id_referral"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_welcome_plan")),
        sa.UniqueConstraint("referral_id", name=op.f("uq_welcome_plan_referral_id")),
    )
    protect_audit()


def downgrade() -> None:
    unprotect_audit()
    op.drop_table("welcome_plan")
    with op.batch_alter_table("check_in", schema=None) as batch_op:
        batch_op.drop_index("uq_check_in_once")
        batch_op.drop_index("ix_check_in_referral")
        batch_op.drop_index(
            "ix_check_in_due", sqlite_where=sa.text("mood IS NULL"), postgresql_where=sa.text("mood IS NULL")
        )

    op.drop_table("check_in")
    with op.batch_alter_table("shortlisted", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_shortlisted_offer_id"))

    op.drop_table("shortlisted")
    with op.batch_alter_table("offer_tag", schema=None) as batch_op:
        batch_op.drop_index("ix_offer_tag_find")

    op.drop_table("offer_tag")
    with op.batch_alter_table("offer_slot", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_offer_slot_offer_id"))

    op.drop_table("offer_slot")
    op.drop_table("contact_card")
    with op.batch_alter_table("ask", schema=None) as batch_op:
        batch_op.drop_index("uq_ask_offer_once")
        batch_op.drop_index("ix_ask_referral")
        batch_op.drop_index(batch_op.f("ix_ask_offer_id"))
        batch_op.drop_index("ix_ask_inbox")
        batch_op.drop_index(
            "ix_ask_deadline", sqlite_where=sa.text("status = 'sent'"), postgresql_where=sa.text("status = 'sent'")
        )

    op.drop_table("ask")
    with op.batch_alter_table("agreement", schema=None) as batch_op:
        batch_op.drop_index("ix_agreement_referral")

    op.drop_table("agreement")
    with op.batch_alter_table("sign_in_session", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_sign_in_session_person_id"))

    op.drop_table("sign_in_session")
    with op.batch_alter_table("referral", schema=None) as batch_op:
        batch_op.drop_index("ix_referral_stuck")
        batch_op.drop_index("ix_referral_sender")
        batch_op.drop_index("ix_referral_receiver")
        batch_op.drop_index("ix_referral_guide")
        batch_op.drop_index("ix_referral_alias")

    op.drop_table("referral")
    with op.batch_alter_table("organisation_tag", schema=None) as batch_op:
        batch_op.drop_index("ix_organisation_tag_find")

    op.drop_table("organisation_tag")
    with op.batch_alter_table("offer", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_offer_organisation_id"))
        batch_op.drop_index("ix_offer_list")
        batch_op.drop_index("ix_offer_confirmed")

    op.drop_table("offer")
    with op.batch_alter_table("notice", schema=None) as batch_op:
        batch_op.drop_index(
            "ix_notice_unread", sqlite_where=sa.text("read_at IS NULL"), postgresql_where=sa.text("read_at IS NULL")
        )
        batch_op.drop_index("ix_notice_person")

    op.drop_table("notice")
    with op.batch_alter_table("login_code", schema=None) as batch_op:
        batch_op.drop_index("ix_login_code_email")

    op.drop_table("login_code")
    with op.batch_alter_table("invitation", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_invitation_organisation_id"))

    op.drop_table("invitation")
    with op.batch_alter_table("function", schema=None) as batch_op:
        batch_op.drop_index("ix_function_seat")
        batch_op.drop_index("ix_function_person")

    op.drop_table("function")
    op.drop_table("person")
    op.drop_table("organisation")
    with op.batch_alter_table("link", schema=None) as batch_op:
        batch_op.drop_index("ix_link_subject")

    op.drop_table("link")
    with op.batch_alter_table("job", schema=None) as batch_op:
        batch_op.drop_index(
            "ix_job_waiting",
            sqlite_where=sa.text("done_at IS NULL AND failed_at IS NULL"),
            postgresql_where=sa.text("done_at IS NULL AND failed_at IS NULL"),
        )

    op.drop_table("job")
    op.drop_table("installation")
    with op.batch_alter_table("history", schema=None) as batch_op:
        batch_op.drop_index("ix_history_thing")

    op.drop_table("history")
    with op.batch_alter_table("form_once", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_form_once_at"))

    op.drop_table("form_once")
    with op.batch_alter_table("demo_mail", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_demo_mail_sent_at"))

    op.drop_table("demo_mail")
    with op.batch_alter_table("audit", schema=None) as batch_op:
        batch_op.drop_index("ix_audit_thing")

    op.drop_table("audit")
    with op.batch_alter_table("attempts", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_attempts_expires_at"))

    op.drop_table("attempts")
