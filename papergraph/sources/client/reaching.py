"""Tells quickly whether there is a network at all, before every service is waited for in turn."""

from __future__ import annotations

import socket
from urllib.parse import urlsplit

from papergraph.settings import Settings
from papergraph.sources.client.hosts import SOURCES, find_host

_SECONDS = 4.0
_TRIED = ("openalex", "arxiv", "crossref")


def can_reach(settings: Settings) -> bool:
    """Say whether one of the great services, or one the settings put in its place, can be reached.

    Only a connection is opened, nothing is sent. False as well when the settings are offline.
    """
    if settings.offline:
        return False
    moved = {name: url for name, url in settings.base_urls.items() if name in SOURCES}
    places = [urlsplit(url) for url in moved.values()]
    places += [urlsplit(f"https://{find_host(name).name}") for name in _TRIED if name not in moved]
    return any(
        _can_connect(place.hostname or "", place.port or (80 if place.scheme == "http" else 443))
        for place in places
    )


def _can_connect(host: str, port: int) -> bool:
    try:
        socket.create_connection((host, port), timeout=_SECONDS).close()
    except OSError:
        return False
    return True
