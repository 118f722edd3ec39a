"""Options and flags: what is said of a question, of which ones, and from how many answers on."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from literal_answers import OPTIONS, REF, marked, table, taking

from quiz.statistics import (
    Flag,
    MarkedAnswer,
    Offered,
    OptionStatistics,
    Quartiles,
    QuestionStatistics,
    Standing,
    ThirdMarks,
    listed_paper,
    listed_question,
    paper_statistics,
    question_statistics,
    ranked,
)

OTHERS = "BCDEF"


def suspicious(strong: str, weak: str) -> list[MarkedAnswer]:
    """Return the options that strong and weak learners take in A; the strong are right on all others."""
    return [
        answer
        for who, (key, mark) in enumerate([(k, 1.0) for k in strong] + [(k, 0.0) for k in weak], 1)
        for answer in (taking(who, "A", key), *(marked(who, other, mark) for other in OTHERS))
    ]


# Of 20 strong learners 18 take the lure; of 20 weak ones 14 take the key.
WRONG_KEY = suspicious("aa" + "b" * 18, "a" * 14 + "bb" + "cccc")


def of_a(answers: list[MarkedAnswer]) -> QuestionStatistics:
    return next(one for one in question_statistics(answers) if one.family == "A")


def plain(**changes: Any) -> QuestionStatistics:
    """Return a question that nothing can be said against."""
    stated: dict[str, Any] = {
        "family": "A",
        "ref": REF,
        "type": "single_choice",
        "answers": 40,
        "facility": 60.0,
        "facility_interval": (47.0, 72.0),
        "compared": 40,
        "discrimination": 35.0,
        "discrimination_interval": (10.0, 56.0),
        "efficiency": 50.0,
        "seconds": None,
        "strongest": ThirdMarks(13, 11.0),
        "weakest": ThirdMarks(13, 5.0),
    }
    return QuestionStatistics(**{**stated, **changes})


def option(key: str, taken: int, **changes: Any) -> OptionStatistics:
    stated: dict[str, Any] = {
        "key": key,
        "text": f"option {key}",
        "right": key == "a",
        "shown": 40,
        "taken": taken,
        "wrong": 20,
        "strongest": 13,
        "strongest_taken": 1,
        "weakest": 13,
        "weakest_taken": 1,
        "takers_rest": -2.0,
        "takers_error": 1.0,
    }
    return OptionStatistics(**{**stated, **changes})


def flags(one: QuestionStatistics, *others: QuestionStatistics) -> list[Flag]:
    judged = next(found for found in ranked([one, *others]) if found.statistics is one)
    return [reason.flag for reason in judged.reasons]


def test_options_are_counted_over_all_and_over_the_thirds() -> None:
    found = of_a(WRONG_KEY).options
    assert [(o.key, o.right, o.taken, o.strongest_taken, o.weakest_taken) for o in found] == [
        ("a", True, 16, 2, 14),
        ("b", False, 20, 18, 2),
        ("c", False, 4, 0, 4),
        ("d", False, 0, 0, 0),
    ]
    lure = found[1]
    assert (lure.shown, lure.wrong, lure.strongest, lure.weakest) == (40, 24, 20, 20)
    assert (lure.share, lure.strongest_share, lure.weakest_share) == (50, 90, 10)
    assert lure.share_of_wrong == pytest.approx(100 * 20 / 24)
    assert found[0].share_of_wrong is None
    # Five others, half right: ±2.5/(5 + 8). Of the takers 18 are strong and 2 weak; of the key's 2 and 14.
    assert lure.takers_rest == pytest.approx(100 * 16 / 20 * 2.5 / 13)
    assert found[0].takers_rest == pytest.approx(-100 * 12 / 16 * 2.5 / 13)
    assert found[3].takers_rest is None


def test_a_wrong_key_comes_first_with_every_reason_in_a_sentence() -> None:
    first, *others = ranked(question_statistics(WRONG_KEY))
    assert first.statistics.family == "A"
    assert first.standing is Standing.LOOK
    # φ = (2 · 6 - 14 · 18)/√(16 · 24 · 20 · 20) = -240/391.9; Fisher over 40: -75 to -42.
    assert [(reason.flag, reason.text) for reason in first.reasons] == [
        (
            Flag.WRONG_KEY,
            "The 20 who chose “the lure” do better on other questions than the 16 who chose the key: "
            "the key may be wrong.",
        ),
        (Flag.FEW_STRONGEST_RIGHT, "Only 2 of the 20 strongest learners chose the key."),
        (
            Flag.NEGATIVE_DISCRIMINATION,
            "Those who do better on other questions do worse on this one: "
            "discrimination -61 (90% interval -75 to -42).",
        ),
        (Flag.IDLE_DISTRACTOR, "Hardly anybody takes “the odd one”: 0 of 24 wrong answers."),
    ]
    assert [one.standing for one in others] == [Standing.FINE] * 5


def test_with_the_key_put_right_the_same_answers_look_well() -> None:
    mended = tuple(replace(o, right=o.key == "b") for o in OPTIONS)
    answers = [
        replace(a, fraction=float(a.chosen == ("b",)), offered=mended) if a.family == "A" else a
        for a in WRONG_KEY
    ]
    one = of_a(answers)
    assert one.discrimination == pytest.approx(80)  # (18 · 18 - 2 · 2)/√(20⁴)
    assert flags(one) == [Flag.IDLE_DISTRACTOR]


def test_below_thirty_answers_nothing_is_said() -> None:
    few = suspicious("b" * 14, "a" * 15)
    assert of_a(few).discrimination == pytest.approx(-100)
    assert {(one.standing, one.reasons) for one in ranked(question_statistics(few))} == {
        (Standing.NOT_ENOUGH, ())
    }
    assert Standing.NOT_ENOUGH == "not enough answers yet"
    enough = suspicious("b" * 15, "a" * 15)
    assert ranked(question_statistics(enough))[0].standing is Standing.LOOK


def test_a_correlation_and_thirds_need_thirty_that_can_be_compared() -> None:
    bad = {"discrimination": -40.0, "strongest": ThirdMarks(9, 1.0)}
    assert flags(plain(**bad, compared=29)) == []
    assert flags(plain(**bad, compared=30)) == [Flag.FEW_STRONGEST_RIGHT, Flag.NEGATIVE_DISCRIMINATION]


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"facility": 29.9}, [Flag.HARD]),
        ({"facility": 30.0}, []),
        ({"facility": 90.0}, []),
        ({"facility": 90.1}, [Flag.EASY]),
        ({"discrimination": 19.9}, [Flag.LOW_DISCRIMINATION]),
        ({"discrimination": 20.0}, []),
        ({"discrimination": 0.0}, [Flag.LOW_DISCRIMINATION]),
        ({"discrimination": -0.1}, [Flag.NEGATIVE_DISCRIMINATION]),
        ({"discrimination": None}, []),
        ({"strongest": ThirdMarks(12, 6.0)}, []),
        ({"strongest": ThirdMarks(12, 5.0)}, [Flag.FEW_STRONGEST_RIGHT]),
        ({"strongest": ThirdMarks(0, 0.0)}, []),
    ],
)
def test_figures_are_flagged_beyond_their_limits(changes: dict[str, Any], expected: list[Flag]) -> None:
    assert flags(plain(**changes)) == expected


@pytest.mark.parametrize(
    ("distractor", "expected"),
    [
        (option("b", 1), [Flag.IDLE_DISTRACTOR]),
        (option("b", 2), []),
        (option("b", 0, wrong=9), []),
        (option("b", 0, shown=29), []),
        (option("b", 5, takers_rest=5.0), [Flag.WRONG_KEY]),
        (option("b", 4, takers_rest=5.0), []),
        (option("b", 5, takers_rest=5.0, wrong=51), [Flag.IDLE_DISTRACTOR]),
        (option("b", 5, takers_rest=4.4), []),
        (option("b", 5, takers_rest=5.0, shown=29), []),
        (option("b", 5, takers_rest=None, takers_error=None), []),
    ],
    ids=[
        "a twentieth",
        "a tenth",
        "few wrong answers",
        "idle, but shown to few",
        "takers stronger",
        "few takers stronger",
        "less than a tenth, though stronger",
        "stronger by less than chance",
        "stronger, but shown to few",
        "takers not compared",
    ],
)
def test_a_distractor_works_if_it_draws_a_tenth_and_weaker_learners(
    distractor: OptionStatistics, expected: list[Flag]
) -> None:
    # The key's takers are at 3; with an error of 1 each, chance reaches to 3 + √2.
    key = option("a", 20, takers_rest=3.0)
    assert flags(plain(options=(key, distractor))) == expected


def test_marks_are_named_where_there_is_partial_credit() -> None:
    (one,) = ranked([plain(type="ordering", strongest=ThirdMarks(10, 4.5), facility=95.0)])
    assert [reason.text for reason in one.reasons] == [
        "The 10 strongest learners earned only 45% of the marks.",
        "It is easy: facility 95% (90% interval 47 to 72).",
    ]


def timed(family: str, median: float, answers: int = 30, **changes: Any) -> QuestionStatistics:
    return plain(family=family, seconds=Quartiles(median - 5, median, median + 5, answers), **changes)


def test_a_question_is_slow_beside_others_of_its_type() -> None:
    others = [timed(family, 20.0 + place) for place, family in enumerate("BCDEF")]  # the middle is 22
    assert flags(timed("A", 44.0), *others) == []
    slow = timed("A", 44.6)
    assert flags(slow, *others) == [Flag.SLOW]
    assert ranked([slow, *others])[0].reasons[0].text == (
        "It takes 45 seconds in the middle; other questions of its type take 22."
    )
    assert flags(timed("A", 90.0, type="ordering"), *others) == []
    assert flags(timed("A", 90.0, answers=29), *others) == []
    assert flags(slow, *others[1:]) == []  # four others are too few


def test_the_gravest_comes_first_then_more_reasons_then_lower_discrimination() -> None:
    names = [
        one.statistics.family
        for one in ranked(
            [
                plain(family="fine", discrimination=50.0),
                plain(family="few", answers=12, discrimination=-90.0),
                plain(family="fewer", answers=11),
                plain(family="easy", facility=95.0),
                plain(family="lower", discrimination=-20.0),
                plain(family="higher", discrimination=-10.0),
                plain(family="two reasons", discrimination=-5.0, facility=20.0),
                plain(family="strongest", strongest=ThirdMarks(13, 2.0)),
                plain(family="less fine", discrimination=40.0),
            ]
        )
    ]
    assert names == [
        "strongest", "two reasons", "lower", "higher", "easy", "less fine", "fine", "few", "fewer",
    ]  # fmt: skip


def test_variants_count_an_option_over_those_it_was_shown_to() -> None:
    x, y, z = Offered("x", "X", True), Offered("y", "Y", False), Offered("z", "Z", False)
    answers = [
        marked(1, "A", 1.0, question="A-1", chosen=("x",), offered=(x, y)),
        marked(2, "A", 0.0, question="A-2", chosen=("z",), offered=(x, z)),
        # In this variant the first one's key is wrong.
        marked(3, "A", 0.0, question="A-3", chosen=("x",), offered=(replace(x, right=False), replace(y, right=True))),
    ]  # fmt: skip
    found = {(o.key, o.right): (o.shown, o.taken, o.wrong) for o in of_a(answers).options}
    assert found == {
        ("x", True): (2, 1, 1),
        ("x", False): (1, 1, 1),
        ("y", True): (1, 0, 1),
        ("y", False): (1, 0, 0),
        ("z", False): (1, 1, 1),
    }


def test_statistics_are_listed_as_plain_values() -> None:
    listed = listed_question(ranked(question_statistics(WRONG_KEY))[0])
    assert (listed["family"], listed["standing"]) == ("A", "worth a look")
    assert (listed["facility"], listed["discrimination"], listed["seconds"]) == (40.0, -61.24, None)
    assert listed["reasons"][1] == {
        "flag": "few_strongest_right",
        "text": "Only 2 of the 20 strongest learners chose the key.",
    }
    assert listed["strongest"] == {"learners": 20, "earned": 2.0, "facility": 10.0}
    assert listed["options"][1] == {
        "key": "b", "text": "the lure", "right": False, "shown": 40, "taken": 20, "share": 50.0,
        "share_of_wrong": 83.33, "strongest": 20, "strongest_taken": 18, "strongest_share": 90.0,
        "weakest": 20, "weakest_taken": 2, "weakest_share": 10.0, "takers_rest": 15.38,
    }  # fmt: skip
    (paper,) = paper_statistics(table(["1111", "1110", "1100", "1001", "0010"]))
    assert listed_paper(paper)["kr20"] == 0.2051
