"""Search: qualifications, units and criteria by number, reference, title or word, the best first."""

from __future__ import annotations

from pathlib import Path

import literal_files
import pytest
from literal_files import CATALOGUE

from quiz.syllabus import Pack, load_packs, search

Found = list[tuple[str, list[str]]]


def units(pack: Pack, words: str) -> Found:
    """Return the units found with the codes of the criteria that they were found by."""
    return [(unit.key, [c.ref.code for c in criteria]) for unit, criteria in search(pack, words).units]


def qualifications(pack: Pack, words: str) -> list[str]:
    return [entry.key for entry in search(pack, words).qualifications]


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("203", ["L/601/7638"]),
        ("unit 203", ["L/601/7638"]),
        ("  UNIT   203 ", ["L/601/7638"]),
        ("Unit203", ["L/601/7638"]),
        ("37", ["L/503/0394", "H/600/9660"]),
        ("unit 23", ["L/503/0394", "H/506/2977"]),
        ("unit 55", ["L/503/0394"]),
        # withdrawn units by their printed number, and a number printed beside that of another run
        ("83", ["R/503/0350"]),
        ("unit 83", ["R/503/0350"]),
        ("107", ["Y/601/1597"]),
        ("97", ["A/502/8639"]),
        ("67", ["A/502/8639"]),
        # a misprinted reference finds the unit that is meant, and no misprint takes another unit's own
        ("L/503/0426", ["J/503/0426"]),
        ("l5030426", ["J/503/0426"]),
        ("J/503/0426", ["J/503/0426"]),
        ("R/600/9685", ["R/600/9685"]),
        ("L/601/7638", ["L/601/7638"]),
        ("l6017638", ["L/601/7638"]),
        ("l/6017638", ["L/601/7638"]),
        ("R/503/0350", ["R/503/0350"]),
        ("7638", ["L/601/7638"]),
        ("601/7638", ["L/601/7638"]),
        ("503/036", ["A/503/0360", "Y/503/0365", "F/503/0361", "J/503/0362", "R/503/0364"]),
        ("H11S 04", ["H11S 04"]),
        ("h11s04", ["H11S 04"]),
        ("H11S", ["H11S 04"]),
        ("FE2A", ["FE2A 04"]),
    ],
)
def test_a_unit_is_found_by_its_number_its_reference_or_a_part_of_it(
    shipped_pack: Pack, words: str, found: list[str]
) -> None:
    hits = search(shipped_pack, words)
    assert sorted(unit.key for unit, _ in hits.units) == sorted(found)
    assert [criteria for _, criteria in hits.units] == [()] * len(found)
    assert hits.qualifications == ()


def test_a_reference_that_is_misprinted_elsewhere_stays_with_its_own_unit(shipped_pack: Pack) -> None:
    (hit,) = search(shipped_pack, "R/600/9685").units
    assert hit[0].title == "Manage Conflict in a Team"


@pytest.mark.parametrize("words", ["503", "/503", "H11"])
def test_less_than_four_signs_of_a_reference_find_nothing(shipped_pack: Pack, words: str) -> None:
    assert units(shipped_pack, words) == []


def test_a_number_of_one_unit_stands_before_titles_that_hold_it(shipped_pack: Pack) -> None:
    found = units(shipped_pack, "1")
    assert sorted(key for key, _ in found[:2]) == ["A/506/2130", "T/503/0342"]
    assert {key for key, _ in found[2:]} == {"F9A3 04", "F9A6 04", "F99W 04", "F99Y 04"}


@pytest.mark.parametrize(
    "words",
    ["telephone inbound selling", "Selling by Telephone (Inbound)", "INBOUND  telephone", "inbo tele sell"],
)
def test_words_of_a_title_find_it_in_any_order_and_case_and_by_their_beginnings(
    shipped_pack: Pack, words: str
) -> None:
    assert units(shipped_pack, words)[0] == ("J/502/8577", [])
    assert "J/502/8580" not in [key for key, _ in units(shipped_pack, words)]


@pytest.mark.parametrize("words", ["Resolve Customers' Complaints", "resolve customers’ complaints"])
def test_either_apostrophe_finds_a_title(shipped_pack: Pack, words: str) -> None:
    assert units(shipped_pack, words) == [("R/506/2151", [])]


def test_a_title_that_two_units_share_finds_both(shipped_pack: Pack) -> None:
    assert {key for key, _ in units(shipped_pack, "communicate information through a contact centre")} >= {
        "D/503/0402",
        "K/503/0404",
    }


def test_units_found_by_a_criterion_come_after_titles_and_name_the_criteria(shipped_pack: Pack) -> None:
    found = units(shipped_pack, "objections sales")
    by_title = [key for key, criteria in found if not criteria]
    assert sorted(by_title) == ["F/502/8612", "H122 04", "M/502/8606"]
    assert [key for key, _ in found[:3]] == by_title
    # Outcome 6 is about objections and the close of a sale, so that each of its six criteria is found.
    assert ("J/502/8577", ["6.1", "6.2", "6.3", "6.4", "6.5", "6.6"]) in found[3:]
    assert all(criteria for _, criteria in found[3:])


def test_a_criterion_is_found_by_its_verb_and_label_whether_taught_or_not(tmp_path: Path) -> None:
    pack = load_packs(literal_files.write(tmp_path, CATALOGUE))
    assert units(pack, "warmed") == [("L/601/7638", ["1.10"])]
    assert units(pack, "explain cup") == [("L/601/7638", ["1.10"])]
    assert units(pack, "cups") == [("T/503/0342", ["1.2"])]
    assert units(pack, "water") == [("T/503/0342", ["1.1"])]
    assert units(pack, "keep") == [("D/503/0352", []), ("T/503/0342", ["1.1", "1.2"])]


def test_a_criterion_is_found_by_words_of_its_own_and_of_its_outcome_together(tmp_path: Path) -> None:
    pack = load_packs(literal_files.write(tmp_path, CATALOGUE))
    assert units(pack, "keeping leak") == [("T/503/0342", ["1.2"])]
    assert units(pack, "needs buy") == [("T/503/0342", ["2.1"])]
    assert units(pack, "water leak") == []  # the words of two different criteria
    assert units(pack, "needs leak") == []  # the words of a criterion and of another outcome


def test_all_words_have_to_be_found_in_one_title_or_one_criterion(shipped_pack: Pack) -> None:
    assert units(shipped_pack, "telephone zebra") == []
    assert units(shipped_pack, "kettle incidents") == []


def test_a_longer_form_of_a_word_finds_the_shorter_one(tmp_path: Path) -> None:
    pack = load_packs(literal_files.write(tmp_path, CATALOGUE))
    assert units(pack, "kitchens") == [("T/503/0342", [])]
    assert units(pack, "washings") == [("H11S 04", [])]
    assert units(pack, "teas") == []  # a short word does not stand for all that begins with it


@pytest.mark.parametrize(
    ("words", "keys"),
    [
        ("600/1637/1", ["btec2-cco"]),
        ("60016371", ["btec2-cco"]),
        ("601/3424/0", ["btec2-dip-cs"]),
        ("nvq3-cco", ["nvq3-cco"]),
        ("NVQ3-CCO", ["nvq3-cco"]),
        ("nvq", ["nvq1-cco", "nvq2-cco", "nvq3-cco"]),
        ("diploma contact", ["nvq3-cco"]),
        ("Diploma in Customer Service", ["btec2-dip-cs"]),
        ("industry qualifications", ["iq-l2-pcco"]),
        ("SVQ 2", ["sqa-svq2-cco"]),
        ("sqa", ["sqa-svq2-cco", "sqa-svq3-cco"]),
        ("level 4", []),
    ],
)
def test_a_qualification_is_found_by_number_key_title_or_body(
    shipped_pack: Pack, words: str, keys: list[str]
) -> None:
    assert qualifications(shipped_pack, words) == keys


@pytest.mark.parametrize("words", ["", "   ", "\t\n", "!!", "/", "zebra", "Q/999/9999", "unit 999"])
def test_nothing_is_found_for_blank_or_unknown_words(shipped_pack: Pack, words: str) -> None:
    hits = search(shipped_pack, words)
    assert (hits.qualifications, hits.units) == ((), ())
