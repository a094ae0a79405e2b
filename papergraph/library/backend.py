"""What differs between the databases a library may lie in, and nothing else does."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from sqlalchemy import Connection, Engine, Table
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import DBAPIError

from papergraph.errors import LibraryError

Upsert = sqlite.Insert | postgresql.Insert
Run = Callable[..., list[Any]]


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperText:
    """What is searched of one paper."""

    paper: int
    title: str
    names: str = ""
    abstract: str = ""
    summary: str = ""
    writing: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class NewRows:
    """Rows for one table; with `skip_known`, those whose key is there are left out."""

    table: str
    columns: Sequence[str]
    values: Sequence[tuple[Any, ...]]
    skip_known: bool = False

    @property
    def statement(self) -> str:
        """The statement that enters one of them."""
        marks = ", ".join("?" * len(self.columns))
        rest = " ON CONFLICT DO NOTHING" if self.skip_known else ""
        return f"INSERT INTO {self.table} ({', '.join(self.columns)}) VALUES ({marks}){rest}"


Enter = Callable[[NewRows], None]


class TextIndex(Protocol):
    """Tables `papers_text` and `titles_text`, and what finds words in them.

    Both have the number of the paper as `rowid`, and a row for each paper; the second holds titles
    in comparable form. `kept` is where the texts of the first are read by their number.
    """

    kept: str

    def create(self) -> None:
        """Make the tables where they are missing."""

    def append(self, found: Sequence[PaperText], titles: Sequence[tuple[int, str]]) -> None:
        """Enter the text of papers that have none yet, and their comparable titles."""

    def rank_any(self, words: Sequence[str], limit: int) -> list[tuple[int, float]]:
        """Papers with one of these words, the best first, with scores."""

    def rank_phrase(self, words: Sequence[str], limit: int) -> list[tuple[int, float]]:
        """Papers with these words one after another, the best first, with scores."""

    def having(self, words: Sequence[str], *, is_beginning: bool) -> list[int]:
        """Papers with these words one after another, the last one only begun if said so."""

    def titles_with_any(self, words: Sequence[str], limit: int) -> list[tuple[int, str]]:
        """Papers whose title has one of these words, with the title."""

    def titles_with_all(self, words: Sequence[str], beginning: str, limit: int) -> list[int]:
        """Papers whose title has all these words, and one that begins so unless that is empty."""

    def count_titles(self, word: str) -> int:
        """How many titles have this word."""


class Backend(Protocol):
    """One kind of database, and where this one lies."""

    name: str
    shown: str
    path: Path | None
    is_in_memory: bool
    locks_every_write: bool
    sorts_titles: bool  # its index of title keys can be asked how they begin

    def make_engine(self) -> Engine:
        """Make what connections come from; raises LibraryError when the place is unusable."""

    def is_there(self) -> bool:
        """Is there a library already?"""

    def adapt(self, sql: str) -> str:
        """Write SQL whose parameters are marked '?' as the driver wants it."""

    def translate(self, table: str) -> str:
        """Write the CREATE TABLE of an old migration, which is SQLite's, for this database."""

    def among(self, column: str) -> str:
        """Say that a column is one of the numbers of one parameter, a JSON list."""

    def collected(self, column: str) -> str:
        """All values of a column as one JSON list."""

    def joined(self, column: str) -> str:
        """All numbers of a column as one text, with commas."""

    def upsert(self, table: Table) -> Upsert:
        """An INSERT that may say what to do on a conflict."""

    def insert_many(self, connection: Connection, rows: NewRows) -> None:
        """Enter many rows."""

    def number_next(self, connection: Connection, table: str) -> None:
        """Let the next row be numbered one above the highest number there is."""

    def read_in_chunks(
        self, connection: Connection, sql: str, size: int
    ) -> Iterator[list[tuple[Any, ...]]]:
        """Yield the rows of a long answer in lists, never all of them at once."""

    def begin_snapshot(self, connection: Connection) -> None:
        """Let all that is read until the transaction ends be as it is now."""

    def lock(self, connection: Connection) -> None:
        """Keep other writers out until the transaction ends."""

    def text_index(self, run: Run, enter: Enter) -> TextIndex:
        """What finds words here."""

    def folder(self, identity: Callable[[], str]) -> Path | None:
        """Where files derived from the library are kept; None when there is no place."""

    def hold(self, engine: Engine, folder: Path | None, name: str) -> AbstractContextManager[bool]:
        """Hold a name while the block runs, or learn that another process does: then False."""

    def backup(self, engine: Engine, target: Path) -> None:
        """Write a consistent copy; raises LibraryError when that fails."""

    def check(self, run: Run) -> list[str]:
        """What is wrong with the stored rows."""

    def describe(self, error: DBAPIError) -> LibraryError:
        """Put what the database said into our own words."""
