"""What every command shares: settings, the library, the model, and the options for them."""

from __future__ import annotations

import json
import shlex
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from functools import cached_property, wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from papergraph.errors import LibraryError, ModelError, NotFoundError
from papergraph.settings import Settings, read_settings, shipped_folder

if TYPE_CHECKING:
    from papergraph.library import Library
    from papergraph.vectors import Embedder

_Command = TypeVar("_Command", bound=Callable[..., Any])
_MAKING = ("ingest", "import")  # commands that make the library they are told
_MOST_EMBEDDED_ON_THE_WAY = 5_000


class Session:
    """One run of the command line. The library is opened when it is first used."""

    def __init__(self) -> None:
        self.library_place: str | None = None
        self.is_offline = False
        self.as_json = False

    @cached_property
    def settings(self) -> Settings:
        """The settings, options included."""
        settings = read_settings(library=self.library_place)
        return replace(settings, offline=settings.offline or self.is_offline)

    @cached_property
    def library(self) -> Library:
        """The library, made with the starter papers when it is new."""
        from papergraph.library import Library

        self._check_library_is_there()
        library = Library.open(
            self.settings.library,
            starter=shipped_folder("data"),
            cache=self.settings.cache_folder,
        )
        click.get_current_context().find_root().call_on_close(library.close)
        return library

    def _check_library_is_there(self) -> None:
        """Raise LibraryError for a file named on the command line that a reading command asks."""
        place = self.settings.library
        command = click.get_current_context().find_root().invoked_subcommand
        is_named = self.library_place is not None and command not in _MAKING
        if is_named and isinstance(place, Path) and not place.exists():
            raise LibraryError(
                f"there is no library at {str(place)!r}; name one that is there, or make it with"
                " 'papergraph ingest', 'papergraph import' or 'papergraph db init'"
            )

    @property
    def now(self) -> str:
        """The time to enter, UTC."""
        return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")

    def open_embedder(self) -> Embedder | None:
        """The model of the settings; None, with a warning, when it cannot be loaded."""
        from papergraph.embed import open_model

        try:
            embedder = open_model(self.settings)
            _ = embedder.fingerprint  # a model of another name is loaded, and fails, here only
        except ModelError as error:
            warn(f"searching by words only: {error}")
            return None
        return embedder

    def open_ready_embedder(self) -> Embedder | None:
        """The model, with the vectors of a few changed papers brought up to date."""
        from papergraph.embed import embed_papers

        embedder = self.open_embedder()
        if embedder is not None:
            outdated = self.library.vectors.count_outdated(embedder.fingerprint)
            if outdated <= _MOST_EMBEDDED_ON_THE_WAY:
                embed_papers(self.library, embedder)
        return embedder

    def papers_about(self, topic: str | None) -> list[str]:
        """The ids of papers that fit a topic, the best first; none without a topic."""
        if topic is None:
            return []
        from papergraph.reading import MOST_ABOUT
        from papergraph.search import papers_about

        embedder = self.open_ready_embedder()
        return papers_about(self.library, topic, embedder=embedder, limit=MOST_ABOUT)

    def print_json(self, value: Any) -> None:
        """Print one object on one line."""
        click.echo(json.dumps(value, ensure_ascii=False))


def shared_options(command: _Command) -> _Command:
    """Give a command --library, --offline and --json, and hand them to the session."""

    @click.option(
        "-l",
        "--library",
        "library_place",
        type=click.Path(),  # a shell then completes files
        metavar="PLACE",
        help="The library: a file, or postgresql://user@host/database"
        " (default: PAPERGRAPH_LIBRARY, else a file in the user's data folder).",
    )
    @click.option("--offline", is_flag=True, help="Never use the network.")
    @click.option("--json", "as_json", is_flag=True, help="Print JSON objects, one a line.")
    @click.pass_context
    @wraps(command)
    def wrapped(
        context: click.Context,
        /,
        *args: Any,
        library_place: str | None,
        offline: bool,
        as_json: bool,
        **options: Any,
    ) -> Any:
        if library_place is not None and not library_place.strip():
            raise click.BadParameter(
                "it is empty; give a file, or postgresql://user@host/database",
                param_hint="--library",
            )
        session = context.ensure_object(Session)
        session.library_place = library_place or session.library_place
        session.is_offline = session.is_offline or offline
        session.as_json = session.as_json or as_json
        try:
            return context.invoke(command, *args, **options)
        except NotFoundError as error:
            raise _with_suggestions(context, session, error) from error

    return wrapped  # type: ignore[return-value]  # a click command function keeps its place


def _with_suggestions(
    context: click.Context, session: Session, error: NotFoundError
) -> NotFoundError:
    """Name what a search finds, and say how a topic is asked for where one may be."""
    if error.asked is None:
        return error
    from papergraph.search import suggest_papers

    told = suggest_papers(session.library, error, embedder=session.open_ready_embedder())
    takes_topic = any(option.name == "topic" for option in context.command.params)
    if told is error or not takes_topic:
        return told
    hint = f"if a topic is meant: --topic {shlex.quote(error.asked)}"
    return NotFoundError(f"{told}; {hint}", nearest=told.nearest)


def warn(text: str) -> None:
    """Say something that went wrong while the work goes on."""
    click.echo(f"papergraph: warning: {text}", err=True)


def say(text: str) -> None:
    """Say what is going on."""
    click.echo(text, err=True)
