"""The verb show: all that is known about one paper, and who says it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from papergraph.errors import InputError
from papergraph.library import Library, StoredMention
from papergraph.matching import find_matches, resolve_reference
from papergraph.models import (
    Mention,
    Paper,
    PaperDetail,
    PaperReference,
    ScoredPaper,
    merge_records,
    source_rank,
)

_MOST_MENTIONS = 200
_MOST_QUOTES = 20
_OPEN = ("queued", "reading")
MOST_STARS = 5


def show_paper(library: Library, reference: PaperReference, *, reader: str = "me") -> PaperDetail:
    """Show one paper with its abstract, its mentions, and what each source says of it.

    Raises NotFoundError or AmbiguousError when the reference does not mean exactly one paper.
    """
    number = resolve_reference(reference, library.catalogue)
    paper = library.papers.get([number], reader)[number]
    records = sorted(
        library.papers.records([number]).get(number, ()),
        key=lambda record: (source_rank(record.source), record.source),
    )
    mentions = tuple(
        {
            **_shown_mention(mention, paper).as_json(),
            "origin": mention.origin,
            "review": f"r{mention.review_id}",
        }
        for mention in library.reviews.mentions_of(number)[:_MOST_MENTIONS]
    )
    sources = tuple(
        {
            "source": record.source,
            "title": record.title,
            "year": record.year,
            "identifiers": list(record.identifiers),
            "nicknames": list(record.nicknames),
            "summary": record.summary,
        }
        for record in records
    )
    whole = library.papers.edits.apply(number, merge_records(records)) if records else None
    return PaperDetail(
        paper=paper,
        abstract=whole.abstract if whole else None,
        mentions=mentions,
        sources=sources,
        reference_lists=_reference_lists(library, number),
        pdf=whole.pdf if whole else None,
        code=whole.code if whole else None,
        quotes=_quotes(library, number),
        rating=library.ratings.of(reader).get(number),
        edits=tuple(edit.as_json() for edit in library.papers.edits.in_force(number)),
    )


def _quotes(library: Library, number: int) -> tuple[dict[str, Any], ...]:
    """Sentences in which other papers cite this one, one of each."""
    found = library.sourced.contexts_of(number, _MOST_QUOTES)
    cards = library.papers.get([item.citing for item in found])
    return tuple(
        {
            "paper": cards[item.citing].as_json(),
            "text": item.contexts[0],
            "intents": list(item.intents),
            "influential": item.is_influential,
            "source": item.source,
        }
        for item in found
        if item.citing in cards
    )


def _reference_lists(library: Library, number: int) -> tuple[dict[str, Any], ...]:
    """How much of the reference list each source gave, and why one gave none."""
    return tuple(
        {
            "source": found.source,
            "state": found.state,
            "found": found.found,
            "expected": found.expected,
            "detail": found.detail,
            "fetched_at": found.fetched_at,
        }
        for found in library.sourced.lists_of([number]).get(number, ())
    )


def _shown_mention(stored: StoredMention, paper: Paper) -> Mention:
    return Mention(
        line=stored.line,
        column=stored.column,
        text=stored.text,
        sentence=stored.sentence,
        original=stored.original,
        role=stored.role,
        title=stored.title,
        url=stored.url,
        identifier=stored.identifier,
        paper=paper,
        status=stored.status,
        confidence=stored.confidence,
    )


def find_papers(library: Library, text: str, *, limit: int = 10) -> tuple[ScoredPaper, ...]:
    """Papers a text may mean, best first, score 0 to 1; empty when nothing comes near."""
    return find_matches(text, library.catalogue, limit=limit)


def mark_papers(
    library: Library,
    references: list[PaperReference],
    state: str | None,
    *,
    now: str,
    reader: str = "me",
    note: str | None = None,
) -> tuple[Paper, ...]:
    """Give papers a reading state (None takes it away) and return them as they are now.

    Raises
    ------
    NotFoundError, AmbiguousError
        When a reference does not mean exactly one paper; nothing is changed then.
    InputError
        When the state is unknown.
    """
    numbers = [resolve_reference(reference, library.catalogue) for reference in references]
    with library.transaction():
        library.states.put(numbers, state, reader=reader, now=now, note=note)
        library.ratings.confirm(numbers, reader=reader)
    return tuple(library.papers.get(numbers, reader).values())


def rate_papers(
    library: Library,
    references: list[PaperReference],
    stars: float | None,
    *,
    now: str,
    reader: str = "me",
) -> tuple[RatedPaper, ...]:
    """Give papers 1 to 5 stars (None takes them away); what is rated and not yet read is read.

    What was read only by its rating has the state back that it had before when this is taken away.

    Raises
    ------
    NotFoundError, AmbiguousError
        When a reference does not mean exactly one paper; nothing is changed then.
    InputError
        When it is no number of 1 to 5 in halves.
    """
    if stars is not None and not (1 <= stars <= MOST_STARS and float(2 * stars).is_integer()):
        raise InputError(f"{stars!r} stars were given; give 1 to {MOST_STARS}, halves allowed")
    numbers = [resolve_reference(reference, library.catalogue) for reference in references]
    with library.transaction():
        states = library.states.told(reader)
        begun = {n: states.get(n) for n in numbers if states.get(n, _OPEN)[0] in _OPEN}
        if stars is None:
            _give_back(library, numbers, reader=reader, now=now)
        else:
            library.states.put(list(begun), "read", reader=reader, now=now)
        library.ratings.put(numbers, stars, reader=reader, now=now, ended=begun)
    cards = library.papers.get(numbers, reader)
    return tuple(RatedPaper(paper=card, rating=stars) for card in cards.values())


def _give_back(library: Library, numbers: list[int], *, reader: str, now: str) -> None:
    """Give papers that are read by their rating the states back that they had before."""
    read = set(library.states.with_state(["read"], reader))
    noted = {entry.paper for entry in library.states.entries(reader) if entry.note}
    for number, before in library.ratings.ended(numbers, reader=reader).items():
        state, since = before or (None, now)
        if number in read and (state or number not in noted):  # a note would go with the state
            library.states.put([number], state, reader=reader, now=since)


@dataclass(frozen=True, slots=True, kw_only=True)
class RatedPaper:
    """A paper with the reader's rating, 1 to 5 stars; None without."""

    paper: Paper
    rating: float | None

    def as_json(self) -> dict[str, Any]:
        """Return the Paper object with its rating."""
        return self.paper.as_json() | {"rating": self.rating}


def list_papers(library: Library, states: list[str], *, reader: str = "me") -> tuple[Paper, ...]:
    """Papers the reader gave one of these states, the longest in it first."""
    numbers = library.states.with_state(states, reader)
    return tuple(library.papers.get(numbers, reader).values())


@dataclass(frozen=True, slots=True, kw_only=True)
class ShelfItem:
    """A paper on the reader's shelf: the reader's note and rating, and when it was last changed."""

    paper: Paper
    note: str | None
    changed_at: str
    rating: float | None = None

    def as_json(self) -> dict[str, Any]:
        """Return one entry of the shelf."""
        return {
            "paper": self.paper.as_json(),
            "note": self.note,
            "rating": self.rating,
            "changed_at": self.changed_at,
        }


def list_shelf(library: Library, *, reader: str = "me") -> tuple[ShelfItem, ...]:
    """Everything the reader gave a state, the newest change first."""
    entries = library.states.entries(reader)
    cards = library.papers.get([entry.paper for entry in entries], reader)
    stars = library.ratings.of(reader)
    return tuple(
        ShelfItem(
            paper=cards[entry.paper],
            note=entry.note,
            changed_at=entry.changed_at,
            rating=stars.get(entry.paper),
        )
        for entry in entries
        if entry.paper in cards
    )


def note_papers(
    library: Library, references: list[PaperReference], note: str, *, now: str, reader: str = "me"
) -> tuple[Paper, ...]:
    """Keep a note with papers; an empty one takes it away. What has no state yet is saved.

    Raises NotFoundError or AmbiguousError when a reference does not mean exactly one paper.
    """
    numbers = [resolve_reference(reference, library.catalogue) for reference in references]
    for number, paper in library.papers.get(numbers, reader).items():
        state = paper.state or "queued"
        library.states.put([number], state, reader=reader, now=now, note=note)
    return tuple(library.papers.get(numbers, reader).values())
