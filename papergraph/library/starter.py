"""Reads the shipped starter library: landmark papers, citations, summaries, curated lineages."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from papergraph.errors import LibraryError
from papergraph.models import PaperRecord

SOURCE = "starter"


@dataclass(frozen=True, slots=True, kw_only=True)
class CuratedEdge:
    """A relation of a curated lineage, by the keys of the starter papers."""

    lineage: str
    later: str
    earlier: str
    kind: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CuratedLineage:
    """A curated lineage: the main chain, oldest first, and its edges."""

    key: str
    title: str
    about: str
    chain: tuple[str, ...]
    edges: tuple[CuratedEdge, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Starter:
    """The starter library as read from the data folder; keys are its own names for papers."""

    papers: tuple[tuple[str, PaperRecord], ...]
    citations: tuple[tuple[str, str], ...]
    lineages: tuple[CuratedLineage, ...]


def read_starter(folder: Path) -> Starter:
    """Read the data folder.

    Raises
    ------
    LibraryError
        When a file is missing or a row cannot be read; the message names it.
    """
    try:
        summaries = {row["id"]: row["summary"] for row in _rows(folder / "summaries.csv")}
        kinds = {row["id"]: (row["kind"], row["tags"]) for row in _rows(folder / "kinds.csv")}
        papers = tuple(
            (row["id"], _record(row, summaries.get(row["id"]), kinds.get(row["id"])))
            for row in _rows(folder / "papers.csv")
        )
        citations = tuple((row["citing"], row["cited"]) for row in _rows(folder / "citations.csv"))
        text = (folder / "lineages.json").read_text(encoding="utf-8")
        lineages = tuple(_lineage(item) for item in json.loads(text)["lineages"])
    except (OSError, KeyError, ValueError) as error:
        raise LibraryError(
            f"cannot read the starter library in {str(folder)!r}: {error}; install papergraph again"
        ) from error
    return Starter(papers=papers, citations=citations, lineages=lineages)


def _rows(path: Path) -> Iterator[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def _record(row: dict[str, str], summary: str | None, kind: tuple[str, str] | None) -> PaperRecord:
    year = row["year_first"] or row["year"]
    return PaperRecord(
        title=row["title"],
        source=SOURCE,
        authors=tuple(name for name in row["authors"].split("; ") if name),
        year=int(year) if year else None,
        published=row["published"] or None,
        venue=row["venue"] or None,
        kind=kind[0] if kind else ("article" if year else "stub"),
        tags=tuple(tag for tag in kind[1].split(";") if tag) if kind else (),
        url=row["url"].split()[0] if row["url"].strip() else None,
        summary=summary,
        identifiers=tuple(row["identifiers"].split()),
        nicknames=tuple(name for name in row["nicknames"].split(" | ") if name),
        references_known="partial",
    )


def _lineage(item: dict[str, object]) -> CuratedLineage:
    edges = item["edges"]
    chain = item["chain"]
    if not isinstance(edges, list) or not isinstance(chain, list):
        raise ValueError(f"lineage {item.get('key')!r} needs lists of edges and chain")  # noqa: TRY004 - a value of a file
    return CuratedLineage(
        key=str(item["key"]),
        title=str(item["title"]),
        about=str(item["about"]),
        chain=tuple(str(key) for key in chain),
        edges=tuple(
            CuratedEdge(
                lineage=str(item["title"]),
                later=edge["later"],
                earlier=edge["earlier"],
                kind=edge["kind"],
                reason=edge["reason"],
            )
            for edge in edges
        ),
    )
