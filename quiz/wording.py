"""Words that are repeated: numbers, plurals, dates in British form."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")
"""With these a spreadsheet takes text for a formula; with the wide forms where it is set to Chinese or Japanese."""
# The last two ranges are Unicode's embeddings, overrides and isolates (UAX 9).
_CONTROLS = dict.fromkeys(
    [
        *(sign for sign in range(32) if chr(sign) not in "\t\n"),
        127,
        *range(0x202A, 0x202F),
        *range(0x2066, 0x206A),
    ]
)
NOT_THE_NAME = "That is not the name, so nothing was deleted."
_NUMBERS = ("none", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")


def number_word(number: int) -> str:
    """Return a number up to ten in words, a larger one in digits."""
    return _NUMBERS[number] if 0 <= number < len(_NUMBERS) else str(number)


def count(number: int, noun: str, plural: str | None = None) -> str:
    """Return a count with its noun, as in “1 answer” or “3 answers”."""
    return f"{number:,} {noun if number == 1 else plural or noun + 's'}"


def listed_words(words: Sequence[str]) -> str:
    """Return words as a list in a sentence, as in “204, 205 and 304”."""
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} and {words[-1]}"


def share_words(share: float) -> str:
    """Return a share in words where it has a common name, else as a percentage."""
    named = {1 / 2: "half", 2 / 3: "two thirds", 3 / 4: "three quarters", 1.0: "all"}
    return next((words for value, words in named.items() if abs(share - value) < 1e-9), f"{share:.0%}")


def day(moment: datetime | date) -> str:
    """Return a date in British form, as in “22 November 2026”; a moment is read in London time."""
    if isinstance(moment, datetime):
        moment = moment.astimezone(LONDON).date()
    return f"{moment.day} {moment:%B %Y}"


def day_of(iso: str) -> str:
    """Return an ISO date or month in British form, as in “31 October 2015” or “October 2011”."""
    if len(iso) == len("2011-10"):
        return f"{date.fromisoformat(iso + '-01'):%B %Y}"
    return day(date.fromisoformat(iso))


def day_and_time(moment: datetime) -> str:
    """Return a moment in London time, as in “22 November 2026, 14:05”."""
    local = moment.astimezone(LONDON)
    return f"{day(local)}, {local:%H:%M}"


def minutes_and_seconds(seconds: float) -> str:
    """Return a span as minutes and seconds, as in “59:05”."""
    whole = max(0, int(seconds))
    return f"{whole // 60}:{whole % 60:02d}"


def without_controls(text: str) -> str:
    """Return text without control characters, which no file format takes; tabs and line breaks stay.

    Without those either that turn the direction of what stands behind them, beyond the text itself.
    """
    return text.translate(_CONTROLS)


def gone(what: str, then: str) -> str:
    """Return that something has been removed meanwhile, and what to do, as in “This group is not here any more. …”."""
    return f"This {what} is not here any more. {then}"


def unknown(what: str, name: str, then: str) -> str:
    """Return that nothing has that name, and what to do, as in “There is no unit “999” here. …”."""
    return f"There is no {what} “{name}” here. {then}"


def pass_needs(pass_mark: int, questions: int) -> str:
    """Return what a pass needs, as in “A pass needs every outcome and at least 24 of 40 right answers”."""
    return f"A pass needs every outcome and at least {pass_mark} of {questions} right answers"


def cannot_read(path: object, error: OSError) -> str:
    """Return that a file cannot be read, why, and what to do."""
    return f"{path} cannot be read ({error.strerror or error}). Name another file."


def cannot_write(path: object, error: OSError) -> str:
    """Return that a file cannot be written, why, and that nothing was changed."""
    return f"{path} cannot be written ({error.strerror or error}), so nothing was changed."


def too_long(what: str, length: int, most: int) -> str:
    """Return that a text has too many characters, as in “That name is 61 characters long; 60 is the most.”."""
    return f"{what} is {length:,} characters long; {most:,} is the most."


def sentence(text: str) -> str:
    """Return text with a capital first letter."""
    return text[:1].upper() + text[1:]
