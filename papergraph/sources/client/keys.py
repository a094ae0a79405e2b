"""Where each service wants its key and the contact address: added last, to what goes out.

What is added here is in no cache, no message and no log.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass, field
from importlib import metadata
from urllib.parse import quote, quote_plus, urlsplit

from papergraph.settings import KEY_NAMES, Settings
from papergraph.sources.client.hosts import Host

_DISTRIBUTION = "papergraph-reader"
_LOOPBACK = ("127.0.0.1", "localhost", "::1")
_LEAKY_LOGGERS = ("urllib3.connectionpool", "urllib3.util.retry")


@dataclass(frozen=True, slots=True, kw_only=True)
class Extras:
    """What is added to a request: headers and parameters."""

    headers: dict[str, str] = field(default_factory=dict)
    params: dict[str, str] = field(default_factory=dict)


def user_agent(contact: str | None) -> str:
    """Say who asks: the program, where it is from, and the reader's own address if given."""
    version, urls = _about_us()
    about = [f"+{url}" for url in urls[:1]] + ([f"mailto:{contact}"] if contact else [])
    return f"papergraph/{version}" + (f" ({'; '.join(about)})" if about else "")


def has_key(settings: Settings, source: str) -> bool:
    """Is there what this source knows a user by: a key, a login, for Unpaywall an address?"""
    if source == "openreview":
        return {"openreview_user", "openreview_password"} <= settings.keys.keys()
    if source == "unpaywall":
        return settings.contact is not None
    return {"pubmed": "ncbi"}.get(source, source) in settings.keys


def is_known(settings: Settings, host: Host) -> bool:
    """Do the gentler limits of a known user hold for this host?"""
    if host.group.name == "crossref":
        return settings.contact is not None
    return has_key(settings, {"ncbi": "pubmed"}.get(host.group.name, host.group.name))


def extras(settings: Settings, host: Host, base: str, token: str | None = None) -> Extras:
    """Return what this host is told besides the question; nothing secret over open connections.

    `token` is that of a login.
    """
    found = Extras()
    contact, group = settings.contact, host.group.name
    if contact and group == "crossref":
        found.params["mailto"] = contact
    if contact and host.source == "unpaywall":
        found.params["email"] = contact
    if group == "ncbi":
        found.params.update(tool="papergraph", **({"email": contact} if contact else {}))
    if not is_private_way(base) or host.is_guarded:
        return found
    keys = settings.keys
    if group == "s2" and "s2" in keys:
        found.headers["x-api-key"] = keys["s2"]
    if group in {"openalex", "ncbi"} and group in keys:
        found.params["api_key"] = keys[group]
    if group == "openreview" and token:
        found.headers["Authorization"] = f"Bearer {token}"
    return found


def is_private_way(base: str) -> bool:
    """Say whether what is sent there can be read by nobody on the way."""
    parts = urlsplit(base)
    return parts.scheme == "https" or is_loopback(base)


def is_loopback(base: str) -> bool:
    """Say whether a base URL is on this machine, by its address or the name localhost.

    >>> is_loopback("http://127.0.0.1:8000/s2"), is_loopback("http://127.0.0.1.example.org")
    (True, False)
    """
    return (urlsplit(base).hostname or "") in _LOOPBACK


class Secrets:
    """All that must never come out, however it is written."""

    def __init__(self, settings: Settings) -> None:
        self._secrets: set[str] = set()
        for text in (*settings.keys.values(), settings.contact):
            self.add(text)

    def add(self, secret: str | None) -> None:
        """Remember one more, as written and as it stands in a URL."""
        if secret:
            self._secrets |= {secret, quote(secret, safe=""), quote_plus(secret)}

    def stand_in(self, body: bytes) -> bool:
        """Does a body repeat one?"""
        return any(secret.encode() in body for secret in self._secrets)

    def hide(self, text: str) -> str:
        """Replace every secret in a text."""
        for secret in sorted(self._secrets, key=len, reverse=True):
            text = text.replace(secret, "[hidden]")
        return text


class HidingFilter(logging.Filter):
    """Takes secrets out of what urllib3 logs: it writes down whole addresses."""

    def __init__(self, secrets: Secrets) -> None:
        super().__init__()
        self._secrets = secrets

    def filter(self, record: logging.LogRecord) -> bool:
        """Let every record pass, without secrets."""
        text = record.getMessage()
        hidden = self._secrets.hide(text)
        if hidden != text:
            record.msg, record.args = hidden, ()
        return True


def hide_in_logs(secrets: Secrets) -> HidingFilter:
    """Keep secrets out of the logs of the libraries that see them; returns the filter to remove."""
    hiding = HidingFilter(secrets)
    for name in _LEAKY_LOGGERS:
        logging.getLogger(name).addFilter(hiding)
    return hiding


def show_in_logs(hiding: HidingFilter) -> None:
    """Take a filter of `hide_in_logs` away."""
    for name in _LEAKY_LOGGERS:
        logging.getLogger(name).removeFilter(hiding)


def key_hint(source: str) -> str:
    """Say what to set so that a source knows the user."""
    if source == "openreview":
        return f"{KEY_NAMES['openreview_user']} and {KEY_NAMES['openreview_password']}"
    if source == "unpaywall":
        return "PAPERGRAPH_CONTACT"
    return KEY_NAMES.get({"pubmed": "ncbi"}.get(source, source), "PAPERGRAPH_CONTACT")


def _about_us() -> tuple[str, list[str]]:
    """Look up the version, and the addresses the project states."""
    try:
        found = metadata.metadata(_DISTRIBUTION)
    except metadata.PackageNotFoundError:
        return "0", []
    stated = [line.rpartition(", ")[2] for line in found.get_all("Project-URL") or []]
    return found["Version"], [url for url in stated if url.startswith("https://")]
