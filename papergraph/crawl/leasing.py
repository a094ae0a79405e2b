"""Says which crawl holds which papers, and takes them back from crawls that are gone.

A living crawl keeps a lock on a file beside the library; the lock goes with its process, however
that ends, and the next crawl then takes its papers over at once. The leases on a library in memory
run out by time.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from papergraph.library import Library


@contextmanager
def hold_lease(library: Library) -> Iterator[str]:
    """Give this crawl a name under which it leases papers; free them all at the end."""
    owner = uuid.uuid4().hex
    folder = library.folder
    library.frontier.release([name for name in library.frontier.owners() if _is_gone(folder, name)])
    lock = _lock(folder, owner) if folder else None
    try:
        yield owner
    finally:
        library.frontier.release([owner])
        if lock is not None:
            lock.release()
            Path(lock.lock_file).unlink(missing_ok=True)


def _lock(folder: Path, owner: str) -> FileLock:
    folder.mkdir(parents=True, exist_ok=True)
    lock = FileLock(folder / f"crawl-{owner}.lock")
    lock.acquire(blocking=False)
    return lock


def _is_gone(folder: Path | None, owner: str) -> bool:
    """Has the crawl of this name ended without freeing its papers?"""
    if folder is None:
        return False
    try:
        lock = _lock(folder, owner)
    except Timeout:
        return False
    lock.release()
    Path(lock.lock_file).unlink(missing_ok=True)
    return True
