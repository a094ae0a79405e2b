"""What only a library on a server has: addresses, rights, caches, copies, two engines alike."""

from __future__ import annotations

import builtins
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from papergraph.errors import LibraryError
from papergraph.library import Library
from papergraph.library import schema as tables
from papergraph.library.migrating import HEAD, current, upgrade
from papergraph.library.postgres import Postgres
from papergraph.models import PaperRecord
from papergraph.places import Server
from sqlalchemy import inspect

NOW = "2026-01-31T12:00:00Z"


@pytest.fixture
def empty(cluster: Any) -> Iterator[Server]:
    """A database with nothing in it."""
    place = cluster.make()
    yield place
    cluster.drop(place)


def message_of(place: Server) -> str:
    with pytest.raises(LibraryError) as caught:
        Library.open(place)
    return str(caught.value)


def test_both_engines_hold_the_same_starter_papers(
    cluster: Any, starter_file: Path, dump: Callable[[Library], object]
) -> None:
    place = cluster.make("starter")
    one, other = Library.open(place), Library.open(starter_file)

    assert dump(one) == dump(other)
    one.close()
    other.close()
    cluster.drop(place)


def test_an_empty_database_becomes_a_library(empty: Server) -> None:
    assert not Library.is_there(empty)

    Library.open(empty).close()

    assert Library.is_there(empty)


def test_a_library_may_lie_in_a_schema_beside_others(cluster: Any, empty: Server) -> None:
    name = empty.url.partition("@/")[2].partition("?")[0]
    libraries = []
    for schema in ("one", "other"):
        cluster.run(f"CREATE SCHEMA {schema}", name)
        place = Server(f"{empty.url}&options=-csearch_path%3D{schema}")
        libraries.append(Library.open(place))
    libraries[0].papers.add(PaperRecord(title="Here", source="starter"), NOW)

    assert [library.papers.count() for library in libraries] == [1, 0]
    assert not Library.is_there(empty)
    for library in libraries:
        library.close()


def test_a_database_of_another_program_is_refused_and_left_alone(cluster: Any) -> None:
    place = cluster.make()
    name = place.url.partition("@/")[2].partition("?")[0]
    cluster.run("CREATE TABLE songs (title TEXT)", name)

    assert "another program" in message_of(place)

    count = "SELECT count(*) FROM pg_tables WHERE schemaname = 'public'"
    assert cluster.run(count, name) == [(1,)]
    cluster.drop(place)


def test_the_migrations_make_the_same_tables_as_the_metadata(cluster: Any) -> None:
    by_migration, by_metadata = (Postgres(cluster.make()) for _ in range(2))
    engines = by_migration.make_engine(), by_metadata.make_engine()
    with engines[0].begin() as connection:
        upgrade(connection, by_migration.translate)
        migrated = describe(connection)
        assert current(connection) == HEAD
    with engines[1].begin() as connection:
        tables.metadata.create_all(connection)
        made = describe(connection)

    for engine in engines:
        engine.dispose()
    assert {name: migrated[name] for name in made} == made


def describe(connection: Any) -> dict[str, object]:
    """Columns, keys and indexes of every table of the metadata, as the database tells them."""
    found = inspect(connection)
    return {
        table: (
            [(c["name"], repr(c["type"]), c["nullable"], c["default"]) for c in columns],
            found.get_pk_constraint(table)["constrained_columns"],
            sorted(str(key["constrained_columns"]) for key in found.get_foreign_keys(table)),
            sorted(repr(sorted(key.items())) for key in found.get_indexes(table)),
        )
        for table in tables.metadata.tables
        if (columns := found.get_columns(table))
    }


def test_a_library_of_an_older_version_is_brought_up_when_it_is_opened(empty: Server) -> None:
    library = Library.open(empty)
    library.papers.add(PaperRecord(title="Kept", source="starter"), NOW)
    with library.database.transaction() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '0001'")
        for table in ("jobs", "edits", "prerequisites", "news", "watches", "frontier"):
            connection.exec_driver_sql(f"DROP TABLE {table}")
        later = ("rejections", "citation_contexts", "reference_lists", "import_parts")
        for table in (*later, "review_signatures"):
            connection.exec_driver_sql(f"DROP TABLE {table}")
    library.close()

    again = Library.open(empty)

    assert again.papers.count() == 1
    assert again.jobs.newest(1) == []
    again.close()


def test_a_library_of_a_newer_version_is_refused(empty: Server) -> None:
    library = Library.open(empty)
    library.database.execute_raw("UPDATE alembic_version SET version_num = '9999'")
    library.close()

    assert "use a newer papergraph" in message_of(empty)


@pytest.mark.parametrize(
    ("user", "name", "said", "advice"),
    [
        ("papergraph", "nowhere", '"nowhere" does not exist', "createdb"),
        ("stranger", "bare", '"stranger" does not exist', "a user that the server lets in"),
        ("papergraph:letmein", "locked", "password authentication failed", "PGPASSWORD"),
        ("papergraph", "locked", "password", "PGPASSWORD"),
    ],
)
def test_a_server_that_refuses_is_told_with_what_to_do(
    cluster: Any, user: str, name: str, said: str, advice: str
) -> None:
    place = Server(cluster.address(name, user))

    message = message_of(place)

    assert str(place) in message
    assert said in message
    assert advice in message
    assert "letmein" not in message
    assert "\n" not in message


def test_a_user_who_may_not_make_tables_is_told_so(cluster: Any, empty: Server) -> None:
    cluster.run("CREATE ROLE guest LOGIN")

    message = message_of(Server(empty.url.replace("papergraph@", "guest@")))

    assert "permission denied" in message
    assert "grant you the rights" in message


def test_a_user_who_may_only_read_can_search_but_not_write(cluster: Any, empty: Server) -> None:
    owner = Library.open(empty)
    number = owner.papers.add(PaperRecord(title="Fast R-CNN", source="starter"), NOW)
    owner.refresh_texts([number])
    for sql in ("CREATE ROLE viewer LOGIN", "GRANT pg_read_all_data TO viewer"):
        cluster.run(sql)
    viewer = Library.open(Server(empty.url.replace("papergraph@", "viewer@")))

    assert viewer.texts.search("fast", 5)[0][0] == number
    with pytest.raises(LibraryError, match=r"permission denied.*grant you the rights"):
        viewer.set_info("x", "y")
    viewer.close()
    owner.close()


def test_a_server_that_is_not_there_is_told(tmp_path: Path) -> None:
    message = message_of(Server(f"postgresql://ann:geheim@/papers?host={tmp_path}"))

    assert "check the address, and that the server runs" in message
    assert "geheim" not in message


def test_a_missing_driver_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    inner = builtins.__import__

    def guarded(name: str, *rest: Any, **options: Any) -> Any:
        if name.partition(".")[0] == "psycopg":
            raise ModuleNotFoundError("no module named 'psycopg'", name="psycopg")
        return inner(name, *rest, **options)

    monkeypatch.setattr(builtins, "__import__", guarded)

    assert "pip install 'papergraph-reader[postgres]'" in message_of(Server("postgresql://a@b/c"))


@pytest.mark.parametrize("url", ["postgresql://ann@host", "postgresql://ann@host:port/db"])
def test_an_address_that_cannot_be_read_is_told(url: str) -> None:
    assert "give postgresql://user@host" in message_of(Server(url))


def test_the_cache_is_named_after_the_library(cluster: Any, tmp_path: Path) -> None:
    places = [cluster.make("bare") for _ in range(2)]
    libraries = [Library.open(place, cache=tmp_path) for place in (*places, places[0])]

    one, other, again = (library.folder for library in libraries)

    assert one == again
    assert one != other
    assert one is not None
    assert one.parent.parent == tmp_path
    for library in libraries:
        library.close()
    for place in places:
        cluster.drop(place)


def test_a_copy_can_be_restored(cluster: Any, empty: Server, tmp_path: Path, dump: Any) -> None:
    if shutil.which("pg_dump") is None:
        pytest.skip("no pg_dump is installed")
    library = Library.open(empty)
    library.papers.add(PaperRecord(title="Kept", source="starter"), NOW)
    library.backup(tmp_path / "copy.dump")
    restored = cluster.make()

    cluster.restore(tmp_path / "copy.dump", restored)

    copy = Library.open(restored)
    assert dump(copy) == dump(library)
    copy.close()
    library.close()
    cluster.drop(restored)


def test_a_copy_that_cannot_be_written_is_an_error(empty: Server, tmp_path: Path) -> None:
    library = Library.open(empty)

    with pytest.raises(LibraryError, match="cannot copy the library"):
        library.backup(tmp_path / "missing" / "copy.dump")
    library.close()


def test_a_text_with_a_nul_is_stored_without_it(empty: Server) -> None:
    library = Library.open(empty)
    number = library.papers.add(PaperRecord(title="a\x00b", source="starter"), NOW)

    assert library.papers.get([number])[number].title == "a\ufffdb"
    library.close()
