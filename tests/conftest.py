"""What every test may use: the content that is shipped, read once, and a Hypothesis that repeats itself."""

from __future__ import annotations

import pytest
from hypothesis import settings

from quiz.sessions import QuestionBank
from quiz.syllabus import Pack, Unit, load_packs

# The same examples in every run, without a store of their own: a red test stays red.
settings.register_profile("headset", deadline=None, derandomize=True, database=None, max_examples=60)
settings.load_profile("headset")


@pytest.fixture(scope="session")
def shipped_pack() -> Pack:
    """Return the content that is shipped."""
    return load_packs()


@pytest.fixture(scope="session")
def shipped_bank(shipped_pack: Pack) -> QuestionBank:
    """Return the question bank of the shipped content."""
    return QuestionBank(shipped_pack)


@pytest.fixture(scope="session")
def unit_203(shipped_pack: Pack) -> Unit:
    """Return Unit 203, the unit with an on-screen test."""
    return shipped_pack.select_unit("203")
