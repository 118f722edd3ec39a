"""The demo class: the same to the byte, believable, marked, and removed without touching anything real."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from random import Random
from statistics import mean
from uuid import UUID, uuid4

import pytest
from literal_attempts import RIGHT, START, at, practice, question
from sqlalchemy import text
from sqlmodel import select
from stored_moves import begin, give

from models import (
    Database,
    Learner,
    add_member,
    create_group,
    create_learner,
    export_log,
    gather,
    open_database,
    select_attempt,
    select_evidence,
    select_facility,
    select_group_tests,
    select_groups,
    select_marked_answers,
    select_members,
    select_optional_plan,
    select_portfolio,
    select_tasks,
)
from models.demo import DemoClass, demo_learners, make_demo, remove_demo
from models.tables import AttemptItemRow, AttemptRow, OwnWordsRow
from quiz.portfolio import Standing
from quiz.progress import QuizEvidence
from quiz.questions import content_hash
from quiz.reports.summary_csv import summary_csv
from quiz.reports.summary_json import summaries_json
from quiz.sessions import Attempt, Kind, QuestionBank, Sureness, score
from quiz.syllabus import Unit, check_plan
from quiz.wording import LONDON

UNTIL = date(2026, 11, 20)
FIRST_DAY, LAST_DAY = date(2026, 10, 30), date(2026, 11, 19)
NOW = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)
LEARNERS, WEEKS = 20, 3


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    """Return a database with nothing in it but the demo class `demo`."""
    database = open_database(tmp_path_factory.mktemp("made"))
    yield database
    database.close()


@pytest.fixture(scope="module")
def demo(made: Database, shipped_bank: QuestionBank) -> DemoClass:
    """Return a demo class of 20 learners and three weeks."""
    return make(made, shipped_bank)


@pytest.fixture(scope="module", autouse=True)
def _made(demo: DemoClass) -> None:
    """Make the class before any test looks into `made`."""


@pytest.fixture(scope="module")
def facts(made: Database) -> dict[UUID, list[QuizEvidence]]:
    """Return the evidence of each of its learners."""
    with made.read() as session:
        return {
            learner.id: select_evidence(session=session, learner=learner.id)
            for learner in demo_learners(session)
        }


def make(database: Database, bank: QuestionBank, seed: int = 1, learners: int = LEARNERS) -> DemoClass:
    return make_demo(database, bank, learners=learners, weeks=WEEKS, seed=seed, until=UNTIL)


def exported(database: Database, bank: QuestionBank) -> str:
    with database.read() as session:
        return summaries_json(
            (gather(session, bank.pack, learner.id, NOW), export_log(session, learner.id))
            for learner in demo_learners(session)
        )


def everything(database: Database) -> dict[str, list[tuple[object, ...]]]:
    """Return every row of every table, as stored."""
    with database.read() as session:
        connection = session.connection()
        tables = (
            connection.execute(text("SELECT name FROM sqlite_master WHERE type = 'table'")).scalars().all()
        )
        return {
            table: sorted(
                (tuple(row) for row in connection.execute(text(f"SELECT * FROM {table}"))), key=repr
            )
            for table in tables
        }


def real_answers(database: Database, learner: Learner) -> Attempt:
    """Let a learner answer a question of the unit that the class practises."""
    sitting = begin(database, practice(question("1.1"), question("1.2"), learner=learner.id))
    return give(database, sitting, 0, RIGHT, at(1))


def attempts(database: Database) -> list[Attempt]:
    with database.read() as session:
        ids = session.exec(select(AttemptRow.id)).all()
        return [select_attempt(session=session, attempt_id=attempt).attempt for attempt in ids]


def test_the_same_seed_and_day_give_the_same_export_byte_for_byte_whoever_else_is_there(
    tmp_path: Path, database: Database, learner: Learner, shipped_bank: QuestionBank
) -> None:
    real_answers(database, learner)
    make(database, shipped_bank, learners=4)
    with closing(open_database(tmp_path / "other")) as other:
        make(other, shipped_bank, learners=4)
        alone = exported(other, shipped_bank)
    assert alone.count('"response":') > 400
    assert exported(database, shipped_bank) == alone


def test_made_again_it_replaces_the_one_before_and_another_seed_makes_others(
    made: Database, database: Database, shipped_bank: QuestionBank
) -> None:
    first = make(database, shipped_bank, learners=3)
    second = make(database, shipped_bank, seed=2, learners=3)
    assert not set(first.learners) & set(second.learners)
    with database.read() as session:
        found = demo_learners(session)
        groups = select_groups(session=session)
    assert {learner.id for learner in found} == set(second.learners)
    assert [entry.group.id for entry in groups] == list(second.groups)
    with made.read() as session:
        others = {learner.name for learner in demo_learners(session)}
    assert {learner.name for learner in found} != set(sorted(others)[:3])


def test_removal_leaves_every_other_row_as_it_was(
    database: Database, learner: Learner, shipped_bank: QuestionBank
) -> None:
    demo = make(database, shipped_bank, learners=3)
    with database.read() as session:
        namesake = demo_learners(session)[0].name
        shown = session.exec(
            select(AttemptItemRow).where(AttemptItemRow.learner_id == demo.learners[0])
        ).first()
        assert shown is not None
        asked = select_attempt(session=session, attempt_id=shown.attempt_id).attempt.items[0].question
    with database.write() as session:
        remove_demo(session)
        other = create_learner(session=session, name=namesake, now=START)
        own = create_group(
            session=session, name="Demo class", qualification=None, units=None, random=Random(4), now=START
        )
        add_member(session=session, group_id=own.id, learner=learner.id, now=START)
    real_answers(database, learner)
    begin(database, practice(asked, learner=other.id, id=uuid4()))
    before = everything(database)
    again = make(database, shipped_bank, learners=3)
    with database.write() as session:
        add_member(session=session, group_id=again.groups[0], learner=learner.id, now=START)
    assert len(everything(database)["attempt"]) > len(before["attempt"]) + 10
    with database.write() as session:
        assert remove_demo(session) == 3
    assert everything(database) == before
    assert content_hash(asked) in {row[0] for row in before["shown_question"]}


def test_removing_where_there_is_none_removes_nothing(database: Database, learner: Learner) -> None:
    before = everything(database)
    with database.write() as session:
        assert remove_demo(session) == 0
    assert everything(database) == before


def test_a_real_learner_may_have_the_name_of_a_demo_learner_and_their_estimates_stay(
    database: Database, learner: Learner, shipped_bank: QuestionBank
) -> None:
    real_answers(database, learner)
    with database.read() as session:
        before = select_facility(session=session)
    make(database, shipped_bank, learners=3)
    with database.write() as session:
        namesake = demo_learners(session)[0].name
        assert create_learner(session=session, name=namesake, now=NOW).name == namesake
        assert select_facility(session=session) == before
        assert len(select_facility(session=session, demo=True)) == 24


def test_every_export_of_a_demo_learner_says_demo(made: Database, shipped_bank: QuestionBank) -> None:
    with made.read() as session:
        learner = demo_learners(session)[0]
        summary = gather(session, shipped_bank.pack, learner.id, NOW)
        log = export_log(session, learner.id)
    assert (learner.demo, learner.label) == (True, f"{learner.name} (demo)")
    assert summary.name == learner.label
    assert f"Learner,{learner.label}" in summary_csv(summary)
    assert log["learner"]["settings"]["demo"] is True


def test_names_differ_and_are_plain(made: Database) -> None:
    with made.read() as session:
        names = [learner.name for learner in demo_learners(session)]
    assert len(set(names)) == LEARNERS
    assert all(len(name.split()) == 2 for name in names)


def test_answers_replay_to_the_stored_marks(made: Database) -> None:
    with made.read() as session:
        stored = {(row.attempt_id, row.position): row for row in session.exec(select(AttemptItemRow)).all()}
    found = 0
    for attempt in attempts(made):
        for position, item in enumerate(attempt.items):
            row = stored[attempt.id, position]
            counted = item.latest if attempt.kind is Kind.TEST else item.first
            if counted is None:
                assert (row.fraction, row.verdict, row.marked_at) == (None, None, None)
                continue
            assert counted.mark is not None
            assert (row.fraction, row.verdict) == (counted.mark.fraction, counted.mark.verdict.value)
            assert (row.marked_at, row.seconds) == (counted.at, counted.seconds)
            assert (row.question_hash, row.family) == (content_hash(item.question), item.question.head.family)
            found += 1
    assert found > 1000


def test_sittings_are_as_the_app_makes_them(made: Database) -> None:
    sessions = attempts(made)
    for attempt in sessions:
        moments = [attempt.started_at, *(given.at for item in attempt.items for given in item.given)]
        assert moments == sorted(moments)
        assert attempt.size == len(attempt.items)
        if attempt.finished_at is not None:
            assert attempt.finished_at > moments[-1]
        if attempt.kind is Kind.PRACTICE:
            assert len(attempt.items) >= 5
            assert all(item.settled for item in attempt.items if item.answered)
            assert attempt.finished == all(item.answered for item in attempt.items)
    kinds = Counter(attempt.kind for attempt in sessions)
    assert kinds[Kind.PRACTICE] > 4 * kinds[Kind.TEST] > 0


def test_a_test_was_sat_on_a_real_paper_and_has_a_report(made: Database, unit_203: Unit) -> None:
    sat = [attempt for attempt in attempts(made) if attempt.kind is Kind.TEST]
    assert 10 <= len(sat) <= 30
    for attempt in sat:
        report = score(attempt, unit_203.blueprint.hurdle)
        assert (report.total, len(report.outcomes)) == (40, 7)
        assert attempt.finished_at is not None
        assert attempt.finished_at - attempt.started_at < timedelta(minutes=60)
    rights = [score(attempt, unit_203.blueprint.hurdle).right for attempt in sat]
    assert 18 <= mean(rights) <= 36
    assert max(rights) - min(rights) >= 8


def test_it_is_believable(facts: dict[UUID, list[QuizEvidence]]) -> None:
    everyone = [fact for mine in facts.values() for fact in mine]
    assert 0.45 <= mean(fact.fraction for fact in everyone) <= 0.9
    days = Counter(fact.at.astimezone(LONDON).date() for fact in everyone)
    assert min(days) >= FIRST_DAY
    assert max(days) == LAST_DAY
    # Two days of seven are at the weekend; spread evenly, 29 of 100 answers would be.
    weekend = sum(number for day, number in days.items() if day.weekday() >= 5) / len(everyone)
    assert 0.03 <= weekend <= 0.25
    hours = {fact.at.astimezone(LONDON).hour for fact in everyone}
    assert min(hours) >= 8
    assert len({len(mine) for mine in facts.values()}) > LEARNERS / 2
    shares = [mean(fact.fraction for fact in mine) for mine in facts.values()]
    assert max(shares) - min(shares) > 0.2


def test_who_feels_sure_is_right_more_often_and_not_everybody_is_asked(
    facts: dict[UUID, list[QuizEvidence]],
) -> None:
    asked = [mine for mine in facts.values() if any(fact.sure for fact in mine)]
    assert 0 < len(asked) < LEARNERS
    by_level = {
        level: [fact.fraction for mine in asked for fact in mine if fact.sure is level] for level in Sureness
    }
    assert mean(by_level[Sureness.SURE]) > mean(by_level[Sureness.GUESS]) + 0.1
    practised = [fact for mine in facts.values() for fact in mine if fact.kind is Kind.PRACTICE]
    assert all(fact.seconds is not None and 0 < fact.seconds <= 180 for fact in practised)


def test_a_few_are_at_risk_they_know_less_and_have_stopped(
    demo: DemoClass, facts: dict[UUID, list[QuizEvidence]]
) -> None:
    assert len(demo.at_risk) == 2  # 12 % of 20
    practice_days = {
        one: [fact.at.astimezone(LONDON).date() for fact in mine if fact.kind is Kind.PRACTICE]
        for one, mine in facts.items()
    }
    # Their practice ends with the fourteenth of the twenty-one days.
    assert all(max(practice_days[one]) <= date(2026, 11, 12) for one in demo.at_risk)
    fewest = sorted(demo.learners, key=lambda one: len(practice_days[one]))[:4]
    assert demo.at_risk <= set(fewest)
    risky = [fact.fraction for one in demo.at_risk for fact in facts[one]]
    steady = [fact.fraction for one in set(demo.learners) - demo.at_risk for fact in facts[one]]
    assert mean(risky) < mean(steady) - 0.1


def test_portfolios_are_in_progress_and_say_that_they_are_made_up(made: Database) -> None:
    standings: Counter[Standing] = Counter()
    with made.read() as session:
        for learner in demo_learners(session):
            portfolio = select_portfolio(session=session, learner=learner.id)
            for status in portfolio.statuses.values():
                standings[status.standing] += 1
                if status.standing is Standing.CONFIRMED:
                    assert status.assessor == "Demo Assessor"
                    assert status.confirmed_on is not None
                    assert FIRST_DAY <= status.confirmed_on <= LAST_DAY
            assert all(item.title.endswith("(demo)") and item.refs for item in portfolio.items)
        written = session.exec(select(OwnWordsRow.text)).all()
    assert set(standings) == {Standing.GATHERING, Standing.READY, Standing.CONFIRMED}
    assert len(written) >= 5
    assert all(entry.startswith("(Demo text.) ") for entry in written)


def test_most_work_towards_the_certificate_and_every_plan_is_valid(
    made: Database, shipped_bank: QuestionBank
) -> None:
    pack = shipped_bank.pack
    with made.read() as session:
        learners = demo_learners(session)
        chosen = Counter(learner.settings["qualification"] for learner in learners)
        for learner in learners:
            key = learner.settings["qualification"]
            plan = select_optional_plan(session=session, learner=learner.id, qualification=key)
            assert plan is not None
            assert check_plan(pack.qualifications[key], pack.outlines, plan).valid
    assert chosen["btec2-cco"] > chosen["nvq2-cco"] > 0
    assert sum(chosen.values()) == LEARNERS


def test_the_class_is_a_demo_group_with_tasks_set_and_tests_sat(made: Database) -> None:
    with made.read() as session:
        (entry,) = select_groups(session=session)
        members = select_members(session=session, group_id=entry.group.id)
        tasks = select_tasks(session=session, group_id=entry.group.id)
        tests = select_group_tests(session, entry.group.id, "L/601/7638")
    assert (entry.group.demo, entry.group.title, entry.members) == (True, "Demo class (demo)", LEARNERS)
    assert len(members) == LEARNERS
    assert [(task.due, task.questions) for task in tasks] == [
        (date(2026, 11, 25), 20),
        (date(2026, 11, 19), 15),
        (date(2026, 11, 6), 10),
    ]
    assert len(tests) >= 10


def test_statistics_take_the_class_in(made: Database) -> None:
    with made.read() as session:
        answers = select_marked_answers(session, "L/601/7638")
    assert len({answer.learner for answer in answers}) == LEARNERS


@pytest.mark.parametrize(
    ("learners", "weeks", "seed", "said"),
    [
        (0, 6, 1, "1 to 10,000 learners, not 0"),
        (10_001, 6, 1, "1 to 10,000 learners, not 10,001"),
        (30, 0, 1, "1 to 52 weeks, not 0"),
        (30, 53, 1, "1 to 52 weeks, not 53"),
        (30, 6, -1, "0 or more, not -1"),
    ],
)
def test_a_class_of_an_impossible_size_is_refused_and_the_old_one_stays(
    made: Database, shipped_bank: QuestionBank, learners: int, weeks: int, seed: int, said: str
) -> None:
    with pytest.raises(ValueError, match=said):
        make_demo(made, shipped_bank, learners=learners, weeks=weeks, seed=seed, until=UNTIL)
    with made.read() as session:
        assert len(demo_learners(session)) == LEARNERS


def test_one_learner_and_one_week_are_enough(database: Database, shipped_bank: QuestionBank) -> None:
    demo = make_demo(database, shipped_bank, learners=1, weeks=1, seed=3, until=UNTIL)
    with database.read() as session:
        evidence = select_evidence(session=session, learner=demo.learners[0])
    assert demo.answers == len(evidence) >= 4
