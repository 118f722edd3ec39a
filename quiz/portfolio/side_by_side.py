"""Practice and portfolio side by side, never mixed: four facts about each criterion."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from quiz.portfolio.portfolio import Portfolio, Standing, Status, tracked
from quiz.progress import Mastery, State
from quiz.syllabus import CriterionOutline, CriterionRef, OutcomeKind, Pack, UnitOutline


@dataclass(frozen=True)
class CriterionStanding:
    """What practice shows about a criterion, and what its portfolio holds."""

    criterion: CriterionOutline
    taught: bool
    """Whether there are notes and questions for it, its own or linked ones."""
    answers: int
    practised: bool
    secure: bool
    """Likely secure: every linked criterion that teaches it in full, or its own."""
    items: int
    """Pieces of evidence, drafts left out."""
    drafts: int
    status: Status

    @property
    def gathered(self) -> bool:
        """Return whether a piece of evidence is there that is no draft."""
        return self.items > 0

    @property
    def confirmed(self) -> bool:
        """Return whether the learner has entered an assessor's confirmation."""
        return self.status.standing is Standing.CONFIRMED


@dataclass(frozen=True)
class UnitStanding:
    """The criteria of a unit with their four facts, in order."""

    unit: UnitOutline
    criteria: tuple[CriterionStanding, ...]

    @property
    def counts(self) -> tuple[int, int, int, int]:
        """Return how many criteria are practised, likely secure, with evidence, confirmed."""
        return (
            sum(c.practised for c in self.criteria),
            sum(c.secure for c in self.criteria),
            sum(c.gathered for c in self.criteria),
            sum(c.confirmed for c in self.criteria),
        )


def side_by_side(
    pack: Pack, unit: UnitOutline, mastery: Mapping[CriterionRef, Mastery], portfolio: Portfolio
) -> UnitStanding:
    """Return the four facts about each criterion of a unit.

    A criterion that is taught through links counts as practised when any linked criterion has an
    answer, and as likely secure only when it asks for knowledge, links teach it in full and all of
    those are likely secure: no quiz shows that somebody can do a thing.
    """
    rows: list[CriterionStanding] = []
    for criterion in (c for outcome in tracked(unit) for c in outcome.criteria):
        teaching = pack.teaching(criterion.ref)
        known = [mastery[link.ref] for link in teaching if link.ref in mastery]
        full = [mastery.get(link.ref) for link in teaching if link.how == "same"]
        answers = sum(entry.answers for entry in known)
        pieces = portfolio.items_for(criterion.ref)
        rows.append(
            CriterionStanding(
                criterion=criterion,
                taught=bool(teaching),
                answers=answers,
                practised=answers > 0,
                secure=criterion.kind is OutcomeKind.KNOWLEDGE
                and bool(full)
                and all(entry is not None and entry.state is State.SECURE for entry in full),
                items=sum(not piece.draft for piece in pieces),
                drafts=sum(piece.draft for piece in pieces),
                status=portfolio.status(criterion.ref),
            )
        )
    return UnitStanding(unit, tuple(rows))
