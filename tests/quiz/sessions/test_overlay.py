"""The local overlay: what it hides is never drawn, what it corrects is given corrected, and its file."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import literal_packs as packs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from quiz.errors import CannotAssemble, EntryRefused, NotInBank, OverlayRefused
from quiz.questions import MultipleResponse, SingleChoice
from quiz.sessions import (
    NO_OVERLAY,
    Correction,
    History,
    Left,
    Overlay,
    PracticePlan,
    QuestionBank,
    assemble,
    change_overlay,
    correct,
    draw_all,
    draw_review,
    find_questions,
    hide,
    left_of,
    missing_papers,
    overlay_stamp,
    overlay_text,
    read_overlay,
    reviewable,
    show_again,
    undo_correction,
    write_overlay,
)
from quiz.syllabus import CriterionRef
from quiz.syllabus.written import WrittenOption

TODAY = date(2026, 11, 22)
REF = CriterionRef(packs.UNIT, "1.1")
ONE, TWO, THREE = (f"L6017638-1.1-{number:02d}" for number in (1, 2, 3))
OTHER = "L6017638-1.2-01"
ORDER, NEXT, FIRST = (f"L6017638-1.1-pot.{name}" for name in ("order", "next", "first"))
MULTIPLE = packs.question(
    "1.1",
    3,
    "practice",
    type="multiple_response",
    options=[
        {"text": "milk", "right": True, "why": "It goes in."},
        {"text": "leaves", "right": True, "why": "They go in."},
        {"text": "sand", "why": "It stays out."},
        {"text": "soap", "why": "It stays out."},
    ],
)
SORTING = {
    **{name: value for name, value in packs.question("1.1", 4, "practice").items() if name != "options"},
    "type": "sorting",
    "classes": {"hot": "from the kettle", "cold": "from the fridge"},
    "cases": [
        {"text": "water", "class": "hot", "why": "It boils."},
        {"text": "milk", "class": "cold", "why": "It is kept cool."},
    ],
}


def a_bank(overlay: Overlay = NO_OVERLAY) -> QuestionBank:
    """Return a bank with 1.1 (two test questions, two others, a generator) and 1.2 (one); a paper asks 1 each."""
    criteria = (
        packs.criterion("1.1", [*packs.questions("1.1", 1, 1), MULTIPLE, SORTING], [packs.SEQUENCE]),
        packs.criterion("1.2", packs.questions("1.2", 0, 1)),
    )
    return QuestionBank(packs.pack_of(packs.unit_of(criteria, {1: 2})), overlay)


def families(bank: QuestionBank) -> list[str]:
    return [entry.family for entry in bank.written(REF, today=TODAY)] + [
        family.id for family in bank.generated(REF, today=TODAY)
    ]


def test_without_an_overlay_everything_is_in_the_bank() -> None:
    assert families(a_bank()) == [ONE, TWO, THREE, "L6017638-1.1-04", ORDER, NEXT, FIRST]


def test_a_hidden_question_and_a_hidden_family_are_in_no_list_and_cannot_be_given() -> None:
    bank = a_bank(Overlay(frozenset({TWO, NEXT})))
    assert families(bank) == [ONE, THREE, "L6017638-1.1-04", ORDER, FIRST]
    for name in (TWO, NEXT):
        assert name not in bank
        assert bank.knows(name)
        with pytest.raises(NotInBank, match=f"^The question “{name}” is hidden on this computer.$"):
            bank.question(name, 1)
        assert bank.with_hidden.question(name, 1).head.family == name


def test_practice_papers_and_reviews_never_draw_what_is_hidden() -> None:
    hidden = {TWO, THREE, ORDER, FIRST}
    bank = a_bank(Overlay(frozenset(hidden)))
    plan = PracticePlan(packs.UNIT, ("1.1",), 30)
    drawn = draw_all(plan, bank, 7, today=TODAY, history=History())
    assert {question.head.family for question in drawn} == {"L6017638-1.1-04", NEXT}
    unit = bank.pack.units[packs.UNIT]
    papers = [assemble(unit, bank, seed, today=TODAY) for seed in range(20)]
    assert {paper.families for paper in papers} == {frozenset({ONE, OTHER})}
    assert reviewable([TWO, ONE, ORDER, NEXT], bank, today=TODAY) == (ONE, NEXT)
    review = draw_review([TWO, ONE, ORDER, NEXT], bank, 7, (), today=TODAY)
    assert [question.head.family for question in review] == [ONE, NEXT]


def test_a_corrected_question_is_given_in_its_new_wording_and_with_its_new_key_under_its_old_id() -> None:
    options = (
        WrittenOption(text="yes", why="So it is."),
        WrittenOption(text="no", why="It is not.", right=True),
        WrittenOption(text="perhaps", why="It is not."),
        WrittenOption(text="never", why="It is not."),
    )
    bank = a_bank(Overlay(corrections={ONE: Correction(stem="Is it?", options=options)}))
    question = bank.question(ONE, 3)
    assert isinstance(question, SingleChoice)
    assert (question.head.id, question.stem) == (ONE, "Is it?")
    assert next(option.text for option in question.options if option.right) == "No"
    assert bank.written(REF, today=TODAY)[0].entry.stem == "Is it?"
    unit = bank.pack.units[packs.UNIT]
    paper = assemble(unit, bank, 1, today=TODAY, seen=[TWO])
    assert {question.stem for question in paper.questions} == {"Is it?", "Question 1 of 1.2?"}
    assert a_bank().question(ONE, 3).stem == "Question 1 of 1.1?"


def test_what_a_correction_leaves_out_stays_as_it_is_shipped() -> None:
    bank = a_bank(Overlay(corrections={THREE: Correction(stem="What goes into the pot?")}))
    question = bank.question(THREE, 1)
    assert isinstance(question, MultipleResponse)
    assert {option.text for option in question.options if option.right} == {"Milk", "Leaves"}
    entry = bank.optional_written(THREE)
    assert entry is not None
    assert (entry.entry.use, entry.entry.level, entry.entry.basis) == ("practice", "apply", "both")


@pytest.mark.parametrize(
    ("question", "correction", "message"),
    [
        (
            ONE,
            {"cases": [{"text": "a", "class": "b", "why": "c"}]},
            f"“{ONE}” (single choice) has no cases to correct.",
        ),
        (
            ONE,
            {"options": [{"text": letter, "why": "No."} for letter in "abcd"]},
            f"Corrected like this, “{ONE}” cannot be answered: 0 of its options have “right: true”, and a single "
            "choice needs one.",
        ),
        (
            ONE,
            {"options": [{"text": "a", "why": "Yes.", "right": True}, *[{"text": "b", "why": "No."}] * 3]},
            f"Corrected like this, “{ONE}” cannot be answered: “b” stands twice.",
        ),
        (
            "L6017638-1.1-04",
            {"classes": {"warm": "from the kettle", "cold": "from the fridge"}},
            "Corrected like this, “L6017638-1.1-04” cannot be answered: “hot” is not one of its classes.",
        ),
    ],
)
def test_a_correction_passes_the_checks_of_shipped_content_or_is_refused(
    question: str, correction: dict[str, object], message: str
) -> None:
    with pytest.raises(EntryRefused) as refused:
        correct(a_bank(), question, Correction.model_validate(correction), today=TODAY)
    assert str(refused.value) == message


def test_hiding_is_refused_when_no_paper_could_be_drawn_any_more() -> None:
    bank = a_bank().with_overlay(hide(a_bank(), ONE, today=TODAY))
    with pytest.raises(CannotAssemble) as refused:
        hide(bank, TWO, today=TODAY)
    assert str(refused.value) == (
        f"“{TWO}” cannot be hidden: a paper could no longer be drawn. Unit L/601/7638: no question fits a paper for "
        "criterion 1.1. Add written single-choice questions with four options."
    )
    assert hide(bank, THREE, today=TODAY).hidden == {ONE, THREE}


def test_hiding_is_refused_when_only_questions_kept_for_the_test_would_be_left() -> None:
    with pytest.raises(
        CannotAssemble, match="^“L6017638-1.1-02” cannot be hidden: a printed paper, which leaves out"
    ):
        hide(a_bank(), TWO, today=TODAY)
    assert hide(a_bank(), ONE, today=TODAY).hidden == {ONE}


def test_a_correction_that_takes_the_last_question_of_a_paper_away_is_refused() -> None:
    three = [
        {"text": "a", "why": "Yes.", "right": True},
        {"text": "b", "why": "No."},
        {"text": "c", "why": "No."},
    ]
    with pytest.raises(CannotAssemble, match="^“L6017638-1.2-01” cannot be corrected like this: a paper"):
        correct(a_bank(), OTHER, Correction.model_validate({"options": three}), today=TODAY)


def test_a_file_that_hides_too_much_is_obeyed_and_said() -> None:
    bank = a_bank(Overlay(frozenset({OTHER})))
    assert missing_papers(bank, today=TODAY) == (
        "Unit L/601/7638: no question fits a paper for criterion 1.2. Add written single-choice questions with "
        "four options.",
    )
    assert missing_papers(a_bank(Overlay(frozenset({ONE, NEXT}))), today=TODAY) == ()


def test_what_is_left_of_a_criterion_is_counted() -> None:
    bank = a_bank(Overlay(frozenset({ONE, THREE, ORDER})))
    criterion = bank.pack.units[packs.UNIT].by_code["1.1"]
    assert left_of(criterion, bank, today=TODAY) == Left(written=2, for_papers=1, generators=2)


def test_a_generated_question_is_hidden_with_its_family_and_cannot_be_corrected() -> None:
    bank = a_bank()
    name = bank.question(NEXT, 5).head.id
    assert name.startswith(f"{NEXT}.")
    assert hide(bank, name, today=TODAY).hidden == {NEXT}
    with pytest.raises(NotInBank, match="is generated: it can be hidden, not corrected"):
        correct(bank, NEXT, Correction(stem="Which?"), today=TODAY)


def test_hidden_shown_again_corrected_and_undone_leaves_nothing_behind() -> None:
    bank = a_bank()
    hidden = bank.with_overlay(hide(bank, ONE, today=TODAY))
    corrected = hidden.with_overlay(correct(hidden, THREE, Correction(stem="What?"), today=TODAY))
    assert corrected.overlay == Overlay(frozenset({ONE}), {THREE: Correction(stem="What?")})
    undone = corrected.with_overlay(undo_correction(corrected, THREE))
    assert show_again(undone, ONE) == NO_OVERLAY
    with pytest.raises(NotInBank, match=f"^The question “{ONE}” is not hidden here.$"):
        show_again(bank, ONE)
    with pytest.raises(NotInBank, match=f"^The question “{ONE}” is not corrected here.$"):
        undo_correction(bank, ONE)
    with pytest.raises(NotInBank, match="^There is no question “L6017638-1.1-99” in the content.$"):
        hide(bank, "L6017638-1.1-99", today=TODAY)


def test_only_what_differs_is_kept_and_the_shipped_wording_is_no_correction() -> None:
    bank = a_bank()
    shipped = bank.optional_shipped(ONE)
    assert shipped is not None
    reworded = shipped.entry.model_copy(update={"stem": "Which?"})
    assert correct(bank, ONE, reworded, today=TODAY).corrections == {ONE: Correction(stem="Which?")}
    again = bank.with_overlay(correct(bank, ONE, reworded, today=TODAY))
    assert correct(again, ONE, shipped.entry, today=TODAY) == NO_OVERLAY


def test_the_file_is_plain_yaml_that_reads_back_the_same(tmp_path: Path) -> None:
    overlay = Overlay(
        frozenset({TWO, NEXT}),
        {THREE: Correction(stem="What goes in: milk, or “08”?")},
    )
    path = tmp_path / "data" / "overlay.yaml"
    write_overlay(path, overlay)
    assert path.read_text(encoding="utf-8").splitlines()[2:] == [
        "hidden:",
        f"- {TWO}",
        f"- {NEXT}",
        "corrections:",
        f"  {THREE}:",
        "    stem: 'What goes in: milk, or “08”?'",
    ]
    reading = read_overlay(path, a_bank())
    assert (reading.overlay, reading.findings) == (overlay, ())
    assert [file.name for file in path.parent.iterdir()] == ["overlay.yaml"]


WORDS = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=30).filter(str.strip)


@given(
    WORDS
    | st.sampled_from(["08", "1.10", "true", "~", "NO", "- a", "2026-11-22", "a: b", "#", "'", "=", "0x1f"])
)
def test_any_words_come_back_from_the_file_as_they_were(
    tmp_path_factory: pytest.TempPathFactory, words: str
) -> None:
    path = tmp_path_factory.mktemp("overlay") / "overlay.yaml"
    overlay = Overlay(corrections={THREE: Correction(stem=words)})
    path.write_text(overlay_text(overlay), encoding="utf-8")
    reading = read_overlay(path, a_bank())
    assert reading.findings == ()
    assert reading.overlay == overlay


@pytest.mark.parametrize("text", [None, "", "# nothing yet\n", "hidden: []\n"])
def test_no_file_and_an_empty_one_are_the_empty_overlay(tmp_path: Path, text: str | None) -> None:
    path = tmp_path / "overlay.yaml"
    if text is not None:
        path.write_text(text, encoding="utf-8")
    reading = read_overlay(path, a_bank())
    assert (reading.overlay, reading.findings, reading.is_broken) == (NO_OVERLAY, (), False)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (
            f"hidden:\n- {ONE}\nhiden: []\n",
            "overlay.yaml:3: unknown-key: “hiden” is not a key that is known here (hiden).",
        ),
        (
            f"hidden:\n- {ONE}\ncorrections:\n  {TWO}: {{stem: 'a' 'b'}}\n",
            "overlay.yaml:4: bad-yaml: This is not valid YAML: did not find expected ',' or '}'. Text with a colon "
            "or a leading special character needs quotes.",
        ),
        (
            f"corrections:\n  {TWO}:\n    stem: 7\n",
            'overlay.yaml:3: unquoted-code: corrections → L6017638-1.1-02 → stem: 7 has to be quoted text, as in "7".',
        ),
        (
            f"hidden:\n- {ONE}\ncorrections:\n  {TWO}:\n    stem: A?\n    pairs:\n    - {{left: a, right: b, why: c}}\n",
            f"overlay.yaml:4: unfit-correction: “{TWO}” (single choice) has no pairs to correct.",
        ),
        (
            f"corrections:\n  {TWO}: {{}}\n",
            f"overlay.yaml:2: empty-correction: The correction of “{TWO}” says nothing; state what differs, such as "
            "its stem.",
        ),
    ],
)
def test_a_broken_file_is_a_finding_with_its_line_and_nothing_of_it_holds(
    tmp_path: Path, text: str, found: str
) -> None:
    path = tmp_path / "overlay.yaml"
    path.write_text(text, encoding="utf-8")
    reading = read_overlay(path, a_bank())
    assert list(map(str, reading.findings)) == [found]
    assert reading.is_broken
    assert reading.overlay == NO_OVERLAY


def test_an_id_that_has_left_the_content_is_a_warning_and_the_rest_holds(tmp_path: Path) -> None:
    path = tmp_path / "overlay.yaml"
    path.write_text(f"hidden:\n- L6017638-1.1-77\n- {ONE}\n", encoding="utf-8")
    reading = read_overlay(path, a_bank())
    assert list(map(str, reading.findings)) == [
        "overlay.yaml:2: warning: unknown-question: There is no question “L6017638-1.1-77” in the content, so this "
        "entry does nothing."
    ]
    assert not reading.is_broken
    assert families(a_bank(reading.overlay))[0] == TWO


def test_a_change_is_made_to_what_the_file_says_now_and_a_broken_file_is_left_alone(tmp_path: Path) -> None:
    path, bank = tmp_path / "overlay.yaml", a_bank()
    change_overlay(path, bank, lambda now: hide(now, ONE, today=TODAY))
    first = overlay_stamp(path)
    change_overlay(path, bank, lambda now: hide(now, NEXT, today=TODAY))
    assert read_overlay(path, bank).overlay.hidden == {ONE, NEXT}
    assert overlay_stamp(path) != first
    path.write_text("hidden: [", encoding="utf-8")
    with pytest.raises(OverlayRefused, match="has faults, so nothing in it can be changed from here"):
        change_overlay(path, bank, lambda now: hide(now, ONE, today=TODAY))
    assert path.read_text(encoding="utf-8") == "hidden: ["


def test_a_file_that_cannot_be_written_is_said_and_nothing_is_changed(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    path = tmp_path / "file" / "overlay.yaml"
    with pytest.raises(
        OverlayRefused, match=r"overlay\.yaml cannot be written \(.+\), so nothing was changed\.$"
    ):
        change_overlay(path, a_bank(), lambda now: hide(now, ONE, today=TODAY))


def test_questions_are_found_by_words_of_the_stem_first_then_by_their_parts_and_facts() -> None:
    bank = a_bank()
    unit = bank.pack.units[packs.UNIT]

    def found(sought: str) -> list[str]:
        return [question.head.family for question in find_questions(unit, bank, sought)]

    assert found("WARM") == [ORDER, NEXT, FIRST]
    assert found("straight fill") == [NEXT]
    assert found("fill") == [NEXT, ORDER, FIRST]
    assert found("right 1.2") == [OTHER]
    assert found("L6017638-1.1-02") == [TWO]
    assert found("coffee") == []
