"""Questions hidden or corrected, from the shell: what the Questions page does, without a page.

python -m quiz.sessions overlay list --file FILE
python -m quiz.sessions overlay hide ID --file FILE
python -m quiz.sessions overlay show ID --file FILE
python -m quiz.sessions overlay correct ID --with FIELDS.yaml --file FILE
python -m quiz.sessions overlay undo ID --file FILE

FILE is overlay.yaml of the data folder, or any other. FIELDS.yaml holds what differs, as the file itself
states it: stem, options, pairs, steps, classes or cases.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

from quiz.errors import EntryRefused, OverlayRefused
from quiz.findings import Finding
from quiz.sessions.bank import QuestionBank
from quiz.sessions.overlay import Correction, Overlay
from quiz.sessions.overlay_change import correct, hide, missing_papers, show_again, undo_correction
from quiz.sessions.overlay_file import change_overlay, read_overlay
from quiz.syllabus import CONTENT_DIR
from quiz.syllabus.source import read_source
from quiz.syllabus.validate import validate


def add_command(commands: Any) -> None:
    """Add the command `overlay` to the subparsers of a door."""
    parser = commands.add_parser(
        "overlay",
        help="list, hide, show or correct questions in a local overlay",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("action", choices=("list", "hide", "show", "correct", "undo"))
    parser.add_argument("question", nargs="?", metavar="ID", help="a question's id, or a generated family")
    parser.add_argument("--file", type=Path, required=True, help="the overlay")
    parser.add_argument("--with", dest="fields", type=Path, help="the corrected fields as YAML")
    parser.add_argument("--content", type=Path, default=CONTENT_DIR, help="the folder of the packs")
    parser.add_argument(
        "--today", type=date.fromisoformat, default=date.today(), help="law is taken as of this day"
    )


def run(options: argparse.Namespace, bank: QuestionBank) -> list[str]:
    """Do what is asked and return the lines to print.

    Raises:
        QuizError: it cannot be done; the file is as it was.
    """
    if options.action == "list":
        return list(_listed(options, bank))
    if options.question is None:
        raise EntryRefused(f"Name the question to {options.action} by its id.")
    change_overlay(options.file, bank, _change(options))
    done = {
        "hide": "is hidden",
        "show": "is shown again",
        "correct": "is corrected",
        "undo": "is as it was shipped",
    }
    return [f"{options.question} {done[options.action]} in {options.file}."]


def _change(options: argparse.Namespace) -> Callable[[QuestionBank], Overlay]:
    name, today = options.question, options.today
    if options.action == "hide":
        return lambda bank: hide(bank, name, today=today)
    if options.action == "show":
        return lambda bank: show_again(bank, name)
    if options.action == "undo":
        return lambda bank: undo_correction(bank, name)
    correction = _read_fields(options.fields)
    return lambda bank: correct(bank, name, correction, today=today)


def _read_fields(path: Path | None) -> Correction:
    if path is None:
        raise EntryRefused("Name the file of the corrected fields with --with.")
    findings: list[Finding] = []
    correction = validate(Correction, read_source(path, path.parent), findings)
    if correction is None or findings:
        raise EntryRefused("\n".join(map(str, findings)))
    return correction


def _listed(options: argparse.Namespace, bank: QuestionBank) -> Iterator[str]:
    reading = read_overlay(options.file, bank)
    if reading.is_broken:
        raise OverlayRefused("\n".join(map(str, reading.findings)))
    overlaid = bank.with_overlay(reading.overlay)
    shown = overlaid.with_hidden
    for standing, names in (("hidden", overlaid.overlay.hidden), ("corrected", overlaid.overlay.corrections)):
        for name in sorted(names):
            stem = shown.question(name, 0).stem if name in shown else "(no longer in the content)"
            yield f"{standing}  {name}  {stem}"
    yield from map(str, reading.findings)
    yield from missing_papers(overlaid, today=options.today)
    if reading.overlay == Overlay() and not reading.findings:
        yield "Nothing is hidden or corrected."
