"""Statements compiled once and handed to the driver as they are: for what every answer reads and writes.

At each execution SQLAlchemy looks up its compiled form and makes a context and a result, which costs some
ten times as much as SQLite itself. What it knows of types is used here too: ids and moments come and go in
the same form.
"""

from __future__ import annotations

from collections import namedtuple
from collections.abc import Callable, Iterable, Mapping
from functools import cached_property
from typing import Any

from sqlalchemy.dialects.sqlite.pysqlite import dialect as sqlite_dialect
from sqlmodel import Session

_DIALECT = sqlite_dialect(paramstyle="named")
_Convert = Callable[[Any], Any]

WATCHERS: list[Callable[[str, dict[str, Any]], None]] = []
"""Whoever counts statements: each is told of one before it is executed, as SQLAlchemy's events tell of others."""


_DRIVER = "headset driver"


def _driver(session: Session) -> Any:
    """Return the driver's connection on which the session's transaction is; asked for once a transaction."""
    held = session.info.get(_DRIVER)
    transaction = session.get_transaction()
    if held is None or transaction is None or held[0] is not transaction:
        driver = session.connection().connection.dbapi_connection
        held = session.info[_DRIVER] = (session.get_transaction(), driver)
    return held[1]


class Prepared:
    """A statement with named parameters; lists of values, as `in_` takes them, are not among them."""

    def __init__(self, statement: Any, *columns: str) -> None:
        """Hold a statement; `columns` names those that an insert or update is given."""
        self._statement, self._columns = statement, columns

    def first(self, session: Session, **values: Any) -> Any:
        """Return the first row, a plain tuple with names, or None."""
        cursor = self._execute(session, values)
        found = cursor.fetchone()
        cursor.close()  # a statement that waits to be read on would hold up the transaction's end
        return None if found is None else self._row(found)

    def all(self, session: Session, **values: Any) -> list[Any]:
        """Return every row, as plain tuples with names."""
        return list(map(self._row, self._execute(session, values)))

    def run(self, session: Session, **values: Any) -> int:
        """Execute the statement, and return how many rows it wrote."""
        return int(self._execute(session, values).rowcount)

    def run_each(self, session: Session, rows: Iterable[Mapping[str, Any]]) -> None:
        """Execute the statement once for each row of values."""
        for values in rows:
            self._execute(session, values)

    def _execute(self, session: Session, values: Mapping[str, Any]) -> Any:
        session.flush()  # what the session holds may be what the statement needs
        driver = _driver(session)
        given = self._fixed | {name: self._given(name, value) for name, value in values.items()}
        for told in WATCHERS:
            told(self._text, given)
        return driver.execute(self._text, given)

    def _given(self, name: str, value: Any) -> Any:
        convert = self._writers.get(name)
        return value if value is None or convert is None else convert(value)

    def _row(self, found: tuple[Any, ...]) -> Any:
        make, readers = self._readers
        values = list(found)
        for place, convert in readers:
            if values[place] is not None:
                values[place] = convert(values[place])
        return make(values)

    @cached_property
    def _compiled(self) -> Any:
        return self._statement.compile(dialect=_DIALECT, column_keys=list(self._columns) or None)

    @cached_property
    def _text(self) -> str:
        return str(self._compiled)

    @cached_property
    def _writers(self) -> dict[str, _Convert | None]:
        """Return how a value of each parameter is written; None: as it is."""
        return {
            name: self._compiled.binds[name].type.dialect_impl(_DIALECT).bind_processor(_DIALECT)
            for name in self._compiled.params
        }

    @cached_property
    def _fixed(self) -> dict[str, Any]:
        """Return the parameters whose values stand in the statement itself."""
        return {
            name: self._given(name, value)
            for name, value in self._compiled.params.items()
            if not self._compiled.binds[name].required
        }

    @cached_property
    def _readers(self) -> tuple[Callable[[list[Any]], Any], list[tuple[int, _Convert]]]:
        """Return what makes a row of its values, and how those are read that do not stay as they are."""
        columns = list(self._statement.exported_columns)
        converts = [column.type.dialect_impl(_DIALECT).result_processor(_DIALECT, None) for column in columns]
        # Its fields are known only now, which neither the type checker nor typing.NamedTuple can have.
        named = namedtuple("Row", [column.key for column in columns])  # type: ignore[misc]  # noqa: PYI024
        return named._make, [
            (place, convert) for place, convert in enumerate(converts) if convert is not None
        ]
