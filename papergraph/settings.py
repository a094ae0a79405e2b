"""Settings as one value: read once in a face and handed down.

Order of precedence: option on the command line, environment, settings file, default.
"""

from __future__ import annotations

import json
import os
import re
import tempfile
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from platformdirs import user_cache_path, user_config_path, user_data_path

from papergraph.errors import SettingsError
from papergraph.places import Place, Server, read_place

LIBRARY_NAME = "library.db"
SHIPPED_MODEL = "static-papers-256"
# What services can be told to know us by; in the environment PAPERGRAPH_S2_KEY and so on.
KEY_NAMES = {
    "s2": "PAPERGRAPH_S2_KEY",
    "openalex": "PAPERGRAPH_OPENALEX_KEY",
    "ncbi": "PAPERGRAPH_NCBI_KEY",
    "openreview_user": "PAPERGRAPH_OPENREVIEW_USER",
    "openreview_password": "PAPERGRAPH_OPENREVIEW_PASSWORD",
}
_BASE_URL = "PAPERGRAPH_BASE_URL_"
_MAIL = re.compile(r"[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+")
SETTABLE = ("cache", "contact", "library", "model", "reader", "token")
_TEXTS = ("library", "model", "reader", "contact", "token", "cache")


def usual_turns() -> int:
    """As many questions about the whole graph at once as there are cores, 2 to 8."""
    return min(8, max(2, os.cpu_count() or 2))


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """Everything a face can be told: where the library is, which model, whether to stay offline.

    `contact` is the mail address services are told. `keys` are theirs, by the names in KEY_NAMES,
    `base_urls` replace their addresses, by source or host. `cache` is the folder of what they
    answered, None for the user's. `pace_scale` shortens waits for services on this machine,
    `allow_private` lets pages be fetched from addresses that are not public. `turns` is how many
    questions about the whole graph a server works on at once.
    """

    library: Place
    model: str = SHIPPED_MODEL
    offline: bool = False
    reader: str = "me"
    contact: str | None = None
    token: str | None = field(default=None, repr=False)
    keys: Mapping[str, str] = field(default_factory=dict, repr=False)
    base_urls: Mapping[str, str] = field(default_factory=dict)
    cache: Path | None = None
    pace_scale: float = 1.0
    allow_private: bool = False
    turns: int = field(default_factory=usual_turns)

    @property
    def cache_folder(self) -> Path:
        """The folder of what services answered."""
        return self.cache or user_cache_path("papergraph")


def read_settings(
    environ: Mapping[str, str] | None = None, *, library: Place | str | None = None
) -> Settings:
    """Read settings from the environment and the settings file.

    Raises
    ------
    SettingsError
        When the settings file is not valid TOML or holds a value of the wrong type, or the library
        is no place for one.
    """
    environ = os.environ if environ is None else environ
    file = _read_file(config_file(environ))
    if isinstance(library, Server):
        library = library.url
    chosen = library or environ.get("PAPERGRAPH_LIBRARY") or file.get("library")
    given = {
        name: str(environ.get(f"PAPERGRAPH_{name.upper()}") or file.get(name) or "")
        for name in ("model", "reader", "contact", "token")
    }
    return Settings(
        library=read_place(str(chosen)) if chosen else data_folder(environ) / LIBRARY_NAME,
        offline=_read_switch(environ, file, "offline"),
        model=given["model"] or SHIPPED_MODEL,
        reader=given["reader"] or "me",
        contact=_check_contact(given["contact"]),
        token=given["token"] or None,
        keys=_read_keys(environ, file),
        base_urls=_read_base_urls(environ, file),
        cache=_cache_folder(environ, file),
        pace_scale=_read_scale(environ),
        allow_private=_read_switch(environ, file, "allow_private"),
        turns=_read_turns(environ),
    )


def write_setting(name: str, value: str, environ: Mapping[str, str] | None = None) -> Path:
    """Enter a text in the settings file and return where it lies; the rest of it stays as it is.

    Raises
    ------
    SettingsError
        When there is no such setting, or the file cannot be written or has a form that cannot be
        changed without reading it as a person does.
    """
    path = config_file(os.environ if environ is None else environ)
    if name not in SETTABLE:
        raise SettingsError(f"no setting {name!r} to enter; known are {', '.join(SETTABLE)}")
    if name == "contact":
        _check_contact(value)
    if name == "library":
        read_place(value)
    before = _read_file(path)
    text = _with_line(path, name, value)
    try:
        if tomllib.loads(text) != before | {name: value}:
            raise SettingsError(
                f"{str(path)!r} cannot be changed line by line: {name} spans several; edit it"
            )
        path.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(
            "w", encoding="utf-8", dir=path.parent, suffix=".toml", delete=False
        ) as draft:
            draft.write(text)
        Path(draft.name).replace(path)
    except (OSError, tomllib.TOMLDecodeError, UnicodeError) as error:
        raise SettingsError(f"cannot enter {name} in {str(path)!r}: {error}") from error
    return path


def _with_line(path: Path, name: str, value: str) -> str:
    """The text of the settings file with one line changed, or added before the first table."""
    lines = path.read_text(encoding="utf-8").splitlines() if path.exists() else []
    tables = (number for number, line in enumerate(lines) if line.lstrip().startswith("["))
    end = next(tables, len(lines))
    entry = f"{name} = {json.dumps(value, ensure_ascii=False)}"
    for number, line in enumerate(lines[:end]):
        if re.match(rf"\s*{name}\s*=", line):
            return "\n".join([*lines[:number], entry, *lines[number + 1 :], ""])
    return "\n".join([*lines[:end], entry, *lines[end:], ""])


def config_file(environ: Mapping[str, str]) -> Path:
    """Where the settings file lies: under PAPERGRAPH_HOME, else in the user's config folder."""
    home = environ.get("PAPERGRAPH_HOME")
    return (Path(home) if home else user_config_path("papergraph")) / "config.toml"


def data_folder(environ: Mapping[str, str]) -> Path:
    """Where a user's library lies when no path is given."""
    home = environ.get("PAPERGRAPH_HOME")
    return Path(home) if home else user_data_path("papergraph")


def shipped_folder(name: str) -> Path:
    """Find `web` or `data`: inside the installed package first, then beside it in a checkout.

    Raises
    ------
    SettingsError
        When neither place has it: the installation is incomplete.
    """
    package = Path(__file__).resolve().parent
    for folder in (package / name, package.parent / name):
        if folder.is_dir():
            return folder
    raise SettingsError(
        f"the shipped folder {name!r} is missing: looked in {package} and {package.parent};"
        " install papergraph again"
    )


def _read_switch(environ: Mapping[str, str], file: Mapping[str, Any], name: str) -> bool:
    switch = environ.get(f"PAPERGRAPH_{name.upper()}")
    return switch != "0" if switch else bool(file.get(name))


def _cache_folder(environ: Mapping[str, str], file: Mapping[str, Any]) -> Path | None:
    chosen = environ.get("PAPERGRAPH_CACHE") or file.get("cache")
    if chosen:
        return Path(chosen).expanduser()
    home = environ.get("PAPERGRAPH_HOME")
    return Path(home) / "cache" if home else None


def _check_contact(contact: str) -> str | None:
    if contact and not _MAIL.fullmatch(contact):
        raise SettingsError(
            f"contact is {contact!r}, which is no mail address; services are told it so that they"
            " can write to you: set PAPERGRAPH_CONTACT, or contact in the settings file, to yours"
        )
    return contact or None


def _read_keys(environ: Mapping[str, str], file: Mapping[str, Any]) -> dict[str, str]:
    """Read the keys; no message ever shows one."""
    stated = file.get("keys", {})
    for name in stated.keys() - KEY_NAMES.keys():
        raise SettingsError(
            f"keys in the settings file has {name!r}, which is no service; known are"
            f" {', '.join(KEY_NAMES)}"
        )
    keys: dict[str, str] = {}
    for name, variable in KEY_NAMES.items():
        key = str(environ.get(variable) or stated.get(name) or "")
        is_password = name == "openreview_password"
        if key and not is_password and not (key.isascii() and re.fullmatch(r"[!-~]+", key)):
            raise SettingsError(
                f"the key {name} has blanks or letters that no key has; set {variable}, or {name}"
                " under [keys] in the settings file, to the key alone"
            )
        if key:
            keys[name] = key
    return keys


def _read_base_urls(environ: Mapping[str, str], file: Mapping[str, Any]) -> dict[str, str]:
    given = dict(file.get("base_urls", {}))
    for name, value in environ.items():
        if name.startswith(_BASE_URL) and value:
            given[name.removeprefix(_BASE_URL).lower()] = value
    for name, url in given.items():
        parts = urlsplit(str(url))
        if parts.scheme not in {"http", "https"} or not parts.hostname or parts.query or "@" in url:
            raise SettingsError(
                f"the base URL of {name!r} is not one; give it as https://host/path, without"
                " a user name or '?'"
            )
    return {name: str(url).rstrip("/") for name, url in given.items()}


def _read_scale(environ: Mapping[str, str]) -> float:
    text = environ.get("PAPERGRAPH_PACE_SCALE") or "1"
    try:
        scale = float(text)
    except ValueError:
        scale = -1.0
    if not 0 <= scale <= 1:
        raise SettingsError(f"PAPERGRAPH_PACE_SCALE is {text!r}; give a number from 0 to 1")
    return scale


def _read_turns(environ: Mapping[str, str]) -> int:
    text = environ.get("PAPERGRAPH_TURNS")
    if not text:
        return usual_turns()
    if not (text.isascii() and text.isdigit() and int(text)):
        raise SettingsError(f"PAPERGRAPH_TURNS is {text!r}; give a number from 1")
    return int(text)


def _read_file(path: Path) -> dict[str, Any]:
    try:
        found = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, OSError) as error:
        raise SettingsError(f"cannot read the settings file {str(path)!r}: {error}") from error
    for name in (*_TEXTS, "offline", "allow_private"):
        wanted = str if name in _TEXTS else bool
        if not isinstance(found.get(name, wanted()), wanted):
            raise SettingsError(
                f"{name} is {found[name]!r} in the settings file {str(path)!r};"
                f" give {'true or false' if wanted is bool else 'a text in quotes'}"
            )
    for name in ("keys", "base_urls"):
        table = found.get(name, {})
        if not isinstance(table, dict) or not all(isinstance(v, str) for v in table.values()):
            raise SettingsError(
                f"{name} in the settings file {str(path)!r} is no table of texts; write [{name}]"
                ' on a line, and lines such as s2 = "..." under it'
            )
    return found
