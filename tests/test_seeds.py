"""The seed reviews against their gold file, as the command line reads them."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.shared


@pytest.fixture(scope="module")
def scores(shared: Path, starter_file: Path) -> dict[str, float]:
    """The figures of the evaluation tool for the development seeds."""
    command = f"{sys.executable} -m papergraph --library {starter_file} --offline"
    done = subprocess.run(
        [
            *(sys.executable, "evaluate_reviews.py", "--gold", "../gold/seeds_dev.jsonl"),
            *("--reviews", "../reviews", "--command", f"{command} ingest --dry-run --json"),
        ],
        cwd=shared / "tools",
        capture_output=True,
        text=True,
        timeout=120,
        check=True,
    )
    rows = re.findall(r"^(\S.*?) {2,}([0-9.]+)$", done.stdout, re.MULTILINE)
    return {name: float(value) for name, value in rows}


@pytest.mark.parametrize(
    ("name", "least"),
    [
        ("recall", 0.97),
        ("precision", 0.97),
        ("edge recall, stated", 0.85),
        ("edge precision", 0.85),
        ("relation quote in file", 0.95),
    ],
)
def test_the_seeds_are_read_as_well_as_promised(
    scores: dict[str, float], name: str, least: float
) -> None:
    assert scores[name] >= least


def test_no_file_fails_and_no_line_is_out_of_its_file(scores: dict[str, float]) -> None:
    assert (scores["failed"], scores["line out of file"]) == (0, 0)
