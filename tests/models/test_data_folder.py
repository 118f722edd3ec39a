"""Where the data lies."""

from __future__ import annotations

from pathlib import Path

import pytest
from platformdirs import user_data_path

from models import data_folder


def test_the_folder_that_is_named_is_taken(tmp_path: Path) -> None:
    assert data_folder({"HEADSET_DATA": str(tmp_path / "here")}) == tmp_path / "here"


def test_a_tilde_is_the_users_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("USERPROFILE", str(tmp_path))
    assert data_folder({"HEADSET_DATA": "~/headset"}) == tmp_path / "headset"


@pytest.mark.parametrize("environment", [{}, {"HEADSET_DATA": ""}])
def test_without_a_name_it_is_the_users_data_folder(environment: dict[str, str]) -> None:
    assert data_folder(environment) == user_data_path("headset", appauthor=False)
