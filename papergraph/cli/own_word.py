"""Commands for the reader's own word: prerequisite."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from papergraph.cli.printing import paper_line
from papergraph.cli.session import Session, say, shared_options
from papergraph.errors import InputError

if TYPE_CHECKING:
    from papergraph.reading import PrerequisiteDecision


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


def _decision_line(decision: PrerequisiteDecision) -> str:
    verb = "needs" if decision.keep else "does not need"
    why = f" ({decision.why})" if decision.why else ""
    line = f"{paper_line(decision.later)} {verb} {paper_line(decision.earlier)}{why}"
    return f"{decision.id}  {line}"


COMMANDS = (prerequisite,)
