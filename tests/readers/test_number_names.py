"""The name beside a number is the paper's name; words of titles and of the trade are none."""

from __future__ import annotations

import pytest
from papergraph.readers import read_review

NAMED = [
    ("- 3D U-Net (arXiv:1606.06650) for volumes", "3D U-Net"),
    ("- 3D U-Net: Learning Dense Segmentation from Few Slices (arXiv:1606.06650)", "3D U-Net"),
    ("Today I read 3D U-Net (arXiv:1606.06650) and it was fine.", "3D U-Net"),
    ("It won with nnU-Net, arXiv:1809.10486, again.", "nnU-Net"),
    ("We start from BERT [arXiv:1810.04805] here.", "BERT"),
    ("In DCGAN (https://arxiv.org/abs/1511.06434) they do it.", "DCGAN"),
    ("3D U-Net: volumes from few slices, see arXiv:1606.06650", "3D U-Net"),
    ("## 3D U-Net (arXiv:1606.06650)\n\nVolumes are segmented from a few slices.", "3D U-Net"),
]
NAMELESS = [
    "Everything ran on one GPU (arXiv:1606.06650) and took a day.",
    "The full paper is here (arXiv:1606.06650).",
    "Compared with the ImageNet data (arXiv:1606.06650) it is small.",
    "- Making Better Use of a Simulated 3D World (arXiv:1606.06650)",
    "See [Wasserstein distances](https://arxiv.org/abs/1606.06650) for more on that.",
]


@pytest.mark.parametrize(("text", "name"), NAMED)
def test_name_beside_a_number_is_the_name_of_the_paper(text: str, name: str) -> None:
    found = read_review(text.encode(), "a.md").mentions

    assert [mention.nickname for mention in found if mention.identifier] == [name]


@pytest.mark.parametrize("text", NAMELESS)
def test_other_words_beside_a_number_are_no_name(text: str) -> None:
    found = read_review(text.encode(), "a.md").mentions

    assert [mention.nickname for mention in found if mention.identifier] == [None]


def test_title_after_i_read_begins_at_its_name() -> None:
    text = "Today I read 3D U-Net: Learning Dense Segmentation from Few Slices (arXiv:1606.06650)."

    (found,) = read_review(text.encode(), "a.md").mentions

    assert found.title == "3D U-Net: Learning Dense Segmentation from Few Slices"


def test_longer_name_beside_a_number_is_not_the_known_name_in_it() -> None:
    text = "3D U-Net (arXiv:1606.06650) is for volumes. Later 3D U-Net was used for cells."

    found = read_review(text.encode(), "a.md", names=["U-Net"]).mentions

    assert [mention.text for mention in found] == ["arXiv:1606.06650"]
