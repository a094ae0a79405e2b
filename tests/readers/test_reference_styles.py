"""References in the styles people cite in: the title, the people and the year are told apart."""

from __future__ import annotations

import pytest
from papergraph.readers import read_review
from papergraph.readers.reference_styles import split_reference

TITLE = "Going far with rockets and steam"
STYLES = {
    "IEEE": 'A. Rao, B. Lindqvist, and C. Oyelaran, "{}," in Proc. CVPR, 2016, pp. 770-778',
    "IEEE unquoted": "A. Rao, B. Lindqvist, C. Oyelaran, {}, in: CVPR, 2016",
    "plain": "A. Rao, B. Lindqvist. {}. CVPR 2016",
    "APA": "Rao, A., Lindqvist, B., & Oyelaran, C. (2016). {}. In CVPR (pp. 770-778)",
    "ACL": "Anil Rao, Britta Lindqvist, and Chidi Oyelaran. 2016. {}. In CVPR",
    "Nature": "Rao, A., Lindqvist, B. & Oyelaran, C. {}. Proc. CVPR 770-778 (2016)",
    "Harvard": "Rao, A. et al., 2016. {}. CVPR",
    "MLA": 'Rao, Anil, et al. "{}." CVPR. 2016',
    "LNCS": "Rao, A., Lindqvist, B.: {}. In: CVPR (2016)",
    "Vancouver": "Rao A, Lindqvist B, Oyelaran C. {}. J Vis. 2016;12:770-8",
    "full names": "Anil Rao, Britta Lindqvist, and Chidi Oyelaran. {}. arXiv preprint, 2016",
    "et al.": "Rao et al. (2016). {}",
    "dash": "Rao et al., 2016 - {}",
    "title first": "{}. A. Rao, B. Lindqvist. CVPR 2016",
    "title, people in brackets": "{} (Rao et al., 2016)",
    "title, dash, people": "{} - Anil Rao, Britta Lindqvist (2016)",
    "one author": "Rao, A. (2016). {}. Proceedings of the IEEE",
    "particle": "van den Rao, A. and O'Lindqvist, B. (2016). {}. JMLR",
}
UNCLEAR = ("et al.", "dash", "title first", "title, people in brackets", "title, dash, people")
LINKS = {
    "no link": ("", None),
    "address": (" https://arxiv.org/abs/1512.00001", "arxiv:1512.00001"),
    "identifier": (" arXiv:1512.00001", "arxiv:1512.00001"),
    "DOI": (" doi:10.1000/far", "doi:10.1000/far"),
    "label": (" [[pdf]](https://arxiv.org/pdf/1512.00001.pdf)", "arxiv:1512.00001"),
}
PLACES = {
    "item": "# Log\n\nI read these with joy in the summer.\n\n- {}\n",
    "numbered in brackets": "Some words on this [1] here.\n\n[1] {}\n",
    "numbered list": "# Post\n\nSome words that go on.\n\n## References\n\n1. {}\n",
    "paragraph": "# Post\n\nSome words that go on.\n\n## References\n\n{}\n",
}


CASES = [
    (style, link, place)
    for style in STYLES
    for link in LINKS
    for place in PLACES
    # In a list of anything, "Rao et al. (2016). Some words" may be a remark on what they did.
    if not (link == "no link" and place == "item" and style in UNCLEAR)
]


@pytest.mark.parametrize(("style", "link", "place"), CASES)
def test_an_entry_is_one_paper_with_its_title_and_its_number(
    style: str, link: str, place: str
) -> None:
    address, identifier = LINKS[link]
    text = PLACES[place].format(f"{STYLES[style].format(TITLE)}.{address}")

    mentions = read_review(text.encode(), "notes.md", names=()).mentions

    assert [(m.title, m.identifier) for m in mentions] == [(TITLE, identifier)]
    assert mentions[0].year == 2016


@pytest.mark.parametrize(
    ("style", "people"),
    [
        ("APA", ("A. Rao", "B. Lindqvist", "C. Oyelaran")),
        ("ACL", ("Anil Rao", "Britta Lindqvist", "Chidi Oyelaran")),
        ("MLA", ("Anil Rao",)),
        ("Vancouver", ("A Rao", "B Lindqvist", "C. Oyelaran")),
        ("title first", ("A. Rao", "B. Lindqvist")),
        ("dash", ("Rao",)),
        ("particle", ("A. van den Rao", "B. O'Lindqvist")),
    ],
)
def test_people_are_named_with_their_given_names_first(style: str, people: tuple[str, ...]) -> None:
    found = split_reference(STYLES[style].format(TITLE))

    assert found is not None
    assert found.people == people


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Deep Learning. Nature 2015",
        "Attention Is All You Need",
        "Going Deeper. Read this paper. It is good, and nice",
        "Machine Learning, Deep Learning, and more. This is a list of things I read",
        "Bayesian SegNet: Model uncertainty in deep networks",
        "A Survey. Of things that are",
        "Read DPO. Cleaner than PPO (Schulman et al. 2017), which I know by heart. 9/10",
        "Skim GIN. More expressive than GCN (Kipf & Welling, 2017).",
        "A. " * 3000,
        "Rao, A., " * 3000,
    ],
)
def test_what_names_no_people_is_not_split(text: str) -> None:
    assert split_reference(text) is None


def test_an_entry_keeps_every_number_it_gives() -> None:
    text = f"- {TITLE}, [pdf](https://arxiv.org/abs/1512.00001), doi:10.1000/far\n"

    (mention,) = read_review(text.encode(), "notes.md", names=()).mentions

    assert mention.identifier == "arxiv:1512.00001"
    assert mention.other_identifiers == ("doi:10.1000/far",)


@pytest.mark.parametrize(
    "line",
    [
        "Images of flying chairs in front of random views (Rao et al., 2015)",
        "Rao et al. (2017): 160 scenes of the real world with depth",
        "The net is trained on all of it (Rao et al., 2015)",
        "Connection with Neural ODEs (Rao et al. 2018) is insightful",
    ],
)
def test_a_remark_with_its_source_is_no_entry(line: str) -> None:
    found = read_review(f"# Data\n\n- {line}\n".encode(), "notes.md", names=()).mentions

    assert all(mention.role == "named" for mention in found)


@pytest.mark.parametrize(
    ("entry", "people", "year"),
    [
        ("Rao, T., Doe, A., … Bell, B. (2020). {}.", ("T. Rao", "A. Doe", "B. Bell"), 2020),
        ("Rao, T., Doe, A., ... Bell, B. (2020). {}.", ("T. Rao", "A. Doe", "B. Bell"), 2020),
        ("{} (Rao et al 2020)", ("Rao",), 2020),
        ("{} (Rao et al. 2020)", ("Rao",), 2020),
    ],
)  # fmt: skip
def test_people_may_be_left_out_or_want_a_comma(
    entry: str, people: tuple[str, ...], year: int
) -> None:
    text = entry.format(TITLE)
    found = split_reference(text)

    assert found is not None
    assert (text[found.start : found.end], found.people, found.year) == (TITLE, people, year)
