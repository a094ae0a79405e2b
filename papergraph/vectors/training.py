"""Continues the training of an embedding model on pairs of texts, with sentence-transformers.

Both texts of a pair should come near each other and stay away from those of the other pairs of
their batch. Henderson et al., "Efficient natural language response suggestion for Smart Reply"
(2017), section 4.4: the loss MultipleNegativesRankingLoss.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from papergraph.errors import ModelError
from papergraph.vectors.embedder import Embedder
from papergraph.vectors.models import export_sentence_transformer
from papergraph.vectors.static import StaticEmbedder
from papergraph.vectors.transformer import BROKEN_INSTALLATION

# A table takes large steps: each row is touched by few texts. A transformer is spoilt by them.
_STATIC_RATE, _STATIC_BATCH, _STATIC_EPOCHS = 2e-3, 256, 4
_RATE, _BATCH, _EPOCHS = 2e-5, 32, 1


def continue_training(
    embedder: Embedder,
    pairs: Sequence[tuple[str, str]],
    folder: Path,
    *,
    seed: int = 0,
    progress: Callable[[int, int], None] | None = None,
) -> None:
    """Train a model further and write it to a folder that sentence-transformers reads.

    Parameters
    ----------
    pairs
        Texts that mean the same, such as the title and the abstract of a paper.
    progress
        Called with the batches done and their number.

    Raises
    ------
    ModelError
        When sentence-transformers or torch cannot be loaded, or the folder cannot be written.
    """
    is_static = isinstance(embedder, StaticEmbedder)
    rate, batch, epochs = _RATE, _BATCH, _EPOCHS
    if is_static:
        rate, batch, epochs = _STATIC_RATE, _STATIC_BATCH, _STATIC_EPOCHS
    try:
        model = _load(embedder)
        batches = _batches(pairs, batch, epochs, seed)
        _train(model, batches, rate, progress)
        folder.mkdir(parents=True, exist_ok=True)
        model.save(str(folder))
    except BROKEN_INSTALLATION as error:
        raise ModelError(
            f"cannot train {embedder.name!r} further: {type(error).__name__}: {error};"
            " check torch and sentence-transformers with 'papergraph doctor'"
        ) from error


def _load(embedder: Embedder) -> Any:
    from sentence_transformers import SentenceTransformer

    if not isinstance(embedder, StaticEmbedder):
        return SentenceTransformer(embedder.name, device="cpu")
    with tempfile.TemporaryDirectory() as draft:
        export_sentence_transformer(embedder, Path(draft))
        return SentenceTransformer(draft, device="cpu")


def _batches(
    pairs: Sequence[tuple[str, str]], size: int, epochs: int, seed: int
) -> list[list[tuple[str, str]]]:
    """All batches of all epochs, each epoch in an order of its own; the odd rest is left out."""
    draw = np.random.default_rng(seed)
    size = min(size, len(pairs))
    orders = [draw.permutation(len(pairs)) for _ in range(epochs)]
    return [
        [pairs[place] for place in order[start : start + size]]
        for order in orders
        for start in range(0, len(pairs) - size + 1, size)
    ]


def _train(
    model: Any,
    batches: Sequence[Sequence[tuple[str, str]]],
    rate: float,
    progress: Callable[[int, int], None] | None,
) -> None:
    """Take one step a batch, with a rate that falls to zero."""
    import torch
    from sentence_transformers.losses import MultipleNegativesRankingLoss

    torch.manual_seed(0)
    loss = MultipleNegativesRankingLoss(model)
    optimiser = torch.optim.Adam(model.parameters(), lr=rate)
    prepare = getattr(model, "preprocess", None) or model.tokenize  # its name before version 6
    model.train()
    for done, batch in enumerate(batches):
        optimiser.param_groups[0]["lr"] = rate * (1 - done / len(batches))
        features = [prepare(list(texts)) for texts in zip(*batch, strict=True)]
        optimiser.zero_grad()
        loss(features, torch.zeros(len(batch))).backward()
        optimiser.step()
        if progress:
            progress(done + 1, len(batches))
    model.eval()
