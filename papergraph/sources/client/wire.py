"""Sends a question until it is answered: at its turn, with its key, again when that may help.

urllib3's Retry reads Retry-After; the loop is ours, since every try must wait for its turn in the
pace that processes share, and by the clock that was handed in.
"""

from __future__ import annotations

import base64
import json
import threading
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from urllib.parse import urlencode, urlsplit

import requests
from urllib3.exceptions import InvalidHeader
from urllib3.util import Retry

from papergraph.errors import RefusedError, SourceError, UnavailableError
from papergraph.settings import Settings
from papergraph.sources.client import allowance, keys
from papergraph.sources.client.cache import Question
from papergraph.sources.client.clock import Clock, utc
from papergraph.sources.client.counts import Counts
from papergraph.sources.client.exchange import (
    Answer,
    Limits,
    Request,
    TroubleError,
    is_whole,
    json_text,
    make_session,
    send,
)
from papergraph.sources.client.guard import Guard, GuardedAdapter
from papergraph.sources.client.hosts import Host
from papergraph.sources.client.pace import Pace, PaceState, Place
from papergraph.sources.statuses import is_temporary

MOST_WAIT = 600.0
_LONGEST_BACKOFF = 64.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """A question on its way to one host; `headers` and `login` go with it, `login` is secret."""

    question: Question
    host: Host
    accept: tuple[int, ...] = ()
    headers: tuple[tuple[str, str], ...] = ()
    login: tuple[str, str] | None = field(default=None, repr=False)

    @property
    def url(self) -> str:
        """The address to show: it holds no key."""
        question = self.question
        query = f"?{urlencode(question.params)}" if question.params else ""
        return f"{question.base}{question.path}{query}"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Failure:
    """Why a try was no answer; `after` is what the service asks to wait."""

    reason: str
    status: int | None = None
    is_hang: bool = False
    after: float | None = None


class Wire:
    """The way to all hosts. One for a client; it may be used from several threads."""

    def __init__(
        self,
        settings: Settings,
        pace: Pace,
        counts: Counts,
        *,
        clock: Clock,
        limits: Limits,
        guard: Guard,
    ) -> None:
        self._settings, self._pace, self._counts = settings, pace, counts
        self._clock, self._limits, self._guard = clock, limits, guard
        self._sessions = threading.local()
        self._made: list[requests.Session] = []
        self._login_lock = threading.Lock()
        self._tokens: dict[str, str] = {}
        self.secrets = keys.Secrets(settings)

    def close(self) -> None:
        """Close the connections of all threads that asked."""
        while self._made:
            self._made.pop().close()

    def ask(self, call: Call) -> Answer:
        """Send a question and return the answer, whatever its status, unless that is trouble.

        Raises
        ------
        UnavailableError
            When no whole answer came; the group of hosts may be left alone for a while.
        RefusedError
            When the host is not to be connected to.
        """
        place = self._place(call)
        start, number = self._clock.now(), 0
        while True:
            number += 1
            found = self._try(call, place)
            if isinstance(found, Answer):
                self._pace.succeed(place.group)
                return found
            until = self._give_way(place, found, number)
            if until is not None:
                break
        seconds = self._clock.now() - start
        when = f"it can be asked again at {until}" if until else "run again later, or use --offline"
        raise UnavailableError(
            f"{call.question.source}: {found.reason} for {call.url!r} after {number}"
            f" {'try' if number == 1 else 'tries'} over {seconds:.0f} s; {when}",
            until or None,
        )

    def _try(self, call: Call, place: Place) -> Answer | _Failure:
        self._check_credits(call, place)
        is_search = call.question.kind == "search"
        token = self._log_in(call, place) if call.host.source == "openreview" else None
        try:
            with self._pace.turn(place, spacing=place.manners.search if is_search else None):
                self._counts.add(call.question.source, "sent")
                answer = send(self._session(call.host), self._request(call, token), self._limits)
        except TroubleError as trouble:
            return _Failure(reason=trouble.reason, is_hang=trouble.is_hang)
        except (SourceError, UnicodeError) as error:
            if isinstance(error, RefusedError | UnavailableError):
                raise
            raise SourceError(
                f"{call.question.source} cannot be asked for {call.url!r}: {error}"
            ) from None
        self._learn(call, place, answer)
        if is_temporary(answer.status) and answer.status not in call.accept:
            after = retry_after(answer.headers)
            reason = f"answered {answer.status}"
            return _Failure(reason=reason, status=answer.status, after=after)
        if not is_whole(answer):
            return _Failure(reason="its answer breaks off")
        return answer

    def _give_way(self, place: Place, failure: _Failure, number: int) -> str | None:
        """Wait after a failed try, or give up: then say until when, "" when that is not known."""
        manners, group, after = place.manners, place.group, failure.after
        trips = failure.status in manners.trips or (failure.is_hang and manners.hang_trips)
        if trips or (after or 0.0) > MOST_WAIT:
            seconds = max(manners.silence if trips else 0.0, after or 0.0)
            return self._pace.silence(group, seconds * place.scale, failure.reason)
        if number >= manners.tries or self._pace.is_tripped(group):
            return self._pace.fail(place, failure.reason) or ""
        backoff = min(_LONGEST_BACKOFF, manners.backoff * 2 ** (number - 1))
        self._pace.hold(group, (backoff if after is None else after) * place.scale)
        return None

    def _place(self, call: Call) -> Place:
        host, base = call.host, call.question.base
        known = keys.is_known(self._settings, host)
        manners = (host.group.keyed if known else None) or host.group.manners
        netloc = urlsplit(base).netloc
        is_own = netloc == host.name
        is_here = keys.is_loopback(base)
        return Place(
            group=host.group.name if is_own else f"{host.group.name}@{netloc}",
            host=host.name,
            manners=manners,
            host_spacing=0.0 if call.question.kind == "robots" else host.spacing,
            scale=self._settings.pace_scale if is_here else 1.0,
        )

    def _request(self, call: Call, token: str | None) -> Request:
        question, host = call.question, call.host
        more = keys.extras(self._settings, host, question.base, token)
        headers = {
            "User-Agent": self._user_agent,
            "Accept": host.accepts,
            "Accept-Encoding": "gzip",
            **({"Content-Type": "application/json"} if question.body is not None else {}),
            **dict(call.headers),
            **more.headers,
        }
        if call.login:
            pair = base64.b64encode(":".join(call.login).encode()).decode()
            headers["Authorization"] = f"Basic {pair}"
        return Request(
            method="GET" if question.body is None else "POST",
            url=question.base + question.path,
            headers=headers,
            params=dict(question.params) | more.params,
            body=question.body,
            timeout=host.timeout,
        )

    @cached_property
    def _user_agent(self) -> str:
        return keys.user_agent(self._settings.contact)

    def _session(self, host: Host) -> requests.Session:
        """Return the session of this thread; one that connects to public addresses only if so."""
        kind = "guarded" if host.is_guarded and not self._settings.allow_private else "open"
        session: requests.Session | None = getattr(self._sessions, kind, None)
        if session is None:
            session = make_session(GuardedAdapter(self._guard) if kind == "guarded" else None)
            setattr(self._sessions, kind, session)
            self._made.append(session)
        return session

    def _check_credits(self, call: Call, place: Place) -> None:
        if call.host.group.name != "openalex":
            return
        now, has_key = self._clock.now(), keys.is_known(self._settings, call.host)
        left = allowance.credits_left(self._pace.read(place.group), now, has_key=has_key)
        cost = allowance.cost_of(call.question.path, dict(call.question.params))
        if cost > left:
            until = utc(allowance.next_day(now))
            hint = "" if has_key else f"; a free key gives more, set {keys.key_hint('openalex')}"
            raise UnavailableError(
                f"openalex gives {left} more credits today, {call.url!r} costs {cost}: it can be"
                f" asked again at {until}{hint}",
                until,
            )

    def _learn(self, call: Call, place: Place, answer: Answer) -> None:
        """Remember what the service says about its limits, for all processes."""
        if call.host.group.name == "openalex" and answer.status == 200:
            now, has_key = self._clock.now(), keys.is_known(self._settings, call.host)
            cost = allowance.cost_of(call.question.path, dict(call.question.params))

            def spend(state: PaceState) -> PaceState:
                return allowance.spend(state, cost, answer.headers, now, has_key=has_key)

            self._pace.change(place.group, spend)
        spacing = allowance.stated_spacing(answer.headers)
        if spacing is not None and call.host.group.name == "crossref":
            self._pace.change(place.group, lambda state: replace(state, spacing=spacing))

    def _log_in(self, call: Call, place: Place) -> str:
        """Return the token of a login at OpenReview, made when first needed."""
        with self._login_lock:
            base = call.question.base
            if base not in self._tokens:
                self._tokens[base] = self._fetch_token(call.host, base, place)
                self.secrets.add(self._tokens[base])
            return self._tokens[base]

    def _fetch_token(self, host: Host, base: str, place: Place) -> str:
        stated = self._settings.keys
        login = {"id": stated["openreview_user"], "password": stated["openreview_password"]}
        if not keys.is_private_way(base):
            raise RefusedError(f"the login of {host.source} is not sent over http; use https")
        question = Question(source=host.source, base=base, path="/login", body=json_text(login))
        request = self._request(Call(question=question, host=host), None)
        try:
            with self._pace.turn(place):
                self._counts.add(host.source, "sent")
                answer = send(self._session(host), request, self._limits)
        except TroubleError as trouble:
            raise UnavailableError(f"{host.source}: {trouble.reason} for the login") from None
        token = read_token(answer.body) if answer.status == 200 else None
        if token is None:
            raise RefusedError(
                f"{host.source} answered {answer.status} to the login; check"
                f" {keys.key_hint(host.source)}"
            )
        return token


def retry_after(headers: Mapping[str, str]) -> float | None:
    """Read Retry-After, seconds or a date; None without one that can be read."""
    stated = headers.get("retry-after")
    try:
        return Retry(retry_after_max=2**31).parse_retry_after(stated) if stated else None
    except InvalidHeader:
        return None


def read_token(body: bytes) -> str | None:
    """Read the token out of what OpenReview answers to a login."""
    try:
        found = json.loads(body)
    except ValueError:
        return None
    token = found.get("token") if isinstance(found, dict) else None
    return token if isinstance(token, str) and token.isascii() and token.isprintable() else None
