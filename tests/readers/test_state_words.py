"""Words that tell a reading state and nothing else, as headings and labels have them."""

from __future__ import annotations

import pytest
from papergraph.readers.state_words import state_after, whole_state

STATES = {
    "queued": (
        "想读 未读 待读 想看 待看 还没读 沒讀 想讀 计划阅读 待阅读 "
        "我想读的论文 待读清单 未读论文 "
        "読みたい 読みたい論文 読みたい本 未読 積読 積読リスト "
        "これから読む 後で読む あとで読む 読む予定の論文"
    ),
    "reading": (
        "在读 正在读 在看 正在阅读 阅读中 在讀 在读论文 読書中 読んでいる 今読んでいる論文 読みかけ"
    ),
    "read": (
        "已读 已看 读完 读过 看过 看完了 已阅读 已讀 讀過 读过的论文 已读列表 "
        "読了 読了論文 既読 読んだ 読んだ論文 読み終わった本 読破した"
    ),
}


@pytest.mark.parametrize(
    ("words", "state"), [(words, state) for state, told in STATES.items() for words in told.split()]
)
def test_chinese_and_japanese_words_tell_a_state(words: str, state: str) -> None:
    found = whole_state(words)

    assert found is not None
    assert found.state == state


@pytest.mark.parametrize(
    "words",
    [
        "精读",
        "必读",
        "读书笔记",
        "阅读笔记",
        "论文列表",
        "读",
        "看",
        "論文",
        "読む",
        "読み方",
        "阅读",
    ],
)
def test_other_words_on_reading_tell_none(words: str) -> None:
    assert whole_state(words) is None


@pytest.mark.parametrize(
    ("text", "state"),
    [
        (" 已读", "read"),
        ("，想读", "queued"),
        (" 読了。", "read"),
        (" 已读了又读", None),
        (" read", None),
    ],
)
def test_what_follows_a_title_tells_a_state(text: str, state: str | None) -> None:
    found = state_after(f"BERT{text}", len("BERT"))

    assert (found and found.state) == state
