"""Where snapshots and corpus folders lie: in folders, or in S3-compatible storage.

Storage is reached through fsspec and s3fs, which the extra `s3` brings; the keys and the address of
the service are those of the environment and files that all programs for it read, such as
AWS_ACCESS_KEY_ID and AWS_ENDPOINT_URL.
"""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any, cast

from papergraph.errors import InputError, OfflineError

_SCHEME = "s3://"


def find_place(text: str, *, offline: bool = False) -> Path:
    """Read what was given as a place; what is found in storage has the methods of a path.

    >>> find_place("snapshot").name
    'snapshot'

    Raises
    ------
    InputError
        When it is an address of something else, or the extra is not installed.
    OfflineError
        When the network may not be used.
    """
    if "://" not in text:
        return Path(text)
    if not text.startswith(_SCHEME):
        raise InputError(f"no folder and no bucket: {text!r}; give a folder, or s3://bucket/folder")
    if offline:
        raise OfflineError(f"{text!r} lies in the network, which is switched off; give a folder")
    try:
        import s3fs  # noqa: F401 - fsspec asks for it
        from upath import UPath
    except ImportError as error:
        raise InputError(
            f"{text!r} cannot be reached: s3fs and universal-pathlib are not installed; install"
            " 'papergraph-reader[bulk,s3]'"
        ) from error
    return cast("Path", UPath(text))


def storage_of(place: Path) -> Any:
    """What reads and writes the files of a place, an fsspec file system; None for a folder."""
    return getattr(place, "fs", None) if not isinstance(place, Path) else None


def make_folder(place: Path) -> None:
    """Make a folder with those above it; storage has none, only names."""
    if storage_of(place) is None:
        place.mkdir(parents=True)


def remove_folder(place: Path) -> None:
    """Remove a folder with all that is in it."""
    storage = storage_of(place)
    if storage is None:
        shutil.rmtree(place)
    else:
        storage.rm(str(place), recursive=True)
