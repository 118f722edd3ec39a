"""The cue table: guessers, flaws and the content-blind model."""

from __future__ import annotations

from pathlib import Path
from random import Random

import clean_pack
import pytest

from quiz.authoring.cue_items import CueItem, cue_items, likeness
from quiz.authoring.cues import CUES, CueRow, cue_findings, cue_table, cue_text, wilson
from quiz.authoring.guessers import GUESSERS, luck
from quiz.questions import Origin
from quiz.syllabus import CriterionRef

REF = CriterionRef("L/601/7638", "1.1")
STEM = "Which cup suits a guest?"
PLAIN = ("a red cup", "some cups", "one mug, cold", "2 tall glasses")


def item(
    number: int,
    right: str,
    *wrong: str,
    stem: str = STEM,
    place: int | None = None,
    ref: CriterionRef = REF,
    origin: Origin = "written",
) -> CueItem:
    """Return an item whose right option stands at a place, or at the place its number gives."""
    at = number % 4 if place is None else place
    options = list(wrong)
    options.insert(at, right)
    return CueItem(f"item-{number}", ref, origin, stem, tuple(options), at)


def even(number: int, ref: CriterionRef = REF) -> CueItem:
    """Return an item of a bank in which each of four texts is right equally often."""
    right = PLAIN[number % 4]
    return item(number, right, *(text for text in PLAIN if text != right), place=number // 4 % 4, ref=ref)


EVEN = [even(number) for number in range(64)]
SAME = ("gold tin", "blue tin", "grey tin")
CUED: dict[str, list[CueItem]] = {
    "longest": [item(n, "a large gold tin", *SAME) for n in range(40)],
    "shortest": [item(n, "tin", *SAME) for n in range(40)],
    "first-place": [item(n, "pink tin", *SAME, place=0) for n in range(40)],
    "second-place": [item(n, "pink tin", *SAME, place=1) for n in range(40)],
    "third-place": [item(n, "pink tin", *SAME, place=2) for n in range(40)],
    "fourth-place": [item(n, "pink tin", *SAME, place=3) for n in range(40)],
    "stem-overlap": [item(n, "pink cup", *SAME) for n in range(40)],
    "stem-avoidance": [item(n, "pink tin", "gold cup", "blue cup", "grey cup") for n in range(40)],
    "most-like-others": [item(n, "red tin", "red can", "bad tin", "moss") for n in range(40)],
    "least-like-others": [item(n, "moss", *SAME) for n in range(40)],
    "most-hedges": [item(n, "some tin", *SAME) for n in range(40)],
    "fewest-hedges": [item(n, "pink tin", "some cans", "some pans", "some pots") for n in range(40)],
    "most-absolutes": [item(n, "only tin", *SAME) for n in range(40)],
    "fewest-absolutes": [item(n, "pink tin", "only cans", "only pans", "only pots") for n in range(40)],
    "most-digits": [item(n, "2022 tin", *SAME) for n in range(40)],
    "most-commas": [item(n, "tin, red", *SAME) for n in range(40)],
    "blind-model": [
        item(n, "a large tin", *SAME, ref=CriterionRef("L/601/7638", f"1.{n % 4}")) for n in range(400)
    ],
    "right-longest": [item(n, "a pink tin", *SAME) for n in range(40)],
    "right-conspicuous": [*EVEN, item(0, "a very large golden tin", *SAME)],
    "ragged": [*EVEN, *(item(n, "tin", *SAME[:2], "a very large golden tin") for n in range(4))],
    "stem-word-in-right": [*EVEN, *(item(n, "pink guest", *SAME) for n in range(4))],
    "stem-word-in-distractor": [item(n, "pink tin", "gold cup", "blue guest", "grey tin") for n in range(40)],
    "telling-absolutes": [*EVEN, item(0, "pink tin", "only gold", "all blue", "grey tin")],
    "option-on-options": [*EVEN, item(0, "pink tin", "gold tin", "blue tin", "all of the above")],
    "negative-in-small-letters": [*EVEN, item(0, "pink tin", *SAME, stem="Which of these is not a cup?")],
    "negative-stems": [*EVEN, *(item(n, "pink tin", *SAME, stem="Which is NOT a cup?") for n in range(4))],
    "same-option-twice": [*EVEN, item(0, "the pink tin box", "the pink tins box", "gold", "blue")],
}


def rows(items: list[CueItem]) -> dict[str, CueRow]:
    return {row.name: row for row in cue_table(items)}


def errors(items: list[CueItem]) -> set[str]:
    return {found.rule for found in cue_findings(cue_table(items), "units") if found.severity == "error"}


def test_every_cue_has_items_that_show_it() -> None:
    assert set(CUED) == set(CUES)


@pytest.mark.parametrize("name", CUES)
def test_a_cue_that_tells_too_much_is_an_error(name: str) -> None:
    assert f"cue-{name}" in errors(CUED[name])


def test_an_even_bank_has_no_cue() -> None:
    assert errors(EVEN) == set()


def test_every_guesser_is_right_by_chance_in_an_even_bank() -> None:
    found = rows(EVEN)
    assert {name: round(found[name].rate, 3) for name in GUESSERS} == dict.fromkeys(GUESSERS, 0.25)


def test_a_bank_whose_right_options_are_too_rarely_the_longest_is_an_error() -> None:
    items = [item(n, "tin", *SAME) for n in range(40)]
    assert rows(items)["right-longest"].judgement == "under"
    assert "cue-right-longest" in errors(items)


def test_a_share_of_few_items_is_not_judged() -> None:
    assert rows(CUED["right-longest"][:39])["right-longest"].judgement == "too few"


def longest_right(times: int, of: int) -> list[CueItem]:
    """Return items of which so many have the right option the longest, and the others have all alike."""
    return [item(n, "a large tin" if n < times else "pink tin", *SAME) for n in range(of)]


def test_on_400_items_a_guesser_is_held_to_28_percent_and_on_fewer_to_30_with_its_interval() -> None:
    # A guesser is right in 25 % of the even items by chance: 7 of 100 that tell add up to 30.25 %.
    assert rows(longest_right(28, 400))["longest"].judgement == "over"
    assert rows(longest_right(27, 396))["longest"].judgement == "over"
    assert rows(longest_right(20, 400))["longest"].judgement == "over"
    assert rows(longest_right(20, 396))["longest"].judgement == "ok"
    assert rows(longest_right(15, 400))["longest"].judgement == "ok"


def test_echoes_in_wrong_options_count_as_even_up_to_three_points() -> None:
    def echoing(times: int) -> list[CueItem]:
        # One of three wrong options repeats “guest” from the stem: a third of the slots.
        return [item(n, "pink tin", "blue guest" if n < times else SAME[0], *SAME[1:]) for n in range(1000)]

    assert rows(echoing(80))["stem-word-in-distractor"].judgement == "ok"
    assert rows(echoing(100))["stem-word-in-distractor"].judgement == "over"


def test_a_blind_model_of_fewer_than_400_items_only_warns() -> None:
    found = list(cue_findings(cue_table(CUED["blind-model"][:396]), "units"))
    assert [(f.rule, f.severity) for f in found if f.rule == "cue-blind-model"] == [
        ("cue-blind-model", "warning")
    ]


def test_the_blind_model_needs_two_criteria() -> None:
    assert "blind-model" not in rows(EVEN)


def test_the_blind_model_learns_nothing_where_there_is_nothing_to_learn() -> None:
    rng = Random(7)
    texts = [
        "a cup of tea",
        "the lid",
        "cold milk, fresh",
        "some leaves",
        "2 spoons",
        "all mugs",
        "jam",
        "a tray",
    ]
    items = [
        item(n, *rng.sample(texts, 4), place=rng.randrange(4), ref=CriterionRef("L/601/7638", f"1.{n % 5}"))
        for n in range(1000)
    ]
    row = rows(items)["blind-model"]
    assert row.low < 0.25 < row.high


def test_opposed_terms_may_stand_side_by_side_now_and_then_in_generated_questions() -> None:
    twins = item(0, "the pink tin box", "the pink tins box", "gold", "blue", origin="generated")
    others = [item(n, "pink tin", *SAME, origin="generated") for n in range(199)]
    assert "cue-same-option-twice" not in errors([twins, *others])
    assert "cue-same-option-twice" in errors([twins, *others[:50]])


def test_ties_count_as_a_share_of_luck() -> None:
    found = item(0, "tin", "can", "pot", "a jug", place=0)
    assert luck(found, [3, 3, 3, 5]) == 0.0
    assert luck(found, [5, 5, 3, 3]) == 0.5
    assert luck(found, [1, 1, 1, 1]) == 0.25


def test_likeness_is_the_mean_ratio_to_the_others() -> None:
    assert likeness(("abcd", "abcd", "wxyz")) == [50.0, 50.0, 0.0]


def test_the_wilson_interval_matches_published_values() -> None:
    # Newcombe 1998, table I: 81 of 263 and 15 of 148
    assert wilson(81 / 263, 263) == (0.2553, 0.3662)
    assert wilson(15 / 148, 148) == (0.0624, 0.1605)
    assert wilson(0.0, 0) == (0.0, 1.0)


def test_a_message_names_the_rate_the_limit_and_questions() -> None:
    (finding,) = cue_findings(cue_table(CUED["option-on-options"]), "units")
    assert str(finding) == (
        "units:1: cue-option-on-options: “option-on-options” holds for 1.5% of 65 written questions "
        "(0.3% to 8.2%); allowed: ≤ 0%. See item-0."
    )


def test_the_table_marks_what_is_too_high() -> None:
    line = next(
        line for line in cue_text(cue_table(CUED["longest"])).splitlines() if line.startswith("longest")
    )
    assert line.split() == ["longest", "written", "40", "100.0%", "91.2%", "to", "100.0%", "≤", "30%", "OVER"]


def test_cue_items_are_the_written_and_generated_questions_with_four_options(tmp_path: Path) -> None:
    (criterion,) = clean_pack.read(tmp_path).pack.criteria
    items = list(cue_items(criterion))
    written = [found for found in items if found.origin == "written"]
    assert [found.options[found.right] for found in written] == [
        "More leaves",
        "A knitted cosy",
        "In a closed tin",
        "A herb tisane",
        "Hard water",
        "Four minutes",
    ]
    assert {len(found.options) for found in items} == {4}
    assert {found.origin for found in items} == {"written", "generated"}


def test_the_order_of_the_options_depends_on_the_question_alone(tmp_path: Path) -> None:
    (criterion,) = clean_pack.read(tmp_path).pack.criteria
    assert list(cue_items(criterion)) == list(cue_items(criterion))
