"""The app as Streamlit's own tester runs it, on a database of its own for each test."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from ui import store

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(autouse=True)
def own_database(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Give each test an empty data folder; the bank, which never changes, is kept between tests."""
    monkeypatch.setenv("HEADSET_DATA", str(tmp_path / "data"))
    st.cache_data.clear()
    store.database.clear()
    yield
    store.database.clear()


@pytest.fixture
def open_app() -> Callable[[], AppTest]:
    """Return a function that opens the app in a new session, as a browser tab does."""

    def opened() -> AppTest:
        app = AppTest.from_file(str(ROOT / "streamlit_app.py"), default_timeout=60)
        return app.run()

    return opened


@pytest.fixture
def app(open_app: Callable[[], AppTest]) -> AppTest:
    """Return the app with the learner “Just me” on Home."""
    app = open_app()
    return app.button(key="start-alone").click().run()
