"""Identifiers that name nothing: reference managers spread one wrong number over many entries."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace

from rapidfuzz import fuzz

from papergraph.matching.judging import TELLING_LETTERS
from papergraph.models import FoundMention
from papergraph.text import compare_form

FEWEST_TITLES = 3
_OTHER_TITLE_RATIO = 60.0

Entry = tuple[str | None, Sequence[str]]
"""A title, and the identifiers given for it."""


def void_identifiers(entries: Iterable[Entry]) -> frozenset[str]:
    """Find the identifiers that entries of three or more different titles claim.

    Titles that share much of their letters, or of which one begins the other, are one; titles too
    short to tell anything do not count.

    >>> void_identifiers([(f"{word} of sheep in hills", ["arxiv:1"]) for word in ("Counting", "A")])
    frozenset()
    """
    titles: dict[str, list[str]] = defaultdict(list)
    for title, identifiers in entries:
        form = compare_form(title or "")
        if len(form) < TELLING_LETTERS:
            continue
        for identifier in identifiers:
            seen = titles[identifier]
            if len(seen) < FEWEST_TITLES and not any(_are_near(form, other) for other in seen):
                seen.append(form)
    return frozenset(item for item, seen in titles.items() if len(seen) >= FEWEST_TITLES)


def drop_void(mentions: Sequence[FoundMention]) -> tuple[FoundMention, ...]:
    """Take void identifiers off the mentions; only entries with authors or a year can void one."""
    numbers = [
        tuple(item for item in (mention.identifier, *mention.other_identifiers) if item)
        for mention in mentions
    ]
    void = void_identifiers(
        (mention.title, found)
        for mention, found in zip(mentions, numbers, strict=True)
        if mention.authors or mention.year
    )
    return tuple(
        _without(mention, found, void) if void & set(found) else mention
        for mention, found in zip(mentions, numbers, strict=True)
    )


def _without(mention: FoundMention, found: Sequence[str], void: frozenset[str]) -> FoundMention:
    kept = [item for item in found if item not in void]
    address = mention.url or ""
    is_void = any(item.partition(":")[2] in address for item in void & set(found))
    return replace(
        mention,
        identifier=kept[0] if kept else None,
        other_identifiers=tuple(kept[1:]),
        url=None if is_void else mention.url,
    )


def _are_near(one: str, other: str) -> bool:
    short, long = sorted((one, other), key=len)
    return long.startswith(short) or fuzz.ratio(one, other) >= _OTHER_TITLE_RATIO
