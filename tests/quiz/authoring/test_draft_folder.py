"""Drafts on the disk: whole or not at all, and never over what a person has edited."""

from __future__ import annotations

from pathlib import Path

import pytest
from literal_drafts import CONTENT, FOLDER, KEY, document, drafted, put_draft

from quiz.authoring.importing import Done, Written, put_aside, touch_drafts, write_drafts
from quiz.errors import ImportRefused
from quiz.syllabus import drafts_stamp

OTHER = document(content=CONTENT.replace("less lime", "less chalk"))


def texts(folder: Path) -> dict[str, str]:
    return {path.name: path.read_text(encoding="utf-8") for path in folder.glob("*.yaml")}


def edit(folder: Path) -> None:
    path = folder / "1.1.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("sunlight on mats", "SUN"), encoding="utf-8")


def test_a_draft_is_written_whole_with_nothing_beside_it(tmp_path: Path) -> None:
    assert write_drafts(tmp_path, [drafted()]) == (Written(KEY, FOLDER, Done.WRITTEN),)
    assert [path.name for path in (tmp_path / "drafts").iterdir()] == [FOLDER]
    assert texts(tmp_path / "drafts" / FOLDER) == dict(drafted().files)


def test_drafting_the_same_again_changes_nothing(tmp_path: Path) -> None:
    folder = put_draft(tmp_path)
    before = (folder / "unit.yaml").stat().st_ino
    assert write_drafts(tmp_path, [drafted()]) == (Written(KEY, FOLDER, Done.SAME),)
    assert (folder / "unit.yaml").stat().st_ino == before


def test_a_draft_that_nobody_edited_is_replaced(tmp_path: Path) -> None:
    folder = put_draft(tmp_path)
    assert write_drafts(tmp_path, [drafted(OTHER)]) == (Written(KEY, FOLDER, Done.AGAIN),)
    assert "less chalk" in texts(folder)["1.3.yaml"]
    assert [path.name for path in (tmp_path / "drafts").iterdir()] == [FOLDER]


def test_an_edited_draft_is_held_back_and_stays_as_it_is(tmp_path: Path) -> None:
    folder = put_draft(tmp_path)
    edit(folder)
    before = texts(folder)
    assert write_drafts(tmp_path, [drafted(OTHER)]) == (Written(KEY, FOLDER, Done.HELD_BACK),)
    assert texts(folder) == before


@pytest.mark.parametrize("change", ["added", "deleted", "unsigned"])
def test_an_added_or_missing_file_counts_as_an_edit(tmp_path: Path, change: str) -> None:
    folder = put_draft(tmp_path)
    if change == "added":
        (folder / "3.1.yaml").write_text("criterion: '3.1'\n", encoding="utf-8")
    else:
        (folder / ("1.2.yaml" if change == "deleted" else "as-drafted.json")).unlink()
    assert [one.done for one in write_drafts(tmp_path, [drafted(OTHER)])] == [Done.HELD_BACK]


def test_asked_for_again_an_edited_draft_is_put_aside_and_kept(tmp_path: Path) -> None:
    folder = put_draft(tmp_path)
    for number in ("", " 2"):
        edit(folder)
        before = texts(folder)
        aside = tmp_path / "drafts" / "put aside" / f"{FOLDER}{number}"
        (written,) = write_drafts(tmp_path, [drafted()], again=True)
        assert written == Written(KEY, FOLDER, Done.KEPT, str(aside))
        assert texts(aside) == before
        assert texts(folder) == dict(drafted().files)


def test_a_draft_under_another_name_is_still_the_draft_of_its_unit(tmp_path: Path) -> None:
    folder = put_draft(tmp_path)
    renamed = folder.rename(folder.with_name("M7012345-my-tea"))
    edit(renamed)
    assert write_drafts(tmp_path, [drafted()]) == (Written(KEY, "M7012345-my-tea", Done.HELD_BACK),)


def test_a_folder_that_cannot_be_written_is_told_and_leaves_nothing(tmp_path: Path) -> None:
    (tmp_path / "drafts").write_text("a file in the way", encoding="utf-8")
    with pytest.raises(ImportRefused, match="drafts cannot be written .*What was there is there still"):
        write_drafts(tmp_path, [drafted()])
    assert (tmp_path / "drafts").read_text(encoding="utf-8") == "a file in the way"


def test_a_draft_put_aside_is_moved_and_can_be_moved_once(tmp_path: Path) -> None:
    put_draft(tmp_path)
    place = put_aside(tmp_path, FOLDER)
    assert texts(place) == dict(drafted().files)
    with pytest.raises(ImportRefused, match=f"There is no draft “{FOLDER}” any more"):
        put_aside(tmp_path, FOLDER)
    with pytest.raises(ImportRefused, match="There is no draft “../..” any more"):
        put_aside(tmp_path, "../..")


def test_every_change_and_a_word_about_edits_give_another_stamp(tmp_path: Path) -> None:
    stamps = [drafts_stamp(tmp_path / "drafts")]
    put_draft(tmp_path)
    stamps.append(drafts_stamp(tmp_path / "drafts"))
    touch_drafts(tmp_path)
    stamps.append(drafts_stamp(tmp_path / "drafts"))
    put_aside(tmp_path, FOLDER)
    stamps.append(drafts_stamp(tmp_path / "drafts"))
    assert stamps[0] == 0
    assert len(set(stamps)) == 4
