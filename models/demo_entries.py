"""What a demo learner has entered beside answers: own words, a plan, a portfolio. All of it says “demo”."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta
from random import Random
from typing import Final
from uuid import UUID, uuid5

from models.demo_rows import Rows
from models.tables import EvidenceItemRow, EvidenceLinkRow, OwnWordsRow, PlanRow, PortfolioStatusRow
from quiz.portfolio import Standing
from quiz.syllabus import CriterionRef, Pack, Unit, UnitOutline, suggest
from quiz.wording import LONDON

ASSESSOR: Final = "Demo Assessor"
_ITEMS: Final = (
    ("O", "Observation at my desk (demo)", "With the assessor"),
    ("P", "Call records of a week (demo)", "Team folder, calls"),
    ("Q&A", "Questions answered with my assessor (demo)", "Portfolio, section 2"),
    ("WT", "Statement of my team leader (demo)", "Portfolio, section 3"),
    ("PD", "Professional discussion (demo)", "Recording kept by the centre"),
    ("RA", "My account of a busy shift (demo)", "Portfolio, section 1"),
    ("A", "Assignment on this outcome (demo)", "Portfolio, section 4"),
)
_OPENINGS: Final = (
    "At our centre I would write about",
    "In my team this comes down to",
    "I would explain",
    "What I see at work is",
)
_ENDINGS: Final = (
    "I still have to add an example.",
    "An example is the call I took on Monday.",
    "My team leader showed me where the policy is kept.",
    "I am not sure that this is enough.",
)


class Suggested:
    """The shortest valid plan of each qualification, worked out once."""

    def __init__(self, pack: Pack, keys: Sequence[str]) -> None:
        """Work out the plans of those qualifications that the content holds."""
        self.pack = pack
        self.plans: Mapping[str, tuple[str, ...]] = {
            key: suggest(pack.qualifications[key], pack.outlines, ()).units
            for key in keys
            if key in pack.qualifications and pack.qualifications[key].has_rules
        }

    def units(self, qualification: str | None) -> tuple[UnitOutline, ...]:
        """Return the units planned for a qualification, none without a plan."""
        return tuple(self.pack.outlines[key] for key in self.plans.get(qualification or "", ()))


def write_plan(
    rows: Rows, learner: UUID, qualification: str, units: Sequence[UnitOutline], day: date
) -> None:
    """Write the units chosen, on a morning."""
    rows.add(
        PlanRow,
        id=uuid5(learner, "plan"),
        learner_id=learner,
        qualification=qualification,
        units=json.dumps(sorted(unit.key for unit in units)),
        saved_at=_moment(day, 8, 15),
    )


def write_own_words(
    rows: Rows, learner: UUID, unit: Unit, days: Sequence[date], most: int, rng: Random
) -> None:
    """Write up to `most` short answers in the learner's own words, marked as demo text."""
    for criterion in rng.sample(unit.criteria, min(most, len(unit.criteria))):
        checklist = criterion.entry.own_words.checklist
        found = sorted(rng.sample(range(len(checklist)), min(len(checklist), rng.randint(1, 3))))
        points = " and ".join(checklist[place].rstrip(".") for place in found)
        rows.add(
            OwnWordsRow,
            id=uuid5(learner, f"own words {criterion.ref}"),
            learner_id=learner,
            unit=criterion.ref.unit,
            criterion=criterion.ref.code,
            text=f"(Demo text.) {rng.choice(_OPENINGS)} {points}. {rng.choice(_ENDINGS)}",
            points=json.dumps(found),
            saved_at=_moment(rng.choice(days), rng.randrange(9, 19), rng.randrange(60)),
        )


def write_portfolio(
    rows: Rows,
    learner: UUID,
    refs: Sequence[CriterionRef],
    share: float,
    days: Sequence[date],
    rng: Random,
) -> None:
    """Write evidence for the first criteria, in order, and where each of them stands.

    The further back a criterion is, the further its portfolio: confirmed, ready, gathering.
    """
    begun = list(refs[: round(share * len(refs))])
    while_working = [day for day in days if day.weekday() < 5] or list(days)
    groups = [begun[first : first + 2] for first in range(0, len(begun), 2)]
    for place, served in enumerate(groups):
        at = while_working[place * len(while_working) // len(groups)]
        _item(rows, learner, place, served, at, rng)
        behind = len(groups) - place
        standing = (
            Standing.GATHERING if behind == 1 else Standing.READY if behind <= 3 else Standing.CONFIRMED
        )
        later = [day for day in while_working if at <= day][:6][-1]
        for ref in served:
            _standing(rows, learner, ref, standing, later, rng)


def _item(
    rows: Rows, learner: UUID, place: int, served: Sequence[CriterionRef], day: date, rng: Random
) -> None:
    code, title, kept = rng.choice(_ITEMS)
    item, at = uuid5(learner, f"evidence {place}"), _moment(day, rng.randrange(9, 17), rng.randrange(60))
    rows.add(
        EvidenceItemRow,
        id=item,
        learner_id=learner,
        title=title,
        type=code,
        reference=f"E{place + 1}",
        kept_where=kept,
        dated=day.isoformat(),
        note="Made up for the demo class.",
        draft=False,
        created_at=at,
        changed_at=at,
    )
    for ref in served:
        rows.add(EvidenceLinkRow, id=uuid5(item, str(ref)), item_id=item, unit=ref.unit, criterion=ref.code)


def _standing(
    rows: Rows, learner: UUID, ref: CriterionRef, standing: Standing, day: date, rng: Random
) -> None:
    confirmed = standing is Standing.CONFIRMED
    rows.add(
        PortfolioStatusRow,
        id=uuid5(learner, f"standing {ref}"),
        learner_id=learner,
        unit=ref.unit,
        criterion=ref.code,
        status=standing.value,
        assessor=ASSESSOR if confirmed else None,
        confirmed_on=day.isoformat() if confirmed else None,
        set_at=_moment(day, rng.randrange(17, 20), rng.randrange(60)) + timedelta(seconds=rng.randrange(60)),
    )


def _moment(day: date, hour: int, minute: int) -> datetime:
    return datetime.combine(day, time(hour, minute), LONDON).astimezone(UTC)
