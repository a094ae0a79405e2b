"""What is installed: the wheel carries pages and data inside the package; folders are found."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from papergraph.errors import SettingsError
from papergraph.settings import shipped_folder

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="module")
def wheel_names(tmp_path_factory):
    """The names of all files in a wheel built from this checkout."""
    folder = tmp_path_factory.mktemp("wheel")
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)],
        cwd=ROOT,
        check=True,
        capture_output=True,
    )
    return set(zipfile.ZipFile(next(folder.glob("*.whl"))).namelist())


@pytest.mark.parametrize(
    "name",
    [
        "papergraph/py.typed",
        "papergraph/web/templates/path.html",
        "papergraph/web/static/css/papergraph.css",
        "papergraph/data/papers.csv",
        "papergraph/data/reviews/notes-vision.md",
        "papergraph/data/models/static-papers-256/rows.npy",
        "papergraph/library/migrations/versions/0001_first_tables.py",
        "papergraph/library/migrations/versions/0002_crawl_and_reader.py",
        "papergraph/library/migrations/versions/0003_review_signatures.py",
    ],
)
def test_the_wheel_has_every_kind_of_file(wheel_names, name):
    assert name in wheel_names


def test_the_wheel_has_no_tests_or_scripts(wheel_names):
    tops = {name.split("/")[0] for name in wheel_names}
    assert {top for top in tops if not top.endswith(".dist-info")} == {"papergraph"}


@pytest.mark.parametrize("name", ["web", "data"])
def test_folders_are_found_in_a_checkout(name):
    assert any(shipped_folder(name).iterdir())


def test_a_missing_folder_says_where_it_was_looked_for():
    with pytest.raises(SettingsError, match="the shipped folder 'nowhere' is missing: looked in"):
        shipped_folder("nowhere")
