"""Progress: marked responses become evidence, evidence becomes mastery, mastery is rolled up."""

from quiz.progress.cohort import (
    CohortModel,
    MadeQuestions,
    SimulatedLearner,
    chance_right,
    simulate_cohort,
)
from quiz.progress.days import PractisedDay, days_practised
from quiz.progress.evidence import QuizEvidence, evidence_from, first_of_a_day
from quiz.progress.lost_marks import CriterionLoss, LostMark, losses, lost_marks
from quiz.progress.mastery import (
    ENOUGH_ANSWERS,
    FACILITY,
    INTERVAL,
    DayPoint,
    Mastery,
    Progress,
    State,
    Tracker,
    blended_facility,
    estimate,
    estimate_each,
)
from quiz.progress.next_steps import NextStep, StepKind, StudiedUnit, Unfinished, next_steps
from quiz.progress.readiness import Lift, OutcomeReadiness, Readiness, pass_chance, readiness
from quiz.progress.review import Schedule, schedule
from quiz.progress.review_days import PER_DAY, DailyPlan, LeftOut, ReviewCard, ReviewDay
from quiz.progress.rollup import (
    OutcomeProgress,
    QualificationProgress,
    UnitProgress,
    roll_up,
    roll_up_qualification,
)
from quiz.progress.sureness import Calibration, SaidSure, SureButWrong, calibration

__all__ = [
    "ENOUGH_ANSWERS",
    "FACILITY",
    "INTERVAL",
    "Calibration",
    "CohortModel",
    "MadeQuestions",
    "CriterionLoss",
    "PER_DAY",
    "DailyPlan",
    "DayPoint",
    "LostMark",
    "LeftOut",
    "Mastery",
    "NextStep",
    "OutcomeProgress",
    "PractisedDay",
    "Progress",
    "QualificationProgress",
    "QuizEvidence",
    "SaidSure",
    "ReviewCard",
    "ReviewDay",
    "Schedule",
    "State",
    "StepKind",
    "StudiedUnit",
    "Unfinished",
    "SureButWrong",
    "UnitProgress",
    "blended_facility",
    "calibration",
    "days_practised",
    "estimate",
    "estimate_each",
    "evidence_from",
    "first_of_a_day",
    "losses",
    "lost_marks",
    "next_steps",
    "roll_up",
    "roll_up_qualification",
    "schedule",
    "Lift",
    "OutcomeReadiness",
    "Readiness",
    "SimulatedLearner",
    "Tracker",
    "pass_chance",
    "readiness",
    "chance_right",
    "simulate_cohort",
]
