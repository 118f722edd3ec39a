"""`python -m quiz.syllabus dump`: the qualifications and units as JSON on standard output."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import Any

from quiz.door import quietly
from quiz.errors import PackError
from quiz.syllabus import CONTENT_DIR, Pack, load_packs


def dump(pack: Pack) -> dict[str, Any]:
    """Return the syllabus as plain values: qualifications, then units with outcomes and criteria."""
    return {
        "qualifications": [
            qualification.model_dump(mode="json") for qualification in pack.qualifications.values()
        ],
        "units": [
            {
                "key": unit.key,
                "number": pack.number(unit.key),
                "title": unit.title,
                "level": unit.entry.level,
                "credit": unit.entry.credit,
                "glh": unit.entry.glh,
                "outcomes": [
                    {
                        "number": outcome.number,
                        "label": outcome.label,
                        "criteria": [
                            {"code": c.ref.code, "verb": c.entry.verb, "label": c.entry.label}
                            for c in unit.of_outcome(outcome.number)
                        ],
                    }
                    for outcome in unit.outcomes
                ],
            }
            for unit in pack.units.values()
        ],
    }


def main(arguments: list[str]) -> int:
    """Run the command; 0 on success, 1 when the content has faults."""
    parser = argparse.ArgumentParser(prog="python -m quiz.syllabus", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    dumping = commands.add_parser("dump", help="print the syllabus as JSON")
    dumping.add_argument("--content", type=Path, default=CONTENT_DIR, help="the folder of the packs")
    options = parser.parse_args(arguments)
    try:
        pack = load_packs(options.content)
    except PackError as error:
        print("\n".join(map(str, error.findings)), file=sys.stderr)
        return 1
    print(json.dumps(dump(pack), ensure_ascii=False, indent=1))
    return 0


if __name__ == "__main__":
    sys.exit(quietly(lambda: main(sys.argv[1:])))
