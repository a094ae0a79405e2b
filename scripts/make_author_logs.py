"""Make reading logs of what authors cite: `python scripts/make_author_logs.py LIBRARY GOLD`.

LIBRARY is a bare library into which the corpus was imported; GOLD is written for `papergraph
evaluate`. Nobody's log is needed to judge what to read next: an author is likely to have read what
a paper cites before it came out, the new soon after it appeared, the old some time since the paper
before. Logs are cut as the guide says, and asked as of the month before the first paper wanted, so
that the paper that cites it is not there yet. Same library, same seed, same file.
"""

from __future__ import annotations

import argparse
import json
from collections import defaultdict
from pathlib import Path
from typing import NamedTuple

import numpy as np
from papergraph.library import Library
from papergraph.models import paper_id
from papergraph.reading import open_source
from papergraph.text import title_key

AUTHORS = 150
CUTS = (0.35, 0.5, 0.65, 0.8, 0.9)
FEWEST_PAPERS, FEWEST_REFERENCES, FEWEST_READ, FEWEST_AHEAD = 4, 10, 15, 3
SOON, MOST_BETWEEN = 0.25, 1.0  # years until what comes out is read; of reading for one paper

Log = list[tuple[float, int]]  # when, as a year with a fraction, and which paper


class Question(NamedTuple):
    """What an author read, oldest first; the first `cut` were known at the end of a month."""

    author: str
    read: list[int]
    cut: int
    as_of: str

    def entry(self) -> dict[str, object]:
        """Write the question as `papergraph evaluate` reads it, each author a group."""
        read = [paper_id(number) for number in self.read]
        rest = {"cut": self.cut, "as_of": self.as_of, "group": self.author}
        return {"task": "next", "read": read, **rest}


class Authors:
    """The authors of a library who wrote several papers with known references."""

    def __init__(self, library: Library, seed: int) -> None:
        source = open_source(library)
        self.graph = source.graph
        self.random = np.random.default_rng(seed)
        size = len(self.graph.citer_starts) - 1
        self.dates = np.full(size, np.inf)
        self.dates[: len(source.dates)] = source.dates[:size]
        lengths = np.diff(self.graph.reference_starts)
        fitting = (lengths >= FEWEST_REFERENCES) & np.isfinite(self.dates)
        fitting[self.graph.papers :] = False
        self.papers_of: dict[str, list[int]] = defaultdict(list)
        for number, card in library.papers.get(np.flatnonzero(fitting).tolist()).items():
            for name in card.authors:
                if len(name.split()) > 1:
                    self.papers_of[title_key(name)].append(number)

    def questions(self, count: int) -> list[Question]:
        """Cut the logs of `count` authors."""
        names = sorted(a for a, papers in self.papers_of.items() if len(papers) >= FEWEST_PAPERS)
        found: list[Question] = []
        for place in self.random.permutation(len(names))[:count].tolist():
            log = self.log_of(names[place])
            read = [number for _, number in log]
            found += [
                Question(names[place], read, cut, month_before(log[cut][0]))
                for cut in sorted({int(len(log) * share) for share in CUTS})
                if cut >= FEWEST_READ and len(log) - cut >= FEWEST_AHEAD
            ]
        return found

    def log_of(self, author: str) -> Log:
        """What an author is likely to have read, oldest first, without the author's own papers."""
        own = set(self.papers_of[author])
        log: dict[int, float] = {}
        last = -np.inf
        for paper in sorted(own, key=lambda n: (self.dates[n], n)):
            now = float(self.dates[paper])
            since = max(last, now - MOST_BETWEEN)
            for cited in self.graph.references_of(paper).tolist():
                out = float(self.dates[cited])
                if cited in log or cited in own or out > now:
                    continue
                soon = min(now, out + float(self.random.exponential(SOON)))
                log[cited] = soon if out >= since else float(self.random.uniform(since, now))
            last = now
        return sorted((when, number) for number, when in log.items())


def month_before(when: float) -> str:
    """Write the month before a time.

    >>> month_before(2016.05), month_before(2016.5)
    ('2015-12', '2016-06')
    """
    months = int(when * 12) - 1
    return f"{months // 12}-{months % 12 + 1:02d}"


def main() -> None:
    """Write the gold file."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("library", type=Path)
    parser.add_argument("gold", type=Path)
    parser.add_argument("--seed", type=int, default=0)
    options = parser.parse_args()
    questions = Authors(Library.open(options.library), options.seed).questions(AUTHORS)
    lines = (json.dumps(question.entry()) + "\n" for question in questions)
    options.gold.write_text("".join(lines), encoding="utf-8")
    print(
        f"{len(questions)} questions of {len({question.author for question in questions})} authors"
    )


if __name__ == "__main__":
    main()
