"""JSON answers. Passwords in addresses never leave, wherever they stand."""

from __future__ import annotations

import re
from typing import Any

from flask import Response, current_app

# the part before @ of an authority, with a password or being a token; a path may hold @ as it likes
_USER_INFO = re.compile(r"(?<=://)[^/\s\"'<>@?#\\]+@")


def without_passwords(text: str) -> str:
    """Take the user part, which may be a password, out of every address in a text.

    >>> without_passwords("see https://me:secret@example.org/a")
    'see https://example.org/a'
    """
    return _USER_INFO.sub("", text) if "@" in text else text


def json_answer(value: dict[str, Any], status: int = 200) -> Response:
    """Answer with a JSON object."""
    text = without_passwords(current_app.json.dumps(value))
    return current_app.response_class(text + "\n", status=status, mimetype="application/json")
