"""Ingests many texts in one run: kept one by one, followed up at the end, reported once."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from papergraph.errors import PapergraphError, ReadingError
from papergraph.ingest.following import Step, follow_changes
from papergraph.ingest.notes import OwnNotes, note_links
from papergraph.ingest.placing import Changes, link_review
from papergraph.ingest.reviewing import (
    known_report,
    report_tried,
    store_text,
    try_review,
)
from papergraph.ingest.settling import list_questions
from papergraph.ingest.stored import stored_report
from papergraph.ingest.storing import LinkedReview
from papergraph.library import Library
from papergraph.models import IngestReport, no_marks

_OPEN = "unfollowed:"  # what a run that broke off left to be followed up, by place and origin

Progress = Callable[[str, int, int], None]
"""Told the stage ("read" or "linked"), how many are done, and of how many (0: not known)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """Something to ingest: its key, its bytes, and the day it was written if that is known."""

    origin: str
    data: bytes
    written_on: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Skipped:
    """Something that was not read, and why."""

    origin: str
    error: PapergraphError


@dataclass(slots=True, kw_only=True)
class RunReport:
    """What a run did: texts read, unchanged and skipped, what was found, and what needs the reader.

    `empty` ones have no papers. `found` sums up the counts of all texts, `marked` the papers that
    were given a reading state; a paper counts in each text that names it. `linked` counts other
    reviews that were linked again.
    """

    read: int = 0
    unchanged: int = 0
    empty: int = 0
    skipped: list[Skipped] = field(default_factory=list)
    found: dict[str, int] = field(default_factory=dict)
    marked: dict[str, int] = field(default_factory=no_marks)
    linked: int = 0
    questions: int = 0

    def add(self, report: IngestReport, *, is_known: bool) -> None:
        """Count one text."""
        self.read += not is_known
        self.unchanged += is_known
        self.empty += not report.mentions
        for name, count in report.counts.items():
            self.found[name] = self.found.get(name, 0) + count
        self.add_marks(report.marked)

    def add_marks(self, marked: Mapping[str, int]) -> None:
        """Count papers that were given a reading state."""
        for state, count in marked.items():
            self.marked[state] += count


def ingest_reviews(
    library: Library,
    texts: Iterable[Text | Skipped],
    total: RunReport,
    *,
    now: str,
    dry_run: bool = False,
    progress: Progress | None = None,
) -> Iterator[IngestReport]:
    """Ingest texts and yield their reports in the order given; `total` is filled on the way.

    Each text is kept as soon as it is read: a run that is broken off loses nothing, and going on
    passes over what was read. At the end the reviews are linked again that say something about what
    later ones told, so that the order makes no difference. A text that cannot be read is skipped.
    """
    run = _Trial(library, total) if dry_run else _Run(library, total, now)
    tell = progress or _tell_nobody
    for done, text in enumerate(texts, start=1):
        if isinstance(text, Skipped):
            total.skipped.append(text)
        else:
            try:
                run.take(text)
            except ReadingError as error:
                total.skipped.append(Skipped(origin=text.origin, error=error))
        tell("read", done, 0)
        yield from run.ready()
    run.finish(lambda done, of: tell("linked", done, of))
    yield from run.ready()


def _tell_nobody(stage: str, done: int, of: int) -> None:
    del stage, done, of


class _Run:
    """A run that stores. Reports wait for the end where they may still change."""

    def __init__(self, library: Library, total: RunReport, now: str) -> None:
        self._library, self._total, self._now = library, total, now
        self._waiting: deque[tuple[int, tuple[str, ...]] | IngestReport] = deque()
        self._stored: set[str] = set()
        self._is_over = False

    def take(self, text: Text) -> None:
        """Store one text, and write down what it changes for others."""
        known = known_report(self._library, text.data, text.origin)
        if known is not None:
            self._total.add(known, is_known=True)
            self._waiting.append(known)
            return
        library = self._library
        with library.transaction():
            placed, changes = store_text(
                library, text.data, text.origin, now=self._now, written_on=text.written_on
            )
            last = library.last_fact(_OPEN)  # of any run: others may write to this library, too
            place = int(last.partition(":")[0]) + 1 if last else 1
            library.set_info(f"{_OPEN}{place:08}:{text.origin}", changes.to_json())
        self._stored.add(text.origin)
        self._waiting.append((placed.review_id, placed.found.review.warnings))

    def ready(self) -> Iterator[IngestReport]:
        """Reports that are final, in order."""
        while self._waiting and (self._is_over or isinstance(self._waiting[0], IngestReport)):
            one = self._waiting.popleft()
            if isinstance(one, IngestReport):
                yield one
                continue
            with self._library.transaction():  # one for all its look-ups
                report = stored_report(self._library, one[0], changed=True, warnings=one[1])
            self._total.add(report, is_known=False)
            yield report

    def finish(self, progress: Callable[[int, int], None]) -> None:
        """Follow up what this run changed, and what an earlier one left."""
        library = self._library
        left = library.facts(_OPEN)
        steps = [
            Step(origins=frozenset({key.partition(":")[2]}), changes=Changes.from_json(left[key]))
            for key in sorted(left)
        ]
        linked = follow_changes(library, steps, self._now, progress)
        library.drop_facts(f"{_OPEN}{key}" for key in left)  # not what others left since
        self._total.linked = len(linked - self._stored)
        self._total.questions = len(list_questions(library))
        self._is_over = True


class _Trial:
    """A dry run: nothing is stored; notes that are linked count although they are not there."""

    def __init__(self, library: Library, total: RunReport) -> None:
        self._library, self._total = library, total
        self._notes = OwnNotes(library)
        self._waiting: deque[LinkedReview | IngestReport] = deque()
        self._is_over = False

    def take(self, text: Text) -> None:
        """Read and link one text."""
        found, report = try_review(self._library, text.data, text.origin, self._notes)
        self._notes.enter(found)
        self._waiting.append(found if note_links(found.review) else report)

    def ready(self) -> Iterator[IngestReport]:
        """Reports that are final, in order."""
        while self._waiting and (self._is_over or isinstance(self._waiting[0], IngestReport)):
            one = self._waiting.popleft()
            if isinstance(one, LinkedReview):
                again = link_review(self._library, one.review, self._notes)
                one = report_tried(self._library, again)
            self._total.add(one, is_known=False)
            yield one

    def finish(self, progress: Callable[[int, int], None]) -> None:
        """Let the reports out that waited for other notes."""
        del progress
        self._is_over = True
