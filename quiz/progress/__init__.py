"""Progress: marked responses become evidence, evidence becomes mastery, mastery is rolled up."""

from quiz.progress.evidence import QuizEvidence, evidence_from, first_of_a_day
from quiz.progress.mastery import (
    ENOUGH_ANSWERS,
    FACILITY,
    INTERVAL,
    DayPoint,
    Mastery,
    Progress,
    State,
    blended_facility,
    estimate,
)
from quiz.progress.rollup import OutcomeProgress, UnitProgress, roll_up

__all__ = [
    "ENOUGH_ANSWERS",
    "FACILITY",
    "INTERVAL",
    "DayPoint",
    "Mastery",
    "OutcomeProgress",
    "Progress",
    "QuizEvidence",
    "State",
    "UnitProgress",
    "blended_facility",
    "estimate",
    "evidence_from",
    "first_of_a_day",
    "roll_up",
]
