"""Links that may lead to papers or not: the company they keep decides."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass

from papergraph.readers.drafts import Draft
from papergraph.readers.reading import PAPER_WORD, Reading
from papergraph.readers.titles import capital_share, find_year, is_title_like, looks_coined

_NOT_PAPERS = re.compile(
    r"\b(?:blogs?|videos?|courses?|books?|tutorials?|tools?|software|librar(?:y|ies)|framework|code|"
    r"datasets?|implementations?|people|researchers|contribut\w+|license|talks?|lectures?|slides|"
    r"podcasts?|news|websites?|projects?|installation|setup|useful (?:links|resources)|github)\b",
    re.IGNORECASE,
)
_EVENT = re.compile(
    r"\b(?:challenge|workshop|tutorial|course|toolkit|library|leaderboard|competition)\b",
    re.IGNORECASE,
)


def settle_doubts(reading: Reading) -> None:
    """Keep doubtful drafts that stand among papers, make notes in prose `named`, drop the rest."""
    notes = [draft for draft in reading.drafts if draft.doubt == "note"]
    titles = sum(_reads_as_title(draft) for draft in notes)
    reading.is_index = len(notes) >= 5 and titles >= 0.6 * len(notes)
    groups: dict[tuple[int, int, str], list[Draft]] = defaultdict(list)
    for draft in reading.drafts:
        groups[_group(reading, draft)].append(draft)
    companies = {key: Company.of(drafts) for key, drafts in groups.items()}
    kept: list[Draft] = []
    for draft in reading.drafts:
        if draft.doubt == "wiki":
            draft.role = draft.role if _is_dated_title(reading, draft) else "named"
            kept.append(draft)
        elif not draft.doubt or _is_believed(reading, draft, companies[_group(reading, draft)]):
            draft.doubt = ""
            kept.append(draft)
        elif draft.doubt == "note" and _is_note_link(draft):
            draft.role = "named"
            kept.append(draft)
    reading.drafts.keep(kept)


def _is_dated_title(reading: Reading, draft: Draft) -> bool:
    """A whole title with its year beside it: "[[Deep nets go deep and deeper]] (JMLR 2014)"."""
    tail = reading.blocks[draft.block].text[draft.end : draft.end + 40]
    return is_title_like(draft.title or "", fewest_words=5) and find_year(tail) is not None


def _group(reading: Reading, draft: Draft) -> tuple[int, int, str]:
    block = reading.blocks[draft.block]
    return draft.section, block.list_id, block.kind


@dataclass(frozen=True, slots=True, kw_only=True)
class Company:
    """What stands in one list: how many entries, how many surely papers, how many like titles."""

    size: int
    sure: int
    alike: int

    @classmethod
    def of(cls, drafts: list[Draft]) -> Company:
        """Count the entries of a list."""
        return cls(
            size=len(drafts),
            sure=sum(not draft.doubt for draft in drafts),
            alike=sum(_reads_as_title(draft) for draft in drafts),
        )


def _is_note_link(draft: Draft) -> bool:
    """A link to a file of the author's own: it names the paper that file is about."""
    return bool(
        draft.url
        and re.search(r"\.(?:md|markdown|mkd|org|rst)(?:#.*)?$", draft.url, re.IGNORECASE)
        and draft.title
    )


def _is_believed(reading: Reading, draft: Draft, company: Company) -> bool:
    title = draft.title or ""
    if draft.doubt == "other":
        return False
    if draft.role == "about":  # a heading that links to an unknown place
        return _is_believed_heading(reading, draft, title)
    if draft.role != "listed" or not title:
        return draft.doubt in ("maybe", "likely") and (
            _is_pdf_title(draft) or _is_called_paper(reading, draft) or _is_filed(reading, draft)
        )
    return _is_believed_entry(reading, draft, company, title)


def _is_believed_heading(reading: Reading, draft: Draft, title: str) -> bool:
    """Whether a heading that links to an unknown place names a paper."""
    if _EVENT.search(title) or not is_title_like(title) or capital_share(title) < 0.6:
        return False
    sure = sum(other.role == "about" and not other.doubt for other in reading.drafts)
    if draft.doubt == "page":
        return sure >= 3
    return reading.speaks_of_papers and (sure >= 1 or len(title.split()) >= 5)


def _is_believed_entry(reading: Reading, draft: Draft, company: Company, title: str) -> bool:
    """Whether a doubtful entry of a list is a paper."""
    if draft.doubt == "page":
        is_among = company.sure >= 4 and company.sure >= 0.8 * company.size
        is_note = reading.is_index and _believe_note(reading, draft, company)
        return is_note or (is_among and is_title_like(title, fewest_words=4))
    if draft.doubt == "note":
        return _believe_note(reading, draft, company)
    if draft.doubt == "maybe":
        if _under_other(reading, draft) or not is_title_like(title):
            return False
        if _is_pdf_title(draft) and capital_share(title) >= 0.6:
            return True
        is_surrounded = company.sure >= 2 and company.sure >= 0.4 * company.size
        return is_surrounded or (_under_papers(reading, draft) and _reads_as_title(draft))
    return draft.doubt == "title" and _under_papers(reading, draft)


def _is_called_paper(reading: Reading, draft: Draft) -> bool:
    """Whether the words beside a link in prose call it a paper."""
    text = reading.blocks[draft.block].text
    near = text[max(0, draft.start - 50) : draft.end + 30]
    return bool(re.search(r"\bpapers?\b|논문|论文|論文|et al", near, re.IGNORECASE))


def _is_filed(reading: Reading, draft: Draft) -> bool:
    """Whether a PDF lies among publications, or is linked from a page that links many papers."""
    if ".pdf" not in (draft.url or "").lower() or draft.doubt != "likely":
        return False
    if re.search(
        r"/(?:publications?|papers?|pubs|publis|preprints?)(?:/|$)", draft.url or "", re.IGNORECASE
    ):
        return True
    return sum(not other.doubt for other in reading.drafts) >= 6


def _is_pdf_title(draft: Draft) -> bool:
    return bool(
        draft.url and ".pdf" in draft.url and is_title_like(draft.title or "", fewest_words=4)
    )


def _reads_as_title(draft: Draft) -> bool:
    title = draft.title or ""
    if looks_coined(title) and draft.doubt in ("", "note"):
        return True
    return is_title_like(title) and capital_share(title) >= 0.5


def _believe_note(reading: Reading, draft: Draft, company: Company) -> bool:
    title, alike = draft.title or "", company.alike
    if _under_other(reading, draft):
        return False
    is_entry = reading.is_index and 3 <= len(title.split()) <= 34
    if not (
        is_entry
        or is_title_like(title)
        or (is_title_like(title, fewest_words=1) and (alike >= 4 or reading.is_index))
    ):
        return False
    is_list = alike >= 0.6 * company.size or reading.is_index
    return is_list and (
        _under_papers(reading, draft)
        or (reading.speaks_of_papers and (alike >= 3 or reading.is_index))
    )


def _headings(reading: Reading, draft: Draft) -> list[str]:
    chain = reading.headings_above(draft.block)
    return [reading.blocks[reading.sections[section].heading].text for section in chain]


def _under_papers(reading: Reading, draft: Draft) -> bool:
    """Whether the headings above, or the line before the list, say that these are papers."""
    if any(PAPER_WORD.search(text) for text in _headings(reading, draft)):
        return True
    before = [
        block.text
        for block in reading.blocks[max(0, draft.block - 4) : draft.block]
        if block.kind == "paragraph"
    ]
    return any(PAPER_WORD.search(text) for text in before[-1:])


def _under_other(reading: Reading, draft: Draft) -> bool:
    nearest = _headings(reading, draft)[:1]
    return any(_NOT_PAPERS.search(text) and not PAPER_WORD.search(text) for text in nearest)
