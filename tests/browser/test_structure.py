"""What a screen reader finds on every page and in every state: landmarks, headings, names, what is announced."""

import re
from collections import Counter
from collections.abc import Callable, Iterator

import pytest
from chapters import CHAPTERS, TYPE_NAMES
from playwright.sync_api import Browser
from walking import Seen, walking

Shown = Callable[[str], list[Seen]]
# Begun at the other end than in the modules beside this one: processes that run beside each other share the walk.
BACKWARDS = tuple(reversed(CHAPTERS))
MENU = ["navigation", "App pages"]

FAULTY = """<!doctype html><html><head><title></title></head><body>
<h2>Tea</h2><h4>Green</h4><button></button><button>Pour</button><button>Pour</button></body></html>"""


def headings_out_of_order(seen: Seen) -> list[str]:
    """Return the headings that leave a level out, or come before the first."""
    found, before = [], 0
    for level, words in seen["structure"]["headings"]:
        if level > before + 1:
            found.append(f"h{before} to h{level}: {words}")
        before = level
    return found


def nameless(seen: Seen) -> list[str]:
    """Return the controls without a name."""
    return [f"{role} in {within}" for role, name, within, _, _ in seen["structure"]["controls"] if not name]


def mistakable(seen: Seen, known: set[str]) -> list[str]:
    """Return the controls that have the same name, heading and group as another, unless they lead to the same."""
    told = {
        (role, name, within, section, address or str(place))
        for place, (role, name, within, section, address) in enumerate(seen["structure"]["controls"])
        if (role, name) not in known and name not in known
    }
    found = Counter((role, name, within, section) for role, name, within, section, _ in told)
    return [
        f"{role} “{name}” under “{section}”" for (role, name, _, section), times in found.items() if times > 1
    ]


def first_levels(seen: Seen) -> list[str]:
    return [words for level, words in seen["structure"]["headings"] if level == 1]


@pytest.fixture
def streamlits_names(shown: Shown) -> set[str]:
    """Return what Streamlit itself calls the small parts of its elements."""
    named = {name for seen in shown("bare") for _, name, _, _, _ in seen["structure"]["controls"]}
    return named & {
        "Open", "Clear all", "Increment", "Decrement", "Choose date", "Download as CSV", "Search", "Fullscreen",
        "Show/hide columns",
    }  # fmt: skip


@pytest.mark.parametrize("chapter", BACKWARDS)
def test_every_state_has_one_first_heading_and_leaves_no_level_out(chapter: str, shown: Shown) -> None:
    several = {s["state"]: first_levels(s) for s in shown(chapter) if len(first_levels(s)) != 1}
    assert several == {}
    gaps = {s["state"]: gaps for s in shown(chapter) if (gaps := headings_out_of_order(s))}
    assert gaps == {}


@pytest.mark.parametrize("chapter", BACKWARDS)
def test_every_state_has_a_title_of_its_page_a_language_and_one_main_part(chapter: str, shown: Shown) -> None:
    for seen in shown(chapter):
        state, found = seen["state"], seen["structure"]
        assert re.fullmatch(r"\S.* · Headset", found["title"]), state
        assert found["language"] in {"en", "en-GB"}, state
        roles = Counter(role for role, _ in found["landmarks"])
        assert roles["main"] == 1, state
        assert roles["banner"] <= 1, state
        named = [name for role, name in found["landmarks"] if role == "navigation"]
        assert len(named) == len(set(named)), state
        assert all(named), state


@pytest.mark.parametrize("chapter", BACKWARDS)
def test_every_control_has_a_name_that_no_other_below_its_heading_has(
    chapter: str, shown: Shown, streamlits_names: set[str]
) -> None:
    assert {s["state"]: found for s in shown(chapter) if (found := nameless(s))} == {}
    assert {s["state"]: found for s in shown(chapter) if (found := mistakable(s, streamlits_names))} == {}


@pytest.mark.parametrize("chapter", BACKWARDS)
def test_every_picture_has_a_heading_words_and_a_table(chapter: str, shown: Shown) -> None:
    lacking = {
        seen["state"]: chart
        for seen in shown(chapter)
        for chart in seen["structure"]["charts"]
        if not (chart["heading"] and len(chart["words"]) > 20 and chart["table"])
    }
    assert lacking == {}


def test_pictures_were_seen(shown: Shown) -> None:
    drawn = Counter(
        s["state"] for s in [*shown("learner"), *shown("tutor")] for _ in s["structure"]["charts"]
    )
    assert {"progress", "progress?unit=203", "portfolio", "group progress"} <= set(drawn)


def states(seen: list[Seen], beginning: str) -> Iterator[Seen]:
    found = [state for state in seen if state["state"].startswith(beginning)]
    assert found, beginning
    yield from found


@pytest.mark.parametrize("kind", TYPE_NAMES)
def test_focus_goes_to_the_feedback_after_check_and_to_the_question_after_next(
    kind: str, shown: Shown
) -> None:
    tag, words, place = next(states(shown("practice"), f"feedback shown: {kind}"))["structure"]["focus"]
    assert (tag, place.startswith("st-key-feedback-")) == ("h3", True)
    assert re.search("That is right|Not yet|Partly right", words)
    if kind != TYPE_NAMES[0]:  # on the first the page has just been opened
        tag, words, place = next(states(shown("practice"), f"question open: {kind}"))["structure"]["focus"]
        assert (tag, place.startswith("st-key-question-")) == ("h2", True)


def test_what_went_wrong_and_what_was_sent_is_announced(shown: Shown) -> None:
    for chapter, state, how, words in (
        ("practice", "nothing chosen: single choice", "assertive", "Choose an answer first."),
        ("newcomer", "progress?unit=999, empty", "assertive", "There is no unit “999” here."),
        ("class doors", "door: no such code", "assertive", "Nothing is open under “AAAAAA”."),
        ("class doors", "door: wrong passcode", "assertive", "That is not the passcode."),
        ("class lesson", "phone: sent", "polite", "Sent"),
        ("learner", "plan", "polite", "credits"),
    ):
        live = next(states(shown(chapter), state))["structure"]["live"]
        assert [entry for entry in live if entry[0] == how and words in entry[1]], state


def test_the_navigator_says_in_words_what_each_question_is(shown: Shown) -> None:
    def numbers(state: str) -> list[str]:
        controls = next(states(shown("test"), state))["structure"]["controls"]
        return [
            name for role, name, within, _, _ in controls if (role, within[:9]) == ("button", "Questions")
        ]

    assert numbers("test running") == [f"Question {n}, not answered" for n in range(1, 41)]
    assert numbers("test running, answered and flagged")[:2] == [
        "Question 1, answered, flagged",
        "Question 2, not answered",
    ]


def test_faults_of_structure_would_be_found(browser: Browser) -> None:
    with walking(browser) as walker:
        walker.page.goto("about:blank")
        walker.page.set_content(FAULTY)
        walker.look("faulty")
    seen = walker.seen[0]
    assert first_levels(seen) == []
    assert headings_out_of_order(seen) == ["h0 to h2: Tea", "h2 to h4: Green"]
    assert nameless(seen) == ["button in "]
    assert mistakable(seen, set()) == ["button “Pour” under “Green”"]
    assert (seen["structure"]["title"], seen["structure"]["language"]) == ("", "")
