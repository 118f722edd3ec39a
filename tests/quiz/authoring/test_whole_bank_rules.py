"""Rules that hold the whole bank against itself, and reading ease by unit."""

from pathlib import Path

import clean_pack
import pytest
import yaml

from quiz.authoring.bank_rules import NEAR_DUPLICATE, near_duplicates, terms_defined_twice
from quiz.authoring.reading_ease import EaseRow, grade, hard_to_read
from quiz.findings import Finding
from quiz.syllabus import Pack, read_packs


def pack_with(tmp_path: Path, second: dict[str, object]) -> Pack:
    """Return a unit of two criteria: the clean one, and one that differs from it as told."""
    folder = tmp_path / clean_pack.FOLDER
    folder.mkdir(parents=True)
    unit = {
        **clean_pack.UNIT,
        "outcomes": [{"number": 1, "label": "how tea is made", "criteria": ["1.1", "1.2"]}],
    }
    first = clean_pack.criterion()
    other = {**clean_pack.criterion(), "criterion": "1.2", "questions": [], **second}
    for name, data in (("unit", unit), ("1.1", first), ("1.2", other)):
        (folder / f"{name}.yaml").write_text(yaml.safe_dump(data, sort_keys=False), encoding="utf-8")
    reading = read_packs(tmp_path)
    assert reading.findings == ()
    return reading.pack


def question(number: int, stem: str, right: str) -> dict[str, object]:
    made = clean_pack.single_choice(number, stem, right, "cold soup", "wet gravel", "oat flakes")
    return {**made, "id": f"L6017638-1.2-{number:02d}"}


@pytest.mark.parametrize(
    ("ending", "found"),
    [("", 1), ("?", 1), (" now", 1), (" in a glass pot that somebody left out all night", 0)],
)
def test_a_question_that_asks_nearly_the_same_as_another_is_found(
    tmp_path: Path, ending: str, found: int
) -> None:
    first = clean_pack.criterion()["questions"][0]
    right = next(option["text"] for option in first["options"] if option.get("right"))
    stem = str(first["stem"]).rstrip("?") + ending
    pack = pack_with(tmp_path, {"questions": [question(1, stem, right)]})
    findings = list(near_duplicates(pack))
    assert [finding.rule for finding in findings] == ["near-duplicate"] * found
    if found:
        assert "“L6017638-1.2-01” asks nearly the same as “L6017638-1.1-01”" in findings[0].message
        assert f"{NEAR_DUPLICATE}% is too much" in findings[0].message


def test_a_term_with_a_second_meaning_is_found_and_the_same_meaning_twice_is_not(tmp_path: Path) -> None:
    words = clean_pack.criterion()["terms"]
    changed = [{**words[0], "means": "something else altogether"}, *words[1:]]
    findings = list(terms_defined_twice(pack_with(tmp_path, {"terms": changed})))
    assert [(finding.file, finding.rule) for finding in findings] == [
        (f"{clean_pack.FOLDER}/1.2.yaml", "term-defined-twice")
    ]
    assert findings[0].message == (
        f"“{words[0]['term']}” means “{words[0]['means']}” in {clean_pack.FOLDER}/1.1.yaml. "
        "One glossary: give it the same meaning here."
    )


def test_a_hard_text_has_a_higher_grade_than_an_easy_one() -> None:
    easy = grade("Ask first. Then write it down.")
    hard = grade("Notwithstanding organisational considerations, administrative accountability predominates.")
    assert easy < 2 < 15 < hard


def test_figures_and_mark_up_do_not_count_as_hard_words() -> None:
    assert grade("**Pay** was £12.71 on the 28th.") == grade("Pay was ten on the ten.")


def test_a_unit_harder_to_read_than_its_level_allows_is_found() -> None:
    rows = (
        EaseRow(unit="L/601/7638", level=2, notes=9.4, stems=5.0, allowed=9.0),
        EaseRow(unit="A/503/0360", level=2, notes=8.9, stems=9.0, allowed=9.0),
    )
    assert hard_to_read(rows, {"L/601/7638": "a/unit.yaml", "A/503/0360": "b/unit.yaml"}) == [
        Finding(
            "a/unit.yaml",
            1,
            "hard-to-read",
            "The notes have a mean Flesch-Kincaid grade of 9.4; level 2 allows 9. "
            "Shorten sentences, and use shorter words.",
        )
    ]
