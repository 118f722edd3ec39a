"""The content that is shipped: no error, and no cue that tells too much."""

from __future__ import annotations

from datetime import date
from functools import cache

import pytest

from quiz.authoring import Report, lint
from quiz.authoring.cues import CUES
from quiz.syllabus import read_packs

TODAY = date(2026, 11, 22)


@cache
def report() -> Report:
    return lint(read_packs(), TODAY)


def test_the_shipped_content_has_no_error() -> None:
    assert [str(finding) for finding in report().findings if finding.severity == "error"] == []


def test_every_criterion_of_every_unit_has_content() -> None:
    listed = [
        (unit.key, code)
        for unit in read_packs().pack.units.values()
        for outcome in unit.outcomes
        for code in outcome.criteria
    ]
    assert [(row.unit, row.criterion) for row in report().coverage] == listed


@pytest.mark.parametrize("name", CUES)
def test_a_rate_of_the_cue_table_is_within_bounds(name: str) -> None:
    found = [row for row in report().cues if row.name == name]
    assert [row.origin for row in found] == ["written", "generated"]
    assert [str(row) for row in found if row.is_broken] == []


def test_every_unit_reads_as_easily_as_its_level_asks() -> None:
    assert {row.unit for row in report().ease} == set(read_packs().pack.units)
    assert [row for row in report().ease if max(row.notes, row.stems) > row.allowed] == []
