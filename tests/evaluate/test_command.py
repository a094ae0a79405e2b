"""`papergraph evaluate` prints figures with intervals, and says what it left out."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from papergraph.cli.main import main

ENTRIES = [
    {"task": "order", "papers": ["AlexNet", "VGG", "ResNet"]},
    {"task": "path", "target": "Faster R-CNN", "papers": ["R-CNN", "Fast R-CNN"]},
    {"task": "lineage", "paper": "Fast R-CNN", "parents": ["R-CNN"]},
    {"task": "next", "read": ["AlexNet", "VGG", "ResNet"], "cut": 2, "as_of": "2016-01"},
]


def run(library: Path, gold: Path, *options: str) -> int:
    return main(["--library", str(library), "evaluate", str(gold), *options])


@pytest.fixture
def gold(tmp_path: Path) -> Path:
    path = tmp_path / "gold.jsonl"
    path.write_text("\n".join(map(json.dumps, ENTRIES)), encoding="utf-8")
    return path


def test_every_task_is_printed_with_its_baselines(
    library_file: Path, gold: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(library_file, gold) == 0

    printed = capsys.readouterr()
    for word in ("order: 1 asked", "PageRank", "co-citation", "shared references", "mrr"):
        assert word in printed.out
    assert "6 of 6 papers" in printed.out
    assert printed.err == ""


def test_json_holds_every_figure(
    library_file: Path, gold: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(library_file, gold, "--json") == 0

    tasks = json.loads(capsys.readouterr().out)["tasks"]
    assert {task: len(part["figures"]) for task, part in tasks.items()} == {
        "order": 4,
        "path": 4,
        "lineage": 6,
        "next": 4,
    }


def test_one_task_alone(library_file: Path, gold: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(library_file, gold, "--json", "--task", "path") == 0

    assert list(json.loads(capsys.readouterr().out)["tasks"]) == ["path"]


def test_what_the_reader_marked_changes_nothing(
    library_file: Path, gold: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run(library_file, gold, "--json")
    before = capsys.readouterr().out
    main(["--library", str(library_file), "know", "R-CNN", "ResNet", "VGG"])
    capsys.readouterr()

    run(library_file, gold, "--json")

    assert capsys.readouterr().out == before


def test_a_missing_paper_is_named_and_the_work_is_partly_done(
    library_file: Path, gold: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with gold.open("a", encoding="utf-8") as file:
        file.write('\n{"task": "order", "papers": ["ResNet", "Utterly unheard of, volume 9"]}')

    assert run(library_file, gold) == 4

    told = capsys.readouterr().err
    assert "line 5: 'Utterly unheard of, volume 9' is not one paper here" in told
    assert "line 5: too little of it is here" in told


def test_a_bad_line_ends_with_its_place(
    library_file: Path, gold: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    gold.write_text('{"task": "rank"}', encoding="utf-8")

    assert run(library_file, gold) == 1
    assert "line 1: the task is 'rank'" in capsys.readouterr().err
