"""Which papers changed since when: a counter and a short log for what is derived from a library.

Every write of one kind ("texts", or the vectors of a model) raises the counter and leaves a row
with the papers it touched, so that an index goes on from where it stands. The log is short: who
asks for more than it holds starts again from everything.
"""

from __future__ import annotations

from collections.abc import Collection

from papergraph.library.database import Database

PUT_FACT = "INSERT INTO info VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value"
COUNT_UP = (
    "INSERT INTO info VALUES (?, '1') ON CONFLICT (key)"
    " DO UPDATE SET value = CAST(CAST(info.value AS INTEGER) + 1 AS TEXT)"
)
KEPT = 500  # rows of the log
_TRIMMED_EVERY = 100


class Changes:
    """The counter and the log of one kind of derived data."""

    def __init__(self, database: Database, kind: str) -> None:
        self._database = database
        self._counter = f"changes {kind}"
        self._log = f"change {kind} "

    @property
    def version(self) -> int:
        """How many writes there were."""
        rows = self._database.read("SELECT value FROM info WHERE key = ?", (self._counter,))
        return int(rows[0][0]) if rows else 0

    def note(self, numbers: Collection[int]) -> None:
        """Say that these papers changed; call it in the transaction that changes them."""
        if not numbers:
            return
        with self._database.transaction():
            self._database.execute_raw(COUNT_UP, (self._counter,))
            version = self.version
            listed = ",".join(str(number) for number in sorted(set(numbers)))
            self._database.execute_raw(PUT_FACT, (self._key(version), listed))
            if version % _TRIMMED_EVERY == 0:
                self._database.execute_raw(
                    "DELETE FROM info WHERE key > ? AND key < ?",
                    (self._log, self._key(max(0, version - KEPT))),
                )

    def since(self, version: int) -> frozenset[int] | None:
        """The papers that changed after `version`; None when the log does not reach back so far."""
        present = self.version
        if version == present:
            return frozenset()
        if not 0 <= version < present:
            return None
        rows = self._database.execute_raw(
            "SELECT value FROM info WHERE key > ? AND key <= ?",
            (self._key(version), self._key(present)),
        )
        if len(rows) < present - version:
            return None
        return frozenset(int(number) for row in rows for number in row[0].split(","))

    def _key(self, version: int) -> str:
        return f"{self._log}{version:012d}"
