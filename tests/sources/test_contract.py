"""One contract over every source: what it promises, what it answers, and how it fails.

`tests/recorded/SOURCE/index.json` holds made-up answers in the shapes of the service, what each
method is good for ("methods"), and calls with what they must give ("calls").
"""

from __future__ import annotations

import contextlib
import json
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from papergraph.errors import SourceError
from papergraph.identifiers import Identifier
from papergraph.models import PAPER_KINDS, PaperRecord, ReferenceList, SourcedPaper
from papergraph.models.sourced import LIST_STATES
from papergraph.sources.registry import ALL, make_sources
from papergraph.sources.source import Reply

ROOT = Path(__file__).parents[2]
RECORDED = ROOT / "tests" / "recorded"
METHODS = ("paper", "papers", "find_title", "references", "citations")
PLEDGES = ("answered", "empty by nature", "not done")
NAMES = [source.name for source in ALL]
INDEX = {
    name: json.loads((RECORDED / name / "index.json").read_text(encoding="utf-8"))
    for name in NAMES
    if (RECORDED / name / "index.json").exists()
}
CALLS = [(name, call) for name, index in INDEX.items() for call in index["calls"]]
GOOD_CALLS = [(name, call) for name, call in CALLS if call.get("titles")]
BROKEN = {
    "empty": b"",
    "half an object": b'{"data": [',
    "null": b"null",
    "an empty list": b"[]",
    "words": b"Service temporarily unavailable",
}
OTHERS: tuple[Any, ...] = (None, 3, "x", [3], {"x": 3}, [{"x": None}], True)
MOST_TURNS = 10_000
# A landing page cut in the middle may still hold all its tags: sources that read pages only.
READ_PAGES = {"nips", "pmlr", "cvf", "acl"}
# What answers only to whom it knows.
LOGINS = ("openreview", "unpaywall")
# An empty list is an answer there: nobody put a preprint forward, no citation is known.
EMPTY_LISTS = {("hf", "talked_of"), ("opencitations", "references"), ("opencitations", "citations")}
BROKEN_CALLS = [
    (name, call, kind)
    for name, call in GOOD_CALLS
    for kind in BROKEN
    if kind != "an empty list" or (name, call["method"]) not in EMPTY_LISTS
]


@pytest.fixture
def recorded(recorded: Any) -> Any:
    """The services made of our recordings, to which the user is known."""
    return type(recorded)(RECORDED, keys=LOGINS)


def label(value: Any) -> str:
    return f"{value['method']}-{value['args']}"[:60] if isinstance(value, dict) else str(value)


def run(source: Any, call: dict[str, Any]) -> Any:
    """Make the call of a row."""
    more = {key: call[key] for key in ("author", "year", "limit") if key in call}
    return getattr(source, call["method"])(*call["args"], **more)


def records_of(found: Any) -> list[PaperRecord]:
    """The records of whatever a method returned."""
    if isinstance(found, SourcedPaper):
        return [found.record]
    if isinstance(found, ReferenceList):
        return [reference.record for reference in found.references]
    listed = found.values() if isinstance(found, dict) else found or ()
    return [getattr(item, "record", item) for item in listed]


class BrokenFetcher:
    """Answers everything with one body."""

    def __init__(self, body: bytes) -> None:
        self._body = body
        self.asked = 0

    def get(self, source: str, path: str, *_: Any, **__: Any) -> Reply:
        self.asked += 1
        return Reply(
            source=source, url=path, status=200, body=self._body, fetched_at="2026-01-31T12:00:00Z"
        )

    def post(self, source: str, path: str, *_: Any, **__: Any) -> Reply:
        return self.get(source, path)

    def has_key(self, source: str) -> bool:
        return True


class CuttingFetcher:
    """Hands on what another fetcher answers, without the last third of each body."""

    def __init__(self, fetcher: Any) -> None:
        self._fetcher = fetcher

    def get(self, *args: Any, **more: Any) -> Reply:
        return self._cut(self._fetcher.get(*args, **more))

    def post(self, *args: Any, **more: Any) -> Reply:
        return self._cut(self._fetcher.post(*args, **more))

    def has_key(self, source: str) -> bool:
        return True

    def _cut(self, reply: Reply) -> Reply:
        return replace(reply, body=reply.body[: len(reply.body) * 2 // 3])


class ChangingFetcher(CuttingFetcher):
    """Hands on what another fetcher answers, with one value in each JSON body replaced."""

    def __init__(self, fetcher: Any, turn: int) -> None:
        super().__init__(fetcher)
        self._turn = turn
        self.has_changed = False

    def _cut(self, reply: Reply) -> Reply:
        try:
            data = json.loads(reply.body)
        except ValueError:
            return reply
        slots = list(walk(data))
        place, other = divmod(self._turn, len(OTHERS))
        if place < len(slots):
            parent, key = slots[place]
            parent[key] = OTHERS[other]
            self.has_changed = True
        return replace(reply, body=json.dumps(data).encode())


def walk(value: Any) -> Iterator[tuple[Any, Any]]:
    """Every place of a JSON value: what holds it, and its key there."""
    inside = value.items() if isinstance(value, dict) else enumerate(value)
    for key, item in list(inside):
        yield value, key
        if isinstance(item, dict | list):
            yield from walk(item)


def test_every_source_has_its_recordings() -> None:
    assert sorted(INDEX) == sorted(NAMES)


@pytest.mark.parametrize("name", NAMES)
def test_a_source_asks_nothing_for_schemes_it_does_not_take(name: str) -> None:
    fetcher = BrokenFetcher(b"")
    source = make_sources(fetcher)[name]

    assert source.paper("nosuchscheme:1") is None
    assert source.papers(["nosuchscheme:1"]) == {}
    assert source.papers([]) == {}
    assert source.references("nosuchscheme:1").state == "unknown"
    assert source.citations("nosuchscheme:1") == ()
    assert source.find_title(" . ") == ()
    assert fetcher.asked == 0


@pytest.mark.parametrize(("name", "call"), CALLS, ids=label)
def test_a_call_gives_what_its_row_says(name: str, call: dict[str, Any], recorded: Any) -> None:
    source = make_sources(recorded)[name]

    if "error" in call:
        with pytest.raises(SourceError, match=re.escape(call["error"])):
            run(source, call)
        return
    found = run(source, call)

    titles = [record.title for record in records_of(found)]
    in_order = call["method"] != "papers"
    assert (titles if in_order else sorted(titles)) == (
        call["titles"] if in_order else sorted(call["titles"])
    )
    assert getattr(found, "state", None) == call.get("state")


@pytest.mark.parametrize(("name", "call"), GOOD_CALLS, ids=label)
def test_records_are_plain_and_say_who_says_so(
    name: str, call: dict[str, Any], recorded: Any
) -> None:
    found = run(make_sources(recorded)[name], call)

    for record in records_of(found):
        assert record.source == f"source:{name}"
        assert record.kind in PAPER_KINDS
        assert not re.search(r"[\n\r\x80-\x9f]|</?\w+>|&\w+;", record.title)
        assert all(str(Identifier.parse(item)) == item for item in record.identifiers)
        assert record.published is None or re.fullmatch(r"\d{4}-\d{2}", record.published)
        assert set(record.tags) <= {"retracted", "withdrawn"}
    assert not isinstance(found, ReferenceList) or found.state in LIST_STATES
    assert not isinstance(found, dict) or set(found) <= set(call["args"][0])


@pytest.mark.parametrize("name", sorted(INDEX))
def test_every_recording_is_read_by_a_call(name: str, recorded: Any) -> None:
    source = make_sources(recorded)[name]

    for call in INDEX[name]["calls"]:
        try:
            run(source, call)
        except SourceError:
            assert "error" in call

    bodies = {RECORDED / name / row["body_file"] for row in INDEX[name]["records"]}
    moved = {
        RECORDED / name / r["body_file"] for r in INDEX[name]["records"] if r.get("status") == 301
    }
    assert bodies == set((RECORDED / name).iterdir()) - {RECORDED / name / "index.json"}
    assert bodies - recorded.used - moved == set()


@pytest.mark.parametrize("name", sorted(INDEX))
def test_every_pledge_is_shown_by_a_call(name: str) -> None:
    methods = INDEX[name]["methods"]

    shown = {call["method"] for call in INDEX[name]["calls"] if call.get("titles")}

    assert tuple(methods) == METHODS
    assert set(methods.values()) <= set(PLEDGES)
    assert {method for method in METHODS if methods[method] == "answered"} == shown & set(METHODS)


@pytest.mark.parametrize("name", sorted(INDEX))
def test_what_is_not_answered_is_empty_and_asks_nothing(name: str) -> None:
    fetcher = BrokenFetcher(b"")
    source = make_sources(fetcher)[name]
    idle = [method for method, pledge in INDEX[name]["methods"].items() if pledge != "answered"]

    for method in idle:
        argument = "Deep Residual Learning" if method == "find_title" else f"{source.schemes[0]}:1"
        assert records_of(getattr(source, method)(argument)) == []

    assert fetcher.asked == 0


@pytest.mark.parametrize(("name", "call", "kind"), BROKEN_CALLS, ids=label)
def test_an_answer_that_is_none_never_looks_like_an_empty_one(
    name: str, call: dict[str, Any], kind: str
) -> None:
    source = make_sources(BrokenFetcher(BROKEN[kind]))[name]

    with pytest.raises(SourceError):
        run(source, call)


@pytest.mark.parametrize(
    ("name", "call"), [row for row in GOOD_CALLS if row[0] not in READ_PAGES], ids=label
)
def test_an_answer_that_breaks_off_never_looks_like_a_whole_one(
    name: str, call: dict[str, Any], recorded: Any
) -> None:
    source = make_sources(CuttingFetcher(recorded))[name]

    # LookupError: it went on to ask elsewhere, where nothing is recorded
    with pytest.raises((SourceError, LookupError)):
        run(source, call)


@pytest.mark.parametrize(("name", "call"), GOOD_CALLS, ids=label)
def test_a_value_of_another_type_never_breaks_a_source(
    name: str, call: dict[str, Any], recorded: Any
) -> None:
    """Every value of every JSON answer, replaced in turn: left out or refused, never a bug."""
    recorded.unknown = 404  # a changed answer may lead to questions that were never asked
    for turn in range(MOST_TURNS):
        changing = ChangingFetcher(recorded, turn)
        source = make_sources(changing)[name]
        with contextlib.suppress(SourceError):
            run(source, call)
        if not changing.has_changed:
            break


def test_the_table_in_the_docs_is_what_is_pledged() -> None:
    text = (ROOT / "docs" / "sources.md").read_text(encoding="utf-8")

    rows = re.findall(r"^\| `(\w+)` \|(.+)\|$", text, re.MULTILINE)
    told = {name: [cell.strip() for cell in cells.split("|")] for name, cells in rows}

    assert told == {name: list(index["methods"].values()) for name, index in INDEX.items()}
