"""One BibTeX entry as services write them: machine-made, braces balanced."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

_HEAD = re.compile(r"\s*@(\w+)\s*\{\s*([^,\s]+)\s*,")
_FIELD = re.compile(r"\s*,?\s*([A-Za-z_-]+)\s*=\s*([{\"]|\w+)")


@dataclass(frozen=True, slots=True, kw_only=True)
class BibEntry:
    """A BibTeX entry: kind and field names in lower case, values as written, without the braces."""

    kind: str
    key: str
    fields: Mapping[str, str]

    @property
    def people(self) -> tuple[str, ...]:
        """The authors as written, in order."""
        listed = re.split(r"\s+and\s+", self.fields.get("author", "").strip())
        return tuple(name for name in listed if name)


def find_entry(text: str) -> BibEntry | None:
    """Read the first entry of a text; None when there is none, or when it breaks off.

    >>> find_entry("@article{DBLP:x, title = {A {B} c}, year = 2016}").fields
    {'title': 'A {B} c', 'year': '2016'}
    """
    head = _HEAD.search(text)
    if head is None:
        return None
    fields: dict[str, str] = {}
    place = head.end()
    while found := _FIELD.match(text, place):
        opening = found[2]
        if opening in {"{", '"'}:
            end = _closing(text, found.end(), opening)
            if end is None:
                return None
            value, place = text[found.end() : end], end + 1
        else:
            value, place = opening, found.end()
        fields.setdefault(found[1].lower(), " ".join(value.split()))
    if not re.match(r"\s*,?\s*\}", text[place:]):
        return None
    return BibEntry(kind=head[1].lower(), key=head[2], fields=fields)


def _closing(text: str, start: int, opening: str) -> int | None:
    """Find the end of a value: the closing brace of its depth, or the quotation mark outside."""
    depth = 0
    for place in range(start, len(text)):
        sign = text[place]
        if depth == 0 and sign == ("}" if opening == "{" else '"'):
            return place
        depth += (sign == "{") - (sign == "}")
    return None
