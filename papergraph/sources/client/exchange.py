"""One request on the wire and its answer: time limits, size limits, and bodies that are whole."""

from __future__ import annotations

import http.cookiejar
import json
import time
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import requests
import urllib3
from requests.adapters import HTTPAdapter

from papergraph.errors import PapergraphError, SourceError

_PIECE = 65_536


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What an answer may take: seconds in all, bytes as sent, and bytes unpacked."""

    seconds: float = 120.0
    wire_bytes: int = 25_000_000
    body_bytes: int = 60_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """What is sent, secrets included: it is never shown, logged or stored."""

    method: str
    url: str
    headers: Mapping[str, str]
    params: Mapping[str, str]
    body: str | None = None
    timeout: float = 30.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What came back; headers by lower-case name, body unpacked."""

    status: int
    headers: Mapping[str, str]
    body: bytes


class TroubleError(Exception):
    """No whole answer came, and asking again may help. `is_hang` when nothing came in time."""

    def __init__(self, reason: str, *, is_hang: bool = False) -> None:
        super().__init__(reason)
        self.reason, self.is_hang = reason, is_hang


def make_session(adapter: HTTPAdapter | None = None) -> requests.Session:
    """Make a session that keeps no cookies, reads no .netrc and tries nothing again by itself."""
    session = requests.Session()
    session.auth = _send_as_is
    session.cookies.set_policy(http.cookiejar.DefaultCookiePolicy(allowed_domains=()))
    session.trust_env = adapter is None  # a guarded connection must not end at a proxy
    for scheme in ("http://", "https://"):
        session.mount(scheme, adapter or HTTPAdapter(max_retries=0))
    return session


def send(session: requests.Session, request: Request, limits: Limits) -> Answer:
    """Send one request and read its answer to the end.

    No message holds the address that was sent, as that may hold a key; no cause is chained, either.

    Raises
    ------
    TroubleError
        When it cannot be reached, hangs, or breaks off.
    SourceError
        When the answer is larger than the limits, or packed in an unknown way.
    """
    deadline = time.monotonic() + limits.seconds
    try:
        response = session.request(
            request.method,
            request.url,
            params=dict(request.params),
            data=None if request.body is None else request.body.encode(),
            headers=dict(request.headers),
            timeout=request.timeout,
            allow_redirects=False,
            stream=True,
        )
        with response:
            return _read(response, limits, deadline)
    except PapergraphError:
        raise
    except requests.exceptions.InvalidURL:
        raise SourceError("it is no address that can be asked") from None
    except (requests.exceptions.RequestException, urllib3.exceptions.HTTPError, OSError) as error:
        raise _trouble(error) from None


def is_whole(answer: Answer) -> bool:
    """Say whether a body ends as its type must; services break off without a sign at times."""
    if answer.status != 200:
        return True
    kind = answer.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind.endswith("json"):
        try:
            json.loads(answer.body)
        except ValueError:
            return False
        return True
    end = answer.body.rstrip()[-1:]
    return end == b">" if kind.endswith("xml") else bool(end)


def _send_as_is(request: requests.PreparedRequest) -> requests.PreparedRequest:
    return request


def _read(response: requests.Response, limits: Limits, deadline: float) -> Answer:
    stated = response.headers.get("Content-Length", "")
    if stated.isdecimal() and int(stated) > limits.wire_bytes:
        raise _too_big(f"{int(stated):,} bytes", limits.wire_bytes)
    packed = _pieces(response.raw, limits, deadline)
    coding = response.headers.get("Content-Encoding", "identity").strip().lower()
    if coding in {"identity", ""}:
        body = b"".join(packed)
    elif coding in {"gzip", "x-gzip", "deflate"}:
        body = _unpack(packed, limits)
    else:
        raise SourceError(f"its answer is packed as {coding!r}, which was not asked for")
    if len(body) > limits.body_bytes:
        raise _too_big(f"{len(body):,} bytes", limits.body_bytes)
    headers = {name.lower(): value for name, value in response.headers.items()}
    return Answer(status=response.status_code, headers=headers, body=body)


def _pieces(raw: Any, limits: Limits, deadline: float) -> Iterator[bytes]:
    """Read what is there, piece by piece: a server that drips is noticed, too."""
    taken = 0
    while piece := raw.read1(_PIECE, decode_content=False):
        taken += len(piece)
        if taken > limits.wire_bytes:
            raise _too_big("more", limits.wire_bytes)
        if time.monotonic() > deadline:
            raise TroubleError(f"it did not end within {limits.seconds:.0f} s", is_hang=True)
        yield piece


def _unpack(packed: Iterator[bytes], limits: Limits) -> bytes:
    """Unpack gzip or zlib, never further than the limit."""
    whole = bytearray()
    unpacker = zlib.decompressobj(wbits=47)  # 32 + 15: either of the two by its head
    is_empty = True
    try:
        for piece in packed:
            is_empty = False
            whole += unpacker.decompress(piece, limits.body_bytes + 1 - len(whole))
            if len(whole) > limits.body_bytes:
                raise _too_big("more when unpacked", limits.body_bytes)
    except zlib.error:
        raise TroubleError("its packed answer is damaged") from None
    if not (unpacker.eof or is_empty):
        raise TroubleError("its packed answer breaks off")
    return bytes(whole)


def _too_big(found: str, limit: int) -> SourceError:
    return SourceError(f"its answer has {found}, the limit is {limit:,} bytes")


def _trouble(error: Exception) -> TroubleError:
    """Say what went wrong in words of ours: the error's own may hold the address with its key."""
    if isinstance(error, requests.exceptions.Timeout | urllib3.exceptions.TimeoutError):
        return TroubleError("it did not answer in time", is_hang=True)
    if isinstance(error, requests.exceptions.SSLError | urllib3.exceptions.SSLError):
        return TroubleError("its certificate cannot be verified")
    if isinstance(error, requests.exceptions.ProxyError):
        return TroubleError("the proxy cannot be reached")
    if isinstance(error, requests.exceptions.ConnectionError):
        return TroubleError("it cannot be reached")
    return TroubleError("its answer broke off")


def json_text(body: Any) -> str:
    """Write a JSON body one way, so that equal questions have equal bodies.

    >>> json_text({"b": 1, "a": ["x"]})
    '{"a":["x"],"b":1}'
    """
    return json.dumps(body, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
