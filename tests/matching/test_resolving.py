"""From a reference to exactly one paper, or to an error that lists the nearest."""

from __future__ import annotations

import pytest
from papergraph.errors import AmbiguousError, NotFoundError
from papergraph.library import Library
from papergraph.matching import (
    find_matches,
    find_references,
    resolve_reference,
    resolve_references,
)
from papergraph.models import PaperRecord
from tests.conftest import add_papers


@pytest.mark.parametrize(
    ("reference", "paper"),
    [
        ("p1", "resnet"),
        (" p1 ", "resnet"),
        ("arxiv:1512.03385", "resnet"),
        ("arXiv:1512.03385v2", "resnet"),
        ("1512.03385", "resnet"),
        ("https://arxiv.org/abs/1512.03385", "resnet"),
        ("http://arxiv.org/pdf/1512.03385v1.pdf", "resnet"),
        ("doi:10.1109/CVPR.2016.90", "resnet"),
        ("https://doi.org/10.1109/cvpr.2016.90", "resnet"),
        ("10.1038/nature14539", "nature"),
        ("ResNet", "resnet"),
        ("resnet", "resnet"),
        ("Res-Net", "resnet"),
        ("faster rcnn", "faster"),
        ("Faster R-CNN", "faster"),
        ("LSTM", "lstm"),
        ("Deep Residual Learning for Image Recognition", "resnet"),
        ("deep residual learning for image recognition.", "resnet"),
        ("Deep Residual Learning for Image Recogniton", "resnet"),
        ("Deep Residual Lerning for Images Recognition", "resnet"),
        ("Deep residual learning", "resnet"),
        ("YOLOv3: an incremental improvment", "yolo"),
        ("Network in Network", "nin"),
    ],
)
def test_a_reference_means_one_paper(
    bare: Library, papers: dict[str, int], reference: str, paper: str
) -> None:
    assert resolve_reference(reference, bare.catalogue) == papers[paper]


@pytest.mark.parametrize(
    "reference",
    [
        "YOLOv4: An Incremental Improvement",
        "p999",
        "arxiv:1512.03386",
        "https://arxiv.org/abs/1512.03386",
        "https://example.org/paper.pdf",
        "resnet50",
        "Generative adversarial nets",
        "Memory",
        "",
        "   ",
        "!!!",
        "注意力",
        "x" * 5000,
    ],
)
def test_what_is_not_in_the_library_is_never_guessed(
    bare: Library, papers: dict[str, int], reference: str
) -> None:
    with pytest.raises(NotFoundError, match="no paper answers to") as caught:
        resolve_reference(reference, bare.catalogue)

    assert caught.value.exit_code == 3
    assert "\n" not in str(caught.value)
    assert len(str(caught.value)) < 600


def test_two_papers_of_one_title_are_listed(bare: Library, papers: dict[str, int]) -> None:
    with pytest.raises(AmbiguousError, match="2 papers answer to 'Deep Learning'") as caught:
        resolve_reference("Deep Learning", bare.catalogue)

    assert caught.value.nearest == ("p4 'Deep learning' (2015)", "p5 'Deep Learning' (2016)")


def test_all_references_that_fail_are_named_at_once(bare: Library, papers: dict[str, int]) -> None:
    with pytest.raises(NotFoundError) as raised:
        resolve_references(
            ["ResNet", "Long short term memories in the brain", "VGG", "!!!"], bare.catalogue
        )

    text = str(raised.value)
    assert text.startswith("3 of 4 references mean no one paper of this library: 'Long short")
    assert "'VGG' (" in text
    assert "'!!!' (nothing comes near)" in text
    assert raised.value.nearest == ("p7 'Long Short-Term Memory' (1997)",)


def test_references_that_mean_one_paper_are_found_beside_those_that_do_not(
    bare: Library, papers: dict[str, int]
) -> None:
    found, failed = find_references(["Deep Learning", "ResNet", "p7", "!!!"], bare.catalogue)

    assert found == [1, 7]
    assert {text: error.nearest[:1] for text, error in failed.items()} == {
        "Deep Learning": ("p4 'Deep learning' (2015)",),
        "!!!": (),
    }


def test_many_unknown_references_cost_little_and_lose_none_that_is_exact(
    bare: Library, papers: dict[str, int]
) -> None:
    unknown = [f"arxiv:1706.{n:05}" for n in range(5000)]

    found, failed = find_references([*unknown, "Long Short-Term Memory"], bare.catalogue)

    assert (found, len(failed)) == ([7], 5000)


def test_a_long_list_of_what_is_not_there_is_not_looked_up_to_its_end(
    bare: Library, papers: dict[str, int]
) -> None:
    with pytest.raises(NotFoundError, match=r"^at least 20 of 5000 references"):
        resolve_references([f"arxiv:1706.{n:05}" for n in range(5000)], bare.catalogue)


def test_the_nearest_titles_are_listed(bare: Library, papers: dict[str, int]) -> None:
    with pytest.raises(NotFoundError) as caught:
        resolve_reference("Long short term memories in the brain", bare.catalogue)

    assert caught.value.nearest == ("p7 'Long Short-Term Memory' (1997)",)


def test_a_word_names_the_short_title_that_begins_with_it(bare: Library) -> None:
    titles = ["Mistral 7B", "Winds of Mistral", "Graph attention networks", "Attention in rats"]
    first, *_ = add_papers(bare, *(PaperRecord(title=one, source="starter") for one in titles))

    assert resolve_reference("mistral", bare.catalogue) == first


def test_a_word_of_several_titles_that_begins_none_names_no_paper(bare: Library) -> None:
    titles = ["Graph attention networks", "A long title that speaks of attention in rats"]
    add_papers(bare, *(PaperRecord(title=one, source="starter") for one in titles))

    with pytest.raises(NotFoundError):
        resolve_reference("attention", bare.catalogue)


def test_nothing_is_near_in_an_empty_library(bare: Library) -> None:
    with pytest.raises(NotFoundError, match="nothing comes near"):
        resolve_reference("Deep Residual Learning", bare.catalogue)


def test_matches_say_how_they_were_found(bare: Library, papers: dict[str, int]) -> None:
    ways = {
        text: [(match.paper.id, match.how) for match in find_matches(text, bare.catalogue)]
        for text in ("arxiv:1506.01497", "LSTM", "Deep learning", "Deep Residual Learning for")
    }

    assert ways["arxiv:1506.01497"] == [("p2", "identifier")]
    assert ways["LSTM"] == [("p7", "nickname")]
    assert ways["Deep learning"] == [("p4", "title"), ("p5", "title")]
    assert ways["Deep Residual Learning for"] == [("p1", "title begins so")]


def test_a_near_title_scores_below_an_exact_one(bare: Library, papers: dict[str, int]) -> None:
    (near,) = find_matches("Deep Residual Learning for Image Recogniton", bare.catalogue)

    assert near.how == "near title"
    assert 0.87 <= near.score < 1.0


def test_something_unknown_has_no_matches(bare: Library, papers: dict[str, int]) -> None:
    assert find_matches("quantum gravity", bare.catalogue) == ()


@pytest.mark.parametrize(
    ("reference", "name"),
    [
        ("AlexNet", "AlexNet"),
        ("alex net", "AlexNet"),
        ("zfnet", "ZF Net"),
        ("VGG", "VGG"),
        ("googlenet", "GoogLeNet"),
        ("Inception v1", "GoogLeNet"),
        ("R-CNN", "R-CNN"),
        ("fast rcnn", "Fast R-CNN"),
        ("UNet", "U-Net"),
        ("GPT-2", "GPT-2"),
        ("GPT-3", "GPT-3"),
        ("word2vec", "word2vec"),
        ("BERT", "BERT"),
        ("Transformer", "Transformer"),
        ("LSTM", "LSTM"),
        ("Adam", "Adam"),
        ("DQN", "DQN"),
        ("AlphaGo", "AlphaGo"),
        ("GAN", "GAN"),
        ("VAE", "VAE"),
        ("DDPM", "DDPM"),
        ("arxiv:1706.03762", "Transformer"),
    ],
)
def test_starter_papers_answer_to_their_names(
    shared_starter: Library, reference: str, name: str
) -> None:
    number = resolve_reference(reference, shared_starter.catalogue)

    assert name in shared_starter.papers.get([number])[number].nicknames
