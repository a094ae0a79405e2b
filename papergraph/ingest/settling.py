"""Settles what an ingest could not decide: the questions, the reader's answers, and undo.

An answer is remembered for its review, so that the next ingest does not ask again.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from papergraph.errors import InputError, NotFoundError
from papergraph.ingest.reviewing import link_review, names_to_find
from papergraph.ingest.storing import store_review
from papergraph.library import Library, StoredMention
from papergraph.matching import mention_key, resolve_reference
from papergraph.models import FoundMention, PaperReference, ScoredPaper
from papergraph.readers import read_review

CHOICES = ("accept", "paper", "new", "different", "none")


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenQuestion:
    """A mention that needs the reader: where it stands and which papers it may mean."""

    id: str
    origin: str
    line: int
    text: str
    sentence: str
    role: str
    title: str | None
    candidates: tuple[ScoredPaper, ...]

    def as_json(self) -> dict[str, Any]:
        """Return the question as an object."""
        return {
            "id": self.id,
            "origin": self.origin,
            "line": self.line,
            "text": self.text,
            "sentence": self.sentence,
            "role": self.role,
            "title": self.title,
            "candidates": [candidate.as_json() for candidate in self.candidates],
        }


def list_questions(library: Library) -> tuple[OpenQuestion, ...]:
    """List the mentions no paper could be found for, one question a distinct mention."""
    asked: dict[tuple[str, str], StoredMention] = {}
    for mention in library.reviews.open_mentions():
        key = mention_key(_found(mention))
        if key not in library.decisions.of_review(mention.origin):
            asked.setdefault((mention.origin, key), mention)
    numbers = {number for mention in asked.values() for number, _ in mention.candidates}
    cards = library.papers.get(numbers)
    return tuple(
        OpenQuestion(
            id=f"m{mention.id}",
            origin=mention.origin,
            line=mention.line,
            text=mention.text,
            sentence=mention.sentence,
            role=mention.role,
            title=mention.title,
            candidates=tuple(
                ScoredPaper(paper=cards[number], score=score)
                for number, score in mention.candidates
                if number in cards
            ),
        )
        for mention in asked.values()
    )


def settle_question(
    library: Library,
    mention_id: str,
    choice: str,
    *,
    now: str,
    paper: PaperReference | None = None,
) -> str:
    """Answer what a mention means; applies to all mentions of its review that say the same.

    Parameters
    ----------
    choice
        accept (the first candidate), paper (the one given), new (a paper the library does not
        have), different (not the paper it was linked to: a new one), none (it is no paper).

    Returns
    -------
    str
        The id of the decision, for `undo_decision`.

    Raises
    ------
    NotFoundError, AmbiguousError
        When there is no such mention, or the paper's reference does not mean exactly one paper.
    InputError
        When the choice is unknown or cannot be applied.
    """
    mention = library.reviews.mention(_number(mention_id, "m"))
    if mention is None:
        raise NotFoundError(
            f"no mention {mention_id!r} in this library; 'papergraph review' lists the open ones"
        )
    chosen, number = _choose(library, mention, choice, paper)
    with library.transaction():
        decision = library.decisions.add(
            origin=mention.origin,
            key=mention_key(_found(mention)),
            choice=chosen,
            paper=number,
            text=mention.text,
            now=now,
        )
        _read_again(library, mention.origin, now)
    return f"d{decision}"


def undo_decision(library: Library, decision_id: str, *, now: str) -> None:
    """Take an answer back and read its review again; NotFoundError when there is none to undo."""
    with library.transaction():
        decision = library.decisions.undo(_number(decision_id, "d"), now)
        _read_again(library, decision.origin, now)


def _choose(
    library: Library, mention: StoredMention, choice: str, paper: PaperReference | None
) -> tuple[str, int | None]:
    if choice not in CHOICES:
        raise InputError(f"no choice {choice!r}; known are {', '.join(CHOICES)}")
    if choice == "accept":
        if not mention.candidates:
            raise InputError(f"{mention.text!r} has no candidate to accept; give the paper")
        return "paper", mention.candidates[0][0]
    if choice == "paper":
        if paper is None:
            raise InputError("which paper is meant? give a reference to it")
        return "paper", resolve_reference(paper, library.catalogue)
    return ("none" if choice == "none" else "new"), None


def _read_again(library: Library, origin: str, now: str) -> None:
    """Store a review anew from its own text, so that a decision takes effect everywhere."""
    card = library.reviews.find(origin)
    stored = library.reviews.get(card.id) if card else None
    if card is None or stored is None:
        return
    review = read_review(stored[1].encode("utf-8"), origin, names=names_to_find(library))
    found = link_review(library, review)
    store_review(library, found.with_sha256(card.sha256), now)


def _found(mention: StoredMention) -> FoundMention:
    """The mention as its reader found it, as far as its key needs it."""
    return FoundMention(
        line=mention.line,
        column=mention.column,
        text=mention.text,
        sentence=mention.sentence,
        role=mention.role,
        title=mention.title,
        url=mention.url,
        identifier=mention.identifier,
    )


def _number(text: str, letter: str) -> int:
    number = text.removeprefix(letter)
    return int(number) if number.isdecimal() and len(number) < 18 else -1
