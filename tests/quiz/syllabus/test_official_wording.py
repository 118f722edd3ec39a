"""The file of official wording: attached, replaced, taken away, and never half-written."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from quiz.errors import ImportRefused
from quiz.syllabus import CriterionRef, UnitWording, attach_official, detach_official, read_official

TEA, CAKE = "M/701/2345", "A/701/2346"
POUR = UnitWording(source="tea.txt", criteria={"1.1": "Pour tea", "1.2": "Warm the pot"})
BAKE = UnitWording(source="cake.pdf", criteria={"1.1": "Bake a cake"})


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "data" / "wording.json"


def test_without_a_file_nothing_is_attached(path: Path) -> None:
    found = read_official(path)
    assert (dict(found.units), found.fault) == ({}, "")
    assert found.optional_text(CriterionRef(TEA, "1.1")) is None


def test_what_is_attached_is_read_again_by_unit_and_code(path: Path) -> None:
    attach_official(path, {TEA: POUR, CAKE: BAKE})
    found = read_official(path)
    assert found.optional_text(CriterionRef(TEA, "1.2")) == "Warm the pot"
    assert found.optional_text(CriterionRef(CAKE, "1.1")) == "Bake a cake"
    assert found.optional_text(CriterionRef(CAKE, "1.2")) is None
    assert [entry.name for entry in path.parent.iterdir()] == ["wording.json"]


def test_attaching_again_replaces_a_unit_whole_and_leaves_the_others(path: Path) -> None:
    attach_official(path, {TEA: POUR, CAKE: BAKE})
    attach_official(path, {TEA: UnitWording(source="new.txt", criteria={"1.1": "Pour it"})})
    found = read_official(path)
    assert found.units[TEA].criteria == {"1.1": "Pour it"}
    assert found.units[CAKE] == BAKE


def test_what_is_taken_away_is_gone_and_the_others_stay(path: Path) -> None:
    attach_official(path, {TEA: POUR, CAKE: BAKE})
    detach_official(path, [TEA, "Z/000/0000"])
    assert list(read_official(path).units) == [CAKE]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{",
        "[]",
        '{"M/701/2345": 1}',
        '{"M/701/2345": {"source": "x", "criteria": {"one": "x"}}}',
        '{"../../x": {"source": "x", "criteria": {}}}',
        '{"M/701/2345": {"source": "x", "criteria": {}, "more": 1}}',
    ],
)
def test_a_damaged_file_gives_nothing_says_so_and_is_never_written_over(path: Path, text: str) -> None:
    path.parent.mkdir()
    path.write_text(text, encoding="utf-8")
    found = read_official(path)
    assert dict(found.units) == {}
    assert "is damaged" in found.fault
    with pytest.raises(ImportRefused, match="is damaged"):
        attach_official(path, {TEA: POUR})
    assert path.read_text(encoding="utf-8") == text


def test_bytes_that_are_no_text_are_a_damaged_file(path: Path) -> None:
    path.parent.mkdir()
    path.write_bytes(b"\xff\xfe\x00{")
    assert "is damaged" in read_official(path).fault


def test_a_folder_that_cannot_be_made_is_refused_with_the_path(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way", encoding="utf-8")
    with pytest.raises(ImportRefused, match=r"wording\.json cannot be (written|read)"):
        attach_official(tmp_path / "file" / "wording.json", {TEA: POUR})


def test_the_file_is_ordinary_json_in_order_of_units(path: Path) -> None:
    attach_official(path, {TEA: POUR, CAKE: BAKE})
    assert list(json.loads(path.read_text(encoding="utf-8")).items()) == [
        (CAKE, {"source": "cake.pdf", "criteria": {"1.1": "Bake a cake"}}),
        (TEA, {"source": "tea.txt", "criteria": {"1.1": "Pour tea", "1.2": "Warm the pot"}}),
    ]
