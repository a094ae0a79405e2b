"""When the notes of a folder were written, as the history of its git checkout tells."""

from __future__ import annotations

import os
import shutil
import subprocess
from datetime import UTC, date, datetime
from pathlib import Path

_SECONDS = 20.0
_MOST_BYTES = 50_000_000


def reading_dates(folder: Path, *, timeout_seconds: float = _SECONDS) -> dict[Path, date]:
    """Return the day each file of a folder was first committed; a renamed file keeps its first day.

    Empty when the folder is no git checkout, git is not installed, or it takes too long. Runs `git
    log` alone: no hooks, no file system monitor, no pager, nothing fetched, nothing written.
    """
    program = shutil.which("git")
    if program is None or not folder.is_dir():
        return {}
    top = _run(program, folder, ["rev-parse", "--show-toplevel"], timeout_seconds)
    if not top:
        return {}
    history = _run(
        program,
        folder,
        [
            *("log", "--reverse", "--no-merges", "--find-renames", "--diff-filter=AR"),
            *("--format=%x01%at", "--name-status", "-z", "--no-show-signature", "--no-textconv"),
            *("--no-ext-diff", "--", "."),
        ],
        timeout_seconds,
    )
    return _parse_history(history, Path(top.decode(errors="surrogateescape").rstrip("\n")))


def _run(program: str, folder: Path, words: list[str], timeout_seconds: float) -> bytes:
    settings = ("core.fsmonitor=", "core.hooksPath=/dev/null", "protocol.allow=never")
    options = [part for setting in settings for part in ("-c", setting)]
    environment = {
        **{name: os.environ[name] for name in ("PATH", "HOME", "SYSTEMROOT") if name in os.environ},
        "GIT_OPTIONAL_LOCKS": "0",
        "GIT_TERMINAL_PROMPT": "0",
        "GIT_NO_LAZY_FETCH": "1",
        "LC_ALL": "C",
    }
    try:
        done = subprocess.run(  # noqa: S603 - a fixed program, no shell, words of our own
            [program, "--no-pager", *options, *words],
            cwd=folder,
            env=environment,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=timeout_seconds,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired):
        return b""
    return done.stdout[:_MOST_BYTES] if done.returncode == 0 else b""


def _parse_history(history: bytes, top: Path) -> dict[Path, date]:
    first: dict[str, date] = {}
    day: date | None = None
    fields = iter(history.decode("utf-8", errors="surrogateescape").split("\0"))
    for field in fields:
        stamp, _, status = field.rpartition("\n") if "\x01" in field else ("", "", field)
        if not stamp and field.startswith("\x01"):
            stamp, status = field, ""
        if stamp:
            day = _day(stamp.strip("\x01\n"))
        status = status.strip()
        if status.startswith("R"):
            old, new = next(fields, ""), next(fields, "")
            first.setdefault(new, first.get(old) or day or date.min)
        elif status == "A" and day is not None:
            first.setdefault(next(fields, ""), day)
    return {top / name: day for name, day in first.items() if name and day != date.min}


def _day(stamp: str) -> date | None:
    try:
        return datetime.fromtimestamp(int(stamp), tz=UTC).date()
    except (ValueError, OverflowError, OSError):
        return None
