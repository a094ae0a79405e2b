"""Nearest papers by vector: an index that picks its type by size, filters, and lives in a folder.

Ids are whatever the caller numbers its papers with; scores are inner products, which for rows of
length 1 are cosines (-1 to 1, higher is nearer). The index is derived data: when it cannot be
opened, build it again.
"""

import json
import uuid
from pathlib import Path
from typing import Any, get_args

import numpy as np
from numpy.typing import NDArray

from papergraph.errors import ModelError
from papergraph.vectors.approximate import ApproximateStore, recall_at_10
from papergraph.vectors.stores import ExactStore, Kind, QuantisedStore, Store

EXACT_BELOW = 5_000  # numpy shares a product among threads, and waits when the cores are busy
FP16_BELOW = 100_000
APPROXIMATE_FROM = 50_000
LEAST_RECALL = 0.95  # of the ten nearest; an approximate index that finds fewer is not used
KINDS: tuple[Kind, ...] = get_args(Kind)
FORMAT = 1
_CHECKED_AT_ONCE = 50_000

Given = NDArray[np.floating[Any]]


class VectorIndex:
    """Vectors by id; make one with `build` or `open`."""

    def __init__(self, store: Store, fingerprint: str = "") -> None:
        self._store = store
        self._sorted: NDArray[np.int64] | None = None
        self.fingerprint = fingerprint

    @classmethod
    def build(
        cls,
        ids: NDArray[np.int64],
        vectors: Given,
        *,
        fingerprint: str = "",
        kind: Kind | None = None,
    ) -> "VectorIndex":
        """Index vectors.

        Parameters
        ----------
        ids
            (n,) distinct and not negative.
        vectors
            (n, dimension) float32 or float16; rows of length 1, or zero for papers without text.
        fingerprint
            Of the model that made the vectors; kept with the index, for the caller to compare.
        kind
            By size when None: exact below 5,000 vectors, fp16 below 100,000, int8 above; and
            approximate from 50,000 on when it finds 95 % of the ten nearest of these vectors.

        Raises
        ------
        ModelError
            When the arrays do not fit together, an id comes twice, or a value is not finite.
        """
        ids, vectors = _checked(ids, vectors)
        return cls(_build_store(ids, vectors, kind), fingerprint)

    def __len__(self) -> int:
        return len(self._store)

    @property
    def kind(self) -> Kind:
        """How the vectors are held: exact, fp16, int8 or approximate."""
        return self._store.kind

    @property
    def dimension(self) -> int:
        """Length of every vector."""
        return self._store.dimension

    @property
    def ids(self) -> NDArray[np.int64]:
        """Return all ids, ascending."""
        if self._sorted is None:
            self._sorted = np.sort(self._store.ids)
        return self._sorted

    def search(
        self,
        vector: NDArray[np.float32],
        k: int,
        *,
        allowed: NDArray[np.int64] | None = None,
    ) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
        """Find the k nearest papers, among the allowed ids if given.

        Returns
        -------
        ids, scores
            Best first, ties by id; fewer than k when fewer are there. Ids in `allowed` that the
            index does not hold are ignored.
        """
        query = np.ascontiguousarray(vector, dtype=np.float32).reshape(-1)
        if len(query) != self.dimension or not np.isfinite(query).all():
            raise ModelError(
                f"a query of {len(query)} values for an index of {self.dimension} (or not finite);"
                " embed it with the model the index was built with",
            )
        permitted = None if allowed is None else np.unique(np.asarray(allowed, dtype=np.int64))
        count = min(k, len(self) if permitted is None else len(permitted), len(self))
        if count <= 0:
            return np.empty(0, dtype=np.int64), np.empty(0, dtype=np.float32)
        ids, scores = self._store.search(query, count, permitted)
        order = np.lexsort((ids, -scores))[:count]
        return ids[order], scores[order]

    def vectors_of(self, ids: NDArray[np.int64]) -> NDArray[np.float32]:
        """Return the vectors of these ids as the index holds them, (n, dimension) float32."""
        wanted = np.asarray(ids, dtype=np.int64)
        unknown = wanted[~self._holds(wanted)]
        if len(unknown):
            raise ModelError(f"no vector for the ids {unknown[:5].tolist()}; embed them first")
        if not len(wanted):
            return np.empty((0, self.dimension), dtype=np.float32)
        return self._store.vectors_of(wanted)

    def scores_of(self, ids: NDArray[np.int64], vector: NDArray[np.float32]) -> NDArray[np.float32]:
        """Return the inner products of some papers with a vector, 0 for those not held."""
        wanted = np.asarray(ids, dtype=np.int64)
        scores = np.zeros(len(wanted), dtype=np.float32)
        is_held = self._holds(wanted)
        if is_held.any():
            # row by row: a product of matrices is shared with threads that have to be waited for
            scores[is_held] = np.vecdot(self._store.vectors_of(wanted[is_held]), vector)
        return scores

    def add(self, ids: NDArray[np.int64], vectors: Given) -> None:
        """Add vectors; an id that is there already gets the new vector.

        When the index outgrows its kind it is rebuilt as the next one.
        """
        ids, vectors = _checked(ids, vectors)
        if not len(ids):
            return
        if vectors.shape[1] != self.dimension:
            raise ModelError(
                f"vectors of {vectors.shape[1]} values for an index of {self.dimension};"
                " build the index again when the model changes",
            )
        self.remove(ids)
        self._store.add(ids, vectors)
        self._sorted = None
        if KINDS.index(kind_for(len(self))) > KINDS.index(self.kind):
            everything = self._store.ids
            self._store = _build_store(everything, self._store.vectors_of(everything), None)

    def remove(self, ids: NDArray[np.int64]) -> int:
        """Remove vectors; ids that are not there are ignored. Returns how many went."""
        present = np.intersect1d(np.asarray(ids, dtype=np.int64), self._store.ids)
        if len(present):
            self._store.remove(present)
            self._sorted = None
        return len(present)

    def _holds(self, wanted: NDArray[np.int64]) -> NDArray[np.bool_]:
        known = self.ids
        if not len(known):
            return np.zeros(len(wanted), dtype=np.bool_)
        places = np.minimum(np.searchsorted(known, wanted), len(known) - 1)
        return np.asarray(known[places] == wanted)

    def save(self, path: Path) -> None:
        """Write the index to a folder; a reader sees the old index or the new one, never a mix.

        One process at a time may save to a folder.

        Raises
        ------
        ModelError
            When the folder cannot be written.
        """
        file = path / f"vectors-{uuid.uuid4().hex}"
        header = {
            "format": FORMAT,
            "kind": self.kind,
            "dimension": self.dimension,
            "count": len(self),
            "fingerprint": self.fingerprint,
            "file": file.name,
        }
        try:
            path.mkdir(parents=True, exist_ok=True)
            self._store.write(file)
            header["bytes"] = file.stat().st_size
            draft = path / f"{file.name}.json"
            draft.write_text(json.dumps(header, indent=2) + "\n", encoding="utf-8")
            draft.replace(path / "index.json")
        except (OSError, RuntimeError) as error:
            raise ModelError(f"cannot write the vector index to {str(path)!r}: {error}") from error
        _remove_others(path, file)

    @classmethod
    def open(cls, path: Path) -> "VectorIndex":
        """Open a saved index, memory-mapped; changes stay in memory until `save`.

        Raises
        ------
        ModelError
            When there is no index, or it is damaged.
        """
        try:
            return cls(*_read_saved(path))
        except (OSError, ValueError, KeyError, TypeError, IndexError, RuntimeError) as error:
            raise ModelError(
                f"no vector index that can be read in {str(path)!r}: {error}; build it again",
            ) from error


def kind_for(count: int) -> Kind:
    """Choose the exact kind for a number of vectors.

    >>> kind_for(1_000), kind_for(50_000), kind_for(500_000)
    ('exact', 'fp16', 'int8')
    """
    if count < EXACT_BELOW:
        return "exact"
    return "fp16" if count < FP16_BELOW else "int8"


def _build_store(ids: NDArray[np.int64], vectors: NDArray[np.float32], kind: Kind | None) -> Store:
    """Build the store of a kind, or the fastest that finds what is near these vectors."""
    is_large = len(ids) >= APPROXIMATE_FROM and vectors.shape[1] % 8 == 0
    if kind == "approximate" or (kind is None and is_large):
        store = ApproximateStore.build(ids, vectors)
        if kind is not None or recall_at_10(store, vectors) >= LEAST_RECALL:
            return store
    kind = kind or kind_for(len(ids))
    if kind == "exact":
        return ExactStore(ids, np.asarray(vectors, dtype=np.float32))
    return QuantisedStore.build(ids, vectors, kind)


def _read_store(path: Path, kind: Kind) -> Store:
    """Open the store of a kind, memory-mapped."""
    if kind == "exact":
        return ExactStore.read(path)
    return ApproximateStore.read(path) if kind == "approximate" else QuantisedStore.read(path, kind)


def _read_saved(folder: Path) -> tuple[Store, str]:
    header = json.loads((folder / "index.json").read_text(encoding="utf-8"))
    file = folder / Path(str(header["file"])).name
    size = file.stat().st_size
    # faiss may end the process over a damaged file, so what can be checked is checked before.
    if header["format"] != FORMAT or header["kind"] not in KINDS or header["bytes"] != size:
        raise ValueError(f"{size} bytes do not fit the header {header!r}")
    store = _read_store(file, header["kind"])
    if (len(store), store.dimension) != (header["count"], header["dimension"]):
        raise ValueError(f"{len(store)} vectors do not fit the header {header!r}")
    return store, str(header["fingerprint"])


def _remove_others(folder: Path, kept: Path) -> None:
    """Remove the files of earlier saves; one that is still in use on Windows stays."""
    for old in folder.glob("vectors-*"):
        if old != kept:
            try:
                old.unlink()
            except OSError:
                continue


def _checked(
    ids: NDArray[np.int64], vectors: Given
) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
    ids = np.ascontiguousarray(ids, dtype=np.int64)
    if vectors.dtype != np.float16:  # halves are widened part by part where they are used
        vectors = np.ascontiguousarray(vectors, dtype=np.float32)
    if ids.ndim != 1 or vectors.ndim != 2 or len(ids) != len(vectors):
        raise ModelError(f"ids of shape {ids.shape} for vectors of shape {vectors.shape}")
    if len(np.unique(ids)) != len(ids) or (ids < 0).any():
        raise ModelError("vector ids must be distinct and not negative")
    for start in range(0, len(ids), _CHECKED_AT_ONCE):
        is_finite = np.isfinite(vectors[start : start + _CHECKED_AT_ONCE]).all(axis=1)
        if not is_finite.all():
            bad = ids[start : start + _CHECKED_AT_ONCE][~is_finite][:5].tolist()
            raise ModelError(f"vectors of the ids {bad} are not finite; embed them again")
    return ids, vectors
