"""How long a start takes: imports, all packs, and the first page of a server just started beside a bare one.

python -m benchmarks.startup [--runs 5]

Packs are loaded and checked with and without the compiled copy. The first page is timed from the start of the
server's process to the end of the script run that a visitor's connection causes, without the files of the
frontend: in a new data folder, where the database and the compiled copy are made, and in one that was used.
"""

import argparse
import asyncio
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from benchmarks.load import ROOT, Served, free_port
from benchmarks.websocket import Visitor
from quiz.sessions import QuestionBank
from quiz.syllabus import CONTENT_DIR, load_packs
from ui.shell import PAGES


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


def first_page(script: Path, data: Path, runs: int) -> tuple[float, float]:
    """Return the median seconds from the start of a server to its first page, and of its processor time."""
    times, busy = [], []
    for _ in range(runs):
        served = Served(script, ROOT, free_port(), data, len(PAGES))
        try:
            asyncio.run(_open(served.url))
            times.append(time.perf_counter() - served.began)
            busy.append(served.cpu())
        finally:
            served.stop()
    return statistics.median(times), statistics.median(busy)


async def _open(url: str) -> None:
    visitor = Visitor(url, limit=60)
    await visitor.open("")
    await visitor.close()


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
    for module in ("streamlit", "quiz.sessions", "models", "ui.shell"):
        print(f"import {module:<33} {import_seconds(module):.3f} s")
    print(f"{'first page after a cold start':<40} {'clock':>7} {'processor':>10}")
    with tempfile.TemporaryDirectory() as folder:
        for name, script, data, times in (
            ("new data folder", ROOT / "streamlit_app.py", "ours", 1),
            ("used data folder", ROOT / "streamlit_app.py", "ours", runs),
            ("bare page", ROOT / "benchmarks" / "bare.py", "bare", runs),
        ):
            (Path(folder) / data).mkdir(exist_ok=True)
            clock, processor = first_page(script, Path(folder) / data, times)
            print(f"  {name:<38} {clock:>5.2f} s {processor:>8.2f} s")


if __name__ == "__main__":
    main()
