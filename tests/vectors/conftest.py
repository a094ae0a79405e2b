from pathlib import Path

import pytest
from papergraph.vectors import StaticEmbedder

SHIPPED = Path(__file__).parents[2] / "data" / "models" / "static-papers-256"


@pytest.fixture(scope="session")
def shipped_folder() -> Path:
    """The folder of the model that comes with papergraph."""
    return SHIPPED


@pytest.fixture(scope="session")
def shipped() -> StaticEmbedder:
    """The model that comes with papergraph, opened once."""
    return StaticEmbedder.open(SHIPPED)
