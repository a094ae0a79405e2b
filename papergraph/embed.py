"""The verb embed: give every paper whose text changed a vector of the chosen model."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from papergraph.library import Library
from papergraph.settings import SHIPPED_MODEL, Settings, shipped_folder
from papergraph.vectors import Embedder, open_embedder

# A paper's vector is unit(body + 0.5 title); measured better than title or body alone
# (research/search.md section 3). A paper without abstract or summary gets its title's vector.
TITLE_SHARE = 0.5


def open_model(settings: Settings) -> Embedder:
    """Open the model of the settings: the shipped one, or any sentence-transformers name or folder.

    Raises ModelError when it cannot be loaded; the message says what to do.
    """
    shipped = shipped_folder("data") / "models" / SHIPPED_MODEL
    return open_embedder(settings.model, shipped=shipped, offline=settings.offline)


def embed_papers(
    library: Library, embedder: Embedder, *, progress: Callable[[int], None] | None = None
) -> int:
    """Embed the papers that have no vector of this model for their present text.

    `progress` is called with the number of papers done in each chunk. Chunks are stored as they
    are done, so a broken-off run goes on where it stopped. Returns how many were embedded.
    """
    done = 0
    for todo in library.vectors.outdated(embedder.fingerprint):
        titles = embedder.embed([item[1] for item in todo])
        bodies = embedder.embed([item[2] for item in todo])
        mixed = bodies + TITLE_SHARE * titles
        lengths = np.linalg.norm(mixed, axis=1, keepdims=True)
        library.vectors.put(embedder.fingerprint, todo, mixed / np.maximum(lengths, 1e-9))
        done += len(todo)
        if progress:
            progress(len(todo))
    return done
