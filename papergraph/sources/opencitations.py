"""OpenCitations: who cites whom, DOI to DOI, gathered from what publishers deposit; fills gaps.

Service: the Index API, version 2, at api.opencitations.net, which speaks of "doi:..." and of its
own "omid:..." beside it; answers of version 1 (COCI: bare DOIs) are read too. Terms: CC0. No limit
is stated, a token is welcome and not needed; 1 request/s.
Lacks: titles and people (its Meta service has them, other sources have more), papers without a DOI.
What it does not know is an empty list, as is what cites nothing: both are "unknown" here.
Looked at 2026-10; version 2 from its documents, answers of version 1 recorded.
"""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import quote

from papergraph.errors import SourceError
from papergraph.models import PaperRecord, ReferenceList, SourcedPaper, SourcedReference
from papergraph.sources.shapes import (
    is_missing,
    month_of,
    name_identifiers,
    objects,
    stub,
    text_of,
)
from papergraph.sources.source import Fetcher

NAME = "opencitations"
SOURCE = f"source:{NAME}"
# Other names in a row ("openalex:", "pmid:") are taken too; OMIDs are of no use elsewhere.
_SCHEMES = ("doi", "pmid", "openalex")


class OpenCitations:
    """OpenCitations as a source of edges."""

    name: str = NAME
    schemes: tuple[str, ...] = ("doi",)

    def __init__(self, fetcher: Fetcher) -> None:
        self._fetcher = fetcher

    def paper(self, identifier: str) -> SourcedPaper | None:
        """Nothing: the index knows edges only."""
        return None

    def papers(self, identifiers: Sequence[str]) -> dict[str, SourcedPaper]:
        """Nothing: the index knows edges only."""
        return {}

    def find_title(
        self, title: str, *, author: str | None = None, year: int | None = None
    ) -> tuple[PaperRecord, ...]:
        """Nothing: the index has no titles."""
        return ()

    def references(self, identifier: str) -> ReferenceList:
        """Fetch the DOIs that one DOI cites; what is missing in it is not told."""
        rows = self._edges("references", identifier)
        found = parse_edges(rows, "cited")
        if not found:
            return ReferenceList(state="unknown")
        return ReferenceList(state="partial", references=tuple(row for _, row in found))

    def citations(self, identifier: str, *, limit: int = 100) -> tuple[SourcedReference, ...]:
        """Fetch the DOIs that cite one DOI, the newest first."""
        found = parse_edges(self._edges("citations", identifier), "citing")
        found.sort(key=lambda edge: edge[0], reverse=True)
        return tuple(row for _, row in found[:limit])

    def _edges(self, kind: str, identifier: str) -> object:
        scheme, _, doi = identifier.partition(":")
        if scheme != "doi":
            return []
        path = f"/index/v2/{kind}/doi:{quote(doi, safe='/:;()')}"
        reply = self._fetcher.get(NAME, path, kind="references")
        return [] if is_missing(reply) else reply.json()


def parse_edges(data: object, end: str) -> list[tuple[str, SourcedReference]]:
    """Read the `end` ("citing" or "cited") of each edge with the day it was made, "" if not told.

    Raises SourceError when the answer is no list of edges.
    """
    rows = list(objects(data)) if isinstance(data, list) else None
    if rows is None or not all(end in row for row in rows):
        raise SourceError(f"{NAME} answered {str(data)[:80]!r}, which is no list of citations")
    found: dict[tuple[str, ...], tuple[str, SourcedReference]] = {}
    for row in rows:
        day = text_of(row.get("creation"))
        names = names_of(text_of(row.get(end)))
        record = stub(SOURCE, names)
        if record is None:
            continue
        if end == "citing":
            record = _dated(record, day)
        found.setdefault(names, (day, SourcedReference(record=record)))
    return list(found.values())


def names_of(text: str) -> tuple[str, ...]:
    """Read the identifiers of one end, in the writing of either version.

    >>> names_of("omid:br/06180334099 doi:10.1108/jd-12-2013-0166 pmid:33817056")
    ('doi:10.1108/jd-12-2013-0166', 'pmid:33817056')
    >>> names_of("coci => 10.1001/jama.295.1.90")
    ('doi:10.1001/jama.295.1.90',)
    """
    words = text.removeprefix("coci => ").split()
    named = (word.partition(":") for word in words)
    return name_identifiers(
        *(
            (scheme, value) if scheme in _SCHEMES and colon else ("doi", scheme + colon + value)
            for scheme, colon, value in named
            if scheme in _SCHEMES or scheme.startswith("10.")
        )
    )


def _dated(record: PaperRecord, day: str) -> PaperRecord:
    """An edge is made when the citing paper is published."""
    return PaperRecord(
        title=record.title,
        source=record.source,
        identifiers=record.identifiers,
        kind=record.kind,
        year=int(day[:4]) if day[:4].isdigit() else None,
        published=month_of(day),
    )
