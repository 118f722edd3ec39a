"""What a learner enters about evidence: what is kept of it, what is refused, where a criterion stands."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

import pytest

from quiz.errors import EntryRefused
from quiz.portfolio import (
    DEFAULT_TYPES,
    EvidenceItem,
    EvidenceType,
    Portfolio,
    Standing,
    Status,
    make_confirmation,
    make_item,
    make_types,
    own_words_draft,
    place_name,
    tracked,
)
from quiz.portfolio.portfolio import WHOLE_UNIT
from quiz.syllabus import CriterionOutline, CriterionRef, OutcomeKind, OutcomeOutline, UnitOutline

SAM = UUID("11111111-1111-4111-8111-111111111111")
SUE = UUID("33333333-3333-4333-8333-333333333333")
ITEM = UUID("44444444-4444-4444-8444-444444444444")
OTHER_ITEM = UUID("55555555-5555-4555-8555-555555555555")
TEA, CUPS, KITCHEN = (
    CriterionRef("L/601/7638", "1.1"),
    CriterionRef("L/601/7638", "1.2"),
    CriterionRef("T/503/0342", "2.1"),
)
TODAY = date(2026, 11, 22)


def item(**changes: Any) -> EvidenceItem:
    stated = {
        "title": "Email to a customer",
        "type_code": "P",
        "reference": "A7",
        "kept_where": "Blue folder",
        "dated": date(2026, 11, 1),
        "note": "A reply about tea.",
        "refs": [TEA],
    }
    return make_item(changes.pop("item_id", ITEM), **{**stated, **changes})


def refusal(**changes: Any) -> str:
    with pytest.raises(EntryRefused) as refused:
        item(**changes)
    return str(refused.value)


def test_a_piece_of_evidence_is_kept_as_it_was_entered_and_is_no_draft() -> None:
    assert item() == EvidenceItem(
        id=ITEM,
        title="Email to a customer",
        type="P",
        reference="A7",
        kept_where="Blue folder",
        dated=date(2026, 11, 1),
        note="A reply about tea.",
        refs=(TEA,),
        draft=False,
    )


def test_lines_lose_their_extra_spaces_and_a_note_keeps_its_own_lines() -> None:
    made = item(
        title="  Email \t to a\ncustomer ",
        reference=" A  7 ",
        kept_where="\tBlue   folder\n",
        note="\n First line.\n\n  Second line. \n",
    )
    assert (made.title, made.reference, made.kept_where, made.note) == (
        "Email to a customer",
        "A 7",
        "Blue folder",
        "First line.\n\n  Second line.",
    )


def test_only_a_title_a_type_and_a_criterion_are_asked_for() -> None:
    made = item(reference=" ", kept_where="", dated=None, note="")
    assert (made.reference, made.kept_where, made.dated, made.note) == ("", "", None, "")


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"title": ""}, "Give the piece of evidence a title, so that the assessor can find it."),
        ({"title": " \n\t"}, "Give the piece of evidence a title, so that the assessor can find it."),
        ({"type_code": ""}, "Choose the type of evidence."),
        ({"refs": []}, "Choose at least one criterion that it serves."),
        ({"title": "x" * 201}, "The title is 201 characters long; 200 is the most."),
        ({"reference": "x" * 205}, "The portfolio reference is 205 characters long; 200 is the most."),
        ({"kept_where": "x" * 1000}, "Where it is kept is 1,000 characters long; 200 is the most."),
        ({"note": "x" * 20_001}, "The note is 20,001 characters long; 20,000 is the most."),
    ],
)
def test_what_is_missing_or_too_long_is_refused_and_said(changes: dict[str, Any], message: str) -> None:
    assert refusal(**changes) == message


def test_texts_of_just_the_greatest_length_are_taken() -> None:
    made = item(title=f" {'x' * 200} ", reference="y" * 200, kept_where="z" * 200, note="n" * 20_000)
    assert [len(text) for text in (made.title, made.reference, made.kept_where, made.note)] == [
        200, 200, 200, 20_000,
    ]  # fmt: skip


def test_criteria_stand_in_the_order_of_units_and_codes() -> None:
    refs = [
        KITCHEN,
        CriterionRef("L/601/7638", "2.1"),
        CriterionRef("L/601/7638", "1.10"),
        CriterionRef("L/601/7638", "1.9"),
    ]
    assert [str(ref) for ref in item(refs=refs).refs] == [
        "L6017638-1.9",
        "L6017638-1.10",
        "L6017638-2.1",
        "T5030342-2.1",
    ]


def test_one_piece_serves_several_criteria_and_units() -> None:
    portfolio = Portfolio(items=(item(refs=[KITCHEN, TEA]), item(item_id=OTHER_ITEM, refs=[TEA])))
    assert [entry.id for entry in portfolio.items_for(TEA)] == [ITEM, OTHER_ITEM]
    assert [entry.id for entry in portfolio.items_for(KITCHEN)] == [ITEM]
    assert portfolio.items_for(CUPS) == ()
    # the same code in another unit is another criterion
    assert portfolio.items_for(CriterionRef("T/503/0342", "1.1")) == ()


def test_a_criterion_without_evidence_and_standing_has_nothing_yet() -> None:
    assert Portfolio().status(TEA) == Status(Standing.NOTHING)
    assert Portfolio().status(TEA).words == "nothing yet"


@pytest.mark.parametrize("statuses", [{}, {TEA: Status(Standing.NOTHING)}])
def test_a_piece_of_evidence_alone_means_gathering(statuses: dict[CriterionRef, Status]) -> None:
    portfolio = Portfolio(statuses, (item(refs=[TEA, KITCHEN]),))
    assert portfolio.status(TEA) == Status(Standing.GATHERING)
    assert portfolio.status(KITCHEN).words == "gathering"
    assert portfolio.status(CUPS) == Status(Standing.NOTHING)


def test_nothing_yet_is_not_to_be_chosen_where_there_is_evidence() -> None:
    portfolio = Portfolio({TEA: Status(Standing.NOTHING)}, (item(refs=[TEA]),))
    assert portfolio.choices(TEA) == (Standing.GATHERING, Standing.READY)
    assert portfolio.choices(CUPS) == (Standing.NOTHING, Standing.GATHERING, Standing.READY)


@pytest.mark.parametrize("items", [(), (item(),)])
@pytest.mark.parametrize(
    ("status", "words"),
    [
        (Status(Standing.GATHERING), "gathering"),
        (Status(Standing.READY), "ready for the assessor"),
        (
            Status(Standing.CONFIRMED, "Pat Lee", date(2026, 11, 1)),
            "confirmed by Pat Lee on 1 November 2026",
        ),
    ],
)
def test_a_standing_that_was_set_counts_with_evidence_and_without(
    status: Status, words: str, items: Sequence[EvidenceItem]
) -> None:
    portfolio = Portfolio({TEA: status}, items)
    assert portfolio.status(TEA) == status
    assert portfolio.status(TEA).words == words
    assert portfolio.status(CUPS) == Status(Standing.NOTHING)


@pytest.mark.parametrize("on", [date(2026, 11, 1), TODAY])
def test_a_confirmation_holds_the_assessor_and_the_date_that_were_typed_in(on: date) -> None:
    assert make_confirmation("  Pat   Lee ", on, TODAY) == Status(Standing.CONFIRMED, "Pat Lee", on)


@pytest.mark.parametrize(
    ("assessor", "on", "message"),
    [
        ("", date(2026, 11, 1), "Type the name of the assessor who confirmed it."),
        (" \t", None, "Type the name of the assessor who confirmed it."),
        ("Pat", None, "Give the date on which the assessor confirmed it."),
        (
            "Pat",
            date(2026, 11, 23),
            "23 November 2026 is still to come. Give the date on which it was confirmed.",
        ),
        ("x" * 201, TODAY, "The assessor's name is 201 characters long; 200 is the most."),
    ],
)
def test_a_confirmation_without_name_or_date_or_in_the_future_is_refused(
    assessor: str, on: date | None, message: str
) -> None:
    with pytest.raises(EntryRefused) as refused:
        make_confirmation(assessor, on, TODAY)
    assert str(refused.value) == message


def test_an_own_words_answer_becomes_a_draft_of_the_learners_own_account() -> None:
    draft = own_words_draft(SAM, TEA, "Describe how tea is made", " We boil water.\nThen we wait. ", TODAY)
    assert draft == EvidenceItem(
        id=draft.id,
        title="In my own words: 1.1 Describe how tea is made",
        type="RA",
        reference="",
        kept_where="In Headset, under Study",
        dated=TODAY,
        note="We boil water.\nThen we wait.",
        refs=(TEA,),
        draft=True,
    )


def test_drafts_are_the_same_piece_only_for_the_same_learner_and_criterion() -> None:
    def draft_id(learner: UUID, ref: CriterionRef, text: str = "one", today: date = TODAY) -> UUID:
        return own_words_draft(learner, ref, "Describe tea", text, today).id

    first = draft_id(SAM, TEA)
    assert draft_id(SAM, TEA, "two", date(2026, 12, 1)) == first
    same_code = CriterionRef("T/503/0342", "1.1")
    assert len({first, draft_id(SAM, CUPS), draft_id(SAM, same_code), draft_id(SUE, TEA)}) == 4


def test_a_draft_with_a_long_title_is_cut_to_what_a_title_may_hold() -> None:
    title = own_words_draft(SAM, TEA, "x" * 300, "We boil water.", TODAY).title
    assert title == "In my own words: 1.1 " + "x" * 179
    assert len(title) == 200


def test_the_default_types_are_those_of_the_specification() -> None:
    assert [entry.code for entry in DEFAULT_TYPES] == [
        "O", "Q&A", "P", "RA", "S", "PD", "A", "WT", "EPW", "RPL",
    ]  # fmt: skip
    assert make_types([(entry.code, entry.meaning) for entry in DEFAULT_TYPES]) == DEFAULT_TYPES


def test_types_are_trimmed_kept_in_order_and_empty_lines_left_out() -> None:
    assert make_types([(" WP ", "  a  work\tproduct "), ("", " "), ("Q&A", "asked")]) == (
        EvidenceType("WP", "a work product"),
        EvidenceType("Q&A", "asked"),
    )


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        ([], "Keep at least one type of evidence."),
        ([("", ""), (" ", "\t")], "Keep at least one type of evidence."),
        ([("O", " ")], "A type needs a code and a meaning; “O” has only one of them."),
        ([("", "watched  at work")], "A type needs a code and a meaning; “watched at work” has only one of them."),
        ([("PRODUCT", "a product")], "The code “PRODUCT” is too long; 6 characters are the most."),
        ([("Wt", "one"), ("P", "two"), (" WT ", "three")], "The code “WT” is there twice. Give each type a code of its own."),
        ([("O", "x" * 201)], "The meaning is 201 characters long; 200 is the most."),
    ],
)  # fmt: skip
def test_a_list_of_types_that_cannot_be_used_is_refused(rows: list[tuple[str, str]], message: str) -> None:
    with pytest.raises(EntryRefused) as refused:
        make_types(rows)
    assert str(refused.value) == message


def test_a_code_of_six_characters_is_taken() -> None:
    assert make_types([("ABCDEF", "six")]) == (EvidenceType("ABCDEF", "six"),)


def test_a_control_character_pasted_into_a_text_is_left_out() -> None:
    made = make_item(
        UUID(int=7), title="Bell\x07 note", type_code="P", reference="\x001", kept_where="", dated=None,
        note="one\ntwo\x1b", refs=[CriterionRef("L/601/7638", "1.1")],
    )  # fmt: skip
    assert (made.title, made.reference, made.note) == ("Bell note", "1", "one\ntwo")


def test_a_criterion_given_twice_is_served_once() -> None:
    ref = CriterionRef("L/601/7638", "1.1")
    made = make_item(
        UUID(int=7), title="Notes", type_code="P", reference="", kept_where="", dated=None, note="", refs=[ref, ref],
    )  # fmt: skip
    assert made.refs == (ref,)


def test_evidence_for_a_unit_with_outcomes_is_kept_for_its_criteria() -> None:
    kind = OutcomeKind.KNOWLEDGE
    outcomes = (
        OutcomeOutline(1, kind, "tea", (CriterionOutline(TEA, "Know", "tea", kind),)),
        OutcomeOutline(2, kind, "cups", (CriterionOutline(CUPS, "Know", "cups", kind),)),
    )
    assert tracked(UnitOutline("L/601/7638", "Making Tea", 2, 4, 32, outcomes, taught=True)) == outcomes


def test_evidence_for_a_unit_listed_by_its_title_only_is_kept_for_the_whole_unit() -> None:
    kind = OutcomeKind.COMPETENCE
    whole = CriterionOutline(
        CriterionRef("H11S 04", "0.0"), "Show", "what the unit asks for as a whole", kind
    )
    assert tracked(UnitOutline("H11S 04", "Washing Up", None, None, None, (), taught=False)) == (
        OutcomeOutline(0, kind, "the unit as a whole", (whole,)),
    )
    assert whole.title == "Show what the unit asks for as a whole"


@pytest.mark.parametrize(
    ("code", "name"), [("0.0", "whole unit"), ("1.1", "1.1"), ("1.10", "1.10"), ("10.0", "10.0")]
)
def test_a_place_is_called_by_its_code_or_the_whole_unit(code: str, name: str) -> None:
    assert place_name(CriterionRef("H11S 04", code)) == name


def test_the_code_of_a_whole_unit_is_one_that_can_be_stored_and_sorted_before_all_others() -> None:
    assert WHOLE_UNIT == "0.0"
    made = item(refs=[CriterionRef("L/601/7638", "1.1"), CriterionRef("L/601/7638", WHOLE_UNIT)])
    assert [str(ref) for ref in made.refs] == ["L6017638-0.0", "L6017638-1.1"]
