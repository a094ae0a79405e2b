"""papergraph: reads what people write about papers, and plans what to read next and why.

Nothing is imported until a name is used (PEP 562), so that `import papergraph` costs nothing.
"""

from __future__ import annotations

from importlib import import_module
from typing import Any

__version__ = "0.1.0"

_HOMES = {
    "Library": "papergraph.library",
    "export_papers": "papergraph.exchange",
    "find_lineage": "papergraph.reading",
    "import_corpus": "papergraph.exchange",
    "ingest_review": "papergraph.ingest",
    "order_papers": "papergraph.reading",
    "plan_reading": "papergraph.reading",
    "recommend_next": "papergraph.recommend",
    "search_papers": "papergraph.search",
    "show_paper": "papergraph.show",
    "similar_papers": "papergraph.search.similar",
}

__all__ = [  # noqa: PLE0604 - names are resolved by __getattr__
    "__version__",
    *_HOMES,
]


def __getattr__(name: str) -> Any:
    """Import the module that defines a public name when the name is first used."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(_HOMES[name]), name)


def __dir__() -> list[str]:
    """List the public names."""
    return sorted(__all__)
