"""What sessions and answers cost in memory.

python -m benchmarks.memory [--sessions 200] [--answers 10000] [--port PORT]

A server is started in a data folder of its own. First one learner practises, sits a test to its end and opens
Progress, so that all libraries are loaded and all content is read: that is the process at rest. Then so many
learners open the app, practise and answer a question, and stay: what they add is divided by their number. Then
twenty of them answer without a pause, and the resident memory is printed after every thousand answers: what a
session holds for its questions and what fills the caches levels off, and what does not would show here.
Linux only: memory is read from the kernel.
"""

from __future__ import annotations

import argparse
import asyncio
import tempfile
from pathlib import Path

from benchmarks.load import ROOT, OurLearner, Served, free_port

AT_WORK = 20


async def go_through(learner: OurLearner) -> None:
    """Practise, sit a test to its end, and open Progress."""
    await learner.arrive()
    await learner.answer()
    await learner.go_on()
    await learner.visitor.click("end")
    await learner.begin_test()
    await learner.sit()
    await learner.visitor.click("to-review")
    await learner.visitor.tick("sure")
    await learner.visitor.click("finish")
    await learner.visitor.go("Progress")


async def stay(url: str, number: int) -> OurLearner:
    """Return a learner who has answered a question and stays."""
    learner = OurLearner(url, f"Learner {number}", number)
    await learner.arrive()
    await learner.answer()
    return learner


async def measure(served: Served, sessions: int, answers: int) -> None:
    """Print the figures of one server."""
    first = OurLearner(served.url, "First", 0)
    await go_through(first)
    rest = served.megabytes()
    print(f"{'at rest, everything loaded':<40}{rest:>8.0f} MB")
    # Ten at a time: a class comes in within a minute, and who waits for a turn is not measured here.
    learners: list[OurLearner] = []
    for begin in range(0, sessions, 10):
        numbers = range(begin + 1, min(begin + 10, sessions) + 1)
        learners += await asyncio.gather(*(stay(served.url, number) for number in numbers))
    present = served.megabytes()
    print(f"{f'with {sessions} sessions':<40}{present:>8.0f} MB")
    print(f"{'a session':<40}{(present - rest) / sessions:>8.2f} MB\n")

    done = sessions
    told = 0

    async def work(learner: OurLearner) -> None:
        nonlocal done, told
        while done < answers:
            await learner.go_on()
            await learner.answer()
            done += 1
            if done // 1000 > told:
                told = done // 1000
                print(f"{f'after {told * 1000:,} answers':<40}{served.megabytes():>8.0f} MB", flush=True)

    await asyncio.gather(*map(work, learners[:AT_WORK]))
    for learner in [first, *learners]:
        await learner.visitor.close()


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--sessions", type=int, default=200)
    parser.add_argument("--answers", type=int, default=10_000)
    parser.add_argument("--port", type=int, default=0, help="a free one is taken if none is given")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        served = Served(ROOT / "streamlit_app.py", ROOT, given.port or free_port(), Path(folder), 0)
        try:
            asyncio.run(measure(served, given.sessions, given.answers))
        finally:
            served.stop()


if __name__ == "__main__":
    main()
