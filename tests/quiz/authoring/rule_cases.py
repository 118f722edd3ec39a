"""Edits of the clean pack: for each rule those that break it, and those that only look as if they did."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import clean_pack
from clean_pack import pieces, single_choice

Edit = Callable[[dict[str, Any]], None]


def put(*path: str | int, value: Any) -> Edit:
    """Return an edit that puts a value at a place of the file."""

    def edit(data: dict[str, Any]) -> None:
        target: Any = data
        for step in path[:-1]:
            target = target[step]
        target[path[-1]] = value

    return edit


def both(*edits: Edit) -> Edit:
    """Return an edit that does all of these."""

    def edit(data: dict[str, Any]) -> None:
        for one in edits:
            one(data)

    return edit


def add_question(**parts: Any) -> Edit:
    """Return an edit that adds a written question with these parts."""

    def edit(data: dict[str, Any]) -> None:
        question = single_choice(9, "Where does the pot stand at four?", "a", "b", "c", "d")
        del question["options"]
        data["questions"].append({**question, **parts})

    return edit


def ask(stem: str, right: str = "the oldest leaves", *wrong: str) -> Edit:
    """Return an edit that puts a single choice in place of the first question."""
    others = wrong or ("a stale biscuit", "one silver spoon", "some pink sugar")
    return put("questions", 0, value=single_choice(1, stem, right, *others))


def why(text: str) -> Edit:
    return put("questions", 0, "options", 0, "why", value=text)


def stem(text: str) -> Edit:
    return put("questions", 0, "stem", value=text)


def block(data: dict[str, Any]) -> Edit:
    return put("knowledge", 0, value=data)


def members(first: list[str], others: list[str]) -> Edit:
    return block({**clean_pack.members(), "members": pieces(*first), "others": pieces(*others)})


def onscreen(unit: dict[str, Any]) -> None:
    unit["assessment"] = "onscreen_test"


def multiple(*texts: str, right: int) -> dict[str, Any]:
    return {
        "type": "multiple_response",
        "options": [
            {"text": text, "why": f"That is what {text} does.", "right": place < right}
            for place, text in enumerate(texts)
        ],
    }


MATCHING: dict[str, Any] = {"type": "matching", "pairs": clean_pack.pairs()["pairs"][:3]}
SORTING: dict[str, Any] = {
    "type": "sorting",
    "classes": {"hot": "warm to the hand", "cold": "cool to the hand"},
    "cases": [
        {"text": "soup", "class": "hot", "why": "It comes off the stove."},
        {"text": "stew", "class": "hot", "why": "It comes off the stove."},
        {"text": "ice", "class": "cold", "why": "It comes out of the freezer."},
    ],
}
OCTOBER = put("law", 0, "valid_to", value="2026-10-01")
EVEN = ["hot water", "dry leaves", "cut ginger", "mint stalks"]

FAULTS: dict[str, list[Edit]] = {
    "note-length": [put("note", value="Short.\n"), put("note", value="Tea takes time. " * 120)],
    "few-terms": [lambda data: data["terms"].pop()],
    "few-blocks": [lambda data: data["knowledge"].pop()],
    "few-kinds": [
        put("knowledge", value=[{**clean_pack.pairs(), "id": name} for name in ("one", "two", "three")])
    ],
    "block-size": [
        members(EVEN[:3], ["cold soup", "wet gravel", "oat flakes", "soap powder"]),
        lambda data: data["knowledge"][1]["cases"].pop(),
        lambda data: data["knowledge"][2]["pairs"].pop(),
        block({**clean_pack.terms(), "terms": clean_pack.terms()["terms"][:5]}),
        block({**clean_pack.reasons(), "weak": pieces("the pot looks clean")}),
        block({**clean_pack.sequence(), "steps": pieces("boil the water", "pour it")}),
    ],
    "few-questions": [lambda data: data["questions"].pop()],
    "few-apply": [
        both(*(put("questions", at, "level", value="remember") for at in range(1, 6))),
    ],
    "checklist-length": [
        put("own_words", "checklist", value=["water", "leaves"]),
        put("own_words", "checklist", value=list("abcdefg")),
    ],
    "long-label": [put("label", value="how a good strong pot of tea gets made")],
    "long-element": [put("covers", "brewing", "leaves", value="the dry leaves of tea plants")],
    "uncovered-element": [put("covers", "brewing", "water", value="hot water")],
    "small-reach": [
        put("knowledge", value=[{**clean_pack.sequence(), "id": name} for name in ("one", "two", "three")])
    ],
    "copied-wording": [
        stem("Who may boil fresh water and pour it?"),
        put("own_words", "model_answer", value="We wait.\nWe boil Fresh Water, and pour it.\n"),
        put("knowledge", 0, "ask", value="people who boil fresh water and pour it"),
    ],
    "expired": [OCTOBER],
    "expires-soon": [
        put("law", 0, "valid_to", value="2026-11-22"),
        put("law", 0, "valid_to", value="2027-01-21"),
    ],
    "unbalanced-block": [
        members(
            ["hot water", "dry leaf", "cut root", "mint leaf"],
            ["cold pea soup", "wet gravel", "oat flakes", "soap powder"],
        ),
        put("knowledge", 1, "cases", 0, "text", value="a deep red brew that stands for a long time"),
    ],
    "longest-on-one-side": [
        members(
            ["hot water!", "dry leaves", "cut ginger", "mint stalk"],
            ["pea soups", "wet stone", "oat flake", "soap bars"],
        ),
    ],
    "one-sided-absolutes": [
        members(
            ["hot water", "dry leaves", "cut ginger", "mint stalks"],
            ["all soup", "every gravel", "oat flakes", "soap powder"],
        )
    ],
    "one-sided-hedges": [
        members(
            ["hot water", "dry leaves", "often mint", "some ginger"],
            ["cold soup", "wet gravel", "oat flakes", "soap powder"],
        )
    ],
    "repeated-piece": [
        members(EVEN, ["cold soup", "Hot  water.", "oat flakes", "soap powder"]),
        put("knowledge", 2, "pairs", 0, "right", value="holds leaves"),
        put("knowledge", 2, "pairs", 0, "left", value="caddy"),
        block({**clean_pack.sequence(), "steps": pieces("fill", "boil it", "pour it", "wait", "Fill")}),
        put("knowledge", 1, "cases", 0, "text", value="a strong Assam"),
        block(
            {**clean_pack.terms(), "terms": [*clean_pack.terms()["terms"], clean_pack.terms()["terms"][0]]}
        ),
    ],
    "uneven-answers": [
        put("knowledge", 2, "pairs", 0, "right", value="heats water for a whole room full of guests"),
        block(
            {
                **clean_pack.terms(),
                "terms": [
                    *clean_pack.terms()["terms"],
                    {"term": "hob", "means": "fire", "why": "It heats what stands on it."},
                ],
            }
        ),
    ],
    "option-count": [
        lambda data: data["questions"][0]["options"].pop(0),
        put("questions", 0, "options", 0, "right", value=True),
        put("questions", 0, "options", 3, "right", value=False),
        add_question(**multiple("milk", "lemon", "sand", "soap", right=1)),
        add_question(**multiple("milk", "lemon", "honey", "soap", right=3)),
        add_question(**multiple("milk", "lemon", "sand", right=2)),
    ],
    "repeated-option": [
        put("questions", 0, "options", 0, "text", value="More leaves."),
        add_question(**multiple("milk", "lemon", "sand", "Milk", right=2)),
    ],
    "near-repeat": [
        ask(
            "What is poured first?",
            "the water from the kettle",
            "the waters from the kettle",
            "a splash of milk",
            "lumps of sugar",
        ),
    ],
    "conspicuous-option": [
        ask("What is poured first?", "water that has just been boiled", "cold milk", "honey", "lemon")
    ],
    "ragged-options": [
        ask("What is poured first?", "cold milk", "a long stream of warm honey", "water", "juice"),
        add_question(**multiple("milk", "lemon", "sand", "the powder used for washing cups", right=2)),
    ],
    "absolutes-in-distractors": [
        ask(
            "When is milk added?",
            "once the tea has drawn",
            "always before the tea",
            "only after the sugar",
            "at four in the day",
        )
    ],
    "hedge-in-right": [
        ask(
            "When is milk added?",
            "often at the very end",
            "before the tea is in",
            "after the sugar is in",
            "at four in the day",
        )
    ],
    "few-parts": [
        add_question(type="ordering", steps=pieces("boil", "pour")),
        add_question(type="matching", pairs=MATCHING["pairs"][:2]),
        add_question(**{**SORTING, "cases": SORTING["cases"][:2]}),
        add_question(**{**SORTING, "classes": {"hot": "warm", "cold": "cool", "dry": "not wet"}}),
        add_question(**{**SORTING, "classes": {"hot": "warm"}, "cases": SORTING["cases"][:2]}),
    ],
    "repeated-part": [
        add_question(type="ordering", steps=pieces("boil", "pour", "Boil")),
        add_question(type="matching", pairs=[*MATCHING["pairs"], MATCHING["pairs"][0]]),
        add_question(**{**SORTING, "cases": [*SORTING["cases"], SORTING["cases"][0]]}),
    ],
    "repeats-explanation": [
        lambda data: data["questions"][0]["options"][2].update(
            text="a very clean spoon", why="A very clean spoon."
        )
    ],
    "forbidden-phrase": [
        ask(
            "What goes into a pot?",
            "all of the above",
            "fresh tea leaves",
            "a bit of ginger",
            "some clean water",
        ),
        ask("What goes into a pot?", "None of these", "fresh tea", "some ginger", "clean water"),
        ask("What goes into a pot?", "both A and B", "fresh tea", "some ginger", "clean water"),
    ],
    "empty-stem": [
        stem("Which of these is true?"),
        stem("{agent} makes tea. Which of the following statements is correct?"),
        stem("Which statement is right?"),
    ],
    "negative-stem": [
        stem("Which of these is not a kind of tea?"),
        stem("What should {agent} never do with a pot?"),
        stem("All of these brew well except which one?"),
        stem("Four guests wait. Which cup isn't clean?"),
        stem("Which of these is least likely to please a guest?"),
    ],
    "gendered-pronoun": [
        stem("{agent} says that he wants tea. What helps?"),
        both(stem("{customer} waits. What helps?"), why("Her tea gets no stronger.")),
        members([*EVEN[:3], "his {colleague}"], ["cold soup", "wet gravel", "oat flakes", "soap powder"]),
    ],
    "repeated-stem": [stem("Which fault gives a scum on top")],
    "near-repeated-stem": [stem("Which faults give a scum on top?")],
    "american-spelling": [
        stem("Which color has the tea?"),
        put("note", value="Organize the tea.\n" * 60),
        put("label", value="how a training program is made"),
        why("An apology is what one apologizes with."),
    ],
    "unknown-placeholder": [
        stem("{Agent} finds the brew too weak. What helps?"),
        stem("{barista} finds the brew too weak. What helps?"),
        stem("{agent finds the brew too weak. What helps?"),
        put("note", value="Tea for {agent} is made with care.\n" * 30),
    ],
    "real-phone-number": [
        stem("{agent} rings 0161 555 0123. What helps?"),
        stem("{agent} rings 0800 1111 222. What helps?"),
        stem("{agent} rings +44 7911 123456. What helps?"),
    ],
    "thin-explanation": [
        why("Not so."),
        why("Incorrect, since milk thins it."),
        why("Wrong: milk thins it."),
    ],
    "names-position": [
        why("Unlike option A it thins the brew."),
        why("The first option is what helps."),
        why("See answer B for a better way."),
        why("It is weaker than the above."),
        why("B is right, since milk thins it."),
        put("knowledge", 0, "others", 0, "why", value="The last answer says what soup is."),
    ],
}

UNIT_FAULTS: dict[str, list[Edit]] = {
    "still-drafted": [put("drafted", value=True)],
    "missing-criterion": [
        put("outcomes", value=[{"number": 1, "label": "how tea is made", "criteria": ["1.1", "1.2"]}])
    ],
    "uncovered-topic": [
        put("topics", value={**clean_pack.UNIT["topics"], "serving": {"outcome": 1, "name": "serving"}})
    ],
    "long-outcome-label": [
        put(
            "outcomes",
            value=[
                {
                    "number": 1,
                    "label": "how and why and when and where and for whom tea is made",
                    "criteria": ["1.1"],
                }
            ],
        )
    ],
    "copied-wording": [put("why", value="Learners boil fresh water and pour it.")],
    "few-single-choice": [onscreen],
    "few-test-questions": [onscreen],
}

NEAR_MISSES: dict[str, list[Edit]] = {
    "note-length": [put("note", value="Tea. " * 150), put("note", value="Tea. " * 350)],
    "long-label": [put("label", value="how a good strong pot of tea is")],
    "copied-wording": [
        stem("Who may boil fresh water and stir it?"),
        put("own_words", "demands", value="Name the Fair Trade in Tea and Coffee Act 1999 (FTTCA)."),
        put("own_words", "demands", value="Name the Fair Trade in Tea and Coffee Act."),
        put(
            "own_words",
            "prompt",
            value="What is Principles of Making and Serving Tea in a Busy Office Kitchen?",
        ),
    ],
    "expired": [put("law", 0, "valid_to", value="2026-11-22")],
    "expires-soon": [put("law", 0, "valid_to", value="2027-01-22"), OCTOBER],
    "unbalanced-block": [
        members(
            ["cold water", "dry leaves", "cut ginger", "mint leaves"],
            ["pea soup!", "wet stone", "oat flake", "soap bars"],
        )
    ],
    "longest-on-one-side": [
        members(
            ["hot waters", "dry leaves", "cut ginger", "mint stem"],
            ["pea soups!", "wet stone", "oat flake", "soap bar"],
        )
    ],
    "one-sided-absolutes": [
        members(EVEN, ["all soup", "wet gravel", "oat flakes", "soap powder"]),
        members(
            ["all water", "dry leaves", "cut ginger", "mint stalks"],
            ["all soup", "every gravel", "oat flakes", "soap powder"],
        ),
    ],
    "one-sided-hedges": [members(EVEN, ["some soup", "wet gravel", "oat flakes", "soap powder"])],
    "uneven-answers": [put("knowledge", 2, "pairs", 0, "right", value="heats water for a big pot")],
    "option-count": [
        add_question(**multiple("milk", "lemon", "sand", "soap", right=2)),
        add_question(**multiple("milk", "lemon", "honey", "soap", "sand", "clay", right=3)),
    ],
    "near-repeat": [
        ask(
            "How long does it draw?",
            "12 minutes by the clock",
            "13 minutes by the clock",
            "one day",
            "a week",
        )
    ],
    "conspicuous-option": [
        ask("What is poured first?", "the boiled water", "cold milk", "honey", "lemon"),
        ask(
            "What is poured first?",
            "cold milk",
            "water that has just been boiled",
            "a lot of honey",
            "some lemon",
        ),
    ],
    "ragged-options": [ask("What is poured first?", "cold milk", "a stream of honey", "water", "juice")],
    "absolutes-in-distractors": [
        ask(
            "When is milk added?",
            "once tea has drawn",
            "always before it",
            "after the sugar",
            "at four a day",
        ),
        ask(
            "When is milk added?", "only once it draws", "always before it", "never after it", "at four a day"
        ),
    ],
    "hedge-in-right": [
        ask(
            "When is milk added?",
            "often at the end",
            "often at the start",
            "after the sugar",
            "at four a day",
        )
    ],
    "few-parts": [
        add_question(type="ordering", steps=pieces("boil", "pour", "wait")),
        add_question(**MATCHING),
        add_question(**SORTING),
    ],
    "forbidden-phrase": [
        ask(
            "What does {agent} tidy?",
            "all of the shelves",
            "the shelf above",
            "both big pots",
            "none but the tin",
        )
    ],
    "empty-stem": [
        stem("Which of these is true of Assam?"),
        stem("Which statement about green tea is right?"),
    ],
    "negative-stem": [
        stem("Which of these is NOT a kind of tea?"),
        stem("{agent} does not like milk. What suits?"),
        stem("Which cup shows that the pot was not clean?"),
        stem("What does {company} risk by not cleaning?"),
        stem("Where is it noted so that it is not missed?"),
        stem("A guest who is not sure asks. What helps?"),
        stem("What is the least that {agent} has to pour?"),
    ],
    "gendered-pronoun": [
        stem("A guest says that she wants tea. What helps?"),
        stem("{agent} has their tea there. What helps?"),
        stem("{agent} hears “he likes it” from a guest. What helps?"),
    ],
    "near-repeated-stem": [stem("Which fault gives a bitter taste?")],
    "american-spelling": [
        stem("Which program counts the minutes?"),
        why("The size of a prize is what capsizes it."),
        why("Citizens seize what organisations realise."),
    ],
    "real-phone-number": [
        stem("{agent} rings 01632 960123. What helps?"),
        stem("{agent} rings 020 7946 0123. What helps?"),
        stem("{agent} rings +44 7700 900 123. What helps?"),
        stem("{agent} rings 999 at 09:30 on 22 November 2026. What helps?"),
    ],
    "thin-explanation": [why("Milk thins it."), why("It is wrong to add milk.")],
    "names-position": [
        why("An answer a caller likes is short."),
        why("It is the first choice of many."),
        why("It says what the above-ground shoots do."),
    ],
}
