"""What robots.txt lets us fetch (RFC 9309), read by Protego; kept while a client lives."""

from __future__ import annotations

import threading
from collections.abc import Callable

from protego import Protego

from papergraph.sources.source import Reply

ROBOT = "papergraph"
_MOST_BYTES = 512_000  # RFC 9309, 2.5: at least 500 kibibytes


class Robots:
    """The robots.txt of every place that was asked; `fetch` gets one, its 4xx included."""

    def __init__(self) -> None:
        self._rules: dict[str, Protego] = {}
        self._lock = threading.Lock()

    def allows(self, base: str, url: str, fetch: Callable[[], Reply]) -> bool:
        """Say whether a URL may be fetched.

        A robots.txt that is not there allows all (RFC 9309, 2.3.1.3); one that cannot be reached
        is an error of `fetch`, and nothing is fetched (2.3.1.4).
        """
        with self._lock:
            rules = self._rules.get(base)
        if rules is None:
            reply = fetch()
            text = reply.body[:_MOST_BYTES].decode("utf-8", "replace")
            rules = Protego.parse(text if reply.status == 200 else "")
            with self._lock:
                self._rules[base] = rules
        return bool(rules.can_fetch(url, ROBOT))
