"""Commands that serve: the pages and the JSON API in a browser, the verbs to an assistant."""

from __future__ import annotations

import click

from papergraph.cli.session import Session, say, shared_options


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("--port", default=8080, show_default=True, help="Port; 0 takes a free one.")
@click.option("--open", "open_browser", is_flag=True, help="Open the browser.")
@shared_options
@click.pass_obj
def serve(session: Session, host: str, port: int, open_browser: bool) -> None:
    """Serve the pages and the JSON API; prints the address once it answers."""
    from papergraph.app.serving import serve as serve_app

    def on_ready(address: str) -> None:
        click.echo(address)
        say("stop with Ctrl-C")
        if open_browser:
            click.launch(address)

    serve_app(session.settings, host=host, port=port, on_ready=on_ready)


@click.command()
@click.option("--write", "may_write", is_flag=True, help="Let it add texts and mark papers.")
@shared_options
@click.pass_obj
def mcp(session: Session, may_write: bool) -> None:
    """Serve the library to an assistant by the Model Context Protocol, over standard streams.

    Needs the extra 'mcp'. An assistant is told to run 'papergraph mcp'; it can then search, plan
    reading and trace lineages, with evidence. Without --write it cannot change anything.
    """
    from papergraph import __version__
    from papergraph.mcp import Tools, make_server

    tools = Tools(
        library=session.library,
        embedder=session.open_ready_embedder,
        reader=session.settings.reader,
        clock=lambda: session.now,
    )
    make_server(tools, version=__version__, may_write=may_write).run()


COMMANDS = (serve, mcp)
