"""What to read next: never what is known, only what was there at the time, each with a reason."""

from __future__ import annotations

import pytest
from papergraph.embed import embed_papers
from papergraph.errors import InputError, NotFoundError
from papergraph.library import Library
from papergraph.models import PaperRecord, Recommendation
from papergraph.recommend import recommend_next
from tests.conftest import NOW, HashingEmbedder, add_papers
from tests.drawing import draw


def names(found: tuple[Recommendation, ...]) -> list[str]:
    return [item.paper.name for item in found]


@pytest.fixture
def cited(bare: Library) -> Library:
    """Papers 1 to 6 of 2011-01 to 2016-01; 3 to 6 cite 1 and 2, 6 cites 5, 7 has no date."""
    dates = [f"201{n}-01" for n in range(1, 7)]
    records = [
        PaperRecord(title=f"Paper {n}", source="starter", published=date, year=int(date[:4]))
        for n, date in enumerate(dates, 1)
    ]
    add_papers(bare, *records, PaperRecord(title="Undated", source="starter"))
    source = bare.papers.add_source("starter", "curated", NOW)
    pairs = [(n, old) for n in (3, 4, 5, 6) for old in (1, 2)]
    bare.citations.add([*pairs, (6, 5), (6, 7), (5, 7)], source)
    bare.touch_graph()
    return bare


def test_what_follows_a_line_is_proposed_with_its_reason(shared_starter: Library) -> None:
    found = recommend_next(shared_starter, ["AlexNet", "VGG"], limit=10)

    assert {"ZF Net", "GoogLeNet"} <= set(names(found))
    assert all(item.because for item in found)
    assert all(item.group for item in found)


def test_scores_fall_from_one(shared_starter: Library) -> None:
    scores = [item.score for item in recommend_next(shared_starter, ["AlexNet"], limit=20)]

    assert scores[0] == 1.0
    assert scores == sorted(scores, reverse=True)
    assert min(scores) > 0


def test_nothing_known_is_proposed(shared_starter: Library) -> None:
    known = ["AlexNet", "VGG", "GoogLeNet", "ResNet"]

    found = recommend_next(shared_starter, known, limit=200)

    assert set(names(found)) & set(known) == set()
    assert len(found) == len({item.paper.id for item in found})


def test_a_skipped_paper_is_not_proposed_again(starter: Library) -> None:
    first = recommend_next(starter, ["AlexNet"], limit=1)[0]
    number = int(str(first.paper.id)[1:])

    starter.states.put([number], "skipped", reader="me", now=NOW)

    found = recommend_next(starter, ["AlexNet"], limit=200)
    assert first.paper.id not in {item.paper.id for item in found}


def test_what_goes_with_a_skipped_paper_sinks(bare: Library) -> None:
    #  p q cite a and c; r s cite a, d and the skipped e; d is cited once more
    drawn = draw(
        bare,
        "a:2010 c:2011 d:2011 e:2011 p:2012 q:2012 r:2012 s:2012 t:2012",
        cites="p>ac q>ac r>ade s>ade t>ad",
    )
    before = drawn.next("a", limit=20)

    bare.states.put([drawn.numbers["e"]], "skipped", reader="me", now=NOW)

    after = drawn.next("a", limit=20)
    assert before.index("d") < before.index("c")
    assert after.index("c") < after.index("d")
    assert "e" not in after


# p q cite a and c; r s cite b and d; t cites d once more, so that d comes first
TWO_LINES = {"papers": "a:2010 b:2010 c:2011 d:2011 p:2012 q:2012 r:2012 s:2012 t:2012"}


@pytest.mark.parametrize(
    ("rated", "stars", "first"),
    [("a", None, "d"), ("a", 5, "c"), ("b", 1, "c"), ("b", 2, "c"), ("a", 3, "d"), ("a", 2.5, "d")],
)
def test_what_goes_with_papers_rated_high_comes_first_and_low_last(
    bare: Library, rated: str, stars: float | None, first: str
) -> None:
    drawn = draw(bare, TWO_LINES["papers"], cites="p>ac q>ac r>bd s>bd t>bd")
    bare.ratings.put([drawn.numbers[rated]], stars, reader="me", now=NOW)

    found = drawn.next("ba", limit=20)

    assert min(("c", "d"), key=f"{found}cd".index) == first
    assert rated not in found


def test_the_rating_is_told_in_the_reason(bare: Library) -> None:
    drawn = draw(bare, TWO_LINES["papers"], cites="p>ac q>ac")
    bare.ratings.put([drawn.numbers["a"]], 4.5, reader="me", now=NOW)

    (first, *_) = recommend_next(bare, drawn.ids("a"))

    assert "(which you gave 4.5 of 5)" in first.because[0].text


def test_with_nothing_liked_there_are_places_to_start(bare: Library) -> None:
    drawn = draw(bare, TWO_LINES["papers"], cites="p>ac q>ac")
    bare.ratings.put([drawn.numbers["a"]], 1, reader="me", now=NOW)

    found = recommend_next(bare, drawn.ids("a"))

    assert {item.group for item in found} == {"A place to start"}
    assert drawn.ids("a")[0] not in {item.paper.id for item in found}


def test_marked_papers_count_as_known(starter: Library) -> None:
    (number,) = starter.papers.by_name("AlexNet")
    starter.states.put([number], "read", reader="me", now=NOW)

    marked, given = recommend_next(starter), recommend_next(starter, ["AlexNet"], reader="other")

    assert names(marked) == names(given)


def test_with_nothing_known_there_are_places_to_start(shared_starter: Library) -> None:
    found = recommend_next(shared_starter)

    assert {item.group for item in found} == {"A place to start"}
    assert all(item.ready and not item.missing for item in found)


def test_an_empty_library_proposes_nothing(bare: Library) -> None:
    assert recommend_next(bare) == ()


def test_missing_prerequisites_are_named(shared_starter: Library) -> None:
    found = recommend_next(shared_starter, ["ResNet"], limit=50)

    for item in found:
        assert item.ready is (item.missing == ())
        assert item.paper.id not in {paper.id for paper in item.missing}
    assert any(item.missing for item in found)


def test_a_target_draws_what_it_needs(shared_starter: Library) -> None:
    found = recommend_next(shared_starter, ["AlexNet"], target="Faster R-CNN", limit=10)

    assert {"Fast R-CNN", "R-CNN"} & set(names(found))


def test_companions_come_from_common_citers(cited: Library) -> None:
    found = recommend_next(cited, ["p1"], limit=10)

    assert found[0].paper.id == "p2"
    assert found[0].because[0].text == (
        "cited together with Paper 1 by 4 of 4 papers and reviews here"
    )


@pytest.fixture
def company(bare: Library) -> Library:
    """7 and 8 cite 1 to 6; 2 shares authors with 1, 3 and 1 have one topic."""
    told = {
        1: ("Seeing cats with deep nets", ("Ada Byron", "Bob Ray", "Cy Poe")),
        2: ("Routing parcels by hand", ("Zoe Lu", "BOB RAY", "Cy Poe", "Ada Byron")),
        3: ("Seeing cats with deeper nets", ("Eve Orr",)),
    }
    titles = ["Growing beans", "Painting walls", "Singing in choirs", "On all of it", "More of it"]
    others = {n: (title, ()) for n, title in enumerate(titles, 4)}
    records = [
        PaperRecord(title=title, authors=authors, source="starter")
        for _, (title, authors) in sorted((told | others).items())
    ]
    add_papers(bare, *records)
    source = bare.papers.add_source("starter", "curated", NOW)
    bare.citations.add([(n, old) for n in (7, 8) for old in range(1, 7)], source)
    bare.touch_graph()
    return bare


def test_another_paper_of_its_authors_comes_first_and_says_so(company: Library) -> None:
    found = recommend_next(company, ["p1"], limit=10)

    assert found[0].paper.id == "p2"
    assert found[0].because[0].text == (
        "BOB RAY, Cy Poe and 1 other wrote it and Seeing cats with deep nets"
    )
    assert (found[0].because[0].kind, found[0].because[0].stated) == ("title", True)


def test_what_is_near_in_meaning_comes_before_other_company(company: Library) -> None:
    embed_papers(company, HashingEmbedder())

    found = recommend_next(company, ["p1"], limit=10)

    place = {item.paper.id: n for n, item in enumerate(found)}
    assert place["p3"] < min(place[other] for other in ("p4", "p5", "p6"))
    said = [one.text for item in found if item.paper.id == "p3" for one in item.because]
    assert "near 'Seeing cats with deep nets' by meaning" in said


@pytest.mark.parametrize(
    ("as_of", "citers"),
    [
        ("2013-06", "by the only paper or review here that"),
        ("2014-06", "by 2 of 2 papers"),
        ("2016-12", "by 4 of 4 papers"),
    ],
)
def test_only_citers_of_the_time_are_counted(cited: Library, as_of: str, citers: str) -> None:
    (found,) = (r for r in recommend_next(cited, ["p1"], as_of=as_of) if r.paper.id == "p2")

    assert citers in found.because[0].text


@pytest.mark.parametrize("as_of", ["2012-06", "2015-06", "2020-01"])
def test_nothing_later_and_nothing_undated_is_proposed(cited: Library, as_of: str) -> None:
    found = [*recommend_next(cited, ["p1"], as_of=as_of), *recommend_next(cited, as_of=as_of)]

    assert all(str(item.paper.published) <= as_of for item in found if item.paper.published)
    assert "Undated" not in names(tuple(found))


def test_starts_of_the_past_count_only_citers_of_the_past(cited: Library) -> None:
    found = recommend_next(cited, as_of="2013-06")

    assert [item.because[0].text for item in found if item.paper.id == "p1"] == [
        "cited by 1 paper or review here"
    ]


def test_nothing_follows_from_what_had_not_appeared_yet(cited: Library) -> None:
    found = recommend_next(cited, ["p6", "p3"], as_of="2013-06")

    assert found
    said = " ".join(one.text for item in found for one in item.because)
    assert "Paper 6" not in said
    starts = recommend_next(cited, ["p6"], as_of="2013-06")
    assert {item.group for item in starts} == {"A place to start"}


def test_a_paper_of_the_month_itself_may_be_proposed(cited: Library) -> None:
    assert "p2" in {item.paper.id for item in recommend_next(cited, ["p1"], as_of="2013-01")}


def test_variety_lets_no_group_fill_the_answer(shared_starter: Library) -> None:
    known = ["AlexNet", "VGG", "ResNet"]

    same = recommend_next(shared_starter, known, limit=10, diverse=False)
    varied = recommend_next(shared_starter, known, limit=10)

    assert len(varied) == len(same) == 10
    assert len({item.group for item in varied}) >= len({item.group for item in same})


@pytest.mark.parametrize("as_of", ["2015", "2015-13", "2015-00", "15-01", "yesterday", "2015-1x"])
def test_a_bad_month_is_an_error(shared_starter: Library, as_of: str) -> None:
    with pytest.raises(InputError, match="give a month as YYYY-MM"):
        recommend_next(shared_starter, as_of=as_of)


@pytest.mark.parametrize("limit", [0, -1, 501])
def test_a_bad_limit_is_an_error(shared_starter: Library, limit: int) -> None:
    with pytest.raises(InputError, match=r"limit is -?[0-9]+; give a whole number from 1 to 500"):
        recommend_next(shared_starter, limit=limit)


def test_too_many_known_papers_are_an_error(shared_starter: Library) -> None:
    with pytest.raises(InputError, match="5001 known papers"):
        recommend_next(shared_starter, ["p1"] * 5001)


def test_an_unknown_paper_is_an_error(shared_starter: Library) -> None:
    with pytest.raises(NotFoundError, match="no paper answers"):
        recommend_next(shared_starter, ["no such paper at all"])


def test_the_same_question_has_the_same_answer(shared_starter: Library) -> None:
    first, again = (recommend_next(shared_starter, ["ResNet", "BERT"]) for _ in range(2))

    assert first == again


def test_a_long_list_of_ids_means_the_same_as_one_by_one(shared_starter: Library) -> None:
    numbers = [shared_starter.papers.by_name(name)[0] for name in ("AlexNet", "VGG")]

    by_id = recommend_next(shared_starter, [f"p{number}" for number in numbers])

    assert names(by_id) == names(recommend_next(shared_starter, ["AlexNet", "VGG"]))
