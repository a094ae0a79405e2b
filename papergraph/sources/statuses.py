"""What an HTTP status means for whoever asked: an answer, a refusal, or ask again later."""

from __future__ import annotations

from collections.abc import Sequence

from papergraph.errors import RefusedError, SourceError, UnavailableError
from papergraph.sources.source import Reply

NOT_THERE = (404, 410)
# The service says no to us, however often it is asked.
_REFUSED = (401, 402, 403, 407, 451)
# It cannot answer now: 406 is what arXiv's edge says when it is asked too much (2026-09).
_LATER = (406, 408, 425, 429)


def is_temporary(status: int) -> bool:
    """Will the same request perhaps be answered later?"""
    return status in _LATER or status >= 500


def is_answer(status: int, accept: Sequence[int] = ()) -> bool:
    """Does this status come back to the source as a Reply?"""
    return 200 <= status < 300 or status in NOT_THERE or status in accept


def check_status(reply: Reply, accept: Sequence[int] = (), *, until: str | None = None) -> Reply:
    """Return the reply when its status is an answer.

    Raises
    ------
    RefusedError
        401, 402, 403, 407, 451: the service says no.
    UnavailableError
        406, 408, 425, 429 and 5xx: it cannot answer now; `until` is handed on.
    SourceError
        Any other status: the request itself is not understood.
    """
    if is_answer(reply.status, accept):
        return reply
    said = f"{reply.source} answered {reply.status} for {reply.url!r}"
    if reply.status in _REFUSED:
        raise RefusedError(f"{said}: it says no; check the key or login, see papergraph doctor")
    if is_temporary(reply.status):
        wait = f"it can be asked again at {until}" if until else "run again later, or use --offline"
        raise UnavailableError(f"{said}: {wait}", until)
    raise SourceError(f"{said}: it does not understand the request; report this")
