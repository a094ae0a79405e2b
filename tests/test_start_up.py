"""Starting is cheap, and a broken torch breaks nothing but other models."""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
from pathlib import Path

import pytest

HEAVY = (
    *("torch", "faiss", "flask", "sentence_transformers", "sqlalchemy", "numpy", "networkx"),
    *("requests", "requests_cache", "urllib3", "protego", "feedparser", "filelock"),
)
MOST_TIMES_CLICK = 5  # 0.3 seconds where click alone takes 0.06


def run(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, *arguments],
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


def cpu_seconds() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


@pytest.fixture(scope="module")
def broken_torch(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A folder whose `torch` cannot be imported, as after a failed installation."""
    folder = tmp_path_factory.mktemp("broken")
    (folder / "torch").mkdir()
    text = "raise ImportError('libtorch_cpu.so: cannot open shared object file')\n"
    (folder / "torch" / "__init__.py").write_text(text, encoding="utf-8")
    return str(folder)


def cpu_taken(*arguments: str) -> float:
    before = cpu_seconds()
    assert run(*arguments).returncode == 0
    return cpu_seconds() - before


def test_help_takes_little_cpu() -> None:
    pairs = [
        (cpu_taken("-c", "import click"), cpu_taken("-m", "papergraph", "--help")) for _ in range(5)
    ]
    click, taken = (min(times) for times in zip(*pairs, strict=True))

    assert taken < MOST_TIMES_CLICK * click


def test_help_loads_nothing_heavy() -> None:
    program = (
        "import sys; from papergraph.cli import main; main(['--help']);"
        "print('loaded:', *sys.modules)"
    )

    loaded = run("-c", program).stdout.rpartition("loaded:")[2].split()

    assert "click" in loaded
    assert {name.partition(".")[0] for name in loaded} & set(HEAVY) == set()


def test_importing_the_package_imports_none_of_its_modules() -> None:
    program = "import sys, papergraph; print(*[n for n in sys.modules if n[:11] == 'papergraph.'])"

    assert run("-c", program).stdout.split() == []


def test_public_names_are_found_when_used() -> None:
    import papergraph

    found = {name: getattr(papergraph, name) for name in papergraph.__all__}

    assert all(value is not None for value in found.values())
    with pytest.raises(AttributeError, match="no attribute 'nonsense'"):
        _ = papergraph.nonsense


def test_search_never_loads_torch(library_file: Path) -> None:
    program = (
        "import sys; from papergraph.cli import main;"
        "main(['search', 'residual learning', '--json']);"
        "print('loaded:', *sys.modules)"
    )

    done = run("-c", program, PAPERGRAPH_LIBRARY=str(library_file))

    loaded = set(done.stdout.rpartition("loaded:")[2].split())
    assert loaded & {"torch", "sentence_transformers", "flask"} == set()


def test_search_works_when_torch_is_broken(library_file: Path, broken_torch: str) -> None:
    done = run(
        *("-m", "papergraph", "search", "residual learning", "--json"),
        PYTHONPATH=broken_torch,
        PAPERGRAPH_LIBRARY=str(library_file),
    )

    assert done.returncode == 0, done.stderr
    names = [hit["paper"]["nicknames"][:1] for hit in json.loads(done.stdout)["hits"]]
    assert ["ResNet"] in names


def test_doctor_says_that_torch_is_broken_and_is_content(
    library_file: Path, broken_torch: str
) -> None:
    done = run(
        *("-m", "papergraph", "doctor", "--json"),
        PYTHONPATH=broken_torch,
        PAPERGRAPH_LIBRARY=str(library_file),
    )

    findings = {row["name"]: row for row in map(json.loads, done.stdout.splitlines())}
    assert done.returncode == 0, done.stderr
    assert not findings["other models"]["ok"]
    assert "libtorch_cpu.so" in findings["other models"]["text"]
    assert findings["library"]["ok"]


def test_another_model_without_torch_falls_back_to_words(
    library_file: Path, broken_torch: str
) -> None:
    done = run(
        *("-m", "papergraph", "search", "residual learning", "--json"),
        PYTHONPATH=broken_torch,
        PAPERGRAPH_LIBRARY=str(library_file),
        PAPERGRAPH_MODEL="all-MiniLM-L6-v2",
    )

    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["hits"]
    assert "warning: searching by words only" in done.stderr


def test_doctor_ends_with_one_when_the_library_is_none(tmp_path: Path, broken_torch: str) -> None:
    path = tmp_path / "library.db"
    path.write_text("not a library", encoding="utf-8")

    done = run(
        *("-m", "papergraph", "doctor"), PYTHONPATH=broken_torch, PAPERGRAPH_LIBRARY=str(path)
    )

    assert done.returncode == 1
    assert "PROBLEM  library: cannot open the library" in done.stdout


def test_doctor_makes_no_library(tmp_path: Path, broken_torch: str) -> None:
    path = tmp_path / "library.db"

    done = run(
        *("-m", "papergraph", "doctor"), PYTHONPATH=broken_torch, PAPERGRAPH_LIBRARY=str(path)
    )

    assert done.returncode == 0, done.stdout
    assert not path.exists()
