"""Decide what any link is, by trying the tables in order of how much they know."""

import re

from papergraph.identifiers.archives import ARCHIVES_TABLE
from papergraph.identifiers.cleaning import clean_url
from papergraph.identifiers.others import read_file, read_other
from papergraph.identifiers.places import place_of
from papergraph.identifiers.publishers import read_publisher
from papergraph.identifiers.rules import Finding, read_with
from papergraph.identifiers.venues import VENUES_TABLE

_SPECIAL_SCHEME = re.compile(r"\s*([a-z][a-z0-9+.-]{1,20}):", re.IGNORECASE)
_SPECIAL_KINDS = {"mailto": "mail", "javascript": "script", "vbscript": "script", "data": "data"}


def find_place(raw: str) -> tuple[str, Finding]:
    """Clean a link and decide what it is; total on any text."""
    url = clean_url(raw)
    place = place_of(url)
    if place is None:
        return url, _read_no_place(raw, url)
    if place.is_local:
        return url, Finding(kind="local")
    finding = (
        read_with(ARCHIVES_TABLE, place)
        or read_with(VENUES_TABLE, place)
        or read_publisher(place)
        or read_file(place)
        or read_other(place)
    )
    return url, finding


def _read_no_place(raw: str, url: str) -> Finding:
    scheme = _SPECIAL_SCHEME.match(raw[:40])
    if scheme and scheme[1].lower() in _SPECIAL_KINDS:
        return Finding(kind=_SPECIAL_KINDS[scheme[1].lower()], is_paper=False)
    if not url:
        return Finding(kind="unreadable", is_paper=None if raw.strip() else False)
    if re.match(r"[a-z][a-z0-9+.-]{1,20}:", url, re.IGNORECASE):
        return Finding(
            kind="other-scheme", is_paper=None if url.lower().startswith("file:") else False
        )
    return Finding(kind="relative", is_paper=False)
