"""Write the model card of a trained static table from what its run measured."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """What a training run used and what it measured (one NDCG value per query)."""

    name: str
    corpus: dict[str, str]
    minilm_sha256: str
    seed: int
    epochs: int
    pairs: int
    cpu_seconds: float
    pool: int
    papers: int
    titles_alone: int
    titles: dict[str, NDArray[np.float64]]
    phrases: dict[str, NDArray[np.float64]]
    beside: dict[str, NDArray[np.float64]]


def score_line(name: str, *columns: NDArray[np.float64]) -> str:
    """One table row: mean and 95 % half-width (normal approximation) of each column."""
    cells = [
        f"{gains.mean():.3f} ± {1.96 * gains.std() / np.sqrt(len(gains)):.3f}" for gains in columns
    ]
    return f"| {name} | {' | '.join(cells)} |"


def model_card(run: Run) -> str:
    """Fill the card; figures come from the run, the rest is what the recipe says."""
    queries = len(next(iter(run.titles.values())))
    phrased = len(next(iter(run.phrases.values())))
    sample = len(next(iter(run.beside.values())))
    values = {
        "name": run.name,
        "files": "\n".join(f"* `{name}` sha256 `{digest}`" for name, digest in run.corpus.items()),
        "minilm": run.minilm_sha256,
        "seed": run.seed,
        "epochs": run.epochs,
        "pairs": f"{run.pairs:,}",
        "minutes": f"{run.cpu_seconds / 60:.1f}",
        "queries": f"{queries:,}",
        "pool": f"{run.pool:,}",
        "sample": f"{sample:,}",
        "phrased": f"{phrased:,}",
        "papers": f"{run.papers:,}",
        "alone": f"{run.titles_alone:,}",
        "scores": "\n".join(score_line(n, run.titles[n], run.phrases[n]) for n in run.titles),
        "beside": "\n".join(score_line(name, gains) for name, gains in run.beside.items()),
    }
    return CARD.format_map(values)


CARD = """\
# {name}

A static embedding model for titles, abstracts and short questions about machine learning, computer
vision, language processing and robotics papers. A text's vector is the mean of one 256-value row
per word piece, scaled to length 1. Read with numpy and tokenizers; no torch.

| file | what |
|---|---|
| `rows.npy` | 30,522 x 256 int8 |
| `scale.npy` | 30,522 float16; a row counts its scale times its int8 values |
| `tokenizer.json` | lower-case English word pieces (the MiniLM vocabulary) |
| `config.json` | name, version, dimension, sha256 of `rows.npy` followed by `scale.npy` |

The folder holds numbers and the vocabulary only; no title and no abstract.

## How it was made

`python scripts/train_static_model.py --corpus FOLDER --out FOLDER --seed {seed} --epochs {epochs}`

Corpus files:

{files}

1. Every word piece through all-MiniLM-L6-v2 (weights sha256
   `{minilm}`),
   mean of the last layer, 256 principal components, SIF weights from the corpus.
2. {epochs} epochs over {pairs} papers with an abstract: batches of 1,024, symmetric in-batch
   softmax over cosines x 20 at widths 256, 128 and 64, SparseAdam at 0.01 falling linearly. Half
   of the queries are titles, to find the abstract alone; a quarter are spans of the abstract, to
   find the rest of it with the title; a quarter are two to four phrases of the abstract, to find
   the paper as the product embeds it, unit(abstract + 0.5 title). Phrases are runs of one to three
   words that four titles of the corpus use, the more frequent here and the rarer elsewhere the
   likelier.
   Beside the 1,024 documents of each batch stand {alone} papers of which only a title is known, as
   three in four of a library are: without them short queries found such titles too easily.
3. Each row rounded to int8.

One thread, seed {seed}, {minutes} CPU-minutes without the comparison. The same machine gives the
same bytes.

Left out of training, with every paper of the same normalised title: ICLR 2017-18, CoRL 2021-25,
COLM 2024-25, IJCAI 2024, WWW 2025, 3DV 2025, ICRA 2023, IROS 2023, WACV 2025, AISTATS 2025, ACL
2022, ECCV 2022, CVPR 2019, NeurIPS 2018. Citations were not used: as further pairs (citing and
cited title, with or without abstracts) they lowered the score by .010 to .022, each run once.

## Scores

NDCG@10, mean and 95 % half-width, on held-out papers. Title: {queries} titles as queries, the
abstract of each the only right answer among {pool} abstracts without titles. Phrases: {phrased}
times three phrases of an abstract as the query, the paper the only right answer among all {papers}
of the corpus, as the product embeds them; the queries are made as some of the training's are.

| model | title | phrases |
|---|---|---|
{scores}

Beside MiniLM on the same {sample} queries and {sample} documents (a smaller pool, hence higher
figures):

| model | NDCG@10 |
|---|---|
{beside}

## Limits

* Its field is machine learning and its neighbours, in English. A table of the same recipe fell
  below MiniLM on biomedical text and on "papers like this one"; name another model for those.
* Word order is not seen: "A beats B" and "B beats A" are one text. Unknown scripts may give a zero
  row.
* Alone it loses to word search on known words; it is meant to be summed with BM25.
* Titles of public test collections were not taken out of the corpus; a measurement on one of them
  may meet papers the table was trained on.

## Licences

MiniLM's card states Apache-2.0 (the package that carries it states MIT). The corpus is made of
public lists of papers, of which most state no licence; none of their text is in this folder.
"""
