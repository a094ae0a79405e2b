"""Fixtures for the readers: development data beside the repository, when it is there."""

from pathlib import Path

import pytest


@pytest.fixture(scope="session")
def shared():
    """The folder of development data beside the repository."""
    folder = Path(__file__).resolve().parents[3] / "shared"
    if not (folder / "reviews").is_dir():
        pytest.skip(f"development data expected at {folder}")
    return folder
