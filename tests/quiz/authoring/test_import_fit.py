"""What of a document fits a unit we have, what is left to settle, where both differ, and the door `--attach`."""

from __future__ import annotations

from pathlib import Path

import pytest
from literal_specification import CRITERIA, FACTS, ROWS, page, read, unit_of

from quiz.authoring.__main__ import main
from quiz.authoring.importing import Difference, Fitting, ImportRefused, differences, fit
from quiz.syllabus import (
    CriterionOutline,
    CriterionRef,
    OutcomeKind,
    OutcomeOutline,
    Pack,
    SlipEntry,
    UnitOutline,
    read_official,
)

KEY = "M/701/2345"
VERBS = {"1.1": "Describe", "1.2": "List", "1.3": "Explain", "2.1": "Warm", "2.2": "Pour"}


def tea_room(title: str = "Keep a tea room", level: int | None = 2, **verbs: str) -> UnitOutline:
    """Return our outline of the made-up unit; `c12="Name"` gives criterion 1.2 another command."""
    told = VERBS | {f"{name[1]}.{name[2]}": verb for name, verb in verbs.items()}
    outcomes = tuple(
        OutcomeOutline(
            number,
            OutcomeKind.KNOWLEDGE,
            "tea",
            tuple(
                CriterionOutline(CriterionRef(KEY, code), verb, "something of tea", OutcomeKind.KNOWLEDGE)
                for code, verb in told.items()
                if code.startswith(str(number))
            ),
        )
        for number in (1, 2)
    )
    return UnitOutline(KEY, title, level, 9, 61, outcomes, taught=False)


def fitting_of(text: str, ours: UnitOutline | None = None) -> Fitting:
    (one,) = fit(read(text), {KEY: ours or tea_room()}).units
    return one


def test_a_clean_unit_is_sure_in_every_criterion() -> None:
    one = fitting_of(page())
    assert one.open == ()
    assert one.wording("tea.txt").criteria == CRITERIA
    assert one.wording("tea.txt").source == "tea.txt"


def test_a_criterion_whose_code_was_supplied_is_to_settle_and_its_reading_is_the_only_choice() -> None:
    one = fitting_of(page(ROWS.replace("1.2\t", "\t")))
    (doubt,) = one.open
    assert (doubt.code, doubt.line, doubt.candidates) == (
        "1.2",
        21,
        ("List the tools that a tea room needs",),
    )
    assert doubt.why == ("no code is printed; read as 1.2, the codes around it leave only this one",)


def test_what_is_not_settled_is_left_out_and_what_is_chosen_stands() -> None:
    one = fitting_of(page(ROWS.replace("1.2\t", "\t")))
    assert list(one.wording("tea.txt").criteria) == ["1.1", "1.3", "2.1", "2.2"]
    chosen = one.wording("tea.txt", {"1.2": "List the tools that a tea room needs"})
    assert list(chosen.criteria.items()) == list(CRITERIA.items())


def test_what_is_not_among_the_readings_cannot_be_chosen() -> None:
    one = fitting_of(page(ROWS.replace("1.2\t", "\t")))
    with pytest.raises(
        ImportRefused, match=r"^M/701/2345, 1\.2: choose one of the readings that are listed\.$"
    ):
        one.wording("tea.txt", {"1.2": "Something else"})
    with pytest.raises(ImportRefused):
        one.wording("tea.txt", {"1.1": CRITERIA["1.1"]})


def test_another_command_than_ours_is_never_attached_without_a_person() -> None:
    one = fitting_of(page(), tea_room(c13="Evaluate"))
    (doubt,) = one.open
    assert doubt.code == "1.3"
    assert doubt.why == ("its command is “Explain”; in Headset's catalogue it is “Evaluate”",)
    assert "1.3" not in one.wording("tea.txt").criteria


def test_codes_that_we_do_not_have_have_no_place() -> None:
    rows = ROWS + "\t\t2.3\tClear the table when guests have left\t\t\t\n"
    assert list(fitting_of(page(rows)).wording("tea.txt").criteria) == list(CRITERIA)


def test_units_are_found_by_their_reference_alone() -> None:
    found = fit(read(page()), {})
    assert found.units == ()
    assert [(unit.key, why) for unit, why in found.others] == [(KEY, "not in Headset's catalogue")]


def test_one_reference_on_two_units_attaches_neither() -> None:
    text = page() + "\n\n" + page(title="Unit 8: Keep a Bakery")
    found = fit(read(text), {KEY: tea_room()})
    assert found.units == ()
    assert [why for _, why in found.others] == ["the document gives its reference to two units"] * 2


def test_a_unit_known_by_its_title_only_takes_no_wording() -> None:
    ours = UnitOutline(KEY, "Keep a tea room", None, None, None, (), taught=False)
    assert [why for _, why in fit(read(page()), {KEY: ours}).others] == [
        "Headset knows this unit by its title only"
    ]


def test_a_unit_that_says_the_same_has_no_difference() -> None:
    assert differences(unit_of(page()), tea_room("Keep a Tea-Room"), ()) == ()


def test_every_fact_that_differs_is_listed_in_order() -> None:
    facts = FACTS.replace("Credit value: 9", "Credit value: 8").replace("61", "60")
    rows = ROWS.replace("\t\t2.3", "").replace("\t\t1.3\tExplain why water is drawn fresh\t\t\t\n", "")
    unit = unit_of(page(rows + "\t\t2.3\tClear the table at the end\t\t\t\n", facts=facts))
    assert differences(unit, tea_room("Keep a café", 3, c21="Heat"), ()) == (
        Difference(KEY, "title", "Keep a Tea Room", "Keep a café"),
        Difference(KEY, "level", "2", "3"),
        Difference(KEY, "credit", "8", "9"),
        Difference(KEY, "hours", "60", "61"),
        Difference(KEY, "criterion 1.3", "not found", "Explain"),
        Difference(KEY, "command of 2.1", "Warm", "Heat"),
        Difference(KEY, "criterion 2.3", "Clear", "not in the catalogue"),
    )


def test_a_number_of_criteria_that_differs_is_listed() -> None:
    unit = unit_of(page(ROWS + "\t\t2.3\tClear the table at the end\t\t\t\n"))
    assert differences(unit, tea_room(), ())[0] == Difference(KEY, "number of criteria", "6", "5")


def test_a_figure_that_one_side_does_not_state_is_no_difference() -> None:
    assert differences(unit_of(page()), tea_room(level=None), ()) == ()


def test_known_slips_are_named_beside_the_fact_they_are_about_and_no_other() -> None:
    slips = (
        SlipEntry(
            id="T1", about="The credit value is printed as 8.", read_as="9, as elsewhere.", units=(KEY,)
        ),
        SlipEntry(
            id="T2", about="2.1 is printed oddly.", read_as="Heat, as it was.", criteria=(f"{KEY} 2.1",)
        ),
    )
    unit = unit_of(page(facts=FACTS.replace("Credit value: 9", "Credit value: 8").replace("61", "60")))
    assert differences(unit, tea_room(c21="Heat", c22="Spill"), slips) == (
        Difference(KEY, "credit", "8", "9", "9, as elsewhere."),
        Difference(KEY, "hours", "60", "61"),
        Difference(KEY, "command of 2.1", "Warm", "Heat", "Heat, as it was."),
        Difference(KEY, "command of 2.2", "Pour", "Spill"),
    )


def test_a_criterion_that_is_not_found_is_explained_by_a_slip_that_names_its_code() -> None:
    slips = (
        SlipEntry(
            id="T1", about="1.3 is lost but for its end.", read_as="As in the twin unit.", units=(KEY,)
        ),
        SlipEntry(id="T2", about="11.3 and 1.30 are lost.", read_as="Nothing.", units=(KEY,)),
        SlipEntry(id="T3", about="Outcome 1 is printed oddly.", read_as="Nothing.", criteria=(f"{KEY} 1",)),
    )
    unit = unit_of(page(ROWS.replace("\t\t1.3\tExplain why water is drawn fresh\t\t\t\n", "")))
    assert differences(unit, tea_room(), slips) == (
        Difference(KEY, "number of criteria", "4", "5", "As in the twin unit."),
        Difference(KEY, "criterion 1.3", "not found", "Explain", "As in the twin unit."),
    )


def test_a_slip_about_a_table_for_a_level_does_not_explain_a_level() -> None:
    slips = (SlipEntry(id="T1", about="The Level 2 table lacks it.", read_as="Nothing.", units=(KEY,)),)
    assert differences(unit_of(page()), tea_room(level=3), slips) == (Difference(KEY, "level", "2", "3"),)


def ours(pack: Pack) -> str:
    """Return a made-up document on a unit that is shipped: its codes and commands, and words of our own."""
    unit = pack.outlines["L/601/7638"]
    rows = "".join(
        f"{outcome.number if at == 0 else ''}\t{'Know tea' if at == 0 else ''}\t{criterion.ref.code}\t"
        f"{criterion.verb} the tea of cup {criterion.ref.code.replace('.', ' and ')}\t\t\t\n"
        for outcome in unit.outcomes
        for at, criterion in enumerate(outcome.criteria)
    )
    facts = f"Unit reference number: {unit.key}\n\nLevel: 2\n\nCredit value: {unit.credit}\n\nGuided learning hours: {unit.glh}\n"
    return page(rows, title=f"Unit 3: {unit.title}", facts=facts)


def test_the_door_attaches_what_is_sure_to_a_data_folder(
    shipped_pack: Pack, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    document = tmp_path / "cups.txt"
    document.write_text(ours(shipped_pack).replace("\t1.2\t", "\t\t", 1), encoding="utf-8")
    assert main(["import-spec", str(document), "--attach", str(tmp_path / "data")]) == 0
    assert capsys.readouterr().err == (
        "Attached to 1 unit, 23 criteria; 1 criterion left out, to settle on the Import page.\n"
    )
    wording = read_official(tmp_path / "data" / "wording.json")
    assert wording.optional_text(CriterionRef("L/601/7638", "1.1")) is not None
    assert wording.optional_text(CriterionRef("L/601/7638", "1.2")) is None
    assert wording.units["L/601/7638"].source == "cups.txt"


def test_the_door_attaches_nothing_where_no_unit_is_ours(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    document = tmp_path / "tea.txt"
    document.write_text(page(), encoding="utf-8")
    assert main(["import-spec", str(document), "--attach", str(tmp_path / "data")]) == 1
    assert "Headset has none of these units" in capsys.readouterr().err
    assert not (tmp_path / "data").exists()
