"""The command `papergraph`: its group, its errors and its exit codes.

0 done, 1 failed, 2 wrong use, 3 nothing found, 4 done in part, 5 network needed but offline,
130 interrupted.
"""

from __future__ import annotations

import logging
import os
import sys

import click

from papergraph import __version__
from papergraph.cli import (
    bulking,
    crawling,
    evaluating,
    ingesting,
    keeping,
    modelling,
    neighbouring,
    reading,
    serving,
    sharing,
    standing,
)
from papergraph.cli.session import Session, shared_options
from papergraph.errors import PapergraphError

INTERRUPTED = 130
_EPILOG = """
Exit codes: 0 done, 1 failed, 2 wrong use, 3 nothing found, 4 done in part, 5 network needed but
offline, 130 interrupted.
"""


@click.group(epilog=_EPILOG, context_settings={"help_option_names": ["-h", "--help"]})
@shared_options
@click.option("-v", "--verbose", is_flag=True, help="Say more on stderr.")
@click.version_option(__version__, prog_name="papergraph")
@click.pass_context
def papergraph(context: click.Context, verbose: bool) -> None:
    """Read what people write about papers; search it; plan what to read next and why."""
    context.ensure_object(Session)
    logging.basicConfig(
        level=logging.INFO if verbose else logging.WARNING,
        format="%(levelname)s %(name)s: %(message)s",
    )


for command in (
    *ingesting.COMMANDS,
    *bulking.COMMANDS,
    *crawling.COMMANDS,
    *reading.COMMANDS,
    *standing.COMMANDS,
    *neighbouring.COMMANDS,
    *keeping.COMMANDS,
    *modelling.COMMANDS,
    *sharing.COMMANDS,
    *evaluating.COMMANDS,
    *serving.COMMANDS,
):
    papergraph.add_command(command)


def main(argv: list[str] | None = None) -> int:
    """Run the command line and return its exit code; never raises for a user's mistake."""
    try:
        result = papergraph.main(args=argv, prog_name="papergraph", standalone_mode=False)
    except click.exceptions.Abort:
        click.echo("papergraph: interrupted; what was done is kept", err=True)
        return INTERRUPTED
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except PapergraphError as error:
        click.echo(f"papergraph: {error}", err=True)
        return error.exit_code
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    return result if isinstance(result, int) else 0


def run() -> None:
    """Run as a program."""
    sys.exit(main())
