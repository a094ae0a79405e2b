"""The one HTTP client: cache, pace shared by processes, retries, keys, robots.txt and limits."""

from papergraph.sources.client.client import Client
from papergraph.sources.client.clock import Clock
from papergraph.sources.client.counts import SourceCount
from papergraph.sources.client.exchange import Limits
from papergraph.sources.client.guard import Guard

__all__ = ["Client", "Clock", "Guard", "Limits", "SourceCount"]
