"""Commands that bring writing and papers in: ingest, forget, import."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from papergraph.cli.crawling import crawl_after, tell_linked
from papergraph.cli.inputs import fetch_inputs, read_inputs
from papergraph.cli.printing import (
    absolute_origin,
    found_lines,
    marked_line,
    question_lines,
    report_lines,
    run_lines,
)
from papergraph.cli.progress import show_progress
from papergraph.cli.session import Session, say, shared_options, warn
from papergraph.errors import InputError
from papergraph.text import counted

if TYPE_CHECKING:
    from papergraph.ingest import RunReport
    from papergraph.models import IngestReport

DONE, FAILED, PARTLY = 0, 1, 4
_FEW = 5  # texts of which each is shown
_STAGES = {"read": "reading", "linked": "linking again"}


@click.command()
@click.argument("inputs", nargs=-1, required=True, metavar="PATH...")
@click.option("--dry-run", is_flag=True, help="Show what would be found; store nothing.")
@click.option("--mine", is_flag=True, help="You wrote it: mark what it is about as read.")
@click.option("--allow-private", is_flag=True, help="Fetch from this machine and network, too.")
@click.option(
    "--progress/--no-progress", default=None, help="Show progress (default: on a terminal)."
)
@shared_options
@click.pass_obj
def ingest(
    session: Session,
    inputs: tuple[str, ...],
    dry_run: bool,
    mine: bool,
    allow_private: bool,
    progress: bool | None,
) -> int:
    """Read writing about papers: files, folders, zip archives, web pages, or - for standard input.

    Markdown, HTML, Org, reStructuredText, plain text, text-browser dumps, notebooks, mail, feeds,
    bookmarks, bibliographies (see import), and PDF (with the extra 'pdf'). Of folders and archives
    all such files are read; hidden ones, code and pictures are passed over. Of a feed at an address
    every entry is read, the newest 30.

    Every paper is linked to the library, with who said what in which sentence, and then looked up
    online as 'papergraph crawl' does, unless --offline is given. One file that cannot be read is a
    warning; the others are kept. Reading the same file again changes nothing: broken off, the same
    command goes on where it was. The order of the files makes no difference.

    With --mine papers that a text is about are marked as read, on the day it was written, and what
    it tells of its author's reading counts as yours.
    """
    from papergraph.ingest import RunReport, ingest_reviews

    total = RunReport()
    settings = session.settings
    settings = replace(settings, allow_private=settings.allow_private or allow_private)
    texts = read_inputs(inputs, partial(fetch_inputs, settings))
    with show_progress(_STAGES, asked=progress) as advance:
        reports = ingest_reviews(
            session.library, texts, total, now=session.now, dry_run=dry_run, progress=advance
        )
        if mine and not dry_run:
            reports = _mark_own(session, reports, total)
        few = _print_reports(session, reports)
    for skipped in total.skipped:
        warn(str(skipped.error))
    _sum_up(session, total, few, is_dry_run=dry_run)
    if mine and not dry_run:
        say(marked_line(total.marked))
    if total.read and not dry_run:
        crawl_after(session)
        session.open_ready_embedder()
    if not total.skipped:
        return DONE
    return PARTLY if few else max(skipped.error.exit_code for skipped in total.skipped)


def _mark_own(
    session: Session, reports: Iterator[IngestReport], total: RunReport
) -> Iterator[IngestReport]:
    """Mark what the reader's own texts are about, once all are read, and say so in the reports."""
    from papergraph.ingest import mark_reviewed

    found = list(reports)
    reader = session.settings.reader
    origins = [report.origin for report in found]
    marked = mark_reviewed(session.library, origins, reader=reader, now=session.now)
    for states in marked.values():
        total.add_marks(states)
    yield from (replace(report, marked=marked[report.origin]) for report in found)


def _print_reports(session: Session, reports: Iterator[IngestReport]) -> list[IngestReport]:
    """Print reports as objects; returns those that are shown by themselves, and one more."""
    few: list[IngestReport] = []
    for report in reports:
        if session.as_json:
            session.print_json(report.as_json())
        if len(few) <= _FEW:
            few.append(report)
    return few


def _sum_up(
    session: Session, total: RunReport, few: Sequence[IngestReport], *, is_dry_run: bool
) -> None:
    """Show the papers of one text, or of a few, and what was done with several."""
    texts = total.read + total.unchanged
    for report in few if texts == 1 or (texts <= _FEW and not session.as_json) else ():
        for warning in report.warnings:
            warn(f"{report.origin}: {warning}")
        if not session.as_json:
            lines = report_lines(report) if texts == 1 else found_lines(report)
            click.echo("\n".join(lines))
    if texts + len(total.skipped) > 1:
        lines = run_lines(total, is_dry_run=is_dry_run)
        click.echo("\n".join(lines), err=session.as_json)


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
    say(f"forgot {key}; {counted(gone, 'paper')} that nothing else names went with it")


@click.command("import")
@click.argument("path", type=click.Path(path_type=Path, exists=True))
@shared_options
@click.pass_obj
def import_(session: Session, path: Path) -> int:
    """Import a bibliography file, or a corpus folder.

    A bibliography is BibTeX, RIS, CSL-JSON, NBIB, EndNote XML, Zotero RDF or CSV, as Zotero,
    Mendeley, JabRef, EndNote and PubMed export it: every entry becomes a paper, with its
    tags, collections, notes, attached file and reading state.

    A corpus folder holds papers*.jsonl[.gz] and citations*.csv[.gz]. Papers have id, title,
    authors, year, year_first, venue, arxiv, doi, openalex, pmid, url, abstract; citations have
    citing, cited and, if you like, source.

    A broken-off or killed import goes on where it was when it is run again.
    """
    from rich.console import Console
    from rich.progress import MofNCompleteColumn, Progress, SpinnerColumn, TextColumn

    from papergraph.exchange import import_bibliography, import_corpus
    from papergraph.ingest import link_newcomers

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
        linked = link_newcomers(library, now)
        _embed_all(session, lambda count: progress.advance(tasks["embedded"], count))
    tell_linked(linked)
    for complaint in report.complaints:
        warn(complaint)
    if session.as_json:
        session.print_json(report.as_json())
    else:
        click.echo(
            f"{counted(report.papers, 'paper')} read ({report.new_papers:,} new),"
            f" {counted(report.citations, 'citation')},"
            f" {report.unknown_ends:,} with an unknown end,"
            f" {counted(report.bad_rows, 'bad row')}"
        )
    return PARTLY if report.bad_rows else DONE


@click.command()
@click.argument("mention", required=False, metavar="[MENTION]")
@click.option("--accept", "choice", flag_value="accept", help="It is the first candidate.")
@click.option("--paper", metavar="REF", help="It is this paper.")
@click.option("--title", help="With --new: what the paper is called.")
@click.option("--new", "choice", flag_value="new", help="It is a paper the library does not have.")
@click.option("--different", "choice", flag_value="different", help="It is not the paper linked.")
@click.option("--none", "choice", flag_value="none", help="It is no paper.")
@click.option("--undo", metavar="DECISION", help="Take a decision back.")
@shared_options
@click.pass_obj
def review(
    session: Session,
    mention: str | None,
    choice: str | None,
    paper: str | None,
    title: str | None,
    undo: str | None,
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
    elif choice or paper or title:
        chosen = "paper" if paper else choice or "new"
        decision = settle_question(
            session.library, mention, chosen, paper=paper, title=title, now=session.now
        )
        say(f"settled as {decision}; 'papergraph review --undo {decision}' takes it back")
    else:
        raise InputError("say what it is: --accept, --paper REF, --new, --different or --none")


def _embed_all(session: Session, progress: Callable[[int], None]) -> None:
    from papergraph.embed import embed_papers
    from papergraph.search import prepare_search

    embedder = session.open_embedder()
    if embedder is not None:
        embed_papers(session.library, embedder, progress=progress)
        prepare_search(session.library, embedder)


COMMANDS = (ingest, forget, import_, review)
