"""Check the shipped summaries: our own words, no two alike, known papers, sensible length.

A summary fails when it shares six words in a row with the abstract of its paper (or with its title,
unless it names the whole title), when it differs from another summary in little but names, when no
paper has its id, or when it is very short or very long. Findings are printed as `file:line: text`.
"""

import argparse
import csv
import gzip
import json
import re
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path

RUN = 6  # words in a row that count as copied
GRAM = 3  # words in the pieces by which two summaries are compared
ALIKE = 0.5  # share of common pieces above which two summaries are alike
SHORTEST, LONGEST = 8, 60  # words

WORD = re.compile(r"[^\W_]+")
TOKEN = re.compile(r"[^\W_]+(?:['-][^\W_]+)*")

Grams = frozenset[tuple[str, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """One row of the file of summaries."""

    paper: str
    text: str
    line: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """What a list of papers says about one of them."""

    title: str
    nicknames: str
    arxiv: str  # bare, without the scheme


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """Something wrong with the summary on a line."""

    line: int
    text: str


def words(text: str) -> tuple[str, ...]:
    """Return the words of a text in lower case, without punctuation."""
    return tuple(WORD.findall(text.lower()))


def grams(sequence: tuple[str, ...], size: int) -> Grams:
    """Return all runs of `size` words."""
    return frozenset(sequence[i : i + size] for i in range(len(sequence) - size + 1))


def title_key(title: str) -> str:
    """Strip a title to its letters and figures."""
    return "".join(words(title))


def read_summaries(path: Path) -> tuple[Summary, ...]:
    """Read a file with the columns id and summary."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = csv.DictReader(file)
        return tuple(
            Summary(paper=row["id"], text=row["summary"], line=rows.line_num) for row in rows
        )


def read_papers(path: Path) -> dict[str, Paper]:
    """Read the papers of a CSV file, by id."""
    with path.open(encoding="utf-8", newline="") as file:
        return {
            row["id"]: Paper(
                title=row.get("title") or "",
                nicknames=row.get("nicknames") or row.get("nickname") or "",
                arxiv=row.get("arxiv") or find_arxiv(row.get("identifiers") or ""),
            )
            for row in csv.DictReader(file)
        }


def find_arxiv(identifiers: str) -> str:
    """Find the arXiv id among identifiers written `scheme:value`, if any."""
    found = re.search(r"\barxiv:(\S+)", identifiers)
    return found[1] if found else ""


def read_corpus(folder: Path) -> Iterator[tuple[tuple[str, str, str], str]]:
    """Yield keys (id, arXiv id, title key) and abstract of every paper that has an abstract."""
    for path in sorted(folder.glob("papers*.jsonl.gz")):
        with gzip.open(path, "rt", encoding="utf-8") as file:
            for line in file:
                if '"abstract"' not in line:
                    continue
                row = json.loads(line)
                if row.get("abstract"):
                    title = title_key(row.get("title") or "")
                    yield (row["id"], row.get("arxiv") or "", title), row["abstract"]


def find_abstracts(folder: Path, papers: dict[str, Paper]) -> dict[str, tuple[str, ...]]:
    """Find the abstracts of these papers by id, arXiv id or title."""
    by_key: dict[str, set[str]] = {}
    for paper, record in papers.items():
        for key in (paper, record.arxiv, title_key(record.title)):
            if key:
                by_key.setdefault(key, set()).add(paper)
    found: dict[str, tuple[str, ...]] = {}
    for keys, abstract in read_corpus(folder):
        for paper in sorted({paper for key in keys for paper in by_key.get(key, ())}):
            found[paper] = (*found.get(paper, ()), abstract)
    return found


def find_copied(text: str, original: str) -> str:
    """Find the first run of words that a text has from an original, if any."""
    runs = grams(words(original), RUN)
    sequence = words(text)
    places = range(len(sequence) - RUN + 1)
    copied = (sequence[i : i + RUN] for i in places if sequence[i : i + RUN] in runs)
    return " ".join(next(copied, ()))


def check_words(
    summaries: Iterable[Summary],
    papers: dict[str, Paper],
    abstracts: dict[str, tuple[str, ...]],
) -> Iterator[Finding]:
    """Report words taken from the abstract or the title."""
    for summary in summaries:
        for abstract in abstracts.get(summary.paper, ()):
            if run := find_copied(summary.text, abstract):
                yield Finding(line=summary.line, text=f'from the abstract: "{run}"')
        title = papers[summary.paper].title if summary.paper in papers else ""
        whole = " ".join(words(title)) in " ".join(words(summary.text))
        if not whole and (run := find_copied(summary.text, title)):
            yield Finding(line=summary.line, text=f'from the title: "{run}"')


def plain_words(summary: Summary, paper: Paper | None) -> tuple[str, ...]:
    """Return a summary's words without names: no capitals, no figures, nothing from the title."""
    names = frozenset(words(f"{paper.title} {paper.nicknames}")) if paper else frozenset()
    return tuple(
        token
        for token in TOKEN.findall(summary.text)
        if token.isascii() and token.islower() and token not in names and not has_digit(token)
    )


def has_digit(token: str) -> bool:
    """Say whether a token holds a figure."""
    return any(letter.isdigit() for letter in token)


def check_alike(summaries: Iterable[Summary], papers: dict[str, Paper]) -> Iterator[Finding]:
    """Report pairs of summaries that are alike but for names."""
    pieces = [(s, grams(plain_words(s, papers.get(s.paper)), GRAM)) for s in summaries]
    for (first, left), (second, right) in combinations(pieces, 2):
        common = len(left & right)
        if common and common > ALIKE * len(left | right):
            yield Finding(line=second.line, text=f"alike but for names: line {first.line}")


def check_rows(summaries: Iterable[Summary], papers: dict[str, Paper]) -> Iterator[Finding]:
    """Report unknown or repeated ids and odd lengths."""
    seen: Counter[str] = Counter()
    for summary in summaries:
        seen[summary.paper] += 1
        if seen[summary.paper] > 1:
            yield Finding(line=summary.line, text=f"second summary of {summary.paper}")
        if summary.paper not in papers:
            yield Finding(line=summary.line, text=f"no paper has the id {summary.paper}")
        length = len(summary.text.split())
        if not SHORTEST <= length <= LONGEST:
            limits = f"{SHORTEST} to {LONGEST}"
            yield Finding(line=summary.line, text=f"{length} words, not {limits}")


def read_arguments(arguments: list[str] | None) -> argparse.Namespace:
    """Read the command line."""
    data = Path(__file__).resolve().parent.parent / "data"
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--summaries", type=Path, default=data / "summaries.csv")
    parser.add_argument("--papers", type=Path, default=data / "papers.csv")
    parser.add_argument("--landmarks", type=Path, help="CSV used when there is no --papers file")
    parser.add_argument("--corpus", type=Path, help="folder with papers*.jsonl.gz")
    options = parser.parse_args(arguments)
    if not options.papers.exists() and options.landmarks is None:
        parser.error(f"{options.papers} does not exist; give --landmarks")
    if options.corpus is not None and not any(options.corpus.glob("papers*.jsonl.gz")):
        parser.error(f"{options.corpus} holds no papers*.jsonl.gz")
    return options


def main(arguments: list[str] | None = None) -> int:
    """Print the findings; 1 when there are any."""
    options = read_arguments(arguments)
    summaries = read_summaries(options.summaries)
    papers = read_papers(options.papers if options.papers.exists() else options.landmarks)
    told = {s.paper: papers[s.paper] for s in summaries if s.paper in papers}
    abstracts = find_abstracts(options.corpus, told) if options.corpus else {}
    findings = (
        *check_rows(summaries, papers),
        *check_words(summaries, papers, abstracts),
        *check_alike(summaries, papers),
    )
    for finding in sorted(findings, key=lambda finding: finding.line):
        print(f"{options.summaries}:{finding.line}: {finding.text}")
    compared = f"{len(abstracts)} compared with an abstract" if options.corpus else "no corpus"
    print(f"{len(summaries)} summaries, {compared}, {len(findings)} findings")
    return 1 if findings else 0


if __name__ == "__main__":
    sys.exit(main())
