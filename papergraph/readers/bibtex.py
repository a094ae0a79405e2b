"""BibTeX and BibLaTeX files, as people and programs write them, to the entries of a bibliography.

Entries are found one by one, so that a damaged one costs no other. Abbreviations (`@string`) and
`crossref` are followed; the fields of Zotero, Mendeley, JabRef and BibDesk are known.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass, field

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
from papergraph.readers.bibtex_prose import read_prose
from papergraph.readers.latex import latex_to_text
from papergraph.text import clean_title

_ENTRY = re.compile(r"@[ \t]*(?P<form>[A-Za-z]{2,30})[ \t\n]*[{(]")
_LINE_START = re.compile(r"^[ \t]*@[ \t]*[A-Za-z]{2,30}[ \t]*[{(]", re.MULTILINE)
_KEY = re.compile(r"\s*([^\s,={}()\"]{0,200})\s*,?")
_NAME = re.compile(r"[\s,]*([A-Za-z][\w:.+/-]{0,40})\s*=\s*")
_NEXT_NAME = re.compile(r"[,\n]\s*([A-Za-z][\w:.+/-]{0,40})\s*=\s*")
_END = re.compile(r"[\s,]*[})]")
_BARE = re.compile(r"[^\s,#{}\"=]{1,200}")
_BRACES = re.compile(r"[{}]")
_BRACES_AND_QUOTE = re.compile(r'[{}"]')
_LONGEST_VALUE = 50_000
_LONGEST_STRING = 4_000
_LONGEST_BROKEN = 2_000
_NOTE_FIELDS = ("annote", "annotation", "comment", "comments", "review", "notes", "mynote")
_NO_NOTE = re.compile(
    r"^\W*(?:arxiv|comment:|url|doi|isbn|issn|pmid|\[?online|accessed|available|citation key|"
    r"section:|number:|publisher|type:|accepted|to appear|in press|_eprint|https?:|presented|"
    r"proceedings|workshop|oral|poster|best paper|extended|equal contrib|submitted|technical|"
    r"version|code|software|published|backup|series|\d+ pages)",
    re.IGNORECASE,
)
_INHERITED = ("booktitle", "year", "date", "month", "publisher", "series", "journal", "url")


def is_bibtex(text: str, origin: str) -> bool:
    """Say whether a text is BibTeX, by its name or its first entries."""
    has_entry = bool(_LINE_START.search(text[:20_000]))
    return has_entry and (
        origin.casefold().endswith((".bib", ".bibtex"))
        or bool(re.match(r"\s*(?:%[^\n]*\n\s*)*@\s*\w+\s*\{", text))
    )


@dataclass(slots=True, kw_only=True)
class _Raw:
    """An entry as it stands: its fields in lower case with where their values begin."""

    form: str
    key: str
    start: int
    fields: dict[str, str] = field(default_factory=dict)
    places: dict[str, int] = field(default_factory=dict)
    broken: set[str] = field(default_factory=set)


def read_bibtex(text: str) -> Bibliography:
    r"""Read the entries of a BibTeX file.

    >>> entry, = read_bibtex("@article{k, title={Deep {N}\\'ets}, eprint={1512.00001}}").entries
    >>> entry.title, entry.identifiers
    ('Deep Néts', ('arxiv:1512.00001',))
    """
    scan = _Scan(text)
    scan.run()
    by_key = {raw.key.casefold(): raw for raw in reversed(scan.found) if raw.key}
    entries: list[Entry] = []
    for raw in scan.found:
        parent = by_key.get(first_of(raw.fields, "crossref", "xdata").strip().casefold())
        fields = _with_inherited(raw, parent)
        entry = _make_entry(raw, fields, scan)
        if entry.title or entry.identifiers or entry.url:
            entries.append(entry)
        else:
            scan.complain(raw.start, f"the entry {raw.key!r} has neither title nor identifier")
    damages = tuple(sorted(scan.damages, key=lambda damage: damage.line))
    prose = read_prose(text, sorted(scan.spans))
    return Bibliography(form="bibtex", entries=tuple(entries), damages=damages, prose=prose)


class _Scan:
    """One pass over a file: entries, abbreviations and damages, all with their places."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.found: list[_Raw] = []
        self.damages: list[Damage] = []
        self.strings: dict[str, str] = {}
        self.spans: list[tuple[int, int]] = []  # of all that is no prose
        self._feeds = [match.start() for match in re.finditer("\n", text)]
        self._starts = [match.start() for match in _LINE_START.finditer(text)]
        self._broken_strings = False  # one was not closed: none is looked for over lines again
        self._never_closed = False  # a comment ran to the end: no other is looked for again

    def run(self) -> None:
        """Read the abbreviations first, so that it does not matter where they stand."""
        for is_for_strings in (True, False):
            position = 0
            while match := _ENTRY.search(self.text, position):
                position = match.end()
                if match[0].endswith("(") and not self._is_at_line_start(match):
                    continue  # "thanks to @ann (in Oslo)"
                position = self._take(match, is_for_strings=is_for_strings)
                if not is_for_strings and match["form"].lower() != "string":
                    self.spans.append((match.start(), position))

    def place(self, position: int) -> tuple[int, int]:
        """Line and column, both from 1."""
        line = bisect_right(self._feeds, position - 1)
        start = self._feeds[line - 1] + 1 if line else 0
        return line + 1, position - start + 1

    def complain(self, position: int, reason: str) -> None:
        self.damages.append(Damage(line=self.place(position)[0], reason=reason))

    def _take(self, match: re.Match[str], *, is_for_strings: bool) -> int:
        form = match["form"].lower()
        if form in ("comment", "preamble"):
            return self._skip(match)
        limit = self._limit(match)
        if form == "string":
            if is_for_strings:
                self.spans.append((match.start(), self._read_string(match.end(), limit)))
            return match.end()
        if is_for_strings:
            return max(limit - 1, match.end()) if self._is_at_line_start(match) else match.end()
        return self._read_entry(match, limit)

    def _is_at_line_start(self, match: re.Match[str]) -> bool:
        line, _ = self.place(match.start())
        start = self._feeds[line - 2] + 1 if line > 1 else 0
        return not self.text[start : match.start()].strip()

    def _limit(self, match: re.Match[str]) -> int:
        """Where the next entry begins that stands at the start of a line."""
        following = bisect_right(self._starts, match.start())
        return self._starts[following] if following < len(self._starts) else len(self.text)

    def _skip(self, match: re.Match[str]) -> int:
        """Go past a comment: what stands in its braces is not read."""
        end = None if self._never_closed else self._closing(match.end() - 1, len(self.text))
        if end is not None:
            return end
        self._never_closed = True
        feed = self.text.find("\n", match.end())
        return len(self.text) if feed < 0 else feed

    def _closing(self, start: int, limit: int) -> int | None:
        """Where the brace that opens at `start` is closed again: the position after it."""
        depth = 0
        for match in _BRACES.finditer(self.text, start, limit):
            depth += 1 if match[0] == "{" else -1
            if depth <= 0:
                return match.end()
        return None

    def _read_string(self, start: int, limit: int) -> int:
        """Read an abbreviation; returns where it ends."""
        match = _NAME.match(self.text, start, limit)
        if match is None:
            return start
        value = self._value(match.end(), limit, is_broken=self._broken_strings)
        self._broken_strings = self._broken_strings or value.is_broken
        self.strings[match[1].lower()] = value.text[:_LONGEST_STRING]
        end = _END.match(self.text, value.end, limit)
        return end.end() if end else value.end

    def _read_entry(self, match: re.Match[str], limit: int) -> int:
        key = _KEY.match(self.text, match.end(), limit)
        position = key.end() if key else match.end()
        raw = _Raw(form=match["form"].lower(), key=key[1] if key else "", start=match.start())
        if key and self.text[position : position + 1] == "=":  # a field without a key before it
            raw.key, position = "", match.end()
        self.found.append(raw)
        is_broken = False
        while True:
            name = _NAME.match(self.text, position, limit)
            if name is None:
                end = _END.match(self.text, position, limit)
                if end:
                    return end.end()
                name = _NEXT_NAME.search(self.text, position, limit)
                if not is_broken:
                    self.complain(raw.start, f"the entry {raw.key!r} is damaged or never closed")
                is_broken = True
            if name is None:
                return max(limit - 1, match.end())
            value = self._value(name.end(), limit, is_broken=is_broken)
            if value.is_broken and not is_broken:
                self.complain(name.start(1), f"the field {name[1]!r} of {raw.key!r} never ends")
                is_broken = True
            if value.is_broken:
                raw.broken.add(name[1].lower())
            if value.text.strip():
                raw.fields.setdefault(name[1].lower(), value.text)
                raw.places.setdefault(name[1].lower(), value.start)
            position = max(value.end, name.end())

    def _value(self, position: int, limit: int, *, is_broken: bool) -> _Value:
        """Read parts joined by "#": braced, quoted, or names and numbers."""
        parts: list[str] = []
        start = position
        while True:
            opening = self.text[position : position + 1]
            if opening in ("{", '"') and opening:
                end = self._part_end(position, limit, is_broken=is_broken)
                if end is None:
                    return self._rest_of_line(position, limit)
                inner = self.text[position + 1 : end - 1]
                if not "".join(parts).strip():
                    start = position + 1 + len(inner) - len(inner.lstrip("{ \t\n"))
                parts.append(inner)
                position = end
            elif bare := _BARE.match(self.text, position, limit):
                word = bare[0]
                parts.append(self.strings.get(word.lower(), word))
                position = bare.end()
            joint = re.compile(r"\s*#\s*").match(self.text, position, limit)
            if joint is None or sum(map(len, parts)) > _LONGEST_VALUE:
                return _Value(text="".join(parts)[:_LONGEST_VALUE], start=start, end=position)
            position = joint.end()

    def _part_end(self, position: int, limit: int, *, is_broken: bool) -> int | None:
        """Where a braced or quoted part ends: after its closing sign; None when never."""
        if is_broken:  # one search to the end an entry is enough
            limit = min(limit, position + _LONGEST_BROKEN)
            feed = self.text.find("\n", position, limit)
            limit = feed if feed >= 0 else limit
        if self.text[position] == "{":
            return self._closing(position, limit)
        depth = 0
        for match in _BRACES_AND_QUOTE.finditer(self.text, position + 1, limit):
            if match[0] == '"' and depth == 0:
                return match.end()
            depth += {"{": 1, "}": -1}.get(match[0], 0)
        return None

    def _rest_of_line(self, position: int, limit: int) -> _Value:
        """What can be saved of a value that never ends: its line, up to what looks like a field."""
        feed = self.text.find("\n", position, min(limit, position + 2000))
        stop = feed if feed >= 0 else min(limit, position + 2000)
        following = re.compile(r",\s*[A-Za-z][\w-]{0,40}\s*=\s*[{\"]").search(
            self.text, position, stop
        )
        end = following.start() if following else stop
        text = self.text[position:end].strip('{}", \t')
        start = (
            position + len(self.text[position:end]) - len(self.text[position:end].lstrip('{" \t'))
        )
        return _Value(text=text, start=start, end=end, is_broken=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Value:
    text: str
    start: int
    end: int
    is_broken: bool = False


def _with_inherited(raw: _Raw, parent: _Raw | None) -> dict[str, str]:
    fields = dict(raw.fields)
    if parent is not None and parent is not raw:
        for name in _INHERITED:
            if parent.fields.get(name):
                fields.setdefault(name, parent.fields[name])
        fields.setdefault("booktitle", parent.fields.get("title", ""))
    return fields


def _make_entry(raw: _Raw, fields: Mapping[str, str], scan: _Scan) -> Entry:
    plain = {name: " ".join(latex_to_text(value).split()) for name, value in fields.items()}
    line, column = scan.place(raw.places.get("title", raw.start))
    year, published = find_month(first_of(plain, "year", "date"), plain.get("month", ""))
    tags = [
        tag
        for name in ("keywords", "keyword", "mendeley-tags", "tags", "groups", "mendeley-groups")
        for tag in split_tags(plain.get(name, ""))
    ]
    state, read_on = told_of_entry(plain, tags)
    return Entry(
        key=raw.key,
        form=raw.form,
        title=clean_title(plain.get("title", "")),
        line=line,
        column=column,
        authors=_authors(first_of(fields, "author", "editor" if raw.form == "book" else "author")),
        year=year,
        published=published,
        venue=_venue(plain),
        abstract=plain.get("abstract") or None,
        identifiers=_identifiers(plain, fields),
        url=next(iter(_urls(fields)), None),
        tags=tuple(dict.fromkeys(tags)),
        notes=_notes(raw, plain, scan),
        state=state,
        read_on=read_on,
        files=_files(fields),
        is_damaged="title" in raw.broken,
    )


def _authors(text: str) -> tuple[str, ...]:
    """Split at "and" outside of braces; a name in braces is a body's and stays as it is."""
    names: list[str] = []
    depth = begin = 0
    for match in re.finditer(r"[{}]|\s+and\s+", text):
        if match[0] in "{}":
            depth += 1 if match[0] == "{" else -1
        elif depth <= 0:
            names.append(text[begin : match.start()])
            begin = match.end()
    names.append(text[begin:])
    shown = []
    for name in names[:500]:
        is_body = re.fullmatch(r"\s*\{[^{}\\]*\}\s*", name) is not None
        plain = " ".join(latex_to_text(name).split())
        if plain and plain.casefold() not in ("others", "et al."):
            shown.append(plain if is_body else turn_name(plain))
    return tuple(shown)


def _venue(plain: Mapping[str, str]) -> str | None:
    venue = first_of(
        plain, "journal", "journaltitle", "booktitle", "school", "institution", "publisher"
    )
    return clean_title(venue) or None


def _identifiers(plain: Mapping[str, str], raw: Mapping[str, str]) -> tuple[str, ...]:
    kind = first_of(plain, "eprinttype", "archiveprefix").casefold()
    eprint = plain.get("eprint", "")
    is_number = re.match(
        r"(?:arxiv:)?(?:\d{4}\.\d{4,5}|[a-z-]+(?:\.[A-Z]{2})?/\d{7})", eprint, re.IGNORECASE
    )
    labelled = [("arxiv", eprint)] if kind in ("arxiv", "") and is_number else []
    if kind in ("pubmed", "pmid"):
        labelled.append(("pmid", eprint))
    labelled += [
        ("doi", plain.get("doi", "")),
        ("arxiv", first_of(plain, "arxivid", "arxiv")),
        ("pmid", plain.get("pmid", "")),
        ("pmcid", plain.get("pmcid", "")),
        *(("url", url) for url in _urls(raw)),
    ]
    for name in ("journal", "volume", "number", "note", "howpublished", "journaltitle"):
        labelled.append(("text", plain.get(name, "")))
    return find_identifiers_of(labelled)


def _urls(raw: Mapping[str, str]) -> list[str]:
    r"""Addresses in the fields that hold them; "\_" and "{\%}" stand for their signs."""
    found: list[str] = []
    for name in ("url", "ee", "link", "howpublished", "note"):
        value = re.sub(r"\{?\\([_%#&~])\}?", r"\1", raw.get(name, ""))
        found += re.findall(r"https?://[^\s{}\"\\]+", value)
    return found


def _notes(raw: _Raw, plain: Mapping[str, str], scan: _Scan) -> tuple[Note, ...]:
    notes: list[Note] = []
    for name in (*_NOTE_FIELDS, "note"):
        text = plain.get(name, "") if name in raw.fields else ""
        if not text or (name == "note" and (_NO_NOTE.match(text) or len(text.split()) < 5)):
            continue
        line, column = scan.place(raw.places[name])
        notes.append(Note(text=text, line=line, column=column))
    return tuple(sorted(notes, key=lambda note: note.line))


def _files(fields: Mapping[str, str]) -> tuple[str, ...]:
    """Paths of attachments: "Full Text:files/1/a.pdf:application/pdf;...", or paths alone."""
    found: list[str] = []
    told = first_of(fields, "file", "localfile", "local-url").replace("$\\backslash$", "\\")
    for part in re.split(r"(?<!\\);(?! )", told):
        pieces = re.split(r"(?<!\\):(?!\\\\|//)", part.strip())
        path = pieces[1] if len(pieces) >= 3 else pieces[0]
        path = re.sub(r"\\([:;\\_{}])", r"\1", path).strip()
        if path:
            found.append(path)
    return tuple(found[:20])
