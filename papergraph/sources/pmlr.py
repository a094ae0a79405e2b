"""PMLR and JMLR: proceedings and a journal of machine learning that carry no DOIs.

Service: the sources of proceedings.mlr.press on GitHub (mlresearch/vNN: _config.yml, which dates a
volume, and _posts/DATE-KEY.md, YAML with the abstract), the pages themselves where a volume has no
sources; the pages of jmlr.org. Terms: papers are their authors'; facts and links are kept,
abstracts for local search. No rate is stated; 1 request/s. Single files are fetched, never a
repository.
Lacks: reference lists, citations, DOIs, a search.
Looked at 2026-10; _config.yml of volumes 9 and 37.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import yaml

from papergraph.errors import SourceError
from papergraph.models import PaperRecord, ReferenceList, SourcedPaper, SourcedReference
from papergraph.sources.bibtex import find_entry
from papergraph.sources.cleaning import clean_abstract, clean_title, split_notice
from papergraph.sources.meta_tags import parse_landing, read_block
from papergraph.sources.shapes import (
    expect_object,
    is_missing,
    month_of,
    name_identifiers,
    people_of,
    text_of,
    year_of,
)
from papergraph.sources.source import Fetcher, Reply

NAME = "pmlr"
SOURCE = f"source:{NAME}"
JOURNAL = "jmlr"
GITHUB = "raw.githubusercontent.com"
"""The host of the sources."""

_KEY = re.compile(r"([vr][0-9]+)/(.+)")
_FRONT_MATTER = re.compile(r"\A\s*---\s*\n(.*?)\n---\s*(?:\n|\Z)", re.DOTALL)
_ABSTRACTS = ("abstract", "info-abstract")


class Pmlr:
    """PMLR and JMLR as a source."""

    name: str = NAME
    schemes: tuple[str, ...] = (NAME, JOURNAL)

    def __init__(self, fetcher: Fetcher) -> None:
        self._fetcher = fetcher

    def paper(self, identifier: str) -> SourcedPaper | None:
        """Look up one paper by volume and key."""
        scheme, _, value = identifier.partition(":")
        key = _KEY.fullmatch(value)
        if scheme not in self.schemes or key is None:
            return None
        if scheme == JOURNAL:
            record = self._page(JOURNAL, f"/papers/{value}.html", value)
        else:
            record = self._post(key[1], key[2]) or self._page(NAME, f"/{value}.html", value)
        return SourcedPaper(record=record) if record else None

    def papers(self, identifiers: Sequence[str]) -> dict[str, SourcedPaper]:
        """Look up many, one request each, and one for each volume."""
        found = {item: self.paper(item) for item in dict.fromkeys(identifiers)}
        return {item: paper for item, paper in found.items() if paper is not None}

    def find_title(
        self, title: str, *, author: str | None = None, year: int | None = None
    ) -> tuple[PaperRecord, ...]:
        """Nothing: there is no search, and a title does not tell the volume."""
        return ()

    def references(self, identifier: str) -> ReferenceList:
        """Nothing: neither has reference lists."""
        return ReferenceList(state="unknown")

    def citations(self, identifier: str, *, limit: int = 100) -> tuple[SourcedReference, ...]:
        """Nothing: neither says who cites."""
        return ()

    def _post(self, volume: str, key: str) -> PaperRecord | None:
        """Read the source of a page: its file is named by the day its volume was published."""
        home = f"/mlresearch/{volume}/gh-pages"
        config = self._fetcher.get(NAME, f"{home}/_config.yml", kind="page", host=GITHUB)
        day = None if is_missing(config) else parse_config(config.text)
        if day is None:
            return None
        path = f"{home}/_posts/{day}-{key}.md"
        reply = self._fetcher.get(NAME, path, kind="page", host=GITHUB)
        return None if is_missing(reply) else parse_post(reply.text, f"{volume}/{key}")

    def _page(self, source: str, path: str, value: str) -> PaperRecord | None:
        reply = self._fetcher.get(source, path, kind="page")
        return None if is_missing(reply) else parse_page(reply, value)


def parse_config(text: str) -> str | None:
    """Read the day a volume was published, "YYYY-MM-DD"; None when it is not told.

    Raises SourceError when it is no YAML.
    """
    return _day(_read_yaml(text).get("published"))


def parse_post(text: str, key: str) -> PaperRecord:
    """Read the source of a page. Raises SourceError when it has no YAML with a title."""
    front = _FRONT_MATTER.match(text)
    if front is None:
        raise SourceError(
            f"{NAME} answered {text[:60]!r}, which does not begin with YAML; run again later"
        )
    post = _read_yaml(front[1])
    title, tags = split_notice(clean_title(text_of(post.get("title"))))
    if not title:
        raise SourceError(f"{NAME} answered a post without title for {key!r}; run again later")
    day = _day(post.get("date")) or ""
    return PaperRecord(
        title=title,
        source=SOURCE,
        authors=people_of(post.get("author")),
        year=year_of(day),
        published=month_of(day),
        venue=clean_title(text_of(post.get("container-title"))) or None,
        abstract=clean_abstract(text_of(post.get("abstract"))) or None,
        url=f"https://proceedings.mlr.press/{key}.html",
        identifiers=name_identifiers((NAME, key)),
        tags=tags,
        pdf=text_of(post.get("pdf")).replace("http://", "https://", 1) or None,
    )


def parse_page(reply: Reply, key: str) -> PaperRecord:
    """Read a page of PMLR or JMLR; raises SourceError when it has no tags."""
    scheme = JOURNAL if reply.source == JOURNAL else NAME
    told = (read_block(reply.text, mark) for mark in _ABSTRACTS)
    record = parse_landing(
        reply, named=((scheme, key),), abstract=next((text for text in told if text), "")
    )
    entry = find_entry(read_block(reply.text, "citecode"))
    fields: Mapping[str, str] = entry.fields if entry else {}
    return replace(
        record,
        source=SOURCE,
        year=record.year or year_of(fields.get("year")),
        venue=record.venue or clean_title(fields.get("booktitle", "")) or None,
    )


def _read_yaml(text: str) -> Mapping[str, Any]:
    try:
        return expect_object(yaml.safe_load(text), NAME)
    except (yaml.YAMLError, ValueError) as error:  # ValueError: 2015-02-31 is no date
        raise SourceError(
            f"{NAME} answered {text[:60]!r}, which is no YAML; run again later"
        ) from error


def _day(value: object) -> str | None:
    """Write a date of YAML, which may be a date, a time or a text."""
    text = str(value)[:10]
    return text if re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text) else None
