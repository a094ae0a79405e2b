"""Settles what an ingest could not decide: the questions, the reader's answers, and undo.

An answer is remembered for its review, so that the next ingest does not ask again.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from typing import Any

from papergraph.errors import InputError, NotFoundError
from papergraph.ingest.following import Step, follow_changes
from papergraph.ingest.placing import place_reviews, stored_reader
from papergraph.ingest.stored import stored_key
from papergraph.library import Library, StoredMention
from papergraph.matching import resolve_reference
from papergraph.models import Decision, PaperReference, ScoredPaper
from papergraph.text import printable, shorten, title_key

_LONGEST_TITLE = 400
CHOICES = ("accept", "paper", "new", "different", "none")


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenQuestion:
    """A mention that needs the reader: where it stands and which papers it may mean.

    `needs_title` says that its review gives nothing to call a new paper by.
    """

    id: str
    origin: str
    line: int
    text: str
    sentence: str
    role: str
    title: str | None
    candidates: tuple[ScoredPaper, ...]
    needs_title: bool = False

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
    """List what the reader is to be asked, one question a distinct mention."""
    decided = library.decisions.decided()
    asked: dict[tuple[str, str], StoredMention] = {}
    for mention in library.reviews.open_mentions():
        key = mention.origin, stored_key(mention)
        if key not in decided:
            asked.setdefault(key, mention)
    numbers = {number for mention in asked.values() for number, _ in mention.candidates}
    cards = library.papers.get(numbers)
    return tuple(
        OpenQuestion(
            id=question_id(mention),
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
            needs_title=stored_key(mention).startswith("text:"),
        )
        for mention in asked.values()
    )


def question_id(mention: StoredMention) -> str:
    """The public id of what a mention says: the same when its review is read again."""
    digest = hashlib.blake2b(stored_key(mention).encode(), digest_size=4).hexdigest()
    return f"r{mention.review_id}-{digest}"


def find_mention(library: Library, mention_id: str) -> StoredMention | None:
    """The first mention of a public id, `r3-5f2c91aa`; its number, `m12`, will do too."""
    found = re.fullmatch(r"r([1-9][0-9]{0,16})-[0-9a-f]{8}", mention_id)
    if found is None:
        return library.reviews.mention(_number(mention_id, "m"))
    there = library.reviews.mentions_in(int(found[1]))
    return next((item for item in there if question_id(item) == mention_id), None)


def settle_question(
    library: Library,
    mention_id: str,
    choice: str,
    *,
    now: str,
    paper: PaperReference | None = None,
    title: str | None = None,
) -> str:
    """Answer what a mention means; applies to all mentions of its review that say the same.

    Parameters
    ----------
    choice
        accept (the first candidate), paper (the one given), new (a paper the library does not
        have), different (not the paper it was linked to: a new one), none (it is no paper).
    title
        What a new paper is called; must be given where the review does not name it.

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
    mention = find_mention(library, mention_id)
    if mention is None:
        raise NotFoundError(
            f"no mention {mention_id!r} in this library; 'papergraph review' lists the open ones"
        )
    decision = _choose(library, mention, choice, paper, title)
    key = stored_key(mention)
    with library.transaction():
        number = library.decisions.add(
            origin=mention.origin, key=key, decision=decision, text=mention.text, now=now
        )
        _read_again(library, mention.origin, now)
        if decision.choice == "new":
            _check_named(library, mention)
    return f"d{number}"


def undo_decision(library: Library, decision_id: str, *, now: str) -> None:
    """Take an answer back and read its review again; NotFoundError when there is none to undo."""
    with library.transaction():
        decision = library.decisions.undo(_number(decision_id, "d"), now)
        _read_again(library, decision.origin, now)


def _choose(
    library: Library,
    mention: StoredMention,
    choice: str,
    paper: PaperReference | None,
    title: str | None,
) -> Decision:
    if choice not in CHOICES:
        raise InputError(f"no choice {choice!r}; known are {', '.join(CHOICES)}")
    if choice == "accept":
        if not mention.candidates:
            raise InputError(f"{mention.text!r} has no candidate to accept; give the paper")
        return Decision(choice="paper", paper=mention.candidates[0][0])
    if choice == "paper":
        if paper is None:
            raise InputError("which paper is meant? give a reference to it")
        return Decision(choice="paper", paper=resolve_reference(paper, library.catalogue))
    if choice == "none":
        return Decision(choice="none")
    named = shorten(" ".join(printable(title or "").split()), _LONGEST_TITLE)
    if title is not None and not title_key(named):
        raise InputError(f"{title!r} is no title of a paper; give one with letters or figures")
    return Decision(choice="new", title=named or None)


def _check_named(library: Library, mention: StoredMention) -> None:
    """Refuse a new paper that has no title, and nothing else to be called by."""
    key = stored_key(mention)
    there = library.reviews.mentions_in(mention.review_id)
    if any(item.paper is None for item in there if stored_key(item) == key):
        raise InputError(
            f"{mention.text!r} does not say what the paper is called; give its title with --title"
        )


def _read_again(library: Library, origin: str, now: str) -> None:
    """Store a review anew from its own text, so that a decision takes effect everywhere."""
    if library.reviews.find(origin) is None:
        return
    placed, changes = place_reviews(library, {origin: stored_reader(library, origin)}, now)
    follow_changes(library, [Step(origins=frozenset(placed), changes=changes)], now)


def _number(text: str, letter: str) -> int:
    number = text.removeprefix(letter)
    return int(number) if number.isdecimal() and len(number) < 18 else -1
