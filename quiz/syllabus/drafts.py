"""Units drafted from a document, read from the user's data folder and laid beside the shipped ones.

A draft with a fault is left out whole, with its findings; it never keeps shipped content from being used.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Final

from quiz.findings import Finding
from quiz.syllabus.outline import UnitOutline
from quiz.syllabus.pack import Pack, Unit, read_unit, repeated_question_ids, taught_outline, version_of
from quiz.syllabus.source import Source, read_source

DRAFTS_NAME: Final = "drafts"
ASIDE_NAME: Final = "put aside"
"""The folder within that of the drafts for those that were replaced or put aside: nothing in it is read."""


@dataclass(frozen=True)
class DraftReading:
    """The drafts that can be used by their references, every folder looked at, and every finding on the way."""

    units: Mapping[str, Unit] = field(default_factory=dict)
    folders: tuple[str, ...] = ()
    findings: tuple[Finding, ...] = ()
    """Files are named from the folder of the drafts on."""
    version: str = ""

    @property
    def left_out(self) -> tuple[str, ...]:
        """Return the folders of drafts that are not used."""
        used = {unit.source.file.split("/")[0] for unit in self.units.values()}
        return tuple(folder for folder in self.folders if folder not in used)


NO_DRAFTS: Final = DraftReading()


def draft_folders(drafts: Path) -> tuple[Path, ...]:
    """Return the folders of drafts, in order of their names; nothing where there are none."""
    try:
        found = [path for path in drafts.iterdir() if path.is_dir()]
    except OSError:
        return ()
    return tuple(sorted(path for path in found if path.name != ASIDE_NAME and not path.name.startswith(".")))


def drafts_stamp(drafts: Path) -> int:
    """Return what changes when a draft is written, put aside or said to be read again; it costs microseconds.

    What is edited within a draft's files changes nothing here: `touch_drafts` says that it was.
    """
    try:
        return drafts.stat().st_mtime_ns
    except OSError:
        return 0


def read_drafts(drafts: Path, shipped: Pack) -> DraftReading:
    """Return the drafts in a folder; never raises for a fault in a file.

    A draft with an error, and one of a unit that is shipped or drafted already, is left out whole.
    """
    findings: list[Finding] = []
    units: dict[str, Unit] = {}
    folders = draft_folders(drafts)
    for folder in folders:
        found: list[Finding] = []
        unit = _read(folder, drafts, shipped, units, found)
        if unit is not None and not any(finding.severity == "error" for finding in found):
            units[unit.key] = unit
        findings.extend(found)
    version = version_of(drafts) if folders else ""
    return DraftReading(units, tuple(folder.name for folder in folders), tuple(sorted(findings)), version)


def with_drafts(shipped: Pack, drafts: DraftReading) -> Pack:
    """Return the shipped content with the drafts beside it; without any it is the shipped content itself."""
    if not drafts.units:
        return shipped
    outlines = {key: _outline(unit, shipped.outlines.get(key)) for key, unit in drafts.units.items()}
    return replace(
        shipped,
        units={**shipped.units, **drafts.units},
        outlines={**shipped.outlines, **outlines},
        version=f"{shipped.version}+{drafts.version}",
    )


def _read(
    folder: Path, drafts: Path, shipped: Pack, before: Mapping[str, Unit], findings: list[Finding]
) -> Unit | None:
    path = folder / "unit.yaml"
    if not path.is_file():
        message = "The folder has no unit.yaml. Draft the unit again, or move the folder away."
        findings.append(Finding(f"{folder.name}/unit.yaml", 1, "missing-unit-file", message))
        return None
    sources: list[Source] = []
    unit = read_unit(path, drafts, findings, read_source, sources)
    findings.extend(repeated_question_ids(sources))
    if unit is None:
        return None
    findings.extend(_taken(unit, shipped, before))
    return unit


def _taken(unit: Unit, shipped: Pack, before: Mapping[str, Unit]) -> Iterator[Finding]:
    """Yield a finding where a unit has content or another draft already."""
    line = unit.source.line(("unit",))
    if unit.key in shipped.units:
        message = f"Headset has content for {unit.key}, so this draft is not used. Put it aside."
        yield Finding(unit.source.file, line, "already-taught", message)
    elif unit.key in before:
        message = f"{before[unit.key].source.file} is a draft of {unit.key} too. Put one of them aside."
        yield Finding(unit.source.file, line, "duplicate-id", message)


def _outline(unit: Unit, listed: UnitOutline | None) -> UnitOutline:
    """Return a draft's outline; where the catalogue has the same criteria, with its labels and their kinds."""
    own = taught_outline(unit)
    if listed is None or listed.by_code.keys() != own.by_code.keys():
        return own
    return replace(listed, title=unit.title, taught=True)
