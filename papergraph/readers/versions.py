"""Several versions of one name in a row: "YOLOv2/v3", "Inception v1-v4", "GPT-2/3"."""

from __future__ import annotations

import re
from dataclasses import dataclass

from papergraph.text import name_key

_MOST = 6  # versions in a range
_NUMBER = r"\d(?:\.\d)?"
_ROW = re.compile(
    rf"(?P<base>[^\W\d_][\w+]*?(?:[ -][A-Z][A-Za-z]*)??)(?P<gap>[ -]?)(?P<first>v?{_NUMBER})"
    rf"(?P<rest>(?:\s?/\s?v?{_NUMBER}|(?:\s?[,&–-]\s?|\s(?:and|or|to)\s)v{_NUMBER})+)(?![\w%]|\.\d)"
)
_NEXT = re.compile(rf"(?P<join>[^v\d]*)(?P<version>v?{_NUMBER})")


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """One version in a row: where it stands, and the keys it may be known by, likeliest first."""

    start: int
    end: int
    keys: tuple[str, ...]


def read_versions(text: str, start: int) -> tuple[Version, ...]:
    """The versions of the name at `start`, when there are several in a row.

    >>> [one.keys for one in read_versions("YOLOv2/v3", 0)]
    [('yolov2',), ('yolov3',)]
    """
    row = _ROW.match(text, start)
    if row is None:
        return ()
    base, last = row["base"], row["first"]
    found = [_version(base, last, start, row.end("first"))]
    for match in _NEXT.finditer(text, row.start("rest"), row.end("rest")):
        version = match["version"]
        if last.startswith("v") and not version.startswith("v"):
            version = f"v{version}"
        span = match.span("version")
        if match["join"].strip() in ("-", "–", "to"):
            found += [_version(base, one, *span) for one in _between(last, version)]
        found.append(_version(base, version, *span))
        last = version
    return tuple(found)


def _version(base: str, version: str, start: int, end: int) -> Version:
    names = [f"{base}{version}"]
    if version.removeprefix("v") == "1":  # the first is known by the name alone
        names.append(base)
    return Version(start=start, end=end, keys=tuple(map(name_key, names)))


def _between(first: str, last: str) -> list[str]:
    one, other = first.removeprefix("v"), last.removeprefix("v")
    if not (one.isdigit() and other.isdigit() and int(one) < int(other) <= int(one) + _MOST):
        return []
    return [f"v{number}" for number in range(int(one) + 1, int(other))]
