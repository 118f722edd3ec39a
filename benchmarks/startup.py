"""How long a start takes: imports, loading and checking all packs, with and without the compiled copy.

python -m benchmarks.startup [--runs 5]
"""

import argparse
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from quiz.sessions import QuestionBank
from quiz.syllabus import CONTENT_DIR, load_packs


def seconds(runs: int, work: Callable[[], object]) -> float:
    """Return the median time of the work, in seconds."""
    times = []
    for _ in range(runs):
        began = time.perf_counter()
        work()
        times.append(time.perf_counter() - began)
    return statistics.median(times)


def import_seconds(module: str) -> float:
    """Return how long a fresh interpreter takes to import a module, less an empty start."""

    def run(code: str) -> float:
        return seconds(3, lambda: subprocess.run([sys.executable, "-c", code], check=True))

    return run(f"import {module}") - run("pass")


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=5)
    runs = parser.parse_args().runs
    pack = load_packs(CONTENT_DIR)
    criteria = list(pack.criteria)
    written = sum(len(criterion.entry.questions) for criterion in criteria)
    print(f"units {len(pack.units)}, criteria {len(criteria)}, written questions {written}")
    with tempfile.TemporaryDirectory() as folder:
        compiled = Path(folder)
        load_packs(CONTENT_DIR, compiled)
        print(
            f"load and check all packs, from YAML      {seconds(runs, lambda: load_packs(CONTENT_DIR)):.3f} s"
        )
        print(
            f"load and check all packs, compiled copy  {seconds(runs, lambda: load_packs(CONTENT_DIR, compiled)):.3f} s"
        )
    print(f"question bank                            {seconds(runs, lambda: QuestionBank(pack)):.3f} s")
    for module in ("quiz.sessions", "models", "streamlit"):
        print(f"import {module:<33} {import_seconds(module):.3f} s")


if __name__ == "__main__":
    main()
