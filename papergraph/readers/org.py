"""Org files, written as Markdown of the same lines and columns before they are read."""

from __future__ import annotations

import re
from collections.abc import Mapping

_HEADING = re.compile(r"^(\*{1,6})(?= )", re.MULTILINE)
_STATE = re.compile(r"^(?P<stars>\*{1,6} )(?P<word>[A-Z][A-Z_-]{2,})(?= |$)", re.MULTILINE)
_COOKIE = re.compile(
    r"^(\*{1,6} .{0,20}?)(\[#[A-Z0-9]\]|\[\d{0,4}/\d{0,4}\]|\[\d{0,3}%\])(?=\s)", re.MULTILINE
)
_OWN_WORDS = re.compile(r"^#\+(?:SEQ_|TYP_)?TODO:[ \t]*(.+)$", re.MULTILINE | re.IGNORECASE)
_OWN_WORD = re.compile(r"\||[A-Z][A-Z_-]{2,}(?=[\s(]|$)")
_TAGS = re.compile(r"^(\*{1,6} .*?)([ \t]+:[\w@#%:]+:[ \t]*)$", re.MULTILINE)
# Seen in Org files and in the manuals of Org, Doom Emacs and org-roam, 2026-11.
_SIGNS = {
    "☐": "TODO NEXT WAITING WAIT HOLD SOMEDAY LATER TOREAD TO-READ TO_READ UNREAD QUEUED BACKLOG",
    "⏳": "STARTED STRT DOING READING INPROGRESS IN-PROGRESS IN_PROGRESS",
    "✅": "DONE READ FINISHED",
    " ": "CANCELLED CANCELED KILL DROPPED SKIPPED",
}
_SIGN_OF = {word: sign for sign, words in _SIGNS.items() for word in words.split()}
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

    What says that something is done, begun or to be done becomes a sign, and the addresses of a
    drawer stay.

    >>> org_to_markdown("* TODO Mask R-CNN  :vision:")
    '# ☐    Mask R-CNN          '
    """
    signs = _SIGN_OF | _own_signs(text)
    if len(text) < _LIMIT:
        text = _HIDDEN.sub(_hide, text)
    text = _TAGS.sub(lambda match: match[1] + " " * len(match[2]), text)
    text = _STATE.sub(lambda match: _sign(match, signs), text)
    text = _COOKIE.sub(lambda match: match[1] + " " * len(match[2]), text)
    return _HEADING.sub(lambda match: "#" * len(match[1]), text)


def _sign(match: re.Match[str], signs: Mapping[str, str]) -> str:
    sign = signs.get(match["word"])
    return match[0] if sign is None else match["stars"] + sign.ljust(len(match["word"]))


def _own_signs(text: str) -> dict[str, str]:
    """The signs of the words that a file defines itself: those after the bar say it is done."""
    signs: dict[str, str] = {}
    for line in _OWN_WORDS.finditer(text[:20_000]):
        words = _OWN_WORD.findall(line[1])
        bar = words.index("|") if "|" in words else len(words) - 1
        signs |= {word: "☐" if at < bar else "✅" for at, word in enumerate(words) if word != "|"}
    return {word: _SIGN_OF.get(word, sign) for word, sign in signs.items()}


def _hide(match: re.Match[str]) -> str:
    """Blank a hidden part, but for the addresses in it."""
    hidden = list(re.sub(r"[^\n]", " ", match[0]))
    if match[0].lstrip().upper().startswith(":PROPERTIES:"):
        for kept in _PROPERTY.finditer(match[0]):
            hidden[slice(*kept.span("value"))] = kept["value"]
    return "".join(hidden)
