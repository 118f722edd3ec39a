"""Fills the placeholders of a scenario with made-up British people, firms and numbers.

Names come from Faker, which is slow to set up and shared between threads: it is asked once, with a
fixed seed, for pools to draw from. What is drawn depends on the seed alone.
"""

from __future__ import annotations

import re
from datetime import date, timedelta
from functools import cache
from random import Random
from typing import Any, Final

from quiz.questions import Question

_PEOPLE: Final = ("customer", "agent", "colleague", "manager")
_PLACEHOLDER: Final = re.compile(r"\{(customer|agent|colleague|manager|company|order|date|phone)\}")
_LOCALES: Final = ("en_GB", "en_IE", "en_IN", "en_NG", "ig_NG", "pl_PL")
# A name that is also a common word can be misread in the middle of a sentence.
_PLAIN_NAME: Final = re.compile(
    r"(?!(?:April|Bill|Blessing|Charity|Comfort|Dawn|Faith|Favour|Frank|Grace|Grant|Guy|Hope|Joy|June|Lucky"
    r"|Mark|May|Patience|Peace|Precious|Rose|Sunday|Will)$)[A-Z][a-z]{2,8}"
)
# Numbers that Ofcom keeps for drama: nobody can be rung on them.
_DRAMA_NUMBERS: Final = ("01632 960", "07700 900", "020 7946 0")


def fill(text: str, seed_key: str) -> str:
    """Return the text with its placeholders filled; the same seed gives each the same value.

    An unknown placeholder stays as it is, for the linter to find.
    """
    if "{" not in text:
        return text
    values = _values(seed_key)
    return _PLACEHOLDER.sub(lambda found: values[found[1]], text)


def fill_question(question: Question, seed: int | str) -> Question:
    """Return the question with every text filled, each placeholder alike throughout; keys stay."""
    if not _has_placeholder(question):
        return question
    values = _values(str(seed))
    shown = question.model_dump(mode="python", exclude={"head"})
    return type(question).model_validate({**_filled(shown, values), "head": question.head})


def _has_placeholder(question: Question) -> bool:
    return _PLACEHOLDER.search(question.model_dump_json(exclude={"head"})) is not None


def _filled(shape: Any, values: dict[str, str]) -> Any:
    if isinstance(shape, str):
        return _PLACEHOLDER.sub(lambda found: values[found[1]], shape)
    if isinstance(shape, dict):
        return {_filled(key, values): _filled(value, values) for key, value in shape.items()}
    if isinstance(shape, list | tuple):
        return tuple(_filled(value, values) for value in shape)
    return shape


def _values(seed_key: str) -> dict[str, str]:
    rng = Random(f"scenario:{seed_key}")
    surnames = _surnames()
    # The year stays unsaid, so that no scenario grows old; the days around Christmas are left out.
    moment = date(2026, 1, 2) + timedelta(days=rng.randrange(350))
    return {
        **dict(zip(_PEOPLE, _four_names(rng), strict=True)),
        "company": f"{'-'.join(rng.sample(surnames, 2))} {rng.choice(('Direct', 'Group', 'Services'))}",
        "order": f"HC-{rng.randrange(10_000, 100_000)}",
        "date": f"{moment.day} {moment:%B}",
        "phone": f"{rng.choice(_DRAMA_NUMBERS)}{rng.randrange(1000):03d}",
    }


def _four_names(rng: Random) -> list[str]:
    """Return given names with different first letters, which keep the people of a scenario apart."""
    names = _given_names()
    chosen: dict[str, str] = {}
    while len(chosen) < len(_PEOPLE):
        name = rng.choice(names)
        chosen.setdefault(name[0], name)
    return list(chosen.values())


@cache
def _given_names() -> tuple[str, ...]:
    """Return given names of the people one meets in a British contact centre."""
    from faker import Faker  # not at a start: names are drawn for the first question

    drawn: set[str] = set()
    for locale in _LOCALES:
        fake = Faker(locale)
        fake.seed_instance(0)
        drawn.update(fake.first_name() for _ in range(150))
    return tuple(sorted(name for name in drawn if _PLAIN_NAME.fullmatch(name)))


@cache
def _surnames() -> tuple[str, ...]:
    from faker import Faker

    fake = Faker("en_GB")
    fake.seed_instance(0)
    drawn = {fake.last_name() for _ in range(300)}
    return tuple(sorted(name for name in drawn if _PLAIN_NAME.fullmatch(name)))
