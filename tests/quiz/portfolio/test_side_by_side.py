"""Practice and portfolio side by side: four facts about each criterion, and neither side moves the other."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any, Literal
from uuid import UUID

import literal_packs as packs
import pytest

from quiz.portfolio import (
    CriterionStanding,
    EvidenceItem,
    Portfolio,
    Standing,
    Status,
    UnitStanding,
    make_item,
    own_words_draft,
    side_by_side,
)
from quiz.progress import Mastery, State
from quiz.syllabus import CriterionOutline, CriterionRef, OutcomeKind, OutcomeOutline, Pack, UnitOutline
from quiz.syllabus.outline import CriterionLink, UnitLinks

TEA = packs.unit_of([packs.criterion("1.1"), packs.criterion("1.10"), packs.criterion("2.1")], {1: 2, 2: 1})
KITCHEN = "T/503/0342"


def outline(key: str, *codes: str) -> UnitOutline:
    kind = OutcomeKind.KNOWLEDGE
    criteria = tuple(CriterionOutline(CriterionRef(key, code), "Know", f"tea {code}", kind) for code in codes)
    return UnitOutline(key, "A unit", 2, 4, 30, (OutcomeOutline(1, kind, "tea", criteria),), taught=False)


def link(code: str, how: Literal["same", "partly"], *to: str) -> CriterionLink:
    return CriterionLink(
        code=code, to=tuple(f"{packs.UNIT} {target}" for target in to), how=how, by="headset"
    )


PACK = Pack(
    {},
    {TEA.key: TEA},
    "0" * 16,
    links={
        KITCHEN: UnitLinks(
            unit=KITCHEN,
            standard=None,
            annexe_c=(),
            read_as=(),
            criteria=(
                link("1.1", "same", "1.1", "1.10"),
                link("1.2", "partly", "1.1"),
                link("1.3", "same", "1.10"),
                link("1.3", "partly", "2.1"),
            ),
        )
    },
)
"""A taught unit, and a kitchen whose 1.1 it teaches in full, 1.2 in part, 1.3 in both ways, 1.4 not at all."""

TEA_OUTLINE = outline(packs.UNIT, "1.1", "1.10", "2.1")
KITCHEN_OUTLINE = outline(KITCHEN, "1.1", "1.2", "1.3", "1.4")


def practised(**codes: tuple[int, State]) -> dict[CriterionRef, Mastery]:
    """Return mastery of the taught criteria; `c1_10` names 1.10, and what is not named has no answer."""
    stated = {"c1_1": (0, State.NOT_STARTED), "c1_10": (0, State.NOT_STARTED), "c2_1": (0, State.NOT_STARTED)}
    found: dict[CriterionRef, Mastery] = {}
    for name, (answers, state) in {**stated, **codes}.items():
        ref = CriterionRef(packs.UNIT, name[1:].replace("_", "."))
        found[ref] = Mastery(ref, 0.8, 0.6, 0.9, answers, 1, None, state)
    return found


def item(*refs: CriterionRef, number: int = 1) -> EvidenceItem:
    return make_item(
        UUID(int=number), title="Email", type_code="P", reference="", kept_where="", dated=None, note="", refs=refs
    )  # fmt: skip


def draft(ref: CriterionRef) -> EvidenceItem:
    return own_words_draft(UUID(int=99), ref, "Know tea", "We boil water.", date(2026, 11, 1))


def kitchen(code: str) -> CriterionRef:
    return CriterionRef(KITCHEN, code)


def row(standing: UnitStanding, code: str) -> CriterionStanding:
    return next(entry for entry in standing.criteria if entry.criterion.ref.code == code)


def practice_facts(standing: UnitStanding) -> list[tuple[int, bool, bool]]:
    return [(entry.answers, entry.practised, entry.secure) for entry in standing.criteria]


def portfolio_facts(standing: UnitStanding) -> list[tuple[int, bool, bool, str]]:
    return [(entry.items, entry.gathered, entry.confirmed, entry.status.words) for entry in standing.criteria]


SECURE, LEARNING = (9, State.SECURE), (6, State.LEARNING)
CONFIRMED = Status(Standing.CONFIRMED, "Pat", date(2026, 11, 1))
MASTERIES: list[dict[str, Any]] = [
    {},
    {"c1_1": LEARNING},
    {"c1_1": SECURE, "c1_10": SECURE, "c2_1": SECURE},
]
PORTFOLIOS = [
    Portfolio(),
    Portfolio(items=(item(kitchen("1.1"), kitchen("1.4")),)),
    Portfolio({kitchen(code): CONFIRMED for code in ("1.1", "1.2", "1.3", "1.4")}),
]


def test_with_neither_answers_nor_evidence_every_fact_is_no() -> None:
    standing = side_by_side(PACK, KITCHEN_OUTLINE, {}, Portfolio())
    assert standing.unit is KITCHEN_OUTLINE
    assert [entry.criterion for entry in standing.criteria] == list(KITCHEN_OUTLINE.criteria)
    assert practice_facts(standing) == [(0, False, False)] * 4
    assert portfolio_facts(standing) == [(0, False, False, "nothing yet")] * 4
    assert standing.counts == (0, 0, 0, 0)


@pytest.mark.parametrize("portfolio", PORTFOLIOS)
def test_a_portfolio_never_changes_what_practice_shows(portfolio: Portfolio) -> None:
    for mastery in MASTERIES:
        known = practised(**mastery)
        bare = side_by_side(PACK, KITCHEN_OUTLINE, known, Portfolio())
        assert practice_facts(side_by_side(PACK, KITCHEN_OUTLINE, known, portfolio)) == practice_facts(bare)
    assert (
        practice_facts(side_by_side(PACK, KITCHEN_OUTLINE, practised(), portfolio)) == [(0, False, False)] * 4
    )


@pytest.mark.parametrize("mastery", MASTERIES)
def test_practice_never_changes_what_the_portfolio_holds(mastery: dict[str, Any]) -> None:
    for portfolio in PORTFOLIOS:
        bare = side_by_side(PACK, KITCHEN_OUTLINE, {}, portfolio)
        assert portfolio_facts(
            side_by_side(PACK, KITCHEN_OUTLINE, practised(**mastery), portfolio)
        ) == portfolio_facts(bare)
    assert (
        portfolio_facts(side_by_side(PACK, KITCHEN_OUTLINE, practised(**mastery), Portfolio()))
        == [(0, False, False, "nothing yet")] * 4
    )


def test_the_criteria_of_a_taught_unit_show_their_own_answers() -> None:
    mastery = practised(c1_1=SECURE, c1_10=(4, State.NOT_ENOUGH))
    standing = side_by_side(PACK, TEA_OUTLINE, mastery, Portfolio())
    assert practice_facts(standing) == [(9, True, True), (4, True, False), (0, False, False)]
    assert [entry.taught for entry in standing.criteria] == [True, True, True]
    assert standing.counts == (2, 1, 0, 0)


@pytest.mark.parametrize(
    ("state", "secure"),
    [
        (State.NOT_ENOUGH, False),
        (State.LEARNING, False),
        (State.SECURE, True),
        (State.SLIPPING, False),
    ],
)
def test_only_a_likely_secure_criterion_counts_as_secure(state: State, secure: bool) -> None:
    standing = side_by_side(PACK, TEA_OUTLINE, practised(c1_1=(8, state)), Portfolio())
    assert (row(standing, "1.1").practised, row(standing, "1.1").secure) == (True, secure)


def test_answers_to_linked_criteria_are_added_up() -> None:
    mastery = practised(c1_1=(3, State.NOT_ENOUGH), c1_10=(4, State.NOT_ENOUGH), c2_1=(5, State.LEARNING))
    standing = side_by_side(PACK, KITCHEN_OUTLINE, mastery, Portfolio())
    assert [(entry.answers, entry.practised) for entry in standing.criteria] == [
        (7, True),
        (3, True),
        (9, True),
        (0, False),
    ]


def test_an_answer_to_any_linked_criterion_counts_as_practised() -> None:
    standing = side_by_side(PACK, KITCHEN_OUTLINE, practised(c2_1=(1, State.NOT_ENOUGH)), Portfolio())
    assert [entry.practised for entry in standing.criteria] == [False, False, True, False]


def test_a_linked_criterion_is_secure_only_when_all_that_teach_it_in_full_are() -> None:
    half = side_by_side(PACK, KITCHEN_OUTLINE, practised(c1_1=SECURE, c1_10=LEARNING), Portfolio())
    assert row(half, "1.1").secure is False
    other_half = side_by_side(PACK, KITCHEN_OUTLINE, practised(c1_1=SECURE), Portfolio())
    assert row(other_half, "1.1").secure is False
    whole = side_by_side(PACK, KITCHEN_OUTLINE, practised(c1_1=SECURE, c1_10=SECURE), Portfolio())
    assert row(whole, "1.1").secure is True


def test_a_criterion_taught_only_partly_is_practised_and_never_secure() -> None:
    standing = side_by_side(PACK, KITCHEN_OUTLINE, practised(c1_1=SECURE), Portfolio())
    assert (row(standing, "1.2").taught, row(standing, "1.2").practised) == (True, True)
    assert row(standing, "1.2").secure is False


@pytest.mark.parametrize("partly", [(0, State.NOT_STARTED), LEARNING, SECURE])
def test_a_link_in_part_beside_one_in_full_does_not_decide(partly: tuple[int, State]) -> None:
    standing = side_by_side(PACK, KITCHEN_OUTLINE, practised(c1_10=SECURE, c2_1=partly), Portfolio())
    assert row(standing, "1.3").secure is True
    standing = side_by_side(PACK, KITCHEN_OUTLINE, practised(c1_10=LEARNING, c2_1=partly), Portfolio())
    assert row(standing, "1.3").secure is False


def test_a_criterion_that_nothing_teaches_can_still_have_its_portfolio() -> None:
    mastery = practised(c1_1=SECURE, c1_10=SECURE, c2_1=SECURE)
    portfolio = Portfolio({kitchen("1.4"): CONFIRMED}, (item(kitchen("1.4")),))
    standing = side_by_side(PACK, KITCHEN_OUTLINE, mastery, portfolio)
    assert [entry.taught for entry in standing.criteria] == [True, True, True, False]
    untaught = row(standing, "1.4")
    assert (untaught.answers, untaught.practised, untaught.secure) == (0, False, False)
    assert (untaught.items, untaught.gathered, untaught.confirmed) == (1, True, True)


@pytest.mark.parametrize(
    ("status", "items", "gathered", "confirmed"),
    [
        (None, 0, False, False),
        (Status(Standing.NOTHING), 0, False, False),
        (Status(Standing.GATHERING), 0, False, False),
        (None, 2, True, False),
        (Status(Standing.GATHERING), 1, True, False),
        (Status(Standing.READY), 0, False, False),
        (Status(Standing.READY), 1, True, False),
        (CONFIRMED, 0, False, True),
        (CONFIRMED, 1, True, True),
    ],
)
@pytest.mark.parametrize("drafts", [0, 1])
def test_gathered_means_a_piece_of_evidence_that_is_no_draft_whatever_the_standing(
    status: Status | None, items: int, gathered: bool, confirmed: bool, drafts: int
) -> None:
    portfolio = Portfolio(
        {kitchen("1.1"): status} if status else {},
        (
            *[draft(kitchen("1.1"))] * drafts,
            *(item(kitchen("1.1"), number=number) for number in range(items)),
        ),
    )
    standing = side_by_side(PACK, KITCHEN_OUTLINE, {}, portfolio)
    entry = row(standing, "1.1")
    assert (entry.items, entry.drafts) == (items, drafts)
    assert (entry.gathered, entry.confirmed) == (gathered, confirmed)
    assert standing.counts == (0, 0, int(gathered), int(confirmed))


def test_a_draft_is_counted_apart_and_only_for_its_own_criterion() -> None:
    portfolio = Portfolio(items=(draft(kitchen("1.2")), item(kitchen("1.1"), kitchen("1.2")), item(kitchen("1.2"), number=2)))  # fmt: skip
    standing = side_by_side(PACK, KITCHEN_OUTLINE, {}, portfolio)
    assert [(entry.items, entry.drafts) for entry in standing.criteria] == [(1, 0), (2, 1), (0, 0), (0, 0)]


def test_evidence_for_a_linked_criterion_stays_with_that_criterion() -> None:
    portfolio = Portfolio(
        {CriterionRef(packs.UNIT, "1.1"): CONFIRMED}, (item(CriterionRef(packs.UNIT, "1.10")),)
    )
    assert side_by_side(PACK, TEA_OUTLINE, {}, portfolio).counts == (0, 0, 1, 1)
    assert side_by_side(PACK, KITCHEN_OUTLINE, {}, portfolio).counts == (0, 0, 0, 0)


def test_the_counts_of_a_unit_are_one_for_each_fact() -> None:
    mastery = practised(c1_1=SECURE, c1_10=SECURE)
    portfolio = Portfolio(
        {kitchen("1.2"): CONFIRMED, kitchen("1.4"): Status(Standing.READY)}, (item(kitchen("1.1")),)
    )
    assert side_by_side(PACK, KITCHEN_OUTLINE, mastery, portfolio).counts == (3, 2, 1, 1)


WASHING_UP = UnitOutline("H11S 04", "Washing Up", None, None, None, (), taught=False)
WHOLE = CriterionRef("H11S 04", "0.0")


def test_a_unit_without_criteria_has_one_row_for_the_whole_unit_and_practice_never_fills_it() -> None:
    assert side_by_side(PACK, WASHING_UP, practised(c1_1=SECURE), Portfolio()) == UnitStanding(
        WASHING_UP,
        (
            CriterionStanding(
                criterion=CriterionOutline(
                    WHOLE, "Show", "what the unit asks for as a whole", OutcomeKind.COMPETENCE
                ),
                taught=False,
                answers=0,
                practised=False,
                secure=False,
                items=0,
                drafts=0,
                status=Status(Standing.NOTHING),
            ),
        ),
    )
    assert side_by_side(PACK, WASHING_UP, {}, Portfolio()).counts == (0, 0, 0, 0)


def test_evidence_and_a_confirmation_can_be_kept_for_a_unit_as_a_whole() -> None:
    portfolio = Portfolio({WHOLE: CONFIRMED}, (item(WHOLE), draft(WHOLE), item(kitchen("1.1"), number=2)))
    standing = side_by_side(PACK, WASHING_UP, {}, portfolio)
    assert portfolio_facts(standing) == [(1, True, True, "confirmed by Pat on 1 November 2026")]
    assert [entry.drafts for entry in standing.criteria] == [1]
    assert standing.counts == (0, 0, 1, 1)


def test_shipped_links_make_a_level_1_criterion_secure_through_the_certificate(shipped_pack: Pack) -> None:
    unit = shipped_pack.outlines["T/503/0342"]
    known = {
        ref: Mastery(ref, 0.9, 0.8, 0.95, 9, 2, None, State.SECURE)
        for ref in (CriterionRef("T/503/0356", "2.3"), CriterionRef("T/503/0356", "1.1"))
    }
    standing = side_by_side(shipped_pack, unit, known, Portfolio())
    # 4.6 is taught in full by 2.3 alone; 4.1 only partly, by 1.1 among others.
    assert (row(standing, "4.6").answers, row(standing, "4.6").secure) == (9, True)
    assert (row(standing, "4.1").answers, row(standing, "4.1").secure) == (9, False)


def test_no_criterion_that_asks_for_doing_is_ever_secure_however_well_all_is_practised(
    shipped_pack: Pack,
) -> None:
    known = {c.ref: Mastery(c.ref, 0.9, 0.8, 0.95, 9, 2, None, State.SECURE) for c in shipped_pack.criteria}
    rows = [
        entry
        for unit in shipped_pack.outlines.values()
        for entry in side_by_side(shipped_pack, unit, known, Portfolio()).criteria
    ]
    doing = [entry for entry in rows if entry.criterion.kind is OutcomeKind.COMPETENCE]
    assert [str(entry.criterion.ref) for entry in doing if entry.secure] == []
    # 3.1 “Identify” asks for doing: answers to what teaches it count as practice and no more.
    linked = next(entry for entry in doing if str(entry.criterion.ref) == "T5030342-3.1")
    assert (linked.taught, linked.answers, linked.practised, linked.secure) == (True, 9, True, False)
    assert any(entry.secure for entry in rows)


def test_no_quiz_shows_that_somebody_can_do_a_thing(shipped_pack: Pack) -> None:
    # K/503/0385 1.1 asks for doing, 4.1 for knowing; here both are linked as if notes taught them in full.
    target = CriterionRef("L/601/7638", "1.1")
    links = UnitLinks(
        unit="K/503/0385",
        standard=None,
        annexe_c=(),
        read_as=(),
        criteria=tuple(
            CriterionLink(code=code, to=("L/601/7638 1.1",), how="same", by="headset")
            for code in ("1.1", "4.1")
        ),
    )
    pack = replace(shipped_pack, links={"K/503/0385": links})
    secure = Mastery(target, 0.95, 0.9, 0.99, 20, 5, None, State.SECURE)
    found = side_by_side(pack, pack.outlines["K/503/0385"], {target: secure}, Portfolio())
    assert {row.criterion.ref.code for row in found.criteria if row.secure} == {"4.1"}
    assert {row.criterion.ref.code for row in found.criteria if row.practised} == {"1.1", "4.1"}
