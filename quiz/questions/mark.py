"""What a response was worth."""

from __future__ import annotations

from enum import StrEnum

from quiz.questions.question import Value

_TOLERANCE = 1e-6


class Verdict(StrEnum):
    """The five things a response can be."""

    UNANSWERED = "unanswered"
    MALFORMED = "malformed"
    WRONG = "wrong"
    PARTIAL = "partial"
    RIGHT = "right"

    @property
    def is_marked(self) -> bool:
        """Return whether a mark was given: neither unanswered nor malformed."""
        return self not in {Verdict.UNANSWERED, Verdict.MALFORMED}


class Mark(Value):
    """A verdict, the share of the mark earned (0 to 1), and what was wrong with the answer's form."""

    verdict: Verdict
    fraction: float
    message: str = ""


UNANSWERED = Mark(verdict=Verdict.UNANSWERED, fraction=0.0, message="Choose an answer first.")


def malformed(message: str) -> Mark:
    """Return the mark of a response that is no answer to the question."""
    return Mark(verdict=Verdict.MALFORMED, fraction=0.0, message=message)


def mark_of(fraction: float) -> Mark:
    """Return the mark for a share: wrong at 0, right at 1, partial between, with a tolerance of 1e-6."""
    if fraction < _TOLERANCE:
        return Mark(verdict=Verdict.WRONG, fraction=0.0)
    if fraction > 1 - _TOLERANCE:
        return Mark(verdict=Verdict.RIGHT, fraction=1.0)
    return Mark(verdict=Verdict.PARTIAL, fraction=fraction)
