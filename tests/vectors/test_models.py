import json

import numpy as np
import pytest
from papergraph.errors import ModelError
from papergraph.vectors import (
    SentenceTransformerEmbedder,
    StaticEmbedder,
    export_sentence_transformer,
    open_embedder,
)

TEXTS = (
    "",
    "Attention Is All You Need",
    "graph neural networks, " * 400,
    "naïve Bayes 深度学习 🙂 [MASK]",
    "1706.03762",
)


@pytest.fixture(scope="module")
def exported(shipped, tmp_path_factory):
    """The shipped model as sentence-transformers writes a static model."""
    folder = tmp_path_factory.mktemp("exported")
    export_sentence_transformer(shipped, folder)
    return folder


@pytest.mark.parametrize("name", ["", "static-papers-256"])
def test_default_names_open_the_shipped_model(shipped, shipped_folder, name):
    embedder = open_embedder(name, shipped=shipped_folder)

    assert isinstance(embedder, StaticEmbedder)
    assert embedder.fingerprint == shipped.fingerprint


def test_folder_of_the_own_shape_is_opened(shipped_folder, tmp_path):
    embedder = open_embedder(str(shipped_folder), shipped=tmp_path)

    assert isinstance(embedder, StaticEmbedder)


def test_exported_folder_is_read_without_sentence_transformers(exported, shipped, tmp_path):
    embedder = open_embedder(str(exported), shipped=tmp_path)

    assert isinstance(embedder, StaticEmbedder)
    assert embedder.fingerprint != shipped.fingerprint
    np.testing.assert_allclose(embedder.embed(TEXTS), shipped.embed(TEXTS), atol=1e-6)


def test_static_module_in_a_folder_of_its_own_is_read(exported, shipped, tmp_path):
    folder = tmp_path / "model" / "0_StaticEmbedding"
    folder.mkdir(parents=True)
    for name in ("model.safetensors", "tokenizer.json"):
        (folder / name).symlink_to(exported / name)
    module = {"idx": 0, "path": folder.name, "type": "some.where.StaticEmbedding"}
    (folder.parent / "modules.json").write_text(json.dumps([module]), encoding="utf-8")

    embedder = open_embedder(str(folder.parent), shipped=tmp_path)

    np.testing.assert_allclose(embedder.embed(TEXTS), shipped.embed(TEXTS), atol=1e-6)


def test_any_other_name_is_left_to_sentence_transformers(tmp_path):
    embedder = open_embedder("sentence-transformers/all-MiniLM-L6-v2", shipped=tmp_path)

    assert isinstance(embedder, SentenceTransformerEmbedder)
    assert embedder.name == "sentence-transformers/all-MiniLM-L6-v2"


def test_folder_with_other_modules_is_left_to_sentence_transformers(tmp_path):
    modules = [{"idx": 0, "path": "", "type": "sentence_transformers.models.Transformer"}]
    (tmp_path / "modules.json").write_text(json.dumps(modules), encoding="utf-8")

    embedder = open_embedder(str(tmp_path), shipped=tmp_path)

    assert isinstance(embedder, SentenceTransformerEmbedder)


@pytest.mark.parametrize("name", ["./no-such-model", "/no/such/model", "a/b/c", "~/no-such-model"])
def test_missing_folder_is_a_model_error(tmp_path, name):
    with pytest.raises(ModelError, match="no model folder"):
        open_embedder(name, shipped=tmp_path)


def test_missing_shipped_model_is_a_model_error(tmp_path):
    with pytest.raises(ModelError, match="no static embedding model"):
        open_embedder("", shipped=tmp_path / "gone")


@pytest.mark.parametrize("text", ["", "{}", "[1]", "not json"])
def test_damaged_modules_file_is_a_model_error(tmp_path, text):
    (tmp_path / "modules.json").write_text(text, encoding="utf-8")

    with pytest.raises(ModelError, match=r"modules\.json"):
        open_embedder(str(tmp_path), shipped=tmp_path)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\xff" * 64,
        b"\x02\0\0\0\0\0\0\0{}",
        b"\x02\0\0\0\0\0\0\0[]",
        b"\x10\0\0\0\0\0\0\0" + b'{"mapping": {}}'.ljust(16),
        b'\x1a\0\0\0\0\0\0\0{"embedding.weight": null}',
    ],
)
def test_damaged_weights_are_a_model_error(exported, tmp_path, data):
    for name in ("modules.json", "tokenizer.json"):
        (tmp_path / name).symlink_to(exported / name)
    (tmp_path / "model.safetensors").write_bytes(data)

    with pytest.raises(ModelError, match=r"model\.safetensors"):
        open_embedder(str(tmp_path), shipped=tmp_path)


def test_only_static_models_are_exported(tmp_path):
    with pytest.raises(ModelError, match="not a static model"):
        export_sentence_transformer(SentenceTransformerEmbedder("some-model"), tmp_path)


def test_export_to_a_file_is_a_model_error(shipped, tmp_path):
    (tmp_path / "taken").write_text("", encoding="utf-8")

    with pytest.raises(ModelError, match="cannot write"):
        export_sentence_transformer(shipped, tmp_path / "taken")


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore")  # what torch and transformers warn of is not ours
def test_sentence_transformers_reads_the_exported_folder_to_the_same_vectors(exported, shipped):
    model = SentenceTransformerEmbedder(str(exported), offline=True)

    np.testing.assert_allclose(model.embed(TEXTS), shipped.embed(TEXTS), atol=1e-5)
    assert model.dimension == shipped.dimension
    assert model.fingerprint == SentenceTransformerEmbedder(str(exported)).fingerprint
    assert not model.embed(["", " "]).any()
