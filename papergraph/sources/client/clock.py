"""The time as the client sees it, so that tests can hand in another."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Clock:
    """The time of day in seconds, which processes share, and a way to let it pass."""

    now: Callable[[], float] = time.time
    sleep: Callable[[float], None] = time.sleep


def utc(seconds: float) -> str:
    """Write a time as papergraph does; what comes between two seconds is the later one.

    >>> utc(1769860799.2)
    '2026-01-31T12:00:00Z'
    """
    return datetime.fromtimestamp(-(-seconds // 1), UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
