"""What every test of a source may use: services made of a folder of recorded answers."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

import pytest
from papergraph.settings import Settings
from papergraph.sources.client import Client, Clock
from papergraph.sources.client.hosts import SOURCES
from papergraph.sources.source import Reply
from papergraph.sources.statuses import check_status
from tests.sources.serving import Service

RECORDED = Path(__file__).parents[1] / "recorded"
FETCHED_AT = "2026-01-31T12:00:00Z"
# As shared/tools/replay_server.py has it: never part of a match, and what may differ loosely.
_IGNORED = {"mailto", "email", "api_key", "apikey", "api-key", "key", "tool", "pid"}
_PROJECTION = {
    *("fields", "select", "per_page", "per-page", "perpage", "limit", "rows", "max_results"),
    *("sort", "sortby", "sortorder", "format", "include", "retmode", "rettype", "h"),
}
_FIRST_PAGE = {
    *(("start", "0"), ("offset", "0"), ("page", "1"), ("cursor", "*"), ("p", "0"), ("f", "0")),
}

Pairs = Sequence[tuple[str, str]]


class NoRecordingError(LookupError):
    """No recording answers a request: the test asks for what was never stored."""


class RecordedFetcher:
    """Implements Fetcher from a folder with `index.json`, or with `SOURCE/index.json` in it.

    A request matches whatever the order of its parameters, and without key and mail parameters.
    `loose` lets fields, page sizes and first-page parameters differ when nothing matches exactly.
    Several recordings of one request are served in turn. What matches none raises
    NoRecordingError, or answers `unknown` (a status) when that is given. `asked` lists what was
    asked for, `used` the body files that were read.
    """

    def __init__(
        self,
        *folders: Path,
        loose: bool = True,
        unknown: int | None = None,
        keys: Collection[str] = (),
    ) -> None:
        self.loose, self.unknown, self.keys = loose, unknown, frozenset(keys)
        self.asked: list[str] = []
        self.used: set[Path] = set()
        self.records = [record for folder in folders for record in read_index(folder)]
        self._exact: dict[Any, list[dict[str, Any]]] = defaultdict(list)
        self._loose: dict[Any, list[dict[str, Any]]] = defaultdict(list)
        self._turns: Counter[Any] = Counter()
        for record in self.records:
            pairs = parse_qsl(urlsplit(record["url"]).query, keep_blank_values=True)
            base = request_base(record["source"], record["method"], record["url"])
            body = canonical_body(record.get("request_body") or "")
            self._exact[*base, canonical_pairs(pairs), body].append(record)
            self._loose[*base, loose_pairs(pairs), body].append(record)

    def get(
        self,
        source: str,
        path: str,
        params: Mapping[str, str] | None = None,
        *,
        kind: str = "metadata",
        host: str | None = None,
        accept: Sequence[int] = (),
    ) -> Reply:
        """Answer a GET from the recordings."""
        return self._answer(source, "GET", path, params, "", accept)

    def post(
        self,
        source: str,
        path: str,
        body: Any,
        params: Mapping[str, str] | None = None,
        *,
        kind: str = "metadata",
    ) -> Reply:
        """Answer a POST from the recordings; the JSON body must be the same."""
        return self._answer(source, "POST", path, params, canonical_body(json.dumps(body)), ())

    def has_key(self, source: str) -> bool:
        """Was this source given a key by the test?"""
        return source in self.keys

    def reply(self, record: Mapping[str, Any]) -> Reply:
        """Make the Reply of one record of `records`, whatever its status."""
        path = record["folder"] / record["body_file"]
        self.used.add(path)
        return Reply(
            source=record["source"],
            url=record["url"],
            status=record["status"],
            body=path.read_bytes(),
            fetched_at=FETCHED_AT,
            headers={name.lower(): value for name, value in record.get("headers", {}).items()},
        )

    def _answer(
        self,
        source: str,
        method: str,
        path: str,
        params: Mapping[str, str] | None,
        body: str,
        accept: Sequence[int],
    ) -> Reply:
        base, query = request_base(source, method, path), urlsplit(path).query
        pairs = [*parse_qsl(query, keep_blank_values=True), *(params or {}).items()]
        self.asked.append(f"{method} {source} {path} {dict(pairs)}")
        key = (*base, canonical_pairs(pairs), body)
        found = self._exact.get(key)
        if not found and self.loose:
            key = (*base, loose_pairs(pairs), body)
            found = self._loose.get(key)
        if not found:
            return self._answer_unknown(source, path, accept)
        turn = self._turns[key]
        self._turns[key] += 1
        reply = self.reply(found[min(turn, len(found) - 1)])
        if reply.status in {301, 302, 307, 308} and reply.status not in accept:
            target = urlsplit(reply.headers["location"])
            moved = f"{target.path}?{target.query}" if target.query else target.path
            return self._answer(source, method, moved, None, body, accept)
        return check_status(reply, accept)

    def _answer_unknown(self, source: str, path: str, accept: Sequence[int]) -> Reply:
        if self.unknown is None:
            raise NoRecordingError(f"no recording answers {self.asked[-1]}")
        unknown = Reply(
            source=source, url=path, status=self.unknown, body=b"", fetched_at=FETCHED_AT
        )
        return check_status(unknown, accept)


def read_index(folder: Path) -> list[dict[str, Any]]:
    """Read the records of a folder, each with the `folder` that its body file is relative to."""
    own = folder / "index.json"
    files = [own] if own.exists() else sorted(folder.glob("*/index.json"))
    return [
        {"method": "GET", "status": 200, "source": file.parent.name, **record, "folder": at}
        for file in files
        for at in [file.parent]
        for record in json.loads(file.read_text(encoding="utf-8"))["records"]
    ]


def request_base(source: str, method: str, url: str) -> tuple[str, str, str]:
    """Source, method, and the path decoded: lower case, one slash between parts, none at the ends;
    one spelling of a DOI."""
    path = urlsplit(url).path if "://" in url[:8] else url.partition("?")[0]
    path = "/".join(part for part in unquote(unquote(path)).split("/") if part).lower()
    for long in ("https:/doi.org/", "http:/doi.org/", "https:/dx.doi.org/", "http:/dx.doi.org/"):
        path = path.replace("works/" + long, "works/doi:")
    return source, method, path


def canonical_pairs(pairs: Pairs) -> tuple[tuple[str, str], ...]:
    """Sort the parameters and leave keys and mail addresses out."""
    return tuple(sorted((name, value) for name, value in pairs if name.lower() not in _IGNORED))


def loose_pairs(pairs: Pairs) -> tuple[tuple[str, str], ...]:
    """Leave out what only says which fields, how many, or the first page."""
    lowered = [(name.lower(), value.lower()) for name, value in canonical_pairs(pairs)]
    return tuple(
        sorted(
            (name, value)
            for name, value in lowered
            if name not in _PROJECTION and value and (name, value) not in _FIRST_PAGE
        )
    )


def canonical_body(raw: str) -> str:
    """Write a JSON body one way; what is no JSON stays."""
    try:
        return json.dumps(json.loads(raw), sort_keys=True, separators=(",", ":"))
    except ValueError:
        return raw


@pytest.fixture
def recorded() -> RecordedFetcher:
    """All services, made of our own synthetic recordings in tests/recorded/SOURCE."""
    return RecordedFetcher(RECORDED)


@pytest.fixture
def recordings_of(shared: Path) -> Callable[..., RecordedFetcher]:
    """Makes services from the real recordings; skipped where those are not present."""
    if not (shared / "recorded" / "index.json").exists():
        pytest.skip("the real recordings are not present")

    def make(**options: Any) -> RecordedFetcher:
        return RecordedFetcher(shared / "recorded", **options)

    return make


class FakeTime:
    """A clock that only sleep moves."""

    def __init__(self, start: float = 1_769_860_800.0) -> None:
        self.time = start
        self.slept: list[float] = []

    def now(self) -> float:
        """Return the time in seconds."""
        return self.time

    def sleep(self, seconds: float) -> None:
        """Let time pass at once."""
        self.slept.append(round(seconds, 3))
        self.time += seconds

    @property
    def clock(self) -> Clock:
        """The clock as the client takes it."""
        return Clock(now=self.now, sleep=self.sleep)


@pytest.fixture
def fake_time() -> FakeTime:
    """A clock that only sleep moves; it begins at noon of a day, UTC."""
    return FakeTime()


@pytest.fixture
def service() -> Iterator[Service]:
    """A service on loopback."""
    made = Service()
    yield made
    made.close()


@pytest.fixture
def client_of(
    tmp_path: Path, fake_time: FakeTime, service: Service
) -> Iterator[Callable[..., Client]]:
    """Makes clients that send every source to the service, with one cache and a fake clock."""
    made: list[Client] = []

    def make(client: Mapping[str, Any] | None = None, **settings: Any) -> Client:
        given = {"base_urls": {name: f"{service.base}/{name}" for name in SOURCES}} | settings
        options = {"clock": fake_time.clock, **(client or {})}
        chosen = Settings(library=tmp_path / "library.db", cache=tmp_path / "cache", **given)
        made.append(Client(chosen, **options))
        return made[-1]

    yield make
    for one in made:
        one.close()


class CountingFetcher:
    """Answers with the given bodies in turn, the last one again and again; `calls` lists calls."""

    def __init__(self, *bodies: bytes | str) -> None:
        self._bodies = [body.encode() if isinstance(body, str) else body for body in bodies]
        self.calls: list[dict[str, Any]] = []

    def get(
        self, source: str, path: str, params: Mapping[str, str] | None = None, **_: Any
    ) -> Reply:
        """Answer a GET."""
        return self._answer(source, {"path": path, "params": dict(params or {})})

    def post(
        self,
        source: str,
        path: str,
        body: Any,
        params: Mapping[str, str] | None = None,
        **_: Any,
    ) -> Reply:
        """Answer a POST."""
        return self._answer(source, {"path": path, "params": dict(params or {}), "body": body})

    def has_key(self, source: str) -> bool:
        """No keys."""
        return False

    def _answer(self, source: str, call: dict[str, Any]) -> Reply:
        body = self._bodies[min(len(self.calls), len(self._bodies) - 1)]
        self.calls.append(call)
        return Reply(source=source, url=call["path"], status=200, body=body, fetched_at=FETCHED_AT)


@pytest.fixture
def counting() -> type[CountingFetcher]:
    """Makes a service that answers with given bodies in turn, and lists what it was asked."""
    return CountingFetcher
