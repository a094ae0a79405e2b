"""What is shown of sources, and from a merged record to the row of a paper."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from papergraph.models import CitationCount, PaperRecord
from papergraph.text import title_key


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredSource:
    """Who said something of papers here, how many it spoke of, and since when it is known."""

    name: str
    kind: str
    licence: str | None
    fetched_at: str
    papers: int


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
