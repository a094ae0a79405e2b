"""What was asked of every source and what became of it, counted while a client lives."""

from __future__ import annotations

import threading
from dataclasses import dataclass, replace
from typing import Any


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceCount:
    """What one source was asked: every question ends as one of answered, cached, refused, failed.

    `sent` is what went over the network: a question may take none, or several when tried again.
    `waiting_until` is when the source may be asked again, UTC; None when it can be asked now.
    """

    source: str
    asked: int = 0
    sent: int = 0
    answered: int = 0
    cached: int = 0
    refused: int = 0
    failed: int = 0
    waiting_until: str | None = None

    def as_json(self) -> dict[str, Any]:
        """Return the counts as an object."""
        return {
            "source": self.source,
            "asked": self.asked,
            "sent": self.sent,
            "answered": self.answered,
            "cached": self.cached,
            "refused": self.refused,
            "failed": self.failed,
            "waiting_until": self.waiting_until,
        }


class Counts:
    """Counts by source, from any thread."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._counts: dict[str, SourceCount] = {}

    def add(self, source: str, what: str) -> None:
        """Count one more of asked, sent, answered, cached, refused or failed."""
        with self._lock:
            count = self._counts.get(source, SourceCount(source=source))
            self._counts[source] = replace(count, **{what: getattr(count, what) + 1})

    def wait(self, source: str, until: str | None) -> None:
        """Remember until when a source is to be left alone; None: it answers."""
        with self._lock:
            count = self._counts.get(source, SourceCount(source=source))
            self._counts[source] = replace(count, waiting_until=until)

    def all(self) -> tuple[SourceCount, ...]:
        """Every source that was asked, by name."""
        with self._lock:
            return tuple(self._counts[name] for name in sorted(self._counts))
