"""The verb adapt: train the embedding model further on the reader's own library, if it helps."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from papergraph.errors import InputError, LibraryError
from papergraph.library import Library
from papergraph.settings import shipped_folder
from papergraph.vectors import Embedder, continue_training, open_embedder

FEWEST_PAIRS = 200
_HELD_OUT = 0.1
_MOST_DOCUMENTS = 10_000
_DEPTH = 10
_ROUNDS = 1000
_SEED = 0

Pair = tuple[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Adaptation:
    """What came of it: `folder` of the new model, None when it was not surely better.

    `before` and `after` are nDCG@10 of finding held-out papers by their titles among abstracts;
    `gain` is the 95 % interval of the difference.
    """

    folder: Path | None
    before: float
    after: float
    gain: tuple[float, float]
    trained_on: int
    held_out: int

    def as_json(self) -> dict[str, Any]:
        """Return the answer of `papergraph adapt --json`."""
        return {
            "folder": str(self.folder) if self.folder else None,
            "before": round(self.before, 4),
            "after": round(self.after, 4),
            "gain": [round(value, 4) for value in self.gain],
            "trained_on": self.trained_on,
            "held_out": self.held_out,
        }


def adapt_model(
    library: Library,
    embedder: Embedder,
    *,
    progress: Callable[[int, int], None] | None = None,
) -> Adaptation:
    """Train a model further on titles and abstracts of a library, and measure it.

    A tenth of the papers is held out. The new model is kept, in a folder beside the library, only
    when it finds them better by a paired interval above zero.

    Raises
    ------
    InputError
        When fewer than 200 papers have a title and an abstract, a summary or something written.
    LibraryError
        When the library is in memory: there is no place beside it.
    ModelError
        When the model cannot be trained here.
    """
    if library.folder is None:
        raise LibraryError("a library in memory has no place for a model; give a file")
    pairs = _pairs(library)
    if len(pairs) < FEWEST_PAIRS:
        raise InputError(
            f"{len(pairs)} papers here have a title and an abstract; {FEWEST_PAIRS} are needed to"
            " learn from; bring more with 'papergraph crawl' or 'papergraph import'"
        )
    order = np.random.default_rng(_SEED).permutation(len(pairs))
    count = max(1, int(_HELD_OUT * len(pairs)))
    held_out, rest = [pairs[n] for n in order[:count]], [pairs[n] for n in order[count:]]
    documents = [body for _, body in (*held_out, *rest)][:_MOST_DOCUMENTS]
    draft = library.folder / "model-in-training"
    shutil.rmtree(draft, ignore_errors=True)
    continue_training(embedder, rest, draft, seed=_SEED, progress=progress)
    trained = open_embedder(str(draft), shipped=shipped_folder("data"))
    titles = [title for title, _ in held_out]
    before, after = _gains(embedder, titles, documents), _gains(trained, titles, documents)
    low, high = _interval(after - before)
    folder = _keep(draft, library, trained.fingerprint) if low > 0 else None
    shutil.rmtree(draft, ignore_errors=True)
    return Adaptation(
        folder=folder,
        before=float(before.mean()),
        after=float(after.mean()),
        gain=(low, high),
        trained_on=len(rest),
        held_out=len(held_out),
    )


def _pairs(library: Library) -> list[Pair]:
    return [
        (text.title, body)
        for text in library.texts.searchable()
        if text.title and (body := text.abstract or text.summary or text.writing)
    ]


def _gains(model: Embedder, titles: Sequence[str], documents: Sequence[str]) -> NDArray[np.float64]:
    """nDCG@10 of each title; the right document of title n is document n."""
    bodies, queries = model.embed(documents), model.embed(titles)
    own = np.einsum("nd,nd->n", queries, bodies[: len(titles)])
    ranks = np.array(
        [(bodies @ query > score).sum() for query, score in zip(queries, own, strict=True)]
    )
    return np.where(ranks < _DEPTH, 1 / np.log2(ranks + 2), 0.0)


def _interval(differences: NDArray[np.float64]) -> tuple[float, float]:
    draw = np.random.default_rng(_SEED)
    places = draw.integers(0, len(differences), (_ROUNDS, len(differences)))
    low, high = np.percentile(differences[places].mean(axis=1), [2.5, 97.5])
    return float(low), float(high)


def _keep(draft: Path, library: Library, fingerprint: str) -> Path:
    path = library.database.path
    home = (path.parent if path else draft.parent).resolve() / "models"
    folder = home / f"adapted-{fingerprint[:12]}"
    home.mkdir(parents=True, exist_ok=True)
    shutil.rmtree(folder, ignore_errors=True)
    shutil.move(draft, folder)
    return folder
