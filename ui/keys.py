"""Every session-state key that pages share, and the keys of the widgets of a question.

What a learner said never lives here alone: it is in the database before the next screen is shown.
"""

from __future__ import annotations

from uuid import UUID

from quiz.syllabus import CriterionRef

LEARNER = "learner-id"
NEWCOMER = "newcomer"
"""Set once a session has found nobody on this machine and asks for a name."""
UNIT = "unit-key"
FAULT = "fault"
NOTICE = "notice"
SWITCHING = "switching"
PRINT_SEED = "print-seed"
QUALIFICATION = "qualification-key"
SUGGESTION = "suggestion"
WHO = "who"
DEVICE = "device"
SPECIFICATION = "specification"
READER = "reader"
"""The learner as the database last knew them: how they like to read stands in the style of every page."""
VISIT = "visit-settings"
"""What somebody without a learner has chosen for this visit."""
SHOWN = "answer-shown"
"""The try whose answering widgets were shown last, their lane, and since when; one entry, however many questions there are."""
RETRY = "retry"
"""The try that the learner wants to make again."""
_LANES = 8


def one_try(attempt: UUID, position: int, tries: int) -> tuple[UUID, int, int]:
    """Return what names one try at one position."""
    return (attempt, position, tries)


def answer_key(lane: int) -> str:
    """Return the key of the answering widgets in a lane.

    Streamlit never forgets a widget's key in a session, so a key for each question would take more memory with each;
    and what a widget held is forgotten once it is not shown, so a lane is empty when its turn comes again.
    """
    return f"answer-{lane % _LANES}"


def pick_key(position: int) -> str:
    """Return the key of the options at a position of a test; what they hold is said at each drawing."""
    return f"answer-of-{position}"


def sure_key(answer: str) -> str:
    """Return the key of the widget that asks how sure the learner is of an answer."""
    return f"{answer}-sure"


def answers_key(ref: CriterionRef) -> str:
    """Return the key that says how many answers to a criterion are shown."""
    return f"answers-{ref}"
