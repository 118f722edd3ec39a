"""Learners who note what a server showed them as stored, and hold its database against their notes.

Used by benchmarks/faults.py, which kills the server under them. A step is *acknowledged* once what it
leads to was on the screen, even if the server died before the page was complete. The one step that was
sent and not acknowledged may have been stored or not; every other has to be there, once, in its order.
"""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Awaitable, Callable, Mapping
from contextlib import closing
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from uuid import UUID

from benchmarks.websocket import VisitFailed, Visitor
from models import Database, select_attempt
from quiz.questions import (
    Matching,
    MultipleResponse,
    MultipleResponseResponse,
    Ordering,
    OrderingResponse,
    Question,
    Response,
    SingleChoice,
    SingleChoiceResponse,
    SortingResponse,
    mark,
    question_from_json,
    response_from_json,
)
from quiz.questions import MatchingResponse as Matched
from quiz.sessions import Attempt, Kind
from quiz.wording import number_word

UNIT = "L/601/7638"
CRITERION = "1.1"
_CLOCK_MAY_DIFFER = 0.05
"""Seconds by which a page's clock may lie outside of what it can be: rounding, and nothing else."""


class Lost(Exception):
    """The database does not hold what was acknowledged, or holds it twice, or does not go on from there."""


@dataclass(frozen=True)
class Entry:
    """One step that stores something, as the learner knows it."""

    kind: str
    """“response”, “finish”, or the kind of an event of the attempt."""
    position: int | None = None
    picks: Mapping[str, int] = field(default_factory=dict)
    """Of a response: the place of what was chosen, for each part of the question."""


@dataclass
class Notes:
    """What a learner knows of one attempt."""

    id: UUID
    kind: Kind
    entries: list[Entry] = field(default_factory=list)
    allowance: tuple[datetime, timedelta | None] | None = None
    """When it began and how long it may take, as stored when it was first seen."""


@dataclass
class Counted:
    """How often what was done."""

    acknowledged: dict[str, int] = field(default_factory=dict)
    open_stored: int = 0
    """Steps under way at a kill that had been stored."""
    open_gone: int = 0
    """Steps under way at a kill that had not been, and were acknowledged to nobody."""
    clock: float = 0.0
    """The seconds by which a time left lay outside of what was left when its page was asked for and when it was read."""

    def add(self, what: str) -> None:
        """Count one acknowledged step."""
        self.acknowledged[what] = self.acknowledged.get(what, 0) + 1


class Witness:
    """A learner at work who notes what was acknowledged. Each kind of work is a class of its own."""

    page = ""

    def __init__(
        self, name: str, learner: UUID, seed: int, counted: Counted, cookies: Mapping[str, str] | None = None
    ) -> None:
        """Be somebody who is in the database already; with cookies, on a device that a class knows."""
        self.name, self.learner, self.counted = name, learner, counted
        self.cookies = cookies
        self.chance = Random(seed)
        self.visitor = Visitor("")
        self.asked_at = datetime.now(UTC)
        """When the page that is shown was asked for: the server has read its clock since."""

    async def come(self, url: str) -> None:
        """Open the app anew, be this learner, and go back to the work; what is shown has to be what was left."""
        await self.visitor.close()
        self.visitor = Visitor(url, cookies=self.cookies, limit=60)
        if self.cookies:
            self.asked_at = datetime.now(UTC)
            await self.visitor.open(self.page.lower(), self.query())
        else:
            await self.visitor.open("")
            if "switch" in self.keys("button"):
                await self.visitor.click("switch")
            await self.visitor.click(f"learner-{self.learner.hex}")
            self.asked_at = datetime.now(UTC)
            await self.visitor.go(self.page, self.query())
        self.no_fault()

    @property
    def is_vulnerable(self) -> bool:
        """Return whether a step that stores something is under way."""
        raise NotImplementedError

    def query(self) -> str:
        """Return the address of what is being worked on."""
        raise NotImplementedError

    async def step(self) -> None:
        """Do the next thing."""
        raise NotImplementedError

    def check(self, database: Database) -> None:
        """Hold the database against the notes, and take into them how the step under way came out.

        Raises:
            Lost: they differ.
        """
        raise NotImplementedError

    def shows(self, database: Database) -> None:
        """Make sure that the page, opened again, goes on from what is stored.

        Raises:
            Lost: it does not.
        """
        raise NotImplementedError

    def keys(self, kind: str) -> set[str]:
        """Return the keys of the widgets of a kind on the page."""
        return {shown.key or "" for shown in self.visitor.find_all(kind)}

    def no_fault(self) -> None:
        """Raise VisitFailed if the page shows a fault."""
        found = [*self.visitor.errors(), *self.visitor.faults]
        if found:
            raise VisitFailed("; ".join(found))

    def lost(self, what: str) -> Lost:
        """Return the fault to raise."""
        return Lost(f"{self.name}: {what}")


class AttemptWitness(Witness):
    """Somebody at work on attempts, one after the other."""

    kind: Kind

    def __init__(self, *args: object, **named: object) -> None:
        """Begin without an attempt."""
        super().__init__(*args, **named)  # type: ignore[arg-type]  # handed on as they come
        self.notes: Notes | None = None
        self.done: list[Notes] = []
        self.under_way: Entry | None = None

    @property
    def is_vulnerable(self) -> bool:
        """Return whether a step that stores something is under way."""
        return self.under_way is not None

    def query(self) -> str:
        """Return the address of what is being worked on."""
        return f"attempt={self.notes.id}" if self.notes else f"unit={UNIT}"

    async def begin(self, button: str) -> None:
        """Start another attempt; it is known from when the address names it."""
        if self.notes is not None:
            self.done.append(self.notes)
            self.notes = None
        if button not in self.keys("button"):
            await self.visitor.go(self.page, f"unit={UNIT}")
        # A test whose beginning was under way at a kill, and had been stored, waits to be gone on with.
        await self.visitor.click("resume-test" if "resume-test" in self.keys("button") else button)
        self.no_fault()
        named = re.search(r"attempt=([0-9a-f-]{36})", self.visitor.query)
        if named is None:
            raise VisitFailed(f"No attempt was begun: {self.visitor.text()[:200]}")
        self.notes = Notes(UUID(named[1]), self.kind)

    async def do(self, entry: Entry, act: Callable[[], Awaitable[object]], shown: Callable[[], bool]) -> None:
        """Do a step; it is noted as acknowledged as soon as what it leads to is on the screen."""
        assert self.notes is not None
        self.under_way = entry
        try:
            await act()
        except (VisitFailed, TimeoutError):
            if shown():
                self._acknowledge()
            raise
        self.no_fault()
        if not shown():
            raise VisitFailed(f"{entry} led to nothing: {self.visitor.text()[:300]}")
        self._acknowledge()

    def _acknowledge(self) -> None:
        assert self.notes is not None
        assert self.under_way is not None
        self.notes.entries.append(self.under_way)
        self.counted.add(f"{self.kind.value}: {self.under_way.kind}")
        self.under_way = None

    def check(self, database: Database) -> None:
        """Hold the database against the notes, and take into them how the step under way came out."""
        if self.notes is None:
            return
        stored = _entries(database.path, self.notes.id)
        known, open_step = self.notes.entries, self.under_way
        wanted = _sorted_out(known)
        with_open = _sorted_out([*known, open_step]) if open_step else wanted
        with database.read() as session:
            attempt = select_attempt(session=session, attempt_id=self.notes.id).attempt
        found = _resolved(stored, attempt)
        if found == _responses_of(with_open, attempt) and open_step is not None:
            known.append(open_step)
            self.counted.open_stored += 1
        elif found == _responses_of(wanted, attempt):
            self.counted.open_gone += open_step is not None
        else:
            raise self.lost(f"acknowledged {wanted}, under way {open_step}, stored {stored}")
        self.under_way = None
        self._check_clock(attempt)
        _check_marks(database.path, attempt, self)

    def _check_clock(self, attempt: Attempt) -> None:
        assert self.notes is not None
        allowance = (attempt.started_at, attempt.allowed)
        if self.notes.allowance not in (None, allowance):
            raise self.lost(f"the clock was {self.notes.allowance} and is {allowance}")
        self.notes.allowance = allowance

    def shows(self, database: Database) -> None:
        """Make sure that the page, opened again, goes on from what is stored."""
        if self.notes is None:
            return
        with database.read() as session:
            attempt = select_attempt(session=session, attempt_id=self.notes.id).attempt
        text = self.visitor.text()
        if attempt.finished:
            if "Finish test" in text or "Check answer" in text:
                raise self.lost("a finished attempt is still open")
            return
        if attempt.on_break:
            wanted = ["Rest break"]
        else:
            wanted = [f"question {attempt.position + 1}"]
            if attempt.kind is Kind.TEST:
                wanted.append(f"{attempt.answered} of {len(attempt.items)} answered")
        missing = [words for words in wanted if words not in text]
        if missing:
            raise self.lost(f"{missing} not shown, but {text[:300]}")
        left = self.time_left()
        most, least = attempt.remaining(self.asked_at), attempt.remaining(datetime.now(UTC))
        if left is not None and most is not None and least is not None:
            differ = max(0.0, left - most.total_seconds(), least.total_seconds() - left)
            self.counted.clock = max(self.counted.clock, differ)
            if differ > _CLOCK_MAY_DIFFER:
                raise self.lost(f"{left} s left are shown, {least} to {most} are left")

    def time_left(self) -> float | None:
        """Return the seconds that the page's clock was last told."""
        for shown in self.visitor.find_all("bidi_component"):
            if shown.label == "headset_timer":
                return float(json.loads(shown.sent.json)["remaining"])
        return None


class Practiser(AttemptWitness):
    """Practises: answers of every type, second tries, answers shown, session after session."""

    page, kind = "Practise", Kind.PRACTICE

    async def step(self) -> None:
        """Do the next thing."""
        there = self.keys("button")
        if "check" in there:
            await self._answer()
        elif "next" not in there or self.notes is None:
            await self.begin("start-practice")
        elif "show" in there and self.chance.random() < 0.5:
            if self.chance.random() < 0.5:
                await self.visitor.click("next")  # try again: nothing is stored by that
            else:
                entry = Entry("show", self._position())
                await self.do(
                    entry, lambda: self.visitor.click("show"), lambda: "show" not in self.keys("button")
                )
        elif "show" in there:
            await self.visitor.click("next")
        else:
            await self._go_on()

    def _position(self) -> int:
        found = re.search(r": question (\d+)", self.visitor.text())
        if found is None:
            raise VisitFailed(f"No question: {self.visitor.text()[:200]}")
        return int(found[1]) - 1

    async def _answer(self) -> None:
        picks = await fill(self.visitor, self.chance)
        entry = Entry("response", self._position(), picks)
        await self.do(entry, lambda: self.visitor.click("check"), lambda: "next" in self.keys("button"))

    async def _go_on(self) -> None:
        position = self._position()
        last = self.visitor.find("button", "next").label != "Next"
        entry = Entry("finish") if last else Entry("move", position + 1)
        wanted = "How it went" if last else f": question {position + 2} "
        await self.do(
            entry,
            lambda: self.visitor.click("next"),
            lambda: wanted in self.visitor.text().replace("\n", " "),
        )


class Sitter(AttemptWitness):
    """Sits tests: picks, changes of mind, flags, ways round the paper, rest breaks; hands in after `picks` steps."""

    page, kind = "Test", Kind.TEST

    def __init__(self, *args: object, steps: int, **named: object) -> None:
        """Hand in after so many steps."""
        super().__init__(*args, **named)
        self.steps = steps

    async def step(self) -> None:
        """Do the next thing."""
        there = self.keys("button")
        if "start-test" in there or self.notes is None or "rest" not in there and "next" not in there:
            if "finish" in there:
                await self._hand_in()
            else:
                await self.begin("start-test")
        elif "flag" not in there:
            await self.do(
                Entry("break_end"), lambda: self.visitor.click("next"), lambda: "flag" in self.keys("button")
            )
        elif len(self.notes.entries) >= self.steps:
            await self.visitor.click("next" if self._last() else "to-review")
        else:
            await self._within(self.chance.random())

    def _place(self) -> tuple[int, int, int]:
        text = self.visitor.text()
        place = re.search(r": question (\d+) of (\d+)", text)
        answered = re.search(r"(\d+) of \d+ answered", text)
        if place is None or answered is None:
            raise VisitFailed(f"No question: {text[:200]}")
        return int(place[1]) - 1, int(place[2]), int(answered[1])

    def _last(self) -> bool:
        return self.visitor.find("button", "next").label != "Next"

    async def _within(self, chance: float) -> None:
        position, size, answered = self._place()
        if chance < 0.5:
            await self._pick(position, answered)
        elif chance < 0.6:
            label = self.visitor.find("button", "flag").label
            entry = Entry("flag" if label.startswith("Flag") else "unflag", position)
            await self.do(entry, lambda: self.visitor.click("flag"), lambda: self._flag() not in ("", label))
        elif chance < 0.65:
            await self.do(
                Entry("break_start"),
                lambda: self.visitor.click("rest"),
                lambda: "The clock has stopped" in self.visitor.text(),
            )
        elif chance < 0.75 and position:
            await self._move("back", position - 1)
        elif not self._last():
            await self._move("next", position + 1)
        else:
            (navigator,) = (
                s for s in self.visitor.find_all("bidi_component") if s.label == "headset_navigator"
            )
            to = self.chance.randrange(size - 1)
            await self.do(
                Entry("move", to),
                lambda: self.visitor.trigger(navigator.key or "", "go", to),
                lambda: f": question {to + 1} of" in self.visitor.text(),
            )

    def _flag(self) -> str:
        return next((s.label for s in self.visitor.find_all("button") if s.key == "flag"), "")

    async def _move(self, button: str, to: int) -> None:
        await self.do(
            Entry("move", to),
            lambda: self.visitor.click(button),
            lambda: f": question {to + 1} of" in self.visitor.text(),
        )

    async def _pick(self, position: int, answered: int) -> None:
        radio = self.visitor.find("radio", "Choose one answer")
        held = self.visitor.value("Choose one answer")
        options = [place for place, option in enumerate(radio.options) if option != held]
        place = self.chance.choice(options)
        # A new answer shows in the count; a change of mind only by the complete page.
        complete = [held is not None]
        wanted = f"{answered + (held is None)} of "

        async def act() -> None:
            try:
                await self.visitor.choose(radio.key or "", place)
            except BaseException:
                complete[0] = False
                raise
            complete[0] = True

        def shown() -> bool:
            return complete[0] or (held is None and f"\n{wanted}" in "\n" + self.visitor.text())

        await self.do(Entry("response", position, {"": place}), act, shown)

    async def _hand_in(self) -> None:
        await self.visitor.tick("sure")
        await self.do(
            Entry("finish"),
            lambda: self.visitor.click("finish"),
            lambda: "Practice test, finished on" in self.visitor.text(),
        )


class HandsIn(Sitter):
    """Sits test after test; what counts is the moment of handing in."""

    @property
    def is_vulnerable(self) -> bool:
        """Return whether a test is being handed in."""
        return self.under_way is not None and self.under_way.kind == "finish"


class Gatherer(Witness):
    """Edits a portfolio: adds pieces of evidence, changes their notes, sets where a criterion stands."""

    page = "Portfolio"

    def __init__(self, *args: object, **named: object) -> None:
        """Begin with an empty portfolio."""
        super().__init__(*args, **named)  # type: ignore[arg-type]  # handed on as they come
        self.pieces: dict[str, str] = {}
        self.standings: list[str] = []
        self.piece_under_way: tuple[str, str] | None = None
        self.standing_under_way: str | None = None
        self.made = 0

    @property
    def is_vulnerable(self) -> bool:
        """Return whether a step that stores something is under way."""
        return self.piece_under_way is not None or self.standing_under_way is not None

    def query(self) -> str:
        """Return the address of what is being worked on."""
        return f"unit={UNIT}&criterion={CRITERION}"

    async def step(self) -> None:
        """Do the next thing."""
        chance = self.chance.random()
        if chance < 0.4 and self.pieces:
            await self._change()
        elif chance < 0.85:
            await self._add()
        else:
            await self._stand()

    def _new_piece(self) -> str | None:
        """Return what names the widgets of the form for a new piece, if it is shown."""
        named = (shown.key or "" for shown in self.visitor.find_all("text_input"))
        return next((key.removeprefix("title-") for key in named if key.startswith("title-new-")), None)

    async def _add(self) -> None:
        if self._new_piece() is None:
            await self.visitor.go(self.page, self.query())
        key = self._new_piece()
        if key is None:
            raise VisitFailed(f"No form for a piece: {self.visitor.text()[:200]}")
        self.made += 1
        title = f"Piece {self.made} of {self.name}"
        await self.visitor.type(f"title-{key}", title)
        await self.visitor.choose(f"type-{key}", 0)
        await self._save(title, "", f"save-{key}", lambda: f": {title}" in self.visitor.text())

    async def _change(self) -> None:
        title = self.chance.choice(sorted(self.pieces))
        await self.visitor.go(self.page, self.query())
        area = next(
            (s for s in self.visitor.find_all("text_input") if s.key and self.visitor.value(s.key) == title),
            None,
        )
        if area is None:
            raise VisitFailed(f"“{title}” is not shown.")
        key = (area.key or "").removeprefix("title-")
        self.made += 1
        note = f"note {self.made}"
        await self.visitor.type(f"note-{key}", note)
        await self._save(
            title,
            note,
            f"save-{key}",
            lambda: any(_default(s) == note for s in self.visitor.find_all("text_area")),
        )

    async def _save(self, title: str, note: str, button: str, shown: Callable[[], bool]) -> None:
        self.piece_under_way = (title, note)
        try:
            await self.visitor.click(button)
        except (VisitFailed, TimeoutError):
            if shown():
                self._saved()
            raise
        self.no_fault()
        if not shown():
            raise VisitFailed(f"“{title}” was not stored: {self.visitor.text()[:300]}")
        self._saved()

    def _saved(self) -> None:
        assert self.piece_under_way is not None
        title, note = self.piece_under_way
        self.counted.add("portfolio: piece changed" if title in self.pieces else "portfolio: piece added")
        self.pieces[title] = note
        self.piece_under_way = None

    async def _stand(self) -> None:
        await self.visitor.go(self.page, f"unit={UNIT}")
        box = next(
            s for s in self.visitor.find_all("selectbox") if s.label == f"Status of {_place(self.visitor)}"
        )
        held = self.visitor.value(box.key or "")
        place = self.chance.choice([n for n, option in enumerate(box.options) if option != held])
        self.standing_under_way = box.options[place]
        await self.visitor.choose(box.key or "", place)
        self.no_fault()
        self.standings.append(self.standing_under_way)
        self.standing_under_way = None
        self.counted.add("portfolio: standing set")

    def check(self, database: Database) -> None:
        """Hold the database against the notes, and take into them how the step under way came out."""
        with closing(sqlite3.connect(database.path)) as connection:
            rows = connection.execute(
                "SELECT i.title, i.note, count(l.id) FROM evidence_item i LEFT JOIN evidence_link l ON l.item_id = i.id "
                "WHERE i.learner_id = ? GROUP BY i.id",
                (self.learner.hex,),
            ).fetchall()
            standings = [
                str(status).capitalize()
                for (status,) in connection.execute(
                    "SELECT status FROM portfolio_status WHERE learner_id = ? ORDER BY rowid",
                    (self.learner.hex,),
                )
            ]
        stored = sorted(rows)
        before = sorted((title, note, 1) for title, note in self.pieces.items())
        after = before
        if self.piece_under_way:
            title, note = self.piece_under_way
            after = sorted((t, n, 1) for t, n in {**self.pieces, title: note}.items())
        if stored not in (before, after):
            raise self.lost(f"pieces {before}, under way {self.piece_under_way}, stored {stored}")
        if self.piece_under_way:
            self._count_open(stored == after)
            self.pieces = {title: note for title, note, _ in stored}
            self.piece_under_way = None
        open_standing = [self.standing_under_way] if self.standing_under_way else []
        if standings not in (self.standings, [*self.standings, *open_standing]):
            raise self.lost(f"standings {self.standings}, under way {open_standing}, stored {standings}")
        if open_standing:
            self._count_open(len(standings) > len(self.standings))
            self.standings, self.standing_under_way = standings, None

    def _count_open(self, stored: bool) -> None:
        if stored:
            self.counted.open_stored += 1
        else:
            self.counted.open_gone += 1

    def shows(self, database: Database) -> None:
        """Make sure that the page, opened again, goes on from what is stored."""
        text = self.visitor.text()
        missing = [title for title in self.pieces if f": {title}" not in text]
        if missing:
            raise self.lost(f"{missing} not shown")


async def fill(visitor: Visitor, chance: Random) -> dict[str, int]:
    """Fill in the question card at random but fully; return the place chosen for each part of the question."""
    widgets = [s for s in visitor.find_all() if (s.key or "").startswith("answer-")]
    boxes = [s for s in widgets if s.kind == "checkbox"]
    lists = [s for s in widgets if s.kind != "checkbox"]
    picks: dict[str, int] = {}
    if boxes:
        text = visitor.text()
        wanted = next(n for n in range(1, len(boxes) + 1) if f"Choose {number_word(n)} answers" in text)
        for box in chance.sample(boxes, wanted):
            await visitor.tick(box.key or "")
            picks[_part(box.key)] = 1
    once = len(lists) > 1 and len(lists[0].options) == len(lists)
    places = chance.sample(range(len(lists)), len(lists))
    for place, shown in zip(places, lists, strict=True):
        chosen = place if once else chance.randrange(len(shown.options))
        await visitor.choose(shown.key or "", chosen)
        picks[_part(shown.key)] = chosen
    return picks


def response_of(question: Question, picks: Mapping[str, int]) -> Response:
    """Return the response that is given by choosing those places on the card of the question."""
    if isinstance(question, SingleChoice):
        return SingleChoiceResponse(chosen=question.options[picks[""]].key)
    if isinstance(question, MultipleResponse):
        return MultipleResponseResponse(
            chosen=tuple(o.key for number, o in enumerate(question.options) if str(number) in picks)
        )
    if isinstance(question, Matching):
        rights = list(question.rights)
        return Matched(chosen={question.pairs[int(n)].key: rights[place] for n, place in picks.items()})
    if isinstance(question, Ordering):
        steps = sorted(picks, key=picks.__getitem__)
        return OrderingResponse(order=tuple(question.steps[int(n)].key for n in steps))
    classes = list(question.classes)
    return SortingResponse(chosen={question.cases[int(n)].key: classes[place] for n, place in picks.items()})


def _part(key: str | None) -> str:
    """Return the number of the part that a widget of the card stands for; a single choice has none."""
    return "-".join((key or "").split("-")[2:])


def _place(visitor: Visitor) -> str:
    found = re.search(r"Evidence for (.*?) \(", visitor.text())
    if found is None:
        raise VisitFailed(f"No checklist: {visitor.text()[:200]}")
    return found[1]


def _default(shown: object) -> str:
    return str(getattr(getattr(shown, "sent", None), "default", ""))


_Log = tuple[list[Entry], list[tuple[str, int | None]], bool]


def _sorted_out(entries: list[Entry]) -> _Log:
    """Return responses, events and whether it was finished: each is numbered for itself."""
    responses = [entry for entry in entries if entry.kind == "response"]
    events = [(entry.kind, entry.position) for entry in entries if entry.kind not in ("response", "finish")]
    return responses, events, any(entry.kind == "finish" for entry in entries)


def _responses_of(log: _Log, attempt: Attempt) -> object:
    responses, events, finished = log
    return (
        [(e.position, response_of(attempt.items[e.position or 0].question, e.picks)) for e in responses],
        events,
        finished,
    )


_Stored = tuple[list[tuple[int, str]], list[tuple[str, int | None]], bool]


def _entries(path: Path, attempt: UUID) -> _Stored:
    """Return what the tables hold of an attempt, in the order of their numbers, which have no gap.

    Raises:
        Lost: the numbers have a gap, or the attempt is not there.
    """
    with closing(sqlite3.connect(path)) as connection:
        responses = connection.execute(
            "SELECT sequence, position, response FROM response WHERE attempt_id = ? ORDER BY sequence",
            (attempt.hex,),
        ).fetchall()
        events = connection.execute(
            "SELECT sequence, kind, position FROM attempt_event WHERE attempt_id = ? ORDER BY sequence",
            (attempt.hex,),
        ).fetchall()
        finished = connection.execute(
            "SELECT finished_at IS NOT NULL FROM attempt WHERE id = ?", (attempt.hex,)
        ).fetchone()
    if finished is None:
        raise Lost(f"The attempt {attempt} is not there.")
    for rows in (responses, events):
        if [row[0] for row in rows] != list(range(1, len(rows) + 1)):
            raise Lost(f"The numbers of the attempt {attempt} have a gap: {[row[0] for row in rows]}")
    return [row[1:] for row in responses], [row[1:] for row in events], bool(finished[0])


def _resolved(stored: _Stored, attempt: Attempt) -> object:
    responses, events, finished = stored
    return [(position, response_from_json(text)) for position, text in responses], events, finished


def _check_marks(path: Path, attempt: Attempt, witness: Witness) -> None:
    """Raise Lost unless the kept marks are those that the log of responses gives."""
    with closing(sqlite3.connect(path)) as connection:
        kept = {
            position: (fraction, question_from_json(content))
            for position, fraction, content in connection.execute(
                "SELECT i.position, i.fraction, q.content FROM attempt_item i "
                "JOIN shown_question q ON q.hash = i.question_hash WHERE i.attempt_id = ?",
                (attempt.id.hex,),
            )
        }
    for position, item in enumerate(attempt.items):
        given = item.first if attempt.kind.is_practice else item.latest if attempt.finished else None
        fraction, question = kept[position]
        wanted = None if given is None else mark(question, given.response).fraction
        if fraction != wanted:
            raise witness.lost(f"the mark at {position} is {fraction}, of the log {wanted}")
