"""Where a library lies: a file, or a database of a PostgreSQL server."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

from papergraph.errors import SettingsError

_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*)://")
_SERVERS = ("postgresql", "postgres", "postgresql+psycopg")
_SECRET_OPTIONS = re.compile(r"(?<=[?&])((?:ssl)?password)=[^&#]*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Server:
    """The address of a database; written out, it has no password.

    >>> print(Server("postgresql://ann:secret@db.example.org/papers?password=x&sslmode=require"))
    postgresql://ann@db.example.org/papers?password=...&sslmode=require
    """

    url: str = field(repr=False)

    def __str__(self) -> str:
        """Write the address as it may be shown."""
        parts = urlsplit(self.url)
        user, at, host = parts.netloc.rpartition("@")
        shown = urlunsplit(parts._replace(netloc=f"{user.partition(':')[0]}{at}{host}"))
        return _SECRET_OPTIONS.sub(r"\1=...", shown)


Place = Path | Server


def read_place(text: str) -> Place:
    """Read what was given as the library: a path, or the address of a PostgreSQL database.

    >>> read_place("papers.db").name, str(read_place("postgres://ann@localhost/papers"))
    ('papers.db', 'postgres://ann@localhost/papers')

    Raises
    ------
    SettingsError
        When it is an address of something else.
    """
    scheme = _SCHEME.match(text)
    if scheme is None:
        return Path(text).expanduser()
    if scheme[1].lower() not in _SERVERS:
        raise SettingsError(
            f"a library cannot lie in {scheme[1]}://...; give a file,"
            " or postgresql://user@host/database"
        )
    return Server(text)
