"""The catalogue that is shipped: eight qualifications and 222 units, as the five documents print them."""

from __future__ import annotations

import re
from collections import Counter

import pytest
from literal_units import CERTIFICATE, DIPLOMA, LEVEL_1, LEVEL_2, LEVEL_3, UNITS

from quiz.syllabus import CriterionRef, Pack, Qualification
from quiz.syllabus.outline import OutcomeKind, Teaching, named_ref
from quiz.syllabus.reference import has_right_check_digit, has_right_check_letter

TAUGHT = {
    "T/503/0356": ("201", (5, 4)),
    "A/503/0360": ("202", (3, 6)),
    "L/601/7638": ("203", (6, 3, 3, 3, 3, 3, 3)),
    "Y/503/0365": ("204", (4, 4)),
    "L/503/0377": ("205", (4, 5, 4)),
    "M/503/0386": ("206", (4, 4, 6)),
    "M/503/0405": ("207", (5, 2, 5)),
    "F/503/0411": ("208", (6, 5)),
    "T/503/0373": ("304", (3, 4, 3)),
    "F/503/0389": ("305", (4, 5, 5, 4)),
    "J/503/0393": ("306", (9, 4, 6, 5)),
}
"""The units that are taught: number in Pearson's certificate, criteria of each outcome."""

# fmt: off
NVQ_CRITERIA = {
    "T/503/0342": (2, 2, 3, 7), "D/503/0352": (3, 4, 7), "Y/503/0348": (4, 2, 4, 7),
    "F/503/0361": (7, 8), "Y/503/0382": (4, 3, 3, 4), "F/503/0392": (5, 5, 3), "D/503/0402": (4, 3, 5),
    "J/503/0412": (4, 4, 3, 5), "A/502/4395": (4, 3), "T/502/4296": (2, 4, 4, 4, 5),
    "Y/502/4291": (3, 3, 2), "J/502/4299": (5, 6), "A/502/4378": (5, 4, 5, 4),
    "J/502/8577": (4, 4, 2, 5, 2, 6, 4), "J/502/8580": (4, 4, 3, 5, 2, 6, 4), "R/601/1209": (8, 6, 6),
    "F/601/1609": (3, 3, 15), "M/601/1508": (4, 6, 10), "T/601/1509": (3, 5, 5, 8),
    "R/601/1548": (6, 7, 7), "J/503/0362": (4, 2, 6), "K/503/0385": (6, 4, 4, 7),
    "L/503/0394": (4, 7, 2, 2, 8), "H/503/0403": (5, 5, 8), "L/503/0413": (4, 7, 3),
    "K/503/0421": (7, 3, 8), "J/503/0426": (6, 2, 2, 6), "L/502/4627": (7, 2, 4),
    "A/502/4297": (4, 4, 4, 4, 8), "D/502/4292": (3, 4, 5), "M/502/4300": (5, 6),
    "F/502/4379": (5, 7, 7, 7), "F/502/4396": (3, 3, 3), "M/502/8606": (10, 5, 6, 3),
    "F/502/8559": (4, 6, 4), "D/502/8584": (6, 7, 5), "H/600/9660": (1, 2, 1, 2, 2),
    "D/601/0936": (4, 4, 5, 6), "F/601/1223": (5, 4, 11, 12), "L/601/1225": (5, 9, 9),
    "Y/601/1227": (5, 5, 6), "M/601/1511": (5, 5, 6, 5), "H/601/1215": (3, 2, 3, 7),
    "T/601/1512": (7, 10, 10), "M/601/1542": (5, 8, 5, 8), "L/601/0933": (7, 5, 4, 5),
    "H/601/1540": (5, 6, 7), "L/601/1614": (5, 10), "D/601/1522": (3, 8, 12),
    "D/601/1553": (6, 2, 4, 5), "M/503/0355": (5, 4, 3, 6), "R/503/0364": (2, 3, 5, 3, 6),
    "T/503/0387": (4, 5, 5), "A/503/0388": (3, 5, 3, 5), "D/503/0397": (8, 3, 5, 6),
    "H/503/0398": (3, 5, 5, 3), "K/503/0404": (3, 3, 3, 7), "T/503/0406": (3, 3, 3, 4),
    "A/503/0407": (4, 2, 5), "L/503/0427": (3, 5, 3, 6), "L/503/0430": (4, 4, 9),
    "K/503/0418": (7, 3, 6), "J/502/4397": (2, 3, 4), "T/502/8641": (2, 5, 7),
    "F/502/8612": (6, 3, 5, 4, 4), "A/502/8639": (3, 9), "M/600/9600": (3, 4, 4, 2),
    "L/600/9586": (2, 1, 2, 2), "L/600/9636": (2, 1, 2, 2), "Y/600/9669": (2, 3, 1, 3, 3),
    "D/600/9804": (3, 3, 4), "M/600/9628": (2, 1, 1), "R/600/9685": (2, 3, 2, 2),
    "Y/600/9686": (2, 1, 2, 3), "Y/601/1230": (3, 8, 4, 8), "H/601/1568": (5, 4, 3, 8),
    "H/601/1571": (6, 5, 6, 10), "T/601/1574": (5, 6, 5, 10), "K/601/1233": (8, 6, 8),
    "K/601/1524": (4, 4, 6, 11), "T/601/1235": (5, 7, 9), "R/503/0350": (6, 4, 4, 5),
    "A/503/0357": (4, 6, 5), "J/503/0359": (6, 3, 7), "A/503/0391": (3, 5, 4),
    "R/503/0378": (6, 3, 2, 4), "L/503/0380": (3, 5, 5), "Y/503/0401": (2, 4, 5, 6),
    "F/503/0408": (3, 3, 4, 4), "A/503/0410": (3, 5, 4, 4), "Y/503/0429": (2, 3, 5, 8),
    "F/503/0425": (3, 3, 3, 6), "T/503/0423": (4, 3, 5), "H/503/0417": (5, 3, 7),
    "R/503/0414": (3, 6, 7), "M/600/9791": (3, 3, 5), "Y/600/9798": (1, 1, 2, 2, 1),
    "R/600/9587": (3, 2, 2), "Y/600/9588": (2, 3, 2), "T/600/9632": (1, 1, 1, 1, 2),
    "A/600/9664": (3, 2, 1), "T/600/9694": (4, 2, 4, 2, 3), "R/601/1601": (4, 6, 5, 7),
    "L/601/1578": (5, 4, 3, 10), "Y/601/1597": (5, 7, 5, 7),
}
"""How many criteria each outcome of an NVQ unit has."""

WITHDRAWN = [
    "R/503/0350", "A/503/0357", "J/503/0359", "A/503/0391", "R/503/0378", "L/503/0380", "Y/503/0401",
    "F/503/0408", "A/503/0410", "Y/503/0429", "F/503/0425", "T/503/0423", "H/503/0417", "R/503/0414",
    "M/600/9791", "Y/600/9798", "R/600/9587", "Y/600/9588", "T/600/9632", "A/600/9664", "T/600/9694",
    "R/601/1601", "L/601/1578", "Y/601/1597",
]
"""Units 83 to 96 and 98 to 107 of the NVQ document, in its order."""
# fmt: on


def groups_of(qualification: Qualification) -> dict[str, list[str]]:
    return {group.name: list(group.units) for group in qualification.printed_groups}


# Qualifications.


@pytest.mark.parametrize(
    ("key", "title", "body", "number", "level", "credit", "glh", "tqt", "units"),
    [
        (
            "btec2-cco", "Pearson BTEC Level 2 Certificate in Contact Centre Operations",
            "Pearson", "600/1637/1", 2, 13, (93, None), 130, 11,
        ),
        (
            "btec2-dip-cs", "Pearson BTEC Level 2 Diploma in Customer Service (QCF)",
            "Pearson", "601/3424/0", 2, 45, (245, 305), None, 39,
        ),
        (
            "iq-l2-pcco", "IQ Level 2 Certificate in Principles of Contact Centre Operations (QCF)",
            "Industry Qualifications (IQ)", "600/6813/9", 2, 13, (93, 104), None, 11,
        ),
        (
            "nvq1-cco", "Pearson Edexcel Level 1 NVQ Certificate in Contact Centre Operations",
            "Pearson Edexcel", "600/1225/0", 1, 21, (67, None), 210, 19,
        ),
        (
            "nvq2-cco", "Pearson Edexcel Level 2 NVQ Certificate in Contact Centre Operations",
            "Pearson Edexcel", "600/1635/8", 2, 28, (93, None), 280, 39,
        ),
        (
            "nvq3-cco", "Pearson Edexcel Level 3 NVQ Diploma in Contact Centre Operations",
            "Pearson Edexcel", "600/1226/2", 3, 42, (86, None), 420, 49,
        ),
        (
            "sqa-svq2-cco", "SVQ 2 in Contact Centre Operations at SCQF level 5",
            "SQA", None, 2, None, (None, None), None, 38,
        ),
        (
            "sqa-svq3-cco", "SVQ 3 in Contact Centre Operations at SCQF level 6",
            "SQA", None, 3, None, (None, None), None, 50,
        ),
    ],
)  # fmt: skip
def test_a_qualification_has_the_figures_of_its_document(
    shipped_pack: Pack,
    key: str,
    title: str,
    body: str,
    number: str | None,
    level: int,
    credit: int | None,
    glh: tuple[int | None, int | None],
    tqt: int | None,
    units: int,
) -> None:
    entry = shipped_pack.qualifications[key]
    assert (entry.key, entry.title, entry.body, entry.number) == (key, title, body, number)
    assert (entry.level, entry.min_credit, (entry.glh, entry.glh_max), entry.tqt) == (level, credit, glh, tqt)
    assert (len(entry.units), len(entry.members)) == (units, units)


def test_there_are_eight_qualifications_and_six_of_them_state_rules(shipped_pack: Pack) -> None:
    assert {key: entry.has_rules for key, entry in shipped_pack.qualifications.items()} == {
        "btec2-cco": True,
        "btec2-dip-cs": True,
        "iq-l2-pcco": True,
        "nvq1-cco": True,
        "nvq2-cco": True,
        "nvq3-cco": True,
        "sqa-svq2-cco": False,
        "sqa-svq3-cco": False,
    }


def test_only_the_iq_certificate_is_assessed_by_portfolio_alone(shipped_pack: Pack) -> None:
    assert {key: entry.portfolio_only for key, entry in shipped_pack.qualifications.items()} == {
        "btec2-cco": False,
        "btec2-dip-cs": False,
        "iq-l2-pcco": True,
        "nvq1-cco": False,
        "nvq2-cco": False,
        "nvq3-cco": False,
        "sqa-svq2-cco": False,
        "sqa-svq3-cco": False,
    }


def test_the_svqs_have_the_scqf_levels_of_their_titles(shipped_pack: Pack) -> None:
    levels = {key: entry.scqf_level for key, entry in shipped_pack.qualifications.items() if entry.scqf_level}
    assert levels == {"sqa-svq2-cco": 5, "sqa-svq3-cco": 6}


def test_registration_is_closed_where_a_document_says_so_and_not_known_elsewhere(shipped_pack: Pack) -> None:
    found = {
        key: (entry.registration.status, entry.registration.on, entry.registration.certificates_until)
        for key, entry in shipped_pack.qualifications.items()
    }
    not_known = ("not_known", None, None)
    assert found == {
        "btec2-cco": not_known,
        "btec2-dip-cs": not_known,
        "iq-l2-pcco": ("closed", "2015-10-31", "2016-01-31"),
        "nvq1-cco": not_known,
        "nvq2-cco": not_known,
        "nvq3-cco": not_known,
        "sqa-svq2-cco": ("closed", "2017-03-31", None),
        "sqa-svq3-cco": ("closed", "2017-03-31", None),
    }


def test_the_dates_are_those_of_the_documents(shipped_pack: Pack) -> None:
    found = {
        key: [(fact.what, fact.on) for fact in entry.dates]
        for key, entry in shipped_pack.qualifications.items()
    }
    nvq = [("accreditation start", "2011-04-01")]
    svq = [("accredited", "2012-03-14"), ("lapsed", "2017-03-31")]
    assert found == {
        "btec2-cco": [("first teaching", "2011-10")],
        "btec2-dip-cs": [
            ("regulation start", "2014-06-02"),
            ("operational start", "2014-09-01"),
            ("first registration", "2014-09"),
        ],
        "iq-l2-pcco": [
            ("operational start", "2012-11-06"),
            ("operational end", "2015-10-31"),
            ("last registration", "2015-10-31"),
            ("last certificates", "2016-01-31"),
        ],
        "nvq1-cco": nvq,
        "nvq2-cco": nvq,
        "nvq3-cco": nvq,
        "sqa-svq2-cco": svq,
        "sqa-svq3-cco": svq,
    }
    assert all("Ask your centre." in entry.dates_note or entry.registration.status == "closed"
               for entry in shipped_pack.qualifications.values())  # fmt: skip


@pytest.mark.parametrize(
    ("key", "groups"),
    [
        ("nvq1-cco", LEVEL_1),
        ("nvq2-cco", LEVEL_2),
        ("nvq3-cco", LEVEL_3),
        ("btec2-dip-cs", DIPLOMA),
        (
            "btec2-cco",
            {
                "Mandatory units": CERTIFICATE["Mandatory"],
                "Optional units (level 2)": CERTIFICATE["Level 2"],
                "Optional Level 3 units": CERTIFICATE["Level 3"],
            },
        ),
        (
            "iq-l2-pcco",
            {
                "Mandatory Group": ["A/503/0360", "T/503/0356", "L/601/7638"],
                "General Units": ["M/503/0405", "F/503/0411"],
                "Barred Group 1": ["T/503/0373", "Y/503/0365"],
                "Barred Group 2": ["L/503/0377", "F/503/0389"],
                "Barred Group 3": ["J/503/0393", "M/503/0386"],
            },
        ),
    ],
)
def test_the_groups_list_the_units_that_are_printed_in_them(
    shipped_pack: Pack, key: str, groups: dict[str, list[str]]
) -> None:
    assert groups_of(shipped_pack.qualifications[key]) == groups


def test_the_two_certificates_of_eleven_units_are_made_of_the_same_units(shipped_pack: Pack) -> None:
    pearson, iq = (shipped_pack.qualifications[key] for key in ("btec2-cco", "iq-l2-pcco"))
    assert pearson.members == iq.members == set(TAUGHT)
    assert pearson.numbers == {unit: number for unit, (number, _) in TAUGHT.items()}
    assert iq.numbers == {}


# Units.


def test_there_are_222_units_of_which_11_are_taught(shipped_pack: Pack) -> None:
    outlines = shipped_pack.outlines
    assert len(outlines) == 222
    assert {key for key, unit in outlines.items() if unit.taught} == set(TAUGHT) == set(shipped_pack.units)
    sqa = [key for key in outlines if " " in key]
    diploma = [
        key for key in outlines
        if key in shipped_pack.qualifications["btec2-dip-cs"].members and not outlines[key].outcomes
    ]  # fmt: skip
    assert (len(TAUGHT), len(NVQ_CRITERIA), len(sqa), len(diploma)) == (11, 105, 71, 35)
    assert {*TAUGHT, *NVQ_CRITERIA, *sqa, *diploma} == set(outlines)


def test_each_unit_of_a_qualification_with_rules_has_the_level_credits_and_hours_of_its_page(
    shipped_pack: Pack,
) -> None:
    found = {key: (unit.level, unit.credit, unit.glh) for key, unit in shipped_pack.outlines.items()}
    assert {key: found[key] for key in UNITS} == UNITS
    with_rules = [q for q in shipped_pack.qualifications.values() if q.has_rules]
    assert set(UNITS) == set().union(*(q.members for q in with_rules))


def test_the_withdrawn_units_have_the_figures_of_their_pages(shipped_pack: Pack) -> None:
    figures = [
        (4, 5, 10), (4, 4, 20), (5, 7, 20), (5, 6, 12), (4, 6, 20), (5, 7, 12), (5, 7, 30), (4, 5, 15),
        (5, 6, 16), (5, 5, 14), (4, 6, 20), (5, 6, 12), (4, 6, 12), (5, 7, 12), (4, 5, 25), (4, 4, 20),
        (4, 4, 25), (5, 6, 25), (5, 6, 30), (5, 4, 25), (5, 7, 30), (4, 11, 47), (4, 10, 67), (4, 11, 73),
    ]  # fmt: skip
    units = [shipped_pack.outlines[key] for key in WITHDRAWN]
    assert [(unit.level, unit.credit, unit.glh) for unit in units] == figures


def test_each_nvq_unit_has_its_outcomes_and_criteria(shipped_pack: Pack) -> None:
    found = {key: tuple(len(o.criteria) for o in shipped_pack.outlines[key].outcomes) for key in NVQ_CRITERIA}
    assert found == NVQ_CRITERIA


def test_the_nvq_units_have_381_outcomes_and_1715_criteria(shipped_pack: Pack) -> None:
    units = [shipped_pack.outlines[key] for key in NVQ_CRITERIA]
    assert sum(len(unit.outcomes) for unit in units) == 381
    assert sum(len(unit.criteria) for unit in units) == 1715


def test_the_taught_units_have_152_criteria(shipped_pack: Pack) -> None:
    found = {key: tuple(len(o.criteria) for o in shipped_pack.outlines[key].outcomes) for key in TAUGHT}
    assert found == {key: counts for key, (_, counts) in TAUGHT.items()}
    assert sum(sum(counts) for counts in found.values()) == 152


@pytest.mark.parametrize(
    ("unit", "codes"),
    [
        ("F/503/0408", "1.1 1.2 1.3 2.1 2.2 2.3 3.1 3.3 3.4 3.5 4.1 4.2 4.3 4.4"),
        ("H/600/9660", "1.1 2.1 2.2 3.1 4.1 4.2 5.1 5.2"),
        (
            "F/601/1609",
            "1.1 1.2 1.3 2.1 2.2 2.3 3.1 3.2 3.3 3.4 3.5 3.6 3.7 3.8 3.9 3.10 3.11 3.12 3.13 3.14 3.15",
        ),
        ("T/600/9632", "1.1 2.1 3.1 4.1 5.1 5.2"),
        ("D/601/1553", "1.1 1.2 1.3 1.4 1.5 1.6 2.1 2.2 3.1 3.2 3.3 3.4 4.1 4.2 4.3 4.4 4.5"),
    ],
)
def test_the_codes_of_a_unit_are_those_printed(shipped_pack: Pack, unit: str, codes: str) -> None:
    assert [criterion.ref.code for criterion in shipped_pack.outlines[unit].criteria] == codes.split()


def test_only_one_unit_leaves_a_code_out(shipped_pack: Pack) -> None:
    gaps = {
        unit.key: outcome.number
        for unit in shipped_pack.outlines.values()
        for outcome in unit.outcomes
        if [c.ref.code for c in outcome.criteria]
        != [f"{outcome.number}.{at}" for at in range(1, len(outcome.criteria) + 1)]
    }
    assert gaps == {"F/503/0408": 3}


@pytest.mark.parametrize(
    ("unit", "code", "verb", "kind"),
    [
        ("T/503/0342", "1.2", "Agree", OutcomeKind.COMPETENCE),
        ("T/503/0342", "4.5", "Explain", OutcomeKind.KNOWLEDGE),
        ("K/503/0421", "1.7", "Escalate", OutcomeKind.COMPETENCE),
        ("K/503/0421", "3.8", "Describe", OutcomeKind.KNOWLEDGE),
        ("F/503/0408", "3.3", "Organise", OutcomeKind.COMPETENCE),
        ("H/600/9660", "4.1", "Identify", OutcomeKind.COMPETENCE),
        ("J/503/0393", "1.9", "Describe", OutcomeKind.KNOWLEDGE),
    ],
)
def test_a_criterion_has_its_command_verb_and_asks_for_doing_or_knowing(
    shipped_pack: Pack, unit: str, code: str, verb: str, kind: OutcomeKind
) -> None:
    criterion = shipped_pack.outlines[unit].by_code[code]
    assert (criterion.verb, criterion.kind) == (verb, kind)


def test_each_label_of_a_listed_unit_has_at_most_eight_words(shipped_pack: Pack) -> None:
    labels = [
        (unit.key, part.label)
        for unit in shipped_pack.outlines.values()
        if not unit.taught
        for outcome in unit.outcomes
        for part in (outcome, *outcome.criteria)
    ]
    assert len(labels) == 381 + 1715
    assert [label for label in labels if len(re.split(r"[\s/]+", label[1])) > 8] == []


def test_the_units_of_the_svqs_and_of_the_diploma_list_no_criteria_and_invent_no_figures(
    shipped_pack: Pack,
) -> None:
    outlines = shipped_pack.outlines
    for key in [key for key in outlines if key not in NVQ_CRITERIA and key not in TAUGHT]:
        assert outlines[key].outcomes == ()
        if " " in key:
            assert (outlines[key].level, outlines[key].credit, outlines[key].glh) == (None, None, None)


def test_every_reference_carries_its_check_letter_and_every_number_its_check_figure(
    shipped_pack: Pack,
) -> None:
    assert [key for key in shipped_pack.outlines if not has_right_check_letter(key)] == []
    numbers = [q.number for q in shipped_pack.qualifications.values() if q.number is not None]
    assert len(numbers) == 6
    assert [number for number in numbers if not has_right_check_digit(number)] == []


@pytest.mark.parametrize(
    ("unit", "numbers"),
    [
        ("L/601/7638", {"btec2-cco": "203", "iq-l2-pcco": None}),
        ("L/503/0394", {"btec2-dip-cs": "37", "nvq2-cco": "23", "nvq3-cco": "55"}),
        ("K/503/0421", {"btec2-dip-cs": "36", "nvq2-cco": "26", "nvq3-cco": "26"}),
        ("M/502/8606", {"btec2-dip-cs": "35", "nvq2-cco": "34", "nvq3-cco": "34"}),
        ("F/502/4396", {"btec2-dip-cs": "39", "nvq2-cco": "33"}),
        ("D/503/0352", {"nvq1-cco": "2", "nvq2-cco": "2", "nvq3-cco": "2"}),
        ("R/601/1548", {"nvq1-cco": "20", "nvq2-cco": "20", "nvq3-cco": "20"}),
        ("H11V 04", {"sqa-svq2-cco": "H11V 04", "sqa-svq3-cco": "H11V 04"}),
        ("R/503/0350", {}),
    ],
)
def test_a_unit_that_several_qualifications_list_is_one_unit_with_the_number_of_each(
    shipped_pack: Pack, unit: str, numbers: dict[str, str | None]
) -> None:
    assert {q.key: q.numbers.get(unit) for q in shipped_pack.places(unit)} == numbers
    assert {key: shipped_pack.number(unit, key) for key in numbers} == {
        key: number or unit for key, number in numbers.items()
    }


def test_four_units_are_shared_by_the_nvqs_and_the_diploma_and_17_by_the_svqs(shipped_pack: Pack) -> None:
    members = {key: q.members for key, q in shipped_pack.qualifications.items()}
    nvqs = members["nvq1-cco"] | members["nvq2-cco"] | members["nvq3-cco"]
    assert nvqs & members["btec2-dip-cs"] == {"K/503/0421", "L/503/0394", "M/502/8606", "F/502/4396"}
    assert len(members["sqa-svq2-cco"] & members["sqa-svq3-cco"]) == 17


def test_the_24_units_without_a_place_say_why_and_no_other_does(shipped_pack: Pack) -> None:
    outlines = shipped_pack.outlines
    assert {key for key in outlines if not shipped_pack.places(key)} == set(WITHDRAWN)
    assert {key for key in outlines if outlines[key].no_place} == set(WITHDRAWN)
    for key in WITHDRAWN:
        assert "Level 4 Diploma that has been withdrawn" in (outlines[key].no_place or "")


def test_only_the_credits_of_f_503_0361_are_in_doubt(shipped_pack: Pack) -> None:
    doubts = {unit.key: unit.doubt for unit in shipped_pack.outlines.values() if unit.doubt is not None}
    assert {key: (doubt.field, doubt.value, doubt.where) for key, doubt in doubts.items()} == {
        "F/503/0361": ("credit", 3, "the structure table of the Level 1 certificate")
    }
    assert shipped_pack.outlines["F/503/0361"].credit == 4


def test_what_a_unit_is_also_printed_as_is_the_number_of_a_withdrawn_unit_or_a_misprint(
    shipped_pack: Pack,
) -> None:
    found = {unit.key: unit.printed_as for unit in shipped_pack.outlines.values() if unit.printed_as}
    numbers = [str(number) for number in (*range(83, 97), *range(98, 108))]
    assert found == {
        **{unit: (number,) for unit, number in zip(WITHDRAWN, numbers, strict=True)},
        "A/502/8639": ("97",),
        "J/503/0426": ("L/503/0426",),
        "L/601/0933": ("L/601/0939",),
        "D/601/1553": ("D/601/1533",),
        "K/601/1524": ("K/601/1424",),
        "F/502/8559": ("F/502/8599",),
    }
    assert shipped_pack.outlines["R/600/9685"].title == "Manage Conflict in a Team"


# Looking a unit up.


@pytest.mark.parametrize(
    ("name", "qualification", "unit"),
    [
        ("L/601/7638", None, "L/601/7638"),
        ("l6017638", None, "L/601/7638"),
        ("L/601/7638", "nvq1-cco", "L/601/7638"),
        ("203", None, "L/601/7638"),
        ("203", "btec2-cco", "L/601/7638"),
        ("203", "nvq2-cco", None),
        ("203", "iq-l2-pcco", None),
        ("23", "nvq2-cco", "L/503/0394"),
        ("55", "nvq3-cco", "L/503/0394"),
        ("37", "btec2-dip-cs", "L/503/0394"),
        ("23", "nvq3-cco", None),
        ("37", "nvq2-cco", "H/600/9660"),
        ("37", None, None),
        ("23", None, None),
        ("1", None, None),
        ("1", "nvq1-cco", "T/503/0342"),
        ("1", "btec2-dip-cs", "A/506/2130"),
        ("55", None, "L/503/0394"),
        # printed so and in no qualification's list: a withdrawn unit, a second number, a misprint
        ("83", None, "R/503/0350"),
        ("107", None, "Y/601/1597"),
        ("97", None, "A/502/8639"),
        ("67", None, "A/502/8639"),
        ("L/503/0426", None, "J/503/0426"),
        ("l5030426", None, "J/503/0426"),
        ("R/600/9685", None, "R/600/9685"),
        ("83", "nvq3-cco", None),
        ("R/503/0350", None, "R/503/0350"),
        ("H11S 04", None, "H11S 04"),
        ("H11S04", None, "H11S 04"),
        ("h11s", None, "H11S 04"),
        ("H11S 05", None, None),
        ("F99W", "sqa-svq3-cco", "F99W 04"),
        ("L/601/763", None, None),
        ("999", None, None),
        ("", None, None),
    ],
)
def test_a_unit_is_found_by_reference_or_by_a_number_that_is_no_other_units(
    shipped_pack: Pack, name: str, qualification: str | None, unit: str | None
) -> None:
    found = shipped_pack.optional_outline(name, qualification)
    assert (found.key if found else None) == unit


# Slips.


def test_the_slips_are_d01_to_d59_each_once_and_each_has_a_place(shipped_pack: Pack) -> None:
    assert [slip.id for slip in shipped_pack.slips] == [f"D{number:02d}" for number in range(1, 60)]
    placeless = [s.id for s in shipped_pack.slips if not (s.qualifications or s.units or s.criteria)]
    assert placeless == []


@pytest.mark.parametrize(
    ("name", "ids"),
    [
        ("J/503/0426", ["D01"]),
        ("F/503/0361", ["D10"]),
        ("R/601/1601", ["D12", "D19", "D33"]),
        ("F/503/0408", ["D19", "D24"]),
        ("L/503/0394", ["D20"]),
        ("sqa-svq3-cco", ["D46", "D47"]),
        ("btec2-dip-cs", ["D08", "D09", "D16", "D23", "D43"]),
        ("nvq1-cco", ["D10", "D15", "D41", "D54", "D56"]),
        ("M/503/0356", []),
    ],
)
def test_the_slips_of_a_unit_or_a_qualification_are_those_a_learner_would_meet_there(
    shipped_pack: Pack, name: str, ids: list[str]
) -> None:
    assert [slip.id for slip in shipped_pack.slips_about(name)] == ids


# Links.


def test_every_link_leads_from_a_listed_criterion_to_criteria_that_are_taught(shipped_pack: Pack) -> None:
    taught = {c.ref for c in shipped_pack.criteria}
    assert set(shipped_pack.links) <= set(NVQ_CRITERIA)
    assert sum(len(entry.criteria) for entry in shipped_pack.links.values()) > 300
    for unit, entry in shipped_pack.links.items():
        assert {link.code for link in entry.criteria} <= set(shipped_pack.outlines[unit].by_code)
        assert {named_ref(target) for link in entry.criteria for target in link.to} <= taught


def test_a_link_from_a_criterion_about_doing_teaches_it_in_part_only(shipped_pack: Pack) -> None:
    links = Counter(
        (shipped_pack.outlines[unit].by_code[link.code].kind, link.how)
        for unit, entry in shipped_pack.links.items()
        for link in entry.criteria
    )
    knowing, doing = OutcomeKind.KNOWLEDGE, OutcomeKind.COMPETENCE
    assert links == {(knowing, "same"): 102, (knowing, "partly"): 177, (doing, "partly"): 35}


def test_annexe_c_names_units_of_the_certificate_and_incidents_are_read_as_207(shipped_pack: Pack) -> None:
    known = {number for number, _ in TAUGHT.values()}
    for entry in shipped_pack.links.values():
        assert {*entry.annexe_c, *entry.read_as} <= known
        assert (entry.standard is None) <= (entry.annexe_c == ())
    mended = {
        unit: (entry.annexe_c, entry.read_as)
        for unit, entry in shipped_pack.links.items()
        if entry.annexe_c != entry.read_as
    }
    incidents = ["K/503/0421", "K/503/0418", "H/503/0417", "R/503/0414"]
    assert mended == dict.fromkeys(incidents, (("206",), ("207",)))


def test_a_link_by_annexe_c_stays_in_the_units_that_the_annexe_names(shipped_pack: Pack) -> None:
    strays = [
        (unit, link.code, target)
        for unit, entry in shipped_pack.links.items()
        for link in entry.criteria
        if link.by == "annexe-c"
        for target in link.to
        if TAUGHT[named_ref(target).unit][0] not in entry.read_as
    ]
    assert strays == []


@pytest.mark.parametrize(
    ("unit", "code", "taught"),
    [
        ("L/601/7638", "1.2", [("L/601/7638 1.2", "same", "headset")]),
        ("T/503/0342", "3.1", [("T/503/0356 2.2", "partly", "annexe-c")]),  # asks for doing: in part only
        ("T/503/0342", "4.6", [("T/503/0356 2.3", "same", "annexe-c")]),
        (
            "T/503/0342",
            "4.1",
            [
                ("T/503/0356 1.1", "partly", "annexe-c"),
                ("Y/503/0365 1.2", "partly", "headset"),
                ("L/503/0377 1.1", "partly", "headset"),
            ],
        ),
        ("D/503/0352", "3.7", [("A/503/0360 2.1", "same", "annexe-c")]),
        ("T/503/0342", "1.1", []),  # asks for doing, and nothing taught shows how
        ("T/503/0342", "9.9", []),
        ("H11S 04", "1.1", []),
    ],
)
def test_what_teaches_a_criterion(
    shipped_pack: Pack, unit: str, code: str, taught: list[tuple[str, str, str]]
) -> None:
    assert shipped_pack.teaching(CriterionRef(unit, code)) == tuple(
        Teaching(named_ref(target), how, by) for target, how, by in taught
    )


def test_only_units_of_the_svqs_are_tied_to_an_nvq_unit_on_the_same_standard_and_each_says_why(
    shipped_pack: Pack,
) -> None:
    svqs = shipped_pack.qualifications["sqa-svq2-cco"].members | (
        shipped_pack.qualifications["sqa-svq3-cco"].members
    )
    for pair in shipped_pack.same_standard:
        assert (pair.unit in svqs, pair.same_as in NVQ_CRITERIA) == (True, True)
        assert len(pair.reason.split()) >= 4
    pairs = [(pair.unit, pair.same_as) for pair in shipped_pack.same_standard]
    assert (len(pairs), len(set(pairs))) == (63, 63)
    assert Counter(pair.confidence for pair in shipped_pack.same_standard) == {
        "high": 40, "medium": 20, "low": 3,
    }  # fmt: skip


def test_a_pair_on_the_same_standard_is_found_from_either_side(shipped_pack: Pack) -> None:
    def found(unit: str) -> list[tuple[str, str, str]]:
        return [(pair.unit, pair.same_as, pair.confidence) for pair in shipped_pack.same_as(unit)]

    assert found("H11V 04") == found("L/503/0394") == [("H11V 04", "L/503/0394", "high")]
    assert found("H124 04") == found("D/502/8584") == [("H124 04", "D/502/8584", "low")]
    assert found("FM64 04") == []


@pytest.mark.parametrize(
    "unit",
    ["F9D7 04", "FM4J 04", "H12F 04", "H121 04", "H125 04", "L/502/4627", "M/600/9600", "H/503/0398",
     "J/502/8577", "J/502/8580", "Y/503/0348"],
)  # fmt: skip
def test_units_that_only_resemble_one_another_are_not_tied(shipped_pack: Pack, unit: str) -> None:
    assert unit in shipped_pack.outlines
    assert shipped_pack.same_as(unit) == ()


def test_a_unit_printed_twice_has_in_each_qualification_the_number_of_its_run(shipped_pack: Pack) -> None:
    assert shipped_pack.number("A/502/8639", "nvq3-cco") == "67"
    assert shipped_pack.number("L/503/0394", "nvq3-cco") == "55"
    assert shipped_pack.number("L/503/0394", "nvq2-cco") == "23"


def test_what_teaches_a_criterion_in_full_comes_before_what_teaches_it_in_part(shipped_pack: Pack) -> None:
    found = shipped_pack.teaching(CriterionRef("K/503/0385", "4.3"))
    assert [link.how for link in found] == sorted((link.how for link in found), reverse=True)
    assert {link.how for link in found} == {"same", "partly"}
