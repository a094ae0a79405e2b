"""Rules for preprint servers, indexes and pages about one paper.

Shapes seen in public reading lists and notes up to 2026-10.
"""

from papergraph.identifiers.rules import Table, rule

_NEW = r"(?P<id>[0-9]{4}\.[0-9]{4,5})(?![0-9])"
_OLD = r"(?P<id>[a-z]+(?:-[a-z]+)?(?:\.[a-z]{2}(?:-[a-z]{2,4})?)?//?[0-9]{7})(?![0-9])"
_VERBS = (
    r"(?:abs|pdf|html|format|ps|e-print|eprint|src|dvi|other|cits|refs|bibtex|show-email|abstract)"
)

_ARXIV = (
    rule("arxiv-ftp", rf"/ftp/arxiv/papers/[0-9]{{4}}/{_NEW}", "arxiv:{id}"),
    rule("arxiv-ftp", r"/ftp/(?P<a>[a-z-]+)/papers/[0-9]{4}/(?P<n>[0-9]{7})", "arxiv:{a}/{n}"),
    rule("arxiv-ftp", rf"/PS_cache/arxiv/[a-z]+/[0-9]{{4}}/{_NEW}", "arxiv:{id}"),
    rule(
        "arxiv-ftp",
        r"/PS_cache/(?P<a>[a-z-]+)/[a-z]+/[0-9]{4}/(?P<n>[0-9]{7})",
        "arxiv:{a}/{n}",
    ),
    rule("arxiv-abs", rf"/+abs/+(?:arxiv:)?{_NEW}", "arxiv:{id}"),
    rule("arxiv-pdf", rf"/+pdf/+(?:arxiv:)?{_NEW}", "arxiv:{id}"),
    rule("arxiv-html", rf"/+html/+(?:arxiv:)?{_NEW}", "arxiv:{id}"),
    rule("arxiv-other", rf"/+(?:[a-z-]{{1,12}}/+)?(?:arxiv:)?{_NEW}", "arxiv:{id}"),
    rule("arxiv-abs-old", rf"/+abs/+(?:arxiv:)?{_OLD}", "arxiv:{id}"),
    rule("arxiv-pdf-old", rf"/+pdf/+(?:arxiv:)?{_OLD}", "arxiv:{id}"),
    rule("arxiv-other", rf"/+(?:{_VERBS}/+)?(?:arxiv:)?{_OLD}", "arxiv:{id}"),
    rule("arxiv-broken", rf"/+{_VERBS}/+[^/]"),
    rule("arxiv-listing", r"/(?:list|a|archive|year|catchup)/", is_paper=False),
    rule("arxiv-search", r"/(?:search|find)\b", is_paper=False),
    rule("arxiv-home", r"/*(?:$|\?)", is_paper=False),
    rule(
        "page",
        r"/(?:help|new|corr|show|user|auth|about|rss|covid19search|abs|pdf)\b",
        is_paper=False,
    ),
)
_SAME_ID = (rule("arxiv-mirror", rf"(?:/[a-z_-]+){{0,3}}/+(?:arxiv[:/])?{_NEW}", "arxiv:{id}"),)
_SAME_ID_OLD = (rule("arxiv-mirror", rf"(?:/[a-z_-]+){{0,2}}/+(?:arxiv[:/])?{_OLD}", "arxiv:{id}"),)
_MIRROR = (*_SAME_ID, *_SAME_ID_OLD)

_S2 = (
    rule("s2", r"/paper/(?:[^/]+/)*(?P<id>[0-9a-f]{40})(?![0-9a-f])", "s2:{id}"),
    rule("s2", r"(?:/[^/]+)*/(?:arxiv:|arxiv/)(?P<id>[0-9]{4}\.[0-9]{4,5})", "arxiv:{id}"),
    rule("s2", r"(?:/[^/]+)*/corpus(?:id|\s?id):(?P<id>[0-9]+)", "s2:CorpusId:{id}"),
    rule("s2", r"(?:/[^/]+)*/(?:doi:)?(?P<id>10\.[0-9]{4,9}/[^\s?&#]+)", "doi:{id}"),
    rule("s2", r"(?:/[^/]+)*/(?P<id>[0-9a-f]{40})(?![0-9a-f])", "s2:{id}"),
    rule("profile", r"/author/", is_paper=False),
    rule("s2", r"/paper/."),
    rule("page", r"/", is_paper=False),
)
_PUBMED = (
    rule("pubmed", r"/(?:m/)?(?:pubmed/)?(?P<id>[0-9]{1,9})/?(?:$|[?#])", "pmid:{id}"),
    rule("pubmed", r"/pubmed/?\?(?:.*&)?term=(?P<id>[0-9]{1,9})(?:$|[&\[])", "pmid:{id}"),
    rule("pmc", r"/(?:pmc/)?articles/(?:PMC)?(?P<id>[0-9]{3,9})(?![0-9])", "pmcid:{id}"),
    rule("pubmed", r"/(?:pmc/)?articles/pmid/(?P<id>[0-9]{1,9})", "pmid:{id}"),
    rule("page", r"/(?:books|gene|nuccore|protein|snp|geo|sra|blast)\b", is_paper=False),
)
_EUROPEPMC = (
    rule("pubmed", r"/(?:article|abstract)/med/(?P<id>[0-9]+)", "pmid:{id}"),
    rule("pmc", r"/(?:articles?|abstract)/(?:pmc/)?PMC(?P<id>[0-9]+)", "pmcid:{id}"),
    rule("pmc", r"/.*\baccid=PMC(?P<id>[0-9]+)", "pmcid:{id}"),
    rule("page", r"/(?:articles?|abstract)/."),
)
_DBLP = (
    rule(
        "dblp",
        r"/rec/(?:(?:html|bibtex|xml|bib[0-9]?|ht|rdf|nt|pdf)/)?(?P<id>[a-z]+/[^/?\s]+/[^?\s]+?)"
        r"(?:\.(?:html|bib|xml|rdf|nt|ris|pdf))?(?:$|\?)",
        "dblp:{id}",
    ),
    rule("dblp", r"/rec/."),
    rule("profile", r"/(?:pers|pid)/", is_paper=False),
    rule("listing", r"/", is_paper=False),
)
_CITESEERX = (
    rule("citeseerx", r"/.*\b10\.1\.1\.(?P<id>[0-9]+\.[0-9]+)", "citeseerx:10.1.1.{id}"),
    rule("citeseerx", r"/.*(?:[?&](?:doi|pid)=|/pdf/)(?P<id>[0-9a-f]{40})", "citeseerx:{id}"),
    rule("home", r"/?(?:index)?(?:$|\?)", is_paper=False),
    rule("citeseerx", r"/."),
)
_HAL = (
    rule(
        "hal",
        r"(?:/[^/]+){0,3}/(?P<id>[a-z]+(?:_[a-z]+)?-[0-9]{6,9})(?:v[0-9]+)?(?:/|$|\?|\.)",
        "hal:{id}",
    ),
    rule("hal", r"/docs/"),
)
_SSRN = (
    rule("ssrn", r"/.*abstract(?:_?id)?=(?P<id>[0-9]+)", "doi:10.2139/ssrn.{id}"),
    rule("ssrn", r"/.*SSRN_?ID(?P<id>[0-9]+)", "doi:10.2139/ssrn.{id}"),
)
# DOI prefixes of the preprint services that share OSF's software.
_OSF = (
    rule("osf", r"/preprints/psyarxiv/(?P<id>[a-z0-9]{5})\b", "doi:10.31234/osf.io/{id}"),
    rule("osf", r"/preprints/socarxiv/(?P<id>[a-z0-9]{5})\b", "doi:10.31235/osf.io/{id}"),
    rule("osf", r"/preprints/(?:osf/)?(?P<id>[a-z0-9]{5})\b", "doi:10.31219/osf.io/{id}"),
    rule("osf", r"/preprints/."),
    rule("project-page", r"/[a-z0-9]{5}\b", is_paper=None),
)
_BIORXIV_NUMBER = r"(?P<id>(?:[0-9]{4}\.[0-9]{2}\.[0-9]{2}\.)?[0-9]{6,8})"
_BIORXIV = tuple(
    rule("biorxiv", pattern, "doi:10.1101/{id}")
    for pattern in (
        rf"/.*10\.1101/{_BIORXIV_NUMBER}",
        rf"/content/(?:\w+/)?early/[0-9/]{{11}}{_BIORXIV_NUMBER}",
    )
)
_HUGGINGFACE = (
    rule("hf-paper", rf"/(?:[a-z]{{2}}/)?papers/{_NEW}", "arxiv:{id}"),
    rule("listing", r"/papers", is_paper=False),
    rule("dataset", r"/datasets/", is_paper=False),
    rule("docs", r"/(?:docs|transformers)/", is_paper=False),
    rule("course", r"/(?:learn|course)/", is_paper=False),
    rule("blog", r"/blog/", is_paper=False),
    rule("code", r"/", is_paper=False),
)
_SHORTSCIENCE = (
    rule(
        "shortscience",
        r"/paper\?(?:.*&)?bibtexKey=(?:journals/corr/)?(?:abs-|abs/|arxiv:)?(?P<y>[0-9]{4})[.-](?P<n>[0-9]{4,5})(?![0-9])",
        "arxiv:{y}.{n}",
    ),
    rule("shortscience", r"/paper\?(?:.*&)?bibtexKey=(?P<id>10\.[0-9]{4,9}/[^&\s]+)", "doi:{id}"),
    rule("shortscience", r"/paper\?(?:.*&)?bibtexKey=(?P<id>[^&\s]+)", "dblp:{id}"),
    rule("shortscience", r"/paper\?"),
    rule("listing", r"/", is_paper=False),
)
_SLUG_PAGES: Table = {
    "paperswithcode.com": (
        rule("paperswithcode", r"/paper/(?P<hint>[^/?]+)"),
        rule("dataset", r"/datasets?/", is_paper=False),
        rule("listing", r"/", is_paper=False),
    ),
    "researchgate.net": (
        rule("researchgate", r"/(?:profile/.+/)?publications?/[0-9]+_(?P<hint>[^/?]+)"),
        rule("researchgate", r"/(?:publications?/|.+/links/)."),
        rule("profile", r"/(?:profile|scientific-contributions|lab|institution)/", is_paper=False),
        rule("forum", r"/post/", is_paper=False),
    ),
    "academia.edu": (rule("academia", r"/[0-9]+/(?P<hint>[^/?]+)"),),
    "gitxiv.com": (
        rule("gitxiv", r"/posts/[^/]+/(?P<hint>[^/?]+)"),
        rule("listing", r"/", is_paper=False),
    ),
    "catalyzex.com": (*_SAME_ID, rule("aggregator", r"/paper/(?P<hint>[^/?]+)")),
    "deepai.org": (rule("aggregator", r"/publication/(?P<hint>[^/?]+)"),),
    "groundai.com": (rule("aggregator", r"/project/(?P<hint>[^/?]+)"),),
    "scinapse.io": (rule("aggregator", r"/papers/."),),
    "mendeley.com": (rule("aggregator", r"/(?:catalogue|research|research-papers)/."),),
    "openalex.org": (
        rule("openalex", r"(?:/[a-z]+)?/(?P<id>W[0-9]{4,})", "openalex:{id}"),
        rule("page", r"/", is_paper=False),
    ),
    "scholar.archive.org": (
        rule("aggregator", r"/work/"),
        rule("listing", r"/", is_paper=False),
    ),
    "core.ac.uk": (rule("aggregator", r"/(?:download|display|reader|works|outputs)/."),),
    "connectedpapers.com": (
        rule("aggregator", r"/main/(?P<id>[0-9a-f]{40})", "s2:{id}"),
        rule("aggregator", r"/main/arxiv:(?P<id>[0-9.]+)", "arxiv:{id}"),
    ),
    "zenodo.org": (
        rule("zenodo", r"/records?/(?P<id>[0-9]{3,})", "doi:10.5281/zenodo.{id}", is_paper=None),
        rule(
            "zenodo",
            r"/doi/10\.5281/zenodo\.(?P<id>[0-9]+)",
            "doi:10.5281/zenodo.{id}",
            is_paper=None,
        ),
    ),
}

ARCHIVES_TABLE: Table = {
    "arxiv.org": _ARXIV,
    "xxx.lanl.gov": _ARXIV,
    "xxx.soton.ac.uk": _ARXIV,
    "blog.arxiv.org": (rule("blog", r"/", is_paper=False),),
    "info.arxiv.org": (rule("docs", r"/", is_paper=False),),
    "arxiv-vanity.com": _MIRROR,
    "ar5iv.org": _MIRROR,
    "alphaxiv.org": _MIRROR,
    "arxiv-sanity.com": (*_MIRROR, rule("listing", r"/", is_paper=False)),
    "arxiv-sanity-lite.com": (
        rule("arxiv-mirror", rf"/.*\bpid={_NEW}", "arxiv:{id}"),
        rule("listing", r"/", is_paper=False),
    ),
    "scirate.com": (*_MIRROR, rule("home", r"/", is_paper=False)),
    "emergentmind.com": _SAME_ID,
    "papers.labml.ai": _SAME_ID,
    "arxiv.dosf.top": _SAME_ID,
    "papers.cool": _SAME_ID,
    "moonlight.io": _SAME_ID,
    "themoonlight.io": _SAME_ID,
    "fermatslibrary.com": (
        rule("arxiv-mirror", rf"/arxiv_comments\?url=.*{_NEW}", "arxiv:{id}"),
        rule("aggregator", r"/s/(?P<hint>[^/?]+)"),
    ),
    "inspirehep.net": (rule("aggregator", r"/(?:literature|record)/[0-9]+"),),
    "adsabs.harvard.edu": (
        rule("ads", rf"/.*arxiv:{_NEW}", "arxiv:{id}"),
        rule("ads", r"/abs/[0-9]{4}arXiv(?P<y>[0-9]{4})(?P<n>[0-9]{5})[A-Z]", "arxiv:{y}.{n}"),
        rule("ads", r"/(?:abs|pdf|full|cgi-bin)/."),
    ),
    "huggingface.co": _HUGGINGFACE,
    "hf.co": _HUGGINGFACE,
    "semanticscholar.org": _S2,
    "pdfs.semanticscholar.org": (
        rule("s2-pdf", r"/(?P<a>[0-9a-f]{4})/(?P<b>[0-9a-f]{36})\.pdf", "s2:{a}{b}"),
        rule("s2-pdf", r"/."),
    ),
    "ncbi.nlm.nih.gov": _PUBMED,
    "pubmedcentral.nih.gov": (rule("pmc", r"/.*artid=(?P<id>[0-9]+)", "pmcid:{id}"), *_PUBMED),
    "europepmc.org": _EUROPEPMC,
    "dblp.org": _DBLP,
    "dblp.uni-trier.de": _DBLP,
    "dblp.dagstuhl.de": _DBLP,
    "dblp2.uni-trier.de": _DBLP,
    "citeseerx.ist.psu.edu": _CITESEERX,
    "citeseer.ist.psu.edu": _CITESEERX,
    "citeseer.nj.nec.com": _CITESEERX,
    "citeseerx.psu.edu": _CITESEERX,
    "hal.inria.fr": _HAL,
    "hal.science": _HAL,
    "archives-ouvertes.fr": _HAL,
    "ssrn.com": _SSRN,
    "osf.io": _OSF,
    "psyarxiv.com": (
        rule("osf", r"/(?:preprints/)?(?P<id>[a-z0-9]{5})(?:/|$|\?)", "doi:10.31234/osf.io/{id}"),
    ),
    "biorxiv.org": (*_BIORXIV, rule("biorxiv", r"/content/.")),
    "medrxiv.org": (*_BIORXIV, rule("biorxiv", r"/content/.")),
    "eprint.iacr.org": (rule("iacr", r"/[0-9]{4}/[0-9]+"),),
    "vixra.org": (rule("vixra", r"/(?:abs|pdf)/."),),
    "hdl.handle.net": (rule("repository", r"/[0-9.]+/."),),
    "philpapers.org": (rule("repository", r"/(?:rec|archive)/."),),
    "shortscience.org": _SHORTSCIENCE,
    **_SLUG_PAGES,
}
