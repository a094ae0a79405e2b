"""Papers in a library: what sources say of them, how they are looked up, how they are shown."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import delete, func, insert, select

from papergraph.library.bylines import Bylines
from papergraph.library.cards import read_cards
from papergraph.library.database import Database
from papergraph.library.edits import Edits
from papergraph.library.schema import (
    identifiers,
    merges,
    nicknames,
    papers,
    records,
    sources,
)
from papergraph.library.showing import StoredSource
from papergraph.library.shown import ShownPapers
from papergraph.models import (
    Paper,
    PaperFacts,
    PaperRecord,
    complete_record,
    merge_records,
    record_from_json,
    record_to_json,
)
from papergraph.text import is_telling_title, name_key, title_key

KNOWN = ("complete", "partial", "none")
_CHUNK = 500  # host parameters of one statement stay far below SQLite's limit
_DATES_AT_ONCE = 50_000


class Papers:
    """The papers of one library. Numbers are the integers behind the public ids."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self.edits = Edits(database)
        self.bylines = Bylines(database)
        self._shown = ShownPapers(database, self.edits)

    def add_source(self, name: str, kind: str, now: str, licence: str | None = None) -> int:
        """Return the number of the source `name`, entering it when it is new."""
        found = self._database.execute(select(sources.c.id).where(sources.c.name == name)).scalar()
        if found is not None:
            return int(found)
        row = {"name": name, "kind": kind, "licence": licence, "fetched_at": now}
        return self._database.insert(insert(sources).values(**row))

    def add(self, record: PaperRecord, now: str) -> int:
        """Store a new paper from its first record and return its number."""
        return self.add_many([record], now)[0]

    def add_many(self, new: Sequence[PaperRecord], now: str) -> list[int]:
        """Store new papers, each from its first record, and return their numbers."""
        with self._database.transaction():
            numbers = []
            for record in new:
                row = {"title": record.title, "title_key": title_key(record.title)}
                statement = insert(papers).values(**row, created_at=now)
                numbers.append(self._database.insert(statement))
            self.put_records(dict(zip(numbers, new, strict=True)), now)
        return numbers

    def put_record(self, number: int, record: PaperRecord, now: str) -> None:
        """Enter or replace what one source says about a paper, and refresh what is shown of it."""
        self.put_records({number: record}, now)

    def put_records(self, said: Mapping[int, PaperRecord], now: str) -> None:
        """Enter or replace what a source says about each paper, and refresh what is shown."""
        if not said:
            return
        with self._database.transaction():
            names = dict.fromkeys(record.source for record in said.values())
            ids = {name: self.add_source(name, name.partition(":")[0], now) for name in names}
            statement = self._database.upsert(records)
            kept = {name: statement.excluded[name] for name in ("fields", "abstract", "seen_at")}
            changed = (records.c.fields != kept["fields"]) | records.c.abstract.is_distinct_from(
                kept["abstract"]
            )
            rows = [
                {
                    "paper_id": number,
                    "source_id": ids[record.source],
                    "fields": record_to_json(record),
                    "abstract": record.abstract,
                    "seen_at": now,
                }
                for number, record in said.items()
            ]
            keys = ["paper_id", "source_id"]
            self._database.execute(
                statement.on_conflict_do_update(index_elements=keys, set_=kept, where=changed), rows
            )
            self._refresh(list(said))

    def absorb(self, number: int, record: PaperRecord, now: str, *, asked: bool) -> bool:
        """Add what a source says to what the same source said before; returns if that is new.

        `asked` says that the record answers a question about this paper: its word then counts
        before what the source said in passing, in a reference list.
        """
        before = next(
            (old for old in self.records([number]).get(number, ()) if old.source == record.source),
            None,
        )
        if before is not None:
            record = complete_record(*((record, before) if asked else (before, record)))
        if record == before:
            return False
        self.put_record(number, record, now)
        return True

    def drop_records(self, source: str) -> dict[int, PaperRecord]:
        """Remove all that a source said; return it by the papers it spoke of, refreshed.

        Papers nobody else speaks of keep their row; `delete_orphans` removes those not used.
        """
        with self._database.transaction():
            of_source = select(sources.c.id).where(sources.c.name == source).scalar_subquery()
            rows = self._database.execute(select(records).where(records.c.source_id == of_source))
            said = {
                int(row.paper_id): record_from_json(
                    row.fields, source=source, abstract=row.abstract
                )
                for row in rows
            }
            self._database.execute(delete(records).where(records.c.source_id == of_source))
            self.refresh(said)
        return said

    def spoken_of(self, source: str) -> list[int]:
        """The papers that a source says something of, sorted."""
        statement = (
            select(records.c.paper_id)
            .join(sources, sources.c.id == records.c.source_id)
            .where(sources.c.name == source)
        )
        return sorted(int(row[0]) for row in self._database.execute(statement))

    def drop_source(self, name: str) -> None:
        """Remove the entry of a source that says nothing any more."""
        self._database.execute(delete(sources).where(sources.c.name == name))

    def refresh(self, numbers: Collection[int]) -> None:
        """Derive the shown values, identifiers and nicknames of these papers from their records."""
        self._refresh(sorted(set(numbers)))

    def _refresh(self, numbers: Sequence[int]) -> None:
        with self._database.transaction():
            lists = self._list_states(numbers)
            found = self.records(numbers)
            shown = {n: merge_records(found[n]) for n in numbers if n in found}
            self.show_as(
                {
                    number: replace(
                        record,
                        references_known=min(
                            lists.get(number, "none"), record.references_known, key=KNOWN.index
                        ),
                    )
                    for number, record in shown.items()
                }
            )

    def strip(self, numbers: Collection[int]) -> None:
        """Take identifiers and nicknames from papers nobody speaks of, for others to have."""
        for chunk in _chunks(numbers):
            for table in (identifiers, nicknames):
                self._database.execute(delete(table).where(table.c.paper_id.in_(chunk)))

    def show_as(self, shown: Mapping[int, PaperRecord]) -> None:
        """Show papers as these records say, and their readers; `refresh` does so by all records."""
        self._shown.write(shown)
        self.bylines.note(shown)

    def records(self, numbers: Collection[int]) -> dict[int, list[PaperRecord]]:
        """Return what every source says about these papers; papers without records are left out."""
        found: dict[int, list[PaperRecord]] = defaultdict(list)
        for chunk in _chunks(numbers):
            rows = self._database.read(
                "SELECT paper_id, name, fields, abstract FROM records JOIN sources"
                f" ON sources.id = records.source_id WHERE paper_id IN ({_marks(chunk)})",
                tuple(chunk),
            )
            for number, name, fields, abstract in rows:
                record = record_from_json(fields, source=name, abstract=abstract)
                found[int(number)].append(record)
        return dict(found)

    def get(self, numbers: Iterable[int], reader: str = "me") -> dict[int, Paper]:
        """Return these papers as shown to a reader, by number; unknown numbers are left out."""
        wanted = list(dict.fromkeys(numbers))
        shown: dict[int, Paper] = {}
        for chunk in _chunks(wanted):
            shown |= read_cards(self._database, chunk, reader)
        return shown

    def survivor(self, number: int) -> int | None:
        """Follow merges from a number to the paper that answers for it; None when unknown."""
        for _ in range(64):
            rows = self._database.read("SELECT merged_into FROM papers WHERE id = ?", (number,))
            if not rows or rows[0][0] is None:
                return number if rows else None
            number = int(rows[0][0])
        return number

    def unmerged(self, numbers: Collection[int]) -> set[int]:
        """Those of these numbers that are papers and answer for themselves."""
        at = select(papers.c.id).where(papers.c.merged_into.is_(None))
        parts = (at.where(papers.c.id.in_(chunk)) for chunk in _chunks(numbers))
        return {int(row[0]) for part in parts for row in self._database.execute(part)}

    def by_identifier(self, wanted: Collection[str]) -> dict[str, int]:
        """Look up identifiers written `scheme:value`; those not known are left out."""
        found: dict[str, int] = {}
        for chunk in _chunks(wanted):
            rows = self._database.read(
                "SELECT identifier, paper_id FROM identifiers"
                f" WHERE identifier IN ({_marks(chunk)})",
                tuple(chunk),
            )
            found |= {row[0]: int(row[1]) for row in rows}
        return found

    def by_name(self, name: str, hidden: Collection[int] = ()) -> list[int]:
        """Papers best known by this nickname, in any spelling: those that have it earliest.

        Papers that are `hidden` do not count.
        """
        sql = "SELECT paper_id, place FROM nicknames WHERE name_key = ?"
        found = self._database.read(sql, (name_key(name),))
        rows = [(number, place) for number, place in found if number not in hidden]
        best = min((place for _, place in rows), default=0)
        return sorted(number for number, place in rows if place == best)

    def by_title(self, title: str) -> list[int]:
        """Papers whose title has the same letters and figures."""
        return self.by_title_key(title_key(title))

    def by_title_key(self, key: str) -> list[int]:
        """Papers whose title has these letters and figures; none for an empty key."""
        if not key:
            return []
        sql = "SELECT id FROM papers WHERE title_key = ? AND merged_into IS NULL ORDER BY id"
        return [int(row[0]) for row in self._database.read(sql, (key,))]

    def names(self, hidden: Collection[int] = ()) -> list[str]:
        """Every nickname in the library, as spelt; those of `hidden` papers alone are left out."""
        rows = self._database.read("SELECT name, paper_id FROM nicknames")
        return sorted({name for name, number in rows if number not in hidden})

    def telling_titles(self, hidden: Collection[int] = ()) -> list[str]:
        """Titles of the papers known by a nickname that text can use like names.

        Long titles are none: they are found among the titles of all papers, by how they stand.
        """
        rows = self._database.read(
            "SELECT title, id FROM papers WHERE merged_into IS NULL AND length(title) < 200"
            " AND id IN (SELECT paper_id FROM nicknames)"
        )
        titles = {title for title, number in rows if number not in hidden}
        return sorted(filter(is_telling_title, titles))

    def count(self) -> int:
        """How many papers there are, merged ones not counted."""
        row = self._database.execute_raw(
            "SELECT (SELECT count(*) FROM papers)"
            " - (SELECT count(*) FROM papers WHERE merged_into IS NOT NULL)"
        )[0]
        return int(row[0])

    def count_by(self, *columns: str) -> dict[str, dict[str, int]]:
        """How many papers have each value of `kind` or `references_known`, by one look at all."""
        chosen = [papers.c[column] for column in columns]
        statement = (
            select(*chosen, func.count()).where(papers.c.merged_into.is_(None)).group_by(*chosen)
        )
        found: dict[str, Counter[str]] = {column: Counter() for column in columns}
        for *values, count in self._database.execute(statement):
            for column, value in zip(columns, values, strict=True):
                found[column][str(value)] += int(count)
        return {column: dict(counts) for column, counts in found.items()}

    def sources(self) -> list[StoredSource]:
        """Every source, with how many papers it speaks of; the one that knows most first."""
        counted = (
            select(records.c.source_id, func.count().label("papers"))
            .group_by(records.c.source_id)
            .subquery()
        )
        statement = select(sources, counted.c.papers).join(
            counted, counted.c.source_id == sources.c.id, isouter=True
        )
        found = [
            StoredSource(
                name=row.name,
                kind=row.kind,
                licence=row.licence,
                fetched_at=row.fetched_at,
                papers=int(row.papers or 0),
            )
            for row in self._database.execute(statement)
        ]
        return sorted(found, key=lambda item: (-item.papers, item.name))

    def facts(self, numbers: Collection[int]) -> dict[int, PaperFacts]:
        """The facts these papers are ordered by; unknown numbers are left out."""
        found: dict[int, PaperFacts] = {}
        for chunk in _chunks(numbers):
            rows = self._database.read(
                "SELECT id, title, year, published, kind, tags,"
                " (SELECT name FROM nicknames WHERE paper_id = papers.id ORDER BY place LIMIT 1)"
                f" FROM papers WHERE merged_into IS NULL AND id IN ({_marks(chunk)})",
                tuple(chunk),
            )
            for number, title, year, published, kind, tags, name in rows:
                found[number] = PaperFacts(
                    number=number,
                    title=title,
                    name=name or title,
                    year=year,
                    published=published,
                    kind=kind,
                    tags=tuple(json.loads(tags)) if tags != "[]" else (),
                )
        return found

    def date_array(self) -> NDArray[np.float64]:
        """Publication dates by paper number, years with a fraction; inf when unknown."""
        last = self._database.execute_raw("SELECT coalesce(max(id), 0) FROM papers")[0][0]
        dates = np.full(last + 1, np.inf)
        for start in range(0, last + 1, _DATES_AT_ONCE):
            rows = self._database.read(
                "SELECT id, year, published FROM papers WHERE id BETWEEN ? AND ?",
                (start, min(last, start + _DATES_AT_ONCE - 1)),
            )
            for number, year, published in rows:
                if published:
                    dates[number] = int(published[:4]) + (int(published[5:7] or 7) - 0.5) / 12
                elif year:
                    dates[number] = year + 0.5
        return dates

    def abstracts(self, numbers: Collection[int]) -> dict[int, str]:
        """The abstracts of these papers, where a source gives one."""
        merged = {n: merge_records(found) for n, found in self.records(numbers).items()}
        shown = self.edits.apply_to(merged)
        return {number: record.abstract for number, record in shown.items() if record.abstract}

    def delete(self, numbers: Collection[int]) -> None:
        """Remove these papers and all that hangs on them, papers merged into them included."""
        for chunk in _chunks(numbers):
            merged = select(papers.c.id).where(papers.c.merged_into.in_(chunk))
            inside = [int(row[0]) for row in self._database.execute(merged)]
            gone = [*chunk, *inside]
            self._database.execute(
                delete(merges).where(merges.c.kept.in_(gone) | merges.c.dropped.in_(gone))
            )
            self._database.execute(delete(papers).where(papers.c.id.in_(inside)))
            self._database.execute(delete(papers).where(papers.c.id.in_(chunk)))

    def _list_states(self, numbers: Collection[int]) -> dict[int, str]:
        """How much of their reference lists the best source gave: complete or partial."""
        best: dict[int, str] = {}
        for chunk in _chunks(numbers):
            rows = self._database.read(
                "SELECT paper_id, state FROM reference_lists"
                f" WHERE state IN ('complete', 'partial') AND paper_id IN ({_marks(chunk)})",
                tuple(chunk),
            )
            for number, state in rows:
                best[number] = min(state, best.get(number, state), key=KNOWN.index)
        return best


def _marks(values: Sequence[Any]) -> str:
    return ", ".join("?" * len(values))


def _chunks(values: Iterable[Any]) -> Iterable[list[Any]]:
    """Split into lists short enough for one statement; duplicates are dropped."""
    wanted = list(dict.fromkeys(values))
    return (wanted[start : start + _CHUNK] for start in range(0, len(wanted), _CHUNK))
