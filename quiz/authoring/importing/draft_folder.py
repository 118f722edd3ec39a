"""Drafts on the disk: written whole, never over what a person has edited, and put aside instead of deleted.

Beside the files of a draft stands what they were as drafted, so that a later drafting knows of every edit.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from threading import Lock
from typing import Final

from quiz.authoring.importing.drafting import DraftedUnit
from quiz.errors import ImportRefused
from quiz.syllabus.drafts import ASIDE_NAME, DRAFTS_NAME, draft_folders

_AS_DRAFTED: Final = "as-drafted.json"
_CHANGING: Final = Lock()


class Done(StrEnum):
    """What became of a drafted unit."""

    WRITTEN = "written"
    AGAIN = "drafted again; nobody had edited the draft before"
    SAME = "there already, word for word"
    KEPT = "drafted again; the draft that you had edited is put aside"
    HELD_BACK = "not written: the draft there has been edited"


@dataclass(frozen=True)
class Written:
    """A drafted unit, its folder, and what became of it; `aside` is where the draft before went."""

    key: str
    folder: str
    done: Done
    aside: str = ""


def write_drafts(
    data_folder: Path, units: Sequence[DraftedUnit], *, again: bool = False
) -> tuple[Written, ...]:
    """Write drafts into a data folder and return what became of each; each is there whole or not at all.

    A draft that a person has edited stays as it is, unless `again`: then it is put aside first.

    Raises:
        ImportRefused: the folder cannot be written; the units before that one are written.
    """
    drafts = data_folder / DRAFTS_NAME
    with _CHANGING:
        try:
            drafts.mkdir(parents=True, exist_ok=True)
            written = tuple(_write(drafts, unit, again) for unit in units)
            os.utime(drafts)
        except OSError as error:
            raise ImportRefused(
                f"{drafts} cannot be written ({error.strerror or error}). What was there is there still."
            ) from error
    return written


def put_aside(data_folder: Path, folder: str) -> Path:
    """Move a draft to where it is not read, and return its new place.

    Raises:
        ImportRefused: there is no such draft, or it cannot be moved.
    """
    drafts = data_folder / DRAFTS_NAME
    with _CHANGING:
        if folder not in {path.name for path in draft_folders(drafts)}:
            raise ImportRefused(f"There is no draft “{folder}” any more.")
        try:
            return _aside(drafts, drafts / folder)
        except OSError as error:
            raise ImportRefused(f"“{folder}” cannot be moved ({error.strerror or error}).") from error


def touch_drafts(data_folder: Path) -> None:
    """Say that drafts were edited: everybody who uses them reads them again at their next step."""
    drafts = data_folder / DRAFTS_NAME
    if drafts.is_dir():
        os.utime(drafts)


def is_edited(folder: Path) -> bool:
    """Return whether a draft's files are others than were drafted; also where that cannot be known."""
    try:
        kept = json.loads((folder / _AS_DRAFTED).read_bytes())
        return bool(
            kept["files"] != {path.name: _digest(path.read_bytes()) for path in folder.glob("*.yaml")}
        )
    except (OSError, ValueError, KeyError, TypeError):
        return True


def _write(drafts: Path, unit: DraftedUnit, again: bool) -> Written:
    compact = unit.key.replace("/", "")
    before = next((path for path in draft_folders(drafts) if path.name.split("-")[0] == compact), None)
    if before is None:
        _place(drafts, unit, None)
        return Written(unit.key, unit.folder, Done.WRITTEN)
    if not is_edited(before):
        if _holds(before, unit.files):
            return Written(unit.key, before.name, Done.SAME)
        _place(drafts, unit, before)
        return Written(unit.key, unit.folder, Done.AGAIN)
    if not again:
        return Written(unit.key, before.name, Done.HELD_BACK)
    aside = _aside(drafts, before)
    _place(drafts, unit, None)
    return Written(unit.key, unit.folder, Done.KEPT, str(aside))


def _place(drafts: Path, unit: DraftedUnit, instead_of: Path | None) -> None:
    """Put a draft's folder where it belongs in one step, in place of one that nobody has edited."""
    part = Path(tempfile.mkdtemp(prefix=".", suffix=".part", dir=drafts))
    old = part.with_suffix(".old")
    try:
        for name, text in unit.files.items():
            _write_file(part / name, text)
        told = {"files": {name: _digest(text.encode()) for name, text in sorted(unit.files.items())}}
        _write_file(part / _AS_DRAFTED, json.dumps(told, indent=1) + "\n")
        if instead_of is not None:
            instead_of.rename(old)
        try:
            part.rename(drafts / unit.folder)
        except OSError:
            if instead_of is not None:
                old.rename(instead_of)
            raise
    finally:
        shutil.rmtree(part, ignore_errors=True)
        shutil.rmtree(old, ignore_errors=True)


def _write_file(path: Path, text: str) -> None:
    with path.open("w", encoding="utf-8", newline="\n") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())


def _aside(drafts: Path, folder: Path) -> Path:
    """Move a draft's folder aside under a name that is free, and return its place."""
    aside = drafts / ASIDE_NAME
    aside.mkdir(exist_ok=True)
    number, place = 1, aside / folder.name
    while place.exists():
        number += 1
        place = aside / f"{folder.name} {number}"
    folder.rename(place)
    os.utime(drafts)
    return place


def _holds(folder: Path, files: Mapping[str, str]) -> bool:
    return {path.name: path.read_bytes() for path in folder.glob("*.yaml")} == {
        name: text.encode() for name, text in files.items()
    }


def _digest(data: bytes) -> str:
    return hashlib.blake2b(data, digest_size=16).hexdigest()
