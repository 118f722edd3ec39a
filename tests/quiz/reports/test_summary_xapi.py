"""xAPI statements: verbs, interactions, results and ids as the specification (1.0.3) sets them out."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import UUID, uuid5

import pytest
from literal_questions import ORDERING
from literal_summaries import ANSWERS, EMPTY, LEARNER, PRACTICE, REPORT, SAT, SUM, SUMMARY, TEST, many_answers

from quiz.questions import part_key
from quiz.reports.cells import DISCLAIMER
from quiz.reports.xapi import COUNTS, SURE, summaries_xapi, summary_xapi

Statement = dict[str, Any]
SAID: list[Statement] = json.loads(summary_xapi(SUMMARY))
BY_ID = {statement["id"]: statement for statement in SAID}
VERBS = "http://adlnet.gov/expapi/verbs/"
ALLOWED = {
    "statement": {"id", "actor", "verb", "object", "result", "context", "timestamp"},
    "result": {"score", "success", "completion", "response", "duration"},
    "context": {"registration", "platform", "language", "contextActivities", "extensions"},
    "definition": {
        "name", "description", "type", "interactionType", "correctResponsesPattern", "choices", "source", "target",
    },
}  # fmt: skip
IRI = re.compile(r"^(https?://|urn:headset:)[^\s<>\"{}|\\^`]+$")


def answered(number: int) -> Statement:
    return BY_ID[str(UUID(int=number))]


def definition(number: int) -> dict[str, Any]:
    found: dict[str, Any] = answered(number)["object"]["definition"]
    return found


def test_every_statement_has_the_shape_of_the_specification() -> None:
    for statement in SAID:
        assert statement.keys() <= ALLOWED["statement"]
        assert {"id", "actor", "verb", "object", "context", "timestamp"} <= statement.keys()
        assert str(UUID(statement["id"])) == statement["id"]
        assert statement.get("result", {}).keys() <= ALLOWED["result"]
        assert statement.get("result", {"x": 1}) != {}
        assert statement["context"].keys() <= ALLOWED["context"]
        assert statement["object"]["definition"].keys() <= ALLOWED["definition"]
        activities = [a for group in statement["context"]["contextActivities"].values() for a in group]
        for iri in (
            statement["verb"]["id"],
            statement["object"]["id"],
            statement["object"]["definition"]["type"],
            *(activity["id"] for activity in activities),
            *statement["context"].get("extensions", {}),
        ):
            assert IRI.match(iri), iri
        assert statement["timestamp"].endswith("Z")
        assert datetime.fromisoformat(statement["timestamp"]).utcoffset() is not None


def test_ids_are_all_different_and_statements_are_in_order_of_time() -> None:
    assert len(BY_ID) == len(SAID) == 12
    assert [s["timestamp"] for s in SAID] == sorted(s["timestamp"] for s in SAID)


def test_a_response_is_one_statement_under_its_own_id() -> None:
    found = answered(1)
    assert found["actor"] == {
        "objectType": "Agent",
        "name": SUM,
        "account": {"homePage": "https://headset.invalid", "name": str(LEARNER)},
    }
    assert found["verb"] == {"id": VERBS + "answered", "display": {"en-GB": "answered"}}
    assert found["timestamp"] == "2026-07-01T22:31:00.000Z"
    assert found["context"]["registration"] == str(PRACTICE)
    assert found["context"]["platform"] == "Headset 0.1.0"
    assert found["context"]["extensions"] == {COUNTS: True, SURE: "sure"}
    assert found["object"]["id"] == "urn:headset:question:L6017638-1.1-01"
    assert found["result"] == {
        "success": False,
        "score": {"scaled": 0.0},
        "response": "b",
        "duration": "PT30S",
    }
    assert answered(2)["context"]["extensions"] == {COUNTS: False}
    assert answered(2)["result"]["duration"] == "PT45.5S"


def test_a_choice_lists_its_options_by_key_and_its_right_ones() -> None:
    assert definition(3) == {
        "type": "http://adlnet.gov/expapi/activities/cmi.interaction",
        "name": {"en-GB": "L6017638-1.1-01"},
        "description": {"en-GB": "Choose two things that go into a teapot."},
        "interactionType": "choice",
        "choices": [
            {"id": "a", "description": {"en-GB": "hot water"}},
            {"id": "b", "description": {"en-GB": "dry leaves"}},
            {"id": "c", "description": {"en-GB": "cold soup"}},
            {"id": "d", "description": {"en-GB": "wet gravel"}},
        ],
        "correctResponsesPattern": ["a[,]b"],
    }
    assert answered(3)["result"]["response"] == "b[,]c"
    assert answered(3)["result"]["score"] == {"scaled": 0.5}
    assert answered(3)["result"]["success"] is False


def test_matching_gives_pairs_of_left_and_right() -> None:
    found = definition(4)
    assert found["interactionType"] == "matching"
    assert [part["id"] for part in found["source"]] == ["c", "k", "s", "t"]
    assert found["target"][1] == {"id": "k", "description": {"en-GB": "heats water"}}
    assert found["correctResponsesPattern"] == ["c[.]c[,]k[.]k[,]s[.]s[,]t[.]t"]
    assert answered(4)["result"]["response"] == "c[.]s[,]k[.]k[,]s[.]c[,]t[.]t"


def test_ordering_is_sequencing_whose_choices_do_not_give_the_order_away() -> None:
    found = definition(5)
    right = "[,]".join(step.key for step in ORDERING.in_order)
    assert found["interactionType"] == "sequencing"
    assert [part["id"] for part in found["choices"]] == sorted(step.key for step in ORDERING.steps)
    assert found["correctResponsesPattern"] == [right]
    assert answered(5)["result"] == {"success": True, "score": {"scaled": 1.0}, "response": right}


def test_sorting_is_matching_of_cases_with_classes() -> None:
    black, green = part_key("Black"), part_key("Green")
    found = definition(40)
    assert found["interactionType"] == "matching"
    assert {part["id"]: part["description"]["en-GB"] for part in found["target"]} == {
        black: "Black",
        green: "Green",
    }
    assert found["correctResponsesPattern"] == [f"a[.]{black}[,]d[.]{black}[,]m[.]{green}[,]s[.]{green}"]
    assert answered(40)["result"]["response"] == f"a[.]{black}[,]d[.]{black}[,]m[.]{black}[,]s[.]{green}"


def test_an_answer_changed_later_in_a_test_has_no_score() -> None:
    assert answered(60)["result"] == {"response": "b"}
    assert answered(61)["result"] == {"success": True, "score": {"scaled": 1.0}, "response": "a"}


def test_a_test_is_attempted_completed_and_passed() -> None:
    verbs = {
        s["verb"]["id"].removeprefix(VERBS): s
        for s in SAID
        if s["context"]["registration"] == str(TEST) and "answered" not in s["verb"]["id"]
    }
    assert verbs.keys() == {"attempted", "completed", "passed"}
    passed = verbs["passed"]
    assert passed["id"] == str(uuid5(TEST, "passed"))
    assert passed["result"] == {
        "success": True,
        "completion": True,
        "score": {"scaled": 0.5, "raw": 1, "min": 0, "max": 2},
    }
    assert passed["object"] == {
        "objectType": "Activity",
        "id": "urn:headset:test:L%2F601%2F7638",
        "definition": {
            "type": "http://adlnet.gov/expapi/activities/assessment",
            "name": {"en-GB": "Test: Making Tea"},
            "description": {"en-GB": DISCLAIMER},
        },
    }
    assert verbs["completed"]["timestamp"] == "2026-07-01T23:40:00.000Z"
    assert verbs["attempted"]["timestamp"] == "2026-07-01T23:25:00.000Z"


def test_a_test_not_passed_is_failed() -> None:
    failed = replace(SUMMARY, sessions=(replace(SAT, report=replace(REPORT, pass_mark=2)),), answers=())
    verbs = [s["verb"]["id"].removeprefix(VERBS) for s in json.loads(summary_xapi(failed))]
    assert sorted(verbs) == ["attempted", "completed", "failed"]


def test_practice_left_open_is_attempted_and_nothing_more() -> None:
    verbs = [
        s["verb"]["id"].removeprefix(VERBS)
        for s in SAID
        if s["context"]["registration"] == str(PRACTICE) and "answered" not in s["verb"]["id"]
    ]
    assert verbs == ["attempted"]


@pytest.mark.parametrize(
    ("seconds", "words"), [(0.0, "PT0S"), (0.004, "PT0S"), (12.345, "PT12.35S"), (100.0, "PT100S")]
)
def test_durations_are_iso_8601_to_hundredths(seconds: float, words: str) -> None:
    (found,) = json.loads(
        summary_xapi(replace(SUMMARY, sessions=(), answers=(replace(ANSWERS[0], seconds=seconds),)))
    )
    assert found["result"]["duration"] == words


def test_the_same_summary_gives_the_same_text() -> None:
    assert summary_xapi(SUMMARY) == summary_xapi(replace(SUMMARY))


def test_several_learners_are_one_array_and_one_without_answers_says_nothing() -> None:
    assert json.loads(summary_xapi(EMPTY)) == []
    other = replace(
        SUMMARY, learner=UUID(int=5), sessions=(), answers=(replace(ANSWERS[2], id=UUID(int=900)),)
    )
    both = json.loads(summaries_xapi([SUMMARY, EMPTY, other]))
    assert len(both) == 13
    assert [s["timestamp"] for s in both] == sorted(s["timestamp"] for s in both)
    assert {s["actor"]["account"]["name"] for s in both} == {str(LEARNER), str(UUID(int=5))}


def test_two_thousand_answers_are_two_thousand_statements() -> None:
    said = json.loads(summary_xapi(replace(many_answers(2000), sessions=())))
    assert len(said) == 2000
