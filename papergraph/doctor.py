"""The verb doctor: what works on this machine, what is missing, and what that costs."""

from __future__ import annotations

import platform
import sqlite3
import subprocess
import sys
from dataclasses import dataclass
from typing import Any

from papergraph.errors import PapergraphError
from papergraph.library import Library
from papergraph.settings import KEY_NAMES, Settings, shipped_folder
from papergraph.text import counted
from papergraph.vectors import open_embedder

_IMPORT_SECONDS = 120
# Services that take a key, its name in the settings, and what it costs to have none.
_KEYED = (
    ("Semantic Scholar key", "s2", "it refuses most requests of strangers"),
    ("OpenAlex key", "openalex", "it answers a tenth as many requests a day"),
    ("NCBI key", "ncbi", "PubMed answers 3 requests a second, not 10"),
)
_NO_CONTACT = (
    "Unpaywall is not asked, and Crossref answers fewer requests at once; set PAPERGRAPH_CONTACT to"
    " your mail address"
)
_NO_LOGIN = (
    "OpenReview is not asked, its papers are found by their titles; set"
    f" {KEY_NAMES['openreview_user']} and {KEY_NAMES['openreview_password']}"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing that was looked at. What is optional may be missing without harm."""

    name: str
    is_well: bool
    text: str
    is_optional: bool = False

    def as_json(self) -> dict[str, Any]:
        """Return the finding as an object."""
        return {
            "name": self.name,
            "ok": self.is_well,
            "text": self.text,
            "optional": self.is_optional,
        }


def examine(settings: Settings) -> tuple[Finding, ...]:
    """Look at Python, SQLite, the library, the models, torch, and whom services know us as."""
    return (
        Finding(name="python", is_well=sys.version_info >= (3, 11), text=platform.python_version()),
        _examine_sqlite(),
        _examine_library(settings),
        _examine_model(),
        _examine_other_models(),
        *_examine_services(settings),
    )


def _examine_sqlite() -> Finding:
    connection = sqlite3.connect(":memory:")
    try:
        connection.execute("CREATE VIRTUAL TABLE probe USING fts5(text)")
    except sqlite3.OperationalError as error:
        return Finding(name="sqlite", is_well=False, text=f"{sqlite3.sqlite_version}: {error}")
    finally:
        connection.close()
    return Finding(name="sqlite", is_well=True, text=f"{sqlite3.sqlite_version} with FTS5")


def _examine_library(settings: Settings) -> Finding:
    try:
        if not Library.is_there(settings.library):
            text = f"{settings.library} is not there yet; it is made when first used"
            return Finding(name="library", is_well=True, text=text)
        library = Library.open(settings.library)
        count = library.papers.count()
        text = f"{settings.library} has {counted(count, 'paper')}, in {library.engine}"
        library.close()
    except PapergraphError as error:
        return Finding(name="library", is_well=False, text=str(error))
    return Finding(name="library", is_well=True, text=text)


def _examine_model() -> Finding:
    try:
        embedder = open_embedder(
            "", shipped=shipped_folder("data") / "models" / "static-papers-256"
        )
    except PapergraphError as error:
        return Finding(name="shipped model", is_well=False, text=str(error))
    return Finding(
        name="shipped model",
        is_well=bool(embedder.embed(["residual networks"]).any()),
        text=f"{embedder.name}, {embedder.dimension} dimensions, read without torch",
    )


def _examine_services(settings: Settings) -> tuple[Finding, ...]:
    """Say which services know the user, and what that would change; a key is never shown."""
    contact, login = settings.contact, {"openreview_user", "openreview_password"}
    lines = [
        (name, key in settings.keys, "set", f"{cost}; set {KEY_NAMES[key]}")
        for name, key, cost in _KEYED
    ]
    lines += [
        ("contact", contact is not None, f"services are told {contact}", _NO_CONTACT),
        ("OpenReview login", login <= settings.keys.keys(), "set", _NO_LOGIN),
    ]
    return tuple(
        Finding(
            name=name,
            is_well=is_set,
            text=text if is_set else f"none; {missing}",
            is_optional=True,
        )
        for name, is_set, text, missing in lines
    )


def _examine_other_models() -> Finding:
    """Import sentence-transformers in a process of its own: it takes seconds, and may be broken."""
    program = "import torch, sentence_transformers as s; print(torch.__version__, s.__version__)"
    try:
        done = subprocess.run(  # noqa: S603 - our own interpreter, a constant program
            [sys.executable, "-c", program],
            capture_output=True,
            text=True,
            timeout=_IMPORT_SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired:
        done = None
    if done is not None and done.returncode == 0:
        torch, transformers = done.stdout.split()
        text = f"torch {torch}, sentence-transformers {transformers}"
        return Finding(name="other models", is_well=True, text=text, is_optional=True)
    last = (done.stderr.strip().splitlines() or ["no message"])[-1] if done else "it took too long"
    text = (
        f"torch or sentence-transformers cannot be imported ({last}); everything works but models"
        " other than the shipped one; 'make install' puts them in place"
    )
    return Finding(name="other models", is_well=False, text=text, is_optional=True)
