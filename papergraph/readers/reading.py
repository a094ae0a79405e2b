"""A page being read: its blocks, sections, judged links and the papers found so far."""

from __future__ import annotations

import re
from functools import cached_property

from papergraph.readers.blocks import Block, Page
from papergraph.readers.drafts import Draft, Drafts
from papergraph.readers.legend import Legend, find_legend
from papergraph.readers.links import JudgedLink, judge_links
from papergraph.readers.logged import whole_day
from papergraph.readers.sections import Section, find_sections
from papergraph.readers.titles import clean_entry_title, clean_page_title, is_generic_heading

PAPER_WORD = re.compile(
    r"\bpapers?\b|\bliterature\b|\bpublications?\b|\breading list\b|\bresearch\b|\barxiv\b|"
    r"\breferences\b|\bbibliography\b|논문|论文|論文|\bartikel\b|\bétudes\b",
    re.IGNORECASE,
)
ABOUT_PAPER = re.compile(
    r"\b(?:th(?:is|e|eir) (?:paper|authors?|work|article)|in this (?:paper|work)|they (?:propose|"
    r"introduce|present|show|use|train)|(?:the )?authors? (?:propose|introduce|present|show|argue|"
    r"claim|use|train|note)|we (?:propose|introduce|present|study)|paper (?:proposes|introduces|"
    r"presents|describes|addresses|explores|attempts|summary|review))\b|논문|论文|論文",
    re.IGNORECASE,
)

_LONGEST_DAY = 40
_CITED = re.compile(r"(?<=\w[ \u00a0])\[\d{1,3}(?:[,;–-] ?\d{1,3})*\]")
_DIGIT = re.compile(r"\d")
_OF_SEVERAL = re.compile(
    r"\W*(?:[\w'’-]+\s){0,3}papers(?:$|\s+(?:of|i|we|to|for|from|in|on|that|and|read|notes?|reading)\b)",
    re.IGNORECASE,
)


class Reading:
    """What is known of a page; judged links and sections are worked out once."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.blocks = page.blocks
        self.sections, self.home = find_sections(page.blocks)
        self.links: tuple[tuple[JudgedLink, ...], ...] = tuple(
            judge_links(block.inline) for block in page.blocks
        )
        self.drafts = Drafts()
        self.entries: dict[int, list[Draft]] = {}  # by section, while relations are looked for
        self.loose: list[tuple[int, JudgedLink]] = []
        self.is_index = False  # mostly links to the author's own notes

    def section_of(self, block: int) -> Section:
        """The section a block stands in."""
        return self.sections[self.home[block]]

    def heading_of(self, section: int) -> Block | None:
        """The heading of a section, None before the first."""
        number = self.sections[section].heading
        return self.blocks[number] if number >= 0 else None

    def headings_above(self, block: int) -> list[int]:
        """Section numbers from the innermost to the outermost that have a heading."""
        chain: list[int] = []
        number: int | None = self.home[block] if self.blocks else None
        while number is not None:
            if self.sections[number].heading >= 0:
                chain.append(number)
            number = self.sections[number].parent
        return chain

    @cached_property
    def tables(self) -> tuple[tuple[int, ...], ...]:
        """The rows of each table, its head first."""
        tables: list[list[int]] = []
        for number, block in enumerate(self.blocks):
            if block.kind != "row":
                continue
            if tables and tables[-1][-1] == number - 1:
                tables[-1].append(number)
            else:
                tables.append([number])
        return tuple(tuple(rows) for rows in tables if len(rows) > 1)

    @cached_property
    def table_heads(self) -> dict[int, int]:
        """The head of the table that a row stands in, for every row below it."""
        return {row: rows[0] for rows in self.tables for row in rows[1:]}

    @cached_property
    def days(self) -> dict[int, str]:
        """The blocks that are nothing but a day, as those of diaries; "" for one without a year."""
        short = (
            (number, block.text)
            for number, block in enumerate(self.blocks)
            if len(block.text) <= _LONGEST_DAY and block.kind != "row" and _DIGIT.search(block.text)
        )
        days = ((number, whole_day(text)) for number, text in short)
        return {number: day for number, day in days if day is not None}

    @cached_property
    def legend(self) -> Legend:
        """What the page says that its signs mean; to be asked for when its entries are found."""
        return find_legend(
            ((number, block.text) for number, block in enumerate(self.blocks)),
            lambda number: bool(self.links[number] or self.drafts.in_block(number)),
        )

    @property
    def has_days(self) -> bool:
        """Whether the page is a diary: a day stands in it, or it is the note of one."""
        return bool(self.days or self.page.day)

    @cached_property
    def title(self) -> str | None:
        """The page's own title: front matter, else its first heading when nothing is before it."""
        named = self.page.value("title")
        if named:
            return named
        if self.page.title:
            return self.page.title
        before = 0
        for block in self.blocks[:3]:
            if block.kind == "heading":
                is_title = before == 0 or (before < 200 and not is_generic_heading(block.text))
                return block.text if is_title else None
            before += len(block.text)
        return None

    @cached_property
    def paper_title(self) -> str | None:
        """The page's title as a paper's title, without "Review" and the like; None when generic."""
        title = clean_page_title(self.title or "")
        is_none = not title or is_generic_heading(title) or _OF_SEVERAL.match(title)
        return None if is_none else title

    @cached_property
    def title_block(self) -> int | None:
        """The heading that shows the page's title."""
        for number, block in enumerate(self.blocks[:3]):
            if block.kind == "heading":
                same = clean_entry_title(block.text) == clean_entry_title(self.title or "")
                return number if same else None
        return None

    @cached_property
    def speaks_of_papers(self) -> bool:
        """Whether title, headings or the first paragraphs say that this is about papers."""
        head = [block.text for block in self.blocks[:12] if block.kind != "row"]
        headings = [block.text for block in self.blocks if block.kind == "heading"][:60]
        opening = " ".join([self.title or "", *head, *headings])
        return bool(PAPER_WORD.search(opening))

    @cached_property
    def cites_by_number(self) -> bool:
        """Whether the prose points to entries by their numbers: "as shown in [12]"."""
        return any(
            block.kind == "paragraph" and "[" in block.text and bool(_CITED.search(block.text))
            for block in self.blocks
        )

    @cached_property
    def abouts(self) -> list[Draft]:
        """The papers the page is about; to be asked for when all are found."""
        return [draft for draft in self.drafts if draft.role == "about"]

    def draft_of_section(self, section: int) -> Draft | None:
        """The paper a section is about, when its heading names one."""
        heading = self.sections[section].heading
        return next(iter(self.drafts.in_block(heading)), None)

    def paper_links(self) -> int:
        """How many links lead to papers."""
        return sum(link.target == "paper" for links in self.links for link in links)
