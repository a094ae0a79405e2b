"""Leaves out of a review what is named by its people when no paper of theirs is found.

What can be nothing but a paper, "Ho et al. (2020)", is told in a warning.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from papergraph.matching.linking import LinkedMention
from papergraph.matching.works import Work
from papergraph.models import NO_PAPERS, FoundMention, Review

_MOST_TOLD = 5
_NAME = (
    r"(?:(?:van|von|der?|den|la|le|di|da) )*(?:[A-Z]\.[ -]?)*[^\W\d_a-z][\w'’-]*[^\W\d_A-Z][\w'’-]*"
)
_OPENERS = (  # begin a sentence, with a capital like a name
    r"(?:(?:As|Also|And|Both|But|By|Following|For|From|Here|In|Like|See|Since|Then|The|Unlike|When|"
    r"While|the) ){0,2}"
)
_OPENING = re.compile(rf"^{_OPENERS}")
_OF_SEVERAL = re.compile(rf"{_OPENERS}(?:{_NAME}(?:, {_NAME}){{0,3}}|[a-zà-ž]+),? et\.? al\b")
_OF_TWO = re.compile(rf"{_OPENERS}{_NAME}(?:, {_NAME}){{0,2}},? (?:and|&) {_NAME}")
_YEAR_CLOSES = re.compile(r"[\s,]*(?P<opens>[(\[]?)(?:19|20)\d\d[a-z]?(?P<closes>[)\]]?)")
# "International Conference on Robotics and Automation (2016)"
_OF_A_VENUE = re.compile(
    r"(?:conference|workshop|symposium|journal|transactions|letters|proceedings|institute|"
    r"department|university|school|course|lectures?)(?: \w+){0,2} $",
    re.IGNORECASE,
)


def drop_unfound(
    review: Review, linked: Sequence[LinkedMention], works: Sequence[Work]
) -> tuple[Review, tuple[LinkedMention, ...], tuple[Work, ...]]:
    """Leave out what names a paper by its people and was not found, unless the reader said what.

    Those are bylines (the first of a section is enough), known names that are said to be of other
    people, and what is tentative.
    """
    first = _first_of_sections(review.mentions)
    kept = [
        number
        for number, mention in enumerate(review.mentions)
        if not _needs_paper(mention)
        or (linked[number].paper is not None and number in first)
        or linked[number].how in ("reader", "own note")
    ]
    if len(kept) == len(review.mentions):
        return review, tuple(linked), tuple(works)
    places = {number: place for place, number in enumerate(kept)}
    left = [tuple(places[n] for n in work.mentions if n in places) for work in works]
    homes = [n for n, numbers in enumerate(left) if numbers]
    home = {number: place for place, number in enumerate(homes)}
    relations = tuple(
        replace(item, later=places[item.later], earlier=places[item.earlier])
        for item in review.relations
        if item.later in places and item.earlier in places
    )
    lost = [mention for n, mention in enumerate(review.mentions) if linked[n].paper is None]
    told = _tell([mention for mention in lost if mention.byline and _is_of_paper(mention)])
    warnings = (*review.warnings, *(() if kept else (NO_PAPERS,)), *told)
    mentions = tuple(review.mentions[number] for number in kept)
    return (
        replace(review, mentions=mentions, relations=relations, warnings=warnings),
        tuple(replace(linked[n], work=home.get(_place(linked[n]))) for n in kept),
        tuple(replace(works[n], mentions=left[n]) for n in homes),
    )


def _first_of_sections(mentions: Sequence[FoundMention]) -> set[int]:
    """The mentions that say something first in their section; a byline is said often."""
    first: dict[object, int] = {}
    for number, mention in enumerate(mentions):
        first.setdefault((mention.byline, mention.heading) if mention.byline else number, number)
    return set(first.values())


def _needs_paper(mention: FoundMention) -> bool:
    is_bare = not (mention.title or mention.identifier or mention.url)
    is_of_people = mention.byline or (mention.role == "named" and mention.authors and is_bare)
    return bool(mention.tentative or is_of_people)


def _place(link: LinkedMention) -> int:
    return -1 if link.work is None else link.work


def _is_of_paper(mention: FoundMention) -> bool:
    """Whether a byline can be nothing but the people of a paper: no place, season or company.

    Those are "Ho et al. 2020", "(Kingma & Ba, 2015)", "Kingma & Ba (2015)" and citation keys.
    """
    text = mention.text
    before, _, after = mention.sentence.partition(text)
    is_key = mention.byline is not None and mention.byline.word
    if is_key or _OF_SEVERAL.match(text):
        return True
    names = _OF_TWO.match(text)
    year = _YEAR_CLOSES.fullmatch(text, names.end()) if names else None
    if year is None or _OF_A_VENUE.search(before):
        return False
    is_open = year["opens"] or re.search(r"[(\[;]\s*(?:see |e\.g\.,? |cf\. )?$", before)
    return bool(is_open and (year["closes"] or re.match(r"\s*[)\];,]", after)))


def _tell(lost: Sequence[FoundMention]) -> tuple[str, ...]:
    """The warning that tells what was named by its people and not found, each once."""
    first: dict[object, FoundMention] = {}
    for mention in lost:
        first.setdefault(mention.byline, mention)
    some = list(first.values())[:_MOST_TOLD]
    shown = [f"{_shown(one.text)!r} (line {one.line})" for one in some]
    if not shown:
        return ()
    more = f" and {len(first) - len(shown)} more" if len(first) > len(shown) else ""
    names = ", ".join(shown)
    return (f"not found for sure by people and year: {names}{more}; add a title or a link",)


def _shown(text: str) -> str:
    """The people and the year, without the word a sentence begins with: "Kuhn (2017a)"."""
    bare = _OPENING.sub("", text)
    return f"{bare})" if bare.count("(") > bare.count(")") else bare
