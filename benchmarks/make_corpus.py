"""Writes a made-up corpus folder of any size that `papergraph import` reads, for measurements.

Usage: python benchmarks/make_corpus.py OUT [--papers N] [--references R] [--words W] [--seed S].
Without options: a million papers, 20 million citations. The same arguments give the same bytes.
References follow a copying model: most of them repeat what others cite, the rest lean to what is
new, so that a few papers are cited by very many. The file OUT/SYNTHETIC says that all is made up.
"""

from __future__ import annotations

import argparse
import gzip
import json
from collections.abc import Iterator
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

CHUNK = 20_000
FIRST_YEAR, YEARS = 1980, 46
VOCABULARY = 60_000
SYLLABLES = ("ba", "den", "fo", "gri", "kal", "lem", "mo", "nus", "pra", "rin", "so", "tev", "ul")


def make_words(chance: np.random.Generator, many: int) -> NDArray[np.str_]:
    """Made-up words, all different."""
    drawn = chance.integers(len(SYLLABLES), size=(many, 4))
    return np.array([f"{''.join(SYLLABLES[i] for i in row)}{n:x}" for n, row in enumerate(drawn)])


def some_words(
    chance: np.random.Generator, words: NDArray[np.str_], rows: int, each: int
) -> NDArray[np.str_]:
    """(rows, each) words; the n-th is about as frequent as 1/n (Zipf)."""
    ranks = np.exp(chance.random((rows, each)) * np.log(len(words))).astype(np.int64) - 1
    found: NDArray[np.str_] = words[ranks]
    return found


def paper_lines(papers: int, words_each: int, seed: int) -> Iterator[list[str]]:
    """JSON lines of papers, in chunks, oldest first."""
    chance = np.random.default_rng(seed)
    words = make_words(chance, VOCABULARY)
    names = make_words(chance, 20_000)
    for start in range(0, papers, CHUNK):
        rows = min(CHUNK, papers - start)
        titles = some_words(chance, words, rows, 7)
        abstracts = some_words(chance, words, rows, words_each)
        authors = names[chance.integers(len(names), size=(rows, 6))]
        yield [
            json.dumps(
                {
                    "id": f"p{start + row}",
                    "title": " ".join(titles[row]).capitalize() + f" {start + row}",
                    "authors": [
                        f"{one.title()} {two.title()}"
                        for one, two in authors[row].reshape(3, 2).tolist()
                    ],
                    "year": FIRST_YEAR + (start + row) * YEARS // papers,
                    "venue": f"Journal {(start + row) % 500}",
                    "doi": f"10.99999/made-up.{start + row}",
                    "abstract": " ".join(abstracts[row]),
                }
            )
            for row in range(rows)
        ]


def citation_pairs(
    papers: int, references: float, seed: int
) -> Iterator[tuple[NDArray[np.int64], NDArray[np.int64]]]:
    """(citing, cited) in chunks; the citing come in order, none cites itself or what is newer."""
    chance = np.random.default_rng(seed + 1)
    told = np.zeros(int(papers * references * 1.2) + CHUNK, dtype=np.int32)
    many, start = 0, 1
    while start < papers:
        numbers = np.arange(start, min(start + min(CHUNK, max(50, start // 4)), papers))
        start = int(numbers[-1]) + 1
        citing = np.repeat(numbers, chance.poisson(references * 1.06, size=len(numbers)))
        back = chance.exponential(papers / 8, size=len(citing)).astype(np.int64) + 1
        cited = np.where(back <= citing, citing - back, chance.integers(0, citing))
        if many:
            copied = chance.random(len(citing)) < 0.7
            cited[copied] = told[chance.integers(0, many, size=int(copied.sum()))]
        pairs = np.unique(citing * papers + cited)
        citing, cited = pairs // papers, pairs % papers
        told[many : many + len(cited)] = cited
        many += len(cited)
        yield citing, cited


def write_corpus(out: Path, *, papers: int, references: float, words: int, seed: int) -> None:
    """Write papers in parts of 100,000, and one file of citations."""
    out.mkdir(parents=True)
    (out / "SYNTHETIC").write_text("Made-up papers, for measurements.\n", encoding="utf-8")
    part = None
    for number, lines in enumerate(paper_lines(papers, words, seed)):
        if number * CHUNK % 100_000 == 0:
            if part:
                part.close()
            name = f"papers-{number * CHUNK // 100_000:03}.jsonl.gz"
            part = gzip.GzipFile(out / name, "wb", 3, mtime=0)
        if part:
            part.write("".join(f"{line}\n" for line in lines).encode())
    if part:
        part.close()
    with gzip.GzipFile(out / "citations.csv.gz", "wb", 3, mtime=0) as file:
        file.write(b"citing,cited\n")
        for citing, cited in citation_pairs(papers, references, seed):
            rows = zip(citing.tolist(), cited.tolist(), strict=True)
            file.write("".join(f"p{one},p{two}\n" for one, two in rows).encode())


def main() -> None:
    """Read the arguments and write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("out", type=Path, metavar="OUT")
    parser.add_argument("--papers", type=int, default=1_000_000, metavar="N")
    parser.add_argument("--references", type=float, default=20.0, metavar="R")
    parser.add_argument("--words", type=int, default=100, help="words of an abstract", metavar="W")
    parser.add_argument("--seed", type=int, default=7, metavar="S")
    given = parser.parse_args()
    write_corpus(
        given.out,
        papers=given.papers,
        references=given.references,
        words=given.words,
        seed=given.seed,
    )


if __name__ == "__main__":
    main()
