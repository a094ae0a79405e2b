"""The command neighbourhood: what is near one or more papers."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from papergraph.cli.printing import paper_line
from papergraph.cli.session import Session, shared_options, warn

if TYPE_CHECKING:
    from papergraph.models import Neighbourhood


@click.command()
@click.argument("references", nargs=-1, required=True, metavar="REF...")
@click.option("-n", "--limit", default=40, show_default=True, help="Most papers, yours included.")
@shared_options
@click.pass_obj
def neighbourhood(session: Session, references: tuple[str, ...], limit: int) -> None:
    """Show what is near papers: read together with them, citing the same, near by meaning.

    Beside it stand prior works, which those papers cite most, and derivative works, which cite most
    of them.
    """
    from papergraph.search.neighbourhood import find_neighbourhood

    found = find_neighbourhood(
        session.library,
        references,
        limit=limit,
        embedder=session.open_ready_embedder(),
        reader=session.settings.reader,
    )
    if session.as_json:
        session.print_json(found.as_json())
        return
    for warning in found.warnings:
        warn(warning)
    click.echo("\n".join(neighbourhood_lines(found)))


def neighbourhood_lines(found: Neighbourhood) -> list[str]:
    """The neighbourhood as lines: papers with the reasons they are near, then the works."""
    lines = []
    for node in found.nodes:
        lines.append(f"{'*' if node.is_seed else ' '} {paper_line(node.paper)}")
        lines += [f"      {reason.text}" for reason in node.because[:2]]
    for title, works, word in (
        ("Prior works", found.prior_works, "cited by"),
        ("Derivative works", found.derivative_works, "cites"),
    ):
        if works:
            lines += ["", f"{title}:"]
            lines += [f"  {paper_line(work.paper)}  ({word} {work.shared})" for work in works]
    return lines


COMMANDS = (neighbourhood,)
