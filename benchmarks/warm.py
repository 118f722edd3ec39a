"""A process that has imported what a server needs, and becomes a server by forking: a start without its imports.

Every line on its standard input is a JSON list: the environment, and the arguments after `python`. It
answers with the number of the process that it has forked, which then runs exactly that command; an empty
line waits for the last one, which somebody has killed. Not for Windows, which cannot fork.
"""

from __future__ import annotations

import importlib
import json
import os
import runpy
import sys

_WANTED = (
    "streamlit.web.cli", "streamlit.web.bootstrap", "streamlit.web.server.starlette", "pandas", "plotly.graph_objects",
    "models", "models.backup", "models.devices", "quiz.classes", "quiz.reports", "quiz.statistics", "quiz.sessions",
)  # fmt: skip


def main() -> None:
    """Serve until the input ends."""
    for name in _WANTED:
        importlib.import_module(name)
    forked = 0
    for line in sys.stdin:
        if not line.strip():
            os.waitpid(forked, 0)
            print("gone", flush=True)
            continue
        environment, arguments = json.loads(line)
        forked = os.fork()
        if forked == 0:
            os.environ.update(environment)
            sys.argv = arguments[1:]
            sys.stdin.close()
            out = os.open(environment["WARM_LOG"], os.O_WRONLY | os.O_CREAT | os.O_APPEND)
            os.dup2(out, 1)
            os.dup2(out, 2)
            runpy.run_module(arguments[1], run_name="__main__", alter_sys=True)
            os._exit(0)
        print(forked, flush=True)


if __name__ == "__main__":
    main()
