"""The verb news: follow categories of arXiv, and rank for the reader what came new."""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from papergraph.errors import InputError
from papergraph.library import Library
from papergraph.models import Evidence, Paper, Recommendation, paper_number
from papergraph.vectors import Embedder

MOST_FOLLOWED = 300  # whose meaning is compared; the newest of them count
_CITES_SHARE = 0.1  # added for each followed paper it cites, three at most
_CATEGORY = re.compile(r"[a-z]+(?:-[a-z]+)*(?:\.[A-Z][A-Za-z-]{1,16})?")  # cs.CV, stat.ML, quant-ph
_CITING, _ANNOUNCED = "Cites what you follow", "New in {}"


def follow_category(library: Library, category: str, *, now: str) -> bool:
    """Follow what arXiv announces in a category, such as "cs.CV"; returns whether that is new.

    Raises InputError when it is not written like a category.
    """
    if not _CATEGORY.fullmatch(category):
        raise InputError(
            f"{category!r} is no category of arXiv; give one such as 'cs.CV', 'stat.ML' or"
            " 'quant-ph', see https://arxiv.org/category_taxonomy"
        )
    return library.watches.add("category", category, now)


def unfollow_category(library: Library, category: str) -> None:
    """Follow a category no more; raises NotFoundError when it was not followed."""
    library.watches.remove("category", category)


def list_categories(library: Library) -> tuple[str, ...]:
    """The categories that are followed."""
    return tuple(sorted(watch.key for watch in library.watches.all("category")))


def list_news(
    library: Library,
    embedder: Embedder | None = None,
    *,
    since: str = "",
    limit: int = 20,
    reader: str = "me",
) -> tuple[Recommendation, ...]:
    """Rank what `papergraph crawl --watch` found, nearest first to what the reader follows.

    The score, 0 to 1.3, is the cosine to the nearest followed papers (mean of three) plus a tenth
    for each followed paper that is cited; without a model only citations count. Papers that the
    reader marked are left out.

    Parameters
    ----------
    since
        Only what was found at or after this time, UTC, "2026-01-31T12:00:00Z".
    """
    found = library.watches.news(since)
    cards = {
        number: card
        for number, card in library.papers.get(found, reader).items()
        if card.state is None
    }
    followed = library.papers.get(library.watches.followed_papers(reader)[-MOST_FOLLOWED:], reader)
    near = _nearness(library, embedder, cards, followed)
    ranked = []
    for number, card in cards.items():
        cited = [followed[n] for n in sorted(library.citations.cited_by(number) & set(followed))]
        nearness, nearest = near.get(number, (0.0, None))
        ranked.append(
            Recommendation(
                paper=card,
                score=nearness + _CITES_SHARE * min(len(cited), 3),
                group=_CITING if cited else _group(found[number]),
                ready=True,
                missing=(),
                because=_reasons(cited, nearest, nearness, found[number]),
            )
        )
    ranked.sort(key=lambda item: (-item.score, -(item.paper.year or 0), item.paper.title))
    return tuple(ranked[:limit])


def _nearness(
    library: Library,
    embedder: Embedder | None,
    cards: dict[int, Paper],
    followed: dict[int, Paper],
) -> dict[int, tuple[float, Paper | None]]:
    """How near each paper is to the followed ones, and to which of them most."""
    if embedder is None or not cards or not followed:
        return {}
    here, there = (_embed(library, embedder, papers) for papers in (cards, followed))
    likeness = here @ there.T
    best = np.sort(likeness, axis=1)[:, ::-1][:, :3].mean(axis=1)
    names = list(followed.values())
    return {
        number: (float(max(best[row], 0.0)), names[int(likeness[row].argmax())])
        for row, number in enumerate(cards)
    }


def _embed(library: Library, embedder: Embedder, papers: dict[int, Paper]) -> NDArray[np.float32]:
    abstracts = library.papers.abstracts(list(papers))
    texts = [
        f"{card.title}. {abstracts.get(number) or card.summary or ''}"
        for number, card in papers.items()
    ]
    return embedder.embed(texts)


def _group(watches: Sequence[str]) -> str:
    category = next((w.partition(" ")[2] for w in watches if w.startswith("category ")), "")
    return _ANNOUNCED.format(category) if category else _CITING


def _reasons(
    cited: Sequence[Paper], nearest: Paper | None, nearness: float, watches: Sequence[str]
) -> tuple[Evidence, ...]:
    reasons = [
        Evidence(
            kind="citation",
            text=f"it cites {paper.name}, which you follow",
            source="citations",
            weight=1.0,
            stated=True,
        )
        for paper in cited[:3]
    ]
    if nearest is not None:
        text = f"it is near {nearest.name} by meaning ({nearness:.2f})"
        reasons.append(Evidence(kind="embedding", text=text, weight=nearness))
    for watch in watches:
        kind, _, key = watch.partition(" ")
        if kind == "category" and paper_number(key) is None:
            text = f"arXiv announced it in {key}"
            reasons.append(Evidence(kind="time", text=text, source="arxiv", stated=True))
    return tuple(reasons)
