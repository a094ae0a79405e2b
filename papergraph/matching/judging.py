"""Decides which stored paper a work is; what speaks against a join is asked, never passed over."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Protocol

from rapidfuzz import fuzz

from papergraph.matching.resolving import ACCEPT_RATIO, Catalogue, near_matches
from papergraph.matching.works import Work
from papergraph.models import ASKED, Paper, is_only_named
from papergraph.text import compare_form, surname, title_key, title_words

SHORT_TITLE_WORDS = 4
TELLING_LETTERS = 14  # "Network in network" tells enough, "Deep learning" does not

_MOST_CANDIDATES = 3
_NEAR_YEARS = 2
_FAR_YEARS = 3
_SAME_TITLE = 90.0  # what years far apart cannot speak against
_NUMBERED = ("arxiv", "doi", "pmid", "openreview")
# One work has one DOI of its publisher, and may have others of archives.
_ARCHIVE_DOIS = tuple(
    f"doi:10.{registrant}/" for registrant in (1101, 2139, 5281, 6084, 20944, 21203, 31234, 36227)
)


class Witness(Protocol):
    """What is known of who wrote something, and when."""

    @property
    def authors(self) -> tuple[str, ...]:
        """The authors, as written."""

    @property
    def year(self) -> int | None:
        """The year."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What was found out about a work; the fields are those of `LinkedMention`."""

    paper: int | None
    status: str
    confidence: float
    how: str
    candidates: tuple[tuple[int, float], ...] = ()
    same_as: tuple[int, ...] = ()


def look_up(work: Work, catalogue: Catalogue) -> Verdict:
    """Look a work up: by identifier, exact title, nickname, near title."""
    homes = catalogue.by_identifier(work.identifiers)
    if homes:
        return _by_identifier(work, homes, catalogue)
    near: list[tuple[int, float]] = []
    for title in work.titles:
        verdict = _by_exact_title(title, work, catalogue)
        if verdict:
            return verdict
    for name in (*work.nicknames, *work.titles):
        named = catalogue.by_name(name) or catalogue.by_title(name)
        if len(named) == 1 and _is_consistent(catalogue.cards(named)[named[0]], work):
            return Verdict(paper=named[0], status="matched", confidence=0.9, how="nickname")
        near += [(number, 0.5) for number in named]
    for title in work.titles:
        found = near_matches(title, catalogue, limit=_MOST_CANDIDATES)
        verdict = _by_near_title(title, found, work, catalogue)
        if verdict:
            return verdict
        near += [(number, ratio / 100) for number, ratio in found]
    return _without_home(work, tuple(near[:_MOST_CANDIDATES]))


def numbers_differ(ours: Collection[str], theirs: Collection[str]) -> bool:
    """Do two sets of identifiers give different numbers under a scheme that numbers works?

    >>> numbers_differ(["arxiv:1512.03385"], ["arxiv:1506.01497", "doi:10.1109/cvpr.2016.90"])
    True
    >>> numbers_differ(["doi:10.1109/cvpr.2016.90"], ["doi:10.5281/zenodo.7"])
    False
    """
    for scheme in _NUMBERED:
        one, other = _numbers(ours, scheme), _numbers(theirs, scheme)
        if one and other and not one & other:
            return True
    return False


def is_same_work(one: Paper, other: Paper) -> bool:
    """May two papers that one entry names be one work? What has no title yet opposes nothing."""
    if numbers_differ(one.identifiers, other.identifiers):
        return False
    if any(is_only_named(card.title, card.identifiers) for card in (one, other)):
        return True
    ratio = fuzz.ratio(compare_form(one.title), compare_form(other.title))
    far = bool(one.year and other.year and abs(one.year - other.year) > _FAR_YEARS)
    return ratio >= (_SAME_TITLE if far else ACCEPT_RATIO)


def _numbers(identifiers: Collection[str], scheme: str) -> set[str]:
    return {
        item
        for item in identifiers
        if item.startswith(f"{scheme}:") and not item.startswith(_ARCHIVE_DOIS)
    }


def _by_identifier(work: Work, homes: dict[str, int], catalogue: Catalogue) -> Verdict:
    """Take the paper of an identifier; several papers of one work are merged, others asked about.

    Two papers of strong identifiers that cannot be one work refuse the join, and so does a paper
    found by a lesser identifier that has another number than the work.
    """
    found = list(dict.fromkeys(homes[item] for item in work.identifiers if item in homes))
    strong = {number for item, number in homes.items() if not item.startswith("url:")}
    cards = catalogue.cards(found)
    first = cards[found[0]]
    same = tuple(number for number in found[1:] if is_same_work(first, cards[number]))
    is_opposed = work.identifiers[0] not in homes and numbers_differ(
        work.identifiers, first.identifiers
    )
    if is_opposed or (strong - {found[0], *same} and found[0] in strong):
        candidates = tuple((number, 0.9) for number in found[:_MOST_CANDIDATES])
        return Verdict(
            paper=None, status="unsure", confidence=ASKED, how="conflict", candidates=candidates
        )
    same += _twins(first, work, catalogue, known=(found[0], *same))
    return Verdict(paper=found[0], status="matched", confidence=1.0, how="identifier", same_as=same)


def _twins(
    first: Paper, work: Work, catalogue: Catalogue, known: Collection[int]
) -> tuple[int, ...]:
    """Other papers that have the very title which the work gives to the paper it identifies.

    Of two that cannot be one paper themselves, neither is.
    """
    found: dict[int, Paper] = {}
    for title in work.titles:
        if not _is_telling(title) and not (work.authors or work.year):
            continue
        cards = catalogue.cards(catalogue.by_title(title))
        found |= {
            number: card
            for number, card in cards.items()
            if number not in known
            and (_is_telling(title) or _is_witnessed(card, work))
            and _is_consistent(card, work)
            and is_same_work(first, card)
            and not _is_far(first.year, card.year, _NEAR_YEARS)
        }
    return tuple(
        number
        for number, card in found.items()
        if not any(numbers_differ(card.identifiers, other.identifiers) for other in found.values())
    )


def _by_exact_title(title: str, work: Work, catalogue: Catalogue) -> Verdict | None:
    cards = catalogue.cards(catalogue.by_title(title))
    fitting = {number: card for number, card in cards.items() if _is_consistent(card, work)}
    witnessed = [number for number, card in fitting.items() if _is_witnessed(card, work)]
    is_plain = not work.has_number and not work.authors and not work.year
    is_only_title = is_plain and all(card.kind == "stub" for card in fitting.values())
    if len(witnessed) == 1 or (len(fitting) == 1 and (_is_telling(title) or is_only_title)):
        number = witnessed[0] if len(witnessed) == 1 else next(iter(fitting))
        return Verdict(paper=number, status="matched", confidence=0.98, how="title")
    if fitting:
        return _asked(work, list(fitting), "short title")
    doubtful = [number for number, card in cards.items() if _is_renumbered(card, work)]
    if doubtful and _is_telling(title):
        return _asked(work, doubtful, "conflict")
    return None


def _asked(work: Work, found: Sequence[int], how: str) -> Verdict:
    """What has a number of its own is a paper of its own until the reader says which it is."""
    return Verdict(
        paper=None,
        status="new" if work.has_number else "unsure",
        confidence=ASKED,
        how=how,
        candidates=tuple((number, 0.9) for number in found[:_MOST_CANDIDATES]),
    )


def _by_near_title(
    title: str, found: list[tuple[int, float]], work: Work, catalogue: Catalogue
) -> Verdict | None:
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
    return Verdict(paper=number, status="matched", confidence=ratio / 100, how="near title")


def _without_home(work: Work, candidates: tuple[tuple[int, float], ...]) -> Verdict:
    if work.identifiers or (work.titles and (work.authors or work.year)):
        return Verdict(paper=None, status="new", confidence=0.9, how="new", candidates=candidates)
    if work.titles:
        return Verdict(
            paper=None, status="stub", confidence=0.6, how="title only", candidates=candidates
        )
    return Verdict(paper=None, status="unsure", confidence=0.3, how="name", candidates=candidates)


def _is_short(title: str) -> bool:
    return len(title_words(title)) < SHORT_TITLE_WORDS


def _is_telling(title: str) -> bool:
    return not _is_short(title) or len(title_key(title)) >= TELLING_LETTERS


def _is_consistent(card: Paper, work: Work) -> bool:
    """Does nothing that the review says contradict this paper?"""
    if numbers_differ(work.identifiers, card.identifiers):
        return False
    return fits_people(work, card)


def _is_renumbered(card: Paper, work: Work) -> bool:
    """Is it the paper in all but its number?"""
    return numbers_differ(work.identifiers, card.identifiers) and fits_people(work, card)


def fits_people(one: Witness, other: Witness) -> bool:
    """Do the authors and years of two differ no more than those of one work may?"""
    if one.authors and other.authors:
        ours = {surname(name) for name in one.authors}
        theirs = {surname(name) for name in other.authors}
        if not _share_a_name(ours, theirs):
            return False
    return not _is_far(one.year, other.year, _NEAR_YEARS)


def _is_far(one: int | None, other: int | None, years: int) -> bool:
    return bool(one and other and abs(one - other) > years)


def _is_witnessed(card: Paper, work: Work) -> bool:
    """Does the review name an author or the year of this paper?"""
    ours = {surname(name) for name in work.authors} - {""}
    theirs = {surname(name) for name in card.authors}
    if _share_a_name(ours, theirs):
        return True
    return bool(work.year and card.year and abs(work.year - card.year) <= 1)


def _share_a_name(ours: set[str], theirs: set[str]) -> bool:
    return any(fuzz.ratio(a, b) >= 85 for a in ours if a for b in theirs if b)
