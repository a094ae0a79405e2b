"""NBIB files (the MEDLINE format PubMed exports) to entries of a bibliography."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from papergraph.readers.bibliography import (
    Bibliography,
    Damage,
    Entry,
    find_identifiers_of,
    find_month,
    reading_state,
    turn_name,
)
from papergraph.text import clean_title

# A field name of up to four letters, padded to four, a hyphen and a blank; nlm.nih.gov, 2026-11.
_LINE = re.compile(r"^([A-Z]{2,4}) {0,2}- ?(.*)$")
_BEGIN = re.compile(r"\s*PMID ?- ?\d+", re.MULTILINE)
_BOOKS = ("Book", "Books and Documents")


@dataclass(slots=True)
class _Record:
    line: int
    values: dict[str, list[tuple[str, int, int]]] = field(default_factory=dict)

    def first(self, *names: str) -> str:
        return next((self.values[name][0][0] for name in names if self.values.get(name)), "")

    def all(self, *names: str) -> list[str]:
        return [value for name in names for value, _, _ in self.values.get(name, [])]


def is_nbib(text: str, origin: str) -> bool:
    """Say whether a text is in MEDLINE format, by its first field or its name."""
    if origin.casefold().endswith(".nbib"):
        return "PMID" in text[:20_000] or bool(re.search(r"^TI  - ", text[:20_000], re.MULTILINE))
    return bool(_BEGIN.match(text[:200]))


def read_nbib(text: str) -> Bibliography:
    r"""Read the records of a file, each begun by its PMID or a blank line.

    >>> found = read_nbib("PMID- 26017442\nTI  - Deep\n      learning.\nDP  - 2015 May 28\n")
    >>> [(entry.title, entry.published, entry.identifiers) for entry in found.entries]
    [('Deep learning', '2015-05', ('pmid:26017442',))]
    """
    entries: list[Entry] = []
    damages: list[Damage] = []
    for record in _records(text):
        entry = _make_entry(record)
        if entry.title or entry.identifiers:
            entries.append(entry)
        else:
            reason = "the record has neither title nor identifier"
            damages.append(Damage(line=record.line, reason=reason))
    return Bibliography(form="nbib", entries=tuple(entries), damages=tuple(damages))


def _records(text: str) -> list[_Record]:
    records: list[_Record] = []
    record: _Record | None = None
    last: list[tuple[str, int, int]] | None = None
    for number, line in enumerate(text.split("\n"), 1):
        match = _LINE.match(line)
        if not line.strip() or (match and match[1] == "PMID"):
            record = last = None
        if match:
            if record is None:
                record = _Record(number)
                records.append(record)
            last = record.values.setdefault(match[1], [])
            last.append((match[2].strip(), number, match.start(2) + 1))
        elif last and line.startswith("      "):
            before, first, column = last[-1]
            last[-1] = (f"{before} {line.strip()}", first, column)
    return records


def _make_entry(record: _Record) -> Entry:
    place = next(iter(record.values.get("TI") or record.values.get("BTI") or ()), None)
    year, published = _date(record.first("DP", "DEP", "DA"))
    tags = tuple(dict.fromkeys(tag.strip("* ")[:100] for tag in record.all("OT") if tag.strip()))
    labelled = [("pmid", record.first("PMID")), ("pmcid", record.first("PMC"))]
    labelled += [
        ("doi", value.removesuffix("[doi]").strip())
        for value in record.all("LID", "AID")
        if value.endswith("[doi]")
    ]
    names = record.all("FAU") or [_spell(name) for name in record.all("AU")]
    return Entry(
        key=record.first("PMID"),
        form="book" if record.first("PT") in _BOOKS else "article",
        title=clean_title(place[0]) if place else "",
        line=place[1] if place else record.line,
        column=place[2] if place else 1,
        authors=tuple(turn_name(name) for name in (*names, *record.all("CN"))[:500]),
        year=year,
        published=published,
        venue=clean_title(record.first("JT", "TA", "PB")) or None,
        abstract=clean_title(record.first("AB")) or None,
        identifiers=find_identifiers_of(labelled),
        tags=tags,
        state=reading_state(tags=tags),
    )


def _date(text: str) -> tuple[int | None, str | None]:
    """Read "2015 May 28", "2015 May-Jun" or "20150527"."""
    digits = re.fullmatch(r"(\d{4})(\d{2})\d{2}", text)
    year, month = (digits[1], digits[2]) if digits else (text[:4], text[5:8])
    return find_month(year, month)


def _spell(name: str) -> str:
    """Turn "LeCun Y" into "LeCun, Y"."""
    family, _, initials = name.rpartition(" ")
    return f"{family}, {initials}" if family else name
