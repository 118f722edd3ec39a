"""A tutor's comments as stored: on own words or a piece of evidence, once, of the group they were made in."""

from __future__ import annotations

from random import Random
from typing import Any
from uuid import UUID

import pytest
from literal_attempts import START, at

from models import (
    Database,
    Learner,
    OwnWords,
    RecordMissing,
    add_member,
    create_group,
    create_learner,
    delete_comment,
    remove_member,
    save_comment,
    save_own_words,
    select_comments,
    select_own_words,
)
from quiz.classes import About, Comment, Group
from quiz.errors import EntryRefused
from quiz.syllabus import CriterionRef

TEA, CUPS, KITCHEN = (
    CriterionRef("L/601/7638", "1.2"),
    CriterionRef("L/601/7638", "1.10"),
    CriterionRef("T/503/0342", "2.1"),
)
FIRST, SECOND, ITEM = (
    UUID("44444444-4444-4444-8444-444444444444"),
    UUID("55555555-5555-4555-8555-555555555555"),
    UUID("66666666-6666-4666-8666-666666666666"),
)


@pytest.fixture
def group(database: Database, learner: Learner) -> Group:
    """Return a group with Sam in it."""
    with database.write() as session:
        made = create_group(
            session=session, name="Tuesday", qualification=None, units=None, random=Random(1), now=START
        )
        add_member(session=session, group_id=made.id, learner=learner.id, now=START)
    return made


def say(database: Database, group: Group, learner: Learner, comment_id: UUID = FIRST, **changes: Any) -> None:
    stated: dict[str, Any] = {"ref": TEA, "text": "Say more\nabout cups.", "now": at(1)}
    with database.write() as session:
        save_comment(
            session=session,
            comment_id=comment_id,
            group_id=group.id,
            learner=learner.id,
            **{**stated, **changes},
        )


def said(database: Database, learner: Learner, **how: Any) -> list[Comment]:
    with database.read() as session:
        return select_comments(session=session, learner=learner.id, **how)


def test_a_comment_on_own_words_is_read_as_it_was_written(
    database: Database, group: Group, learner: Learner
) -> None:
    say(database, group, learner, text="  Say more\nabout cups.\x07 ")
    assert said(database, learner) == [
        Comment(FIRST, About.OWN_WORDS, TEA, None, "Say more\nabout cups.", at(1))
    ]


def test_a_comment_that_names_a_piece_is_about_evidence(
    database: Database, group: Group, learner: Learner
) -> None:
    say(database, group, learner, item=ITEM, ref=KITCHEN)
    assert said(database, learner) == [
        Comment(FIRST, About.EVIDENCE, KITCHEN, ITEM, "Say more\nabout cups.", at(1))
    ]


def test_comments_come_newest_first_of_a_unit_or_since_a_moment(
    database: Database, group: Group, learner: Learner
) -> None:
    say(database, group, learner)
    say(database, group, learner, SECOND, ref=KITCHEN, now=at(2))
    assert [comment.id for comment in said(database, learner)] == [SECOND, FIRST]
    assert [comment.id for comment in said(database, learner, unit=TEA.unit)] == [FIRST]
    assert [comment.id for comment in said(database, learner, since=at(2))] == [SECOND]


def test_a_comment_sent_twice_is_stored_once(database: Database, group: Group, learner: Learner) -> None:
    say(database, group, learner)
    say(database, group, learner, text="Again", now=at(2))
    assert [comment.text for comment in said(database, learner)] == ["Say more\nabout cups."]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (" \n", r"^Write the comment first\.$"),
        ("x" * 5_001, r"^The comment is 5,001 characters long; 5,000 is the most\.$"),
    ],
)
def test_a_comment_without_words_or_too_long_is_refused(
    database: Database, group: Group, learner: Learner, text: str, words: str
) -> None:
    with pytest.raises(EntryRefused, match=words):
        say(database, group, learner, text=text)
    assert said(database, learner) == []


def test_only_somebody_in_the_group_is_commented_on(
    database: Database, group: Group, learner: Learner
) -> None:
    with database.write() as session:
        eve = create_learner(session=session, name="Eve", now=START)
        remove_member(session=session, group_id=group.id, learner=learner.id, now=at(1))
    for one in (eve, learner):
        with pytest.raises(RecordMissing, match=r"^This learner is not in the group any more\. "):
            say(database, group, one)
        assert said(database, one) == []


def test_a_comment_is_removed_and_removing_it_again_is_no_fault(
    database: Database, group: Group, learner: Learner
) -> None:
    say(database, group, learner)
    say(database, group, learner, SECOND)
    for _ in range(2):
        with database.write() as session:
            delete_comment(session=session, comment_id=FIRST)
    assert [comment.id for comment in said(database, learner)] == [SECOND]


def test_the_own_words_of_a_unit_are_those_that_stand_in_order_of_criteria(
    database: Database, learner: Learner
) -> None:
    with database.write() as session:
        for ref, text, minute in ((CUPS, "Ten", 1), (TEA, "Old", 2), (TEA, "New", 3), (KITCHEN, "Else", 4)):
            save_own_words(
                session=session, learner=learner.id, ref=ref, text=text, points=[1], now=at(minute)
            )
    with database.read() as session:
        found = select_own_words(session=session, learner=learner.id, unit=TEA.unit)
    assert list(found.items()) == [
        (TEA, OwnWords("New", frozenset({1}), at(3))),
        (CUPS, OwnWords("Ten", frozenset({1}), at(1))),
    ]
