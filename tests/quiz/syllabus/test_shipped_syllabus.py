"""The content that is shipped says what the specification says of Unit 203."""

from __future__ import annotations

from quiz.syllabus import Pack, Unit

VERBS = {
    "1.1": "Identify",
    "1.2": "Identify",
    "1.3": "Identify",
    "1.4": "Describe",
    "1.5": "Identify",
    "1.6": "Explain",
    "2.1": "Identify",
    "2.2": "Explain",
    "2.3": "Identify",
    "3.1": "Describe",
    "3.2": "Explain",
    "3.3": "Describe",
    "4.1": "Explain",
    "4.2": "Explain",
    "4.3": "Explain",
    "5.1": "Explain",
    "5.2": "Identify",
    "5.3": "Compare",
    "6.1": "Explain",
    "6.2": "Describe",
    "6.3": "Identify",
    "7.1": "Identify",
    "7.2": "Explain",
    "7.3": "Recognise",
}


def test_unit_203_has_its_criteria_with_their_command_verbs(unit_203: Unit) -> None:
    assert {criterion.ref.code: criterion.entry.verb for criterion in unit_203.criteria} == VERBS


def test_unit_203_lists_its_24_criteria_under_its_7_outcomes(unit_203: Unit) -> None:
    assert [len(outcome.criteria) for outcome in unit_203.outcomes] == [6, 3, 3, 3, 3, 3, 3]
    assert [code for outcome in unit_203.outcomes for code in outcome.criteria] == list(VERBS)


def test_unit_203_has_the_figures_of_its_specification(unit_203: Unit) -> None:
    entry = unit_203.entry
    assert (entry.unit, entry.level, entry.credit, entry.glh) == ("L/601/7638", 2, 4, 32)
    assert entry.assessment == "onscreen_test"


def test_the_practice_test_of_unit_203_has_40_questions_in_60_minutes(unit_203: Unit) -> None:
    blueprint = unit_203.blueprint
    assert blueprint.questions_per_outcome == {1: 10, 2: 5, 3: 5, 4: 5, 5: 5, 6: 5, 7: 5}
    assert (blueprint.size, blueprint.minutes) == (40, 60)


def test_each_criterion_of_unit_203_has_ten_questions_for_a_paper_and_keeps_six_for_the_test(
    unit_203: Unit,
) -> None:
    fitting = {
        criterion.ref.code: [
            question.use
            for question in criterion.entry.questions
            if question.type == "single_choice"
            and len(question.options) == 4
            and question.basis in {"specification", "both"}
        ]
        for criterion in unit_203.criteria
    }
    assert {code: len(uses) for code, uses in fitting.items() if len(uses) < 10} == {}
    assert {code: uses.count("test") for code, uses in fitting.items()} == dict.fromkeys(VERBS, 6)


def test_only_single_choice_questions_are_kept_for_the_test(unit_203: Unit) -> None:
    kept = [q for c in unit_203.criteria for q in c.entry.questions if q.use == "test"]
    assert {question.type for question in kept} == {"single_choice"}
    assert len(kept) == 24 * 6


def test_every_topic_of_unit_203_is_taught(unit_203: Unit) -> None:
    assert len(unit_203.entry.topics) == 31
    taught = {topic for criterion in unit_203.criteria for topic in criterion.entry.covers}
    assert taught == set(unit_203.entry.topics)


def test_unit_203_is_mandatory_in_the_btec_certificate(shipped_pack: Pack) -> None:
    qualification = shipped_pack.qualifications["btec2-cco"]
    assert (qualification.number, qualification.level, qualification.min_credit) == ("600/1637/1", 2, 13)
    assert qualification.groups[0].units == ("T/503/0356", "A/503/0360", "L/601/7638")
    assert [qualification.numbers[unit] for unit in qualification.groups[0].units] == ["201", "202", "203"]
