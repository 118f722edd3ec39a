"""A progress summary as PDF, read back: what stands on each page, who can read it, and that it stays the same."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from io import BytesIO
from typing import Any
from uuid import UUID

import pytest
from literal_attempts import RIGHT, question
from pypdf import PdfReader
from pypdf.generic import DictionaryObject

from quiz.portfolio import Standing, Status
from quiz.progress import Lift, Mastery, OutcomeReadiness, Readiness, State
from quiz.questions import Mark, Verdict
from quiz.reports.cells import DISCLAIMER
from quiz.reports.summary import (
    AnswerSummary,
    CriterionPortfolio,
    CriterionSummary,
    OutcomeSummary,
    PlannedUnit,
    PlanSummary,
    SessionSummary,
    Summary,
    UnitSummary,
)
from quiz.reports.summary_pdf import summaries_pdf, summary_pdf
from quiz.sessions import CriterionScore, Kind, OutcomeScore, ScoreReport
from quiz.syllabus import CriterionRef, PlanCheck

TEA, POTS, WELL = "L/601/7638", "T/503/0342", "D/503/0352"
MADE_AT = datetime(2026, 11, 22, 14, 5, tzinfo=UTC)
FIRST = datetime(2026, 9, 3, 9, 0, tzinfo=UTC)
NOTHING = CriterionPortfolio(Status(Standing.NOTHING), 0)
CONFIRMED = CriterionPortfolio(Status(Standing.CONFIRMED, "Jo Bloggs", date(2026, 11, 1)), 3, 1)
LABELS = ("how a pot of tea is made", "why a cup is warmed first", "kinds of tea and where they grow")
SIZES = {1: 10, 2: 5, 3: 5, 4: 4}

# answers, days, mean, low, high, state: every state in turn
STANDS = (
    (14, 4, 0.874, 0.712, 0.961, State.SECURE),
    (7, 2, 0.613, 0.402, 0.798, State.LEARNING),
    (11, 5, 0.552, 0.331, 0.763, State.SLIPPING),
    (3, 1, 0.700, 0.420, 0.910, State.NOT_ENOUGH),
    (0, 0, 0.650, 0.290, 0.920, State.NOT_STARTED),
)


def criterion(code: str, place: int, portfolio: CriterionPortfolio = NOTHING) -> CriterionSummary:
    answers, days, mean, low, high, state = STANDS[place % len(STANDS)]
    ref = CriterionRef(TEA, code)
    last = MADE_AT if answers else None
    mastery = Mastery(ref, mean, low, high, answers, days, last, state)
    return CriterionSummary(ref, "Describe", LABELS[place % 3], mastery, portfolio)


def outcomes() -> tuple[OutcomeSummary, ...]:
    """Return 24 criteria in four outcomes; 1.10 is the tenth of the first."""
    portfolios = {"1.1": CONFIRMED, "1.2": CriterionPortfolio(Status(Standing.GATHERING), 1)}
    codes = [f"{number}.{n}" for number, size in SIZES.items() for n in range(1, size + 1)]
    entries = [criterion(code, place, portfolios.get(code, NOTHING)) for place, code in enumerate(codes)]
    return tuple(
        OutcomeSummary(number, f"tea matter {number}", tuple(e for e in entries if e.ref.outcome == number))
        for number in SIZES
    )


READY = Readiness(
    0.714,
    0.522,
    0.861,
    (
        OutcomeReadiness(1, "tea matter 1", 10, 7, 66, 10, 0.913, 8, 6, 10),
        OutcomeReadiness(2, "tea matter 2", 5, 4, 35, 5, 0.834, 4, 3, 5),
        OutcomeReadiness(3, "tea matter 3", 5, 4, 35, 5, 0.847, 4, 4, 4),
        OutcomeReadiness(4, "tea matter 4", 4, 3, 35, 4, 0.766, 3, 2, 4),
    ),
    (Lift(CriterionRef(TEA, "2.3"), 0.083), Lift(CriterionRef(TEA, "1.2"), 0.021)),
    (),
)


def unit(**changes: Any) -> UnitSummary:
    stated: dict[str, Any] = {
        "key": TEA, "number": "203", "title": "Making Tea", "taught": True, "planned": True, "level": 2,
        "credit": 4, "outcomes": outcomes(), "readiness": READY, "has_test": True,
        "paper_questions": 24, "pass_mark": 17,
    }  # fmt: skip
    return UnitSummary(**{**stated, **changes})


def linked(code: str, portfolio: CriterionPortfolio = NOTHING) -> CriterionSummary:
    """Return a criterion of a unit that is taught through the tea unit."""
    return CriterionSummary(
        CriterionRef(POTS, code), "Explain", f"how pot {code} is cleaned", None, portfolio,
        (CriterionRef(TEA, "1.1"), CriterionRef(TEA, "1.2")), 21,
    )  # fmt: skip


def pots(*criteria: CriterionSummary) -> UnitSummary:
    return UnitSummary(
        POTS, "7", "Cleaning Pots", False, True, 3, 6, (OutcomeSummary(1, "clean pots", criteria),)
    )  # fmt: skip


def a_test(number: int, shown: tuple[int, int, int, int], right: int) -> SessionSummary:
    needed = {1: 7, 2: 4, 3: 4, 4: 3}
    scores = tuple(
        OutcomeScore(
            outcome,
            tuple(
                CriterionScore(CriterionRef(TEA, f"{outcome}.{n}"), float(n <= count), 1, n <= count)
                for n in range(1, SIZES[outcome] + 1)
            ),
            needed[outcome],
        )
        for outcome, count in zip(SIZES, shown, strict=True)
    )
    start = datetime(2026, 11, number, 10, 0, tzinfo=UTC)
    return SessionSummary(
        UUID(int=100 + number), TEA, "203", "Making Tea", Kind.TEST, "On-screen test", start, start, start,
        None, 24, 24, 60, 0, ScoreReport(scores, right, 24, 17),
    )  # fmt: skip


def answers() -> tuple[AnswerSummary, ...]:
    """Return 90 answers that count, on nine days ten days apart, the last of them in a test."""
    right = Mark(fraction=1.0, verdict=Verdict.RIGHT)
    return tuple(
        AnswerSummary(
            UUID(int=n), UUID(int=200 + n // 10), n % 10, 1, Kind.TEST if n >= 80 else Kind.PRACTICE, "203",
            FIRST + timedelta(days=8 * (n // 10), minutes=n), question("1.1"), RIGHT, right, True, 30.0,
        )
        for n in range(90)
    )  # fmt: skip


def planned(key: str, number: str, title: str) -> PlannedUnit:
    return PlannedUnit(key, number, title, 2, 4, 30, key == TEA)


def plan() -> PlanSummary:
    units = (
        planned(TEA, "203", "Making Tea"),
        planned(POTS, "7", "Cleaning Pots"),
        planned(WELL, "9", "Wells"),
    )
    check = PlanCheck((TEA, POTS, WELL), (), True, 12, {2: 12}, {}, 90, (), ())
    return PlanSummary("kitchen", "A Diploma in Kitchens", units, check)


def summary(**changes: Any) -> Summary:
    """Return the summary of a learner who practised one unit of three much."""
    stated: dict[str, Any] = {
        "learner": UUID(int=1), "name": "Asha Patel", "made_at": MADE_AT, "app_version": "0.1.0",
        "content_version": "c0ffee", "plan": plan(), "units": (unit(), pots(linked("1.1"))),
        "sessions": (a_test(3, (7, 3, 4, 4), 18), a_test(17, (9, 5, 4, 3), 21)), "answers": answers(),
    }  # fmt: skip
    return Summary(**{**stated, **changes})


EMPTY = summary(plan=None, units=(), sessions=(), answers=())


def pages(made: bytes) -> list[str]:
    """Return the text of each page, on one line."""
    return [" ".join(page.extract_text().split()) for page in PdfReader(BytesIO(made)).pages]


def whole(made: bytes) -> str:
    return " ".join(pages(made))


def tree(made: bytes) -> list[DictionaryObject]:
    """Return every element of the structure tree, in reading order."""
    found: list[DictionaryObject] = []

    def walk(node: Any) -> None:
        node = node.get_object() if hasattr(node, "get_object") else node
        if isinstance(node, list):
            for kid in node:
                walk(kid)
        elif isinstance(node, dict) and "/S" in node:
            found.append(node)
            walk(node.get("/K", []))

    walk(PdfReader(BytesIO(made)).trailer["/Root"]["/StructTreeRoot"]["/K"])
    return found


FULL = summary_pdf(summary())
TEXT = whole(FULL)


def test_it_says_who_for_which_qualification_when_and_with_which_version() -> None:
    first = pages(FULL)[0]
    assert "PROGRESS SUMMARY Asha Patel A Diploma in Kitchens" in first
    assert (
        "Practice from 3 September 2026 to 6 November 2026 · made on 22 November 2026, 14:05 · "
        "Headset 0.1.0, content c0ffee"
    ) in first


def test_at_a_glance_answers_days_criteria_and_the_chance_of_passing() -> None:
    for words in (
        "Answers 90 in 9 sessions",
        "Days with practice 9 last on 6 November 2026",
        "Criteria likely secure 5 of 24 20 with answers",
        "Chance of passing a test today 71% range 52% to 86%, Unit 203",
        "Most to gain: Unit 203, criterion 2.3 (Describe how a pot of tea is made). With it secure, the chance "
        "of passing a test would be 8 percentage points higher.",
        "Portfolio (as entered by the learner), in criteria: 1 confirmed, 1 gathering.",
    ):
        assert words in TEXT


def test_what_was_practised_by_kind_with_the_time_it_took() -> None:
    assert (
        "90 answers in 9 sessions on 9 days: 80 in practice and 10 in tests. "
        "Time on questions: 45 minutes, measured on 90 of them."
    ) in TEXT


def test_the_plan_has_a_line_for_each_unit_and_its_sums() -> None:
    assert "3 units, 12 credits (12 at level 2), 90 guided learning hours. This is a valid choice." in TEXT
    assert "203 Making Tea 2 4 30 175 5 of 24 71%, test 1 confirmed, 1 gathering" in TEXT
    assert "7 Cleaning Pots 2 4 30 taught through other units nothing yet" in TEXT
    assert "9 Wells 2 4 30 not taught here" in TEXT


@pytest.mark.parametrize(
    "line",
    [
        "1.1 Describe how a pot of tea is made 14 (4) 87% (71% to 96%) likely secure confirmed 3 (1)",
        "1.2 Describe why a cup is warmed first 7 (2) 61% (40% to 80%) learning gathering 1",
        "1.3 Describe kinds of tea and where they grow 11 (5) 55% (33% to 76%) slipping nothing yet 0",
        "1.4 Describe how a pot of tea is made 3 (1) not enough answers yet nothing yet 0",
        "1.5 Describe why a cup is warmed first 0 not started nothing yet 0",
        "1.10 Describe how a pot of tea is made 0 not started nothing yet 0",
        "In the portfolio, as entered: 1.1 confirmed by Jo Bloggs on 1 November 2026.",
    ],
)
def test_a_criterion_has_its_answers_estimate_state_and_its_portfolio_beside_it(line: str) -> None:
    assert line in TEXT


def test_every_criterion_of_a_practised_unit_has_its_line_once() -> None:
    for number, size in SIZES.items():
        for n in range(1, size + 1):
            assert TEXT.count(f" {number}.{n} Describe ") == 1


def test_the_states_of_a_unit_are_counted() -> None:
    assert ("5 likely secure 5 learning 5 slipping 5 not enough answers yet 4 not started") in TEXT


def test_readiness_by_outcome_with_its_range() -> None:
    assert "Readiness for the test: 71%, range 52% to 86%" in TEXT
    assert "A pass needs every outcome and at least 17 of 24 right answers." in TEXT
    assert "1 Tea matter 1 66 7 of 10 8 of 10 likely, range 6 to 10 91%" in TEXT
    assert "3 Tea matter 3 35 4 of 5 4 of 5 likely 85%" in TEXT


def test_readiness_with_an_outcome_that_waits_says_so_instead_of_a_figure() -> None:
    waiting = OutcomeReadiness(4, "tea matter 4", 4, 3, 2, 1, None, None, None, None)
    ready = Readiness(None, None, None, (*READY.outcomes[:3], waiting), (), (4,))
    text = whole(summary_pdf(summary(units=(unit(readiness=ready),))))
    assert "Readiness for the test: not enough answers yet" in text
    assert (
        "Outcome 4 has too few answers. A pass needs every outcome and at least 17 of 24 right answers."
        in text
    )
    assert "4 Tea matter 4 2 3 of 4 not enough answers yet" in text
    assert "Chance of passing a test today not enough answers yet Unit 203" in text
    assert "Unit 203, outcome 4: more answers are needed before a chance can be given." in text
    assert "71%" not in text.replace("(71% to 96%)", "")


def test_tests_by_outcome_say_where_one_fell_short() -> None:
    assert ("3 November 2026 18 of 24 (17) not passed 7 of 10 3 of 5 short 4 of 5 4 of 4") in TEXT
    assert "17 November 2026 21 of 24 (17) passed 9 of 10 5 of 5 4 of 5 3 of 4" in TEXT


def test_the_last_eight_tests_are_listed_and_earlier_ones_counted() -> None:
    good, poor = (9, 5, 4, 3), (7, 3, 4, 4)
    sessions = tuple(a_test(n, good if n == 2 else poor, 18) for n in range(1, 12))
    text = whole(summary_pdf(summary(sessions=sessions)))
    assert text.count(" 18 of 24 (17) ") == 8
    assert "Before these: 3 tests, 1 passed." in text


def test_a_test_of_a_unit_that_is_not_in_the_summary_is_told_all_the_same() -> None:
    text = whole(summary_pdf(summary(units=(pots(linked("1.1")),))))
    assert "Tests of other units Outcome: criteria shown Date" in text
    assert "Each is: Making Tea: On-screen test." in text
    assert "18 of 24 (17) not passed" in text


def test_a_unit_with_portfolio_entries_only_lists_those_and_names_the_rest() -> None:
    ready = CriterionPortfolio(Status(Standing.READY), 2)
    text = whole(
        summary_pdf(summary(units=(unit(), pots(linked("1.1"), linked("1.2", ready), linked("1.3")))))
    )
    assert (
        "1.2 Explain how pot 1.2 is cleaned taught through other units (203: 1.1, 1.2) ready for the assessor 2"
    ) in text
    assert "Nothing entered for 1.1 and 1.3." in text
    assert "how pot 1.1" not in text


OUTCOMES_OF_SEVEN = {1: 6, 2: 3, 3: 3, 4: 3, 5: 3, 6: 3, 7: 3}


def seven(*names: str) -> str:
    """Return the text of a summary with eight tests over seven outcomes, named in turn."""
    scores = tuple(
        OutcomeScore(
            outcome,
            tuple(
                CriterionScore(CriterionRef(TEA, f"{outcome}.{n}"), 1.0, 1, n <= 2)
                for n in range(1, size + 1)
            ),
            3 if outcome == 1 else 2,
        )
        for outcome, size in OUTCOMES_OF_SEVEN.items()
    )
    sessions = tuple(
        replace(
            a_test(n + 1, (0, 0, 0, 0), 0),
            title=names[n % len(names)],
            report=ScoreReport(scores, 30, 40, 24),
        )
        for n in range(8)
    )
    return whole(summary_pdf(summary(sessions=sessions)))


def test_seven_outcomes_have_a_narrow_column_each_under_one_heading() -> None:
    text = seven("On-screen test")
    assert "Outcome: criteria shown Date Right answers (needed) Result 1 2 3 4 5 6 7 1 Nov" in text
    line = "30 of 40 (24) not passed 2 of 6 short 2 of 3 2 of 3 2 of 3 2 of 3 2 of 3 2 of 3"
    assert text.count(line) == 8
    assert "Each is: On-screen test." in text


def test_with_seven_outcomes_names_that_differ_stand_under_the_date() -> None:
    text = seven("On-screen test", "Mock in May")
    assert "1 November 2026 On-screen test 30 of 40 (24) not passed" in text
    assert "2 November 2026 Mock in May 30 of 40 (24) not passed" in text
    assert "Each is" not in text


def another(place: int, criteria: int, answers_each: int = 3) -> UnitSummary:
    """Return a practised unit that is assessed by portfolio: two outcomes, states in turn."""
    key = f"T/503/{place:04}"
    codes = [f"{1 + (n >= 5)}.{n % 5 + 1 if n < 5 else n - 4}" for n in range(criteria)]
    entries = [replace(criterion(code, n), ref=CriterionRef(key, code)) for n, code in enumerate(codes)]
    for n, entry in enumerate(entries):
        assert entry.mastery is not None
        fewer = min(entry.mastery.answers, answers_each + 4)
        entries[n] = replace(entry, mastery=replace(entry.mastery, answers=fewer, ref=entry.ref))
    made = tuple(
        OutcomeSummary(
            number, "tea served to many guests", tuple(e for e in entries if e.ref.outcome == number)
        )
        for number in (1, 2)
    )
    ready = Readiness(
        0.64, 0.5, 0.77,
        tuple(
            OutcomeReadiness(o.number, o.label, len(o.criteria), 2, 20, 4, 0.8, 3, 2, 4) for o in made
        ),
        (Lift(CriterionRef(key, "1.2"), 0.1),), (),
    )  # fmt: skip
    return UnitSummary(
        key, str(300 + place), f"Principles of Serving Tea to Guests in House {place}", True, True, 2, 4, made,
        (), ready, False, 18, 11,
    )  # fmt: skip


OTHERS = tuple(another(place, size) for place, size in enumerate((9, 9, 13, 12, 11), 1))


def busy(units: int) -> Summary:
    """Return a learner with that many practised units (24, 9, 9, 13, 12, 11 criteria), two tests in each."""
    told = (unit(), *OTHERS)[:units]
    sat = (a_test(3, (7, 3, 4, 4), 18), a_test(17, (9, 5, 4, 3), 21))
    sessions = tuple(
        replace(test, unit=one.key, unit_number=one.number, unit_title=one.title)
        for one in told
        for test in sat
    )
    return summary(units=told, sessions=sessions)


@pytest.mark.parametrize(("units", "most"), [(1, 3), (3, 4), (6, 4)])
def test_one_three_or_six_practised_units_take_two_to_four_pages(units: int, most: int) -> None:
    assert 2 <= len(pages(summary_pdf(busy(units)))) <= most


LONG = "how a label of a criterion looks that is as long as any label may be in the packs we ship to learners"


def crowded(*sizes: int) -> Summary:
    """Return a learner with a practised unit of each of these numbers of long criteria, two tests in each."""
    told = tuple(another(place, size) for place, size in enumerate(sizes, 1))
    long = tuple(
        replace(
            one,
            outcomes=tuple(
                replace(o, criteria=tuple(replace(e, label=LONG) for e in o.criteria)) for o in one.outcomes
            ),
        )
        for one in told
    )
    sat = (a_test(3, (7, 3, 4, 4), 18), a_test(17, (9, 5, 4, 3), 21))
    sessions = tuple(
        replace(test, unit=one.key, unit_number=one.number, unit_title=one.title)
        for one in told
        for test in sat
    )
    return summary(units=long, sessions=sessions)


@pytest.mark.parametrize(
    ("sizes", "in_full"),
    [
        ((24, 24), 2),
        ((24, 24, 9, 9, 13, 12), 1),
        ((24, 18, 14, 13, 12, 11, 10, 9, 9, 8, 24), 0),
    ],
)
def test_four_pages_hold_any_number_of_units_since_fewer_are_then_told_in_full(
    sizes: tuple[int, ...], in_full: int
) -> None:
    told = pages(summary_pdf(crowded(*sizes)))
    assert 2 <= len(told) <= 4
    most_to_gain = 1  # the line at a glance names a criterion as well
    assert " ".join(told).count(LONG[:30]) == sum(sorted(sizes, reverse=True)[:in_full]) + most_to_gain


SIX = whole(summary_pdf(busy(6)))


def test_the_two_units_with_most_answers_have_every_criterion_and_the_others_are_told_in_short() -> None:
    assert SIX.count(" Describe ") == 24 + 13
    assert "302 Principles of Serving Tea to Guests in House 2 2 likely secure 2 learning 2 slipping" in SIX
    assert (
        "Readiness for a practice paper: 64%, range 50% to 77%. A pass needs every outcome and at least 11 of 18 "
        "right answers. Criteria (answers): likely secure 1.1 (7), 2.1 (7); learning 1.2 (7), 2.2 (7); slipping 1.3 (7), 2.3 (7); "
        "not enough answers yet 1.4 (3), 2.4 (3); not started 1.5. "
        "Practice papers: 2, the last on 17 November 2026: 21 of 24 right (17 needed), passed. "
        "Portfolio (as entered by the learner): nothing yet."
    ) in SIX
    assert "Units in short. The 2 units with the most answers have a line for each criterion" in SIX
    assert "Units in short" not in TEXT


def test_a_unit_assessed_by_portfolio_has_a_practice_paper_and_never_a_test() -> None:
    text = whole(summary_pdf(summary(units=OTHERS[:1], sessions=())))
    assert "Chance of passing a practice paper today 64% range 50% to 77%, Unit 301" in text
    assert "the chance of passing a practice paper would be 10 percentage points higher." in text
    assert "Readiness for a practice paper: 64%, range 50% to 77%" in text
    assert "64%, paper" in text
    assert "passing a test" not in text


def test_the_unit_with_an_on_screen_test_comes_first_at_a_glance_though_others_have_more_answers() -> None:
    few = unit(outcomes=outcomes()[3:])
    assert few.answers < OTHERS[0].answers
    text = whole(summary_pdf(summary(units=(*OTHERS, few), sessions=())))
    assert "Chance of passing a test today 71% range 52% to 86%, Unit 203 Most to gain: Unit 203" in text


def test_every_page_has_its_number_the_disclaimer_the_version_and_the_date() -> None:
    told = pages(FULL)
    for number, page in enumerate(told, 1):
        assert (
            f"{DISCLAIMER} Page {number} of {len(told)} Asha Patel · Headset 0.1.0 22 November 2026" in page
        )


def test_nothing_says_that_a_criterion_is_met_but_the_disclaimer() -> None:
    assert " met" not in TEXT.replace(DISCLAIMER, "")


def test_the_head_of_the_criteria_stands_again_on_the_next_page() -> None:
    codes = [f"1.{n}" for n in range(1, 61)]
    many = OutcomeSummary(1, "tea", tuple(criterion(code, 0, CONFIRMED) for code in codes))
    told = pages(summary_pdf(summary(units=(unit(outcomes=(many,), readiness=None),), sessions=())))
    with_rows = [page for page in told if "Describe how a pot of tea is made 14 (4)" in page]
    assert len(with_rows) == 2
    for page in with_rows:
        assert (
            "Practice in Headset Portfolio (as entered by the learner) Code Criterion, by our label" in page
        )
        assert "Outcome 1 Tea" in page


def test_it_is_tagged_in_british_english_with_its_title_and_date() -> None:
    reader = PdfReader(BytesIO(FULL))
    root = reader.trailer["/Root"]
    assert root["/Lang"] == "en-GB"
    assert root["/MarkInfo"]["/Marked"].value is True
    assert root["/ViewerPreferences"]["/DisplayDocTitle"].value is True
    assert reader.metadata is not None
    assert reader.metadata.title == "Progress summary: Asha Patel"
    assert reader.metadata.creation_date == MADE_AT
    assert "<pdfuaid:part>1</pdfuaid:part>" in root["/Metadata"].get_object().get_data().decode()


def test_headings_tables_and_links_are_tagged_as_such() -> None:
    kinds = [node["/S"] for node in tree(FULL)]
    assert kinds.count("/H1") == 1
    assert {"/H2", "/H3", "/Table", "/TH", "/TD", "/Link", "/Figure"} <= set(kinds)


def test_every_drawing_says_in_words_what_it_shows() -> None:
    alts = [str(node.get("/Alt", "")) for node in tree(FULL) if node["/S"] == "/Figure"]
    assert alts == [
        "Bar chart. Answers per day from 3 September 2026 to 6 November 2026: 9 of 65 days with answers, most on "
        "3 September 2026 with 10.",
        "Bar of the unit's criteria by state: 5 likely secure, 5 learning, 5 slipping, 5 not enough answers yet, "
        "4 not started.",
    ]


def test_a_long_period_is_drawn_by_weeks_that_begin_on_mondays() -> None:
    late = replace(answers()[0], id=UUID(int=999), at=FIRST + timedelta(days=200))
    made = summary_pdf(summary(answers=(*answers(), late)))
    alts = [str(node.get("/Alt", "")) for node in tree(made) if node["/S"] == "/Figure"]
    assert alts[0] == (
        "Bar chart. Answers per week from 3 September 2026 to 22 March 2027: 10 of 30 weeks with answers, most in "
        "the week from 31 August 2026 with 10."
    )


def test_charts_are_drawn_and_hold_no_pixels() -> None:
    assert [len(page.images) for page in PdfReader(BytesIO(FULL)).pages] == [0] * len(pages(FULL))


def bookmarks(made: bytes) -> list[Any]:
    def titles(entries: list[Any]) -> list[Any]:
        return [titles(entry) if isinstance(entry, list) else entry["/Title"] for entry in entries]

    return titles(PdfReader(BytesIO(made)).outline)


def test_bookmarks_lead_to_each_section() -> None:
    assert bookmarks(FULL) == [
        "Asha Patel",
        [
            "At a glance",
            "Plan and units",
            "What was practised",
            ["Answers per day"],
            "203 Making Tea",
            ["Readiness for the test: 71%, range 52% to 86%", "Test results by outcome", "Criteria"],
            "How to read this",
        ],
    ]


def test_the_line_of_a_practised_unit_is_a_link_to_its_section() -> None:
    links = [node for node in tree(FULL) if node["/S"] == "/Link"]
    assert len(links) == 6  # five in the list of contents, one in the plan


def test_a_learner_before_the_first_answer_has_one_page() -> None:
    told = pages(summary_pdf(EMPTY))
    assert len(told) == 1
    assert "No qualification chosen No practice yet" in told[0]
    assert "Nothing has been practised yet. 5 answers to a criterion give a first estimate." in told[0]
    assert "Page 1 of 1" in told[0]


def test_a_learner_with_a_plan_only_has_one_page_with_its_units() -> None:
    told = pages(summary_pdf(summary(units=(), sessions=(), answers=())))
    assert len(told) == 1
    assert "9 Wells" in told[0]


HOSTILE = '#panic("x") *bold* $x$ [a] <b> \\u{41} @ref `code` // no'


def test_text_that_looks_like_markup_is_printed_letter_by_letter() -> None:
    status = Status(Standing.CONFIRMED, HOSTILE, date(2026, 11, 1))
    entry = criterion("1.1", 0, CriterionPortfolio(status, 1))
    told = unit(title=HOSTILE, outcomes=(OutcomeSummary(1, "tea", (entry,)),))
    made = summary_pdf(summary(name=HOSTILE, units=(told,)))
    text = whole(made)
    assert text.startswith(f"PROGRESS SUMMARY {HOSTILE} A Diploma")
    assert f"1.1 confirmed by {HOSTILE} on 1 November 2026" in text
    assert bookmarks(made)[0] == HOSTILE
    assert bookmarks(made)[1][4] == f"203 {HOSTILE}"


@pytest.mark.parametrize("name", ["A\x07sha\x00", "Asha\nPatel\tKaur", " Asha  Patel "])
def test_control_signs_and_line_breaks_in_a_name_do_no_harm(name: str) -> None:
    clean = " ".join("".join(sign for sign in name if sign not in "\x07\x00").split())
    assert PdfReader(BytesIO(summary_pdf(replace(EMPTY, name=name)))).outline[0]["/Title"] == clean


@pytest.mark.parametrize("name", ["李明", "محمد علي", "Ελένη Иванова", "Zoë O’Brien-Łukasz", "Tea 🫖"])
def test_a_name_in_any_script_makes_a_file_with_that_name_as_its_bookmark(name: str) -> None:
    assert bookmarks(summary_pdf(replace(EMPTY, name=name)))[0] == name


def test_a_long_name_of_one_word_stays_on_the_paper() -> None:
    name = "Llanfair" * 7
    made = summary_pdf(replace(EMPTY, name=name))
    assert pages(made)[0].replace(" ", "").startswith(f"PROGRESSSUMMARY{name}")
    starts: list[float] = []
    PdfReader(BytesIO(made)).pages[0].extract_text(
        visitor_text=lambda text, cm, tm, font, size: starts.append(cm[4]) if text in name else None
    )
    assert max(starts) < (210 - 17) / 25.4 * 72
    assert bookmarks(made)[0] == name


def test_the_same_summary_gives_the_same_bytes() -> None:
    assert summary_pdf(summary()) == FULL


def test_every_learner_of_many_begins_on_a_page_of_their_own() -> None:
    others = [replace(EMPTY, name="Bo Ek"), replace(summary(), name="Cy Fox")]
    made = summaries_pdf([summary(), *others])
    told = pages(made)
    assert [page.startswith("PROGRESS SUMMARY") for page in told] == [True, True, True]
    assert ["Page 1 of 1 Asha Patel" in told[0], "Page 1 of 1 Bo Ek" in told[1]] == [True, True]
    assert "Page 1 of 1 Cy Fox" in told[2]
    assert [entry for entry in bookmarks(made) if isinstance(entry, str)] == ["Asha Patel", "Bo Ek", "Cy Fox"]
    metadata = PdfReader(BytesIO(made)).metadata
    assert metadata is not None
    assert metadata.title == "Progress summaries of 3 learners"


def test_a_page_of_many_has_the_glance_the_units_and_the_tests() -> None:
    (page,) = pages(summaries_pdf([summary()]))
    assert "Criteria likely secure 5 of 24 20 with answers Chance of passing a test today 71%" in page
    assert "203 Making Tea 175 5 of 24 71%, test 1 confirmed, 1 gathering" in page
    assert "9 Wells not taught here" in page
    assert "3 November 2026 203 Making Tea On-screen test 18 of 24 (17) not passed 2" in page
    assert "17 November 2026 203 Making Tea On-screen test 21 of 24 (17) passed none" in page


def test_a_page_of_many_stays_one_with_six_practised_units_and_a_plan_of_thirty() -> None:
    six = busy(6)
    units = tuple(
        planned(f"X/1/{n}", str(n), f"A Unit with a Long Title about Tea, Number {n}") for n in range(30)
    )
    made = summaries_pdf([replace(six, plan=replace(plan(), units=units)), six])
    told = pages(made)
    assert len(told) == 2
    assert "305 Principles of Serving Tea to Guests in House 5" in told[0]
    assert "And 24 more units." in told[0]
    assert "Before these: 6 tests." in told[0]


def test_no_learner_at_all_is_refused() -> None:
    with pytest.raises(ValueError, match="Choose at least one learner to summarise"):
        summaries_pdf([])


def test_every_colour_is_a_grey() -> None:
    for page in PdfReader(BytesIO(FULL)).pages:
        spaces = page["/Resources"]["/ColorSpace"].values()
        assert [space.get_object()[1].get_object()["/N"] for space in spaces] == [1]  # one channel
