"""The one way to the network: every source asks through a client, and nothing else does."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cached_property
from types import TracebackType
from typing import Any, Self
from urllib.parse import unquote, urljoin, urlsplit

from papergraph.errors import (
    InputError,
    OfflineError,
    RefusedError,
    SourceError,
    UnavailableError,
)
from papergraph.settings import Settings
from papergraph.sources.client import keys
from papergraph.sources.client.cache import LIFETIMES, AnswerCache, Question, Stored
from papergraph.sources.client.clock import Clock, utc
from papergraph.sources.client.counts import Counts, SourceCount
from papergraph.sources.client.exchange import Answer, Limits, json_text
from papergraph.sources.client.guard import Guard
from papergraph.sources.client.hosts import Host, find_host, host_of, named_host
from papergraph.sources.client.pace import Pace
from papergraph.sources.client.robots import Robots
from papergraph.sources.client.wire import MOST_WAIT, Call, Wire
from papergraph.sources.source import Reply
from papergraph.sources.statuses import check_status

_MOST_REDIRECTS = 5
_REDIRECTS = (301, 302, 303, 307, 308)
_NOT_CHANGED = 304
# A robots.txt that a server will not give allows all (RFC 9309); 429 is not among these.
_NO_ROBOTS = tuple(status for status in range(400, 500) if status not in {406, 408, 425, 429})
# A body with one of these at its head is an error inside a 200: handed on, and not kept.
_DOUBTFUL = {"pubmed": (b"<ERROR", b'"error"', b"PhraseNotFound"), "s2": (b'"error"',)}


class Client:
    """Implements Fetcher: cache, pace, retries, keys, robots.txt and limits for all sources.

    Parameters
    ----------
    settings
        Keys, contact, base URLs, the cache folder, and whether the network is off.
    clock
        The time; tests hand in another.
    limits
        What one answer may take.
    guard
        Decides which addresses that a user named are connected to.
    patience
        The longest wait for a turn, in seconds; what is further off is an UnavailableError that
        says until when.
    """

    def __init__(
        self,
        settings: Settings,
        *,
        clock: Clock | None = None,
        limits: Limits | None = None,
        guard: Guard | None = None,
        patience: float = MOST_WAIT,
    ) -> None:
        self._settings, self._clock = settings, clock or Clock()
        self._counts, self._robots = Counts(), Robots()
        self._wire = Wire(
            settings,
            Pace(settings.cache_folder / "pace", self._clock, patience=patience),
            self._counts,
            clock=self._clock,
            limits=limits or Limits(),
            guard=guard or Guard(),
        )
        self._hiding = keys.hide_in_logs(self._wire.secrets)

    def __enter__(self) -> Self:
        """Return the client, to be closed at the end."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Close the client."""
        self.close()

    def close(self) -> None:
        """Close connections and cache; what is running ends with an error."""
        keys.show_in_logs(self._hiding)
        self._wire.close()
        if "_cache" in self.__dict__:
            self._cache.close()

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
        """Fetch one page of a source; see Fetcher."""
        call = self._call(find_host(source, host), path, params, kind)
        return self._ask(replace(call, accept=tuple(accept)))

    def post(
        self,
        source: str,
        path: str,
        body: Any,
        params: Mapping[str, str] | None = None,
        *,
        kind: str = "metadata",
    ) -> Reply:
        """Ask a source with a JSON body; see Fetcher."""
        call = self._call(find_host(source), path, params, kind)
        return self._ask(replace(call, question=replace(call.question, body=json_text(body))))

    def has_key(self, source: str) -> bool:
        """Is there an API key or login for this source? For Unpaywall an address is enough."""
        return keys.has_key(self._settings, source)

    def fetch(self, url: str) -> Reply:
        """Fetch an address that the user named, as a guest: robots.txt, public addresses only.

        `url` of the reply is where the page was in the end, without user name and password.

        Raises
        ------
        InputError
            When it is no http or https address.
        RefusedError
            When it is not public, robots.txt disallows it, or the server says no.
        UnavailableError, OfflineError
            When it cannot be fetched now.
        """
        return self._ask(self._named_call(url))

    def counts(self) -> tuple[SourceCount, ...]:
        """Tell what was asked of every source, and what became of it."""
        return self._counts.all()

    @cached_property
    def _cache(self) -> AnswerCache:
        return AnswerCache(self._settings.cache_folder / "http.sqlite", self._clock.now())

    def _call(self, host: Host, path: str, params: Mapping[str, str] | None, kind: str) -> Call:
        if kind not in LIFETIMES:
            raise ValueError(f"no kind {kind!r} of answer is known; known are {list(LIFETIMES)}")
        question = Question(
            source=host.source,
            base=self._base(host),
            path=path,
            params=tuple(sorted((params or {}).items())),
            kind=host.kind or kind,
        )
        return Call(question=question, host=host)

    def _base(self, host: Host) -> str:
        given = self._settings.base_urls
        return given.get(host.name) or given.get(host.source) or f"https://{host.name}"

    def _named_call(self, url: str) -> Call:
        parts = split_url(url)
        netloc = parts.netloc.rpartition("@")[2].lower()
        host, base = named_host(netloc), f"{parts.scheme}://{netloc}"
        if netloc in self._settings.base_urls:
            host, base = replace(host, is_guarded=False), self._settings.base_urls[netloc]
        path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        login = (unquote(parts.username or ""), unquote(parts.password or ""))
        self._wire.secrets.add(parts.password)
        question = Question(source="web", base=base, path=path, kind="named")
        return Call(question=question, host=host, login=login if any(login) else None)

    def _ask(self, call: Call) -> Reply:
        """Answer from the cache, else from the network; count what became of it."""
        source, question = call.question.source, call.question
        self._counts.add(source, "asked")
        stored = None if call.login else self._cache.find(question)
        if stored and (self._settings.offline or stored.expires_unix > self._clock.now()):
            self._counts.add(source, "cached")
            return check_status(stored.as_reply(source), call.accept)
        try:
            reply = check_status(self._fetch(call, stored), call.accept)
        except RefusedError:
            self._counts.add(source, "refused")
            raise
        except SourceError as error:
            self._counts.add(source, "failed")
            if isinstance(error, UnavailableError) and error.until:
                self._counts.wait(source, error.until)
            raise
        self._counts.add(source, "answered")
        self._counts.wait(source, None)
        return reply

    def _fetch(self, call: Call, stored: Stored | None) -> Reply:
        """Fetch an answer and keep it; a stored one that still holds is kept longer."""
        question = call.question
        if self._settings.offline:
            raise OfflineError(
                f"cannot ask {question.source} for {call.url!r} while offline, and the cache has no"
                " answer; run again without --offline"
            )
        if question.source in {"openreview", "unpaywall"} and not self.has_key(question.source):
            raise RefusedError(
                f"{question.source} answers only whom it knows; set"
                f" {keys.key_hint(question.source)}"
            )
        if stored and "etag" in stored.headers:
            call = replace(call, headers=(("If-None-Match", stored.headers["etag"]),))
        hop, answer = self._follow(call)
        if answer.status == _NOT_CHANGED and stored:
            self._cache.renew(question, stored, self._clock.now())
            fetched_at = utc(int(self._clock.now()))
            return replace(
                stored.as_reply(question.source), from_cache=False, fetched_at=fetched_at
            )
        reply = self._reply(call, hop, answer)
        if call.login is None and not self._is_doubtful(reply):
            self._cache.keep(question, reply, self._clock.now())
        return reply

    def _follow(self, call: Call) -> tuple[Call, Answer]:
        """Ask, and go where the answer points to, so many times."""
        hop = call
        for _ in range(_MOST_REDIRECTS + 1):
            if hop.host.is_page and hop.question.kind != "robots":
                self._check_robots(hop)
            answer = self._wire.ask(hop)
            target = answer.headers.get("location")
            if answer.status not in _REDIRECTS or answer.status in call.accept or not target:
                return hop, answer
            hop = self._redirected(hop, target)
        raise SourceError(
            f"{call.question.source} points from {call.url!r} to yet another address more than"
            f" {_MOST_REDIRECTS} times; open it in a browser"
        )

    def _redirected(self, hop: Call, target: str) -> Call:
        question = hop.question
        if question.body is not None:
            raise SourceError(
                f"{question.source} moved {hop.url!r}, and a question with a body does not follow"
            )
        if hop.host.source == "web":
            moved = self._named_call(urljoin(hop.url, target))
            same = moved.question.base == question.base
            kind = question.kind
            return replace(
                moved,
                question=replace(moved.question, kind=kind),
                login=hop.login if same else None,
                accept=hop.accept,
            )
        own = f"https://{hop.host.name}"
        url = urljoin(own + question.path, target)
        url = own + url.removeprefix(question.base) if url.startswith(question.base) else url
        host = host_of(url, question.source)
        if host is None:
            raise RefusedError(
                f"{question.source} points from {hop.url!r} to {urlsplit(url).hostname!r}, which is"
                " no host of a source; it is not followed"
            )
        parts = urlsplit(url)
        path = parts.path + (f"?{parts.query}" if parts.query else "")
        moved_to = replace(question, base=self._base(host), path=path, params=())
        return replace(hop, question=moved_to, host=host, headers=())

    def _check_robots(self, call: Call) -> None:
        base = call.question.base
        if call.host.source == "web":
            base = "{0.scheme}://{0.netloc}".format(urlsplit(base))
        question = replace(call.question, base=base, path="/robots.txt", params=(), kind="robots")
        robots = Call(question=question, host=call.host, accept=_NO_ROBOTS)

        def fetch() -> Reply:
            stored = self._cache.find(question)
            if stored and stored.expires_unix > self._clock.now():
                return stored.as_reply(question.source)
            hop, answer = self._follow(robots)
            reply = check_status(self._reply(robots, hop, answer), _NO_ROBOTS)
            self._cache.keep(question, reply, self._clock.now())
            return reply

        # by the path on the real host: a mirror may serve it under another one
        _, _, shown = call.url.partition(call.question.base)
        if not self._robots.allows(base, f"https://{call.host.name}{shown}", fetch):
            raise RefusedError(
                f"{base}/robots.txt asks programs not to fetch {call.url!r}; save the page yourself"
                " and ingest the file"
            )

    def _reply(self, call: Call, hop: Call, answer: Answer) -> Reply:
        headers = {name: value for name, value in answer.headers.items() if name != "set-cookie"}
        return Reply(
            source=call.question.source,
            url=hop.url,
            status=answer.status,
            body=answer.body,
            fetched_at=utc(int(self._clock.now())),
            headers=headers,
        )

    def _is_doubtful(self, reply: Reply) -> bool:
        """Whether an answer is better asked for again than kept: an error, or it shows a secret."""
        marks = _DOUBTFUL.get(reply.source, ())
        return any(mark in reply.body[:2_000] for mark in marks) or self._wire.secrets.stand_in(
            reply.body
        )


def split_url(url: str) -> Any:
    """Split an address that a user named.

    Raises
    ------
    InputError
        When it is no http or https address with a host.
    """
    try:
        parts = urlsplit(url.strip())
        is_good = parts.scheme in {"http", "https"} and parts.hostname
        _ = parts.port
    except ValueError:
        is_good = False
    if not is_good or any(sign <= " " for sign in url.strip()):
        shown = url.rpartition("@")[2][:200]
        raise InputError(f"{shown!r} is no web address; give one as https://host/path")
    return parts
