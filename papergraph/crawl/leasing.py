"""Says which crawl holds which papers, and takes them back from crawls that are gone.

A living crawl holds its name, which is free again when its process ends, however that ends; the
next crawl then takes its papers over at once. The leases on a library in memory
run out by time.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from contextlib import contextmanager

from papergraph.library import Library


@contextmanager
def hold_lease(library: Library) -> Iterator[str]:
    """Give this crawl a name under which it leases papers; free them all at the end."""
    owner = uuid.uuid4().hex
    library.frontier.release(
        [name for name in library.frontier.owners() if _is_gone(library, name)]
    )
    with library.hold(f"crawl-{owner}"):
        try:
            yield owner
        finally:
            library.frontier.release([owner])


def _is_gone(library: Library, owner: str) -> bool:
    """Has the crawl of this name ended without freeing its papers?"""
    if library.is_in_memory:
        return False
    with library.hold(f"crawl-{owner}") as is_ours:
        return is_ours
