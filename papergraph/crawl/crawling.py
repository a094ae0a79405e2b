"""Walks the frontier: leases papers, asks the sources, stores what they say, goes on deeper.

Everything known of the walk is in the library, so a crawl can be stopped or killed at any point and
run again: it ends with the same library as one that was never disturbed.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Protocol

from papergraph.crawl.asking import ask_links, ask_sources, open_question
from papergraph.crawl.leasing import hold_lease
from papergraph.crawl.reporting import CrawlReport, WaitingPaper, source_rows
from papergraph.crawl.storing import Tally, store_answers
from papergraph.library import LINKS, PAPER, FrontierItem, Library
from papergraph.models import paper_id
from papergraph.sources.client import SourceCount
from papergraph.sources.source import Source

BATCH = 50
PATIENCE_SECONDS = 120  # a wait shorter than this is waited out, a longer one is reported
LEASE_MINUTES = 15
_FORMAT = "%Y-%m-%dT%H:%M:%SZ"
_MOST_SHOWN = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class Clock:
    """What time it is, UTC as "2026-01-31T12:00:00Z", and how to wait some seconds."""

    now: Callable[[], str]
    sleep: Callable[[float], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Budget:
    """Where a crawl stops by itself; None is no limit. `calls` counts requests sent."""

    papers: int | None = None
    calls: int | None = None
    minutes: float | None = None


class Network(Protocol):
    """The sources, and what is known of their use."""

    @property
    def sources(self) -> Mapping[str, Source]:
        """Every source by its name."""

    def has_key(self, source: str) -> bool:
        """Is there an API key for this source?"""

    def counts(self) -> Sequence[SourceCount]:
        """What each source was asked so far."""


def crawl_papers(
    library: Library,
    network: Network,
    clock: Clock,
    *,
    depth: int = 1,
    links: bool = False,
    budget: Budget | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> CrawlReport:
    """Look up the papers that reviews name and the reader marked, and what they cite.

    Parameters
    ----------
    depth
        1 looks up the papers named in writing, with their reference lists; 2 also the papers those
        cite; and so on.
    links
        Ask for open copies (Unpaywall, which wants a contact address) and code (Hugging Face) of
        the named papers as well, one request each.
    budget
        Where to stop; what is left is done by the next crawl.
    progress
        Called with how many papers are settled, and how many there are, after each batch.

    Raises
    ------
    OfflineError
        When the network is off and the cache does not answer.
    LibraryError
        When the library cannot be written.
    """
    walk = _Walk(library, network, clock, budget or Budget(), progress)
    return walk.run(depth, links=links)


class _Walk:
    """One crawl."""

    def __init__(
        self,
        library: Library,
        network: Network,
        clock: Clock,
        budget: Budget,
        progress: Callable[[int, int], None] | None,
    ) -> None:
        self._library = library
        self._network = network
        self._clock = clock
        self._budget = budget
        self._progress = progress
        self._tally = Tally()
        self._started = clock.now()
        self._calls = self._count_calls()
        self._papers = 0
        self._stopped_by: str | None = None

    def run(self, depth: int, *, links: bool) -> CrawlReport:
        with hold_lease(self._library) as owner:
            self._library.frontier.seed(PAPER, self._clock.now())
            for level in range(depth):
                if level:
                    self._library.frontier.deepen(PAPER, level, self._clock.now())
                self._walk_level(PAPER, level, owner)
                if self._stopped_by:
                    break
            if links and not self._stopped_by:
                self._library.frontier.seed(LINKS, self._clock.now())
                self._walk_level(LINKS, 0, owner)
        return self._report(depth)

    def _walk_level(self, task: str, level: int, owner: str) -> None:
        while not self._is_spent():
            now = self._clock.now()
            items = self._library.frontier.lease(
                task,
                owner=owner,
                until=_later(now, 60 * LEASE_MINUTES),
                now=now,
                most=self._room(),
                deepest=level,
            )
            if items:
                self._look_up(items)
            elif not self._wait(task, level):
                return

    def _look_up(self, items: Sequence[FrontierItem]) -> None:
        cards = self._library.papers.get([item.paper for item in items])
        lists = self._library.sourced.lists_of([item.paper for item in items])
        questions = [
            open_question(
                item,
                cards[item.paper],
                has_list=any(found.state == "complete" for found in lists.get(item.paper, ())),
            )
            for item in items
            if item.paper in cards
        ]
        if items[0].task == LINKS:
            ask_links(questions, self._network.sources)
        else:
            ask_sources(questions, self._network.sources, self._network.has_key("s2"))
        now = self._clock.now()
        for question in questions:
            wait = 2.0 ** min(question.item.tries, 6)
            store_answers(self._library, question, now, _later(now, wait), self._tally)
        self._papers += len(questions)
        self._tell_progress(items[-1])

    def _wait(self, task: str, level: int) -> bool:
        """Wait for the next paper that may be looked up; False when it is not worth waiting."""
        ready = self._library.frontier.next_ready(task, level)
        if ready is None:
            return False
        seconds = _seconds_between(self._clock.now(), ready)
        if seconds > PATIENCE_SECONDS:
            return False
        self._clock.sleep(max(seconds, 0.0))
        return True

    def _is_spent(self) -> bool:
        budget = self._budget
        minutes = _seconds_between(self._started, self._clock.now()) / 60
        if budget.papers is not None and self._papers >= budget.papers:
            self._stopped_by = f"the limit of {budget.papers} papers"
        elif budget.calls is not None and self._count_calls() - self._calls >= budget.calls:
            self._stopped_by = f"the limit of {budget.calls} calls"
        elif budget.minutes is not None and minutes >= budget.minutes:
            self._stopped_by = f"the limit of {budget.minutes:g} minutes"
        return self._stopped_by is not None

    def _room(self) -> int:
        if self._budget.papers is None:
            return BATCH
        return min(BATCH, self._budget.papers - self._papers)

    def _count_calls(self) -> int:
        return sum(item.sent for item in self._network.counts())

    def _tell_progress(self, item: FrontierItem) -> None:
        if self._progress:
            counts = self._library.frontier.counts(item.task, item.depth)
            settled = counts.get("done", 0) + counts.get("failed", 0)
            self._progress(settled, sum(counts.values()))

    def _report(self, depth: int) -> CrawlReport:
        frontier, tally = self._library.frontier, self._tally
        counts = frontier.counts(PAPER, depth - 1)
        unsettled = frontier.unsettled(PAPER)[:_MOST_SHOWN]
        cards = self._library.papers.get([number for number, *_ in unsettled])
        return CrawlReport(
            resolved=tally.resolved,
            unknown=tally.unknown,
            failed=tally.failed,
            waiting=counts.get("waiting", 0),
            left=counts.get("waiting", 0) + counts.get("leased", 0),
            new_papers=tally.new_papers,
            new_citations=tally.new_citations,
            rejected=tally.rejected,
            lists=tuple(self._library.sourced.count_lists().items()),
            sources=source_rows(self._network.counts()),
            unsettled=tuple(
                WaitingPaper(
                    paper=paper_id(number),
                    title=cards[number].title,
                    state=state,
                    until=until,
                    answers=tuple(sorted(answers.items())),
                )
                for number, state, until, answers in unsettled
                if number in cards
            ),
            stopped_by=self._stopped_by,
        )


def _later(now: str, seconds: float) -> str:
    moment = datetime.strptime(now, _FORMAT).replace(tzinfo=UTC) + timedelta(seconds=seconds)
    return moment.strftime(_FORMAT)


def _seconds_between(start: str, end: str) -> float:
    if not end:
        return 0.0
    first, last = (datetime.strptime(text, _FORMAT).replace(tzinfo=UTC) for text in (start, end))
    return (last - first).total_seconds()
