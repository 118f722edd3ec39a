"""Groups as stored: names and codes, members, what goes when a group is removed, the answers of a whole group."""

from __future__ import annotations

import json
from random import Random
from typing import Any
from uuid import UUID, uuid4

import pytest
from literal_attempts import RIGHT, START, WRONG, a_test, at, practice, question
from sqlalchemy import event
from sqlalchemy.exc import IntegrityError
from stored_moves import begin, end, give

from models import (
    Database,
    GroupHoldings,
    Learner,
    RecordMissing,
    add_member,
    archive_group,
    create_group,
    create_learner,
    delete_group,
    export_log,
    import_file,
    remove_member,
    restore_group,
    save_comment,
    save_group,
    save_task,
    select_evidence,
    select_group_evidence,
    select_group_tests,
    select_groups,
    select_holdings,
    select_learners,
    select_members,
    select_open_group_tests,
    select_optional_group,
    select_tests,
    withdraw_task,
)
from quiz.classes import CODE_SIGNS, Group, make_task
from quiz.errors import EntryRefused
from quiz.sessions import SatTest
from quiz.syllabus import CriterionRef

UNIT = "L/601/7638"
TEA, CUPS = CriterionRef(UNIT, "1.1"), CriterionRef(UNIT, "1.2")
NOBODY = UUID("99999999-9999-4999-8999-999999999999")


def make(database: Database, name: str = "Tuesday", **changes: Any) -> Group:
    stated: dict[str, Any] = {"qualification": None, "units": None, "random": Random(1), "now": START}
    with database.write() as session:
        return create_group(session=session, name=name, **{**stated, **changes})


def known(database: Database, name: str) -> Learner:
    with database.write() as session:
        return create_learner(session=session, name=name, now=START)


def join(database: Database, group: Group, *learners: Learner, minute: float = 0) -> None:
    with database.write() as session:
        for learner in learners:
            add_member(session=session, group_id=group.id, learner=learner.id, now=at(minute))


def leave(database: Database, group: Group, learner: Learner) -> None:
    with database.write() as session:
        remove_member(session=session, group_id=group.id, learner=learner.id, now=at(9))


def members(database: Database, group: Group) -> list[str]:
    with database.read() as session:
        return [member.name for member in select_members(session=session, group_id=group.id)]


def listed(database: Database, archived: bool = False) -> list[tuple[str, int]]:
    with database.read() as session:
        found = select_groups(session=session, archived=archived)
    return [(entry.group.name, entry.members) for entry in found]


def stored(database: Database, group: Group) -> Group | None:
    with database.read() as session:
        return select_optional_group(session=session, group_id=group.id)


def number(database: Database, table: str) -> int:
    with database.read() as session:
        return int(session.connection().exec_driver_sql(f"SELECT count(*) FROM {table}").scalar_one())


def answers(database: Database, learner: Learner, letters: str, **changes: Any) -> None:
    """Store a practice of questions on criterion 1.1, answered right (r) or wrong (w)."""
    asked = [question("1.1", place) for place in range(len(letters))]
    attempt = begin(database, practice(*asked, id=uuid4(), learner=learner.id, **changes))
    for place, letter in enumerate(letters):
        attempt = give(database, attempt, place, RIGHT if letter == "r" else WRONG, at(place))


def sit(database: Database, learner: Learner, minute: float, letters: str) -> UUID:
    """Store a finished test of a question on 1.1 and one on 1.2; “-” leaves a question out."""
    attempt = begin(
        database,
        a_test(question("1.1"), question("1.2"), id=uuid4(), learner=learner.id, started_at=at(minute)),
    )
    for place, letter in enumerate(letters):
        if letter != "-":
            attempt = give(database, attempt, place, RIGHT if letter == "r" else WRONG, at(minute + place))
    end(database, attempt, at(minute + 5))
    return attempt.id


def test_a_new_group_has_its_name_trimmed_and_a_code_of_six_signs(database: Database) -> None:
    group = make(database, "  Tuesday \n group ", qualification="btec2-cco", units=["T/503/0356", UNIT])
    assert (group.name, group.title, group.qualification) == ("Tuesday group", "Tuesday group", "btec2-cco")
    assert (group.units, group.archived_at, group.demo) == ((UNIT, "T/503/0356"), None, False)
    assert len(group.join_code) == 6
    assert set(group.join_code) <= set(CODE_SIGNS)
    assert stored(database, group) == group


def test_no_sign_of_a_code_is_taken_for_another() -> None:
    assert set("0O1IL2Z5S8BUV") & set(CODE_SIGNS) == {"V"}
    assert set("AEIOU") & set(CODE_SIGNS) == set()


def test_the_same_chance_gives_another_code_where_the_first_is_taken(database: Database) -> None:
    first, second = make(database, "A", random=Random(7)), make(database, "B", random=Random(7))
    source = Random(7)
    codes = ["".join(source.choice(CODE_SIGNS) for _ in range(6)) for _ in range(2)]
    assert [first.join_code, second.join_code] == codes


@pytest.mark.parametrize(
    ("name", "words"),
    [
        (" ", r"^Give the group a name first\.$"),
        ("x" * 61, r"^That name is 61 characters long; 60 is the most\.$"),
        (
            "TUESDAY",
            r"^There is a group “Tuesday” already, here or among those archived\. Choose another name\.$",
        ),
    ],
)
def test_a_name_that_cannot_be_taken_is_refused(database: Database, name: str, words: str) -> None:
    make(database)
    with pytest.raises(EntryRefused, match=words):
        make(database, name)
    assert listed(database) == [("Tuesday", 0)]


def test_a_group_is_renamed_and_given_other_units(database: Database) -> None:
    group = make(database, units=[UNIT])
    with database.write() as session:
        save_group(session=session, group_id=group.id, name="tuesday", qualification="nvq2-cco", units=None)
    changed = stored(database, group)
    assert changed is not None
    assert (changed.name, changed.qualification, changed.units) == ("tuesday", "nvq2-cco", None)
    assert changed.join_code == group.join_code


def test_groups_are_listed_by_name_with_the_learners_who_are_in_them_now(
    database: Database, learner: Learner
) -> None:
    late, early = make(database, "wednesday"), make(database, "Tuesday", random=Random(2))
    eve = known(database, "Eve")
    join(database, late, learner, eve)
    leave(database, late, eve)
    assert listed(database) == [("Tuesday", 0), ("wednesday", 1)]
    assert members(database, early) == []


def test_an_archived_group_is_put_away_and_brought_back_whole(database: Database, learner: Learner) -> None:
    group = make(database)
    join(database, group, learner)
    for minute in (3, 4):
        with database.write() as session:
            archive_group(session=session, group_id=group.id, now=at(minute))
    assert (listed(database), listed(database, archived=True)) == ([], [("Tuesday", 1)])
    kept = stored(database, group)
    assert kept is not None
    assert kept.archived_at == at(3)
    with database.write() as session:
        restore_group(session=session, group_id=group.id)
    assert stored(database, group) == group
    assert listed(database) == [("Tuesday", 1)]


def test_a_demo_group_says_so_wherever_its_title_stands(database: Database) -> None:
    group = make(database, demo=True)
    assert (group.name, group.title) == ("Tuesday", "Tuesday (demo)")
    assert stored(database, group) == group


def test_members_come_by_name_whatever_their_capitals(database: Database, learner: Learner) -> None:
    group = make(database)
    join(database, group, learner, known(database, "eve"), known(database, "Al"))
    assert members(database, group) == ["Al", "eve", "Sam"]


def test_a_learner_is_in_a_group_once_and_comes_back_after_leaving(
    database: Database, learner: Learner
) -> None:
    group = make(database)
    join(database, group, learner, minute=1)
    join(database, group, learner, minute=2)
    with database.read() as session:
        (member,) = select_members(session=session, group_id=group.id)
    assert member.joined_at == at(1)
    leave(database, group, learner)
    assert members(database, group) == []
    join(database, group, learner, minute=12)
    with database.read() as session:
        (member,) = select_members(session=session, group_id=group.id)
    assert (member.id, member.joined_at) == (learner.id, at(12))
    assert number(database, "group_member") == 1


def test_the_database_holds_a_learner_once_in_a_group(database: Database, learner: Learner) -> None:
    group = make(database)
    join(database, group, learner)
    with pytest.raises(IntegrityError), database.write() as session:
        session.connection().exec_driver_sql(
            "INSERT INTO group_member SELECT '00000000000000000000000000000001', group_id, learner_id, joined_at, NULL"
            " FROM group_member"
        )


def test_what_is_not_there_cannot_be_joined_or_changed(database: Database, learner: Learner) -> None:
    group = make(database)
    gone = r"^This group is not here any more\. Choose one under Groups\.$"
    with (
        pytest.raises(RecordMissing, match="This learner is not here"),
        database.write() as session,
    ):
        add_member(session=session, group_id=group.id, learner=NOBODY, now=START)
    with pytest.raises(RecordMissing, match=gone), database.write() as session:
        add_member(session=session, group_id=NOBODY, learner=learner.id, now=START)
    with pytest.raises(RecordMissing, match=gone), database.write() as session:
        archive_group(session=session, group_id=NOBODY, now=START)
    with database.write() as session:
        remove_member(session=session, group_id=group.id, learner=NOBODY, now=START)
        delete_group(session=session, group_id=NOBODY)
    with database.read() as session:
        assert select_optional_group(session=session, group_id=NOBODY) is None


def fill(database: Database, group: Group, learner: Learner) -> None:
    """Give a group two tasks, one of them withdrawn, and a comment."""
    with database.write() as session:
        for minute in (1, 2):
            task = make_task(
                uuid4(), group.id, title="Twenty", unit=UNIT, codes=["1.1"], questions=20,
                due=at(0).date(), now=at(minute), today=at(0).date(),
            )  # fmt: skip
            save_task(session=session, task=task)
        withdraw_task(session=session, task_id=task.id, now=at(3))
        save_comment(
            session=session, comment_id=uuid4(), group_id=group.id, learner=learner.id, ref=TEA, text="Good",
            now=at(4),
        )  # fmt: skip


def test_a_removed_group_takes_memberships_tasks_and_comments_and_nothing_else(
    database: Database, learner: Learner
) -> None:
    gone, stays = make(database, "Gone"), make(database, "Stays", random=Random(2))
    eve = known(database, "Eve")
    for group in (gone, stays):
        join(database, group, learner, eve)
        fill(database, group, learner)
    leave(database, gone, eve)
    answers(database, learner, "rw")
    with database.read() as session:
        assert select_holdings(session=session, group_id=gone.id) == GroupHoldings(2, 2, 1)
        before = select_evidence(session=session, learner=learner.id)
    with database.write() as session:
        delete_group(session=session, group_id=gone.id)
    with database.read() as session:
        assert select_holdings(session=session, group_id=gone.id) == GroupHoldings(0, 0, 0)
        assert select_holdings(session=session, group_id=stays.id) == GroupHoldings(2, 2, 1)
        assert select_evidence(session=session, learner=learner.id) == before
        assert {entry.name for entry in select_learners(session=session)} == {"Sam", "Eve"}
    assert listed(database) == [("Stays", 2)]


def test_a_learner_who_is_removed_leaves_their_groups_and_takes_their_comments(
    database: Database, learner: Learner
) -> None:
    group = make(database)
    join(database, group, learner, known(database, "Eve"))
    fill(database, group, learner)
    with database.write() as session:
        session.connection().exec_driver_sql("DELETE FROM learner WHERE id = ?", (learner.id.hex,))
    assert members(database, group) == ["Eve"]
    with database.read() as session:
        assert select_holdings(session=session, group_id=group.id) == GroupHoldings(1, 2, 0)


def test_evidence_of_a_group_is_that_of_each_learner_in_it(database: Database, learner: Learner) -> None:
    group = make(database)
    eve, away, outside = (known(database, name) for name in ("Eve", "Away", "Outside"))
    join(database, group, learner, eve, away)
    leave(database, group, away)
    for one, letters in ((learner, "rwr"), (away, "r"), (outside, "w")):
        answers(database, one, letters)
    sit(database, learner, 20, "r-")
    with database.read() as session:
        found = select_group_evidence(session, group.id)
        assert found == {learner.id: select_evidence(session=session, learner=learner.id)}
        assert select_group_evidence(session, group.id, UNIT) == found
        assert select_group_evidence(session, group.id, "T/503/0356") == {}
    assert [fact.fraction for fact in found[learner.id]] == [1.0, 0.0, 1.0, 1.0]


def test_a_group_of_thirty_is_read_in_one_query(database: Database) -> None:
    group = make(database)
    for place in range(30):
        one = known(database, f"Learner {place}")
        join(database, group, one)
        answers(database, one, "r")
    said: list[str] = []
    with database.read() as session:
        engine = session.get_bind()
        event.listen(engine, "before_cursor_execute", lambda *args: said.append(args[2]))
        found = select_group_evidence(session, group.id, UNIT)
    assert len(found) == 30
    assert len([statement for statement in said if statement.startswith("SELECT")]) == 1


def test_finished_tests_of_a_group_carry_a_mark_for_every_question(
    database: Database, learner: Learner
) -> None:
    group = make(database)
    eve, outside = known(database, "Eve"), known(database, "Outside")
    join(database, group, learner, eve)
    hers = sit(database, eve, 30, "rw")
    his = sit(database, learner, 10, "r-")
    sit(database, outside, 10, "rr")
    open_one = begin(database, a_test(question("1.1"), id=uuid4(), learner=learner.id, started_at=at(50)))
    answers(database, learner, "r")
    with database.read() as session:
        assert select_group_tests(session, group.id, UNIT) == [
            SatTest(his, learner.id, at(15), ((TEA, 1.0), (CUPS, 0.0))),
            SatTest(hers, eve.id, at(35), ((TEA, 1.0), (CUPS, 0.0))),
        ]
        assert select_group_tests(session, group.id, "T/503/0356") == []
        assert select_open_group_tests(session, group.id) == [open_one.id]


def test_the_newest_finished_tests_of_a_learner_carry_a_mark_for_every_question(
    database: Database, learner: Learner
) -> None:
    eve = known(database, "Eve")
    sit(database, eve, 20, "rr")
    first, second, third = (
        sit(database, learner, minute, letters) for minute, letters in ((10, "r-"), (30, "-w"), (50, "rr"))
    )
    begin(database, a_test(question("1.1"), id=uuid4(), learner=learner.id, started_at=at(70)))
    with database.read() as session:
        assert select_tests(session=session, learner=learner.id, unit=UNIT, limit=2) == [
            SatTest(third, learner.id, at(55), ((TEA, 1.0), (CUPS, 1.0))),
            SatTest(second, learner.id, at(35), ((TEA, 0.0), (CUPS, 0.0))),
        ]
        found = select_tests(session=session, learner=learner.id, unit=UNIT)
        assert [test.attempt for test in found] == [third, second, first]
        assert select_tests(session=session, learner=learner.id, unit="T/503/0356") == []


def test_a_learner_taken_in_from_a_file_joins_with_all_their_answers(
    database: Database, learner: Learner
) -> None:
    answers(database, learner, "rw")
    with database.read() as session:
        document = export_log(session, learner.id)
    with database.write() as session:
        session.connection().exec_driver_sql("DELETE FROM learner")
    group = make(database)
    data = json.dumps({"headset": "summary", "schema": 1, "log": document}).encode()
    with database.write() as session:
        (taken,) = import_file(session=session, data=data, now=at(30))
        add_member(session=session, group_id=group.id, learner=taken.learner.id, now=at(30))
    assert members(database, group) == ["Sam"]
    with database.read() as session:
        found = select_group_evidence(session, group.id)
    assert [fact.fraction for fact in found[learner.id]] == [1.0, 0.0]
