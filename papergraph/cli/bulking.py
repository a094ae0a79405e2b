"""The command that makes a corpus out of a snapshot of the whole literature: bulk."""

from __future__ import annotations

from typing import Any

import click

from papergraph.cli.progress import show_progress
from papergraph.cli.session import Session, shared_options, warn
from papergraph.text import counted

DONE, PARTLY = 0, 4
_STAGES = {"read": "partitions", "made": "tables", "ranked": "rounds of PageRank"}


class _Folder(click.Path):
    """A folder, or the address of one in storage, which is not looked at yet."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Check a folder, and let an address pass."""
        return str(value if "://" in str(value) else super().convert(value, param, ctx))


@click.command()
@click.argument("snapshot", type=_Folder(exists=True, file_okay=False))
@click.argument("target", type=_Folder(file_okay=False), metavar="OUT")
@click.option("--field", "fields", multiple=True, help="Only this field, by name or number.")
@click.option("--topic", "topics", multiple=True, help="Only this topic, by name or id.")
@click.option("--engine", default="duckdb", show_default=True, help="duckdb, or spark.")
@click.option("--master", help="With --engine spark: the cluster, spark://HOST:PORT.")
@click.option(
    "--rounds",
    type=click.IntRange(min=0),
    default=100,
    show_default=True,
    help="At most so many rounds of PageRank; it stops when nothing moves.",
)
@click.option(
    "--cocited",
    type=click.IntRange(min=0),
    default=20,
    show_default=True,
    help="Papers most often cited together, kept for each; 0 leaves out the largest step.",
)
@click.option(
    "--progress/--no-progress", default=None, help="Show progress (default: on a terminal)."
)
@shared_options
@click.pass_obj
def bulk(
    session: Session,
    snapshot: str,
    target: str,
    fields: tuple[str, ...],
    topics: tuple[str, ...],
    engine: str,
    master: str | None,
    rounds: int,
    cocited: int,
    progress: bool | None,
) -> int:
    """Make a corpus folder OUT of a field or topic of an OpenAlex SNAPSHOT.

    SNAPSHOT is laid out as OpenAlex does: works/updated_date=.../part_000.gz. OUT gets papers,
    citations, identifiers, the papers most often cited together, and PageRank; 'papergraph import
    OUT' reads it. Several fields or topics are joined; none means everything. With the extra 's3',
    both may be s3://bucket/folder.

    A broken-off run goes on with the next partition when the same command is run again. A line that
    cannot be read is left out, counted and told. DuckDB comes with the extra 'bulk', Spark with the
    extra 'spark'; both give the same answer.
    """
    from papergraph.bulk import find_place, make_corpus, parse_selection

    selection = parse_selection(fields, topics)
    with show_progress(_STAGES, asked=progress) as advance:
        report = make_corpus(
            find_place(snapshot, offline=session.settings.offline),
            find_place(target, offline=session.settings.offline),
            selection,
            engine=engine,
            master=master,
            rounds=rounds,
            top_k=cocited,
            progress=advance,
        )
    for complaint in report.complaints:
        warn(complaint)
    if session.as_json:
        session.print_json(report.as_json())
    else:
        click.echo(
            f"{counted(report.papers, 'paper')}, {counted(report.citations, 'citation')},"
            f" {counted(report.external_ids, 'identifier')},"
            f" {counted(report.cocitations, 'co-citation')},"
            f" {counted(report.broken, 'broken line')};"
            f" bring them in with 'papergraph import {target}'"
        )
    return PARTLY if report.broken else DONE


COMMANDS = (bulk,)
