"""The portfolio: evidence a learner gathers and what an assessor has confirmed; never quiz evidence."""

from quiz.portfolio.portfolio import (
    DEFAULT_TYPES,
    LONGEST_NOTE,
    EvidenceItem,
    EvidenceType,
    Portfolio,
    Standing,
    Status,
    make_confirmation,
    make_item,
    make_types,
    own_words_draft,
    place_name,
    tracked,
)
from quiz.portfolio.side_by_side import CriterionStanding, UnitStanding, side_by_side

__all__ = [
    "DEFAULT_TYPES",
    "LONGEST_NOTE",
    "CriterionStanding",
    "EvidenceItem",
    "EvidenceType",
    "Portfolio",
    "Standing",
    "Status",
    "UnitStanding",
    "make_confirmation",
    "make_item",
    "make_types",
    "own_words_draft",
    "place_name",
    "side_by_side",
    "tracked",
]
