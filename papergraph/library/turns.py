"""Turns: how many questions about the whole graph are worked on at once, so that memory is bounded.

Such a question works on arrays as long as the library. More than there are cores do not make the
answers come sooner; the others wait.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from typing import Concatenate, ParamSpec, Protocol, TypeVar


class _HasTurns(Protocol):
    @property
    def turns(self) -> Turns: ...


_Library = TypeVar("_Library", bound=_HasTurns)
_Rest = ParamSpec("_Rest")
_Answer = TypeVar("_Answer")


class Turns:
    """So many threads at once; a thread that has a turn needs no second one."""

    def __init__(self, most: int) -> None:
        self._free = threading.BoundedSemaphore(most)
        self._local = threading.local()

    @contextmanager
    def take(self) -> Iterator[None]:
        """Wait until it is this thread's turn, and give it back after the block."""
        if getattr(self._local, "has_turn", False):
            yield
            return
        with self._free:
            self._local.has_turn = True
            try:
                yield
            finally:
                self._local.has_turn = False


def in_turn(
    verb: Callable[Concatenate[_Library, _Rest], _Answer],
) -> Callable[Concatenate[_Library, _Rest], _Answer]:
    """Let a verb that asks the whole graph of a library wait for its turn."""

    @wraps(verb)
    def waiting(library: _Library, /, *args: _Rest.args, **options: _Rest.kwargs) -> _Answer:
        with library.turns.take():
            return verb(library, *args, **options)

    return waiting
