"""Is the whole page about one paper? Its title, front matter, first links and tone decide."""

from __future__ import annotations

import re

from rapidfuzz import fuzz

from papergraph.readers.blocks import Inline, Link
from papergraph.readers.drafts import Draft
from papergraph.readers.links import JudgedLink, judge_links
from papergraph.readers.people import find_authors
from papergraph.readers.reading import ABOUT_PAPER, Reading
from papergraph.readers.sentences import sentence_at
from papergraph.readers.titled_page import is_plain_summary
from papergraph.readers.titles import (
    capital_share,
    clean_page_title,
    find_year,
    is_title_like,
    label_kind,
    looks_coined,
    nickname_of,
)
from papergraph.text import compare_form

_REVIEW = re.compile(
    r"\breview\b|\bpaper\b|논문|리뷰|论文|論文|\bsummary\b|\bexplained\b|\bwalkthrough\b",
    re.IGNORECASE,
)
_PROPOSED = re.compile(
    r"\b(?:proposed|introduced|presented|described|published)\s+(?:in|by)\b(?:\s+the)?(?:\s+paper)?",
    re.IGNORECASE,
)
_VENUE_KEYS = ("year", "conference", "venue", "journal", "booktitle", "publication", "doi", "arxiv")
_LINK_KEYS = (
    "paper",
    "paper_url",
    "paperurl",
    "arxiv",
    "pdf",
    "doi",
    "link",
    "url",
    "paper_link",
    "paper-link",
)
_CONFERENCE = re.compile(
    r"(?:nips|neurips|icml|iclr|cvpr|iccv|eccv|acl|emnlp|kdd|aaai|siggraph)\W{0,2}(?:19|20)?\d\d",
    re.IGNORECASE,
)
_SAME = 82.0
_LONG_LIST = 12
_OPENS_NOTE = re.compile(
    r"^\W*(?:tl;?dr\W+)?(?:the|this) (?:paper|work|authors?|article)\b|"
    r"\b(?:the|this) (?:paper|authors?) "
    r"(?:propos|present|introduc|describ|explor|attempt|address|stud)",
    re.IGNORECASE,
)
_NOTE_HEADING = re.compile(
    r"\W*(?:key (?:points?|ideas?|takeaways?|insights?|contributions?)|contributions?|"
    r"main (?:ideas?|contributions?)|tl;?dr|overall impression|technical details|notes|"
    r"my (?:thoughts|notes)|strengths?)\b",
    re.IGNORECASE,
)


def find_page_paper(reading: Reading) -> None:
    """Mark, join or make the draft of the paper the page is about."""
    if not reading.blocks and not reading.page.fields:
        return
    draft = (
        _titled_draft(reading)
        or _from_fields(reading)
        or _from_generic_link(reading)
        or _introduced(reading)
        or _from_title_alone(reading)
    )
    if draft is None:
        return
    draft.role = "about"
    draft.own_section = 0 if draft.own_section is None else draft.own_section
    if draft not in reading.drafts:
        reading.drafts.keep([draft, *reading.drafts])
    _take_page_links(reading, draft)


def _titled_draft(reading: Reading) -> Draft | None:
    """A paper whose title is the page's title, or whose link the page's heading is."""
    first = reading.title_block
    for draft in reading.drafts:
        if draft.role == "about" and draft.block == first:
            return draft if len(reading.drafts.in_block(draft.block)) == 1 else None
        if draft.role == "about" and draft.block == 0:
            return draft
    return _opening_link(reading) or _same_titled(reading)


def _same_titled(reading: Reading) -> Draft | None:
    title = reading.paper_title
    if title is None:
        return None
    is_list = sum(draft.role == "listed" for draft in reading.drafts) > _LONG_LIST
    for draft in reading.drafts:
        if is_list and draft.block > 2:
            return None
        is_claim = draft.title and draft.role in ("listed", "linked", "about")
        if is_claim and _is_same_title(title, draft.title or ""):
            return draft
    return None


def _opening_link(reading: Reading) -> Draft | None:
    """A page that begins with a line that is nothing but the link to its paper."""
    if reading.title_block is not None or not reading.blocks or reading.page.value("title"):
        return None
    first = reading.drafts.in_block(0)
    is_alone = len(first) == 1 and reading.blocks[0].kind == "paragraph"
    if not is_alone or not first[0].title or first[0].doubt:
        return None
    covers = first[0].end - first[0].start >= 0.9 * len(reading.blocks[0].text.strip())
    return (
        first[0]
        if (covers and reading.sections[0].prose >= 12) or (covers and len(reading.sections) > 1)
        else None
    )


def _is_same_title(one: str, other: str) -> bool:
    left, right = compare_form(one), compare_form(other)
    if not left or not right or min(len(left), len(right)) < 8:
        return left == right != ""
    if fuzz.ratio(left, right) >= _SAME:
        return True
    if right in left and len(right) >= max(20, 0.45 * len(left)):
        return True
    is_part = len(left.split()) >= 4 and 0.55 * len(right) <= len(left) <= len(right)
    return is_part and fuzz.partial_ratio(left, right) >= 92


def _page_draft(reading: Reading, title: str) -> Draft | None:
    """Make a draft at the place where the page's title stands."""
    block = reading.title_block
    if block is None:
        if not reading.blocks:
            return None
        block = 0
    shown = reading.blocks[block]
    is_heading = block == reading.title_block
    return Draft(
        block=block,
        start=0,
        end=len(shown.text) if is_heading else 0,
        role="about",
        title=title,
        nickname=nickname_of(title),
        section=reading.home[block],
        own_section=reading.home[block] if is_heading else 0,
    )


def _in_full(reading: Reading, title: str) -> str:
    """The first heading, when it is a title that begins with the one of the front matter."""
    heading = next((block for block in reading.blocks[:3] if block.kind == "heading"), None)
    full = clean_page_title(heading.text) if heading else ""
    is_longer = full.casefold().startswith(title.casefold()) and is_title_like(full)
    return full if is_longer else title


def _from_fields(reading: Reading) -> Draft | None:
    """A page whose front matter describes a paper: authors with a year, a venue or a paper link."""
    page = reading.page
    title = page.value("paper_title", "paper-title", "paper title") or page.value("title")
    people = page.value("authors", "author")
    has_venue = any(page.value(key) for key in _VENUE_KEYS)
    names = find_authors(f"{people} ", "") if people else ()
    links = [link for key in _LINK_KEYS if (link := _field_link(page.value(key) or ""))]
    if not title or not ((names and has_venue) or links):
        return None
    draft = _page_draft(reading, _in_full(reading, clean_page_title(title)))
    if draft is None:
        return None
    draft.authors = names
    draft.year = find_year(page.value("year", "conference", "venue", "journal") or "")
    for link in links:
        draft.take(link)
    return draft


def _field_link(value: str) -> JudgedLink | None:
    value = value.strip().strip("<>\"'")
    if not re.match(r"https?://\S+$|arxiv:|\d{4}\.\d{4,5}$|10\.\d{4,}/", value, re.IGNORECASE):
        return None
    if re.match(r"\d{4}\.\d{4,5}$", value):
        value = f"arXiv:{value}"
    is_url = value.startswith("http")
    inline = Inline(
        text=value,
        anchors=((0, 1, 1),),
        links=(Link(start=0, end=len(value), url=value),) if is_url else (),
    )
    return next((link for link in judge_links(inline) if link.is_paper), None)


def _take_page_links(reading: Reading, draft: Draft) -> None:
    """Give the page's paper the links of its front matter and of mentions without a title."""
    for entry in reading.page.fields:
        if entry.key == "url in front matter":
            link = _field_link(entry.value)
            if link and link.target == "paper" and not draft.identifier:
                draft.take(link)
    if draft.identifier or draft.url:
        return
    for other in list(reading.drafts):
        if other is not draft and other.role == "linked" and not other.title and other.url:
            if _names_page(reading, other):
                draft.links += other.links
                draft.url, draft.identifier = other.url, other.identifier
                reading.drafts.drop(other)
            return


def _names_page(reading: Reading, other: Draft) -> bool:
    block = reading.blocks[other.block]
    text = block.text
    start, end = sentence_at(text, other.start) if block.kind != "item" else (0, len(text))
    sentence = text[start:end]
    is_short = len(re.findall(r"\w+", sentence.replace(text[other.start : other.end], ""))) <= 8
    return is_short or bool(
        re.search(
            r"\b(?:this|original|the|full) (?:paper|article|work)\b|논문|here",
            sentence,
            re.IGNORECASE,
        )
    )


def _from_generic_link(reading: Reading) -> Draft | None:
    """A page with a title like a paper's and a link that says no more than "paper"."""
    title = reading.paper_title
    first = _first_bare(reading)
    if title is None or first is None or not _may_be_named(title):
        return None
    if reading.paper_links() <= 3 and _stands_alone(reading, first):
        return _make_page(reading, first, title)
    talks = bool(ABOUT_PAPER.search(_opening(reading)))
    if not talks and (reading.paper_links() > _LONG_LIST or capital_share(title) < 0.5):
        return None
    before = reading.blocks[first.block].text[: first.start]
    is_one_of_many = re.search(r"\b(?:a|an|another|some)\s*$", before, re.IGNORECASE)
    if _names_page(reading, first) and not is_one_of_many:
        return _make_page(reading, first, title)
    return None


def _may_be_named(title: str) -> bool:
    """Whether a page's title can be a paper's: three words, or two with capitals, or coined."""
    if len(title.split()) == 2 and capital_share(title) < 1:
        return False
    return is_title_like(title, fewest_words=2) or looks_coined(title)


def _first_bare(reading: Reading) -> Draft | None:
    """The first mention that is a link without a title, near the top, on a page about no paper."""
    if any(draft.role == "about" for draft in reading.drafts):
        return None
    bare = (
        draft
        for draft in reading.drafts
        if draft.role in ("linked", "listed")
        and not draft.title
        and (draft.url or draft.identifier)
    )
    first = next(bare, None)
    if first is None or first.block > 25 or not _is_paper_label(reading, first):
        return None
    return first


def _make_page(reading: Reading, link: Draft, title: str) -> Draft | None:
    """Let the page's title take over a mention that is no more than a link."""
    draft = _page_draft(reading, title)
    if draft is not None:
        reading.drafts.drop(link)
        draft.links += link.links
        draft.url, draft.identifier, draft.year = link.url, link.identifier, link.year
    return draft


def _stands_alone(reading: Reading, draft: Draft) -> bool:
    """Whether a link is a line of its own."""
    text = reading.blocks[draft.block].text
    return len(text.strip()) - (draft.end - draft.start) <= 12


def _is_paper_label(reading: Reading, draft: Draft) -> bool:
    words = reading.blocks[draft.block].text[draft.start : draft.end]
    return label_kind(words) in ("paper", "weak")


def _opening(reading: Reading) -> str:
    return " ".join(block.text for block in reading.blocks[:14])[:6000]


def _introduced(reading: Reading) -> Draft | None:
    """The first titled paper link of a page that reviews it, or explains what it proposed."""
    if any(draft.role == "about" for draft in reading.drafts):
        return None
    candidates = [
        d
        for d in reading.drafts
        if d.title and d.url and d.role in ("linked", "listed") and not d.doubt
    ]
    for draft in sorted(candidates, key=lambda draft: (draft.block, draft.start))[:4]:
        block = reading.blocks[draft.block]
        if block.kind != "paragraph":
            continue
        start, _ = sentence_at(block.text, draft.start)
        words = {word for word in compare_form(reading.title or "").split() if len(word) > 3}
        if _PROPOSED.search(block.text[start : draft.start + 1]) and words & set(
            compare_form(block.text[start : draft.start]).split()
        ):
            return draft
    first = min(candidates, key=lambda draft: (draft.block, draft.start), default=None)
    if first is None or not is_title_like(first.title or "", fewest_words=4):
        return None
    block = reading.blocks[first.block]
    is_opening = block.kind == "paragraph" and not any(
        other.kind == "paragraph" and len(other.text) > 80
        for other in reading.blocks[: first.block]
    )
    start, end = sentence_at(block.text, first.start)
    says_paper = bool(
        re.search(r"\bpapers?\b|논문|论文|論文", block.text[start : end + 30], re.IGNORECASE)
    )
    is_review = bool(_REVIEW.search(reading.title or "")) or says_paper
    return first if is_opening and is_review and says_paper else None


def _from_title_alone(reading: Reading) -> Draft | None:
    """A note without any link: a title, then its authors, or talk of "the paper"."""
    title = reading.paper_title
    if title is None or any(draft.role == "about" for draft in reading.drafts):
        return None
    if (
        _CONFERENCE.match(title)
        or label_kind(title)
        or sum(draft.role == "listed" for draft in reading.drafts) > 3
    ):
        return None
    people = _people_below(reading)
    words = len(title.split())
    has_people = bool(people) and (4 <= words <= 30 or (words >= 2 and capital_share(title) >= 0.3))
    if not has_people and not _is_written_note(reading, title):
        return None
    draft = _page_draft(reading, title)
    if draft is not None:
        draft.authors = people
        draft.year = find_year(" ".join(block.text for block in reading.blocks[1:3])[:300])
    return draft


def _is_written_note(reading: Reading, title: str) -> bool:
    """Whether a page with a title like a paper's is written as a note on it."""
    if not is_title_like(title) or capital_share(title) < 0.6 or len(title.split()) < 4:
        return False
    prose = [block.text for block in reading.blocks if block.kind in ("paragraph", "item")]
    opens = any(_OPENS_NOTE.search(text[:120]) for text in prose[:3])
    if reading.page.value("title"):
        return opens or is_plain_summary(reading)
    body = " ".join(prose[:40])[:12_000]
    heads = sum(
        bool(_NOTE_HEADING.match(block.text)) for block in reading.blocks if block.kind == "heading"
    )
    is_tldr = any(re.match(r"\W*tl;?dr", text, re.IGNORECASE) for text in prose[:3])
    is_strict = capital_share(title) >= 0.75
    return opens or bool(ABOUT_PAPER.search(body)) or (is_strict and (heads >= 1 or is_tldr))


def _people_below(reading: Reading) -> tuple[str, ...]:
    """Names of authors on the lines right under the page's heading."""
    start = 0 if reading.title_block is None else reading.title_block + 1
    for block in reading.blocks[start : start + 3]:
        if block.kind == "heading" or reading.links[start]:
            break
        if re.match(r"\W*(?:references?|bibliography|sources?)\b", block.text, re.IGNORECASE):
            break
        line = block.text.split("\n")[0][:400]
        line = re.sub(r"^\s*(?:\W*authors?\W*:|\W*by\b)\s*", "", line, flags=re.IGNORECASE)
        line = re.sub(
            r"[*†‡§¹²³\d]+(?=[,\s]|$)",
            "",
            re.sub(r",?\s*\(?(?:[A-Z]{3,}[ ,'-]*)?(?:19|20)\d\d\)?.*$", "", line),
        )
        people = find_authors(f"{line} ", "")
        is_list = len(line.split()) <= 3 * len(people) + 4 and not re.match(r"\W*\[?\d", line)
        if len(people) >= 2 and is_list:
            return people
    return ()
