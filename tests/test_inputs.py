"""Files, folders and archives on the command line."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path

import pytest
from papergraph.cli import main
from papergraph.cli.inputs import find_writing, read_inputs
from papergraph.ingest import Skipped

NOTE = "# [Highway Networks](https://arxiv.org/abs/1505.00387)\n\nGates that let layers learn.\n"
CSL = json.dumps([{"id": "a", "type": "article", "title": "Counting Sheep", "issued": {}}])


def no_fetching(url):
    """No test of files fetches anything."""
    raise AssertionError(url)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder of notes with much beside them."""
    home = tmp_path / "notes"
    files = {
        "b.md": NOTE,
        "a/refs.bib": "@misc{k, title={Counting Sheep}}",
        "a/refs.json": CSL,
        "package.json": '{"name": "x"}',
        "pom.xml": "<project></project>",
        "script.py": "print()",
        "node_modules/x/readme.md": NOTE,
        ".git/x.md": NOTE,
        ".obsidian/app.json": CSL,
    }
    for name, text in files.items():
        (home / name).parent.mkdir(parents=True, exist_ok=True)
        (home / name).write_text(text, encoding="utf-8")
    with zipfile.ZipFile(home / "old.zip", "w") as archive:
        archive.writestr("deep/c.md", NOTE)
        archive.writestr("fig.png", "x")
        archive.writestr("settings.json", "{}")
    return home


def names(*inputs: Path) -> list[str]:
    found = read_inputs(map(str, inputs), no_fetching)
    return [text.origin.rpartition("notes/")[2] for text in found]


def test_of_a_folder_the_writing_is_read(folder: Path) -> None:
    assert names(folder) == ["a/refs.bib", "a/refs.json", "b.md", "old.zip!/deep/c.md"]


def test_hidden_folders_are_not_even_entered(folder: Path) -> None:
    found = {path.relative_to(folder).parts[0] for path in find_writing(folder)}

    assert found == {"a", "b.md", "old.zip", "package.json", "pom.xml"}


def test_a_file_given_by_name_is_never_passed_over(folder: Path) -> None:
    assert names(folder / "package.json", folder / ".git" / "x.md") == [
        "package.json",
        ".git/x.md",
    ]


def test_an_archive_without_writing_is_told(folder: Path) -> None:
    with zipfile.ZipFile(folder / "pictures.zip", "w") as archive:
        archive.writestr("fig.png", "x")

    (found,) = read_inputs([str(folder / "pictures.zip")], no_fetching)

    assert isinstance(found, Skipped)
    assert "no text to read in the archive" in str(found.error)


@pytest.mark.parametrize("name", ["missing.md", "missing"])
def test_what_is_not_there_is_an_error(tmp_path: Path, name: str) -> None:
    (found,) = read_inputs([str(tmp_path / name)], no_fetching)

    assert isinstance(found, Skipped)


@pytest.fixture
def at(tmp_path: Path, library_file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A library of the test's own, named by the environment."""
    monkeypatch.setenv("PAPERGRAPH_HOME", str(tmp_path))
    monkeypatch.setenv("PAPERGRAPH_LIBRARY", str(library_file))


@pytest.mark.usefixtures("at")
def test_an_archive_gives_a_report_a_file_and_problems_are_part_success(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    link = zipfile.ZipInfo("link.md")
    link.external_attr = 0o120777 << 16
    with zipfile.ZipFile(folder / "old.zip", "a") as archive:
        archive.writestr(link, "/etc/hostname")

    code = main(["--offline", "ingest", "--dry-run", "--json", str(folder / "old.zip")])
    out, err = capsys.readouterr()

    assert code == 4
    origins = [json.loads(line)["review"]["origin"] for line in out.splitlines()]
    assert [origin.rpartition("/notes/")[2] for origin in origins] == ["old.zip!/deep/c.md"]
    assert "link.md': it is a link and not followed" in err
    assert "passed over 1 file without writing" in err


@pytest.mark.usefixtures("at")
@pytest.mark.parametrize(("name", "code"), [("a/refs.bib", 0), ("a/refs.json", 0), ("b.md", 1)])
def test_import_takes_bibliographies(
    folder: Path, name: str, code: int, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["--offline", "import", str(folder / name)]) == code
    out, err = capsys.readouterr()

    assert ("1 paper read (1 new)" in out) == (code == 0)
    assert ("it is neither BibTeX, RIS, CSL-JSON" in err) == (code == 1)
