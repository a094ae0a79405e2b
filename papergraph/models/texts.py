"""The text of a paper as search reads it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchableText:
    """What is searched of one paper, and what it is filtered by; `names` are its nicknames."""

    paper: int
    title: str
    names: str = ""
    abstract: str = ""
    summary: str = ""
    writing: str = ""
    authors: tuple[str, ...] = ()
    year: int | None = None
    venue: str = ""
    kind: str = "article"
