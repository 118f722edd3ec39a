"""Drafts beside the shipped content: used, left out whole with what to mend, and never in its way."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from literal_drafts import FOLDER, KEY, put_draft

from quiz.sessions import QuestionBank
from quiz.syllabus import (
    CONTENT_DIR,
    NO_DRAFTS,
    CriterionRef,
    DraftReading,
    Pack,
    load_packs,
    read_drafts,
    with_drafts,
)
from quiz.syllabus.pack import version_of


@pytest.fixture(scope="module")
def shipped() -> Pack:
    return load_packs()


def read(data_folder: Path, shipped: Pack) -> DraftReading:
    return read_drafts(data_folder / "drafts", shipped)


def change(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_without_drafts_the_content_is_the_shipped_content_itself(tmp_path: Path, shipped: Pack) -> None:
    assert read(tmp_path, shipped) == NO_DRAFTS
    assert with_drafts(shipped, NO_DRAFTS) is shipped


def test_a_draft_is_a_taught_unit_beside_the_shipped_ones(tmp_path: Path, shipped: Pack) -> None:
    put_draft(tmp_path)
    pack = with_drafts(shipped, read(tmp_path, shipped))
    assert pack.units.keys() - shipped.units.keys() == {KEY}
    assert pack.outlines[KEY].taught
    assert pack.outlines[KEY].title == "Keep a Tea Room (drafted, not reviewed)"
    assert pack.version.startswith(f"{shipped.version}+")
    assert QuestionBank(pack).families_of(CriterionRef(KEY, "1.3"))[0] == "M7012345-1.3-fresh-water.one"
    assert shipped.units.keys() == load_packs().units.keys()


def test_a_unit_that_is_reviewed_is_no_draft_any_more(tmp_path: Path, shipped: Pack) -> None:
    change(put_draft(tmp_path) / "unit.yaml", "\ndrafted: true", "\ndrafted: false")
    unit = read(tmp_path, shipped).units[KEY]
    assert (unit.drafted, unit.title) == (False, "Keep a Tea Room")


@pytest.mark.parametrize(
    ("file", "old", "new", "rule"),
    [
        (
            "1.1.yaml",
            "- id: drying-leaves\n  kind: members",
            "- id: drying-leaves\n  kind: member",
            "unknown-kind",
        ),
        ("1.1.yaml", "verb: Describe", "verb: 'Describe' it", "bad-yaml"),
        ("unit.yaml", "level: 2", "level: two", "wrong-type"),
        ("unit.yaml", f"unit: {KEY}", "unit: M/701/2346", "check-letter"),
    ],
)
def test_a_draft_with_a_fault_is_left_out_whole_with_its_line(
    tmp_path: Path, shipped: Pack, file: str, old: str, new: str, rule: str
) -> None:
    path = put_draft(tmp_path) / file
    line = path.read_text(encoding="utf-8").split(old)[0].count("\n") + 1
    change(path, old, new)
    reading = read(tmp_path, shipped)
    assert reading.units == {}
    assert reading.left_out == (FOLDER,)
    assert (f"{FOLDER}/{file}", line, rule) in {
        (found.file, found.line, found.rule) for found in reading.findings
    }
    assert with_drafts(shipped, reading) is shipped


def test_a_folder_without_a_unit_and_one_that_is_no_text_are_told(tmp_path: Path, shipped: Pack) -> None:
    folder = put_draft(tmp_path)
    (folder.parent / "notes").mkdir()
    (folder / "1.2.yaml").write_bytes(b"\xff\xfe\x00")
    reading = read(tmp_path, shipped)
    assert reading.left_out == (FOLDER, "notes")
    assert {(found.file, found.rule) for found in reading.findings} >= {
        (f"{FOLDER}/1.2.yaml", "unreadable-file"),
        ("notes/unit.yaml", "missing-unit-file"),
    }


def test_a_draft_of_a_shipped_unit_is_refused(tmp_path: Path, shipped: Pack) -> None:
    folder = tmp_path / "drafts" / "L6017638-mine"
    shutil.copytree(CONTENT_DIR / "units" / "L6017638-responsibilities", folder)
    reading = read(tmp_path, shipped)
    assert reading.units == {}
    (finding,) = reading.findings
    assert (finding.rule, finding.message) == (
        "already-taught",
        "Headset has content for L/601/7638, so this draft is not used. Put it aside.",
    )


def test_the_second_draft_of_a_unit_is_refused(tmp_path: Path, shipped: Pack) -> None:
    folder = put_draft(tmp_path)
    shutil.copytree(folder, folder.with_name("M7012345-later"))
    reading = read(tmp_path, shipped)
    assert reading.units[KEY].source.file == f"{FOLDER}/unit.yaml"
    assert reading.left_out == ("M7012345-later",)


def test_nothing_that_is_put_aside_or_half_written_is_read(tmp_path: Path, shipped: Pack) -> None:
    folder = put_draft(tmp_path)
    (folder.parent / "put aside").mkdir()
    shutil.copytree(folder, folder.parent / "put aside" / folder.name)
    folder.rename(folder.with_name(".abc.part"))
    assert read(tmp_path, shipped) == NO_DRAFTS


def test_drafting_leaves_the_shipped_content_untouched(tmp_path: Path, shipped: Pack) -> None:
    before = version_of(CONTENT_DIR)
    put_draft(tmp_path)
    with_drafts(shipped, read(tmp_path, shipped))
    assert version_of(CONTENT_DIR) == before == shipped.version
