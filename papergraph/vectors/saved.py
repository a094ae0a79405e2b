"""A vector index kept beside the library and built again when the vectors changed."""

from __future__ import annotations

import logging
import shutil
from collections.abc import Callable, Collection
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from papergraph.errors import ModelError
from papergraph.vectors.index import VectorIndex

SAVED_FROM = 2000  # papers; a smaller index is built faster than opened
MOST_CHANGED = 0.1  # share of the vectors that is brought up to date without building anew
_log = logging.getLogger(__name__)

Rows = tuple[NDArray[np.int64], NDArray[np.floating[Any]]]
Load = Callable[[Collection[int] | None], Rows]
ChangedSince = Callable[[int], frozenset[int] | None]


def open_saved_index(
    folder: Path | None, fingerprint: str, version: int, changed_since: ChangedSince, load: Load
) -> VectorIndex:
    """Open the saved index of a model's vectors, brought up to date, or build it and save it.

    Parameters
    ----------
    folder
        Where indexes are kept; None for a library in memory.
    version
        Of the vectors at present.
    changed_since
        Tells which papers' vectors changed after a version; None when that is not known.
    load
        Gives numbers (n,) int64 and vectors (n, dimension) of some papers, or of all.

    An index that cannot be written is no error: it is then built each time.
    """
    for saved in _saved(folder, fingerprint):
        changed = changed_since(_version_of(saved))
        if changed is None:
            continue
        try:
            index = VectorIndex.open(saved)
        except ModelError as error:
            _log.info("building the index again: %s", error)
            continue
        if len(changed) <= MOST_CHANGED * len(index):
            _bring_up_to_date(index, changed, load)
            return index
    index = VectorIndex.build(*load(None), fingerprint=fingerprint)
    if folder is not None and len(index) >= SAVED_FROM:
        home = folder / f"vectors-{fingerprint}-{version}"
        if _save(index, home, fingerprint):
            return VectorIndex.open(home)  # mapped: its memory can be given back
    return index


def _bring_up_to_date(index: VectorIndex, changed: frozenset[int], load: Load) -> None:
    if changed:
        index.remove(np.array(sorted(changed), dtype=np.int64))
        index.add(*load(changed))


def _saved(folder: Path | None, fingerprint: str) -> list[Path]:
    """Saved indexes of a model, the newest first."""
    found = list(folder.glob(f"vectors-{fingerprint}-*")) if folder else []
    return sorted((home for home in found if _version_of(home) >= 0), key=_version_of)[::-1]


def _version_of(home: Path) -> int:
    text = home.name.rpartition("-")[2]
    return int(text) if text.isdecimal() else -1


def _save(index: VectorIndex, home: Path, fingerprint: str) -> bool:
    try:
        home.parent.mkdir(parents=True, exist_ok=True)
        index.save(home)
        for other in home.parent.glob(f"vectors-{fingerprint}-*"):
            if other != home:
                shutil.rmtree(other, ignore_errors=True)
    except (OSError, ModelError) as error:
        _log.info("the index is not kept: %s", error)
        return False
    return True
