"""What networkx is told of papergraph as its backend; read whenever networkx is imported."""

from __future__ import annotations

from typing import Any


def get_info() -> dict[str, Any]:
    """Name the backend and its functions, as the entry point `networkx.backend_info` wants it."""
    return {
        "backend_name": "papergraph",
        "project": "papergraph",
        "package": "papergraph",
        "short_summary": "Citation graphs as memory-mapped compressed sparse rows.",
        "functions": {
            "pagerank": {"additional_docs": "Without weights."},
            "strongly_connected_components": {},
        },
    }
