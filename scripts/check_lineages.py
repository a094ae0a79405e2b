"""Check the curated lineages against the starter papers and citations, and mark what is verified.

Reads `papers.csv`, `citations.csv` and `lineages.json` of the data folder. Every finding is one
line on stderr; the exit code is 1 when there is one. With `--write` the fields `verified` and
`verified_why` of every edge are filled in; without it they are only checked.

    python scripts/check_lineages.py --data data --write
"""

from __future__ import annotations

import argparse
import csv
import gzip
import json
import sys
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import TypedDict

KINDS = frozenset({"extends", "replaces", "uses", "prerequisite", "compares"})
LINEAGE_KEYS = ("key", "title", "about", "chain", "edges")
EDGE_KEYS = ("later", "earlier", "kind", "reason", "verified", "verified_why")
MAX_REASON_WORDS = 30
# A reference list taken from a paper's own source is complete; the other source has about half.
COMPLETE_SOURCE = "cs768:"

Pair = tuple[str, str]


class Edge(TypedDict):
    """One reasoned step: the later paper stands on, replaces or contrasts with the earlier."""

    later: str
    earlier: str
    kind: str
    reason: str
    verified: str
    verified_why: str


class Lineage(TypedDict):
    """A chain of paper ids, oldest first, and the edges among its papers and their branches."""

    key: str
    title: str
    about: str
    chain: list[str]
    edges: list[Edge]


@dataclass(frozen=True, slots=True, kw_only=True)
class Starter:
    """What the tables know: paper rows by id, and the provenance of each citation."""

    papers: Mapping[str, Mapping[str, str]]
    citations: Mapping[Pair, str]
    corpus: frozenset[Pair]

    def reference_lists(self) -> Counter[str]:
        """Count the known references of every citing paper."""
        return Counter(citing for citing, _ in self.citations)

    def complete_lists(self) -> frozenset[str]:
        """Return the papers whose own complete reference list was read."""
        return frozenset(
            citing
            for (citing, _), source in self.citations.items()
            if source.startswith(COMPLETE_SOURCE)
        )


def read_starter(data: Path, corpus: Path | None) -> Starter:
    """Read the tables of the data folder and, when given, the citations of the corpus folder."""
    papers = {row["id"]: row for row in _read_table(data / "papers.csv")}
    citations = {
        (row["citing"], row["cited"]): row["provenance"]
        for row in _read_table(data / "citations.csv")
    }
    in_corpus = _read_corpus(corpus, frozenset(papers))
    return Starter(papers=papers, citations=citations, corpus=in_corpus)


def _read_table(path: Path) -> Iterator[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def _read_corpus(folder: Path | None, known: frozenset[str]) -> frozenset[Pair]:
    if folder is None:
        return frozenset()
    with gzip.open(folder / "citations.csv.gz", "rt", encoding="utf-8", newline="") as file:
        pairs = ((row["citing"], row["cited"]) for row in csv.DictReader(file))
        return frozenset(pair for pair in pairs if known.issuperset(pair))


def check_lineage(lineage: Lineage, starter: Starter) -> Iterator[str]:
    """Yield the findings of one lineage: its keys, its edges, its chain."""
    if tuple(lineage) != LINEAGE_KEYS:
        yield f"{lineage.get('key')}: keys are {list(lineage)}, wanted {list(LINEAGE_KEYS)}"
        return
    name, chain, edges = lineage["key"], lineage["chain"], lineage["edges"]
    for edge in edges:
        for finding in check_edge(edge, starter):
            yield f"{name}: {finding}"
    pairs = {(edge["later"], edge["earlier"]) for edge in edges}
    for earlier, later in pairwise(chain):
        if (later, earlier) not in pairs:
            yield f"{name}: the chain has {earlier!r} -> {later!r} but no edge for it"
    if len(chain) < 2 or len(set(chain)) != len(chain):
        yield f"{name}: the chain {chain} is too short or repeats a paper"


def check_edge(edge: Edge, starter: Starter) -> Iterator[str]:
    """Yield the findings of one edge: its keys, ends, kind, dates and reason."""
    if tuple(edge) != EDGE_KEYS:
        yield f"edge keys are {list(edge)}, wanted {list(EDGE_KEYS)}"
        return
    pair = f"{edge['later']!r} -> {edge['earlier']!r}"
    unknown = [end for end in (edge["later"], edge["earlier"]) if end not in starter.papers]
    if unknown or edge["later"] == edge["earlier"]:
        yield f"{pair}: no two starter papers; unknown: {unknown}"
        return
    if edge["kind"] not in KINDS:
        yield f"{pair}: kind {edge['kind']!r} is not one of {sorted(KINDS)}"
    words = len(edge["reason"].split())
    if not 1 <= words <= MAX_REASON_WORDS or not edge["reason"].endswith("."):
        yield f"{pair}: the reason has {words} words or no full stop"
    yield from check_dates(starter.papers[edge["later"]], starter.papers[edge["earlier"]])


def check_dates(later: Mapping[str, str], earlier: Mapping[str, str]) -> Iterator[str]:
    """Yield a finding when the later paper is the older one, by year, else by known month."""
    if int(later["year_first"]) < int(earlier["year_first"]):
        yield f"{later['id']!r} ({later['year_first']}) is older than {earlier['id']!r}"
    months = (later["published"], earlier["published"])
    if all(months) and months[0] < months[1]:
        yield f"{later['id']!r} ({months[0]}) is older than {earlier['id']!r} ({months[1]})"


def check_repeats(lineages: list[Lineage]) -> Iterator[str]:
    """Yield edges, reasons and lineage keys that occur twice."""
    edges = [edge for lineage in lineages for edge in lineage["edges"]]
    counts = Counter((edge["later"], edge["earlier"]) for edge in edges)
    yield from (f"edge {pair} occurs {n} times" for pair, n in counts.items() if n > 1)
    reasons = Counter(edge["reason"].casefold() for edge in edges)
    yield from (f"reason {text!r} occurs {n} times" for text, n in reasons.items() if n > 1)
    keys = Counter(lineage["key"] for lineage in lineages)
    yield from (f"lineage key {key!r} occurs {n} times" for key, n in keys.items() if n > 1)


def verify_edge(edge: Edge, starter: Starter) -> Edge:
    """Return the edge with `verified` and `verified_why` as the citations have it."""
    pair = (edge["later"], edge["earlier"])
    if pair in starter.citations:
        return {**edge, "verified": "citations", "verified_why": starter.citations[pair]}
    if pair in starter.corpus:
        return {**edge, "verified": "corpus", "verified_why": "citation in the corpus"}
    if edge["later"] in starter.complete_lists():
        why = "not in its reference list as we have it"
    elif starter.reference_lists()[edge["later"]]:
        why = "reference list incomplete in our data"
    else:
        why = "reference list not in our data"
    return {**edge, "verified": "no", "verified_why": why}


def verify_lineages(lineages: list[Lineage], starter: Starter) -> list[Lineage]:
    """Return the lineages with every edge verified anew."""
    return [
        {**lineage, "edges": [verify_edge(edge, starter) for edge in lineage["edges"]]}
        for lineage in lineages
    ]


def write_lineages(path: Path, lineages: list[Lineage]) -> None:
    """Write the lineages as JSON, one edge a line, so that a change shows as one line."""
    text = json.dumps({"lineages": lineages}, ensure_ascii=False, indent=1)
    for edge in (edge for lineage in lineages for edge in lineage["edges"]):
        long = json.dumps(edge, ensure_ascii=False, indent=1).replace("\n", "\n    ")
        text = text.replace(long, json.dumps(edge, ensure_ascii=False), 1)
    path.write_text(text + "\n", encoding="utf-8")


def main(argv: list[str] | None = None) -> int:
    """Check the lineages, print findings and counts, and write the verified fields on request."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=Path, default=Path("data"), help="folder of papers.csv")
    parser.add_argument("--corpus", type=Path, help="also look for citations in this corpus folder")
    parser.add_argument("--write", action="store_true", help="fill in verified and verified_why")
    options = parser.parse_args(argv)
    path = options.data / "lineages.json"
    lineages = json.loads(path.read_text(encoding="utf-8"))["lineages"]
    starter = read_starter(options.data, options.corpus)
    findings = [f for lineage in lineages for f in check_lineage(lineage, starter)]
    findings += check_repeats(lineages)
    verified = verify_lineages(lineages, starter)
    if options.write:
        write_lineages(path, verified)
    elif verified != lineages:
        findings.append("verified fields are out of date; run again with --write")
    sys.stderr.writelines(f"{finding}\n" for finding in findings)
    counts = Counter(edge["verified"] for lineage in verified for edge in lineage["edges"])
    sys.stderr.write(f"{len(verified)} lineages, {sum(counts.values())} edges, {dict(counts)}\n")
    return 1 if findings else 0


if __name__ == "__main__":
    raise SystemExit(main())
