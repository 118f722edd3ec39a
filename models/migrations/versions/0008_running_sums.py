"""Running sums of each learner, and indexes for what pages ask.

The sums of answers already there are made when the database is next opened: `models.sums`.
"""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"


def _learner() -> sa.Column[object]:
    return sa.Column(
        "learner_id", sa.Uuid(), sa.ForeignKey("learner.id", ondelete="CASCADE"), primary_key=True
    )


def upgrade() -> None:
    op.create_table(
        "learner_sums",
        _learner(),
        sa.Column("demo", sa.Boolean(), nullable=False),
        sa.Column("facts", sa.Integer(), nullable=False),
        sa.Column("answers", sa.Integer(), nullable=False),
        sa.Column("right", sa.Float(), nullable=False),
        sa.Column("last_at", sa.Text(), nullable=True),
        sa.Column("said", sa.String(), nullable=False),
        sa.Column("pace", sa.String(), nullable=False),
    )
    op.create_table(
        "unit_sums",
        _learner(),
        sa.Column("unit", sa.String(), primary_key=True),
        sa.Column("criteria", sa.String(), nullable=False),
    )
    op.create_table(
        "family_sums",
        _learner(),
        sa.Column("family", sa.String(), primary_key=True),
        sa.Column("unit", sa.String(), nullable=False),
        sa.Column("criterion", sa.String(), nullable=False),
        sa.Column("day", sa.String(), nullable=False),
        sa.Column("last_at", sa.Text(), nullable=False),
        sa.Column("rating", sa.Integer(), nullable=False),
        sa.Column("sure", sa.String(), nullable=True),
        sa.Column("stability", sa.Float(), nullable=False),
        sa.Column("difficulty", sa.Float(), nullable=False),
        sa.Column("due", sa.String(), nullable=False),
        sa.Column("reps", sa.Integer(), nullable=False),
        sa.Column("lapses", sa.Integer(), nullable=False),
        sa.Column("latest_at", sa.Text(), nullable=False),
        sa.Column("asked", sa.String(), nullable=False),
        sa.Column("wrong", sa.Integer(), nullable=False),
        sa.Column("wrong_at", sa.Text(), nullable=True),
        sa.Column("tested", sa.Boolean(), nullable=False),
    )
    op.create_index("ix_family_sums_due", "family_sums", ["learner_id", "due"])
    op.create_index("ix_family_sums_wrong", "family_sums", ["learner_id"], sqlite_where=sa.text("wrong > 0"))
    op.create_table(
        "day_sums",
        _learner(),
        sa.Column("day", sa.String(), primary_key=True),
        sa.Column("answers", sa.Integer(), nullable=False),
        sa.Column("criteria", sa.Integer(), nullable=False),
        sa.Column("reviewed", sa.Integer(), nullable=False),
    )
    op.create_table(
        "past_states",
        _learner(),
        sa.Column("unit", sa.String(), primary_key=True),
        sa.Column("day", sa.String(), primary_key=True),
        sa.Column("states", sa.String(), nullable=False),
    )
    op.create_table(
        "facility",
        sa.Column("demo", sa.Boolean(), primary_key=True),
        sa.Column("unit", sa.String(), primary_key=True),
        sa.Column("criterion", sa.String(), primary_key=True),
        sa.Column("facts", sa.Integer(), nullable=False),
        sa.Column("earned", sa.Integer(), nullable=False),
        sa.Column("learners", sa.Integer(), nullable=False),
    )
    op.create_index("ix_attempt_learner_kind", "attempt", ["learner_id", "kind", "started_at"])
    op.create_index("ix_attempt_learner", "attempt", ["learner_id", "started_at"])
    op.create_index(
        "ix_attempt_open", "attempt", ["learner_id", "kind"], sqlite_where=sa.text("finished_at IS NULL")
    )
    op.create_index(
        "ix_attempt_item_criterion", "attempt_item", ["learner_id", "unit", "criterion", "marked_at"]
    )
    op.create_index(
        "ix_attempt_item_open",
        "attempt_item",
        ["learner_id", "unit"],
        sqlite_where=sa.text("marked_at IS NULL"),
    )
    op.create_index(
        "ix_attempt_item_test", "attempt_item", ["learner_id", "unit"], sqlite_where=sa.text("kind = 'test'")
    )
