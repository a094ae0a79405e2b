"""Schema versions of a library, by Alembic; a new library starts at the newest one."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, event, inspect, text

HEAD = "0003"
_FOLDER = Path(__file__).parent / "migrations"


def stamp(connection: Connection) -> None:
    """Mark a library just made from the metadata as being at the newest version."""
    connection.execute(
        text("CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL PRIMARY KEY)")
    )
    connection.execute(text("INSERT INTO alembic_version VALUES (:head)"), {"head": HEAD})


def current(connection: Connection) -> str | None:
    """Return the version of a library, None when it was never marked."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    return connection.execute(text("SELECT version_num FROM alembic_version")).scalar()


def upgrade(connection: Connection, translate: Callable[[str], str] = str) -> None:
    """Bring a library to the newest version, inside the transaction of `connection`.

    The first migrations are texts in the SQL of SQLite; `translate` writes them for others.
    """
    from alembic import command
    from alembic.config import Config

    def written(*given: Any) -> tuple[str, Any]:
        _, _, statement, parameters, *_ = given
        return translate(statement), parameters

    config = Config()
    config.set_main_option("script_location", str(_FOLDER))
    config.attributes["connection"] = connection
    event.listen(connection, "before_cursor_execute", written, retval=True)
    try:
        command.upgrade(config, "head")
    finally:
        event.remove(connection, "before_cursor_execute", written)
