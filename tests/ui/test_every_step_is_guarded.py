"""Streamlit runs callbacks and parts of a page without the page round them: each goes through the shell's guard."""

import ast
from pathlib import Path

import pytest

from ui.access import Role
from ui.shell import PAGES, PageEntry

ROOT = Path(__file__).resolve().parents[2]
FILES = sorted([*(ROOT / "app_pages").glob("*.py"), *(ROOT / "ui").rglob("*.py")])
CALLBACKS = {"on_click", "on_change", "on_submit", "on_go", "on_expired", "on_select"}
ONLY_THIS_TAB = {"noop", "leave", "review", "_switch_unit", "go"}
"""Callbacks that change nothing but what this tab shows: session state and the address."""


def named(node: ast.expr) -> str:
    return node.id if isinstance(node, ast.Name) else node.attr if isinstance(node, ast.Attribute) else ""


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_every_callback_that_stores_something_is_guarded(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    guarded, plain = set(), {}
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef):
            decorated = any(named(decorator) == "guarded" for decorator in node.decorator_list)
            guarded.add(node.name) if decorated else plain.setdefault(node.name, node)
    for call in (node for node in ast.walk(tree) if isinstance(node, ast.Call)):
        for given in (keyword.value for keyword in call.keywords if keyword.arg in CALLBACKS):
            name = named(given)
            if name in plain and name not in guarded:
                assert name in ONLY_THIS_TAB, f"{path.name}: {name} is a callback without @guarded"
                used = {named(part.func) for part in ast.walk(plain[name]) if isinstance(part, ast.Call)}
                assert "write" not in used, f"{path.name}: {name} stores something"


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_parts_of_a_page_that_draw_themselves_go_through_the_shell(path: Path) -> None:
    if path.name == "shell.py":
        return
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Attribute) and named(node.value) == "st":
            assert node.attr not in {"fragment", "dialog"}, f"{path.name}: use ui.shell.fragment"


def test_a_page_that_names_nobody_is_the_tutors() -> None:
    page = PageEntry("app_pages/new.py", "New", "new")
    assert not page.opens_to(Role.LEARNER)
    assert not page.opens_to(Role.GUEST)
    assert page.opens_to(Role.TUTOR)
    assert page.opens_to(Role.OWN_MACHINE)


def test_a_learner_opens_learners_pages_and_a_guest_only_those_for_everybody() -> None:
    opens = {role: {page.url for page in PAGES if page.opens_to(role)} for role in Role}
    assert opens[Role.GUEST] == {"live", "qualifications", "glossary", "about"}
    assert {page.url for page in PAGES} - opens[Role.LEARNER] == {"lesson", "groups", "questions", "import"}
    assert opens[Role.TUTOR] == opens[Role.OWN_MACHINE] == {page.url for page in PAGES}
