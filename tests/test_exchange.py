"""Papers in from a corpus folder, and out as Markdown, BibTeX and JSON."""

from __future__ import annotations

import gzip
import json
import re
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from papergraph.errors import InputError
from papergraph.exchange import (
    ImportReport,
    corpus,
    export_papers,
    export_path,
    import_corpus,
)
from papergraph.library import KeyTable, Library, bulk
from papergraph.models import Evidence, Paper, ReadingPath, Step

NOW = "2026-01-31T12:00:00Z"
ROWS = (
    {
        "id": "a",
        "title": "Deep {R}esidual Learning",
        "authors": ["Kaiming He", "Jian Sun"],
        "year": 2016,
        "year_first": 2015,
        "venue": "CVPR",
        "arxiv": "1512.03385",
        "doi": None,
        "url": "https://arxiv.org/abs/1512.03385",
        "abstract": "Deeper networks.",
    },
    {
        "id": "b",
        "title": "Very Deep Convolutional Networks for Large-Scale Image Recognition",
        "authors": [],
        "year": None,
        "arxiv": "1409.1556",
    },
    {"id": "c", "title": "An older paper", "authors": ["Y. LeCun"], "year": 1998},
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A corpus of three papers and two citations between them."""
    home = tmp_path / "tiny"
    home.mkdir()
    lines = "".join(json.dumps(row) + "\n" for row in ROWS)
    (home / "papers.jsonl").write_text(lines, encoding="utf-8")
    (home / "citations.csv").write_text("citing,cited\na,b\na,c\n", encoding="utf-8")
    return home


def bring(library: Library, folder: Path) -> ImportReport:
    return import_corpus(library, folder, now=NOW)


def test_papers_and_citations_come_in(bare: Library, folder: Path) -> None:
    report = bring(bare, folder)

    assert (report.papers, report.new_papers, report.citations) == (3, 3, 2)
    assert (report.unknown_ends, report.bad_rows, report.complaints) == (0, 0, ())
    paper = bare.papers.get([1])[1]
    assert paper.title == "Deep Residual Learning"
    assert (paper.year, paper.published, paper.venue) == (2015, "2015-12", "CVPR")
    assert (paper.references_here, paper.identifiers) == (2, ("arxiv:1512.03385",))


def test_packed_files_and_several_parts_are_read(bare: Library, tmp_path: Path) -> None:
    for number, row in enumerate(ROWS):
        path = tmp_path / f"papers-{number}.jsonl.gz"
        path.write_bytes(gzip.compress(json.dumps(row).encode()))
    (tmp_path / "citations.csv.gz").write_bytes(gzip.compress(b"citing,cited,source\na,b,x\n"))

    report = bring(bare, tmp_path)

    assert (report.papers, report.citations) == (3, 1)


def test_importing_again_changes_nothing(bare: Library, folder: Path, dump) -> None:
    bring(bare, folder)
    before = dump(bare)

    report = bring(bare, folder)

    assert (report.papers, report.new_papers) == (3, 0)
    assert dump(bare) == before


def test_a_broken_off_import_is_taken_up_again(bare: Library, folder: Path, dump) -> None:
    whole = Library.open(None)
    bring(whole, folder)
    lines = (folder / "papers.jsonl").read_text(encoding="utf-8").splitlines(keepends=True)
    (folder / "papers.jsonl").write_text(lines[0], encoding="utf-8")
    bring(bare, folder)

    (folder / "papers.jsonl").write_text("".join(lines), encoding="utf-8")
    report = bring(bare, folder)

    assert report.new_papers == 2
    assert dump(bare) == dump(whole)


def test_an_import_that_stops_half_way_keeps_what_it_has(bare: Library, folder: Path) -> None:
    def stop(what: str, _count: int) -> None:
        if what == "papers":
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        import_corpus(bare, folder, now=NOW, progress=stop)

    assert bare.papers.count() == 3
    assert bring(bare, folder).citations == 2


KILLED = """
import os, signal, sys
from pathlib import Path
from papergraph.exchange import corpus
from papergraph.library import Library

corpus._PAPERS_AT_ONCE, corpus._CITATIONS_AT_ONCE = 1, 1
corpus._PARTS_AT_ONCE = int(sys.argv[5])
library = Library.open(Path(sys.argv[1]))
after = int(sys.argv[3])

def count(*_arguments):
    global after
    after -= 1
    if after == 0:
        os.kill(os.getpid(), signal.SIGKILL)

def add(pairs, source_id, add=library.citations.add):
    add(pairs, source_id)
    count()

library.citations.add = add
corpus.import_corpus(library, Path(sys.argv[2]), now=sys.argv[4], progress=count)
"""


# Three papers, the heads, two citations: killed within a transaction, before or behind it.
@pytest.mark.parametrize(
    ("together", "after"),
    [*((1, n) for n in range(1, 9)), *((2, n) for n in range(5, 9)), (10, 6), (10, 7)],
)
def test_an_import_that_was_killed_ends_up_with_the_same(
    tmp_path: Path, folder: Path, dump, monkeypatch, together: int, after: int
) -> None:
    monkeypatch.setattr(corpus, "_PAPERS_AT_ONCE", 1)
    monkeypatch.setattr(corpus, "_CITATIONS_AT_ONCE", 1)
    whole = Library.open(tmp_path / "whole.db")
    bring(whole, folder)
    killed = tmp_path / "killed.db"
    arguments = [str(killed), str(folder), str(after), NOW, str(together)]

    result = subprocess.run([sys.executable, "-c", KILLED, *arguments], check=False)
    library = Library.open(killed)
    report = bring(library, folder)

    assert result.returncode == -signal.SIGKILL
    assert (report.papers, report.citations) == (3, 2)
    assert report.new_papers == max(0, 3 - after)
    assert dump(library) == dump(whole)


def test_a_part_that_was_entered_is_not_read_again(
    bare: Library, folder: Path, monkeypatch
) -> None:
    bring(bare, folder)
    read: list[object] = []
    monkeypatch.setattr(corpus, "parse_corpus_paper", lambda *what: read.append(what))

    report = bring(bare, folder)

    assert (read, report.papers, report.citations) == ([], 3, 2)


def test_keys_are_looked_up_by_hash_as_in_a_dictionary(
    bare: Library, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bulk, "_KEYS_AT_ONCE", 2)
    bring(bare, folder)
    source = bare.papers.add_source("corpus:tiny", "corpus", NOW)

    table = bare.bulk.key_table(source)

    known = bare.bulk.all_keys(source)
    asked = ["c", "nobody", "a", "", "b", "c"]
    assert table.numbers_of(asked).tolist() == [known.get(key, -1) for key in asked]
    assert bare.bulk.key_table(source + 1).numbers_of(asked).tolist() == [-1] * len(asked)


def test_keys_that_share_a_hash_are_told_apart_by_a_salt() -> None:
    twin = KeyTable([[("a", 1)], [("a", 2)]])  # the same key, as two keys with one hash

    assert twin.has_twins
    assert not KeyTable([[("a", 1), ("b", 2)]], "1").has_twins


def test_an_end_that_comes_later_is_found_then(bare: Library, folder: Path) -> None:
    (folder / "citations.csv").write_text("citing,cited\na,b\na,d\n", encoding="utf-8")
    assert bring(bare, folder).unknown_ends == 1

    with (folder / "papers.jsonl").open("a", encoding="utf-8") as file:
        file.write('{"id": "d", "title": "A later paper"}\n')

    assert bring(bare, folder).unknown_ends == 0
    assert bare.citations.count() == 2


@pytest.mark.parametrize(
    ("line", "complaint"),
    [
        ('{"id": "x"', r"papers\.jsonl:4: "),
        ('{"title": "No id"}', r"papers\.jsonl:4: missing 'id'"),
        ('{"id": "x"}', r"papers\.jsonl:4: missing 'title'"),
        ('{"id": "x", "title": ""}', r"papers\.jsonl:4: a paper without a title"),
        ('{"id": "x", "title": "A", "year": "soon"}', r"papers\.jsonl:4: "),
        ('{"id": "x", "title": "A", "arxiv": 1512.03385}', r"papers\.jsonl:4: "),
        ('{"id": "x", "title": "A", "venue": ["CVPR"]}', r"papers\.jsonl:4: "),
        ("[1, 2]", r"papers\.jsonl:4: "),
        ("7", r"papers\.jsonl:4: "),
    ],
)
def test_a_bad_row_is_left_out_and_told_with_its_place(
    bare: Library, folder: Path, line: str, complaint: str
) -> None:
    with (folder / "papers.jsonl").open("a", encoding="utf-8") as file:
        file.write(line + "\n")

    report = bring(bare, folder)

    assert (report.papers, report.bad_rows) == (3, 1)
    assert re.match(complaint, report.complaints[0])


@pytest.mark.parametrize(
    ("text", "citations", "unknown", "bad"),
    [
        ("citing,cited\na,b\n", 1, 0, 0),
        ("citing,cited\na,nobody\n", 0, 1, 0),
        ("citing,cited\na\n", 0, 0, 1),
        ("from,to\na,b\n", 0, 0, 1),
        ("citing,cited\na,a\n", 1, 0, 0),
        ("", 0, 0, 1),
    ],
)
def test_citations_with_unknown_ends_or_bad_rows_are_counted(
    bare: Library, folder: Path, text: str, citations: int, unknown: int, bad: int
) -> None:
    (folder / "citations.csv").write_text(text, encoding="utf-8")

    report = bring(bare, folder)

    assert (report.citations, report.unknown_ends, report.bad_rows) == (citations, unknown, bad)


def test_only_the_first_complaints_are_kept(bare: Library, folder: Path) -> None:
    (folder / "papers.jsonl").write_text("nonsense\n" * 50, encoding="utf-8")

    report = bring(bare, folder)

    assert (report.bad_rows, len(report.complaints)) == (50, 20)


def test_a_folder_without_papers_is_an_error(bare: Library, tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"no corpus in .*papers\*\.jsonl"):
        bring(bare, tmp_path)


def test_a_file_that_is_not_packed_as_it_says_is_told(bare: Library, folder: Path) -> None:
    (folder / "papers-2.jsonl.gz").write_bytes(b"this is not gzip")

    report = bring(bare, folder)

    assert (report.papers, report.bad_rows) == (3, 1)
    assert report.complaints[0].startswith("papers-2.jsonl.gz:")


def test_a_corpus_meets_the_starter_papers(starter: Library, folder: Path) -> None:
    before = starter.papers.count()
    (resnet,) = starter.papers.by_name("ResNet")

    bring(starter, folder)

    assert starter.papers.count() == before + 1
    assert starter.papers.abstracts([resnet]) == {resnet: "Deeper networks."}
    assert starter.papers.get([resnet])[resnet].title.endswith("for Image Recognition")


def paper(**fields: object) -> Paper:
    plain = {"id": "p1", "title": "Deep Learning", "authors": ("Kaiming He",), "year": 2015}
    return Paper(**{**plain, **fields})


def bibtex_keys(*papers: Paper) -> list[str]:
    return re.findall(r"^@\w+\{(.*),$", export_papers(papers, "bibtex"), re.MULTILINE)


@pytest.mark.parametrize(
    ("fields", "key"),
    [
        ({}, "he2015deep"),
        ({"authors": ()}, "anonymous2015deep"),
        ({"year": None}, "hedeep"),
        ({"title": "On the Way to a Theory"}, "he2015way"),
        ({"authors": ("Jürgen Schmidhuber",)}, "schmidhuber2015deep"),
        ({"title": "注意力 learning"}, "he2015learning"),
    ],
)
def test_a_key_is_family_name_year_and_word(fields: dict[str, object], key: str) -> None:
    assert bibtex_keys(paper(**fields)) == [key]


@pytest.mark.parametrize("count", [2, 27, 60])
def test_keys_are_unique(count: int) -> None:
    keys = bibtex_keys(*(paper(id=f"p{n}") for n in range(count)))

    assert len(set(keys)) == count
    assert keys[:2] == ["he2015deep", "he2015deepb"]


def test_a_key_with_a_letter_does_not_meet_another_papers_key() -> None:
    keys = bibtex_keys(paper(title="Deep"), paper(title="Deepb"), paper(title="Deep"))

    assert len(set(keys)) == 3


@pytest.mark.parametrize(
    ("title", "written"),
    [
        ("Q & A at 100%", r"Q \& A at 100\%"),
        ("Costs $5 #1 a_b", r"Costs \$5 \#1 a\_b"),
        ("Braces {and} back\\slash", "Braces and backslash"),
        ("Schrödinger", "Schrödinger"),
    ],
)
def test_signs_of_tex_are_written_safely(title: str, written: str) -> None:
    assert f"title = {{{{{written}}}}}," in export_papers([paper(title=title)], "bibtex")


def test_braces_stay_balanced_whatever_a_source_says() -> None:
    wild = paper(
        title="}{",
        authors=("A } B",),
        venue="{{",
        url="https://a.org/}{",
        identifiers=("doi:10.1/}",),
    )

    text = export_papers([wild], "bibtex")

    assert text.count("{") == text.count("}")
    depth = 0
    for sign in text:
        depth += {"{": 1, "}": -1}.get(sign, 0)
        assert depth >= 0


def test_identifiers_become_fields() -> None:
    text = export_papers(
        [paper(identifiers=("arxiv:1512.03385", "doi:10.1109/cvpr.2016.90"))], "bibtex"
    )

    assert "eprint = {1512.03385}" in text
    assert "doi = {10.1109/cvpr.2016.90}" in text


def test_markdown_names_paper_authors_and_year() -> None:
    shown = paper(
        authors=("Kaiming He", "Jian Sun"), nicknames=("ResNet",), url="https://example.org/x"
    )

    assert export_papers([shown]) == (
        "- **[Deep Learning](https://example.org/x)** (ResNet). Kaiming He et al., 2015\n"
    )
    assert export_papers([paper(authors=(), year=None)]) == "- **Deep Learning**. year unknown\n"


def test_json_is_the_contract() -> None:
    assert json.loads(export_papers([paper()], "json")) == [paper().as_json()]


@pytest.mark.parametrize("write", [export_papers, export_path])
def test_an_unknown_format_is_an_error(write: Callable[..., str]) -> None:
    given = PATH if write is export_path else [paper()]

    with pytest.raises(InputError, match="no export format 'word'; known are markdown"):
        write(given, "word")


QUOTE = Evidence(kind="review", text="ResNet extends VGG", where="/notes.md:7", stated=True)
PATH = ReadingPath(
    targets=(paper(nicknames=("ResNet",)),),
    known=(),
    steps=(
        Step(position=1, paper=paper(title="VGG"), need=0.5, needed_by="p1", because=(QUOTE,)),
        Step(position=2, paper=paper(), need=1.0, needed_by=None, because=()),
    ),
    left_out=((paper(title="COCO"), "a data set"),),
    warnings=("mind the gap",),
)


def test_a_path_in_markdown_has_its_reasons() -> None:
    assert export_path(PATH).splitlines() == [
        "# Reading path to ResNet",
        "",
        "1. **VGG**. Kaiming He, 2015",
        "   - because: “ResNet extends VGG” (/notes.md:7)",
        "2. **Deep Learning**. Kaiming He, 2015",
        "",
        "Left out:",
        "",
        "- **COCO**. Kaiming He, 2015: a data set",
        "",
        "> mind the gap",
    ]


def test_a_path_in_bibtex_has_its_papers_in_order() -> None:
    assert [line for line in export_path(PATH, "bibtex").splitlines() if line[:1] == "@"] == [
        "@misc{he2015vgg,",
        "@misc{he2015deep,",
    ]


def test_a_path_in_json_is_the_contract() -> None:
    assert json.loads(export_path(PATH, "json")) == PATH.as_json()
