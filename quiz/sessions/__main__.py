"""Questions and papers from the shell, one JSON object a line.

python -m quiz.sessions sample --unit 203 [--origin written|generated] [--count 200 | --all] [--seed 7]
python -m quiz.sessions paper --unit 203 [--seed 7]
python -m quiz.sessions overlay list|hide|show|correct|undo [ID] --file FILE [--with FILE]

With --overlay FILE, questions and papers are drawn as on a computer with that overlay.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from random import Random

from quiz.door import quietly
from quiz.errors import OverlayRefused, PackError, QuizError
from quiz.generation import generate_all
from quiz.questions import Question, shuffle
from quiz.sessions import QuestionBank, assemble, overlay_door, read_overlay
from quiz.sessions.listing import listed
from quiz.syllabus import CONTENT_DIR, Unit, load_packs


def every_question(unit: Unit, bank: QuestionBank, origin: str | None, seed: int) -> Iterator[Question]:
    """Yield every written question of the bank once, and one generated question for each that differs."""
    for criterion in unit.criteria:
        if origin != "generated":
            for entry in criterion.entry.questions:
                if entry.id in bank:
                    yield bank.question(entry.id, seed)
        if origin != "written":
            for question in generate_all(criterion):
                if question.head.family in bank:
                    yield shuffle(question, Random(f"{seed}:{question.head.id}"))


def sample(
    unit: Unit, bank: QuestionBank, origin: str | None, count: int | None, seed: int
) -> list[Question]:
    """Return `count` different questions drawn by the seed, or all of them in order for None."""
    questions = list(every_question(unit, bank, origin, seed))
    if count is None:
        return questions
    return Random(seed).sample(questions, min(count, len(questions)))


def main(arguments: list[str]) -> int:
    """Run the command; 0 on success, 1 with a message when it cannot be done."""
    options = _parser().parse_args(arguments)
    try:
        bank = QuestionBank(load_packs(options.content))
        if options.command == "overlay":
            print("\n".join(overlay_door.run(options, bank)))
            return 0
        unit = bank.pack.select_unit(options.unit)
        for question in _questions(options, _overlaid(bank, options.overlay), unit):
            print(json.dumps(listed(question, bank.pack.number(unit.key)), ensure_ascii=False))
    except PackError as error:
        print("\n".join(map(str, error.findings)), file=sys.stderr)
        return 1
    except QuizError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


def _overlaid(bank: QuestionBank, file: Path | None) -> QuestionBank:
    if file is None:
        return bank
    reading = read_overlay(file, bank)
    for finding in reading.findings:
        print(finding, file=sys.stderr)
    if reading.is_broken:
        raise OverlayRefused(f"{file} has faults, so nothing is drawn under it.")
    return bank.with_overlay(reading.overlay)


def _questions(options: argparse.Namespace, bank: QuestionBank, unit: Unit) -> list[Question]:
    if options.command == "paper":
        paper = assemble(unit, bank, options.seed, today=options.today)
        return list(paper.questions)
    return sample(unit, bank, options.origin, None if options.all else options.count, options.seed)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m quiz.sessions",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    commands = parser.add_subparsers(dest="command", required=True)
    sampling = commands.add_parser("sample", help="print questions of the bank")
    paper = commands.add_parser("paper", help="print a test paper in order")
    for command in (sampling, paper):
        command.add_argument("--unit", required=True, help="a number of the certificate, or a reference")
        command.add_argument("--seed", type=int, default=7)
        command.add_argument("--content", type=Path, default=CONTENT_DIR, help="the folder of the packs")
        command.add_argument("--overlay", type=Path, help="an overlay to draw under")
    overlay_door.add_command(commands)
    paper.add_argument(
        "--today", type=date.fromisoformat, default=date.today(), help="law is taken as of this day"
    )
    sampling.add_argument("--origin", choices=("written", "generated"))
    amount = sampling.add_mutually_exclusive_group()
    amount.add_argument("--count", type=_positive, default=200)
    amount.add_argument("--all", action="store_true", help="every question once, in order")
    return parser


def _positive(text: str) -> int:
    number = int(text)
    if number < 1:
        raise argparse.ArgumentTypeError("has to be 1 or more")
    return number


if __name__ == "__main__":
    sys.exit(quietly(lambda: main(sys.argv[1:])))
