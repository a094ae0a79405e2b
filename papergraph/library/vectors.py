"""Embedded texts of papers: one vector a model and paper, kept while its text is unchanged."""

from __future__ import annotations

import hashlib
import json
import tempfile
from collections.abc import Collection, Iterator, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from papergraph.library.changes import PUT_FACT, Changes
from papergraph.library.database import Database

_TEXTS = (
    "SELECT t.rowid, t.title, t.abstract, t.summary, t.writing, e.text_hash FROM papers_text t"
    " LEFT JOIN embeddings e ON e.paper_id = t.rowid AND e.model = ?"
)
_WRITING_LIMIT = 2000
_READ_AT_ONCE = 10_000
_LARGE = 100_000_000  # bytes of a matrix that is kept in a file

Todo = tuple[int, str, str, bytes]

_NEXT_MODEL = "SELECT min(model) FROM embeddings WHERE model > ?"  # a look at the index


class Vectors:
    """The vectors of one library, by the fingerprint of the model that made them."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._texts = Changes(database, "texts")
        self._counted: dict[str, tuple[tuple[int, int], int]] = {}

    def changes(self, model: str) -> Changes:
        """Which vectors of a model changed since when."""
        return Changes(self._database, f"vectors {model}")

    def outdated(self, model: str, chunk: int = 2048) -> Iterator[list[Todo]]:
        """Yield papers to embed in chunks: (paper, title, body, hash of both).

        What is yielded must be `put` before the next chunk is asked for. Once all are, the next
        call looks only at texts that changed since.
        """
        version = self._texts.version
        for rows in self._present_texts(model, chunk):
            todo = [item for row in rows if (item := _todo(row)) is not None]
            if todo:
                yield todo
        self._database.execute_raw(PUT_FACT, (_complete(model), str(version)))

    def count_outdated(self, model: str) -> int:
        """How many papers have no vector of this model for their present text."""
        changed = self._changed(model)
        if changed is not None:
            rows = self._rows_of(model, changed)
            return sum(_todo(row) is not None for row in rows)
        present = (self._texts.version, self.changes(model).version)
        counted = self._counted.get(model)
        if counted is None or counted[0] != present:
            sql = (
                "SELECT (SELECT count(*) FROM titles_text)"
                " - (SELECT count(*) FROM embeddings WHERE model = ?)"
            )
            missing = max(0, int(self._database.read(sql, (model,))[0][0]))
            self._counted[model] = counted = (present, missing)
        return counted[1]

    def count(self, model: str) -> int:
        """How many vectors of a model are kept."""
        sql = "SELECT count(*) FROM embeddings WHERE model = ?"
        return int(self._database.execute_raw(sql, (model,))[0][0])

    def models(self) -> list[str]:
        """The fingerprints of all models that have vectors here."""
        rows = self._database.execute_raw("SELECT DISTINCT model FROM embeddings ORDER BY model")
        return [str(row[0]) for row in rows]

    def put(self, model: str, todo: Sequence[Todo], vectors: NDArray[np.float32]) -> None:
        """Store the vectors of papers handed out by `outdated`, (n, dimension) float32.

        Papers that are gone since are passed over.
        """
        rows = [
            (model, item[3], vector.astype(np.float16).tobytes(), item[0])
            for item, vector in zip(todo, vectors, strict=True)
        ]
        with self._database.transaction():
            self._database.execute_raw(
                "INSERT INTO embeddings (model, text_hash, vector, paper_id)"
                " SELECT ?, ?, ?, id FROM papers WHERE id = ?"
                " ON CONFLICT (model, paper_id) DO UPDATE"
                " SET text_hash = excluded.text_hash, vector = excluded.vector",
                rows,
            )
            self.changes(model).note([item[0] for item in todo])

    def matrix(
        self, model: str, dimension: int, numbers: Collection[int] | None = None
    ) -> tuple[NDArray[np.int64], NDArray[np.float16]]:
        """The vectors of a model, of all papers or of some.

        Returns
        -------
        numbers, vectors
            (n,) int64, ascending, and (n, dimension) float16.
        """
        sql = "SELECT paper_id, vector FROM embeddings WHERE model = ?"
        if numbers is not None:
            sql += f" AND {self._database.among('paper_id')} ORDER BY paper_id"
            found = self._database.execute_raw(sql, (model, json.dumps(sorted(numbers))))
            return _matrix(found, dimension)
        count = self.count(model)
        ids, vectors = np.empty(count, np.int64), self._empty_matrix(count, dimension)
        last = filled = 0
        while filled < count:  # what is added meanwhile is left for the next time
            size = min(_READ_AT_ONCE, count - filled)
            rows = self._database.read(
                sql + " AND paper_id > ? ORDER BY paper_id LIMIT ?", (model, last, size)
            )
            if not rows:
                break
            end = filled + len(rows)
            ids[filled:end], vectors[filled:end] = _matrix(rows, dimension)
            filled, last = end, rows[-1][0]
        return ids[:filled], vectors[:filled]

    def _empty_matrix(self, count: int, dimension: int) -> NDArray[np.float16]:
        """Room for vectors; much of it lies in a file that is gone when nobody needs it."""
        path, is_in_memory = self._database.path, self._database.backend.is_in_memory
        if is_in_memory or 2 * count * dimension < _LARGE:
            return np.empty((count, dimension), np.float16)
        try:
            with tempfile.TemporaryFile(dir=path.parent if path else None) as file:
                return np.memmap(file, np.float16, "w+", shape=(count, dimension))
        except OSError:
            return np.empty((count, dimension), np.float16)

    def vector_of(self, model: str, number: int) -> NDArray[np.float32] | None:
        """The vector of one paper; None when it has none yet."""
        sql = "SELECT vector FROM embeddings WHERE model = ? AND paper_id = ?"
        rows = self._database.execute_raw(sql, (model, number))
        return np.frombuffer(rows[0][0], dtype=np.float16).astype(np.float32) if rows else None

    def cosines(self, number: int, others: Sequence[int]) -> NDArray[np.float32] | None:
        """How near others are to a paper in meaning, (n,) float32, 0 for those without a vector.

        None when the paper itself has none. Of several models that know it, the first by name.
        """
        found = self.cosines_between(others, [number])
        return None if found is None else found[:, 0]

    def cosines_between(
        self, ones: Sequence[int], others: Sequence[int]
    ) -> NDArray[np.float32] | None:
        """How near papers are to others in meaning, (len(ones), len(others)) float32.

        0 where one of the two has no vector; None when no other has one. Of several models that
        know any of the others, the first by name.
        """
        model = ""
        while found := self._database.read(_NEXT_MODEL, (model,))[0][0]:
            model = str(found)
            columns = self._rows_by_number(model, others)
            if columns is None:
                continue
            rows = self._rows_by_number(model, ones)
            if rows is None:
                return np.zeros((len(ones), len(others)), dtype=np.float32)
            return np.asarray(rows @ columns.T, dtype=np.float32)
        return None

    def _rows_by_number(self, model: str, numbers: Sequence[int]) -> NDArray[np.float32] | None:
        """The vectors of papers in the order given, zeros for those without; None without any."""
        sql = (
            "SELECT paper_id, vector FROM embeddings"
            f" WHERE model = ? AND {self._database.among('paper_id')}"
        )
        found = dict(self._database.read(sql, (model, json.dumps(sorted(set(numbers))))))
        if not found:
            return None
        nothing = bytes(len(next(iter(found.values()))))
        joined = b"".join(found.get(number, nothing) for number in numbers)
        halves = np.frombuffer(joined, dtype=np.float16).reshape(len(numbers), -1)
        return halves.astype(np.float32)

    def _changed(self, model: str) -> frozenset[int] | None:
        """Papers whose text changed since all had vectors; None when that is not known."""
        rows = self._database.read("SELECT value FROM info WHERE key = ?", (_complete(model),))
        return self._texts.since(int(rows[0][0])) if rows else None

    def _present_texts(self, model: str, chunk: int) -> Iterator[list[Any]]:
        changed = self._changed(model)
        if changed is not None:
            wanted = sorted(changed)
            for start in range(0, len(wanted), chunk):
                yield self._rows_of(model, wanted[start : start + chunk])
            return
        last = 0
        while True:
            rows = self._database.execute_raw(
                _TEXTS + " WHERE t.rowid > ? ORDER BY t.rowid LIMIT ?", (model, last, chunk)
            )
            if not rows:
                return
            last = rows[-1][0]
            yield rows

    def _rows_of(self, model: str, numbers: Collection[int]) -> list[Any]:
        if not numbers:
            return []
        return self._database.execute_raw(
            f"{_TEXTS} WHERE {self._database.among('t.rowid')} ORDER BY t.rowid",
            (model, json.dumps(sorted(numbers))),
        )


def _complete(model: str) -> str:
    return f"changes complete {model}"


def _todo(row: Sequence[Any]) -> Todo | None:
    """What is to be embedded of a paper; None when its vector is of this text already."""
    number, title, abstract, summary, writing, known = row
    body = abstract or summary or writing[:_WRITING_LIMIT]
    digest = hashlib.blake2b(f"{title}\n{body}".encode(), digest_size=16).digest()
    return (number, title, body, digest) if digest != known else None


def _matrix(rows: Sequence[Any], dimension: int) -> tuple[NDArray[np.int64], NDArray[np.float16]]:
    numbers = np.fromiter((row[0] for row in rows), dtype=np.int64, count=len(rows))
    joined = b"".join(row[1] for row in rows)
    return numbers, np.frombuffer(joined, dtype=np.float16).reshape(len(rows), dimension)
