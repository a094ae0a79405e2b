"""RIS files, as reference managers and publishers write them, to entries of a bibliography.

Read here and not by a library: the usual one drops or joins records that lack their `ER` line.
"""

from __future__ import annotations

import html
import re
from dataclasses import dataclass, field

from papergraph.readers.bibliography import (
    Bibliography,
    Damage,
    Entry,
    Note,
    find_identifiers_of,
    find_month,
    reading_state,
    turn_name,
)
from papergraph.text import clean_title

_LINE = re.compile(r"^[ \t]{0,3}([A-Z][A-Z0-9])[ \t]{1,3}-(?:[ \t]?(.*))?$")
_BEGIN = re.compile(r"^[ \t]{0,3}TY[ \t]{1,3}-", re.MULTILINE)
_MOST_LINES = 2_000
_BOOKS = {"BOOK": "book", "EBOOK": "book", "EDBOOK": "book", "DATA": "dataset"}
_DATA = {"AGGR": "dataset", "COMP": "software"}


def is_ris(text: str, origin: str) -> bool:
    """Say whether a text is RIS, by its first line or its name."""
    head = text[:20_000]
    if not _BEGIN.search(head):
        return False
    return origin.casefold().endswith(".ris") or _BEGIN.match(head.lstrip()) is not None


@dataclass(slots=True)
class _Record:
    """The values of one record by tag, each with its line and column."""

    line: int
    values: dict[str, list[tuple[str, int, int]]] = field(default_factory=dict)
    last: list[tuple[str, int, int]] | None = None
    is_closed: bool = False

    def first(self, *tags: str) -> str:
        return next((self.values[tag][0][0] for tag in tags if self.values.get(tag)), "")

    def all(self, *tags: str) -> list[str]:
        return [value for tag in tags for value, _, _ in self.values.get(tag, [])]


def read_ris(text: str) -> Bibliography:
    r"""Read the records of a RIS file, those that never end too.

    >>> found = read_ris("TY  - JOUR\nTI  - Deep Nets\nTY  - JOUR\nTI  - Wide Nets\nER  - \n")
    >>> [entry.title for entry in found.entries], [str(damage) for damage in found.damages]
    (['Deep Nets', 'Wide Nets'], ['line 1: the record has no ER line'])
    """
    damages: list[Damage] = []
    entries: list[Entry] = []
    for record in _records(text):
        if not record.is_closed:
            damages.append(Damage(line=record.line, reason="the record has no ER line"))
        entry = _make_entry(record)
        if entry.title or entry.identifiers or entry.url:
            entries.append(entry)
        else:
            reason = "the record has neither title nor identifier"
            damages.append(Damage(line=record.line, reason=reason))
    return Bibliography(form="ris", entries=tuple(entries), damages=tuple(damages))


def _records(text: str) -> list[_Record]:
    records: list[_Record] = []
    record: _Record | None = None
    for number, line in enumerate(text.split("\n"), 1):
        match = _LINE.match(line)
        if match and match[1] == "TY":
            record = _Record(number)
            records.append(record)
        if record is None:
            if not match or match[1] == "ER":
                continue
            record = _Record(number)  # a record whose first line is lost
            records.append(record)
        if match and match[1] == "ER":
            record.is_closed, record = True, None
        elif match:
            value = (match[2] or "").strip()
            column = match.end() - len((match[2] or "").lstrip()) + 1
            record.last = record.values.setdefault(match[1], [])
            record.last.append((value, number, max(column, 1)))
        elif line.strip() and record.last:
            before, first, column = record.last[-1]
            if number - first < _MOST_LINES:
                record.last[-1] = (f"{before} {line.strip()}".strip(), first, column)
    return records


def _make_entry(record: _Record) -> Entry:
    form = record.first("TY").upper()
    place = next(
        (record.values[tag][0] for tag in ("TI", "T1", "CT", "BT") if record.values.get(tag)), None
    )
    title = clean_title(place[0]) if place else ""
    date = record.first("PY", "Y1", "DA", "Y2").replace("/", "-")
    year, published = find_month(date or record.first("DA"))
    if published is None and record.first("DA"):
        published = find_month(record.first("DA").replace("/", "-"))[1]
    tags = tuple(
        dict.fromkeys(
            part.strip()[:100]
            for value in record.all("KW")
            for part in value.split(";")
            if part.strip()
        )
    )
    urls = [url for value in record.all("UR", "LK") for url in value.split(";") if "://" in url]
    return Entry(
        key=record.first("ID"),
        form=_BOOKS.get(form) or _DATA.get(form) or form.casefold(),
        title=title,
        line=place[1] if place else record.line,
        column=place[2] if place else 1,
        authors=tuple(
            turn_name(name) for name in record.all("AU", "A1", "A0")[:500] if name.strip(" ,")
        ),
        year=year,
        published=published,
        venue=clean_title(record.first("JO", "JF", "T2", "JA", "J2", "BT", "PB")) or None,
        abstract=clean_title(record.first("AB", "N2")) or None,
        identifiers=_identifiers(record),
        url=urls[0].strip() if urls else None,
        tags=tags,
        notes=_notes(record),
        state=reading_state(record.first("RS"), tags),
        files=tuple(value for value in record.all("L1", "L2", "L4", "FD") if value)[:20],
    )


def _identifiers(record: _Record) -> tuple[str, ...]:
    labelled = [("doi", value) for value in record.all("DO")]
    labelled += [("url", url) for value in record.all("UR", "LK", "L1", "L2") for url in [value]]
    labelled += [("pmcid", value) for value in record.all("C2") if value.startswith("PMC")]
    if "pubmed" in record.first("DB", "DP").casefold():
        labelled += [("pmid", value) for value in record.all("AN")]
    tags = ("M1", "M3", "C1", "C7", "JO", "JF", "T2", "AN", "PB", "VL", "N1")
    labelled += [("text", value) for value in record.all(*tags) if len(value) < 300]
    return find_identifiers_of(labelled)


def _notes(record: _Record) -> tuple[Note, ...]:
    notes: list[Note] = []
    for value, line, column in (*record.values.get("N1", ()), *record.values.get("RN", ())):
        plain = " ".join(html.unescape(re.sub(r"<[^<>]{0,300}>", " ", value)).split())
        is_bookkeeping = re.match(
            r"(?:arxiv|export date|cited by|ISSN|doi|times cited|accession|date |publisher)\b",
            plain,
            re.IGNORECASE,
        )
        if len(plain.split()) >= 3 and not is_bookkeeping:
            notes.append(Note(text=plain, line=line, column=column))
    return tuple(notes)
