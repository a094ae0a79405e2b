"""Read what people write about papers: any text in, a `Review` with mentions and relations out."""

from papergraph.readers.review import read_review

__all__ = ["read_review"]
