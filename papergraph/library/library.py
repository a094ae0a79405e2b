"""A library: one database of papers, reviews, citations, relations and reading states."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from functools import cached_property
from pathlib import Path
from secrets import token_hex
from typing import Any

from sqlalchemy import inspect

from papergraph.errors import LibraryError
from papergraph.library import schema
from papergraph.library.bulk import Bulk, refresh_texts
from papergraph.library.catalogue import Catalogue
from papergraph.library.changes import COUNT_UP, PUT_FACT
from papergraph.library.citations import Citations
from papergraph.library.copying import Tell, copy_library
from papergraph.library.database import Database, backend_of
from papergraph.library.decisions import Decisions
from papergraph.library.frontier import Frontier
from papergraph.library.jobs import Jobs
from papergraph.library.merging import Merges
from papergraph.library.migrating import HEAD, current, stamp, upgrade
from papergraph.library.papers import Papers
from papergraph.library.prerequisites import Prerequisites
from papergraph.library.ratings import Ratings
from papergraph.library.reviews import Reviews, StoredLineage, StoredRelation
from papergraph.library.sourced import SourcedCitations
from papergraph.library.starter import SOURCE, Starter, read_starter
from papergraph.library.states import ReadingStates
from papergraph.library.texts import Texts
from papergraph.library.titles import Titles
from papergraph.library.turns import Turns
from papergraph.library.vectors import Vectors
from papergraph.library.watches import Watches
from papergraph.library.writing import Writing
from papergraph.models import Paper
from papergraph.places import Place
from papergraph.settings import usual_turns

STARTER_LICENCE = "facts; see data/README.md (includes data of Epoch AI, CC BY 4.0)"
_EPOCH = "2026-01-01T00:00:00Z"  # shipped rows carry one fixed date, so libraries compare equal


class Library:
    """The parts of one library: `papers`, `reviews`, `citations`, `states`, `texts`, `vectors`."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self.papers = Papers(database)
        self.reviews = Reviews(database)
        self.writing = Writing(database)
        self.titles = Titles(database)
        self.citations = Citations(database)
        self.states = ReadingStates(database)
        self.ratings = Ratings(database)
        self.decisions = Decisions(database)
        self.prerequisites = Prerequisites(database)
        self.frontier = Frontier(database)
        self.sourced = SourcedCitations(database)
        self.watches = Watches(database)
        self.jobs = Jobs(database)
        self.merges = Merges(database, self.papers)
        self.texts = Texts(database)
        self.vectors = Vectors(database)
        self.bulk = Bulk(database, self.papers, self.texts)
        self.catalogue = Catalogue(self.papers, self.texts)
        self.turns = Turns(usual_turns())

    @classmethod
    def open(
        cls, place: Place | None, *, starter: Path | None = None, cache: Path | None = None
    ) -> Library:
        """Open a library, making it when the place is new.

        Parameters
        ----------
        place
            The database file, or the database of a server; None opens a library in memory.
        starter
            Folder of the starter library whose papers a new library begins with; None leaves a new
            library bare. A library that exists is opened as it is.
        cache
            Folder for what is derived from a library on a server; one in a file has it beside it.

        Raises
        ------
        LibraryError
            When the place cannot be opened or written, was made by a newer papergraph, or the
            starter library cannot be read.
        """
        library = cls(Database.open(place, cache))
        try:
            library._prepare(starter)
        except BaseException:
            library.close()
            raise
        return library

    @staticmethod
    def is_there(place: Place) -> bool:
        """Has a library been made at a place? Raises LibraryError when a server does not answer."""
        return backend_of(place).is_there()

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Do all of a block or nothing of it, with no other writer in between."""
        with self.database.transaction():
            self.database.lock()
            yield

    def hold(self, name: str) -> AbstractContextManager[bool]:
        """Hold a name while the block runs, or learn that another process does: then False.

        However the process that holds it ends, the name is free again.
        """
        return self.database.hold(self.folder, name)

    @contextmanager
    def reading(self) -> Iterator[None]:
        """Ask all questions of a block over one connection, which makes short ones quicker."""
        with self.database.transaction():
            yield

    @property
    def is_in_memory(self) -> bool:
        """Is it gone when it is closed?"""
        return self.database.backend.is_in_memory

    @property
    def is_on_server(self) -> bool:
        """May several machines use it?"""
        return self.database.path is None and not self.is_in_memory

    @property
    def engine(self) -> str:
        """The kind of database that the library lies in, with its version."""
        return f"{self.database.backend.name} {self.database.version}"

    @property
    def is_bare(self) -> bool:
        """Was it made without the starter papers?"""
        return self.get_info("starter") is None

    @cached_property
    def folder(self) -> Path | None:
        """Where files derived from this library are kept; None for a library in memory."""
        return self.database.backend.folder(lambda: self.secret("identity"))

    @property
    def graph_version(self) -> int:
        """Changes whenever citations, mentions or relations change."""
        return int(self.get_info("graph_version") or 0)

    def load_edges(self) -> tuple[Any, list[tuple[int, int]]]:
        """Every (citing, cited) pair, an array, and every (review, paper) pair, for the graph."""
        return self.citations.pair_array(), self.reviews.co_mentions()

    def touch_graph(self) -> None:
        """Say that citations, mentions or relations changed."""
        self.database.execute_raw(COUNT_UP, ("graph_version",))

    def get_info(self, key: str) -> str | None:
        """Return a fact about the library itself."""
        rows = self.database.execute_raw("SELECT value FROM info WHERE key = ?", (key,))
        return str(rows[0][0]) if rows else None

    def set_info(self, key: str, value: str) -> None:
        """Enter a fact about the library itself."""
        self.database.execute_raw(PUT_FACT, (key, value))

    def facts(self, prefix: str) -> dict[str, str]:
        """Facts about the library whose key begins so, by the rest of the key."""
        rows = self.database.execute_raw(
            "SELECT substr(key, length(?) + 1), value FROM info"
            " WHERE substr(key, 1, length(?)) = ? ORDER BY key",
            (prefix, prefix, prefix),
        )
        return {row[0]: row[1] for row in rows}

    def last_fact(self, prefix: str) -> str | None:
        """The last key that begins so, without its beginning; None when there is none."""
        sql = "SELECT max(key) FROM info WHERE key >= ? AND key < ?"
        found = self.database.execute_raw(sql, (prefix, f"{prefix}\U0010ffff"))[0][0]
        return None if found is None else str(found).removeprefix(prefix)

    def drop_facts(self, keys: Iterable[str]) -> None:
        """Remove facts by their keys."""
        rows = [(key,) for key in keys]
        if rows:
            self.database.execute_raw("DELETE FROM info WHERE key = ?", rows)

    def merge(self, one: int, other: int, reason: str, now: str) -> int:
        """Make two papers one; returns the number of the merge, for `undo_merge`."""
        with self.transaction():
            merge = self.merges.merge(one, other, reason, now)
            self.texts.drop([max(one, other)])
            self.refresh_texts([min(one, other)])
            self.touch_graph()
        return merge

    def undo_merge(self, merge: int, now: str) -> None:
        """Make two papers of one again; raises NotFoundError when there is no such merge."""
        with self.transaction():
            self.refresh_texts(list(self.merges.undo(merge, now)))
            self.touch_graph()

    def take_back_merge(self, merge: int, now: str) -> None:
        """Undo a merge whose reason is gone, and forget that it was made."""
        with self.transaction():
            self.undo_merge(merge, now)
            self.merges.forget(merge)

    def refresh_texts(self, numbers: list[int]) -> None:
        """Bring the text index up to date for these papers."""
        refresh_texts(self.papers, self.texts, numbers)

    def delete_orphans(self, numbers: list[int]) -> list[int]:
        """Remove those of these papers that no source, review, citation or reader holds on to.

        What only scholarly services say of a paper does not hold it: it was looked up because
        somebody named or cited it. So what it alone cites goes with it.
        """
        gone: list[int] = []
        while numbers:
            orphans = self._find_orphans(numbers)
            cited = {other for number in orphans for other in self.citations.cited_by(number)}
            self.texts.drop(orphans)
            self.papers.delete(orphans)
            gone += orphans
            numbers = sorted(cited - set(orphans))
        return gone

    def _find_orphans(self, numbers: list[int]) -> list[int]:
        records = self.papers.records(numbers)
        free = [
            number
            for number in numbers
            if all(record.source.startswith("source:") for record in records.get(number, ()))
            and self.papers.survivor(number) == number
        ]
        used = self.reviews.used_papers(free) | self.states.used_papers(free)
        used |= self.decisions.used_papers(free) | self.watches.used_papers(free)
        used |= self.prerequisites.used_papers(free)
        used |= self.citations.cited_from_outside(free) | self.papers.edits.used_papers(free)
        return [number for number in free if number not in used]

    def check(self) -> list[str]:
        """Return what is wrong with the database, an empty list when it is whole."""
        return self.database.backend.check(self.database.execute_raw)

    def backup(self, target: Path) -> None:
        """Copy the library to a new file, also while others write to it.

        Raises LibraryError when the copy cannot be written.
        """
        self.database.backup(target)

    def copy_to(self, target: Library, tell: Tell = lambda *_: None) -> Mapping[str, int]:
        """Copy all but the jobs into an empty library; returns the rows of each table.

        Raises LibraryError when the target is not empty; see `copy_library`.
        """
        return copy_library(self.database, target.database, tell)

    def close(self) -> None:
        """Close the database."""
        self.database.close()

    def secret(self, key: str) -> str:
        """A text that nobody can guess, made when first asked for and kept with the library."""
        found = self.get_info(key)
        if found is None:
            self.database.execute_raw(
                "INSERT INTO info VALUES (?, ?) ON CONFLICT DO NOTHING", (key, token_hex(32))
            )
            found = self.get_info(key)
        return found or ""

    def _prepare(self, starter: Path | None) -> None:
        """Make the tables of a new library, bring those of an older one up."""
        with self.database.transaction() as connection:
            tables = inspect(connection).get_table_names()
            if not tables:
                self.database.lock()
                tables = inspect(connection).get_table_names()
            if not tables:
                self._create(starter)
            elif "info" not in tables or current(connection) is None:
                raise LibraryError(
                    f"{self.database.backend.shown!r} is a database of another program, not a"
                    " papergraph library; give another place with --library"
                )
            elif current(connection) != HEAD:
                self._upgrade()

    def _create(self, starter: Path | None) -> None:
        with self.database.transaction() as connection:
            schema.metadata.create_all(connection)
            self.texts.create()
            stamp(connection)
            if starter is not None:
                self._load_starter(read_starter(starter))
                self.set_info("starter", "1")
            self.set_info("graph_version", "1")

    def _load_starter(self, starter: Starter) -> None:
        source = self.papers.add_source(SOURCE, "curated", _EPOCH, STARTER_LICENCE)
        self.bulk.add_records(SOURCE, starter.papers, _EPOCH)
        numbers = self.bulk.all_keys(source)
        self.citations.add(
            [(numbers[citing], numbers[cited]) for citing, cited in starter.citations], source
        )
        cards = self.papers.get(numbers.values())
        for lineage in starter.lineages:
            edges = [
                StoredRelation(
                    later=numbers[edge.later],
                    earlier=numbers[edge.earlier],
                    kind=edge.kind,
                    origin_kind="curated",
                    source=SOURCE,
                    text=_curated_text(
                        cards, numbers[edge.later], numbers[edge.earlier], edge.reason
                    ),
                    cue=lineage.title,
                )
                for edge in lineage.edges
            ]
            self.reviews.add_relations(edges, source)
            members = {number for edge in edges for number in (edge.later, edge.earlier)}
            chain = tuple(numbers[key] for key in lineage.chain)
            self.reviews.put_lineage(
                StoredLineage(
                    key=lineage.key,
                    title=lineage.title,
                    about=lineage.about,
                    chain=chain,
                    members=tuple(sorted(members | set(chain))),
                )
            )

    def _upgrade(self) -> None:
        with self.database.transaction() as connection:
            self.database.lock()
            found = current(connection) or ""
            if found > HEAD:
                place = self.database.backend.shown
                raise LibraryError(
                    f"the library {place!r} has schema {found!r}, this papergraph knows {HEAD!r};"
                    " use a newer papergraph for it"
                )
            upgrade(connection, self.database.backend.translate)
            self.texts.create()


def _curated_text(cards: dict[int, Paper], later: int, earlier: int, reason: str) -> str:
    """Name both papers before the curators' reason, so that it can be read on its own."""
    return f"{cards[later].name} after {cards[earlier].name}: {reason}"
