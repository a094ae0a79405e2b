"""Settings as one value: read once in a face and handed down.

Order of precedence: option on the command line, environment, settings file, default.
"""

from __future__ import annotations

import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from platformdirs import user_config_path, user_data_path

from papergraph.errors import SettingsError

LIBRARY_NAME = "library.db"
SHIPPED_MODEL = "static-papers-256"


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """Everything a face can be told: where the library is, which model, whether to stay offline."""

    library: Path
    model: str = SHIPPED_MODEL
    offline: bool = False
    reader: str = "me"
    contact: str | None = None
    token: str | None = None


def read_settings(
    environ: Mapping[str, str] | None = None, *, library: Path | str | None = None
) -> Settings:
    """Read settings from the environment and the settings file.

    Raises
    ------
    SettingsError
        When the settings file is not valid TOML or holds a value of the wrong type.
    """
    environ = os.environ if environ is None else environ
    file = _read_file(config_file(environ))
    chosen = library or environ.get("PAPERGRAPH_LIBRARY") or file.get("library")
    given = {
        name: str(environ.get(f"PAPERGRAPH_{name.upper()}") or file.get(name) or "")
        for name in ("model", "reader", "contact", "token")
    }
    switch = environ.get("PAPERGRAPH_OFFLINE")
    return Settings(
        library=Path(chosen).expanduser() if chosen else data_folder(environ) / LIBRARY_NAME,
        offline=switch != "0" if switch else bool(file.get("offline")),
        model=given["model"] or SHIPPED_MODEL,
        reader=given["reader"] or "me",
        contact=given["contact"] or None,
        token=given["token"] or None,
    )


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


def _read_file(path: Path) -> dict[str, Any]:
    try:
        found = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, OSError) as error:
        raise SettingsError(f"cannot read the settings file {str(path)!r}: {error}") from error
    for name in ("library", "model", "reader", "contact", "token", "offline"):
        wanted = bool if name == "offline" else str
        if not isinstance(found.get(name, wanted()), wanted):
            raise SettingsError(
                f"{name} is {found[name]!r} in the settings file {str(path)!r};"
                f" give {'true or false' if wanted is bool else 'a text in quotes'}"
            )
    return found
