"""Links the mentions of a review to papers: identifiers first, then names and titles.

Mentions of one review that share an identifier, a title or a nickname are one work; a work is then
looked up once, with all that the review says about it as witness.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from rapidfuzz import fuzz

from papergraph.matching.resolving import (
    ACCEPT_RATIO,
    Catalogue,
    near_matches,
)
from papergraph.models import ROLES, FoundMention, Paper, PaperRecord
from papergraph.text import compare_form, name_key, surname, title_key, title_words

NOTHING_DECIDED: Mapping[str, tuple[str, int | None]] = MappingProxyType({})
NO_NOTES: Mapping[str, int] = MappingProxyType({})
SHORT_TITLE_WORDS = 4
TELLING_LETTERS = 14  # "Network in network" tells enough, "Deep learning" does not
_MOST_CANDIDATES = 3
_NEAR_YEARS = 2


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

    def as_record(self, source: str) -> PaperRecord:
        """What this review says, as a record of the source `source`."""
        title = next(iter((*self.titles, *self.nicknames)), None) or _title_from(self)
        is_known = bool(self.identifiers or self.authors or self.year)
        return PaperRecord(
            title=title,
            source=source,
            authors=self.authors,
            year=self.year,
            kind="article" if is_known else "stub",
            url=self.url,
            summary=self.summary,
            identifiers=self.identifiers,
            nicknames=self.nicknames,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkedMention:
    """Where one mention leads.

    `work` is the place of its work in the answer of `link_mentions`, None when it names no paper.
    `paper` is the stored paper, None when it is not in the library yet. `same_as` are other stored
    papers that the review's identifiers show to be the same work.
    """

    work: int | None
    paper: int | None
    status: str
    confidence: float
    how: str
    candidates: tuple[tuple[int, float], ...] = ()
    same_as: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Verdict:
    paper: int | None
    status: str
    confidence: float
    how: str
    candidates: tuple[tuple[int, float], ...] = ()
    same_as: tuple[int, ...] = ()


def link_mentions(
    mentions: Sequence[FoundMention],
    catalogue: Catalogue,
    decided: Mapping[str, tuple[str, int | None]] = NOTHING_DECIDED,
    notes: Mapping[str, int] = NO_NOTES,
) -> tuple[tuple[LinkedMention, ...], tuple[Work, ...]]:
    """Link every mention of one review; returns them in order, and the works they speak of.

    `decided` is what the reader settled before, by `mention_key`: ("paper", its number), ("new",
    None) or ("none", None) for what is no paper. It outranks everything that is found. `notes`
    gives the papers that the author's own notes are about, by the links used for them.
    """
    keys = [mention_key(mention) for mention in mentions]
    works = tuple(_gather(mentions, members) for members in _group(mentions, keys, decided))
    verdicts = [
        _decided(work, keys, decided) or _noted(work, notes) or _look_up(work, catalogue)
        for work in works
    ]
    home = {number: place for place, work in enumerate(works) for number in work.mentions}
    linked = []
    for number in range(len(mentions)):
        place = home.get(number)
        if place is None:
            linked.append(
                LinkedMention(work=None, paper=None, status="unsure", confidence=0.0, how="unnamed")
            )
            continue
        verdict = verdicts[place]
        linked.append(
            LinkedMention(
                work=place,
                paper=verdict.paper,
                status=verdict.status,
                confidence=verdict.confidence,
                how=verdict.how,
                candidates=verdict.candidates,
                same_as=verdict.same_as,
            )
        )
    return tuple(linked), works


def mention_key(mention: FoundMention) -> str:
    """What a mention is remembered by when its review is read again: what it names, or says."""
    if mention.identifier and not mention.identifier.startswith("url:"):
        return mention.identifier
    if title_key(mention.title or ""):
        return f"title:{title_key(mention.title or '')}"
    address = next(iter(identifiers_of(mention)), None)
    return address or f"text:{title_key(mention.text)}:{title_key(mention.sentence)[:80]}"


def _decided(
    work: Work, keys: Sequence[str], decided: Mapping[str, tuple[str, int | None]]
) -> _Verdict | None:
    choice = next((decided[keys[n]] for n in work.mentions if keys[n] in decided), None)
    if choice is None:
        return None
    name, paper = choice
    status = {"paper": "matched", "new": "new"}.get(name, "unsure")
    return _Verdict(paper=paper, status=status, confidence=1.0, how="reader")


def _noted(work: Work, notes: Mapping[str, int]) -> _Verdict | None:
    paper = notes.get(work.url or "")
    if paper is None or any(not item.startswith("url:") for item in work.identifiers):
        return None
    return _Verdict(paper=paper, status="matched", confidence=0.95, how="own note")


def _group(
    mentions: Sequence[FoundMention],
    keys: Sequence[str],
    decided: Mapping[str, tuple[str, int | None]],
) -> list[tuple[int, ...]]:
    """Put mentions of one work together; two arXiv ids or two DOIs are never one work.

    What is talked of but not named is no work, until the reader decided what it is.
    """
    parent = list(range(len(mentions)))
    strong: list[dict[str, str]] = [_strong(mention.identifier) for mention in mentions]

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

    for keys_of in (identifiers_of, _title_keys, _name_keys):
        first: dict[str, int] = {}
        for number, mention in enumerate(mentions):
            for key in () if mention.unresolvable else keys_of(mention):
                join(first.setdefault(key, number), number)
    groups: dict[int, list[int]] = defaultdict(list)
    for number, mention in enumerate(mentions):
        if not mention.unresolvable or keys[number] in decided:
            groups[find(number)].append(number)
    return [tuple(members) for _, members in sorted(groups.items())]


def _strong(identifier: str | None) -> dict[str, str]:
    scheme, _, value = (identifier or "").partition(":")
    return {scheme: value} if scheme in ("arxiv", "doi", "openreview") else {}


def identifiers_of(mention: FoundMention) -> tuple[str, ...]:
    """The identifier of a mention, and its address where that is all there is."""
    if mention.identifier:
        return (mention.identifier,)
    is_address = (mention.url or "").startswith(("http://", "https://"))
    return (f"url:{mention.url}",) if is_address else ()


def _title_keys(mention: FoundMention) -> tuple[str, ...]:
    key = title_key(mention.title or "")
    return (key,) if key else ()


def _name_keys(mention: FoundMention) -> tuple[str, ...]:
    key = name_key(mention.nickname or "")
    return (key,) if key else ()


def _gather(mentions: Sequence[FoundMention], members: tuple[int, ...]) -> Work:
    ranked = sorted(members, key=lambda number: (ROLES.index(mentions[number].role), number))
    found = [mentions[number] for number in ranked]
    authors = next((mention.authors for mention in found if mention.authors), ())
    return Work(
        mentions=members,
        identifiers=tuple(dict.fromkeys(key for m in found for key in identifiers_of(m))),
        titles=tuple(dict.fromkeys(m.title for m in found if m.title)),
        nicknames=tuple({name_key(m.nickname): m.nickname for m in found if m.nickname}.values()),
        authors=authors,
        year=next((mention.year for mention in found if mention.year), None),
        url=next((mention.url for mention in found if mention.url), None),
        summary=next((mention.summary for mention in found if mention.summary), None),
    )


def _look_up(work: Work, catalogue: Catalogue) -> _Verdict:
    homes = catalogue.by_identifier(work.identifiers)
    if homes:
        numbers = list(dict.fromkeys(homes[i] for i in work.identifiers if i in homes))
        return _Verdict(
            paper=numbers[0],
            status="matched",
            confidence=1.0,
            how="identifier",
            same_as=_same_works(numbers, catalogue),
        )
    near: list[tuple[int, float]] = []
    for title in work.titles:
        verdict = _by_exact_title(title, work, catalogue)
        if verdict:
            return verdict
    for name in (*work.nicknames, *work.titles):
        named = catalogue.by_name(name) or catalogue.by_title(name)
        if len(named) == 1 and _is_consistent(catalogue.cards(named)[named[0]], work):
            return _Verdict(paper=named[0], status="matched", confidence=0.9, how="nickname")
        near += [(number, 0.5) for number in named]
    for title in work.titles:
        found = near_matches(title, catalogue, limit=_MOST_CANDIDATES)
        verdict = _by_near_title(title, found, work, catalogue)
        if verdict:
            return verdict
        near += [(number, ratio / 100) for number, ratio in found]
    return _without_home(work, tuple(near[:_MOST_CANDIDATES]))


def _same_works(found: Sequence[int], catalogue: Catalogue) -> tuple[int, ...]:
    """Of several papers named by one entry, those that are one work with the first.

    Titles must agree, and a scheme that numbers works must not give them different numbers.
    """
    cards = catalogue.cards(found)
    first = cards[found[0]]
    return tuple(n for n in found[1:] if _is_same_work(first, cards[n]))


def _is_same_work(one: Paper, other: Paper) -> bool:
    for scheme in ("arxiv:", "pmid:", "openreview:"):
        ours = {item for item in one.identifiers if item.startswith(scheme)}
        theirs = {item for item in other.identifiers if item.startswith(scheme)}
        if ours and theirs and not ours & theirs:
            return False
    if one.year and other.year and abs(one.year - other.year) > _NEAR_YEARS + 1:
        return False
    return fuzz.ratio(compare_form(one.title), compare_form(other.title)) >= ACCEPT_RATIO


def _by_exact_title(title: str, work: Work, catalogue: Catalogue) -> _Verdict | None:
    cards = catalogue.cards(catalogue.by_title(title))
    fitting = {number: card for number, card in cards.items() if _is_consistent(card, work)}
    witnessed = [number for number, card in fitting.items() if _is_witnessed(card, work)]
    is_telling = not _is_short(title) or len(title_key(title)) >= TELLING_LETTERS
    if len(witnessed) == 1 or (len(fitting) == 1 and is_telling):
        number = witnessed[0] if len(witnessed) == 1 else next(iter(fitting))
        return _Verdict(paper=number, status="matched", confidence=0.98, how="title")
    if fitting:
        candidates = tuple((number, 0.9) for number in list(fitting)[:_MOST_CANDIDATES])
        return _Verdict(
            paper=None, status="unsure", confidence=0.5, how="short title", candidates=candidates
        )
    return None


def _by_near_title(
    title: str, found: list[tuple[int, float]], work: Work, catalogue: Catalogue
) -> _Verdict | None:
    cards = catalogue.cards([number for number, _ in found])
    fitting = [
        (number, ratio)
        for number, ratio in found
        if ratio >= ACCEPT_RATIO
        and _is_consistent(cards[number], work)
        and (not _is_short(title) or _is_witnessed(cards[number], work))
    ]
    if not fitting or (len(fitting) > 1 and fitting[0][1] - fitting[1][1] < 1):
        return None
    number, ratio = fitting[0]
    return _Verdict(paper=number, status="matched", confidence=ratio / 100, how="near title")


def _without_home(work: Work, candidates: tuple[tuple[int, float], ...]) -> _Verdict:
    if work.identifiers or (work.titles and (work.authors or work.year)):
        return _Verdict(paper=None, status="new", confidence=0.9, how="new", candidates=candidates)
    if work.titles:
        return _Verdict(
            paper=None, status="stub", confidence=0.6, how="title only", candidates=candidates
        )
    return _Verdict(paper=None, status="unsure", confidence=0.3, how="name", candidates=candidates)


def _is_short(title: str) -> bool:
    return len(title_words(title)) < SHORT_TITLE_WORDS


def _is_consistent(card: Paper, work: Work) -> bool:
    """Does nothing that the review says contradict this paper?"""
    for identifier in work.identifiers:
        scheme = identifier.partition(":")[0] + ":"
        has = [item for item in card.identifiers if item.startswith(scheme)]
        if scheme in ("arxiv:", "pmid:") and has and identifier not in has:
            return False
    if work.authors and card.authors:
        ours = {surname(name) for name in work.authors}
        theirs = {surname(name) for name in card.authors}
        if not _share_a_name(ours, theirs):
            return False
    return not (work.year and card.year and abs(work.year - card.year) > _NEAR_YEARS)


def _is_witnessed(card: Paper, work: Work) -> bool:
    """Does the review name an author or the year of this paper?"""
    ours = {surname(name) for name in work.authors} - {""}
    theirs = {surname(name) for name in card.authors}
    if _share_a_name(ours, theirs):
        return True
    return bool(work.year and card.year and abs(work.year - card.year) <= 1)


def _share_a_name(ours: set[str], theirs: set[str]) -> bool:
    return any(fuzz.ratio(a, b) >= 85 for a in ours if a for b in theirs if b)


def _title_from(work: Work) -> str:
    """Name a paper that a review only links: its identifier, or the address."""
    known = next((item for item in work.identifiers if not item.startswith("url:")), None)
    if known:
        return known.replace("arxiv:", "arXiv:")
    return (work.url or "a paper without a title").partition("://")[2] or "a paper without a title"
