"""News of live lessons: numbers that grow, and waiting in an event loop for what a thread tells."""

from __future__ import annotations

import asyncio
from threading import Thread, Timer
from uuid import UUID

import pytest
from loops import in_loop

from ui.news import News, answers_of, place_of

LESSON = UUID("33333333-3333-4333-8333-333333333333")
LONG = 60.0
"""Seconds that no test waits: who is not woken runs into the five of `soon`."""


async def soon(task: asyncio.Task[int]) -> int:
    return await asyncio.wait_for(task, 5)


async def waiting(news: News, topic: str, since: int = 0) -> asyncio.Task[int]:
    """Return a task that waits already."""
    task = asyncio.create_task(news.wait(topic, since, LONG))
    for _ in range(3):
        await asyncio.sleep(0)
    assert not task.done()
    return task


def tell_from_a_thread(news: News, topic: str) -> None:
    thread = Thread(target=news.tell, args=(topic,))
    thread.start()
    thread.join()


def test_a_topic_begins_at_0_and_grows_by_one_alone() -> None:
    news = News()
    assert news.number("a") == 0
    news.tell("a")
    news.tell("a")
    assert (news.number("a"), news.number("b")) == (2, 0)


def test_a_thread_that_tells_wakes_everybody_who_waits_for_the_topic() -> None:
    async def scene() -> list[int]:
        news = News()
        tasks = [await waiting(news, "a") for _ in range(3)]
        tell_from_a_thread(news, "a")
        return [await soon(task) for task in tasks]

    assert in_loop(scene()) == [1, 1, 1]


def test_a_loop_that_sleeps_is_woken_at_once() -> None:
    async def scene() -> float:
        news, loop = News(), asyncio.get_running_loop()
        thread, begun = Timer(0.1, news.tell, ["a"]), loop.time()
        thread.start()
        assert await news.wait("a", 0, 10) == 1
        thread.join()
        return loop.time() - begun

    assert in_loop(scene()) < 8


def test_waiters_in_two_event_loops_are_both_woken() -> None:
    news, found = News(), []

    async def other() -> None:
        found.append(await soon(await waiting(news, "a")))

    async def scene() -> int:
        thread = Thread(target=asyncio.run, args=(other(),))
        task = await waiting(news, "a")
        thread.start()
        while len(news._waiting["a"]) < 2:
            await asyncio.sleep(0.005)
        news.tell("a")
        result = await soon(task)
        thread.join()
        return result

    assert in_loop(scene()) == 1
    assert found == [1]


def test_who_waits_for_another_topic_is_left_in_peace() -> None:
    async def scene() -> None:
        news = News()
        task = await waiting(news, "b")
        tell_from_a_thread(news, "a")
        await asyncio.sleep(0.05)
        assert not task.done()
        tell_from_a_thread(news, "b")
        assert await soon(task) == 1

    in_loop(scene())


@pytest.mark.parametrize("since", [0, 1, 7])
def test_what_was_told_before_is_returned_at_once_even_after_a_restart(since: int) -> None:
    news = News()
    news.tell("a")
    news.tell("a")
    assert in_loop(asyncio.wait_for(news.wait("a", since, LONG), 5)) == 2


def test_without_news_the_number_comes_back_after_the_time_given() -> None:
    async def scene() -> tuple[int, float]:
        news, loop = News(), asyncio.get_running_loop()
        news.tell("a")
        begun = loop.time()
        return await news.wait("a", 1, 0.1), loop.time() - begun

    number, seconds = in_loop(scene())
    assert number == 1
    assert 0.09 <= seconds < 5


def test_nobody_who_has_gone_is_kept() -> None:
    async def scene() -> None:
        news = News()
        await news.wait("a", 0, 0.01)
        assert news._waiting == {}
        left, stays = await waiting(news, "a"), await waiting(news, "a")
        left.cancel()
        with pytest.raises(asyncio.CancelledError):
            await left
        assert len(news._waiting["a"]) == 1
        news.tell("a")
        assert await soon(stays) == 1
        assert news._waiting == {}

    in_loop(scene())


def test_a_waiter_can_wait_again_for_the_next_news() -> None:
    async def scene() -> list[int]:
        news, found = News(), []
        for since in range(3):
            task = await waiting(news, "a", since)
            tell_from_a_thread(news, "a")
            found.append(await soon(task))
        return found

    assert in_loop(scene()) == [1, 2, 3]


def test_telling_is_no_fault_where_the_loop_of_a_waiter_is_closed() -> None:
    news = News()
    left = news.wait("a", 0, LONG)

    async def begin() -> None:
        left.send(None)  # by hand: asyncio.run would cancel a task, and the waiter would not be left behind

    in_loop(begin())
    assert len(news._waiting["a"]) == 1
    news.tell("a")
    assert news.number("a") == 1
    left.close()
    assert news._waiting == {}


def test_a_lesson_has_a_topic_for_its_place_and_another_for_its_answers() -> None:
    assert place_of(LESSON) == "place-33333333333343338333333333333333"
    assert answers_of(LESSON) == "answers-33333333333343338333333333333333"
