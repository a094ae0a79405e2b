"""Which model a name means, and how our static model is handed to sentence-transformers."""

import json
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from papergraph.errors import ModelError
from papergraph.vectors.embedder import Embedder
from papergraph.vectors.static import StaticEmbedder, is_static_folder
from papergraph.vectors.transformer import SentenceTransformerEmbedder

SHIPPED_NAME = "static-papers-256"


def open_embedder(name: str, *, shipped: Path, offline: bool = False) -> Embedder:
    """Open the embedding model a name means.

    Parameters
    ----------
    name
        "" or "static-papers-256" for the shipped model; a model folder; or any other name
        sentence-transformers knows. A folder that holds a static model is read without
        importing torch.
    shipped
        Folder of the shipped model.
    offline
        Never fetch a model.

    Raises
    ------
    ModelError
        When the shipped model or a named folder is missing or damaged. A hub name is not looked
        up before its first use.
    """
    if name in ("", SHIPPED_NAME):
        return StaticEmbedder.open(shipped)
    folder = Path(name).expanduser()
    if folder.is_dir():
        if is_static_folder(folder):
            return StaticEmbedder.open(folder)
        return SentenceTransformerEmbedder(str(folder), offline=offline)
    if name.startswith((".", "~")) or folder.is_absolute() or name.count("/") > 1:
        raise ModelError(
            f"no model folder {name!r}; give an existing folder, a model name,"
            f" or {SHIPPED_NAME!r} for the shipped model",
        )
    return SentenceTransformerEmbedder(name, offline=offline)


def export_sentence_transformer(embedder: Embedder, folder: Path) -> None:
    """Write a static model as a folder that sentence-transformers loads, with the same vectors.

    The folder (modules StaticEmbedding and Normalize, float32) is four times as large as the
    shipped one. Files of the same names in `folder` are replaced.

    Raises
    ------
    ModelError
        When the model is not a static one, or the folder cannot be written.
    """
    if not isinstance(embedder, StaticEmbedder):
        raise ModelError(
            f"{embedder.name!r} is not a static model; sentence-transformers reads it as it is",
        )
    try:
        (folder / "1_Normalize").mkdir(parents=True, exist_ok=True)
        _write_safetensors(embedder.table(), folder / "model.safetensors")
        (folder / "tokenizer.json").write_text(embedder.tokenizer_json, encoding="utf-8")
        modules = [_module(0, "StaticEmbedding"), _module(1, "Normalize")]
        _write_json(modules, folder / "modules.json")
        _write_json({}, folder / "1_Normalize" / "config.json")
        settings = {"model_type": "SentenceTransformer", "similarity_fn_name": "cosine"}
        _write_json(settings, folder / "config_sentence_transformers.json")
    except OSError as error:
        raise ModelError(f"cannot write the model to {str(folder)!r}: {error}") from error


def _module(index: int, kind: str) -> dict[str, str | int]:
    path = f"{index}_{kind}" if index else ""
    # The name of sentence-transformers 2 to 5, which later versions still resolve.
    kind = f"sentence_transformers.models.{kind}"
    return {"idx": index, "name": str(index), "path": path, "type": kind}


def _write_json(value: object, path: Path) -> None:
    path.write_text(json.dumps(value, indent=2) + "\n", encoding="utf-8")


def _write_safetensors(table: NDArray[np.float32], path: Path) -> None:
    tensor = {"dtype": "F32", "shape": list(table.shape), "data_offsets": [0, table.nbytes]}
    header = json.dumps({"embedding.weight": tensor}).encode()
    header += b" " * (-len(header) % 8)  # the format wants the data aligned to 8 bytes
    with path.open("wb") as file:
        file.write(len(header).to_bytes(8, "little") + header)
        file.write(np.ascontiguousarray(table, dtype="<f4").tobytes())
