"""Answers of the verbs, as JSON contract objects: the same at every face."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from papergraph.models.papers import Paper, ScoredPaper
from papergraph.models.reviews import Repair


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """Where a claim comes from.

    `kind` is review, curated, citation, cocitation, coupling, title, list, reader, embedding or
    time. `where` is `origin:line` or a URL. `weight` is in log-odds, higher is stronger. `stated`
    is True when a person or a source says it, False when it is inferred.
    """

    kind: str
    text: str
    where: str | None = None
    source: str | None = None
    weight: float = 0.0
    stated: bool = False

    def as_json(self) -> dict[str, Any]:
        """Return the Evidence object."""
        return {
            "kind": self.kind,
            "text": self.text,
            "where": self.where,
            "source": self.source,
            "weight": round(self.weight, 3),
            "stated": self.stated,
        }


def _evidence_json(evidence: tuple[Evidence, ...]) -> list[dict[str, Any]]:
    return [item.as_json() for item in evidence]


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """One search result with the reasons why it matched; score from 0 to 1, higher is better."""

    paper: Paper
    score: float
    why: tuple[Evidence, ...]

    def as_json(self) -> dict[str, Any]:
        """Return the Hit object."""
        return {
            "paper": self.paper.as_json(),
            "score": round(self.score, 4),
            "why": _evidence_json(self.why),
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchAnswer:
    """The hits of one query, best first; `notes` tell the reader what to know about them.

    `has_more` says that others follow; they are asked for with the last of these.
    """

    query: str
    hits: tuple[Hit, ...]
    took_ms: float
    notes: tuple[str, ...] = ()
    has_more: bool = False

    def as_json(self) -> dict[str, Any]:
        """Return the answer of `/search`."""
        return {
            "query": self.query,
            "hits": [hit.as_json() for hit in self.hits],
            "took_ms": round(self.took_ms, 2),
            "notes": list(self.notes),
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One paper of a reading path.

    `need` runs from 0 to 1; `needed_by` is the id of the paper it is needed for, None for a target.
    `level` is frontier for a target, core for what a target needs itself, background for what is
    needed at second hand. `against` is what somebody says against its place: that a paper which
    stands behind it comes first. `together_with` are ids best read with it. `hours` is an estimate.
    """

    position: int
    paper: Paper
    need: float
    needed_by: str | None
    because: tuple[Evidence, ...]
    level: str = "core"
    against: tuple[Evidence, ...] = ()
    together_with: tuple[str, ...] = ()
    hours: float = 2.5

    def as_json(self) -> dict[str, Any]:
        """Return the Step object; `needed_by` is called `for` there."""
        return {
            "position": self.position,
            "paper": self.paper.as_json(),
            "need": round(self.need, 3),
            "for": self.needed_by,
            "because": _evidence_json(self.because),
            "level": self.level,
            "against": _evidence_json(self.against),
            "together_with": list(self.together_with),
            "hours": self.hours,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadingPath:
    """What to read, in which order, to understand the targets; one target is the last step.

    Of a `topic` the targets are the papers on which it rests.
    """

    targets: tuple[Paper, ...]
    known: tuple[Paper, ...]
    steps: tuple[Step, ...]
    left_out: tuple[tuple[Paper, str], ...] = ()
    warnings: tuple[str, ...] = ()
    topic: str | None = None

    @property
    def name(self) -> str:
        """The topic, or the targets by name."""
        if self.topic is not None:
            return self.topic
        *others, last = [paper.name for paper in self.targets]
        return f"{', '.join(others)} and {last}" if others else last

    @property
    def to_read(self) -> tuple[Step, ...]:
        """The steps that are not known: a target may be."""
        known = {paper.id for paper in self.known}
        return tuple(step for step in self.steps if step.paper.id not in known)

    def as_json(self) -> dict[str, Any]:
        """Return the ReadingPath object."""
        return {
            "topic": self.topic,
            "targets": [paper.as_json() for paper in self.targets],
            "known": [paper.as_json() for paper in self.known],
            "steps": [step.as_json() for step in self.steps],
            "left_out": [
                {"paper": paper.as_json(), "reason": reason} for paper, reason in self.left_out
            ],
            "warnings": list(self.warnings),
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderReason:
    """Why one paper of a given list stands before another: ids, and the evidence."""

    before: str
    after: str
    evidence: tuple[Evidence, ...]

    def as_json(self) -> dict[str, Any]:
        """Return one entry of `because`."""
        return {
            "before": self.before,
            "after": self.after,
            "evidence": _evidence_json(self.evidence),
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class UnknownReference:
    """What was given as a paper and means none here, or several; `nearest` comes near it."""

    text: str
    nearest: tuple[str, ...]

    def as_json(self) -> dict[str, Any]:
        """Return one entry of `unknown`."""
        return {"text": self.text, "nearest": list(self.nearest)}


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderedPapers:
    """A given list in reading order, every paper once, with reasons.

    `unknown` is what of the list could not be put in order.
    """

    order: tuple[Paper, ...]
    because: tuple[OrderReason, ...]
    unknown: tuple[UnknownReference, ...] = ()
    warnings: tuple[str, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """Return the answer of `/order`."""
        return {
            "order": [paper.as_json() for paper in self.order],
            "because": [reason.as_json() for reason in self.because],
            "unknown": [reference.as_json() for reference in self.unknown],
            "warnings": list(self.warnings),
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Recommendation:
    """A paper proposed as next; `group` is the reason in words, `missing` what comes before it."""

    paper: Paper
    score: float
    group: str
    ready: bool
    missing: tuple[Paper, ...]
    because: tuple[Evidence, ...]

    def as_json(self) -> dict[str, Any]:
        """Return the Recommendation object."""
        return {
            "paper": self.paper.as_json(),
            "score": round(self.score, 4),
            "group": self.group,
            "ready": self.ready,
            "missing": [paper.as_json() for paper in self.missing],
            "because": _evidence_json(self.because),
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """A place in a review that names a paper, with the paper it was linked to.

    `status` is matched (an existing paper), new (enough for a record), stub (a bare title) or
    unsure (candidates, none good enough). `confidence` runs from 0 to 1.
    """

    line: int
    column: int
    text: str
    sentence: str
    original: str | None
    role: str
    title: str | None
    url: str | None
    identifier: str | None
    paper: Paper | None
    status: str
    confidence: float
    candidates: tuple[ScoredPaper, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """Return the Mention object."""
        return {
            "line": self.line,
            "column": self.column,
            "text": self.text,
            "sentence": self.sentence,
            "original": self.original,
            "role": self.role,
            "title": self.title,
            "url": self.url,
            "identifier": self.identifier,
            "paper": self.paper.as_json() if self.paper else None,
            "status": self.status,
            "confidence": round(self.confidence, 3),
            "candidates": [
                {"paper": item.paper.as_json(), "score": round(item.score, 4)}
                for item in self.candidates
            ],
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class RelationReport:
    """A relation between two papers with its evidence; runs from the later to the earlier paper."""

    later: Paper
    earlier: Paper
    kind: str
    evidence: tuple[Evidence, ...]

    def as_json(self) -> dict[str, Any]:
        """Return one relation of a report; the ends are called `from` and `to` there."""
        return {
            "from": self.later.as_json(),
            "to": self.earlier.as_json(),
            "kind": self.kind,
            "evidence": _evidence_json(self.evidence),
        }


def no_marks() -> dict[str, int]:
    """How many papers were marked, by state, where none was.

    >>> no_marks()
    {'read': 0, 'reading': 0, 'queued': 0, 'skipped': 0}
    """
    return dict.fromkeys(("read", "reading", "queued", "skipped"), 0)


@dataclass(frozen=True, slots=True, kw_only=True)
class IngestReport:
    """What one ingest found: the review's card, repairs, mentions, relations, counts, warnings.

    `marked` counts the papers that were given a reading state by it, by state.
    """

    origin: str
    title: str | None
    format: str
    language: str | None
    review_id: str | None
    changed: bool
    repairs: tuple[Repair, ...]
    mentions: tuple[Mention, ...]
    relations: tuple[RelationReport, ...]
    counts: dict[str, int]
    warnings: tuple[str, ...]
    marked: dict[str, int] = field(default_factory=no_marks)

    def as_json(self) -> dict[str, Any]:
        """Return the IngestReport object."""
        return {
            "review": {
                "id": self.review_id,
                "origin": self.origin,
                "title": self.title,
                "format": self.format,
                "language": self.language,
                "changed": self.changed,
            },
            "repairs": [repair.as_json() for repair in self.repairs],
            "mentions": [mention.as_json() for mention in self.mentions],
            "relations": [relation.as_json() for relation in self.relations],
            "counts": dict(self.counts),
            "marked": dict(self.marked),
            "warnings": list(self.warnings),
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperDetail:
    """All about one paper: the Paper, its abstract, who mentions it, where its facts come from.

    `reference_lists` tells how much of its reference list each source gave: state (complete,
    partial, empty, withheld, failed), found, expected, fetched_at. `pdf` is the address of an open
    copy, `code` of the authors' code. `quotes` are sentences in which other papers cite it: paper,
    text, intents (background, methodology, result), influential and source. `edits` are the fields
    the reader changed: id, field, value, before and edited_at. `rating` is the reader's, 1 to 5.
    """

    paper: Paper
    abstract: str | None
    mentions: tuple[dict[str, Any], ...]
    sources: tuple[dict[str, Any], ...]
    reference_lists: tuple[dict[str, Any], ...] = ()
    pdf: str | None = None
    code: str | None = None
    quotes: tuple[dict[str, Any], ...] = ()
    edits: tuple[dict[str, Any], ...] = ()
    rating: float | None = None

    def as_json(self) -> dict[str, Any]:
        """Return the answer of `/papers/REF`."""
        return {
            **self.paper.as_json(),
            "abstract": self.abstract,
            "mentions": list(self.mentions),
            "sources": list(self.sources),
            "reference_lists": list(self.reference_lists),
            "pdf": self.pdf,
            "code": self.code,
            "quotes": list(self.quotes),
            "edits": list(self.edits),
            "rating": self.rating,
        }
