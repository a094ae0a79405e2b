"""Nearest vectors for many papers: product quantisation in registers, then int8 for the best.

A scan of 4-bit codes picks candidates, whose int8 values rank them. What is added later is kept
beside in full and what is removed is masked; an index that is built anew holds all again.

References
----------
André, Kermarrec and Le Scouarnec, "Cache locality is not enough: high-performance nearest neighbor
search with product quantization fast scan" (2015).
"""

from pathlib import Path
from typing import Any

import numpy as np

from papergraph.vectors.stores import (
    ExactStore,
    Ids,
    Kind,
    Vectors,
    add_in_parts,
    load_faiss,
    load_faiss_alone,
)

_TRAINED_ON = 20_000
_SEED = 0
_FEWEST_CANDIDATES = 800  # int8 values compared for one query
_VALUES_A_CODE = 4


class ApproximateStore:
    """A product quantiser with refinement; finds most of the nearest, not surely all."""

    kind: Kind = "approximate"

    def __init__(self, index: Any) -> None:
        faiss = load_faiss()
        self._index = index
        self._inner = faiss.downcast_index(index.index)
        self._base_ids: Ids = np.array(faiss.vector_to_array(index.id_map), dtype=np.int64)
        self._order = np.argsort(self._base_ids, kind="stable")
        self._alive = np.ones(len(self._base_ids), dtype=np.bool_)
        nothing = np.empty((0, self.dimension), dtype=np.float32)
        self._added = ExactStore(np.empty(0, dtype=np.int64), nothing)

    def __len__(self) -> int:
        return int(np.count_nonzero(self._alive)) + len(self._added)

    @classmethod
    def build(cls, ids: Ids, vectors: Vectors) -> "ApproximateStore":
        """Build from rows; the codes are learnt from a sample of them."""
        faiss = load_faiss()
        dimension = vectors.shape[1]
        codes = dimension // _VALUES_A_CODE
        metric = faiss.METRIC_INNER_PRODUCT
        inner = faiss.index_factory(dimension, f"PQ{codes}x4fs,Refine(SQ8)", metric)
        sample = np.random.default_rng(_SEED).permutation(len(ids))[:_TRAINED_ON]
        inner.train(np.ascontiguousarray(vectors[np.sort(sample)], dtype=np.float32))
        index = faiss.IndexIDMap(inner)
        index.own_fields = True
        inner.this.disown()
        add_in_parts(index, ids, vectors)
        return cls(index)

    @property
    def dimension(self) -> int:
        """Length of every row."""
        return int(self._index.d)

    @property
    def ids(self) -> Ids:
        """Ids in the order of storage."""
        return np.concatenate([self._base_ids[self._alive], self._added.ids])

    def add(self, ids: Ids, vectors: Vectors) -> None:
        """Add rows beside the codes."""
        self._added.add(ids, vectors)

    def remove(self, ids: Ids) -> None:
        """Mask rows."""
        self._alive[self._places(ids[np.isin(ids, self._base_ids)])] = False
        self._added.remove(ids)

    def vectors_of(self, ids: Ids) -> Vectors:
        """Return rows as rounded to int8, those added later as they were given."""
        rows = np.empty((len(ids), self.dimension), dtype=np.float32)
        is_added = np.isin(ids, self._added.ids)
        if is_added.any():
            rows[is_added] = self._added.vectors_of(ids[is_added])
        if not is_added.all():
            places = self._places(ids[~is_added])
            rows[~is_added] = self._inner.refine_index.reconstruct_batch(places)
        return rows

    def search(self, vector: Vectors, k: int, allowed: Ids | None) -> tuple[Ids, Vectors]:
        """Compare the codes, then the best in int8; allowed rows are all compared in int8."""
        faiss = load_faiss_alone()
        if allowed is not None:
            places = np.flatnonzero(self._alive & np.isin(self._base_ids, allowed))
            selector = faiss.IDSelectorBatch(places.astype(np.int64))
            parameters = faiss.SearchParameters(sel=selector)
            found = self._inner.refine_index.search(
                vector[None], max(1, min(k, len(places))), params=parameters
            )
        else:
            # as many more as are masked, so that k remain
            gone = len(self._alive) - int(np.count_nonzero(self._alive))
            count = min(k + gone, len(self._alive))
            factor = max(4.0, _FEWEST_CANDIDATES / count)
            parameters = faiss.IndexRefineSearchParameters(k_factor=factor)
            found = self._inner.search(vector[None], count, params=parameters)
        scores, places = found[0][0], found[1][0]
        is_there = places >= 0
        is_there[is_there] = self._alive[places[is_there]]
        more_ids, more_scores = self._added.search(vector, k, allowed)
        return (
            np.concatenate([self._base_ids[places[is_there]], more_ids]),
            np.concatenate([scores[is_there], more_scores]),
        )

    def write(self, path: Path) -> None:
        """Write as faiss does; rows added or masked since are built in first."""
        store = self
        if len(self._added) or not self._alive.all():
            store = ApproximateStore.build(self.ids, self.vectors_of(self.ids))
        load_faiss().write_index(store._index, str(path))  # noqa: SLF001  # of this class

    @classmethod
    def read(cls, path: Path) -> "ApproximateStore":
        """Memory-map a written file."""
        faiss = load_faiss()
        flag = getattr(faiss, "IO_FLAG_MMAP_IFC", faiss.IO_FLAG_MMAP)
        return cls(faiss.read_index(str(path), flag))

    def _places(self, ids: Ids) -> Ids:
        """Where rows of the codes stand; every id must be one of them."""
        places = np.searchsorted(self._base_ids, ids, sorter=self._order)
        return np.asarray(self._order[places], dtype=np.int64)


def recall_at_10(store: ApproximateStore, vectors: Vectors, samples: int = 200) -> float:
    """Share of the ten nearest that the store finds, for rows of its own as queries. O(n d)."""
    count = min(samples, len(vectors))
    chosen = np.random.default_rng(_SEED).choice(len(vectors), count, replace=False)
    queries = np.ascontiguousarray(vectors[chosen], dtype=np.float32)
    best = np.full((count, 10), -np.inf, dtype=np.float32)
    for start in range(0, len(vectors), _TRAINED_ON):
        scores = queries @ np.asarray(vectors[start : start + _TRAINED_ON], dtype=np.float32).T
        best = -np.partition(-np.hstack([best, scores]), 9, axis=1)[:, :10]
    right = 0
    for query, nearest in zip(queries, best, strict=True):
        ids, _ = store.search(query, 10, None)
        places = store._places(ids)  # noqa: SLF001  # the same room
        found = np.asarray(vectors[places], dtype=np.float32) @ query
        right += int((np.sort(found)[::-1][:10] >= nearest.min() - 1e-5).sum())
    return right / (10 * count)
