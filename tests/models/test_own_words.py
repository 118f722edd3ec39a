"""Answers in the learner's own words: each is kept, the latest one stands."""

from __future__ import annotations

from datetime import timedelta

from literal_attempts import START, at

from models import Database, Learner, OwnWords, create_learner, save_own_words, select_optional_own_words
from quiz.syllabus import CriterionRef

REF = CriterionRef("L/601/7638", "1.1")


def save(database: Database, learner: Learner, text: str, points: set[int], minute: int) -> None:
    with database.write() as session:
        save_own_words(session=session, learner=learner.id, ref=REF, text=text, points=points, now=at(minute))


def standing(database: Database, learner: Learner, ref: CriterionRef = REF) -> OwnWords | None:
    with database.read() as session:
        return select_optional_own_words(session=session, learner=learner.id, ref=ref)


def versions(database: Database) -> list[str]:
    with database.read() as session:
        rows = session.connection().exec_driver_sql("SELECT text FROM own_words ORDER BY saved_at")
        return [row[0] for row in rows]


def test_the_latest_answer_stands_and_the_ones_before_it_are_kept(
    database: Database, learner: Learner
) -> None:
    assert standing(database, learner) is None
    save(database, learner, "We boil water.", {0}, 1)
    save(database, learner, "We boil fresh water – café style.", {2, 0}, 2)
    assert standing(database, learner) == OwnWords(
        "We boil fresh water – café style.", frozenset({0, 2}), at(2)
    )
    assert versions(database) == ["We boil water.", "We boil fresh water – café style."]


def test_the_same_answer_saved_again_is_no_new_version(database: Database, learner: Learner) -> None:
    save(database, learner, "We boil water.", {0, 1}, 1)
    save(database, learner, "We boil water.", {1, 0}, 2)
    assert standing(database, learner) == OwnWords("We boil water.", frozenset({0, 1}), at(1))
    save(database, learner, "We boil water.", {0}, 3)
    assert standing(database, learner) == OwnWords("We boil water.", frozenset({0}), at(3))
    assert versions(database) == ["We boil water."] * 2


def test_going_back_to_an_earlier_answer_is_a_new_version(database: Database, learner: Learner) -> None:
    for minute, text in enumerate(("one", "two", "one"), 1):
        save(database, learner, text, set(), minute)
    assert standing(database, learner) == OwnWords("one", frozenset(), at(3))
    assert versions(database) == ["one", "two", "one"]


def test_an_answer_saved_after_the_clock_was_set_back_is_the_one_that_stands(
    database: Database, learner: Learner
) -> None:
    save(database, learner, "before", set(), 60)
    save(database, learner, "after", set(), 1)
    assert standing(database, learner) == OwnWords("after", frozenset(), at(60) + timedelta(microseconds=1))
    assert versions(database) == ["before", "after"]


def test_answers_of_other_learners_and_other_criteria_stay_apart(
    database: Database, learner: Learner
) -> None:
    with database.write() as session:
        other = create_learner(session=session, name="Sue", now=START)
    save(database, learner, "Sam's", {0}, 1)
    save(database, other, "Sue's", {1}, 2)
    assert standing(database, learner) == OwnWords("Sam's", frozenset({0}), at(1))
    assert standing(database, other) == OwnWords("Sue's", frozenset({1}), at(2))
    assert standing(database, learner, CriterionRef("L/601/7638", "1.10")) is None
    assert standing(database, learner, CriterionRef("T/503/0356", "1.1")) is None
