"""What an embedding model is to the rest of papergraph: texts in, rows of length 1 out."""

from collections.abc import Sequence
from typing import Protocol

import numpy as np
from numpy.typing import NDArray


class Embedder(Protocol):
    """An embedding model, whoever made it."""

    @property
    def name(self) -> str:
        """What the user calls the model: a shipped name, a folder, or a hub name."""

    @property
    def dimension(self) -> int:
        """Length of every row."""

    @property
    def fingerprint(self) -> str:
        """A digest that changes when the weights or the tokenizer change.

        Vectors of two fingerprints must never be compared: keep it beside stored vectors and embed
        again when it differs.
        """

    def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Embed each text on its own; the other texts of the call never change its row.

        Returns
        -------
        NDArray
            (n_texts, dimension) float32, rows of length 1, so that a product of two rows is their
            cosine (-1 to 1, higher is nearer). A text that holds nothing the model knows (empty,
            blank) gives a row of zeros.
        """


def unit_rows(vectors: NDArray[np.float32]) -> NDArray[np.float32]:
    """Scale rows to length 1; rows of zeros stay zeros.

    >>> unit_rows(np.array([[3.0, 4.0], [0.0, 0.0]], dtype=np.float32)).round(3).tolist()
    [[0.6000000238418579, 0.800000011920929], [0.0, 0.0]]
    """
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    return np.asarray(vectors / np.where(lengths > 0, lengths, 1), dtype=np.float32)
