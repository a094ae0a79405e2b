"""Errors as the caller reads them: problem+json under /api, a page elsewhere, one line in both."""

from __future__ import annotations

import logging
import re
from typing import Any

from flask import Flask, Response, current_app, make_response, render_template, request, url_for
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException

from papergraph.app.answers import without_passwords
from papergraph.app.resources import resources
from papergraph.errors import (
    AmbiguousError,
    InputError,
    LibraryError,
    ModelError,
    NotFoundError,
    OfflineError,
    PapergraphError,
    ReadingError,
    SourceError,
)
from papergraph.search import suggest_papers
from papergraph.text import shorten

_log = logging.getLogger(__name__)

# the first class that fits decides: status and title
_KINDS: tuple[tuple[type[PapergraphError], int, str], ...] = (
    (AmbiguousError, 409, "More than one paper answers"),
    (NotFoundError, 404, "Not found"),
    (ReadingError, 415, "This cannot be read"),
    (InputError, 400, "This cannot be used"),
    (OfflineError, 503, "The network is switched off"),
    (SourceError, 502, "A source failed"),
    (LibraryError, 503, "The library cannot be used"),
    (ModelError, 503, "No search by meaning"),
    (PapergraphError, 500, "This failed"),
)
_PROBLEM_TYPE = "application/problem+json"
_NUMBERED = re.compile(r"""^p\d+ (['"])(.*)\1( \(\d+\))?$""")  # as errors name papers
_FOR_ONE_PAPER = ("pages.path", "pages.lineage")


def install(app: Flask) -> None:
    """Answer every error of this application in one form."""
    app.register_error_handler(PapergraphError, _own_error)
    app.register_error_handler(HTTPException, _http_error)
    app.register_error_handler(Exception, _bug)


def problem(error: PapergraphError) -> dict[str, Any]:
    """Describe an error as a problem object (RFC 9457); `nearest` when a paper was looked for."""
    status, title = _status(error)
    found = _problem(status, title, str(error))
    if isinstance(error, NotFoundError):
        found["nearest"] = list(error.nearest)
    return found


def _own_error(error: PapergraphError) -> Response:
    status, title = _status(error)
    if isinstance(error, NotFoundError) and error.asked is not None:
        here = resources()
        error = suggest_papers(here.library, error, embedder=here.embedder())
    if _is_api():
        return _json(problem(error), status)
    if not isinstance(error, NotFoundError):
        return _page(status, title, str(error))
    detail = str(error)
    if error.asked is not None and error.nearest:  # which the page lists
        detail = f"no paper is called {shorten(error.asked)!r} in this library"
    return _page(status, title, detail, error.nearest, error.asked)


def _http_error(error: HTTPException) -> Response:
    if error.code is None or error.code < 400:  # a redirect
        return Response(error.get_response().get_data(), error.code or 500, error.get_headers())
    detail = _detail(error)
    if _is_api():
        answer = _json(_problem(error.code, error.name, detail), error.code)
    else:
        answer = _page(error.code, error.name, detail)
    allowed = getattr(error, "valid_methods", None)
    if allowed:
        answer.headers["Allow"] = ", ".join(sorted(allowed))
    return answer


def _bug(error: Exception) -> Response:
    _log.exception("a request failed: %s %s", request.method, request.path, exc_info=error)
    if current_app.testing:
        raise error
    detail = "papergraph made a mistake; nothing was lost, the log of the server has the details"
    if _is_api():
        return _json(_problem(500, "Internal error", detail), 500)
    return _page(500, "This failed", detail)


def _status(error: PapergraphError) -> tuple[int, str]:
    return next((status, title) for kind, status, title in _KINDS if isinstance(error, kind))


def _detail(error: HTTPException) -> str:
    if isinstance(error, CSRFError):
        return f"{error.description} (CSRF); load the page again, and send the form once more"
    match error.code:
        case 404:
            return f"there is nothing at {request.path!r}"
        case 405:
            return f"{request.path!r} does not take {request.method}"
        case 413:
            most = current_app.config["MAX_CONTENT_LENGTH"] // (1024 * 1024)
            return f"more than {most} MB were sent; send fewer or smaller files at a time"
    return error.description or error.name


def _problem(status: int, title: str, detail: str) -> dict[str, Any]:
    return {"type": "about:blank", "title": title, "status": status, "detail": detail}


def _json(found: dict[str, Any], status: int) -> Response:
    text = without_passwords(current_app.json.dumps(found))
    return current_app.response_class(text + "\n", status=status, mimetype=_PROBLEM_TYPE)


def _page(
    status: int,
    title: str,
    detail: str,
    nearest: tuple[str, ...] = (),
    asked: str | None = None,
) -> Response:
    answer = make_response(
        render_template(
            "error.html",
            is_error=True,
            status=status,
            title=title,
            detail=detail,
            asked=asked,
            nearest=[(_link(text), _NUMBERED.sub(r"\2\3", text)) for text in nearest],
            topic_url=_topic_url(asked),
        )
    )
    answer.status_code = status
    return answer


def _topic_url(asked: str | None) -> str | None:
    """Where the same is asked of a topic, for what can be asked of one."""
    if asked is None or request.endpoint not in _FOR_ONE_PAPER:
        return None
    return url_for(request.endpoint, topic=asked)


def _link(nearest: str) -> str:
    """Where one of the nearest papers leads: the same question asked of it, else its page."""
    found = re.match(r"p\d+\b", nearest)
    if found is None:
        return url_for("pages.search", q=nearest)
    if request.endpoint in _FOR_ONE_PAPER:
        return url_for(request.endpoint, target=found[0])
    return url_for("pages.paper", reference=found[0])


def _is_api() -> bool:
    return request.path.startswith("/api/")
