"""Take a cleaned URL apart once, for the rules to look at."""

import ipaddress
import re
import urllib.parse
from dataclasses import dataclass

_LOCAL_NAMES = re.compile(
    r"localhost|(?:.+\.)?(?:localhost|local|localdomain|internal|intranet|lan|home|corp|test|invalid)"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where a web URL points, percent escapes undone."""

    host: str
    """Lower case, without "www."."""
    path: str
    query: str
    """With the page of a `#page=` fragment as its last field."""

    @property
    def target(self) -> str:
        """Path and query in one text, as the rules match it."""
        return f"{self.path}?{self.query}" if self.query else self.path

    @property
    def domains(self) -> tuple[str, ...]:
        """The host and what it belongs to, nearest first: a.b.org, b.org, org."""
        labels = self.host.split(".")[-8:]
        return tuple(".".join(labels[start:]) for start in range(len(labels)))

    @property
    def segments(self) -> tuple[str, ...]:
        """The steps of the path, empty ones left out."""
        return tuple(step for step in self.path.split("/") if step)

    @property
    def is_local(self) -> bool:
        """Whether the host is this machine, a private network, or no public name."""
        bare = self.host.strip("[]")
        if _LOCAL_NAMES.fullmatch(bare) or ("." not in bare and ":" not in bare):
            return True
        try:
            return not ipaddress.ip_address(bare).is_global
        except ValueError:
            # 127.1 and 0x7f.1 reach this machine too in most resolvers
            return bool(
                re.fullmatch(r"(?:0x[0-9a-f]+|[0-9]+)(?:\.(?:0x[0-9a-f]+|[0-9]+)){0,3}", bare)
            )


def place_of(url: str) -> Place | None:
    """Take a cleaned absolute web URL apart; None for anything else.

    >>> place_of("https://www.nature.com/articles/nature14236").host
    'nature.com'
    """
    if not url.startswith(("http://", "https://", "ftp://")):
        return None
    try:
        parts = urllib.parse.urlsplit(url)
        host = (parts.hostname or "").removeprefix("www.")
    except ValueError:
        return None
    query = "&".join(field for field in (parts.query, parts.fragment) if field)
    if not host:
        return None
    return Place(
        host=host, path=urllib.parse.unquote(parts.path), query=urllib.parse.unquote(query)
    )
