"""The reader's corrections: they outrank the sources, last, and can be taken back."""

from __future__ import annotations

import pytest
from papergraph.edit import edit_paper, tag_papers, undo_edit, undo_fields
from papergraph.errors import InputError, NotFoundError
from papergraph.models import PaperRecord
from papergraph.show import show_paper

NOW = "2026-01-31T12:00:00Z"
RESNET = PaperRecord(
    title="Deep Residual Learning for Image Recognition",
    source="corpus:ml",
    authors=("Kaiming He", "Jian Sun"),
    year=2015,
    published="2015-12",
    venue="CVPR",
    abstract="Deeper networks are harder to train.",
    identifiers=("arxiv:1512.03385",),
    nicknames=("ResNet",),
)
VGG = PaperRecord(title="VGG", source="corpus:ml", identifiers=("arxiv:1409.1556",))


@pytest.fixture
def resnet(bare):
    """A library with one paper; its id."""
    return f"p{bare.papers.add(RESNET, NOW)}"


@pytest.mark.parametrize(
    ("field", "given", "shown"),
    [
        ("title", "  Deep  residual learning ", "Deep residual learning"),
        ("authors", "K. He; X. Zhang", ["K. He", "X. Zhang"]),
        ("authors", "K. He\r\nX. Zhang\r\n", ["K. He", "X. Zhang"]),
        ("authors", [], []),
        ("year", "2016", 2016),
        ("year", None, None),
        ("published", "2016-06", "2016-06"),
        ("venue", "", None),
        ("kind", "survey", "survey"),
        ("identifiers", ["https://doi.org/10.1109/cvpr.2016.90"], ["doi:10.1109/cvpr.2016.90"]),
        ("nicknames", ["ResNet", "residual net"], ["ResNet", "residual net"]),
        ("tags", "vision", ["vision"]),
        ("url", "https://example.org/r", "https://example.org/r"),
        ("pdf", "papers/resnet.pdf", "papers/resnet.pdf"),
        ("summary", "Shortcuts.", "Shortcuts."),
        ("abstract", "Other words.", "Other words."),
    ],
)
def test_what_the_reader_writes_is_shown(bare, resnet, field, given, shown):
    edit_paper(bare, resnet, {field: given}, now=NOW)

    assert show_paper(bare, resnet).as_json()[field] == shown


def test_a_source_that_speaks_later_does_not_change_it(bare, resnet):
    edit_paper(bare, resnet, {"title": "My title", "year": 2014}, now=NOW)

    for source in ("source:arxiv", "starter", "reader:other", "corpus:ml"):
        bare.papers.put_record(
            int(resnet[1:]), PaperRecord(title="Else", source=source, year=2020), NOW
        )

    paper = show_paper(bare, resnet).paper
    assert (paper.title, paper.year) == ("My title", 2014)


def test_a_corrected_paper_is_found_by_its_new_names_only(bare, resnet):
    edit_paper(bare, resnet, {"nicknames": ["Shortcut net"], "title": "On shortcuts"}, now=NOW)

    assert show_paper(bare, "Shortcut net").paper.id == resnet
    assert show_paper(bare, "On shortcuts").paper.id == resnet
    assert [number for number, _ in bare.texts.search("shortcuts", 5)] == [int(resnet[1:])]
    with pytest.raises(NotFoundError):
        show_paper(bare, "ResNet")


def test_a_year_takes_the_month_of_another_year_away(bare, resnet):
    other = edit_paper(bare, resnet, {"year": 2014}, now=NOW)
    same = edit_paper(bare, resnet, {"year": 2015}, now=NOW)

    assert (other.published, same.published) == (None, "2015-12")


def test_undo_brings_back_what_was_there_before(bare, resnet):
    edit_paper(bare, resnet, {"year": 2014}, now=NOW)
    edit_paper(bare, resnet, {"year": 2013}, now=NOW)
    (edit,) = show_paper(bare, resnet).edits
    assert (edit["before"], edit["value"]) == (2014, 2013)

    assert undo_edit(bare, edit["id"], now=NOW).year == 2014
    assert undo_fields(bare, resnet, [], now=NOW).year == 2015
    with pytest.raises(NotFoundError):
        undo_edit(bare, edit["id"], now=NOW)


def test_undo_of_one_field_leaves_the_others(bare, resnet):
    edit_paper(bare, resnet, {"year": 2014, "venue": "Here"}, now=NOW)

    paper = undo_fields(bare, resnet, ["year"], now=NOW)

    assert (paper.year, paper.venue) == (2015, "Here")


def test_what_is_as_it_was_is_no_edit(bare, resnet):
    edit_paper(bare, resnet, {"year": "2015", "authors": "Kaiming He; Jian Sun"}, now=NOW)

    assert show_paper(bare, resnet).edits == ()


@pytest.mark.parametrize(
    ("changes", "complaint"),
    [
        ({}, "nothing is to be changed"),
        ({"colour": "red"}, "no field 'colour'"),
        ({"title": " "}, "needs one"),
        ({"title": 5}, "title is 5"),
        ({"year": "soon"}, "four figures"),
        ({"year": True}, "four figures"),
        ({"year": 999}, "four figures"),
        ({"published": "2016-13"}, "YYYY-MM"),
        ({"kind": "poem"}, "no kind 'poem'"),
        ({"kind": ["article"]}, "no kind"),
        ({"authors": [1]}, "list of texts"),
        ({"authors": 5}, "list of texts"),
        ({"authors": {"a": 1}}, "list of texts"),
        ({"identifiers": ["soup"]}, "no identifier in 'soup'"),
        ({"identifiers": ["arxiv:1409.1556"]}, "is an identifier of p"),
        ({"url": "javascript:alert(1)"}, "http address"),
        ({"venue": "x" * 3000}, "the limit is"),
        ({"year": 2014, "kind": "poem"}, "no kind"),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_is_changed(bare, resnet, changes, complaint):
    bare.papers.add(VGG, NOW)

    with pytest.raises(InputError, match=complaint):
        edit_paper(bare, resnet, changes, now=NOW)

    assert show_paper(bare, resnet).edits == ()


def test_edits_follow_a_merge_and_its_undo(bare, resnet):
    other = bare.papers.add(VGG, NOW)
    edit_paper(bare, f"p{other}", {"venue": "ICLR"}, now=NOW)

    merge = bare.merge(int(resnet[1:]), other, "same", NOW)
    assert show_paper(bare, resnet).paper.venue == "ICLR"

    bare.undo_merge(merge, NOW)
    assert show_paper(bare, resnet).paper.venue == "CVPR"
    assert show_paper(bare, f"p{other}").paper.venue == "ICLR"


def test_a_paper_the_reader_edited_is_kept_when_nobody_speaks_of_it_any_more(bare, resnet):
    edit_paper(bare, resnet, {"year": 2014}, now=NOW)
    bare.papers.drop_records("corpus:ml")

    assert bare.delete_orphans([int(resnet[1:])]) == []
    assert edit_paper(bare, resnet, {"venue": "Here"}, now=NOW).year == 2014


def test_a_tag_is_given_once_in_any_case_and_taken_away(bare, resnet):
    tag_papers(bare, [resnet], "to teach", now=NOW)
    tag_papers(bare, [resnet], "To Teach", now=NOW)
    assert show_paper(bare, resnet).paper.tags == ("to teach",)

    tag_papers(bare, [resnet], "TO TEACH", now=NOW, remove=True)
    assert show_paper(bare, resnet).paper.tags == ()


@pytest.mark.parametrize("tag", ["", " ", "a;b", "a\nb"])
def test_a_tag_is_one_and_not_empty(bare, resnet, tag):
    with pytest.raises(InputError, match="give one"):
        tag_papers(bare, [resnet], tag, now=NOW)


def test_own_tags_do_not_hide_that_a_paper_was_retracted(bare, resnet):
    tag_papers(bare, [resnet], "mine", now=NOW)
    fresh = PaperRecord(title="x", source="source:crossref", tags=("retracted",))
    bare.papers.put_record(int(resnet[1:]), fresh, NOW)

    assert show_paper(bare, resnet).paper.tags == ("mine", "retracted")
