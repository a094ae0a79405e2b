"""Opens the sources with the one HTTP client, as the settings say."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from papergraph.errors import OfflineError
from papergraph.settings import Settings
from papergraph.sources.client import Client, SourceCount, can_reach
from papergraph.sources.registry import make_sources
from papergraph.sources.source import Source


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenNetwork:
    """The sources over one client."""

    client: Client
    sources: Mapping[str, Source]

    def has_key(self, source: str) -> bool:
        """Is there an API key for this source?"""
        return self.client.has_key(source)

    def counts(self) -> Sequence[SourceCount]:
        """What each source was asked so far."""
        return self.client.counts()


@contextmanager
def open_network(settings: Settings) -> Iterator[OpenNetwork]:
    """Open the client and the sources.

    Raises
    ------
    OfflineError
        When the network is switched off, or no service can be reached.
    SettingsError
        When a setting cannot be used.
    """
    if not can_reach(settings):
        raise OfflineError(
            "no scholarly service can be reached: there is no network, or it is switched off;"
            " run 'papergraph crawl' when there is one"
        )
    with Client(settings) as client:
        yield OpenNetwork(client=client, sources=make_sources(client))
