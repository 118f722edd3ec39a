"""Readiness: chances worked out by hand, and a hurdle that is the one of the score report."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from random import Random
from uuid import UUID

import literal_packs as packs
import pytest
from scipy.stats import binom

from quiz.errors import CannotAssemble
from quiz.progress import Mastery, OutcomeReadiness, Readiness, State, pass_chance, readiness
from quiz.questions import mark
from quiz.questions.single_choice import SingleChoice, SingleChoiceResponse
from quiz.sessions import Attempt, Given, Item, Kind, QuestionBank, assemble, score
from quiz.syllabus import CriterionRef, Unit

CERTAIN = 1e9


def unit(
    codes: Sequence[str],
    per_outcome: Mapping[int, int],
    criterion_share: float = 0.5,
    outcome_share: float = 0.6666666666666666,
    pass_mark: int = 0,
) -> Unit:
    hurdle = {"criterion_share": criterion_share, "outcome_share": outcome_share, "pass_mark": pass_mark}
    return packs.unit_of([packs.criterion(code) for code in codes], per_outcome, hurdle)


def ref(code: str) -> CriterionRef:
    return CriterionRef(packs.UNIT, code)


def mastery(code: str, mean: float, weight: float = CERTAIN, answers: int = 6) -> Mastery:
    return Mastery(ref(code), mean, mean, mean, answers, 2, None, State.LEARNING, weight)


def alike(of: Unit, mean: float, weight: float = CERTAIN, answers: int = 6) -> list[Mastery]:
    return [Mastery(c.ref, mean, mean, mean, answers, 2, None, State.LEARNING, weight) for c in of.criteria]


def test_who_certainly_answers_all_rightly_passes_and_who_answers_none_does_not(unit_203: Unit) -> None:
    sure, hopeless = (
        readiness(unit_203, alike(unit_203, 1.0), 1),
        readiness(unit_203, alike(unit_203, 0.0), 1),
    )
    assert [sure.chance, sure.low, sure.high] == pytest.approx([1, 1, 1], abs=1e-6)
    assert [hopeless.chance, hopeless.low, hopeless.high] == pytest.approx([0, 0, 0], abs=1e-6)
    assert [outcome.words for outcome in sure.outcomes] == ["6 of 6 likely", *["3 of 3 likely"] * 6]
    assert [outcome.words for outcome in hopeless.outcomes] == ["0 of 6 likely", *["0 of 3 likely"] * 6]


def test_one_criterion_with_a_known_rate_has_the_binomial_chance() -> None:
    # Ten questions, shown from half of them on, pass mark 7: P(at least 7 of 10 right at .7).
    one = unit(["1.1"], {1: 10}, pass_mark=7)
    assert pass_chance(one, {ref("1.1"): 0.7}) == pytest.approx(binom.sf(6, 10, 0.7), abs=1e-12)
    assert binom.sf(6, 10, 0.7) == pytest.approx(0.649611, abs=1e-6)
    # Without the pass mark the criterion's share decides: at least 5 of 10.
    assert pass_chance(unit(["1.1"], {1: 10}), {ref("1.1"): 0.7}) == pytest.approx(
        binom.sf(4, 10, 0.7), abs=1e-12
    )


def test_an_uncertain_rate_gives_the_mean_chance_over_its_distribution() -> None:
    # One question: the chance is the mean rate, whatever the spread; nothing is ahead without answers.
    both = unit(["1.1", "1.2"], {1: 2}, outcome_share=0.5, pass_mark=1)
    found = readiness(both, [mastery("1.1", 0.6, 8.0, 5), mastery("1.2", 0.0, CERTAIN, 0)], 3, 20_000)
    # logit(.6) + .2 -> .64691; one of two criteria has to be shown, and 1.2 never is.
    assert found.chance == pytest.approx(0.646906, abs=0.003)
    # The range is that of the beta distribution with that mean and twice the estimate's weight, 16.
    assert (found.low, found.high) == (pytest.approx(0.4455, abs=0.01), pytest.approx(0.8268, abs=0.01))


def test_questions_left_over_go_to_any_criteria_equally_often() -> None:
    # Three questions, two criteria; both have to be shown at half. With rates p = .6 and q = .3:
    # one of two right is enough, so it is (1-(1-p)^2) q or p (1-(1-q)^2), each half the time.
    two = unit(["1.1", "1.2"], {1: 3}, outcome_share=1.0)
    by_hand = (0.84 * 0.3 + 0.6 * 0.51) / 2
    assert pass_chance(two, {ref("1.1"): 0.6, ref("1.2"): 0.3}) == pytest.approx(by_hand, abs=1e-12)


def test_outcomes_and_pass_mark_count_together() -> None:
    # One question each, both outcomes of one criterion: passed only if both are right.
    strict = unit(["1.1", "2.1"], {1: 1, 2: 1})
    assert pass_chance(strict, {ref("1.1"): 0.5, ref("2.1"): 0.4}) == pytest.approx(0.2, abs=1e-12)
    # No criterion need be shown, but one right answer in all: 1 - .5 * .6.
    lenient = unit(["1.1", "2.1"], {1: 1, 2: 1}, criterion_share=0.0, pass_mark=1)
    assert pass_chance(lenient, {ref("1.1"): 0.5, ref("2.1"): 0.4}) == pytest.approx(0.7, abs=1e-12)
    assert pass_chance(unit(["1.1"], {1: 2}, pass_mark=3), {ref("1.1"): 1.0}) == 0.0


def test_the_hurdle_is_that_of_the_score_report(unit_203: Unit, shipped_bank: QuestionBank) -> None:
    """Where each criterion is known wholly or not at all, chance and score report agree."""
    now = datetime(2026, 11, 22, 12, tzinfo=UTC)
    # Which criteria get a second question differs from paper to paper, so some sets of known criteria
    # pass on one and not on another; where the chance says always or never, every paper has to agree.
    papers = [assemble(unit_203, shipped_bank, seed, today=date(2026, 11, 22)) for seed in range(12)]
    rng = Random(4)
    seen = set()
    for missing in (0, 3, 6, 7, 8, 9, 24) * 4:
        unknown = set(rng.sample([criterion.ref for criterion in unit_203.criteria], missing))
        chance = pass_chance(unit_203, {c.ref: float(c.ref not in unknown) for c in unit_203.criteria})
        results = []
        for paper in papers:
            items = []
            for question in paper.questions:
                assert isinstance(question, SingleChoice)
                wrong = next(option.key for option in question.options if not option.right)
                chosen = wrong if question.head.ref in unknown else question.key
                response = SingleChoiceResponse(chosen=chosen)
                items.append(Item(question, (Given(response, now, mark(question, response)),)))
            nobody = UUID(int=0)
            attempt = Attempt(nobody, nobody, unit_203.key, Kind.TEST, "Test", now, tuple(items))
            results.append(score(attempt, unit_203.blueprint.hurdle).passed)
        if chance in (pytest.approx(0), pytest.approx(1)):
            assert set(results) == {chance > 0.5}
        seen.update(results)
    assert seen == {True, False}


def test_nothing_is_said_until_each_outcome_has_five_answers() -> None:
    two = unit(["1.1", "1.2", "2.1"], {1: 2, 2: 1})
    few = [mastery("1.1", 0.7, 8.0, 2), mastery("1.2", 0.7, 8.0, 2), mastery("2.1", 0.7, 8.0, 9)]
    found = readiness(two, few, 1)
    assert (found.chance, found.low, found.high, found.lifts, found.waiting) == (None, None, None, (), (1,))
    assert found.outcomes[0] == OutcomeReadiness(1, "tea, part 1", 2, 2, 4, 2, None, None, None, None)
    assert found.outcomes[0].words == "not enough answers yet"
    assert found.outcomes[1].words == "1 of 1 likely, range 0 to 1"
    assert found.waiting_words == "one outcome needs more answers"
    enough = readiness(two, [mastery("1.1", 0.7, 8.0, 3), *few[1:]], 1)
    assert (enough.waiting, enough.waiting_words, enough.chance is None) == ((), "", False)
    assert readiness(two, alike(two, 0.7, 8.0, 0), 1).waiting == (1, 2)


def test_five_right_answers_to_one_criterion_say_nothing_of_an_outcome_that_needs_four(
    unit_203: Unit,
) -> None:
    # Outcome 1 has six criteria. Five right answers on 1.1 alone once read “6 of 6 likely, range 4 to 6”.
    def first(*answered: str) -> OutcomeReadiness:
        known = {code: (5 if code == "1.1" else 1) for code in answered}
        values = [
            Mastery(c.ref, 0.9, 0.7, 1.0, known.get(c.ref.code, 0), 1, None, State.LEARNING, 7.0)
            for c in unit_203.criteria
        ]
        return readiness(unit_203, values, 1).outcomes[0]

    one = first("1.1")
    assert (one.criteria, one.needed, one.answers, one.answered) == (6, 4, 5, 1)
    assert (one.chance, one.likely, one.low, one.high) == (None, None, None, None)
    assert one.words == "not enough answers yet"
    three, four = first("1.1", "1.2", "1.3"), first("1.1", "1.2", "1.3", "1.6")
    assert (three.answers, three.answered, three.likely) == (7, 3, None)
    assert (four.answers, four.answered) == (8, 4)
    assert four.chance is not None
    assert four.words.startswith("6 of 6 likely")


def test_an_outcome_with_answers_on_too_few_criteria_holds_back_the_whole_chance() -> None:
    two = unit(["1.1", "1.2", "2.1"], {1: 2, 2: 1})
    lopsided = [mastery("1.1", 0.7, 8.0, 9), mastery("1.2", 0.7, 8.0, 0), mastery("2.1", 0.7, 8.0, 9)]
    found = readiness(two, lopsided, 1)
    assert (found.chance, found.lifts, found.waiting) == (None, (), (1,))
    assert readiness(two, [lopsided[0], mastery("1.2", 0.7, 8.0, 1), lopsided[2]], 1).waiting == ()


def test_shown_criteria_are_counted_with_median_and_range() -> None:
    three = unit(["1.1", "1.2", "1.3", "2.1"], {1: 3, 2: 1})
    known = [mastery("1.1", 1.0), mastery("1.2", 0.0), mastery("1.3", 0.5, answers=0), mastery("2.1", 0.5)]
    first = readiness(three, known, 1).outcomes[0]
    # 1.1 always, 1.2 never, 1.3 on every other paper: two are needed.
    assert (first.needed, first.likely, first.low, first.high) == (2, 1, 1, 2)
    assert first.chance == pytest.approx(0.5, abs=1e-3)
    assert first.words == "1 of 3 likely, range 1 to 2"


def test_the_criterion_that_stands_in_the_way_lifts_most() -> None:
    # All three criteria of outcome 1 have to be shown. 1.1 is never right: made secure, the chance rises
    # from 0 to .9 * .80633 * .90354 (one answer puts .8 and .9 ahead by .04 log-odds); no other
    # criterion alone changes anything.
    three = unit(["1.1", "1.2", "1.3"], {1: 3}, outcome_share=1.0)
    values = [mastery("1.3", 0.9, answers=1), mastery("1.1", 0.0, answers=9), mastery("1.2", 0.8, answers=1)]
    found = readiness(three, values, 1)
    assert [lift.ref.code for lift in found.lifts] == ["1.1", "1.2", "1.3"]
    assert [lift.gain for lift in found.lifts] == pytest.approx([0.6557, 0.0, 0.0], abs=1e-3)


def test_of_equal_lifts_the_weaker_criterion_comes_first() -> None:
    # The pass mark is out of reach, so that nothing lifts the chance.
    none = unit(["1.1", "1.2", "1.3"], {1: 3}, pass_mark=4)
    values = [mastery("1.1", 0.7), mastery("1.2", 0.3), mastery("1.3", 0.5)]
    found = readiness(none, values, 1)
    assert [(lift.ref.code, lift.gain) for lift in found.lifts] == [("1.2", 0), ("1.3", 0), ("1.1", 0)]


def test_no_criterion_lowers_the_chance_by_becoming_secure(unit_203: Unit) -> None:
    found = readiness(unit_203, alike(unit_203, 0.93, 9.0), 1)
    assert len(found.lifts) == 24
    assert all(lift.gain >= 0 for lift in found.lifts)


def test_the_same_seed_gives_the_same_readiness_and_another_nearly_the_same(unit_203: Unit) -> None:
    values = alike(unit_203, 0.72, 8.0)
    one, two = readiness(unit_203, values, 1), readiness(unit_203, values, 2)
    assert readiness(unit_203, values[::-1], 1) == one
    assert two != one
    assert two.chance == pytest.approx(one.chance, abs=0.01)


def test_more_answers_behind_an_estimate_narrow_the_range(unit_203: Unit) -> None:
    def width(found: Readiness) -> float:
        assert found.low is not None
        assert found.chance is not None
        assert found.high is not None
        assert found.low < found.chance < found.high
        return found.high - found.low

    few, many = (readiness(unit_203, alike(unit_203, 0.72, weight), 1) for weight in (5.0, 50.0))
    assert width(few) > width(many) > 0.1


def test_a_blueprint_that_asks_less_than_one_question_a_criterion_is_refused() -> None:
    short = unit(["1.1", "1.2"], {1: 1})
    with pytest.raises(CannotAssemble, match="outcome 1: the blueprint asks 1 questions of 2 criteria.$"):
        readiness(short, alike(short, 0.5), 1)
