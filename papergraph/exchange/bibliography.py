"""Imports a bibliography, as Zotero, Mendeley, JabRef, EndNote and PubMed write it.

BibTeX, RIS, CSL-JSON, NBIB, EndNote XML, Zotero RDF and tables as CSV are read.

A broken-off import can be run again, and a bibliography that has grown or changed: entries are
known again by their citation keys.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace

from rapidfuzz import fuzz

from papergraph.errors import InputError
from papergraph.exchange.corpus import ImportReport
from papergraph.identifiers import arxiv_month
from papergraph.library import Library
from papergraph.matching import void_identifiers
from papergraph.models import PaperRecord, merge_records
from papergraph.readers import read_bibliography_file
from papergraph.readers.bibliography import Bibliography, Entry, name_keys
from papergraph.text import clean_title, compare_form, shorten, title_key

_AT_ONCE = 500
_MOST_COMPLAINTS = 50
_NOTE = 2_000
MOST_BYTES = 100_000_000
Keyed = tuple[str, PaperRecord]


def import_bibliography(
    library: Library,
    data: bytes,
    origin: str,
    *,
    now: str,
    progress: Callable[[str, int], None] | None = None,
) -> ImportReport:
    """Enter every entry of a bibliography file as a paper.

    Tags and collections (as tags), notes (as the summary), the path of an attached PDF and the
    reading state are kept; a state the reader has set since is never changed. Damaged entries are
    entered with what could be read of them and told in the report with their line. The same file
    again changes nothing; of a changed one the changed entries are brought up to date.

    Parameters
    ----------
    data, origin
        The bytes of the file, and its path or name; the last part of it names the source.
    progress
        Called with "papers" and how many were just entered.

    Raises
    ------
    InputError
        When the file is no bibliography, too big, or not text at all.
    """
    if len(data) > MOST_BYTES:
        raise InputError(
            f"{origin!r} has {len(data):,} bytes, the limit of a bibliography is {MOST_BYTES:,};"
            " export it in parts"
        )
    bibliography = read_bibliography_file(data, origin)
    if bibliography is None:
        raise InputError(
            f"a bibliography was asked for, none was found in {origin!r}:"
            " it is neither BibTeX, RIS, CSL-JSON, NBIB, EndNote XML, Zotero RDF"
            " nor a table of papers as CSV;"
            " 'papergraph ingest' reads other writing"
        )
    name = re.split(r"[/\\]", origin)[-1] or "bibliography"
    run = _Run(library, f"import:{name}", now)
    for chunk in _chunks(run.name(_without_void(bibliography)), _AT_ONCE):
        run.enter(chunk)
        if progress:
            progress("papers", len(chunk))
    library.touch_graph()
    return run.report(bibliography)


class _Run:
    """One run of an import."""

    def __init__(self, library: Library, source: str, now: str) -> None:
        self._library = library
        self._source = source
        self._now = now
        self._source_id = library.papers.add_source(source, "import", now)
        self._before = library.bulk.all_keys(self._source_id)
        self._keys_of = Counter(self._before.values())
        self._papers = 0
        self._new = 0
        self._complaints: list[str] = []

    def name(self, bibliography: Bibliography) -> list[tuple[str, Entry]]:
        """Give every entry its key; a key that is another paper's by now gets its title added."""
        named = list(zip(name_keys(bibliography.entries), bibliography.entries, strict=True))
        known = [self._before[key] for key, _ in named if key in self._before]
        titles = {n: facts.title for n, facts in self._library.papers.facts(known).items()}
        keyed: list[tuple[str, Entry]] = []
        for key, entry in named:
            title = titles.get(self._before.get(key, 0), "")
            is_other = title and entry.title and not _are_one(title, entry.title)
            keyed.append((f"{key}:{title_key(entry.title)[:60]}" if is_other else key, entry))
        return keyed

    def enter(self, chunk: Sequence[tuple[str, Entry]]) -> None:
        """Enter some entries, and bring those entered before up to date."""
        keyed = [(key, make_record(entry, self._source)) for key, entry in chunk]
        self._papers += len(keyed)
        self._new += self._library.bulk.add_records(self._source, keyed, self._now)
        homes = self._library.bulk.keys(self._source_id, [key for key, _ in keyed])
        with self._library.transaction():
            self._update([pair for pair in keyed if pair[0] in self._before], homes)
            self._set_states(chunk, homes)

    def _update(self, keyed: Iterable[Keyed], homes: dict[str, int]) -> None:
        told: dict[int, list[PaperRecord]] = defaultdict(list)
        for key, record in keyed:
            told[homes[key]].append(record)
        changed: list[int] = []
        for number, records in self._library.papers.records(list(told)).items():
            stored = [record for record in records if record.source == self._source]
            fresh = merge_records(told[number])
            if stored != [fresh] and self._keys_of[number] == len(told[number]):
                self._library.papers.put_record(number, fresh, self._now)
                changed.append(number)
        self._library.refresh_texts(changed)

    def _set_states(self, chunk: Iterable[tuple[str, Entry]], homes: dict[str, int]) -> None:
        """Enter reading states, where the reader has said nothing else yet."""
        states = {homes[key]: entry.state for key, entry in chunk if entry.state}
        shown = self._library.papers.get(list(states))
        for number, state in states.items():
            if shown[number].state is None:
                self._library.states.put([number], state, reader="me", now=self._now)

    def report(self, bibliography: Bibliography) -> ImportReport:
        """Sum up."""
        damages = bibliography.damages
        complaints = [str(damage) for damage in damages[:_MOST_COMPLAINTS]]
        if len(damages) > _MOST_COMPLAINTS:
            complaints.append(f"{len(damages) - _MOST_COMPLAINTS:,} more parts are damaged")
        return ImportReport(
            papers=self._papers,
            new_papers=self._new,
            citations=0,
            unknown_ends=0,
            bad_rows=len(damages),
            complaints=tuple(complaints),
        )


def _without_void(bibliography: Bibliography) -> Bibliography:
    """Take off the identifiers that several different works claim; they are nobody's."""
    entries = bibliography.entries
    void = void_identifiers((entry.title, entry.identifiers) for entry in entries)
    kept = (tuple(i for i in entry.identifiers if i not in void) for entry in entries)
    return replace(
        bibliography,
        entries=tuple(replace(e, identifiers=i) for e, i in zip(entries, kept, strict=True)),
    )


def make_record(entry: Entry, source: str) -> PaperRecord:
    """Turn an entry of a bibliography into a record."""
    arxiv = next((item for item in entry.identifiers if item.startswith("arxiv:")), "")
    month = arxiv_month(arxiv.partition(":")[2], entry.year)
    known = [date for date in (entry.published, month) if date]
    return PaperRecord(
        title=entry.title or next(iter(entry.identifiers), "") or entry.url or entry.key,
        source=source,
        authors=entry.authors,
        year=entry.year,
        published=min(known, default=None),
        venue=entry.venue,
        abstract=clean_title(entry.abstract) if entry.abstract else None,
        kind=entry.kind if entry.title else "stub",
        url=entry.link or next(iter(entry.files), None),
        summary=shorten(entry.note, _NOTE) if entry.note else None,
        identifiers=entry.identifiers,
        tags=entry.tags,
        pdf=next((file for file in entry.files if file.lower().endswith(".pdf")), None),
    )


def _are_one(title: str, other: str) -> bool:
    one, two = compare_form(title), compare_form(other)
    return fuzz.ratio(one, two) >= 60 or fuzz.partial_ratio(one, two) >= 90


def _chunks(items: list[tuple[str, Entry]], size: int) -> Iterator[list[tuple[str, Entry]]]:
    for start in range(0, len(items), size):
        yield items[start : start + size]
