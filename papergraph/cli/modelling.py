"""Commands about settings and models: config, embed, adapt."""

from __future__ import annotations

import dataclasses

import click

from papergraph.cli.progress import show_progress
from papergraph.cli.session import Session, say, shared_options
from papergraph.errors import InputError
from papergraph.places import read_place
from papergraph.settings import SETTABLE, SHIPPED_MODEL, write_setting
from papergraph.text import counted

_SECRET = ("token",)


@click.group()
def config() -> None:
    """Read and enter settings in the settings file."""


@config.command("get")
@click.argument("name", required=False, type=click.Choice(SETTABLE))
@shared_options
@click.pass_obj
def get_(session: Session, name: str | None) -> None:
    """Print a setting as it holds now, or all of them."""
    settings = dataclasses.replace(session.settings, cache=session.settings.cache_folder)
    wanted = [name] if name else SETTABLE
    found = {key: str(getattr(settings, key) or "") for key in wanted}
    if not name:  # a secret is shown only to who asks for it by name
        found |= {key: "set" for key in _SECRET if found[key]}
    if session.as_json:
        session.print_json(found)
    else:
        click.echo(found[name] if name else "\n".join(f"{k} = {v}" for k, v in found.items()))


@config.command("set")
@click.argument("name", type=click.Choice(SETTABLE))
@click.argument("value")
@shared_options
@click.pass_obj
def set_(session: Session, name: str, value: str) -> None:
    """Enter a setting. A model is loaded once to see that it works."""
    if name == "model":
        from papergraph.embed import open_model

        _ = open_model(dataclasses.replace(session.settings, model=value)).fingerprint
    path = write_setting(name, value)
    shown = str(read_place(value)) if name == "library" else value
    click.echo(f"{name} = {'set' if name in _SECRET else shown}  ({path})")
    if name == "model":
        say("papers are embedded with it at the next search, or now by 'papergraph embed'")


@click.command()
@shared_options
@click.pass_obj
def embed(session: Session) -> None:
    """Embed papers that have no vector of the chosen model; goes on where it was broken off."""
    from papergraph.embed import embed_papers, open_model
    from papergraph.search import prepare_search

    embedder = open_model(session.settings)
    vectors = session.library.vectors
    missing = vectors.count_outdated(embedder.fingerprint)
    done = 0
    with show_progress({"papers": "papers embedded"}) as advance:

        def count(more: int) -> None:
            nonlocal done
            done += more
            advance("papers", done, max(done, missing))

        embed_papers(session.library, embedder, progress=count)
    prepare_search(session.library, embedder)
    total = vectors.count(embedder.fingerprint)
    if session.as_json:
        session.print_json({"model": embedder.name, "embedded": done, "vectors": total})
    else:
        click.echo(
            f"embedded {counted(done, 'paper')};"
            f" {counted(total, 'vector')} of {embedder.name} in all"
        )


@click.command()
@shared_options
@click.pass_obj
def adapt(session: Session) -> None:
    """Train the model further on your library; kept, and used from then on, only when better."""
    from papergraph.adapt import adapt_model
    from papergraph.embed import open_model

    if session.library.folder is None:
        raise InputError("there is no library file; give one with --library")
    with show_progress({"batches": "batches trained"}) as advance:
        found = adapt_model(
            session.library,
            open_model(session.settings),
            progress=lambda done, of: advance("batches", done, of),
        )
    if found.folder is not None:
        write_setting("model", str(found.folder))
    if session.as_json:
        session.print_json(found.as_json())
        return
    click.echo(
        f"held-out papers found by title, nDCG@10: {found.before:.3f} before, {found.after:.3f}"
        f" after, difference {found.gain[0]:+.3f} to {found.gain[1]:+.3f}"
    )
    if found.folder is None:
        click.echo("not surely better, so the model stays as it is")
        return
    click.echo(f"kept: {found.folder}; the setting model names it now")
    say(f"the old one comes back with 'papergraph config set model {SHIPPED_MODEL}'")


COMMANDS = (config, embed, adapt)
