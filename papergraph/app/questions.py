"""Questions, answers and what came of them, as the pages show them."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from flask import Flask, request

from papergraph.app.quoting import Segment, mark_words, repaired_segments
from papergraph.app.resources import Resources, present_time, resources
from papergraph.app.wording import shown
from papergraph.errors import NotFoundError
from papergraph.ingest import (
    OpenQuestion,
    find_mention,
    list_questions,
    load_mentions,
    question_id,
    settle_question,
)
from papergraph.library import Library, StoredMention, StoredReview
from papergraph.library.decisions import StoredDecision
from papergraph.models import Mention, Paper

MOST_QUESTIONS = 60  # asked on one page; more follow as these are answered
_MOST_DECISIONS = 100
_LIKELY = 0.85
_LONGEST_MARKED = 120


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownQuestion:
    """One question with the review it stands in; its words are marked in `segments`."""

    asked: OpenQuestion
    review_id: str
    segments: tuple[Segment, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedReview:
    """A review and what it leaves open."""

    review: StoredReview
    questions: tuple[ShownQuestion, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownDecision:
    """An answer that was given: the words it is about, what they mean, and where they stand."""

    decision: StoredDecision
    paper: Paper | None
    review: StoredReview | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Settled:
    """What an answer did: its decision, and the mention as it is now."""

    decision: str
    mention: Mention | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Refusal:
    """An answer that named no paper, or several, and the papers that come near."""

    mention: str
    given: str
    is_ambiguous: bool
    nearest: tuple[Paper, ...]


def install(app: Flask) -> None:
    """Give the templates what they need to tell of answers."""
    app.jinja_env.filters.update(certainty=certainty)
    app.jinja_env.globals.update(decision_notice=decision_notice, question_id=question_id)


def questions_by_review(
    library: Library, origins: Collection[str] | None = None
) -> list[AskedReview]:
    """What is open, by review: in all of them, or in those of these origins."""
    grouped: dict[str, list[OpenQuestion]] = {}
    for question in list_questions(library):
        if origins is None or question.origin in origins:
            grouped.setdefault(question.origin, []).append(question)
    found = []
    for origin, questions in grouped.items():
        review = library.reviews.find(origin)
        if review is not None:
            asked = tuple(_shown(question, f"r{review.id}") for question in questions)
            found.append(AskedReview(review=review, questions=asked))
    return found


def first_questions(groups: Sequence[AskedReview]) -> tuple[list[AskedReview], int]:
    """As many questions as one page shows, and how many are left for later."""
    free, fitting = MOST_QUESTIONS, []
    for group in groups:
        if free > 0:
            fitting.append(AskedReview(review=group.review, questions=group.questions[:free]))
        free -= len(group.questions)
    return fitting, max(0, -free)


def decisions_in_force(library: Library) -> list[ShownDecision]:
    """The answers that count, newest first."""
    made = [item for item in library.decisions.all() if item.undone_at is None][:_MOST_DECISIONS]
    papers = library.papers.get({item.paper for item in made if item.paper is not None})
    reviews = {item.origin: library.reviews.find(item.origin) for item in made}
    return [
        ShownDecision(
            decision=item,
            paper=papers.get(item.paper) if item.paper is not None else None,
            review=reviews[item.origin],
        )
        for item in made
    ]


def decision_notice() -> ShownDecision | None:
    """What the answer before this page did, when the address names one."""
    number = re.fullmatch(r"d([1-9][0-9]{0,17})", request.args.get("settled", ""))
    if number is None:
        return None
    library = resources().library
    decision = next((d for d in library.decisions.all() if d.id == int(number[1])), None)
    if decision is None:
        return None
    review = library.reviews.find(decision.origin)
    paper = decision.paper
    if decision.choice == "new" and review is not None and decision.undone_at is None:
        named = (m for m in library.reviews.mentions_in(review.id) if m.text == decision.text)
        paper = next((mention.paper for mention in named), None)
    cards = library.papers.get([paper]) if paper is not None else {}
    return ShownDecision(decision=decision, paper=next(iter(cards.values()), None), review=review)


def certainty(score: float) -> str:
    """How near a candidate is, in words.

    >>> certainty(0.9), certainty(0.5)
    ('likely', 'maybe')
    """
    return "likely" if score >= _LIKELY else "maybe"


def find_asked(library: Library, mention: str, review: str, line: str, words: str) -> str:
    """The id of the mention that a form asked about.

    When a text was changed since, the place and the words find the mention.

    Raises NotFoundError when the review no longer says so.
    """
    if not review:
        return mention
    number = re.fullmatch(r"r([1-9][0-9]{0,17})", review)
    there = library.reviews.mentions_in(int(number[1])) if number else []
    same = [item for item in there if _is_same(item, review, line, words)]
    if any(question_id(item) == mention for item in same):
        return mention
    if not same:
        raise NotFoundError(
            f"the review {review!r} does not say {words!r} in line {line} any more;"
            " load the page of questions again"
        )
    return question_id(same[0])


def settle(
    here: Resources, mention: str, choice: str, *, paper: str | None, title: str | None
) -> Settled:
    """Answer what a mention means. Raises what `settle_question` raises."""
    library = here.library
    with here.writing:
        before = find_mention(library, mention)
        decision = settle_question(
            library, mention, choice, paper=paper, title=title, now=present_time()
        )
        after = load_mentions(library, before.review_id) if before else []
    place = (before.line, before.column, before.text) if before else None
    found = (item for item in after if (item.line, item.column, item.text) == place)
    return Settled(decision=decision, mention=next(found, None))


def mention_segments(mention: StoredMention) -> tuple[Segment, ...]:
    """The sentence of a mention: repaired words dotted, the words of the mention marked."""
    return _marked(repaired_segments(mention.sentence, mention.original), mention.text)


def _shown(question: OpenQuestion, review_id: str) -> ShownQuestion:
    segments = _marked((Segment(text=question.sentence),), question.text)
    return ShownQuestion(asked=question, review_id=review_id, segments=segments)


def _marked(segments: Sequence[Segment], words: str) -> tuple[Segment, ...]:
    return mark_words(segments, [words] if len(words) <= _LONGEST_MARKED else [])


def _is_same(mention: StoredMention, review: str, line: str, words: str) -> bool:
    """Is it the mention of a form, whose words went through a page and back?"""
    is_there = (f"r{mention.review_id}", str(mention.line)) == (review, line)
    return is_there and str(shown(mention.text)).split() == words.split()
