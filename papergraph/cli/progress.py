"""Shows on stderr how far long work has come: on a terminal, or where it is asked for."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager

Advance = Callable[[str, int, int], None]


@contextmanager
def show_progress(stages: Mapping[str, str], *, asked: bool | None = None) -> Iterator[Advance]:
    """Show a line a stage while the block runs; yields what is told (stage, done, of how many).

    Nothing is shown when stderr is no terminal, unless `asked` says so; stdout is never touched.
    """
    if not (sys.stderr.isatty() if asked is None else asked):
        yield _show_nothing
        return
    from rich.console import Console
    from rich.progress import MofNCompleteColumn, Progress, SpinnerColumn, TextColumn
    from rich.progress import TimeElapsedColumn as Elapsed

    columns = (
        SpinnerColumn(),
        TextColumn("{task.description}"),
        MofNCompleteColumn(),
        Elapsed(),
    )
    with Progress(*columns, console=Console(stderr=True), transient=asked is None) as progress:
        tasks = {
            stage: progress.add_task(words, total=None, visible=False)
            for stage, words in stages.items()
        }

        def advance(stage: str, done: int, of: int) -> None:
            progress.update(tasks[stage], completed=done, total=of or None, visible=True)

        yield advance


def _show_nothing(stage: str, done: int, of: int) -> None:
    del stage, done, of
