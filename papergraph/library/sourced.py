"""What sources told of citations: how whole each list is, in which words, what was turned down."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Row, func, select

from papergraph.library.database import Database
from papergraph.library.schema import citation_contexts, reference_lists, rejections, sources

_CHUNK = 400


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredList:
    """How much of a paper's reference list one source gave.

    `state` is complete, partial, empty, withheld, unknown or failed; `found` is how many of its
    references are in the library, `expected` how many the source says there are.
    """

    paper: int
    source: str
    state: str
    found: int
    expected: int | None
    detail: str | None
    fetched_at: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredContext:
    """The sentences in which one paper cites another, as one source quotes them."""

    citing: int
    cited: int
    source: str
    contexts: tuple[str, ...]
    intents: tuple[str, ...]
    is_influential: bool | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Rejection:
    """A record that a source offered for a title, and why it was not taken."""

    asked: str
    source: str
    offered: str
    reason: str
    at: str


class SourcedCitations:
    """What the sources of one library told of citations."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def put_list(self, found: StoredList, source_id: int) -> None:
        """Enter how whole a reference list is; the same source's word before is replaced."""
        row = {
            "paper_id": found.paper,
            "source_id": source_id,
            "state": found.state,
            "expected": found.expected,
            "found": found.found,
            "detail": found.detail,
            "fetched_at": found.fetched_at,
        }
        kept = {name: row[name] for name in ("state", "expected", "found", "detail", "fetched_at")}
        self._database.execute(
            self._database.upsert(reference_lists)
            .values(**row)
            .on_conflict_do_update(index_elements=["paper_id", "source_id"], set_=kept)
        )

    def lists_of(self, numbers: Collection[int]) -> dict[int, list[StoredList]]:
        """What each source told of the reference lists of these papers."""
        found: dict[int, list[StoredList]] = defaultdict(list)
        wanted = list(dict.fromkeys(numbers))
        for start in range(0, len(wanted), _CHUNK):
            statement = (
                select(reference_lists, sources.c.name)
                .join(sources, sources.c.id == reference_lists.c.source_id)
                .where(reference_lists.c.paper_id.in_(wanted[start : start + _CHUNK]))
                .order_by(reference_lists.c.paper_id, sources.c.name)
            )
            for row in self._database.execute(statement):
                found[int(row.paper_id)].append(
                    StoredList(
                        paper=int(row.paper_id),
                        source=row.name,
                        state=row.state,
                        found=int(row.found),
                        expected=row.expected,
                        detail=row.detail,
                        fetched_at=row.fetched_at,
                    )
                )
        return dict(found)

    def count_lists(self) -> dict[str, int]:
        """How many papers have their best reference list in each state."""
        rows = self._database.execute(
            select(reference_lists.c.state, func.count(reference_lists.c.paper_id.distinct()))
            .group_by(reference_lists.c.state)
            .order_by(reference_lists.c.state)
        )
        return {row[0]: int(row[1]) for row in rows}

    def put_contexts(self, found: Sequence[StoredContext], source_id: int) -> None:
        """Enter the words in which papers are cited."""
        rows = [
            {
                "citing": item.citing,
                "cited": item.cited,
                "source_id": source_id,
                "contexts": json.dumps(list(item.contexts), ensure_ascii=False),
                "intents": json.dumps(list(item.intents), ensure_ascii=False),
                "influential": None if item.is_influential is None else int(item.is_influential),
            }
            for item in found
            if item.citing != item.cited
        ]
        if rows:
            statement = self._database.upsert(citation_contexts)
            kept = {
                name: statement.excluded[name] for name in ("contexts", "intents", "influential")
            }
            self._database.execute(
                statement.on_conflict_do_update(
                    index_elements=["citing", "cited", "source_id"], set_=kept
                ),
                rows,
            )

    def contexts_between(
        self, pairs: Collection[tuple[int, int]]
    ) -> dict[tuple[int, int], list[StoredContext]]:
        """The words in which these (citing, cited) pairs cite."""
        found: dict[tuple[int, int], list[StoredContext]] = defaultdict(list)
        statement = select(citation_contexts, sources.c.name).join(
            sources, sources.c.id == citation_contexts.c.source_id
        )
        for citing, cited in pairs:
            at = (citation_contexts.c.citing == citing) & (citation_contexts.c.cited == cited)
            for row in self._database.execute(statement.where(at).order_by(sources.c.name)):
                found[citing, cited].append(_context_from_row(row))
        return dict(found)

    def contexts_of(self, cited: int, most: int = 20) -> list[StoredContext]:
        """The words in which others cite a paper, influential ones first."""
        statement = (
            select(citation_contexts, sources.c.name)
            .join(sources, sources.c.id == citation_contexts.c.source_id)
            .where(citation_contexts.c.cited == cited, citation_contexts.c.contexts != "[]")
            .order_by(
                func.coalesce(citation_contexts.c.influential, 0).desc(), citation_contexts.c.citing
            )
            .limit(most)
        )
        return [_context_from_row(row) for row in self._database.execute(statement)]

    def reject(self, found: Sequence[Rejection], source_ids: dict[str, int]) -> None:
        """Log what was offered for a title and turned down; said once, however often it happens."""
        rows: list[dict[str, Any]] = [
            {
                "asked": item.asked,
                "source_id": source_ids[item.source],
                "offered": item.offered,
                "reason": item.reason,
                "rejected_at": item.at,
            }
            for item in found
        ]
        if rows:
            self._database.execute(self._database.upsert(rejections).on_conflict_do_nothing(), rows)

    def rejected(self, asked: str | None = None) -> list[Rejection]:
        """What was turned down, for one title or for all, oldest first."""
        statement = (
            select(rejections, sources.c.name)
            .join(sources, sources.c.id == rejections.c.source_id)
            .order_by(rejections.c.id)
        )
        if asked is not None:
            statement = statement.where(rejections.c.asked == asked)
        return [
            Rejection(
                asked=row.asked,
                source=row.name,
                offered=row.offered,
                reason=row.reason,
                at=row.rejected_at,
            )
            for row in self._database.execute(statement)
        ]


def _context_from_row(row: Row[Any]) -> StoredContext:
    return StoredContext(
        citing=int(row.citing),
        cited=int(row.cited),
        source=row.name,
        contexts=tuple(json.loads(row.contexts)),
        intents=tuple(json.loads(row.intents)),
        is_influential=None if row.influential is None else bool(row.influential),
    )
