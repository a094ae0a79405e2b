"""Commands that bring writing and papers in: ingest, forget, import."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import click

from papergraph.cli.printing import absolute_origin, question_lines, report_lines
from papergraph.cli.session import Session, say, shared_options, warn
from papergraph.errors import InputError, OfflineError, PapergraphError, ReadingError

DONE, FAILED, PARTLY = 0, 1, 4
MOST_BYTES = 50_000_000
_SUFFIXES = {".md", ".markdown", ".txt", ".text", ".html", ".htm", ".rst", ".org", ".mdx"}


@click.command()
@click.argument("inputs", nargs=-1, required=True, metavar="PATH...")
@click.option("--dry-run", is_flag=True, help="Show what would be found; store nothing.")
@shared_options
@click.pass_obj
def ingest(session: Session, inputs: tuple[str, ...], dry_run: bool) -> int:
    """Read writing about papers: files, folders, or - for standard input.

    Every paper is linked to the library, with who said what in which sentence. One file that cannot
    be read is a warning; the others are kept. Reading the same file again changes nothing.
    """
    from papergraph.ingest import ingest_review

    done = failed = 0
    codes: set[int] = set()
    for origin, data in _read_inputs(inputs):
        try:
            content = data if isinstance(data, bytes) else _raise(data)
            report = ingest_review(
                session.library, content, origin, now=session.now, dry_run=dry_run
            )
        except (ReadingError, OfflineError) as error:
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
@click.argument("folder", type=click.Path(path_type=Path, exists=True, file_okay=False))
@shared_options
@click.pass_obj
def import_(session: Session, folder: Path) -> int:
    """Import a corpus folder: papers*.jsonl[.gz] and citations*.csv[.gz].

    Papers have id, title, authors, year, year_first, venue, arxiv, doi, url, abstract; citations
    have citing, cited and, if you like, source. A broken-off import can be run again.
    """
    from rich.console import Console
    from rich.progress import MofNCompleteColumn, Progress, SpinnerColumn, TextColumn

    from papergraph.exchange import import_corpus

    columns = (SpinnerColumn(), TextColumn("{task.description}"), MofNCompleteColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        tasks = {
            name: progress.add_task(name, total=None)
            for name in ("papers", "citations", "embedded")
        }
        report = import_corpus(
            session.library,
            folder,
            now=session.now,
            progress=lambda what, count: progress.advance(tasks[what], count),
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


def _read_inputs(inputs: Iterable[str]) -> Iterator[tuple[str, bytes | PapergraphError]]:
    """Give each input its key and its bytes, or the error that kept it from being read."""
    for text in inputs:
        if text == "-":
            yield "stdin", sys.stdin.buffer.read(MOST_BYTES)
        elif text.startswith(("http://", "https://")):
            yield (
                text,
                OfflineError(
                    f"cannot fetch {text!r}: this version reads no web pages yet;"
                    " save the page and ingest the file"
                ),
            )
        else:
            yield from _read_path(Path(text))


def _read_path(path: Path) -> Iterator[tuple[str, bytes | PapergraphError]]:
    if path.is_dir():
        files = sorted(file for file in path.rglob("*") if file.suffix.lower() in _SUFFIXES)
        if not files:
            yield str(path), ReadingError(f"no text to read in the folder {str(path)!r}")
        for file in files:
            yield from _read_path(file)
        return
    try:
        size = path.stat().st_size
        content = path.read_bytes() if size <= MOST_BYTES else b""
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        yield str(path), ReadingError(f"cannot read {str(path)!r}: {reason}; check the path")
        return
    if size > MOST_BYTES:
        limit = f"{size:,} bytes, the limit is {MOST_BYTES:,}"
        yield str(path), ReadingError(f"cannot read {str(path)!r}: it has {limit}; split it")
    else:
        yield absolute_origin(path), content


def _raise(error: PapergraphError) -> bytes:
    raise error


COMMANDS = (ingest, forget, import_, review)
