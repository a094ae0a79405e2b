"""Links between a person's own notes: which note a link leads to, and which paper that is about."""

from __future__ import annotations

import posixpath
import re
from collections import defaultdict
from collections.abc import Collection, Iterable
from functools import lru_cache
from urllib.parse import unquote

from papergraph.ingest.storing import LinkedReview
from papergraph.library import Library
from papergraph.matching import NoteTarget
from papergraph.models import Review

_SUFFIX = re.compile(r"\.(?:md|markdown|mkd|mdx|html?|xhtml|org|rst|txt|ipynb|pdf)$", re.IGNORECASE)
_DATED = re.compile(r"^\d{4}-\d{1,2}-\d{1,2}[-_ ]")
_NAMELESS = ("", "readme", "index", "_index")


class NotePaths:
    """Where notes stand, looked up by the links that people write.

    A link leads to the file it names; failing that, as in a vault or on a site, to the one note of
    this name under a folder that both have above them, the nearest where there are several.
    """

    def __init__(self, origins: Iterable[str]) -> None:
        self._origins: dict[str, str] = {}
        self._named: dict[str, list[str]] = defaultdict(list)
        for origin in origins:
            self.enter(origin)

    def enter(self, origin: str) -> None:
        """Add a note."""
        place = _place_of(origin)
        if place not in self._origins:
            self._origins[place] = origin
            self._named[_name(place)].append(place)

    def find(self, link: str, origin: str) -> str | None:
        """The origin of the note that a link of another note leads to; None when it is not here."""
        path = unquote(re.split(r"[#?]", link, maxsplit=1)[0]).strip()
        if not path or "//" in path:
            return None
        here = _place_of(origin)
        beside = posixpath.normpath(posixpath.join(posixpath.dirname(origin), path))
        found = self._origins.get(note_place(beside))
        if found is None:
            place = self._nearest(note_place(posixpath.normpath(path)).lstrip("/"), here)
            found = self._origins[place] if place else None
        return None if found is None or _place_of(found) == here else found

    def _nearest(self, wanted: str, here: str) -> str | None:
        if wanted.startswith("..") or _name(wanted) in _NAMELESS:
            return None
        folder = posixpath.dirname(wanted)
        near = sorted(
            (-len(shared), place)
            for place in self._named.get(_name(wanted), ())
            if (shared := _shared_folders(place, here))
            and f"/{posixpath.dirname(place)}".endswith(f"/{folder}" if folder else "")
        )
        if len(near) > 1 and near[0][0] == near[1][0]:
            return None
        return near[0][1] if near else None


class OwnNotes:
    """What the notes of a library, and those of a dry run, are about."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self._paths: NotePaths | None = None
        self._told: dict[str, NoteTarget | None] = {}

    def enter(self, found: LinkedReview) -> None:
        """Learn of a note that is not stored."""
        works = {
            link.work
            for mention, link in zip(found.review.mentions, found.linked, strict=True)
            if mention.role == "about" and link.work is not None
        }
        target: NoteTarget | None = None
        if len(works) == 1:
            place = works.pop()
            stored = found.linked[found.works[place].mentions[0]].paper
            target = found.works[place] if stored is None else stored
        self._told[found.review.origin] = target
        self._known().enter(found.review.origin)

    def of(self, review: Review) -> dict[str, NoteTarget]:
        """What the notes that a review links are about, by the link as written.

        A note counts when it is about one paper.
        """
        found: dict[str, NoteTarget] = {}
        for link in sorted(note_links(review)):
            note = self._known().find(link, review.origin)
            target = self._about(note) if note is not None else None
            if target is not None:
                found[link] = target
        return found

    def _known(self) -> NotePaths:
        if self._paths is None:
            self._paths = NotePaths(self._library.writing.origins())
        return self._paths

    def _about(self, origin: str) -> NoteTarget | None:
        if origin in self._told:
            return self._told[origin]
        about = self._library.writing.about(origin)
        return about[0] if len(about) == 1 else None


def note_links(review: Review) -> set[str]:
    """The links of a review that lead to files beside it."""
    return {mention.url for mention in review.mentions if mention.url and "//" not in mention.url}


def may_lead_to(link: str, names: Collection[str]) -> bool:
    """Can a link lead to a note of one of these names, as `note_name` writes them?

    >>> may_lead_to("../cnn/AlexNet.html#why", {"alexnet"}), may_lead_to("vgg.md", {"alexnet"})
    (True, False)
    """
    path = unquote(re.split(r"[#?]", link, maxsplit=1)[0]).strip()
    name = _name(note_place(posixpath.normpath(path)))
    return name in names or name in (".", "..")  # to a folder, whose name the link does not tell


def note_name(origin: str) -> str:
    """The name by which links find a note.

    >>> note_name("/notes/2016-01-31-AlexNet.md")
    'alexnet'
    """
    return _name(_place_of(origin))


def note_place(path: str) -> str:
    """Write a path so that the spellings of links agree: no suffix, no case, no date in front.

    >>> note_place("Notes/2016-01-31-AlexNet.md"), note_place("notes/alexnet/")
    ('notes/alexnet', 'notes/alexnet')
    """
    folder, _, name = path.rstrip("/").casefold().rpartition("/")
    name = _DATED.sub("", _SUFFIX.sub("", name))
    return f"{folder}/{name}" if folder or path.startswith("/") else name


@lru_cache(maxsize=100_000)  # all notes of a library are looked up for each that is linked
def _place_of(origin: str) -> str:
    return note_place(posixpath.normpath(origin))


def _name(place: str) -> str:
    return place.rpartition("/")[2]


def _shared_folders(one: str, other: str) -> list[str]:
    """The folders above both; empty when only the root of a file system is."""
    shared = []
    for ours, theirs in zip(one.split("/")[:-1], other.split("/")[:-1], strict=False):
        if ours != theirs:
            break
        shared.append(ours)
    return shared if any(shared) else []
