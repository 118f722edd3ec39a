"""The plan: which units of a qualification a learner has chosen."""

from __future__ import annotations

import json
from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from sqlmodel import Session, select

from models.tables import PlanRow


def save_plan(
    *, session: Session, learner: UUID, qualification: str, units: Collection[str], now: datetime
) -> None:
    """Store the units chosen of a qualification in place of those chosen before."""
    row = _optional_row(session, learner, qualification)
    if row is None:
        row = PlanRow(learner_id=learner, qualification=qualification, units="[]", saved_at=now)
    row.units, row.saved_at = json.dumps(sorted(units)), now
    session.add(row)


def select_optional_plan(*, session: Session, learner: UUID, qualification: str) -> frozenset[str] | None:
    """Return the units a learner has chosen of a qualification, or None where no plan is stored."""
    row = _optional_row(session, learner, qualification)
    return frozenset(json.loads(row.units)) if row else None


def _optional_row(session: Session, learner: UUID, qualification: str) -> PlanRow | None:
    return session.exec(
        select(PlanRow).where(PlanRow.learner_id == learner, PlanRow.qualification == qualification)
    ).first()
