"""The commands neighbourhood and graph: what is near papers, and the citations among them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from papergraph.cli.printing import paper_line
from papergraph.cli.session import Session, shared_options, warn
from papergraph.text import counted

if TYPE_CHECKING:
    from papergraph.models import GraphPiece, Neighbourhood


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


@click.command()
@click.argument("around", required=False, metavar="[REF]")
@click.option("-n", "--limit", default=200, show_default=True, help="Most papers.")
@click.option("--graphml", is_flag=True, help="Write GraphML, for Gephi, yEd or Cytoscape.")
@shared_options
@click.pass_obj
def graph(session: Session, around: str | None, limit: int, graphml: bool) -> None:
    """Give out a piece of the citation graph: near one paper, or the most connected of all.

    With --json it is node-link JSON, as networkx reads it. Every paper has a place to draw it.
    """
    from papergraph.search.graph_piece import find_graph, graph_as_graphml

    found = find_graph(session.library, around, limit=limit)
    if graphml:
        click.echo(graph_as_graphml(found), nl=False)
    elif session.as_json:
        session.print_json(found.as_json())
    else:
        click.echo("\n".join(graph_lines(found)))


def graph_lines(found: GraphPiece) -> list[str]:
    """The graph as lines: its size, then its papers with how often each is cited here."""
    lines = [
        f"{counted(len(found.nodes), 'paper')}, {counted(len(found.edges), 'citation')} among them"
    ]
    return lines + [
        f"{node.year or 'n.d.'}  {node.name}  ({node.id}, cited by {node.citations_here:,} here)"
        for node in found.nodes
    ]


COMMANDS = (neighbourhood, graph)
