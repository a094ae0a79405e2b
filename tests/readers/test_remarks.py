"""Several remarks in one paragraph: whose numbers are whose."""

from __future__ import annotations

import pytest
from papergraph.models import FoundMention
from papergraph.readers import read_review

ROCKETS = "Burning Rockets: Going Far with Little Fuel"
BOATS = "Small Boats in Large Oceans"
LANDING = "Coming Back With Parachutes From Far Away"
ONE, TWO, DOI = "arxiv:1801.00001", "arxiv:2201.03545", "doi:10.1234/abcd.77"


def claims(text: str, origin: str) -> list[FoundMention]:
    return [m for m in read_review(text.encode(), origin).mentions if m.role != "named"]


def numbered(*lines: str, origin: str = "minutes.txt") -> set[tuple[str | None, str]]:
    """Every title, or none, with each number it was given."""
    return {
        (mention.title, number)
        for mention in claims("\n".join(lines) + "\n", origin)
        for number in (mention.identifier, *mention.other_identifiers)
        if number
    }


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (  # minutes
            (
                f'We did "{ROCKETS}" (Rao et al., ICML 2016).',
                "Ana: slow. Bo liked ParaNet more: A Parachute for the 2020s [arXiv:2201.03545].",
            ),
            {("A Parachute for the 2020s", TWO)},
        ),
        (  # without a full stop
            (
                f'We did "{ROCKETS}" last week',
                "Bo liked ParaNet more: A Parachute for the 2020s [arXiv:2201.03545]",
            ),
            {("A Parachute for the 2020s", TWO)},
        ),
        (  # a chat
            (
                f'12:01 ana: read "{ROCKETS}"',
                "12:02 bo: also good: arXiv:2201.03545",
                "12:03 cy: doi:10.1234/abcd.77 is the survey",
            ),
            {(None, TWO), (None, DOI)},
        ),
        (
            (f'ana> we did "{ROCKETS}" today', "bo> I prefer arXiv:2201.03545"),
            {(None, TWO)},
        ),
        (  # a diary
            (
                f'2021-03-04 Read "{ROCKETS}", slow but good',
                f"2021-03-05 {LANDING}, arXiv:2201.03545",
                "2021-03-06 https://doi.org/10.1234/abcd.77",
            ),
            {(LANDING, TWO), (None, DOI)},
        ),
        (  # mail
            (
                f'> I read "{ROCKETS}" (Rao et al., 2016) and liked it.',
                "> Have you seen arXiv:2201.03545?",
                f'No, but "{LANDING}" (doi:10.1234/abcd.77) is like it.',
            ),
            {(None, TWO), (LANDING, DOI)},
        ),
        (  # a list without bullets
            (
                f"{ROCKETS}, https://doi.org/10.1234/abcd.77",
                f"{LANDING}, arXiv:2201.03545",
                f"{BOATS}: A Survey, https://arxiv.org/abs/1801.00001",
            ),
            {(ROCKETS, DOI), (LANDING, TWO), (f"{BOATS}: A Survey", ONE)},
        ),
        (
            (f"{ROCKETS} (arXiv:1801.00001) - good", f"{LANDING} (arXiv:2201.03545) - better"),
            {(ROCKETS, ONE), (LANDING, TWO)},
        ),
        (
            (
                ROCKETS,
                "https://arxiv.org/abs/1801.00001",
                LANDING,
                "https://doi.org/10.1234/abcd.77",
            ),
            {(ROCKETS, ONE), (LANDING, DOI)},
        ),
        (  # numbers above their titles
            ("https://arxiv.org/abs/1801.00001", ROCKETS, "https://doi.org/10.1234/abcd.77", BOATS),
            {(None, ONE), (None, DOI)},
        ),
        (  # references a line, and over several
            (
                f"Rao T. {ROCKETS}. Journal of Flight, 2016.",
                f"Lindqvist A. {LANDING}. Journal of Flight, 2017. doi:10.1234/abcd.77",
            ),
            {(LANDING, DOI)},
        ),
        (
            (
                "T. Rao, A. Lindqvist. Burning Rockets: Going Far with",
                "Little Fuel. arXiv:1801.00001",
                "R. Oyelaran, T. Rao. Coming Back With Parachutes",
                "From Far Away. Journal of Flight 3(2), 2017.",
                "https://doi.org/10.1234/abcd.77",
            ),
            {(ROCKETS, ONE), (LANDING, DOI)},
        ),
        (  # the line goes on, the paper does not
            (f'I did "{ROCKETS}" (Rao, 2016). Bo liked more: A Parachute for the 2020s [{TWO}]',),
            {(None, TWO)},
        ),
        (  # links
            (
                f"[{ROCKETS}](https://arxiv.org/abs/1801.00001) was fine.",
                "Bo liked ParaNet more: A Parachute for the 2020s (doi:10.1234/abcd.77).",
            ),
            {(ROCKETS, ONE), (None, DOI)},
        ),
        (  # an item over two lines
            (
                f'- ana: we did "{ROCKETS}" (Rao et al., ICML 2016).',
                "  bo: I liked ParaNet more: A Parachute for the 2020s [arXiv:2201.03545].",
            ),
            {("A Parachute for the 2020s", TWO)},
        ),
    ],
)
def test_a_number_is_not_of_the_title_in_the_remark_above(
    lines: tuple[str, ...], expected: set[tuple[str | None, str]]
) -> None:
    assert numbered(*lines) == expected


@pytest.mark.parametrize(
    "lines",
    [
        (f"T. Rao and A. Lindqvist. {ROCKETS[:31]}", f"{ROCKETS[32:]}. arXiv:2201.03545"),
        (
            "T. Rao and A. Lindqvist.",
            f"{ROCKETS}.",
            "In Proceedings of the Conference on Flight, 2016.",
            "arXiv:2201.03545",
        ),
        (
            f'T. Rao, A. Lindqvist. "{ROCKETS}."',
            "Neural Flight 9(8), 1735-1780. arXiv:2201.03545",
        ),
        (f'"{ROCKETS}"', "Rao, Lindqvist and Oyelaran, 2016", "arXiv:2201.03545"),
        (f'We read "{ROCKETS}".', "The paper (arXiv:2201.03545) is short."),
        (f'We read "{ROCKETS}" by Rao et al.', "See https://arxiv.org/abs/2201.03545"),
        (
            f'- "{ROCKETS}"',
            "  A great overview of rockets. [paper](https://arxiv.org/abs/2201.03545)",
        ),
        (f"**{ROCKETS}**  ", "T. Rao, A. Lindqvist", "[Paper](https://arxiv.org/abs/2201.03545)"),
    ],
)
@pytest.mark.parametrize("origin", ["notes.txt", "notes.md"])
def test_an_entry_over_several_lines_is_one(lines: tuple[str, ...], origin: str) -> None:
    assert numbered(*lines, origin=origin) == {(ROCKETS, TWO)}


def test_a_remark_is_placed_on_its_own_line() -> None:
    text = f"3 May: {ROCKETS}, arXiv:1801.00001\n5 May: {LANDING}, arXiv:2201.03545\n"

    assert [(m.title, m.line, m.column) for m in claims(text, "diary.txt")] == [
        (ROCKETS, 1, 8),
        (LANDING, 2, 8),
    ]


def test_a_decade_is_no_year() -> None:
    (mention,) = claims("- A Parachute for the 2020s, arXiv:2201.03545\n", "list.md")

    assert mention.year is None
