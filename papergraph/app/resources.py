"""What a running application works with: one library, its settings, and the embedding model."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from flask import current_app

from papergraph.embed import embed_papers, open_model
from papergraph.errors import PapergraphError
from papergraph.ingest import list_questions
from papergraph.library import Library, Turns
from papergraph.search import MODES, prepare_search
from papergraph.settings import Settings, shipped_folder
from papergraph.vectors import Embedder

AT_ONCE = 3000  # papers embedded while a search waits; more are embedded in the background

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Meaning:
    """How a search can be done: the mode that is possible, its model, and what to tell."""

    mode: str
    embedder: Embedder | None = None
    notes: tuple[str, ...] = ()


class Resources:
    """One library and one embedding model for all threads of an application.

    `writing` is held while something is written, so that writers queue here and not in SQLite.
    """

    def __init__(self, settings: Settings, *, at_once: int = AT_ONCE) -> None:
        self.settings = settings
        self.at_once = at_once
        self.library = Library.open(
            settings.library, starter=shipped_folder("data"), cache=settings.cache_folder
        )
        self.library.turns = Turns(settings.turns)
        self.writing = threading.Lock()
        self._opening = threading.Lock()
        self._embedder: Embedder | None = None
        self._model_problem: str | None = None
        self._embedded_version: int | None = None
        self._worker: threading.Thread | None = None
        self._counted: tuple[int, int] | None = None
        self._open: tuple[int, int] | None = None
        self._keeping = threading.Lock()
        self._kept: dict[str, tuple[tuple[int, int], str]] = {}

    @property
    def samples(self) -> tuple[Path, ...]:
        """The shipped sample reviews."""
        folder = shipped_folder("data") / "reviews"
        return tuple(path for path in sorted(folder.glob("*")) if path.suffix in (".md", ".txt"))

    @property
    def paper_count(self) -> int:
        """How many papers there are; counted again when something was added."""
        version = self.library.graph_version
        if self._counted is None or self._counted[0] != version:
            self._counted = (version, self.library.papers.count())
        return self._counted[1]

    @property
    def question_count(self) -> int:
        """How many questions are open; counted again when what reviews say has changed."""
        version = self.library.graph_version
        if self._open is None or self._open[0] != version:
            self._open = (version, len(list_questions(self.library)))
        return self._open[1]

    def kept(self, name: str, make: Callable[[], str]) -> str:
        """A text that is dear to make: made once, and again when papers or citations changed."""
        with self._keeping:
            version = (self.library.graph_version, self.library.texts.changes.version)
            found = self._kept.get(name)
            if found is None or found[0] != version:
                self._kept[name] = found = (version, make())
            return found[1]

    def prepare(self) -> None:
        """Begin to embed a large library before the first search asks for it."""
        if self.paper_count > self.at_once:
            self.embedder()

    def meaning(self, mode: str) -> Meaning:
        """Say how a search of this mode can be done now: without a model, by words alone."""
        if mode == "words" or mode not in MODES:
            return Meaning(mode=mode)
        embedder = self.embedder()
        if embedder is not None:
            return Meaning(mode=mode, embedder=embedder)
        return Meaning(mode="words", notes=(self._why_not(),))

    def embedder(self) -> Embedder | None:
        """The model, opened once, with the vectors up to date; None while there is none to use."""
        with self._opening:
            if self._embedder is None and self._model_problem is None:
                self._open_model()
            if self._embedder is not None:
                self._embed_missing(self._embedder)
            return None if self._is_embedding else self._embedder

    def _why_not(self) -> str:
        if self._model_problem or self._embedder is None:
            return f"There is no search by meaning, words alone decide: {self._model_problem}"
        total = self.paper_count
        ready = total - self.library.vectors.count_outdated(self._embedder.fingerprint)
        return (
            f"Meaning search is being rebuilt ({max(0, ready):,} of {total:,});"
            " searching by words until then."
        )

    def _open_model(self) -> None:
        try:
            embedder = open_model(self.settings)
            _ = embedder.fingerprint  # a model of another name is loaded, and fails, here only
            self._embedder = embedder
        except PapergraphError as error:
            _log.warning("no search by meaning: %s", error)
            self._model_problem = str(error)

    @property
    def _is_embedding(self) -> bool:
        return self._worker is not None and self._worker.is_alive()

    def _embed_missing(self, embedder: Embedder) -> None:
        """Embed what has no vector yet: a small library at once, a large one in the background."""
        version = self.library.graph_version
        if version == self._embedded_version or self._is_embedding:
            return
        if self.paper_count <= self.at_once:
            self._embed(embedder, version)
            return
        self._worker = threading.Thread(
            target=self._embed, args=(embedder, version), daemon=True, name="embed"
        )
        self._worker.start()

    def _embed(self, embedder: Embedder, version: int) -> None:
        try:
            embed_papers(self.library, embedder)
            prepare_search(self.library, embedder)
            self._embedded_version = version
        except PapergraphError:
            _log.exception("embedding stopped; it goes on at the next search")


def resources() -> Resources:
    """The resources of the application that answers the present request."""
    found = current_app.extensions["papergraph"]
    if not isinstance(found, Resources):
        raise TypeError("the application was not made by create_app")
    return found


def present_time() -> str:
    """The time to enter with what is written: UTC, to the second."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
