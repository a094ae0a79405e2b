"""Serving says when it is ready, and why it cannot be."""

from __future__ import annotations

import json
import queue
import socket
import threading
import urllib.request

import pytest
from papergraph.app import create_app
from papergraph.app.serving import serve, served
from papergraph.errors import PapergraphError, SettingsError


def test_serving_calls_back_once_it_answers(settings):
    ready = queue.Queue()
    given = {"port": 0, "on_ready": ready.put}
    threading.Thread(target=serve, args=(settings,), kwargs=given, daemon=True).start()
    address = ready.get(timeout=30)

    with urllib.request.urlopen(f"{address}healthz", timeout=30) as answer:
        found = json.load(answer)

    assert found == {"status": "ok"}
    assert address.startswith("http://127.0.0.1:")


def test_a_taken_port_is_an_error_of_one_line(settings):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(PapergraphError, match=f"cannot listen on 127.0.0.1:{port}: .*--port"):
            serve(settings, port=port)


def test_other_machines_are_served_only_with_a_token(settings):
    with pytest.raises(SettingsError, match="needs a token"):
        serve(settings, host="0.0.0.0")


def test_an_application_is_served_while_a_block_runs(settings):
    before = set(threading.enumerate())
    with (
        served(create_app(settings)) as address,
        urllib.request.urlopen(f"{address}healthz", timeout=30) as answer,
    ):
        assert json.load(answer) == {"status": "ok"}

    with pytest.raises(OSError, match="refused"):
        urllib.request.urlopen(f"{address}healthz", timeout=30)
    assert set(threading.enumerate()) <= before
