"""The linter's report: findings, coverage table and cue table, as text or JSON."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from datetime import date

from quiz.authoring.coverage_table import CoverageRow, coverage_row, coverage_text
from quiz.authoring.cue_items import CueItem, cue_items
from quiz.authoring.cues import CueRow, cue_examples, cue_findings, cue_table, cue_text
from quiz.authoring.fingerprints import Documents
from quiz.authoring.focus import EVERYTHING, Focus
from quiz.authoring.linter import failure, find_faults
from quiz.authoring.reading_ease import EaseRow, ease_table, ease_text, hard_to_read
from quiz.findings import Finding
from quiz.syllabus import Criterion, Reading
from quiz.wording import count


@dataclass(frozen=True)
class Report:
    """Everything the linter has to say."""

    findings: tuple[Finding, ...]
    coverage: tuple[CoverageRow, ...]
    cues: tuple[CueRow, ...]
    ease: tuple[EaseRow, ...]

    @property
    def has_errors(self) -> bool:
        """Return whether anything has to be put right."""
        return any(finding.severity == "error" for finding in self.findings)


def lint(
    reading: Reading, today: date, focus: Focus = EVERYTHING, documents: Documents | None = None
) -> Report:
    """Return what the linter has to say about the content on that day.

    The cues of a single criterion are shown, but its questions are too few to hold them against it.

    >>> lint(read_packs(), date(2026, 11, 22)).has_errors
    False
    """
    criteria = [criterion for criterion in reading.pack.criteria if focus.holds(criterion)]
    findings = list(find_faults(reading, today, focus, documents))
    items = [item for criterion in criteria for item in items_or_fault(criterion, findings)]
    cues = cue_table(items)
    ease: tuple[EaseRow, ...] = ()
    if focus.code is None:
        findings.extend(cue_findings(cues, focus.file(reading.pack)))
        units = [unit for unit in reading.pack.units.values() if any(map(focus.holds, unit.criteria))]
        ease = ease_table(units)
        findings.extend(hard_to_read(ease, {unit.key: unit.source.file for unit in units}))
    return Report(tuple(sorted(findings)), tuple(map(coverage_row, criteria)), cues, ease)


def cues_of(reading: Reading, focus: Focus = EVERYTHING) -> tuple[CueRow, ...]:
    """Return the cue table of the criteria within the focus."""
    return cue_table([item for c in reading.pack.criteria if focus.holds(c) for item in cue_items(c)])


def items_or_fault(criterion: Criterion, findings: list[Finding]) -> list[CueItem]:
    """Return the criterion's questions for the cue table, or add the finding that they cannot be made."""
    try:
        return list(cue_items(criterion))
    except Exception as error:  # one criterion that cannot be generated must not hide the others
        findings.append(failure("cues", error, criterion.source.file, 1))
        return []


def report_text(report: Report) -> str:
    """Return the report as an author reads it."""
    errors = sum(finding.severity == "error" for finding in report.findings)
    warnings = len(report.findings) - errors
    return "\n".join(
        [
            *map(str, report.findings),
            "",
            coverage_text(report.coverage),
            "",
            cue_text(report.cues),
            "",
            *([ease_text(report.ease), ""] if report.ease else []),
            *([cue_examples(report.cues), ""] if cue_examples(report.cues) else []),
            f"{count(errors, 'error')}, {count(warnings, 'warning')}.",
        ]
    )


def report_json(report: Report) -> str:
    """Return the report as JSON."""
    return json.dumps(
        {
            "findings": [asdict(finding) for finding in report.findings],
            "coverage": [row.model_dump() for row in report.coverage],
            "cues": [row.model_dump(mode="json") for row in report.cues],
            "reading_ease": [row.model_dump() for row in report.ease],
        },
        ensure_ascii=False,
        indent=2,
    )
