"""The syllabus: qualifications, units, outcomes, criteria, and the packs they are read from."""

from quiz.syllabus.combination import NO_RULES, BrokenRule, PlanCheck, check_plan, unit_name
from quiz.syllabus.criterion import CriterionEntry, LawFact, OwnWordsTask, WordToKnow
from quiz.syllabus.drafts import (
    DRAFTS_NAME,
    NO_DRAFTS,
    DraftReading,
    drafts_stamp,
    read_drafts,
    with_drafts,
)
from quiz.syllabus.glossary import Glossary, GlossaryEntry
from quiz.syllabus.knowledge import Basis, KnowledgeBlock, Level
from quiz.syllabus.official import (
    OFFICIAL_NAME,
    OfficialWording,
    UnitWording,
    attach_official,
    detach_official,
    read_official,
)
from quiz.syllabus.outline import (
    CriterionOutline,
    OutcomeKind,
    OutcomeOutline,
    SameStandard,
    SlipEntry,
    Teaching,
    UnitOutline,
)
from quiz.syllabus.pack import CONTENT_DIR, DRAFTED, Criterion, Pack, Reading, Unit, load_packs, read_packs
from quiz.syllabus.planning import Suggestion, count_plans, suggest
from quiz.syllabus.qualification import Group, Qualification
from quiz.syllabus.search import Hits, search
from quiz.syllabus.syllabus import Blueprint, CriterionRef, Hurdle, LearningOutcome, Reference
from quiz.syllabus.written import Use, WrittenQuestion

__all__ = [
    "CONTENT_DIR",
    "DRAFTED",
    "DRAFTS_NAME",
    "NO_DRAFTS",
    "NO_RULES",
    "OFFICIAL_NAME",
    "Basis",
    "Blueprint",
    "BrokenRule",
    "Criterion",
    "CriterionEntry",
    "CriterionOutline",
    "CriterionRef",
    "DraftReading",
    "Glossary",
    "GlossaryEntry",
    "Group",
    "Hits",
    "Hurdle",
    "KnowledgeBlock",
    "LawFact",
    "LearningOutcome",
    "Level",
    "OfficialWording",
    "OutcomeKind",
    "OutcomeOutline",
    "OwnWordsTask",
    "Pack",
    "PlanCheck",
    "Qualification",
    "Reading",
    "Reference",
    "SameStandard",
    "SlipEntry",
    "Suggestion",
    "Teaching",
    "Unit",
    "UnitOutline",
    "UnitWording",
    "Use",
    "WordToKnow",
    "WrittenQuestion",
    "attach_official",
    "check_plan",
    "count_plans",
    "detach_official",
    "drafts_stamp",
    "load_packs",
    "read_drafts",
    "read_official",
    "read_packs",
    "search",
    "suggest",
    "unit_name",
    "with_drafts",
]
