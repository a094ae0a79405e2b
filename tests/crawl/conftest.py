"""Fixtures of the crawl's tests: sources that answer from values, and a clock that is moved."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import pytest
from papergraph.crawl import Clock
from papergraph.errors import SourceError
from papergraph.models import PaperRecord, ReferenceList, SourcedPaper, SourcedReference
from papergraph.sources.client import SourceCount

START = datetime(2026, 1, 31, 12, tzinfo=UTC)


class FakeClock:
    """A clock that moves only when somebody sleeps."""

    def __init__(self) -> None:
        self.moment = START
        self.slept: list[float] = []

    def now(self) -> str:
        return self.moment.strftime("%Y-%m-%dT%H:%M:%SZ")

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.moment += timedelta(seconds=max(seconds, 1.0))

    def as_clock(self) -> Clock:
        return Clock(now=self.now, sleep=self.sleep)


@dataclass
class FakeSource:
    """A source that knows some papers by identifier; `trouble` is raised before an answer."""

    name: str = "openalex"
    schemes: tuple[str, ...] = ("arxiv", "doi")
    known: dict[str, SourcedPaper] = field(default_factory=dict)
    titles: dict[str, tuple[PaperRecord, ...]] = field(default_factory=dict)
    lists: dict[str, ReferenceList] = field(default_factory=dict)
    trouble: list[SourceError] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)

    def _note(self, what: str) -> None:
        self.asked.append(what)
        if self.trouble:
            raise self.trouble.pop(0)

    def paper(self, identifier: str) -> SourcedPaper | None:
        return self.papers([identifier]).get(identifier)

    def papers(self, identifiers: Sequence[str]) -> dict[str, SourcedPaper]:
        self._note(" ".join(identifiers))
        return {item: self.known[item] for item in identifiers if item in self.known}

    def find_title(
        self, title: str, *, author: str | None = None, year: int | None = None
    ) -> tuple[PaperRecord, ...]:
        self._note(f"title {title} {author} {year}")
        return self.titles.get(title, ())

    def references(self, identifier: str) -> ReferenceList:
        self._note(f"references {identifier}")
        return self.lists.get(identifier, ReferenceList(state="unknown"))

    def citations(self, identifier: str, *, limit: int = 100) -> tuple[SourcedReference, ...]:
        self._note(f"citations {identifier} {limit}")
        return ()


@dataclass
class FakeNetwork:
    """Some sources, and which of them have a key."""

    sources: Mapping[str, FakeSource]
    keyed: tuple[str, ...] = ()

    def has_key(self, source: str) -> bool:
        return source in self.keyed

    def counts(self) -> Sequence[SourceCount]:
        return ()


@pytest.fixture
def clock() -> FakeClock:
    """A clock that moves only when somebody sleeps."""
    return FakeClock()


@pytest.fixture
def make_network() -> Callable[..., FakeNetwork]:
    """Make a network of these sources."""

    def make(*sources: FakeSource, keyed: tuple[str, ...] = ()) -> FakeNetwork:
        return FakeNetwork({source.name: source for source in sources}, keyed)

    return make
