"""What running words tell of reading a paper; the name stands between angle brackets."""

from __future__ import annotations

import pytest
from papergraph.readers.logged import logged_state


def told(line: str) -> tuple[str, str | None] | None:
    start, end = line.index("<"), line.index(">") - 1
    found = logged_state(line.replace("<", "").replace(">", ""), start, end)
    return (found.state, found.day) if found else None


@pytest.mark.parametrize(
    "line",
    [
        "12 May: finished the <ResNet> paper",
        "12 May: finished the <ResNet> paper. It says much.",
        "Monday: read <ResNet>",
        'May 3 - read "<Deep Nets Go Deep>".',
        "I read <ResNet> today",
        "I finally read the original <ResNet> paper.",
        "We've just read <ResNet>, and liked it",
        "Finished <ResNet>.",
        "<ResNet>. Read.",
        "<ResNet> - done",
        "Heute <ResNet> gelesen",
        "Ich habe das <ResNet>-Paper endlich gelesen",
        "Ich habe heute das <ResNet>-Paper gelesen",
        "12. Mai: gelesen: <ResNet>-Paper.",
        "I finished the <ResNet>-paper.",
        "J'ai lu <ResNet>",
        "今天读了<ResNet>",
        "오늘 <ResNet> 논문을 읽었다",
        "<ResNet>を読んだ",
        "私は<ResNet>を読んだ",
        "我今天读了<ResNet>",
        "He told nobody; I read <ResNet> today",
        "Heute habe ich <ResNet> gelesen",
        "12 May: Cooked, then read <ResNet>",
        "12 May: Notes: read <ResNet>",
        "Tom and I read <ResNet>",
        "I have read <ResNet>",
        "On 3 May I read <ResNet>",
        "On 31 February 2021 I read <ResNet>",
        "On 3 May 2021 Google sent word of its newest networks, so that I read <ResNet>",
    ],
)
def test_a_paper_is_read(line: str) -> None:
    assert told(line) == ("read", None)


@pytest.mark.parametrize(
    ("line", "day"),
    [
        ("2024-03-01: <ResNet>. Read.", "2024-03-01"),
        ("Tue 12 Mar 2024 - read <ResNet>", "2024-03-12"),
        ("4. Mai 2023: <ResNet> gelesen", "2023-05-04"),
        ("<ResNet>, read on 2016-03-04", "2016-03-04"),
        ("On 3 May 2021 I read <ResNet>.", "2021-05-03"),
        ("On Monday, 3 May 2021, I finally read the <ResNet> paper", "2021-05-03"),
        ("El 3 de mayo de 2021 leí <ResNet>", "2021-05-03"),
        ("Le 3 mai 2021 j'ai lu <ResNet>", "2021-05-03"),
        ("Am 3. Mai 2021 habe ich <ResNet> gelesen.", "2021-05-03"),
        ("I read the <ResNet> paper on 3 May 2021", "2021-05-03"),
    ],
)
def test_a_dated_line_tells_the_day(line: str, day: str) -> None:
    assert told(line) == ("read", day)


@pytest.mark.parametrize(
    ("line", "state"),
    [
        ("2024-03-04: Started <ResNet>.", "reading"),
        ("I'm reading <ResNet> now", "reading"),
        ("<ResNet> 읽는 중", "reading"),
        ("I want to read <ResNet>", "queued"),
        ("I will read <ResNet> next", "queued"),
        ("I have not read <ResNet> yet", "queued"),
        ("<ResNet> - to read", "queued"),
        ("Ich habe <ResNet> noch nicht gelesen", "queued"),
        ("à lire : <ResNet>", "queued"),
        ("还没读<ResNet>", "queued"),
        ("I really want to read <ResNet>", "queued"),
        ("We still need to read <ResNet>", "queued"),
        ("I have to read <ResNet>", "queued"),
        ("2 May: read a lot, want to read <ResNet> next", "queued"),
        ("To read: <ResNet>", "queued"),
    ],
)
def test_a_paper_is_begun_or_to_be_read(line: str, state: str) -> None:
    assert told(line) == (state, None)


@pytest.mark.parametrize(
    "line",
    [
        "Read the <ResNet> paper first.",
        "They read <ResNet>",
        "If you read <ResNet>, mind the appendix",
        "If I had read <ResNet>, I would know",
        "Before I read <ResNet>, I knew little",
        "I haven't read <ResNet>.",
        "I finished <ResNet> training",
        "I read about <ResNet>",
        "I read <ResNet> code",
        "The model finished <ResNet> training.",
        "<ResNet> reads images",
        "<ResNet>. Reading group on Monday.",
        "<ResNet>",
    ],
)
def test_other_words_tell_nothing_of_the_author(line: str) -> None:
    assert told(line) is None


@pytest.mark.parametrize(
    "line",
    [
        "2018-03-02: Er hat <ResNet> gelesen, ich nicht.",
        "Sam hat <ResNet> gelesen.",
        "Sam hat <ResNet> noch nicht gelesen.",
        "Frau Meier hat das <ResNet> Paper gelesen; ich lese es morgen.",
        "Weil Sam <ResNet> gelesen hat",
        "Tom will <ResNet> lesen",
        "Tom: I read the <ResNet> paper",
        "12 May: Tom: read <ResNet>",
        "12 May: Lena's notes: read <ResNet>",
        "12 May: Tom came by and read <ResNet>",
        "Tom is still reading <ResNet>",
        "Tom has not yet read <ResNet>",
        "They want to read <ResNet>",
        "Everybody should read the <ResNet> paper, I did",
        "小明读了<ResNet>",
        "他想读<ResNet>",
        "톰은 <ResNet> 논문을 읽었다",
        "田中さんは<ResNet>を読んだ",
    ],
)
def test_the_reading_of_others_is_not_the_authors(line: str) -> None:
    assert told(line) is None


@pytest.mark.parametrize(
    "line",
    [
        "I wish I had read the <ResNet> paper.",
        "Did I read <ResNet>? No.",
        "I claimed I had read <ResNet>",
        "I read <ResNet>?",
        "I'd read <ResNet> if I had time",
        "Until I read <ResNet>, I knew little",
        "I do not want to read the <ResNet> paper",
        "I don't need to read <ResNet>",
        "No need to read <ResNet>",
        "I tried to read the <ResNet> paper",
        "It took long to read <ResNet>",
    ],
)
def test_what_is_wished_denied_or_asked_is_not_told(line: str) -> None:
    assert told(line) is None
