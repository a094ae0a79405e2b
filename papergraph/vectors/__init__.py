"""Meaning as numbers: embedding models and nearest-neighbour search over their vectors.

The only room that may import torch, sentence-transformers or faiss, and never when it is imported.
"""

from papergraph.vectors.embedder import Embedder
from papergraph.vectors.index import VectorIndex
from papergraph.vectors.models import SHIPPED_NAME, export_sentence_transformer, open_embedder
from papergraph.vectors.saved import open_saved_index
from papergraph.vectors.static import StaticEmbedder
from papergraph.vectors.training import continue_training
from papergraph.vectors.transformer import SentenceTransformerEmbedder

__all__ = [
    "SHIPPED_NAME",
    "Embedder",
    "SentenceTransformerEmbedder",
    "StaticEmbedder",
    "VectorIndex",
    "continue_training",
    "export_sentence_transformer",
    "open_embedder",
    "open_saved_index",
]
