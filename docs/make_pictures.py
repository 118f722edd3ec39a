"""Makes the pictures of the README anew: made-up data, a clock that stands still, Chromium or Chrome.

    python -m docs.make_pictures            # all of them, into docs/pictures
    python -m docs.make_pictures report     # those whose name begins so

Nothing of this computer is in them: the data folder is made for them and thrown away. The same code and
content give the same pictures, whatever the day.
"""

from __future__ import annotations

import argparse
import io
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Literal
from uuid import UUID, uuid5

from PIL import Image
from playwright.sync_api import Browser, Page, expect, sync_playwright

from models import (
    create_attempt,
    create_lesson,
    note_use,
    open_database,
    save_event,
    save_finish,
    save_hands,
    save_response,
    save_settings,
)
from models.demo import make_demo
from quiz.questions import SingleChoice, SingleChoiceResponse
from quiz.sessions import Attempt, Item, Kind, Lesson, QuestionBank, answer, assemble, finish, flag, move
from quiz.syllabus import CONTENT_DIR, load_packs
from quiz.wording import LONDON

ROOT = Path(__file__).resolve().parents[1]
sys.path.append(str(ROOT / "tests" / "browser"))
from serving import Server, found_browser  # noqa: E402  # found only once its folder is named

HERE = ROOT / "docs" / "pictures"
UNIT = "L/601/7638"
NOW = datetime(2026, 11, 20, 10, 0, tzinfo=UTC)
"""When the pictures are taken, by the clock of the app."""
SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")
WIDE, SHORT, TALL, PHONE, PROJECTOR = (1100, 800), (1100, 660), (1100, 880), (390, 780), (1440, 880)


@dataclass(frozen=True)
class Stored:
    """What is in the data folder, by its ids."""

    steady: UUID
    """A learner with weeks behind them, who left nothing unfinished."""
    busy: UUID
    """A learner in the middle of things."""
    practising: UUID
    answered: UUID
    sitting: UUID
    sat: UUID
    lesson: UUID


@dataclass(frozen=True)
class Picture:
    """A picture: its name, where it is taken, how large, and what is done on the page first."""

    name: str
    address: Callable[[Stored], str]
    who: Callable[[Stored], UUID] = lambda of: of.busy
    size: tuple[int, int] = WIDE
    first: Callable[[Page], None] = lambda page: None

    def file(self, scheme: str) -> Path:
        """Return the file of the picture in a scheme, light or dark."""
        return HERE / f"{self.name}-{scheme}.webp"


def _choose_fourth(page: Page) -> None:
    page.get_by_role("radiogroup").first.locator("label").nth(3).click()
    page.evaluate("document.activeElement.blur()")
    page.mouse.move(2, 400)


def _to_chart(page: Page) -> None:
    """Scroll until the first chart stands below the menu, with its heading."""
    page.locator('[data-testid="stPlotlyChart"]').first.evaluate(
        "node => { node.style.scrollMarginTop = '11rem'; node.scrollIntoView(true); }"
    )


PICTURES = (
    Picture("study", lambda of: f"study?unit={UNIT}&criterion=1.2"),
    Picture("question", lambda of: f"practise?attempt={of.practising}", size=SHORT, first=_choose_fourth),
    Picture("feedback", lambda of: f"practise?attempt={of.answered}"),
    Picture("phone", lambda of: f"practise?attempt={of.answered}", size=PHONE),
    Picture("test", lambda of: f"test?attempt={of.sitting}", size=TALL),
    Picture("report", lambda of: f"report?attempt={of.sat}", who=lambda of: of.steady),
    Picture("progress", lambda of: f"progress?unit={UNIT}", size=TALL, first=_to_chart),
    Picture("presenter", lambda of: f"lesson?lesson={of.lesson}&at=0&step=2", size=PROJECTOR),
)


class StillServer(Server):
    """A running Headset whose clock stands still at `NOW`."""

    def command(self) -> list[str]:
        """Return the command that starts it: Streamlit's own, in a process where the clock has been stopped."""
        stopped = (
            "import sys, datetime; from ui import clock; from streamlit.web.cli import main; "
            f"now = datetime.datetime.fromisoformat({NOW.isoformat()!r}); clock.now = lambda: now; main()"
        )
        streamlit = super().command()
        return [sys.executable, "-c", stopped, *streamlit[streamlit.index("run") :]]


def fill(folder: Path) -> Stored:
    """Make the data folder: a demo class, two of whom become learners of this computer, and what they do."""
    bank = QuestionBank(load_packs(CONTENT_DIR, folder / "compiled"))
    unit = bank.pack.units[UNIT]
    today = NOW.astimezone(LONDON).date()

    def attempt(learner: UUID, kind: Kind, title: str, seed: int, minutes_ago: int) -> Attempt:
        questions = assemble(unit, bank, seed, today=today).questions
        size = len(questions) if kind is Kind.TEST else 10
        return Attempt(
            id=uuid5(UUID(int=seed), title), learner=learner, unit=UNIT, kind=kind, title=title,
            started_at=NOW - timedelta(minutes=minutes_ago), size=size,
            items=tuple(Item(question) for question in questions[:size]),
            minutes=unit.blueprint.minutes if kind is Kind.TEST else None,
        )  # fmt: skip

    with closing(open_database(folder)) as database:
        demo = make_demo(database, bank, learners=12, weeks=5, seed=3, until=today)
        busy, steady = demo.learners[8], demo.learners[4]
        with database.write() as db:
            for learner in (steady, busy):
                save_settings(session=db, learner_id=learner, settings={"demo": False, "ask_sure": False})

            def store(begun: Attempt, right: Callable[[int], bool | None]) -> Attempt:
                """Store an attempt and an answer at each position where `right` is not None."""
                create_attempt(
                    session=db, attempt=begun, plan="{}", seed=1, content_version=bank.pack.version
                )
                for position, item in enumerate(begun.items):
                    good, question = right(position), item.question
                    if good is None:
                        continue
                    assert isinstance(question, SingleChoice)
                    at = begun.started_at + timedelta(seconds=35 * (position + 1))
                    key = next(option.key for option in question.options if option.right is good)
                    response = SingleChoiceResponse(chosen=key)
                    begun = answer(begun, position, response, at)
                    save_response(
                        session=db, attempt=begun, position=position, response=response, now=at,
                        submit_id=uuid5(begun.id, str(position)),
                    )  # fmt: skip
                return begun

            def at(begun: Attempt, position: int) -> None:
                save_event(session=db, attempt=move(begun, position), kind="move", now=NOW, position=position)

            name = f"Unit {bank.pack.number(UNIT)}"
            practising = attempt(busy, Kind.PRACTICE, name, 11, 6)
            at(store(practising, lambda position: position != 1 if position < 3 else None), 3)
            answered = attempt(busy, Kind.PRACTICE, name, 14, 5)
            store(answered, lambda position: True if position == 0 else None)
            sat = store(
                attempt(steady, Kind.TEST, unit.blueprint.name, 77, 50), lambda position: position % 9 != 4
            )
            save_finish(session=db, attempt=finish(sat, sat.started_at + timedelta(minutes=38)))
            sitting = attempt(busy, Kind.TEST, unit.blueprint.name, 21, 22)
            sitting = store(sitting, lambda position: True if position < 19 and position != 7 else None)
            for position in (7, 12):
                sitting = flag(sitting, position, True, NOW)
                save_event(session=db, attempt=sitting, kind="flag", now=NOW, position=position)
            at(sitting, 18)
            lesson = Lesson(
                uuid5(UUID(int=5), "lesson"), UNIT, name, assemble(unit, bank, 5, today=today).questions[:10]
            )
            create_lesson(session=db, lesson=lesson, now=NOW)
            asked = lesson.questions[0]
            assert isinstance(asked, SingleChoice)
            for option, wrong in zip(asked.options, (3, 5, 2, 1), strict=True):
                hands = 14 if option.right else wrong
                save_hands(session=db, lesson_id=lesson.id, position=0, option=option.key, hands=hands)
    return Stored(steady, busy, practising.id, answered.id, sitting.id, sat.id, lesson.id)


def take(picture: Picture, of: Stored, browser: Browser, url: str) -> None:
    """Write a picture, light and dark."""
    for scheme in SCHEMES:
        context = browser.new_context(
            viewport={"width": picture.size[0], "height": picture.size[1]}, device_scale_factor=1.5,
            locale="en-GB", timezone_id="Europe/London", color_scheme=scheme, reduced_motion="reduce",
        )  # fmt: skip
        context.set_default_timeout(40_000)
        with closing(context):
            page = context.new_page()
            page.goto(f"{url}/{picture.address(of)}")
            page.get_by_role("heading", level=1).first.wait_for()
            _still(page)
            picture.first(page)
            _still(page)
            _save(page.screenshot(animations="disabled", caret="hide"), picture.file(scheme))


def use(folder: Path, learner: UUID, turn: int) -> None:
    """Make a learner the one who used this computer last; each turn is later than the one before."""
    with closing(open_database(folder)) as database, database.write() as db:
        note_use(session=db, learner_id=learner, now=NOW + timedelta(seconds=turn))


def _still(page: Page) -> None:
    """Wait until the page has been drawn and its typeface is there."""
    page.wait_for_timeout(600)
    expect(page.locator('[data-testid="stApp"]')).to_have_attribute("data-test-script-state", "notRunning")
    expect(page.locator("#root")).to_have_css("opacity", "1")
    expect(page.locator('[data-testid="stSkeleton"]:visible')).to_have_count(0)
    page.evaluate("document.fonts.ready")
    page.wait_for_timeout(600)


def _save(shot: bytes, file: Path) -> None:
    Image.open(io.BytesIO(shot)).convert("RGB").save(file, "WEBP", quality=82, method=6)
    print(f"{file.relative_to(ROOT)}  {file.stat().st_size / 1000:.0f} kB")


@contextmanager
def headset(folder: Path) -> Iterator[str]:
    """Give the address of a Headset on a folder, stopped at the end."""
    server = StillServer(folder)
    try:
        yield server.url
    finally:
        server.kill()


def main() -> None:
    """Make the pictures named, or all."""
    parser = argparse.ArgumentParser(prog="python -m docs.make_pictures", description=__doc__)
    parser.add_argument("names", nargs="*", help="how names of pictures begin; all without one")
    begins = tuple(parser.parse_args().names) or ("",)
    executable = found_browser()
    if executable is None:
        sys.exit("There is no Chromium or Chrome here. On Debian or Ubuntu: sudo apt-get install -y chromium")
    HERE.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as kept, sync_playwright() as playwright:
        data = Path(kept) / "data"
        of = fill(data)
        browser = playwright.chromium.launch(executable_path=executable, args=["--no-sandbox"])
        with headset(data) as url, closing(browser):
            for turn, picture in enumerate(PICTURES):
                if picture.name.startswith(begins):
                    use(data, picture.who(of), turn)
                    take(picture, of, browser, url)


if __name__ == "__main__":
    main()
