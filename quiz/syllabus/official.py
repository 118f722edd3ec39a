"""The official wording of criteria, as a tutor has taken it out of the awarding body's document.

It lies in one file of the user's own data folder, beside the content and never in it, so that any number of
units is attached or taken away in one step: a reader, and a cut of power, finds the old file or the new.
"""

from __future__ import annotations

import json
import os
import tempfile
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from threading import Lock
from typing import Final

from pydantic import TypeAdapter, ValidationError

from quiz.errors import ImportRefused
from quiz.syllabus.entry import Code, Entry, Text, UnitKey
from quiz.syllabus.syllabus import CriterionRef
from quiz.wording import cannot_write

OFFICIAL_NAME: Final = "wording.json"
_MOST_BYTES: Final = 20_000_000
_CHANGING: Final = Lock()


class UnitWording(Entry):
    """The wording of one unit's criteria by code, and the name of the document it was read from."""

    source: str
    criteria: dict[Code, Text]


_FILE: Final = TypeAdapter(dict[UnitKey, UnitWording])


@dataclass(frozen=True)
class OfficialWording:
    """What the file holds; with a fault, which says what to do, it is nothing."""

    units: Mapping[str, UnitWording] = field(default_factory=dict)
    fault: str = ""

    def optional_text(self, ref: CriterionRef) -> str | None:
        """Return the official wording of a criterion, or None where it is not attached."""
        unit = self.units.get(ref.unit)
        return None if unit is None else unit.criteria.get(ref.code)


def read_official(path: Path) -> OfficialWording:
    """Return the wording in a file; nothing without the file. A fault of the file is stated, not raised."""
    try:
        with path.open("rb") as file:
            data = file.read(_MOST_BYTES + 1)
    except FileNotFoundError:
        return OfficialWording()
    except OSError as error:
        return OfficialWording(fault=f"{path} cannot be read ({error.strerror or error}).")
    try:
        if len(data) > _MOST_BYTES:
            raise ValueError
        return OfficialWording(_FILE.validate_json(data))
    except (ValidationError, ValueError):
        return OfficialWording(
            fault=f"{path} is damaged, so no official wording is shown. Mend it, or give it another name and "
            "attach the wording again."
        )


def attach_official(path: Path, units: Mapping[str, UnitWording]) -> None:
    """Write the wording of units into the file, each in place of what it held of that unit.

    Raises:
        ImportRefused: the file is damaged or cannot be written; it is as it was.
    """
    _change(path, lambda held: {**held, **units})


def detach_official(path: Path, units: Iterable[str]) -> None:
    """Take the wording of units out of the file; units that it does not hold do no harm.

    Raises:
        ImportRefused: the file is damaged or cannot be written; it is as it was.
    """
    gone = set(units)
    _change(path, lambda held: {key: unit for key, unit in held.items() if key not in gone})


def _change(path: Path, change: Callable[[Mapping[str, UnitWording]], Mapping[str, UnitWording]]) -> None:
    with _CHANGING:
        held = read_official(path)
        if held.fault:
            raise ImportRefused(held.fault)
        told = {key: unit.model_dump() for key, unit in sorted(change(held.units).items())}
        _write(path, json.dumps(told, ensure_ascii=False, indent=1) + "\n")


def _write(path: Path, text: str) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(prefix=f"{path.stem}-", suffix=".part", dir=path.parent)
        part = Path(name)
        try:
            with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as file:
                file.write(text)
                file.flush()
                os.fsync(file.fileno())
            os.replace(part, path)
        finally:
            part.unlink(missing_ok=True)
    except OSError as error:
        raise ImportRefused(cannot_write(path, error)) from error
