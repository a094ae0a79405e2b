"""Commands that bring writing and papers in: ingest, forget, import."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path

import click

from papergraph.cli.inputs import fetch_inputs, read_inputs
from papergraph.cli.printing import absolute_origin, question_lines, report_lines
from papergraph.cli.session import Session, say, shared_options, warn
from papergraph.errors import InputError, PapergraphError, SourceError

DONE, FAILED, PARTLY = 0, 1, 4


@click.command()
@click.argument("inputs", nargs=-1, required=True, metavar="PATH...")
@click.option("--dry-run", is_flag=True, help="Show what would be found; store nothing.")
@click.option("--allow-private", is_flag=True, help="Fetch from this machine and network, too.")
@shared_options
@click.pass_obj
def ingest(session: Session, inputs: tuple[str, ...], dry_run: bool, allow_private: bool) -> int:
    """Read writing about papers: files, folders, zip archives, web pages, or - for standard input.

    Markdown, HTML, Org, reStructuredText, plain text, text-browser dumps, notebooks, mail, feeds,
    bookmarks, bibliographies (see import), and PDF (with the extra 'pdf'). Of folders and archives
    all such files are read; hidden ones, code and pictures are passed over. Of a feed at an address
    every entry is read, the newest 30.

    Every paper is linked to the library, with who said what in which sentence. One file that cannot
    be read is a warning; the others are kept. Reading the same file again changes nothing.
    """
    from papergraph.ingest import ingest_review

    done = failed = 0
    codes: set[int] = set()
    settings = session.settings
    settings = replace(settings, allow_private=settings.allow_private or allow_private)
    for origin, data in read_inputs(inputs, partial(fetch_inputs, settings)):
        try:
            content = data if isinstance(data, bytes) else _raise(data)
            report = ingest_review(
                session.library, content, origin, now=session.now, dry_run=dry_run
            )
        except (InputError, SourceError) as error:
            warn(str(error))
            failed += 1
            codes.add(error.exit_code)
            continue
        done += 1
        if session.as_json:
            session.print_json(report.as_json())
        else:
            click.echo("\n".join(report_lines(report)))
        for warning in report.warnings:
            warn(f"{origin}: {warning}")
    if done and not dry_run:
        session.open_ready_embedder()
    return DONE if not failed else PARTLY if done else max(codes)


@click.command()
@click.argument("origin")
@shared_options
@click.pass_obj
def forget(session: Session, origin: str) -> None:
    """Remove a review and everything that only it said."""
    from papergraph.ingest import forget_review

    known = session.library.reviews.find(origin)
    key = origin if known else absolute_origin(Path(origin))
    gone = forget_review(session.library, key)
    say(f"forgot {key}; {gone} papers that nothing else names went with it")


@click.command("import")
@click.argument("path", type=click.Path(path_type=Path, exists=True))
@shared_options
@click.pass_obj
def import_(session: Session, path: Path) -> int:
    """Import a bibliography file, or a corpus folder.

    A bibliography is BibTeX, RIS, CSL-JSON, NBIB, EndNote XML or Zotero RDF, as Zotero, Mendeley,
    JabRef, EndNote and PubMed export it: every entry becomes a paper, with its tags, collections,
    notes, attached file and reading state.

    A corpus folder holds papers*.jsonl[.gz] and citations*.csv[.gz]. Papers have id, title,
    authors, year, year_first, venue, arxiv, doi, url, abstract; citations have citing, cited and,
    if you like, source.

    A broken-off import can be run again; what is there already is not entered twice.
    """
    from rich.console import Console
    from rich.progress import MofNCompleteColumn, Progress, SpinnerColumn, TextColumn

    from papergraph.exchange import import_bibliography, import_corpus

    columns = (SpinnerColumn(), TextColumn("{task.description}"), MofNCompleteColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        tasks = {
            name: progress.add_task(name, total=None)
            for name in ("papers", "citations", "embedded")
        }

        def advance(what: str, count: int) -> None:
            progress.advance(tasks[what], count)

        library, now = session.library, session.now
        if path.is_dir():
            report = import_corpus(library, path, now=now, progress=advance)
        else:
            report = import_bibliography(
                library, path.read_bytes(), str(path), now=now, progress=advance
            )
        _embed_all(session, lambda count: progress.advance(tasks["embedded"], count))
    for complaint in report.complaints:
        warn(complaint)
    if session.as_json:
        session.print_json(report.as_json())
    else:
        click.echo(
            f"{report.papers:,} papers read ({report.new_papers:,} new), {report.citations:,}"
            f" citations, {report.unknown_ends:,} with an unknown end, {report.bad_rows:,} bad rows"
        )
    return PARTLY if report.bad_rows else DONE


@click.command()
@click.argument("mention", required=False, metavar="[MENTION]")
@click.option("--accept", "choice", flag_value="accept", help="It is the first candidate.")
@click.option("--paper", metavar="REF", help="It is this paper.")
@click.option("--new", "choice", flag_value="new", help="It is a paper the library does not have.")
@click.option("--different", "choice", flag_value="different", help="It is not the paper linked.")
@click.option("--none", "choice", flag_value="none", help="It is no paper.")
@click.option("--undo", metavar="DECISION", help="Take a decision back.")
@shared_options
@click.pass_obj
def review(
    session: Session, mention: str | None, choice: str | None, paper: str | None, undo: str | None
) -> None:
    """Settle mentions that could not be linked; without MENTION the open ones are listed.

    An answer is remembered: the same review read again does not ask again.
    """
    from papergraph.ingest import list_questions, settle_question, undo_decision

    if undo:
        undo_decision(session.library, undo, now=session.now)
        say(f"took back {undo}")
    elif mention is None:
        for question in list_questions(session.library):
            if session.as_json:
                session.print_json(question.as_json())
            else:
                click.echo("\n".join(question_lines(question)))
    elif choice or paper:
        chosen = "paper" if paper else choice or ""
        decision = settle_question(session.library, mention, chosen, paper=paper, now=session.now)
        say(f"settled as {decision}; 'papergraph review --undo {decision}' takes it back")
    else:
        raise InputError("say what it is: --accept, --paper REF, --new, --different or --none")


def _embed_all(session: Session, progress: Callable[[int], None]) -> None:
    from papergraph.embed import embed_papers

    embedder = session.open_embedder()
    if embedder is not None:
        embed_papers(session.library, embedder, progress=progress)


def _raise(error: PapergraphError) -> bytes:
    raise error


COMMANDS = (ingest, forget, import_, review)
