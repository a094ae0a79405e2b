"""Works: what one review says about one paper, gathered from all its mentions of it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from papergraph.identifiers import arxiv_month
from papergraph.models import (
    NO_TITLE,
    ROLES,
    Byline,
    FoundMention,
    PaperRecord,
    told_rank,
)
from papergraph.text import name_key, surname, title_key


@dataclass(frozen=True, slots=True, kw_only=True)
class Work:
    """All that one review says about one paper."""

    mentions: tuple[int, ...]
    identifiers: tuple[str, ...]
    titles: tuple[str, ...]
    nicknames: tuple[str, ...]
    authors: tuple[str, ...]
    year: int | None
    url: str | None
    summary: str | None
    tags: tuple[str, ...] = ()
    state: str | None = None
    read_on: str | None = None
    stars: float | None = None
    byline: Byline | None = None

    @property
    def name(self) -> str | None:
        """What to call it: title, nickname, its number or its address; None when it has none."""
        return next(iter((*self.titles, *self.nicknames)), None) or _name_from(self)

    @property
    def has_number(self) -> bool:
        """Does it have an identifier, more than an address?"""
        return has_number(self.identifiers)

    def as_record(self, source: str) -> PaperRecord:
        """What this review says, as a record of the source `source`.

        The number of arXiv tells the month, where the year said is none or near it.
        """
        number = next((one[6:] for one in self.identifiers if one.startswith("arxiv:")), None)
        posted = arxiv_month(number, self.year)
        is_known = bool(self.identifiers or self.authors or self.year)
        return PaperRecord(
            title=self.name or NO_TITLE,
            source=source,
            authors=self.authors,
            year=self.year or (int(posted[:4]) if posted else None),
            published=posted,
            kind="article" if is_known else "stub",
            url=self.url,
            summary=self.summary,
            identifiers=self.identifiers,
            nicknames=self.nicknames,
            tags=self.tags,
        )


def has_number(identifiers: Collection[str]) -> bool:
    """Is one of these more than an address?"""
    return any(not item.startswith("url:") for item in identifiers)


def mention_key(mention: FoundMention) -> str:
    """What a mention is remembered by when its review is read again: what it names, or says."""
    if mention.identifier and not mention.identifier.startswith("url:"):
        return mention.identifier
    if title_key(mention.title or ""):
        return f"title:{title_key(mention.title or '')}"
    address = next(iter(identifiers_of(mention)), None)
    return address or f"text:{title_key(mention.text)}:{title_key(mention.sentence)[:80]}"


def group_mentions(
    mentions: Sequence[FoundMention],
    keys: Sequence[str],
    decided: Collection[str],
) -> list[tuple[int, ...]]:
    """Put mentions of one work together; two arXiv ids or two DOIs are never one work.

    What is talked of but not named is no work, until the reader decided what it is.
    """
    parent = list(range(len(mentions)))
    strong = [_strong(mention) for mention in mentions]

    def find(number: int) -> int:
        while parent[number] != number:
            parent[number] = parent[parent[number]]
            number = parent[number]
        return number

    def join(a: int, b: int) -> None:
        a, b = find(a), find(b)
        if a == b or any(strong[b].get(key, value) != value for key, value in strong[a].items()):
            return
        low, high = min(a, b), max(a, b)
        parent[high] = low
        strong[low] = strong[low] | strong[high]

    for keys_of in (identifiers_of, _title_keys, _name_keys, _byline_keys):
        first: dict[object, int] = {}
        for number, mention in enumerate(mentions):
            for key in () if mention.unresolvable else keys_of(mention):
                join(first.setdefault(key, number), number)
    groups: dict[int, list[int]] = defaultdict(list)
    for number, mention in enumerate(mentions):
        if not mention.unresolvable or keys[number] in decided:
            groups[find(number)].append(number)
    return [tuple(members) for _, members in sorted(groups.items())]


def _strong(mention: FoundMention) -> dict[str, str]:
    parts = (item.partition(":") for item in identifiers_of(mention))
    return {kind: value for kind, _, value in parts if kind in ("arxiv", "doi", "openreview")}


def identifiers_of(mention: FoundMention) -> tuple[str, ...]:
    """The identifiers of a mention, or its address where that is all there is."""
    if mention.identifier:
        return (mention.identifier, *mention.other_identifiers)
    is_address = (mention.url or "").startswith(("http://", "https://"))
    return (f"url:{mention.url}",) if is_address else ()


def _title_keys(mention: FoundMention) -> tuple[str, ...]:
    key = title_key(mention.title or "")
    return (key,) if key else ()


def _name_keys(mention: FoundMention) -> tuple[str, ...]:
    key: str = name_key(mention.nickname or "")
    if key and mention.role == "named" and mention.authors and not mention.title:
        key = f"{key} of {surname(mention.authors[0])}"  # others may call another paper so
    return (key,) if key else ()


def _byline_keys(mention: FoundMention) -> tuple[Byline, ...]:
    return (mention.byline,) if mention.byline else ()


def gather_work(mentions: Sequence[FoundMention], members: tuple[int, ...]) -> Work:
    """Put together what mentions say of one paper; entries of its own before names in passing."""
    ranked = sorted(members, key=lambda number: (ROLES.index(mentions[number].role), number))
    found = [mentions[number] for number in ranked]
    authors = next((mention.authors for mention in found if mention.authors), ())
    told = max(found, key=lambda mention: (told_rank(mention.state), bool(mention.read_on)))
    return Work(
        mentions=members,
        identifiers=tuple(dict.fromkeys(key for m in found for key in identifiers_of(m))),
        titles=tuple(dict.fromkeys(m.title for m in found if m.title)),
        nicknames=tuple({name_key(m.nickname): m.nickname for m in found if m.nickname}.values()),
        authors=authors,
        year=next((mention.year for mention in found if mention.year), None),
        url=next((mention.url for mention in found if mention.url), None),
        summary=next((mention.summary for mention in found if mention.summary), None),
        tags=tuple(dict.fromkeys(tag for mention in found for tag in mention.tags)),
        state=told.state,
        read_on=told.read_on,
        stars=next((mention.stars for mention in found if mention.stars is not None), None),
        byline=next((mention.byline for mention in found if mention.byline), None),
    )


def _name_from(work: Work) -> str | None:
    """Name a paper that a review only links: its identifier, or the address."""
    known = next((item for item in work.identifiers if not item.startswith("url:")), None)
    if known:
        return known.replace("arxiv:", "arXiv:")
    return (work.url or "").partition("://")[2] or None
