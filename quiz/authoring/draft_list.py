"""What is left to do on drafts: the linter's findings, and what the drafting asks a person to check."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import date
from itertools import groupby
from pathlib import Path
from typing import Final

from quiz.authoring.fingerprints import Documents
from quiz.authoring.importing.draft_text import CHECK
from quiz.authoring.linter import find_faults
from quiz.findings import Finding
from quiz.generation import reach
from quiz.syllabus import DraftReading, Pack, Reading
from quiz.syllabus.drafts import draft_folders
from quiz.wording import count

_SHIPPED_ONLY: Final = frozenset({"long-label", "long-element", "long-outcome-label"})
"""Rules on labels of our own; a draft keeps the document's words, which may be long and may be copied."""
_NO_DOCUMENTS: Final = Documents(frozenset(), ())


@dataclass(frozen=True)
class DraftWork:
    """A draft: its folder, its unit where it is used, how many questions it makes, and what is left to do."""

    folder: str
    unit: str
    """The reference; empty where the draft is left out."""
    title: str
    blocks: int
    questions: int
    findings: tuple[Finding, ...]

    @property
    def used(self) -> bool:
        """Return whether learners are asked its questions."""
        return bool(self.unit)

    @property
    def by_file(self) -> tuple[tuple[str, tuple[Finding, ...]], ...]:
        """Return the findings of each file in order of their lines; a file is named within its folder."""
        grouped = groupby(self.findings, key=lambda finding: finding.file)
        return tuple((file.partition("/")[2] or file, tuple(found)) for file, found in grouped)


def draft_work(reading: DraftReading, drafts: Path, today: date) -> tuple[DraftWork, ...]:
    """Return what is left to do on each draft in a folder, those that are left out first.

    `reading` is what was read of that folder. In a draft that is left out, what keeps it out comes alone.
    """
    found = Reading(Pack({}, reading.units, reading.version), reading.findings)
    findings = [f for f in find_faults(found, today, documents=_NO_DOCUMENTS) if f.rule not in _SHIPPED_ONLY]
    left_out = frozenset(reading.left_out)
    findings += [check for check in _checks(drafts) if check.file.split("/")[0] not in left_out]
    units = {unit.source.file.split("/")[0]: unit for unit in reading.units.values()}
    work: list[DraftWork] = []
    for folder in sorted(reading.folders, key=lambda name: (name in units, name)):
        mine = tuple(sorted(f for f in findings if f.file.split("/")[0] == folder))
        unit = units.get(folder)
        criteria = unit.criteria if unit is not None else ()
        work.append(
            DraftWork(
                folder,
                unit.key if unit is not None else "",
                unit.entry.title if unit is not None else "",
                sum(len(criterion.entry.knowledge) for criterion in criteria),
                sum(reach(criterion) for criterion in criteria),
                mine,
            )
        )
    return tuple(work)


def work_json(work: tuple[DraftWork, ...]) -> str:
    """Return what is left to do as JSON: a list of drafts, each with its findings."""
    return json.dumps([{**asdict(one), "used": one.used} for one in work], ensure_ascii=False, indent=1)


def work_text(work: tuple[DraftWork, ...]) -> str:
    """Return what is left to do as a tutor reads it: draft by draft, line by line."""
    lines: list[str] = []
    for one in work:
        state = (
            f"{count(one.questions, 'question')} from {count(one.blocks, 'block')}"
            if one.used
            else "LEFT OUT"
        )
        lines += [
            f"{one.folder}: {state}; {count(len(one.findings), 'thing')} to do",
            *map(str, one.findings),
            "",
        ]
    return "\n".join(lines) + f"{count(len(work), 'draft')}."


def _checks(drafts: Path) -> Iterator[Finding]:
    """Yield what comments ask a person to check; a comment that is deleted asks no more."""
    for folder in draft_folders(drafts):
        for path in sorted(folder.glob("*.yaml")):
            try:
                lines = path.read_text(encoding="utf-8").splitlines()
            except (OSError, UnicodeDecodeError):
                continue  # the reading has said so
            for number, line in enumerate(lines, 1):
                if line.startswith(CHECK):
                    said = [line.removeprefix(CHECK)]
                    for more in lines[number:]:
                        if not more.startswith("#   "):
                            break
                        said.append(more.removeprefix("#   "))
                    message = f"{' '.join(said)} Then delete this comment."
                    yield Finding(f"{folder.name}/{path.name}", number, "check", message, "warning")
