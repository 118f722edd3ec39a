"""Ways to finish a plan: counts and shortest plans, held against checkers written here rule by rule."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from itertools import chain, combinations, product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from literal_units import CERTIFICATE, DIPLOMA, LEVEL_1, LEVEL_2, LEVEL_3, UNITS

from quiz.errors import NoPlan, NotInQualification
from quiz.syllabus import Pack, check_plan, count_plans, suggest

Plan = frozenset[str]

CERTIFICATE_MANDATORY = frozenset(CERTIFICATE["Mandatory"])
CERTIFICATE_OPTIONAL = [*CERTIFICATE["Level 2"], *CERTIFICATE["Level 3"]]
BARRED = [
    {"Y/503/0365", "T/503/0373"},
    {"L/503/0377", "F/503/0389"},
    {"M/503/0386", "J/503/0393"},
]
MANDATORY = {
    "btec2-cco": CERTIFICATE_MANDATORY,
    "iq-l2-pcco": CERTIFICATE_MANDATORY,
    "nvq1-cco": frozenset(LEVEL_1["A"]),
    "nvq2-cco": frozenset(LEVEL_2["A"]),
    "nvq3-cco": frozenset(LEVEL_3["A"]),
    "btec2-dip-cs": frozenset(DIPLOMA["Mandatory"]),
}


def credits(units: Iterable[str]) -> int:
    return sum(UNITS[unit].credit for unit in units)


def credits_at(level: int, units: Iterable[str]) -> int:
    return sum(UNITS[unit].credit for unit in units if UNITS[unit].level == level)


def hours(units: Iterable[str]) -> int:
    return sum(UNITS[unit].hours for unit in units)


def certificate_is_complete(plan: Plan) -> bool:
    return (
        plan >= CERTIFICATE_MANDATORY
        and credits(plan) >= 13
        and credits(plan.intersection(CERTIFICATE_OPTIONAL)) >= 6
        and credits_at(2, plan) >= 10
        and not any(pair <= plan for pair in BARRED)
    )


def level_1_is_complete(plan: Plan) -> bool:
    b, c, ict = (plan.intersection(LEVEL_1[name]) for name in ("B", "C", "ICT"))
    return (
        plan.issuperset(LEVEL_1["A"])
        and credits(plan) >= 21
        and credits_at(1, plan) >= 11
        and credits(b) >= 6
        and credits(b | c | ict) >= 6 + 9
        and len(ict) <= 2
    )


def level_2_is_complete(plan: Plan) -> bool:
    b, c1, c3 = (plan.intersection(LEVEL_2[name]) for name in ("B", "C1", "C3"))
    ict = [plan.intersection(LEVEL_2[f"C2 IT{number}"]) for number in (1, 2, 3, 4)]
    c = c1.union(c3, *ict)
    return (
        plan.issuperset(LEVEL_2["A"])
        and credits(plan) >= 28
        and credits_at(2, plan) >= 15
        and 12 <= credits(b) <= 12 + 10
        and credits(c) <= 10
        and credits(c1) <= 10
        and sum(map(len, ict)) <= 2
        and all(len(part) <= 1 for part in ict)
        and len(c3) <= 1
        and credits(b | c) >= 12 + 10
        and not {"A/502/4378", "F/502/4379"} <= plan
    )


def level_3_is_complete(plan: Plan) -> bool:
    b, c = (plan.intersection(LEVEL_3[name]) for name in ("B", "C"))
    return (
        plan.issuperset(LEVEL_3["A"])
        and credits(plan) >= 42
        and credits_at(3, plan) >= 23
        and 21 <= credits(b) <= 21 + 15
        and credits(c) <= 15
        and credits(b | c) >= 21 + 15
        and not {"J/502/4397", "L/601/1225"} <= plan
    )


def diploma_is_complete(plan: Plan) -> bool:
    b, c, d = (plan.intersection(DIPLOMA[name]) for name in ("B", "C", "D"))
    return (
        plan.issuperset(DIPLOMA["Mandatory"])
        and credits(plan) >= 45
        and credits(b) >= 3
        and credits(c) >= 16
        and credits(d) <= 7
        and credits(b | c | d) >= 3 + 16 + 7
    )


def every_plan(mandatory: Collection[str], optional: Collection[str]) -> list[Plan]:
    """Return the mandatory units with each set of optional ones."""
    sets = chain.from_iterable(combinations(optional, size) for size in range(len(optional) + 1))
    return [frozenset((*mandatory, *chosen)) for chosen in sets]


CERTIFICATE_PLANS = every_plan(CERTIFICATE_MANDATORY, CERTIFICATE_OPTIONAL)
COMPLETE_CERTIFICATES = [plan for plan in CERTIFICATE_PLANS if certificate_is_complete(plan)]


@pytest.fixture(scope="module")
def complete_level_1() -> list[Plan]:
    optional = [*LEVEL_1["B"], *LEVEL_1["C"], *LEVEL_1["ICT"]]
    plans = every_plan(LEVEL_1["A"], optional)
    assert len(plans) == 2**17
    return [plan for plan in plans if level_1_is_complete(plan)]


# Every plan of the two certificates, one by one.


@pytest.mark.parametrize("key", ["btec2-cco", "iq-l2-pcco"])
def test_each_of_the_256_choices_of_the_certificates_is_judged_as_the_printed_rules_say(
    shipped_pack: Pack, key: str
) -> None:
    qualification = shipped_pack.qualifications[key]
    assert len(CERTIFICATE_PLANS) == 256
    judged = [check_plan(qualification, shipped_pack.outlines, plan).valid for plan in CERTIFICATE_PLANS]
    assert judged == [certificate_is_complete(plan) for plan in CERTIFICATE_PLANS]


@pytest.mark.parametrize("key", ["btec2-cco", "iq-l2-pcco"])
def test_there_are_73_ways_to_make_up_the_certificate(shipped_pack: Pack, key: str) -> None:
    assert len(COMPLETE_CERTIFICATES) == 73
    assert count_plans(shipped_pack.qualifications[key], shipped_pack.outlines, ()) == 73


@given(
    key=st.sampled_from(["btec2-cco", "iq-l2-pcco"]),
    ticked=st.sets(st.sampled_from([*CERTIFICATE_OPTIONAL, *CERTIFICATE["Mandatory"]]), max_size=5),
)
@settings(max_examples=120)
def test_the_ways_left_and_the_shortest_of_them_are_those_found_by_trying_all(
    shipped_pack: Pack, key: str, ticked: set[str]
) -> None:
    qualification = shipped_pack.qualifications[key]
    ways = [plan for plan in COMPLETE_CERTIFICATES if plan >= ticked]
    assert count_plans(qualification, shipped_pack.outlines, ticked) == len(ways)
    if not ways:
        with pytest.raises(NoPlan):
            suggest(qualification, shipped_pack.outlines, ticked)
        return
    found = suggest(qualification, shipped_pack.outlines, ticked)
    assert frozenset(found.units) in ways
    assert set(found.added) == set(found.units) - ticked - CERTIFICATE_MANDATORY
    assert (found.hours, len(found.units)) == min((hours(plan), len(plan)) for plan in ways)


# Every plan of Level 1, one by one.


def test_there_are_72421_ways_to_make_up_level_1(shipped_pack: Pack, complete_level_1: list[Plan]) -> None:
    assert len(complete_level_1) == 72421
    assert count_plans(shipped_pack.qualifications["nvq1-cco"], shipped_pack.outlines, ()) == 72421


@pytest.mark.parametrize(
    "ticked",
    [
        ["F/503/0361"],
        ["T/503/0342", "D/503/0352", "A/502/4395"],
        ["Y/502/4291", "T/502/4296"],
        ["J/502/8577", "J/502/8580", "R/601/1548"],
        ["F/503/0361", "Y/503/0382", "F/503/0392", "D/503/0402", "J/503/0412"],
        ["R/601/1209", "F/601/1609", "M/601/1508", "T/601/1509", "A/502/4378", "J/502/4299"],
    ],
)
def test_the_ways_to_finish_level_1_and_the_shortest_of_them_are_those_found_by_trying_all(
    shipped_pack: Pack, complete_level_1: list[Plan], ticked: list[str]
) -> None:
    qualification = shipped_pack.qualifications["nvq1-cco"]
    ways = [plan for plan in complete_level_1 if plan.issuperset(ticked)]
    assert 0 < len(ways) < 72421 or set(ticked) <= set(LEVEL_1["A"])
    assert count_plans(qualification, shipped_pack.outlines, ticked) == len(ways)
    found = suggest(qualification, shipped_pack.outlines, ticked)
    assert frozenset(found.units) in ways
    assert (found.hours, len(found.units)) == min((hours(plan), len(plan)) for plan in ways)


def test_with_three_it_units_there_is_no_way_to_finish_level_1(
    shipped_pack: Pack, complete_level_1: list[Plan]
) -> None:
    ticked = ["Y/502/4291", "T/502/4296", "J/502/4299"]
    assert not any(plan.issuperset(ticked) for plan in complete_level_1)
    assert count_plans(shipped_pack.qualifications["nvq1-cco"], shipped_pack.outlines, ticked) == 0


# The larger qualifications, counted group by group: credits and credits at the level, with the number of
# choices that make them and the fewest hours among those.

Sums = dict[tuple[int, int], tuple[int, int]]
NOTHING: Sums = {(0, 0): (1, 0)}


def either(choices: Iterable[Sums]) -> Sums:
    found: Sums = {}
    for choice in choices:
        for sums, (number, fewest) in choice.items():
            known, shortest = found.get(sums, (0, fewest))
            found[sums] = (known + number, min(shortest, fewest))
    return found


def both(left: Sums, right: Sums) -> Sums:
    return either(
        {(credit + more, level + higher): (number * times, fewest + extra)}
        for (credit, level), (number, fewest) in left.items()
        for (more, higher), (times, extra) in right.items()
    )


def taken(unit: str, level: int) -> Sums:
    facts = UNITS[unit]
    return {(facts.credit, facts.credit if facts.level == level else 0): (1, facts.hours)}


def any_of(units: Iterable[str], level: int) -> Sums:
    found = NOTHING
    for unit in units:
        found = both(found, either([NOTHING, taken(unit, level)]))
    return found


def all_of(units: Iterable[str], level: int) -> Sums:
    found = NOTHING
    for unit in units:
        found = both(found, taken(unit, level))
    return found


def at_most_one_of(units: Iterable[str], level: int) -> Sums:
    return either([NOTHING, *(taken(unit, level) for unit in units)])


def kept(sums: Sums, least: int, most: int = 10**6, at_level: int = 0) -> Sums:
    return {
        (credit, level): value
        for (credit, level), value in sums.items()
        if least <= credit <= most and level >= at_level
    }


def total(sums: Sums) -> tuple[int, int]:
    """Return how many choices there are and the fewest hours of any."""
    return sum(number for number, _ in sums.values()), min(fewest for _, fewest in sums.values())


def level_1_by_groups() -> Sums:
    pairs = chain.from_iterable(combinations(LEVEL_1["ICT"], size) for size in (0, 1, 2))
    ict = either(all_of(pair, 1) for pair in pairs)
    b = kept(any_of(LEVEL_1["B"], 1), 6)
    rest = kept(both(both(b, any_of(LEVEL_1["C"], 1)), ict), 6 + 9)
    return kept(both(all_of(LEVEL_1["A"], 1), rest), 21, at_level=11)


def level_2_by_groups() -> Sums:
    it = [LEVEL_2[f"C2 IT{number}"] for number in (1, 2, 3, 4)]
    of_two_parts = [pair for first, second in combinations(it, 2) for pair in product(first, second)]
    c2 = either(
        [
            NOTHING,
            *(taken(unit, 2) for part in it for unit in part),
            *(all_of(pair, 2) for pair in of_two_parts),
        ]
    )
    c1 = kept(any_of(LEVEL_2["C1"], 2), 0, 10)
    c = kept(both(both(c1, c2), at_most_one_of(LEVEL_2["C3"], 2)), 0, 10)
    rest = kept(both(kept(any_of(LEVEL_2["B"], 2), 12, 22), c), 12 + 10)
    return kept(both(all_of(LEVEL_2["A"], 2), rest), 28, at_level=15)


def level_3_by_groups() -> Sums:
    either_or = ["J/502/4397", "L/601/1225"]
    others = any_of([unit for unit in LEVEL_3["C"] if unit not in either_or], 3)
    c = kept(both(others, at_most_one_of(either_or, 3)), 0, 15)
    rest = kept(both(kept(any_of(LEVEL_3["B"], 3), 21, 36), c), 21 + 15)
    return kept(both(all_of(LEVEL_3["A"], 3), rest), 42, at_level=23)


def diploma_by_groups() -> Sums:
    b, c = kept(any_of(DIPLOMA["B"], 2), 3), kept(any_of(DIPLOMA["C"], 2), 16)
    rest = kept(both(both(b, c), kept(any_of(DIPLOMA["D"], 2), 0, 7)), 3 + 16 + 7)
    return kept(both(all_of(DIPLOMA["Mandatory"], 2), rest), 45)


@pytest.mark.parametrize(
    ("key", "by_groups", "ways", "fewest"),
    [
        ("nvq1-cco", level_1_by_groups, 72421, 67),
        ("nvq2-cco", level_2_by_groups, 102711, 93),
        ("nvq3-cco", level_3_by_groups, 57084597, 100),
        ("btec2-dip-cs", diploma_by_groups, 67418986, 245),
    ],
)
def test_the_ways_to_make_up_a_qualification_and_its_fewest_hours_are_those_counted_group_by_group(
    shipped_pack: Pack, key: str, by_groups: Callable[[], Sums], ways: int, fewest: int
) -> None:
    qualification = shipped_pack.qualifications[key]
    assert total(by_groups()) == (ways, fewest)
    assert count_plans(qualification, shipped_pack.outlines, ()) == ways
    assert suggest(qualification, shipped_pack.outlines, ()).hours == fewest


# Random plans: most lie a few units away from a plan that is complete, so that rules break one at a time.

NVQ_AND_DIPLOMA: dict[str, tuple[dict[str, list[str]], Callable[[Plan], bool], str]] = {
    "nvq1-cco": (
        LEVEL_1,
        level_1_is_complete,
        "F/503/0361 D/503/0402 R/601/1209 A/502/4395",
    ),
    "nvq2-cco": (
        LEVEL_2,
        level_2_is_complete,
        "J/503/0362 L/503/0413 H/503/0403 K/503/0385 T/502/4296 D/502/4292 L/601/1225",
    ),
    "nvq3-cco": (
        LEVEL_3,
        level_3_is_complete,
        "R/503/0364 T/503/0406 M/503/0355 L/503/0427 T/503/0387 T/502/8641 R/600/9685 T/601/1574",
    ),
    "btec2-dip-cs": (
        DIPLOMA,
        diploma_is_complete,
        "T/506/2126 H/506/2154 L/506/2133 T/506/2143 Y/506/2149 R/506/2151 D/506/2170 L/506/1807 L/503/0394",
    ),
}  # fmt: skip


@pytest.mark.parametrize("key", NVQ_AND_DIPLOMA)
def test_the_plan_that_the_random_ones_are_made_from_is_complete(shipped_pack: Pack, key: str) -> None:
    _, is_complete, near = NVQ_AND_DIPLOMA[key]
    assert is_complete(MANDATORY[key].union(near.split()))
    assert check_plan(shipped_pack.qualifications[key], shipped_pack.outlines, near.split()).valid is True


@pytest.mark.parametrize("key", NVQ_AND_DIPLOMA)
@given(data=st.data())
@settings(max_examples=120)
def test_any_plan_is_judged_as_the_printed_rules_say(
    shipped_pack: Pack, key: str, data: st.DataObject
) -> None:
    groups, is_complete, near = NVQ_AND_DIPLOMA[key]
    optional = st.sampled_from(sorted(set().union(*groups.values())))
    changed = data.draw(st.sets(optional, max_size=4) | st.sets(optional))
    plan = frozenset(near.split()) ^ changed | MANDATORY[key]
    check = check_plan(shipped_pack.qualifications[key], shipped_pack.outlines, plan)
    assert check.valid is is_complete(plan)
    assert (check.valid, check.broken == ()) in [(True, True), (False, False)]
    assert (check.credits, check.hours) == (credits(plan), hours(plan))
    assert check.credits_by_level == {
        level: credits_at(level, plan) for level in sorted({UNITS[unit].level for unit in plan})
    }


@pytest.mark.parametrize("key", NVQ_AND_DIPLOMA)
@given(data=st.data())
@settings(max_examples=20)
def test_a_suggestion_is_complete_and_holds_what_is_ticked(
    shipped_pack: Pack, key: str, data: st.DataObject
) -> None:
    groups, is_complete, _ = NVQ_AND_DIPLOMA[key]
    ticked = data.draw(st.sets(st.sampled_from(sorted(set().union(*groups.values()))), max_size=4))
    qualification = shipped_pack.qualifications[key]
    ways = count_plans(qualification, shipped_pack.outlines, ticked)
    assert ways is not None
    if ways == 0:
        with pytest.raises(NoPlan):
            suggest(qualification, shipped_pack.outlines, ticked)
        return
    found = suggest(qualification, shipped_pack.outlines, ticked)
    plan = frozenset(found.units)
    assert is_complete(plan)
    assert plan == ticked | set(found.added) | MANDATORY[key]
    assert not set(found.added) & (ticked | MANDATORY[key])
    assert found.hours == hours(plan) >= suggest(qualification, shipped_pack.outlines, ()).hours


@pytest.mark.parametrize(
    ("key", "fewest"),
    [
        ("btec2-cco", 93),
        ("iq-l2-pcco", 93),
        ("nvq1-cco", 67),
        ("nvq2-cco", 93),
        ("nvq3-cco", 100),
        ("btec2-dip-cs", 245),
    ],
)
def test_the_fewest_hours_of_each_qualification(shipped_pack: Pack, key: str, fewest: int) -> None:
    qualification = shipped_pack.qualifications[key]
    found = suggest(qualification, shipped_pack.outlines, ())
    assert found.hours == fewest
    assert check_plan(qualification, shipped_pack.outlines, found.units).valid is True
    assert check_plan(qualification, shipped_pack.outlines, found.units).hours == fewest


def test_each_unit_that_is_ticked_leaves_no_more_ways_than_there_were(shipped_pack: Pack) -> None:
    qualification = shipped_pack.qualifications["nvq3-cco"]
    ticked: list[str] = []
    left = [count_plans(qualification, shipped_pack.outlines, ticked)]
    for unit in ["M/503/0355", "L/503/0430", "K/503/0418", "T/503/0387", "D/503/0352", "D/601/1553"]:
        ticked.append(unit)
        left.append(count_plans(qualification, shipped_pack.outlines, ticked))
    assert left == sorted(left, key=lambda ways: -(ways or 0))
    assert left[4] == left[5]  # D/503/0352 is mandatory: ticking it changes nothing


def test_units_that_cannot_be_taken_together_leave_no_plan_and_are_named(shipped_pack: Pack) -> None:
    certificate = shipped_pack.qualifications["btec2-cco"]
    ticked = ["Y/503/0365", "T/503/0373"]
    assert count_plans(certificate, shipped_pack.outlines, ticked) == 0
    with pytest.raises(NoPlan) as error:
        suggest(certificate, shipped_pack.outlines, ticked)
    assert str(error.value) == (
        "No valid plan holds all of the ticked units. 204 and 304 cannot be taken together."
    )


def test_units_that_only_leave_too_little_room_leave_no_plan(shipped_pack: Pack) -> None:
    # 35 credits of group B and 11 of group C, none at level 3: at most 5 of the 23 can still be added.
    diploma = shipped_pack.qualifications["nvq3-cco"]
    ticked = [
        "A/503/0388", "H/503/0398", "T/503/0406", "L/503/0427", "K/503/0421", "L/503/0394", "L/601/1225", "R/601/1548",
    ]  # fmt: skip
    assert check_plan(diploma, shipped_pack.outlines, ticked).conflicts == ()
    assert count_plans(diploma, shipped_pack.outlines, ticked) == 0
    with pytest.raises(NoPlan) as error:
        suggest(diploma, shipped_pack.outlines, ticked)
    assert str(error.value) == ("No valid plan holds all of the ticked units. Take one away and try again.")


@pytest.mark.parametrize(
    ("key", "title", "unit"),
    [
        ("sqa-svq2-cco", "SVQ 2 in Contact Centre Operations at SCQF level 5", "H11S 04"),
        ("sqa-svq3-cco", "SVQ 3 in Contact Centre Operations at SCQF level 6", "H12A 04"),
    ],
)
def test_where_no_rules_are_stated_nothing_is_counted_or_suggested(
    shipped_pack: Pack, key: str, title: str, unit: str
) -> None:
    qualification = shipped_pack.qualifications[key]
    for ticked in ([], [unit]):
        assert count_plans(qualification, shipped_pack.outlines, ticked) is None
        with pytest.raises(NoPlan) as error:
            suggest(qualification, shipped_pack.outlines, ticked)
        assert str(error.value) == f"The document states no rules for “{title}”, so nothing can be suggested."


def test_a_unit_of_another_qualification_is_refused_when_counting_and_suggesting(shipped_pack: Pack) -> None:
    certificate = shipped_pack.qualifications["btec2-cco"]
    for ask in (count_plans, suggest):
        with pytest.raises(NotInQualification):
            ask(certificate, shipped_pack.outlines, ["T/503/0342"])
