"""Writes papers and reading paths: Markdown, BibTeX, RIS, CSL-JSON, plain words or our JSON."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import chain, count
from string import ascii_lowercase

from papergraph.errors import InputError
from papergraph.exchange.citing import citation_kind, export_csl, export_plain, export_ris
from papergraph.models import Evidence, Paper, ReadingPath
from papergraph.text import surname, title_words


@dataclass(frozen=True, slots=True, kw_only=True)
class FileKind:
    """How a written form travels: its media type, and how its files end."""

    mime: str
    suffix: str


FILE_KINDS = {
    "markdown": FileKind(mime="text/markdown", suffix="md"),
    "bibtex": FileKind(mime="application/x-bibtex", suffix="bib"),
    "ris": FileKind(mime="application/x-research-info-systems", suffix="ris"),
    "csl-json": FileKind(mime="application/vnd.citationstyles.csl+json", suffix="csl.json"),
    "plain": FileKind(mime="text/plain", suffix="txt"),
    "json": FileKind(mime="application/json", suffix="json"),
}
EXPORT_FORMATS = tuple(FILE_KINDS)
_TEX_SIGNS = {"&": r"\&", "%": r"\%", "$": r"\$", "#": r"\#", "_": r"\_", "~": r"\~{}"}
_BIBTEX_KINDS = {"conference": "inproceedings", "journal": "article", "book": "book"}
_SMALL_WORDS = frozenset(
    ("a", "an", "and", "at", "for", "from", "in", "of", "on", "the", "to", "towards", "with")
)


def export_papers(papers: Sequence[Paper], form: str = "markdown") -> str:
    """Write papers as a text of the given form.

    Raises InputError when the form is not one of `EXPORT_FORMATS`.
    """
    write = _WRITERS.get(form)
    if write is None:
        raise InputError(f"no export format {form!r}; known are {', '.join(EXPORT_FORMATS)}")
    return write(papers)


def export_path(path: ReadingPath, form: str = "markdown") -> str:
    """Write a reading path: in Markdown with the reason for every step, else as its papers.

    Raises InputError when the form is not one of `EXPORT_FORMATS`.
    """
    if form == "json":
        return json.dumps(path.as_json(), ensure_ascii=False, indent=1) + "\n"
    if form != "markdown":
        return export_papers([step.paper for step in path.steps], form)
    lines = [f"# Reading path to {path.name}", ""]
    for step in path.steps:
        lines.append(f"{step.position}. {_markdown_line(step.paper)}")
        lines += [f"   - because: {_reason(evidence)}" for evidence in step.because]
        lines += [f"   - but: {_reason(evidence)}" for evidence in step.against]
    if path.left_out:
        lines += ["", "Left out:", ""]
        lines += [f"- {_markdown_line(paper)}: {reason}" for paper, reason in path.left_out]
    lines += [f"\n> {warning}" for warning in path.warnings]
    return "\n".join(lines) + "\n"


def bibtex_key(paper: Paper) -> str:
    """Make the usual key of a paper: family name, year, first real word of the title.

    >>> bibtex_key(Paper(id=None, title="Deep Learning", authors=("Kaiming He",), year=2015))
    'he2015deep'
    """
    family = _ascii(surname(paper.authors[0])) if paper.authors else "anonymous"
    words = [_ascii(word) for word in title_words(paper.title) if word not in _SMALL_WORDS]
    return f"{family}{paper.year or ''}{next((word for word in words if word), '')}"


def _export_markdown(papers: Sequence[Paper]) -> str:
    return "".join(f"- {_markdown_line(paper)}\n" for paper in papers)


def _export_bibtex(papers: Sequence[Paper]) -> str:
    return "\n".join(_bibtex_entry(key, paper) for key, paper in _bibtex_keys(papers))


def _export_json(papers: Sequence[Paper]) -> str:
    return json.dumps([paper.as_json() for paper in papers], ensure_ascii=False, indent=1) + "\n"


def _bibtex_keys(papers: Iterable[Paper]) -> list[tuple[str, Paper]]:
    """Give each paper a key of its own: b to z, then 27 ... are added from the second on."""
    used: set[str] = set()
    keyed = []
    for paper in papers:
        key = bibtex_key(paper)
        endings = chain(("", *ascii_lowercase[1:]), (str(n) for n in count(27)))
        own = next(key + ending for ending in endings if key + ending not in used)
        used.add(own)
        keyed.append((own, paper))
    return keyed


def _bibtex_entry(key: str, paper: Paper) -> str:
    by_scheme = {item.partition(":")[0]: item.partition(":")[2] for item in paper.identifiers}
    kind = _BIBTEX_KINDS.get(citation_kind(paper), "misc")
    fields = {
        "title": "{" + _tex(paper.title) + "}",
        "author": _tex(" and ".join(paper.authors)),
        "year": str(paper.year or ""),
        "booktitle" if kind == "inproceedings" else "journal": _tex(paper.venue or ""),
        "doi": _without_braces(by_scheme.get("doi", "")),
        "eprint": _without_braces(by_scheme.get("arxiv", "")),
        "archiveprefix": "arXiv" if "arxiv" in by_scheme else "",
        "url": _without_braces(paper.url or ""),
    }
    body = "".join(f"  {name} = {{{value}}},\n" for name, value in fields.items() if value)
    return f"@{kind}{{{key},\n{body}}}\n"


def _markdown_line(paper: Paper) -> str:
    title = paper.title.replace("[", "(").replace("]", ")")
    linked = f"[{title}]({paper.url})" if paper.url else title
    name = f" ({paper.nicknames[0]})" if paper.nicknames else ""
    authors = (
        f" {paper.authors[0]}{' et al.' if len(paper.authors) > 1 else ''},"
        if paper.authors
        else ""
    )
    return f"**{linked}**{name}.{authors} {paper.year or 'year unknown'}"


def _reason(evidence: Evidence) -> str:
    where = f" ({evidence.where})" if evidence.where else ""
    if evidence.kind in ("review", "list"):
        return f"“{evidence.text}”{where}"
    return f"{evidence.text}{where}"


def _tex(text: str) -> str:
    return "".join(_TEX_SIGNS.get(sign, sign) for sign in _without_braces(text))


def _without_braces(text: str) -> str:
    return text.translate({ord(sign): None for sign in "{}\\"})


def _ascii(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    return re.sub(r"[^A-Za-z0-9]", "", plain).lower()


_WRITERS: dict[str, Callable[[Sequence[Paper]], str]] = {
    "markdown": _export_markdown,
    "bibtex": _export_bibtex,
    "ris": export_ris,
    "csl-json": export_csl,
    "plain": export_plain,
    "json": _export_json,
}
