"""From rows to papers as they are shown, and from a merged record to the row of a paper."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Row

from papergraph.models import CitationCount, Paper, PaperRecord, identifier_order, paper_id
from papergraph.text import title_key


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredSource:
    """Who said something of papers here, how many it spoke of, and since when it is known."""

    name: str
    kind: str
    licence: str | None
    fetched_at: str
    papers: int


class Parts:
    """What several tables hold about the papers of one chunk, by paper number."""

    __slots__ = ("cited", "citing", "identifiers", "nicknames", "states")

    def __init__(
        self,
        identifiers_of: Mapping[int, list[str]],
        nicknames_of: Mapping[int, list[str]],
        citing: Mapping[int, int],
        cited: Mapping[int, int],
        states: Mapping[int, str],
    ) -> None:
        self.identifiers = identifiers_of
        self.nicknames = nicknames_of
        self.citing = citing
        self.cited = cited
        self.states = states


def derived_columns(shown: PaperRecord, elsewhere: CitationCount | None) -> dict[str, Any]:
    """Return the columns of `papers` that follow from a merged record."""
    return {
        "title": shown.title,
        "title_key": title_key(shown.title),
        "authors": json.dumps(list(shown.authors), ensure_ascii=False),
        "year": shown.year,
        "published": shown.published,
        "venue": shown.venue,
        "kind": shown.kind,
        "url": shown.url,
        "summary": shown.summary,
        "tags": json.dumps(list(shown.tags), ensure_ascii=False),
        "references_known": shown.references_known,
        "citations_elsewhere": json.dumps(elsewhere.as_json()) if elsewhere else None,
    }


def paper_from_row(row: Row[Any], parts: Parts) -> Paper:
    """Make the shown paper of its row and what other tables hold about it."""
    elsewhere = json.loads(row.citations_elsewhere) if row.citations_elsewhere else None
    number = int(row.id)
    return Paper(
        id=paper_id(number),
        title=row.title,
        authors=tuple(json.loads(row.authors)),
        year=row.year,
        published=row.published,
        venue=row.venue,
        identifiers=tuple(sorted(parts.identifiers.get(number, ()), key=identifier_order)),
        nicknames=tuple(parts.nicknames.get(number, ())),
        kind=row.kind,
        url=row.url,
        summary=row.summary,
        tags=tuple(json.loads(row.tags)),
        references_known=row.references_known,
        references_here=parts.citing.get(number, 0),
        citations_here=parts.cited.get(number, 0),
        citations_elsewhere=CitationCount(**elsewhere) if elsewhere else None,
        state=parts.states.get(number),
    )
