"""JSON answers. Passwords in addresses never leave, wherever they stand."""

from __future__ import annotations

import hashlib
import re
from typing import Any
from urllib.parse import urlencode

from flask import Response, current_app, request

# the part before @ of an authority, with a password or being a token; a path may hold @ as it likes
_USER_INFO = re.compile(r"(?<=://)[^/\s\"'<>@?#\\]+@")
_UNSTEADY = ("took_ms",)  # differs from one time to the next while the answer is the same


def without_passwords(text: str) -> str:
    """Take the user part, which may be a password, out of every address in a text.

    >>> without_passwords("see https://me:secret@example.org/a")
    'see https://example.org/a'
    """
    return _USER_INFO.sub("", text) if "@" in text else text


def json_answer(value: dict[str, Any], status: int = 200, *, after: str | None = None) -> Response:
    """Answer with a JSON object; one that was read carries an ETag, and is sent when it changed.

    `after` is the cursor of what comes next in a list.
    """
    text = without_passwords(current_app.json.dumps(value))
    answer = current_app.response_class(text + "\n", status=status, mimetype="application/json")
    if after is not None:
        asked = {name: request.args.getlist(name) for name in request.args} | {"cursor": [after]}
        answer.headers["Link"] = f'<{request.path}?{urlencode(asked, doseq=True)}>; rel="next"'
    if request.method == "GET" and status == 200:
        steady = {name: part for name, part in value.items() if name not in _UNSTEADY}
        digest = hashlib.blake2b(
            current_app.json.dumps(steady).encode("utf-8", "replace"), digest_size=16
        )
        answer.set_etag(digest.hexdigest(), weak=True)
        answer.headers["Cache-Control"] = "private, no-cache"
        answer.make_conditional(request)
    return answer


def text_answer(text: str, mime: str) -> Response:
    """Answer with a text that was made before; it is sent when it changed."""
    answer = current_app.response_class(without_passwords(text), mimetype=mime)
    answer.add_etag()
    answer.headers["Cache-Control"] = "private, no-cache"
    answer.make_conditional(request)
    return answer
