"""How the vectors of an index are held exactly: a numpy matrix, or a faiss scalar quantiser.

Measured at 256 values (one thread): numpy 0.4 ms at 10 k papers, fp16 3 ms at 100 k with recall
1.000, int8 45 ms at 1 M with recall .99. Graph and inverted-list indexes win nothing below 1 M.
"""

from pathlib import Path
from typing import Any, Literal, Protocol

import numpy as np
from numpy.typing import NDArray

from papergraph.errors import ModelError

Kind = Literal["exact", "fp16", "int8", "approximate"]
Ids = NDArray[np.int64]
Vectors = NDArray[np.float32]


class Store(Protocol):
    """Rows with ids. `add` is never given an id it holds, `search` never more than it holds."""

    @property
    def kind(self) -> Kind:
        """Which store this is."""

    @property
    def dimension(self) -> int:
        """Length of every row."""

    @property
    def ids(self) -> Ids:
        """Ids in the order of storage; may be a copy."""

    def __len__(self) -> int: ...

    def add(self, ids: Ids, vectors: Vectors) -> None:
        """Add rows."""

    def remove(self, ids: Ids) -> None:
        """Remove rows."""

    def vectors_of(self, ids: Ids) -> Vectors:
        """Return rows as stored, which is rounded unless the store is exact."""

    def search(self, vector: Vectors, k: int, allowed: Ids | None) -> tuple[Ids, Vectors]:
        """Return up to k ids and their inner products, in any order."""

    def write(self, path: Path) -> None:
        """Write everything to one file."""


class ExactStore:
    """A float32 matrix, searched by one matrix product."""

    kind: Kind = "exact"

    def __init__(self, ids: Ids, vectors: Vectors) -> None:
        self.ids = ids
        self._vectors = vectors

    def __len__(self) -> int:
        return len(self.ids)

    @property
    def dimension(self) -> int:
        """Length of every row."""
        return int(self._vectors.shape[1])

    def add(self, ids: Ids, vectors: Vectors) -> None:
        """Add rows; copies the matrix."""
        self.ids = np.concatenate([self.ids, ids])
        self._vectors = np.concatenate([self._vectors, vectors])

    def remove(self, ids: Ids) -> None:
        """Remove rows; copies the matrix."""
        kept = ~np.isin(self.ids, ids)
        self.ids, self._vectors = self.ids[kept], np.asarray(self._vectors)[kept]

    def vectors_of(self, ids: Ids) -> Vectors:
        """Return rows as they were given."""
        order = np.argsort(self.ids)
        return np.array(self._vectors[order[np.searchsorted(self.ids, ids, sorter=order)]])

    def search(self, vector: Vectors, k: int, allowed: Ids | None) -> tuple[Ids, Vectors]:
        """Compare with every row, or with every allowed row. O(n d)."""
        ids, vectors = self.ids, self._vectors
        if allowed is not None:
            rows = np.flatnonzero(np.isin(ids, allowed))
            ids, vectors = ids[rows], vectors[rows]
        scores = np.asarray(vectors @ vector, dtype=np.float32)
        if k >= len(scores):
            return ids, scores
        last = np.partition(scores, len(scores) - k)[len(scores) - k]
        best = scores >= last  # with all that tie for the last place
        return ids[best], scores[best]

    def write(self, path: Path) -> None:
        """Write one record per row: id, then vector."""
        row = np.dtype([("id", "<i8"), ("vector", "<f4", (self.dimension,))])
        records = np.empty(len(self.ids), dtype=row)
        records["id"], records["vector"] = self.ids, self._vectors
        with path.open("wb") as file:
            np.save(file, records, allow_pickle=False)

    @classmethod
    def read(cls, path: Path) -> "ExactStore":
        """Memory-map a written file; the ids are copied into memory."""
        records = np.load(path, mmap_mode="r", allow_pickle=False)
        return cls(np.array(records["id"]), records["vector"])


class QuantisedStore:
    """A faiss flat scalar quantiser behind IndexIDMap2: fp16 or int8 values."""

    def __init__(self, index: Any, kind: Kind, *, mapped: bool = False) -> None:
        self.kind: Kind = kind
        self._index = index
        self._mapped = mapped
        self._places: tuple[Ids, Ids] | None = None

    def __len__(self) -> int:
        return int(self._index.ntotal)

    @classmethod
    def build(cls, ids: Ids, vectors: Vectors, kind: Kind) -> "QuantisedStore":
        """Build from rows; int8 learns the range of each value from them."""
        faiss = load_faiss()
        code = {"fp16": faiss.ScalarQuantizer.QT_fp16, "int8": faiss.ScalarQuantizer.QT_8bit}
        flat = faiss.IndexScalarQuantizer(vectors.shape[1], code[kind], faiss.METRIC_INNER_PRODUCT)
        flat.train(np.asarray(vectors[:: 1 + len(vectors) // 50_000], dtype=np.float32))
        index = faiss.IndexIDMap2(flat)
        add_in_parts(index, ids, vectors)
        return cls(index, kind)

    @property
    def dimension(self) -> int:
        """Length of every row."""
        return int(self._index.d)

    @property
    def ids(self) -> Ids:
        """Ids in the order of storage."""
        return np.asarray(load_faiss().vector_to_array(self._index.id_map), dtype=np.int64)

    def add(self, ids: Ids, vectors: Vectors) -> None:
        """Add rows."""
        self._own()
        self._places = None
        add_in_parts(self._index, ids, vectors)

    def remove(self, ids: Ids) -> None:
        """Remove rows; moves those behind them."""
        self._own()
        self._places = None
        self._index.remove_ids(ids)

    def vectors_of(self, ids: Ids) -> Vectors:
        """Return rows as rounded by the quantiser."""
        if self.kind == "fp16":
            return widened(self._halves()[self._rows_of(ids)])
        return np.asarray(self._index.reconstruct_batch(ids), dtype=np.float32)

    def _halves(self) -> NDArray[np.float16]:
        """The codes of fp16 as they lie in memory: twice as quick as asking faiss for rows."""
        faiss = load_faiss()
        flat = faiss.downcast_index(self._index.index)
        codes = faiss.rev_swig_ptr(flat.codes.data(), len(self) * flat.code_size)
        return np.asarray(codes).view(np.float16).reshape(len(self), self.dimension)

    def _rows_of(self, ids: Ids) -> Ids:
        """Where the rows of ids are stored."""
        if self._places is None:
            stored = self.ids
            order = np.argsort(stored)
            self._places = stored[order], order
        known, order = self._places
        return np.asarray(order[np.searchsorted(known, ids)])

    def search(self, vector: Vectors, k: int, allowed: Ids | None) -> tuple[Ids, Vectors]:
        """Scan every code, or every allowed one. O(n d)."""
        faiss = load_faiss_alone()
        parameters = None
        if allowed is not None:
            parameters = faiss.SearchParameters(sel=faiss.IDSelectorBatch(allowed))
        scores, ids = self._index.search(vector[None], k, params=parameters)
        found = ids[0] >= 0
        return ids[0][found], scores[0][found]

    def write(self, path: Path) -> None:
        """Write as faiss does."""
        load_faiss().write_index(self._index, str(path))

    @classmethod
    def read(cls, path: Path, kind: Kind) -> "QuantisedStore":
        """Memory-map a written file."""
        faiss = load_faiss()
        flag = getattr(faiss, "IO_FLAG_MMAP_IFC", faiss.IO_FLAG_MMAP)
        return cls(faiss.read_index(str(path), flag), kind, mapped=True)

    def _own(self) -> None:
        # faiss ends the whole process when a memory-mapped index is changed.
        if self._mapped:
            faiss = load_faiss()
            self._index = faiss.deserialize_index(faiss.serialize_index(self._index))
            self._mapped = False


def widened(halves: NDArray[np.float16]) -> Vectors:
    """Finite halves as float32, six times as quick as numpy, which takes them one by one.

    The bits are moved to their places; the exponent then counts from 127 and not from 15, which
    the factor mends.
    """
    bits = halves.view(np.int16).astype(np.int32)
    bits <<= 13
    bits &= ~0x70000000
    floats = bits.view(np.float32)
    floats *= np.float32(2.0**112)
    return floats


def add_in_parts(index: Any, ids: Ids, vectors: Vectors, part: int = 20_000) -> None:
    """Hand rows to faiss part by part, so that few of them stand in memory as float32 at once."""
    for start in range(0, len(ids), part):
        rows = np.ascontiguousarray(vectors[start : start + part], dtype=np.float32)
        index.add_with_ids(rows, ids[start : start + part])


def load_faiss_alone() -> Any:
    """Import faiss for one query: it is read at the speed of memory by one thread.

    A second thread gains nothing then, and is waited for when the cores are busy.
    """
    faiss = load_faiss()
    faiss.omp_set_num_threads(1)  # of the calling thread only
    return faiss


def load_faiss() -> Any:
    """Import faiss, or say what to do."""
    try:
        import faiss
    except (ImportError, OSError) as error:
        raise ModelError(
            f"cannot load faiss: {error}; reinstall it (pip install --force-reinstall faiss-cpu)"
        ) from error
    return faiss
