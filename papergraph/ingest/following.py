"""After reviews changed: links those again that would be linked otherwise now.

What a review means depends on what others say: a short name they taught, an equal title they gave
to another paper, the paper their note is about. Following up makes the library the same in
whatever order its reviews were read. Reviews that nothing changed for are not read again.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass

from papergraph.ingest.notes import NotePaths, may_lead_to, note_name, note_place
from papergraph.ingest.placing import Changes, place_reviews, stored_reader
from papergraph.library import Library
from papergraph.matching import are_of_same_people
from papergraph.readers.ordinary_words import is_ordinary
from papergraph.text import title_key

_MOST_ROUNDS = 4
_NONE: tuple[frozenset[str], frozenset[int]] = (frozenset(), frozenset())

Progress = Callable[[int, int], None]
"""Told how many reviews of how many are linked again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """Reviews that were placed together, and what that changed."""

    origins: frozenset[str]
    changes: Changes


def follow_changes(
    library: Library, steps: Sequence[Step], now: str, progress: Progress | None = None
) -> set[str]:
    """Link again what depends on the changes of these steps; returns the origins of the reviews.

    Each review, or group of reviews that depend on each other, is one transaction.
    """
    follower = _Follower(library)
    linked: set[str] = set()
    pending = list(steps)
    for _ in range(_MOST_ROUNDS):
        groups = follower.affected(pending)
        pending = []
        for number, group in enumerate(groups, start=1):
            with library.transaction():
                readers = {origin: stored_reader(library, origin) for origin in group}
                placed, changes = place_reviews(library, readers, now, alone=True)
            pending.append(Step(origins=frozenset(placed), changes=changes))
            linked |= placed.keys()
            if progress:
                progress(number, len(groups))
        if not any(step.changes for step in pending):
            break
    return linked


class _Follower:
    """Finds who depends on a change, once for each."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self._followed: set[tuple[str, str]] = set()

    def affected(self, steps: Sequence[Step]) -> list[list[str]]:
        """Groups of reviews to link again, each sorted, in the order of their first origins."""
        last = self._last_changes(steps)
        named = [*self._naming(last), *self._citing(last), *self._linking(last)]
        return _joined_groups([*self._same_title(last), *self._titled(last), *named])

    def _last_changes(self, steps: Sequence[Step]) -> _Last:
        last = _Last()
        for place, step in enumerate(steps):
            last.enter(place, step)
        return last

    def _same_title(self, last: _Last) -> Iterable[set[str]]:
        """Reviews that name papers of one title, or are not sure which paper of a title it is."""
        open_to = self._open_titles() if last.titles else {}
        for title, place in sorted(last.titles.items()):
            unsure, opposed = open_to.get(title, _NONE)
            numbers = {*self._library.papers.by_title_key(title), *opposed}
            is_clash = len(numbers) > 1 or bool(opposed) or self._is_contradicted(numbers)
            clashing = self._library.writing.speaking_of(numbers) if is_clash else set()
            group = clashing | unsure
            is_new = clashing or any(last.is_after(place, origin) for origin in unsure)
            if group and is_new and self._is_first(f"title:{title}", " ".join(sorted(group))):
                yield group

    def _is_contradicted(self, numbers: Collection[int]) -> bool:
        """Does a text give a paper's title with people or a year that are not the paper's?"""
        records = self._library.papers.records(numbers).values()
        return not all(are_of_same_people(said) for said in records)

    def _titled(self, last: _Last) -> Iterable[set[str]]:
        """Reviews that have the title of a paper."""
        for origin, title in self._library.writing.titles() if last.titles else ():
            key = title_key(title)
            is_late = key in last.titles and last.is_after(last.titles[key], origin)
            if is_late and self._is_first(origin, f"titled:{key}"):
                yield {origin}

    def _open_titles(self) -> dict[str, tuple[set[str], set[int]]]:
        """By the titles of questions: the reviews that ask, and papers whose numbers are opposed.

        Which number a paper got may hang on who was read first.
        """
        found: dict[str, tuple[set[str], set[int]]] = {}
        asked = self._library.reviews.open_mentions()
        cards = self._library.papers.get({n for mention in asked for n, _ in mention.candidates})
        for mention in asked:
            papers = [n for n, _ in mention.candidates if n in cards]
            for title in (mention.title, *(cards[n].title for n in papers)):
                if title:
                    origins, opposed = found.setdefault(title_key(title), (set(), set()))
                    origins.add(mention.origin)
                    opposed.update(papers if mention.identifier else ())
        return found

    def _naming(self, last: _Last) -> Iterable[set[str]]:
        """Reviews whose words are a name that another review changed the meaning of."""
        words = [name for name in last.names if is_ordinary(name)]
        writing = self._library.writing
        for origin, names in writing.naming({*last.names, *last.long_titles}, words).items():
            places = {name: last.names[name] for name in names if name in last.names}
            titles = {title for title in names if title in last.long_titles} - places.keys()
            # what stands in a text as an entry of its own is not looked for in its prose
            for title in titles - writing.entries_of(origin) if titles else ():
                places[title] = last.long_titles[title]
            late = [name for name in sorted(places) if last.is_after(places[name], origin)]
            new = [name for name in late if self._is_first(origin, f"name:{name}")]
            if new:
                yield {origin}

    def _citing(self, last: _Last) -> Iterable[set[str]]:
        """Reviews that may name a paper by authors and year which another review changed."""
        for origin, keys in self._library.writing.bylines(last.bylines.keys()).items():
            late = [key for key in sorted(keys) if last.is_after(last.bylines[key], origin)]
            new = [key for key in late if self._is_first(origin, f"byline:{key}")]
            if new:
                yield {origin}

    def _linking(self, last: _Last) -> Iterable[set[str]]:
        """Reviews that link to a note which is about another paper now, or is new here, or gone."""
        if not last.notes:
            return
        names = {note_name(note) for note in last.notes}
        links = [
            (origin, link)
            for origin, link in self._library.writing.note_links()
            if may_lead_to(link, names)
        ]
        paths = NotePaths([*self._library.writing.origins(), *last.notes] if links else ())
        places = {note_place(note): note for note in last.notes}
        for origin, link in links:
            note = paths.find(link, origin)
            changed = places.get(note_place(note)) if note is not None else None
            if changed is None or not last.is_after(last.notes[changed], origin):
                continue
            if self._is_first(origin, f"note:{changed}"):
                yield {origin}

    def _is_first(self, who: str, what: str) -> bool:
        """Is this followed for the first time? Two that depend on each other are not for ever."""
        is_new = (who, what) not in self._followed
        self._followed.add((who, what))
        return is_new


class _Last:
    """When names, titles, bylines and notes changed last, and reviews were read: steps by place."""

    def __init__(self) -> None:
        self.names: dict[str, int] = {}
        self.titles: dict[str, int] = {}
        self.notes: dict[str, int] = {}
        self.long_titles: dict[str, int] = {}
        self.bylines: dict[str, int] = {}
        self._read: dict[str, int] = {}

    def enter(self, place: int, step: Step) -> None:
        """Take in one step."""
        self.names |= dict.fromkeys(step.changes.names, place)
        self.titles |= dict.fromkeys(step.changes.titles, place)
        self.notes |= dict.fromkeys(step.changes.notes, place)
        self.long_titles |= dict.fromkeys(step.changes.long_titles, place)
        self.bylines |= dict.fromkeys(step.changes.bylines, place)
        # of several reviews the first was read when the others were not there yet
        seen = place if len(step.origins) == 1 else place - 1
        self._read |= dict.fromkeys(step.origins, seen)

    def is_after(self, place: int, origin: str) -> bool:
        """Did something change after this review was read?"""
        return place > self._read.get(origin, -1)


def _joined_groups(groups: Iterable[set[str]]) -> list[list[str]]:
    """Groups that share a review are one."""
    joined: list[set[str]] = []
    for group in groups:
        apart = [other for other in joined if not other & group]
        meeting = [other for other in joined if other & group]
        joined = [*apart, group.union(*meeting)]
    return sorted(sorted(group) for group in joined)
