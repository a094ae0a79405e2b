import pytest
from papergraph.readers.repair import repair_lines

DUMP = """[1]a net (2012)

   we   ll see that it   s a id98 for id161. a    deep net    won, and id98s
   and rid98 use id119.

References

   1. https://papers.example.org/1-id163-nets.pdf
   2. https://example.org/b
   [2]more [1]again
"""


@pytest.mark.parametrize(
    ("damaged", "whole"),
    [
        ("weâ€™ll", "we’ll"),
        ("it‚Äôs", "it’s"),
        ("\uf8ffüìñ Papers", "📖 Papers"),
        ("plain 'quotes' and “curly” ones", "plain 'quotes' and “curly” ones"),
        ("Müller & Söhne", "Müller & Söhne"),
    ],
)
def test_only_mojibake_is_repaired(damaged, whole):
    assert repair_lines(damaged).text == whole


def test_a_repair_keeps_the_line_as_it_stood():
    repair = repair_lines("fine\nit‚Äôs").repairs[0]

    assert (repair.line, repair.original, repair.how) == (2, "it‚Äôs", "mojibake")


def test_lost_terms_and_quotes_of_a_dump_come_back():
    lines = repair_lines(DUMP).after

    assert (
        lines[2] == "   we'll see that it's a CNN for computer vision. a \"deep net\" won, and CNNs"
    )
    assert lines[3] == "   and RCNN use gradient descent."
    assert lines[7].endswith("1-imagenet-nets.pdf")


def test_codes_outside_a_dump_are_left_alone():
    text = "user id98 and id161 met id163 and id56"

    assert repair_lines(text).text == text


def test_columns_lead_back_to_the_damaged_line():
    repaired = repair_lines("it‚Äôs **Mask R-CNN**")
    column = repaired.after[0].index("Mask") + 1

    assert repaired.before[0][repaired.column_before(1, column) - 1 :].startswith("Mask")
