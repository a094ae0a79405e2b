"""One paper out of what several sources say: which value is shown, by a fixed precedence."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict, fields
from typing import Any, TypeVar

from papergraph.models.papers import CitationCount, PaperRecord
from papergraph.text import title_key

NO_TITLE = "a paper without a title"
"""How a paper is called of which nothing is known that it could be called by."""

_Value = TypeVar("_Value")

# The reader's own word first, then hand-checked facts, then services, then what was only imported,
# then what a piece of writing says (sources.md 3.2: venue > arXiv > others; writing knows least).
_RANKS = {"reader": 0, "starter": 1, "source": 2, "corpus": 3, "import": 4, "review": 9}
_SCHEME_ORDER = ("arxiv", "doi", "nips", "openreview", "cvf", "pmlr", "jmlr", "acl", "pmid")
_KNOWN_ORDER = ("complete", "partial", "none")

# Among services, who knows which field best (sources.md 3.2); one not named comes after those.
_VENUES = ("nips", "pmlr", "cvf", "acl", "openreview")
_SERVICES = {
    "title": (*_VENUES, "crossref", "arxiv", "dblp", "openalex", "s2"),
    "authors": ("arxiv", *_VENUES, "crossref", "dblp", "openalex", "s2"),
    "abstract": ("arxiv", *_VENUES, "openalex", "pubmed", "s2"),
    "venue": ("dblp", "crossref", "openalex"),
    "year": ("dblp", "crossref", "openalex"),
    "citations_elsewhere": ("s2", "openalex", "crossref"),
    "pdf": ("arxiv", *_VENUES, "unpaywall", "openalex", "s2"),
}


def source_rank(source: str) -> int:
    """How far a source's word counts; lower counts more. `source` is `family` or `family:name`."""
    return _RANKS.get(source.partition(":")[0], 5)


def field_rank(source: str, field: str) -> tuple[int, int]:
    """How far a source's word counts for one field; lower counts more."""
    order = _SERVICES.get(field, ())
    service = source.partition(":")[2]
    place = order.index(service) if service in order else len(order)
    return (source_rank(source), place if source.startswith("source:") else 0)


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

    def chosen(name: str) -> Any:
        ordered = ranked
        if len(ranked) > 1:  # sorted is stable: records of equal rank keep the order above
            ordered = sorted(ranked, key=lambda record: field_rank(record.source, name))
        return _first(getattr(record, name) for record in ordered)

    named = min(ranked, key=_title_order)
    return PaperRecord(
        title=named.title,
        source=named.source,
        authors=chosen("authors") or (),
        year=chosen("year"),
        published=min((r.published for r in ranked if r.published), default=None),
        venue=chosen("venue"),
        abstract=chosen("abstract"),
        kind=_choose_kind(ranked),
        url=chosen("url"),
        summary=chosen("summary"),
        identifiers=tuple(
            sorted({item for r in ranked for item in r.identifiers}, key=identifier_order)
        ),
        nicknames=_distinct(item for record in ranked for item in record.nicknames),
        tags=_distinct(item for record in ranked for item in record.tags),
        references_known=min((r.references_known for r in ranked), key=_KNOWN_ORDER.index),
        citations_elsewhere=chosen("citations_elsewhere"),
        pdf=chosen("pdf"),
        code=chosen("code"),
    )


def complete_record(first: PaperRecord, second: PaperRecord) -> PaperRecord:
    """Fill what one record lacks from another of the same source; the first one's word counts."""
    values = {
        item.name: getattr(first, item.name) or getattr(second, item.name) for item in fields(first)
    }
    values["identifiers"] = tuple(
        sorted({*first.identifiers, *second.identifiers}, key=identifier_order)
    )
    values["tags"] = _distinct((*first.tags, *second.tags))
    values["kind"] = _choose_kind([first, second])
    values["references_known"] = min(
        first.references_known, second.references_known, key=_KNOWN_ORDER.index
    )
    return PaperRecord(**values)


def record_to_json(record: PaperRecord) -> str:
    """Write a record compactly, leaving out empty fields, the abstract and the source."""
    given = {name: value for name, value in asdict(record).items() if value}
    for name in ("abstract", "source"):
        given.pop(name, None)
    return json.dumps(given, ensure_ascii=False, separators=(",", ":"))


def record_from_json(text: str, *, source: str, abstract: str | None = None) -> PaperRecord:
    """Read back what `record_to_json` wrote."""
    given: dict[str, Any] = json.loads(text)
    for name in ("authors", "identifiers", "nicknames", "tags"):
        given[name] = tuple(given.get(name, ()))
    if given.get("citations_elsewhere"):
        given["citations_elsewhere"] = CitationCount(**given["citations_elsewhere"])
    return PaperRecord(source=source, abstract=abstract, **given)


def is_only_named(title: str, identifiers: Iterable[str]) -> bool:
    """Is a title no more than an identifier or an address written out?

    >>> is_only_named("arXiv:1512.03385", ["arxiv:1512.03385"])
    True
    >>> is_only_named("example.org/p.pdf", ["url:https://example.org/p.pdf"])
    True
    """
    if " " in title.strip() and title != NO_TITLE:
        return False
    key = title_key(title)
    if not key or title == NO_TITLE:
        return True
    names = (
        name for item in identifiers for name in (item, item.partition(":")[2].partition("://")[2])
    )
    return any(key == title_key(name) for name in names)


def _record_order(record: PaperRecord) -> tuple[bool, int, bool, bool, str, str]:
    is_bare = record.kind == "stub"
    return (
        is_only_named(record.title, record.identifiers),
        source_rank(record.source),
        is_bare,
        record.title.islower(),
        record.source,
        record.title,
    )


def _title_order(record: PaperRecord) -> tuple[bool, int, bool, bool, int, str, str]:
    has_none, rank, is_bare, is_lower, source, title = _record_order(record)
    return (has_none, rank, is_bare, is_lower, field_rank(record.source, "title")[1], source, title)


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
