"""What the graph works with: facts papers are ordered by, claims that one follows another."""

from __future__ import annotations

from dataclasses import dataclass

from papergraph.models.answers import Evidence


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
        """Is it a data set, tool, optimiser or survey: used by everybody, ancestor of none?"""
        roles = {"dataset", "tool", "optimiser", "metric", "survey", "textbook", "software"}
        return self.kind in roles or bool(roles & set(self.tags))


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
