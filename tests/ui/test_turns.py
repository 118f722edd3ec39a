"""Few pages are drawn at once; the rest wait, and whoever waits for something else holds up nobody."""

from __future__ import annotations

from threading import Barrier, BrokenBarrierError, Event, Thread

import pytest

from ui.turns import AT_ONCE, aside, forget, once, turn


def threads(number: int, work: object) -> list[Thread]:
    started = [Thread(target=work, daemon=True) for _ in range(number)]
    for thread in started:
        thread.start()
    return started


def ended(started: list[Thread]) -> bool:
    for thread in started:
        thread.join(10)
    return not any(thread.is_alive() for thread in started)


def test_so_many_are_at_it_together_and_one_more_waits_until_one_is_done() -> None:
    together, leave, fifth = Barrier(AT_ONCE + 1), Event(), Event()

    def work() -> None:
        with turn():
            together.wait(10)
            leave.wait(10)

    def late() -> None:
        with turn():
            fifth.set()

    first = threads(AT_ONCE, work)
    together.wait(10)
    last = threads(1, late)
    assert not fifth.wait(0.2)
    leave.set()
    assert fifth.wait(10)
    assert ended(first + last)


def test_a_turn_within_a_turn_is_the_same_turn() -> None:
    done = Event()

    def work() -> None:
        with turn(), turn(), turn(), turn(), turn():
            done.set()

    assert ended(threads(1, work))
    assert done.is_set()


def test_whoever_waits_for_something_else_lets_others_go_on_and_comes_back() -> None:
    waiting, leave, other = Barrier(AT_ONCE + 1), Event(), Event()
    back: list[bool] = []

    def work() -> None:
        with turn():
            with aside():
                waiting.wait(10)
                leave.wait(10)
            back.append(True)

    def others() -> None:
        with turn():
            other.set()

    first = threads(AT_ONCE, work)
    waiting.wait(10)
    last = threads(1, others)
    assert other.wait(10)
    assert back == []
    leave.set()
    assert ended(first + last)
    assert back == [True] * AT_ONCE


def test_without_a_turn_nothing_is_given_away_and_a_turn_is_given_back_after_a_fault() -> None:
    with aside():
        pass
    for _ in range(AT_ONCE + 1):
        with pytest.raises(BrokenBarrierError), turn():
            raise BrokenBarrierError


def test_what_is_made_once_in_a_turn_is_made_again_when_forgotten_in_the_next_turn_and_outside() -> None:
    made = iter(range(10))

    def make() -> int:
        return next(made)

    with turn():
        assert (once("a", make), once("a", make)) == (0, 0)
        with turn():
            assert once("a", make) == 0
        forget("a")
        assert (once("a", make), once("b", make)) == (1, 2)
    with turn():
        assert once("a", make) == 3
    assert (once("a", make), once("a", make)) == (4, 5)
