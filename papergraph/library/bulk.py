"""Many papers at once: the fast way in for the starter library and for imported corpora."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import fuzz

from papergraph.library.backend import NewRows, PaperText
from papergraph.library.database import Database
from papergraph.library.papers import Papers
from papergraph.library.showing import derived_columns
from papergraph.library.texts import Texts
from papergraph.models import PaperRecord, merge_records, record_to_json
from papergraph.text import compare_form, name_key, surname, title_key

Keyed = Sequence[tuple[str, PaperRecord]]

_LOOKUP = 400
_KEYS_AT_ONCE = 50_000


class KeyTable:
    """Papers by key in 12 bytes each, by a hash of 64 bits: a dictionary takes 200.

    A key that is not here is taken for one of a million that are once in 10^13 such keys.
    """

    def __init__(self, chunks: Iterable[Sequence[tuple[str, int]]], salt: str = "") -> None:
        """Take in (key, paper) rows."""
        self._salt = salt
        hashes, numbers = [np.empty(0, np.int64)], [np.empty(0, np.int32)]
        for rows in chunks:
            hashes.append(self._hash([key for key, _ in rows]))
            numbers.append(np.array([number for _, number in rows], dtype=np.int32))
        known = np.concatenate(hashes)
        order = np.argsort(known)
        self._hashes, self._numbers = known[order], np.concatenate(numbers)[order]

    @property
    def has_twins(self) -> bool:
        """Do two keys share a hash? Then another salt is to be tried."""
        return bool((self._hashes[1:] == self._hashes[:-1]).any())

    def numbers_of(self, keys: Sequence[str]) -> NDArray[np.int64]:
        """The papers of some keys, -1 where a key is not known."""
        wanted = self._hash(keys)
        if not len(self._hashes):
            return np.full(len(wanted), -1, dtype=np.int64)
        places = np.searchsorted(self._hashes, wanted)
        places[places == len(self._hashes)] = 0
        return np.where(self._hashes[places] == wanted, self._numbers[places], -1)

    def _hash(self, keys: Sequence[str]) -> NDArray[np.int64]:
        salted = (hash(self._salt + key) for key in keys)
        return np.fromiter(salted, dtype=np.int64, count=len(keys))


class Bulk:
    """Enters keyed records; a key is the source's own name for a paper, kept for its edges."""

    def __init__(self, database: Database, papers: Papers, texts: Texts) -> None:
        self._database = database
        self._papers = papers
        self._texts = texts

    def add_records(self, source: str, found: Keyed, now: str) -> int:
        """Enter a chunk of records in one transaction; returns how many papers are new.

        A record joins a stored paper that shares an identifier, or whose title key, a surname and
        the year within one agree; two keys of one source stay two papers unless an identifier
        joins them. Keys entered before are skipped, so a broken-off import can be run again.
        """
        with self._database.transaction():
            self._database.lock()
            source_id = self._papers.add_source(source, source.partition(":")[0], now)
            known = self.keys(source_id, [key for key, _ in found])
            todo = [(key, record) for key, record in found if key not in known]
            homes = self._find_homes(source_id, todo)
            fresh = [pair for pair in todo if pair[0] not in homes]
            numbers, repeated = self._insert(source_id, fresh, now)
            joined = [(homes[key], record) for key, record in todo if key in homes]
            self._join(source, [*joined, *repeated], now)
            rows = [(source_id, key, number) for key, number in (numbers | homes).items()]
            self._enter("import_keys", ("source_id", "key", "paper_id"), rows)
        return len(set(numbers.values()))

    def parts(self, source_id: int) -> dict[str, str]:
        """The parts of a source that were entered as a whole, with the hash of each."""
        rows = self._database.execute_raw(
            "SELECT part, sha256 FROM import_parts WHERE source_id = ?", (source_id,)
        )
        return {row[0]: row[1] for row in rows}

    def put_part(self, source_id: int, part: str, sha256: str, now: str) -> None:
        """Say that a part of a source was entered as a whole, in the transaction that did it."""
        self._database.execute_raw(
            "INSERT INTO import_parts VALUES (?, ?, ?, ?) ON CONFLICT (source_id, part)"
            " DO UPDATE SET sha256 = excluded.sha256, done_at = excluded.done_at",
            (source_id, part, sha256, now),
        )

    def keys(self, source_id: int, wanted: Sequence[str]) -> dict[str, int]:
        """Papers by the keys one source gave them."""
        return self._lookup(
            "SELECT key, paper_id FROM import_keys WHERE source_id = ? AND key IN ({})",
            wanted,
            (source_id,),
        )

    def all_keys(self, source_id: int) -> dict[str, int]:
        """Every key of a source with its paper."""
        rows = self._database.execute_raw(
            "SELECT key, paper_id FROM import_keys WHERE source_id = ?", (source_id,)
        )
        return {row[0]: row[1] for row in rows}

    def key_table(self, source_id: int) -> KeyTable:
        """Every key of a source, to look papers up by."""
        return next(
            table
            for salt in map(str, range(10))
            if not (table := KeyTable(self._key_rows(source_id), salt)).has_twins
        )

    def _key_rows(self, source_id: int) -> Iterator[list[tuple[str, int]]]:
        sql = "SELECT key, paper_id FROM import_keys WHERE source_id = ? AND key > ?"
        last = ""
        while rows := self._database.read(
            sql + " ORDER BY key LIMIT ?", (source_id, last, _KEYS_AT_ONCE)
        ):
            yield rows
            last = rows[-1][0]

    def _lookup(
        self, sql: str, wanted: Sequence[str], before: tuple[Any, ...] = ()
    ) -> dict[str, int]:
        found: dict[str, int] = {}
        for start in range(0, len(wanted), _LOOKUP):
            chunk = tuple(wanted[start : start + _LOOKUP])
            marks = ", ".join("?" * len(chunk))
            rows = self._database.execute_raw(sql.format(marks), before + chunk)
            found |= {row[0]: row[1] for row in rows}
        return found

    def _find_homes(self, source_id: int, todo: Keyed) -> dict[str, int]:
        wanted = list(dict.fromkeys(item for _, record in todo for item in record.identifiers))
        by_identifier = self._papers.by_identifier(wanted)
        homes: dict[str, int] = {}
        open_keys: dict[str, list[tuple[str, PaperRecord]]] = defaultdict(list)
        titles = self._titles(by_identifier.values())
        for key, record in todo:
            home = next((by_identifier[i] for i in record.identifiers if i in by_identifier), None)
            if home is None or not _titles_agree(record.title, titles[home]):
                open_keys[title_key(record.title)].append((key, record))
            else:
                homes[key] = home
        return homes | self._find_by_title(source_id, open_keys)

    def _titles(self, numbers: Iterable[int]) -> dict[int, str]:
        return {number: facts.title for number, facts in self._papers.facts(list(numbers)).items()}

    def _find_by_title(
        self, source_id: int, wanted: dict[str, list[tuple[str, PaperRecord]]]
    ) -> dict[str, int]:
        homes: dict[str, int] = {}
        keys = [key for key in wanted if key]
        for start in range(0, len(keys), _LOOKUP):
            chunk = tuple(keys[start : start + _LOOKUP])
            marks = ", ".join("?" * len(chunk))
            sql = (
                "SELECT title_key, id, authors, year FROM papers WHERE merged_into IS NULL AND NOT"
                " EXISTS (SELECT 1 FROM records WHERE paper_id = papers.id AND source_id = ?)"
                f" AND title_key IN ({marks})"
            )
            rows = self._database.execute_raw(sql, (source_id, *chunk))
            for found_key, number, authors, year in rows:
                for key, record in wanted[found_key]:
                    if key not in homes and _agrees(record, json.loads(authors), year):
                        homes[key] = number
                        break
        return homes

    def _join(self, source: str, joined: Sequence[tuple[int, PaperRecord]], now: str) -> None:
        """Add records to stored papers; what the source said of them before counts as well."""
        said: dict[int, list[PaperRecord]] = defaultdict(list)
        for number, record in joined:
            said[number].append(record)
        for number, known in self._papers.records(list(said)).items():
            said[number] += [record for record in known if record.source == source]
        for number, records in said.items():
            self._papers.put_record(number, merge_records(records), now)
        self._refresh_texts(list(said))

    def _insert(
        self, source_id: int, fresh: Keyed, now: str
    ) -> tuple[dict[str, int], list[tuple[int, PaperRecord]]]:
        """Enter new papers; returns them by key, and the records that speak of one once more."""
        first = self._database.execute_raw("SELECT coalesce(max(id), 0) + 1 FROM papers")[0][0]
        numbers: dict[str, int] = {}
        claimed: dict[str, int] = {}
        rows: list[tuple[int, PaperRecord]] = []
        repeated: list[tuple[int, PaperRecord]] = []
        for key, record in fresh:
            home = next((claimed[i] for i in record.identifiers if i in claimed), None)
            if home is not None and not _titles_agree(record.title, rows[home - first][1].title):
                home = None
            numbers[key] = first + len(rows) if home is None else home
            (rows if home is None else repeated).append((numbers[key], record))
            claimed |= {item: numbers[key] for item in record.identifiers if item not in claimed}
        if not rows:
            return {}, []
        self._insert_rows(source_id, rows, claimed, now)
        self._texts.append([text_of(number, record) for number, record in rows])
        return numbers, repeated

    def _insert_rows(
        self,
        source_id: int,
        rows: list[tuple[int, PaperRecord]],
        claimed: dict[str, int],
        now: str,
    ) -> None:
        columns = ("id", "created_at", *derived_columns(rows[0][1], None))
        self._enter(
            "papers",
            columns,
            [
                (number, now, *derived_columns(record, record.citations_elsewhere).values())
                for number, record in rows
            ],
        )
        said = [(n, source_id, record_to_json(record), record.abstract, now) for n, record in rows]
        columns = ("paper_id", "source_id", "fields", "abstract", "seen_at")
        self._enter("records", columns, said)
        columns = ("identifier", "paper_id")
        self._enter("identifiers", columns, list(claimed.items()), skip_known=True)
        named = [
            (name_key(name), number, name, place)
            for number, record in rows
            for place, name in enumerate(record.nicknames)
        ]
        columns = ("name_key", "paper_id", "name", "place")
        self._enter("nicknames", columns, named, skip_known=True)

    def _enter(
        self,
        table: str,
        columns: Sequence[str],
        values: Sequence[tuple[Any, ...]],
        *,
        skip_known: bool = False,
    ) -> None:
        self._database.insert_many(
            NewRows(table=table, columns=columns, values=values, skip_known=skip_known)
        )

    def _refresh_texts(self, numbers: Sequence[int]) -> None:
        refresh_texts(self._papers, self._texts, numbers)


def refresh_texts(papers: Papers, texts: Texts, numbers: Sequence[int]) -> None:
    """Bring the text index up to date for these papers, what people wrote included."""
    wanted = list(dict.fromkeys(numbers))
    shown = papers.get(wanted)
    abstracts = papers.abstracts(wanted)
    writing = texts.writing(wanted)
    texts.put(
        [
            PaperText(
                paper=number,
                title=paper.title,
                names=" ".join(paper.nicknames),
                abstract=abstracts.get(number, ""),
                summary=paper.summary or "",
                writing=writing.get(number, ""),
            )
            for number, paper in shown.items()
        ]
    )


def text_of(number: int, record: PaperRecord) -> PaperText:
    """What is searched of a paper known from one record."""
    spellings = {name_key(name): name for name in reversed(record.nicknames)}
    return PaperText(
        paper=number,
        title=record.title,
        names=" ".join(name for name in record.nicknames if name in spellings.values()),
        abstract=record.abstract or "",
        summary=record.summary or "",
    )


def _titles_agree(one: str, other: str) -> bool:
    """May two titles under one identifier be one work? A wrong id spreads, a title rarely does.

    One may be the other's beginning ("Variational Analysis", with and without its series).
    """
    one, other = compare_form(one), compare_form(other)
    return fuzz.ratio(one, other) >= 60 or fuzz.partial_ratio(one, other) >= 90


def _agrees(record: PaperRecord, authors: list[str], year: int | None) -> bool:
    """Do a surname and the year (within one) of a record agree with a stored paper's?"""
    shared = {surname(name) for name in record.authors} & {surname(name) for name in authors}
    is_near = record.year is not None and year is not None and abs(record.year - year) <= 1
    return bool(shared - {""}) and is_near
