"""Devices of a class, and lessons that they answer live."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    op.create_table(
        "device",
        sa.Column("id", sa.Uuid(), primary_key=True),
        sa.Column("token_hash", sa.String(), nullable=False),
        sa.Column("learner_id", sa.Uuid(), sa.ForeignKey("learner.id", ondelete="CASCADE"), nullable=True),
        sa.Column("tutor", sa.Boolean(), nullable=False),
        sa.Column("made_at", sa.Text(), nullable=False),
        sa.UniqueConstraint("token_hash", name="uq_device_token_hash"),
    )
    op.create_index("ix_device_learner", "device", ["learner_id"])
    op.create_table(
        "return_code",
        sa.Column("code", sa.String(), primary_key=True),
        sa.Column("learner_id", sa.Uuid(), sa.ForeignKey("learner.id", ondelete="CASCADE"), nullable=False),
        sa.Column("until", sa.Text(), nullable=False),
    )
    op.create_table(
        "live_lesson",
        sa.Column("lesson_id", sa.Uuid(), sa.ForeignKey("lesson.id", ondelete="CASCADE"), primary_key=True),
        sa.Column("code", sa.String(), nullable=True),
        sa.Column(
            "group_id", sa.Uuid(), sa.ForeignKey("learner_group.id", ondelete="SET NULL"), nullable=True
        ),
        sa.Column("opened_at", sa.Text(), nullable=False),
        sa.Column("ended_at", sa.Text(), nullable=True),
        sa.Column("position", sa.Integer(), nullable=True),
        sa.Column("step", sa.Integer(), nullable=False),
        sa.Column("uncovered", sa.String(), nullable=False),
        sa.UniqueConstraint("code", name="uq_live_lesson_code"),
    )
    op.create_table(
        "participant",
        sa.Column("id", sa.Uuid(), primary_key=True),
        sa.Column(
            "lesson_id", sa.Uuid(), sa.ForeignKey("live_lesson.lesson_id", ondelete="CASCADE"), nullable=False
        ),
        sa.Column("device_id", sa.Uuid(), sa.ForeignKey("device.id", ondelete="SET NULL"), nullable=True),
        sa.Column("learner_id", sa.Uuid(), sa.ForeignKey("learner.id", ondelete="CASCADE"), nullable=True),
        sa.Column("nickname", sa.String(), nullable=False),
        sa.Column("folded", sa.String(), nullable=False),
        sa.Column("keeps", sa.Boolean(), nullable=False),
        sa.Column("joined_at", sa.Text(), nullable=False),
        sa.UniqueConstraint("lesson_id", "folded", name="uq_participant_nickname"),
    )
    op.create_index("ix_participant_device", "participant", ["device_id"])
    op.create_table(
        "live_answer",
        sa.Column("id", sa.Uuid(), primary_key=True),
        sa.Column(
            "participant_id", sa.Uuid(), sa.ForeignKey("participant.id", ondelete="CASCADE"), nullable=False
        ),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("response", sa.String(), nullable=False),
        sa.Column("fraction", sa.Float(), nullable=False),
        sa.Column("given_at", sa.Text(), nullable=False),
        sa.UniqueConstraint("participant_id", "position", name="uq_live_answer_position"),
    )
