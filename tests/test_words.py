"""What is said to learners, tutors and authors: British, with plurals and dates that are right, and in one place."""

import ast
import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from quiz.wording import day, day_of

ROOT = Path(__file__).resolve().parents[1]
ROOMS = ("app_pages", "ui", "models", "quiz")
LONG = 40
"""A text of more characters than this is written once."""
SORTED = {"app_pages/progress.py": 1, "ui/keeping.py": 1, "quiz/reports/summary_csv.py": 1}
"""How often a date stands as programs sort it: in names of files that are saved, and in a table for programs."""
AMERICAN = (
    r"color|center|behavior|favorite|honor|labor|gray|license[sd]?|organiz|recogniz|summariz|analyz|customiz|emphasiz|"
    r"minimiz|optimiz|practic(?:ed|es|ing)\b|labeled|canceled|traveled|fulfill\b|enroll\b|skillful|judgment|toward\b"
)


def python_files() -> Iterator[Path]:
    for room in ROOMS:
        yield from (path for path in (ROOT / room).rglob("*.py") if "migrations" not in path.parts)


def texts(path: Path) -> Iterator[tuple[int, str]]:
    """Yield every text of a module that is no docstring, with its line; what is filled in stands as {}."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    skipped: set[int] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            skipped.add(id(node.value))
        if isinstance(node, ast.JoinedStr):
            skipped.update(id(part) for part in node.values)
            skipped.update(
                id(part.format_spec) for part in node.values if isinstance(part, ast.FormattedValue)
            )
    for node in ast.walk(tree):
        if id(node) in skipped:
            continue
        if isinstance(node, ast.JoinedStr):
            yield (
                node.lineno,
                "".join(str(part.value) if isinstance(part, ast.Constant) else "{}" for part in node.values),
            )
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.lineno, node.value


def markup() -> Iterator[tuple[str, str]]:
    """Yield what stands between the tags of the pages outside Streamlit and in the scripts of ours, with its place."""
    for path in sorted((ROOT / "ui").rglob("*.html")):
        shown = re.sub(
            r"(?s)<style.*?</style>|\{%.*?%\}|\{#.*?#\}|\{\{.*?\}\}|<[^>]+>",
            "\n",
            path.read_text(encoding="utf-8"),
        )
        yield from (
            (str(path.relative_to(ROOT)), line.strip()) for line in shown.splitlines() if line.strip()
        )
    for path in sorted((ROOT / "ui").rglob("*.js")):
        for text in re.findall(r'"([^"\n]+)"|`([^`]+)`', path.read_text(encoding="utf-8")):
            yield str(path.relative_to(ROOT)), "".join(text)


def said() -> Iterator[tuple[str, str]]:
    """Yield each text that holds a sentence or part of one, with its place; no style, statement or markup alone."""
    for path in python_files():
        for line, text in texts(path):
            if (
                " " in text
                and re.search(r"[a-z]{2}", text)
                and not re.search(r"[a-z-]+: ?[^;{}]+;|\{ ", text)
            ):
                yield f"{path.relative_to(ROOT)}:{line}", text
    yield from ((place, text) for place, text in markup() if " " in text)


def formats(path: Path) -> Iterator[tuple[int, str]]:
    """Yield every format of a value in a module’s texts, such as “%H:%M”, and every call of isoformat as “iso”."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.FormattedValue):
            if isinstance(node.format_spec, ast.JoinedStr):
                parts = [part.value for part in node.format_spec.values if isinstance(part, ast.Constant)]
                yield node.lineno, "".join(map(str, parts))
            if isinstance(node.value, ast.Call) and ast.unparse(node.value.func).endswith(".isoformat"):
                yield node.lineno, "iso"
        if isinstance(node, ast.Call) and ast.unparse(node.func).endswith(".strftime"):
            yield node.lineno, ast.unparse(node)


def test_no_date_is_shown_as_programs_sort_it():
    found = Counter(
        str(path.relative_to(ROOT))
        for path in python_files()
        if path.relative_to(ROOT).parts[0] in ("app_pages", "ui") or "reports" in path.parts
        for _, given in formats(path)
        if "%m" in given or given == "iso"
    )
    assert found == SORTED


def test_every_choice_of_a_date_is_read_day_first():
    for path in (ROOT / "app_pages").glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and ast.unparse(node.func).endswith(".date_input"):
                given = {keyword.arg: ast.unparse(keyword.value) for keyword in node.keywords}
                assert given.get("format") == "'DD/MM/YYYY'", f"{path.name}:{node.lineno}"


def test_a_date_of_the_content_is_read_as_in_britain():
    assert day_of("2026-03-09") == day(date(2026, 3, 9)) == "9 March 2026"


def test_no_plural_is_left_to_the_reader():
    left = re.compile(r"[a-z]\((?:s|es|ies)\)|\b[a-z]+/s\b")
    assert [(place, text) for place, text in said() if left.search(text)] == []


def test_no_plural_is_made_by_hand_beside_count():
    by_hand = re.compile(r"\{'' if [^}]*== ?1 else 's'\}|\{'s' if [^}]*(?:!= ?1|> ?1) else ''\}")
    found = [path.name for path in python_files() if by_hand.search(path.read_text(encoding="utf-8"))]
    assert found == []


def test_nothing_is_spelt_as_in_america():
    american = re.compile(rf"\b(?:{AMERICAN})", re.IGNORECASE)
    found = [(place, text) for place, text in said() if american.search(text)]
    # Style sheets have their own spelling.
    assert [(place, text) for place, text in found if not re.search(r"color-|-color|align|<svg", text)] == []


def test_a_percentage_stands_against_its_figure():
    apart = re.compile(r"(?:\d|\{\}) %(?!\w)")
    assert [(place, text) for place, text in said() if apart.search(text)] == []


def test_a_learner_reads_of_computers_and_devices_and_of_no_machine():
    found = [
        (place, text)
        for place, text in said()
        if re.search(r"\bmachines?\b", text)
        and not place.startswith("quiz/authoring")
        and text != "own machine"
    ]
    assert found == []


def test_a_long_text_stands_in_one_module_only():
    places: dict[str, set[str]] = defaultdict(set)
    for place, text in said():
        if len(text) > LONG:
            places[text].add(place.partition(":")[0])
    assert {text: sorted(modules) for text, modules in places.items() if len(modules) > 1} == {}
