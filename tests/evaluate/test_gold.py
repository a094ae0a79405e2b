"""Gold files are read as the guide says, and what is wrong with them is said with its place."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from papergraph.errors import InputError, ReadingError
from papergraph.evaluate.gold import read_gold

ENTRIES = [
    {"task": "order", "papers": ["A", "B", "A"]},
    {"task": "path", "target": "T", "papers": ["A"], "group": "list 1"},
    {"task": "lineage", "paper": "C", "parents": ["P", "Q"]},
    {"task": "next", "read": [f"R{n}" for n in range(15)], "cut": 2, "as_of": "2016-01"},
]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "gold"


@pytest.mark.parametrize(
    "text",
    [
        json.dumps(ENTRIES),
        json.dumps(ENTRIES, indent=1),
        "\n".join(map(json.dumps, ENTRIES)),
        "\ufeff" + "\r\n\r\n".join(map(json.dumps, ENTRIES)) + "\n",
    ],
)
def test_an_array_and_lines_mean_the_same(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8")

    found = read_gold(path)

    assert [(entry.asked, entry.wanted) for entry in found] == [
        (("A", "B"), ()),
        (("T",), ("A",)),
        (("C",), ("P", "Q")),
        (("R0", "R1"), tuple(f"R{n}" for n in range(2, 12))),
    ]
    assert found[1].group == "list 1"
    assert len({entry.group for entry in found}) == len(found)
    assert [entry.as_of for entry in found] == [None, None, None, "2016-01"]


def test_one_task_alone_can_be_read(path: Path) -> None:
    path.write_text(json.dumps(ENTRIES), encoding="utf-8")

    assert [entry.task for entry in read_gold(path, "lineage")] == ["lineage"]


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("{", "line 2 is no JSON"),
        ("[1]", "line 2: the task is"),
        ("5", "line 2: the task is 5"),
        ('{"task": "sort"}', "line 2: the task is 'sort'; give \"task\" as one of order, path"),
        ('{"task": ["order"]}', "line 2: the task is"),
        ('{"task": "order"}', "line 2: order without 'papers'"),
        ('{"task": "path", "papers": ["A"]}', "line 2: path without 'target'"),
        ('{"task": "order", "papers": ["A"]}', "papers is 1 papers; give a list of 2 to 2000"),
        ('{"task": "order", "papers": "A, B"}', "papers is 'A, B'"),
        ('{"task": "order", "papers": ["A", null]}', "papers holds None; give titles or ids"),
        ('{"task": "path", "target": " ", "papers": ["A"]}', "target holds ' '"),
        ('{"task": "lineage", "paper": "A", "parents": []}', "parents is 0 papers"),
        ('{"task": "next", "read": ["A", "B"], "cut": 2}', "cut is 2; .*, 1 to 1"),
        ('{"task": "next", "read": ["A", "B"], "cut": true}', "cut is True"),
        (
            '{"task": "next", "read": ["A", "B"], "cut": 1, "as_of": "2016-13"}',
            "as_of is '2016-13'",
        ),
        ('{"task": "next", "read": ["A", "B"], "cut": 1, "as_of": 2016}', "as_of is 2016; give"),
    ],
)
def test_a_bad_line_is_told_with_its_place(path: Path, line: str, message: str) -> None:
    path.write_text(json.dumps(ENTRIES[0]) + "\n" + line, encoding="utf-8")

    with pytest.raises(InputError, match=message):
        read_gold(path)


def test_a_bad_entry_of_an_array_is_told_with_its_number(path: Path) -> None:
    path.write_text(json.dumps([*ENTRIES, {}]), encoding="utf-8")

    with pytest.raises(InputError, match="entry 5: the task is None"):
        read_gold(path)


@pytest.mark.parametrize("text", ["", "\n", "[]"])
def test_a_file_without_entries_is_an_error(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8")

    with pytest.raises(InputError, match="has no entry"):
        read_gold(path)


def test_a_file_without_entries_of_the_task_is_an_error(path: Path) -> None:
    path.write_text(json.dumps(ENTRIES[:1]), encoding="utf-8")

    with pytest.raises(InputError, match="has no entry of the task 'next'"):
        read_gold(path, "next")


def test_what_is_no_text_cannot_be_read(path: Path) -> None:
    path.write_bytes(b"\xff\xfe\x00{")

    with pytest.raises(ReadingError, match="cannot be read as text"):
        read_gold(path)


def test_deep_nesting_is_no_crash(path: Path) -> None:
    path.write_text("[" * 200_000, encoding="utf-8")

    with pytest.raises(InputError, match="is no JSON"):
        read_gold(path)
