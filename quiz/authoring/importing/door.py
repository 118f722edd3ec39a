"""The door `import-spec`: a document in, a summary and, where asked for, its JSON and text out."""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path

from quiz.authoring.importing.extract import read_file
from quiz.authoring.importing.listing import listing
from quiz.authoring.importing.reader import read_specification
from quiz.authoring.importing.settling import Fit, fit
from quiz.authoring.importing.specification import specification_json
from quiz.errors import ImportRefused
from quiz.syllabus import OFFICIAL_NAME, UnitOutline, UnitWording, attach_official
from quiz.wording import count


def add_parser(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command to the door of `quiz.authoring`."""
    parser = commands.add_parser("import-spec", help="read an awarding body's specification")
    parser.add_argument("file", type=Path, help="the specification: PDF, plain text or Markdown")
    parser.add_argument("--out", type=Path, help="a folder for specification.json and text.txt")
    parser.add_argument("--json", action="store_true", help="write JSON")
    parser.add_argument(
        "--attach", type=Path, metavar="FOLDER", help="attach the wording to our units in this data folder"
    )


def import_spec(
    file: Path,
    out: Path | None,
    as_json: bool,
    attach: Path | None = None,
    outlines: Callable[[], Mapping[str, UnitOutline]] = dict,
) -> int:
    """Read a document and print what it holds; return 0, or 1 where it is refused and nothing was written.

    With `attach`, a data folder, the surely read wording of units among the outlines is attached there.
    """
    try:
        lines = read_file(file, progress=_show if sys.stderr.isatty() else None)
        specification = read_specification(lines)
        told = specification_json(specification)
        fitting = fit(specification, outlines()) if attach is not None else None
        wordings = _wordings(fitting, file.name) if fitting is not None else {}
        if out is not None:
            _write(out, {"specification.json": told + "\n", "text.txt": "\n".join(lines) + "\n"})
        if attach is not None and fitting is not None:
            attach_official(attach / OFFICIAL_NAME, wordings)
            print(_attached(fitting, wordings), file=sys.stderr)
    except ImportRefused as error:
        print(error, file=sys.stderr)
        return 1
    print(told if as_json else listing(specification))
    return 0


def _wordings(fitting: Fit, source: str) -> dict[str, UnitWording]:
    """Return the wording to attach, by unit; what is unsure is left out.

    Raises:
        ImportRefused: the document has none of our units.
    """
    wordings = {one.key: wording for one in fitting.units if (wording := one.wording(source)).criteria}
    if not wordings:
        raise ImportRefused("Headset has none of these units, so there is nothing to attach the wording to.")
    return wordings


def _attached(fitting: Fit, wordings: Mapping[str, UnitWording]) -> str:
    attached = sum(len(wording.criteria) for wording in wordings.values())
    left = sum(len(one.outline.criteria) for one in fitting.units) - attached
    return (
        f"Attached to {count(len(wordings), 'unit')}, {count(attached, 'criterion', 'criteria')}; "
        f"{count(left, 'criterion', 'criteria')} left out, to settle on the Import page."
    )


def _write(folder: Path, files: dict[str, str]) -> None:
    """Write all files or none: each beside its place first, then moved there."""
    held: list[tuple[Path, Path]] = []
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, text in files.items():
            handle, beside = tempfile.mkstemp(dir=folder, prefix=".", suffix=".part")
            held.append((Path(beside), folder / name))
            with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as file:
                file.write(text)
        for beside_path, place in held:
            beside_path.replace(place)
    except OSError as error:
        raise ImportRefused(
            f"“{folder}” cannot be written to: {error.strerror or error}. Choose another folder with --out."
        ) from error
    finally:
        for beside_path, _ in held:
            beside_path.unlink(missing_ok=True)


def _show(page: int, pages: int) -> None:
    print(f"\rPage {page} of {pages}", end="\n" if page == pages else "", file=sys.stderr, flush=True)
