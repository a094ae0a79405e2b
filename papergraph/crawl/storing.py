"""Stores what the sources answered about one paper, with the state of its item, in one go."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from papergraph.crawl.asking import WAITING, Question
from papergraph.library import PAPER, Library, Rejection, StoredContext, StoredList
from papergraph.matching import place_record
from papergraph.models import PaperRecord, ReferenceList, SourcedReference, paper_id

MOST_TRIES = 6


@dataclass(slots=True)
class Tally:
    """What came of a crawl so far."""

    resolved: int = 0
    unknown: int = 0
    waiting: int = 0
    failed: int = 0
    new_papers: int = 0
    new_citations: int = 0
    rejected: int = 0

    def count_state(self, state: str, *, is_resolved: bool) -> None:
        """Count one item by how it ended."""
        if state == "waiting":
            self.waiting += 1
        elif is_resolved:
            self.resolved += 1
        elif state == "failed":
            self.failed += 1
        else:
            self.unknown += 1


def store_answers(library: Library, question: Question, now: str, later: str, tally: Tally) -> None:
    """Store one question's answers; `later` is when it may be asked again if it must wait."""
    with library.transaction():
        writer = RecordWriter(library, now, tally)
        home = library.papers.survivor(question.item.paper)
        if home is None:
            library.frontier.drop([question.item.paper])
            return
        for _, paper in question.found:
            home = writer.put(paper.record, asked=home)
        for name, found in question.lists.items():
            writer.put_list(home, f"source:{name}", found)
        writer.reject(question)
        writer.touch(home)
        writer.finish()
        state = _state_of(question)
        if home != question.item.paper:
            library.frontier.drop([question.item.paper])
            library.frontier.add(
                question.item.task, {home: 1.0}, depth=question.item.depth, now=now
            )
        library.frontier.settle(
            replace(question.item, paper=home),
            state,
            question.answers,
            now=now,
            not_before=(question.until or later) if state == "waiting" else None,
        )
    if question.item.task == PAPER:
        tally.count_state(state, is_resolved=question.is_resolved)


def _state_of(question: Question) -> str:
    is_waiting = any(answer.startswith(WAITING) for answer in question.answers.values())
    if is_waiting and question.item.tries < MOST_TRIES:
        return "waiting"
    if question.is_resolved:
        return "done"
    has_failed = any(
        answer.startswith((WAITING, "failed", "refused")) for answer in question.answers.values()
    )
    return "failed" if has_failed else "done"


class RecordWriter:
    """Enters records, reference lists and rejections within one transaction."""

    def __init__(self, library: Library, now: str, tally: Tally) -> None:
        self._library = library
        self._now = now
        self._tally = tally
        self._touched: set[int] = set()
        self._rejected: list[Rejection] = []
        self._has_edges = False

    def put(self, record: PaperRecord, *, asked: int | None = None) -> int:
        """Enter what a source says of a paper, joining papers it shows to be one; returns it."""
        library, now = self._library, self._now
        place = place_record(record, library.catalogue, asked=asked)
        record = replace(record, identifiers=place.kept)
        for number, reason in place.refused:
            self._refuse(record, paper_id(number), reason)
        if place.paper is None:
            number = library.papers.add(record, now)
            self._tally.new_papers += 1
            self._touched.add(number)
            return number
        number = place.paper
        for other in place.joins:
            library.merge(number, other, f"one work by {record.source}", now)
            number = min(number, other)
        if library.papers.absorb(number, record, now, asked=asked is not None):
            self._touched.add(number)
        return number

    def put_list(self, citing: int, source: str, found: ReferenceList | str) -> None:
        """Enter a reference list with its edges and words, or that it could not be fetched."""
        library = self._library
        source_id = library.papers.add_source(source, "source", self._now)
        edges: dict[int, SourcedReference] = {}
        if not isinstance(found, str):
            for reference in found.references:
                cited = self.put(reference.record)
                edges[cited] = reference
        citing = library.papers.survivor(citing) or citing  # a reference may have joined it
        edges = {library.papers.survivor(n) or n: edge for n, edge in edges.items()}
        pairs = [(citing, cited) for cited in edges if cited != citing]
        self._tally.new_citations += len(set(edges) - library.citations.cited_by(citing) - {citing})
        library.citations.add(pairs, source_id)
        self._has_edges |= bool(pairs)
        library.sourced.put_contexts(_contexts(citing, source, edges), source_id)
        library.sourced.put_list(
            StoredList(
                paper=citing,
                source=source,
                state="failed" if isinstance(found, str) else found.state,
                found=len(pairs),
                expected=None if isinstance(found, str) else found.expected,
                detail=found if isinstance(found, str) else None,
                fetched_at=self._now,
            ),
            source_id,
        )
        library.papers.refresh([citing])

    def reject(self, question: Question) -> None:
        """Log what was offered for the title and turned down."""
        self._rejected += [
            Rejection(
                asked=question.card.title,
                source=f"source:{name}",
                offered=offered,
                reason=reason,
                at=self._now,
            )
            for name, offered, reason in question.rejected
        ]

    def put_citing(self, found: SourcedReference, cited: int) -> int:
        """Enter a paper that cites another, with its words; returns it."""
        library, source = self._library, found.record.source
        source_id = library.papers.add_source(source, "source", self._now)
        citing = self.put(found.record)
        cited = library.papers.survivor(cited) or cited
        if citing != cited and cited not in library.citations.cited_by(citing):
            self._tally.new_citations += 1
        library.citations.add([(citing, cited)], source_id)
        library.sourced.put_contexts(_contexts(citing, source, {cited: found}), source_id)
        self._has_edges = True
        return citing

    def touch(self, number: int) -> None:
        """Let a paper's entry in the text index be made anew."""
        self._touched.add(number)

    def finish(self) -> None:
        """Bring the text index and the graph version up to date."""
        library = self._library
        names = sorted({item.source for item in self._rejected})
        ids = {name: library.papers.add_source(name, "source", self._now) for name in names}
        library.sourced.reject(self._rejected, ids)
        self._tally.rejected += len(self._rejected)
        library.refresh_texts(sorted(self._living(self._touched)))
        if self._has_edges:
            library.touch_graph()

    def _living(self, numbers: Iterable[int]) -> set[int]:
        return {n for n in (self._library.papers.survivor(n) for n in numbers) if n is not None}

    def _refuse(self, record: PaperRecord, offered: str, reason: str) -> None:
        self._rejected.append(
            Rejection(
                asked=record.title,
                source=record.source,
                offered=offered,
                reason=f"shares an identifier but is not one work: {reason}",
                at=self._now,
            )
        )


def _contexts(
    citing: int, source: str, edges: Mapping[int, SourcedReference]
) -> list[StoredContext]:
    return [
        StoredContext(
            citing=citing,
            cited=cited,
            source=source,
            contexts=edge.contexts,
            intents=edge.intents,
            is_influential=edge.is_influential,
        )
        for cited, edge in edges.items()
        if edge.contexts or edge.intents or edge.is_influential is not None
    ]
