"""What cannot be studied or answered never reaches a learner: the packs do not load."""

import shutil
from pathlib import Path

import pytest

from quiz.errors import PackError
from quiz.syllabus import CONTENT_DIR, load_packs, read_packs

FOLDER = "units/L6017638-responsibilities"


@pytest.fixture
def content(tmp_path: Path) -> Path:
    """Return a copy of Unit 203 alone."""
    shutil.copytree(CONTENT_DIR / "qualifications", tmp_path / "qualifications")
    shutil.copytree(CONTENT_DIR / FOLDER, tmp_path / FOLDER)
    return tmp_path


def spoil(content: Path, code: str, old: str, new: str) -> None:
    file = content / FOLDER / f"{code}.yaml"
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")


def rules(content: Path) -> list[tuple[str, str]]:
    return [(finding.file, finding.rule) for finding in read_packs(content).findings]


def test_a_criterion_without_its_file_keeps_the_packs_from_loading(content: Path) -> None:
    (content / FOLDER / "4.1.yaml").unlink()
    assert rules(content) == [(f"{FOLDER}/4.1.yaml", "missing-criterion")]
    with pytest.raises(PackError):
        load_packs(content)


def test_a_single_choice_without_a_right_option_keeps_the_packs_from_loading(content: Path) -> None:
    spoil(content, "4.1", "right: true, ", "")
    assert rules(content) == [(f"{FOLDER}/4.1.yaml", "unanswerable")]
    with pytest.raises(PackError) as error:
        load_packs(content)
    assert error.value.findings[0].message == (
        "“L6017638-4.1-01” cannot be answered: 0 of its options have “right: true”, and a single choice needs one."
    )


def test_a_repeated_id_is_found_in_a_file_that_has_another_fault(content: Path) -> None:
    spoil(content, "4.1", "id: L6017638-4.1-02", "id: L6017638-4.1-01")
    spoil(content, "4.1", "verb: Explain", "verb: Explain\nfoo: bar")
    assert sorted(rules(content)) == [
        (f"{FOLDER}/4.1.yaml", "duplicate-id"),
        (f"{FOLDER}/4.1.yaml", "unknown-key"),
    ]
