"""Says at the end of a run whether the two specification documents were on the machine."""

from __future__ import annotations

import pytest

from benchmarks.importing import DOCUMENTS, SEEDS, documents


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Print which documents were read, or that they are not here: their tests exist only where they do."""
    here = sorted(documents())
    missing = sorted(DOCUMENTS.keys() - set(here))
    if missing:
        terminalreporter.write_line(f"Specification documents not here: {', '.join(missing)} in {SEEDS}.")
    if here:
        terminalreporter.write_line(f"Specification documents read: {', '.join(here)}.")
