"""After an import or a crawl: links the stored texts again that name papers which are new.

So it makes no difference whether a paper came into the library before or after the texts.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator

from papergraph.ingest.following import Progress, Step, follow_changes
from papergraph.ingest.placing import place_reviews, stored_reader
from papergraph.library import Library
from papergraph.text import title_key

_SEEN = "texts linked to papers of version"


def link_newcomers(library: Library, now: str, progress: Progress | None = None) -> int:
    """Link texts again that name papers which came, or got their titles, since this was done last.

    They name them by name or title, by authors and year, or are called like them. Returns how many.
    A text that speaks of all the papers it names is not read again. Takes about 2 ms for each that
    has such a name, 0.1 s for each read again, and where more than 3000 names are new, 1 ms for
    each text.
    """
    version = library.texts.changes.version
    seen = int(library.get_info(_SEEN) or 0)
    if version == seen:
        return 0
    new = library.texts.changes.since(seen)  # None: more than the log holds, so any may be new
    late = (*_naming(library, new), *_citing(library, new), *_titled(library, new))
    waiting = sorted(set(late)) if library.writing.origins() else []
    steps = []
    for number, origin in enumerate(waiting, start=1):
        with library.transaction():
            reader = stored_reader(library, origin)
            placed, changes = place_reviews(library, {origin: reader}, now)
        steps.append(Step(origins=frozenset(placed), changes=changes))
        if progress:
            progress(number, len(waiting))
    linked = {*waiting, *follow_changes(library, steps, now, progress)}
    with library.transaction():
        library.set_info(_SEEN, str(version))
    return len(linked)


def _naming(library: Library, new: Collection[int] | None) -> Iterator[str]:
    """Texts whose words are names or long titles of new papers that they do not speak of."""
    for origin, found in library.writing.naming(library.titles.names_in_prose(new)).items():
        if found - library.titles.names_in_prose(library.writing.papers_in(origin)):
            yield origin


def _citing(library: Library, new: Collection[int] | None) -> Iterator[str]:
    """Texts that may name new papers by authors and year, and speak of no such paper."""
    for origin, found in library.writing.bylines(library.papers.bylines.keys_of(new)).items():
        if found - library.papers.bylines.keys_of(library.writing.papers_in(origin)):
            yield origin


def _titled(library: Library, new: Collection[int] | None) -> Iterator[str]:
    """Texts that call themselves what new papers are called, and are not about them."""
    for origin, title in library.writing.titles():
        numbers = set(library.papers.by_title_key(title_key(title)))
        numbers = numbers if new is None else numbers & set(new)
        if numbers - set(library.writing.about(origin)):
            yield origin
