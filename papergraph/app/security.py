"""Who may ask and who may write: Host check, headers, tokens against forged requests."""

from __future__ import annotations

import hashlib
import hmac
import ipaddress
from collections.abc import Collection

from flask import Flask, Response, request
from flask_wtf.csrf import CSRFProtect, validate_csrf
from werkzeug.exceptions import BadRequest, Forbidden, Unauthorized

from papergraph.errors import SettingsError
from papergraph.settings import Settings

LOOPBACK_NAMES = ("127.0.0.1", "localhost", "[::1]")
HEADERS = {
    "Content-Security-Policy": (
        "default-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none';"
        " object-src 'none'"
    ),
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}
_OPEN_PATHS = ("/healthz",)


def check_sharing(settings: Settings, hosts: Collection[str]) -> None:
    """Raise SettingsError when the application is to be shared without a token."""
    if hosts and not settings.token:
        raise SettingsError(
            f"sharing under {', '.join(hosts)} needs a token, none is set;"
            " set PAPERGRAPH_TOKEN or token in the settings file"
        )


def protect(app: Flask, settings: Settings, hosts: Collection[str]) -> CSRFProtect:
    """Check every request and set the headers of every answer; forms need a CSRF token."""
    allowed = {*LOOPBACK_NAMES, *(name.lower() for name in hosts)}
    # cookies do not know ports: two libraries served side by side need two names
    place = hashlib.sha256(str(settings.library).encode()).hexdigest()[:8]
    app.config["SESSION_COOKIE_NAME"] = f"papergraph-{place}"

    @app.before_request
    def check_host() -> None:
        if _host_name(request.host) not in allowed:
            raise BadRequest(
                f"this server does not answer to the name {request.host!r};"
                f" known are {', '.join(sorted(allowed))}"
            )

    @app.before_request
    def check_token() -> None:
        if hosts and request.path not in _OPEN_PATHS and not has_token(settings):
            raise Unauthorized(
                "this library is shared with a token; give it as the password, or as a bearer token"
            )

    @app.after_request
    def set_headers(answer: Response) -> Response:
        for name, value in HEADERS.items():
            answer.headers.setdefault(name, value)
        if answer.status_code == Unauthorized.code:
            answer.headers["WWW-Authenticate"] = 'Basic realm="papergraph", charset="UTF-8"'
        return answer

    return CSRFProtect(app)


def has_token(settings: Settings) -> bool:
    """Does the request carry the token, as bearer token or as password?"""
    given = request.authorization
    if given is None or settings.token is None:
        return False
    text = given.token if given.type == "bearer" else given.password
    return hmac.compare_digest((text or "").encode(), settings.token.encode())


def check_writer(settings: Settings) -> None:
    """Let an API request write, or raise.

    A bearer token, or the CSRF token of a page in the header X-CSRFToken, is enough. Where no token
    is set, so is a request from this machine that no other site sent.

    Raises
    ------
    Unauthorized, Forbidden
        When the request may not write.
    """
    # a browser sends a password along with what another site posts; a bearer token it does not
    is_bearer = request.authorization is not None and request.authorization.type == "bearer"
    if (has_token(settings) and (is_bearer or _is_same_origin())) or _has_csrf_token():
        return
    if settings.token:
        raise Unauthorized("writing needs the token of this library; send it as a bearer token")
    if not _is_loopback(request.remote_addr):
        raise Forbidden("writing from another machine needs a token; set PAPERGRAPH_TOKEN")
    if not _is_same_origin():
        raise Forbidden(
            f"a page of {request.headers.get('Origin', 'another site')!r} may not write here"
        )


def _has_csrf_token() -> bool:
    token = request.headers.get("X-CSRFToken")
    if not token:
        return False
    try:
        validate_csrf(token)
    except ValueError:  # the ValidationError of wtforms is one
        return False
    return True


def _is_same_origin() -> bool:
    origin = request.headers.get("Origin")
    site = request.headers.get("Sec-Fetch-Site", "none")
    own = f"{request.scheme}://{request.host}"
    return origin in (None, own) and site in ("none", "same-origin")


def _is_loopback(address: str | None) -> bool:
    try:
        return ipaddress.ip_address(address or "").is_loopback
    except ValueError:
        return False


def _host_name(host: str) -> str:
    """The name without port, in lower case; an IPv6 address keeps its brackets."""
    name = host.lower()
    if name.startswith("["):
        return name.partition("]")[0] + "]"
    return name.partition(":")[0].rstrip(".")
