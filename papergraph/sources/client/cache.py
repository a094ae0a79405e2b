"""Answers kept in one SQLite file, so that the same question is not sent twice.

Keys, passwords and mail addresses never come here: they are added to a request after its cache key
was made, and an answer that repeats one is not kept.
"""

from __future__ import annotations

import hashlib
import json
import logging
import os
import re
import threading
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from sqlite3 import DatabaseError, OperationalError
from typing import Any

from filelock import FileLock
from requests_cache.backends.sqlite import SQLiteDict

from papergraph.errors import SettingsError
from papergraph.sources.source import Reply
from papergraph.sources.statuses import NOT_THERE

_log = logging.getLogger(__name__)

_DAY = 86_400
# How long an answer of each kind holds (sources.md 3.5). A search may find nothing, and what is
# missing is added to a service sooner than what is there changes.
LIFETIMES = {
    "metadata": 30 * _DAY,
    "references": 90 * _DAY,
    "counts": 30 * _DAY,
    "search": 14 * _DAY,
    "page": 30 * _DAY,
    "feed": 20 * 3_600,  # read once a day
    "robots": _DAY,
    "named": 3_600,  # a page the user named: asked for again, it is wanted as it is now
}
_NOT_THERE_LIFETIMES = {404: 14 * _DAY, 410: 90 * _DAY}
_FOR_EVER = 100 * 365 * _DAY
_JITTER = 0.1
_KEPT_HEADERS = ("content-type", "etag", "last-modified", "link")
# An answer this long out of date is taken out; offline it was still served.
_OUTDATED = 365 * _DAY
_MOST_TAKEN_OUT = 200
_VERSIONED = re.compile(r"(?:[a-z.-]+/\d{7}|\d{4}\.\d{4,5})v\d+(?:,|\Z)", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What is asked, without anything secret: it is the key of the answer."""

    source: str
    base: str
    path: str
    params: tuple[tuple[str, str], ...] = ()
    body: str | None = None
    kind: str = "metadata"

    @property
    def key(self) -> str:
        """The key its answer is found by; the order of parameters does not matter."""
        parts = [self.source, self.base, self.path, sorted(self.params), self.body]
        return hashlib.sha256(json.dumps(parts).encode()).hexdigest()


@dataclass(frozen=True, slots=True, kw_only=True)
class Stored:
    """An answer as it is kept, until it expires: seconds since 1970."""

    url: str
    status: int
    headers: Mapping[str, str]
    body: bytes
    fetched_at: str
    expires_unix: int

    def as_reply(self, source: str) -> Reply:
        """Make the Reply of it."""
        return Reply(
            source=source,
            url=self.url,
            status=self.status,
            body=self.body,
            fetched_at=self.fetched_at,
            headers=self.headers,
            from_cache=True,
        )


class _Row:
    """What a row of the file holds: one line of JSON, then the packed body.

    requests-cache reads `expires_unix`, and writes the key of a row that was read to `cache_key`.
    """

    cache_key = ""

    def __init__(self, raw: bytes, expires_unix: int = 0) -> None:
        self.raw, self.expires_unix = raw, expires_unix

    @classmethod
    def of(cls, stored: Stored) -> _Row:
        """Pack an answer."""
        head = {name: value for name, value in asdict(stored).items() if name != "body"}
        raw = json.dumps(head).encode() + b"\n" + zlib.compress(stored.body, 6)
        return cls(raw, stored.expires_unix)

    def unpack(self) -> Stored:
        """Unpack an answer; raises ValueError, TypeError or zlib.error when it is damaged."""
        head, _, body = self.raw.partition(b"\n")
        return Stored(**json.loads(head), body=zlib.decompress(body))


class _Serializer:
    """Rows as they are: nothing in a cache file is ever executed."""

    is_binary = True

    def dumps(self, row: _Row) -> bytes:
        """Return the bytes of a row."""
        return row.raw

    def loads(self, raw: bytes) -> _Row:
        """Make a row of its bytes."""
        return _Row(bytes(raw))


class AnswerCache:
    """The answers of all sources in one file, for several processes at once."""

    def __init__(self, path: Path, now: float) -> None:
        """Open or make the file.

        Raises SettingsError when nothing can be written there.
        """
        self._lock = threading.Lock()
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            if not os.access(path if path.exists() else path.parent, os.W_OK):
                raise PermissionError(f"no right to write {str(path)!r}")
            # two that turn a new file into WAL mode at once get in each other's way
            with FileLock(path.with_suffix(".lock")):
                self._answers = _open(path)
        except (OSError, DatabaseError) as error:
            raise SettingsError(
                f"cannot keep answers in {str(path)!r}: {error}; set PAPERGRAPH_CACHE, or cache in"
                " the settings file, to a folder that can be written"
            ) from error
        self._take_out(now - _OUTDATED)

    def find(self, question: Question) -> Stored | None:
        """Find the answer to a question, however old it is; damaged ones are none."""
        with self._lock:
            try:
                return _row(self._answers[question.key]).unpack()
            except KeyError:
                return None
            except (ValueError, TypeError, zlib.error) as error:
                _log.warning("an answer in the cache is damaged and asked for again: %s", error)
                return None

    def keep(self, question: Question, reply: Reply, now: float) -> None:
        """Keep an answer for as long as its kind holds; what is no answer is not kept."""
        seconds = lifetime(question, reply.status)
        if seconds is None:
            return
        stored = Stored(
            url=reply.url,
            status=reply.status,
            headers={name: value for name, value in reply.headers.items() if name in _KEPT_HEADERS},
            body=reply.body,
            fetched_at=reply.fetched_at,
            expires_unix=int(now + seconds),
        )
        with self._lock:
            self._answers[question.key] = _Row.of(stored)

    def renew(self, question: Question, stored: Stored, now: float) -> None:
        """Keep an answer longer: the service says that it still holds."""
        seconds = lifetime(question, stored.status) or 0
        renewed = replace(stored, expires_unix=int(now + seconds))
        with self._lock:
            self._answers[question.key] = _Row.of(renewed)

    def close(self) -> None:
        """Close the file."""
        with self._lock:
            self._answers.close()  # type: ignore[no-untyped-call]  # the library's

    def _take_out(self, before: float) -> None:
        keys = []
        for found in self._answers.sorted(key="expires", limit=_MOST_TAKEN_OUT):
            row = _row(found)
            try:
                is_old = row.unpack().expires_unix < before
            except (ValueError, TypeError, zlib.error):
                is_old = True
            keys += [row.cache_key] if is_old else []
        if keys:
            self._answers.bulk_delete(keys=keys)  # type: ignore[no-untyped-call]  # as above


def lifetime(question: Question, status: int) -> int | None:
    """Say for how many seconds an answer holds; None when it is not to be kept.

    A tenth more or less, by its key, so that answers of one day do not all run out on one day.
    """
    if status in NOT_THERE:
        seconds = _NOT_THERE_LIFETIMES[status]
    elif status != 200:
        return None
    elif question.source == "arxiv" and _is_versioned(question):
        return _FOR_EVER
    else:
        seconds = LIFETIMES[question.kind]
    share = int(question.key[:8], 16) / 0xFFFFFFFF
    return int(seconds * (1 + _JITTER * (2 * share - 1)))


def _is_versioned(question: Question) -> bool:
    """Whether a question names versions of papers only: those never change."""
    params: dict[str, str] = dict(question.params)
    named: Sequence[str] = params.get("id_list", "").split(",")
    if named == [""]:
        named = [question.path.partition("/abs/")[2]]
    return "search_query" not in params and all(_VERSIONED.fullmatch(name) for name in named)


def _row(found: Any) -> _Row:
    """Give what was read its type: the library thinks that every row is a response."""
    if not isinstance(found, _Row):
        raise TypeError(f"a row of the cache is {type(found).__name__}")
    return found


def _open(path: Path) -> SQLiteDict:
    """Open the file; one that is no database is put aside."""
    options: dict[str, Any] = {
        "table_name": "answers",
        "serializer": _Serializer(),
        "wal": True,
        "busy_timeout": 30_000,
    }
    try:
        return SQLiteDict(path, **options)
    except DatabaseError as error:
        if isinstance(error, OperationalError):
            raise
        _log.warning("the cache %s is damaged and begun anew: %s", path, error)
        path.replace(path.with_suffix(".damaged"))
        return SQLiteDict(path, **options)
