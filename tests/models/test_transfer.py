"""A log taken to another machine and merged there: nothing lost, nothing twice, nothing half."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from uuid import UUID, uuid4

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from literal_attempts import RIGHT, START, WRONG, a_test, at, practice, question
from literal_packs import criterion, pack_of, unit_of
from literal_questions import MATCHING, MULTIPLE_RESPONSE, ORDERING, SORTING
from stored_moves import begin, end, give, grow, load, rest, set_flag, show

from models import (
    Database,
    Learner,
    RecordMissing,
    create_learner,
    delete_item,
    note_use,
    open_database,
    save_count,
    save_item,
    save_own_words,
    save_plan,
    save_settings,
    save_status,
    select_evidence,
    select_learners,
    select_optional_plan,
    select_portfolio,
)
from models.errors import ImportRefused
from models.summaries import gather
from models.tables import Base, LearnerRow
from models.transfer import ImportResult, export_log, import_log
from models.transfer_log import Log, documents
from quiz.portfolio import EvidenceItem, Standing, Status, make_item
from quiz.questions import right_response
from quiz.reports.summary_json import summaries_json, summary_json
from quiz.sessions import Attempt
from quiz.syllabus import CriterionRef

UNIT = "L/601/7638"
REF = CriterionRef(UNIT, "1.1")
PACK = pack_of(unit_of([criterion(code) for code in ("1.1", "1.2")], {1: 2}))
NOW = at(5000)
Document = dict[str, Any]


@pytest.fixture
def other(tmp_path: Path) -> Iterator[Database]:
    """Return the database of another machine."""
    opened = open_database(tmp_path / "other")
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Document:
    """Return the export of a learner who has a little of everything."""
    opened = open_database(tmp_path_factory.mktemp("filled"))
    with opened.write() as session:
        sam = create_learner(session=session, name="Sam", now=START)
    fill(opened, sam.id)
    found = document(opened, sam.id)
    opened.close()
    return found


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    """Return a database that stays empty, since it is given only what it refuses."""
    opened = open_database(tmp_path_factory.mktemp("empty"))
    yield opened
    opened.close()


def document(database: Database, learner: UUID) -> Document:
    """Return the learner's export as it is read from a file."""
    with database.read() as session:
        summary = gather(session, PACK, learner, NOW)
        found: Document = json.loads(summary_json(summary, export_log(session, learner)))
    return found


def log_of(database: Database, learner: UUID) -> dict[str, Any]:
    with database.read() as session:
        return export_log(session, learner)


def take(database: Database, data: Any) -> ImportResult:
    with database.write() as session:
        return import_log(session, data, NOW)


def new(result: ImportResult) -> tuple[int, int, int, int, int]:
    return (
        result.new_attempts,
        result.new_responses,
        result.new_entries,
        result.changed,
        result.already_there,
    )


def session_of(database: Database, learner: UUID, letters: str, minute: float = 0) -> Attempt:
    """Store practice with a question for each letter, r right, w wrong or - none."""
    attempt = begin(
        database,
        practice(
            *(question("1.1", number) for number in range(1, len(letters) + 1)),
            learner=learner, id=uuid4(), started_at=at(minute),
        ),
    )  # fmt: skip
    for position, letter in enumerate(letters):
        if letter != "-":
            response = RIGHT if letter == "r" else WRONG
            attempt = give(database, attempt, position, response, at(minute + position + 1), 9.25)
    return attempt


def evidence_item(title: str = "Email", number: int = 8, codes: tuple[str, ...] = ("1.1",)) -> EvidenceItem:
    return make_item(
        UUID(int=number), title=title, type_code="P", reference="A7", kept_where="Folder",
        dated=date(2026, 11, 1), note="", refs=[CriterionRef(UNIT, code) for code in codes],
    )  # fmt: skip


def fill(database: Database, learner: UUID) -> None:
    """Store a little of everything: every type of question, a test, flags, a break, plan and portfolio."""
    mixed = begin(
        database, practice(MULTIPLE_RESPONSE, MATCHING, ORDERING, SORTING, learner=learner, id=uuid4())
    )
    for position, asked in enumerate((MULTIPLE_RESPONSE, MATCHING, ORDERING, SORTING)):
        mixed = give(database, mixed, position, right_response(asked), at(position + 1))
    wrong = session_of(database, learner, "wr-", 20)
    wrong = show(database, wrong, 0, at(25))
    set_flag(database, wrong, 2, True, at(26))
    sat = begin(
        database,
        a_test(question("1.1"), question("1.2"), learner=learner, id=uuid4(), started_at=at(30)),
    )
    sat = give(database, sat, 0, WRONG, at(31))
    sat = give(database, sat, 0, RIGHT, at(32))
    sat = rest(database, sat, at(33))
    end(database, sat, at(40))
    with database.write() as session:
        save_settings(session=session, learner_id=learner, settings={"qualification": "tea", "size": 1.5})
        save_plan(session=session, learner=learner, qualification="tea", units=[UNIT], now=at(41))
        save_own_words(
            session=session,
            learner=learner,
            ref=REF,
            text="Wir kochen Wasser – “ja”.",
            points=[2, 0],
            now=at(42),
        )
        save_item(session=session, learner=learner, item=evidence_item(codes=("1.1", "1.2")), now=at(43))
        confirmed = Status(Standing.CONFIRMED, "Pat Lee", date(2026, 11, 2))
        save_status(session=session, learner=learner, ref=REF, status=confirmed, now=at(44))
        save_count(session=session, learner=learner, ref=REF, name="calls", count=3)


def test_a_log_is_the_same_after_it_went_to_another_machine(
    database: Database, other: Database, learner: Learner
) -> None:
    fill(database, learner.id)
    result = take(other, document(database, learner.id))
    assert log_of(other, learner.id) == log_of(database, learner.id)
    assert (result.learner.name, result.created) == ("Sam", True)
    assert new(result) == (3, 8, 5, 0, 0)
    assert document(other, learner.id) == document(database, learner.id)


def test_the_marks_that_count_come_along(database: Database, other: Database, learner: Learner) -> None:
    fill(database, learner.id)
    take(other, document(database, learner.id))
    with database.read() as here, other.read() as there:
        stored = select_evidence(session=here, learner=learner.id)
        assert select_evidence(session=there, learner=learner.id) == stored
    assert len(stored) == 7


def test_attempts_portfolio_and_plan_read_the_same_there(
    database: Database, other: Database, learner: Learner
) -> None:
    fill(database, learner.id)
    asked = session_of(database, learner.id, "rw", 50)
    take(other, document(database, learner.id))
    assert load(other, asked) == load(database, asked)
    with database.read() as here, other.read() as there:
        assert select_portfolio(session=there, learner=learner.id) == select_portfolio(
            session=here, learner=learner.id
        )
        assert select_optional_plan(session=there, learner=learner.id, qualification="tea") == {UNIT}


def test_the_same_file_twice_changes_nothing(database: Database, other: Database, learner: Learner) -> None:
    fill(database, learner.id)
    data = document(database, learner.id)
    take(other, data)
    before = log_of(other, learner.id)
    again = take(other, data)
    assert (again.created, new(again)) == (False, (0, 0, 0, 0, 8))
    assert log_of(other, learner.id) == before


def test_a_file_taken_in_where_it_came_from_changes_nothing(database: Database, learner: Learner) -> None:
    fill(database, learner.id)
    before = log_of(database, learner.id)
    assert new(take(database, document(database, learner.id))) == (0, 0, 0, 0, 8)
    assert log_of(database, learner.id) == before


@settings(max_examples=6)
@given(letters=st.lists(st.text("rw-", min_size=1, max_size=4), max_size=4), back=st.booleans())
def test_halves_of_two_machines_become_the_same_whole(letters: list[str], back: bool) -> None:
    with TemporaryDirectory() as folder:
        first, second = (open_database(Path(folder) / name) for name in "ab")
        try:
            with first.write() as session:
                learner = create_learner(session=session, name="Sam", now=START).id
            take(second, document(first, learner))
            for number, some in enumerate(letters):
                session_of((first, second)[number % 2], learner, some, 100 * number)
            here, there = document(first, learner), document(second, learner)
            pairs = [(first, there), (second, here)]
            for database, data in reversed(pairs) if back else pairs:
                take(database, data)
            assert log_of(first, learner) == log_of(second, learner)
            assert len(log_of(first, learner)["attempts"]) == len(letters)
            assert len(log_of(first, learner)["responses"]) == sum(
                len(some) - some.count("-") for some in letters
            )
        finally:
            first.close()
            second.close()


def test_a_sitting_gone_on_with_on_both_machines_is_put_in_order_of_time(
    database: Database, other: Database, learner: Learner
) -> None:
    attempt = session_of(database, learner.id, "r---")
    take(other, document(database, learner.id))
    here = give(database, attempt, 1, WRONG, at(20))
    give(database, here, 2, RIGHT, at(21))
    there = give(other, attempt, 1, RIGHT, at(10))
    set_flag(other, there, 3, True, at(11))
    set_flag(database, here, 2, True, at(12))

    ours, theirs = document(database, learner.id), document(other, learner.id)
    assert new(take(database, theirs)) == (0, 1, 0, 1, 1)
    assert new(take(other, ours)) == (0, 2, 0, 1, 1)
    assert log_of(database, learner.id) == log_of(other, learner.id)
    log = log_of(database, learner.id)
    assert [(r["position"], r["sequence"]) for r in log["responses"]] == [(0, 1), (1, 2), (1, 3), (2, 4)]
    assert [(e["position"], e["sequence"]) for e in log["events"]] == [(3, 1), (2, 2)]
    # The first try at the second question is now the other machine's, and so is its mark.
    assert [(i["position"], i["fraction"]) for i in log["items"]] == [(0, 1.0), (1, 1.0), (2, 1.0), (3, None)]
    assert new(take(database, theirs)) == (0, 0, 0, 0, 2)


def test_endless_practice_grown_on_both_machines_keeps_both_questions(
    database: Database, other: Database, learner: Learner
) -> None:
    attempt = begin(database, practice(question("1.1"), learner=learner.id, size=None))
    take(other, document(database, learner.id))
    here = grow(database, attempt, question("1.1", 2), at(5))
    give(database, here, 1, RIGHT, at(6))
    there = grow(other, attempt, question("1.1", 3), at(7))
    give(other, there, 1, WRONG, at(8))
    theirs = document(other, learner.id)
    take(database, theirs)
    merged = load(database, attempt)
    assert [item.question.head.id[-2:] for item in merged.items] == ["01", "02", "03"]
    assert [item.first.response if item.first else None for item in merged.items] == [None, RIGHT, WRONG]
    with database.read() as session:
        facts = select_evidence(session=session, learner=learner.id)
    assert [(fact.question[-2:], fact.fraction) for fact in facts] == [("02", 1.0), ("03", 0.0)]
    before = log_of(database, learner.id)
    assert new(take(database, theirs)) == (0, 0, 0, 0, 1)
    assert log_of(database, learner.id) == before


def test_the_same_next_question_drawn_on_both_machines_is_one_question(
    database: Database, other: Database, learner: Learner
) -> None:
    attempt = begin(database, practice(question("1.1"), learner=learner.id, size=None))
    take(other, document(database, learner.id))
    grow(database, attempt, question("1.1", 2), at(5))
    there = grow(other, attempt, question("1.1", 2), at(7))
    give(other, there, 1, WRONG, at(8))
    take(database, document(other, learner.id))
    merged = load(database, attempt)
    assert len(merged.items) == 2
    assert merged.items[1].first is not None


def test_a_test_finished_elsewhere_is_finished_here_with_its_marks(
    database: Database, other: Database, learner: Learner
) -> None:
    sat = begin(database, a_test(question("1.1"), question("1.2"), learner=learner.id))
    take(other, document(database, learner.id))
    there = give(other, sat, 0, WRONG, at(4))
    there = end(other, give(other, there, 0, RIGHT, at(5)), at(6))
    assert new(take(database, document(other, learner.id))) == (0, 2, 0, 1, 0)
    assert load(database, sat) == load(other, there)
    assert log_of(database, learner.id) == log_of(other, learner.id)


@pytest.mark.parametrize("minute", [-600, 0, 4999])
def test_whoever_used_the_machine_before_an_import_is_the_latest_after_it(
    database: Database, other: Database, learner: Learner, minute: int
) -> None:
    with other.write() as session:
        create_learner(session=session, name="Eve", now=at(minute))
        early = create_learner(session=session, name="Al", now=at(minute - 1))
        demo = create_learner(session=session, name="Demo", now=NOW)
        save_settings(session=session, learner_id=demo.id, settings={"demo": True})
    session_of(database, learner.id, "rw")
    assert take(other, document(database, learner.id)).created
    assert take(other, document(database, learner.id)).created is False
    with other.read() as session:
        real = [entry for entry in select_learners(session=session) if not entry.demo]
    assert (real[0].name, len(real)) == ("Eve", 3)
    with other.write() as session:
        note_use(session=session, learner_id=early.id, now=NOW)
        assert select_learners(session=session)[0] == early


def test_on_an_empty_machine_an_imported_learner_was_last_there_with_their_last_answer_or_just_now(
    database: Database, other: Database, learner: Learner
) -> None:
    session_of(database, learner.id, "rw", 10)
    early = document(database, learner.id)
    session_of(database, learner.id, "r", 6000)  # by a clock that is ahead of the one here
    with database.write() as session:
        ahead = create_learner(session=session, name="Eve", now=at(9000))
    take(other, early)
    with other.read() as session:
        assert session.get_one(LearnerRow, learner.id).last_used_at == at(12)
    with other.write() as session:
        session.delete(session.get_one(LearnerRow, learner.id))
    take(other, document(database, ahead.id))
    with other.read() as session:
        assert session.get_one(LearnerRow, ahead.id).last_used_at == NOW


def test_a_name_that_is_taken_gets_a_number(database: Database, other: Database, learner: Learner) -> None:
    with other.write() as session:
        create_learner(session=session, name="SAM", now=START)
        create_learner(session=session, name="Sam 2", now=START)
    assert take(other, document(database, learner.id)).learner.name == "Sam 3"
    with other.read() as session:
        assert {entry.name for entry in select_learners(session=session)} == {"SAM", "Sam 2", "Sam 3"}


def test_a_long_name_that_is_taken_is_cut_for_its_number(database: Database, other: Database) -> None:
    name = "x" * 60
    with database.write() as session:
        long = create_learner(session=session, name=name, now=START)
    with other.write() as session:
        create_learner(session=session, name=name, now=START)
    assert take(other, document(database, long.id)).learner.name == "x" * 58 + " 2"


def test_settings_made_here_stay_and_missing_ones_come(
    database: Database, other: Database, learner: Learner
) -> None:
    with database.write() as session:
        save_settings(session=session, learner_id=learner.id, settings={"theme": "dark"})
    take(other, document(database, learner.id))
    with database.write() as session:
        save_settings(
            session=session, learner_id=learner.id, settings={"theme": "light", "extra_percent": 25}
        )
    result = take(other, document(database, learner.id))
    assert result.learner.settings == {"theme": "dark", "extra_percent": 25}


def test_the_later_plan_and_piece_of_evidence_and_the_higher_count_stand(
    database: Database, other: Database, learner: Learner
) -> None:
    fill(database, learner.id)
    take(other, document(database, learner.id))
    old = document(database, learner.id)
    with database.write() as session:
        save_plan(session=session, learner=learner.id, qualification="tea", units=["T/503/0356"], now=at(60))
        save_item(session=session, learner=learner.id, item=evidence_item("Call", codes=("1.2",)), now=at(61))
        save_count(session=session, learner=learner.id, ref=REF, name="calls", count=5)
    assert new(take(other, document(database, learner.id))) == (0, 0, 0, 3, 8)
    assert log_of(other, learner.id) == log_of(database, learner.id)
    assert new(take(other, old)) == (0, 0, 0, 0, 8)
    assert log_of(other, learner.id) == log_of(database, learner.id)


def test_a_piece_of_evidence_deleted_here_comes_back_with_the_file(
    database: Database, learner: Learner
) -> None:
    fill(database, learner.id)
    data = document(database, learner.id)
    with database.write() as session:
        delete_item(session=session, learner=learner.id, item_id=UUID(int=8))
    take(database, data)
    with database.read() as session:
        (item,) = select_portfolio(session=session, learner=learner.id).items
    assert item == evidence_item(codes=("1.1", "1.2"))


def test_a_file_of_several_learners_holds_a_document_for_each(
    database: Database, other: Database, learner: Learner
) -> None:
    with database.write() as session:
        eve = create_learner(session=session, name="Eve", now=START)
    session_of(database, learner.id, "r")
    session_of(database, eve.id, "ww")
    with database.read() as session:
        pairs = [
            (gather(session, PACK, entry.id, NOW), export_log(session, entry.id)) for entry in (learner, eve)
        ]
    found = documents(json.loads(summaries_json(pairs)))
    assert [take(other, data).new_responses for data in found] == [1, 2]
    assert documents(found[0]) == [found[0]]


def test_every_column_that_belongs_to_a_learner_is_in_the_log() -> None:
    derived = {
        "learner": {"last_used_at"},  # about this machine
        "attempt_item": {
            "question_id",
            "family",
            "unit",
            "criterion",
            "kind",
        },  # the question and attempt say it
    }
    named = {
        "learner": "LogLearner", "attempt": "LogAttempt", "attempt_item": "LogItem", "response": "LogResponse",
        "attempt_event": "LogEvent", "own_words": "LogOwnWords", "plan": "LogPlan",
        "portfolio_status": "LogStatus", "evidence_item": "LogEvidenceItem", "evidence_link": "LogLink",
        "evidence_count": "LogCount",
    }  # fmt: skip
    other_names = {"attempt_id": "attempt", "question_hash": "question"}
    owner = {"learner_id", "item_id"}
    shapes = Log.model_json_schema()["$defs"]
    shared = {"shown_question", "setting", "lesson", "lesson_question", "lesson_count"}
    for_the_tutor_here = {"question_report", "learner_group", "group_member", "group_task", "tutor_comment"}
    of_this_class = {"device", "return_code", "live_lesson", "participant", "live_answer"}
    made_from_it = {"learner_sums", "unit_sums", "family_sums", "day_sums", "past_states", "facility"}
    assert set(Base.metadata.tables) - named.keys() <= (
        shared | for_the_tutor_here | of_this_class | made_from_it
    )
    for table, shape in named.items():
        columns = {column.name for column in Base.metadata.tables[table].columns} - derived.get(table, set())
        expected = {other_names.get(name, name) for name in columns - owner}
        assert set(shapes[shape]["properties"]) - {"criteria"} == expected, table


def test_the_schema_file_describes_the_log_as_it_is_read() -> None:
    stated = json.loads((Path(__file__).parents[2] / "quiz/reports/summary.schema.json").read_text())["$defs"]
    log = Log.model_json_schema(mode="serialization", ref_template="#/$defs/{model}")
    shapes = log.pop("$defs")
    assert stated["Log"] == log
    assert {name: stated[name] for name in shapes} == shapes


def test_the_log_of_a_learner_who_is_not_here_is_missing(database: Database) -> None:
    with database.read() as session, pytest.raises(RecordMissing, match="not here any more"):
        export_log(session, UUID(int=1))


Spoil = Callable[[Document], Any]


def put(*path: str | int, value: Any) -> Spoil:
    """Return a change of the document at a path."""

    def spoil(data: Document) -> None:
        node: Any = data
        for step in path[:-1]:
            node = node[step]
        node[path[-1]] = value

    return spoil


def drop(*path: str | int) -> Spoil:
    def spoil(data: Document) -> None:
        node: Any = data
        for step in path[:-1]:
            node = node[step]
        del node[path[-1]]

    return spoil


def twice(name: str) -> Spoil:
    return lambda data: data["log"][name].append(data["log"][name][0])


GONE = "99999999-9999-4999-8999-999999999999"


@pytest.mark.parametrize(
    ("spoil", "words"),
    [
        (drop("headset"), "not a summary that Headset exported"),
        (put("headset", value="paper"), "not a summary that Headset exported"),
        (put("schema", value=2), "newer version of Headset wrote this file .form 2; this version knows up to 1"),
        (put("schema", value="1"), "names no form"),
        (put("schema", value=True), "names no form"),
        (put("schema", value=0), "names no form"),
        (drop("log"), "holds no log"),
        (put("log", value=[]), "does not hold together: log: "),
        (drop("log", "learner", "name"), "log → learner → name: Field required"),
        (put("log", "learner", "name", value=" "), "log → learner → name"),
        (put("log", "learner", "extra", value=1), "log → learner → extra: Extra inputs"),
        (put("log", "learner", "name", value="\u202e\u0007"), "log → learner → name"),
        (put("log", "learner", "settings", value={"per_day": 10**30}), "per_day is nothing that can be chosen"),
        (put("log", "learner", "settings", value={"extra_percent": "25"}), "extra_percent is nothing"),
        (put("log", "learner", "settings", value={"test_date": ["2026-11-22"]}), "test_date is nothing"),
        (put("log", "learner", "settings", value={"test_date": "soon"}), "log → learner → settings"),
        (put("log", "attempts", 0, "extra_percent", value=2**30), "log → attempts → 0 → extra_percent: .* is more than 400"),
        (put("log", "attempts", 0, "started_at", value="9999-12-31T23:59:59Z"), "the year 9999 is out of reach"),
        (put("log", "attempts", 0, "kind", value="exam"), "log → attempts → 0 → kind"),
        (put("log", "attempts", 0, "started_at", value="2026-11-22T09:00:00"), "timezone"),
        (put("log", "attempts", 0, "seed", value=2**63), "log → attempts → 0 → seed"),
        (put("log", "attempts", 0, "title", value="\ud800"), "half of a sign"),
        (put("log", "items", 0, "fraction", value=float("nan")), "log → items → 0 → fraction"),
        (put("log", "items", 0, "fraction", value=1.5), "log → items → 0 → fraction"),
        (put("log", "responses", 0, "seconds", value=float("inf")), "log → responses → 0 → seconds"),
        (put("log", "statuses", 0, "criterion", value="one"), "log → statuses → 0 → criterion"),
        (put("log", "statuses", 0, "status", value="met"), "log → statuses → 0 → status"),
        (put("log", "items", 0, "attempt", value=GONE), f"belongs to the attempt {GONE}, which is missing"),
        (put("log", "items", 0, "question", value="0" * 32), f"the question {'0' * 32} of item"),
        (put("log", "items", 0, "position", value=50), "not numbered from 0 without a gap"),
        (put("log", "responses", 0, "position", value=50), "the question that response .* answers is missing"),
        (put("log", "responses", 0, "attempt", value=GONE), f"response .* belongs to the attempt {GONE}"),
        (put("log", "responses", 0, "response", value={"type": "essay"}), "no answer that this version knows"),
        (put("log", "events", 0, "attempt", value=GONE), f"event .* belongs to the attempt {GONE}"),
        (twice("attempts"), "the same attempt is there 2 times"),
        (twice("responses"), "the same response is there 2 times"),
        (twice("plans"), "the same plan is there 2 times"),
        (twice("evidence_items"), "the same piece of evidence is there 2 times"),
        (
            lambda data: data["log"]["questions"][next(iter(data["log"]["questions"]))].update(stem="Else?"),
            "not what its hash says",
        ),
        (lambda data: data["log"]["questions"].clear(), "the question .* of item .* is missing"),
    ],
)  # fmt: skip
def test_a_file_that_does_not_hold_together_is_refused_and_nothing_is_written(
    filled: Document, empty: Database, spoil: Spoil, words: str
) -> None:
    data = copy.deepcopy(filled)
    spoil(data)
    with pytest.raises(ImportRefused, match=words):
        take(empty, data)
    with empty.read() as session:
        assert select_learners(session=session) == []


@pytest.mark.parametrize("data", [None, 7, "summary", [], {}, {"summaries": []}])
def test_what_is_no_document_is_refused(empty: Database, data: Any) -> None:
    with pytest.raises(ImportRefused, match="not a summary that Headset exported"):
        take(empty, data)
    with pytest.raises(ImportRefused, match="not a summary that Headset exported"):
        documents(data)


def test_a_file_of_no_learner_is_refused() -> None:
    with pytest.raises(ImportRefused, match="holds no learner"):
        documents({"headset": "summary", "schema": 1, "summaries": []})


def test_a_row_that_belongs_to_another_learner_here_is_refused(
    database: Database, other: Database, learner: Learner
) -> None:
    fill(database, learner.id)
    data = document(database, learner.id)
    take(other, data)
    stolen = copy.deepcopy(data)
    stolen["log"]["learner"].update(id=GONE, name="Eve")
    before = log_of(other, learner.id)
    with pytest.raises(ImportRefused, match="the attempt .* belongs to something else here"):
        take(other, stolen)
    assert log_of(other, learner.id) == before
    with other.read() as session:
        assert [entry.name for entry in select_learners(session=session)] == ["Sam"]


def test_a_press_of_the_button_that_is_stored_here_is_not_stored_again(
    database: Database, other: Database, learner: Learner
) -> None:
    attempt = session_of(database, learner.id, "r")
    take(other, document(database, learner.id))
    data = document(database, learner.id)
    data["log"]["responses"][0]["id"] = GONE
    assert new(take(other, data)) == (0, 0, 0, 0, 1)
    assert load(other, attempt) == load(database, attempt)


def test_thousands_of_answers_go_over_whole(database: Database, other: Database, learner: Learner) -> None:
    asked = [question("1.1", number) for number in range(1, 41)]
    begin(database, practice(*asked, learner=learner.id))
    data = document(database, learner.id)
    attempts, items, responses = [], [], []
    for n in range(75):
        attempts.append({**data["log"]["attempts"][0], "id": str(UUID(int=n + 1))})
        for item in data["log"]["items"]:
            position = item["position"]
            marked = {"fraction": 1.0, "verdict": "right", "marked_at": "2026-11-22T10:00:00Z"}
            items.append({**item, **marked, "id": str(uuid4()), "attempt": attempts[-1]["id"]})
            responses.append(
                {
                    "id": str(uuid4()), "attempt": attempts[-1]["id"], "position": position,
                    "sequence": position + 1, "submit_id": str(uuid4()),
                    "response": {"type": "single_choice", "chosen": "a"},
                    "given_at": "2026-11-22T10:00:00Z", "seconds": None, "sure": None,
                }
            )  # fmt: skip
    data["log"].update(attempts=attempts, items=items, responses=responses)
    assert new(take(other, data)) == (75, 3000, 0, 0, 0)
    with other.read() as session:
        summary = gather(session, PACK, learner.id, NOW)
    assert (summary.practised.answers, summary.practised.sessions) == (3000, 75)
