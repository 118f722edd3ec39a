"""Text that is cut, shuffled, doubled or noised is read or refused: no crash, no hang, nothing invented."""

from __future__ import annotations

import json
import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from literal_specification import HEAD, ROWS, page
from test_import_content import MARKED
from test_import_criteria import LAYOUTS

from quiz.authoring.importing import ImportRefused, Specification, read_specification, specification_json
from quiz.authoring.importing.pages import REFERENCE

DOCUMENT = "\n".join([page(), MARKED, page(ROWS, title="Unit 8: Keep Another", head=HEAD), *LAYOUTS.values()])
NOISE = "\t\t |.123<>()*_#:;•·“\x0b\u202e\ud7ff一eg\n1.1 2.10\n"


def read(text: str) -> Specification | None:
    try:
        return read_specification(text.split("\n"))
    except ImportRefused:
        return None


def words_of(text: str) -> list[str]:
    return "".join(sign if sign.isalnum() else " " for sign in text).split()


def holds_together(text: str) -> None:
    """Assert that what is read is whole, in order and made of words of the text."""
    specification = read(text)
    if specification is None:
        return
    words = {word for bare in (text, text.replace("*", "")) for word in words_of(bare)}
    for unit in specification.units:
        codes = [criterion.code for criterion in unit.criteria]
        assert len(codes) == len(set(codes))
        assert codes == sorted(codes, key=lambda code: tuple(map(int, code.split("."))))
        assert unit.key is None or REFERENCE.fullmatch(unit.key)
        for criterion in unit.criteria:
            assert 0 < criterion.confidence <= 1
            assert 1 <= criterion.line <= text.count("\n") + 1
            assert [word for word in words_of(criterion.text) if word not in words] == []
            if criterion.confidence < 0.9:
                assert any(criterion.code in doubt.what for doubt in specification.unsure)
    json.loads(specification_json(specification))


@given(st.integers(0, len(DOCUMENT)), st.integers(0, len(DOCUMENT)))
def test_cut_text(start: int, end: int) -> None:
    holds_together(DOCUMENT[start:end])


@given(st.randoms(use_true_random=False))
def test_shuffled_lines(chance: random.Random) -> None:
    lines = DOCUMENT.split("\n")
    chance.shuffle(lines)
    holds_together("\n".join(lines))


@given(st.randoms(use_true_random=False), st.integers(1, 30))
def test_doubled_lines(chance: random.Random, times: int) -> None:
    lines = DOCUMENT.split("\n")
    for _ in range(times):
        at = chance.randrange(len(lines))
        lines[at:at] = lines[at : at + chance.randint(1, 6)]
    holds_together("\n".join(lines))


@settings(max_examples=30)
@given(st.randoms(use_true_random=False), st.integers(1, 80))
def test_noised_text(chance: random.Random, times: int) -> None:
    signs = list(DOCUMENT)
    for _ in range(times):
        signs[chance.randrange(len(signs))] = chance.choice(NOISE)
    holds_together("".join(signs))


@given(st.text(max_size=2000))
def test_any_text_at_all_below_a_unit(text: str) -> None:
    holds_together(f"{page()}\n{text}")


@pytest.mark.parametrize(
    "text",
    [
        "(" * 50_000,
        "1.1 " * 12_000,
        "<p>" * 15_000,
        "[" * 50_000,
        "*a " * 15_000,
        "\t" * 50_000,
        "1.1\t" * 12_000,
        "Unit 1: a\n" * 8_000,
        "Level: 2\n" * 8_000,
        "1.1 Describe " + "tea Describe " * 4_000,
        "  1.1  a\n" * 8_000,
        "Unit content\n1 Know how tea is made\n" + "Tea: (a; b\n" * 5_000,
        "| " * 20_000,
        "&amp;" * 10_000,
    ],
    ids=lambda text: text[:16],
)
def test_text_made_to_take_long_does_not(text: str) -> None:
    holds_together(f"{page()}\n{text}\n{page()}")
