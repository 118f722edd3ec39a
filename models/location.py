"""Where the data lies."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from platformdirs import user_data_path

DATA_VARIABLE = "HEADSET_DATA"
DATABASE_NAME = "headset.db"


def data_folder(environment: Mapping[str, str]) -> Path:
    """Return the folder named by `HEADSET_DATA`, or this user's data folder on this system."""
    chosen = environment.get(DATA_VARIABLE)
    return Path(chosen).expanduser() if chosen else user_data_path("headset", appauthor=False)
