"""One BibTeX entry, braces balanced; what breaks off is none."""

from __future__ import annotations

import pytest
from papergraph.sources.bibtex import find_entry

ENTRY = """
@inproceedings{key/1,
  author    = {A. {von} B and
               L{\\'{e}}on C},
  title     = "A {"quoted"} title",
  year      = 2012,
  pages     = {1--2}
}
"""


def test_fields_are_read_with_their_inner_braces() -> None:
    entry = find_entry(ENTRY)

    assert entry is not None
    assert (entry.kind, entry.key) == ("inproceedings", "key/1")
    assert entry.people == ("A. {von} B", "L{\\'{e}}on C")
    assert entry.fields["title"] == 'A {"quoted"} title'
    assert (entry.fields["year"], entry.fields["pages"]) == ("2012", "1--2")


@pytest.mark.parametrize("end", range(len(ENTRY.rstrip()) - 1))
def test_an_entry_that_breaks_off_is_none(end: int) -> None:
    assert find_entry(ENTRY[:end]) is None
