"""The verb crawl: look up the papers that writing names, and what they cite."""

from papergraph.crawl.crawling import Budget, Clock, crawl_papers
from papergraph.crawl.reporting import CrawlReport

__all__ = ["Budget", "Clock", "CrawlReport", "crawl_papers"]
