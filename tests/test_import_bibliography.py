"""Papers in from BibTeX, RIS and CSL-JSON, with all that reference managers keep."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest
from papergraph.errors import InputError
from papergraph.exchange import ImportReport, import_bibliography
from papergraph.library import Library
from papergraph.models import PaperRecord

NOW = "2026-01-31T12:00:00Z"
BIBTEX = """@inproceedings{author2016sheep,
  title = {Counting Sheep With Small Networks},
  author = {Author, Ann and Writer, Bob},
  booktitle = {Meadow Conference},
  year = {2016},
  eprint = {1512.00001},
  doi = {10.1000/sheep.1},
  abstract = {We count sheep.},
  keywords = {sheep, small nets},
  annote = {Read before the hills.},
  readstatus = {read},
  file = {Full Text:files/1/sheep.pdf:application/pdf}
}
@article{hills, title = {Networks of Hills}, author = {Other, C.}, year = 2014,
  file = {files/2/hills.pdf}}
"""
RIS = """TY  - CONF
ID  - author2016sheep
TI  - Counting Sheep With Small Networks
AU  - Author, Ann
AU  - Writer, Bob
T2  - Meadow Conference
PY  - 2016
DO  - 10.1000/sheep.1
UR  - https://arxiv.org/abs/1512.00001
AB  - We count sheep.
KW  - sheep
KW  - small nets
N1  - Read before the hills.
RS  - read
ER  -
TY  - JOUR
ID  - hills
TI  - Networks of Hills
AU  - Other, C.
PY  - 2014
L1  - files/2/hills.pdf
"""
CSL = json.dumps(
    [
        {
            "id": "author2016sheep",
            "type": "paper-conference",
            "title": "Counting Sheep With Small Networks",
            "author": [
                {"given": "Ann", "family": "Author"},
                {"given": "Bob", "family": "Writer"},
            ],
            "container-title": "Meadow Conference",
            "issued": {"date-parts": [[2016]]},
            "DOI": "10.1000/sheep.1",
            "URL": "https://arxiv.org/abs/1512.00001",
            "abstract": "We count sheep.",
            "keyword": "sheep, small nets",
            "note": "Read_Status: Read\nRead before the hills.",
        },
        {
            "id": "hills",
            "type": "article-journal",
            "title": "Networks of Hills",
            "author": [{"given": "C.", "family": "Other"}],
            "issued": {"date-parts": [[2014]]},
        },
    ]
)
FORMS = {"mine.bib": BIBTEX, "mine.ris": RIS, "mine.json": CSL}
Dump = Callable[[Library], dict[str, list[tuple[object, ...]]]]


def bring(library: Library, text: str, origin: str = "folder/mine.bib") -> ImportReport:
    return import_bibliography(library, text.encode(), origin, now=NOW)


@pytest.mark.parametrize("origin", FORMS)
def test_every_form_keeps_what_the_file_tells(bare: Library, origin: str) -> None:
    report = bring(bare, FORMS[origin], origin)
    paper = bare.papers.get([1])[1]

    assert (report.papers, report.new_papers) == (2, 2)
    assert paper.title == "Counting Sheep With Small Networks"
    assert paper.authors == ("Ann Author", "Bob Writer")
    assert (paper.year, paper.published, paper.venue) == (2016, "2015-12", "Meadow Conference")
    assert paper.identifiers == ("arxiv:1512.00001", "doi:10.1000/sheep.1")
    assert (paper.tags, paper.summary) == (("sheep", "small nets"), "Read before the hills.")
    assert paper.state == "read"
    assert bare.papers.abstracts([1])[1].startswith("We count sheep")


def test_an_attachment_is_the_address_when_there_is_no_other(bare: Library) -> None:
    bring(bare, BIBTEX)
    shown = bare.papers.get([1, 2])

    assert shown[1].url == "https://arxiv.org/abs/1512.00001"
    assert shown[2].url == "files/2/hills.pdf"


@pytest.mark.parametrize("origin", FORMS)
def test_importing_again_changes_nothing(bare: Library, origin: str, dump: Dump) -> None:
    bring(bare, FORMS[origin], origin)
    before = dump(bare)

    report = bring(bare, FORMS[origin], f"elsewhere/{origin}")

    assert (report.papers, report.new_papers) == (2, 0)
    assert dump(bare) == before


def test_a_changed_entry_is_brought_up_to_date(bare: Library) -> None:
    bring(bare, BIBTEX)

    bring(bare, BIBTEX.replace("Read before the hills", "Read after the hills"))

    assert bare.papers.get([1])[1].summary == "Read after the hills."
    assert bare.papers.count() == 2


def test_a_key_used_for_another_paper_makes_another_paper(bare: Library, dump: Dump) -> None:
    bring(bare, BIBTEX)
    other = "@article{hills, title={Lakes Considered Deep}, author={Fourth, E.}, year=2001}"

    bring(bare, other)
    before = dump(bare)
    bring(bare, other)

    assert [bare.papers.get([n])[n].title for n in (2, 3)] == [
        "Networks of Hills",
        "Lakes Considered Deep",
    ]
    assert dump(bare) == before


def test_entries_join_the_papers_the_library_has(starter: Library) -> None:
    known = starter.papers.by_identifier(["arxiv:1512.03385"])["arxiv:1512.03385"]
    text = "@misc{k, title={Deep Residual Learning for Image Recognition}, eprint={1512.03385},"

    report = bring(starter, text + " keywords={mine}}")

    assert report.new_papers == 0
    assert "mine" in starter.papers.get([known])[known].tags


def test_what_the_reader_said_since_outranks_the_file(bare: Library) -> None:
    bring(bare, BIBTEX)
    bare.states.put([1], "queued", reader="me", now=NOW)

    bring(bare, BIBTEX)

    assert bare.papers.get([1])[1].state == "queued"


def test_twice_the_same_key_loses_nothing(bare: Library) -> None:
    text = "@misc{k, title={Sheep of the North}}\n@misc{k, title={Goats of the South}}\n"

    assert bring(bare, text).new_papers == 2
    assert bring(bare, text).new_papers == 0


def test_damaged_entries_are_entered_and_told_with_their_line(bare: Library) -> None:
    report = bring(bare, BIBTEX + "\n@article{bad, title={Lakes of the West, year={2001}\n")

    assert (report.papers, report.bad_rows) == (3, 1)
    assert report.complaints == ("line 17: the field 'title' of 'bad' never ends",)
    assert bare.papers.get([3])[3].title == "Lakes of the West"


def test_records_without_an_end_are_entered(bare: Library) -> None:
    report = bring(bare, RIS.replace("ER  -\n", ""), "a.ris")

    assert (report.papers, report.bad_rows) == (2, 2)


def test_progress_is_told_and_a_stop_keeps_what_is_done(bare: Library) -> None:
    text = "".join(f"@misc{{k{n}, title={{Sheep Number {n} of the Flock}}}}\n" for n in range(700))
    told: list[tuple[str, int]] = []

    def stop(what: str, count: int) -> None:
        told.append((what, count))
        if len(told) == 1:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        import_bibliography(bare, text.encode(), "a.bib", now=NOW, progress=stop)
    import_bibliography(bare, text.encode(), "a.bib", now=NOW, progress=lambda *a: told.append(a))

    assert bare.papers.count() == 700
    assert told == [("papers", 500), ("papers", 500), ("papers", 200)]


@pytest.mark.parametrize(
    ("data", "origin"),
    [
        (b"# Notes\n", "a.md"),
        (b"", "a.bib"),
        (b'{"a": 1}', "a.json"),
        (b"\x89PNG\r\n\x1a\n", "a.bib"),
        (b"%PDF-1.4", "a.bib"),
    ],
)
def test_other_files_are_a_clear_error(bare: Library, data: bytes, origin: str) -> None:
    with pytest.raises(InputError, match="was found in"):
        import_bibliography(bare, data, origin, now=NOW)

    assert bare.papers.count() == 0


def test_an_entry_is_found_by_its_words(bare: Library) -> None:
    bare.papers.add(PaperRecord(title="Something Else", source="x"), NOW)
    bring(bare, BIBTEX)

    assert bare.papers.by_title("Networks of Hills")


RDF = """<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"
 xmlns:z="http://www.zotero.org/namespaces/export#" xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:dcterms="http://purl.org/dc/terms/" xmlns:bib="http://purl.org/net/biblio#"
 xmlns:link="http://purl.org/rss/1.0/modules/link/">
<bib:Article rdf:about="https://arxiv.org/abs/1512.00001"><z:itemType>preprint</z:itemType>
<link:link rdf:resource="#item_2"/><dc:title>Counting Sheep With Small Networks</dc:title>
</bib:Article>
<z:Attachment rdf:about="#item_2"><rdf:resource rdf:resource="files/2/sheep.pdf"/></z:Attachment>
<z:Collection rdf:about="#c"><dc:title>Meadow</dc:title>
<dcterms:hasPart rdf:resource="https://arxiv.org/abs/1512.00001"/></z:Collection></rdf:RDF>
"""


def test_collections_and_attached_files_of_zotero_are_kept_beside_the_address(
    bare: Library,
) -> None:
    import_bibliography(bare, RDF.encode(), "library.rdf", now=NOW)

    number = bare.papers.by_identifier(["arxiv:1512.00001"])["arxiv:1512.00001"]
    (record,) = bare.papers.records([number])[number]
    assert (record.tags, record.pdf) == (("Meadow",), "files/2/sheep.pdf")
    assert record.url == "https://arxiv.org/abs/1512.00001"


def test_a_bibliography_too_big_is_refused_before_it_is_read(bare: Library) -> None:
    with pytest.raises(InputError, match=r"has 100,000,001 bytes, the limit .* is 100,000,000"):
        import_bibliography(bare, b" " * 100_000_001, "library.bib", now=NOW)
