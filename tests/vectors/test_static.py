import hashlib
import json
import shutil
from pathlib import Path

import numpy as np
import pytest
from papergraph.errors import ModelError
from papergraph.vectors import StaticEmbedder

FASTER_RCNN = "Faster R-CNN: Towards Real-Time Object Detection with Region Proposal Networks"
ADAM = "Adam: A Method for Stochastic Optimization"
ATTENTION = "Attention Is All You Need"
RESNET = "Deep Residual Learning for Image Recognition"
GAN = "Generative Adversarial Nets"
WORD2VEC = "Efficient Estimation of Word Representations in Vector Space"
DQN = "Playing Atari with Deep Reinforcement Learning"
NERF = "NeRF: Representing Scenes as Neural Radiance Fields for View Synthesis"
GCN = "Semi-Supervised Classification with Graph Convolutional Networks"
LORA = "LoRA: Low-Rank Adaptation of Large Language Models"


@pytest.fixture
def copied(shipped_folder, tmp_path) -> Path:
    """A copy of the shipped model that a test may damage."""
    return Path(shutil.copytree(shipped_folder, tmp_path / "model"))


@pytest.mark.parametrize(
    ("query", "near", "far"),
    [
        ("detecting objects in images", FASTER_RCNN, ADAM),
        ("gradient descent step sizes for training", ADAM, FASTER_RCNN),
        ("very deep convolutional networks for image classification", RESNET, WORD2VEC),
        ("transformer machine translation", ATTENTION, NERF),
        ("making new pictures with a generator and a discriminator", GAN, DQN),
        ("learning vectors for words", WORD2VEC, RESNET),
        ("agents that learn to play video games", DQN, GCN),
        ("rendering a 3D scene from new camera angles", NERF, WORD2VEC),
        ("node classification on citation graphs", GCN, FASTER_RCNN),
        ("fine-tuning an LLM with few parameters", LORA, NERF),
    ],
)
def test_query_is_nearer_to_the_paper_it_means(shipped, query, near, far):
    asked, right, wrong = shipped.embed([query, near, far])

    assert float(asked @ right) > float(asked @ wrong)


def test_rows_have_length_one(shipped):
    vectors = shipped.embed([FASTER_RCNN, ADAM, "a", "1706.03762", ATTENTION * 50])

    assert vectors.shape == (5, 256)
    assert vectors.dtype == np.float32
    np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-6)


@pytest.mark.parametrize("text", ["", "   ", "\n\t", "\x00", "\ud800", "\u200b"])
def test_text_without_words_gives_a_zero_row(shipped, text):
    assert not shipped.embed([text]).any()


@pytest.mark.parametrize(
    "text",
    [
        "深度学习",
        "глубокое обучение",
        "التعلم العميق",
        "🙂🙂🙂",
        "naïve Bayes – revisité",
        "[MASK] [CLS] [PAD]",
        "x" * 5_000,
        "∇θ log π(a|s)",
    ],
)
def test_odd_text_gives_a_unit_or_a_zero_row(shipped, text):
    length = float(np.linalg.norm(shipped.embed([text])))

    assert length == 0 or length == pytest.approx(1, abs=1e-6)


def test_lone_surrogates_are_left_out(shipped):
    damaged, whole = shipped.embed(["object dete\udcffction", "object detection"])

    np.testing.assert_array_equal(damaged, whole)


def test_very_long_text_is_read_up_to_the_limit(shipped):
    long, longer = shipped.embed(["graph networks " * 10_000, "graph networks " * 300_000])

    np.testing.assert_array_equal(long, longer)


def test_row_does_not_depend_on_its_neighbours(shipped):
    texts = [FASTER_RCNN, "", ADAM, ATTENTION * 20] * 150

    together = shipped.embed(texts)

    for position in (0, 1, 2, 3, 258, 599):
        alone = shipped.embed([texts[position]])[0]
        np.testing.assert_array_equal(together[position], alone)


def test_no_texts_give_no_rows(shipped):
    assert shipped.embed([]).shape == (0, 256)


def test_first_values_alone_keep_the_meaning(shipped):
    query, near, far = shipped.embed(["detecting objects in images", FASTER_RCNN, ADAM])[:, :64]

    assert query @ near > query @ far


def test_config_tells_what_the_folder_holds(shipped, shipped_folder):
    config = json.loads((shipped_folder / "config.json").read_text(encoding="utf-8"))
    files = [shipped_folder / name for name in ("rows.npy", "scale.npy")]

    digest = hashlib.sha256(b"".join(path.read_bytes() for path in files)).hexdigest()

    assert config["weights_sha256"] == digest
    assert config["dimension"] == shipped.dimension == 256
    assert config["name"] == shipped.name == "static-papers-256"
    assert config["normalise"] is True


def test_shipped_folder_is_small_and_holds_nothing_else(shipped_folder):
    files = {path.name: path.stat().st_size for path in shipped_folder.iterdir()}

    assert sorted(files) == ["README.md", "config.json", "rows.npy", "scale.npy", "tokenizer.json"]
    assert sum(files.values()) <= 9_000_000


def test_unknown_and_special_word_pieces_have_zero_rows(shipped):
    assert not shipped.table()[[0, 100, 101, 102, 103]].any()


def test_fingerprint_is_the_same_for_a_copy(shipped, copied):
    assert StaticEmbedder.open(copied).fingerprint == shipped.fingerprint


@pytest.mark.parametrize("name", ["rows.npy", "scale.npy"])
def test_fingerprint_changes_with_one_value(shipped, copied, name):
    values = np.load(copied / name)
    values.flat[123] += 1
    np.save(copied / name, values)

    assert StaticEmbedder.open(copied).fingerprint != shipped.fingerprint


def test_missing_folder_is_a_model_error(tmp_path):
    with pytest.raises(ModelError, match=r"no static embedding model in .*nowhere"):
        StaticEmbedder.open(tmp_path / "nowhere")


@pytest.mark.parametrize("name", ["scale.npy", "tokenizer.json", "config.json"])
def test_missing_file_is_a_model_error(copied, name):
    (copied / name).unlink()

    with pytest.raises(ModelError, match=name):
        StaticEmbedder.open(copied)


@pytest.mark.parametrize("name", ["rows.npy", "scale.npy", "tokenizer.json", "config.json"])
@pytest.mark.parametrize("size", [0, 100])
def test_cut_file_is_a_model_error(copied, name, size):
    (copied / name).write_bytes((copied / name).read_bytes()[:size])

    with pytest.raises(ModelError, match=name):
        StaticEmbedder.open(copied)


@pytest.mark.parametrize(
    "rows",
    [
        np.zeros((30_522, 4), dtype=np.float32),
        np.zeros((100, 4), dtype=np.int8),
        np.zeros(30_522, dtype=np.int8),
    ],
)
def test_table_that_does_not_fit_is_a_model_error(copied, rows):
    np.save(copied / "rows.npy", rows)

    with pytest.raises(ModelError, match="does not fit together"):
        StaticEmbedder.open(copied)
