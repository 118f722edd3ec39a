"""What to review on each day up to a date: at most so many a day, the weakest first, criteria mixed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import count as numbers

from quiz.syllabus import CriterionRef
from quiz.wording import LONDON, count, day

PER_DAY = 20
"""How many questions a day's review holds at most, unless the learner says otherwise."""
BREAK_DAYS = 7
"""From how many days without an answer on a backlog is said to come from a break."""


@dataclass(frozen=True)
class ReviewCard:
    """What is remembered of a family: a written question, or a knowledge block with a template.

    `due` is a day in London; `stability` is the number of days after which the chance of a right
    answer has fallen to 90 %, and `retrievability` that chance now.
    """

    family: str
    ref: CriterionRef
    due: date
    last: datetime
    stability: float
    retrievability: float
    reps: int
    """How many answers count: the first to the family on each day."""
    lapses: int
    """How many right answers were followed by a wrong one."""
    sure_but_wrong: bool
    """Whether the latest answer that counts was wrong and the learner had said “sure”."""

    @property
    def urgency(self) -> tuple[bool, float, date, str]:
        """Return what cards are sorted by: sure but wrong first, then the likeliest to be forgotten."""
        return not self.sure_but_wrong, self.retrievability, self.due, self.family


@dataclass(frozen=True)
class ReviewDay:
    """The cards to review on a day, in the order in which they are asked."""

    day: date
    cards: tuple[ReviewCard, ...]

    @property
    def families(self) -> tuple[str, ...]:
        """Return the families in order, as a review session takes them."""
        return tuple(card.family for card in self.cards)


@dataclass(frozen=True)
class LeftOut:
    """A card for which no day has room, and why."""

    card: ReviewCard
    reason: str


@dataclass(frozen=True)
class DailyPlan:
    """A review plan by day, with what does not fit and a sentence on how it was spread.

    Only days with something to review are listed. Each question comes once: what an answer changes is
    planned anew after it.
    """

    days: tuple[ReviewDay, ...]
    left_out: tuple[LeftOut, ...]
    words: str

    def on(self, chosen: date) -> ReviewDay:
        """Return what to review on that day; a day without review has no cards."""
        return next((part for part in self.days if part.day == chosen), ReviewDay(chosen, ()))


def mixed(cards: Iterable[ReviewCard]) -> tuple[ReviewCard, ...]:
    """Return the cards, as near to their order as can be with no two neighbours of one criterion.

    Where one criterion has more than half of the cards its surplus stands together at the end.
    """
    left = list(cards)
    waiting = Counter(card.ref for card in left)
    placed: list[ReviewCard] = []
    while left:
        last = placed[-1].ref if placed else None
        open_cards = [card for card in left if card.ref != last] or left
        # A criterion with more than half of what is left has to come now, or it is left over at the end.
        crowded = [card for card in open_cards if 2 * waiting[card.ref] > len(left)]
        chosen = (crowded or open_cards)[0]
        left.remove(chosen)
        waiting[chosen.ref] -= 1
        placed.append(chosen)
    return tuple(placed)


def spread(
    cards: Iterable[ReviewCard], today: date, until: date, per_day: int = PER_DAY, reviewed: int = 0
) -> DailyPlan:
    """Return the plan for today and the days before `until`; `reviewed` were already reviewed today.

    A card stands on the first day from its due day on that has room, the weakest before the others.
    Cards for which there is then no room come earlier than they are due, as late as room allows; only
    those that fit on no day at all are left out. For an `until` of today or before, the plan is today's.

    Raises:
        ValueError: `per_day` is below 1.
    """
    if per_day < 1:
        raise ValueError("A day of review has to hold at least 1 question.")
    known = tuple(cards)
    span = _Span(today, max(until, today + timedelta(days=1)), per_day, reviewed)
    wanted = sorted((card for card in known if card.due < span.end), key=lambda card: card.urgency)
    held, waiting = _on_or_after_due(wanted, span)
    early, left_out = _before_due(waiting, held, span)
    room = f"No day before {day(span.end)} has room for it at {per_day} a day. It can be reviewed after that."
    words = (
        _due_words(held, wanted, span, _after_break(known, today)),
        _early_words(early),
        _left_out_words(len(left_out), len(wanted), span),
    )
    return DailyPlan(
        tuple(ReviewDay(chosen, mixed(held[chosen])) for chosen in sorted(held) if held[chosen]),
        tuple(LeftOut(card, room) for card in left_out),
        " ".join(filter(None, words)),
    )


@dataclass(frozen=True)
class _Span:
    """The days of a plan: from today to the day before its end, and what each can hold."""

    today: date
    end: date
    per_day: int
    reviewed: int

    @property
    def length(self) -> int:
        return (self.end - self.today).days

    def room(self, offset: int) -> int:
        return max(0, self.per_day - self.reviewed) if offset == 0 else self.per_day

    def on(self, offset: int) -> date:
        return self.today + timedelta(days=offset)

    def holds(self, per_day: int) -> int:
        """Return how many cards the span would hold at that many a day."""
        return max(0, per_day - self.reviewed) + per_day * (self.length - 1)


def _on_or_after_due(
    wanted: Sequence[ReviewCard], span: _Span
) -> tuple[dict[date, list[ReviewCard]], list[ReviewCard]]:
    """Return the cards of each day, and those that found no room on or after their due day."""
    held: dict[date, list[ReviewCard]] = {}
    waiting = list(wanted)
    for offset in range(span.length):
        if not waiting:
            break
        chosen = span.on(offset)
        held[chosen] = [card for card in waiting if card.due <= chosen][: span.room(offset)]
        taken = {card.family for card in held[chosen]}
        waiting = [card for card in waiting if card.family not in taken]
    return held, waiting


def _before_due(
    waiting: Sequence[ReviewCard], held: dict[date, list[ReviewCard]], span: _Span
) -> tuple[int, list[ReviewCard]]:
    """Put what waits on earlier days that have room, the latest first; return how many, and the rest.

    Every day from a waiting card's due day on is full, so whatever room is left lies before it.
    """
    rest = list(waiting)
    for offset in range(span.length - 1, -1, -1):
        if not rest:
            break
        on_day = held.setdefault(span.on(offset), [])
        free = span.room(offset) - len(on_day)
        on_day.extend(rest[:free])
        rest = rest[free:]
    return len(waiting) - len(rest), rest


def _due_words(
    held: dict[date, list[ReviewCard]], wanted: Sequence[ReviewCard], span: _Span, after_break: bool
) -> str:
    """Return how what is due is spread: a day's part first, then how many there are in all."""
    due = sum(card.due <= span.today for card in wanted)
    if not wanted:
        return f"Nothing is due before {day(span.end)}."
    if not due:
        return f"Nothing is due today; {_come_due(len(wanted))} before {day(span.end)}."
    if due <= span.room(0):
        later = f", and {len(wanted) - due} more before {day(span.end)}" if len(wanted) > due else ""
        return f"{_are(due)} due today{later}."
    if span.length == 1:
        return _now_words(due, span.room(0))
    last = max(chosen for chosen, cards in held.items() if any(card.due <= span.today for card in cards))
    start = "" if span.room(0) else " from tomorrow"
    lead = "After your break: " if after_break else ""
    after = len(wanted) - due
    more = f" {after:,} more {'comes' if after == 1 else 'come'} due before {day(span.end)}." if after else ""
    return (
        f"{lead}{span.per_day} a day{start} until {day(last)}, the weakest first, "
        f"for the {count(due, 'question')} that {'is' if due == 1 else 'are'} due.{more}"
    )


def _now_words(due: int, room: int) -> str:
    """Return today's words where more is due than it has room for."""
    if not room:
        return f"Today’s share is done. {count(due, 'question')} can wait."
    others = "the other one" if due - room == 1 else f"the other {due - room:,}"
    return f"{count(room, 'question')} now, the weakest first; {others} can wait."


def _early_words(early: int) -> str:
    if not early:
        return ""
    comes = "comes" if early == 1 else "come"
    return f"{count(early, 'question')} {comes} before the due day, so that there is room."


def _left_out_words(left_out: int, wanted: int, span: _Span) -> str:
    if not left_out or span.length == 1:
        return ""
    does = "does" if left_out == 1 else "do"
    enough = next(size for size in numbers(span.per_day + 1) if span.holds(size) >= wanted)
    return (
        f"{count(left_out, 'question')} {does} not fit before {day(span.end)} and can wait; "
        f"{enough} a day would hold them all."
    )


def _after_break(cards: Sequence[ReviewCard], today: date) -> bool:
    last = max((card.last.astimezone(LONDON).date() for card in cards), default=today)
    return (today - last).days >= BREAK_DAYS


def _are(number: int) -> str:
    return f"{count(number, 'question')} {'is' if number == 1 else 'are'}"


def _come_due(number: int) -> str:
    return f"{count(number, 'question')} {'comes' if number == 1 else 'come'} due"
