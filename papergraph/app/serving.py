"""Serving the application with waitress, or handing it to another WSGI server."""

from __future__ import annotations

import ctypes
import logging
import socket
import threading
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from typing import Any

from flask import Flask
from waitress import wasyncore
from waitress.server import create_server

from papergraph import __version__
from papergraph.app import create_app
from papergraph.errors import PapergraphError
from papergraph.settings import Settings, read_settings

THREADS = 16
_ENDING = 60  # seconds that answers may still take when a block ends, before the library is closed
# above the application's own limit, so that its answer is the one that is seen
_LARGEST_BODY = 64 * 1024 * 1024
_M_ARENA_MAX, _ARENAS = -8, 2  # of glibc's malloc.h; by default eight a core
_LOOPBACK = ("127.0.0.1", "localhost", "::1")


def serve(
    settings: Settings,
    host: str = "127.0.0.1",
    port: int = 0,
    on_ready: Callable[[str], None] | None = None,
    *,
    hosts: Collection[str] = (),
) -> None:
    """Serve the library until interrupted; `on_ready` gets the address once the socket listens.

    Parameters
    ----------
    port
        0 takes a free one.
    hosts
        Names by which other machines ask; `host` itself is one unless it is a loopback name.

    Raises
    ------
    PapergraphError
        When the port cannot be had.
    LibraryError, SettingsError
        When the library cannot be opened, or would be shared without a token.
    """
    _share_memory()
    names = {*hosts, *(() if host in _LOOPBACK else (host,))}
    app = create_app(settings, hosts=tuple(sorted(names)))
    listening = _listen(host, port)
    server = _make_server(app, listening)
    try:
        if on_ready is not None:
            on_ready(address(host, listening.getsockname()[1]))
        app.extensions["papergraph"].prepare()
        server.run()
    finally:
        server.close()
        _close(app)


@contextmanager
def served(app: Flask) -> Iterator[str]:
    """Serve an application on a free port of this machine while the block runs; gives its address.

    For tests, pictures and notebooks; the application's library and jobs are closed at the end.
    """
    listening = _listen("127.0.0.1", 0)
    server = _make_server(app, listening)
    thread = threading.Thread(target=server.run, name="papergraph-served", daemon=True)
    thread.start()
    try:
        yield address("127.0.0.1", listening.getsockname()[1])
    finally:
        # closed by the thread that waits on them; it ends once none is left
        server.trigger.pull_trigger(lambda: wasyncore.close_all(server._map))  # noqa: SLF001
        thread.join()
        server.task_dispatcher.shutdown(timeout=_ENDING)
        _close(app)


def from_environment(*hosts: str) -> Flask:
    """Make the application for another WSGI server, from the environment and the settings file.

    With several processes call it in each (gunicorn does, unless told to preload); `hosts` are the
    names by which it is asked.

    Raises
    ------
    LibraryError, SettingsError
        When the library cannot be opened, or would be shared without a token.
    """
    return create_app(read_settings(), hosts=hosts)


def address(host: str, port: int) -> str:
    """Write the address to open in a browser.

    >>> address("::1", 8000)
    'http://[::1]:8000/'
    """
    return f"http://[{host}]:{port}/" if ":" in host else f"http://{host}:{port}/"


def _make_server(app: Flask, listening: socket.socket) -> Any:
    """Make the server of a socket that listens already."""
    logging.getLogger("waitress.queue").setLevel(logging.ERROR)  # a full queue is no news
    return create_server(
        app,
        sockets=[listening],
        threads=THREADS,
        ident=f"papergraph/{__version__}",
        max_request_body_size=_LARGEST_BODY,
        clear_untrusted_proxy_headers=True,
    )


def _close(app: Flask) -> None:
    app.extensions["papergraph_jobs"].stop()
    app.extensions["papergraph"].library.close()


def _share_memory() -> None:
    """Let threads share what answers free; each would keep its own, a third of the memory in all.

    Measured with 100,000 papers: 505 MB after 100 questions, 360 so, in the same CPU time.
    """
    try:
        ctypes.CDLL(None).mallopt(_M_ARENA_MAX, _ARENAS)
    except (AttributeError, OSError, TypeError):
        return  # not glibc


def _listen(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        return socket.create_server((host, port), family=family)
    except (OSError, OverflowError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise PapergraphError(
            f"cannot listen on {host}:{port}: {reason.lower()}; give another with --port"
        ) from error
