"""How answers are written for people: plain lines that read well and that tools can cut up."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from papergraph.models import (
    Evidence,
    Hit,
    IngestReport,
    Lineage,
    LineageLink,
    Mention,
    OrderedPapers,
    Paper,
    PaperDetail,
    ReadingPath,
    Recommendation,
)
from papergraph.text import counted, printable, shorten

if TYPE_CHECKING:
    from papergraph.ingest import OpenQuestion, RunReport

_QUOTE = 220
_SKIPPED = 20
_NAMED = 10  # papers of one text
_ROLES = {"about": 0, "listed": 1, "linked": 2, "named": 3}


def paper_line(paper: Paper) -> str:
    """Name a paper on one line: id, year, name and title."""
    name = paper.nicknames[0] if paper.nicknames else ""
    title = shorten(paper.title, 90)
    shown = title if not name or name.lower() in title.lower() else f"{name}: {title}"
    return printable(f"{paper.year or '----'}  {shown}  [{paper.id or 'not stored'}]")


def evidence_line(evidence: Evidence) -> str:
    """Write evidence so that a quote, a curated edge, a citation and a guess are told apart."""
    text = printable(shorten(evidence.text, _QUOTE))
    where = f" ({short_place(evidence.where)})" if evidence.where else ""
    if evidence.kind == "review":
        return f"a review says “{text}”{where}"
    if evidence.kind == "list":
        return f"a list puts it earlier: “{text}”{where}"
    if evidence.kind == "curated":
        return f"curated lineage{where}: {text}"
    if evidence.kind == "reader":
        return f"you said so: {text}"
    return text


def short_place(where: str) -> str:
    """Shorten a path under the working folder to its relative form."""
    here = f"{Path.cwd().as_posix()}/"
    return where.removeprefix(here)


def report_lines(report: IngestReport) -> Iterable[str]:
    """Write what an ingest found: the papers a text names, and what it says of two of them."""
    yield from found_lines(report)
    for relation in report.relations:
        if relation.kind != "order":
            said = evidence_line(relation.evidence[0])
            yield f"  {relation.later.name} {relation.kind} {relation.earlier.name}: {said}"


def found_lines(report: IngestReport) -> Iterable[str]:
    """Write how many papers a text names, and which: those it is most about, at most ten."""
    counts = report.counts
    parts = [
        f"{counts[name]} {name}" for name in ("matched", "new", "stub", "unsure") if counts[name]
    ]
    detail = f" ({', '.join(parts)})" if parts else ""
    yield (
        f"{short_place(report.origin)}: {counted(counts['papers'], 'paper')}{detail},"
        f" {counted(counts['relations'], 'relation')}, {counted(counts['repairs'], 'repair')}"
        f" [{report.format}]"
    )
    first = _first_mentions(report.mentions)
    for mention in sorted(first[:_NAMED], key=lambda mention: mention.line):
        place = f"line {mention.line}"
        shown = paper_line(mention.paper) if mention.paper else f"?  {shorten(mention.text, 90)}"
        yield f"  {mention.role:<7}{mention.status:<8}{shown}  {place}"
    if len(first) > _NAMED:
        yield f"  and {len(first) - _NAMED} more"


def run_lines(total: RunReport, *, is_dry_run: bool) -> Iterable[str]:
    """Sum up what a run over several texts did."""
    empty = f", {total.empty} without a paper" if total.empty else ""
    yield (
        f"{counted(total.read, 'text')} read{empty}, {total.unchanged} unchanged,"
        f" {len(total.skipped)} skipped"
    )
    for one in total.skipped[:_SKIPPED]:
        reason = str(one.error).partition(";")[0]
        yield f"  skipped {short_place(one.origin)}: {printable(shorten(reason, _QUOTE))}"
    if len(total.skipped) > _SKIPPED:
        yield f"  and {len(total.skipped) - _SKIPPED} more"
    found = total.found
    if found:
        kinds = ", ".join(f"{found[name]} {name}" for name in ("matched", "new", "stub"))
        papers = counted(found["papers"], "paper")
        yield f"{papers} found ({kinds}), {counted(found['relations'], 'relation')}"
    if total.linked:
        yield f"{counted(total.linked, 'earlier text')} linked again"
    if total.questions and not is_dry_run:
        open_now = counted(total.questions, "question")
        yield f"needs you: {open_now} open; 'papergraph review' lists them"


def marked_line(marked: Mapping[str, int]) -> str:
    """Say how many papers were given a reading state by the reader's own texts.

    >>> marked_line({"read": 5, "reading": 0, "queued": 2})
    'marked read 5, queued 2'
    """
    if any(marked.values()):
        counts = (f"{state} {count}" for state, count in marked.items() if count)
        return f"marked {', '.join(counts)}"
    return (
        "marked nothing: no new paper is what one of these texts, or a part of it, is about (a page"
        " or heading with its title), nor do they tell of reading (ticked boxes, 'to read',"
        " '12 May: finished the ResNet paper')"
    )


def question_lines(question: OpenQuestion) -> Iterable[str]:
    """Write a mention that needs the reader, with the papers it may mean."""
    place = short_place(f"{question.origin}:{question.line}")
    yield f"{question.id}  {printable(shorten(question.text, 80))!r} in {place}"
    yield f"      “{printable(shorten(question.sentence, _QUOTE))}”"
    for candidate in question.candidates:
        yield f"      {candidate.score:.2f}  {paper_line(candidate.paper)}"


def path_lines(path: ReadingPath) -> Iterable[str]:
    """Write a reading path with its reasons."""
    hours = sum(step.hours for step in path.to_read)
    time = f"{hours:g} hour{'' if hours == 1 else 's'}"
    yield f"To understand {path.name}: {len(path.to_read)} to read, about {time}"
    if path.known:
        yield f"(known: {', '.join(paper.name for paper in path.known)})"
    titles = {step.paper.id: step.paper.name for step in path.steps}
    titles |= {paper.id: paper.name for paper in path.known}
    for step in path.steps:
        known = "" if step in path.to_read else "  (you know it)"
        yield f"{step.position:>3}. {paper_line(step.paper)}{known}"
        if step.needed_by:
            needed_by = titles.get(step.needed_by, step.needed_by)
            yield f"       {step.level}, for {needed_by}, because"
        elif step.because:
            yield "       to understand the topic, because"
        for evidence in step.because:
            yield f"       - {evidence_line(evidence)}"
        for evidence in step.against:
            yield f"       - but: {evidence_line(evidence)}"
        if step.together_with:
            others = ", ".join(titles.get(other, other) for other in step.together_with)
            yield f"       - best read together with {others}"
    for reason in dict.fromkeys(reason for _, reason in path.left_out):
        left = [shorten(paper.name, 40) for paper, other in path.left_out if other == reason]
        yield f"left out ({reason}): {', '.join(left)}"
    for warning in path.warnings:
        yield f"note: {warning}"


def lineage_lines(lineage: Lineage) -> Iterable[str]:
    """Write a lineage: the chain, then parents, branches and what the paper led to."""
    yield " -> ".join(link.paper.name for link in lineage.chain)
    yield from _link_lines(lineage.chain, 2)
    if lineage.parents:
        yield f"{lineage.target.name} builds on:"
        for parent in lineage.parents:
            yield f"  {parent.score:.2f}  {paper_line(parent.paper)}"
            for evidence in parent.because[:1]:
                yield f"       - {evidence_line(evidence)}"
    if lineage.branches:
        yield "branches:"
        for branch in lineage.branches:
            yield f"  {branch.origin.name} -> {paper_line(branch.paper)}"
    if lineage.descendants:
        yield f"{lineage.target.name} led to:"
        yield from _link_lines(lineage.descendants, 1)
    for warning in lineage.warnings:
        yield f"note: {warning}"


def _link_lines(links: Sequence[LineageLink], reasons: int) -> Iterable[str]:
    for link in links:
        yield f"  {paper_line(link.paper)}"
        yield from (f"       - {evidence_line(evidence)}" for evidence in link.because[:reasons])


def order_lines(ordered: OrderedPapers) -> Iterable[str]:
    """Write a list in reading order, each with the reason why it stands after the one before."""
    reasons = {reason.after: reason.evidence for reason in ordered.because}
    for position, paper in enumerate(ordered.order, 1):
        yield f"{position:>3}. {paper_line(paper)}"
        for evidence in reasons.get(paper.id or "", ())[:1]:
            yield f"       - {evidence_line(evidence)}"
    for warning in ordered.warnings:
        yield f"note: {warning}"


def hit_lines(hits: Sequence[Hit]) -> Iterable[str]:
    """Write search results with the reasons why they matched."""
    for hit in hits:
        yield paper_line(hit.paper)
        yield from (f"       - {evidence_line(evidence)}" for evidence in hit.why[:3])


def next_lines(found: Sequence[Recommendation]) -> Iterable[str]:
    """Write recommendations, grouped by reason."""
    groups = dict.fromkeys(item.group for item in found)
    for group in groups:
        yield f"{group}:"
        for item in (item for item in found if item.group == group):
            missing = ", ".join(paper.name for paper in item.missing)
            standing = "ready now" if item.ready else f"first: {missing}"
            yield f"  {paper_line(item.paper)}  {standing}"
            yield from (f"       - {evidence_line(evidence)}" for evidence in item.because)


def detail_lines(detail: PaperDetail) -> Iterable[str]:
    """Write all about one paper."""
    paper = detail.paper
    yield paper_line(paper)
    rows = {
        "authors": ", ".join(paper.authors),
        "venue": paper.venue,
        "published": paper.published,
        "names": ", ".join(paper.nicknames),
        "kind": paper.kind,
        "tags": ", ".join(paper.tags),
        "identifiers": ", ".join(paper.identifiers),
        "url": paper.url,
        "state": paper.state,
        "citations here": f"{paper.citations_here} citing, {paper.references_here} references"
        f" ({paper.references_known} known)",
        "reference lists": "; ".join(map(_list_words, detail.reference_lists)),
        "open copy": detail.pdf,
        "code": detail.code,
    }
    yield from (printable(f"  {name}: {value}") for name, value in rows.items() if value)
    if paper.summary:
        yield f"  summary: {printable(paper.summary)}"
    for mention in detail.mentions:
        place = short_place(f"{mention['origin']}:{mention['line']}")
        yield f"  {mention['role']} in {place}: “{printable(shorten(mention['sentence'], _QUOTE))}”"


def _list_words(found: dict[str, Any]) -> str:
    """How whole one source's list is, in words."""
    of = f" of {found['expected']}" if found["expected"] else ""
    words = f"{found['source'].partition(':')[2]} {found['state']}, {found['found']}{of}"
    return f"{words} ({found['fetched_at'][:10]})"


def absolute_origin(path: Path) -> str:
    """The key a file is known by: its absolute path, with forward slashes."""
    return path.resolve().as_posix()


def _first_mentions(mentions: Sequence[Mention]) -> list[Mention]:
    """One mention a paper, the most telling role first; who is only named may be no paper."""
    best: dict[str, Mention] = {}
    for number, mention in enumerate(mentions):
        key = mention.paper.title if mention.paper else f"mention {number}"
        if key not in best or _ROLES[mention.role] < _ROLES[best[key].role]:
            best[key] = mention
    kept = (mention for mention in best.values() if mention.paper or mention.role != "named")
    return sorted(kept, key=lambda mention: (_ROLES[mention.role], mention.line))
