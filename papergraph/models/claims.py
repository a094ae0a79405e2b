"""What the graph works with: facts papers are ordered by, claims that one follows another."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from papergraph.models.answers import Evidence

_ROLES = frozenset({"dataset", "tool", "optimiser", "metric", "survey", "textbook", "software"})
_ROLE = (
    "data ?set|benchmark|corpus|survey|toolkit|library|platform|physics engine|"
    "(?:image|video|face|speech|object|scene|lexical) database"
)
_WORD = r"(?!(?:and|for|from|in|of|on|with)\b)[\w-]+,?"  # of one phrase
# "GLUE: A Multi-Task Benchmark and ...", "A large annotated corpus for ...", "... Challenge"
_ROLE_TITLE = re.compile(
    rf"(?:^|[:.?!]\s+)(?:"
    rf"(?:an?|the)\s+(?:{_WORD}\s+){{0,5}}?(?:{_ROLE})\b"
    rf"|(?:{_WORD}\s+)*(?:(?:data ?set|challenge|survey)$|benchmark for\b))",
    re.IGNORECASE,
)
_TITLES_KEPT = 20_000


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperFacts:
    """The few facts of a paper that order and damp it; `number` is the integer behind its id."""

    number: int
    title: str
    name: str
    year: int | None
    published: str | None
    kind: str
    tags: tuple[str, ...]

    @property
    def date(self) -> float | None:
        """Publication as a year with a fraction; mid-year when only the year is known."""
        if self.published:
            year, _, month = self.published.partition("-")
            return int(year) + (int(month or 7) - 0.5) / 12
        return self.year + 0.5 if self.year else None

    @property
    def is_generic(self) -> bool:
        """Is it a data set, tool, optimiser or survey: used by everybody, ancestor of none?

        Its kind or a tag says so, or its title names the role.
        """
        return self.kind in _ROLES or not _ROLES.isdisjoint(self.tags) or names_role(self.title)


@lru_cache(maxsize=_TITLES_KEPT)
def names_role(title: str) -> bool:
    """Tell whether a title calls its paper a data set, benchmark, corpus, challenge or survey.

    >>> names_role("GLUE: A Multi-Task Benchmark and Analysis Platform")
    True
    >>> names_role("ImageNet: A Large-Scale Hierarchical Image Database")
    True
    >>> names_role("Learning from a corpus"), names_role("A Survey on Image Tagging")
    (False, True)
    >>> names_role("Where To? A New Model and the Clips Dataset")
    False
    """
    return bool(_ROLE_TITLE.search(title.strip()))


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """Somebody's word that `later` follows `earlier`: a review, a curated lineage or the reader.

    `kind` is a relation kind; `origin_kind` is review, curated or reader. `stated` is False for
    what follows only from the order of a list.
    """

    later: int
    earlier: int
    kind: str
    origin_kind: str
    stated: bool
    evidence: Evidence


@dataclass(frozen=True, slots=True, kw_only=True)
class ReaderPrerequisite:
    """A reader's word that `earlier` is to be read before `later`, or not when `keep` is False.

    `id` is 0 until it is stored. `earlier` and `later` are paper numbers.
    """

    id: int = 0
    reader: str
    later: int
    earlier: int
    keep: bool
    why: str | None
    decided_at: str
