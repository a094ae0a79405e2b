"""A vector index kept beside the library and built again when the vectors changed."""

from __future__ import annotations

import logging
import shutil
from collections.abc import Callable
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from papergraph.errors import ModelError
from papergraph.vectors.index import VectorIndex

SAVED_FROM = 2000  # papers; a smaller index is built faster than opened
_log = logging.getLogger(__name__)

Rows = tuple[NDArray[np.int64], NDArray[np.float32]]


def open_saved_index(
    folder: Path | None, fingerprint: str, stamp: str, load: Callable[[], Rows]
) -> VectorIndex:
    """Open the saved index of a model's vectors, or build it from `load()` and save it.

    `stamp` changes when the vectors do; indexes of other stamps are removed once the new one is
    written. `load` returns paper numbers (n,) int64 and vectors (n, dimension) float32. An index
    that cannot be written is no error: it is then built each time.
    """
    home = folder / f"vectors-{fingerprint}-{stamp}" if folder else None
    if home is not None and home.exists():
        try:
            return VectorIndex.open(home)
        except ModelError as error:
            _log.info("building the index again: %s", error)
    index = VectorIndex.build(*load(), fingerprint=fingerprint)
    if home is not None and len(index) >= SAVED_FROM:
        _save(index, home, fingerprint)
    return index


def _save(index: VectorIndex, home: Path, fingerprint: str) -> None:
    try:
        home.parent.mkdir(parents=True, exist_ok=True)
        index.save(home)
        for other in home.parent.glob(f"vectors-{fingerprint}-*"):
            if other != home:
                shutil.rmtree(other, ignore_errors=True)
    except (OSError, ModelError) as error:
        _log.info("the index is not kept: %s", error)
