"""Which titles hold the name of another paper, and mean it."""

from __future__ import annotations

import pytest
from papergraph.graph.titles import is_name_meant

WALKS = (
    "Walks learnt by reinforcement learning",
    "Reinforcement learning of grasps",
    "Diffusion of ideas",
)
MORE = (*WALKS, "Anisotropic diffusion of edges")


@pytest.mark.parametrize(
    ("title", "named"),
    [
        ("DistilBERT, a distilled version of BERT", "BERT: Pre-training of Deep Nets"),
        ("SciBERT: A language model for text", "BERT"),
        ("YOLOv4: Optimal Speed", "YOLO"),
        ("Faster R-CNN", "R-CNN"),
        ("faster r-cnn: towards real time", "R-CNN"),
        ("On the convergence of adam and beyond", "Adam: A Method for Optimization"),
        ("Reformer: The Efficient Transformer", "Transformer"),
        ("Image transformers at scale", "Transformer"),
        ("Improving DIFFUSION", "DIFFUSION (2015)"),
        ("Sim-to-Real Learning with Progressive Nets", "Progressive nets"),
    ],
)
def test_a_name_is_meant_by_its_spelling_or_where_it_is_new(title: str, named: str) -> None:
    assert is_name_meant(title, named, MORE)


@pytest.mark.parametrize(
    ("title", "named"),
    [
        ("Deep Reinforcement Learning", "Reinforcement learning: A survey"),
        ("Deep Reinforcement Learning", "REINFORCE"),
        ("DEEP REINFORCEMENT LEARNING", "Reinforcement learning: A survey"),
        ("Anisotropic Diffusion", "Diffusion"),
        ("Fairness of ranking", "FA*IR: A fair top-k ranking algorithm"),
        ("Impact of noise on nets", "PACT: Clipping for nets"),
        ("Albertine in deep nets", "BERT"),
    ],
)
def test_words_that_titles_had_before_are_no_name(title: str, named: str) -> None:
    assert not is_name_meant(title, named, MORE)


def test_one_earlier_title_may_have_the_words_by_chance() -> None:
    assert is_name_meant("Latent Diffusion", "Diffusion", WALKS)
    assert not is_name_meant("Latent Diffusion", "Diffusion", MORE)


def test_a_plain_word_that_needs_its_year_is_no_name_without_it() -> None:
    assert not is_name_meant("Latent Diffusion", "Diffusion (2015)", ())
    assert is_name_meant("Playing with DQN", "DQN (2013)", ())
