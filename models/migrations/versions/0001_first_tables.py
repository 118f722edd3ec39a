"""The first tables."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    op.create_table(
        "learner",
        sa.Column("id", sa.Uuid(), primary_key=True),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("created_at", sa.Text(), nullable=False),
        sa.Column("last_used_at", sa.Text(), nullable=False),
        sa.Column("settings", sa.String(), nullable=False),
    )
    op.create_table(
        "shown_question",
        sa.Column("hash", sa.String(), primary_key=True),
        sa.Column("content", sa.String(), nullable=False),
    )
    op.create_table(
        "attempt",
        sa.Column("id", sa.Uuid(), primary_key=True),
        _learner(),
        sa.Column("unit", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("plan", sa.String(), nullable=False),
        sa.Column("seed", sa.Integer(), nullable=False),
        sa.Column("content_version", sa.String(), nullable=False),
        sa.Column("started_at", sa.Text(), nullable=False),
        sa.Column("size", sa.Integer()),
        sa.Column("minutes", sa.Integer()),
        sa.Column("extra_percent", sa.Integer(), nullable=False),
        sa.Column("finished_at", sa.Text()),
        sa.Column("finish", sa.String()),
    )
    op.create_index("ix_attempt_learner_unit", "attempt", ["learner_id", "unit", "started_at"])
    op.create_table(
        "attempt_item",
        sa.Column("id", sa.Uuid(), primary_key=True),
        _attempt(),
        _learner(),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("question_hash", sa.String(), sa.ForeignKey("shown_question.hash"), nullable=False),
        sa.Column("question_id", sa.String(), nullable=False),
        sa.Column("family", sa.String(), nullable=False),
        sa.Column("unit", sa.String(), nullable=False),
        sa.Column("criterion", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("shown_at", sa.Text(), nullable=False),
        sa.Column("fraction", sa.Float()),
        sa.Column("verdict", sa.String()),
        sa.Column("marked_at", sa.Text()),
        sa.UniqueConstraint("attempt_id", "position", name="uq_attempt_item_position"),
    )
    op.create_index("ix_attempt_item_evidence", "attempt_item", ["learner_id", "unit", "marked_at"])
    op.create_table(
        "response",
        sa.Column("id", sa.Uuid(), primary_key=True),
        _attempt(),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("submit_id", sa.Uuid(), nullable=False),
        sa.Column("response", sa.String(), nullable=False),
        sa.Column("given_at", sa.Text(), nullable=False),
        sa.Column("seconds", sa.Float()),
        sa.UniqueConstraint("attempt_id", "sequence", name="uq_response_sequence"),
        sa.UniqueConstraint("submit_id", name="uq_response_submit"),
    )
    op.create_table(
        "attempt_event",
        sa.Column("id", sa.Uuid(), primary_key=True),
        _attempt(),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("position", sa.Integer()),
        sa.Column("at", sa.Text(), nullable=False),
        sa.UniqueConstraint("attempt_id", "sequence", name="uq_attempt_event_sequence"),
    )
    op.create_table(
        "own_words",
        sa.Column("id", sa.Uuid(), primary_key=True),
        _learner(),
        sa.Column("unit", sa.String(), nullable=False),
        sa.Column("criterion", sa.String(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("points", sa.String(), nullable=False),
        sa.Column("saved_at", sa.Text(), nullable=False),
    )
    op.create_index("ix_own_words_learner", "own_words", ["learner_id", "unit", "criterion", "saved_at"])
    op.create_table(
        "setting",
        sa.Column("key", sa.String(), primary_key=True),
        sa.Column("value", sa.String(), nullable=False),
    )


def _learner() -> "sa.Column[object]":
    return sa.Column("learner_id", sa.Uuid(), sa.ForeignKey("learner.id", ondelete="CASCADE"), nullable=False)


def _attempt() -> "sa.Column[object]":
    return sa.Column("attempt_id", sa.Uuid(), sa.ForeignKey("attempt.id", ondelete="CASCADE"), nullable=False)
