"""Spaced review: when each family is due again, worked out anew from the evidence.

The scheduler is FSRS 6 as the package `fsrs` has it, with its default weights, without fuzzing (two
runs would differ) and without steps within a day. A card's state is never stored: it is the replay of
the answers. Answers enter by their London day, as noon in UTC, so that an interval is a number of days
whatever the hour and whether or not the clocks changed in between.
"""

from __future__ import annotations

import hashlib
from bisect import insort
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from functools import cache
from math import ceil

from fsrs import Card, Rating, Scheduler  # about 30 ms; only its optimiser, never loaded here, needs torch

from quiz.progress.evidence import QuizEvidence
from quiz.progress.review_days import PER_DAY, DailyPlan, ReviewCard, spread
from quiz.sessions import Kind, Sureness
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


@dataclass(frozen=True)
class Schedule:
    """The cards of a learner on a day in London, sorted by family, and what they offer for review."""

    day: date
    cards: tuple[ReviewCard, ...]
    reviewed: int = 0
    """How many questions were answered in review sessions on that day."""

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


@dataclass
class _Pace:
    """How long the learner's answers took so far."""

    seconds: list[float] = field(default_factory=list)

    def is_slow(self, seconds: float | None) -> bool:
        """Return whether it took longer than nine tenths of the answers before it (nearest rank)."""
        if seconds is None or len(self.seconds) < TIMED_ANSWERS:
            return False
        return seconds > self.seconds[ceil(SLOW_SHARE * len(self.seconds)) - 1]

    def add(self, seconds: float | None) -> None:
        if seconds is not None:
            insort(self.seconds, seconds)


@dataclass
class _Replay:
    """One card as its answers come in."""

    card: Card
    latest: QuizEvidence
    rating: Rating
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
    ahead = exam if exam is not None and exam >= today else None
    facts = sorted((fact for fact in evidence if fact.at <= now), key=_order)
    replays: dict[str, _Replay] = {}
    pace = _Pace()
    for fact in facts:
        known = replays.get(fact.family)
        if known is not None and known.latest.day == fact.day:
            continue
        replays[fact.family] = _reviewed(known, fact, _rating(fact, pace), ahead)
        pace.add(fact.seconds)
    return Schedule(
        today,
        tuple(_review_card(family, replays[family], today) for family in sorted(replays)),
        sum(fact.kind is Kind.REVIEW and fact.day == today for fact in facts),
    )


def card_id(family: str) -> int:
    """Return the number of a family's card: always the same, positive and below 2 to the 63rd."""
    return int.from_bytes(hashlib.blake2b(family.encode(), digest_size=8).digest(), "big") >> 1


def _order(fact: QuizEvidence) -> tuple[datetime, str, str, float, float, str, str]:
    """Return what facts are sorted by; no two different ones are equal in it."""
    seconds = -1.0 if fact.seconds is None else fact.seconds
    return (
        fact.at.astimezone(UTC),
        fact.family,
        fact.question,
        fact.fraction,
        seconds,
        fact.sure or "",
        fact.kind,
    )


def _rating(fact: QuizEvidence, pace: _Pace) -> Rating:
    """Return how well a family was remembered; a choice of options never shows that it was easy."""
    if fact.fraction < _RIGHT:
        return Rating.Again
    unsure = fact.sure in {Sureness.GUESS, Sureness.THINK_SO}
    return Rating.Hard if unsure or pace.is_slow(fact.seconds) else Rating.Good


def _reviewed(known: _Replay | None, fact: QuizEvidence, rating: Rating, exam: date | None) -> _Replay:
    noon = _noon(fact.day)
    before = known.card if known is not None else Card(card_id=card_id(fact.family), due=noon)
    card, _ = _scheduler(_longest(fact.day, exam)).review_card(before, rating, noon)
    if known is None:
        return _Replay(card, fact, rating)
    lapsed = rating is Rating.Again and known.rating is not Rating.Again
    return _Replay(card, fact, rating, known.reps + 1, known.lapses + lapsed)


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


def _review_card(family: str, replay: _Replay, today: date) -> ReviewCard:
    card, latest = replay.card, replay.latest
    assert card.stability is not None
    return ReviewCard(
        family=family,
        ref=latest.ref,
        due=card.due.date(),
        last=latest.at,
        stability=card.stability,
        retrievability=_scheduler(LONGEST_DAYS).get_card_retrievability(card, _noon(today)),
        reps=replay.reps,
        lapses=replay.lapses,
        sure_but_wrong=replay.rating is Rating.Again and latest.sure is Sureness.SURE,
    )


def _noon(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 12, tzinfo=UTC)
