"""A table of sentences and what they say: (later, earlier, kind), or nothing."""

import pytest
from papergraph.readers import read_review

NAMES = (
    "AlexNet",
    "VGGNet",
    "R-CNN",
    "Fast R-CNN",
    "ResNet",
    "LSTM",
    "Adam",
    "BERT",
    "GPT-2",
    "Transformer",
    "Batch Norm",
    "Network in Network",
    "Vanishing gradient problem",
    "Highway Networks",
    "REINFORCE",
    "ALIGN",
    "GAN",
    "Region proposal network",
)
SECTION = (
    "## [DNet](https://arxiv.org/abs/1512.03385) (2016)\n\n"
    "Some words of my own stand before it.\n\n"
)
OWN, PROBLEM = "DNet", "Vanishing gradient problem"


def relations(text, names=NAMES):
    review = read_review(text.encode(), "a.md", names=names)

    def name(number):
        mention = review.mentions[number]
        return mention.nickname or mention.title or mention.text

    return [
        (name(found.later), name(found.earlier), found.kind)
        for found in review.relations
        if found.stated
    ]


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("It builds heavily on AlexNet.", [(OWN, "AlexNet", "extends")]),
        ("Based on AlexNet.", [(OWN, "AlexNet", "extends")]),
        ("The successor of AlexNet.", [(OWN, "AlexNet", "extends")]),
        ("This is v2 of AlexNet.", [(OWN, "AlexNet", "extends")]),
        ("It is a far larger version of GPT-2.", [(OWN, "GPT-2", "extends")]),
        ("Inspired by the success of BERT, it masks patches.", [(OWN, "BERT", "extends")]),
        ("DNet solves the vanishing gradient problem.", [(OWN, PROBLEM, "extends")]),
        ("It turns the last layers of VGGNet into convolutions.", [(OWN, "VGGNet", "extends")]),
        ("A simple extension of Residual Learning (ResNet).", [(OWN, "ResNet", "extends")]),
        ("ResNet and VGGNet are both based on AlexNet.", "two"),
        ("AlexNet was extended by VGGNet.", [("VGGNet", "AlexNet", "extends")]),
        ("AlexNet inspired VGGNet.", [("VGGNet", "AlexNet", "extends")]),
        ("This work inspired VGGNet.", [("VGGNet", OWN, "extends")]),
        ("AlexNet paved the way for ResNet.", [("ResNet", "AlexNet", "extends")]),
        ("ResNet is deep because it extends VGGNet.", [("ResNet", "VGGNet", "extends")]),
        ("Fast R-CNN, which is based on R-CNN, is slower.", [("Fast R-CNN", "R-CNN", "extends")]),
        (
            "It uses the 1x1 convolutions of Network in Network.",
            [(OWN, "Network in Network", "uses")],
        ),
        ("The encoder is pretrained with BERT.", [(OWN, "BERT", "uses")]),
        ("It borrows the shortcuts from ResNet.", [(OWN, "ResNet", "uses")]),
        (
            "Fast R-CNN does not use LSTM, but instead usually uses Batch Norm.",
            [("Fast R-CNN", "Batch Norm", "uses")],
        ),
        ("The AlexNet net, which uses Batch Norm, is old.", [("AlexNet", "Batch Norm", "uses")]),
        ("It adopts Batch Norm.", [(OWN, "Batch Norm", "uses")]),
        ("DNet is a ResNet-based detector.", [(OWN, "ResNet", "uses")]),
        ("Batch Norm is used by ResNet.", [("ResNet", "Batch Norm", "uses")]),
        ("The method is used in ResNet.", [("ResNet", OWN, "uses")]),
        ("It is initialised with weights from VGGNet.", [(OWN, "VGGNet", "uses")]),
        ("The loss is the same as in ResNet.", [(OWN, "ResNet", "uses")]),
        ("They change a ResNet and use Batch Norm.", [(OWN, "Batch Norm", "uses")]),
        ("We train ResNet using Adam.", [(OWN, "Adam", "uses")]),
        (
            "It replaces LSTM with Transformer in the decoder.",
            [(OWN, "LSTM", "replaces"), (OWN, "Transformer", "uses")],
        ),
        ("It takes Adam instead of REINFORCE.", [(OWN, "REINFORCE", "replaces")]),
        ("LSTM was superseded by Transformer.", [("Transformer", "LSTM", "replaces")]),
        ("It learns masks instead of using LSTM.", [(OWN, "LSTM", "replaces")]),
        ("A drop-in replacement for ResNet.", [(OWN, "ResNet", "replaces")]),
        ("Unlike ResNet, there are no shortcuts.", [(OWN, "ResNet", "compares")]),
        ("Unlike the original Transformer, it is small.", [(OWN, "Transformer", "compares")]),
        ("It is faster than ResNet.", [(OWN, "ResNet", "compares")]),
        ("VGGNet is simpler than ResNet.", [("VGGNet", "ResNet", "compares")]),
        ("A gain of 3% over ResNet.", [(OWN, "ResNet", "compares")]),
        ("AlexNet was outperformed by ResNet.", [("ResNet", "AlexNet", "compares")]),
        ("Text: a plain BERT, similar to GPT-2.", [(OWN, "GPT-2", "compares")]),
        ("DNet does not outperform ResNet.", [(OWN, "ResNet", "compares")]),
        ("Before reading ResNet read VGGNet.", [("ResNet", "VGGNet", "prerequisite")]),
        ("Read VGGNet before ResNet.", [("ResNet", "VGGNet", "prerequisite")]),
        ("Read AlexNet first.", [(OWN, "AlexNet", "prerequisite")]),
        ("Read AlexNet first, ResNet after that.", [("ResNet", "AlexNet", "prerequisite")]),
        ("ResNet requires VGGNet.", [("ResNet", "VGGNet", "prerequisite")]),
        ("It assumes familiarity with LSTM.", [(OWN, "LSTM", "prerequisite")]),
    ],
)
def test_what_a_sentence_states(sentence, expected):
    if expected == "two":
        expected = [("ResNet", "AlexNet", "extends"), ("VGGNet", "AlexNet", "extends")]

    found = relations(f"{SECTION}{sentence}\n")

    assert found == expected


@pytest.mark.parametrize(
    "sentence",
    [
        "It does not build on AlexNet.",
        "It doesn't really use any ResNet.",
        "Such a task cannot be solved using LSTM.",
        "Does it extend AlexNet?",
        "Why not use ResNet?",
        "It could be combined with ResNet.",
        "Maybe one should use BERT here.",
        "It would be better to replace LSTM.",
        "I would use Adam today.",
        "Many people use ResNet.",
        "Previous methods are based on R-CNN.",
        "There are also AlexNet, VGGNet and ResNet.",
        "See the literature (AlexNet, VGGNet, ResNet).",
        "Bard is an assistant based on BERT.",
        "Trained on ResNet features and tested on VGGNet.",
        "The success of AlexNet was large.",
        "The original Transformer is from 2017.",
        "Other papers than ResNet say more.",
        "Everybody compares optimizers (SGD vs Adam).",
        "The title 'extends' nothing; \"How BERT uses ResNet\" is another post.",
        "Such losses are also used elsewhere, such as in ResNet.",
        "Das Netz basiert auf AlexNet und ist besser als VGGNet.",
        "이 모델은 AlexNet을 기반으로 하며 ResNet보다 빠르다.",
        "It builds on Conv-AlexNet and uses GPT-2-XL, ResNet++ and Mask R-CNN.",
        "The reward reinforces what it does, to align words with a region proposal network.",
        "It uses GANs.",
        "This is to VGGNet as Tiny AlexNet extends AlexNet.",
        "Based on AlexNet and others, cars are seen.",
        "It is difficult to extend AlexNet.",
        "It took fewer steps than were used by ResNet.",
        "Images made based on the AlexNet dataset.",
        "A question about how often VGGNet is used, using a fraction of the time of ResNet.",
        "Similar losses are also used in ResNet.",
        "To extend AlexNet.",
        "Another way is to use AlexNet.",
        "Better than the previous best, which used AlexNet.",
        "[Aside] VGGNet's tricks: use of Batch Norm.",
        "See notes on it using https://example.org/AlexNet",
        "They don't compare to ResNet.",
        "Methods have been widely used, such as AlexNet.",
        "Such methods require ResNet.",
        "This one does best, followed by AlexNet.",
        "ToyNet adopted ResNet as a backbone.",
        "Adam with one cycle, following ResNet, as usual?",
        "Before this paper most nets were like AlexNet.",
    ],
)
def test_what_states_nothing(sentence):
    assert relations(f"{SECTION}{sentence}\n") == []


WEEK = "# Nets, one a week\n\n### Week 1\n\n{}\n\n#### Paper 1: Long short-term memory\n\n"
TWO = WEEK + "#### Paper 2: Very deep convolutional networks for images\n"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (WEEK.format("We read the paper by Hochreiter et al. It extends AlexNet."), 1),
        (WEEK.format("This paper extends AlexNet."), 1),
        (TWO.format("We read the paper by Hochreiter et al. It extends AlexNet."), 0),
        (TWO.format("This paper extends AlexNet."), 0),
        (TWO.format("Uses AlexNet."), 0),
    ],
    ids=["people", "this paper", "one of two", "this of two", "no subject"],
)
def test_the_words_before_an_entry_speak_of_it_when_it_is_the_only_one(text, expected):
    found = relations(text)

    assert found == [("Long short-term memory", "AlexNet", "extends")] * expected


def test_it_takes_up_the_paper_named_before():
    text = "# Notes\n\nVGGNet has small filters. It extends AlexNet. ResNet has shortcuts. It is "

    assert relations(f"{text}deeper than VGGNet.\n") == [
        ("VGGNet", "AlexNet", "extends"),
        ("ResNet", "VGGNet", "compares"),
    ]


@pytest.mark.parametrize(
    ("subject", "count"),
    [("ResNet", 1), ("DRL", 1), ("Bard", 0), ("ToyGAN", 0)],
)
def test_a_name_nobody_knows_stands_for_a_title_it_shortens(subject, count):
    text = (
        "## [Deep Residual Learning for Images](https://arxiv.org/abs/1512.03385)\n\n"
        f"{subject} extends AlexNet.\n"
    )

    assert len(relations(text, names=["AlexNet"])) == count


def test_no_relation_without_a_sure_subject():
    assert relations("# Notes\n\nIt is warm today. This one extends AlexNet.\n") == []


def test_a_name_is_mentioned_once_a_section_where_its_relation_is():
    text = f"{SECTION}AlexNet is old. AlexNet is large. It extends AlexNet. AlexNet again.\n"
    review = read_review(text.encode(), "a.md", names=NAMES)

    named = [mention for mention in review.mentions if mention.role == "named"]
    assert [mention.sentence for mention in named] == ["It extends AlexNet."]
