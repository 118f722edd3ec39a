"""The overlay as a YAML file: read with a finding for every fault, written whole or not at all."""

from __future__ import annotations

import os
import re
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from threading import Lock
from typing import Any, Final

import yaml
from pydantic import Field

from quiz.errors import EntryRefused, OverlayRefused
from quiz.findings import Finding
from quiz.sessions.bank import QuestionBank
from quiz.sessions.overlay import NO_OVERLAY, Correction, Overlay, corrected
from quiz.syllabus.entry import Entry, Text
from quiz.syllabus.source import Source, read_source
from quiz.syllabus.validate import validate
from quiz.syllabus.written import QuestionId
from quiz.wording import cannot_write

OVERLAY_NAME: Final = "overlay.yaml"
_HEADER: Final = """\
# Headset: questions that are hidden or corrected on this computer. See docs/authoring.md, “Hide or correct”.
# This file may be edited; comments are lost at the next change made from Headset.
"""
_CHANGING: Final = Lock()


class OverlayEntry(Entry):
    """The file as it is written."""

    hidden: tuple[Text, ...] = ()
    corrections: dict[QuestionId, Correction] = Field(default={})


@dataclass(frozen=True)
class OverlayReading:
    """What could be read of an overlay; with an error among the findings it is the empty one."""

    overlay: Overlay
    findings: tuple[Finding, ...]
    source: Source
    """The file's values and lines."""

    @property
    def is_broken(self) -> bool:
        """Return whether the file has a fault for which nothing of it is used."""
        return any(finding.severity == "error" for finding in self.findings)


def overlay_stamp(path: Path) -> tuple[int, ...]:
    """Return what changes whenever the file is changed or replaced: its time, size and place on the disk."""
    try:
        stat = path.stat()
    except OSError:
        return ()
    return (stat.st_mtime_ns, stat.st_size, stat.st_ino)


def read_overlay(path: Path, bank: QuestionBank) -> OverlayReading:
    """Return the overlay in a file, held against the bank's content; without the file, the empty one.

    Nothing is raised for a fault in the file. An id that the content does not hold is a warning, since
    content moves on; it stays in the overlay and does nothing.
    """
    nothing = Source(path.name, None, {})
    if not path.exists():
        return OverlayReading(NO_OVERLAY, (), nothing)
    source = read_source(path, path.parent)
    if [finding.rule for finding in source.findings] == ["empty-file"]:
        return OverlayReading(NO_OVERLAY, (), source)
    findings: list[Finding] = []
    entry = validate(OverlayEntry, source, findings)
    if entry is not None:
        findings.extend(_misfits(entry, bank, source))
    if entry is None or any(finding.severity == "error" for finding in findings):
        return OverlayReading(NO_OVERLAY, tuple(sorted(findings)), source)
    hidden = frozenset(bank.optional_family(name) or name for name in entry.hidden)
    return OverlayReading(Overlay(hidden, entry.corrections), tuple(sorted(findings)), source)


def write_overlay(path: Path, overlay: Overlay) -> None:
    """Write the overlay in place of the file: a reader, and a cut of power, finds the old one or the new.

    Raises:
        OverlayRefused: it cannot be written; the file is as it was.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(prefix=f"{path.stem}-", suffix=".part", dir=path.parent)
        part = Path(name)
        try:
            with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as file:
                file.write(overlay_text(overlay))
                file.flush()
                os.fsync(file.fileno())
            os.replace(part, path)
        finally:
            part.unlink(missing_ok=True)
    except OSError as error:
        raise OverlayRefused(cannot_write(path, error)) from error


def overlay_text(overlay: Overlay) -> str:
    """Return the overlay as the file states it, in order of ids; the same overlay gives the same text."""
    stated = {
        "hidden": sorted(overlay.hidden),
        "corrections": {name: overlay.corrections[name].stated for name in sorted(overlay.corrections)},
    }
    return _HEADER + _as_yaml(stated)


def change_overlay(path: Path, bank: QuestionBank, change: Callable[[QuestionBank], Overlay]) -> Overlay:
    """Write what a change makes of the overlay that the file holds now, and return it.

    The change is given the bank under that overlay. Changes from this process come one after another,
    so that none undoes another.

    Raises:
        OverlayRefused: the file has faults or cannot be written; it is as it was.
        QuizError: whatever the change raises; the file is as it was.
    """
    with _CHANGING:
        reading = read_overlay(path, bank)
        if reading.is_broken:
            raise OverlayRefused(
                f"{path} has faults, so nothing in it can be changed from here. Mend it, or give it another "
                f"name. {' '.join(map(str, reading.findings))}"
            )
        overlay = change(bank.with_overlay(reading.overlay))
        if overlay != reading.overlay:
            write_overlay(path, overlay)
        return overlay


def _misfits(entry: OverlayEntry, bank: QuestionBank, source: Source) -> Iterator[Finding]:
    """Yield a finding for each entry that does not fit the content."""
    for index, name in enumerate(entry.hidden):
        if bank.optional_family(name) is None:
            yield _unknown(name, source, ("hidden", index))
    for name, correction in entry.corrections.items():
        place = ("corrections", name)
        shipped = bank.optional_shipped(name)
        if shipped is None:
            yield _unknown(name, source, place)
            continue
        if not correction.stated:
            message = f"The correction of “{name}” says nothing; state what differs, such as its stem."
            yield Finding(source.file, source.line(place), "empty-correction", message)
            continue
        try:
            corrected(shipped.entry, correction)
        except EntryRefused as error:
            yield Finding(source.file, source.line(place), "unfit-correction", str(error))


def _unknown(name: str, source: Source, place: tuple[str | int, ...]) -> Finding:
    message = f"There is no question “{name}” in the content, so this entry does nothing."
    return Finding(source.file, source.line(place), "unknown-question", message, "warning")


class _Dumper(yaml.SafeDumper):
    """Quotes also the text that only our strict reading takes for a number, as it does 08."""

    def ignore_aliases(self, data: Any) -> bool:
        """Return True: what stands twice is written twice, for people to edit."""
        return True


_Dumper.add_implicit_resolver("tag:yaml.org,2002:int", re.compile(r"^[-+]?[0-9]+$"), [*"-+0123456789"])


def _as_yaml(stated: dict[str, Any]) -> str:
    # A line is kept whole: text that is folded is hard to edit by hand.
    return str(yaml.dump(stated, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=100_000))
