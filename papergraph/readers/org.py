"""Org files, written as Markdown of the same lines and columns before they are read."""

from __future__ import annotations

import re

_HEADING = re.compile(r"^(\*{1,6})(?= )", re.MULTILINE)
_STATE = re.compile(r"^(#{1,6} )(TODO|DONE|NEXT|WAITING|READ|CANCELLED)(?= )", re.MULTILINE)
_TAGS = re.compile(r"^(\*{1,6} .*?)([ \t]+:[\w@#%:]+:[ \t]*)$", re.MULTILINE)
_SIGNS = {"DONE": "✅", "TODO": "☐", "NEXT": "☐", "WAITING": "☐", "READ": "✅", "CANCELLED": " "}
_PROPERTY = re.compile(
    r"^[ \t]*:(?:URL|LINK|DOI|ARXIV|EPRINT|SOURCE|ROAM_REFS|ROAM_KEY):[ \t]+(?P<value>.+)$",
    re.MULTILINE | re.IGNORECASE,
)
_TITLE = re.compile(r"^#\+TITLE:[ \t]*(.+)$", re.MULTILINE | re.IGNORECASE)
_HIDDEN = re.compile(
    r"^[ \t]*#\+BEGIN_(\w+).*?^[ \t]*#\+END_\1[^\n]*$|^[ \t]*:PROPERTIES:.*?:END:[ \t]*$|"
    r"^[ \t]*#\+\w+:[^\n]*$|^#(?: [^\n]*)?$",
    re.MULTILINE | re.IGNORECASE | re.DOTALL,
)
_LIMIT = 3_000_000


def is_org(text: str, origin: str) -> bool:
    """Say whether a text is an Org file, by its name or its first keywords."""
    return origin.casefold().endswith(".org") or bool(re.match(r"\s*#\+\w+:", text))


def org_title(text: str) -> str | None:
    """Return what `#+TITLE:` says."""
    match = _TITLE.search(text[:20_000])
    return match[1].strip() if match else None


def org_to_markdown(text: str) -> str:
    """Turn stars to number signs and blank what is not to be read; links are read as they are.

    What says that something is done or to be done becomes a sign, and the addresses of a drawer
    stay.

    >>> org_to_markdown("* TODO Mask R-CNN  :vision:")
    '# ☐    Mask R-CNN          '
    """
    if len(text) < _LIMIT:
        text = _HIDDEN.sub(_hide, text)
    text = _TAGS.sub(lambda match: match[1] + " " * len(match[2]), text)
    text = _HEADING.sub(lambda match: "#" * len(match[1]), text)
    return _STATE.sub(lambda match: match[1] + _SIGNS[match[2]].ljust(len(match[2])), text)


def _hide(match: re.Match[str]) -> str:
    """Blank a hidden part, but for the addresses in it."""
    hidden = list(re.sub(r"[^\n]", " ", match[0]))
    if match[0].lstrip().upper().startswith(":PROPERTIES:"):
        for kept in _PROPERTY.finditer(match[0]):
            hidden[slice(*kept.span("value"))] = kept["value"]
    return "".join(hidden)
