"""What other texts look a paper up by and judge it by, and what of it changed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from papergraph.library import Library
from papergraph.models import Paper, byline_key
from papergraph.text import TitleKey, is_long_title, is_telling_title, name_key, surname, title_key


@dataclass(frozen=True, slots=True, kw_only=True)
class Identity:
    """A paper as others see it.

    `names` are looked for in prose as nicknames are, the one it is best known by first;
    `long_title` is looked for in any text, and None when the title is too short for that. `byline`
    is the first author and year as `byline_key` writes them, empty where either is unknown;
    `people` are the year and all the authors.
    """

    title: TitleKey
    names: tuple[str, ...]
    long_title: TitleKey | None
    byline: str
    people: tuple[int | None, tuple[str, ...]]
    witnesses: tuple[object, ...]

    @property
    def all_names(self) -> set[str]:
        """All that stands for the paper in prose."""
        return {*self.names, *((self.long_title,) if self.long_title else ())}


def identities(library: Library, numbers: Iterable[int]) -> dict[int, Identity]:
    """The identities of these papers, those merged into others left out."""
    return {
        number: _identity(card)
        for number, card in library.papers.get(numbers).items()
        if library.papers.survivor(number) == number
    }


def _identity(card: Paper) -> Identity:
    names = tuple(name_key(name) for name in card.nicknames)
    is_name = bool(names) and is_telling_title(card.title)
    title = title_key(card.title)
    return Identity(
        title=title,
        names=(*names, name_key(card.title)) if is_name else names,
        long_title=title if is_long_title(card.title) else None,
        byline=byline_key(surname(card.authors[0]), card.year)
        if card.authors and card.year
        else "",
        people=(card.year, tuple(sorted(surname(name) for name in card.authors))),
        witnesses=(card.identifiers, card.kind),
    )


def names_changed(one: Identity | None, other: Identity | None) -> set[str]:
    """Names that one paper gained or lost, or has in another place."""
    ours, theirs = (set(item.names) if item else set() for item in (one, other))
    changed = ours ^ theirs
    if one and other and one.names[:1] != other.names[:1]:
        changed |= set(one.names) & set(other.names)
    return changed


def long_titles_changed(one: Identity | None, other: Identity | None) -> set[str]:
    """Long titles that one paper gained or lost, or that stand for other people or another year.

    A heading may have the title with people and year beside it, and no paper that fits them yet.
    """
    ours, theirs = ({item.long_title} if item else set() for item in (one, other))
    is_same = one is not None and other is not None and one.people == other.people
    return {title for title in (ours ^ theirs if is_same else ours | theirs) if title}
