"""What many answers cost: pages of a learner with 200 and with 20,000, a class among 10,000 and a million.

python -m benchmarks.growth [--rounds 15] [--million] [--members 33000] [--only-class] [--port PORT]

Two databases of each kind are made in temporary folders (nothing is kept), one server is started for each,
and a visitor (benchmarks/websocket.py) opens the same pages in both by turns, so that what else the machine
does falls on both. A page is timed from the click to the end of its script run, as the client sees it.

The learner answers questions of all taught units: 200 answers in four days, 20,000 in a year. The class has
30 learners with 333 answers each, alone (10,000) or among 3,000 others (a million, with --million: some
minutes); with --members each of the 30 has so many answers, and nobody else is there.

Then it counts, at the database's own driver, the statements of one answer after 200 answers and after 20,000.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import statistics
import tempfile
import time
from collections import Counter
from collections.abc import Awaitable, Callable, Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import Engine, event

from benchmarks.load import ROOT, OurLearner, Served
from models import Database, open_database, select_attempt
from models.demo_questions import DemoQuestion, make_questions
from models.demo_rows import Rows
from models.prepared import WATCHERS
from models.sums import rebuild_learner
from models.tables import (
    AttemptItemRow,
    AttemptRow,
    GroupMemberRow,
    GroupRow,
    LearnerRow,
    ResponseRow,
)
from quiz.sessions import Finish, Kind, PracticePlan, QuestionBank
from quiz.syllabus import CONTENT_DIR, load_packs
from quiz.wording import LONDON

UNIT = "L/601/7638"
SMALL, LARGE = 200, 20_000
A_DAY, IN_SESSION, TEST_EVERY = 55, 10, 300
MEMBERS, EACH, OTHERS = 30, 333, 3_000
THINKING = 0.5
"""Seconds before a step; without them a client sees some 48 ms of the network's own waiting in many steps."""
_SURE = ("sure", "think so", "guess", None)


@dataclass(frozen=True)
class Content:
    """The questions that are answered, by unit."""

    practice: Mapping[str, list[DemoQuestion]]
    paper: list[DemoQuestion]
    tested: str
    version: str


def content_of(bank: QuestionBank, now: datetime) -> Content:
    """Return questions of every taught unit, and a paper of one that has a test."""
    made = {key: make_questions(unit, bank, 1, now.date()) for key, unit in bank.pack.units.items()}
    tested = next(k for k, unit in bank.pack.units.items() if unit.entry.assessment == "onscreen_test")
    return Content(
        {key: [q for row in found.practice.values() for q in row] for key, found in made.items()},
        list(made[tested].papers[0]),
        tested,
        bank.pack.version,
    )


class Writer:
    """Writes learners with so many answers each; the last of them on the day before `now`."""

    def __init__(self, database: Database, content: Content, now: datetime, seed: int = 1) -> None:
        self.database, self.content, self.now, self.rng = database, content, now, Random(seed)

    def learners(self, names: list[str], answers: int) -> list[UUID]:
        """Store learners with their answers and their running sums, some at a time, and return their ids."""
        made: list[UUID] = []
        at_once = max(1, 60_000 // answers)
        for first in range(0, len(names), at_once):
            rows = Rows()
            some = [self._learner(rows, name, answers) for name in names[first : first + at_once]]
            with self.database.write() as session:
                session.connection().exec_driver_sql("PRAGMA cache_size = -262144")
                rows.store(session)
                for learner in some:
                    rebuild_learner(session=session, learner=learner)
            made.extend(some)
        return made

    def group(self, members: list[UUID]) -> UUID:
        """Store a group of learners and return its id."""
        rows, group = Rows(), uuid4()
        rows.add(
            GroupRow, id=group, name="Tuesday", qualification=None, units=None, join_code="CDFGHJ",
            made_at=self.now, archived_at=None, demo=False,
        )  # fmt: skip
        for member in members:
            rows.add(
                GroupMemberRow,
                id=uuid4(),
                group_id=group,
                learner_id=member,
                joined_at=self.now,
                left_at=None,
            )
        with self.database.write() as session:
            rows.store(session)
        return group

    def _learner(self, rows: Rows, name: str, answers: int) -> UUID:
        learner, rng = uuid4(), self.rng
        rows.add(LearnerRow, id=learner, name=name, created_at=self.now, last_used_at=self.now, settings="{}")
        days = -(-answers // A_DAY)
        at = (self.now - timedelta(days=days)).astimezone(LONDON).replace(hour=9, minute=0)
        units, done, until_test = list(self.content.practice), 0, TEST_EVERY // 2
        while done < answers:
            if done % A_DAY < IN_SESSION and done:
                at = at.replace(hour=9, minute=0) + timedelta(days=1)
            if done >= until_test:
                asked, unit, kind = self.content.paper, self.content.tested, Kind.TEST
                until_test += TEST_EVERY
            else:
                unit, kind = rng.choice(units), Kind.PRACTICE
                asked = rng.sample(self.content.practice[unit], min(IN_SESSION, answers - done))
            at = self._session(rows, learner, unit, kind, asked, at)
            done += len(asked)
        return learner

    def _session(
        self, rows: Rows, learner: UUID, unit: str, kind: Kind, asked: list[DemoQuestion], at: datetime
    ) -> datetime:
        attempt, started, rng = uuid4(), at, self.rng
        codes = tuple(sorted({question.ref.code for question in asked}))
        for position, question in enumerate(asked):
            rows.show(question.digest, question.content)
            seconds = round(rng.lognormvariate(3.0, 0.5), 2)
            at += timedelta(seconds=seconds + 5)
            reply, sure = question.reply(float(rng.random() < 0.75), rng), rng.choice(_SURE)
            rows.add(
                AttemptItemRow, id=uuid4(), attempt_id=attempt, learner_id=learner, position=position,
                question_hash=question.digest, question_id=question.question_id, family=question.family,
                unit=question.ref.unit, criterion=question.ref.code, kind=kind.value, shown_at=started,
                fraction=reply.fraction, verdict=reply.verdict, marked_at=at, seconds=seconds, sure=sure,
            )  # fmt: skip
            rows.add(
                ResponseRow, id=uuid4(), attempt_id=attempt, position=position, sequence=position + 1,
                submit_id=uuid4(), response=reply.response, given_at=at, seconds=seconds, sure=sure,
            )  # fmt: skip
        ended = at + timedelta(seconds=20)
        rows.add(
            AttemptRow, id=attempt, learner_id=learner, unit=unit, kind=kind.value, title="Practice",
            plan=PracticePlan(unit, codes, IN_SESSION).to_json() if kind is Kind.PRACTICE else "{}", seed=1,
            content_version=self.content.version, started_at=started, size=len(asked),
            minutes=60 if kind is Kind.TEST else None, extra_percent=0, finished_at=ended,
            finish=Finish.LEARNER.value,
        )  # fmt: skip
        return ended


Measure = Callable[[OurLearner], Awaitable[dict[str, float]]]


@contextmanager
def served(data: Path, port: int) -> Iterator[Served]:
    """Run the app on a data folder."""
    server = Served(ROOT / "streamlit_app.py", ROOT, port, data, 0)
    try:
        yield server
    finally:
        server.stop()


async def by_turns(urls: list[str], rounds: int, measure: Measure) -> list[dict[str, float]]:
    """Return for each server the median seconds of each step, the first of three rounds left out."""
    visitors = [OurLearner(url, "Visitor", 1) for url in urls]
    found: list[dict[str, list[float]]] = [{} for _ in urls]
    for learner in visitors:
        await learner.visitor.open("")
    for number in range(rounds + 2):
        for learner, kept in zip(visitors, found, strict=True):
            for step, seconds in (await measure(learner)).items():
                if number >= 2:
                    kept.setdefault(step, []).append(seconds)
    for learner in visitors:
        await learner.visitor.close()
    return [{step: statistics.median(taken) for step, taken in kept.items()} for kept in found]


async def pages(learner: OurLearner) -> dict[str, float]:
    """Return the seconds of each page of a learner, who thinks before each of them."""
    visitor, taken = learner.visitor, dict[str, float]()

    async def time(name: str, step: Awaitable[float]) -> None:
        await asyncio.sleep(THINKING)
        taken[name] = await step

    await time("Home", visitor.go("Home"))
    await time("Practise, choice", visitor.go("Practise", {"unit": "203"}))
    await time("Practise, first question", visitor.click("start-practice"))
    await time("Practise, feedback", learner.answer())
    if "show" in {shown.key for shown in visitor.find_all("button")}:
        await visitor.click("show")
    await time("Practise, next question", visitor.click("next"))
    await time("Practise, end and what next", visitor.click("end"))
    await time("Progress", visitor.go("Progress"))
    await time("Progress, unit 203", visitor.go("Progress", {"unit": "203"}))
    await time("Progress, criterion 1.1", visitor.go("Progress", {"unit": "203", "criterion": "1.1"}))
    await time("Review", visitor.go("Review"))
    faults = [*visitor.errors(), *visitor.faults]
    if faults:
        raise SystemExit("; ".join(faults))
    return taken


def group_page(groups: Mapping[str, UUID]) -> Measure:
    """Return what measures the page of a server's group."""

    async def measure(learner: OurLearner) -> dict[str, float]:
        group = groups[learner.visitor.url]
        await learner.visitor.go("Groups")
        await asyncio.sleep(THINKING)
        taken = {"class page": await learner.visitor.go("Groups", {"group": str(group), "unit": UNIT})}
        if "Learner by learner" not in learner.visitor.text():
            raise SystemExit(learner.visitor.text()[:500])
        return taken

    return measure


def told(heading: str, names: tuple[str, str], found: list[dict[str, float]]) -> None:
    """Print the steps of two servers beside each other."""
    print(f"\n{heading}\n{'':32}{names[0]:>12}{names[1]:>12}{'ratio':>8}")
    for step, few in found[0].items():
        many = found[1][step]
        print(f"{step:32}{few * 1000:>9.1f} ms{many * 1000:>9.1f} ms{many / few:>8.2f}")


def statements(data: Path, learner: UUID) -> tuple[Counter[str], float]:
    """Return how often an answer reads and writes, in one transaction, and its seconds at the median of ten."""
    os.environ["HEADSET_DATA"] = str(data)
    from ui import practising, store

    store.database.clear()
    unit = store.bank().pack.units[UNIT]
    codes = tuple(criterion.ref.code for criterion in unit.criteria)
    attempt = practising.start(learner, unit, PracticePlan(unit.key, codes, 20), "Counted")
    with store.database().read() as session:
        questions = [
            item.question for item in select_attempt(session=session, attempt_id=attempt).attempt.items
        ]
    counted: Counter[str] = Counter()
    every: list[Counter[str]] = []
    seconds: list[float] = []

    def executed(_c: Any, _cursor: Any, statement: str, *_others: Any) -> None:
        first = statement.split(None, 1)[0]
        counted["reads" if first in ("SELECT", "WITH") else "writes"] += first not in ("BEGIN", "PRAGMA")

    def prepared(statement: str, _given: dict[str, Any]) -> None:
        executed(None, None, statement)

    def committed(_c: Any) -> None:
        counted["transactions that write"] += bool(counted["writes"])

    event.listen(Engine, "before_cursor_execute", executed)
    event.listen(Engine, "commit", committed)
    WATCHERS.append(prepared)
    try:
        from quiz.questions import right_response

        for position, question in enumerate(questions[:11]):
            counted.clear()
            began = time.perf_counter()
            practising.submit(attempt, position, 0, right_response(question), seconds=9.5)
            seconds.append(time.perf_counter() - began)
            every.append(Counter(counted))
    finally:
        event.remove(Engine, "before_cursor_execute", executed)
        event.remove(Engine, "commit", committed)
        WATCHERS.remove(prepared)
    store.database().close()
    store.database.clear()
    return max(every[1:], key=lambda one: one["reads"] + one["writes"]), statistics.median(seconds[1:])


def a_learner(work: Path, content: Content, now: datetime, options: argparse.Namespace) -> None:
    """Measure the pages of a learner with few answers and of one with many."""
    folders = [work / name for name in ("small", "large")]
    ids = []
    for folder, answers in zip(folders, (SMALL, LARGE), strict=True):
        began = time.perf_counter()
        with closing(open_database(folder)) as database:
            ids += Writer(database, content, now).learners(["Sam"], answers)
        print(f"{answers:,} answers written in {time.perf_counter() - began:.1f} s")
    for folder, answers, learner in zip(folders, (SMALL, LARGE), ids, strict=True):
        found, seconds = statements(folder, learner)
        counts = ", ".join(f"{number} {what}" for what, number in sorted(found.items()))
        print(f"an answer after {answers:,}: {counts}; {seconds * 1000:.1f} ms")
    with served(folders[0], options.port) as few, served(folders[1], options.port + 1) as many:
        told(
            "Pages of a learner",
            (f"{SMALL:,}", f"{LARGE:,}"),
            asyncio.run(by_turns([few.url, many.url], options.rounds, pages)),
        )


def a_class(work: Path, content: Content, now: datetime, options: argparse.Namespace) -> None:
    """Measure the page of a class among few answers and among many."""
    folders = [work / name for name in ("few", "many")]
    groups, sizes = [], []
    for folder, large in zip(folders, (False, True), strict=True):
        began = time.perf_counter()
        each = options.members if large and options.members else EACH
        with closing(open_database(folder)) as database:
            writer = Writer(database, content, now)
            members = writer.learners([f"Learner {n:02}" for n in range(MEMBERS)], each)
            groups.append(writer.group(members))
            others = OTHERS if large and not options.members else 0
            writer.learners([f"Other {n:04}" for n in range(others)], EACH)
        size = (folder / "headset.db").stat().st_size / 1e6
        sizes.append(f"{(MEMBERS * each + others * EACH):,}")
        print(f"{sizes[-1]} answers written in {time.perf_counter() - began:.0f} s, {size:.0f} MB")
    with served(folders[0], options.port) as few, served(folders[1], options.port + 1) as many:
        of = dict(zip([few.url, many.url], groups, strict=True))
        found_pages = asyncio.run(by_turns([few.url, many.url], options.rounds, group_page(of)))
        told(f"A class of {MEMBERS}", (sizes[0], sizes[1]), found_pages)


def main() -> None:
    """Make the databases, measure and print."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--rounds", type=int, default=15)
    parser.add_argument("--million", action="store_true", help="the class among a million answers of others")
    parser.add_argument("--members", type=int, default=0, help="the class with so many answers each")
    parser.add_argument("--only-class", action="store_true", help="leave the pages of a learner out")
    parser.add_argument("--port", type=int, default=8790)
    options = parser.parse_args()
    now = datetime.now(UTC)
    bank = QuestionBank(load_packs(CONTENT_DIR))
    content = content_of(bank, now)
    with tempfile.TemporaryDirectory() as folder:
        if not options.only_class:
            a_learner(Path(folder), content, now, options)
        if options.million or options.members:
            a_class(Path(folder), content, now, options)


if __name__ == "__main__":
    main()
