"""Running sums as stored: always what the log says, written with the answer, and read at the same price for ever."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import Any
from uuid import UUID, uuid4

import pytest
from literal_attempts import RIGHT, START, WRONG, a_test, at, practice, question
from literal_packs import criterion, pack_of, unit_of
from sqlalchemy import Engine, event
from stored_life import of_form, rows
from stored_moves import begin, end, give

from models import (
    Database,
    Learner,
    create_group,
    create_learner,
    export_log,
    gather,
    import_log,
    open_database,
    save_response,
    save_settings,
    select_answers,
    select_attempts,
    select_cards,
    select_days,
    select_due,
    select_evidence,
    select_facility,
    select_group_sums,
    select_met_in_test,
    select_optional_latest_unit,
    select_past,
    select_questions_of,
    select_seen_families,
    select_sums,
    select_sure_but_wrong,
)
from models.__main__ import main
from models.attempts import select_open_tests
from models.deletion import delete_learner
from models.groups import add_member, select_group_evidence, select_open_group_tests
from models.prepared import WATCHERS
from models.sums import differences, rebuild_all, select_ledger
from quiz.progress import estimate, schedule
from quiz.progress.ledger import Ledger
from quiz.reports.summary_json import summary_json
from quiz.sessions import Kind, answer
from quiz.syllabus import CriterionRef

UNIT = "L/601/7638"
PACK = pack_of(unit_of([criterion(code) for code in ("1.1", "1.2")], {1: 2}))
DAY = 24 * 60


def practised(database: Database, learner: UUID, answers: str, minute: float, code: str = "1.1") -> None:
    """Store a practice session begun at a minute: r right, w wrong, a minute each, every one another question."""
    asked = practice(
        *(question(code, number) for number in range(1, len(answers) + 1)),
        learner=learner, id=uuid4(), started_at=at(minute),
    )  # fmt: skip
    attempt = begin(database, asked)
    for position, letter in enumerate(answers):
        attempt = give(
            database, attempt, position, RIGHT if letter == "r" else WRONG, at(minute + position + 1), 7.5
        )


def found(database: Database) -> list[str]:
    with database.read() as session:
        return list(differences(session))


def kept(database: Database, learner: UUID) -> Ledger:
    with database.read() as session:
        return select_ledger(session=session, learner=learner)


def from_log(database: Database, learner: UUID) -> Ledger:
    with database.read() as session:
        return Ledger.of(select_evidence(session=session, learner=learner))


def sue(database: Database, **settings: Any) -> UUID:
    with database.write() as session:
        made = create_learner(session=session, name="Sue", now=START)
        if settings:
            save_settings(session=session, learner_id=made.id, settings=settings)
    return made.id


@contextmanager
def told() -> Iterator[list[tuple[str, Any]]]:
    """Yield the statements that reach the driver meanwhile, with their parameters."""
    statements: list[tuple[str, Any]] = []

    def executed(_c: Any, _cursor: Any, statement: str, parameters: Any, *_others: Any) -> None:
        statements.append((statement, parameters))

    def prepared(statement: str, parameters: dict[str, Any]) -> None:
        statements.append((statement, parameters))

    event.listen(Engine, "before_cursor_execute", executed)
    WATCHERS.append(prepared)
    try:
        yield statements
    finally:
        event.remove(Engine, "before_cursor_execute", executed)
        WATCHERS.remove(prepared)


def test_sums_written_answer_by_answer_are_those_of_the_log(database: Database, learner: Learner) -> None:
    assert kept(database, learner.id) == Ledger()
    for day in range(4):
        practised(database, learner.id, "rrw", day * DAY)
        practised(database, learner.id, "wr", day * DAY + 30, "1.2")
        assert kept(database, learner.id) == from_log(database, learner.id)
    sums = kept(database, learner.id)
    assert (sums.totals.facts, len(sums.families), len(sums.days), len(sums.past)) == (20, 5, 4, 3)
    assert found(database) == []


def test_a_question_answered_again_on_a_day_counts_as_shown_and_not_as_evidence(
    database: Database, learner: Learner
) -> None:
    practised(database, learner.id, "w", 0)
    practised(database, learner.id, "r", 60)
    sums = kept(database, learner.id)
    assert (sums.totals.facts, sums.totals.answers, sums.totals.right) == (2, 1, 0.0)
    assert (sums.facts_in(UNIT), sums.latest_in(UNIT)) == (2, at(61))
    assert rows(database.path, "SELECT facts, earned, learners FROM facility") == [(2, 1_000_000_000, 1)]
    assert found(database) == []


def test_a_test_enters_when_it_is_finished_and_then_whole(database: Database, learner: Learner) -> None:
    asked = a_test(question("1.1"), question("1.2"), question("2.1"), learner=learner.id, started_at=at(0))
    attempt = begin(database, asked)
    attempt = give(database, attempt, 0, RIGHT, at(1))
    attempt = give(database, attempt, 1, WRONG, at(2))
    assert kept(database, learner.id) == Ledger()
    end(database, attempt, at(9))
    sums = kept(database, learner.id)
    assert [sums.units[UNIT][code].tally.answers for code in ("1.1", "1.2")] == [1, 1]
    assert [family.tested for family in sums.families.values()] == [True, True]
    assert found(database) == []
    with database.read() as session:  # the question left out was met as well
        assert len(select_met_in_test(session=session, learner=learner.id, unit=UNIT)) == 3


def test_a_test_finished_after_later_practice_has_the_sums_made_anew_in_order_of_time(
    database: Database, learner: Learner
) -> None:
    attempt = give(database, begin(database, a_test(question("1.1"), learner=learner.id)), 0, WRONG, at(1))
    practised(database, learner.id, "rr", 10)
    end(database, attempt, at(30))
    assert kept(database, learner.id) == from_log(database, learner.id)
    assert kept(database, learner.id).totals.facts == 3
    assert found(database) == []


def test_an_answer_by_a_clock_that_went_back_is_taken_in_in_order_of_time(
    database: Database, learner: Learner
) -> None:
    practised(database, learner.id, "rw", 2 * DAY)
    practised(database, learner.id, "r", 0, "1.2")
    practised(database, learner.id, "w", 3 * DAY, "1.2")
    assert kept(database, learner.id) == from_log(database, learner.id)
    assert found(database) == []


def test_what_is_not_stored_is_not_counted(database: Database, learner: Learner) -> None:
    answered = answer(begin(database, practice(question("1.1"), learner=learner.id)), 0, RIGHT, at(1))

    def answer_and_lose_power() -> None:
        with database.write() as session:
            save_response(
                session=session, attempt=answered, position=0, response=RIGHT, now=at(1), submit_id=uuid4()
            )
            assert session.connection().exec_driver_sql("SELECT facts FROM facility").scalar() == 1
            raise RuntimeError("power cut")

    with pytest.raises(RuntimeError, match="power cut"):
        answer_and_lose_power()
    assert kept(database, learner.id) == Ledger()
    assert rows(database.path, "SELECT count(*) FROM facility") == [(0,)]


def test_how_hard_a_criterion_is_takes_real_and_demo_learners_apart(
    database: Database, learner: Learner
) -> None:
    practised(database, learner.id, "rrw", 0)
    made_up = sue(database, demo=True)
    practised(database, made_up, "wwww", 0)
    assert rows(database.path, "SELECT demo, facts, earned, learners FROM facility ORDER BY demo") == [
        (0, 3, 2_000_000_000, 1), (1, 4, 0, 1),
    ]  # fmt: skip
    for number in range(4):
        with database.write() as session:
            other = create_learner(session=session, name=f"Other {number}", now=START)
        practised(database, other.id, "r" * 7, 0)
    with database.read() as session:
        ref = CriterionRef(UNIT, "1.1")
        assert select_facility(session=session) == {ref: pytest.approx((0.65 * 30 + 30) / 61, abs=1e-12)}
        assert select_facility(session=session, unit=UNIT, demo=True) == {ref: 0.65}
        assert select_facility(session=session, unit="T/503/0356") == {}
    assert found(database) == []


def test_a_deleted_learner_is_taken_off_what_everybody_showed(database: Database, learner: Learner) -> None:
    other = sue(database)
    practised(database, learner.id, "rw", 0)
    practised(database, learner.id, "w", 5, "1.2")
    practised(database, other, "r", 0)
    delete_learner(database, learner.id)
    assert rows(database.path, "SELECT criterion, facts, earned, learners FROM facility") == [
        ("1.1", 1, 1_000_000_000, 1)
    ]
    assert found(database) == []


def test_an_import_makes_the_sums_of_its_learner(
    database: Database, learner: Learner, tmp_path: Path
) -> None:
    practised(database, learner.id, "rwr", 0)
    practised(database, learner.id, "rw", DAY, "1.2")
    with database.read() as session:
        summary = gather(session, PACK, learner.id, START)
        data = json.loads(summary_json(summary, export_log(session, learner.id)))
    other = open_database(tmp_path / "other")
    with other.write() as session:
        import_log(session, data, START)
    assert kept(other, learner.id) == kept(database, learner.id)
    assert found(other) == []
    other.close()


def test_an_older_database_has_its_sums_made_when_it_is_opened(database: Database, learner: Learner) -> None:
    for day in range(3):
        practised(database, learner.id, "rrw", day * DAY)
    before = kept(database, learner.id)
    database.close()
    with closing(sqlite3.connect(database.path)) as connection:
        for table in ("learner_sums", "unit_sums", "family_sums", "day_sums", "past_states", "facility"):
            connection.execute(f"DELETE FROM {table}")
        connection.execute("DELETE FROM setting WHERE key = 'running-sums'")
        connection.commit()
    again = open_database(database.path.parent)
    assert kept(again, learner.id) == before
    assert found(again) == []
    again.close()


def test_a_database_of_the_form_before_the_sums_is_opened_with_them(tmp_path: Path) -> None:
    path = of_form(tmp_path, "0007", UUID(int=7))
    opened = open_database(tmp_path)
    assert rows(path, "SELECT value FROM setting WHERE key = 'running-sums'") == [("1",)]
    assert found(opened) == []
    opened.close()


def test_a_rebuild_cut_off_is_made_good_at_the_next_opening(database: Database, learner: Learner) -> None:
    practised(database, learner.id, "rrw", 0)
    database.close()
    with closing(sqlite3.connect(database.path)) as connection:
        connection.execute("UPDATE setting SET value = 'being made' WHERE key = 'running-sums'")
        connection.execute("UPDATE facility SET facts = 99")
        connection.commit()
    again = open_database(database.path.parent)
    assert found(again) == []
    again.close()


def test_the_check_names_what_differs_and_a_rebuild_mends_it(
    database: Database, learner: Learner, capsys: pytest.CaptureFixture[str]
) -> None:
    practised(database, learner.id, "rrw", 0)
    practised(database, learner.id, "r", DAY)
    folder = ["--data", str(database.path.parent)]
    assert main(["rebuild", "--check", *folder]) == 0
    assert capsys.readouterr().out == "The running sums are as the log has them.\n"
    with database.write() as session:
        run = session.connection().exec_driver_sql
        run("UPDATE learner_sums SET facts = 7")
        run("DELETE FROM family_sums")
        run("UPDATE facility SET earned = 1")
        run("UPDATE past_states SET day = '2020-01-01'")
    assert main(["rebuild", "--check", *folder]) == 1
    assert capsys.readouterr().err.splitlines() == [
        f"{learner.id}: totals differ.",
        f"{learner.id}: families differ.",
        f"{learner.id}: past differ on earlier days.",
        f"Criterion {CriterionRef(UNIT, '1.1')} of real learners: how hard it is differs.",
        "Run python -m models rebuild to make them anew. No answer is lost.",
    ]
    assert main(["rebuild", *folder]) == 0
    assert capsys.readouterr().out == "Made the running sums of 1 learner with answers anew from the log.\n"
    assert main(["rebuild", "--check", *folder]) == 0


def test_a_rebuild_forgets_whom_the_log_does_not_know(database: Database, learner: Learner) -> None:
    practised(database, learner.id, "r", 0)
    with database.write() as session:
        run = session.connection().exec_driver_sql
        run("UPDATE attempt_item SET fraction = NULL, verdict = NULL, marked_at = NULL")
    assert rebuild_all(database.write) == 0
    assert kept(database, learner.id) == Ledger()
    assert rows(database.path, "SELECT count(*) FROM facility") == [(0,)]


def test_a_group_is_read_in_three_queries_whoever_has_answered(database: Database, learner: Learner) -> None:
    other = sue(database)
    practised(database, learner.id, "rw", 0)
    practised(database, learner.id, "r", 3 * DAY, "1.2")
    with database.write() as session:
        group = create_group(
            session=session, name="Tea", qualification=None, units=None, random=Random(1), now=START
        )
        for member in (learner.id, other):
            add_member(session=session, group_id=group.id, learner=member, now=START)
    with database.read() as session, told() as statements:
        sums = select_group_sums(session=session, group_id=group.id, since=date(2026, 11, 25))
    assert len([text for text, _ in statements if text.startswith("SELECT")]) == 3
    assert list(sums) == [learner.id]
    whole = kept(database, learner.id)
    assert (sums[learner.id].totals, sums[learner.id].units) == (whole.totals, whole.units)
    assert list(sums[learner.id].days) == [date(2026, 11, 25)]


def test_what_is_due_comes_in_the_order_of_its_urgency(database: Database, learner: Learner) -> None:
    for day, code, letters in ((0, "1.1", "rwrw"), (1, "1.2", "wr"), (9, "1.1", "rw"), (20, "2.1", "r")):
        practised(database, learner.id, letters, day * DAY, code)
    with database.read() as session:
        facts = select_evidence(session=session, learner=learner.id)
        for after, exam in ((0, None), (9, None), (21, None), (21, 0), (21, 1), (21, 2), (20, 1), (40, -3)):
            now = START + timedelta(days=after, hours=12)
            today = now.date()
            tested = None if exam is None else today + timedelta(days=exam)
            every = schedule([fact for fact in facts if fact.at <= now], now=now, exam=tested)
            if after < 20:
                continue  # stored answers of later days are there at once
            assert select_due(session=session, learner=learner.id, today=today, exam=tested) == [
                card.family for card in every.due(today)
            ]


# --- What it costs


def test_an_answer_is_one_transaction_and_as_many_statements_after_many_as_after_few(
    database: Database, learner: Learner
) -> None:
    numbers: list[tuple[int, int]] = []
    asked = begin(database, practice(*(question("1.1", n) for n in range(1, 61)), learner=learner.id))
    for position in range(60):
        with told() as statements:
            asked = give(database, asked, position, RIGHT, at(position + 1))
        reads = [text for text, _ in statements if text.startswith("SELECT")]
        writes = [text for text, _ in statements if text.startswith(("INSERT", "UPDATE", "DELETE"))]
        numbers.append((len(reads), len(writes)))
    assert set(numbers[1:]) == {(3, 7)}


def test_no_page_reads_a_whole_table_of_answers_or_sorts_all_of_them(
    database: Database, learner: Learner
) -> None:
    """Every query of Home, Practise, Progress, Review and Groups finds its rows by an index."""
    practised(database, learner.id, "rw", 0)
    ref, group, mine = CriterionRef(UNIT, "1.1"), uuid4(), {"learner": learner.id}
    with database.read() as session, told() as statements:
        select_sums(session=session, **mine)
        select_facility(session=session)
        select_cards(session=session, **mine)
        select_cards(session=session, families=["a", "b"], **mine)
        select_due(session=session, today=date(2026, 12, 1), exam=date(2026, 12, 2), **mine)
        select_days(session=session, first=date(2026, 11, 1), last=date(2026, 12, 1), **mine)
        select_past(session=session, unit=UNIT, **mine)
        select_sure_but_wrong(session=session, **mine)
        select_evidence(session=session, unit=UNIT, since=START, **mine)
        select_answers(session=session, ref=ref, limit=10, **mine)
        select_questions_of(session=session, families=["a", "b"], **mine)
        select_seen_families(session=session, unit=UNIT, **mine)
        select_met_in_test(session=session, unit=UNIT, **mine)
        select_optional_latest_unit(session=session, **mine)
        select_open_tests(session=session, **mine)
        for finished in (True, False):
            select_attempts(session=session, kinds=[Kind.TEST], finished=finished, **mine)
            select_attempts(session=session, kinds=list(Kind), finished=finished, unit=UNIT, **mine)
        select_attempts(session=session, kinds=list(Kind), finished=False, **mine)
        select_group_sums(session=session, group_id=group, since=date(2026, 11, 1))
        select_group_evidence(session, group, UNIT, START)
        select_open_group_tests(session, group)
    queries = [(text, given) for text, given in statements if text.startswith("SELECT")]
    assert len(queries) >= 25
    large = ("attempt_item", "response", "attempt", "family_sums", "unit_sums", "day_sums", "past_states")
    with database.read() as session:
        for text, given in queries:
            plan = session.connection().exec_driver_sql(f"EXPLAIN QUERY PLAN {text}", given)
            for line in (str(row[-1]) for row in plan):
                assert not any(line.split() == ["SCAN", table] for table in large), (line, text)
                # By the learner alone an index is no better than a scan of all they ever did.
                assert "(learner_id=?)" not in line or "attempt_item" not in line or "_open" in line, (
                    line,
                    text,
                )


def test_the_latest_answers_of_a_criterion_are_read_without_sorting_all(
    database: Database, learner: Learner
) -> None:
    practised(database, learner.id, "rw", 0)
    with database.read() as session, told() as statements:
        select_answers(session=session, learner=learner.id, ref=CriterionRef(UNIT, "1.1"), limit=10)
    text, given = next((text, given) for text, given in statements if "attempt_item" in text)
    with database.read() as session:
        plan = [
            str(row[-1]) for row in session.connection().exec_driver_sql(f"EXPLAIN QUERY PLAN {text}", given)
        ]
    assert any("ix_attempt_item_criterion" in line for line in plan)
    assert not any("TEMP B-TREE" in line for line in plan)


def test_the_summary_which_replays_the_log_says_the_same(database: Database, learner: Learner) -> None:
    for day in range(5):
        practised(database, learner.id, "rrrw", day * DAY)
        practised(database, learner.id, "rr", day * DAY + 30, "1.2")
    (unit,) = PACK.units.values()
    refs = [entry.ref for entry in unit.criteria]
    with database.read() as session:
        summary = gather(session, PACK, learner.id, at(9 * DAY))
        sums = select_sums(session=session, learner=learner.id)
        sums.past = select_past(session=session, learner=learner.id)
        shown = sums.progress(refs, select_facility(session=session))
    (told_of,) = summary.units
    assert [entry.mastery for outcome in told_of.outcomes for entry in outcome.criteria] == [*shown.mastery]
    assert told_of.timeline == shown.timeline
    assert len(shown.timeline) == 5


def test_the_questions_answered_of_some_families_come_oldest_first(
    database: Database, learner: Learner
) -> None:
    practised(database, learner.id, "rw", 0)
    practised(database, learner.id, "r", 30, "1.2")
    practised(database, learner.id, "w", 60)
    with database.read() as session:
        assert select_questions_of(
            session=session, learner=learner.id, families=["L6017638-1.1-01", "L6017638-1.2-01", "none"]
        ) == ["L6017638-1.1-01", "L6017638-1.2-01", "L6017638-1.1-01"]


def test_estimates_from_stored_sums_are_those_of_the_answers(database: Database, learner: Learner) -> None:
    for day in range(5):
        practised(database, learner.id, "rrrw", day * DAY)
        practised(database, learner.id, "rr", day * DAY + 30, "1.2")
    refs = [CriterionRef(UNIT, code) for code in ("1.1", "1.2", "2.1")]
    with database.read() as session:
        facility = select_facility(session=session)
        sums = select_sums(session=session, learner=learner.id)
        sums.past = select_past(session=session, learner=learner.id, unit=UNIT)
        facts = select_evidence(session=session, learner=learner.id)
    assert sums.progress(refs, facility) == estimate(facts, refs, facility)
