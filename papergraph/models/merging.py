"""One paper out of what several sources say: which value is shown, by a fixed precedence."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from typing import Any, TypeVar

from papergraph.models.papers import CitationCount, PaperRecord
from papergraph.text import title_key

_Value = TypeVar("_Value")

# The reader's own word first, then hand-checked facts, then services, then what was only imported,
# then what a piece of writing says (sources.md 3.2: venue > arXiv > others; writing knows least).
_RANKS = {"reader": 0, "starter": 1, "source": 2, "corpus": 3, "import": 4, "review": 9}
_SCHEME_ORDER = ("arxiv", "doi", "nips", "openreview", "cvf", "pmlr", "jmlr", "acl", "pmid")
_KNOWN_ORDER = ("complete", "partial", "none")


def source_rank(source: str) -> int:
    """How far a source's word counts; lower counts more. `source` is `family` or `family:name`."""
    return _RANKS.get(source.partition(":")[0], 5)


def identifier_order(identifier: str) -> tuple[int, str]:
    """Sort key that puts the identifiers readers know best first."""
    scheme = identifier.partition(":")[0]
    place = _SCHEME_ORDER.index(scheme) if scheme in _SCHEME_ORDER else len(_SCHEME_ORDER)
    return (place + (scheme == "url"), identifier)


def merge_records(records: Iterable[PaperRecord]) -> PaperRecord:
    """Choose one value a field from the records of one paper; the order given does not matter.

    Raises ValueError when there is no record.
    """
    ranked = sorted(records, key=_record_order)
    if not ranked:
        raise ValueError("a paper needs at least one record to be shown")
    return PaperRecord(
        title=ranked[0].title,
        source=ranked[0].source,
        authors=_first([record.authors for record in ranked]) or (),
        year=_first([record.year for record in ranked]),
        published=min((r.published for r in ranked if r.published), default=None),
        venue=_first([record.venue for record in ranked]),
        abstract=_first([record.abstract for record in ranked]),
        kind=_choose_kind(ranked),
        url=_first([record.url for record in ranked]),
        summary=_first([record.summary for record in ranked]),
        identifiers=tuple(
            sorted({item for r in ranked for item in r.identifiers}, key=identifier_order)
        ),
        nicknames=_distinct(item for record in ranked for item in record.nicknames),
        tags=_distinct(item for record in ranked for item in record.tags),
        references_known=min((r.references_known for r in ranked), key=_KNOWN_ORDER.index),
        citations_elsewhere=_first([record.citations_elsewhere for record in ranked]),
    )


def record_to_json(record: PaperRecord) -> str:
    """Write a record compactly, leaving out empty fields, the abstract and the source."""
    fields = {name: value for name, value in asdict(record).items() if value}
    for name in ("abstract", "source"):
        fields.pop(name, None)
    return json.dumps(fields, ensure_ascii=False, separators=(",", ":"))


def record_from_json(text: str, *, source: str, abstract: str | None = None) -> PaperRecord:
    """Read back what `record_to_json` wrote."""
    fields: dict[str, Any] = json.loads(text)
    for name in ("authors", "identifiers", "nicknames", "tags"):
        fields[name] = tuple(fields.get(name, ()))
    if fields.get("citations_elsewhere"):
        fields["citations_elsewhere"] = CitationCount(**fields["citations_elsewhere"])
    return PaperRecord(source=source, abstract=abstract, **fields)


def is_untitled(title: str, identifiers: Iterable[str]) -> bool:
    """Is a paper called by its number or address only?

    >>> is_untitled("arXiv:1512.03385", ["arxiv:1512.03385"])
    True
    >>> is_untitled("example.org/p.pdf", ["url:https://example.org/p.pdf"])
    True
    """
    if " " in title.strip():
        return False
    key = title_key(title)
    names = (item.removeprefix("url:").rpartition("://")[2] for item in identifiers)
    return any(key == title_key(name) for name in names)


def _record_order(record: PaperRecord) -> tuple[bool, int, bool, bool, str, str]:
    is_bare = record.kind == "stub"
    return (
        is_untitled(record.title, record.identifiers),
        source_rank(record.source),
        is_bare,
        record.title.islower(),
        record.source,
        record.title,
    )


def _choose_kind(ranked: Sequence[PaperRecord]) -> str:
    kinds = [record.kind for record in ranked]
    special = [kind for kind in kinds if kind not in ("article", "stub")]
    if special:
        return special[0]
    return "article" if "article" in kinds else "stub"


def _first(values: Iterable[_Value | None]) -> _Value | None:
    return next((value for value in values if value), None)


def _distinct(values: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(values))
