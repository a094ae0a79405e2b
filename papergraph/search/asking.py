"""The language of the search box: phrases, words left out, fields; all else is text.

`"shared weights"` words one after another, `-survey` without a word, `transf*` words begun so,
`author:lecun`, `author:"Yann LeCun"`, `year:2015`, `year:2015..2018`, `venue:icml`, `kind:book`,
`state:unread`. What is not of these forms is searched for as it stands; what looks like one of them
and is none is searched for by its words, and a note says so.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from rapidfuzz import fuzz, process

from papergraph.models import READING_STATES
from papergraph.search.filters import SearchFilter, WordFilter

STATES = (*READING_STATES, "unread")
_PART = re.compile(
    r'(?<!\S)(?:(?P<field>author|year|venue|kind|state):(?P<value>"[^"]+"|[^\s"]+)'
    r'|(?P<minus>-)?"(?P<phrase>[^"]*\w[^"]*)"'
    r"|-(?P<without>[^\W\d_][\w-]*)"
    r"|(?P<begun>\w{2,})\*)(?!\S)",
    re.IGNORECASE,
)
_NAMES = r"author|year|venue|kind|state"
_EMPTY = re.compile(rf"(?<!\S)(?P<field>{_NAMES}):(?:\"\s*\")?(?!\S)", re.IGNORECASE)
_OPEN = re.compile(rf"(?<!\S)(?:(?:{_NAMES}):|-)?\"(?P<rest>[^\"]*)$", re.IGNORECASE)
_EXAMPLES = {
    "author": 'author:lecun or author:"Yann LeCun"',
    "kind": "kind:survey or kind:dataset",
    "state": "state:unread or state:read",
    "venue": "venue:icml",
    "year": "year:2015 or year:2015..2018",
}
_OTHER_FIELD = re.compile(r"(?<!\S)(?P<field>[a-z]{3,10}):(?=[^\s/])", re.IGNORECASE)
_ALIKE = 83.0  # of 100, a slip of one letter; stage is no state
_OR = re.compile(r"(?<!\S)OR(?!\S)")
_YEARS = re.compile(r"(?P<first>\d{4})?(?P<dots>\.\.)?(?P<last>\d{4})?")


@dataclass(slots=True, kw_only=True)
class _Parts:
    allowed: SearchFilter = field(default_factory=SearchFilter)
    phrases: list[str] = field(default_factory=list)
    begun: list[str] = field(default_factory=list)
    without: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """A query taken apart: `text` is what is ranked by, the words of phrases included."""

    text: str
    papers: SearchFilter
    words: WordFilter
    notes: tuple[str, ...] = ()


def read_query(query: str) -> Question:
    """Take a query apart.

    >>> read_query('deep nets "shared weights" -survey year:1998').text
    'deep nets shared weights'
    """
    parts = _Parts()
    text = _PART.sub(lambda match: _take(match, parts), query)
    text = _EMPTY.sub(lambda match: _pass_over(match["field"].lower(), parts), text)
    text = _OPEN.sub(lambda match: _open_quote(match["rest"], parts), text)
    parts.notes += _misspelt(text)
    if _OR.search(query) and parts.allowed != SearchFilter():
        parts.notes.append("OR is searched as a word; all fields of a query must fit")
    words = WordFilter(
        phrases=tuple(parts.phrases), begun=tuple(parts.begun), without=tuple(parts.without)
    )
    return Question(
        text=" ".join(text.split()), papers=parts.allowed, words=words, notes=tuple(parts.notes)
    )


def _take(match: re.Match[str], parts: _Parts) -> str:
    """Note what a part asks for; returns what stays of it in the text."""
    if match["field"]:
        read = _FIELDS[match["field"].lower()]
        value = match["value"].strip('"')
        return "" if read(value, parts) else value
    if match["phrase"]:
        kept = parts.without if match["minus"] else parts.phrases
        kept.append(match["phrase"])
        return "" if match["minus"] else match["phrase"]
    if match["without"]:
        parts.without.append(match["without"])
        return ""
    parts.begun.append(match["begun"])
    return match["begun"]


def _read_years(value: str, parts: _Parts) -> bool:
    found = _YEARS.fullmatch(value)
    if found is None or not (found["first"] or found["last"]):
        parts.notes.append(f"year:{value} is searched as words; write {_EXAMPLES['year']}")
        return False
    first, last = (int(year) if year else None for year in found.group("first", "last"))
    if first and last and last < first:
        parts.notes.append(f"year:{value} ends before it begins, so nothing fits")
    if not found["dots"]:
        first = last = first or last
    _narrow(parts, SearchFilter(year_from=first, year_to=last))
    return True


def _read_state(value: str, parts: _Parts) -> bool:
    if value.lower() not in STATES:
        known = ", ".join(STATES)
        parts.notes.append(f"state:{value} is searched as words; states are {known}")
        return False
    _narrow(parts, SearchFilter(state=value.lower()))
    return True


def _read_author(value: str, parts: _Parts) -> bool:
    _narrow(parts, SearchFilter(authors=(value,)))
    return True


def _read_venue(value: str, parts: _Parts) -> bool:
    _narrow(parts, SearchFilter(venue=value))
    return True


def _read_kind(value: str, parts: _Parts) -> bool:
    _narrow(parts, SearchFilter(kind=value))
    return True


def _pass_over(name: str, parts: _Parts) -> str:
    """A field without a value narrows nothing."""
    parts.notes.append(
        f"{name}: is passed over, no value follows it without a blank; write {_EXAMPLES[name]}"
    )
    return ""


def _open_quote(rest: str, parts: _Parts) -> str:
    """Words after a quote that is not closed are no phrase."""
    if rest.strip():
        parts.notes.append(f'a quote is not closed, so its words are searched as words: "{rest}')
    return rest


def _misspelt(text: str) -> list[str]:
    """Say what field may be meant by a word before a colon."""
    names = [found["field"].lower() for found in _OTHER_FIELD.finditer(text)]
    near = [
        (name, process.extractOne(name, list(_FIELDS), scorer=fuzz.ratio, score_cutoff=_ALIKE))
        for name in names
    ]
    return [
        f"{name}: is no field and is searched as words; did you mean {match[0]}:"
        for name, match in near
        if match is not None
    ]


def _narrow(parts: _Parts, asked: SearchFilter) -> None:
    parts.allowed = parts.allowed.narrowed(asked)


_FIELDS: dict[str, Callable[[str, _Parts], bool]] = {
    "author": _read_author,
    "kind": _read_kind,
    "state": _read_state,
    "venue": _read_venue,
    "year": _read_years,
}
