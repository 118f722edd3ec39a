"""How sure a learner was and how long they took, with the response and with the marked item."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    op.add_column("response", sa.Column("sure", sa.String()))
    op.add_column("attempt_item", sa.Column("seconds", sa.Float()))
    op.add_column("attempt_item", sa.Column("sure", sa.String()))
