"""From sample reviews to papers and relations, and back out again without a trace."""

from __future__ import annotations

import json
import threading
from itertools import combinations, permutations
from pathlib import Path
from typing import Any

import pytest
from papergraph.errors import LibraryError, NotFoundError, ReadingError
from papergraph.ingest import forget_review, ingest_review
from papergraph.library import Library
from papergraph.models import IngestReport, PaperRecord
from papergraph.text import title_words
from tests.conftest import DATA, NOW

LATER = "2026-03-01T12:00:00Z"
SAMPLES = json.loads((DATA / "reviews" / "expected.json").read_text(encoding="utf-8"))["reviews"]
NAMES = [sample["file"] for sample in SAMPLES]
ONE = b"""# My notes

## [Highway Networks](https://arxiv.org/abs/1505.00387)

Gates let information pass through many layers.

## [Deep Residual Learning for Image Recognition](https://arxiv.org/abs/1512.03385)

ResNet builds on Highway Networks, without the gates.
"""
OTHER = b"""# What I read

1. [Deep Residual Learning for Image Recognition](https://arxiv.org/abs/1512.03385), He et al. 2015
2. [Wide Residual Networks](https://arxiv.org/abs/1605.07146), 2016
"""


def ingest(
    library: Library, data: bytes, origin: str = "/notes.md", **options: Any
) -> IngestReport:
    return ingest_review(library, data, origin, now=options.pop("now", NOW), **options)


def ingest_sample(library: Library, name: str) -> IngestReport:
    return ingest(library, (DATA / "reviews" / name).read_bytes(), name)


@pytest.fixture(scope="module")
def reports(tmp_path_factory: pytest.TempPathFactory, starter_file: Path) -> dict[str, Any]:
    """The reports on all samples, read into one starter library, and the keys of its papers."""
    path = tmp_path_factory.mktemp("samples") / "library.db"
    path.write_bytes(starter_file.read_bytes())
    library = Library.open(path)
    source = library.papers.add_source("starter", "curated", NOW)
    keys = {f"p{number}": key for key, number in library.bulk.all_keys(source).items()}
    found = {name: ingest_sample(library, name) for name in NAMES}
    library.close()
    return {"keys": keys, **found}


def papers_of(report: IngestReport) -> set[str | None]:
    return {mention.paper.id for mention in report.mentions if mention.paper}


@pytest.mark.parametrize("sample", SAMPLES, ids=NAMES)
def test_every_paper_of_a_sample_is_found(reports: dict[str, Any], sample: dict[str, Any]) -> None:
    report = reports[sample["file"]]

    found = {reports["keys"].get(paper) for paper in papers_of(report)}

    assert {paper["id"] for paper in sample["papers"]} - found == set()


@pytest.mark.parametrize("sample", SAMPLES, ids=NAMES)
def test_links_that_are_no_papers_stay_out(reports: dict[str, Any], sample: dict[str, Any]) -> None:
    report = reports[sample["file"]]

    linked = {mention.url for mention in report.mentions if mention.paper}

    assert linked & set(sample["not_papers"]) == set()


@pytest.mark.parametrize("sample", SAMPLES, ids=NAMES)
def test_an_entry_stands_at_its_line(reports: dict[str, Any], sample: dict[str, Any]) -> None:
    keys, entry_roles = reports["keys"], ("about", "listed")
    found = {
        (keys.get(m.paper.id), m.line)
        for m in reports[sample["file"]].mentions
        if m.paper and m.role in entry_roles
    }

    entries = {(p["id"], p["line"]) for p in sample["papers"] if p["role"] in entry_roles}

    assert entries - found == set()


def test_stated_relations_are_found(reports: dict[str, Any]) -> None:
    wanted = {
        (sample["file"], relation["later"], relation["earlier"])
        for sample in SAMPLES
        for relation in sample["relations"]
    }
    keys = reports["keys"]
    found = {
        (name, keys.get(relation.later.id), keys.get(relation.earlier.id))
        for name in NAMES
        for relation in reports[name].relations
        if relation.kind != "order"
    }

    assert len(found & wanted) / len(wanted) >= 0.85, f"missing: {sorted(wanted - found)}"
    assert len(found & wanted) / len(found) >= 0.85, f"too many: {sorted(found - wanted)}"


@pytest.mark.parametrize("name", NAMES)
def test_the_words_of_a_quoted_sentence_stand_at_its_line(
    reports: dict[str, Any], name: str
) -> None:
    lines = (DATA / "reviews" / name).read_text(encoding="utf-8").split("\n")
    report = reports[name]
    original = {(mention.line, mention.sentence): mention.original for mention in report.mentions}
    quotes = [(m.line, m.original or m.sentence) for m in report.mentions] + [
        (line, original.get((line, evidence.text)) or evidence.text)
        for relation in report.relations
        for evidence in relation.evidence
        if (line := int(str(evidence.where).rpartition(":")[2]))
    ]

    for line, quote in quotes:
        near = set(title_words(" ".join(lines[max(0, line - 5) : line + 5])))
        words = [word for word in title_words(quote) if word.isalpha() and len(word) > 3]
        missing = [word for word in words if word not in near]
        assert len(missing) <= len(words) / 4, f"{name}:{line}: {missing} of {quote!r}"


def test_damaged_words_are_repaired_and_shown_beside_the_original(reports: dict[str, Any]) -> None:
    report = reports["detection-dump.txt"]

    assert any("id98" in repair.original for repair in report.repairs)
    assert not any("id98" in mention.sentence for mention in report.mentions)
    assert any("id98" in (mention.original or "") for mention in report.mentions)


def test_lines_and_columns_point_into_the_file(reports: dict[str, Any]) -> None:
    for name in NAMES:
        lines = (DATA / "reviews" / name).read_text(encoding="utf-8").split("\n")
        for mention in reports[name].mentions:
            assert 1 <= mention.line <= len(lines)
            assert 1 <= mention.column <= len(lines[mention.line - 1]) + 1


@pytest.mark.parametrize("is_bare", [False, True], ids=["starter", "bare"])
@pytest.mark.parametrize("name", NAMES)
def test_reading_a_sample_again_changes_nothing(
    name: str, is_bare: bool, request: pytest.FixtureRequest, dump
) -> None:
    library = request.getfixturevalue("bare" if is_bare else "starter")
    first = ingest_sample(library, name)
    before, version = dump(library), library.graph_version

    again = ingest_review(library, (DATA / "reviews" / name).read_bytes(), name, now=LATER)

    assert dump(library) == before
    assert library.graph_version == version
    assert (first.changed, again.changed) == (True, False)
    assert papers_of(again) == papers_of(first)


@pytest.mark.parametrize("is_bare", [False, True], ids=["starter", "bare"])
@pytest.mark.parametrize("name", NAMES)
def test_a_forgotten_sample_leaves_no_trace(
    name: str, is_bare: bool, request: pytest.FixtureRequest, dump
) -> None:
    library = request.getfixturevalue("bare" if is_bare else "starter")
    before = dump(library)
    ingest_sample(library, name)

    forget_review(library, name)

    assert dump(library) == before


@pytest.mark.parametrize("is_bare", [False, True], ids=["starter", "bare"])
@pytest.mark.parametrize("name", NAMES)
def test_a_dry_run_writes_nothing(
    name: str, is_bare: bool, request: pytest.FixtureRequest, dump
) -> None:
    library = request.getfixturevalue("bare" if is_bare else "starter")
    before, version = dump(library), library.graph_version

    report = ingest(library, (DATA / "reviews" / name).read_bytes(), name, dry_run=True)

    assert dump(library) == before
    assert library.graph_version == version
    assert (report.review_id, report.changed) == (None, False)


def test_a_dry_run_reports_the_same_papers(bare: Library) -> None:
    dry = ingest(bare, ONE, dry_run=True)

    wet = ingest(bare, ONE)

    assert [m.paper.title for m in dry.mentions if m.paper] == [
        m.paper.title for m in wet.mentions if m.paper
    ]
    assert {m.paper.id for m in dry.mentions if m.paper} == {None}


def known_of(library: Library) -> tuple[set[object], set[object]]:
    """Papers and relations without their numbers."""
    numbers = [row[0] for row in library.database.execute_raw("SELECT id FROM papers")]
    cards = library.papers.get(numbers)
    papers = {
        (card.title, card.year, card.identifiers, frozenset(card.nicknames))
        for card in cards.values()
    }
    relations = {
        (cards[r.later].title, cards[r.earlier].title, r.kind, r.text)
        for r in library.reviews.relations_of(numbers)
    }
    return papers, relations


@pytest.mark.parametrize("is_bare", [False, True], ids=["starter", "bare"])
def test_the_order_of_two_reviews_makes_no_difference(is_bare: bool) -> None:
    reviews = [("/one.md", ONE), ("/other.md", OTHER)]
    results = []
    for order in permutations(reviews):
        library = Library.open(None, starter=None if is_bare else DATA)
        for origin, data in order:
            ingest(library, data, origin)
        results.append(known_of(library))

    assert results[0] == results[1]


@pytest.mark.slow
@pytest.mark.parametrize("pair", list(combinations(NAMES, 2)), ids="-".join)
def test_the_order_of_two_samples_makes_no_difference_to_the_papers(pair: tuple[str, str]) -> None:
    results = []
    for order in (pair, pair[::-1]):
        library = Library.open(None)
        for name in order:
            ingest_sample(library, name)
        results.append(known_of(library)[0])

    assert results[0] == results[1]


def test_a_changed_text_replaces_its_own_evidence_only(bare: Library) -> None:
    ingest(bare, OTHER, "/other.md")
    ingest(bare, ONE, "/one.md")
    kept = bare.reviews.mentions_in(1)

    report = ingest(bare, b"# Notes\n\nNothing about papers any more.\n", "/one.md")

    assert report.changed
    assert bare.reviews.mentions_in(1) == kept
    assert bare.reviews.mentions_in(2) == []
    assert bare.papers.by_identifier(["arxiv:1505.00387"]) == {}
    assert len(bare.papers.by_identifier(["arxiv:1512.03385"])) == 1


def test_a_changed_text_equals_the_new_text_read_alone(bare: Library, dump) -> None:
    changed = ONE.replace(b"builds on Highway", b"replaces Highway")
    alone = Library.open(None)
    ingest(alone, changed)
    ingest(bare, ONE)

    ingest(bare, changed)

    assert known_of(bare) == known_of(alone)
    assert len(dump(bare)["mentions"]) == len(dump(alone)["mentions"])


def test_the_same_text_at_two_places_is_two_reviews(bare: Library) -> None:
    ingest(bare, ONE, "/one.md")
    ingest(bare, ONE, "/copy.md")

    assert [review.origin for review in bare.reviews.all()] == ["/copy.md", "/one.md"]
    assert bare.papers.count() == 2


def test_a_paper_another_review_names_survives_forgetting(bare: Library) -> None:
    ingest(bare, ONE, "/one.md")
    ingest(bare, OTHER, "/other.md")

    assert forget_review(bare, "/one.md") == 1
    assert bare.papers.count() == 2


def test_a_paper_the_reader_saved_survives_forgetting(bare: Library) -> None:
    ingest(bare, ONE)
    bare.states.put([1], "queued", reader="me", now=NOW)

    forget_review(bare, "/notes.md")

    assert [paper.id for paper in bare.papers.get([1, 2]).values()] == ["p1"]


def test_forgetting_what_was_never_read_lists_what_was(bare: Library) -> None:
    ingest(bare, ONE, "/one.md")

    with pytest.raises(NotFoundError, match=r"no review came from '/two.md'; known are: /one.md"):
        forget_review(bare, "/two.md")


def test_a_stated_relation_keeps_its_sentence_and_line(bare: Library) -> None:
    report = ingest(bare, ONE)

    relation = next(r for r in report.relations if r.kind == "extends")
    assert relation.later.identifiers == ("arxiv:1512.03385",)
    assert relation.earlier.identifiers == ("arxiv:1505.00387",)
    assert relation.evidence[0].where == "/notes.md:9"
    assert "builds on Highway Networks" in relation.evidence[0].text
    assert relation.evidence[0].stated


def test_a_bare_library_learns_only_what_the_text_says(bare: Library) -> None:
    ingest(bare, ONE)

    cards = bare.papers.get([1, 2])
    assert bare.papers.count() == 2
    assert bare.reviews.lineages() == []
    assert {card.summary for card in cards.values()} <= {
        None,
        "Gates let information pass through many layers.",
        "ResNet builds on Highway Networks, without the gates.",
    }
    assert {row[0] for row in bare.database.execute_raw("SELECT name FROM sources")} == {
        "review:/notes.md"
    }


def test_a_mention_in_a_review_is_matched_with_an_imported_paper(bare: Library) -> None:
    record = PaperRecord(
        title="Highway networks", source="corpus:ml", identifiers=("arxiv:1505.00387",), year=2015
    )
    bare.bulk.add_records("corpus:ml", [("a", record)], NOW)

    report = ingest(bare, ONE)

    mention = next(m for m in report.mentions if m.identifier == "arxiv:1505.00387")
    assert (mention.status, mention.paper.id if mention.paper else None) == ("matched", "p1")


def test_a_paper_is_found_by_what_a_review_says_of_it(starter: Library) -> None:
    assert starter.texts.search_phrase("lecture slides", 5) == []
    ingest(starter, b"# Notes\n\nAlexNet, told after the lecture slides, is large.\n")

    ((number, _),) = starter.texts.search_phrase("lecture slides", 5)

    assert starter.papers.get([number])[number].name == "AlexNet"


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 8, id="png"),
        pytest.param(b"\xff\xd8\xff\xe0\x00\x10JFIF" + bytes(range(256)) * 8, id="jpeg"),
        pytest.param(b"\x7fELF\x02\x01\x01" + b"\x00" * 500, id="program"),
        pytest.param(b"\x00\x01\x02\x03" * 500, id="zeros"),
    ],
)
def test_pictures_and_programs_are_a_clear_error(bare: Library, data: bytes, dump) -> None:
    before = dump(bare)

    with pytest.raises(ReadingError) as caught:
        ingest(bare, data, "/picture.png")

    assert "/picture.png" in str(caught.value)
    assert "\n" not in str(caught.value)
    assert dump(bare) == before


@pytest.mark.parametrize(
    "data", [b"", b"   \n\n", b"# Shopping\n\n- milk\n- bread\n", "# ≈ ∂ 注意\n".encode()]
)
def test_a_text_without_papers_is_a_warning(bare: Library, data: bytes) -> None:
    report = ingest(bare, data)

    assert report.mentions == ()
    assert report.warnings != ()
    assert bare.papers.count() == 0


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(ONE.replace(b"\n", b"\r\n"), id="carriage returns"),
        pytest.param(b"\xef\xbb\xbf" + ONE, id="byte order mark"),
        pytest.param(ONE.decode().encode("utf-16"), id="utf-16"),
    ],
)
def test_line_ends_and_encodings_do_not_move_lines(bare: Library, data: bytes) -> None:
    report = ingest(bare, data)

    lines = [(m.identifier, m.line) for m in report.mentions if m.identifier]
    assert lines == [("arxiv:1505.00387", 3), ("arxiv:1512.03385", 7)]


def test_passwords_in_addresses_never_come_out(bare: Library) -> None:
    text = b"# Notes\n\n- [A paper on nets](https://me:hunter2@arxiv.org/abs/1505.00387)\n"

    report = ingest(bare, text)

    assert "hunter2" not in json.dumps(report.as_json())


def test_a_library_that_refuses_to_write_keeps_nothing(starter: Library, dump) -> None:
    before = dump(starter)
    starter.database.execute_raw("PRAGMA query_only = ON")

    with pytest.raises(LibraryError, match="may be written"):
        ingest(starter, ONE)

    starter.database.execute_raw("PRAGMA query_only = OFF")
    assert dump(starter) == before


def test_two_at_once_make_one_paper_of_one_identifier(tmp_path: Path) -> None:
    libraries = [Library.open(tmp_path / "library.db") for _ in range(2)]
    start = threading.Barrier(2)

    def read(library: Library, number: int) -> None:
        start.wait()
        for round_ in range(5):
            data = ONE + f"\n[Another](https://arxiv.org/abs/2101.0000{round_})\n".encode()
            ingest(library, data, f"/{number}-{round_}.md")

    threads = [
        threading.Thread(target=read, args=pair) for pair in zip(libraries, (1, 2), strict=True)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(libraries[0].reviews.all()) == 10
    assert libraries[0].papers.count() == 7
    for library in libraries:
        library.close()


@pytest.mark.parametrize(
    ("text", "year", "published"),
    [
        ("[Deep Nets Go Deep](https://arxiv.org/abs/2012.09841)", 2020, "2020-12"),
        ("Deep Nets Go Deep (Doe et al., 2021) https://arxiv.org/abs/2012.09841", 2021, "2020-12"),
        ("Deep Nets Go Deep (Doe et al., 2024) https://arxiv.org/abs/2012.09841", 2024, None),
    ],
)
def test_the_number_of_arxiv_dates_a_paper(
    bare: Library, text: str, year: int, published: str | None
) -> None:
    (mention,) = ingest_review(bare, f"- {text}\n".encode(), "a.md", now=NOW).mentions

    assert mention.paper is not None
    assert (mention.paper.year, mention.paper.published) == (year, published)
