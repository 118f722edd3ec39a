"""Every rule of the style finds what it is for: one that a new Streamlit leaves without its elements is noticed."""

from collections.abc import Callable

from chapters import CHAPTERS
from walking import Seen

NOT_WALKED_THROUGH = {
    '.stApp[data-test-script-state="running"] [data-testid="stHeader"]::after': "while a page runs",
    '[data-stale="true"]': "while a page runs",
    "i.cell.none": "a unit in which some criteria are begun and others are not",
}


def test_every_rule_finds_something_in_some_state(shown: Callable[[str], list[Seen]]) -> None:
    found: dict[str, bool] = {}
    for chapter in CHAPTERS:
        for seen in shown(chapter):
            for selector, finds in seen["rules"].items():
                found[selector] = found.get(selector, False) or finds
    assert len(found) > 200
    assert sorted(selector for selector, finds in found.items() if not finds) == sorted(NOT_WALKED_THROUGH)
