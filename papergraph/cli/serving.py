"""The command serve: the pages and the JSON API in a browser."""

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


COMMANDS = (serve,)
