"""Citations: who cites whom, and which source says so. An edge u -> v means "u cites v"."""

from __future__ import annotations

import json
from collections.abc import Collection, Sequence

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import select

from papergraph.library.backend import NewRows
from papergraph.library.database import Database
from papergraph.library.schema import citations, sources

_READ_AT_ONCE = 5_000
_ADDED_AT_ONCE = 50_000


class Citations:
    """The citation edges of one library."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def add(self, pairs: Sequence[Sequence[int]], source_id: int) -> None:
        """Enter (citing, cited) pairs as said by one source; self-citations are left out."""
        rows = [(citing, cited, source_id) for citing, cited in pairs if citing != cited]
        if rows:
            columns = ("citing", "cited", "source_id")
            self._database.insert_many(
                NewRows(table="citations", columns=columns, values=rows, skip_known=True)
            )

    def add_many(self, pairs: NDArray[np.int64], source_id: int) -> None:
        """Enter (m, 2) pairs in the order that the larger of the two indexes has them.

        Call it in a transaction. Corpora are in the order of the citing: entered in that order,
        the pages of the index of the cited are read and written in no order.
        """
        order = np.lexsort((pairs[:, 0], pairs[:, 1]))
        for start in range(0, len(order), _ADDED_AT_ONCE):
            self.add(pairs[order[start : start + _ADDED_AT_ONCE]].tolist(), source_id)

    def cited_by(self, citing: int) -> set[int]:
        """What a paper cites, by any source."""
        rows = self._database.execute_raw("SELECT cited FROM citations WHERE citing = ?", (citing,))
        return {int(row[0]) for row in rows}

    def cited_from_outside(self, numbers: Collection[int]) -> set[int]:
        """Those of these papers that a paper not among them cites."""
        inside = set(numbers)
        found: set[int] = set()
        for number in inside:
            rows = self._database.execute_raw(
                "SELECT DISTINCT citing FROM citations WHERE cited = ?", (number,)
            )
            if any(row[0] not in inside for row in rows):
                found.add(number)
        return found

    def counts_of(self, numbers: Collection[int]) -> dict[int, int]:
        """How many papers here cite each of these; those nobody cites are left out."""
        rows = self._database.execute_raw(
            "SELECT cited, count(DISTINCT citing) FROM citations"
            f" WHERE {self._database.among('cited')} GROUP BY cited",
            (json.dumps(list(numbers)),),
        )
        return {row[0]: row[1] for row in rows}

    def count(self) -> int:
        """How many citations there are; one that several sources tell counts once."""
        sql = "SELECT count(*) FROM (SELECT DISTINCT citing, cited FROM citations) AS pairs"
        return int(self._database.execute_raw(sql)[0][0])

    def all_pairs(self) -> list[tuple[int, int]]:
        """Every distinct (citing, cited) pair, sorted."""
        rows = self._database.execute_raw(
            "SELECT DISTINCT citing, cited FROM citations ORDER BY citing, cited"
        )
        return [(row[0], row[1]) for row in rows]

    def pair_array(self) -> NDArray[np.int32]:
        """Every distinct (citing, cited) pair, sorted: (m, 2) in columns, 8 bytes a pair.

        Reads one row a citing paper, three times as fast as one a pair.
        """
        count = int(self._database.read("SELECT count(*) FROM citations")[0][0])
        found, filled = np.empty((count, 2), dtype=np.int32, order="F"), 0
        listed = self._database.backend.joined("cited")
        sql = f"SELECT citing, {listed} FROM citations GROUP BY citing ORDER BY citing"
        for chunk in self._database.read_in_chunks(sql, _READ_AT_ONCE):
            citing, cited = _distinct_ends(chunk)
            end = filled + len(citing)
            if end > len(found):  # somebody entered more since they were counted
                found = _with_room(found, 2 * end)
            found[filled:end, 0], found[filled:end, 1] = citing, cited
            filled = end
        return found[:filled]

    def sources_of(self, pairs: Collection[tuple[int, int]]) -> dict[tuple[int, int], list[str]]:
        """For each pair that is a citation here, the names of the sources that say so."""
        found: dict[tuple[int, int], list[str]] = {}
        statement = (
            select(sources.c.name)
            .join(citations, citations.c.source_id == sources.c.id)
            .order_by(sources.c.id)
        )
        for citing, cited in pairs:
            rows = self._database.execute(
                statement.where(citations.c.citing == citing, citations.c.cited == cited)
            ).all()
            if rows:
                found[citing, cited] = [row[0] for row in rows]
        return found


def _with_room(pairs: NDArray[np.int32], count: int) -> NDArray[np.int32]:
    larger = np.empty((count, 2), dtype=np.int32, order="F")
    larger[: len(pairs)] = pairs
    return larger


def _distinct_ends(rows: Sequence[tuple[int, str]]) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
    """Both ends of the citations of some papers, which several sources may tell, sorted."""
    lengths = [1 + listed.count(",") for _, listed in rows]
    citing = np.repeat(np.array([row[0] for row in rows], dtype=np.int64), lengths)
    cited = np.fromstring(",".join(row[1] for row in rows), dtype=np.int64, sep=",")
    pairs = np.unique((citing << 32) | cited)
    return (pairs >> 32).astype(np.int32), (pairs & 0xFFFFFFFF).astype(np.int32)
