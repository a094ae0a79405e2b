"""Ratings that authors give: stars, points and medals, on one scale of 0 to 5."""

from __future__ import annotations

import re

_MOST = 5.0
# Seen in reading lists on GitHub and in Obsidian and Org notes, 2026-11. One star alone is a mark.
_SIGNS = re.compile(r"(?P<full>★+|⭐(?:️?⭐)+️?|(?::star:\s?){2,})(?P<half>½|⯪)?(?P<empty>☆*)")
_POINTS = re.compile(
    r"(?<![\w/.,-])(?P<points>\d{1,2}(?:[.,]\d)?)\s?/\s?(?P<of>5|10)(?![\w/]|[.,]\d)"
)
_MEDALS = (
    (5.0, re.compile("🥇|:1st_place_medal:")),
    (4.0, re.compile("🥈|:2nd_place_medal:")),
    (3.0, re.compile("🥉|:3rd_place_medal:")),
)
_NUMBER = re.compile(r"\s*[\"']?(\d{1,2}(?:[.,]\d{1,2})?)\s*(?:stars?)?[\"']?\s*", re.IGNORECASE)


def find_stars(text: str) -> float | None:
    """Return the rating in a text, None when there is none.

    >>> [find_stars(text) for text in ("★★★☆☆", "good, 8/10", "🥇 nets", "⭐", "3/4 of all")]
    [3.0, 4.0, 5.0, None, None]
    """
    if match := _POINTS.search(text):
        return _scaled(float(match["points"].replace(",", ".")), float(match["of"]))
    if (match := _SIGNS.search(text)) and (match["empty"] or len(match["full"]) > 1):
        full, empty = len(re.findall("★|⭐|:star:", match["full"])), len(match["empty"])
        most = full + empty + bool(match["half"])
        return _scaled(full + bool(match["half"]) / 2, most if empty else max(most, int(_MOST)))
    return next((stars for stars, medal in _MEDALS if medal.search(text)), None)


def read_rating(value: str) -> float | None:
    """Return the rating that is the value of a property: "4", "8/10", "★★★☆☆"; None for others.

    A number of its own is out of 5, or out of 10 when it is more.

    >>> read_rating("4"), read_rating("8"), read_rating("8/10"), read_rating("good")
    (4.0, 4.0, 4.0, None)
    """
    match = _NUMBER.fullmatch(value)
    if match is None:
        return find_stars(value)
    number = float(match[1].replace(",", "."))
    return _scaled(number, _MOST if number <= _MOST else 10.0)


def _scaled(points: float, most: float) -> float | None:
    """Points on the scale of 0 to 5, to halves; None for more than there are."""
    return round(2 * _MOST * points / most) / 2 if 0 <= points <= most else None
