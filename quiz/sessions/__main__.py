"""Questions and papers from the shell, one JSON object a line.

python -m quiz.sessions sample --unit 203 [--origin written|generated] [--count 200 | --all] [--seed 7]
python -m quiz.sessions paper --unit 203 [--seed 7]
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
from quiz.errors import PackError, QuizError
from quiz.generation import generate_all, written
from quiz.questions import Question, shuffle
from quiz.sessions import QuestionBank, assemble
from quiz.sessions.listing import listed
from quiz.syllabus import CONTENT_DIR, Pack, Unit, load_packs


def every_question(unit: Unit, origin: str | None, seed: int) -> Iterator[Question]:
    """Yield every written question once, and one generated question for each that differs."""
    for criterion in unit.criteria:
        if origin != "generated":
            for entry in criterion.entry.questions:
                yield written(criterion, entry, seed)
        if origin != "written":
            for question in generate_all(criterion):
                yield shuffle(question, Random(f"{seed}:{question.head.id}"))


def sample(unit: Unit, origin: str | None, count: int | None, seed: int) -> list[Question]:
    """Return `count` different questions drawn by the seed, or all of them in order for None."""
    questions = list(every_question(unit, origin, seed))
    if count is None:
        return questions
    return Random(seed).sample(questions, min(count, len(questions)))


def main(arguments: list[str]) -> int:
    """Run the command; 0 on success, 1 with a message when it cannot be done."""
    options = _parser().parse_args(arguments)
    try:
        pack = load_packs(options.content)
        unit = pack.select_unit(options.unit)
        for question in _questions(options, pack, unit):
            print(json.dumps(listed(question, pack.number(unit.key)), ensure_ascii=False))
    except PackError as error:
        print("\n".join(map(str, error.findings)), file=sys.stderr)
        return 1
    except QuizError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


def _questions(options: argparse.Namespace, pack: Pack, unit: Unit) -> list[Question]:
    if options.command == "paper":
        paper = assemble(unit, QuestionBank(pack), options.seed, today=options.today)
        return list(paper.questions)
    return sample(unit, options.origin, None if options.all else options.count, options.seed)


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
