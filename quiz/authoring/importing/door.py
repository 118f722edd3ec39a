"""The door `import-spec`: a document in; a summary, its JSON and text, its wording attached, units drafted."""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from quiz.authoring.importing.draft_folder import Done, Written, write_drafts
from quiz.authoring.importing.drafting import Drafting, draft_pack
from quiz.authoring.importing.extract import read_file
from quiz.authoring.importing.listing import listing
from quiz.authoring.importing.reader import read_specification
from quiz.authoring.importing.settling import NOTHING_TO_ATTACH, Fit, fit
from quiz.authoring.importing.specification import specification_json
from quiz.errors import ImportRefused
from quiz.syllabus import CONTENT_DIR, OFFICIAL_NAME, Pack, UnitWording, attach_official
from quiz.wording import count, listed_words

_MOST_NAMED = 6


def add_parser(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command to the door of `quiz.authoring`."""
    parser = commands.add_parser("import-spec", help="read an awarding body's specification")
    parser.add_argument("file", type=Path, help="the specification: PDF, plain text or Markdown")
    parser.add_argument("--out", type=Path, help="a folder for specification.json and text.txt")
    parser.add_argument("--json", action="store_true", help="write JSON")
    parser.add_argument(
        "--attach", type=Path, metavar="FOLDER", help="attach the wording to our units in this data folder"
    )
    parser.add_argument(
        "--draft", type=Path, metavar="FOLDER", help="draft the units without content into this data folder"
    )
    parser.add_argument(
        "--again",
        action="store_true",
        help="with --draft: put drafts that were edited aside and draft them anew",
    )
    parser.add_argument("--content", type=Path, default=CONTENT_DIR, help="the folder of the packs we have")


def import_spec(
    file: Path,
    out: Path | None,
    as_json: bool,
    attach: Path | None = None,
    draft: Path | None = None,
    again: bool = False,
    packs: Callable[[], Pack] = lambda: Pack({}, {}, ""),
) -> int:
    """Read a document and print what it holds; return 0, or 1 where it is refused.

    A refusal leaves nothing written. With `attach`, a data folder, the surely read wording of units among the
    outlines of `packs` is attached there; with `draft`, units that are not taught are drafted there, and 1 is
    returned as well where a draft was held back because somebody has edited it.
    """
    held_back = False
    try:
        lines = read_file(file, progress=_show if sys.stderr.isatty() else None)
        specification = read_specification(lines)
        told = specification_json(specification)
        pack = packs() if attach is not None or draft is not None else None
        fitting = fit(specification, pack.outlines) if attach is not None and pack is not None else None
        wordings = _wordings(fitting, file.name) if fitting is not None else {}
        if out is not None:
            _write(out, {"specification.json": told + "\n", "text.txt": "\n".join(lines) + "\n"})
        if attach is not None and fitting is not None:
            attach_official(attach / OFFICIAL_NAME, wordings)
            print(_attached(fitting, wordings), file=sys.stderr)
        if draft is not None and pack is not None:
            drafting = draft_pack(specification, pack.units, file.name)
            written = write_drafts(draft, drafting.units, again=again) if drafting.units else ()
            print(drafted_words(drafting, written), file=sys.stderr)
            if not written:
                return 1
            held_back = any(one.done is Done.HELD_BACK for one in written)
    except ImportRefused as error:
        print(error, file=sys.stderr)
        return 1
    print(told if as_json else listing(specification))
    return 1 if held_back else 0


def drafted_words(drafting: Drafting, written: Sequence[Written]) -> str:
    """Return what became of each unit of a document, line by line, and what to do with a draft held back."""
    blocks = {unit.key: unit.blocks for unit in drafting.units}
    lines = [
        f"{one.key}: {one.done.value} ({one.folder}, {count(blocks[one.key], 'knowledge block')})."
        + (f" It lies in {one.aside}." if one.aside else "")
        for one in written
    ]
    reasons: dict[str, list[str]] = {}
    for other in drafting.others:
        reasons.setdefault(other.why, []).append(other.name)
    for why, names in reasons.items():
        shown = [*names[:_MOST_NAMED], *([f"{len(names) - _MOST_NAMED} more"] if names[_MOST_NAMED:] else [])]
        lines.append(f"Not drafted: {listed_words(shown)}; {why}.")
    if any(one.done is Done.HELD_BACK for one in written):
        lines.append("Draft with --again to put what was edited aside and draft anew.")
    return "\n".join(lines)


def _wordings(fitting: Fit, source: str) -> dict[str, UnitWording]:
    """Return the wording to attach, by unit; what is unsure is left out.

    Raises:
        ImportRefused: the document has none of our units.
    """
    wordings = {one.key: wording for one in fitting.units if (wording := one.wording(source)).criteria}
    if not wordings:
        raise ImportRefused(NOTHING_TO_ATTACH)
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
