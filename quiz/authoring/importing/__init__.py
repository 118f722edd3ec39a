"""Importing: an awarding body's specification read into units, criteria and unit content."""

from quiz.authoring.importing.differences import Difference, differences
from quiz.authoring.importing.draft_folder import Done, Written, put_aside, touch_drafts, write_drafts
from quiz.authoring.importing.drafting import DraftedUnit, Drafting, NotDrafted, draft_pack
from quiz.authoring.importing.extract import LIMITS, Limits, read_file, read_lines
from quiz.authoring.importing.listing import listing
from quiz.authoring.importing.reader import read_specification
from quiz.authoring.importing.settling import NOTHING_TO_ATTACH, Fit, Fitting, OpenCriterion, fit
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
from quiz.errors import ImportRefused

__all__ = [
    "LIMITS",
    "NOTHING_TO_ATTACH",
    "SURE",
    "Difference",
    "Done",
    "DraftedUnit",
    "Drafting",
    "Element",
    "Fit",
    "Fitting",
    "ImportRefused",
    "Limits",
    "NotDrafted",
    "OpenCriterion",
    "OutcomeContent",
    "SpecCriterion",
    "SpecOutcome",
    "SpecUnit",
    "Specification",
    "Topic",
    "Unsure",
    "Written",
    "differences",
    "draft_pack",
    "fit",
    "listing",
    "put_aside",
    "read_file",
    "read_lines",
    "read_specification",
    "specification_json",
    "touch_drafts",
    "write_drafts",
]
