"""The four floors of the house hold: who may import whom, and where heavy things may stand."""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

PACKAGE = Path(__file__).resolve().parents[1] / "papergraph"
FLOORS = (
    {"errors", "text", "identifiers", "models", "settings", "places", "networkx_info"},
    {"readers", "sources", "matching", "library", "lexical", "graph", "vectors"},
    {
        *(
            "ingest",
            "adapt",
            "edit",
            "embed",
            "search",
            "reading",
            "recommend",
            "exchange",
            "show",
            "doctor",
        ),
        *("crawl", "news", "bulk", "evaluate"),
    },
    {"cli", "app", "mcp", "__main__", "__init__"},
)
# Which library may be imported where; what is not named here may stand anywhere.
HOMES = {
    "sqlalchemy": {"library"},
    "alembic": {"library"},
    "psycopg": {"library"},
    "flask": {"app"},
    "flask_wtf": {"app"},
    "waitress": {"app"},
    "werkzeug": {"app"},
    "networkx": {"graph"},
    "torch": {"vectors"},
    "sentence_transformers": {"vectors"},
    "faiss": {"vectors"},
    "requests": {"sources"},
    "pypdfium2": {"readers"},
    "duckdb": {"bulk"},
    "pyspark": {"bulk"},
    "s3fs": {"bulk"},
    "upath": {"bulk"},
    "mcp": {"mcp"},
    "click": {"cli"},
    "rich": {"cli"},
}
LAZY = {
    "vectors",
    "cli",
    "app",
    "mcp",
    "__init__",
    "library/migrating",
    "library/database",
    "library/postgres",
    "readers/pdf_text",
    "bulk/on_duckdb",
    "bulk/on_spark",
    "bulk/places",
}
MOST_LINES = 400


@dataclass(frozen=True)
class Import:
    """One import statement: who imports what, in which line, at the top of the file or not."""

    file: str
    room: str
    module: str
    line: int
    at_top: bool

    def __str__(self) -> str:
        return f"papergraph/{self.file}.py:{self.line} imports {self.module}"


def read_imports(path: Path) -> Iterator[Import]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    at_top = {
        id(node)
        for node in ast.walk(ast.Module(body=tree.body, type_ignores=[]))
        if node in tree.body or any(node in block for block in _type_checking_blocks(tree))
    }
    file = path.relative_to(PACKAGE).with_suffix("").as_posix()
    room = file.partition("/")[0]
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield Import(file, room, alias.name, node.lineno, id(node) in at_top)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"papergraph/{file}.py:{node.lineno} imports relatively"
            yield Import(file, room, node.module or "", node.lineno, id(node) in at_top)


def _type_checking_blocks(tree: ast.Module) -> list[list[ast.stmt]]:
    return [
        node.body
        for node in tree.body
        if isinstance(node, ast.If)
        and isinstance(node.test, ast.Name)
        and node.test.id == "TYPE_CHECKING"
    ]


FILES = sorted(path for path in PACKAGE.rglob("*.py") if "migrations" not in path.parts)
IMPORTS = [found for path in FILES for found in read_imports(path)]


def floor_of(room: str) -> int:
    return next(number for number, rooms in enumerate(FLOORS) if room in rooms)


def room_of(module: str) -> str | None:
    """The room of ours that a module belongs to; None for a foreign module."""
    package, _, rest = module.partition(".")
    if package != "papergraph":
        return None
    return rest.partition(".")[0] or "__init__"


def test_every_module_has_a_floor() -> None:
    rooms = {path.relative_to(PACKAGE).with_suffix("").parts[0] for path in FILES}

    assert rooms <= set().union(*FLOORS)


def test_imports_go_down_or_stay_in_the_room() -> None:
    wrong = [
        str(found)
        for found in IMPORTS
        if (room := room_of(found.module)) not in (None, found.room)
        and found.room not in FLOORS[3]
        and floor_of(str(room)) >= max(1, floor_of(found.room))
    ]

    assert wrong == []


def test_faces_do_not_import_each_other_but_lazily() -> None:
    wrong = [
        str(found)
        for found in IMPORTS
        if room_of(found.module) in {"cli", "app", "mcp"} - {found.room}
        and found.at_top
        and found.room != "__main__"
    ]

    assert wrong == []


def test_words_import_each_other_without_a_cycle() -> None:
    edges = {
        (found.room, room)
        for found in IMPORTS
        if found.room in FLOORS[0] and (room := room_of(found.module)) not in (None, found.room)
    }
    left = set(FLOORS[0])

    while free := {room for room in left if not any(a == room and b in left for a, b in edges)}:
        left -= free

    assert left == set()


@pytest.mark.parametrize("name", sorted(HOMES))
def test_a_foreign_library_stays_in_its_room(name: str) -> None:
    wrong = [
        str(found)
        for found in IMPORTS
        if found.module.partition(".")[0] == name and found.room not in HOMES[name]
    ]

    assert wrong == []


def test_http_is_spoken_in_one_place() -> None:
    speaks = {"requests", "requests_cache", "urllib3", "protego", "http", "urllib.request"}
    names = {name for found in IMPORTS for name in (found.module, found.module.partition(".")[0])}
    wrong = [
        str(found)
        for found in IMPORTS
        if {found.module, found.module.partition(".")[0]} & speaks
        and not found.file.startswith("sources/client/")
    ]

    assert wrong == []
    assert speaks & names


def test_imports_stand_at_the_top_but_for_heavy_and_lazy_ones() -> None:
    wrong = [
        str(found)
        for found in IMPORTS
        if not found.at_top and found.room not in LAZY and found.file not in LAZY
    ]

    assert wrong == []


def test_heavy_libraries_are_never_imported_at_the_top() -> None:
    heavy = {"torch", "sentence_transformers", "faiss"}

    wrong = [str(i) for i in IMPORTS if i.at_top and i.module.partition(".")[0] in heavy]

    assert wrong == []


def test_errors_imports_nothing() -> None:
    assert [str(found) for found in IMPORTS if found.file == "errors"] == []


def test_the_package_imports_only_what_python_has() -> None:
    modules = {found.module.partition(".")[0] for found in IMPORTS if found.file == "__init__"}

    assert modules <= sys.stdlib_module_names


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.relative_to(PACKAGE).as_posix())
def test_no_file_is_too_long(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= MOST_LINES


def test_sql_text_stands_only_in_the_library() -> None:
    calls = ("execute_raw(", "exec_driver_sql(", "sqlite3.")
    wrong = [
        path.name
        for path in FILES
        if path.relative_to(PACKAGE).parts[0] not in ("library", "doctor.py")
        and any(call in path.read_text(encoding="utf-8") for call in calls)
    ]

    assert wrong == []
