"""Reviews, their mentions and the relations people state; curated relations and lineages too."""

from __future__ import annotations

import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from itertools import chain, count
from typing import Any

from sqlalchemy import Row, Table, delete, func, insert, select, update

from papergraph.library.database import Database
from papergraph.library.schema import lineages, mentions, relations, reviews, sources
from papergraph.library.signatures import Signatures
from papergraph.models import ASKED, Claim, Evidence, Repair, Review

# fmt: off
_MENTION_COLUMNS = (
    "review_id", "line", "column", "text", "sentence", "original", "role", "title", "url",
    "identifier", "heading", "list_key", "position", "summary", "status", "confidence",
)
_RELATION_COLUMNS = (
    "later", "earlier", "kind", "origin_kind", "text", "line", "original", "cue", "review_id",
)
# fmt: on


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredRelation:
    """One statement that a later paper relates to an earlier one, and where it is made.

    `origin_kind` is review, curated or reader; `source` names the review or data set.
    """

    later: int
    earlier: int
    kind: str
    origin_kind: str
    source: str
    text: str
    line: int | None = None
    original: str | None = None
    cue: str | None = None
    stated: bool = True
    review_id: int | None = None
    origin: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredMention:
    """One mention as stored, with the review it stands in."""

    review_id: int
    origin: str
    paper: int | None
    line: int
    column: int
    text: str
    sentence: str
    original: str | None
    role: str
    title: str | None
    url: str | None
    identifier: str | None
    heading: str | None
    list_key: str | None
    position: int | None
    summary: str | None
    status: str
    confidence: float
    candidates: tuple[tuple[int, float], ...] = ()
    id: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredLineage:
    """A curated lineage: its main chain oldest first, and all its papers."""

    key: str
    title: str
    about: str
    chain: tuple[int, ...]
    members: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredReview:
    """The card of a stored review."""

    id: int
    origin: str
    sha256: str
    format: str
    title: str | None
    author: str | None
    written_on: str | None
    language: str | None
    ingested_at: str
    papers: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class RowIds:
    """Ids for rows to be entered: those that are `free`, then such as are above `taken`."""

    free: tuple[int, ...] = ()
    taken: int = 0


NO_IDS = RowIds()

_RELATED = "SELECT id FROM relations WHERE {} UNION SELECT id FROM relations WHERE {}"


class Reviews:
    """The reviews of one library."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._signatures = Signatures(database)

    def find(self, origin: str) -> StoredReview | None:
        """Return the review of this origin, None when there is none."""
        row = self._database.execute(select(reviews).where(reviews.c.origin == origin)).first()
        return _review_from_row(row) if row else None

    def get(self, number: int) -> tuple[StoredReview, str] | None:
        """Return a review's card and its text, None when there is none."""
        row = self._database.execute(select(reviews).where(reviews.c.id == number)).first()
        return (_review_from_row(row), row.text) if row else None

    def repairs(self, number: int) -> tuple[Repair, ...]:
        """The repairs that were made when a review was read."""
        row = self._database.execute(
            select(reviews.c.repairs).where(reviews.c.id == number)
        ).first()
        return tuple(Repair(**item) for item in json.loads(row[0])) if row else ()

    def all(self) -> list[StoredReview]:
        """Every review with the number of papers it names, newest first."""
        counted = (
            select(mentions.c.review_id, func.count(mentions.c.paper_id.distinct()).label("papers"))
            .group_by(mentions.c.review_id)
            .subquery()
        )
        statement = (
            select(reviews, counted.c.papers)
            .join(counted, counted.c.review_id == reviews.c.id, isouter=True)
            .order_by(reviews.c.id.desc())
        )
        return [_review_from_row(row, row.papers or 0) for row in self._database.execute(statement)]

    def count(self) -> int:
        """How many reviews there are."""
        return int(self._database.read("SELECT count(*) FROM reviews")[0][0])

    def put(self, review: Review, source_id: int, now: str) -> int:
        """Enter a review, or replace the text of the one with its origin; returns its number."""
        fields = {
            "source_id": source_id,
            "sha256": review.sha256,
            "format": review.format,
            "title": review.title,
            "author": review.author,
            "written_on": review.written_on,
            "language": review.language,
            "text": review.text,
            "repairs": json.dumps([item.as_json() for item in review.repairs], ensure_ascii=False),
            "ingested_at": now,
        }
        with self._database.transaction():
            found = self.find(review.origin)
            if found:
                self.clear(found.id)
                if found.sha256 == review.sha256:  # linked again, not written again
                    del fields["ingested_at"]
                self._database.execute(
                    update(reviews).where(reviews.c.id == found.id).values(**fields)
                )
                number = found.id
            else:
                statement = insert(reviews).values(origin=review.origin, **fields)
                number = self._database.insert(statement)
            self._signatures.put(number, review.text)
            return number

    def row_ids(self, number: int) -> tuple[RowIds, RowIds]:
        """The ids of a review's mentions and relations, to be used again when it is read again."""
        return self._row_ids(mentions, number), self._row_ids(relations, number)

    def _row_ids(self, table: Table, number: int) -> RowIds:
        statement = select(table.c.id).where(table.c.review_id == number).order_by(table.c.id)
        return RowIds(free=tuple(int(row[0]) for row in self._database.execute(statement)))

    def clear(self, number: int) -> list[int]:
        """Remove the mentions and relations of a review; returns the papers they named."""
        named = select(mentions.c.paper_id).where(mentions.c.review_id == number)
        touched = {int(row[0]) for row in self._database.execute(named) if row[0] is not None}
        self._database.execute(delete(mentions).where(mentions.c.review_id == number))
        self._database.execute(delete(relations).where(relations.c.review_id == number))
        return sorted(touched)

    def forget(self, number: int) -> None:
        """Remove a review with all its mentions and relations."""
        with self._database.transaction():
            self.clear(number)
            self._database.execute(delete(reviews).where(reviews.c.id == number))

    def add_mentions(self, found: Sequence[StoredMention], ids: RowIds = NO_IDS) -> None:
        """Enter the mentions of a review, the first ones under ids that are free."""
        rows = [
            {name: getattr(item, name) for name in _MENTION_COLUMNS}
            | {"paper_id": item.paper, "candidates": json.dumps(item.candidates)}
            for item in found
        ]
        self._insert(mentions, rows, ids)

    def add_relations(
        self, found: Sequence[StoredRelation], source_id: int, ids: RowIds = NO_IDS
    ) -> None:
        """Enter relations said by one source; a paper is never related to itself."""
        rows = [
            {name: getattr(item, name) for name in _RELATION_COLUMNS}
            | {"stated": int(item.stated), "source_id": source_id}
            for item in found
            if item.later != item.earlier
        ]
        self._insert(relations, rows, ids)

    def _insert(self, table: Table, rows: list[dict[str, Any]], ids: RowIds) -> None:
        if not rows:
            return
        last = self._database.execute(select(func.max(table.c.id))).scalar() or 0
        numbers = chain(ids.free, count(max(int(last), ids.taken) + 1))
        again = [{"id": number} | row for number, row in zip(numbers, rows, strict=False)]
        self._database.execute(insert(table), again)

    def relations_of(self, numbers: Collection[int]) -> list[StoredRelation]:
        """Relations that have one of these papers at either end, in the order they were entered."""
        statement = (
            select(relations, sources.c.name, reviews.c.origin)
            .join(sources, sources.c.id == relations.c.source_id)
            .join(reviews, reviews.c.id == relations.c.review_id, isouter=True)
        )
        # Most papers have none, which is told without waiting for a statement to be built.
        wanted = json.dumps(list(dict.fromkeys(numbers)))
        ends = [self._database.among(column) for column in ("later", "earlier")]
        rows = self._database.read(_RELATED.format(*ends), (wanted, wanted))
        ids = sorted(row[0] for row in rows)
        found: dict[int, StoredRelation] = {}
        for start in range(0, len(ids), 400):
            chunk = ids[start : start + 400]
            for row in self._database.execute(statement.where(relations.c.id.in_(chunk))):
                found[int(row.id)] = _relation_from_row(row)
        return [found[key] for key in ids]

    def has_relations(self) -> bool:
        """Does anybody say of any paper that it follows another?"""
        return bool(self._database.read("SELECT 1 FROM relations LIMIT 1"))

    def claims_of(self, numbers: Collection[int]) -> list[Claim]:
        """What people and curators say of these papers' descent, with evidence, as entered."""
        return [_claim(relation) for relation in self.relations_of(numbers)]

    def mentions_of(self, number: int) -> list[StoredMention]:
        """The mentions of a paper in all reviews."""
        return self._mentions(mentions.c.paper_id == number)

    def mentions_in(self, review_id: int) -> list[StoredMention]:
        """The mentions of a review, in the order of its text."""
        return self._mentions(mentions.c.review_id == review_id)

    def open_mentions(self) -> list[StoredMention]:
        """Mentions that the reader is to be asked about, in the order of their reviews.

        They claim a paper and have none, or were given a new one that may be one of the candidates.
        """
        has_none = mentions.c.paper_id.is_(None) & (mentions.c.status == "unsure")
        may_be_known = (mentions.c.status == "new") & (mentions.c.confidence <= ASKED)
        return self._mentions((mentions.c.role != "named") & (has_none | may_be_known))

    def mention(self, number: int) -> StoredMention | None:
        """One mention by its number, None when there is none."""
        found = self._mentions(mentions.c.id == number)
        return found[0] if found else None

    def used_papers(self, numbers: Collection[int]) -> set[int]:
        """Those of these papers that a mention or a relation still names."""
        used: set[int] = set()
        wanted = list(dict.fromkeys(numbers))
        for start in range(0, len(wanted), 400):
            chunk = wanted[start : start + 400]
            for column in (mentions.c.paper_id, relations.c.later, relations.c.earlier):
                found = self._database.execute(select(column).where(column.in_(chunk)).distinct())
                used |= {int(row[0]) for row in found}
        return used

    def put_lineage(self, lineage: StoredLineage) -> None:
        """Enter or replace a curated lineage."""
        self._database.execute(delete(lineages).where(lineages.c.key == lineage.key))
        self._database.execute(
            insert(lineages).values(
                key=lineage.key,
                title=lineage.title,
                about=lineage.about,
                chain=json.dumps(lineage.chain),
                members=json.dumps(lineage.members),
            )
        )

    def lineages(self) -> list[StoredLineage]:
        """Every curated lineage, by key."""
        rows = self._database.execute(select(lineages).order_by(lineages.c.key))
        return [
            StoredLineage(
                key=row.key,
                title=row.title,
                about=row.about,
                chain=tuple(json.loads(row.chain)),
                members=tuple(json.loads(row.members)),
            )
            for row in rows
        ]

    def co_mentions(self) -> list[tuple[int, int]]:
        """(review, paper) pairs, sorted: which papers stand in which review."""
        rows = self._database.execute_raw(
            "SELECT DISTINCT review_id, paper_id FROM mentions WHERE paper_id IS NOT NULL"
            " ORDER BY review_id, paper_id"
        )
        return [(row[0], row[1]) for row in rows]

    def _mentions(self, condition: Any) -> list[StoredMention]:
        statement = (
            select(mentions, reviews.c.origin)
            .join(reviews, reviews.c.id == mentions.c.review_id)
            .where(condition)
            .order_by(mentions.c.review_id, mentions.c.line, mentions.c.column, mentions.c.id)
        )
        return [_mention_from_row(row) for row in self._database.execute(statement)]


def _review_from_row(row: Row[Any], count: int = 0) -> StoredReview:
    return StoredReview(
        id=int(row.id),
        origin=row.origin,
        sha256=row.sha256,
        format=row.format,
        title=row.title,
        author=row.author,
        written_on=row.written_on,
        language=row.language,
        ingested_at=row.ingested_at,
        papers=count,
    )


def _relation_from_row(row: Row[Any]) -> StoredRelation:
    return StoredRelation(
        later=int(row.later),
        earlier=int(row.earlier),
        kind=row.kind,
        origin_kind=row.origin_kind,
        source=row.name,
        text=row.text,
        line=row.line,
        original=row.original,
        cue=row.cue,
        stated=bool(row.stated),
        review_id=row.review_id,
        origin=row.origin,
    )


def _claim(relation: StoredRelation) -> Claim:
    is_review = relation.origin_kind == "review"
    kind = relation.origin_kind if relation.stated or not is_review else "list"
    where = f"{relation.origin}:{relation.line}" if is_review else relation.cue
    return Claim(
        later=relation.later,
        earlier=relation.earlier,
        kind=relation.kind,
        origin_kind=relation.origin_kind,
        stated=relation.stated,
        evidence=Evidence(
            kind=kind,
            text=relation.text,
            where=where,
            source=relation.source,
            stated=relation.stated,
        ),
    )


def _mention_from_row(row: Row[Any]) -> StoredMention:
    fields = {name: getattr(row, name) for name in (*_MENTION_COLUMNS, "origin")}
    candidates = tuple((int(item[0]), float(item[1])) for item in json.loads(row.candidates))
    return StoredMention(id=row.id, paper=row.paper_id, candidates=candidates, **fields)
