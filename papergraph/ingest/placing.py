"""Takes reviews out of a library and puts them in, and tells what that changed for other reviews.

A review is always linked to the library as it is without that review, so what it said before never
speaks for what it says now.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial

from papergraph.errors import NotFoundError
from papergraph.ingest.identity import Identity, identities, long_titles_changed, names_changed
from papergraph.ingest.notes import OwnNotes
from papergraph.ingest.storing import Former, LinkedReview, store_review
from papergraph.library import Library
from papergraph.matching import are_one_paper, drop_unfound, drop_void, link_mentions
from papergraph.models import PaperRecord, Review
from papergraph.readers import TitleLookup, read_review
from papergraph.text import title_key

Reader = Callable[[Sequence[str], TitleLookup], Review]
"""Reads a review, given the short names to find in prose, and what knows the library's titles."""


@dataclass(slots=True, kw_only=True)
class Changes:
    """What other reviews may depend on: names and titles whose papers changed, and notes.

    `long_titles` are those that a paper gained or lost, to be found in any text, `bylines` first
    authors and years of such papers, as `byline_key` writes them.
    `gone` counts the papers that nobody named any more.
    """

    names: set[str] = field(default_factory=set)
    titles: set[str] = field(default_factory=set)
    notes: set[str] = field(default_factory=set)
    long_titles: set[str] = field(default_factory=set)
    bylines: set[str] = field(default_factory=set)
    gone: int = 0

    def __bool__(self) -> bool:
        return any((self.names, self.titles, self.notes, self.long_titles, self.bylines))

    def add(self, other: Changes) -> None:
        """Take in what else changed."""
        self.names |= other.names
        self.titles |= other.titles
        self.notes |= other.notes
        self.long_titles |= other.long_titles
        self.bylines |= other.bylines

    def to_json(self) -> str:
        """Write them down, for a run that goes on later."""
        parts = (self.names, self.titles, self.notes, self.long_titles, self.bylines)
        return json.dumps([sorted(part) for part in parts])

    @classmethod
    def from_json(cls, text: str) -> Changes:
        """Read back what `to_json` wrote."""
        names, titles, notes, *more = (set(part) for part in json.loads(text))
        # a run of an earlier version left no long titles and no bylines
        long_titles, bylines = (*more, set(), set())[:2]
        return cls(
            names=names, titles=titles, notes=notes, long_titles=long_titles, bylines=bylines
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class PlacedReview:
    """A review as it stands in the library now; `homes` is the paper of each work.

    `unseen` are the papers that were out when it was read, and that it does not speak of itself.
    """

    found: LinkedReview
    homes: dict[int, int]
    unseen: frozenset[int]
    review_id: int


def link_review(
    library: Library, review: Review, notes: OwnNotes, hidden: Collection[int] = ()
) -> LinkedReview:
    """Link the mentions of a review, with what the reader decided about it before."""
    decided = library.decisions.of_review(review.origin)
    catalogue = library.catalogue.without(hidden)
    review = replace(review, mentions=drop_void(review.mentions))
    found = link_mentions(review.mentions, catalogue, decided, notes.of(review))
    review, linked, works = drop_unfound(review, *found)
    return LinkedReview(review=review, linked=linked, works=works)


def names_to_find(library: Library, hidden: Collection[int] = ()) -> tuple[str, ...]:
    """The short names that prose is searched for: nicknames, and titles short enough to be one."""
    return (*library.papers.names(hidden), *library.papers.telling_titles(hidden))


def titles_to_find(library: Library, hidden: Collection[int] = ()) -> TitleLookup:
    """What tells the titles of papers among the rows of words of a text."""
    return partial(library.titles.among, hidden=hidden)


def stored_reader(library: Library, origin: str) -> Reader:
    """Reads a stored review again from its own text."""
    card = library.reviews.find(origin)
    stored = library.reviews.get(card.id) if card else None
    if card is None or stored is None:
        raise NotFoundError(f"no review came from {origin!r}")
    sha256, text = card.sha256, stored[1]

    def read(names: Sequence[str], titles: TitleLookup) -> Review:
        review = read_review(text.encode("utf-8"), origin, names=names, titles=titles)
        # the text is known, the file it was read from is not: what the file said of itself is kept
        return replace(review, sha256=sha256, format=card.format, written_on=card.written_on)

    return read


def place_reviews(
    library: Library,
    readers: Mapping[str, Reader],
    now: str,
    *,
    removed: Collection[str] = (),
    alone: bool = False,
) -> tuple[dict[str, PlacedReview], Changes]:
    """Put reviews in, and remove others for good, in the caller's transaction.

    All are taken out first, and with them those that were linked to one paper only by what is taken
    out, unless these texts are `alone`. Then they are put in by their origins.
    """
    before = _Before(library)
    former = Former()
    taken = {*readers, *removed}
    for origin in sorted(taken):
        before.take_out(origin, former)
    if not alone:
        taken |= _take_out_loose(library, before, former, taken, now)
    for origin in removed:
        _forget(library, origin)
    readers = dict(readers)
    for origin in taken - {*readers, *removed}:
        readers[origin] = stored_reader(library, origin)
    placed = _place_all(library, before, former, readers, now)
    homes = {number for one in placed.values() for number in one.homes.values()}
    changes = before.changes(homes, former)
    changes.notes |= {
        origin
        for origin in (*placed, *removed)
        if before.notes.get(origin, []) != library.writing.about(origin)
    }
    changes.titles |= {title for one in placed.values() for title in _opposed_titles(one.found)}
    for origin in _read_too_early(library, placed):
        reader = stored_reader(library, origin)
        again, more = place_reviews(library, {origin: reader}, now, alone=True)
        placed |= again
        changes.add(more)
    return placed, changes


def _place_all(
    library: Library, before: _Before, former: Former, readers: Mapping[str, Reader], now: str
) -> dict[str, PlacedReview]:
    """Put reviews in, and again those that name in passing what nobody says is a paper any more."""
    placed: dict[str, PlacedReview] = {}
    while True:
        for origin, read in sorted(readers.items()):
            placed[origin] = _place(library, before, former, read, now)
        naming = sorted(library.writing.speaking_of(former.alone) - placed.keys())
        if not naming:
            return placed
        for origin in naming:
            before.take_out(origin, former)
        readers = {origin: stored_reader(library, origin) for origin in naming}


def _read_too_early(library: Library, placed: Mapping[str, PlacedReview]) -> Iterator[str]:
    """Reviews that name papers which were out with the others when they were read, and are back.

    What they say themselves of a paper of this name stays as it is.
    """
    if not any(one.unseen for one in placed.values()):
        return
    spoken = {number for one in placed.values() for number in (*one.unseen, *one.homes.values())}
    known = {number: one.all_names for number, one in identities(library, spoken).items()}
    back = {name for one in placed.values() for n in one.unseen for name in known.get(n, ())}
    for origin, found in sorted(library.writing.naming(back, among=placed).items()):
        one = placed[origin]
        own = {name for number in one.homes.values() for name in known.get(number, ())}
        if any(found & known.get(number, set()) - own for number in one.unseen):
            yield origin


def _opposed_titles(found: LinkedReview) -> Iterator[str]:
    """Titles of entries that several papers have, or whose numbers the library's paper opposes."""
    for mention, link in zip(found.review.mentions, found.linked, strict=True):
        is_entry = mention.title and mention.role != "named"
        is_shared = len(link.candidates) > 1 and link.how == "short title"
        if link.status == "unsure" and is_entry and (mention.identifier or is_shared):
            yield title_key(mention.title or "")


def _take_out_loose(
    library: Library, before: _Before, former: Former, origins: Collection[str], now: str
) -> set[str]:
    """Take out reviews that these, which are out, joined to one paper; returns their origins.

    What others say of a paper may be about several, and one paper only by a text that is gone: they
    are all read again, and merges of it are undone, to be made again if they are right.
    """
    taken = set(origins)
    while True:
        said = library.papers.records(former.touched)
        apart = library.writing.named_apart(said)
        loose = [
            number
            for number, records in said.items()
            if number in apart
            or not are_one_paper(records)
            or _has_namesake(library, number, records)
        ]
        waiting = library.writing.speaking_of(loose) - taken
        if not waiting:
            return taken - set(origins)
        for origin in sorted(waiting):
            before.take_out(origin, former)
        taken |= waiting
        merges = [merge for number in loose for merge in library.merges.made_by_reviews(number)]
        for merge in sorted(merges, reverse=True):
            library.take_back_merge(merge, now)
        for origin in sorted(taken if merges else ()):
            former.hide(library, library.papers.drop_records(f"review:{origin}"))


def _has_namesake(library: Library, number: int, records: Collection[PaperRecord]) -> bool:
    """Are several records of a paper, one of which another paper of its title may have?"""
    titles = {title_key(record.title) for record in records} if len(records) > 1 else ()
    return any(set(library.papers.by_title_key(title)) - {number} for title in titles)


def _forget(library: Library, origin: str) -> None:
    card = library.reviews.find(origin)
    if card is not None:
        library.reviews.forget(card.id)
    library.decisions.forget(origin)
    library.papers.drop_source(f"review:{origin}")


def _place(
    library: Library, before: _Before, former: Former, read: Reader, now: str
) -> PlacedReview:
    hidden = frozenset(former.alone)
    review = read(names_to_find(library, hidden), titles_to_find(library, hidden))
    found = link_review(library, review, OwnNotes(library), former.alone)
    before.see({link.paper for link in found.linked if link.paper is not None})
    before.see({number for link in found.linked for number in link.same_as})
    review_id, homes = store_review(library, found, former, now)
    library.refresh_texts(sorted(set(homes.values())))
    unseen = hidden - set(homes.values())
    return PlacedReview(found=found, homes=homes, review_id=review_id, unseen=unseen)


class _Before:
    """What papers were before reviews were taken out and put in."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self._seen: dict[int, Identity] = {}
        self.notes: dict[str, list[int]] = {}

    def see(self, numbers: Iterable[int]) -> None:
        """Keep what these papers are now."""
        new = [number for number in set(numbers) if number not in self._seen]
        self._seen |= identities(self._library, new)

    def take_out(self, origin: str, former: Former) -> None:
        """Take out what a review says, if it is there."""
        library, source = self._library, f"review:{origin}"
        card = library.reviews.find(origin)
        if card is None:
            return
        self.notes[origin] = library.writing.about(origin)
        named = {mention.paper for mention in library.reviews.mentions_in(card.id)} - {None}
        spoken = library.papers.spoken_of(source)
        self.see({*(number for number in named if number is not None), *spoken})
        former.row_ids[origin] = library.reviews.row_ids(card.id)
        former.touched |= {*library.reviews.clear(card.id), *spoken}
        library.states.put_told({}, reader=source)
        library.ratings.put_told({}, reader=source, now="")
        former.hide(library, library.papers.drop_records(source))

    def changes(self, homes: Collection[int], former: Former) -> Changes:
        """Remove what nobody names any more, and tell what is different from before."""
        library = self._library
        orphans = set(library.delete_orphans(sorted(former.touched - set(homes))))
        held = {n: said for n, said in former.alone.items() if n not in orphans}
        library.papers.show_as(held)  # a reader or another text holds on to them
        library.refresh_texts(sorted(former.touched - orphans - set(homes)))
        library.touch_graph()
        after = identities(library, {*self._seen, *homes})
        changes = Changes(gone=len(orphans))
        for number in {*self._seen, *after}:
            one, other = self._seen.get(number), after.get(number)
            if one != other:
                changes.names |= names_changed(one, other)
                changes.long_titles |= long_titles_changed(one, other)
                changes.titles |= {item.title for item in (one, other) if item}
                changes.bylines |= {item.byline for item in (one, other) if item and item.byline}
        return changes
