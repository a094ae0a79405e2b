"""Tables as comma- or tab-separated values, one paper a row, to entries of a bibliography.

Zotero, Scopus, Web of Science, PubMed, Rayyan, Notion and spreadsheets export so; the names of
columns were seen 2026-11. A table without a column of titles is no bibliography.
"""

from __future__ import annotations

import csv
import html
import io
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from papergraph.readers.bibliography import (
    Bibliography,
    Damage,
    Entry,
    Note,
    find_identifiers_of,
    find_month,
    first_of,
    split_tags,
    told_of_entry,
    turn_name,
)
from papergraph.readers.columns import read_cell
from papergraph.readers.titles import capital_share, is_title_like, is_venue, looks_coined
from papergraph.text import clean_title

# what a column holds, by the words at its head
_HEADS = {
    "title": "title,paper,papers,paper title,paper name,article title,document title,titles,"
    "titel,titre,título,titulo,标题,题目,论文,タイトル,論文,제목,논문",
    "name": "name,publication,article",  # as Notion calls it: a title where no other is one
    "authors": "author,authors,author(s),author full names,author names,people,autor,autoren,"
    "auteur,auteurs,autores,作者,著者,저자",
    "year": "year,publication year,pub year,pubyear,py,published,publication date,jahr,année,año,"
    "年份,年,연도",
    "date": "date,published date",
    "venue": "venue,journal,conference,publication title,source title,journal/book,source,"
    "journal title,booktitle,zeitschrift,revue,revista",
    "doi": "doi,di",
    "pmid": "pmid,pubmed id",
    "pmcid": "pmcid",
    "arxiv": "arxiv,arxiv id,arxiv_id,arxivid,eprint",
    "url": "url,link,links,paper link,paper url,link to paper,arxiv link,pdf,pdf link,lien,enlace,"
    "链接,링크",
    "abstract": "abstract,abstract note",
    "tags": "tags,tag,keywords,author keywords,manual tags,topic,topics,category,schlagwörter",
    "status": "status,reading status,read status,state,progress",
    "read": "read,read?,gelesen,lu,leído,date read,read on",
    "notes": "notes,note,comment,comments,remarks,my notes,thoughts,summary,tl;dr,tldr,notizen,"
    "kommentar,commentaire,commentaires,comentarios,备注,笔记,メモ,메모",
    "form": "item type,type,document type,reference type",
    "key": "key,citation key,citekey,id",
}
_FIELD_OF = {head: field for field, heads in _HEADS.items() for head in heads.split(",")}
_SCHOLARLY = frozenset({"authors", "year", "venue", "doi", "pmid", "arxiv", "url", "abstract"})
_SURE = frozenset({"doi", "pmid", "pmcid", "arxiv", "abstract", "venue"})
_OF_PAPERS = re.compile(r"\bpapers?\b|论文|論文|논문", re.IGNORECASE)
_OF_OTHERS = re.compile(
    r"\b(?:isbn(?:13)?|director|artist|album|genres?|price|cast|episode|track)\b", re.IGNORECASE
)
_LINKED = re.compile(r"arxiv\.org/|doi\.org/|openreview\.net/|\b10\.\d{4,5}/|aclanthology\.org/")
_EXPORTED = frozenset({"doi", "key", "form", "abstract"})  # then "date" is that of publication
_FORMS = {
    "computerprogram": "software",
    "blogpost": "blog",
    "videorecording": "video",
    "podcast": "broadcast",
    "tvbroadcast": "broadcast",
    "radiobroadcast": "broadcast",
    "forumpost": "post",
    "presentation": "video",
    "attachment": "art",
    "email": "pcomm",
    "letter": "pcomm",
    "film": "motion_picture",
}
_TAG = re.compile(r"<[^<>]{0,300}>")
_NUMBER = re.compile(r"\d{4}\.\d{4,5}(?:v\d+)?")
_LONGEST_CELL = 1_000_000
_FEWEST_COLUMNS = 2
_ENOUGH_CAPITALS = 0.6  # of a row that has but a name, which may be an errand


@dataclass(frozen=True, slots=True, kw_only=True)
class _Row:
    """The cells of one row by what they hold, and the lines of the file it stands on."""

    cells: Mapping[str, str]
    first: int
    last: int


def is_delimited(text: str, origin: str) -> bool:
    """Say whether a text is a table of papers, by its name, the heads of its columns and its links.

    Tables of films and books have titles, too, and one of cars has names and years.
    """
    name = origin.casefold()
    if not name.endswith((".csv", ".tsv")) and "\t" not in text[:200]:
        return False
    head = text.lstrip("\ufeff\n").split("\n", 1)[0]
    fields = set(_fields_of(head, _delimiter(head)))
    if not fields & {"title", "name"} or not fields & {
        *_SCHOLARLY,
        "tags",
        "status",
        "read",
        "notes",
    }:
        return False
    is_sure = bool(fields & _SURE or _OF_PAPERS.search(head) or _LINKED.search(text[:50_000]))
    return is_sure or ("authors" in fields and not _OF_OTHERS.search(head))


def read_delimited(text: str) -> Bibliography:
    r"""Read the rows of a table.

    >>> text = 'Title,Authors,Year\n"Deep, wide nets","Doe, Ann; Roe, Bo",2015\n'
    >>> found = read_delimited(text)
    >>> [(entry.title, entry.authors, entry.year, entry.line) for entry in found.entries]
    [('Deep, wide nets', ('Ann Doe', 'Bo Roe'), 2015, 2)]
    """
    lines = text.split("\n")
    damages: list[Damage] = []
    entries = [
        entry for row in _rows(lines, damages) if (entry := _make_entry(row, lines)) is not None
    ]
    return Bibliography(form="csv", entries=tuple(entries), damages=tuple(damages))


def _delimiter(head: str) -> str:
    return max("\t;,", key=head.count)


def _fields_of(head: str, delimiter: str) -> list[str]:
    """What each column holds; "" for one that tells nothing of a paper."""
    names = next(csv.reader([head], delimiter=delimiter), [])
    known = [
        _FIELD_OF.get(" ".join(name.strip("\ufeff *_").casefold().split()), "") for name in names
    ]
    is_told = "title" in known or len(known) < _FEWEST_COLUMNS
    return ["" if field == "name" and is_told else field for field in known]


def _rows(lines: list[str], damages: list[Damage]) -> Iterator[_Row]:
    start = next((number for number, line in enumerate(lines) if line.strip("\ufeff ")), 0)
    delimiter = _delimiter(lines[start])
    fields = _fields_of(lines[start], delimiter)
    csv.field_size_limit(_LONGEST_CELL)
    reader = csv.reader(io.StringIO("\n".join(lines[start + 1 :])), delimiter=delimiter)
    last = start + 1
    try:
        for values in reader:
            first, last = last + 1, start + 1 + reader.line_num
            cells: dict[str, str] = {}
            for field, value in zip(fields, values, strict=False):
                if field and value.strip():
                    cells[field] = f"{cells[field]}; {value}" if field in cells else value.strip()
            yield _Row(cells=cells, first=first, last=last)
    except csv.Error as error:
        reason = f"the table cannot be read on: {error}; what stands before it was read"
        damages.append(Damage(line=last + 1, reason=reason))


def _make_entry(row: _Row, lines: list[str]) -> Entry | None:
    """The paper of a row; None for one that names none, as "(no meeting)"."""
    cells = row.cells
    title = clean_title(first_of(cells, "title", "name"))
    identifiers = _identifiers(cells)
    dated = cells.get("year", "") or (cells.get("date", "") if _EXPORTED & cells.keys() else "")
    year, published = find_month(dated)
    authors = _people(cells.get("authors", ""))
    is_told = bool(authors or year or cells.get("venue") or cells.get("abstract"))
    is_named = is_title_like(title, fewest_words=3) or looks_coined(title)
    is_named = is_named and ("name" not in cells or capital_share(title) >= _ENOUGH_CAPITALS)
    if (not identifiers and not (title and (is_told or is_named))) or is_venue(title):
        return None
    line, column = _place(row, lines, "name" if "name" in cells else "title")
    tags = split_tags(cells.get("tags", ""))
    told = read_cell(first_of(cells, "read", "status"))
    state, day = (told.state, told.day) if told else told_of_entry(cells, tags)
    form = cells.get("form", "").replace(" ", "").casefold()
    return Entry(
        key=cells.get("key", ""),
        form=_FORMS.get(form, form),
        title=title,
        line=line,
        column=column,
        authors=authors,
        year=year,
        published=published,
        venue=clean_title(cells.get("venue", "")) or None,
        abstract=clean_title(cells.get("abstract", "")) or None,
        identifiers=identifiers,
        url=next((part for part in cells.get("url", "").split() if "://" in part), None),
        tags=tags,
        notes=_notes(row, lines),
        state=state,
        read_on=day,
    )


def _identifiers(cells: Mapping[str, str]) -> tuple[str, ...]:
    urls = [*cells.get("url", "").split(), first_of(cells, "title", "name")]
    number = _NUMBER.fullmatch(cells.get("url", "").strip())
    return find_identifiers_of(
        [
            ("doi", re.sub(r"^https?://(?:dx\.)?doi\.org/", "", cells.get("doi", ""))),
            ("pmid", cells.get("pmid", "")),
            ("pmcid", cells.get("pmcid", "")),
            ("arxiv", number[0] if number else re.sub(r"^\S*/", "", cells.get("arxiv", ""))),
            *(("url", url.strip("<>;,")) for url in urls if "://" in url),
        ]
    )


def _people(written: str) -> tuple[str, ...]:
    """The people of a cell: "Doe, Ann; Roe, Bo", "Ann Doe, Bo Roe" or "Ann Doe and Bo Roe"."""
    if ";" in written or " and " in written:
        names = [turn_name(name) for name in re.split(r"\s*;\s*|,?\s+and\s+", written)]
    else:
        parts = [part.strip() for part in written.split(",")]
        is_turned = len(parts) == 2 and " " not in parts[0]
        names = [turn_name(written)] if is_turned else parts
    kept = [clean_title(re.sub(r"\s*\(\d+\)|\bet al\b.*$", "", name)) for name in names]
    return tuple(name for name in kept if name)[:500]


def _notes(row: _Row, lines: list[str]) -> tuple[Note, ...]:
    written = html.unescape(_TAG.sub(" ", row.cells.get("notes", "")))
    if not written.strip():
        return ()
    line, column = _place(row, lines, "notes")
    return (Note(text=" ".join(written.split()), line=line, column=column),)


def _place(row: _Row, lines: list[str], field: str) -> tuple[int, int]:
    """Line and column of a cell of a row; the row's beginning when it cannot be told."""
    sought = row.cells.get(field, "").split("\n")[0][:40].replace('"', '""')
    for number in range(row.first, min(row.last, len(lines)) + 1):
        at = lines[number - 1].find(sought) if sought else -1
        if at >= 0:
            return number, at + 1
    return row.first, 1
