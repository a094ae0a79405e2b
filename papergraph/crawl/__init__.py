"""The verb crawl: look up the papers that writing names, and what they cite."""

from papergraph.crawl.crawling import Budget, Clock, crawl_papers
from papergraph.crawl.network import OpenNetwork, open_network
from papergraph.crawl.reporting import CrawlReport
from papergraph.crawl.watching import WatchReport, watch_papers

__all__ = [
    "Budget",
    "Clock",
    "CrawlReport",
    "OpenNetwork",
    "WatchReport",
    "crawl_papers",
    "open_network",
    "watch_papers",
]
