"""From a text that names one paper to that paper: id, identifier, URL, nickname or title."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Protocol

from rapidfuzz import fuzz, process

from papergraph.errors import AmbiguousError, IdentifierError, NotFoundError
from papergraph.identifiers import Identifier, read_url
from papergraph.models import Paper, ScoredPaper, paper_number
from papergraph.text import compare_form, shorten

# Measured on 166,397 titles: `ratio` at 87 found 97 % of damaged titles and accepted none of 300
# wrong ones; between 80 and 87 a candidate is shown, not taken (research/search.md section 6).
ACCEPT_RATIO = 87.0
SHOW_RATIO = 80.0
NEAREST_SHOWN = 3
_FLOOR_RATIO = 55.0
_MOST_FAILED = 20  # of a list of references, which are looked up before it is refused


class Catalogue(Protocol):
    """Where papers are looked up."""

    def by_number(self, number: int) -> int | None:
        """The paper that answers for a number."""

    def by_numbers(self, numbers: Collection[int]) -> set[int]:
        """Those of these numbers that are papers and answer for themselves."""

    def by_identifier(self, wanted: Collection[str]) -> dict[str, int]:
        """Papers by identifiers written `scheme:value`."""

    def by_name(self, name: str) -> list[int]:
        """Papers with this nickname, in any spelling."""

    def by_title(self, title: str) -> list[int]:
        """Papers whose title has the same letters and figures."""

    def by_bylines(self, wanted: Collection[tuple[str, int]]) -> dict[tuple[str, int], list[int]]:
        """Papers by the comparable family name of their first author and their year."""

    def near_titles(self, title: str) -> dict[int, str]:
        """Comparable titles that share a rare word with `title`, by paper."""

    def starting_with(self, title: str) -> list[int]:
        """Papers whose title begins with these words."""

    def short_titles_with(self, word: str) -> list[int]:
        """Papers with a title of a few words that begins with this one, or alone has it."""

    def cards(self, numbers: Collection[int]) -> dict[int, Paper]:
        """The papers themselves."""


def resolve_reference(text: str, catalogue: Catalogue) -> int:
    """Find the one paper a reference means, and return its number.

    Raises
    ------
    AmbiguousError
        When several papers answer; the message lists them.
    NotFoundError
        When none does; the message lists the nearest titles.
    """
    sure = _sure_numbers(text, catalogue)
    if len(sure) == 1:
        return sure[0]
    asked = shorten(text, 80)
    if sure:
        named = name_nearest(sure, catalogue)
        raise AmbiguousError(
            f"{len(sure)} papers answer to {asked!r}: {'; '.join(named)};"
            " give the id or an identifier",
            nearest=named,
        )
    near = near_matches(text, catalogue, limit=NEAREST_SHOWN, floor=_FLOOR_RATIO)
    named = name_nearest([number for number, _ in near], catalogue)
    raise _no_paper(text, named)


def resolve_references(texts: Sequence[str], catalogue: Catalogue) -> list[int]:
    """Find the paper of every reference; all that fail are named in one error.

    Ids are looked up together, so that a long list of them costs little.

    Raises
    ------
    NotFoundError, AmbiguousError
        As `resolve_reference` when one reference fails; `NotFoundError` when several do.
    """
    found: list[int] = []
    failed: dict[str, NotFoundError] = {}
    for text, answer in _look_up_each(texts, catalogue):
        if isinstance(answer, int):
            found.append(answer)
            continue
        failed[text] = answer
        if len(failed) == _MOST_FAILED:
            break
    if failed:
        raise _as_one(failed, len(texts))
    return found


def find_references(
    texts: Sequence[str], catalogue: Catalogue
) -> tuple[list[int], dict[str, NotFoundError]]:
    """Find the papers of those references that mean one each, and why the others do not.

    Where many fail, the later ones must mean their papers exactly.
    """
    tried = list(_look_up_each(texts, catalogue))
    found = [answer for _, answer in tried if isinstance(answer, int)]
    return found, {text: answer for text, answer in tried if not isinstance(answer, int)}


def _look_up_each(
    texts: Sequence[str], catalogue: Catalogue
) -> Iterator[tuple[str, int | NotFoundError]]:
    """Each reference with its paper, or why it has none. Ids are looked up together."""
    numbers = [paper_number(text) for text in texts]
    sure = catalogue.by_numbers([number for number in numbers if number is not None])
    failed: dict[str, NotFoundError] = {}
    for text, number in zip(texts, numbers, strict=True):
        if number is not None and number in sure:
            yield text, number
        elif text in failed:
            yield text, failed[text]
        elif len(failed) >= _MOST_FAILED:
            exact = list(dict.fromkeys(number for number, _ in exact_matches(text, catalogue)))
            yield text, exact[0] if len(exact) == 1 else _no_paper(text, ())
        else:
            try:
                yield text, resolve_reference(text, catalogue)
            except NotFoundError as error:
                failed[text] = error
                yield text, error


def _as_one(failed: Mapping[str, NotFoundError], asked: int) -> NotFoundError:
    """One error for all references that failed, each with what comes near it."""
    if len(failed) == 1:
        return next(iter(failed.values()))
    named = "; ".join(
        f"{shorten(text, 80)!r} ({_hint(error.nearest)})" for text, error in failed.items()
    )
    least = "at least " if len(failed) == _MOST_FAILED else ""
    return NotFoundError(
        f"{least}{len(failed)} of {asked} references mean no one paper of this library: {named};"
        " correct them, or add what is missing with 'papergraph ingest'",
        nearest=tuple(dict.fromkeys(one for error in failed.values() for one in error.nearest)),
    )


def _no_paper(text: str, nearest: tuple[str, ...]) -> NotFoundError:
    return NotFoundError(
        f"no paper answers to {shorten(text, 80)!r} in this library; {_hint(nearest)};"
        " add it with 'papergraph ingest', or search with 'papergraph search'",
        nearest=nearest,
        asked=None if identifiers_in(text) else text,
    )


def _hint(nearest: Sequence[str]) -> str:
    return f"nearest: {'; '.join(nearest)}" if nearest else "nothing comes near"


def find_matches(text: str, catalogue: Catalogue, limit: int = 10) -> tuple[ScoredPaper, ...]:
    """Papers a text may mean, best first; score 0 to 1. Empty when nothing comes near."""
    found: dict[int, tuple[float, str]] = {}
    for number, how in exact_matches(text, catalogue):
        found.setdefault(number, (1.0, how))
    if not found:
        for number, ratio in near_matches(text, catalogue, limit=limit, floor=SHOW_RATIO):
            found.setdefault(number, (ratio / 100, "near title"))
        for number in catalogue.starting_with(text)[:limit]:
            found.setdefault(number, (0.8, "title begins so"))
    cards = catalogue.cards(list(found))
    ranked = sorted(found, key=lambda number: (-found[number][0], number))
    return tuple(
        ScoredPaper(paper=cards[number], score=found[number][0], how=found[number][1])
        for number in ranked[:limit]
        if number in cards
    )


def near_matches(
    title: str, catalogue: Catalogue, *, limit: int = 10, floor: float = SHOW_RATIO
) -> list[tuple[int, float]]:
    """Papers with a near title and their `fuzz.ratio`, best first, none under `floor`.

    Titles whose figures differ are no match however near ("YOLOv3" is not "YOLOv4").
    """
    form = compare_form(title)
    figures = _figures(form)
    scored = process.extract(
        form,
        catalogue.near_titles(title),
        scorer=fuzz.ratio,
        processor=None,
        score_cutoff=floor,
        limit=None,
    )
    near = [(number, ratio) for other, ratio, number in scored if _figures(other) == figures]
    return sorted(near, key=lambda item: (-item[1], item[0]))[:limit]


def identifiers_in(text: str) -> tuple[str, ...]:
    """The identifier a reference is written as, or that its URL holds; empty when it has none."""
    text = text.strip()
    if re.match(r"(?i)(https?://|www\.)", text):
        reading = read_url(text)
        found = (str(reading.identifier),) if reading.identifier else ()
        return (*found, f"url:{reading.url}")
    try:
        return (str(Identifier.parse(text)),)
    except IdentifierError:
        return ()


def exact_matches(text: str, catalogue: Catalogue) -> list[tuple[int, str]]:
    """Papers that a text names exactly, and how: id, identifier, nickname or title."""
    number = paper_number(text)
    if number is not None:
        found = catalogue.by_number(number)
        return [(found, "id")] if found is not None else []
    identifiers = identifiers_in(text)
    if identifiers:
        homes = catalogue.by_identifier(identifiers)
        numbers = [homes[item] for item in identifiers if item in homes]
        return [(number, "identifier") for number in numbers[:1]]
    named = [(number, "nickname") for number in catalogue.by_name(text)]
    return named + [(number, "title") for number in catalogue.by_title(text)]


def _sure_numbers(text: str, catalogue: Catalogue) -> list[int]:
    exact = list(dict.fromkeys(number for number, _ in exact_matches(text, catalogue)))
    if exact or paper_number(text) is not None or identifiers_in(text):
        return exact
    near = near_matches(text, catalogue, floor=ACCEPT_RATIO)
    if near:
        return [number for number, ratio in near if ratio > near[0][1] - 1]
    if len(text.split()) > 1:
        return catalogue.starting_with(text)
    return catalogue.short_titles_with(text)


def name_nearest(numbers: Collection[int], catalogue: Catalogue) -> tuple[str, ...]:
    """Papers as errors name them: id, title and year."""
    cards = catalogue.cards(numbers)
    return tuple(
        f"{paper.id} {shorten(paper.title, 60)!r}" + (f" ({paper.year})" if paper.year else "")
        for paper in list(cards.values())[:NEAREST_SHOWN]
    )


def _figures(form: str) -> tuple[str, ...]:
    return tuple(sorted(re.findall(r"\d+", form)))
