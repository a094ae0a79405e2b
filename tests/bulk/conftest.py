"""A small made-up snapshot, made once."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

MAKER = Path(__file__).resolve().parents[2] / "benchmarks" / "make_openalex.py"
WORKS = 400


@pytest.fixture(scope="session")
def snapshot(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A snapshot of 400 works in four partitions, one line in it broken."""
    out = tmp_path_factory.mktemp("openalex")
    options = ["--partitions", "4", "--broken", "1"]
    subprocess.run([sys.executable, str(MAKER), str(WORKS), str(out), *options], check=True)
    return out
