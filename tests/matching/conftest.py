from __future__ import annotations

import pytest
from papergraph.library import Library
from papergraph.models import PaperRecord
from tests.conftest import add_papers

RECORDS = {
    "resnet": PaperRecord(
        title="Deep Residual Learning for Image Recognition",
        source="starter",
        authors=("Kaiming He", "Xiangyu Zhang", "Shaoqing Ren", "Jian Sun"),
        year=2015,
        identifiers=("arxiv:1512.03385", "doi:10.1109/cvpr.2016.90"),
        nicknames=("ResNet",),
    ),
    "faster": PaperRecord(
        title="Faster R-CNN: Towards Real-Time Object Detection with Region Proposal Networks",
        source="starter",
        authors=("Shaoqing Ren", "Ross Girshick"),
        year=2015,
        identifiers=("arxiv:1506.01497",),
        nicknames=("Faster R-CNN",),
    ),
    "yolo": PaperRecord(
        title="YOLOv3: An Incremental Improvement",
        source="starter",
        authors=("Joseph Redmon",),
        year=2018,
        identifiers=("arxiv:1804.02767",),
    ),
    "nature": PaperRecord(
        title="Deep learning",
        source="starter",
        authors=("Yann LeCun", "Yoshua Bengio", "Geoffrey Hinton"),
        year=2015,
        identifiers=("doi:10.1038/nature14539",),
    ),
    "book": PaperRecord(
        title="Deep Learning",
        source="starter",
        authors=("Ian Goodfellow", "Yoshua Bengio", "Aaron Courville"),
        year=2016,
        kind="textbook",
    ),
    "nin": PaperRecord(
        title="Network in network",
        source="starter",
        authors=("Min Lin",),
        year=2013,
        identifiers=("arxiv:1312.4400",),
        nicknames=("NiN",),
    ),
    "lstm": PaperRecord(
        title="Long Short-Term Memory",
        source="starter",
        authors=("Sepp Hochreiter", "Jürgen Schmidhuber"),
        year=1997,
        identifiers=("doi:10.1162/neco.1997.9.8.1735",),
        nicknames=("LSTM",),
    ),
}


@pytest.fixture
def papers(bare: Library) -> dict[str, int]:
    """Seven papers in the bare library, by a short word."""
    return dict(zip(RECORDS, add_papers(bare, *RECORDS.values()), strict=True))
