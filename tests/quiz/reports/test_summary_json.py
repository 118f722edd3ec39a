"""The JSON document: its schema, its figures, and the same figures in every other format."""

from __future__ import annotations

import csv
import json
import re
from dataclasses import replace
from io import BytesIO, StringIO
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator, FormatChecker
from literal_summaries import (
    ANSWERS,
    EMPTY,
    LEARNER,
    PRACTICE,
    SUM,
    SUMMARY,
    TAUGHT,
    TEST,
    UNIT,
    many_answers,
)
from openpyxl import load_workbook

from quiz.questions import content_hash
from quiz.reports.cells import DISCLAIMER
from quiz.reports.summary import Summary
from quiz.reports.summary_csv import summary_csv
from quiz.reports.summary_json import SCHEMA, summaries_json, summary_json, summary_values
from quiz.reports.summary_xlsx import summary_xlsx
from quiz.reports.xapi import COUNTS, summary_xapi

ROOT = Path(__file__).parents[3]
LOG: dict[str, Any] = {
    "learner": {"id": str(LEARNER), "name": "Sam", "created_at": "2026-07-01T22:30:00Z", "settings": {}},
    "questions": {},
    **{
        name: []
        for name in (
            "attempts", "items", "responses", "events", "own_words", "plans", "statuses", "evidence_items",
            "evidence_counts",
        )
    },
}  # fmt: skip


def written(summary: Summary = SUMMARY) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(summary_json(summary, LOG))
    return found


@pytest.fixture(scope="module")
def schema() -> Draft202012Validator:
    stated = json.loads((ROOT / "quiz/reports/summary.schema.json").read_text())
    Draft202012Validator.check_schema(stated)
    return Draft202012Validator(stated, format_checker=FormatChecker())


@pytest.mark.parametrize(
    "summary", [SUMMARY, EMPTY, replace(SUMMARY, plan=None)], ids=["full", "empty", "no plan"]
)
def test_a_document_keeps_the_schema(schema: Draft202012Validator, summary: Summary) -> None:
    assert [error.message for error in schema.iter_errors(written(summary))] == []


def test_a_document_of_several_learners_keeps_the_schema(schema: Draft202012Validator) -> None:
    several = json.loads(summaries_json([(SUMMARY, LOG), (EMPTY, LOG)]))
    assert [error.message for error in schema.iter_errors(several)] == []
    assert several == {
        "headset": "summary",
        "schema": SCHEMA,
        "summaries": [written(SUMMARY), written(EMPTY)],
    }


def test_the_schema_refuses_a_field_it_does_not_know_and_one_that_is_missing(
    schema: Draft202012Validator,
) -> None:
    assert not schema.is_valid({**written(), "score": 1})
    assert not schema.is_valid({key: value for key, value in written().items() if key != "log"})


def test_every_field_of_the_schema_is_in_the_description() -> None:
    described = set(re.findall(r"`(\w+)`", (ROOT / "docs/summary-json.md").read_text()))
    stated = json.loads((ROOT / "quiz/reports/summary.schema.json").read_text())
    fields: set[str] = set()

    def collect(node: Any) -> None:
        if isinstance(node, dict):
            fields.update(name for name in node.get("properties", {}) if " " not in name)
            node = node.values()
        if not isinstance(node, str | int | float | None):
            for child in node:
                collect(child)

    collect(stated)
    assert fields - described - {"learning", "slipping"} == set()


def test_the_document_says_what_it_is_and_who_it_is_about() -> None:
    found = written()
    assert (found["headset"], found["schema"], found["disclaimer"]) == ("summary", 1, DISCLAIMER)
    assert found["learner"] == {"id": str(LEARNER), "name": SUM}
    assert (found["made_at"], found["app_version"], found["content_version"]) == (
        "2026-11-22T09:00:00Z",
        "0.1.0",
        "abc123",
    )
    assert found["log"] == LOG


def test_the_plan_has_its_units_and_sums() -> None:
    plan = written()["plan"]
    assert plan["units"][0] == {
        "unit": UNIT, "number": "203", "title": "Making Tea", "level": 2, "credit": 4, "glh": 32, "taught": True,
    }  # fmt: skip
    assert plan["check"] == {
        "valid": False,
        "credits": 4,
        "hours": 32,
        "credits_by_level": {"2": 4},
        "missing": ["Nine credits are missing."],
        "conflicts": [],
        "cautions": ["Ask your centre."],
    }


def test_a_unit_says_whether_a_test_is_sat_and_its_readiness_what_a_pass_needs() -> None:
    sat = replace(TAUGHT, has_test=True, paper_questions=40, pass_mark=24)
    told = summary_values(replace(SUMMARY, units=(sat,)))
    (tea,) = told["units"]
    assert (tea["has_test"], tea["readiness"]["questions"], tea["readiness"]["pass_mark"]) == (True, 40, 24)
    assert written()["units"][0]["has_test"] is False


def test_readiness_keeps_its_shape() -> None:
    assert written()["units"][0]["readiness"] == {
        "chance": 0.5,
        "low": 0.25,
        "high": 0.75,
        "outcomes": [
            {
                "number": 1, "label": "how tea is made", "criteria": 2, "needed": 1, "answers": 6, "chance": 0.5,
                "likely": 1, "low": 0, "high": 2,
            }
        ],
        "lifts": [{"criterion": "1.2", "gain": 0.25}, {"criterion": "1.1", "gain": 0.125}],
        "waiting": [],
        "questions": None,
        "pass_mark": None,
    }  # fmt: skip
    assert written()["units"][1]["readiness"] is None


def test_the_totals_of_practice() -> None:
    found = written()
    assert found["practised"] == {
        "answers": 6, "tries": 8, "sessions": 2, "days": 2, "minutes": 1.0, "timed": 2,
    }  # fmt: skip
    assert found["period"] == {"from": "2026-07-01T22:31:00Z", "to": "2026-07-01T23:31:00Z"}
    assert found["days"] == [{"day": "2026-07-01", "answers": 4}, {"day": "2026-07-02", "answers": 2}]


def test_practice_and_portfolio_of_a_criterion_stand_beside_each_other() -> None:
    first, second = written()["units"][0]["outcomes"][0]["criteria"]
    assert first["practice"] == {
        "state": "learning",
        "answers": 5,
        "days": 2,
        "estimate": 0.625,
        "low": 0.375,
        "high": 0.8125,
        "last": "2026-07-01T23:31:00Z",
    }
    assert first["portfolio"] == {
        "standing": "confirmed by the assessor",
        "words": "confirmed by @Pat Lee on 2 November 2026",
        "assessor": "@Pat Lee",
        "confirmed_on": "2026-11-02",
        "pieces": 2,
        "drafts": 1,
    }
    assert (second["practice"]["state"], second["practice"]["estimate"]) == ("not enough answers yet", None)


def test_a_test_has_its_outcomes() -> None:
    assert written()["tests"] == [
        {
            "session": str(TEST),
            "unit": UNIT,
            "finished_at": "2026-07-01T23:40:00Z",
            "passed": True,
            "right": 1,
            "total": 2,
            "pass_mark": 1,
            "outcomes": [
                {"number": 1, "passed": True, "shown": 1, "criteria": 2, "needed": 1, "earned": 1.0, "available": 2}
            ],
        }
    ]  # fmt: skip


def test_every_answer_is_there_and_names_the_question_as_shown() -> None:
    answers = written()["answers"]
    assert [entry["response"] for entry in answers] == [str(answer.id) for answer in ANSWERS]
    assert answers[0] == {
        "response": "00000000-0000-0000-0000-000000000001",
        "session": str(PRACTICE),
        "kind": "practice",
        "at": "2026-07-01T22:31:00Z",
        "unit": UNIT,
        "criterion": "1.1",
        "position": 0,
        "try": 1,
        "counts": True,
        "question": "L6017638-1.1-01",
        "family": "L6017638-1.1-01",
        "shown": content_hash(ANSWERS[0].question),
        "stem": "=1+1",
        "given": "more milk",
        "verdict": "wrong",
        "fraction": 0.0,
        "seconds": 30.0,
        "sure": "sure",
    }
    assert (answers[6]["verdict"], answers[6]["fraction"]) == (None, None)


def test_the_same_summary_gives_the_same_text() -> None:
    assert summary_json(SUMMARY, LOG) == summary_json(replace(SUMMARY), LOG)


def test_figures_are_equal_in_xlsx_csv_json_and_xapi() -> None:
    values = summary_values(SUMMARY)
    book = load_workbook(BytesIO(summary_xlsx(SUMMARY)))
    head, *lines = book["Criteria"].iter_rows(values_only=True)
    sheet = [dict(zip(head, line, strict=True)) for line in lines]
    table = list(csv.reader(StringIO(summary_csv(SUMMARY))))
    start = table.index(next(row for row in table if "Our label" in row))
    columns, *body = table[start : table.index([], start)]
    printed = [dict(zip(columns, row, strict=True)) for row in body]
    stated = [
        entry for unit in values["units"] for outcome in unit["outcomes"] for entry in outcome["criteria"]
    ]
    assert len(sheet) == len(printed) == len(stated) + 1  # the unit without criteria
    for cells, row, entry in zip(sheet, printed, stated, strict=False):
        practice = entry["practice"] or {"answers": None, "estimate": None, "low": None, "high": None}
        for column, name in (("Estimate", "estimate"), ("From", "low"), ("To", "high")):
            share = practice[name]
            assert cells[column] == share
            assert row[f"{column} %"] == ("" if share is None else str(round(share * 100)))
        assert cells["Answers"] == practice["answers"]
        assert row["Answers"] == ("" if practice["answers"] is None else str(practice["answers"]))
        assert cells["State"] == row["State"]
        assert cells["Portfolio"] == row["Portfolio"]
        assert cells["Pieces of evidence"] == int(row["Pieces of evidence"]) == entry["portfolio"]["pieces"]

    totals = {line[0]: line[1] for line in book["Summary"].iter_rows(values_only=True)}
    much = values["practised"]
    assert (totals["Answers"], totals["Sessions"], totals["Days practised"], totals["Minutes (where timed)"]) == (
        much["answers"], much["sessions"], much["days"], much["minutes"],
    )  # fmt: skip
    assert "6 answers in 2 sessions on 2 days" in table[5][1]

    start = table.index(["Readiness by outcome"]) + 1
    columns, whole, *_ = table[start : table.index([], start)]
    ready, paper = values["units"][0]["readiness"], dict(zip(columns, whole, strict=True))
    tea = dict(zip(*(line for line in list(book["Units"].iter_rows(values_only=True))[:2]), strict=True))
    assert paper["Chance of passing %"] == str(round(100 * ready["chance"])) == "50"
    assert tea["Chance of passing today"] == ready["chance"]
    start = table.index(["Tests"]) + 1
    columns, line = table[start : table.index([], start)]
    tested = dict(zip(columns, line, strict=True))
    assert (int(tested["Right answers"]), tested["Result"] == "passed") == (
        values["tests"][0]["right"], values["tests"][0]["passed"],
    )  # fmt: skip

    said = json.loads(summary_xapi(SUMMARY))
    answered = {entry["id"]: entry for entry in said if entry["verb"]["id"].endswith("/answered")}
    assert sum(entry["context"]["extensions"][COUNTS] for entry in answered.values()) == much["answers"]
    head, *lines = book["Answers"].iter_rows(values_only=True)
    columns, *body = table[table.index(["Answers"]) + 1 :]
    for line, row, entry in zip(lines, body, values["answers"], strict=True):
        cells, printed_answer = dict(zip(head, line, strict=True)), dict(zip(columns, row, strict=True))
        share, seconds = entry["fraction"], entry["seconds"]
        assert printed_answer["Share of the mark %"] == ("" if share is None else str(round(100 * share)))
        assert printed_answer["Seconds"] == ("" if seconds is None else str(seconds))
        assert printed_answer["Answered"] == f"{cells['Answered']:%Y-%m-%d %H:%M:%S}"
        assert printed_answer["Question"].removeprefix("'") == cells["Question"] == entry["stem"]
        assert printed_answer["Unit reference"] == cells["Unit"] == entry["unit"]
        assert (printed_answer["Counts"] == "yes") is (cells["Counts"] == "yes") is entry["counts"]
        for name in (
            "Criterion",
            "Kind",
            "Given",
            "Verdict",
            "Question id",
            "Family",
            "Session",
            "Response id",
        ):
            assert printed_answer[name] == cells[name]
        assert (int(printed_answer["Try"]), printed_answer["How sure"]) == (
            entry["try"],
            entry["sure"] or "",
        )
        statement = answered[entry["response"]]
        scaled = statement.get("result", {}).get("score", {}).get("scaled")
        assert cells["Response id"] == entry["response"]
        assert cells["Share of the mark"] == entry["fraction"] == scaled
        assert cells["Given"] == entry["given"]

    (test,) = values["tests"]
    head, line = book["Tests"].iter_rows(values_only=True)
    cells = dict(zip(head, line, strict=True))
    (passed,) = (entry for entry in said if entry["verb"]["id"].endswith("/passed"))
    assert (cells["Right answers"], cells["Questions"]) == (test["right"], test["total"])
    assert (passed["result"]["score"]["raw"], passed["result"]["score"]["max"]) == (
        test["right"],
        test["total"],
    )


def test_two_thousand_answers_are_all_there() -> None:
    assert len(written(many_answers(2000))["answers"]) == 2000
