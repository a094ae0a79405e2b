"""Links to other notes are told from links to the files every repository has."""

from __future__ import annotations

import pytest
from papergraph.readers import read_review

REPOSITORY = "https://github.com/ann/nets/blob/main"


@pytest.mark.parametrize(
    "url",
    [
        f"{REPOSITORY}/i18n/README_fr.md",
        f"{REPOSITORY}/README.zh-hans.md",
        f"{REPOSITORY}/CONTRIBUTING.md",
        f"{REPOSITORY}/docs/INSTALL.md",
        "README_fr.md",
        "docs/INSTALL.md",
        "LICENCE",
    ],
)
def test_files_of_a_project_are_no_notes(url: str) -> None:
    text = f"# Nets\n\nSee [Something Else Here]({url}).\n"

    assert read_review(text.encode(), "notes.md", names=()).mentions == ()


@pytest.mark.parametrize(
    "url", [f"{REPOSITORY}/notes/far.md", f"{REPOSITORY}/paper/README.md", "notes/far.md"]
)
def test_notes_elsewhere_stand_for_their_paper(url: str) -> None:
    text = f"# Nets\n\n- [Going Far With Rockets And Steam]({url})\n"

    (mention,) = read_review(text.encode(), "notes.md", names=()).mentions

    assert mention.title == "Going Far With Rockets And Steam"
