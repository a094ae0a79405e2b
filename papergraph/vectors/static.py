"""Static models: a text's vector is the mean of its word pieces' rows. numpy and tokenizers only.

Two folder shapes are read: our own (`config.json`, `rows.npy` int8, `scale.npy` float16 per row,
`tokenizer.json`), and what sentence-transformers saves for StaticEmbedding with or without
Normalize (`modules.json`, `model.safetensors`, `tokenizer.json`). Weights are memory-mapped and
only the rows a text needs are read.
"""

import hashlib
import json
from collections.abc import Iterator, Sequence
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

from papergraph.errors import ModelError
from papergraph.vectors.embedder import unit_rows

BATCH = 256
MAX_CHARACTERS = 100_000
"""No more of a text is read; an abstract has about 1,500 characters."""

SAFETENSORS_TYPES = {"F32": "<f4", "F16": "<f2"}
SAFETENSORS_NAMES = ("embedding.weight", "embeddings")
"""What sentence-transformers and what model2vec call the table."""

STATIC_MODULES = (("StaticEmbedding",), ("StaticEmbedding", "Normalize"))


class StaticEmbedder:
    """Embeds texts with one row per word piece; make one with `open`.

    A row of the table counts `scale` times its stored values. Word pieces whose row is zero (the
    tokenizer's unknown and special tokens, in the shipped model) change nothing.
    """

    def __init__(
        self,
        *,
        name: str,
        tokenizer: Tokenizer,
        rows: NDArray[Any],
        scale: NDArray[np.floating[Any]],
        files: Sequence[Path],
    ) -> None:
        self.name = name
        self.dimension = int(rows.shape[1])
        self._tokenizer = tokenizer
        self._rows = rows
        self._scale = scale
        self._files = tuple(files)

    @classmethod
    def open(cls, folder: Path) -> "StaticEmbedder":
        """Open a model folder of either shape.

        Raises
        ------
        ModelError
            When the folder or a file is missing, or a file is not what it should be.
        """
        if (folder / "rows.npy").is_file():
            return cls._open_own(folder)
        if is_static_folder(folder):
            return cls._open_sentence_transformer(folder)
        raise ModelError(
            f"no static embedding model in {str(folder)!r}: found neither rows.npy nor"
            " a modules.json naming StaticEmbedding; give a model folder, or reinstall papergraph",
        )

    @classmethod
    def _open_own(cls, folder: Path) -> "StaticEmbedder":
        files = [folder / name for name in ("rows.npy", "scale.npy", "tokenizer.json")]
        rows, scale = (_map_array(path) for path in files[:2])
        name = str(_read_json(folder / "config.json").get("name") or folder.name)
        tokenizer = _read_tokenizer(files[2])
        fits = rows.ndim == 2 and rows.dtype == np.int8 and scale.shape == rows.shape[:1]
        if not fits or len(rows) < tokenizer.get_vocab_size():
            raise ModelError(
                f"model {name!r} in {str(folder)!r} does not fit together: rows {rows.shape} of"
                f" {rows.dtype}, scale {scale.shape}, {tokenizer.get_vocab_size()} word pieces;"
                " copy the folder again",
            )
        return cls(name=name, tokenizer=tokenizer, rows=rows, scale=scale, files=files)

    @classmethod
    def _open_sentence_transformer(cls, folder: Path) -> "StaticEmbedder":
        inner = folder / str(_read_modules(folder)[0].get("path") or "")
        files = [inner / "model.safetensors", inner / "tokenizer.json"]
        rows = _map_safetensors(files[0])
        tokenizer = _read_tokenizer(files[1])
        if rows.ndim != 2 or len(rows) < tokenizer.get_vocab_size():
            raise ModelError(
                f"{str(files[0])!r} has a table of {rows.shape} for {tokenizer.get_vocab_size()}"
                " word pieces; copy the folder again",
            )
        scale = np.ones(len(rows), dtype=np.float32)
        return cls(name=str(folder), tokenizer=tokenizer, rows=rows, scale=scale, files=files)

    @cached_property
    def fingerprint(self) -> str:
        """Digest of the weights and the tokenizer; reads each file once, on first use."""
        digest = hashlib.sha256()
        for path in self._files:
            digest.update(path.read_bytes())
        return digest.hexdigest()[:32]

    @property
    def tokenizer_json(self) -> str:
        """The tokenizer as the text of a `tokenizer.json`."""
        return str(self._tokenizer.to_str())

    def table(self) -> NDArray[np.float32]:
        """Return the whole table, (n_word_pieces, dimension) float32, as a copy in memory."""
        scaled = self._rows.astype(np.float32) * self._scale.astype(np.float32)[:, None]
        return np.asarray(scaled, dtype=np.float32)

    def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Embed each text; (n_texts, dimension) float32, rows of length 1 or zero."""
        means = np.zeros((len(texts), self.dimension), dtype=np.float32)
        for position, pieces in enumerate(self._word_pieces(texts)):
            if pieces:
                means[position] = self._mean(np.array(pieces))
        return unit_rows(means)

    def _mean(self, pieces: NDArray[np.int64]) -> NDArray[np.float32]:
        weights = self._scale[pieces].astype(np.float32)
        total = weights @ self._rows[pieces].astype(np.float32)
        return np.asarray(total / len(pieces), dtype=np.float32)

    def _word_pieces(self, texts: Sequence[str]) -> Iterator[list[int]]:
        if len(texts) == 1:  # a batch is handed to other threads, which one query would wait for
            text = readable(texts[0])
            yield self._tokenizer.encode(text, add_special_tokens=False).ids
            return
        for start in range(0, len(texts), BATCH):
            batch = [readable(text) for text in texts[start : start + BATCH]]
            for encoding in self._tokenizer.encode_batch_fast(batch, add_special_tokens=False):
                yield encoding.ids


def readable(text: str) -> str:
    """Cut a text to the length that is read, without the lone surrogates no tokenizer takes.

    >>> readable("ab" + chr(0xD800) + "c")
    'abc'
    """
    return text[:MAX_CHARACTERS].encode("utf-8", errors="ignore").decode("utf-8")


def is_static_folder(folder: Path) -> bool:
    """Tell whether `StaticEmbedder` reads this folder."""
    if (folder / "rows.npy").is_file():
        return True
    if not (folder / "modules.json").is_file():
        return False
    kinds = tuple(str(module.get("type")).rpartition(".")[2] for module in _read_modules(folder))
    return kinds in STATIC_MODULES


def _read_modules(folder: Path) -> list[dict[str, Any]]:
    modules = _read_json(folder / "modules.json")
    if isinstance(modules, list) and all(isinstance(module, dict) for module in modules):
        return modules
    raise ModelError(f"{str(folder / 'modules.json')!r} is not a list of modules")


def _read_json(path: Path) -> Any:
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise ModelError(f"cannot read {str(path)!r}: {error}; copy the model again") from error


def _read_tokenizer(path: Path) -> Tokenizer:
    try:
        tokenizer = Tokenizer.from_file(str(path))
    except Exception as error:
        # tokenizers raises bare Exception, nothing narrower
        raise ModelError(f"cannot read {str(path)!r}: {error}; copy the model again") from error
    tokenizer.no_truncation()
    tokenizer.no_padding()
    return tokenizer


def _map_array(path: Path) -> NDArray[Any]:
    try:
        # mapped still, without what a memmap does besides
        mapped: NDArray[Any] = np.asarray(np.load(path, mmap_mode="r", allow_pickle=False))
    except (OSError, ValueError, EOFError) as error:
        raise ModelError(f"cannot read {str(path)!r}: {error}; copy the model again") from error
    return mapped


def _map_safetensors(path: Path) -> NDArray[Any]:
    """Memory-map the table of a safetensors file: 8 bytes of header length, header, then data."""
    try:
        header, start = _safetensors_header(path)
        tensor = next(header[name] for name in SAFETENSORS_NAMES if name in header)
        return np.memmap(
            path,
            dtype=SAFETENSORS_TYPES[tensor["dtype"]],
            mode="r",
            offset=start + int(tensor["data_offsets"][0]),
            shape=tuple(tensor["shape"]),
        )
    except (OSError, ValueError, KeyError, TypeError, StopIteration) as error:
        raise ModelError(
            f"{str(path)!r} holds no table that can be read ({error!r}); expected one of"
            f" {SAFETENSORS_NAMES} as one of {tuple(SAFETENSORS_TYPES)}",
        ) from error


def _safetensors_header(path: Path) -> tuple[dict[str, Any], int]:
    with path.open("rb") as file:
        length = int.from_bytes(file.read(8), "little")
        if length > path.stat().st_size:
            raise ValueError(f"a header of {length} bytes")
        header = json.loads(file.read(length))
    if not isinstance(header, dict) or header.keys() & {"mapping", "weights"}:
        raise ValueError("not a plain table; model2vec folds one that has a mapping or weights")
    return header, 8 + length
