"""What services say of their limits: credits a day at OpenAlex, requests a second at Crossref.

OpenAlex gives 1,000 credits a day without a key, 10,000 with a free one, midnight to midnight UTC
(2026-02). Crossref states its rate in every answer: "they change, obey them".
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

from papergraph.sources.client.clock import utc
from papergraph.sources.client.pace import PaceState

_A_DAY = {False: 1_000, True: 10_000}
_SEARCH, _LIST, _SINGLE = 10, 1, 0
_DAY_SECONDS = 86_400


def cost_of(path: str, params: Mapping[str, str]) -> int:
    """Say what a question costs: a single work nothing, a list 1, a search 10.

    >>> cost_of("/works/W1", {}), cost_of("/works", {"filter": "doi:a"})
    (0, 1)
    >>> cost_of("/works", {"filter": "title.search:residual"})
    10
    """
    if "search" in params or ".search:" in params.get("filter", ""):
        return _SEARCH
    return _SINGLE if path.strip("/").count("/") else _LIST


def credits_left(state: PaceState, now: float, *, has_key: bool) -> int:
    """Say how many are left today, as far as is known here."""
    return state.credits if state.credits_day == utc(now)[:10] else _A_DAY[has_key]


def spend(
    state: PaceState, cost: int, headers: Mapping[str, str], now: float, *, has_key: bool
) -> PaceState:
    """Note what was spent; the service's own word on what remains counts more."""
    left = max(0, credits_left(state, now, has_key=has_key) - cost)
    stated = headers.get("x-ratelimit-remaining", "")
    return replace(
        state,
        credits_day=utc(now)[:10],
        credits=int(stated) if stated.isdecimal() else left,
    )


def next_day(now: float) -> float:
    """Say when the next day begins, UTC, in seconds since 1970."""
    return (now // _DAY_SECONDS + 1) * _DAY_SECONDS


def stated_spacing(headers: Mapping[str, str]) -> float | None:
    """Read the seconds between two requests out of what Crossref states, and a tenth more.

    >>> round(stated_spacing({"x-rate-limit-limit": "5", "x-rate-limit-interval": "1s"}) or 0, 3)
    0.22
    """
    limit = headers.get("x-rate-limit-limit", "")
    interval = re.fullmatch(r"(\d+)s", headers.get("x-rate-limit-interval", ""))
    if not limit.isdecimal() or int(limit) < 1 or interval is None:
        return None
    return 1.1 * int(interval[1]) / int(limit)
