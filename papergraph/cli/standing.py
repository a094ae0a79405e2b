"""Commands on what a reader has and says: ready, between, prerequisite."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from papergraph.cli.printing import evidence_line, next_lines, paper_line
from papergraph.cli.session import Session, say, shared_options
from papergraph.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from papergraph.models import Connection
    from papergraph.reading import PrerequisiteDecision

NOTHING_FOUND = 3


@click.command()
@click.argument("reference", metavar="[REF]", required=False)
@click.option("--needs", metavar="REF", help="This paper is to be read before REF.")
@click.option("--without", metavar="REF", help="This paper is not needed for REF.")
@click.option("--why", help="A reason to keep with it.")
@click.option("--undo", metavar="ID", help="Take a decision back.")
@shared_options
@click.pass_obj
def prerequisite(
    session: Session,
    reference: str | None,
    needs: str | None,
    without: str | None,
    why: str | None,
    undo: str | None,
) -> None:
    """Add a prerequisite of a paper or strike a wrong one out; without REF all are listed."""
    from papergraph import reading

    library, reader, now = session.library, session.settings.reader, session.now
    if undo:
        found = [reading.undo_prerequisite(library, undo, now=now, reader=reader)]
        say(f"took back {undo}")
    elif reference is None:
        found = list(reading.list_prerequisites(library, reader=reader))
    elif bool(needs) == bool(without):
        raise InputError("say either what the paper needs or what it does not: --needs, --without")
    else:
        enter = reading.add_prerequisite if needs else reading.strike_prerequisite
        found = [enter(library, reference, needs or without or "", now=now, why=why, reader=reader)]
        say(f"kept; 'papergraph prerequisite --undo {found[0].id}' takes it back")
    for decision in found:
        if session.as_json:
            session.print_json(decision.as_json())
        else:
            click.echo(_decision_line(decision))


@click.command()
@click.option("--known", multiple=True, metavar="REF", help="A paper you know; can be repeated.")
@click.option("-n", "--limit", default=20, show_default=True, help="Most papers.")
@shared_options
@click.pass_obj
def ready(session: Session, known: tuple[str, ...], limit: int) -> int:
    """List the papers all of whose prerequisites you know."""
    from papergraph.reading import find_ready

    found = find_ready(session.library, known, limit=limit, reader=session.settings.reader)
    if session.as_json:
        session.print_json({"recommendations": [item.as_json() for item in found]})
    else:
        nothing = "nothing here is said to follow what you know; say more with 'papergraph know'"
        click.echo("\n".join(next_lines(found)) or nothing)
    return 0 if found else NOTHING_FOUND


@click.command()
@click.argument("one", metavar="REF")
@click.argument("other", metavar="REF")
@shared_options
@click.pass_obj
def between(session: Session, one: str, other: str) -> int:
    """Show how two papers connect, with evidence for every link."""
    from papergraph.reading import find_connection

    found = find_connection(session.library, one, other, reader=session.settings.reader)
    if session.as_json:
        session.print_json(found.as_json())
    else:
        click.echo("\n".join(_connection_lines(found)))
    return 0 if found.chain else NOTHING_FOUND


def _connection_lines(found: Connection) -> Iterable[str]:
    for link in found.chain:
        yield paper_line(link.paper)
        yield from (f"       - {evidence_line(evidence)}" for evidence in link.because)
    yield from (f"together: {evidence.text}" for evidence in found.together)
    yield from (f"note: {warning}" for warning in found.warnings)


def _decision_line(decision: PrerequisiteDecision) -> str:
    verb = "needs" if decision.keep else "does not need"
    why = f" ({decision.why})" if decision.why else ""
    line = f"{paper_line(decision.later)} {verb} {paper_line(decision.earlier)}{why}"
    return f"{decision.id}  {line}"


COMMANDS = (ready, between, prerequisite)
