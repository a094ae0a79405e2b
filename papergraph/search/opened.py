"""Keeps the indexes of a library open between searches, and opens them again when it changed."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field
from weakref import WeakKeyDictionary

from papergraph.lexical import LexicalIndex, open_lexical_index
from papergraph.library import Library
from papergraph.vectors import Embedder, VectorIndex, open_saved_index


@dataclass(slots=True)
class _Opened:
    """What is open of one library, each with the version of the library it answers for."""

    lock: threading.Lock = field(default_factory=threading.Lock)
    lexical: tuple[int, LexicalIndex] | None = None
    vectors: dict[str, tuple[int, VectorIndex]] = field(default_factory=dict)


_opened: WeakKeyDictionary[Library, _Opened] = WeakKeyDictionary()
_opening = threading.Lock()


def prepare_search(library: Library, embedder: Embedder | None = None) -> None:
    """Make what searches need ahead of the first one: the indexes of words and of vectors."""
    lexical_index(library)
    if embedder is not None:
        vector_index(library, embedder)


def lexical_index(library: Library) -> LexicalIndex:
    """The index of words of a library as it is now."""
    changes = library.texts.changes
    held = _held(library)
    with held.lock:
        version = changes.version
        if held.lexical is None or held.lexical[0] != version:
            index = open_lexical_index(
                library.folder, version, changes.since, library.texts.searchable
            )
            held.lexical = (version, index)
        return held.lexical[1]


def vector_index(library: Library, embedder: Embedder) -> VectorIndex:
    """The index of the vectors that a model made of a library's papers."""
    model = embedder.fingerprint
    changes = library.vectors.changes(model)
    held = _held(library)
    with held.lock:
        version = changes.version
        found = held.vectors.get(model)
        if found is None or found[0] != version:
            index = open_saved_index(
                library.folder,
                model,
                version,
                changes.since,
                lambda numbers: library.vectors.matrix(model, embedder.dimension, numbers),
            )
            held.vectors[model] = found = (version, index)
        return found[1]


def _held(library: Library) -> _Opened:
    with _opening:
        return _opened.setdefault(library, _Opened())
