"""How long it takes to make and remove a demo class, into a folder of its own.

python -m benchmarks.demo [--learners 300] [--weeks 6] [--seed 1]

5,000 learners and six weeks make a little over a million answers.
"""

from __future__ import annotations

import argparse
import resource
import sys
import tempfile
import time
from contextlib import closing
from datetime import date
from pathlib import Path

from models import open_database
from models.demo import make_demo, remove_demo
from quiz.sessions import QuestionBank
from quiz.syllabus import load_packs

UNTIL = date(2026, 11, 20)
_PER_MB = 2**20 if sys.platform == "darwin" else 2**10  # what getrusage counts in differs


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--learners", type=int, default=300)
    parser.add_argument("--weeks", type=int, default=6)
    parser.add_argument("--seed", type=int, default=1)
    chosen = parser.parse_args()
    bank = QuestionBank(load_packs())
    with tempfile.TemporaryDirectory() as folder, closing(open_database(Path(folder))) as database:
        began = time.perf_counter()
        try:
            made = make_demo(
                database, bank, learners=chosen.learners, weeks=chosen.weeks, seed=chosen.seed, until=UNTIL
            )
        except ValueError as problem:
            parser.exit(1, f"{problem}\n")
        took = time.perf_counter() - began
        size = sum(file.stat().st_size for file in Path(folder).iterdir() if file.is_file())
        print(
            f"{len(made.learners):,} learners ({len(made.at_risk):,} at risk), {made.sessions:,} sessions, "
            f"{made.tests:,} of them tests, {made.answers:,} answers"
        )
        print(
            f"made in {took:.1f} s, {made.answers / took:,.0f} answers a second; {size / 2**20:,.0f} MB on disk"
        )
        began = time.perf_counter()
        with database.write() as session:
            remove_demo(session)
        print(f"removed in {time.perf_counter() - began:.1f} s", end="; ")
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / _PER_MB
        print(f"{peak:,.0f} MB of memory at most")


if __name__ == "__main__":
    main()
