"""Sentences and what they say of two papers: (later, earlier, kind)."""

import pytest
from papergraph.readers import read_review

NAMES = ["AlexNet", "VGGNet", "R-CNN", "Fast R-CNN", "ResNet", "Network in Network", "Adam"]
AX = "https://arxiv.org/abs/1512.03385"
SECTION = f"## [DNet]({AX}) (2016)\n\nSome words of my own stand here before it comes.\n\n"


def relations(text, *, stated=True, names=NAMES):
    review = read_review(text.encode(), "a.md", names=names)

    def name(number):
        mention = review.mentions[number]
        return mention.nickname or mention.title

    return [
        (name(found.later), name(found.earlier), found.kind)
        for found in review.relations
        if found.stated is stated
    ]


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("It is a slight modification of AlexNet.", [("DNet", "AlexNet", "extends")]),
        (
            "The model builds on ResNet and VGGNet.",
            [("DNet", "ResNet", "extends"), ("DNet", "VGGNet", "extends")],
        ),
        (
            "This was more of a fine tuning to the previous AlexNet structure.",
            [("DNet", "AlexNet", "extends")],
        ),
        ("Very similar architecture to AlexNet.", [("DNet", "AlexNet", "extends")]),
        ("Fast R-CNN is based on R-CNN.", [("Fast R-CNN", "R-CNN", "extends")]),
        (
            "It works to combat the slow training that both R-CNN and Fast R-CNN exhibited.",
            [("DNet", "R-CNN", "extends"), ("DNet", "Fast R-CNN", "extends")],
        ),
        ("Utilized concepts from R-CNN for detection.", [("DNet", "R-CNN", "uses")]),
        (
            "The 1x1 convolutions (or network in network layer) reduce it.",
            [("DNet", "Network in Network", "uses")],
        ),
        ("A trained net (AlexNet in this case) extracts features.", [("DNet", "AlexNet", "uses")]),
        ("First feed the image into an R-CNN.", [("DNet", "R-CNN", "uses")]),
        ("Uses 12x fewer parameters than AlexNet.", [("DNet", "AlexNet", "compares")]),
        (
            "Filters are quite different from AlexNet's 11x11 ones and VGGNet's small ones.",
            [("DNet", "AlexNet", "compares"), ("DNet", "VGGNet", "compares")],
        ),
        ("It outperforms ResNet.", [("DNet", "ResNet", "compares")]),
        ("It replaces AlexNet layers.", [("DNet", "AlexNet", "replaces")]),
        ("Before reading this paper, read ResNet.", [("DNet", "ResNet", "prerequisite")]),
    ],
)
def test_a_sentence_states_a_relation(sentence, expected):
    assert relations(f"{SECTION}{sentence}\n") == expected


@pytest.mark.parametrize(
    "sentence",
    [
        "AlexNet was popular in 2012.",
        "With AlexNet stealing the show there were many nets.",
        "It is not based on AlexNet.",
        "DNet uses DNet layers.",
        "I like it, adam and all.",
        "We start with AlexNet, Marco presents.",
    ],
)
def test_a_sentence_that_states_none(sentence):
    assert relations(f"{SECTION}{sentence}\n") == []


def test_the_original_model_of_a_family_is_its_first():
    text = (
        f"## Nets ([RNet - 2013]({AX}), [Fast RNet - 2015](https://arxiv.org/abs/1504.08083))\n\n"
        "They find things.\n\n### Fast RNet\n\nImprovements were made to the original model.\n"
    )

    assert relations(text, names=[]) == [("Fast RNet", "RNet", "extends")]


def test_a_relation_quotes_the_sentence_at_its_line():
    text = f"## [DNet]({AX}) (2016)\n\nWords first.\n\nMore words. It extends AlexNet. The end.\n"
    found = read_review(text.encode(), "a.md", names=NAMES).relations[0]

    assert (found.line, found.sentence, found.cue) == (5, "It extends AlexNet.", "extends")


NUMBERED = (
    "# Papers\n\n1. [Deep Nets A]({}0001)\n2. [Deep Nets B]({}0002)\n3. [Deep Nets C]({}0003)\n"
)


@pytest.mark.parametrize(
    ("years", "count"), [(("12", "13", "14"), 2), (("14", "13", "12"), 0)], ids=["oldest", "newest"]
)
def test_order_follows_a_numbered_list_unless_newest_first(years, count):
    text = NUMBERED.format(*(f"https://arxiv.org/abs/{year}01." for year in years))

    assert len(relations(text, stated=False)) == count


TITLES = ("Deep Nets", "Wide Nets", "Thin Nets", "Flat Nets", "Tall Nets", "Big Nets", "Old Nets")
CITED = "\n\n".join(
    f"[{at}] A. Author. {t} Go Far. CVPR 201{at}." for at, t in enumerate(TITLES, 1)
)


@pytest.mark.parametrize(
    ("text", "count"),
    [
        (f"# Roadmap\n\n{CITED}", 6),
        (f"# Essay\n\nNets are deep [1], wide [2, 3] and old [7].\n\n{CITED}", 0),
        (f"# Essay\n\n**References**\n\n{CITED[: CITED.index('[3]')]}", 0),
        ("# Papers\n\n" + "\n".join(f"{n}. [{t} Go](https://arxiv.org/abs/1512.0000{n})"
         for n, t in enumerate(sorted(TITLES), 1)), 0),
    ],
    ids=["roadmap", "cited by number", "headed as references", "alphabetical"],
)  # fmt: skip
def test_numbers_of_references_and_of_the_alphabet_are_no_order(text, count):
    assert len(relations(text, stated=False, names=[])) == count


def test_order_runs_from_week_to_week():
    text = "### Week 1\n#### Paper 1: Deep Nets A Go\n### Week 2\n#### Paper 1: Deep Nets B Go\n"

    assert relations(text, stated=False) == [("Deep Nets B Go", "Deep Nets A Go", "order")]


def test_order_runs_from_week_to_week_without_titles():
    text = (
        "# Papers\n\n### Week 1\n\nThe first paper is on ResNet. It is deep.\n\n"
        "### Week 2\n\nThe first paper by Greff et al. explains a cell.\n"
    )
    review = read_review(text.encode(), "a.md", names=NAMES)

    assert [(r.later, r.earlier) for r in review.relations if not r.stated] == [(1, 0)]


def test_short_and_ordinary_names_need_their_capitals():
    review = read_review(
        b"We train with Adam. adam is a name, resnet is not.\n", "a.md", names=NAMES
    )

    assert [m.text for m in review.mentions] == ["Adam", "resnet"]


def test_it_of_the_next_sentence_is_the_paper_where_that_was_named():
    text = (
        "Words first.\n\nResNet is deep. It builds on AlexNet, and that is all there is to say.\n"
    )

    review = read_review(text.encode(), "a.md", names=NAMES)

    assert [(m.line, m.column, m.text) for m in review.mentions] == [
        (3, 1, "ResNet"),
        (3, 30, "AlexNet"),
    ]
    assert relations(text) == [("ResNet", "AlexNet", "extends")]


@pytest.mark.parametrize("words", ["We use", "Our network extends", "In our work we build on"])
def test_we_after_a_paper_that_is_named_are_the_writers_of_the_text(words):
    assert relations(f"ResNet is deep. {words} AlexNet.\n") == []
