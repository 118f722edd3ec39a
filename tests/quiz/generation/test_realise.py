from literal_blocks import criterion_of

from quiz.generation import fill, written
from quiz.questions import (
    MatchPair,
    Option,
    OrderStep,
    QuestionHead,
    SortCase,
    Verdict,
    mark,
    part_key,
    right_response,
)

ABOUT = {"level": "apply", "basis": "specification", "use": "test", "stem": "{agent} asks. What now?"}


def realised(seed, number="01", **entry):
    criterion = criterion_of(questions=({"id": f"L6017638-1.2-{number}", **ABOUT, **entry},))
    return written(criterion, criterion.entry.questions[0], seed)


def single(seed):
    options = [
        {"text": "ask {manager}", "right": True, "why": "a manager knows"},
        {"text": "wait", "why": "It only gets later."},
        {"text": "leave", "why": "Nobody is helped."},
        {"text": "guess", "why": "A guess may be wrong."},
    ]
    return realised(seed, type="single_choice", options=options)


def test_the_head_carries_the_entry_over():
    assert single(1).head == QuestionHead(
        id="L6017638-1.2-01",
        family="L6017638-1.2-01",
        origin="written",
        unit="L/601/7638",
        criterion="1.2",
        level="apply",
        basis="specification",
        use="test",
    )


def test_an_option_is_keyed_by_its_authored_text_and_filled_like_the_stem():
    question = single(4)
    seed_key = "L6017638-1.2-01:4"
    assert question.stem == fill("{agent} asks. What now?", seed_key)
    assert next(option for option in question.options if option.right) == Option(
        key=part_key("ask {manager}"),
        text=fill("Ask {manager}", seed_key),
        right=True,
        why="A manager knows",
    )


def test_the_seed_decides_the_order_and_every_option_reaches_every_place():
    assert single(9) == single(9)
    places = {[o.right for o in single(seed).options].index(True) for seed in range(40)}
    assert places == {0, 1, 2, 3}


def test_a_response_stays_true_under_another_seed():
    assert mark(single(2), right_response(single(1))).verdict is Verdict.RIGHT


def test_multiple_response_keeps_which_are_right():
    options = [
        {"text": "listen", "right": True, "why": "It helps."},
        {"text": "note", "right": True, "why": "It lasts."},
        {"text": "sigh", "why": "It hurts."},
    ]
    question = realised(1, type="multiple_response", options=options)
    assert {option.text for option in question.options if option.right} == {"Listen", "Note"}


def test_matching_keeps_each_pair_together():
    pairs = [
        {"left": "pay", "right": "money", "why": "It is earned."},
        {"left": "leave", "right": "days off", "why": "They are paid."},
        {"left": "notice", "right": "warning", "why": "It comes first."},
    ]
    question = realised(1, type="matching", pairs=pairs)
    assert sorted(question.pairs, key=lambda pair: pair.left)[1] == MatchPair(
        key=part_key("notice"), left="Notice", right="Warning", why="It comes first."
    )
    assert sorted(question.rights.values()) == ["Days off", "Money", "Warning"]


def test_ordering_keeps_the_authored_order_as_the_right_one():
    steps = [{"text": text, "why": f"{text} first"} for text in ("greet", "check", "solve", "note")]
    question = realised(1, type="ordering", steps=steps)
    assert [step.text for step in question.in_order] == ["Greet", "Check", "Solve", "Note"]
    assert question.in_order[1] == OrderStep(key=part_key("check"), text="Check", place=2, why="Check first")


def test_sorting_keeps_each_case_with_its_class():
    question = realised(
        1,
        type="sorting",
        classes={"calls": "talk by phone", "letters": "words on paper"},
        cases=[
            {"text": "ring back", "class": "calls", "why": "It is a call."},
            {"text": "post a form", "class": "letters", "why": "It is on paper."},
        ],
    )
    assert question.classes == {"Calls": "talk by phone", "Letters": "words on paper"}
    assert sorted(question.cases, key=lambda case: case.text)[1] == SortCase(
        key=part_key("ring back"), text="Ring back", belongs="Calls", why="It is a call."
    )
