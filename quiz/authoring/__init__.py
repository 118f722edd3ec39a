"""Authoring: the content linter, one small rule a function, named after the fault."""

from quiz.authoring.fingerprints import Documents, read_documents
from quiz.authoring.focus import EVERYTHING, Focus, focus_on
from quiz.authoring.report import Report, lint, report_json, report_text

__all__ = [
    "EVERYTHING",
    "Documents",
    "Focus",
    "Report",
    "focus_on",
    "lint",
    "read_documents",
    "report_json",
    "report_text",
]
