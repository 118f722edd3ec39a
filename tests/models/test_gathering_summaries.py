"""A summary gathered from the database says what the Progress page, the test and the log say."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from uuid import UUID, uuid4

import pytest
from literal_attempts import RIGHT, START, WRONG, a_test, at, practice, question
from literal_packs import UNIT, criterion, pack_of, unit_of
from sqlalchemy import Engine, event
from stored_moves import begin, end, give

from models import (
    Database,
    Learner,
    RecordMissing,
    create_learner,
    save_item,
    save_plan,
    save_response,
    save_settings,
    save_status,
    select_attempt,
    select_evidence,
    select_facility,
    select_optional_learner,
    select_portfolio,
)
from models.prepared import WATCHERS
from models.summaries import gather, settle_tests
from quiz.portfolio import Standing, Status, make_item
from quiz.progress import estimate, evidence_from
from quiz.progress.readiness import readiness
from quiz.questions import SingleChoiceResponse
from quiz.reports.summary import Summary
from quiz.sessions import Kind, Sureness, answer, score
from quiz.syllabus import CriterionRef, Pack

CODES = ("1.1", "1.2", "2.1")
TEA = unit_of([criterion(code) for code in CODES], {1: 2, 2: 1})
PACK = pack_of(TEA)
NOW = at(10_000)


def gathered(database: Database, learner: UUID, pack: Pack = PACK) -> Summary:
    with database.read() as session:
        return gather(session, pack, learner, NOW)


def practised(database: Database, learner: UUID, codes: tuple[str, ...], right: str, day: int = 0) -> UUID:
    """Store a practice session on a day after the start: for each code r right or w wrong."""
    start = START + timedelta(days=day)
    asked = practice(
        *(question(code, number) for number, code in enumerate(codes, 1)),
        learner=learner, id=uuid4(), started_at=start,
    )  # fmt: skip
    attempt = begin(database, asked)
    for position, letter in enumerate(right):
        response = RIGHT if letter == "r" else WRONG
        attempt = give(database, attempt, position, response, start + timedelta(minutes=position + 1), 12.0)
    return attempt.id


def a_paper(database: Database, learner: UUID, letters: str, finished: bool = True) -> UUID:
    """Store a test of the three criteria begun after two days; c changes a wrong answer into a right one."""
    start = START + timedelta(days=2)
    sat = begin(
        database,
        a_test(*(question(code, 7) for code in CODES), learner=learner, id=uuid4(), started_at=start),
    )
    for position, letter in enumerate(letters):
        for response in {"r": (RIGHT,), "w": (WRONG,), "c": (WRONG, RIGHT), "-": ()}[letter]:
            sat = give(database, sat, position, response, start + timedelta(minutes=position + 1))
    if finished:
        end(database, sat, start + timedelta(minutes=30))
    return sat.id


@contextmanager
def counted() -> Iterator[list[str]]:
    """Yield a list that every statement sent to any database is added to."""
    sent: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_others: object) -> None:
        sent.append(statement)

    def prepared(statement: str, _given: object) -> None:
        sent.append(statement)

    event.listen(Engine, "before_cursor_execute", note)
    WATCHERS.append(prepared)
    try:
        yield sent
    finally:
        event.remove(Engine, "before_cursor_execute", note)
        WATCHERS.remove(prepared)


def test_a_learner_without_answers_has_an_empty_summary(database: Database, learner: Learner) -> None:
    summary = gathered(database, learner.id)
    assert (summary.name, summary.learner, summary.made_at) == ("Sam", learner.id, NOW)
    assert (summary.app_version, summary.content_version) == ("0.1.0", "0" * 16)
    assert (summary.plan, summary.units, summary.sessions, summary.answers) == (None, (), (), ())


def test_an_unknown_learner_is_named_as_missing(database: Database) -> None:
    with pytest.raises(RecordMissing, match="not here any more"):
        gathered(database, UUID(int=1))


def test_mastery_is_that_of_the_progress_page(database: Database, learner: Learner) -> None:
    for day in range(3):
        practised(database, learner.id, CODES * 3, "rrwrwrrrr", day)
    with database.read() as session:
        evidence = select_evidence(session=session, learner=learner.id)
        facility = select_facility(session=session)
    shown = estimate(evidence, [entry.ref for entry in TEA.criteria], facility)
    (unit,) = gathered(database, learner.id).units
    assert tuple(entry.mastery for entry in unit.criteria) == shown.mastery
    assert unit.timeline == shown.timeline
    assert (unit.taught, unit.planned, unit.number, unit.name) == (True, False, UNIT, "Making Tea")


def test_the_level_is_that_over_all_units_also_over_one_that_left_the_content(
    database: Database, learner: Learner, shipped_pack: Pack
) -> None:
    practised(database, learner.id, ("1.1",) * 6, "rrrrrr")
    with database.write() as session:
        session.connection().exec_driver_sql("UPDATE attempt_item SET unit = 'X/000/0000' WHERE position < 3")
    with database.read() as session:
        evidence = select_evidence(session=session, learner=learner.id)
    assert Counter(fact.ref.unit for fact in evidence) == {UNIT: 3, "X/000/0000": 3}
    (unit,) = gathered(database, learner.id).units
    _, unanswered, _ = unit.criteria
    assert unanswered.mastery is not None
    assert unanswered.mastery.mean == pytest.approx(0.8, abs=1e-12)  # (6 + 5.2)/14
    assert (unit.answers, [point.answers for point in unit.timeline]) == (3, [3])


def test_the_answers_that_count_are_the_evidence(database: Database, learner: Learner) -> None:
    first = practised(database, learner.id, CODES, "rw")
    with database.read() as session:
        again = select_attempt(session=session, attempt_id=first).attempt
    give(database, again, 1, RIGHT, at(9))
    second = a_paper(database, learner.id, "cr-")
    summary = gathered(database, learner.id)
    expected = []
    for attempt_id in (first, second):
        with database.read() as session:
            expected += evidence_from(select_attempt(session=session, attempt_id=attempt_id).attempt)
    assert [(a.ref, a.question.head.id, a.fraction, a.at, a.seconds) for a in summary.counting] == [
        (fact.ref, fact.question, fact.fraction, fact.at, fact.seconds) for fact in expected
    ]
    assert [(a.try_number, a.counts) for a in summary.answers] == [
        (1, True), (1, True), (2, False), (1, False), (2, True), (1, True),
    ]  # fmt: skip
    assert (summary.practised.answers, summary.practised.tries, summary.practised.sessions) == (4, 6, 2)


def test_an_answer_keeps_how_sure_and_how_long(database: Database, learner: Learner) -> None:
    attempt = begin(database, practice(question("1.1"), learner=learner.id))
    with database.write() as session:
        save_response(
            session=session, attempt=answer(attempt, 0, WRONG, at(1)), position=0, response=WRONG, now=at(1),
            submit_id=UUID(int=3), seconds=7.5, sure=Sureness.GUESS,
        )  # fmt: skip
    (given,) = gathered(database, learner.id).answers
    assert (given.seconds, given.sure, given.given) == (7.5, Sureness.GUESS, "wrong L6017638-1.1-01")


def test_a_test_that_is_not_finished_is_a_session_without_a_mark(
    database: Database, learner: Learner
) -> None:
    sat = a_paper(database, learner.id, "rw-", finished=False)
    summary = gathered(database, learner.id)
    assert [(entry.id, entry.report, entry.finished_at) for entry in summary.sessions] == [(sat, None, None)]
    assert [(entry.mark, entry.counts) for entry in summary.answers] == [(None, False), (None, False)]
    assert (summary.practised.answers, summary.practised.tries, summary.tests) == (0, 2, ())


def test_a_finished_test_has_the_report_that_score_gives(database: Database, learner: Learner) -> None:
    sat = a_paper(database, learner.id, "cw-")
    with database.read() as session:
        attempt = select_attempt(session=session, attempt_id=sat).attempt
    (test,) = gathered(database, learner.id).tests
    assert test.report == score(attempt, TEA.blueprint.hurdle)
    assert (test.report.right, test.report.total, test.answered, test.questions) == (1, 3, 2, 3)
    assert (test.kind, test.minutes, test.finished_at) == (Kind.TEST, 60, attempt.finished_at)


def test_a_test_past_its_deadline_is_settled_before_it_is_summed_up(
    database: Database, learner: Learner
) -> None:
    a_paper(database, learner.id, "rr-", finished=False)
    with database.write() as session:
        settle_tests(session, learner.id, NOW)
    (test,) = gathered(database, learner.id).tests
    assert (test.finished_at, test.result) == (START + timedelta(days=2, minutes=60), "not passed")


def test_an_empty_answer_of_a_finished_test_does_not_count(database: Database, learner: Learner) -> None:
    start = START
    sat = begin(database, a_test(question("1.1"), learner=learner.id, started_at=start))
    sat = give(database, sat, 0, SingleChoiceResponse(), at(1))
    end(database, sat, at(2))
    (given,) = gathered(database, learner.id).answers
    assert (given.verdict_words, given.fraction, given.counts) == ("unanswered", None, False)


def test_readiness_is_asked_for_units_with_answers_only(database: Database, learner: Learner) -> None:
    def ready(database: Database) -> list[float | None]:
        with database.read() as session:
            summary = gather(
                session, PACK, learner.id, NOW, lambda unit, mastery: readiness(unit, mastery, 1, 100)
            )
        return [unit.readiness.chance for unit in summary.units if unit.readiness]

    assert ready(database) == []
    for day in range(3):
        practised(database, learner.id, CODES * 2, "rrrrrr", day)
    (unit,) = gathered(database, learner.id).units
    masteries = tuple(entry.mastery for entry in unit.criteria if entry.mastery)
    assert unit.readiness is None
    assert ready(database) == [readiness(TEA, masteries, 1, 100).chance]


def test_unit_203_has_a_test_of_forty_questions_and_another_unit_a_practice_paper(
    database: Database, learner: Learner, shipped_pack: Pack
) -> None:
    with database.write() as session:
        save_settings(session=session, learner_id=learner.id, settings={"qualification": "btec2-cco"})
    units = {unit.key: unit for unit in gathered(database, learner.id, shipped_pack).units}

    def paper(key: str) -> tuple[bool, str, int | None, int | None, str]:
        unit = units[key]
        return unit.has_test, unit.paper, unit.paper_questions, unit.pass_mark, unit.pass_words

    assert paper("L/601/7638") == (
        True, "test", 40, 24, "A pass needs every outcome and at least 24 of 40 right answers",
    )  # fmt: skip
    assert paper("T/503/0356") == (
        False, "practice paper", 18, 11, "A pass needs every outcome and at least 11 of 18 right answers",
    )  # fmt: skip


def test_a_listed_unit_has_no_test_and_no_paper(
    database: Database, learner: Learner, shipped_pack: Pack
) -> None:
    listed = next(
        q
        for q in shipped_pack.qualifications.values()
        if any(e.unit not in shipped_pack.units for e in q.units)
    )
    key = next(entry.unit for entry in listed.units if entry.unit not in shipped_pack.units)
    with database.write() as session:
        save_settings(session=session, learner_id=learner.id, settings={"qualification": listed.key})
        save_plan(session=session, learner=learner.id, qualification=listed.key, units=[key], now=START)
    unit = next(unit for unit in gathered(database, learner.id, shipped_pack).units if unit.key == key)
    assert (unit.has_test, unit.paper_questions, unit.pass_mark) == (False, None, None)


def test_portfolio_stands_beside_practice_and_changes_nothing_in_it(
    database: Database, learner: Learner
) -> None:
    practised(database, learner.id, CODES, "rrr")
    before = gathered(database, learner.id).units[0].criteria
    ref = CriterionRef(UNIT, "1.1")
    item = make_item(
        UUID(int=8), title="Email", type_code="P", reference="", kept_where="", dated=None, note="",
        refs=[ref], draft=True,
    )  # fmt: skip
    confirmed = Status(Standing.CONFIRMED, "Pat Lee", date(2026, 11, 2))
    with database.write() as session:
        save_item(session=session, learner=learner.id, item=item, now=NOW)
        save_status(session=session, learner=learner.id, ref=ref, status=confirmed, now=NOW)
    after = gathered(database, learner.id).units[0].criteria
    assert [entry.mastery for entry in after] == [entry.mastery for entry in before]
    assert (after[0].portfolio.status, after[0].portfolio.pieces, after[0].portfolio.drafts) == (
        confirmed,
        1,
        1,
    )
    assert after[1].portfolio.status.standing is Standing.NOTHING
    with database.read() as session:
        assert select_portfolio(session=session, learner=learner.id).status(ref) == confirmed


def test_another_learners_answers_are_not_in_it(database: Database, learner: Learner) -> None:
    practised(database, learner.id, CODES, "rrr")
    with database.write() as session:
        other = create_learner(session=session, name="Eve", now=START)
    practised(database, other.id, CODES, "ww")
    assert gathered(database, learner.id).practised.answers == 3
    assert gathered(database, other.id).practised.answers == 2


def test_hundreds_of_answers_take_no_more_queries_than_one(database: Database, learner: Learner) -> None:
    practised(database, learner.id, CODES, "r")
    with counted() as few:
        gathered(database, learner.id)
    for day in range(1, 6):
        practised(database, learner.id, CODES * 24, "rwr" * 24, day)
    with counted() as many:
        summary = gathered(database, learner.id)
    assert len(summary.answers) == 361
    assert len(many) == len(few) < 20


def test_the_plan_of_the_chosen_qualification_comes_first(
    database: Database, learner: Learner, shipped_pack: Pack
) -> None:
    key = next(
        q.key for q in shipped_pack.qualifications.values() if UNIT in q.members and "T/503/0356" in q.members
    )
    with database.write() as session:
        save_settings(session=session, learner_id=learner.id, settings={"qualification": key})
    taught = [
        entry.unit for entry in shipped_pack.qualifications[key].units if entry.unit in shipped_pack.units
    ]
    without = gathered(database, learner.id, shipped_pack)
    assert [unit.key for unit in without.units] == taught
    assert without.plan is not None
    assert (without.plan.units, without.plan.check) == ((), None)

    with database.write() as session:
        save_plan(session=session, learner=learner.id, qualification=key, units=[UNIT], now=START)
    planned = gathered(database, learner.id, shipped_pack)
    assert planned.plan is not None
    assert planned.plan.check is not None
    assert [unit.key for unit in planned.units] == list(planned.plan.check.units)
    assert [unit.key for unit in planned.plan.units] == list(planned.plan.check.units)
    assert planned.plan.title == shipped_pack.qualifications[key].title


def test_a_practised_unit_outside_the_plan_is_listed_after_it(
    database: Database, learner: Learner, shipped_pack: Pack
) -> None:
    key = next(q.key for q in shipped_pack.qualifications.values() if UNIT not in q.members)
    practised(database, learner.id, CODES, "rrr")
    with database.write() as session:
        save_settings(session=session, learner_id=learner.id, settings={"qualification": key})
        save_plan(session=session, learner=learner.id, qualification=key, units=[], now=START)
    summary = gathered(database, learner.id, shipped_pack)
    assert [unit.planned for unit in summary.units] == [True] * (len(summary.units) - 1) + [False]
    assert (summary.units[-1].key, summary.units[-1].answers) == (UNIT, 3)


def test_a_criterion_taught_through_another_unit_tells_that_units_answers(
    database: Database, learner: Learner, shipped_pack: Pack
) -> None:
    ref, taught = next(
        (criterion.ref, [link.ref for link in shipped_pack.teaching(criterion.ref)])
        for outline in shipped_pack.outlines.values()
        if not outline.taught
        for criterion in outline.criteria
        if any(link.ref.unit == UNIT for link in shipped_pack.teaching(criterion.ref))
        and shipped_pack.places(outline.key)
    )
    key = shipped_pack.places(ref.unit)[0].key
    code = next(link.code for link in taught if link.unit == UNIT)
    practised(database, learner.id, (code, code), "rw")
    with database.write() as session:
        save_settings(session=session, learner_id=learner.id, settings={"qualification": key})
        save_plan(session=session, learner=learner.id, qualification=key, units=[ref.unit], now=START)
    unit = next(unit for unit in gathered(database, learner.id, shipped_pack).units if unit.key == ref.unit)
    entry = next(entry for entry in unit.criteria if entry.ref == ref)
    assert (entry.mastery, entry.linked_from, entry.linked_answers) == (None, tuple(taught), 2)
    assert (unit.taught, unit.progress) == (False, None)


def test_a_qualification_that_the_content_no_longer_holds_is_no_plan(
    database: Database, learner: Learner
) -> None:
    with database.write() as session:
        save_settings(session=session, learner_id=learner.id, settings={"qualification": "gone"})
    with database.read() as session:
        stored = select_optional_learner(session=session, learner_id=learner.id)
    assert stored is not None
    assert stored.settings == {"qualification": "gone"}
    assert gathered(database, learner.id).plan is None
