"""Asks the sources about a batch of papers: metadata by identifier, then by title, then references.

Only the network is touched here; what came back is stored by `storing`. A source in short trouble
is waited for, so that a crawl with and without trouble ends alike; one in long trouble is gone
around, and asked again by a later crawl.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from papergraph.errors import OfflineError, RefusedError, SourceError, UnavailableError
from papergraph.library import FrontierItem
from papergraph.models import Paper, ReferenceList, SourcedPaper, is_only_named
from papergraph.sources.accepting import judge_title
from papergraph.sources.source import Source

ANSWERED, UNKNOWN, WAITING = "answered", "unknown", "waiting"
SHORT_TRIES = 3  # so often a source in trouble is waited for; then it is gone around

# sources.md 3.1: who is asked about an identifier, in this order; a venue's own pages before those
# who collect from everywhere. Semantic Scholar is first with a key, and last without one.
_BY_IDENTIFIER = (
    *("arxiv", "openalex", "datacite", "crossref", "nips", "pmlr", "cvf", "acl"),
    *("openreview", "pubmed", "dblp", "doi"),
)
_BY_TITLE = ("openalex", "crossref", "dblp", "arxiv")
_LINKS = ("unpaywall", "hf")
_LISTS = ("openalex", "crossref", "opencitations", "s2")
_SURE = ("arxiv", "doi", "pmid", "pmcid", "s2", "openalex")  # name a paper better than its title
_MOST_ROUNDS = 2  # identifiers of one paper that one source is asked about


@dataclass(slots=True, kw_only=True)
class Question:
    """One paper being looked up, with all that was answered so far."""

    item: FrontierItem
    card: Paper
    identifiers: list[str]
    answers: dict[str, str]
    found: list[tuple[str, SourcedPaper]] = field(default_factory=list)
    lists: dict[str, ReferenceList | str] = field(default_factory=dict)
    rejected: list[tuple[str, str, str]] = field(default_factory=list)
    until: str | None = None
    is_stopped: bool = False
    has_list: bool = False

    @property
    def is_resolved(self) -> bool:
        """Has any source said what paper this is?"""
        return any(answer == ANSWERED for answer in self.answers.values())

    def open_for(self, name: str, label: str | None = None) -> bool:
        """May this source still be asked?"""
        answer = self.answers.get(label or name)
        return not self.is_stopped and (answer is None or answer.startswith(WAITING))

    def hear(self, name: str, paper: SourcedPaper) -> None:
        """Take in what a source answered."""
        self.answers[name] = ANSWERED
        self.found.append((name, paper))
        self.identifiers += [i for i in paper.record.identifiers if i not in self.identifiers]
        if paper.references is not None:
            self.hear_list(name, paper.references)

    def hear_list(self, name: str, found: ReferenceList) -> None:
        """Take in a reference list; an unknown one says nothing."""
        if found.state != "unknown":
            self.lists[name] = found
        self.has_list |= found.state == "complete"

    def fail(self, name: str, error: SourceError) -> None:
        """Take in that a source failed; a short trouble stops the question until it is over."""
        if isinstance(error, RefusedError):
            self.answers[name] = f"refused: {error}"
        elif isinstance(error, UnavailableError):
            self.answers[name] = f"{WAITING}: {error}"
            self.until = min(filter(None, (self.until, error.until)), default=None)
            self.is_stopped = self.item.tries < SHORT_TRIES
        else:
            self.answers[name] = f"failed: {error}"


def open_question(item: FrontierItem, card: Paper, *, has_list: bool) -> Question:
    """Begin a question, or go on with one that was broken off."""
    return Question(
        item=item,
        card=card,
        identifiers=list(card.identifiers),
        answers=dict(item.answers),
        has_list=has_list,
    )


def ask_sources(questions: Sequence[Question], sources: Mapping[str, Source], keyed: bool) -> None:
    """Ask all that is to be asked about these papers; the answers are kept in the questions.

    Raises OfflineError when the network is off. Any other trouble is kept as an answer.
    """
    order = ("s2", *_BY_IDENTIFIER) if keyed else (*_BY_IDENTIFIER, "s2")
    by_identifier = [sources[name] for name in order if name in sources]
    _ask_in_order(questions, by_identifier, keyed=keyed)
    before = [tuple(question.identifiers) for question in questions]
    for name in ("s2", *_BY_TITLE) if keyed else (*_BY_TITLE, "s2"):
        if name in sources:
            for question in questions:
                _ask_title(question, sources[name])
    # What a title won is asked for by identifier in this walk, as the next one would.
    won = [q for q, ids in zip(questions, before, strict=True) if tuple(q.identifiers) != ids]
    _ask_in_order(won, by_identifier, keyed=keyed)
    for name in _LISTS:
        if name in sources:
            for question in questions:
                _ask_list(question, sources[name])


def _ask_in_order(questions: Sequence[Question], sources: Iterable[Source], *, keyed: bool) -> None:
    for source in sources:
        _ask_identifiers(source, [q for q in questions if _wants(q, source.name, keyed)])


def ask_links(questions: Sequence[Question], sources: Mapping[str, Source]) -> None:
    """Ask for open copies and code: one request a paper and service, so only when it is wished.

    Raises OfflineError when the network is off.
    """
    for name in _LINKS:
        if name in sources:
            _ask_identifiers(sources[name], [q for q in questions if q.open_for(name)])


def _wants(question: Question, name: str, keyed: bool) -> bool:
    if not question.open_for(name):
        return False
    if name == "arxiv" or (name == "s2" and keyed) or (name == "openalex" and not keyed):
        return True
    if name == "s2" and not question.has_list:
        return True  # one batch for all whose reference lists nobody else gave
    return not question.is_resolved


def _ask_identifiers(source: Source, questions: Sequence[Question]) -> None:
    """Ask one source about many papers at once, by the identifiers it knows best."""
    todo = [(q, ids) for q in questions if (ids := _known_to(source, q.identifiers))]
    for turn in range(_MOST_ROUNDS):
        left = [(q, ids) for q, ids in todo if len(ids) > turn and q.open_for(source.name)]
        _ask_batch(source, [(q, ids[turn]) for q, ids in left])
    for question, _ in todo:
        if question.open_for(source.name) and source.name not in question.answers:
            question.answers[source.name] = UNKNOWN


def _ask_batch(source: Source, asked: Sequence[tuple[Question, str]]) -> None:
    if not asked:
        return
    try:
        found = source.papers(list(dict.fromkeys(identifier for _, identifier in asked)))
    except OfflineError:
        raise
    except SourceError as error:
        is_general = isinstance(error, RefusedError | UnavailableError)
        if len(asked) == 1 or is_general:
            for question, _ in asked:
                question.fail(source.name, error)
        else:  # one bad identifier must not spoil the others
            for pair in asked:
                _ask_batch(source, [pair])
        return
    for question, identifier in asked:
        if identifier in found:
            question.hear(source.name, found[identifier])


def _known_to(source: Source, identifiers: Iterable[str]) -> list[str]:
    """The identifiers of the schemes a source takes, in its order of preference."""
    schemes = source.schemes
    fitting = [item for item in identifiers if item.partition(":")[0] in schemes]
    return sorted(fitting, key=lambda item: (schemes.index(item.partition(":")[0]), item))


def _ask_title(question: Question, source: Source) -> None:
    """Look for a paper that no identifier led to; what is offered must be the title asked for."""
    card, label = question.card, f"{source.name} by title"
    is_sure = any(item.partition(":")[0] in _SURE for item in question.identifiers)
    is_named = not is_sure and not is_only_named(card.title, card.identifiers)
    if question.is_resolved or not is_named or not question.open_for(source.name, label):
        return
    author = card.authors[0] if card.authors else None
    try:
        offered = source.find_title(card.title, author=author, year=card.year)
    except OfflineError:
        raise
    except SourceError as error:
        question.fail(label, error)
        return
    question.answers[label] = UNKNOWN
    for record in offered:
        reason = judge_title(card.title, record, author=author, year=card.year)
        if reason is None:
            question.hear(label, SourcedPaper(record=record))
            return
        name = next(iter(record.identifiers), record.title)
        question.rejected.append((source.name, name, reason))


def _ask_list(question: Question, source: Source) -> None:
    """Fetch the reference list from a source that may have it, while no whole one is known."""
    label = f"{source.name} references"
    fitting = _known_to(source, question.identifiers)
    if question.has_list or source.name in question.lists or not fitting:
        return
    if not question.open_for(source.name, label) or question.is_stopped:
        return
    try:
        found = source.references(fitting[0])
    except OfflineError:
        raise
    except SourceError as error:
        question.fail(label, error)
        question.lists[source.name] = str(error)
        return
    question.answers[label] = ANSWERED if found.references else found.state
    question.hear_list(source.name, found)
