"""Drafts, names and claims of a page to the mentions and relations of a review."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from papergraph.models import FoundMention, FoundRelation
from papergraph.readers.bylines import find_written
from papergraph.readers.drafts import Draft
from papergraph.readers.headed import name_told_headings
from papergraph.readers.headed_titles import find_headed_titles
from papergraph.readers.known_titles import TitleLookup
from papergraph.readers.mentions import make_mention, quote, sentence_span
from papergraph.readers.name_forms import people_before
from papergraph.readers.naming import NameBook, Occurrence, index_names, make_book
from papergraph.readers.ordering import order_pairs
from papergraph.readers.reading import Reading
from papergraph.readers.relations import Claim, find_relations
from papergraph.readers.repair import Repaired
from papergraph.readers.sentences import split_sentences
from papergraph.readers.telling import tell_named, tell_page, tell_state
from papergraph.readers.titled_page import titled_page
from papergraph.text import name_key

_MOST_NAMES = 400
_NameKey = tuple[str, int, tuple[str, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Findings:
    """What a page holds, as the review reports it."""

    mentions: tuple[FoundMention, ...]
    relations: tuple[FoundRelation, ...]


def report_findings(
    reading: Reading, repaired: Repaired, names: Collection[str], titles: TitleLookup
) -> Findings:
    """Find names and relations among the drafts and turn all into mentions and relations."""
    known = index_names(tuple(sorted(names)))
    name_told_headings(reading, known)
    find_headed_titles(reading, titles)
    book = make_book(reading, names, titles)
    claims = find_relations(reading, book)
    named = _name_drafts(reading, book, claims)
    reading.drafts.add(*named.values())
    reading.drafts.add(*find_written(reading))
    titled = titled_page(reading, known)
    if titled is not None:
        reading.drafts.add(titled)
        tell_state(reading, titled)
    for draft in reading.drafts:
        if draft is titled or (draft.role == "about" and draft.block == reading.title_block):
            tell_page(reading, draft)
    reading.drafts.sort()
    places = {id(draft): number for number, draft in enumerate(reading.drafts)}
    relations = [_stated(reading, repaired, claim, named, places) for claim in claims]
    # a comparison says nothing of the order in which two papers are told
    pairs = {(item.later, item.earlier) for item in relations if item.kind != "compares"}
    for later, earlier in order_pairs(reading):
        pair = places[id(later)], places[id(earlier)]
        if pair not in pairs and pair[::-1] not in pairs:
            relations.append(_ordered(reading, repaired, later, *pair))
    return Findings(
        mentions=tuple(make_mention(reading, draft, repaired) for draft in reading.drafts),
        relations=tuple(relations),
    )


def _name_drafts(reading: Reading, book: NameBook, claims: list[Claim]) -> dict[_NameKey, Draft]:
    """Make a `named` mention of each known name once a section, where a relation is if any."""
    named: dict[_NameKey, Draft] = {}
    for claim in claims:
        for one in (claim.later, claim.earlier):
            if one.name:
                _add_name(reading, named, one, claim.block, claim.start)
    if not book.known and not book.titles:
        return named
    for number, block in enumerate(reading.blocks):
        if block.kind == "heading" or len(block.text) > 30_000 or len(named) >= _MOST_NAMES:
            continue
        for start, end in split_sentences(block.text):
            found = book.find(block.text[start:end])
            if block.kind == "row":
                found = tuple(
                    one for one in found if one.is_title or _fills_cell(block.text, start, one)
                )
            if found:
                tell_named(reading, number, _place_names(reading, named, found, number, start))
    return named


def _place_names(
    reading: Reading,
    named: dict[_NameKey, Draft],
    found: tuple[Occurrence, ...],
    number: int,
    start: int,
) -> Iterator[tuple[int, int, Draft]]:
    """Start, end and draft of the names found in a sentence that begins at `start` of a block."""
    for one in found:
        low, high = start + one.start, start + one.end
        if any(draft.start < high and low < draft.end for draft in reading.drafts.in_block(number)):
            continue
        yield low, high, one.draft or _add_name(reading, named, one, number, start)


def _fills_cell(row: str, start: int, one: Occurrence) -> bool:
    """Is a name all that stands in a cell of a table? Else it may be what something was done to."""
    before = row[: start + one.start].rstrip()
    after = row[start + one.end :].lstrip()
    return before[-1:] in ("", "|", "\n") and after[:1] in ("", "|", "\n")


def _add_name(
    reading: Reading, named: dict[_NameKey, Draft], one: Occurrence, block: int, start: int
) -> Draft:
    key = _key(reading, one, block, start)
    if key not in named:
        named[key] = Draft(
            block=block,
            start=start + one.start,
            end=start + one.end,
            role="named",
            nickname=one.name,
            authors=key[2],
            section=reading.home[block],
        )
    return named[key]


def _key(reading: Reading, one: Occurrence, block: int, start: int) -> _NameKey:
    """What a name is mentioned once by: itself, its section, and whose it is said to be."""
    authors = people_before(reading.blocks[block].text, start + one.start)
    return name_key(one.name or ""), reading.home[block], authors


def _stated(
    reading: Reading,
    repaired: Repaired,
    claim: Claim,
    named: dict[_NameKey, Draft],
    places: dict[int, int],
) -> FoundRelation:
    block = reading.blocks[claim.block]
    sentence, original = quote(block, claim.start, claim.end, repaired)

    def place(one: Occurrence) -> int:
        draft = one.draft or named[_key(reading, one, claim.block, claim.start)]
        return places[id(draft)]

    return FoundRelation(
        later=place(claim.later),
        earlier=place(claim.earlier),
        kind=claim.kind,
        line=block.inline.place(claim.start)[0],
        sentence=sentence,
        original=original,
        cue=claim.cue,
    )


def _ordered(
    reading: Reading, repaired: Repaired, later: Draft, later_at: int, earlier_at: int
) -> FoundRelation:
    block = reading.blocks[later.block]
    start, end = sentence_span(block, later.start)
    sentence, original = quote(block, start, end, repaired)
    return FoundRelation(
        later=later_at,
        earlier=earlier_at,
        kind="order",
        line=block.inline.place(start)[0],
        sentence=sentence,
        original=original,
        cue="list order",
        stated=False,
    )
