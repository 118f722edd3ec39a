"""The errors that `quiz` raises, by what a caller can do about them.

QuizError
├── PackError          the content cannot be used: show its findings
├── NotInBank          something asked for is not in the content: choose something else
├── NotInQualification a unit does not belong to the qualification: choose one that does
├── NoPlan             no valid plan holds the chosen units: take one away
├── CannotAssemble     a blueprint cannot be met from the bank: change the blueprint or the bank
├── OverlayRefused     the local overlay cannot be read or written: show the message, nothing is lost
├── ImportRefused      a document cannot be read or its wording not attached: show the message, nothing is kept
├── EntryRefused       something typed in is missing or wrong: show the message, nothing is lost
└── MoveRefused        an attempt does not take this move now: show the message, nothing is lost
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from quiz.wording import count

if TYPE_CHECKING:
    from quiz.findings import Finding


class QuizError(Exception):
    """Root of all errors of the domain; its text can be shown to a learner."""


class PackError(QuizError):
    """The content has faults that keep it from being used."""

    def __init__(self, findings: tuple[Finding, ...]) -> None:
        """Keep every finding, so that all can be shown at once."""
        self.findings = findings
        super().__init__(
            f"The content has {count(len(findings), 'fault')}: "
            "run “python -m quiz.authoring lint” for the list."
        )


class NotInBank(QuizError):
    """A unit, criterion or question that was asked for is not in the content."""


class NotInQualification(QuizError):
    """A unit was chosen that the qualification does not list."""


class NoPlan(QuizError):
    """No valid plan holds all of the chosen units."""


class CannotAssemble(QuizError):
    """A paper cannot be made from this bank under this blueprint."""


class OverlayRefused(QuizError):
    """The file of local corrections cannot be changed; the text says why and what to do."""


class ImportRefused(QuizError):
    """A document cannot be taken in; the text says what is wrong and what to do, and nothing of it is kept."""


class EntryRefused(QuizError):
    """Something typed into a form is missing or cannot be taken; the text says what and what to do."""


class MoveRefused(QuizError):
    """An attempt does not take this move in its present state."""
