"""Any model of sentence-transformers, imported only when the first text is embedded.

The import takes 5 seconds and half a gigabyte, and torch may be missing or broken without any
harm to the rest of papergraph; so nothing here touches it before it is needed.
"""

import hashlib
from collections.abc import Sequence
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from papergraph.errors import ModelError
from papergraph.vectors.embedder import unit_rows
from papergraph.vectors.static import readable

BROKEN_INSTALLATION = (
    ImportError,
    OSError,  # a shared library that does not load
    RuntimeError,
    AttributeError,  # a torch folder that is empty or half removed
    NameError,
    TypeError,
    ValueError,
)


class SentenceTransformerEmbedder:
    """Embeds texts with a sentence-transformers model, given by hub name or folder."""

    def __init__(self, name_or_folder: str, *, offline: bool = False) -> None:
        """Remember which model; nothing is imported, read or fetched yet.

        Parameters
        ----------
        name_or_folder
            As `SentenceTransformer` takes it. A hub name is fetched on first use.
        offline
            Use only what is on this machine already.
        """
        self.name = name_or_folder
        self._offline = offline

    @cached_property
    def _model(self) -> Any:
        try:
            from sentence_transformers import SentenceTransformer
            from transformers.utils.logging import disable_progress_bar
        except BROKEN_INSTALLATION as error:
            raise ModelError(
                f"cannot load sentence-transformers for the model {self.name!r}:"
                f" {type(error).__name__}: {error}; reinstall it (pip install --force-reinstall"
                " torch sentence-transformers), or use the default model, which needs neither",
            ) from error
        disable_progress_bar()  # type: ignore[no-untyped-call]  # of reading one file
        try:
            return SentenceTransformer(self.name, local_files_only=self._offline)
        except BROKEN_INSTALLATION as error:
            raise ModelError(
                f"no embedding model {self.name!r}: {type(error).__name__}: {error};"
                " give a model folder, or the name of a model that can be fetched from here",
            ) from error

    @cached_property
    def dimension(self) -> int:
        """Length of every row; loads the model."""
        return int(self.embed(["dimension"]).shape[1])

    @cached_property
    def fingerprint(self) -> str:
        """Digest of all weights; loads the model."""
        digest = hashlib.sha256()
        for name, tensor in sorted(self._model.state_dict().items()):
            values = tensor.detach().cpu().contiguous().flatten()
            digest.update(name.encode())
            digest.update(values.view(_bytes_type()).numpy().tobytes())
        return digest.hexdigest()[:32]

    def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Embed each text; (n_texts, dimension) float32, rows of length 1 or zero."""
        kept = [readable(text) for text in texts]
        filled = [position for position, text in enumerate(kept) if text.strip()]
        if not filled:
            return np.zeros((len(texts), self.dimension), dtype=np.float32)
        rows = self._model.encode(
            [kept[position] for position in filled],
            convert_to_numpy=True,
            show_progress_bar=False,
        )
        vectors = np.zeros((len(texts), rows.shape[1]), dtype=np.float32)
        vectors[filled] = unit_rows(np.asarray(rows, dtype=np.float32))
        return vectors


def _bytes_type() -> Any:
    import torch

    return torch.uint8
