"""One line of writing that names papers: a list entry, a reference, a sentence with links."""

from __future__ import annotations

import re

from papergraph.readers.blocks import Block
from papergraph.readers.cells import year_in_row
from papergraph.readers.drafts import Draft
from papergraph.readers.leads import KEY, is_plausible, lead_title, names_people
from papergraph.readers.links import JudgedLink
from papergraph.readers.number_names import name_before
from papergraph.readers.people import find_authors
from papergraph.readers.reference_styles import is_byline, split_reference
from papergraph.readers.remarks import (
    QUOTED,
    are_apart,
    cut_remarks,
    name_another,
    told_title,
)
from papergraph.readers.stretches import Stretch
from papergraph.readers.titles import (
    BIBLIOGRAPHIC,
    clean_entry_title,
    find_year,
    is_title_like,
    is_venue,
    label_kind,
    nickname_after,
    nickname_before,
    nickname_of,
)

_SENTENCE_END = re.compile(r"(?<!\b[A-Z])(?<!\bal)[.!?;]\s+(?=[A-Z])")
_OF_ANOTHER = re.compile(r"\([^()]{0,160}\)(?=.*\w)")  # "S4 (Gu et al., 2022), which [builds on"
_DATED = re.compile(r"^\s*\((?:19|20)\d\d\)\s")
_REFERENCE = re.compile(r"^\s*(?:\[[\w+-]{1,24}\]|\(\d{1,3}\)|\d{1,3}[.)])\s")


def read_stretch(block: Block, stretch: Stretch) -> tuple[list[Draft], list[JudgedLink]]:
    """Return the papers a stretch names, and the links to papers whose title stands elsewhere."""
    titled = [
        link
        for link in stretch.links
        if _is_title_link(link) and not _is_bracketed(block, link, stretch)
    ]
    if any(link.is_paper for link in titled) or (titled and not _labelled(stretch)):
        return _titled_links(block, stretch, titled)
    if titled and stretch.kind in ("item", "row"):
        return _titled_links(block, stretch, titled)
    drafts: list[Draft] = []
    loose: list[JudgedLink] = []
    remarks = cut_remarks(block, stretch) if _labelled(stretch) else ()
    for remark in remarks:
        labelled = _labelled(remark)
        found = _remark_draft(block, remark, labelled, is_one=len(remarks) == 1)
        if found:
            drafts.append(found)
            labelled = _without_own(block, found, labelled)
        loose += labelled
    return drafts, loose


def _remark_draft(
    block: Block, remark: Stretch, labelled: list[JudgedLink], *, is_one: bool
) -> Draft | None:
    """The paper a remark numbers, when it gives its title; `is_one`: nothing else is remarked."""
    if not labelled:
        return None
    told = None if is_one else told_title(block, remark, labelled[0])
    if told is None:
        return _title_beside(block, remark, labelled[0])
    draft = _draft(block, remark, *told, block.text[slice(*told)])
    draft.role = "linked"
    return draft


def _is_title_link(link: JudgedLink) -> bool:
    """Whether a link's words are the name of what it leads to."""
    return link.label is None and link.target != "other" and len(link.words) <= 300


def _is_bracketed(block: Block, link: JudgedLink, stretch: Stretch) -> bool:
    """Whether a link is a short word in brackets after a title: "Title [[Nature](url)]"."""
    before = block.text[max(link.start - 1, 0) : link.start]
    after = block.text[link.end : link.end + 1]
    lead = block.text[stretch.start : stretch.links[0].start]
    is_short = len(link.words.split()) <= 2 and before in ("[", "(") and after in ("]", ")")
    return is_short and is_plausible(clean_entry_title(lead) or "-")


def _labelled(stretch: Stretch) -> list[JudgedLink]:
    return [
        link
        for link in stretch.links
        if link.is_paper and (link.is_label or len(link.words.split()) <= 2)
    ]


def _titled_links(
    block: Block, stretch: Stretch, titled: list[JudgedLink]
) -> tuple[list[Draft], list[JudgedLink]]:
    drafts: list[Draft] = []
    loose: list[JudgedLink] = []
    by_url: dict[str, Draft] = {}
    named = {id(link) for link in titled}
    remarks = cut_remarks(block, stretch) if _labelled(stretch) else ()
    for link in stretch.links:
        if id(link) in named:
            same = by_url.get(link.url) if link.is_paper else None
            if same:
                _lengthen(block, same, link)
                continue
            drafts.append(_titled_draft(block, stretch, link, is_first=not drafts))
            by_url.setdefault(link.url, drafts[-1])
        elif link.is_paper and link.is_label:
            last = drafts[-1] if drafts else None
            if (
                last
                and _is_near(last, link)
                and not are_apart(block, remarks, last.end, link.start)
            ):
                last.take(link)
            else:
                loose.append(link)
    if drafts and stretch.kind == "item":  # icons before a title: "[:scroll:](a.pdf) [Title](b)"
        for link in [other for other in loose if other.end <= drafts[0].start]:
            drafts[0].take(link)
            loose.remove(link)
    _set_later_roles(stretch, drafts)
    return drafts, loose


def _is_near(draft: Draft, link: JudgedLink) -> bool:
    """Whether a label may go with a title before it; an entry's labels may stand at its end."""
    is_beside = draft.role == "listed" or link.start - draft.end <= 30
    return is_beside and draft.accepts(link)


def _lengthen(block: Block, draft: Draft, link: JudgedLink) -> None:
    """Join the second half of a title that was cut into two links to one address."""
    if not block.text[draft.end : link.start].strip():
        draft.title = f"{draft.title} {clean_entry_title(link.words)}".strip()
        draft.end = link.end


def _titled_draft(block: Block, stretch: Stretch, link: JudgedLink, *, is_first: bool) -> Draft:
    draft = _draft(block, stretch, link.start, link.end, link.words)
    draft.role = "listed" if is_first and is_entry(block, stretch, link.start) else "linked"
    if draft.role == "linked":
        _keep_to_sentence(block, stretch, draft, link)
    draft.take(link)
    draft.doubt = "" if link.is_paper else link.target
    if link.target == "likely" and draft.role == "linked":
        draft.doubt = "likely"
    _heed_tags(block, stretch, draft)
    return draft


def _set_later_roles(stretch: Stretch, drafts: list[Draft]) -> None:
    """Further titles of an entry are entries too, unless a sentence stands between."""
    if len(drafts) > 1 and drafts[0].role == "listed":
        for draft in drafts[1:]:
            between = stretch.text[drafts[0].end - stretch.start : draft.start - stretch.start]
            draft.role = "linked" if len(between.split()) > 6 else "listed"


def _heed_tags(block: Block, stretch: Stretch, draft: Draft) -> None:
    """A tag in code type after a link may say what it is: `video`, `book`, `paper`."""
    if not draft.doubt:
        return
    for style in block.inline.styles:
        if style.kind == "code" and draft.end <= style.start < stretch.end:
            kind = label_kind(block.text[style.start : style.end])
            if kind in ("paper", "other"):
                draft.doubt = "" if kind == "paper" else "other"
                return


def _without_own(block: Block, found: Draft, labelled: list[JudgedLink]) -> list[JudgedLink]:
    """Give a paper the numbers and links that are its own, and return the others."""
    loose: list[JudgedLink] = []
    after = found.end
    for place, link in enumerate(labelled):
        if block.kind == "paragraph" and name_another(block.text[after : link.start]):
            return loose + labelled[place:]
        if found.accepts(link):
            if not found.links and name_before(block.text, link) == found.title:
                found.nickname = found.nickname or found.title
            found.take(link)
            after = link.end
        else:
            loose.append(link)
    return loose


def _title_beside(block: Block, stretch: Stretch, link: JudgedLink) -> Draft | None:
    """Find the title a labelled link belongs to: bold, quoted, or the words before it."""
    cited = _cited_title(block, stretch, link)
    if cited is not None:
        return cited
    spans = [span for span in _marked_spans(block, stretch) if span[0] <= link.start + 40]
    entry = stretch.kind in ("item", "row", "heading") or bool(_REFERENCE.match(stretch.text))
    for start, end in spans:
        words = block.text[start:end]
        if _is_source(words):
            continue
        near = link.start - end < (400 if entry else 60)
        title = clean_entry_title(words)
        is_marked = start - stretch.start <= 6 and is_plausible(title) and entry
        is_title = is_marked or is_title_like(title, fewest_words=2)
        if near and is_title and not _is_key(words):
            draft = _draft(block, stretch, start, end, words)
            draft.role = "listed" if is_entry(block, stretch, start) else "linked"
            return draft
    lead = lead_title(block, stretch, link)
    if lead is None or _is_source(block.text[slice(*lead)]) or names_people(block, lead):
        return None
    start, end = lead
    draft = _draft(block, stretch, start, end, block.text[start:end])
    draft.role = "listed"
    return draft


def _cited_title(block: Block, stretch: Stretch, link: JudgedLink) -> Draft | None:
    """The title of a reference, with its people before or after it, that ends in its link."""
    marker = _REFERENCE.match(stretch.text) or _DATED.match(stretch.text)
    start = stretch.start + (marker.end() if marker else 0)
    lead = block.text[start : link.start]
    start += len(lead) - len(lead.lstrip())
    found = split_reference(lead.strip())
    if found is None:
        return None
    words = block.text[start + found.start : start + found.end]
    draft = _draft(block, stretch, start + found.start, start + found.end, words)
    draft.authors, draft.year = found.people, found.year or draft.year
    return draft


def _is_source(words: str) -> bool:
    return is_venue(words) or is_byline(words)


def _is_key(words: str) -> bool:
    return words.rstrip().endswith(":") or label_kind(words) is not None


def _marked_spans(block: Block, stretch: Stretch) -> list[tuple[int, int]]:
    """Bold and quoted words of a stretch, the quoted ones first, in order."""
    quoted = [
        (stretch.start + match.start(1), stretch.start + match.end(1))
        for match in QUOTED.finditer(stretch.text)
    ]
    bold = [
        (style.start, style.end)
        for style in block.inline.styles
        if style.kind == "bold" and stretch.start <= style.start < stretch.end
    ]
    italic = [
        (style.start, style.end)
        for style in block.inline.styles
        if style.kind == "italic" and stretch.start <= style.start < stretch.end
    ]
    long_bold = [span for span in bold if len(block.text[span[0] : span[1]].split()) >= 3]
    return quoted + long_bold + [span for span in bold if span not in long_bold] + italic


def _draft(block: Block, stretch: Stretch, start: int, end: int, words: str) -> Draft:
    tail = block.text[end : stretch.end]
    title, people = part_people(clean_entry_title(words))
    lead = block.text[stretch.start : start]
    year = find_year(words[-8:]) or _year_right_before(lead)
    if stretch.kind == "row":
        own = tail.split("|")[0], lead.rsplit("|")[-1]
        year = year or find_year(own[0]) or find_year(own[1]) or year_in_row(stretch.text)
    else:
        year = year or find_year(tail[:160]) or find_year(lead[-60:])
    return Draft(
        block=stretch.block,
        start=start,
        end=end,
        role="listed",
        title=title or None,
        nickname=nickname_of(title) or nickname_before(lead) or nickname_after(tail),
        year=year,
        authors=people or find_authors(lead, tail),
    )


def _keep_to_sentence(block: Block, stretch: Stretch, draft: Draft, link: JudgedLink) -> None:
    """Year and people of a paper linked in prose: of its sentence, no year of a paper before it."""
    lead = _SENTENCE_END.split(block.text[stretch.start : link.start])[-1]
    tail = _SENTENCE_END.split(block.text[link.end : stretch.end], maxsplit=1)[0]
    draft.year = (
        find_year(link.words[-8:])
        or _year_right_before(lead)
        or find_year(tail[:160])
        or find_year(_OF_ANOTHER.sub("", lead)[-60:])
    )
    people = part_people(clean_entry_title(link.words))[1]
    if draft.authors != (people or find_authors(lead, tail)):  # of another sentence
        draft.authors = ()


def _year_right_before(lead: str) -> int | None:
    """The year of "Rao & Lindqvist (2017) " before a title."""
    match = re.search(r"[(\[]((?:19|20)\d\d)[a-z]?[)\]]\W{0,4}$", lead)
    return int(match[1]) if match else None


def part_people(words: str) -> tuple[str, tuple[str, ...]]:
    """Part a title from the people and the year written into the same words.

    >>> part_people("Deep nets go deep - by Ann Author and Bob Writer")
    ('Deep nets go deep', ('Ann Author', 'Bob Writer'))
    >>> part_people("A. Author, et al. “Deep nets go deep.” In ICML, 2018")
    ('Deep nets go deep', ('A. Author',))
    """
    quoted = QUOTED.search(words)
    if quoted and is_title_like(clean_entry_title(quoted[1])):
        return clean_entry_title(quoted[1]), find_authors(words[: quoted.start()], "")
    cited = split_reference(words)
    if cited and cited.start:
        return clean_entry_title(words[cited.start : cited.end]), cited.people
    byline = re.search(r"\s[-–—]\s?(?:by\s+)?(?=[A-Z])([^-–—]{5,200})$", words)
    people = find_authors(f"{byline[1]} ", "") if byline else ()
    if byline and (len(people) >= 2 or (people and " by " in byline[0])):
        return clean_entry_title(words[: byline.start()]), people
    return words, ()


def is_entry(block: Block, stretch: Stretch, start: int) -> bool:
    """Whether a title at `start` opens its stretch, as in a list, and does not stand in prose."""
    lead = block.text[stretch.start : start]
    for style in sorted(block.inline.styles, key=lambda style: -style.start):
        if style.kind == "code" and stretch.start <= style.start < start:
            lead = lead[: style.start - stretch.start] + lead[max(style.end - stretch.start, 0) :]
    lead = re.sub(r":[a-z0-9_+-]+:", "", lead)
    words = re.findall(r"[\w'’]+", lead)
    if stretch.kind in ("item", "row"):
        small = [word for word in words if word.islower() and len(word) > 2]
        return (
            len(words) <= 3
            or KEY.fullmatch(lead) is not None
            or len(small) <= 1
            or bool(find_authors(lead, ""))
        )
    rest = len(block.text[start : stretch.end].split())
    return (
        (not words and rest <= 45)
        or bool(_REFERENCE.match(stretch.text))
        or bool(find_authors(lead, "") and BIBLIOGRAPHIC.search(stretch.text))
    )
