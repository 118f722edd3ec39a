import os
import subprocess
import sys

import pytest
from literal_blocks import (
    MEMBERS,
    PAIRS,
    REASONS,
    SEQUENCE,
    SMALLEST,
    TERMS,
    THREE_CLASSES,
    criterion_of,
    family_of,
    piece,
)

from quiz.errors import NotInBank
from quiz.generation import Family, families, generate, generate_all, reach
from quiz.questions import Verdict, mark, question_from_json, question_json, right_response


def test_a_family_names_block_and_template_and_carries_law_and_level():
    assert families(criterion_of(MEMBERS))[0] == Family(
        id="L6017638-1.2-time-off.one",
        block_id="time-off",
        template="one",
        type="single_choice",
        law=("leave",),
        level="remember",
    )


def test_the_families_of_each_kind():
    found = [
        (family.block_id, family.template, family.type)
        for family in families(criterion_of(*SMALLEST, THREE_CLASSES))
    ]
    assert found == [
        ("time-off", "one", "single_choice"),
        ("time-off", "odd", "single_choice"),
        ("time-off", "two", "multiple_response"),
        ("time-off", "sort", "sorting"),
        ("grievance-steps", "order", "ordering"),
        ("grievance-steps", "next", "single_choice"),
        ("grievance-steps", "first", "single_choice"),
        ("law-and-purpose", "right_for_left", "single_choice"),
        ("law-and-purpose", "left_for_right", "single_choice"),
        ("law-and-purpose", "match", "matching"),
        ("whose-duty", "case_of_class", "single_choice"),
        ("whose-duty", "sort", "sorting"),
        ("words", "meaning_of_term", "single_choice"),
        ("words", "term_of_meaning", "single_choice"),
        ("words", "match", "matching"),
        ("why-equal", "best", "single_choice"),
        ("why-equal", "two", "multiple_response"),
        ("three-duties", "class_of_case", "single_choice"),
        ("three-duties", "case_of_class", "single_choice"),
        ("three-duties", "sort", "sorting"),
    ]


def test_a_block_too_small_for_a_template_lacks_its_family():
    two_members = {**MEMBERS, "members": MEMBERS["members"][:2]}
    assert [family.template for family in families(criterion_of(two_members))] == ["one", "two"]
    four_steps = {**SEQUENCE, "steps": SEQUENCE["steps"][:4]}
    assert [family.template for family in families(criterion_of(four_steps))] == ["order", "first"]
    three_terms = {**TERMS, "terms": TERMS["terms"][:3]}
    assert families(criterion_of(three_terms)) == ()


def test_the_head_says_what_the_question_is_evidence_of():
    criterion = criterion_of(MEMBERS)
    head = generate(criterion, families(criterion)[0], 3).head
    assert (head.family, head.origin, head.use) == ("L6017638-1.2-time-off.one", "generated", "practice")
    assert (head.unit, head.criterion, head.level, head.basis) == ("L/601/7638", "1.2", "remember", "both")


def test_the_first_seeds_give_every_variant_once():
    criterion = criterion_of(*SMALLEST)
    by_seed = [
        generate(criterion, family, seed)
        for family in families(criterion)
        for seed in range(len([q for q in generate_all(criterion) if q.head.family == family.id]))
    ]
    assert by_seed == list(generate_all(criterion))


def test_reach_counts_what_generate_all_yields_and_no_two_are_the_same_question():
    criterion = criterion_of(*SMALLEST, THREE_CLASSES)
    questions = list(generate_all(criterion))
    assert reach(criterion) == len(questions) == len({question.head.id for question in questions})


@pytest.mark.parametrize(
    ("block", "expected"),
    list(zip((*SMALLEST, THREE_CLASSES), (30, 12, 15, 24, 27, 10, 44), strict=True)),
)
def test_reach_of_the_smallest_blocks(block, expected):
    assert reach(criterion_of(block)) == expected


def test_the_least_four_blocks_of_two_kinds_reach_forty():
    third = [{**REASONS, "id": f"why-{number}"} for number in range(3)]
    assert reach(criterion_of(SEQUENCE, *third)) == 42


def test_reach_of_a_large_block_is_held_down():
    large = {
        **MEMBERS,
        "members": [piece(f"member {number}") for number in range(12)],
        "others": [piece(f"other {number}") for number in range(12)],
    }
    assert reach(criterion_of(large)) == 12 + 12 + 20 + 20


def test_the_same_seed_gives_the_same_question_and_another_seed_another_order():
    criterion = criterion_of(MEMBERS)
    family = families(criterion)[0]
    shown = [question_json(generate(criterion, family, 4 * number)) for number in range(20)]
    assert shown == [question_json(generate(criterion, family, 4 * number)) for number in range(20)]
    assert len(set(shown)) > 10


def test_the_same_content_has_the_same_id_whatever_its_order():
    criterion = criterion_of(SEQUENCE)
    family = family_of(criterion, "first")
    # The second variant has just four steps to show, so only their order can differ.
    questions = [generate(criterion, family, seed) for seed in range(1, 41, 2)]
    assert len({question.head.id for question in questions}) == 1
    assert len({question_json(question) for question in questions}) > 10


def test_another_set_of_options_has_another_id_and_shares_the_variant():
    criterion = criterion_of(MEMBERS)
    ids = {generate(criterion, families(criterion)[0], seed).head.id for seed in range(0, 160, 4)}
    assert len(ids) == 4
    assert len({name.rsplit(".", 1)[0] for name in ids}) == 1


def test_an_inserted_piece_leaves_the_ids_of_the_others_alone():
    earlier = {q.head.id for q in generate_all(criterion_of(SEQUENCE)) if ".next." in q.head.id}
    more = {
        **SEQUENCE,
        "ask": "a complaint about work",
        "steps": [piece("take a breath"), *SEQUENCE["steps"]],
    }
    variants = {q.head.id.rsplit(".", 1)[0] for q in generate_all(criterion_of(more))}
    assert {name.rsplit(".", 1)[0] for name in earlier} <= variants


def test_a_better_explanation_keeps_the_id():
    better = {**MEMBERS, "members": [{**member, "why": "Better."} for member in MEMBERS["members"]]}
    assert [q.head.id for q in generate_all(criterion_of(better))] == [
        q.head.id for q in generate_all(criterion_of(MEMBERS))
    ]


def test_a_family_that_the_content_lost_is_not_in_the_bank():
    gone = families(criterion_of(TERMS))[0]
    with pytest.raises(NotInBank) as caught:
        generate(criterion_of(MEMBERS), gone, 1)
    assert str(caught.value) == (
        "There is no knowledge block for “L6017638-1.2-words.meaning_of_term” in the content any more."
    )


def test_placeholders_in_a_block_are_filled_and_do_not_touch_the_id():
    block = {**REASONS, "claim": "{agent} should tell {manager} at once"}
    criterion = criterion_of(block)
    first, second = (generate(criterion, families(criterion)[0], seed) for seed in (0, 4))
    assert "{" not in first.stem + second.stem
    assert first.stem != second.stem
    assert first.head.id.split(".")[:-1] == second.head.id.split(".")[:-1]


def test_every_question_goes_to_json_and_back_and_its_right_response_is_right():
    for question in generate_all(criterion_of(*SMALLEST, THREE_CLASSES)):
        assert question_from_json(question_json(question)) == question
        assert mark(question, right_response(question)).verdict is Verdict.RIGHT


def test_another_process_gives_the_same_questions():
    """Python salts `hash()` for each process: nothing here may rest on it."""
    program = (
        "from literal_blocks import *; from quiz.questions import question_json\n"
        "for q in generate_all(criterion_of(*SMALLEST, THREE_CLASSES)): print(question_json(q))"
    )
    outputs = {
        subprocess.run(
            [sys.executable, "-c", program],
            env={
                "PYTHONHASHSEED": salt,
                "PYTHONPATH": os.pathsep.join(sys.path),
                "PYTHONIOENCODING": "utf-8",
            },
            capture_output=True,
            check=True,
        ).stdout
        for salt in ("1", "2")
    }
    assert len(outputs) == 1
    assert outputs.pop().count(b"\n") == reach(criterion_of(*SMALLEST, THREE_CLASSES))


def test_a_stem_that_names_its_rule_gets_no_note():
    block = {**PAIRS, "ask": "What does the unit say, and what is the rule today?"}
    stems = [q.stem for q in generate_all(criterion_of(block)) if q.head.family.endswith("right_for_left")]
    assert not any("Answer as" in stem for stem in stems)
