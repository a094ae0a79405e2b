"""Papers and what sources say of them; imports in bulk; nicknames; citations."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest
from papergraph.library import Library
from papergraph.models import PaperRecord
from papergraph.text import FEWEST_TITLE_LETTERS, title_key

NOW, LATER = "2026-01-31T12:00:00Z", "2026-02-01T12:00:00Z"
RESNET = PaperRecord(
    title="Deep Residual Learning for Image Recognition",
    source="corpus:ml",
    authors=("Kaiming He", "Jian Sun"),
    year=2016,
    abstract="Deeper networks are harder to train.",
    identifiers=("arxiv:1512.03385",),
)


def add_all(library: Library, source: str, *records: PaperRecord) -> int:
    keyed = [(f"key{number}", record) for number, record in enumerate(records)]
    return library.bulk.add_records(source, keyed, NOW)


def test_a_paper_is_shown_as_it_was_stored(bare: Library) -> None:
    number = bare.papers.add(RESNET, NOW)

    shown = bare.papers.get([number])[number]

    assert (shown.id, shown.title, shown.year) == (f"p{number}", RESNET.title, 2016)
    assert shown.authors == ("Kaiming He", "Jian Sun")
    assert shown.identifiers == ("arxiv:1512.03385",)
    assert bare.papers.abstracts([number]) == {number: RESNET.abstract}


def titles_among(library: Library, *rows: str, hidden: Sequence[int] = ()) -> set[str]:
    keys = [title_key(row) for row in rows]
    beginnings = {key[:FEWEST_TITLE_LETTERS] for key in keys}
    return library.titles.among(beginnings, lambda: keys, hidden) & set(keys)


def test_titles_are_told_among_rows_of_words(bare: Library) -> None:
    bare.papers.add_many([RESNET, replace(RESNET, title=f"{RESNET.title}: Ten Years After")], NOW)

    found = titles_among(
        bare,
        "deep residual learning for image recognition",
        "deep residual learning for image recognition ten",
        "learning for image recognition",
    )

    assert found == {"deepresiduallearningforimagerecognition"}


def test_titles_of_hidden_and_merged_papers_are_not_told(bare: Library) -> None:
    kept, merged = bare.papers.add_many([RESNET, replace(RESNET, title="Going Deep By Steps")], NOW)
    assert titles_among(bare, RESNET.title, hidden=[kept]) == set()
    assert titles_among(bare, RESNET.title, hidden=[merged]) == {title_key(RESNET.title)}

    bare.merge(kept, merged, "a test", NOW)

    shown = bare.papers.get([kept])[kept].title
    assert titles_among(bare, RESNET.title, "Going Deep By Steps") == {title_key(shown)}


def test_many_beginnings_are_looked_up_at_once(bare: Library) -> None:
    bare.papers.add(RESNET, NOW)
    rows = [f"nothing begins with {number:04} words like these" for number in range(5000)]

    assert titles_among(bare, *rows, RESNET.title) == {title_key(RESNET.title)}


@pytest.mark.parametrize(
    ("sources", "title"),
    [
        (("reader:me", "starter", "corpus:ml", "review:x"), "by reader:me"),
        (("review:x", "corpus:ml", "starter"), "by starter"),
        (("review:x", "corpus:ml"), "by corpus:ml"),
        (("corpus:ml", "source:arxiv"), "by source:arxiv"),
        (("review:y", "review:x"), "by review:x"),
    ],
)
def test_the_better_source_is_shown(bare: Library, sources: tuple[str, ...], title: str) -> None:
    first, *others = (PaperRecord(title=f"by {name}", source=name) for name in sources)
    number = bare.papers.add(first, NOW)

    for record in others:
        bare.papers.put_record(number, record, NOW)

    assert bare.papers.get([number])[number].title == title


def test_a_source_that_says_something_else_replaces_its_own_word_only(bare: Library) -> None:
    number = bare.papers.add(RESNET, NOW)
    bare.papers.put_record(number, PaperRecord(title="ResNet", source="review:x"), NOW)

    bare.papers.put_record(number, replace(RESNET, year=2015, identifiers=()), LATER)

    shown = bare.papers.get([number])[number]
    assert (shown.year, shown.identifiers) == (2015, ())
    assert len(bare.papers.records([number])[number]) == 2


def test_the_same_word_again_keeps_its_time(bare: Library) -> None:
    number = bare.papers.add(RESNET, NOW)

    bare.papers.put_record(number, RESNET, LATER)

    assert bare.database.execute_raw("SELECT seen_at FROM records") == [(NOW,)]


def test_dropping_a_source_shows_what_the_others_say(bare: Library) -> None:
    number = bare.papers.add(PaperRecord(title="resnet", source="review:x"), NOW)
    bare.papers.put_record(number, RESNET, NOW)

    touched = bare.papers.drop_records("corpus:ml")

    assert list(touched) == [number]
    assert bare.papers.get([number])[number].title == "resnet"
    assert bare.papers.by_identifier(["arxiv:1512.03385"]) == {}


def test_orphans_are_removed_but_not_papers_somebody_holds_on_to(bare: Library) -> None:
    said, marked, free = (
        bare.papers.add(PaperRecord(title=title, source=f"review:{title}"), NOW) for title in "abc"
    )
    bare.states.put([marked], "queued", reader="me", now=NOW)
    bare.papers.drop_records("review:b")
    bare.papers.drop_records("review:c")

    assert bare.delete_orphans([said, marked, free]) == [free]
    assert set(bare.papers.get([said, marked, free])) == {said, marked}


@pytest.mark.parametrize("name", ["R-CNN", "rcnn", "RCNN", "r cnn", "R‑CNN"])
def test_nicknames_are_found_in_any_spelling(bare: Library, name: str) -> None:
    record = PaperRecord(title="Rich feature hierarchies", source="starter", nicknames=("R-CNN",))
    number = bare.papers.add(record, NOW)

    assert bare.papers.by_name(name) == [number]
    assert bare.papers.names() == ["R-CNN"]


def test_spellings_of_one_nickname_are_kept_once(bare: Library) -> None:
    record = PaperRecord(title="A", source="starter", nicknames=("U-Net", "UNet", "unet", "!"))

    number = bare.papers.add(record, NOW)

    assert bare.papers.get([number])[number].nicknames == ("U-Net",)


def test_two_papers_may_share_a_nickname(bare: Library) -> None:
    records = [PaperRecord(title=t, source="starter", nicknames=("SPP",)) for t in ("A", "B")]

    numbers = [bare.papers.add(record, NOW) for record in records]

    assert bare.papers.by_name("spp") == numbers


def test_a_nickname_means_the_paper_best_known_by_it(bare: Library) -> None:
    lstm = PaperRecord(title="Long short-term memory", source="starter", nicknames=("LSTM",))
    odyssey = PaperRecord(
        title="LSTM: A Search Space Odyssey", source="starter", nicknames=("LSTM Odyssey", "LSTM")
    )

    bare.papers.add(odyssey, NOW)

    assert bare.papers.by_name("LSTM") == [1]
    assert bare.papers.add(lstm, NOW) == 2
    assert bare.papers.by_name("LSTM") == [2]


def test_an_identifier_belongs_to_the_paper_that_had_it_first(bare: Library) -> None:
    first = bare.papers.add(RESNET, NOW)
    bare.papers.add(replace(RESNET, title="Another", source="review:x"), NOW)

    assert bare.papers.by_identifier(["arxiv:1512.03385"]) == {"arxiv:1512.03385": first}


def test_importing_again_changes_nothing(bare: Library, dump) -> None:
    other = replace(RESNET, title="Wide nets", identifiers=())
    assert add_all(bare, "corpus:ml", RESNET, other) == 2
    before = dump(bare)

    assert add_all(bare, "corpus:ml", RESNET, other) == 0
    assert dump(bare) == before


def test_imports_join_by_identifier(bare: Library) -> None:
    number = bare.papers.add(replace(RESNET, source="starter", year=2015), NOW)
    other = PaperRecord(title="Residual", source="corpus:ml", identifiers=("arxiv:1512.03385",))

    assert add_all(bare, "corpus:ml", other) == 0
    assert [record.source for record in bare.papers.records([number])[number]] == [
        "starter",
        "corpus:ml",
    ]


@pytest.mark.parametrize(
    ("other", "is_joined"),
    [
        ({}, True),
        ({"title": "Deep residual learning for image recognition."}, True),
        ({"year": 2015}, True),
        ({"authors": ("He, K.",)}, True),
        ({"year": 2013}, False),
        ({"year": None}, False),
        ({"authors": ()}, False),
        ({"authors": ("Karen Simonyan",)}, False),
        ({"title": "Deep residual learning"}, False),
    ],
)
def test_imports_join_by_title_with_surname_and_year(
    bare: Library, other: dict[str, object], is_joined: bool
) -> None:
    bare.papers.add(replace(RESNET, source="starter", identifiers=()), NOW)
    record = replace(RESNET, identifiers=("doi:10.1109/cvpr.2016.90",), **other)

    assert add_all(bare, "corpus:ml", record) == (0 if is_joined else 1)


def test_two_keys_of_one_source_stay_two_papers_of_one_title(bare: Library) -> None:
    twin = replace(RESNET, identifiers=())

    assert add_all(bare, "corpus:ml", twin, twin) == 2


def test_two_keys_with_one_identifier_become_one_paper(bare: Library) -> None:
    again = replace(RESNET, identifiers=("arxiv:1512.03385", "doi:10.1109/cvpr.2016.90"))

    assert add_all(bare, "corpus:ml", RESNET, again) == 1
    assert bare.bulk.all_keys(1) == {"key0": 1, "key1": 1}
    assert set(bare.papers.get([1])[1].identifiers) == set(again.identifiers)


def test_where_an_import_is_cut_into_chunks_makes_no_difference(dump) -> None:
    again = replace(RESNET, identifiers=("arxiv:1512.03385", "doi:10.1109/cvpr.2016.90"))
    whole, cut = Library.open(None), Library.open(None)

    whole.bulk.add_records("corpus:ml", [("a", RESNET), ("b", again)], NOW)
    for key, record in (("a", RESNET), ("b", again)):
        cut.bulk.add_records("corpus:ml", [(key, record)], NOW)

    assert dump(cut) == dump(whole)


def test_a_wrong_identifier_does_not_join_two_titles(bare: Library) -> None:
    other = replace(RESNET, title="Learning multiple layers of features from tiny images")

    assert add_all(bare, "corpus:ml", RESNET, other) == 2


def test_imported_papers_are_found_by_their_words(bare: Library) -> None:
    add_all(bare, "corpus:ml", RESNET)

    assert [number for number, _ in bare.texts.search("harder to train", 5)] == [1]


def test_a_paper_does_not_cite_itself(bare: Library) -> None:
    a, b = (bare.papers.add(PaperRecord(title=t, source="starter"), NOW) for t in "ab")
    source = bare.papers.add_source("corpus:ml", "corpus", NOW)

    bare.citations.add([(a, a), (a, b), (a, b)], source)

    assert bare.citations.all_pairs() == [(a, b)]
    assert bare.citations.pair_array().tolist() == [[a, b]]
    assert bare.citations.sources_of([(a, b), (b, a)]) == {(a, b): ["corpus:ml"]}


def test_the_array_holds_every_pair_once_however_many_sources_tell_it(bare: Library) -> None:
    a, b, c, d = (bare.papers.add(PaperRecord(title=t, source="starter"), NOW) for t in "abcd")
    one, other = (bare.papers.add_source(name, "corpus", NOW) for name in ("corpus:x", "corpus:y"))

    bare.citations.add([(c, b), (c, a), (a, d)], one)
    bare.citations.add([(c, a), (c, d)], other)

    pairs = bare.citations.pair_array()
    assert [tuple(pair) for pair in pairs.tolist()] == bare.citations.all_pairs()
    assert len(pairs) == 4


def test_a_citation_told_by_two_sources_counts_once(bare: Library) -> None:
    a, b = (bare.papers.add(PaperRecord(title=t, source="starter"), NOW) for t in "ab")
    for name in ("corpus:ml", "source:openalex"):
        bare.citations.add([(a, b)], bare.papers.add_source(name, "corpus", NOW))

    shown = bare.papers.get([a, b])

    assert (shown[a].references_here, shown[b].citations_here) == (1, 1)
    assert bare.citations.sources_of([(a, b)]) == {(a, b): ["corpus:ml", "source:openalex"]}


def test_a_merged_paper_answers_with_its_survivor(bare: Library) -> None:
    a, b, c = (bare.papers.add(PaperRecord(title=t, source="starter"), NOW) for t in "abc")
    bare.database.execute_raw("UPDATE papers SET merged_into = ? WHERE id = ?", (b, a))
    bare.database.execute_raw("UPDATE papers SET merged_into = ? WHERE id = ?", (c, b))

    assert (bare.papers.survivor(a), bare.papers.survivor(c)) == (c, c)
    assert bare.papers.survivor(999) is None
    assert bare.papers.count() == 1


def test_more_papers_than_one_statement_holds_are_shown(bare: Library) -> None:
    records = [PaperRecord(title=f"Paper {n}", source="corpus:ml") for n in range(1201)]
    add_all(bare, "corpus:ml", *records)

    shown = bare.papers.get(range(1, 1300))

    assert len(shown) == 1201
    assert list(shown) == list(range(1, 1202))


def test_dates_by_number_are_infinite_when_unknown(bare: Library) -> None:
    bare.papers.add(PaperRecord(title="A", source="starter", published="2015-12"), NOW)
    bare.papers.add(PaperRecord(title="B", source="starter"), NOW)

    dates = bare.papers.date_array()

    assert dates[1] == pytest.approx(2015 + 11.5 / 12)
    assert dates[2] == float("inf")


def test_a_citation_that_two_sources_tell_counts_once(bare: Library) -> None:
    one, other = (bare.papers.add(PaperRecord(title=t, source="starter"), NOW) for t in "ab")
    for name in ("corpus:x", "source:s2"):
        bare.citations.add([(one, other)] * 200, bare.papers.add_source(name, "corpus", NOW))

    assert bare.citations.count() == 1
    assert bare.citations.counts_of([one, other]) == {other: 1}
    assert bare.citations.pair_array().tolist() == [[one, other]]
    assert bare.citations.sources_of([(one, other)]) == {(one, other): ["corpus:x", "source:s2"]}


def test_a_secret_is_made_once(bare: Library) -> None:
    made = bare.secret("door")

    assert bare.secret("door") == made
    assert bare.secret("gate") != made
