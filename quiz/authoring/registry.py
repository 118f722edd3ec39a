"""The table of rules, by what they look at."""

from __future__ import annotations

from typing import Any, Final

from quiz.authoring import balance, copying, coverage, explanations, language, law, options, stems
from quiz.authoring.bank_rules import BANK_RULES
from quiz.authoring.cues import CUES
from quiz.authoring.rule import (
    CatalogueSubject,
    CriterionSubject,
    ItemSubject,
    Rule,
    StemSubject,
    TextSubject,
    UnitSubject,
)
from quiz.syllabus import KnowledgeBlock, WrittenQuestion

UNIT_RULES: Final[tuple[Rule[UnitSubject], ...]] = (*coverage.UNIT_RULES, *copying.UNIT_RULES)
CATALOGUE_RULES: Final[tuple[Rule[CatalogueSubject], ...]] = copying.CATALOGUE_RULES
CRITERION_RULES: Final[tuple[Rule[CriterionSubject], ...]] = (
    *coverage.CRITERION_RULES,
    *copying.CRITERION_RULES,
    *law.CRITERION_RULES,
)
BLOCK_RULES: Final[tuple[Rule[KnowledgeBlock], ...]] = balance.BLOCK_RULES
QUESTION_RULES: Final[tuple[Rule[WrittenQuestion], ...]] = (*options.QUESTION_RULES, *stems.QUESTION_RULES)
ITEM_RULES: Final[tuple[Rule[ItemSubject], ...]] = stems.ITEM_RULES
STEM_RULES: Final[tuple[Rule[StemSubject], ...]] = stems.STEM_RULES
TEXT_RULES: Final[tuple[Rule[TextSubject], ...]] = (*language.TEXT_RULES, *explanations.TEXT_RULES)


def rule_names() -> frozenset[str]:
    """Return the name of every rule, with those of the cue table."""
    tables: tuple[tuple[Rule[Any], ...], ...] = (
        UNIT_RULES,
        CATALOGUE_RULES,
        CRITERION_RULES,
        BLOCK_RULES,
        QUESTION_RULES,
        ITEM_RULES,
        STEM_RULES,
        TEXT_RULES,
    )
    return (
        frozenset(rule.name for table in tables for rule in table)
        | frozenset(BANK_RULES)
        | frozenset({"hard-to-read"})
        | frozenset(map("cue-{}".format, CUES))
    )
