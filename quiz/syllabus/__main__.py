"""The door for the shell: `python -m quiz.syllabus dump`, `check-plan`, `suggest` and `search`."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from quiz.door import quietly
from quiz.errors import NotInBank, NotInQualification, PackError, QuizError
from quiz.syllabus import CONTENT_DIR, Pack, check_plan, count_plans, load_packs, search, suggest


def dump(pack: Pack) -> dict[str, Any]:
    """Return the syllabus as plain values: qualifications, then all units with outcomes and criteria."""
    return {
        "qualifications": [
            qualification.model_dump(mode="json") for qualification in pack.qualifications.values()
        ],
        "units": [
            {
                "key": unit.key,
                "number": pack.number(unit.key),
                "numbers": {q.key: q.numbers.get(unit.key) for q in pack.places(unit.key)},
                "title": unit.title,
                "level": unit.level,
                "credit": unit.credit,
                "glh": unit.glh,
                "taught": unit.taught,
                "outcomes": [
                    {
                        "number": outcome.number,
                        "kind": outcome.kind,
                        "label": outcome.label,
                        "criteria": [
                            {"code": c.ref.code, "verb": c.verb, "label": c.label} for c in outcome.criteria
                        ],
                    }
                    for outcome in unit.outcomes
                ],
            }
            for unit in pack.outlines.values()
        ],
    }


def checked(pack: Pack, qualification: str, names: Sequence[str]) -> dict[str, Any]:
    """Return what a choice of units comes to, as plain values.

    Raises:
        NotInBank: the qualification or a unit is not in the catalogue.
        NotInQualification: a unit is not one of the qualification's.
    """
    chosen = _chosen(pack, qualification, names)
    entry = pack.qualifications[qualification]
    check = check_plan(entry, pack.outlines, chosen)
    return {
        "qualification": qualification,
        "valid": check.valid,
        "units": list(check.units),
        "mandatory_added": list(check.added),
        "credits": check.credits,
        "credits_by_level": {str(level): value for level, value in check.credits_by_level.items()},
        "credits_by_group": dict(check.credits_by_group),
        "hours": check.hours,
        "broken_rules": [rule.sentence for rule in check.broken],
        "missing": [rule.sentence for rule in check.missing],
        "conflicts": [rule.sentence for rule in check.conflicts],
        "cautions": list(check.cautions),
        "ways_to_finish": count_plans(entry, pack.outlines, chosen),
    }


def suggested(pack: Pack, qualification: str, names: Sequence[str]) -> dict[str, Any]:
    """Return the valid choice with the fewest hours that holds the named units, as plain values.

    Raises:
        NotInBank: the qualification or a unit is not in the catalogue.
        NotInQualification: a unit is not one of the qualification's.
        NoPlan: there is no such choice.
    """
    chosen = _chosen(pack, qualification, names)
    found = suggest(pack.qualifications[qualification], pack.outlines, chosen)
    return {
        "units": list(found.units),
        "added": list(found.added),
        "hours": found.hours,
        "cautions": list(found.cautions),
    }


def found(pack: Pack, words: str) -> dict[str, Any]:
    """Return what a search finds, as plain values."""
    hits = search(pack, words)
    return {
        "qualifications": [q.key for q in hits.qualifications],
        "units": [
            {"key": unit.key, "title": unit.title, "criteria": [c.ref.code for c in criteria]}
            for unit, criteria in hits.units
        ],
    }


def _chosen(pack: Pack, qualification: str, names: Sequence[str]) -> list[str]:
    if qualification not in pack.qualifications:
        known = ", ".join(pack.qualifications)
        raise NotInBank(f"There is no qualification “{qualification}”. Known: {known}.")
    chosen: list[str] = []
    for name in names:
        unit = pack.optional_outline(name, qualification) or pack.optional_outline(name)
        if unit is None:
            raise NotInBank(
                f"There is no unit “{name}”. Give its reference, as in L/601/7638, or its number in {qualification}; "
                "an SQA code stands in quotation marks."
            )
        if unit.key not in pack.qualifications[qualification].members:
            title = pack.qualifications[qualification].title
            raise NotInQualification(f"{unit.key} “{unit.title}” is not a unit of “{title}”.")
        if unit.key not in chosen:
            chosen.append(unit.key)
    return chosen


def main(arguments: list[str]) -> int:
    """Run the command; 0 on success, 1 when the content has faults or the request cannot be met."""
    options = _parser().parse_args(arguments)
    try:
        pack = load_packs(options.content)
        match options.command:
            case "dump":
                result = dump(pack)
            case "check-plan":
                result = checked(pack, options.qualification, options.units)
            case "suggest":
                result = suggested(pack, options.qualification, options.units)
            case _:
                result = found(pack, " ".join(options.words))
    except PackError as error:
        print("\n".join(map(str, error.findings)), file=sys.stderr)
        return 1
    except QuizError as error:
        print(error, file=sys.stderr)
        return 1
    print(json.dumps(result, ensure_ascii=False, indent=1))
    return 0


def _parser() -> argparse.ArgumentParser:
    shared = argparse.ArgumentParser(add_help=False)
    shared.add_argument("--content", type=Path, default=CONTENT_DIR, help="the folder of the packs")
    choice = argparse.ArgumentParser(add_help=False)
    choice.add_argument("--qualification", required=True, help="its key, such as nvq2-cco")
    choice.add_argument("units", nargs="*", metavar="REF", help="units by reference or by number")
    parser = argparse.ArgumentParser(prog="python -m quiz.syllabus", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    commands.add_parser("dump", parents=[shared], help="print the syllabus as JSON")
    commands.add_parser(
        "check-plan", parents=[shared, choice], help="print what a choice of units comes to, as JSON"
    )
    commands.add_parser(
        "suggest", parents=[shared, choice], help="print the valid choice with the fewest hours, as JSON"
    )
    searching = commands.add_parser(
        "search", parents=[shared], help="find qualifications, units and criteria"
    )
    searching.add_argument("words", nargs="+")
    return parser


if __name__ == "__main__":
    sys.exit(quietly(lambda: main(sys.argv[1:])))
