"""A known name with its title in brackets is the paper of that name."""

from __future__ import annotations

import pytest
from papergraph.ingest import ingest_review
from papergraph.library import Library

NOW = "2026-01-01T00:00:00Z"
TITLE = "Hierarchical Deep Nets of Many Layers"


@pytest.mark.parametrize("heading", ["Want to read", "Finished", "Papers"])
@pytest.mark.parametrize("box", ["", "[ ] ", "[x] "])
@pytest.mark.parametrize("first", [f"[DeepNet 2: {TITLE}]", f"[{TITLE} (DeepNet 2)]", f"[{TITLE}]"])
def test_a_known_name_with_its_title_in_brackets_is_one_paper(
    bare: Library, first: str, box: str, heading: str
) -> None:
    list_ = f"# Papers\n\n- {first}(https://arxiv.org/abs/1512.00001)\n"
    ingest_review(bare, list_.encode(), "list.md", now=NOW)
    text = f"## {heading}\n\n- {box}DeepNet 2 ({TITLE})\n"

    report = ingest_review(bare, text.encode(), "told.md", now=NOW)

    assert len(report.mentions) == 1
    assert bare.papers.count() == 1


def test_a_heading_is_linked_to_the_paper_of_its_title_that_comes_later(bare: Library) -> None:
    body = "It lets the nets go much deeper than all before it, which nobody had seen until now."
    text = f"# Notes\n\nSome words.\n\n## 2. {TITLE} (Rao et al. 2015)\n\n{body}\n"
    assert ingest_review(bare, text.encode(), "notes.md", now=NOW).mentions == ()
    entry = (
        f"@article{{a, title={{{TITLE}}}, author={{Rao, A. and Li, B. and Ek, C.}}, year=2015}}\n"
    )

    ingest_review(bare, entry.encode(), "a.bib", now=NOW)

    (mention,) = ingest_review(bare, text.encode(), "notes.md", now=NOW).mentions
    assert (mention.role, mention.status) == ("about", "matched")


@pytest.mark.parametrize(("people", "count"), [("Rao et al. 2015", 1), ("Zork et al. 2015", 0)])
def test_a_name_in_a_heading_is_the_paper_of_its_people(
    bare: Library, people: str, count: int
) -> None:
    entry = (
        f"@article{{a, title={{DeepNet 2: {TITLE}}}, author={{Rao, A. and Li, B. and Ek, C.}},"
        " year=2015}\n"
    )
    ingest_review(bare, entry.encode(), "a.bib", now=NOW)
    text = f"# Notes\n\nSome words.\n\n## DeepNet 2 ({people})\n\nIt is deep.\n"

    report = ingest_review(bare, text.encode(), "notes.md", now=NOW)

    assert len(report.mentions) == count
    assert bare.papers.count() == 1
