"""One small question of each type, about tea."""

from __future__ import annotations

from typing import Any

from quiz.questions import (
    Matching,
    MatchPair,
    MultipleResponse,
    Option,
    Ordering,
    OrderStep,
    QuestionHead,
    SingleChoice,
    SortCase,
    Sorting,
)


def head(**changes: Any) -> QuestionHead:
    """Return the head of a written practice question of criterion 1.1."""
    about = {
        "id": "L6017638-1.1-01",
        "family": "L6017638-1.1-01",
        "origin": "written",
        "unit": "L/601/7638",
        "criterion": "1.1",
        "level": "apply",
        "basis": "both",
        "use": "practice",
    }
    return QuestionHead(**{**about, **changes})


def option(key: str, text: str, right: bool = False) -> Option:
    """Return an option with an explanation."""
    return Option(key=key, text=text, right=right, why=f"About {text}.")


def single_choice(**changes: Any) -> SingleChoice:
    """Return a single choice of four options, `a` right; changes go to its head."""
    return SingleChoice(
        head=head(**changes),
        stem="The brew is too weak. What helps?",
        options=(
            option("a", "more leaves", right=True),
            option("b", "more milk"),
            option("c", "a bigger cup"),
            option("d", "a clean spoon"),
        ),
    )


MULTIPLE_RESPONSE = MultipleResponse(
    head=head(),
    stem="Choose two things that go into a teapot.",
    options=(
        option("a", "hot water", right=True),
        option("b", "dry leaves", right=True),
        option("c", "cold soup"),
        option("d", "wet gravel"),
    ),
)

MATCHING = Matching(
    head=head(),
    stem="Match each tool with what it does.",
    pairs=(
        MatchPair(key="k", left="kettle", right="heats water", why="Water is boiled in it."),
        MatchPair(key="c", left="caddy", right="stores leaves", why="It keeps them dry."),
        MatchPair(key="s", left="strainer", right="holds leaves back", why="It has fine holes."),
        MatchPair(key="t", left="timer", right="counts minutes", why="Tea draws for four."),
    ),
    right_order=("t", "k", "s", "c"),
)

ORDERING = Ordering(
    head=head(),
    stem="Making a pot of tea: put these steps in order.",
    steps=(
        OrderStep(key="p", text="pour the water", place=3, why="Leaves wait for it."),
        OrderStep(key="b", text="boil the water", place=1, why="All begins with it."),
        OrderStep(key="d", text="let it draw", place=4, why="Four minutes."),
        OrderStep(key="a", text="add the leaves", place=2, why="Into the warm pot."),
    ),
)

SORTING = Sorting(
    head=head(),
    stem="Sort these under the right heading.",
    classes={"Black": "tea that was oxidised", "Green": "tea that was steamed"},
    cases=(
        SortCase(key="a", text="Assam", belongs="Black", why="It is malty."),
        SortCase(key="d", text="Darjeeling", belongs="Black", why="It is flowery."),
        SortCase(key="s", text="Sencha", belongs="Green", why="It is grassy."),
        SortCase(key="m", text="Matcha", belongs="Green", why="It is ground."),
    ),
)

ONE_OF_EACH = (single_choice(), MULTIPLE_RESPONSE, MATCHING, ORDERING, SORTING)
