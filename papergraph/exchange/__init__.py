"""The verb exchange: papers in from a corpus folder, papers out as lists and bibliographies."""

from papergraph.exchange.corpus import ImportReport, import_corpus
from papergraph.exchange.exporting import EXPORT_FORMATS, export_papers, export_path

__all__ = ["EXPORT_FORMATS", "ImportReport", "export_papers", "export_path", "import_corpus"]
