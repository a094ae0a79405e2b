"""How values read on a page: numbers, dates, by-lines, links. All pages take them from here."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from typing import Any

from flask import Flask, request
from markupsafe import Markup

from papergraph.app.answers import without_passwords
from papergraph.app.quoting import line_url, origin_name, place_of, said_first, show_evidence
from papergraph.app.resources import resources
from papergraph.errors import IdentifierError
from papergraph.identifiers import Identifier
from papergraph.models import GraphNode, Paper
from papergraph.text import printable

_MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
_MOST_AUTHORS = 4
_SCHEMES = {"arxiv": "arXiv", "doi": "doi", "openreview": "OpenReview", "url": "link"}
_STATES = {
    "queued": "saved",
    "reading": "reading",
    "read": "read",
    "known": "you know this",
    "skipped": "not for you",
}
_FORMS = {
    "markdown": "Markdown",
    "dump": "text dump",
    "hugo": "Hugo post",
    "jekyll": "Jekyll page",
    "html": "HTML",
    "bibtex": "BibTeX",
    "ris": "RIS",
    "csl-json": "CSL-JSON",
    "nbib": "PubMed export",
    "endnote-xml": "EndNote XML",
    "zotero-rdf": "Zotero RDF",
    "csv": "table (CSV)",
    "latex": "LaTeX",
    "org": "Org",
    "rst": "reStructuredText",
    "pdf": "PDF",
}
_NUMBERS = [
    "no",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
]
_SHORT = 14
_SERVICES = {
    "acl": "ACL Anthology",
    "arxiv": "arXiv",
    "crossref": "Crossref",
    "cvf": "CVF open access",
    "datacite": "DataCite",
    "dblp": "DBLP",
    "doi": "doi.org",
    "hf": "Hugging Face",
    "nips": "NeurIPS proceedings",
    "openalex": "OpenAlex",
    "opencitations": "OpenCitations",
    "openreview": "OpenReview",
    "pmlr": "PMLR",
    "pubmed": "PubMed",
    "s2": "Semantic Scholar",
    "unpaywall": "Unpaywall",
}


def install(app: Flask) -> None:
    """Give the templates these words."""
    app.jinja_env.filters.update(
        byline=byline,
        count_sentence=count_sentence,
        day=day,
        evidence=show_evidence,
        form_words=lambda form: _FORMS.get(form, form),
        identifier_link=identifier_link,
        in_words=in_words,
        marks_sentence=marks_sentence,
        names_of=names_of,
        number=number,
        origin_name=origin_name,
        place=place_of,
        plural=plural,
        said_first=said_first,
        sentence=sentence,
        short_name=short_name,
        source_name=source_name,
        state_words=lambda state: _STATES.get(state, ""),
        web_url=web_url,
    )
    app.jinja_env.globals.update(
        current_url=current_url,
        line_url=line_url,
        open_question_count=lambda: resources().question_count,
    )


def shown(value: Any) -> Any:
    """Last step of every output: no control or direction signs, no passwords in addresses."""
    if isinstance(value, str) and not isinstance(value, Markup):
        return without_passwords(printable(value))
    return "" if value is None else value


def number(value: int) -> str:
    """Write a number with thousands commas.

    >>> number(221061)
    '221,061'
    """
    return f"{value:,}"


def in_words(value: int) -> str:
    """Write a small number as a word.

    >>> in_words(6), in_words(40)
    ('six', '40')
    """
    return _NUMBERS[value] if 0 <= value < len(_NUMBERS) else number(value)


def sentence(message: str) -> str:
    """Write the message of an error as a sentence of a page.

    >>> sentence("there is nothing at '/x'"), sentence("p9 is no paper here; search for it")
    ("There is nothing at '/x'.", 'p9 is no paper here; search for it.')
    """
    first = message.split(maxsplit=1)[:1]
    text = message[:1].upper() + message[1:] if first and first[0].isalpha() else message
    return text if text.endswith((".", "?", "!")) else f"{text}."


def plural(value: int, noun: str, several: str | None = None) -> str:
    """Write a count with its noun.

    >>> plural(1, "paper"), plural(0, "paper"), plural(2, "address", "addresses")
    ('1 paper', 'no papers', '2 addresses')
    """
    many = several or f"{noun}s"
    return f"{number(value) if value else 'no'} {noun if value == 1 else many}"


def count_sentence(counts: Mapping[str, int]) -> str:
    """Say honestly what one reading found.

    >>> count_sentence({"papers": 3, "matched": 2, "new": 0, "stub": 1, "relations": 0})
    'Found 3 papers: 2 known here already, 1 known by title only. No word on who builds on whom.'
    """
    words = (("matched", "known here already"), ("new", "new"), ("stub", "known by title only"))
    parts = [f"{number(counts[key])} {text}" for key, text in words if counts.get(key)]
    found = f"Found {plural(counts['papers'], 'paper')}{': ' if parts else ''}{', '.join(parts)}."
    said = counts.get("relations", 0)
    if said:
        found += f" {plural(said, 'statement')} about who builds on whom."
    elif counts["papers"]:
        found += " No word on who builds on whom."
    if counts.get("unsure"):
        found += f" {plural(counts['unsure'], 'mention')} could not be told for sure."
    if counts.get("repairs"):
        found += f" {plural(counts['repairs'], 'line')} repaired."
    return found


def marks_sentence(marked: Mapping[str, int]) -> str:
    """Say how many papers were given a reading state by the reader's own writing.

    >>> marks_sentence({"read": 5, "reading": 0, "queued": 2, "skipped": 0})
    'Marked: 5 read, 2 saved.'
    """
    parts = [f"{number(count)} {_STATES[state]}" for state, count in marked.items() if count]
    if parts:
        return f"Marked: {', '.join(parts)}."
    return (
        "Marked nothing: no new paper is what this, or a part of it, is about, and it does not tell"
        " of reading (ticked boxes, “to read”, “12 May: finished the ResNet paper”)."
    )


def day(text: str | None) -> str:
    """Write a date as people read it, as exact as it is known.

    >>> day("2026-11-12T08:00:00Z"), day("2015-12"), day(None)
    ('12 Nov 2026', 'Dec 2015', '')
    """
    found = re.match(r"(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?", text or "")
    if found is None:
        return text or ""
    year, month, date = found.groups()
    if month is None or not 1 <= int(month) <= len(_MONTHS):
        return year
    words = f"{_MONTHS[int(month) - 1]} {year}"
    return f"{int(date)} {words}" if date else words


def family_name(author: str) -> str:
    """The name an author is called by: before the comma, else the last word with its particles.

    >>> family_name("LeCun, Yann"), family_name("Laurens van der Maaten")
    ('LeCun', 'van der Maaten')
    """
    if "," in author:
        return author.partition(",")[0].strip()
    words = author.split()
    start = len(words) - 1
    while start > 1 and words[start - 1].islower():
        start -= 1
    return " ".join(words[start:]) if words else author


def byline(paper: Paper) -> str:
    """Authors and venue on one line.

    >>> byline(Paper(id="p1", title="T", authors=("Ross Girshick",), venue="ICCV"))
    'Ross Girshick · ICCV'
    """
    authors = paper.authors
    if len(authors) == 1:
        names = authors[0]
    else:
        names = ", ".join(family_name(author) for author in authors[:_MOST_AUTHORS])
        names += " and others" if len(authors) > _MOST_AUTHORS else ""
    return " · ".join(part for part in (names, paper.venue) if part)


def short_name(paper: Paper | GraphNode, limit: int = _SHORT) -> str:
    """A name that fits on a pill: the nickname, else the beginning of the title.

    >>> short_name(Paper(id="p1", title="Adaptive switching circuits"))
    'Adaptive…'
    """
    name = paper.name
    if len(name) <= limit:
        return name
    head = name[: limit - 1]
    cut = head.rsplit(" ", 1)[0] if " " in head else head
    return cut.rstrip(" :,-") + "…"


def identifier_link(identifier: str) -> tuple[str, str | None]:
    """How an identifier is written for people, and the page it leads to.

    >>> identifier_link("arxiv:1506.01497")
    ('arXiv:1506.01497', 'https://arxiv.org/abs/1506.01497')
    """
    scheme, _, value = identifier.partition(":")
    try:
        url = web_url(Identifier.parse(identifier).url)
    except IdentifierError:
        url = None
    if scheme == "url":
        return re.sub(r"^https?://(www\.)?", "", value), url
    return f"{_SCHEMES.get(scheme, scheme)}:{value}", url


def web_url(url: str | None) -> str | None:
    """The address when it is one of the web and safe to link, without a password; else None.

    >>> web_url("javascript:alert(1)") is None
    True
    """
    text = without_passwords((url or "").strip())
    has_odd_sign = any(unicodedata.category(sign) in ("Cc", "Cf", "Zl", "Zp") for sign in text)
    return text if re.match(r"https?://[^\s/]", text, re.IGNORECASE) and not has_odd_sign else None


def source_name(source: str) -> str:
    """A source by the name people know it by.

    >>> source_name("source:s2"), source_name("review:notes.md"), source_name("corpus:ml")
    ('Semantic Scholar', 'the review notes.md', 'the corpus ml')
    """
    family, _, name = source.partition(":")
    if family == "source":
        return _SERVICES.get(name, name)
    words = {"review": "the review", "corpus": "the corpus", "import": "the import", "reader": ""}
    if family == "starter":
        return "the starter library"
    if family == "reader":
        return "you" if name in ("", "me") else name
    return f"{words.get(family, family)} {name}".strip()


def current_url() -> str:
    """Where the reader is, to come back to after a form was sent."""
    return request.full_path.rstrip("?")


def names_of(papers: Sequence[Paper]) -> str:
    """Name papers in a sentence.

    >>> names_of([Paper(id="p1", title="A"), Paper(id="p2", title="B"), Paper(id="p3", title="C")])
    'A, B and C'
    """
    names = [paper.name for paper in papers]
    return " and ".join(
        part for part in (", ".join(names[:-1]), names[-1] if names else "") if part
    )
