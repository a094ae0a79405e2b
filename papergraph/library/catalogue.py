"""The library as matching sees it: look-ups only, nothing is written."""

from __future__ import annotations

from collections.abc import Collection

from papergraph.library.bylines import Author
from papergraph.library.papers import Papers
from papergraph.library.texts import Texts
from papergraph.models import Paper


class Catalogue:
    """Looks papers up by number, identifier, nickname and title."""

    def __init__(self, papers: Papers, texts: Texts, hidden: Collection[int] = ()) -> None:
        self._papers = papers
        self._texts = texts
        self._hidden = frozenset(hidden)

    def without(self, hidden: Collection[int]) -> Catalogue:
        """The same library as if it did not have these papers."""
        return Catalogue(self._papers, self._texts, hidden)

    def by_number(self, number: int) -> int | None:
        """The paper that answers for a number, merges followed; None when unknown."""
        found = self._papers.survivor(number)
        return None if found in self._hidden else found

    def by_numbers(self, numbers: Collection[int]) -> set[int]:
        """Those of these numbers that are papers and answer for themselves."""
        return self._papers.unmerged(numbers) - self._hidden

    def by_identifier(self, wanted: Collection[str]) -> dict[str, int]:
        """Papers by identifiers written `scheme:value`."""
        found = self._papers.by_identifier(wanted)
        return {item: number for item, number in found.items() if number not in self._hidden}

    def by_name(self, name: str) -> list[int]:
        """Papers with this nickname, in any spelling."""
        return self._papers.by_name(name, self._hidden)

    def by_title(self, title: str) -> list[int]:
        """Papers whose title has the same letters and figures."""
        return self._shown(self._papers.by_title(title))

    def by_bylines(self, wanted: Collection[Author]) -> dict[Author, list[int]]:
        """Papers by the comparable family name of their first author and their year."""
        found = self._papers.bylines.find(wanted)
        there = self.by_numbers({number for numbers in found.values() for number in numbers})
        shown = {key: [n for n in numbers if n in there] for key, numbers in found.items()}
        return {key: numbers for key, numbers in shown.items() if numbers}

    def near_titles(self, title: str) -> dict[int, str]:
        """Comparable titles that share a rare word with `title`, by paper."""
        found = self._texts.titles_near(title)
        return {number: form for number, form in found.items() if number not in self._hidden}

    def starting_with(self, title: str) -> list[int]:
        """Papers whose title begins with these words."""
        return self._shown(self._texts.titles_starting(title))

    def short_titles_with(self, word: str) -> list[int]:
        """Papers with a title of a few words that begins with this one, or alone has it."""
        return self._shown(self._texts.short_titles_with(word))

    def cards(self, numbers: Collection[int]) -> dict[int, Paper]:
        """The papers themselves."""
        return self._papers.get(numbers)

    def _shown(self, numbers: list[int]) -> list[int]:
        return [number for number in numbers if number not in self._hidden]
