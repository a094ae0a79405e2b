"""What was found out about a paper is kept as long as the library says the same.

The forefathers of one paper are those of thousands: every lineage in vision meets the same dozen.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Hashable
from typing import Generic, TypeVar
from weakref import WeakKeyDictionary

from papergraph.library import Library

_MOST = 5_000  # answers of one library; more are forgotten all at once

Found = TypeVar("Found")


class Remembered(Generic[Found]):
    """Answers by paper, for each library and reader as they stand."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._kept: WeakKeyDictionary[Library, tuple[Hashable, dict[int, Found]]]
        self._kept = WeakKeyDictionary()

    def of(self, library: Library, reader: str) -> Callable[[int, Callable[[int], Found]], Found]:
        """Give what answers for a paper: from memory, or by asking, which is then remembered."""
        kept = self._answers(library, _state(library, reader))

        def answer(number: int, ask: Callable[[int], Found]) -> Found:
            found = kept.get(number)
            if found is None:
                if len(kept) >= _MOST:
                    kept.clear()
                found = kept[number] = ask(number)
            return found

        return answer

    def _answers(self, library: Library, state: Hashable) -> dict[int, Found]:
        with self._lock:
            held = self._kept.get(library)
            if held is None or held[0] != state:
                held = self._kept[library] = (state, {})
            return held[1]


def _state(library: Library, reader: str) -> Hashable:
    """Changes with every write that an answer may rest on."""
    return (
        library.graph_version,
        tuple(sorted(library.facts("changes ").items())),
        tuple(library.prerequisites.all(reader)),
    )
