"""Opening, refusing, upgrading, copying and checking library files."""

from __future__ import annotations

import os
import sqlite3
import threading
from pathlib import Path

import pytest
from papergraph.errors import LibraryError
from papergraph.library import Library
from papergraph.library import schema as tables
from papergraph.library.migrating import HEAD, current, upgrade
from papergraph.models import PaperRecord
from sqlalchemy import create_engine, inspect

NOW = "2026-01-31T12:00:00Z"
NO_TRACE = (
    *("papers", "records", "identifiers", "nicknames", "citations", "relations", "lineages"),
    *("sources", "import_keys", "papers_text", "titles_text", "embeddings", "mentions"),
)


def version_of(path: Path) -> str:
    with sqlite3.connect(path) as connection:
        return str(connection.execute("SELECT version_num FROM alembic_version").fetchone()[0])


def set_version(path: Path, version: str) -> None:
    connection = sqlite3.connect(path)
    with connection:
        connection.execute("UPDATE alembic_version SET version_num = ?", (version,))
    connection.close()


def test_a_new_library_holds_the_starter_papers(shared_starter: Library) -> None:
    assert shared_starter.papers.count() >= 445
    assert not shared_starter.is_bare
    assert len(shared_starter.reviews.lineages()) >= 15
    assert shared_starter.check() == []


def test_a_bare_library_has_no_trace_of_the_shipped_data(bare: Library) -> None:
    rows = {
        name: bare.database.execute_raw(f"SELECT count(*) FROM {name}")[0][0] for name in NO_TRACE
    }

    assert rows == dict.fromkeys(NO_TRACE, 0)
    assert bare.is_bare


def test_a_library_is_made_with_its_folders(tmp_path: Path) -> None:
    path = tmp_path / "deep" / "down" / "library.db"

    Library.open(path).close()

    assert path.is_file()
    assert version_of(path) == HEAD


def test_a_library_that_could_not_be_made_is_made_the_next_time(
    tmp_path: Path, data_folder: Path
) -> None:
    path = tmp_path / "library.db"
    (tmp_path / "empty").mkdir()
    with pytest.raises(LibraryError, match=r"cannot read the starter library .*summaries\.csv"):
        Library.open(path, starter=tmp_path / "empty")

    library = Library.open(path, starter=data_folder)

    assert library.papers.count() >= 445
    library.close()


def test_several_may_open_a_new_library_at_once(tmp_path: Path, data_folder: Path) -> None:
    counts: list[int] = []

    def open_one() -> None:
        library = Library.open(tmp_path / "library.db", starter=data_folder)
        counts.append(library.papers.count())
        library.close()

    threads = [threading.Thread(target=open_one) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(counts) == 4
    assert len(set(counts)) == 1


def test_a_library_that_exists_is_opened_as_it_is(tmp_path: Path, data_folder: Path) -> None:
    path = tmp_path / "library.db"
    Library.open(path).close()

    again = Library.open(path, starter=data_folder)

    assert again.papers.count() == 0
    assert again.is_bare
    again.close()


def test_two_libraries_made_from_the_starter_are_equal(
    tmp_path: Path, data_folder: Path, shared_starter: Library, dump
) -> None:
    other = Library.open(tmp_path / "other.db", starter=data_folder)

    assert dump(other) == dump(shared_starter)
    other.close()


def test_a_database_of_another_program_is_refused_and_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "music.db"
    connection = sqlite3.connect(path)
    with connection:
        connection.execute("CREATE TABLE songs (title TEXT)")
    connection.close()
    before = path.read_bytes()

    with pytest.raises(LibraryError, match="another program") as caught:
        Library.open(path)

    assert "\n" not in str(caught.value)
    assert path.read_bytes() == before


@pytest.mark.parametrize("content", [b"# my notes\n", b"x", b"SQLite format 2\x00 and more"])
def test_a_file_that_is_no_database_is_refused_and_left_alone(
    tmp_path: Path, content: bytes
) -> None:
    path = tmp_path / "notes.md"
    path.write_bytes(content)

    with pytest.raises(LibraryError, match="not an SQLite database"):
        Library.open(path)

    assert path.read_bytes() == content


def test_a_damaged_database_is_an_error_of_one_line(tmp_path: Path) -> None:
    path = tmp_path / "library.db"
    path.write_bytes(b"SQLite format 3\x00" + b"\xff" * 5000)

    with pytest.raises(LibraryError) as caught:
        Library.open(path)

    assert "\n" not in str(caught.value)


def test_an_empty_file_becomes_a_library(tmp_path: Path) -> None:
    path = tmp_path / "library.db"
    path.touch()

    library = Library.open(path)

    assert library.papers.count() == 0
    library.close()


def test_a_folder_in_place_of_the_file_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(LibraryError, match=r"cannot open the library .*--library"):
        Library.open(tmp_path)


def test_a_file_in_place_of_the_folder_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")

    with pytest.raises(LibraryError, match=r"cannot open the library .*--library"):
        Library.open(tmp_path / "file" / "library.db")


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_without_permission_is_an_error(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)

    with pytest.raises(LibraryError, match="permission denied"):
        Library.open(tmp_path / "library.db")


def test_a_folder_that_no_one_can_write_is_an_error() -> None:
    with pytest.raises(LibraryError, match="cannot open the library"):
        Library.open(Path("/proc/papergraph/library.db"))


def test_the_migrations_make_the_same_tables_as_the_metadata() -> None:
    by_migration, by_metadata = create_engine("sqlite://"), create_engine("sqlite://")
    with by_migration.begin() as connection:
        upgrade(connection)
        migrated = describe(connection)
        assert current(connection) == HEAD
    with by_metadata.begin() as connection:
        tables.metadata.create_all(connection)
        made = describe(connection)

    by_migration.dispose()
    by_metadata.dispose()
    assert {name: migrated[name] for name in made} == made


def describe(connection) -> dict[str, object]:
    """Columns, keys and indexes of every table of the metadata, as the database tells them."""
    found = inspect(connection)
    return {
        table: (
            [(c["name"], str(c["type"]), c["nullable"], c["default"]) for c in columns],
            found.get_pk_constraint(table)["constrained_columns"],
            sorted(str(key["constrained_columns"]) for key in found.get_foreign_keys(table)),
            sorted(str(key["column_names"]) for key in found.get_indexes(table)),
        )
        for table in tables.metadata.tables
        if (columns := found.get_columns(table))
    }


def test_a_library_of_a_newer_version_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "library.db"
    Library.open(path).close()
    set_version(path, "9999")

    with pytest.raises(LibraryError, match=r"schema '9999'.*newer papergraph"):
        Library.open(path)

    assert version_of(path) == "9999"


def test_a_copy_is_whole_and_equal(library_file: Path, tmp_path: Path, dump) -> None:
    library = Library.open(library_file)
    library.backup(tmp_path / "copy.db")

    copy = Library.open(tmp_path / "copy.db")

    assert copy.check() == []
    assert dump(copy) == dump(library)
    copy.close()
    library.close()


def test_a_copy_that_cannot_be_written_is_an_error(library_file: Path, tmp_path: Path) -> None:
    library = Library.open(library_file)

    with pytest.raises(LibraryError, match="cannot copy the library"):
        library.backup(tmp_path / "missing" / "copy.db")
    library.close()


def test_check_tells_of_rows_that_point_nowhere(library_file: Path) -> None:
    connection = sqlite3.connect(library_file)
    with connection:
        connection.execute("INSERT INTO nicknames VALUES ('ghost', 999999, 'Ghost', 0)")
    connection.close()
    library = Library.open(library_file)

    assert library.check() == ["row of nicknames points nowhere"]
    library.close()


def test_a_failed_block_leaves_nothing_behind(bare: Library) -> None:
    def fail_half_way() -> None:
        with bare.transaction():
            bare.papers.add(PaperRecord(title="Half", source="review:x"), NOW)
            raise RuntimeError("stop")

    with pytest.raises(RuntimeError, match="stop"):
        fail_half_way()

    assert bare.papers.count() == 0


def test_the_graph_version_changes_when_touched(bare: Library) -> None:
    before = bare.graph_version

    bare.touch_graph()

    assert bare.graph_version == before + 1


def test_a_read_only_library_says_so_when_written(library_file: Path) -> None:
    library = Library.open(library_file)
    library.database.execute_raw("PRAGMA query_only = ON")

    with pytest.raises(LibraryError, match=r"cannot use the library .*may be written"):
        library.set_info("x", "y")
    library.database.execute_raw("PRAGMA query_only = OFF")
    library.close()


def test_two_threads_read_while_one_writes(starter: Library) -> None:
    counts: list[int] = []
    errors: list[BaseException] = []
    before = starter.papers.count()

    def read() -> None:
        try:
            for _ in range(30):
                counts.append(starter.papers.count())
                starter.texts.search("network", 5)
        except BaseException as error:  # noqa: BLE001 - told to the test below
            errors.append(error)

    readers = [threading.Thread(target=read) for _ in range(2)]
    for reader in readers:
        reader.start()
    for number in range(30):
        starter.papers.add(PaperRecord(title=f"Paper {number}", source="review:x"), NOW)
    for reader in readers:
        reader.join()

    assert errors == []
    assert len(counts) == 60
    assert set(counts) <= set(range(before, before + 31))
    assert starter.papers.count() == before + 30
