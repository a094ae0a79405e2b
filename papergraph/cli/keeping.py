"""Commands that keep things: know, save, skip, rate, list, edit, export, db, doctor, completion."""

from __future__ import annotations

from pathlib import Path

import click

from papergraph.cli.printing import paper_line, short_place
from papergraph.cli.progress import show_progress
from papergraph.cli.session import Session, say, shared_options
from papergraph.errors import InputError, LibraryError
from papergraph.places import read_place
from papergraph.settings import shipped_folder
from papergraph.text import counted

NOTHING_FOUND = 3
_COPYING = {"rows": "rows copied", "texts": "papers entered in the index of words"}
_FORMATS = ("markdown", "bibtex", "ris", "csl-json", "plain", "json")  # of papergraph.exchange


def _mark_command(name: str, state: str, text: str) -> click.Command:
    """Make a command that gives papers a reading state."""

    @click.command(name, help=text)
    @click.argument("references", nargs=-1, required=True, metavar="REF...")
    @click.option("--undo", is_flag=True, help="Take the state away again.")
    @click.option("--note", help="A note to keep with it.")
    @shared_options
    @click.pass_obj
    def mark(session: Session, references: tuple[str, ...], undo: bool, note: str | None) -> None:
        from papergraph.show import mark_papers

        marked = mark_papers(
            session.library,
            list(references),
            None if undo else state,
            now=session.now,
            reader=session.settings.reader,
            note=note,
        )
        for paper in marked:
            if session.as_json:
                session.print_json(paper.as_json())
            else:
                click.echo(f"{paper.state or 'no state'}  {paper_line(paper)}")

    return mark


know = _mark_command("know", "known", "Say that you know these papers; paths leave them out.")
save = _mark_command("save", "queued", "Save papers to read later.")
skip = _mark_command("skip", "skipped", "Say that these papers are not for you.")


@click.command()
@click.argument("references", nargs=-1, required=True, metavar="REF...")
@click.option("--stars", type=float, help="1 to 5; halves are allowed.")
@click.option("--undo", is_flag=True, help="Take the rating away again.")
@shared_options
@click.pass_obj
def rate(session: Session, references: tuple[str, ...], stars: float | None, undo: bool) -> None:
    """Say how good papers are: what goes with the best comes first in 'next', with the worst last.

    What is rated and not yet read counts as read; --undo gives back the state it had before.
    """
    from papergraph.show import rate_papers

    if undo == (stars is not None):
        raise InputError("say how good they are with --stars 1 to 5, or take it back with --undo")
    reader = session.settings.reader
    given = list(references)
    for found in rate_papers(session.library, given, stars, now=session.now, reader=reader):
        if session.as_json:
            session.print_json(found.as_json())
        else:
            shown = "no rating" if found.rating is None else f"{found.rating:g} of 5"
            click.echo(f"{shown}  {paper_line(found.paper)}")


@click.command("list")
@click.argument(
    "what",
    default="reviews",
    type=click.Choice(["reviews", "saved", "reading", "read", "known", "skipped"]),
)
@shared_options
@click.pass_obj
def list_(session: Session, what: str) -> int:
    """List the reviews read, or the papers you saved, know, have read or do not want."""
    from papergraph.show import list_papers

    if what == "reviews":
        return _list_reviews(session)
    state = "queued" if what == "saved" else what
    papers = list_papers(session.library, [state], reader=session.settings.reader)
    for paper in papers:
        if session.as_json:
            session.print_json(paper.as_json())
        else:
            click.echo(paper_line(paper))
    if not papers:
        say(f"papergraph: no paper is {what} yet")
    return 0 if papers else NOTHING_FOUND


def _list_reviews(session: Session) -> int:
    found = session.library.reviews.all()
    for review in found:
        if session.as_json:
            session.print_json(
                {"id": f"r{review.id}", "origin": review.origin, "title": review.title}
                | {"papers": review.papers, "ingested_at": review.ingested_at}
            )
        else:
            click.echo(
                f"r{review.id}  {counted(review.papers, 'paper'):<11}  {short_place(review.origin)}"
            )
    if not found:
        say("papergraph: no review was read yet; read one with 'papergraph ingest'")
    return 0 if found else NOTHING_FOUND


@click.command()
@click.argument("form", type=click.Choice(_FORMATS), metavar="FORMAT")
@click.argument("references", nargs=-1, metavar="[REF...]")
@click.option(
    "--state", default="queued", show_default=True, help="Without REFs: papers in this state."
)
@shared_options
@click.pass_obj
def export(session: Session, form: str, references: tuple[str, ...], state: str) -> int:
    """Write papers: those given, else those you saved.

    FORMAT is markdown, bibtex, ris, csl-json, plain or json.
    """
    from papergraph.exchange import export_papers
    from papergraph.show import list_papers, show_paper

    reader = session.settings.reader
    if references:
        papers = tuple(
            show_paper(session.library, reference, reader=reader).paper for reference in references
        )
    else:
        papers = list_papers(session.library, [state], reader=reader)
    if papers:
        click.echo(export_papers(papers, form), nl=False)
    else:
        say(f"papergraph: no paper is {state} yet; give papers, or another --state")
    return 0 if papers else NOTHING_FOUND


@click.command()
@click.argument("reference", metavar="REF")
@click.argument("changes", nargs=-1, metavar="[FIELD=VALUE...]")
@click.option("--undo", is_flag=True, help="Take your changes back: of the FIELDs given, else all.")
@shared_options
@click.pass_obj
def edit(session: Session, reference: str, changes: tuple[str, ...], undo: bool) -> None:
    """Correct a paper: your word outranks every source.

    Fields are title, authors, year, published, venue, kind, identifiers, nicknames, tags, url, pdf,
    code, summary and abstract. Lists are written with ; between; FIELD= says that it is not known.
    """
    from papergraph.edit import edit_paper, undo_fields
    from papergraph.show import show_paper

    library, reader = session.library, session.settings.reader
    if undo:
        paper = undo_fields(library, reference, changes, now=session.now, reader=reader)
    else:
        split = [change.partition("=") for change in changes]
        bare = next((name for name, sign, _ in split if not sign), None)
        if bare is not None:
            raise InputError(f"{bare!r} says no value; write FIELD=VALUE, for example year=2016")
        values = {name.strip(): value for name, _, value in split}
        paper = edit_paper(library, reference, values, now=session.now, reader=reader)
    detail = show_paper(library, paper.id or reference, reader=reader)
    if session.as_json:
        session.print_json(detail.as_json())
        return
    click.echo(paper_line(paper))
    for made in detail.edits:
        click.echo(f"  {made['id']}  {made['field']}: {made['before']!r} -> {made['value']!r}")


@click.command()
@click.argument("tag_text", metavar="TAG")
@click.argument("references", nargs=-1, required=True, metavar="REF...")
@click.option("--undo", is_flag=True, help="Take the tag from them.")
@shared_options
@click.pass_obj
def tag(session: Session, tag_text: str, references: tuple[str, ...], undo: bool) -> None:
    """Give papers a tag of yours, or take it from them."""
    from papergraph.edit import tag_papers

    library, reader = session.library, session.settings.reader
    for paper in tag_papers(
        library, references, tag_text, now=session.now, remove=undo, reader=reader
    ):
        if session.as_json:
            session.print_json(paper.as_json())
        else:
            click.echo(f"{', '.join(paper.tags) or 'no tags'}  {paper_line(paper)}")


@click.group()
def db() -> None:
    """Make, check and copy the library file."""


@db.command()
@click.option(
    "--bare", is_flag=True, help="Without the starter papers and all that comes with them."
)
@shared_options
@click.pass_obj
def init(session: Session, bare: bool) -> None:
    """Make a new library; one that exists is left as it is."""
    from papergraph.library import Library

    place = session.settings.library
    if Library.is_there(place):
        raise LibraryError(f"the library {str(place)!r} exists already; give another --library")
    library = Library.open(place, starter=None if bare else shipped_folder("data"))
    click.echo(f"made {place} with {counted(library.papers.count(), 'paper')}")
    library.close()


@db.command()
@shared_options
@click.pass_obj
def check(session: Session) -> None:
    """Check that the library is whole."""
    problems = session.library.check()
    if problems:
        raise LibraryError(f"the library is damaged: {'; '.join(problems)}; use a backup")
    click.echo(
        f"{session.settings.library} is whole: {counted(session.library.papers.count(), 'paper')}"
    )


@db.command()
@shared_options
@click.pass_obj
def migrate(session: Session) -> None:
    """Bring the library to this version's tables (done by itself when it is opened)."""
    _ = session.library
    click.echo(f"{session.settings.library} is at the newest version")


@db.command()
@click.argument("target", type=click.Path(path_type=Path))
@shared_options
@click.pass_obj
def backup(session: Session, target: Path) -> None:
    """Copy the library to TARGET while it may be in use."""
    if target.exists():
        raise InputError(f"the file {str(target)!r} exists already; give another")
    session.library.backup(target)
    click.echo(f"copied {session.settings.library} to {target}")


@db.command()
@click.argument("target", metavar="TO")
@shared_options
@click.pass_obj
def copy(session: Session, target: str) -> None:
    """Copy the whole library to TO, a new file or an empty database of a server, and back.

    All is kept: papers, citations, reviews, decisions, edits, reading states and vectors.
    """
    from papergraph.library import Library

    source, place = session.library, read_place(target)
    made = Library.open(place, cache=session.settings.cache_folder)
    try:
        with show_progress(_COPYING) as advance:
            copied = source.copy_to(made, advance)
    finally:
        made.close()
    counts = f"{counted(copied['papers'], 'paper')}, {counted(copied['reviews'], 'review')}"
    click.echo(f"copied {session.settings.library} to {place}: {counts}")


@click.command()
@shared_options
@click.pass_obj
def doctor(session: Session) -> int:
    """Say what works here and what is missing."""
    from papergraph.doctor import examine

    findings = examine(session.settings)
    for finding in findings:
        if session.as_json:
            session.print_json(finding.as_json())
        else:
            mark = "ok" if finding.is_well else "without" if finding.is_optional else "PROBLEM"
            click.echo(f"{mark:<7}  {finding.name}: {finding.text}")
    return 0 if all(finding.is_well or finding.is_optional for finding in findings) else 1


@click.command()
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
@click.pass_context
def completion(context: click.Context, shell: str) -> None:
    """Print the completion script of a shell."""
    from click.shell_completion import get_completion_class

    found = get_completion_class(shell)
    if found is None:
        raise InputError(f"no completion for the shell {shell!r}")
    root = context.find_root().command
    say(f'# add to your shell\'s start-up file: eval "$(papergraph completion {shell})"')
    click.echo(found(root, {}, "papergraph", "_PAPERGRAPH_COMPLETE").source())


COMMANDS = (know, save, skip, rate, list_, tag, edit, export, db, doctor, completion)
