"""Looks for what is new: papers that cite those the reader follows, and what arXiv announces.

Polite by design: a followed paper is asked about once a week, a category once a day.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Protocol, cast

from papergraph.crawl.crawling import Clock, Network
from papergraph.crawl.reporting import source_rows
from papergraph.crawl.storing import RecordWriter, Tally
from papergraph.errors import OfflineError, SourceError
from papergraph.library import Library
from papergraph.models import PaperRecord, SourcedReference, paper_id, paper_number
from papergraph.sources.source import Source

DAYS_BETWEEN = {"paper": 7, "category": 1}
MOST_PAPERS = 30  # asked about in one run; the others' turn comes in the next
MOST_CITING = 50
_CITING_SOURCES = ("s2", "openalex")
_FORMAT = "%Y-%m-%dT%H:%M:%SZ"


class Announcing(Protocol):
    """A source that announces new papers by category."""

    def new_papers(self, category: str) -> tuple[PaperRecord, ...]:
        """Fetch what was announced last in a category."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WatchReport:
    """What a look for news brought: how many were asked about, what came, what went wrong."""

    checked: int
    new_papers: int
    new_citations: int
    news: int
    warnings: tuple[str, ...]
    sources: tuple[dict[str, Any], ...]

    def as_json(self) -> dict[str, Any]:
        """Return the report as data."""
        return asdict(self)


def watch_papers(
    library: Library,
    network: Network,
    clock: Clock,
    *,
    reader: str = "me",
    progress: Callable[[int, int], None] | None = None,
) -> WatchReport:
    """Look for papers that cite what the reader follows, and for what their categories announce.

    Followed are the papers the reader marked or wrote about, and the categories entered with
    `follow_category`. What comes is stored, and listed by `list_news`.

    Raises OfflineError when the network is off; any other trouble is a warning of the report.
    """
    return _Watcher(library, network, clock).run(reader, progress)


class _Watcher:
    def __init__(self, library: Library, network: Network, clock: Clock) -> None:
        self._library = library
        self._network = network
        self._clock = clock
        self._tally = Tally()
        self._warnings: list[str] = []
        self._news = 0

    def run(self, reader: str, progress: Callable[[int, int], None] | None) -> WatchReport:
        watches, now = self._library.watches, self._clock.now()
        for number in watches.followed_papers(reader):
            watches.add("paper", paper_id(number), now)
        due = [
            watch
            for kind in ("category", "paper")
            for watch in watches.all(kind)
            if _is_due(watch.checked_at, DAYS_BETWEEN[kind], now)
        ]
        due = due[: MOST_PAPERS + sum(watch.kind == "category" for watch in due)]
        for place, watch in enumerate(due, 1):
            look = self._look_at_category if watch.kind == "category" else self._look_at_paper
            if look(watch.key):
                watches.check(watch.kind, watch.key, self._clock.now())
            if progress:
                progress(place, len(due))
        return WatchReport(
            checked=len(due),
            new_papers=self._tally.new_papers,
            new_citations=self._tally.new_citations,
            news=self._news,
            warnings=tuple(self._warnings),
            sources=source_rows(self._network.counts()),
        )

    def _look_at_category(self, category: str) -> bool:
        source = self._network.sources.get("arxiv")
        if source is None:
            return False
        try:
            found = cast("Announcing", source).new_papers(category)
        except OfflineError:
            raise
        except SourceError as error:
            self._warnings.append(f"category {category}: {error}")
            return False
        self._store(found, f"category {category}")
        return True

    def _look_at_paper(self, public_id: str) -> bool:
        number = paper_number(public_id)
        home = self._library.papers.survivor(number) if number else None
        if home is None:
            self._library.watches.remove("paper", public_id)
            return False
        identifiers = self._library.papers.get([home])[home].identifiers
        for source in self._citing_sources():
            fitting = [item for item in identifiers if item.partition(":")[0] in source.schemes]
            if not fitting:
                continue
            try:
                found = source.citations(fitting[0], limit=MOST_CITING)
            except OfflineError:
                raise
            except SourceError as error:
                self._warnings.append(f"{public_id}: {error}")
                continue
            if found:
                self._store_citing(home, found, f"cites {public_id}")
            return True
        return not identifiers

    def _citing_sources(self) -> Iterable[Source]:
        names = _CITING_SOURCES if self._network.has_key("s2") else _CITING_SOURCES[::-1]
        return [self._network.sources[name] for name in names if name in self._network.sources]

    def _store(self, found: Iterable[PaperRecord], watch: str) -> None:
        with self._library.transaction():
            writer = RecordWriter(self._library, self._clock.now(), self._tally)
            numbers = [writer.put(record) for record in found]
            self._enter_news(numbers, watch, writer)

    def _store_citing(self, cited: int, found: Iterable[SourcedReference], watch: str) -> None:
        with self._library.transaction():
            writer = RecordWriter(self._library, self._clock.now(), self._tally)
            numbers = [writer.put_citing(item, cited) for item in found]
            self._enter_news(numbers, watch, writer)

    def _enter_news(self, numbers: Iterable[int], watch: str, writer: RecordWriter) -> None:
        now = self._clock.now()
        living = {n: watch for n in numbers if self._library.papers.survivor(n) == n}
        self._news += self._library.watches.put_news(living, now)
        writer.finish()


def _is_due(checked_at: str | None, days: int, now: str) -> bool:
    if checked_at is None:
        return True
    checked, moment = (datetime.strptime(t, _FORMAT).replace(tzinfo=UTC) for t in (checked_at, now))
    return moment - checked >= timedelta(days=days) - timedelta(hours=1)
