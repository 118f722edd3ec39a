"""The syllabus: qualifications, units, outcomes, criteria, and the packs they are read from."""

from quiz.syllabus.criterion import CriterionEntry, LawFact, OwnWordsTask, WordToKnow
from quiz.syllabus.glossary import Glossary, GlossaryEntry
from quiz.syllabus.knowledge import Basis, KnowledgeBlock, Level
from quiz.syllabus.pack import CONTENT_DIR, Criterion, Pack, Reading, Unit, load_packs, read_packs
from quiz.syllabus.syllabus import Blueprint, CriterionRef, Hurdle, LearningOutcome, Qualification, Reference
from quiz.syllabus.written import Use, WrittenQuestion

__all__ = [
    "CONTENT_DIR",
    "Basis",
    "Blueprint",
    "Criterion",
    "CriterionEntry",
    "CriterionRef",
    "Glossary",
    "GlossaryEntry",
    "Hurdle",
    "KnowledgeBlock",
    "LawFact",
    "LearningOutcome",
    "Level",
    "OwnWordsTask",
    "Pack",
    "Qualification",
    "Reading",
    "Reference",
    "Unit",
    "Use",
    "WordToKnow",
    "WrittenQuestion",
    "load_packs",
    "read_packs",
]
