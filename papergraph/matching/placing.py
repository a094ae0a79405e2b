"""Finds the stored paper that a source's record speaks of.

A shared identifier joins when the titles do not contradict it; else the same title key with a
shared surname and a year within one. A record or paper of which only a title is known joins by a
telling title alone, when exactly one paper has it and the years do not contradict.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz

from papergraph.matching.judging import SHORT_TITLE_WORDS, TELLING_LETTERS
from papergraph.matching.resolving import Catalogue
from papergraph.models import Paper, PaperRecord, is_only_named
from papergraph.text import compare_form, surname, title_key, title_words

NAMING_SCHEMES = ("arxiv", "openreview", "pmid", "s2")
_MOST_YEARS_APART = 3
_SAME_TITLE_RATIO = 90.0
_OTHER_TITLE_RATIO = 60.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Placement:
    """Where a record belongs.

    `paper` is the stored paper, None for one not stored yet. `joins` are further stored papers the
    record shows to be the same work. `refused` are stored papers that share an identifier and were
    not joined, each with the reason; `kept` are the identifiers of the record that are not theirs.
    """

    paper: int | None
    joins: tuple[int, ...] = ()
    refused: tuple[tuple[int, str], ...] = ()
    kept: tuple[str, ...] = ()


def place_record(
    record: PaperRecord, catalogue: Catalogue, *, asked: int | None = None
) -> Placement:
    """Find the paper a record speaks of; `asked` is the paper it answers a question about."""
    owners = catalogue.by_identifier(record.identifiers)
    homes = list(dict.fromkeys(([asked] if asked else []) + [*owners.values()]))
    cards = catalogue.cards(homes)
    fitting: list[int] = []
    refused: list[tuple[int, str]] = []
    for number in homes:
        reason = None if number == asked else _conflict(record, cards[number])
        if reason is None and fitting:
            reason = _cards_conflict(cards[fitting[0]], cards[number])
        if reason is None:
            fitting.append(number)
        else:
            refused.append((number, reason))
    if not fitting or asked in fitting:
        fitting += [n for n in _by_title(record, catalogue) if n not in homes][:1]
    lost = {number for number, _ in refused}
    kept = tuple(item for item in record.identifiers if owners.get(item) not in lost)
    return Placement(
        paper=fitting[0] if fitting else None,
        joins=tuple(fitting[1:]),
        refused=tuple(refused),
        kept=kept,
    )


def _conflict(record: PaperRecord, card: Paper) -> str | None:
    """Why a record that shares an identifier with a paper is not about it; None when it may be."""
    for scheme in NAMING_SCHEMES:
        ours = _of_scheme(record.identifiers, scheme)
        theirs = _of_scheme(card.identifiers, scheme)
        if ours and theirs and not ours & theirs and not _titles_equal(record.title, card.title):
            return f"two {scheme} ids: {min(ours)} and {min(theirs)}"
    if is_only_named(card.title, card.identifiers) or is_only_named(
        record.title, record.identifiers
    ):
        return None
    ratio = _ratio(record.title, card.title)
    if ratio < _OTHER_TITLE_RATIO and not _begins(record.title, card.title):
        return f"titles differ: {record.title!r} and {card.title!r}"
    if _years_apart(record.year, card.year) > _MOST_YEARS_APART and ratio < _SAME_TITLE_RATIO:
        return f"years differ: {record.year} and {card.year}"
    return None


def _cards_conflict(one: Paper, other: Paper) -> str | None:
    """Why two stored papers that one record names are not one work; None when they are."""
    for scheme in (*NAMING_SCHEMES, "doi"):
        ours = _published(_of_scheme(one.identifiers, scheme))
        theirs = _published(_of_scheme(other.identifiers, scheme))
        if ours and theirs and not ours & theirs:
            return f"two {scheme} ids: {min(ours)} and {min(theirs)}"
    if is_only_named(one.title, one.identifiers) or is_only_named(other.title, other.identifiers):
        return None
    ratio = _ratio(one.title, other.title)
    if ratio < _SAME_TITLE_RATIO and not _begins(one.title, other.title):
        return f"titles differ: {one.title!r} and {other.title!r}"
    if _years_apart(one.year, other.year) > _MOST_YEARS_APART:
        return f"years differ: {one.year} and {other.year}"
    return None


def _by_title(record: PaperRecord, catalogue: Catalogue) -> list[int]:
    """The one stored paper with this title that nothing contradicts, if there is one."""
    if is_only_named(record.title, record.identifiers):
        return []
    cards = catalogue.cards(catalogue.by_title(record.title))
    free = {number: card for number, card in cards.items() if not _ids_conflict(record, card)}
    fitting = [
        number
        for number, card in free.items()
        if _is_witnessed(record, card) or _is_stub_of(record, card)
    ]
    return fitting if len(fitting) == 1 else []


def _ids_conflict(record: PaperRecord, card: Paper) -> bool:
    for scheme in (*NAMING_SCHEMES, "doi"):
        ours = _published(_of_scheme(record.identifiers, scheme))
        theirs = _published(_of_scheme(card.identifiers, scheme))
        if ours and theirs and not ours & theirs:
            return True
    return False


def _is_witnessed(record: PaperRecord, card: Paper) -> bool:
    names = {surname(name) for name in record.authors} & {surname(name) for name in card.authors}
    if not names - {""}:
        return False
    return record.year is None or card.year is None or abs(record.year - card.year) <= 1


def _is_stub_of(record: PaperRecord, card: Paper) -> bool:
    """Is one of both no more than a title, one that tells enough to be joined by?"""
    is_bare = not (record.identifiers and record.authors) or not (card.identifiers or card.authors)
    words = title_words(record.title)
    is_telling = len(words) >= SHORT_TITLE_WORDS or len(title_key(record.title)) >= TELLING_LETTERS
    ours = {surname(name) for name in record.authors} - {""}
    theirs = {surname(name) for name in card.authors} - {""}
    if ours and theirs and not ours & theirs:
        return False
    return is_bare and is_telling and _years_apart(record.year, card.year) <= 1


def _of_scheme(identifiers: Sequence[str], scheme: str) -> set[str]:
    return {item for item in identifiers if item.partition(":")[0] == scheme}


def _published(identifiers: set[str]) -> set[str]:
    """Without the DOIs of preprints and data archives: a work has those beside its own."""
    archives = ("doi:10.48550/", "doi:10.1101/", "doi:10.5281/", "doi:10.21203/", "doi:10.31219/")
    return {item for item in identifiers if not item.startswith(archives)}


def _ratio(one: str, other: str) -> float:
    return float(fuzz.ratio(compare_form(one), compare_form(other)))


def _titles_equal(one: str, other: str) -> bool:
    return title_key(one) == title_key(other)


def _begins(one: str, other: str) -> bool:
    """Is one title the other's beginning, as with and without a subtitle?"""
    short, long = sorted((compare_form(one), compare_form(other)), key=len)
    return len(short) >= TELLING_LETTERS and long.startswith(short)


def _years_apart(one: int | None, other: int | None) -> int:
    return abs(one - other) if one and other else 0
