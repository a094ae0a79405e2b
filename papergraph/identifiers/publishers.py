"""Rules for publishers, most of whom carry the DOI in the path.

Shapes seen in public reading lists and notes up to 2026-10.
"""

import re

from papergraph.identifiers.places import Place
from papergraph.identifiers.rules import Finding, Table, read_with, rule
from papergraph.identifiers.schemes import normalise

_DOI = re.compile(r"(?<![0-9.])10\.[0-9]{4,9}/[^?&#\s]+")
# What publishers put behind a DOI: views of the article, not part of its name.
_VIEWS = re.compile(
    r"(?:[/.](?:abstract|full|full-text|fulltext|pdf|epdf|pdfplus|epub|html|htm|meta|references|summary"
    r"|citations|figures|metrics|tables|short|xml|ris|suppl|supplementary|related|issuetoc|article"
    r"|otherversions|citedby|download|ref)"
    r"|/(?:asset|suppl_file|fulltext|_jcr_content)/.*|;jsessionid=.*|\.full\.pdf\+html|/)$",
    re.IGNORECASE,
)

# Publishers whose pages name the DOI in path or query.
_DOI_HOSTS = """
    aaai.org aacrjournals.org acm.org acs.org ahajournals.org aip.org ams.org annualreviews.org
    apa.org aps.org archives-ouvertes.fr arvojournals.org arxiv.org ascelibrary.org
    ashpublications.org asme.org asmedigitalcollection.asme.org authorea.com biologists.org
    biomedcentral.com biorxiv.org bmj.com cambridge.org cell.com chemrxiv.org cogsci.nl
    computer.org copernicus.org cshlp.org dagstuhl.de degruyter.com dl.acm.org doi.acm.org
    doi.ieeecomputersociety.org doi.org doi.wiley.com dovepress.com dx.doi.org dx.plos.org
    elifesciences.org embopress.org emerald.com emeraldinsight.com ems.press eneuro.org
    essoar.org europepmc.org f1000research.com figshare.com frontiersin.org g3journal.org
    genetics.org hindawi.com ieee.org igi-global.com inderscience.com inderscienceonline.com
    informs.org ingentaconnect.com intlpress.com iop.org iospress.com iospress.nl
    isca-archive.org j-stage.jst.go.jp jamanetwork.com jbc.org jmir.org jneurosci.org
    jov.arvojournals.org jstage.jst.go.jp jstor.org karger.com liebertpub.com link.aps.org
    mdpi.com medrxiv.org microbiologyresearch.org mit.edu mitpressjournals.org molbiolcell.org
    nature.com nejm.org nowpublishers.com openaccess.city.ac.uk optica.org osapublishing.org
    osf.io oup.com oxfordjournals.org peerj.com physiology.org plos.org plosbiology.org
    ploscompbiol.org plosone.org pnas.org portlandpress.com preprints.org projecteuclid.org
    psycnet.apa.org readcube.com researchsquare.com royalsociety.org royalsocietypublishing.org
    rsc.org rspb.royalsocietypublishing.org rupress.org sagepub.com scholarpedia.org scielo.br
    science.org sciencemag.org sciendo.com scitation.org scitepress.org siam.org
    spiedigitallibrary.org springer.com springerlink.com springeropen.com tandfonline.com
    techrxiv.org thelancet.com thieme-connect.com thieme-connect.de vldb.org
    wellcomeopenresearch.org wiley.com worldscientific.com zenodo.org
"""
DOI_HOSTS = frozenset(_DOI_HOSTS.split())
# Copies of publishers' pages under changing names; the DOI stands in the path.
_SHADOWS = re.compile(
    r"(?:sci-?hub|scihub)\.|(?:^|\.)libgen\.|\.ezproxy\.|(?:^|\.)oadoi\.org$|unpaywall\.org$"
)

_PII = r"(?P<id>[A-Z]?[0-9][0-9()X-]{13,24}[A-Z]?)"
_CELL = (
    rule("cell", rf"/.*(?:fulltext|abstract|pdf|pdfextended|comments)/{_PII}", "pii:{id}"),
    rule("cell", rf"/.*[?&/]pii=?/?{_PII}", "pii:{id}"),
)

PUBLISHERS_TABLE: Table = {
    "acm.org": (
        rule("acm-doi", r"/doi/(?:[a-z]+/)?(?P<id>10\.1145/[0-9.]+[0-9])", "doi:{id}"),
        rule("acm-local", r"/doi/(?:[a-z]+/)?10\.5555/(?P<id>[0-9.]+)", "acm:{id}"),
        rule(
            "acm-legacy",
            r"/(?:citation|ft_gateway)\.cfm/?\?(?:.*&)?(?:do)?id=(?:10\.1145/)?(?P<id>[0-9.]+)",
            "acm:{id}",
        ),
        rule("acm-delivery", r"/10\.1145/[0-9]+/(?P<id>[0-9]+)/", "doi:10.1145/{id}"),
        rule("profile", r"/(?:profile|author_page)", is_paper=False),
        rule(
            "page",
            r"/(?:publications|about|membership|education|awards|conferences)\b",
            is_paper=False,
        ),
        rule("acm-legacy", r"/(?:citation|ft_gateway|authorize)."),
    ),
    "ieee.org": (
        rule("ieee", r"/(?:[^?]+/)?document/(?P<id>[0-9]+)", "ieee:{id}"),
        rule("ieee", r"/.*[?&]arnumber=(?P<id>[0-9]+)", "ieee:{id}"),
        rule("ieee", r"/ielx?[0-9]/[0-9]+/[0-9]+/0*(?P<id>[0-9]+)\.pdf", "ieee:{id}"),
        rule("profile", r"/author/", is_paper=False),
        rule("ieee", r"/(?:stamp|xpls?|ielx?[0-9]|iel)\b/?.*(?:\.pdf|number=)"),
    ),
    "computer.org": (rule("ieee", r"/(?:csdl|cms|web/csdl)/.+/.+"),),
    "nature.com": (
        rule("news", r"/articles/d4[0-9]{4}-|/news\b", is_paper=False),
        rule("nature", r"/articles/(?P<id>[a-z]*[0-9][a-z0-9-]*(?:\.[0-9]+)?)", "doi:10.1038/{id}"),
        rule(
            "nature",
            r"/[a-z]+/journal/v[^/]+/n[^/]+/(?:pdf|full|abs|extref)/(?P<id>[a-z]*\.?[0-9][a-z0-9-]*(?:\.[0-9]+)?)",
            "doi:10.1038/{id}",
        ),
        rule("nature", r"/(?:articles/|[a-z]+/journal/v[^/]+/n[^/]+/(?:pdf|full|abs)/)."),
    ),
    "sciencemag.org": (
        rule(
            "science",
            r"/.*(?P<id>(?:science|sciadv|scirobotics|scitranslmed|signal|stke)\.[a-z]{1,4}[0-9]{4})(?![0-9])",
            "doi:10.1126/{id}",
        ),
        rule("news", r"/news", is_paper=False),
        rule("science", r"/content/[^?]+/[^?]+"),
    ),
    "cell.com": (*_CELL, rule("page", r"/[^?]*/(?:home|issue|current)", is_paper=False)),
    "thelancet.com": _CELL,
    "linkinghub.elsevier.com": (rule("sciencedirect", rf"/.*pii/{_PII}", "pii:{id}"),),
    "sciencedirect.com": (
        rule("encyclopedia", r"/topics/", is_paper=False),
        rule("sciencedirect", r"/science/article/(?:abs/|am/)?pii/(?P<id>[A-Z0-9]+)", "pii:{id}"),
        rule("sciencedirect", r"/.*[?&]_?pii=(?P<id>[A-Z0-9]+)", "pii:{id}"),
        rule("sciencedirect", r"/science(?:/article/|\?_ob=)."),
        rule("listing", r"/(?:science/)?(?:journal|book|search)\b", is_paper=False),
    ),
    "springer.com": (
        rule("shop", r"/(?:[a-z]{2}/)?(?:book|us/book|gp/book)/(?:97[89][0-9-]+)", is_paper=None),
        rule("listing", r"/(?:journal|search|bookseries|conference)/", is_paper=False),
    ),
    "springerlink.com": (rule("springer", r"/content/."),),
    "projecteuclid.org": (
        rule("projecteuclid", r"/.*euclid\.[a-z]+/(?P<id>[0-9]{6,12})", "euclid:{id}"),
        rule("projecteuclid", r"/.*(?:handle=|/)euclid\.[a-z]+/."),
    ),
    "cambridge.org": (
        rule("cambridge", r"/.*content/view/(?P<id>S[0-9X]{16})(?![0-9X])", "doi:10.1017/{id}"),
        rule("cambridge", r"/core/(?:journals/.+/article|books?|services)/."),
        rule("cambridge", r"/action/(?:displayAbstract|displayFulltext)"),
    ),
    "pnas.org": (
        rule(
            "pnas",
            r"/content/early/[0-9]{4}/[0-9]{2}/[0-9]{2}/(?P<id>[0-9]{10})",
            "doi:10.1073/pnas.{id}",
        ),
        rule("pnas", r"/content/."),
    ),
    "hindawi.com": (
        rule(
            "hindawi", r"/journals/[a-z]+/(?P<y>[0-9]{4})/(?P<n>[0-9]{5,8})", "doi:10.1155/{y}/{n}"
        ),
    ),
    "peerj.com": (
        rule("peerj", r"/articles/(?P<id>[0-9]+)", "doi:10.7717/peerj.{id}"),
        rule("peerj", r"/articles/(?P<j>[a-z]+)-(?P<id>[0-9]+)", "doi:10.7717/peerj-{j}.{id}"),
        rule("peerj", r"/preprints/."),
    ),
    "elifesciences.org": (
        rule("elife", r"/(?:articles|content)/(?P<id>[0-9]{5,6})", "doi:10.7554/elife.{id}"),
    ),
    "jair.org": (
        rule("jair", r"/(?:index\.php/jair/article|media|papers)/."),
        rule("listing", r"/", is_paper=False),
    ),
    "mdpi.com": (
        rule("mdpi", r"/[0-9]{4}-[0-9]{3}[0-9X]/[0-9]+/[0-9]+/[0-9]+"),
        rule("listing", r"/(?:journal|about|authors)\b", is_paper=False),
    ),
    "frontiersin.org": (
        rule("listing", r"/(?:journals|research-topics|people|loop)/(?!.*10\.)", is_paper=False),
    ),
    "oup.com": (
        rule("oup", r"/[a-z-]+/(?:article|article-abstract|article-pdf|advance-article)/."),
    ),
    "oxfordjournals.org": (rule("oup", r"/(?:content|cgi)/."),),
    "direct.mit.edu": (rule("publisher-page", r"/.+/(?:article|chapter)[^/]*/."),),
    "jstor.org": (rule("publisher-page", r"/(?:stable|pss)/."),),
    "jneurosci.org": (rule("publisher-page", r"/content/."),),
    "nowpublishers.com": (rule("publisher-page", r"/article/."),),
    "ingentaconnect.com": (rule("publisher-page", r"/content/."),),
    "royalsocietypublishing.org": (rule("publisher-page", r"/(?:content|royprs\w*)/."),),
    "jamanetwork.com": (
        rule("publisher-page", r"/journals/[^/]+/(?:fullarticle|article-abstract)/."),
    ),
    "jov.arvojournals.org": (rule("publisher-page", r"/article\.aspx"),),
    "worldscientific.com": (rule("publisher-page", r"/worldscibooks/."),),
    "bmj.com": (rule("publisher-page", r"/content/."),),
    "scitepress.org": (rule("publisher-page", r"/papers/."),),
    "wiley.com": (rule("publisher-page", r"/doi/."),),
    "rdcu.be": (rule("publisher-page", r"/."),),
    "repository.upenn.edu": (rule("repository", r"/.+/[0-9]+"),),
    "escholarship.org": (rule("repository", r"/uc/item/."),),
    "figshare.com": (rule("dataset", r"/articles/.", is_paper=None),),
}
_KINDS = {
    "doi.org": "doi",
    "dx.doi.org": "doi",
    "springer.com": "springer",
    "nature.com": "nature",
    "science.org": "science",
    "sciencemag.org": "science",
    "cell.com": "cell",
    "acm.org": "acm-doi",
    "frontiersin.org": "frontiers",
    "plos.org": "plos",
}


def read_publisher(place: Place) -> Finding | None:
    """Read a publisher's page: by its own rules first, else by the DOI in the link."""
    finding = read_with(PUBLISHERS_TABLE, place)
    if finding and (finding.scheme or not finding.is_paper):
        return finding
    domain = next((name for name in place.domains if name in DOI_HOSTS), None)
    if domain is None and not _SHADOWS.search(place.host):
        return finding
    if domain in ("doi.org", "dx.doi.org"):
        return _read_resolver(place)
    pair = find_doi(place.target)
    if pair is None:
        return finding
    kind = _KINDS.get(domain or "", "publisher-doi-path")
    return Finding(kind=kind, is_paper=True, scheme=pair[0], value=pair[1])


def find_doi(target: str) -> tuple[str, str] | None:
    """Find the DOI in a path or query, without the view of the article named behind it.

    >>> find_doi("/doi/full/10.1002/rob.20103/abstract")
    ('doi', '10.1002/rob.20103')
    """
    found = _DOI.search(target)
    if found is None:
        return None
    doi = found[0]
    for _ in range(4):
        doi = _VIEWS.sub("", doi)
    # Oxford adds its own number behind the DOI, bioRxiv a version.
    doi = re.sub(r"^(10\.1093/[^/]+/[^/]+)/[0-9]{3,}$", r"\1", doi)
    doi = re.sub(r"^(10\.1101/[0-9.]+)v[0-9]+$", r"\1", doi)
    return normalise("doi", doi)


def _read_resolver(place: Place) -> Finding:
    doi = place.target.lstrip("/")
    if not doi or doi.startswith("?"):
        return Finding(kind="home", is_paper=False)
    if doi.startswith("http"):  # the resolver put before a link that was one already
        pair = find_doi(doi)
    else:
        pair = normalise("doi", re.sub(r"\.pdf$", "", doi.removeprefix("doi:")))
    if pair is None:
        return Finding(kind="doi-broken", is_paper=True)
    kind = {"arxiv": "doi-arxiv", "acm": "acm-local"}.get(pair[0], "doi")
    return Finding(kind=kind, is_paper=True, scheme=pair[0], value=pair[1])
