"""An attempt, one sitting, and the moves it takes.

An attempt is a frozen value; every move returns a new one. Practice marks each answer at once
and lets a learner try again; a test marks nothing until it is finished, and its clock stops in a
rest break. `now` is always given, in UTC.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

from quiz.errors import MoveRefused
from quiz.questions import Mark, Question, Response, Verdict, mark


class Kind(StrEnum):
    """What kind of sitting it is."""

    PRACTICE = "practice"
    CHECK = "check"
    REVIEW = "review"
    TEST = "test"

    @property
    def is_practice(self) -> bool:
        """Return whether answers are marked at once."""
        return self is not Kind.TEST


class Sureness(StrEnum):
    """How sure a learner said they were, before the answer was marked."""

    GUESS = "guess"
    THINK_SO = "think so"
    SURE = "sure"


class Finish(StrEnum):
    """Why an attempt ended."""

    LEARNER = "learner"
    TIME = "time"


@dataclass(frozen=True)
class Given:
    """A response that was given, when, after how many seconds on the question, and how sure."""

    response: Response
    at: datetime
    mark: Mark | None
    seconds: float | None = None
    sure: Sureness | None = None


@dataclass(frozen=True)
class Item:
    """A question at a position, with every response given to it."""

    question: Question
    given: tuple[Given, ...] = ()
    shown_at: datetime | None = None
    flagged: bool = False

    @property
    def latest(self) -> Given | None:
        """Return the response that stands, or None."""
        return self.given[-1] if self.given else None

    @property
    def first(self) -> Given | None:
        """Return the first response, the only one that is evidence in practice."""
        return self.given[0] if self.given else None

    @property
    def answered(self) -> bool:
        """Return whether a response stands."""
        return bool(self.given)

    @property
    def settled(self) -> bool:
        """Return whether practice is done with it: answered rightly, or the answer shown."""
        latest = self.latest
        right = latest is not None and latest.mark is not None and latest.mark.verdict is Verdict.RIGHT
        return right or self.shown_at is not None


@dataclass(frozen=True)
class Break:
    """A rest break; open while it has no end."""

    start: datetime
    end: datetime | None = None


@dataclass(frozen=True)
class Attempt:
    """One sitting of a learner."""

    id: UUID
    learner: UUID
    unit: str
    kind: Kind
    title: str
    started_at: datetime
    items: tuple[Item, ...]
    size: int | None = None
    """How many questions it has in all; None for endless practice."""
    minutes: int | None = None
    extra_percent: int = 0
    breaks: tuple[Break, ...] = ()
    position: int = 0
    finished_at: datetime | None = None
    finish: Finish | None = None

    @property
    def finished(self) -> bool:
        """Return whether it takes no more moves."""
        return self.finished_at is not None

    @property
    def on_break(self) -> bool:
        """Return whether a rest break is open."""
        return bool(self.breaks) and self.breaks[-1].end is None

    @property
    def item(self) -> Item:
        """Return the item at the present position."""
        return self.items[self.position]

    @property
    def answered(self) -> int:
        """Return how many items have a response."""
        return sum(item.answered for item in self.items)

    @property
    def allowed(self) -> timedelta | None:
        """Return the time allowed with extra time, or None where there is no limit."""
        if self.minutes is None:
            return None
        return timedelta(minutes=self.minutes) * (100 + self.extra_percent) / 100

    def remaining(self, now: datetime) -> timedelta | None:
        """Return the time left on the clock, from 0 to all of it; it stands still in a break. None: no limit."""
        allowed = self.allowed
        if allowed is None:
            return None
        moment = min(now, self.finished_at) if self.finished_at else now
        if self.on_break and not self.finished:
            moment = self.breaks[-1].start
        # A clock that was set back gives no more than there was.
        spent = max(timedelta(), moment - self.started_at - self._rested)
        return max(timedelta(), allowed - spent)

    def deadline(self, now: datetime) -> datetime | None:
        """Return when the clock runs out if no further break is taken; None: no limit, or on a break."""
        left = self.remaining(now)
        if left is None or (self.on_break and not self.finished):
            return None
        allowed = self.allowed
        assert allowed is not None
        return self.started_at + allowed + self._rested

    @property
    def _rested(self) -> timedelta:
        """Return how long the breaks took that have ended; none takes less than nothing, whatever the clock did."""
        ended = [(rest.start, rest.end) for rest in self.breaks if rest.end is not None]
        return sum((max(timedelta(), end - start) for start, end in ended), start=timedelta())


def settle(attempt: Attempt, now: datetime) -> Attempt:
    """Return the attempt finished as of its deadline if that has passed, else unchanged."""
    deadline = attempt.deadline(now)
    if attempt.finished or deadline is None or now < deadline:
        return attempt
    return _finished(attempt, deadline, Finish.TIME)


def answer(
    attempt: Attempt,
    position: int,
    response: Response,
    now: datetime,
    seconds: float | None = None,
    sure: Sureness | None = None,
) -> Attempt:
    """Return the attempt with the response given at that position; practice marks it at once.

    Raises:
        MoveRefused: the attempt is finished, on a break or past its deadline, the practice
            question is settled, or (in practice) the response is not a full answer.
    """
    _refuse_closed(attempt, now)
    item = _item(attempt, position)
    given_mark = mark(item.question, response)
    if given_mark.verdict is Verdict.MALFORMED and attempt.kind is not Kind.TEST:
        raise MoveRefused(given_mark.message)
    if attempt.kind is Kind.TEST:
        return _with_item(
            attempt, position, replace(item, given=(*item.given, Given(response, now, None, seconds)))
        )
    if given_mark.verdict is Verdict.UNANSWERED:
        raise MoveRefused(given_mark.message)
    if item.settled:
        raise MoveRefused("This question is finished. Go on to the next one.")
    return _with_item(
        attempt, position, replace(item, given=(*item.given, Given(response, now, given_mark, seconds, sure)))
    )


def show_answer(attempt: Attempt, position: int, now: datetime) -> Attempt:
    """Return the practice attempt with the answer at that position shown.

    Raises:
        MoveRefused: in a test, after the end, or before a first answer.
    """
    if attempt.kind is Kind.TEST:
        raise MoveRefused("Answers are shown after the test.")
    _refuse_closed(attempt, now)
    item = _item(attempt, position)
    if not item.answered:
        raise MoveRefused("Answer the question first; the answer can be shown after that.")
    return _with_item(attempt, position, replace(item, shown_at=item.shown_at or now))


def flag(attempt: Attempt, position: int, flagged: bool, now: datetime) -> Attempt:
    """Return the attempt with the question at that position flagged for review, or not."""
    _refuse_closed(attempt, now)
    return _with_item(attempt, position, replace(_item(attempt, position), flagged=flagged))


def move(attempt: Attempt, position: int) -> Attempt:
    """Return the attempt at another position.

    Raises:
        MoveRefused: there is no such position.
    """
    _item(attempt, position)
    return replace(attempt, position=position)


def begin_break(attempt: Attempt, now: datetime) -> Attempt:
    """Return the test with its clock stopped.

    Raises:
        MoveRefused: the test is closed or already on a break.
    """
    _refuse_closed(attempt, now)
    if attempt.kind is not Kind.TEST:
        raise MoveRefused("Only a test has a clock to stop.")
    return replace(attempt, breaks=(*attempt.breaks, Break(now)))


def end_break(attempt: Attempt, now: datetime) -> Attempt:
    """Return the test with its clock running again; without an open break it is unchanged."""
    if not attempt.on_break:
        return attempt
    last = attempt.breaks[-1]
    return replace(attempt, breaks=(*attempt.breaks[:-1], Break(last.start, now)))


def append(attempt: Attempt, question: Question) -> Attempt:
    """Return the practice attempt with one more question at its end."""
    return replace(attempt, items=(*attempt.items, Item(question)))


def finish(attempt: Attempt, now: datetime) -> Attempt:
    """Return the attempt finished; one past its deadline is finished as of the deadline."""
    settled = settle(attempt, now)
    if settled.finished:
        return settled
    return _finished(end_break(attempt, now), now, Finish.LEARNER)


def marked(item: Item) -> Item:
    """Return the item of a finished test with the response that stands marked."""
    latest = item.latest
    if latest is None:
        return item
    given = replace(latest, mark=mark(item.question, latest.response))
    return replace(item, given=(*item.given[:-1], given))


def _finished(attempt: Attempt, at: datetime, why: Finish) -> Attempt:
    items = attempt.items
    if attempt.kind is Kind.TEST:
        items = tuple(marked(item) for item in items)
    return replace(attempt, items=items, finished_at=at, finish=why)


def _item(attempt: Attempt, position: int) -> Item:
    if not 0 <= position < len(attempt.items):
        raise MoveRefused(f"There is no question {position + 1}: this has {len(attempt.items)}.")
    return attempt.items[position]


def _with_item(attempt: Attempt, position: int, item: Item) -> Attempt:
    items = (*attempt.items[:position], item, *attempt.items[position + 1 :])
    return replace(attempt, items=items)


def _refuse_closed(attempt: Attempt, now: datetime) -> None:
    if settle(attempt, now).finished:
        if attempt.kind is Kind.TEST:
            raise MoveRefused("The test has ended. Answers given before the end are kept.")
        raise MoveRefused("This session has ended. Its answers are kept.")
    if attempt.on_break:
        raise MoveRefused("The test is on a rest break. Go on with it first.")
