"""Papers as citations: RIS, CSL-JSON and a line of plain words."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from typing import Any

from papergraph.models import Paper
from papergraph.text import printable

_JOURNAL = re.compile(
    r"(?i)\b(?:journal|transactions|trans|letters|annals|review|reviews|magazine|bulletin"
    r"|communications of|nature|science|cell|jmlr|tmlr|pami|tpami|neural computation|biometrika)\b"
)
_PARTICLES = ("van", "von", "de", "der", "den", "la", "le", "di", "del", "da", "dos", "ter", "ten")
_RIS_KINDS = {"conference": "CPAPER", "journal": "JOUR", "book": "BOOK", "dataset": "DATA"}
_CSL_KINDS = {
    "conference": "paper-conference",
    "journal": "article-journal",
    "book": "book",
    "dataset": "dataset",
    "software": "software",
    "preprint": "article",
}
_PLAIN_AUTHORS = 8


def citation_kind(paper: Paper) -> str:
    """What a bibliography calls a paper.

    One of conference, journal, book, dataset, software, or preprint where no venue is known.
    """
    by_kind = {"textbook": "book", "dataset": "dataset", "software": "software"}
    if paper.kind in by_kind and not paper.venue:
        return by_kind[paper.kind]
    if paper.venue is None or "arxiv" in paper.venue.lower():
        return "preprint"
    return "journal" if _JOURNAL.search(paper.venue) else "conference"


def export_ris(papers: Sequence[Paper]) -> str:
    """Write papers as RIS, which Zotero, Mendeley and EndNote read."""
    return "".join(_ris_entry(paper) for paper in papers)


def export_csl(papers: Sequence[Paper]) -> str:
    """Write papers as CSL-JSON, which pandoc and Zotero read; ids are ours."""
    return json.dumps([_csl_item(paper) for paper in papers], ensure_ascii=False, indent=1) + "\n"


def export_plain(papers: Sequence[Paper]) -> str:
    """Write each paper as one line to paste into a text."""
    return "".join(f"{_plain_line(paper)}\n" for paper in papers)


def split_name(author: str) -> tuple[str, str]:
    """Split a person's name into given and family name; a name of one word is a family name.

    >>> split_name("Laurens van der Maaten"), split_name("LeCun, Yann"), split_name("OpenAI")
    (('Laurens', 'van der Maaten'), ('Yann', 'LeCun'), ('', 'OpenAI'))
    """
    if "," in author:
        family, _, given = author.partition(",")
        return given.strip(), family.strip()
    words = author.split()
    first = max(len(words) - 1, 0)
    while first > 1 and words[first - 1].lower() in _PARTICLES:
        first -= 1
    return " ".join(words[:first]), " ".join(words[first:])


def _ris_entry(paper: Paper) -> str:
    kind = citation_kind(paper)
    by_scheme = _by_scheme(paper)
    year, _, month = _date(paper).partition("-")
    lines = [("TY", _RIS_KINDS.get(kind, "GEN" if kind == "software" else "UNPB"))]
    lines += [("ID", paper.id or ""), ("TI", paper.title)]
    lines += [("AU", ", ".join(filter(None, reversed(split_name(a))))) for a in paper.authors]
    lines += [("PY", str(paper.year or "")), ("DA", f"{year}/{month}" if month else "")]
    lines += [("T2", paper.venue or ""), ("DO", by_scheme.get("doi", ""))]
    lines += [("AN", f"arXiv:{by_scheme['arxiv']}" if "arxiv" in by_scheme else "")]
    lines += [("UR", paper.url or ""), ("AB", paper.summary or "")]
    lines += [("KW", tag) for tag in paper.tags]
    body = "".join(f"{name}  - {_line(text)}\n" for name, text in lines if text)
    return f"{body}ER  - \n"


def _csl_item(paper: Paper) -> dict[str, Any]:
    by_scheme = _by_scheme(paper)
    date = _date(paper)
    people = [split_name(author) for author in paper.authors]
    item: dict[str, Any] = {
        "id": paper.id or paper.title,
        "type": _CSL_KINDS[citation_kind(paper)],
        "title": paper.title,
        "author": [
            {"family": family, "given": given} if given else {"literal": family}
            for given, family in people
        ],
        "issued": {"date-parts": [[int(part) for part in date.split("-")]]} if date else None,
        "container-title": paper.venue,
        "DOI": by_scheme.get("doi"),
        "PMID": by_scheme.get("pmid"),
        "number": f"arXiv:{by_scheme['arxiv']}" if "arxiv" in by_scheme else None,
        "URL": paper.url,
        "keyword": ", ".join(paper.tags),
    }
    return {name: value for name, value in item.items() if value}


def _plain_line(paper: Paper) -> str:
    people = list(paper.authors)
    if len(people) > _PLAIN_AUTHORS:
        names = f"{', '.join(people[:_PLAIN_AUTHORS])}, et al."
    elif len(people) > 2:
        names = f"{', '.join(people[:-1])}, and {people[-1]}."
    else:
        names = f"{' and '.join(people)}." if people else ""
    by_scheme = _by_scheme(paper)
    place = ", ".join(part for part in (paper.venue, str(paper.year or "")) if part)
    address = f"https://doi.org/{by_scheme['doi']}" if "doi" in by_scheme else paper.url
    title = paper.title if paper.title.endswith(("?", "!", ".")) else f"{paper.title}."
    parts = [names, f"“{title}”", f"{place}." if place else "", address or ""]
    return _line(" ".join(part for part in parts if part))


def _date(paper: Paper) -> str:
    """The year a paper is cited with, and the month where that is of the same year."""
    year = str(paper.year or "")
    return paper.published if paper.published and paper.published[:4] == year else year


def _by_scheme(paper: Paper) -> dict[str, str]:
    """The first identifier of each scheme."""
    found: dict[str, str] = {}
    for identifier in paper.identifiers:
        scheme, _, value = identifier.partition(":")
        found.setdefault(scheme, value)
    return found


def _line(text: str) -> str:
    return " ".join(printable(text).split())
