"""The door: `python -m quiz.authoring lint`, `cues`, `fingerprint`, `import-spec` and `drafts`."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

from quiz.authoring.cues import cue_text
from quiz.authoring.draft_list import draft_work, work_json, work_text
from quiz.authoring.fingerprints import FINGERPRINTS, fingerprint
from quiz.authoring.focus import focus_on
from quiz.authoring.importing.door import add_parser, import_spec
from quiz.authoring.overlay_rules import overlay_findings
from quiz.authoring.report import cues_of, lint, report_json, report_text
from quiz.door import quietly
from quiz.errors import NotInBank
from quiz.syllabus import CONTENT_DIR, DRAFTS_NAME, read_drafts, read_packs
from quiz.wording import LONDON


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command; return 0 where all is well, 1 where an error was found, 2 for a wrong command."""
    chosen = _parser().parse_args(arguments)
    if chosen.command == "fingerprint":
        chosen.out.write_bytes(fingerprint(file.read_text(encoding="utf-8") for file in chosen.files))
        return 0
    if chosen.command == "import-spec":
        return import_spec(
            chosen.file,
            chosen.out,
            chosen.json,
            chosen.attach,
            chosen.draft,
            chosen.again,
            lambda: read_packs(chosen.content).pack,
        )
    if chosen.command == "drafts":
        return list_drafts(chosen.folder, chosen.content, chosen.today, chosen.json)
    reading = read_packs(chosen.content)
    try:
        focus = focus_on(reading, chosen.unit, getattr(chosen, "criterion", None))
    except NotInBank as error:
        print(error, file=sys.stderr)
        return 2
    if chosen.command == "cues":
        rows = cues_of(reading, focus)
        print(json.dumps([row.model_dump(mode="json") for row in rows]) if chosen.json else cue_text(rows))
        return 0
    report = lint(reading, chosen.today or datetime.now(LONDON).date(), focus)
    if chosen.overlay is not None:
        found = overlay_findings(chosen.overlay, reading.pack)
        report = replace(report, findings=(*report.findings, *found))
    print(report_json(report) if chosen.json else report_text(report))
    return 1 if report.has_errors else 0


def list_drafts(folder: Path, content: Path, today: date | None, as_json: bool) -> int:
    """Print what is left to do on the drafts of a data folder; return 0, or 1 where one of them is left out."""
    drafts = folder / DRAFTS_NAME
    reading = read_drafts(drafts, read_packs(content).pack)
    work = draft_work(reading, drafts, today or datetime.now(LONDON).date())
    print(work_json(work) if as_json else work_text(work))
    return 1 if reading.left_out else 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m quiz.authoring", description="Check the content.")
    commands = parser.add_subparsers(dest="command", required=True)
    check = commands.add_parser("lint", help="list every fault, the coverage and the cues")
    check.add_argument("--content", type=Path, default=CONTENT_DIR, help="the folder of the packs")
    check.add_argument("--unit", help="one unit only: its reference number, or its number in a qualification")
    check.add_argument("--criterion", help="one criterion only: its code")
    check.add_argument(
        "--today", type=date.fromisoformat, help="the day to check dated facts on, as 2026-11-22"
    )
    check.add_argument("--overlay", type=Path, help="a local overlay to check as well")
    check.add_argument("--json", action="store_true", help="write JSON")
    cues = commands.add_parser("cues", help="how far the right option can be guessed without reading")
    cues.add_argument("--content", type=Path, default=CONTENT_DIR, help="the folder of the packs")
    cues.add_argument("--unit", help="one unit only")
    cues.add_argument("--json", action="store_true", help="write JSON")
    add_parser(commands)
    drafts = commands.add_parser("drafts", help="what is left to do on units drafted from a document")
    drafts.add_argument("folder", type=Path, help="the data folder that holds the drafts")
    drafts.add_argument("--content", type=Path, default=CONTENT_DIR, help="the folder of the packs we have")
    drafts.add_argument("--today", type=date.fromisoformat, help="the day to check dated facts on")
    drafts.add_argument("--json", action="store_true", help="write JSON")
    prints = commands.add_parser("fingerprint", help="store what is needed to recognise copied words")
    prints.add_argument("files", type=Path, nargs="+", help="specification documents as text")
    prints.add_argument("--out", type=Path, default=FINGERPRINTS)
    return parser


if __name__ == "__main__":
    sys.exit(quietly(lambda: main()))
