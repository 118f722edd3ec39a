"""Marked answers as stored, for the statistics of questions, and the door that prints them."""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from random import Random
from uuid import UUID, uuid4

import pytest
from literal_attempts import RIGHT, START, WRONG, a_test, at, practice, question
from literal_questions import MATCHING, MULTIPLE_RESPONSE
from sqlalchemy import event
from stored_moves import begin, end, give

from models import Database, Learner, create_learner, report_question, select_asked, select_marked_answers
from models.statistics_door import add_command, run
from quiz.questions import (
    MultipleResponseResponse,
    Question,
    Response,
    SingleChoiceResponse,
    right_response,
    shuffle,
)
from quiz.sessions import Attempt, Kind
from quiz.statistics import MarkedAnswer, Offered, ReportReason
from quiz.syllabus import CriterionRef

UNIT = "L/601/7638"
NAME = "L6017638-1.1-01"
OPTIONS = (
    Offered("a", f"right {NAME}", True),
    Offered("b", f"wrong {NAME}", False),
    Offered("c", f"quite wrong {NAME}", False),
    Offered("d", f"wholly wrong {NAME}", False),
)


def practised(database: Database, learner: UUID, *asked: Question, minute: float = 0) -> Attempt:
    attempt = practice(*asked, learner=learner, id=uuid4(), started_at=at(minute))
    return begin(database, attempt)


def sat(database: Database, learner: UUID, *asked: Question, minute: float = 0) -> Attempt:
    return begin(database, a_test(*asked, learner=learner, id=uuid4(), started_at=at(minute)))


def stored(
    database: Database, unit: str | None = None, learners: set[UUID] | None = None
) -> list[MarkedAnswer]:
    with database.read() as session:
        return select_marked_answers(session, unit, learners)


def test_a_first_try_in_practice_is_what_counts_with_what_was_chosen(
    database: Database, learner: Learner
) -> None:
    attempt = practised(database, learner.id, question("1.1"), question("1.2"))
    attempt = give(database, attempt, 0, WRONG, at(1), seconds=12.5)
    give(database, attempt, 0, RIGHT, at(2), seconds=3.0)
    assert stored(database) == [
        MarkedAnswer(
            learner.id, attempt.id, NAME, NAME, CriterionRef(UNIT, "1.1"), 0.0, at(1), 12.5, ("b",),
            Kind.PRACTICE, "single_choice", OPTIONS,
        )
    ]  # fmt: skip


def test_the_standing_answer_of_a_test_counts_once_it_is_finished(
    database: Database, learner: Learner
) -> None:
    attempt = sat(database, learner.id, question("1.1"), question("1.2"))
    attempt = give(database, attempt, 0, WRONG, at(1))
    attempt = give(database, attempt, 0, RIGHT, at(2), seconds=8.0)
    with database.read() as session:
        assert select_asked(session) == {}
    assert stored(database) == []
    end(database, attempt, at(3))
    found = [(one.fraction, one.chosen, one.at, one.seconds, one.kind) for one in stored(database)]
    assert found == [(1.0, ("a",), at(2), 8.0, Kind.TEST)]
    # The question left out is no answer, but was asked.
    with database.read() as session:
        assert select_asked(session) == {attempt.id: frozenset({NAME, "L6017638-1.2-01"})}
        assert select_asked(session, "T/503/0356") == {}


def test_options_are_those_that_were_shown_to_this_learner(database: Database, learner: Learner) -> None:
    shuffled = shuffle(question("1.1"), Random(3))
    attempt = practised(database, learner.id, shuffled)
    give(database, attempt, 0, RIGHT, at(1))
    (one,) = stored(database)
    assert one.offered == tuple(Offered(o.key, o.text, o.right) for o in shuffled.options)
    assert sorted(one.offered, key=lambda o: o.key) == list(OPTIONS)
    assert one.offered != OPTIONS


@pytest.mark.parametrize(
    ("asked", "response", "fraction", "chosen"),
    [
        (MULTIPLE_RESPONSE, MultipleResponseResponse(chosen=("b", "c")), 0.5, ("b", "c")),
        (MATCHING, right_response(MATCHING), 1.0, None),
    ],
    ids=["multiple response", "matching"],
)
def test_other_types_offer_nothing_to_count(
    database: Database,
    learner: Learner,
    asked: Question,
    response: Response,
    fraction: float,
    chosen: tuple[str, ...] | None,
) -> None:
    give(database, practised(database, learner.id, asked), 0, response, at(1))
    (one,) = stored(database)
    assert (one.type, one.fraction, one.chosen, one.offered) == (asked.type, fraction, chosen, ())


def test_answers_can_be_those_of_some_learners_or_of_a_unit(database: Database, learner: Learner) -> None:
    with database.write() as session:
        sue = create_learner(session=session, name="Sue", now=START).id
    give(database, practised(database, sue, question("1.1"), minute=5), 0, WRONG, at(6))
    elsewhere = question("1.1", 2, unit="T/503/0356")
    attempt = practised(database, learner.id, question("1.1"), elsewhere)
    give(database, give(database, attempt, 0, RIGHT, at(1)), 1, RIGHT, at(9))
    both = {learner.id, sue}
    assert [(one.learner, one.ref.unit) for one in stored(database)] == [
        (learner.id, UNIT),
        (sue, UNIT),
        (learner.id, "T/503/0356"),
    ]
    assert [one.learner for one in stored(database, UNIT, both)] == [learner.id, sue]
    assert [one.learner for one in stored(database, None, {sue})] == [sue]
    assert stored(database, UNIT, set()) == []


def test_however_many_answers_there_are_two_queries_are_made(database: Database, learner: Learner) -> None:
    for minute in (0, 10, 20):
        attempt = practised(database, learner.id, question("1.1"), question("1.2"), minute=minute)
        give(database, give(database, attempt, 0, RIGHT, at(minute + 1)), 1, WRONG, at(minute + 2))
    statements: list[str] = []
    with database.read() as session:
        connection = session.connection()
        event.listen(connection, "before_cursor_execute", lambda *given: statements.append(given[2]))
        assert len(select_marked_answers(session, UNIT, {learner.id})) == 6
    assert len(statements) == 2


def printed(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    """Run the command as the door of the shell will, and return what it prints."""
    parser = argparse.ArgumentParser()
    add_command(parser.add_subparsers(dest="command", required=True))
    code = run(parser.parse_args(["statistics", *arguments]))
    out, err = capsys.readouterr()
    assert (code, bool(err)) in {(0, False), (1, True)}
    return out if code == 0 else err


def answered_by_thirty_two(database: Database) -> None:
    """Store a test of two questions: sixteen get both right, sixteen neither, and take option b."""
    for number in range(32):
        with database.write() as session:
            who = create_learner(session=session, name=f"L{number}", now=START).id
        response = RIGHT if number < 16 else WRONG
        attempt = sat(database, who, question("1.1"), question("1.2"))
        attempt = give(database, attempt, 0, response, at(1), seconds=20)
        attempt = give(database, attempt, 1, response, at(2), seconds=30)
        end(database, attempt, at(3))
    with database.write() as session:
        report_question(
            session=session, learner=who, attempt_id=attempt.id, position=1, reason=ReportReason.WRONG,
            text="It is b.", now=at(4),
        )  # fmt: skip


def test_the_door_prints_each_question_with_reasons_papers_and_reports(
    database: Database, capsys: pytest.CaptureFixture[str]
) -> None:
    answered_by_thirty_two(database)
    # Jeffreys' interval of 16 in 32 is Beta(16.5, 16.5): .358 to .642. KR-20 of two equal columns is 1.
    assert printed(capsys, "--unit", "203", "--data", str(database.path.parent)) == (
        "question                         answers  facility %      discrimination    seconds\n"
        "L6017638-1.1-01                       32  50 (36 to 64)   100                    20\n"
        "    Hardly anybody takes “quite wrong L6017638-1.1-01”: 0 of 16 wrong answers.\n"
        "    Hardly anybody takes “wholly wrong L6017638-1.1-01”: 0 of 16 wrong answers.\n"
        "L6017638-1.2-01                       32  50 (36 to 64)   100                    30\n"
        "    Hardly anybody takes “quite wrong L6017638-1.2-01”: 0 of 16 wrong answers.\n"
        "    Hardly anybody takes “wholly wrong L6017638-1.2-01”: 0 of 16 wrong answers.\n"
        "    1 open report by learners.\n"
        "Paper of 2 questions, 32 learners: mean 50%, KR-20 100 (100 to 100)%, error ratio 0%\n"
        "Reported: L6017638-1.2-01, the answer is wrong: It is b.\n"
    )
    elsewhere = json.loads(printed(capsys, "--json", "--unit", "205", "--data", str(database.path.parent)))
    assert elsewhere == {"questions": [], "papers": [], "reports": []}


def test_the_door_gives_the_same_as_json(database: Database, capsys: pytest.CaptureFixture[str]) -> None:
    answered_by_thirty_two(database)
    found = json.loads(printed(capsys, "--json", "--data", str(database.path.parent)))
    assert [one["family"] for one in found["questions"]] == [NAME, "L6017638-1.2-01"]
    assert [one["kr20"] for one in found["papers"]] == [1.0]
    assert [(one["family"], one["text"]) for one in found["reports"]] == [("L6017638-1.2-01", "It is b.")]


def test_the_door_says_so_where_there_is_nothing(
    database: Database, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert printed(capsys, "--data", str(database.path.parent)) == "No question has been answered yet.\n"
    assert printed(capsys, "--data", str(tmp_path / "none")) == (
        f"There are no answers in {tmp_path / 'none'}. Name the folder that holds headset.db with --data.\n"
    )
    assert not (tmp_path / "none").exists()
    assert printed(capsys, "--unit", "999", "--data", str(database.path.parent)).startswith(
        "There is no unit “999” in the content."
    )


def test_an_empty_choice_is_no_option_chosen(database: Database, learner: Learner) -> None:
    attempt = sat(database, learner.id, question("1.1"))
    attempt = give(database, attempt, 0, SingleChoiceResponse(), at(1))
    end(database, attempt, at(2))
    assert stored(database) == []
