import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
USE_MODEL = """
import sys
sys.path[:0] = sys.argv[1:]
from papergraph.errors import ModelError
from papergraph.vectors import open_embedder
from pathlib import Path
embedder = open_embedder("some/model", shipped=Path("unused"), offline=True)
try:
    embedder.embed(["a text"])
except ModelError as error:
    print(error)
"""


def run_python(code: str, *arguments: str) -> str:
    """Run code in a fresh interpreter and return what it prints."""
    done = subprocess.run(
        [sys.executable, "-c", code, *arguments],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout


@pytest.mark.parametrize(
    ("source", "shown"),
    [
        ("raise ImportError('no torch here')", "ImportError: no torch here"),
        ("raise OSError('libtorch.so: cannot open')", "OSError: libtorch.so"),
        ("", "Error"),
    ],
)
@pytest.mark.parametrize("package", ["torch", "sentence_transformers"])
def test_broken_installation_says_what_to_do(tmp_path, package, source, shown):
    (tmp_path / package).mkdir()
    (tmp_path / package / "__init__.py").write_text(source, encoding="utf-8")

    printed = run_python(USE_MODEL, str(tmp_path))

    assert printed.startswith("cannot load sentence-transformers for the model 'some/model'")
    assert shown in printed
    assert "use the default model" in printed


def test_shipped_model_works_without_the_heavy_libraries(shipped_folder):
    printed = run_python(
        "import sys, papergraph.vectors as vectors;"
        "embedder = vectors.StaticEmbedder.open(__import__('pathlib').Path(sys.argv[1]));"
        "index = vectors.VectorIndex.build([3, 5], embedder.embed(['a graph', 'an image']));"
        "ids, scores = index.search(embedder.embed(['graphs'])[0], 1);"
        "heavy = {'torch', 'faiss', 'sentence_transformers', 'transformers', 'scipy'};"
        "print(ids[0], embedder.dimension, sorted(heavy & set(sys.modules)))",
        str(shipped_folder),
    )

    assert printed.split(maxsplit=2) == ["3", "256", "[]\n"]


@pytest.mark.slow
def test_unknown_model_name_is_a_model_error():
    printed = run_python(USE_MODEL)

    assert printed.startswith("no embedding model 'some/model'")
