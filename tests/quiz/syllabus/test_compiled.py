"""The compiled copy of the packs: faster, never staler, never in the way."""

import shutil
from pathlib import Path

import pytest

from quiz.errors import PackError
from quiz.syllabus import CONTENT_DIR, load_packs


@pytest.fixture
def content(tmp_path: Path) -> Path:
    return Path(shutil.copytree(CONTENT_DIR, tmp_path / "content"))


def compiled_files(folder: Path) -> list[str]:
    return sorted(path.suffix for path in folder.glob("*"))


def test_a_compiled_start_gives_the_same_pack(content: Path, tmp_path: Path) -> None:
    folder = tmp_path / "compiled"
    first = load_packs(content, folder)
    assert compiled_files(folder) == [".compiled"]
    second = load_packs(content, folder)
    assert second == first == load_packs(content)


def test_changed_content_is_parsed_again_and_the_old_copy_goes(content: Path, tmp_path: Path) -> None:
    folder = tmp_path / "compiled"
    load_packs(content, folder)
    unit = next(content.glob("units/L6017638-*/unit.yaml"))
    unit.write_text(unit.read_text(encoding="utf-8").replace("glh: 32", "glh: 33"), encoding="utf-8")
    assert load_packs(content, folder).select_unit("203").entry.glh == 33
    assert compiled_files(folder) == [".compiled"]


@pytest.mark.parametrize("rubbish", [b"", b"rubbish", b"\xe9\x03\x00\x00\x00"])
def test_a_damaged_copy_is_not_used(content: Path, tmp_path: Path, rubbish: bytes) -> None:
    folder = tmp_path / "compiled"
    pack = load_packs(content, folder)
    for path in folder.glob("*"):
        path.write_bytes(rubbish)
    assert load_packs(content, folder) == pack


def test_where_no_copy_can_be_written_the_content_loads_all_the_same(content: Path, tmp_path: Path) -> None:
    (tmp_path / "in-the-way").write_text("a file")
    assert load_packs(content, tmp_path / "in-the-way").select_unit("203").entry.glh == 32


def test_a_fault_is_found_at_its_line_although_a_copy_is_kept(content: Path, tmp_path: Path) -> None:
    folder = tmp_path / "compiled"
    load_packs(content, folder)
    unit = next(content.glob("units/L6017638-*/unit.yaml"))
    text = unit.read_text(encoding="utf-8")
    line = text.splitlines().index("glh: 32") + 1
    unit.write_text(text.replace("glh: 32", "glh: many"), encoding="utf-8")
    with pytest.raises(PackError) as error:
        load_packs(content, folder)
    assert [(finding.rule, finding.line) for finding in error.value.findings] == [("wrong-type", line)]
