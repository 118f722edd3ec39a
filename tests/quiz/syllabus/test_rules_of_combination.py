"""Rules of combination: what each document's rules say of a choice of units, sentence by sentence."""

from __future__ import annotations

from pathlib import Path

import literal_files
import pytest
from literal_files import CATALOGUE, SECOND_QUALIFICATION_FILE, spoiled

from quiz.errors import NotInQualification
from quiz.syllabus import NO_RULES, Pack, PlanCheck, check_plan, load_packs
from quiz.wording import listed_words

LEVEL_4_NOTE = (
    " Level 4 credits are not counted here, though group B lists level 4 units: "
    "the document does not settle whether they count."
)
OVER = ", read strictly; "


def checked(pack: Pack, key: str, names: str) -> PlanCheck:
    """Return the check of the units with these numbers, or of these references where none are printed."""
    qualification = pack.qualifications[key]
    references = {number: unit for unit, number in qualification.numbers.items()}
    chosen = [references.get(name, name) for name in names.split()]
    return check_plan(qualification, pack.outlines, chosen)


def sentences(pack: Pack, key: str, names: str) -> list[str]:
    return [rule.sentence for rule in checked(pack, key, names).broken]


# One valid choice of every qualification with rules: units, credits and hours as printed.


@pytest.mark.parametrize(
    ("key", "names", "credits", "hours", "by_level", "by_group"),
    [
        (
            "btec2-cco",
            "207 208 304",
            16,
            113,
            {2: 12, 3: 4},
            {
                "Mandatory units": 7,
                "Optional units (all)": 9,
                "Optional units (level 2)": 5,
                "Optional Level 3 units": 4,
            },
        ),
        (
            "iq-l2-pcco",
            "M/503/0405 F/503/0411 F/503/0389",
            16,
            113,
            {2: 12, 3: 4},
            {
                "Mandatory Group": 7,
                "Optional Group (all)": 9,
                "General Units": 5,
                "Barred Group 1": 0,
                "Barred Group 2": 4,
                "Barred Group 3": 0,
            },
        ),
        (
            "nvq1-cco",
            "5 7 9 10 16 20",
            29,
            147,
            {1: 19, 2: 10},
            {"A": 6, "B": 7, "C": 13, "ICT": 3},
        ),
        (
            "nvq2-cco",
            "21 24 25 10 30 40",
            28,
            146,
            {1: 5, 2: 23},
            {
                "A": 6,
                "B": 12,
                "C": 10,
                "C1": 0,
                "C2": 5,
                "C2 IT1": 3,
                "C2 IT2": 2,
                "C2 IT3": 0,
                "C2 IT4": 0,
                "C3": 5,
            },
        ),
        ("nvq3-cco", "52 53 56 58 60 65 66 77", 43, 169, {1: 2, 3: 41}, {"A": 6, "B": 22, "C": 15}),
        (
            "btec2-dip-cs",
            "6 15 18 22 24 37",
            45,
            245,
            {2: 40, 3: 5},
            {"Mandatory": 19, "B": 3, "C": 18, "D": 5},
        ),
    ],
)
def test_a_choice_that_keeps_every_rule_is_valid_and_its_credits_and_hours_are_summed(
    shipped_pack: Pack,
    key: str,
    names: str,
    credits: int,
    hours: int,
    by_level: dict[int, int],
    by_group: dict[str, int],
) -> None:
    check = checked(shipped_pack, key, names)
    assert (check.valid, check.broken, check.missing, check.conflicts) == (True, (), (), ())
    assert (check.credits, check.hours) == (credits, hours)
    assert check.credits_by_level == by_level
    assert check.credits_by_group == by_group


# What is missing: totals, credits at a level, least credits of a group, further credits.


@pytest.mark.parametrize(
    ("key", "names", "broken"),
    [
        (
            "btec2-cco",
            "305 306",
            [
                "At least 10 credits have to come from units of level 2, that level exactly; "
                "7 do (units 201, 202 and 203), 3 more to go."
            ],
        ),
        (
            "iq-l2-pcco",
            "F/503/0389 J/503/0393",
            [
                "At least 10 credits have to come from units of level 2, that level exactly; 7 do "
                "(units “Principles of Health and Safety in a Contact Centre” (A/503/0360), "
                "“Principles of Personal Effectiveness in a Contact Centre” (T/503/0356) and "
                "“Principles of Personal Responsibilities and Working in a Business Environment” "
                "(L/601/7638)), 3 more to go."
            ],
        ),
        (
            "nvq1-cco",
            "4 16 18 9 14",
            ["Group B needs at least 6 credits; 4 chosen (unit 4), 2 more to go."],
        ),
        (
            "nvq1-cco",
            "16 17 18 9",
            ["Group B needs at least 6 credits; 0 chosen, 6 more to go."],
        ),
        (
            "nvq1-cco",
            "5 6 9 14 15",
            [
                "At least 11 credits have to come from units of level 1, that level exactly; "
                "10 do (units 2, 5, 6 and 9), 1 more to go."
            ],
        ),
        (
            "nvq1-cco",
            "5 6 7 17",
            [
                "At least 21 credits are needed in all; 20 are chosen, 1 more to go.",
                "Group B, Group C and Restricted Optional ICT Group together need at least 15 credits; "
                "14 are chosen, 1 more to go.",
            ],
        ),
        (
            "nvq2-cco",
            "21 24 37 38",
            [
                "Group B needs at least 12 credits; 8 chosen (units 21 and 24), 4 more to go.",
                "At least 28 credits are needed in all; 23 are chosen, 5 more to go.",
                "Group B and Group C together need at least 22 credits; 17 are chosen, 5 more to go.",
            ],
        ),
        (
            "nvq2-cco",
            "21 24 27 28 49",
            [
                "At least 15 credits have to come from units of level 2, that level exactly; "
                "12 do (units 1, 21 and 24), 3 more to go."
            ],
        ),
        (
            "nvq2-cco",
            "21 22 24 25 27",
            [],
        ),
        (
            "nvq2-cco",
            "21 22 24 25 48",
            [
                "At least 28 credits are needed in all; 27 are chosen, 1 more to go.",
                "Group B and Group C together need at least 22 credits; 21 are chosen, 1 more to go.",
            ],
        ),
        (
            "nvq3-cco",
            "52 53 56 58 65 66 77",
            [
                "Group B needs at least 21 credits; 18 chosen (units 52, 53, 56 and 58), 3 more to go.",
                "At least 42 credits are needed in all; 39 are chosen, 3 more to go.",
                "Group B and Group C together need at least 36 credits; 33 are chosen, 3 more to go.",
            ],
        ),
        (
            "nvq3-cco",
            "26 54 55 57 59 61 20",
            [
                "At least 23 credits have to come from units of level 3, that level exactly; "
                f"4 do (unit 3), 19 more to go.{LEVEL_4_NOTE}"
            ],
        ),
        (
            "nvq3-cco",
            "52 53 56 58 60 65 79",
            [
                "At least 42 credits are needed in all; 39 are chosen, 3 more to go.",
                "Group B and Group C together need at least 36 credits; 33 are chosen, 3 more to go.",
            ],
        ),
        (
            "btec2-dip-cs",
            "8 15 18 22 24 37",
            ["Group B needs at least 3 credits; 0 chosen, 3 more to go."],
        ),
        (
            "btec2-dip-cs",
            "6 7 15 22 24 37",
            ["Group C needs at least 16 credits; 15 chosen (units 15, 22 and 24), 1 more to go."],
        ),
        (
            "btec2-dip-cs",
            "6 15 18 22 24 27",
            [
                "At least 45 credits are needed in all; 43 are chosen, 2 more to go.",
                "Group B, Group C and Group D together need at least 26 credits; 24 are chosen, 2 more to go.",
            ],
        ),
    ],
)
def test_what_a_choice_lacks_is_said_in_the_order_of_the_document(
    shipped_pack: Pack, key: str, names: str, broken: list[str]
) -> None:
    check = checked(shipped_pack, key, names)
    assert [rule.sentence for rule in check.broken] == broken
    assert [rule.sentence for rule in check.missing] == broken
    assert (check.valid, check.conflicts) == (not broken, ())


@pytest.mark.parametrize("key", ["btec2-cco", "iq-l2-pcco"])
def test_six_credits_of_optional_units_are_missing_where_only_two_are_chosen(
    shipped_pack: Pack, key: str
) -> None:
    check = check_plan(shipped_pack.qualifications[key], shipped_pack.outlines, ["F/503/0411"])
    group, total, level = check.missing
    assert (group.kind, group.units) == ("group_credits", ("F/503/0411",))
    assert "at least 6 credits; 2 chosen (unit" in group.sentence
    assert group.sentence.endswith(", 4 more to go.")
    assert total.sentence == "At least 13 credits are needed in all; 9 are chosen, 4 more to go."
    assert level.kind == "credits_at_level"
    assert level.sentence.endswith(", 1 more to go.")
    assert (check.valid, check.conflicts) == (False, ())


# What conflicts: most credits and units of a group, groups inside groups, barred pairs.


@pytest.mark.parametrize(
    ("key", "names", "broken"),
    [
        ("btec2-cco", "204 207 304", ["204 and 304 cannot be taken together."]),
        ("btec2-cco", "205 207 208 305", ["205 and 305 cannot be taken together."]),
        ("btec2-cco", "206 207 208 306", ["206 and 306 cannot be taken together."]),
        (
            "nvq2-cco",
            "21 22 24 25 26 27",
            [f"Group B allows at most 22 credits{OVER}units 21, 22, 24, 25, 26 and 27 make 29."],
        ),
        (
            "nvq2-cco",
            "21 22 23 24 38 42",
            [
                f"Group C allows at most 10 credits{OVER}units 38 and 42 make 12.",
                f"Sub-group C1 allows at most 10 credits{OVER}units 38 and 42 make 12.",
            ],
        ),
        (
            "nvq2-cco",
            "21 22 23 24 38 40",
            [f"Group C allows at most 10 credits{OVER}units 38 and 40 make 11."],
        ),
        (
            "nvq2-cco",
            "21 22 23 24 11 12 10",
            ["Sub-group C2 (restricted ICT) allows at most 2 units; 3 are chosen (units 10, 11 and 12)."],
        ),
        (
            "nvq2-cco",
            "21 22 23 24 10 29",
            ["Sub-group C2 IT1 allows at most 1 unit; 2 are chosen (units 10 and 29)."],
        ),
        (
            "nvq2-cco",
            "21 22 23 24 11 30",
            ["Sub-group C2 IT2 allows at most 1 unit; 2 are chosen (units 11 and 30)."],
        ),
        (
            "nvq2-cco",
            "21 22 23 24 12 31",
            ["Sub-group C2 IT3 allows at most 1 unit; 2 are chosen (units 12 and 31)."],
        ),
        ("nvq2-cco", "21 22 23 24 13 32", ["13 and 32 cannot be taken together."]),
        (
            "nvq2-cco",
            "21 22 23 24 33 40",
            ["Sub-group C3 (restricted) allows at most 1 unit; 2 are chosen (units 33 and 40)."],
        ),
        (
            "nvq2-cco",
            "21 22 23 24 12 13 32",
            [
                "Sub-group C2 (restricted ICT) allows at most 2 units; 3 are chosen (units 12, 13 and 32).",
                "13 and 32 cannot be taken together.",
            ],
        ),
        (
            "nvq3-cco",
            "27 51 52 53 56 62 63",
            [f"Group B allows at most 36 credits{OVER}units 27, 51, 52, 53, 56, 62 and 63 make 37."],
        ),
        (
            "nvq3-cco",
            "52 53 56 58 60 64 77 79",
            [f"Group C allows at most 15 credits{OVER}units 64, 77 and 79 make 18."],
        ),
        ("nvq3-cco", "52 53 56 58 60 40 64 76", ["40 and 64 cannot be taken together."]),
        (
            "btec2-dip-cs",
            "6 15 18 22 24 32 36",
            [f"Group D allows at most 7 credits{OVER}units 32 and 36 make 9."],
        ),
    ],
)
def test_what_cannot_stand_together_is_a_conflict_and_said_once(
    shipped_pack: Pack, key: str, names: str, broken: list[str]
) -> None:
    check = checked(shipped_pack, key, names)
    assert [rule.sentence for rule in check.broken] == broken
    assert [rule.sentence for rule in check.conflicts] == broken
    assert (check.valid, check.missing) == (False, ())


@pytest.mark.parametrize(
    ("key", "names"),
    [
        ("btec2-cco", "204 207"),
        ("btec2-cco", "207 304"),
        ("nvq1-cco", "4 5 6 7 16 11 12"),
        ("nvq2-cco", "21 22 23 24 25"),  # group B at its 22 credits
        ("nvq2-cco", "21 22 23 24 37 10 30"),  # two IT units of different sub-groups
        ("nvq2-cco", "21 22 23 24 12 32"),
        ("nvq2-cco", "21 22 24 25 33 36"),  # 28 credits in all
        ("nvq2-cco", "21 24 25 39 40"),  # group C at its 10 credits
        ("nvq3-cco", "51 52 53 56 58 62 63"),  # group B at its 36 credits
        ("nvq3-cco", "52 53 56 58 60 40 66 76"),  # group C at its 15 credits, with unit 40 alone
        ("nvq3-cco", "52 53 56 58 60 64 66 77"),  # and with unit 64 alone
        ("btec2-dip-cs", "6 15 18 22 24 32 37"),  # group D at its 7 credits
    ],
)
def test_a_choice_at_the_limit_is_valid(shipped_pack: Pack, key: str, names: str) -> None:
    check = checked(shipped_pack, key, names)
    assert ([rule.sentence for rule in check.broken], check.valid) == ([], True)


def test_the_restricted_it_group_of_level_1_allows_two_units(shipped_pack: Pack) -> None:
    check = checked(shipped_pack, "nvq1-cco", "4 5 6 7 10 11 12")
    (rule,) = check.broken
    assert (rule.kind, rule.side) == ("group_units", "conflict")
    assert rule.units == ("T/502/4296", "Y/502/4291", "J/502/4299")
    assert rule.sentence.endswith(
        "Restricted Optional ICT Group allows at most 2 units; 3 are chosen (units 10, 11 and 12)."
    )


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (
            "“Principles and Processes of Systems and Technology in a Contact Centre” (T/503/0373)",
            "“Principles of Using Systems and Technology in a Contact Centre” (Y/503/0365)",
        ),
        (
            "“Principles of Communication and Customer Service in a Contact Centre” (L/503/0377)",
            "“Principles of Customer Service in a Contact Centre” (F/503/0389)",
        ),
        (
            "“Principles of Sales Activities and Customer Support in a Contact Centre” (J/503/0393)",
            "“Principles of Selling in a Contact Centre” (M/503/0386)",
        ),
    ],
)
def test_a_barred_group_of_the_iq_certificate_is_said_once_though_the_page_bars_its_pair_twice(
    shipped_pack: Pack, first: str, second: str
) -> None:
    pair = " ".join(name.rpartition("(")[2].rstrip(")") for name in (first, second))
    assert sentences(shipped_pack, "iq-l2-pcco", f"M/503/0405 F/503/0411 {pair}") == [
        f"{first} and {second} cannot be taken together."
    ]


@pytest.mark.parametrize(
    ("rule", "chosen", "broken"),
    [
        ("{min_units: 1}", [], ["May needs at least 1 unit; 0 chosen."]),
        ("{min_units: 1}", ["D/503/0352"], []),
    ],
)
def test_a_group_may_ask_for_units_instead_of_credits(
    tmp_path: Path, rule: str, chosen: list[str], broken: list[str]
) -> None:
    files = spoiled(SECOND_QUALIFICATION_FILE, "{min_credits: 2}", rule, CATALOGUE)
    pack = load_packs(literal_files.write(tmp_path, files))
    check = check_plan(pack.qualifications["kitchen"], pack.outlines, chosen)
    assert [rule.sentence for rule in check.broken if rule.kind == "group_units"] == broken


# Mandatory units, units from elsewhere, and where no rules are stated.


@pytest.mark.parametrize(
    ("key", "mandatory"),
    [
        ("btec2-cco", ("T/503/0356", "A/503/0360", "L/601/7638")),
        ("iq-l2-pcco", ("A/503/0360", "T/503/0356", "L/601/7638")),
        ("nvq1-cco", ("T/503/0342", "D/503/0352")),
        ("nvq2-cco", ("T/503/0342", "D/503/0352")),
        ("nvq3-cco", ("D/503/0352", "Y/503/0348")),
        ("btec2-dip-cs", ("A/506/2130", "F/506/2131", "J/506/2132", "A/506/1964", "L/506/1788")),
        ("sqa-svq2-cco", ()),
        ("sqa-svq3-cco", ()),
    ],
)
def test_mandatory_units_are_in_without_being_ticked(
    shipped_pack: Pack, key: str, mandatory: tuple[str, ...]
) -> None:
    qualification = shipped_pack.qualifications[key]
    empty = check_plan(qualification, shipped_pack.outlines, ())
    assert (empty.units, empty.added) == (mandatory, mandatory)
    ticked = check_plan(qualification, shipped_pack.outlines, mandatory[:1])
    assert (ticked.units, ticked.added) == (mandatory, mandatory[1:])


def test_a_choice_is_kept_in_the_order_of_the_document_and_each_unit_once(shipped_pack: Pack) -> None:
    check = checked(shipped_pack, "btec2-cco", "304 207 203 207")
    assert check.units == ("T/503/0356", "A/503/0360", "L/601/7638", "M/503/0405", "T/503/0373")
    assert check.added == ("T/503/0356", "A/503/0360")
    assert (check.credits, check.hours) == (14, 98)


@pytest.mark.parametrize(
    ("key", "chosen", "message"),
    [
        (
            "btec2-cco",
            ["M/503/0405", "T/503/0342"],
            "T/503/0342 is not in “Pearson BTEC Level 2 Certificate in Contact Centre Operations”. "
            "Choose units that it lists.",
        ),
        (
            "nvq1-cco",
            ["K/503/0421", "H11S 04", "R/503/0350"],
            "K/503/0421, H11S 04 and R/503/0350 are not in “Pearson Edexcel Level 1 NVQ Certificate in Contact "
            "Centre Operations”. Choose units that it lists.",
        ),
        (
            "sqa-svq2-cco",
            ["H12A 04"],
            "H12A 04 is not in “SVQ 2 in Contact Centre Operations at SCQF level 5”. Choose units that it lists.",
        ),
        (
            "nvq3-cco",
            ["no such unit"],
            "no such unit is not in “Pearson Edexcel Level 3 NVQ Diploma in Contact Centre Operations”. "
            "Choose units that it lists.",
        ),
    ],
)
def test_units_that_the_qualification_does_not_list_are_refused(
    shipped_pack: Pack, key: str, chosen: list[str], message: str
) -> None:
    with pytest.raises(NotInQualification) as error:
        check_plan(shipped_pack.qualifications[key], shipped_pack.outlines, chosen)
    assert str(error.value) == message


@pytest.mark.parametrize(
    ("key", "units"),
    [("sqa-svq2-cco", ["F9A0 04", "H11S 04"]), ("sqa-svq3-cco", ["DR67 04", "H129 04"])],
)
def test_a_choice_of_an_svq_is_neither_valid_nor_wrong_and_no_credits_are_made_up(
    shipped_pack: Pack, key: str, units: list[str]
) -> None:
    check = check_plan(shipped_pack.qualifications[key], shipped_pack.outlines, units)
    assert check.valid is None
    assert (check.credits, check.hours, check.credits_by_level) == (None, None, {})
    assert (check.units, check.added) == (tuple(units), ())
    assert check.broken == ()
    assert check.cautions == ("The document gives no credits or rules, so the choice cannot be checked.",)
    assert check.cautions == (NO_RULES,)


# F/503/0361 (unit 4 of Level 1) carries 4 credits on its own page and 3 in the structure table.


@pytest.mark.parametrize(
    ("names", "valid"),
    [
        ("4 5 6 16", True),  # 21 credits, or 20
        ("4 6 7 9 12", True),  # 21, or 20
        ("4 9 16 18 14 5", True),  # 29 or 28, and group B at 7 or 6
    ],
)
def test_a_choice_with_the_doubtful_unit_is_judged_by_4_credits(
    shipped_pack: Pack, names: str, valid: bool
) -> None:
    assert checked(shipped_pack, "nvq1-cco", names).valid is valid


@pytest.mark.parametrize("names", ["4 5 6 16", "4 6 7 9 12"])
def test_where_the_answer_depends_on_the_doubtful_credits_one_caution_says_so(
    shipped_pack: Pack, names: str
) -> None:
    check = checked(shipped_pack, "nvq1-cco", names)
    assert (check.credits, check.valid) == (21, True)
    (caution,) = check.cautions
    assert "4 on its own page, 3 in the structure table of the Level 1 certificate." in caution
    assert caution.endswith(" Ask your centre which counts.")


@pytest.mark.parametrize(
    "names",
    [
        "4 5 6 7 16",  # 25 credits or 24: valid either way
        "4 9 16 18 14 5",  # group B at 7 credits or 6: valid either way
        "4",  # 10 credits or 9: not enough either way
        "5 6 7 16",  # without the unit
    ],
)
def test_where_the_answer_does_not_depend_on_the_doubtful_credits_there_is_no_caution(
    shipped_pack: Pack, names: str
) -> None:
    assert checked(shipped_pack, "nvq1-cco", names).cautions == ()


def test_a_list_in_a_sentence_ends_in_and() -> None:
    assert [listed_words(words) for words in ([], ["204"], ["204", "205"], ["204", "205", "304"])] == [
        "",
        "204",
        "204 and 205",
        "204, 205 and 304",
    ]
