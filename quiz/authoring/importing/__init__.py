"""Importing: an awarding body's specification read into units, criteria and unit content."""

from quiz.authoring.importing.extract import LIMITS, Limits, read_file, read_lines
from quiz.authoring.importing.listing import listing
from quiz.authoring.importing.reader import read_specification
from quiz.authoring.importing.refused import ImportRefused
from quiz.authoring.importing.specification import (
    SURE,
    Element,
    OutcomeContent,
    SpecCriterion,
    Specification,
    SpecOutcome,
    SpecUnit,
    Topic,
    Unsure,
    specification_json,
)

__all__ = [
    "LIMITS",
    "SURE",
    "Element",
    "ImportRefused",
    "Limits",
    "OutcomeContent",
    "SpecCriterion",
    "SpecOutcome",
    "SpecUnit",
    "Specification",
    "Topic",
    "Unsure",
    "listing",
    "read_file",
    "read_lines",
    "read_specification",
    "specification_json",
]
