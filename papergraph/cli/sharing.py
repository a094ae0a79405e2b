"""The command share: a path, lineage or neighbourhood as one file to give away."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from papergraph.cli.session import Session, say, shared_options
from papergraph.errors import InputError

if TYPE_CHECKING:
    from papergraph.models import Lineage, Neighbourhood, ReadingPath


@click.command()
@click.argument("kind", type=click.Choice(["path", "lineage", "neighbourhood"]))
@click.argument("references", nargs=-1, metavar="REF...")
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path, dir_okay=False),
    help="The file to write, .html or .svg (default: a name of its own, as HTML).",
)
@click.option("--known", multiple=True, metavar="REF", help="For a path: a paper you know.")
@click.option(
    "--from", "start", metavar="REF", help="For a lineage: an older paper, its beginning."
)
@click.option("--topic", help="For a path or lineage: a topic in words instead of a paper.")
@click.option("-n", "--limit", type=click.IntRange(1, 500), help="At most so many papers.")
@shared_options
@click.pass_obj
def share(
    session: Session,
    /,
    kind: str,
    references: tuple[str, ...],
    output: Path | None,
    **asked: Any,
) -> None:
    """Write a path, lineage or neighbourhood as one page that opens from disk, or as a picture.

    The page needs no network and no papergraph: search box, drawing and reasons are inside.
    """
    from papergraph.app.sharing import share as share_found
    from papergraph.app.sharing import write_shared

    form = output.suffix.lower().removeprefix(".") if output else "html"
    shared = share_found(_find(session, kind, references, **asked), now=session.now)
    text = write_shared(shared, form)
    place = output or Path(f"{shared.file_name}.html")
    try:
        place.write_text(text, encoding="utf-8")
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise InputError(f"cannot write {str(place)!r}: {reason}; give another --output") from error
    click.echo(str(place))
    say(f"papergraph: {shared.title}, {len(text.encode()) // 1024} KB")


def _find(
    session: Session,
    kind: str,
    references: tuple[str, ...],
    *,
    known: tuple[str, ...],
    start: str | None,
    topic: str | None,
    limit: int | None,
) -> ReadingPath | Lineage | Neighbourhood:
    library, reader = session.library, session.settings.reader
    if kind == "path":
        from papergraph.reading import plan_reading

        return plan_reading(
            library,
            references,
            topic=topic,
            about=session.papers_about(topic),
            known=known,
            limit=limit,
            reader=reader,
        )
    if kind == "lineage":
        from papergraph.reading import trace_lineage

        return trace_lineage(
            library,
            references,
            start=start,
            topic=topic,
            about=session.papers_about(topic),
            limit=limit or 10,
            reader=reader,
        )
    if topic is not None:
        raise InputError("a neighbourhood is of papers; give one in place of --topic")
    from papergraph.search.neighbourhood import find_neighbourhood

    embedder = session.open_ready_embedder()
    return find_neighbourhood(
        library, references, limit=limit or 40, embedder=embedder, reader=reader
    )


COMMANDS = (share,)
