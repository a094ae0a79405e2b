"""Which words of a text are names of papers, and of which."""

import pytest
from papergraph.readers import read_review
from papergraph.readers.ordinary_words import ORDINARY_WORDS, is_ordinary
from papergraph.text import name_key

NAMES = (
    "ALIGN",
    "Adam",
    "Adversarial examples",
    "AlexNet",
    "BERT",
    "Backpropagation",
    "Bahdanau attention",
    "Focal loss",
    "DeepStack",
    "GAN",
    "GPT",
    "Highway Networks",
    "LSTM",
    "Long Short-Term Memory",
    "Network In Network",
    "REINFORCE",
    "R-CNN",
    "Region proposal network",
    "ResNet",
    "Sequence to sequence",
    "Transformer",
    "Vanishing gradient problem",
    "Whisper",
)
LOWER = "this page is all in small letters and so is every name on it. "


def named(text, names=NAMES):
    review = read_review(text.encode(), "a.md", names=names)
    return [mention.text for mention in review.mentions if mention.role == "named"]


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("We train AlexNet and two ResNets.", ["AlexNet", "ResNets"]),
        ("We train resnet too.", ["resnet"]),
        ("The GANs and LSTMs of old.", []),
        ("A reward reinforces it.", []),
        ("We align words.", []),
        ("Both ALIGN and REINFORCE are used.", ["ALIGN", "REINFORCE"]),
        ("Whisper it to nobody.", []),
        ("We listen with Whisper.", ["Whisper"]),
        ("We thank Adam Paszke.", []),
        ("We train with Adam.", ["Adam"]),
        ("There are adversarial examples in a region proposal network.", []),
        ("The Region Proposal Network is small.", ["Region Proposal Network"]),
        ("They use the focal loss paper.", ["focal loss"]),
        ("A network in network layer.", ["network in network"]),
        ("It has bahdanau attention.", ["bahdanau attention"]),
        ("The vanishing gradient problem is old.", ["vanishing gradient problem"]),
        ("Compare GPT-J, BERT-Large and Mask R-CNN.", ["BERT"]),
        ("With ConvLSTM and Bi-LSTM there.", []),
        ("Highway Networks came first; then highway networks again.", ["Highway Networks"]),
        ("We saw highway networks.", []),
        ("A deep stack of layers and DeepStack.", ["DeepStack"]),
        ("The BERT score is no BERT.", ["BERT"]),
    ],
)
def test_a_name_in_ordinary_writing(sentence, expected):
    assert named(f"# Notes On Nets\n\nSome Words Here. {sentence}\n") == expected


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("it uses alexnet and resnets.", ["alexnet", "resnets"]),
        ("we align what it reinforces.", []),
        ("we whisper to adam about bert.", []),
        ("the align model is large.", ["align"]),
        ("there are adversarial examples.", []),
        ("it uses sequence to sequence learning.", ["sequence to sequence"]),
    ],
)
def test_a_name_in_small_letters(sentence, expected):
    assert named(f"{LOWER * 3}{sentence}\n") == expected


@pytest.mark.parametrize("names", [(), NAMES], ids=["unknown", "known"])
def test_a_name_belongs_to_the_paper_whose_title_it_abbreviates(names):
    text = (
        "# Nets\n\n## [Long short-term memory](https://arxiv.org/abs/1402.1128)\n\nWords.\n\n"
        "## [LSTM: A Search Space Odyssey](https://arxiv.org/abs/1503.04069)\n\nMore words.\n\n"
        "## [Deep Nets For Speech](https://arxiv.org/abs/1303.5778)\n\nIt uses LSTM here.\n"
    )

    review = read_review(text.encode(), "a.md", names=names)

    (found,) = [relation for relation in review.relations if relation.stated]
    earlier = review.mentions[found.earlier]
    assert earlier.title == "Long short-term memory"


def test_a_known_name_is_not_taken_by_a_study_of_it():
    text = (
        "# Nets\n\n## [LSTM: A Search Space Odyssey](https://arxiv.org/abs/1503.04069)\n\n"
        "It compares eight variants of LSTM.\n"
    )
    review = read_review(text.encode(), "a.md", names=NAMES)

    assert [(m.role, m.text) for m in review.mentions][1:] == [("named", "LSTM")]


def test_a_short_heading_names_its_own_paper_only():
    text = (
        "# Nets\n\n## [Wide ResNet](https://arxiv.org/abs/1605.07146)\n\nIt is wider than ResNet.\n"
    )
    review = read_review(text.encode(), "a.md", names=NAMES)

    assert [(r.kind, review.mentions[r.earlier].text) for r in review.relations] == [
        ("compares", "ResNet")
    ]


def test_a_paper_called_by_a_link_is_known_by_that_word():
    text = (
        "# Notes\n\nThe [zip code paper](https://arxiv.org/abs/1605.07140) is old. "
        "[LeNet-5](https://arxiv.org/abs/1605.07146) extends the zip code network.\n"
    )
    review = read_review(text.encode(), "a.md")

    (found,) = review.relations
    assert review.mentions[found.earlier].text == "zip code paper"


def test_a_coined_link_names_its_paper_on_the_rest_of_the_page():
    text = (
        "# [Nets of Mine](https://arxiv.org/abs/1605.07140)\n\nIt is close to "
        "[DF-VO](https://arxiv.org/abs/1605.07146). DF-VO is based on "
        "[SC-Net](https://arxiv.org/abs/1605.07149).\n"
    )
    review = read_review(text.encode(), "a.md")

    assert [(review.mentions[r.later].text, r.kind) for r in review.relations][-1] == (
        "DF-VO",
        "extends",
    )


def test_ordinary_words_are_single_small_words():
    assert all(word.isalpha() and word.islower() for word in ORDINARY_WORDS)
    assert not any(is_ordinary(word) for word in ("resnet", "lstm", "Bard", "unet", "bahdanau"))


TITLES = (
    "Distilling the Knowledge in a Neural Network",
    "Dropout: A Simple Way to Prevent Neural Networks from Overfitting",
    "VGG: 16",
)


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("I read Distilling the knowledge in a neural network today.", [TITLES[0]]),
        ("On Monday: distilling the Knowledge in a Neural Network (again).", [TITLES[0]]),
        (
            "Now Dropout: a simple way to prevent neural networks from overfitting.",
            [TITLES[1]],
        ),
        (
            "Dropout, a simple way to prevent neural networks from overfitting, too.",
            [TITLES[1]],
        ),
        ("Distilling the knowledge in a neural net is hard.", []),
        ("I like dropout. A simple way to prevent neural networks from overfitting.", []),
        ("We use VGG: 16 layers of it.", []),
    ],
)
def test_a_long_title_is_known_where_it_stands_whole(sentence: str, expected: list[str]) -> None:
    found = [name_key(name) for name in named(sentence, names=TITLES)]

    assert found == [name_key(title) for title in expected]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Gehring et al (tiny seq2seq) is faster.", []),
        ("Gehring et al. 2017 [tiny seq2seq] is faster.", []),
        ("Gehring et al. (seq2seq) is faster.", [("Gehring",)]),
        ("Gehring et al. (2017) (seq2seq) and other seq2seq.", [("Gehring",), ()]),
        ("A tiny seq2seq is faster.", [()]),
    ],
)
def test_names_said_to_be_of_others_keep_their_people(
    text: str, expected: list[tuple[str, ...]]
) -> None:
    found = read_review(text.encode(), "a.md", names=["seq2seq"]).mentions

    assert [mention.authors for mention in found if mention.nickname] == expected


def test_names_that_fill_a_cell_of_a_table_are_found_and_others_are_not() -> None:
    text = "| Year | Net | Result |\n|---|---|---|\n| 2015 | ResNet | better than AlexNet |\n"

    found = read_review(text.encode(), "a.md", names=["ResNet", "AlexNet"]).mentions

    assert [mention.nickname for mention in found] == ["ResNet"]


def test_lines_about_somebodys_nets_are_no_authors_of_a_page() -> None:
    text = "# To discuss with everybody\n\n* Kingma and Welling's nets\n* Song and Ermon's scores\n"

    assert [m for m in read_review(text.encode(), "a.md").mentions if not m.tentative] == []


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Das BERT-Paper ist gut.", ["BERT"]),
        ("Wir lesen die Transformer-Architektur.", ["Transformer"]),
        ("Es hat viele ResNet-Blöcke.", ["ResNet"]),
        ("Es hat viele LSTM-Zellen.", ["LSTM"]),
        ("Große BERT-Sprachmodelle sind teuer.", ["BERT"]),
        ("Mit dem Adam-Optimierer geht es.", ["Adam"]),
        ("Das Mask-R-CNN-Verfahren ist alt.", []),
        ("Der BERT-Encoder ist gut.", ["BERT"]),
        ("Die GPT‑Modelle sind groß.", ["GPT"]),
        ("Das Original-Transformer-Paper ist alt.", ["Transformer"]),
        ("In pre-BERT models it was so.", ["BERT"]),
        ("I read the BERT-paper and the ResNet-Paper.", ["BERT", "ResNet"]),
        ("A ResNet-based encoder.", ["ResNet"]),
        ("BERT-Flow, BERT-Attack and GAN-Inversion are others.", []),
        ("A Transformer-XL and a BERT-Autoencoder.", []),
        ("Both CNN-LSTM-Modelle and Anti-BERT are others.", []),
        ("The Whisper-Programm and an Adam-Müller-Stiftung.", []),
        ("We add align-layers and whisper-layers.", []),
    ],
)
def test_a_name_in_a_compound_is_a_paper_where_the_name_alone_is(
    sentence: str, expected: list[str]
) -> None:
    assert named(f"# Notes on papers\n\n{sentence}\n") == expected
