"""What a learner can say is wrong with a question."""

from __future__ import annotations

from enum import StrEnum


class ReportReason(StrEnum):
    """Why a learner reports a question."""

    WRONG = "the answer is wrong"
    SEVERAL = "more than one answer is right"
    UNCLEAR = "I do not understand it"
    OUTDATED = "out of date"
    OTHER = "something else"
