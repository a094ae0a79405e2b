"""Papers as values: what is stored, what is shown, and how one is named."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

PAPER_KINDS = ("article", "survey", "dataset", "textbook", "software", "stub")
READING_STATES = ("queued", "reading", "read", "known", "skipped")
TOLD_STATES = ("queued", "skipped", "reading", "read")
"""The states that writing can tell; of several the last of these counts."""

PaperReference = str
"""Anything that names one paper: our id, an identifier, a URL, a nickname, or a title."""


def paper_id(number: int) -> str:
    """Write a paper's number as its public id.

    >>> paper_id(482)
    'p482'
    """
    return f"p{number}"


def paper_number(text: str) -> int | None:
    """Read a public id; None when the text is something else.

    >>> paper_number("p482"), paper_number("pmlr:v9/glorot10a")
    (482, None)
    """
    match = re.fullmatch(r"p([1-9][0-9]{0,17})", text.strip())
    return int(match[1]) if match else None


@dataclass(frozen=True, slots=True, kw_only=True)
class CitationCount:
    """How often a source says a paper is cited; counts of several sources are never summed."""

    count: int
    source: str
    date: str

    def as_json(self) -> dict[str, Any]:
        """Return the object of the JSON contract."""
        return {"count": self.count, "source": self.source, "date": self.date}


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """A scholarly work as every face shows it. `id` is None until the paper is stored.

    `published` is "YYYY-MM" of the earliest known date, preprint or venue.
    `references_known` says whether its reference list is complete, partial or none here.
    """

    id: str | None
    title: str
    authors: tuple[str, ...] = ()
    year: int | None = None
    published: str | None = None
    venue: str | None = None
    identifiers: tuple[str, ...] = ()
    nicknames: tuple[str, ...] = ()
    kind: str = "article"
    url: str | None = None
    summary: str | None = None
    tags: tuple[str, ...] = ()
    references_known: str = "none"
    references_here: int = 0
    citations_here: int = 0
    citations_elsewhere: CitationCount | None = None
    state: str | None = None

    @property
    def name(self) -> str:
        """The shortest name a reader knows it by: the first nickname, else the title."""
        return self.nicknames[0] if self.nicknames else self.title

    def as_json(self) -> dict[str, Any]:
        """Return the Paper object of the JSON contract."""
        elsewhere = self.citations_elsewhere
        return {
            "id": self.id,
            "title": self.title,
            "authors": list(self.authors),
            "year": self.year,
            "published": self.published,
            "venue": self.venue,
            "identifiers": list(self.identifiers),
            "nicknames": list(self.nicknames),
            "kind": self.kind,
            "url": self.url,
            "summary": self.summary,
            "tags": list(self.tags),
            "references_known": self.references_known,
            "references_here": self.references_here,
            "citations_here": self.citations_here,
            "citations_elsewhere": elsewhere.as_json() if elsewhere else None,
            "state": self.state,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperRecord:
    """What one source says about one paper, before it is linked to a stored paper.

    `identifiers` are written `scheme:value`; `source` names who said it: starter, corpus:NAME,
    import:NAME, review:ORIGIN, reader:NAME, or source:NAME for a scholarly service. `pdf` is the
    address of an open copy, `code` of the authors' code. A retracted or withdrawn paper has that
    word among its `tags`.
    """

    title: str
    source: str
    authors: tuple[str, ...] = ()
    year: int | None = None
    published: str | None = None
    venue: str | None = None
    abstract: str | None = None
    kind: str = "article"
    url: str | None = None
    summary: str | None = None
    identifiers: tuple[str, ...] = ()
    nicknames: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    references_known: str = "none"
    citations_elsewhere: CitationCount | None = None
    pdf: str | None = None
    code: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ScoredPaper:
    """A paper that may be meant: a score from 0 to 1, higher is nearer, and how it was found."""

    paper: Paper
    score: float
    how: str = field(default="title")

    def as_json(self) -> dict[str, Any]:
        """Return one match of `/resolve`, or one candidate of a mention."""
        return {"paper": self.paper.as_json(), "score": round(self.score, 4), "how": self.how}


def told_rank(state: str | None) -> int:
    """How far reading has come with a state that writing tells; 0 when it tells none.

    >>> told_rank(None) < told_rank("queued") < told_rank("read")
    True
    """
    return TOLD_STATES.index(state) + 1 if state in TOLD_STATES else 0
