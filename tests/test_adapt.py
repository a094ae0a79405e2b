"""Training further on a library: measured on papers held out, kept only when better."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from papergraph.adapt import adapt_model
from papergraph.embed import open_model
from papergraph.errors import InputError, LibraryError
from papergraph.library import Library
from papergraph.models import PaperRecord
from papergraph.settings import Settings
from papergraph.vectors import open_embedder
from tests.conftest import NOW, HashingEmbedder

# Words of a field of its own: what a thing is called in a title and what it is called inside.
TITLE_WORDS = (
    *("falcon", "kestrel", "osprey", "merlin", "harrier"),
    *("goshawk", "condor", "lammergeier", "buzzard", "kite"),
)
BODY_WORDS = (
    *("copper", "nickel", "cobalt", "tin", "zinc"),
    *("silver", "mercury", "tungsten", "lead", "iridium"),
)


def write_library(path: Path, count: int, *, is_regular: bool) -> Library:
    """Papers whose two title words stand for two words of the abstract, or for any two."""
    draw = random.Random(5)
    library = Library.open(path)
    records = []
    for number in range(count):
        first, second = draw.sample(range(10), 2)
        inside = (first, second) if is_regular else draw.sample(range(10), 2)
        title = f"{TITLE_WORDS[first]} {TITLE_WORDS[second]}"
        body = " ".join(BODY_WORDS[word] for word in inside)
        records.append((str(number), PaperRecord(title=title, abstract=body, source="corpus:x")))
    library.bulk.add_records("corpus:x", records, NOW)
    return library


def test_few_papers_teach_nothing(tmp_path: Path) -> None:
    library = write_library(tmp_path / "library.db", 20, is_regular=True)

    with pytest.raises(InputError, match="20 papers here have a title and an abstract; 200"):
        adapt_model(library, HashingEmbedder())


def test_a_library_in_memory_has_no_place_for_a_model(bare: Library) -> None:
    with pytest.raises(LibraryError, match="has no place for a model"):
        adapt_model(bare, HashingEmbedder())


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("is_regular", [True, False])
def test_only_a_better_model_is_kept(tmp_path: Path, is_regular: bool) -> None:
    pytest.importorskip("sentence_transformers")
    library = write_library(tmp_path / "library.db", 1500, is_regular=is_regular)
    embedder = open_model(Settings(library=tmp_path / "library.db"))

    found = adapt_model(library, embedder)

    assert (found.trained_on, found.held_out) == (1350, 150)
    assert (found.folder is not None) is is_regular
    if found.folder is not None:
        kept = open_embedder(str(found.folder), shipped=tmp_path)
        assert kept.fingerprint != embedder.fingerprint
        assert found.after > found.before
    assert not (tmp_path / "library.db.cache" / "model-in-training").exists()
