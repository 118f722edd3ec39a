"""Spaced review: when each family is due again, worked out anew from the evidence.

The scheduler is FSRS 6 as the package `fsrs` has it, with its default weights, without fuzzing (two
runs would differ) and without steps within a day. A card's state is the replay of the answers; what is kept of it
(`quiz.progress.ledger`) only goes on from where that stood. Answers enter by their London day, as noon in UTC, so that an interval is a number of days
whatever the hour and whether or not the clocks changed in between.
"""

from __future__ import annotations

import hashlib
from bisect import bisect_left
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from functools import cache, lru_cache
from math import ceil

from fsrs import (  # about 30 ms; only its optimiser, never loaded here, needs torch
    Card,
    Rating,
    Scheduler,
    State,
)

from quiz.progress.evidence import QuizEvidence, order_of_evidence
from quiz.progress.review_days import PER_DAY, DailyPlan, ReviewCard, spread
from quiz.sessions import Kind, Sureness
from quiz.syllabus import CriterionRef
from quiz.wording import LONDON

RETENTION = 0.9
"""The chance of a right answer at which a question is due again."""
LONGEST_DAYS = 365
"""The longest interval where no test is ahead: a course lasts about a year."""
TIMED_ANSWERS = 20
"""From how many timed answers on a learner has a pace of their own to be slower than."""
SLOW_SHARE = 0.9
"""A right answer is slow if it took longer than this share of the learner's earlier answers."""
_RIGHT = 1 - 1e-9
_HOUR = 3600


@dataclass(frozen=True)
class Schedule:
    """The cards of a learner on a day in London, sorted by family, and what they offer for review."""

    day: date
    cards: tuple[ReviewCard, ...]
    reviewed: int = 0
    """How many questions were answered in review sessions on that day."""
    waiting: int = 0
    """How many cards beyond these are due on that day, none of them more urgent than these."""

    def due_count(self, today: date) -> int:
        """Return how many cards are due by the end of that London day."""
        return len(self.due(today)) + (self.waiting if today == self.day else 0)

    def due(self, today: date) -> tuple[ReviewCard, ...]:
        """Return the cards due by the end of that London day: sure but wrong first, then the weakest."""
        return self.due_before(today + timedelta(days=1))

    def due_before(self, day: date) -> tuple[ReviewCard, ...]:
        """Return the cards due before that London day, such as that of the test, in the same order."""
        return tuple(sorted((c for c in self.cards if c.due < day), key=lambda card: card.urgency))

    def daily_plan(self, today: date, until: date, per_day: int = PER_DAY) -> DailyPlan:
        """Return what to review today and on each day before `until`, at most `per_day` a day.

        What was reviewed today already is taken off today's part.

        Raises:
            ValueError: `per_day` is below 1.
        """
        return spread(self.cards, today, until, per_day, self._reviewed_on(today))

    def today_part(self, today: date, per_day: int = PER_DAY) -> tuple[ReviewCard, ...]:
        """Return the cards of one session now, mixed: at most what is left of `per_day`, the weakest."""
        return self.daily_plan(today, today, per_day).on(today).cards

    def only(self, families: Collection[str]) -> Schedule:
        """Return the schedule without cards of other families, such as those that left the content."""
        return replace(self, cards=tuple(card for card in self.cards if card.family in families))

    def _reviewed_on(self, today: date) -> int:
        return self.reviewed if today == self.day else 0


@dataclass(frozen=True)
class Pace:
    """How long a learner's answers took so far: how often each number of seconds, the shortest first.

    Begun seconds count as whole ones, and all from an hour on as one: so it stays small however many answers
    there are.
    """

    times: tuple[tuple[int, int], ...] = ()

    def is_slow(self, seconds: float | None) -> bool:
        """Return whether it took longer than nine tenths of the answers before it (nearest rank)."""
        timed = sum(number for _, number in self.times)
        if seconds is None or timed < TIMED_ANSWERS:
            return False
        rank, reached = ceil(SLOW_SHARE * timed), 0
        for length, number in self.times:
            reached += number
            if reached >= rank:
                return _whole(seconds) > length
        return False

    def add(self, seconds: float | None) -> Pace:
        """Return the pace with an answer more; one that was not timed changes nothing."""
        if seconds is None:
            return self
        length = _whole(seconds)
        place = bisect_left(self.times, (length, 0))
        if place < len(self.times) and self.times[place][0] == length:
            return Pace((*self.times[:place], (length, self.times[place][1] + 1), *self.times[place + 1 :]))
        return Pace((*self.times[:place], (length, 1), *self.times[place:]))


@dataclass(frozen=True)
class Remembered:
    """A family's card after its latest answer that counts: all from which it goes on.

    `due` is for a learner without a test ahead; a test shortens the interval and never what is remembered.
    """

    ref: CriterionRef
    day: date
    last: datetime
    rating: Rating
    sure: Sureness | None
    stability: float
    difficulty: float
    due: date
    reps: int = 1
    lapses: int = 0


def schedule(evidence: Iterable[QuizEvidence], *, now: datetime, exam: date | None = None) -> Schedule:
    """Return when each family is due, from the evidence up to `now`, in whatever order it comes.

    Only the first answer to a family on a London day counts. A test ahead caps every interval so that
    the card is due by the day before it; one in the past is ignored. The same evidence gives the same
    schedule.

    >>> schedule(evidence, now=now) == schedule(reversed(evidence), now=now)
    True
    """
    today = now.astimezone(LONDON).date()
    facts = sorted((fact for fact in evidence if fact.at <= now), key=order_of_evidence)
    cards: dict[str, Remembered] = {}
    pace = Pace()
    for fact in facts:
        known = cards.get(fact.family)
        if known is None or known.day != fact.day:
            cards[fact.family] = reviewed_once_more(known, fact, pace)
            pace = pace.add(fact.seconds)
    reviewed = sum(fact.kind is Kind.REVIEW and fact.day == today for fact in facts)
    return scheduled(cards, today, exam, reviewed)


def scheduled(cards: Mapping[str, Remembered], today: date, exam: date | None, reviewed: int) -> Schedule:
    """Return the schedule of families as they are remembered, on a day on which so many were reviewed."""
    ahead = exam if exam is not None and exam >= today else None
    retrievability = _retrievability_on(today)
    return Schedule(
        today,
        tuple(
            ReviewCard(
                family,
                known.ref,
                _due(known, ahead),
                known.last,
                known.stability,
                retrievability(known),
                known.reps,
                known.lapses,
                known.rating is Rating.Again and known.sure is Sureness.SURE,
            )
            for family, known in sorted(cards.items())
        ),
        reviewed,
    )


def reviewed_once_more(known: Remembered | None, fact: QuizEvidence, pace: Pace) -> Remembered:
    """Return what is remembered of a family after the first answer to it on a day later than those known."""
    rating, noon = _rating(fact, pace), _noon(fact.day)
    before = Card(card_id=card_id(fact.family), due=noon) if known is None else _card(fact.family, known)
    card, _ = _scheduler(LONGEST_DAYS).review_card(before, rating, noon)
    assert card.stability is not None
    assert card.difficulty is not None
    due = card.due.date()
    if known is None:
        return Remembered(
            fact.ref, fact.day, fact.at, rating, fact.sure, card.stability, card.difficulty, due
        )
    lapsed = rating is Rating.Again and known.rating is not Rating.Again
    return Remembered(
        fact.ref, fact.day, fact.at, rating, fact.sure, card.stability, card.difficulty, due,
        known.reps + 1, known.lapses + lapsed,
    )  # fmt: skip


def card_id(family: str) -> int:
    """Return the number of a family's card: always the same, positive and below 2 to the 63rd."""
    return int.from_bytes(hashlib.blake2b(family.encode(), digest_size=8).digest(), "big") >> 1


def _rating(fact: QuizEvidence, pace: Pace) -> Rating:
    """Return how well a family was remembered; a choice of options never shows that it was easy."""
    if fact.fraction < _RIGHT:
        return Rating.Again
    unsure = fact.sure in {Sureness.GUESS, Sureness.THINK_SO}
    return Rating.Hard if unsure or pace.is_slow(fact.seconds) else Rating.Good


def _whole(seconds: float) -> int:
    return min(ceil(seconds), _HOUR)


def _card(family: str, known: Remembered) -> Card:
    return Card(
        card_id=card_id(family),
        state=State.Review,
        stability=known.stability,
        difficulty=known.difficulty,
        due=_noon(known.due),
        last_review=_noon(known.day),
    )


def _longest(day: date, exam: date | None) -> int:
    """Return the longest interval from that day, in days: to the day before the test, and at least 1."""
    if exam is None or exam <= day:
        return LONGEST_DAYS
    return min(LONGEST_DAYS, max(1, (exam - day).days - 1))


@cache
def _scheduler(longest: int) -> Scheduler:
    return Scheduler(
        enable_fuzzing=False,
        learning_steps=(),
        relearning_steps=(),
        desired_retention=RETENTION,
        maximum_interval=longest,
    )


def _due(known: Remembered, ahead: date | None) -> date:
    """Return the day on which a family is due, for a learner with a test ahead or none."""
    if ahead is None:
        return known.due
    # A shorter longest interval cuts the interval that the scheduler has worked out, and nothing else of it.
    return known.day + min(known.due - known.day, timedelta(days=_longest(known.day, ahead)))


def _retrievability_on(today: date) -> Callable[[Remembered], float]:
    """Return what says how likely a family is remembered on a day; all share one card, which is dear to make."""
    card, noon, scheduler = Card(card_id=1), _noon(today), _scheduler(LONGEST_DAYS)

    def retrievability(known: Remembered) -> float:
        card.stability, card.last_review = known.stability, _noon(known.day)
        return scheduler.get_card_retrievability(card, noon)

    return retrievability


@lru_cache(maxsize=1024)
def _noon(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 12, tzinfo=UTC)
