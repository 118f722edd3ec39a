"""Work during which no collection runs."""

from __future__ import annotations

import gc
from collections.abc import Iterator

import pytest

from quiz.collecting import uncollected


@pytest.fixture(autouse=True)
def collecting() -> Iterator[None]:
    yield
    gc.enable()


def test_no_collection_runs_within_and_they_run_again_afterwards() -> None:
    with uncollected():
        assert not gc.isenabled()
    assert gc.isenabled()


def test_whoever_had_switched_them_off_finds_them_off() -> None:
    gc.disable()
    with uncollected():
        assert not gc.isenabled()
    assert not gc.isenabled()


def test_they_run_again_after_a_fault() -> None:
    with pytest.raises(KeyError), uncollected():
        raise KeyError
    assert gc.isenabled()
