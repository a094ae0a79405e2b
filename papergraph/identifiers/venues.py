"""Rules for proceedings, journals run by the field itself, and research groups' own pages.

Shapes seen in public reading lists and notes up to 2026-10.
"""

from papergraph.identifiers.rules import Table, rule

_HASH = r"/(?:paper_files/)?paper/(?P<y>[0-9]{4})/(?:hash|file)/(?P<h>[0-9a-f]{32})"
# The hint wants a slug without the damage of some dumps ("id163-classification-with-...").
_NUMBERED = r"/(?:book/.+/)?papers?/(?P<id>[0-9]{1,5})"
_WHOLE_SLUG = r"-(?P<hint>(?!(?:[^/?]*-)?id[0-9])[^/?.]+)"
_NO_YEAR = r"(?!(?:19[89]|20[0-4])[0-9](?![0-9]))"

_NIPS = (
    rule("nips-hash", _HASH, "nips:{y}/{h}"),
    rule("nips-numeric", _NUMBERED + _WHOLE_SLUG, "nips:{id}"),
    rule("nips-numeric", _NUMBERED + "-", "nips:{id}"),
    rule(
        "nips-numeric",
        rf"/papers?/{_NO_YEAR}(?P<id>[0-9]{{1,5}})(?:\.pdf)?/?(?:$|\?)",
        "nips:{id}",
    ),
    rule("nips-volume", r"/(?:(?:paper_files/)?papers?/[0-9]{4}/?$|book/)", is_paper=False),
    rule("nips-virtual", r"/virtual/[0-9]{4}/(?:[a-z]+/)?(?:poster|oral|spotlight)/."),
    rule("nips-other", r"/papers?/."),
    rule("venue", r"/(?!.*\.pdf)", is_paper=False),
)
_SAME_SOFTWARE = (
    rule("proceedings", _HASH),
    rule("proceedings", r"/(?:paper_files/)?paper/[0-9]{4}/."),
    rule("venue", r"/", is_paper=False),
)
_VIRTUAL = (
    rule("virtual", r"/virtual/[0-9]{4}/(?:[a-z]+/)?(?:poster|oral|spotlight|paper)s?[/_]."),
    rule("venue", r"/(?!.*\.pdf)", is_paper=False),
)
_OPENREVIEW = (
    rule("openreview-pdf", r"/references/pdf"),
    rule(
        "openreview-forum",
        r"/forum\?(?:.*&)?id=(?P<id>[A-Za-z0-9_-]+)(?=$|[&#])",
        "openreview:{id}",
    ),
    rule(
        "openreview-pdf",
        r"/(?:pdf|attachment|notes/edits/attachment|revisions)\?(?:.*&)?id=(?P<id>[A-Za-z0-9_-]+)(?=$|[&#])",
        "openreview:{id}",
    ),
    rule("openreview-pdf", r"/(?:pdf|forum|document|attachment)[/?]."),
    rule("listing", r"/(?:group|venue|submissions|search)\b", is_paper=False),
    rule("profile", r"/profile\b", is_paper=False),
    rule("home", r"/", is_paper=False),
)
_STEM = r"(?P<s>[^/?]+?)(?:_supplemental)?\.(?:pdf|html|zip)"
_CVF = (
    rule(
        "cvf-pdf",
        rf"/+(?:openaccess/)?content_(?P<c>[a-z]+)_(?P<y>[0-9]{{4}})/papers/(?:.+/)?{_STEM}",
        "cvf:{c}{y}/{s}",
    ),
    rule(
        "cvf-html",
        rf"/+(?:openaccess/)?content_(?P<c>[a-z]+)_(?P<y>[0-9]{{4}})/(?:.+/)?{_STEM}",
        "cvf:{c}{y}/{s}",
    ),
    rule(
        "cvf-workshop",
        rf"/+(?:openaccess/)?content_(?P<c>[a-z]+)_(?:workshops_)?(?P<y>[0-9]{{4}})(?:_workshops)?/(?:.+/)?{_STEM}",
        "cvf:{c}w{y}/{s}",
    ),
    rule(
        "cvf-pdf",
        rf"/+(?:openaccess/)?content/(?P<c>[a-z]+)(?P<y>[0-9]{{4}})/(?:.+/)?{_STEM}",
        "cvf:{c}{y}/{s}",
    ),
    rule(
        "cvf-workshop",
        rf"/+(?:openaccess/)?content/(?P<c>[a-z]+)(?P<y>[0-9]{{4}})w/(?:.+/)?{_STEM}",
        "cvf:{c}w{y}/{s}",
    ),
    rule("cvf-pdf", r"/.*content.+\.(?:pdf|html)"),
    rule("listing", r"/", is_paper=False),
)
_PMLR_KEY = (
    r"(?P<v>[vr][0-9]+)/(?:(?:supp|source)/)?(?P<k>[a-z][a-z0-9_-]*?)(?:-supp)?"
    r"(?:/|\.(?:html|pdf|ps|md|bib)|$|\?)"
)
_PMLR = (
    rule("pmlr", rf"/{_PMLR_KEY}", "pmlr:{v}/{k}"),
    rule("pmlr-volume", r"/[vr][0-9]+/?$", is_paper=False),
    rule("home", r"/?$", is_paper=False),
)
_JMLR = (
    rule("pmlr-jmlr", rf"/proceedings/papers/{_PMLR_KEY}", "pmlr:{v}/{k}"),
    rule(
        "jmlr",
        r"/(?:beta/)?papers/(?:volume|v)(?P<v>[0-9]+)/(?:source/)?(?P<k>[a-z0-9][a-z0-9_-]*)",
        "jmlr:v{v}/{k}",
    ),
    rule("jmlr", r"/(?:beta/)?papers/[^?]+\.pdf"),
    rule("jmlr", r"/proceedings/papers/[^?]+/[^?]+\.pdf"),
    rule("listing", r"/", is_paper=False),
)
_ACL_NEW = r"(?P<id>(?:19|20)[0-9]{2}\.[a-z0-9_]+(?:-[a-z0-9_]+)*\.[0-9]+)(?![0-9a-z])"
_ACL_OLD = r"(?P<id>[a-z][0-9]{2}-[0-9]{4}(?:[a-f](?![a-z0-9]))?)(?![0-9])"
_ACL = (
    rule(
        "listing", r"/(?:anthology/)?(?:people|events|venues|sigs|info|faq|posts)/", is_paper=False
    ),
    rule("acl", rf"/(?:[^/?]+/)*{_ACL_NEW}", "acl:{id}"),
    rule("acl", rf"/(?:[^/?]+/)*{_ACL_OLD}", "acl:{id}"),
    rule("acl-volume", r"/[^?]*\?page=[0-9]+$"),
    rule("acl-volume", r"/.*(?:[a-z][0-9]{2}-[0-9]{1,2}|[0-9]{4}\.[a-z0-9-]+)/?$", is_paper=False),
    rule("acl-volume", r"/.*[a-z][0-9]{2}-[0-9]{1,2}(?:\.pdf)?(?:$|[/?#])", is_paper=False),
    rule("listing", r"/(?!.*\.pdf)", is_paper=False),
)
_USENIX_TALK = r"(?P<hint>[a-z]+[0-9]{2})[-_](?:paper[-_])?(?P<hint2>[a-z][a-z_-]*)"
_USENIX_FILE = r"/(?:[^/?]+/)*(?:full_)?papers?/(?:.*/)?[^/?]+\.(?:pdf|html)"
_AAAI = (
    rule(
        "aaai", r"/(?:ojs/)?index\.php/[^?]*/(?:article|paper)/(?:view|download|viewFile|viewPaper)"
    ),
    rule("aaai", r"/ocs/index\.php/[^?]*/paper/"),
    rule(
        "aaai",
        r"/(?:library|papers|proceedings|magazine|articles?)/[^?]+(?:\.(?:pdf|php)|/[^/?]{8,})",
    ),
    rule("listing", r"/(?!.*\.pdf)", is_paper=False),
)
_GOOGLE_PUB = (
    rule("google-pub", r"/pubs/(?:archive/|pub)?[0-9]+"),
    rule("google-pub", r"/pubs/(?P<hint>[a-z0-9]+(?:-[a-z0-9]+)+)/?$"),
    rule("profile", r"/people/", is_paper=False),
    rule("blog", r"/blog/", is_paper=False),
)
_SLUG = r"(?P<hint>[a-z0-9]+(?:[-_][a-z0-9.]+)+)/?(?:$|\?)"
_GROUP_PUB = (
    rule("group-page", rf"/(?:[^/?]+/){{0,3}}publications?/(?:[0-9]{{4}}-[0-9]{{2}}_)?{_SLUG}"),
    rule("blog", r"/(?:[^/?]+/)?blog/", is_paper=False),
    rule("profile", r"/(?:[^/?]+/){0,2}people/", is_paper=False),
)

VENUES_TABLE: Table = {
    "papers.nips.cc": _NIPS,
    "nips.cc": _NIPS,
    "neurips.cc": _NIPS,
    "nips.djvuzone.org": (rule("proceedings", r"/."),),
    "proceedings.iclr.cc": _SAME_SOFTWARE,
    "proceedings.mlsys.org": _SAME_SOFTWARE,
    "icml.cc": (
        rule("icml-paper", r"/(?:[^?]*/)?papers?/[0-9]+"),
        *_VIRTUAL,
    ),
    "iclr.cc": _VIRTUAL,
    "mlsys.org": _VIRTUAL,
    "openreview.net": _OPENREVIEW,
    "thecvf.com": (rule("venue", r"/(?!.*\.pdf)", is_paper=False),),
    "openaccess.thecvf.com": _CVF,
    "cv-foundation.org": _CVF,
    "ecva.net": (
        rule("ecva", r"/papers/eccv_[0-9]+/.+\.(?:pdf|php|html)"),
        rule("listing", r"/", is_paper=False),
    ),
    "bmva.org": (
        rule("bmva", r"/bmvc/[0-9]{4}/.+"),
        rule("listing", r"/(?!.*\.pdf)", is_paper=False),
    ),
    "bmva-archive.org.uk": (rule("bmva", r"/bmvc/[0-9]{4}/.+"),),
    "mlr.press": _PMLR,
    "jmlr.org": _JMLR,
    "jmlr.csail.mit.edu": _JMLR,
    "aclanthology.org": _ACL,
    "aclweb.org": _ACL,
    "aclanthology.info": _ACL,
    "aclanthology.coli.uni-saarland.de": _ACL,
    "acl.ldc.upenn.edu": _ACL,
    "wing.comp.nus.edu.sg": (rule("acl", rf"/~?antho/(?:[^/?]+/)*{_ACL_OLD}", "acl:{id}"),),
    "transacl.org": (rule("acl", r"/.*article/"), rule("listing", r"/", is_paper=False)),
    "lrec-conf.org": (
        rule("lrec", r"/proceedings/.+\.pdf|/proceedings/.+/summaries/."),
        rule("listing", r"/", is_paper=False),
    ),
    "usenix.org": (
        rule("usenix", rf"/system/files/(?:[^?]*/)?{_USENIX_TALK}[^/]*\.pdf"),
        rule(
            "usenix",
            r"/conference/(?P<hint>[a-z]+[0-9]{2})/(?:technical-sessions/)?presentation/(?P<hint2>[^/?]+)",
        ),
        rule("usenix", _USENIX_FILE),
        rule(
            "usenix",
            r"/(?:system/files|legacy/(?:events?|publications)|publications)/.+\.(?:pdf|html)",
        ),
        rule("listing", r"/(?:conferences?|about|membership)\b", is_paper=False),
    ),
    "vldb.org": (
        rule("vldb", r"/(?:pvldb|archives|conf)/.+\.pdf"),
        rule("listing", r"/", is_paper=False),
    ),
    "isca-speech.org": (rule("isca", r"/archive/.+/.+"), rule("listing", r"/", is_paper=False)),
    "isca-archive.org": (rule("isca", r"/.+/.+"), rule("listing", r"/", is_paper=False)),
    "ojs.aaai.org": _AAAI,
    "aaai.org": _AAAI,
    "cdn.aaai.org": (rule("aaai", r"/.+\.pdf"),),
    "ijcai.org": (
        # IJCAI registers DOIs from 2017 on; before that the path is Proceedings/YY.
        rule(
            "ijcai",
            r"/proceedings/(?P<y>201[7-9]|20[2-9][0-9])/0*(?P<n>[1-9][0-9]*)(?:\.pdf)?/?$",
            "doi:10.24963/ijcai.{y}/{n}",
        ),
        rule("ijcai", r"/(?:past/)?proceedings/.*(?:[0-9]+\.pdf|abstract/|papers/.)"),
        rule("listing", r"/", is_paper=False),
    ),
    "roboticsproceedings.org": (
        rule("rss", r"/rss[0-9]+/p[0-9]+"),
        rule("listing", r"/", is_paper=False),
    ),
    "drops.dagstuhl.de": (
        rule("dagstuhl", r"/.*(?P<id>10\.4230/[a-z]+(?:\.[a-z0-9-]+)+)", "doi:{id}"),
        rule("dagstuhl", r"/(?:opus|entities/document)/."),
    ),
    "auai.org": (rule("uai", r"/.+\.pdf"), rule("listing", r"/", is_paper=False)),
    "kdd.org": (rule("kdd", r"/.+/(?:papers|accepted-papers)/(?:files|view)/."),),
    "ismir.net": (rule("ismir", r"/.+\.pdf"),),
    "distill.pub": (
        rule("distill", r"/[0-9]{4}/[^/?]+"),
        rule("home", r"/", is_paper=False),
    ),
    "static.googleusercontent.com": (rule("google-pub", r"/media/research\.google\.com/.+\.pdf"),),
    "research.google.com": _GOOGLE_PUB,
    "research.google": _GOOGLE_PUB,
    "deepmind.com": (
        rule("deepmind-pub", rf"/(?:research/)?(?:publications?|publications/[0-9]+)/{_SLUG}"),
        rule("deepmind-pub", r"/(?:research/)?publications?/."),
        rule("blog", r"/(?:blog|discover|learning-resources)\b", is_paper=False),
        rule("page", r"/(?:research|about|careers|applied)?/?$", is_paper=False),
    ),
    "deepmind.google": (
        rule("deepmind-pub", r"/research/publications/."),
        rule("blog", r"/(?:discover/)?blog/", is_paper=False),
    ),
    "openai.com": (
        rule("openai-pdf", r"/.+\.pdf"),
        rule("openai-research", rf"/research/{_SLUG}"),
        rule("blog", r"/(?:blog|index)/", is_paper=False),
        rule("page", r"/(?:research|about|api|charter|requests-for-research)?/?$", is_paper=False),
    ),
    "blog.openai.com": (rule("blog", r"/", is_paper=False),),
    "gym.openai.com": (rule("docs", r"/", is_paper=False),),
    "microsoft.com": (
        rule("group-page", rf"/[a-z-]+/research/publication/{_SLUG}"),
        rule("profile", r"/[a-z-]+/research/people/", is_paper=False),
        rule("blog", r"/[a-z-]+/research/blog/", is_paper=False),
        rule("video", r"/[a-z-]+/research/video/", is_paper=False),
        rule("listing", r"/[a-z-]+/research/publications/?$", is_paper=False),
    ),
    "research.microsoft.com": (
        rule("group-page", r"/apps/pubs/.*id=[0-9]+"),
        rule("group-page", r"/(?:[^/]+/)?pubs/[0-9]+"),
        rule("video", r"/apps/video/", is_paper=False),
        rule(
            "profile",
            r"/(?:[^/]+/)?(?:people|um/people)/[^/]+/?(?:default\.aspx)?$",
            is_paper=False,
        ),
    ),
    "research.fb.com": _GROUP_PUB,
    "research.facebook.com": _GROUP_PUB,
    "ai.facebook.com": _GROUP_PUB,
    "ai.meta.com": _GROUP_PUB,
    "research.nvidia.com": _GROUP_PUB,
    "disneyresearch.com": _GROUP_PUB,
    "research.adobe.com": _GROUP_PUB,
    "amazon.science": _GROUP_PUB,
    "research.ibm.com": _GROUP_PUB,
    "machinelearning.apple.com": (
        rule("group-page", r"/(?:research|papers)/(?P<hint>[a-z0-9-]+)"),
        rule("group-page", r"/[0-9]{4}/[0-9]{2}/[0-9]{2}/(?P<hint>[a-z0-9-]+)"),
    ),
    "transformer-circuits.pub": (rule("distill", r"/[0-9]{4}/[^/?]+"),),
}
