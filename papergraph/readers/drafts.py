"""A mention in the making: what is known of it while a page is read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from papergraph.models import Byline
from papergraph.readers.links import JudgedLink
from papergraph.text import title_key


@dataclass(slots=True, kw_only=True, eq=False)
class Draft:
    """A paper mentioned at `start` to `end` of a block's text.

    `doubt` says why it may be no paper: "note" (linked to the author's own page), "maybe" (unknown
    address), "title" (a title and nothing else); empty when sure.
    """

    block: int
    start: int
    end: int
    role: str
    title: str | None = None
    url: str | None = None
    identifier: str | None = None
    nickname: str | None = None
    year: int | None = None
    authors: tuple[str, ...] = ()
    section: int = 0
    list_key: str | None = None
    position: int | None = None
    summary: str | None = None
    state: str | None = None
    read_on: str | None = None
    stars: float | None = None
    tags: tuple[str, ...] = ()
    doubt: str = ""
    is_unresolvable: bool = False
    own_section: int | None = None
    byline: Byline | None = None
    is_tentative: bool = False
    links: list[JudgedLink] = field(default_factory=list)

    def take(self, link: JudgedLink) -> None:
        """Join a link to this paper; the first address that is a paper's wins, identifiers rank."""
        self.links.append(link)
        is_better = link.is_paper and (
            not self.url or bool(link.identifier and not self.identifier)
        )
        if is_better or not self.url:
            self.url = link.url or self.url
            self.identifier = link.identifier or self.identifier
        if link.is_paper:
            self.doubt = ""

    def accepts(self, link: JudgedLink) -> bool:
        """Whether a link can lead to this same paper: no second identifier of the same scheme."""
        if not self.identifier or not link.identifier:
            return True
        mine, other = self.identifier.split(":")[0], link.identifier.split(":")[0]
        return self.identifier == link.identifier or mine != other

    @property
    def other_identifiers(self) -> tuple[str, ...]:
        """What else numbers this paper in its entry: at most one identifier of every other kind."""
        mine = (self.identifier or "").split(":")[0]
        others: dict[str, str] = {}
        for link in self.links:
            scheme = (link.identifier or "").split(":")[0]
            if link.is_paper and link.is_label and link.identifier and scheme != mine:
                others.setdefault(scheme, link.identifier)
        return tuple(others.values()) if self.identifier else ()

    @property
    def key(self) -> str:
        """What tells papers apart within one page."""
        return self.identifier or (self.url or "").rstrip("/") or title_key(self.title or "?")

    @property
    def keys(self) -> frozenset[str]:
        """Every key under which this may be the same paper."""
        keys = {self.identifier or "", (self.url or "").rstrip("/")}
        keys |= {link.identifier or "" for link in self.links}
        keys |= {link.url.rstrip("/") for link in self.links if link.is_paper}
        name = title_key(self.title or "")
        return frozenset(keys - {""}) | ({f"title:{name}"} if len(name) > 8 else frozenset())


class Drafts:
    """The drafts of a page in order, found again by the block they stand in."""

    def __init__(self) -> None:
        self._all: list[Draft] = []
        self._by_block: dict[int, list[Draft]] = {}

    def __iter__(self) -> Iterator[Draft]:
        return iter(self._all)

    def __len__(self) -> int:
        return len(self._all)

    def add(self, *drafts: Draft) -> None:
        """Add drafts at the end."""
        for draft in drafts:
            self._all.append(draft)
            self._by_block.setdefault(draft.block, []).append(draft)

    def keep(self, drafts: Iterable[Draft]) -> None:
        """Hold these drafts and no others."""
        kept = list(drafts)
        self._all, self._by_block = [], {}
        self.add(*kept)

    def drop(self, draft: Draft) -> None:
        """Take one draft out."""
        self._all.remove(draft)
        self._by_block[draft.block].remove(draft)

    @property
    def last(self) -> Draft:
        """The draft added last."""
        return self._all[-1]

    def in_block(self, block: int) -> list[Draft]:
        """Return the drafts of one block, in the order they were added."""
        return self._by_block.get(block, [])

    def sort(self) -> None:
        """Put them in the order of the page."""
        self.keep(sorted(self._all, key=lambda draft: (draft.block, draft.start)))
