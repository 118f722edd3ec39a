"""A compiled copy of the packs' plain values, so that a start need not parse YAML again.

Only the parsing is kept: everything is validated and held against one another at each start. The
copy is one file named after the content's version; a copy that cannot be read is simply not used.
"""

from __future__ import annotations

import marshal
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from quiz.syllabus.source import Source, read_source

_FORM = f"headset-1-{sys.implementation.cache_tag}"

Read = Callable[[Path, Path], Source]


class CompiledSources:
    """Reads sources from the compiled copy of a version, and writes that copy when it was missing."""

    def __init__(self, folder: Path, version: str) -> None:
        """Open the copy of that version if there is one."""
        self._path = folder / f"content-{version}.compiled"
        self._kept: dict[str, Any] = _load(self._path)
        self._new: dict[str, Any] = {}

    def read(self, path: Path, root: Path) -> Source:
        """Return a file's values, compiled if the copy holds them; a compiled source knows no lines."""
        file = path.relative_to(root).as_posix()
        if file in self._kept:
            return Source(file, self._kept[file], {})
        source = read_source(path, root)
        if source.data is not None and not source.findings:
            self._new[file] = source.data
        return source

    def save(self) -> None:
        """Write the copy if anything was parsed; where it cannot be written, the next start parses again."""
        if not self._new:
            return
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            for old in self._path.parent.glob("content-*.compiled"):
                old.unlink()
            part = self._path.with_suffix(".part")
            part.write_bytes(marshal.dumps((_FORM, {**self._kept, **self._new})))
            part.replace(self._path)
        except OSError:
            return


def _load(path: Path) -> dict[str, Any]:
    try:
        form, kept = marshal.loads(path.read_bytes())  # nosec B302  # what `save` wrote
    except (OSError, ValueError, EOFError, TypeError):
        return {}
    return kept if form == _FORM and isinstance(kept, dict) else {}
