"""Statistics of questions and papers, as Moodle defines them, and which questions look wrong.

marked answers → `question_statistics` → `ranked`; marked answers → `paper_statistics`
"""

from quiz.statistics.answers import (
    REST_WEIGHT,
    ComparedAnswer,
    MarkedAnswer,
    Offered,
    compare,
    first_answers,
    thirds,
)
from quiz.statistics.flags import ENOUGH_ANSWERS, Flag, RankedQuestion, Reason, Standing, ranked
from quiz.statistics.formulas import (
    discrimination_index,
    discriminative_efficiency,
    error_ratio,
    facility,
    internal_consistency,
)
from quiz.statistics.intervals import (
    INTERVAL,
    consistency_interval,
    correlation_interval,
    facility_interval,
)
from quiz.statistics.listing import listed_paper, listed_question
from quiz.statistics.options import OptionStatistics
from quiz.statistics.papers import PaperStatistics, paper_statistics
from quiz.statistics.question import Quartiles, QuestionStatistics, ThirdMarks, question_statistics
from quiz.statistics.report import ReportReason

__all__ = [
    "ENOUGH_ANSWERS",
    "INTERVAL",
    "REST_WEIGHT",
    "ComparedAnswer",
    "Flag",
    "MarkedAnswer",
    "Offered",
    "OptionStatistics",
    "PaperStatistics",
    "Quartiles",
    "QuestionStatistics",
    "RankedQuestion",
    "Reason",
    "ReportReason",
    "Standing",
    "ThirdMarks",
    "compare",
    "consistency_interval",
    "correlation_interval",
    "discrimination_index",
    "discriminative_efficiency",
    "error_ratio",
    "facility",
    "facility_interval",
    "first_answers",
    "internal_consistency",
    "listed_paper",
    "listed_question",
    "paper_statistics",
    "question_statistics",
    "ranked",
    "thirds",
]
