"""The verb exchange: papers in from corpora and bibliographies, out as lists and bibliographies."""

from papergraph.exchange.bibliography import import_bibliography
from papergraph.exchange.corpus import ImportReport, import_corpus
from papergraph.exchange.exporting import EXPORT_FORMATS, FILE_KINDS, export_papers, export_path

__all__ = [
    "EXPORT_FORMATS",
    "FILE_KINDS",
    "ImportReport",
    "export_papers",
    "export_path",
    "import_bibliography",
    "import_corpus",
]
