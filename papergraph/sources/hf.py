"""Hugging Face papers: the code of a preprint, and which preprints people talk about today.

Service: the API at huggingface.co/api. Terms: the site's; 500 requests in 300 s. 404 means that a
preprint is not indexed there, which is no error.
Lacks: reference lists, citations, papers that are not on arXiv; most preprints.
Looked at 2026-10; one paper alone as it stands in the list of a day, no recorded answer.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from papergraph.errors import InputError, SourceError
from papergraph.models import PaperRecord, ReferenceList, SourcedPaper, SourcedReference
from papergraph.sources.cleaning import clean_abstract, clean_name, clean_title
from papergraph.sources.shapes import (
    expect_object,
    inner,
    is_missing,
    month_of,
    name_identifiers,
    objects,
    text_of,
    year_of,
)
from papergraph.sources.source import Fetcher

NAME = "hf"
SOURCE = f"source:{NAME}"
MOST_OF_A_DAY = 100


class HuggingFace:
    """Hugging Face papers as a source of code links."""

    name: str = NAME
    schemes: tuple[str, ...] = ("arxiv",)

    def __init__(self, fetcher: Fetcher) -> None:
        self._fetcher = fetcher

    def paper(self, identifier: str) -> SourcedPaper | None:
        """Look up one preprint; `code` of the record is the authors' repository, if it is told."""
        scheme, _, value = identifier.partition(":")
        if scheme != "arxiv":
            return None
        reply = self._fetcher.get(NAME, f"/api/papers/{value}")
        record = None if is_missing(reply) else parse_paper(reply.json())
        return SourcedPaper(record=record) if record else None

    def papers(self, identifiers: Sequence[str]) -> dict[str, SourcedPaper]:
        """Look up many, one request each."""
        found = {item: self.paper(item) for item in dict.fromkeys(identifiers)}
        return {item: paper for item, paper in found.items() if paper is not None}

    def find_title(
        self, title: str, *, author: str | None = None, year: int | None = None
    ) -> tuple[PaperRecord, ...]:
        """Nothing: arXiv itself is asked for titles."""
        return ()

    def references(self, identifier: str) -> ReferenceList:
        """Nothing: there are no reference lists."""
        return ReferenceList(state="unknown")

    def citations(self, identifier: str, *, limit: int = 100) -> tuple[SourcedReference, ...]:
        """Nothing: it does not know who cites."""
        return ()

    def talked_of(self, day: str) -> tuple[PaperRecord, ...]:
        """Read the preprints that people put forward on a day ("2026-01-31"); often none.

        Raises InputError when the text is no day.
        """
        if not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", day):
            raise InputError(f"no day in {day!r}: write for example 2026-01-31")
        params = {"date": day, "limit": str(MOST_OF_A_DAY)}
        reply = self._fetcher.get(NAME, "/api/daily_papers", params, kind="page")
        return () if is_missing(reply) else parse_day(reply.json())


def parse_paper(data: object) -> PaperRecord | None:
    """Read one paper; None without title. Raises SourceError when it is something else."""
    paper = expect_object(data, NAME, "id", "title")
    title = clean_title(text_of(paper.get("title")))
    identifiers = name_identifiers(("arxiv", paper.get("id")))
    if not title or not identifiers:
        return None
    people = objects(paper.get("authors"))
    number = identifiers[0].partition(":")[2]
    date = text_of(paper.get("publishedAt"))
    return PaperRecord(
        title=title,
        source=SOURCE,
        authors=tuple(
            name for person in people if (name := clean_name(text_of(person.get("name"))))
        ),
        year=year_of(date),
        published=month_of(date),
        abstract=clean_abstract(text_of(paper.get("summary"))) or None,
        url=f"https://huggingface.co/papers/{number}",
        identifiers=identifiers,
        code=_address(paper.get("githubRepo")),
    )


def parse_day(data: object) -> tuple[PaperRecord, ...]:
    """Read the list of a day; raises SourceError when it is none."""
    if not isinstance(data, list):
        raise SourceError(f"{NAME} answered {str(data)[:80]!r} where a list was expected")
    rows = (inner(row, "paper") for row in objects(data))
    records = (parse_paper(row) for row in rows if isinstance(row, dict))
    return tuple(record for record in records if record is not None)


def _address(value: object) -> str | None:
    text = text_of(value)
    return text if text.startswith(("https://", "http://")) else None
