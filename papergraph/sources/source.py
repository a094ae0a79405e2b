"""The shape every source has, and the shape of what it fetches with."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from papergraph.errors import SourceError
from papergraph.models import PaperRecord, ReferenceList, SourcedPaper, SourcedReference


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """An answer over HTTP: `headers` by lower-case name, `body` decompressed.

    `from_cache` says that nothing was sent; `fetched_at` is when the body came, UTC,
    "2026-01-31T12:00:00Z".
    """

    source: str
    url: str
    status: int
    body: bytes
    fetched_at: str
    headers: Mapping[str, str] = field(default_factory=dict)
    from_cache: bool = False

    @property
    def text(self) -> str:
        """The body as UTF-8 text; bytes that are none become U+FFFD."""
        return self.body.decode("utf-8", errors="replace")

    def json(self) -> Any:
        """Parse the body; raises SourceError when it is no JSON."""
        try:
            return json.loads(self.body)
        except ValueError as error:
            raise SourceError(
                f"{self.source} answered {self.status} with a body that is no JSON for"
                f" {self.url!r}: {self.body[:60]!r}; run again later"
            ) from error


class Fetcher(Protocol):
    """What a source fetches with; `Client` is the real one, tests hand in a folder of recordings.

    `source` is the name of the asking source: it decides base URL, pace, cache lifetime and key.
    `path` begins with "/" and is appended to the base URL of that host. `kind` names the lifetime:
    metadata, references, counts, search or page. Statuses 2xx, 404 and 410, and those in `accept`,
    come back as a Reply; anything else raises SourceError (RefusedError when the service says no,
    UnavailableError when it cannot answer now, OfflineError when the network is off).
    """

    def get(
        self,
        source: str,
        path: str,
        params: Mapping[str, str] | None = None,
        *,
        kind: str = "metadata",
        host: str | None = None,
        accept: Sequence[int] = (),
    ) -> Reply:
        """Fetch one page; `host` names another base of the same source."""

    def post(
        self,
        source: str,
        path: str,
        body: Any,
        params: Mapping[str, str] | None = None,
        *,
        kind: str = "metadata",
    ) -> Reply:
        """Ask with a JSON body; answers are cached by the body too."""

    def has_key(self, source: str) -> bool:
        """Is there an API key or login for this source?"""


class Source(Protocol):
    """One scholarly service. What it cannot do returns empty, and every method is there.

    Identifiers are written `scheme:value`. A paper the service does not know is left out; a call
    that failed raises SourceError. Records carry the source name `source:NAME`.
    """

    name: str
    schemes: tuple[str, ...]

    def paper(self, identifier: str) -> SourcedPaper | None:
        """Look up one paper by an identifier of `schemes`."""

    def papers(self, identifiers: Sequence[str]) -> dict[str, SourcedPaper]:
        """Look up many in as few calls as the service allows, keyed by what was asked for."""

    def find_title(
        self, title: str, *, author: str | None = None, year: int | None = None
    ) -> tuple[PaperRecord, ...]:
        """Find what might have this title, best first; the caller decides whether it does."""

    def references(self, identifier: str) -> ReferenceList:
        """Fetch what one paper cites."""

    def citations(self, identifier: str, *, limit: int = 100) -> tuple[SourcedReference, ...]:
        """Fetch papers that cite this one, the newest first where the service can sort."""
