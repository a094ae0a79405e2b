"""Authors and a year mean the one paper of the library that fits, or none."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from papergraph.library import Library
from papergraph.matching import drop_unfound, link_mentions
from papergraph.models import Byline, FoundMention, FoundRelation, PaperRecord, Review
from tests.conftest import add_papers

NETS = PaperRecord(
    title="RocketNet: Denoising Engines for Steam",
    source="starter",
    authors=("Ann Bee", "Ben Cee", "Cem Dee"),
    year=2015,
)
OTHER = PaperRecord(
    title="Parachutes that Fold Themselves",
    source="starter",
    authors=("Alf Bee", "Dan Eff", "Eva Gee"),
    year=2015,
)
PAIR = PaperRecord(
    title="Wings for Everybody", source="starter", authors=("Ann Bee", "Ben Cee"), year=2016
)
OPEN = Byline(surnames=("bee",), year=2015, is_open=True)
TWO = Byline(surnames=("bee", "cee"), year=2016)


def mention(byline: Byline | None = None, **fields: object) -> FoundMention:
    plain = {"line": 1, "column": 1, "text": "it", "sentence": "It flies.", "role": "named"}
    return FoundMention(**{**plain, **fields, "byline": byline})


def meant(library: Library, *mentions: FoundMention) -> list[str | None]:
    """The titles of the papers the mentions are linked to."""
    linked = link_mentions(mentions, library.catalogue)[0]
    cards = library.papers.get([link.paper for link in linked if link.paper])
    return [cards[link.paper].title if link.paper else None for link in linked]


@pytest.mark.parametrize(
    ("byline", "sentence", "expected"),
    [
        (OPEN, "Steam is denoised by Bee et al. (2015).", NETS.title),
        (OPEN, "RocketNet (Bee et al., 2015) flies.", NETS.title),
        (OPEN, "It flies (Bee et al., 2015).", None),
        (OPEN, "A deep model (Bee et al., 2015).", None),
        (Byline(surnames=("bee",), year=2016, is_open=True), "Denoising engines.", NETS.title),
        (Byline(surnames=("bee",), year=2016, is_open=True), "Denoising.", None),
        (Byline(surnames=("bee",), year=2014, is_open=True), "Denoising steam engines.", None),
        (Byline(surnames=("bee",), year=2015, is_open=True, mark="b"), "Denoising steam.", None),
        (TWO, "It flies (Bee and Cee, 2016).", PAIR.title),
        (Byline(surnames=("bee", "cee"), year=2017), "It flies (Bee and Cee, 2017).", PAIR.title),
        (Byline(surnames=("bee", "cee"), year=2015), "It flies (Bee and Cee, 2015).", None),
        (Byline(surnames=("bee", "cee"), year=2015), "Wings (Bee and Cee, 2015).", PAIR.title),
        (Byline(surnames=("bee", "cee", "eff"), year=2015), "Denoising steam.", None),
        (Byline(surnames=("bee",), year=2016, is_lead=True, word="wings"), "It.", PAIR.title),
        (Byline(surnames=("bee",), year=2016, is_lead=True, word="kites"), "It.", None),
        (Byline(surnames=("nobody", "cee"), year=2016), "Wings for everybody.", None),
    ],
)
def test_a_byline_means_the_only_paper_that_fits(
    bare: Library, byline: Byline, sentence: str, expected: str | None
) -> None:
    add_papers(bare, NETS, PAIR)

    assert meant(bare, mention(byline, sentence=sentence)) == [expected]


def test_two_papers_that_fit_are_none_unless_the_sentence_names_one(bare: Library) -> None:
    add_papers(bare, NETS, OTHER)

    said = mention(OPEN, sentence="Parachutes fold themselves (Bee et al., 2015).")
    named = mention(OPEN, sentence="RocketNet, Bee et al. 2015, is steam.")

    assert meant(bare, said) == [None]
    assert meant(bare, named) == [NETS.title]


def test_a_byline_means_what_the_review_names_elsewhere(bare: Library) -> None:
    add_papers(bare, NETS, OTHER)

    found = meant(bare, mention(OPEN), mention(title=OTHER.title))

    assert found == [OTHER.title, OTHER.title]


def test_papers_told_apart_by_letters_are_not_one(bare: Library) -> None:
    add_papers(bare, NETS)
    marked = [Byline(surnames=("bee",), year=2015, is_open=True, mark=mark) for mark in "ab"]

    found = meant(bare, *[mention(one) for one in marked], mention(title=NETS.title))

    assert found == [None, None, NETS.title]


def test_bylines_without_a_paper_leave_the_review_whole(bare: Library) -> None:
    add_papers(bare, NETS)
    mentions = (mention(TWO), mention(title=NETS.title), mention(title="Kites that Steer Home"))
    relation = FoundRelation(
        later=2, earlier=1, kind="extends", line=1, sentence="It flies.", cue="extends"
    )
    review = Review(
        origin="a.md", format="markdown", text="", sha256="", mentions=mentions,
        relations=(relation,),
    )  # fmt: skip

    left, linked, works = drop_unfound(review, *link_mentions(mentions, bare.catalogue))

    assert [one.title for one in left.mentions] == [NETS.title, "Kites that Steer Home"]
    assert [works[link.work or 0].titles[0] for link in linked] == [m.title for m in left.mentions]
    assert (left.relations[0].later, left.relations[0].earlier) == (1, 0)
    assert [work.mentions for work in works] == [(0,), (1,)]


def told(library: Library, *mentions: FoundMention) -> tuple[str, ...]:
    """The warnings about what was not found."""
    review = Review(origin="a.md", format="markdown", text="", sha256="", mentions=mentions)
    left = drop_unfound(review, *link_mentions(mentions, library.catalogue))[0]
    return tuple(one for one in left.warnings if "people and year" in one)


@pytest.mark.parametrize(
    ("sentence", "is_told"),
    [
        ("{As Zork et al. (2015)} say.", True),
        ("It flies ({Zork et al., 2015}).", True),
        ("It flies ({van den Zork et. al. 2015a}).", True),
        ("As {zork et al. 2015} say.", True),
        ("{The A. B. Zork et al. (1989)} paper.", True),
        ("{As Zork & Blub (2015)} say.", True),
        ("{In the Zork et al. (2015)} paper.", True),
        ("It flies ({Zork and Blub, 2015}).", True),
        ("It flies [{Zork and Blub 2015}].", True),
        ("It flies ({Zork, Eff, and Blub, 2015}; and others).", True),
        ("It flies (see {D. Zork & E. Blub, 2015}).", True),
        ("As {Zork and Blub in 2015} did.", False),
        ("It is {Augmented and Virtual Reality, 2015}.", False),
        ("In the {ILSVRC and COCO 2015} competitions.", False),
        ("The {ILSVRC and COCO (2015)} competitions.", False),
        ("The Journal of {Chemistry and Physics (2015)} has it.", False),
        ("International Conference on {Robotics and Automation (2015)}.", False),
        ("It was {Winter (2015)}.", False),
        ("It is from ({Zork, 2015}).", False),
        ("Ann Bee, Dan Eff, {Ben Bashlykov, et al. 2015}.", False),
        ("It is HPC, {Deep Learning and Engines (2015 Edition)}.", False),
    ],
)  # fmt: skip
def test_people_who_can_only_be_those_of_a_paper_are_told_of(
    bare: Library, sentence: str, is_told: bool
) -> None:
    text = sentence[sentence.index("{") + 1 : sentence.index("}")]
    byline = Byline(surnames=("zork", "blub"), year=2015)
    said = sentence.replace("{", "").replace("}", "")

    warnings = told(bare, mention(byline, text=text, sentence=said))

    people = re.sub(r"^(As|In the|The) ", "", text)
    expected = f"not found for sure by people and year: {people!r} (line 1); add a title or a link"
    assert warnings == ((expected,) if is_told else ())


def test_people_are_told_of_without_the_sentence_around_them(bare: Library) -> None:
    said = mention(OPEN, text="As Bee et al. (2015a", sentence="As Bee et al. (2015a, b) say.")

    assert "'Bee et al. (2015a)' (line 1)" in told(bare, said)[0]


def test_people_who_are_found_or_settled_are_not_told_of(bare: Library) -> None:
    add_papers(bare, PAIR)

    assert told(bare, mention(TWO, text="Bee & Cee (2016)", sentence="Bee & Cee (2016).")) == ()


def test_those_not_found_are_told_of_once_and_the_first_five(bare: Library) -> None:
    some = [
        mention(replace(OPEN, year=year), text=f"Bee et al. {year}", line=line)
        for line, year in enumerate([1990, 1990, *range(1991, 2001)], 1)
    ]

    (warning,) = told(bare, *some)

    assert warning.count("Bee et al.") == 5
    assert "'Bee et al. 1990' (line 1), 'Bee et al. 1991' (line 3)" in warning
    assert " and 6 more;" in warning


def test_all_sentences_with_a_byline_speak_for_it_and_the_first_of_a_section_stays(
    bare: Library,
) -> None:
    add_papers(bare, NETS)
    said = [
        mention(OPEN, sentence="Read Bee et al. (2015)."),
        mention(OPEN, sentence="Steam is denoised by Bee et al. (2015)."),
        mention(OPEN, sentence="See Bee et al. (2015).", heading="Later"),
    ]
    review = Review(origin="a.md", format="markdown", text="", sha256="", mentions=tuple(said))

    left, _, works = drop_unfound(review, *link_mentions(said, bare.catalogue))

    assert left.mentions == (said[0], said[2])
    assert [work.mentions for work in works] == [(0, 1)]


def test_a_known_name_of_other_people_is_not_that_paper(bare: Library) -> None:
    add_papers(bare, replace(NETS, nicknames=("RocketNet",)))
    theirs = replace(mention(), nickname="RocketNet", authors=("Gehring",))
    plain = replace(mention(), nickname="RocketNet")
    review = Review(
        origin="a.md", format="markdown", text="", sha256="", mentions=(theirs, plain)
    )  # fmt: skip

    assert meant(bare, theirs, plain, replace(theirs, authors=("Bee",))) == [
        None,
        NETS.title,
        NETS.title,
    ]
    assert drop_unfound(review, *link_mentions((theirs, plain), bare.catalogue))[0].mentions == (
        plain,
    )
