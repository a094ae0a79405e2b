"""The pace of every group of hosts and its circuit breaker, one for all processes of a user.

The state of a group is a small JSON file, written under a file lock; who may send holds one of the
group's locks while it sends. The system frees locks of a process that dies.
"""

from __future__ import annotations

import json
import os
import random
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from filelock import FileLock, Timeout

from papergraph.errors import UnavailableError
from papergraph.sources.client.clock import Clock, utc
from papergraph.sources.client.hosts import Manners

# Failed questions in a row after which a group is left alone, where no status does so at once.
_MOST_FAILURES = 3
# A state further ahead than this was written by a clock that went wrong.
_FURTHEST_TURN = 3_600.0
_FURTHEST_SILENCE = 2 * 86_400.0
_PROBE_SECONDS = 120.0
_LATE = 0.002


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Whose turn it is: a group, at this place; `scale` shortens all waits (loopback only)."""

    group: str
    host: str
    manners: Manners
    host_spacing: float = 0.0
    scale: float = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class PaceState:
    """What processes share about a group; times are seconds since 1970.

    `free_at` is when the next request may start, `host_free_at` the same for single hosts,
    `spacing` what the service asked for in a header. `credits` are what is left on `credits_day`.
    """

    free_at: float = 0.0
    host_free_at: tuple[tuple[str, float], ...] = ()
    spacing: float = 0.0
    failures: int = 0
    silent_until: float = 0.0
    reason: str = ""
    credits_day: str = ""
    credits: int = 0


class Pace:
    """Lets requests go when it is their turn."""

    def __init__(self, folder: Path, clock: Clock, *, patience: float) -> None:
        self._folder, self._clock, self.patience = folder, clock, patience

    @contextmanager
    def turn(self, place: Place, *, spacing: float | None = None) -> Iterator[None]:
        """Wait until a request may start, and keep others back while it runs.

        Raises
        ------
        UnavailableError
            When the group is silent, or the turn is further off than anybody will wait.
        """
        lock = self._take_lock(place)
        try:
            start, step = self._reserve(place, spacing)
            wait = start - self._clock.now()
            if wait > 0:
                self._clock.sleep(wait)
            if self._clock.now() > start + _LATE:  # a busy machine: the next one is later, too
                self.hold(place.group, step)
            yield
        finally:
            lock.release()

    def read(self, group: str) -> PaceState:
        """Read the state of a group; a damaged file is none."""
        try:
            raw = json.loads(self._file(group, "json").read_text(encoding="utf-8"))
            raw["host_free_at"] = tuple((str(name), float(at)) for name, at in raw["host_free_at"])
            return PaceState(**raw)
        except (OSError, ValueError, TypeError, KeyError, AttributeError):
            return PaceState()

    def change(self, group: str, change: Callable[[PaceState], PaceState]) -> PaceState:
        """Change the state of a group, alone of all processes; returns what it was before."""
        self._folder.mkdir(parents=True, exist_ok=True)
        with FileLock(self._file(group, "lock")):
            before = self.read(group)
            after = change(before)
            if after != before:
                path = self._file(group, "json")
                new = path.with_suffix(f".{os.getpid()}")
                new.write_text(json.dumps(asdict(after)), encoding="utf-8")
                new.replace(path)
        return before

    def hold(self, group: str, seconds: float) -> None:
        """Let nobody start a request of the group for some seconds."""
        until = self._clock.now() + seconds
        self.change(group, lambda state: replace(state, free_at=max(state.free_at, until)))

    def silence(self, group: str, seconds: float, reason: str) -> str:
        """Open the circuit: nobody asks for so long, then one request tries. Returns until when."""
        until = self._clock.now() + seconds
        self.change(
            group,
            lambda state: replace(
                state, silent_until=until, reason=reason, failures=_MOST_FAILURES
            ),
        )
        return utc(until)

    def fail(self, place: Place, reason: str) -> str | None:
        """Count a question that could not be answered; returns until when the group is silent."""
        before = self.change(place.group, lambda state: replace(state, failures=state.failures + 1))
        if before.failures + 1 < _MOST_FAILURES:
            return None
        return self.silence(place.group, place.manners.silence * place.scale, reason)

    def succeed(self, group: str) -> None:
        """Close the circuit: the group answers."""
        self.change(group, lambda state: replace(state, failures=0, silent_until=0.0, reason=""))

    def is_tripped(self, group: str) -> bool:
        """Is the circuit open, or only one request trying whether it can be closed?"""
        return self.read(group).failures >= _MOST_FAILURES

    def _reserve(self, place: Place, spacing: float | None) -> tuple[float, float]:
        """Take the next free start, and keep the time after it free; returns both."""
        now, starts = self._clock.now(), []

        def take(state: PaceState) -> PaceState:
            state, hosts = self._probe(place, state, now), dict(state.host_free_at)
            free = (now, state.free_at, hosts.get(place.host, 0.0))
            start = max(at for at in free if at < now + _FURTHEST_TURN)
            self._check_wait(place, start - now)
            step = max(place.manners.spacing, state.spacing, spacing or 0.0) * place.scale
            hosts[place.host] = start + max(step, place.host_spacing * place.scale)
            starts.append((start, step))
            return replace(
                state, free_at=start + step, host_free_at=tuple(sorted(hosts.items())[-50:])
            )

        self.change(place.group, take)
        return starts[0]

    def _probe(self, place: Place, state: PaceState, now: float) -> PaceState:
        """Refuse while the group is silent; when it is over, one goes and the others wait."""
        if now < state.silent_until < now + _FURTHEST_SILENCE:
            until = utc(state.silent_until)
            raise UnavailableError(
                f"{place.group} is left alone until {until} ({state.reason}); run again then", until
            )
        if state.failures < _MOST_FAILURES:
            return state
        return replace(state, silent_until=now + _PROBE_SECONDS * place.scale)

    def _check_wait(self, place: Place, wait: float) -> None:
        if wait > self.patience:
            until = utc(self._clock.now() + wait)
            raise UnavailableError(
                f"{place.group} is not to be asked before {until}; run again then", until
            )

    def _take_lock(self, place: Place) -> FileLock:
        """Take one of the locks of a group: no more are open than it allows."""
        self._folder.mkdir(parents=True, exist_ok=True)
        slots = [
            FileLock(self._file(place.group, f"{number}.lock"))
            for number in range(place.manners.parallel)
        ]
        for lock in slots:
            try:
                lock.acquire(timeout=0)
            except Timeout:
                continue
            return lock
        lock = random.choice(slots)  # noqa: S311 - which of the waiting comes next is no secret
        try:
            lock.acquire(timeout=self.patience, poll_interval=0.02)
        except Timeout:
            raise UnavailableError(
                f"{place.group} is being asked by another process for over {self.patience:.0f} s;"
                " run again later"
            ) from None
        return lock

    def _file(self, group: str, suffix: str) -> Path:
        return self._folder / f"{re.sub(r'[^a-z0-9.-]', '_', group.lower())[:120]}.{suffix}"
