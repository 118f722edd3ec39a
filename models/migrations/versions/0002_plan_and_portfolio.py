"""The plan of a qualification, and the portfolio."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    op.create_table(
        "plan",
        sa.Column("id", sa.Uuid(), primary_key=True),
        _learner(),
        sa.Column("qualification", sa.String(), nullable=False),
        sa.Column("units", sa.String(), nullable=False),
        sa.Column("saved_at", sa.Text(), nullable=False),
        sa.UniqueConstraint("learner_id", "qualification", name="uq_plan_qualification"),
    )
    op.create_table(
        "portfolio_status",
        sa.Column("id", sa.Uuid(), primary_key=True),
        _learner(),
        sa.Column("unit", sa.String(), nullable=False),
        sa.Column("criterion", sa.String(), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("assessor", sa.String()),
        sa.Column("confirmed_on", sa.String()),
        sa.Column("set_at", sa.Text(), nullable=False),
    )
    op.create_index(
        "ix_portfolio_status_learner", "portfolio_status", ["learner_id", "unit", "criterion", "set_at"]
    )
    op.create_table(
        "evidence_item",
        sa.Column("id", sa.Uuid(), primary_key=True),
        _learner(),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("type", sa.String(), nullable=False),
        sa.Column("reference", sa.String(), nullable=False),
        sa.Column("kept_where", sa.String(), nullable=False),
        sa.Column("dated", sa.String()),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("draft", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.Text(), nullable=False),
        sa.Column("changed_at", sa.Text(), nullable=False),
    )
    op.create_index("ix_evidence_item_learner", "evidence_item", ["learner_id"])
    op.create_table(
        "evidence_link",
        sa.Column("id", sa.Uuid(), primary_key=True),
        sa.Column(
            "item_id", sa.Uuid(), sa.ForeignKey("evidence_item.id", ondelete="CASCADE"), nullable=False
        ),
        sa.Column("unit", sa.String(), nullable=False),
        sa.Column("criterion", sa.String(), nullable=False),
        sa.UniqueConstraint("item_id", "unit", "criterion", name="uq_evidence_link"),
    )
    op.create_table(
        "evidence_count",
        sa.Column("id", sa.Uuid(), primary_key=True),
        _learner(),
        sa.Column("unit", sa.String(), nullable=False),
        sa.Column("criterion", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.UniqueConstraint("learner_id", "unit", "criterion", "name", name="uq_evidence_count"),
    )


def _learner() -> "sa.Column[object]":
    return sa.Column("learner_id", sa.Uuid(), sa.ForeignKey("learner.id", ondelete="CASCADE"), nullable=False)
