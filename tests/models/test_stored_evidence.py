"""What the database says a learner has shown, seen, met and sat."""

from __future__ import annotations

from uuid import UUID, uuid4

from literal_attempts import RIGHT, START, WRONG, a_test, at, practice, question
from stored_moves import begin, end, give, load

from models import (
    Database,
    Learner,
    create_learner,
    select_evidence,
    select_facility,
    select_met_in_test,
    select_papers_sat,
    select_seen_families,
)
from quiz.progress import QuizEvidence, evidence_from
from quiz.sessions import Attempt, Kind
from quiz.syllabus import CriterionRef

UNIT = "L/601/7638"


def family(code: str, number: int = 1) -> str:
    return f"L6017638-{code}-{number:02d}"


def practised(database: Database, learner: UUID, answers: dict[str, str], minute: float) -> Attempt:
    """Store a practice session begun at a minute: for each criterion r right, w wrong or - none."""
    asked = practice(
        *(question(code) for code in answers), learner=learner, id=uuid4(), started_at=at(minute)
    )
    return _answered(database, begin(database, asked), "".join(answers.values()), minute)


def sat(database: Database, learner: UUID, answers: dict[str, str], minute: float) -> Attempt:
    """Store a test begun at a minute, not finished."""
    asked = a_test(*(question(code) for code in answers), learner=learner, id=uuid4(), started_at=at(minute))
    return _answered(database, begin(database, asked), "".join(answers.values()), minute)


def _answered(database: Database, attempt: Attempt, letters: str, minute: float) -> Attempt:
    for position, letter in enumerate(letters):
        if letter != "-":
            response = RIGHT if letter == "r" else WRONG
            attempt = give(database, attempt, position, response, at(minute + position + 1))
    return attempt


def evidence(database: Database, learner: UUID) -> list[QuizEvidence]:
    with database.read() as session:
        return select_evidence(session=session, learner=learner, unit=UNIT)


def seen(database: Database, learner: UUID) -> list[str]:
    with database.read() as session:
        return select_seen_families(session=session, learner=learner, unit=UNIT)


def met(database: Database, learner: UUID) -> frozenset[str]:
    with database.read() as session:
        return select_met_in_test(session=session, learner=learner, unit=UNIT)


def papers(database: Database, learner: UUID) -> list[frozenset[str]]:
    with database.read() as session:
        return select_papers_sat(session=session, learner=learner, unit=UNIT)


def test_evidence_is_what_the_attempts_show_oldest_first(database: Database, learner: Learner) -> None:
    first = practised(database, learner.id, {"1.1": "w", "1.2": "r", "1.3": "-"}, 0)
    first = give(database, first, 0, RIGHT, at(5))
    second = end(database, sat(database, learner.id, {"1.1": "r", "2.1": "w", "2.2": "-"}, 10), at(20))
    found = evidence(database, learner.id)
    assert found == [*evidence_from(load(database, first)), *evidence_from(load(database, second))]
    assert [(fact.ref.code, fact.fraction, fact.at, fact.kind) for fact in found] == [
        ("1.1", 0.0, at(1), Kind.PRACTICE),
        ("1.2", 1.0, at(2), Kind.PRACTICE),
        ("1.1", 1.0, at(11), Kind.TEST),
        ("2.1", 0.0, at(12), Kind.TEST),
    ]


def test_evidence_comes_in_the_order_in_which_it_was_given_not_stored(
    database: Database, learner: Learner
) -> None:
    practised(database, learner.id, {"1.1": "r"}, 50)
    practised(database, learner.id, {"1.2": "w"}, 0)
    assert [fact.ref.code for fact in evidence(database, learner.id)] == ["1.2", "1.1"]


def test_a_test_is_no_evidence_before_it_is_finished(database: Database, learner: Learner) -> None:
    attempt = sat(database, learner.id, {"1.1": "r"}, 0)
    assert evidence(database, learner.id) == []
    end(database, attempt, at(9))
    assert [fact.fraction for fact in evidence(database, learner.id)] == [1.0]


def test_evidence_of_other_learners_and_other_units_stays_apart(database: Database, learner: Learner) -> None:
    with database.write() as session:
        other = create_learner(session=session, name="Sue", now=START)
    practised(database, other.id, {"1.1": "r"}, 0)
    elsewhere = practice(
        question("1.1", unit="T/503/0356"), learner=learner.id, id=uuid4(), unit="T/503/0356"
    )
    give(database, begin(database, elsewhere), 0, RIGHT, at(1))
    assert evidence(database, learner.id) == []
    assert (seen(database, learner.id), papers(database, learner.id)) == ([], [])
    assert len(evidence(database, other.id)) == 1


def test_seen_families_come_oldest_first_and_those_shown_again_last(
    database: Database, learner: Learner
) -> None:
    practised(database, learner.id, {"1.1": "r", "1.2": "w", "1.3": "-"}, 0)
    sat(database, learner.id, {"2.1": "-"}, 10)
    # What was shown in practice and not answered is not seen; a test counts from its start.
    assert seen(database, learner.id) == [family("1.1"), family("1.2"), family("2.1")]
    practised(database, learner.id, {"1.1": "r"}, 20)
    assert seen(database, learner.id) == [family("1.2"), family("2.1"), family("1.1")]


def test_a_question_is_met_only_when_its_test_is_finished(database: Database, learner: Learner) -> None:
    practised(database, learner.id, {"1.3": "r"}, 0)
    attempt = sat(database, learner.id, {"1.1": "r", "1.2": "-"}, 10)
    assert met(database, learner.id) == frozenset()
    end(database, attempt, at(20))
    assert met(database, learner.id) == {family("1.1"), family("1.2")}


def test_a_paper_counts_as_sat_from_its_start(database: Database, learner: Learner) -> None:
    practised(database, learner.id, {"1.3": "r"}, 0)
    sat(database, learner.id, {"1.1": "r", "1.2": "-"}, 10)
    end(database, sat(database, learner.id, {"1.1": "-", "1.3": "-"}, 20), at(30))
    assert sorted(papers(database, learner.id), key=sorted) == [
        {family("1.1"), family("1.2")},
        {family("1.1"), family("1.3")},
    ]


def test_the_facility_is_blended_over_all_learners_of_the_machine(database: Database) -> None:
    with database.write() as session:
        ids = [create_learner(session=session, name=f"L{n}", now=START).id for n in range(5)]
    for place, learner in enumerate(ids):
        asked = [question("1.1", number) for number in range(1, 7)] + [question("1.2")]
        attempt = begin(database, practice(*asked, learner=learner, id=uuid4()))
        for position in range(7):
            response = RIGHT if position < 3 else WRONG
            attempt = give(database, attempt, position, response, at(place + position))
        # A second try is no answer of its own.
        give(database, attempt, 5, RIGHT, at(30))
    with database.read() as session:
        assert select_facility(session=session, unit=UNIT) == {
            CriterionRef(UNIT, "1.1"): (0.65 * 30 + 15) / 60,  # 30 answers of 5 learners, half of them right
            CriterionRef(UNIT, "1.2"): 0.65,  # five answers are too few
        }
        assert select_facility(session=session, unit="T/503/0356") == {}
