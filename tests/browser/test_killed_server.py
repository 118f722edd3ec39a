"""The server is killed at random moments while learners work: nothing that they were shown as stored is lost."""

from pathlib import Path

from loops import in_loop

from benchmarks.faults import endure
from benchmarks.warm import CAN_FORK


def test_after_twenty_kills_every_acknowledged_step_is_stored_once_and_goes_on(tmp_path: Path) -> None:
    figures = in_loop(endure(tmp_path / "data", kills=20, seed=2026, warm=CAN_FORK))
    assert figures.kills == 20
    done = figures.counted.acknowledged
    # The kills hit learners at work, not an idle server.
    assert done["practice: response"] >= 10
    assert done["test: response"] >= 10
    assert sum(number for what, number in done.items() if what.startswith("portfolio")) >= 2
    assert figures.counted.open_stored + figures.counted.open_gone >= 20
