"""Embedded texts of papers: one vector a model and paper, kept while its text is unchanged."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from papergraph.library.database import Database

_MISSING = (
    "SELECT t.rowid, t.title, t.abstract, t.summary, t.writing, e.text_hash FROM papers_text t"
    " LEFT JOIN embeddings e ON e.paper_id = t.rowid AND e.model = ?"
    " WHERE t.rowid > ? ORDER BY t.rowid LIMIT ?"
)
_WRITING_LIMIT = 2000
_CHUNK = 400


class Vectors:
    """The vectors of one library, by the fingerprint of the model that made them."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def outdated(
        self, model: str, chunk: int = 2048
    ) -> Iterator[list[tuple[int, str, str, bytes]]]:
        """Yield papers to embed in chunks: (paper, title, body, hash of both)."""
        last = 0
        while True:
            rows = self._database.execute_raw(_MISSING, (model, last, chunk))
            if not rows:
                return
            last = rows[-1][0]
            todo = []
            for number, title, abstract, summary, writing, known in rows:
                body = abstract or summary or writing[:_WRITING_LIMIT]
                digest = hashlib.blake2b(f"{title}\n{body}".encode(), digest_size=16).digest()
                if digest != known:
                    todo.append((number, title, body, digest))
            if todo:
                yield todo

    def count_outdated(self, model: str) -> int:
        """How many papers have no vector of this model yet (changed texts not counted)."""
        row = self._database.execute_raw(
            "SELECT (SELECT count(*) FROM titles_text)"
            " - (SELECT count(*) FROM embeddings WHERE model = ?)",
            (model,),
        )[0]
        return max(0, int(row[0]))

    def put(
        self, model: str, todo: Sequence[tuple[int, str, str, bytes]], vectors: NDArray[np.float32]
    ) -> None:
        """Store the vectors of papers handed out by `outdated`, (n, dimension) float32."""
        rows = [
            (model, item[0], item[3], vector.astype(np.float16).tobytes())
            for item, vector in zip(todo, vectors, strict=True)
        ]
        with self._database.transaction():
            self._database.execute_raw(
                "INSERT OR REPLACE INTO embeddings (model, paper_id, text_hash, vector)"
                " VALUES (?, ?, ?, ?)",
                rows,
            )
            self._database.execute_raw(
                "INSERT INTO info VALUES (?, '1')"
                " ON CONFLICT (key) DO UPDATE SET value = CAST(value AS INTEGER) + 1",
                (f"vectors {model}",),
            )

    def matrix(self, model: str, dimension: int) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
        """All vectors of a model: papers (n,) int64 and vectors (n, dimension) float32."""
        rows = self._database.execute_raw(
            "SELECT paper_id, vector FROM embeddings WHERE model = ? ORDER BY paper_id", (model,)
        )
        numbers = np.fromiter((row[0] for row in rows), dtype=np.int64, count=len(rows))
        joined = b"".join(row[1] for row in rows)
        halves = np.frombuffer(joined, dtype=np.float16).reshape(len(rows), dimension)
        return numbers, halves.astype(np.float32)

    def some(self, numbers: Sequence[int]) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
        """The vectors of these papers by the model used most, as `matrix`; fewer when some lack."""
        models = self._database.execute_raw(
            "SELECT substr(key, 9) FROM info WHERE key LIKE 'vectors %'"
            " ORDER BY CAST(value AS INTEGER) DESC, key LIMIT 1"
        )
        rows: list[tuple[int, bytes]] = []
        for start in range(0, len(numbers) if models else 0, _CHUNK):
            chunk = numbers[start : start + _CHUNK]
            marks = ", ".join("?" * len(chunk))
            rows += self._database.execute_raw(
                "SELECT paper_id, vector FROM embeddings"
                f" WHERE model = ? AND paper_id IN ({marks})",
                (models[0][0], *chunk),
            )
        found = np.fromiter((row[0] for row in rows), dtype=np.int64, count=len(rows))
        halves = np.frombuffer(b"".join(row[1] for row in rows), dtype=np.float16)
        return found, halves.reshape(len(rows), -1 if rows else 0).astype(np.float32)

    def stamp(self, model: str) -> str:
        """A text that changes when the vectors of a model change: count, last paper, writes."""
        row = self._database.execute_raw(
            "SELECT count(*), coalesce(max(paper_id), 0),"
            " coalesce((SELECT value FROM info WHERE key = ?), '0')"
            " FROM embeddings WHERE model = ?",
            (f"vectors {model}", model),
        )[0]
        return f"{row[0]}-{row[1]}-{row[2]}"
