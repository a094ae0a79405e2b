"""Commands that answer: search, show, path, order, lineage, next."""

from __future__ import annotations

import sys

import click

from papergraph.cli.printing import (
    detail_lines,
    hit_lines,
    lineage_lines,
    next_lines,
    order_lines,
    path_lines,
)
from papergraph.cli.session import Session, say, shared_options
from papergraph.errors import InputError
from papergraph.models import READING_STATES

DONE, NOTHING_FOUND, PARTLY = 0, 3, 4


@click.command()
@click.argument("query", nargs=-1, required=True)
@click.option("-n", "--limit", default=10, show_default=True, help="Most results.")
@click.option(
    "--mode", type=click.Choice(["hybrid", "words", "meaning"]), default="hybrid", show_default=True
)
@click.option("--year-from", type=int, help="Not older than this year.")
@click.option("--year-to", type=int, help="Not newer than this year.")
@click.option("--state", type=click.Choice([*READING_STATES, "unread"]), help="In this state.")
@shared_options
@click.pass_obj
def search(
    session: Session,
    query: tuple[str, ...],
    limit: int,
    mode: str,
    year_from: int | None,
    year_to: int | None,
    state: str | None,
) -> int:
    """Find papers by name, words or meaning, and say why they matched."""
    from papergraph.search import SearchFilter, search_papers

    answer = search_papers(
        session.library,
        " ".join(query),
        embedder=session.open_ready_embedder() if mode != "words" else None,
        limit=limit,
        mode=mode,
        allowed=SearchFilter(year_from=year_from, year_to=year_to, state=state),
        reader=session.settings.reader,
    )
    if session.as_json:
        session.print_json(answer.as_json())
    else:
        click.echo("\n".join(hit_lines(answer.hits)) or f"nothing found for {answer.query!r}")
    for note in answer.notes:
        say(f"note: {note}")
    return 0 if answer.hits else NOTHING_FOUND


@click.command()
@click.argument("reference", metavar="REF")
@shared_options
@click.pass_obj
def show(session: Session, reference: str) -> None:
    """Show one paper: what is known of it, who says what about it."""
    from papergraph.show import show_paper

    detail = show_paper(session.library, reference, reader=session.settings.reader)
    if session.as_json:
        session.print_json(detail.as_json())
    else:
        click.echo("\n".join(detail_lines(detail)))


@click.command()
@click.argument("reference", metavar="REF")
@click.option(
    "--by",
    type=click.Choice(["cocitation", "coupling", "meaning", "all"]),
    default="all",
    show_default=True,
)
@click.option("-n", "--limit", default=10, show_default=True, help="Most papers.")
@shared_options
@click.pass_obj
def similar(session: Session, reference: str, by: str, limit: int) -> int:
    """Find papers near one paper: cited together with it, citing the same, near by meaning."""
    from papergraph.search.similar import similar_papers

    embedder = session.open_ready_embedder() if by in ("meaning", "all") else None
    hits = similar_papers(session.library, reference, by=by, limit=limit, embedder=embedder)
    if session.as_json:
        session.print_json({"hits": [hit.as_json() for hit in hits]})
    else:
        click.echo("\n".join(hit_lines(hits)) or "nothing here is near it")
    return 0 if hits else NOTHING_FOUND


@click.command()
@click.argument("targets", nargs=-1, metavar="TARGET...")
@click.option("--known", multiple=True, metavar="REF", help="A paper you know; can be repeated.")
@click.option("-n", "--limit", type=int, help="Most steps, the target included.")
@click.option("--hours", type=float, help="Most hours of reading.")
@click.option("--topic", help="A topic in words instead of a target.")
@click.option("--format", "form", type=click.Choice(["text", "markdown", "bibtex"]), default="text")
@shared_options
@click.pass_obj
def path(
    session: Session,
    targets: tuple[str, ...],
    known: tuple[str, ...],
    limit: int | None,
    hours: float | None,
    topic: str | None,
    form: str,
) -> None:
    """Plan what to read, in which order, to understand the targets, and why."""
    from papergraph.exchange import export_path
    from papergraph.reading import plan_reading

    plan = plan_reading(
        session.library,
        targets,
        topic=topic,
        about=session.papers_about(topic),
        known=known,
        limit=limit,
        hours=hours,
        reader=session.settings.reader,
    )
    if session.as_json:
        session.print_json(plan.as_json())
    elif form != "text":
        click.echo(export_path(plan, form), nl=False)
    else:
        click.echo("\n".join(path_lines(plan)))


@click.command()
@click.argument("references", nargs=-1, metavar="REF...")
@shared_options
@click.pass_obj
def order(session: Session, references: tuple[str, ...]) -> int:
    """Put a list of papers in reading order; without arguments one a line is read from stdin.

    What is not in the library is named and left out; the exit code is 4 then.
    """
    from papergraph.reading import order_papers

    given = references or tuple(line.strip() for line in sys.stdin if line.strip())
    if not given:
        raise InputError("no list to put in order; give papers, or one a line on standard input")
    ordered = order_papers(session.library, given, reader=session.settings.reader)
    if session.as_json:
        session.print_json(ordered.as_json())
    else:
        click.echo("\n".join(order_lines(ordered)))
    return PARTLY if ordered.unknown else DONE


@click.command()
@click.argument("reference", metavar="REF", required=False)
@click.option("-n", "--limit", default=5, show_default=True, help="Most parents.")
@click.option("--from", "start", metavar="REF", help="An older paper the line is to lead from.")
@click.option("--topic", help="A topic in words instead of a paper: its main line.")
@shared_options
@click.pass_obj
def lineage(
    session: Session, reference: str | None, limit: int, start: str | None, topic: str | None
) -> None:
    """Trace where a paper comes from: the chain to it, what it builds on, what branched off.

    With --from the chain is the line from one paper to the other, through what stands between.
    """
    from papergraph.reading import trace_lineage

    found = trace_lineage(
        session.library,
        [] if reference is None else [reference],
        start=start,
        topic=topic,
        about=session.papers_about(topic),
        limit=limit,
        reader=session.settings.reader,
    )
    if session.as_json:
        session.print_json(found.as_json())
    else:
        click.echo("\n".join(lineage_lines(found)))


@click.command("next")
@click.option("--known", multiple=True, metavar="REF", help="A paper you know; can be repeated.")
@click.option("--target", metavar="REF", help="A paper you want to get to.")
@click.option("--as-of", metavar="YYYY-MM", help="Use nothing dated after this month.")
@click.option("-n", "--limit", default=10, show_default=True, help="Most papers.")
@shared_options
@click.pass_obj
def next_(
    session: Session, known: tuple[str, ...], target: str | None, as_of: str | None, limit: int
) -> int:
    """Propose papers to read next, grouped by reason."""
    from papergraph.recommend import recommend_next

    found = recommend_next(
        session.library,
        known,
        target=target,
        as_of=as_of,
        limit=limit,
        reader=session.settings.reader,
    )
    if session.as_json:
        session.print_json({"recommendations": [item.as_json() for item in found]})
    else:
        click.echo("\n".join(next_lines(found)) or "nothing to propose yet; ingest a review first")
    return 0 if found else NOTHING_FOUND


COMMANDS = (search, show, similar, path, order, lineage, next_)
