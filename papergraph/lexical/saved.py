"""The index of words kept beside the library: opened, brought up to date, or built again."""

from __future__ import annotations

import json
import logging
import shutil
import tempfile
import time
import uuid
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from papergraph.lexical.building import DRAFT, Averages, BuiltSegment, build_segment
from papergraph.lexical.index import LexicalIndex
from papergraph.lexical.segment import Segment, read_words
from papergraph.models import SearchableText

SAVED_FROM = 200  # papers; a smaller index is built as fast as it is opened
MOST_CHANGED = 0.1  # share of the papers that a second segment holds before all are indexed anew
FORMAT = 3
_WAITED_FOR = 20_000  # papers; more are worth a word to whoever waits
_WORKPLACE = "lexical-building-"
_LEFT_AFTER_SECONDS = 86_400  # a workplace as old was left by a run that was killed
_log = logging.getLogger(__name__)

Load = Callable[[Collection[int] | None], Iterable[SearchableText]]
ChangedSince = Callable[[int], frozenset[int] | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Saved:
    """A main segment in its folder, as it was at a version of the library's texts."""

    home: Path
    version: int
    averages: Averages
    segment: Segment


def open_lexical_index(
    folder: Path | None, version: int, changed_since: ChangedSince, load: Load
) -> LexicalIndex:
    """Open the index of a library's texts at their present version.

    The saved segment is memory-mapped; papers that changed since it was made are indexed into a
    second one, in memory. When they are more than a tenth, or nobody knows which they are, all
    papers are indexed again and saved: a reader sees the old index or the new one, never a mix.
    An index that cannot be written is no error; it is then built each time.

    Parameters
    ----------
    folder
        Where the index is kept; None for a library in memory.
    changed_since
        Tells which papers changed after a version; None when that is not known.
    load
        Gives the texts of some papers, or of all, in the order of their numbers.
    """
    saved = _read(folder / "lexical") if folder is not None else None
    if saved is not None:
        changed = changed_since(saved.version)
        if changed is not None and len(changed) <= max(100, MOST_CHANGED * len(saved.segment)):
            return _with_changes(saved, changed, load)
    if folder is not None:
        try:
            return _build(folder, version, load)
        except OSError as error:
            _log.info("the index of words is not kept: %s", error)
    return _in_memory(build_segment(load(None)))


def _in_memory(built: BuiltSegment) -> LexicalIndex:
    return LexicalIndex([built.segment], lambda: built.words)


def _build(folder: Path, version: int, load: Load) -> LexicalIndex:
    """Index all papers and save the index; OSError when the folder cannot be written."""
    folder.mkdir(parents=True, exist_ok=True)
    for old in folder.glob(f"{_WORKPLACE}*"):
        if old.stat().st_mtime < time.time() - _LEFT_AFTER_SECONDS:
            shutil.rmtree(old, ignore_errors=True)
    with tempfile.TemporaryDirectory(
        dir=folder, prefix=_WORKPLACE, ignore_cleanup_errors=True
    ) as place:
        built = build_segment(_announced(load(None)), folder=Path(place))
        if len(built.segment) < SAVED_FROM:
            return _in_memory(built)
        built.segment.save(Path(place) / DRAFT, built.words)
        averages = built.averages
        del built  # closes its files, so that they can be moved
        home = _publish(Path(place) / DRAFT, folder / "lexical", version, averages)
    # what was just written is mapped, so that its memory can be given back
    return LexicalIndex([Segment.open(home)], lambda: read_words(home))


def _announced(texts: Iterable[SearchableText]) -> Iterator[SearchableText]:
    """The texts; says that somebody has to wait when there are many."""
    for place, text in enumerate(texts):
        if place == _WAITED_FOR:
            _log.warning(
                "indexing the words of all papers, some 10 seconds for 100,000; this is done once"
            )
        yield text


def _with_changes(saved: _Saved, changed: frozenset[int], load: Load) -> LexicalIndex:
    words = read_words
    home = saved.home
    if not changed:
        return LexicalIndex([saved.segment], lambda: words(home))
    fresh = build_segment(load(changed), saved.averages)
    return LexicalIndex(
        [saved.segment, fresh.segment],
        lambda: sorted({*words(home), *fresh.words}),
        changed=changed,
    )


def _read(folder: Path) -> _Saved | None:
    try:
        header = json.loads((folder / "index.json").read_text(encoding="utf-8"))
        if header["format"] != FORMAT:
            return None
        home = folder / Path(str(header["segment"])).name
        return _Saved(
            home=home,
            version=int(header["version"]),
            averages=tuple(float(value) for value in header["averages"]),
            segment=Segment.open(home),
        )
    except FileNotFoundError:
        return None
    except (OSError, ValueError, KeyError, TypeError) as error:
        _log.info("indexing the words again: %s", error)
        return None


def _publish(draft: Path, folder: Path, version: int, averages: Averages) -> Path:
    """Move a segment to its place, then write the header that names it; remove those before it."""
    home = folder / f"segment-{uuid.uuid4().hex}"
    header = {
        "format": FORMAT,
        "version": version,
        "segment": home.name,
        "averages": list(averages),
    }
    folder.mkdir(exist_ok=True)
    draft.replace(home)
    try:
        header_draft = folder / f"{home.name}.json"
        header_draft.write_text(json.dumps(header, indent=2) + "\n", encoding="utf-8")
        header_draft.replace(folder / "index.json")
    except OSError:
        shutil.rmtree(home, ignore_errors=True)
        raise
    for other in folder.glob("segment-*"):
        if other != home:
            shutil.rmtree(other, ignore_errors=True)
    return home
