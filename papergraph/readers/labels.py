"""Words that say what a link is, and small words: tables, nothing else (seen to November 2026)."""

from __future__ import annotations


def _table(text: str) -> frozenset[str]:
    return frozenset(word for line in text.split("\n") for word in line.strip().split("|") if word)


# Labels of links to the paper itself, as people write them in lists.
PAPER_LABELS = _table(
    """
    paper|pdf|arxiv|link|here|abs|abstract|html|doi|openreview|fulltext|full text|full paper|
    paper link|link to paper|link to the paper|link to original paper|original paper|the paper|
    this paper|a paper|paper pdf|pdf link|arxiv link|arxiv paper|arxiv version|paper arxiv|
    paper url|url|web|source|publication|article|preprint|download|download pdf|read|read paper|
    paper here|view|view paper|original|original work|work|this work|this|this one|see paper|
    different paper|another paper|research paper|journal|proceedings|ieee|acm|acl|cvf|cvpr|iccv|
    eccv|nips|neurips|iclr|icml|aaai|nature|science|springer|elsevier|pubmed|biorxiv|pmlr|jmlr|
    semantic scholar|google scholar|researchgate|citeseer|citeseerx|scihub|open access|ps|
    mirror|paper in|papers|white paper|whitepaper|arxiv preprint|arxiv abs|arxiv pdf|
    technical report|tech report|report|논문|논문 링크|논문링크|원문|링크|
    paper 링크|论文|论文链接|原文|链接|原论文|原文链接|论文地址|下载|論文|リンク|artikel|papier|
    lien|enlace|artículo|ссылка|статья|artigo|articolo|
    original article|the original paper|the article|link to article|link to arxiv|arxiv.org|
    cvpr paper|nips paper|iclr paper|icml paper|main paper|paper (pdf)|publisher|preprint pdf|
    direct link|official link|alt|backup|v1|v2|v3
    """
)
# Labels that say nothing of what they lead to.
WEAK_LABELS = _table(
    """
    link|here|html|web|source|article|download|read|view|original|work|this work|this|this one|
    mirror|report|alt|backup|url|publication|v1|v2|v3|in|lien|enlace|
    ссылка|링크|链接|下载|リンク|journal|
    journal article
    """
)
# Labels of links to something that goes with a paper but is not it.
OTHER_LABELS = _table(
    """
    code|github|official code|source code|implementation|pytorch|tensorflow|keras|torch|caffe|
    theano|mxnet|chainer|jax|matlab|repo|repository|git|colab|notebook|demo|demos|video|videos|
    talk|lecture|youtube|slides|slide|presentation|poster|project|project page|project website|
    website|page|webpage|homepage|home page|blog|blog post|blogpost|post|blog article|notes|
    note|my notes|summary|review|my review|reviews|tldr|data|dataset|datasets|model|models|
    weights|pretrained|checkpoint|discussion|reddit|twitter|tweet|hn|hacker news|tutorial|
    course|book|supplementary|supplement|supplemental|supp|appendix|bib|bibtex|cite|citation|
    thesis slides|code & data|code and data|news|podcast|wiki|wikipedia|docs|documentation|api|
    package|app|read more|more|more info|details|part 1|part 2|part 3|translation|issue|issues|
    comments|great post|explanation|presenting|interview|press|media|leaderboard|benchmark|
    paperswithcode|papers with code|코드|영상|발표|슬라이드|代码|视频|参考
    """
)
# Keys that begin a line of their own in a note on a paper: "Authors: ...", "链接：...".
LINE_KEYS = _table(
    """
    paper|title|paper title|author|authors|who|link|links|paper link|
    link to paper|url|paper url|pdf|
    arxiv|doi|source|original paper|venue|conference|journal|published|published in|publication|
    publication date|date|year|code|github|code link|tags|keywords|affiliation|affiliations|
    institution|presented by|presenter|status|rating|titel|autor|autoren|jahr|quelle|titre|auteur|
    auteurs|année|lien|título|autores|año|enlace|제목|논문|논문 제목|논문 링크|저자|링크|출처|코드|
    标题|题目|论文|论文标题|论文题目|论文名称|论文地址|论文链接|论文作者|作者|地址|链接|代码|代码地址|
    代码链接|发表时间|发表|会议|期刊|机构|单位|時間|时间|年份|論文|論文名|タイトル|著者|学会|リンク
    """
)
# Words that are small in titles.
SMALL_WORDS = _table(
    """
    a|an|the|of|in|on|for|and|or|with|to|by|from|as|at|is|are|be|via|using|not|it|its|into|over|
    through|under|without|between|towards|toward|can|do|does|how|what|when|why|we|you|your|than|
    this|that|their|all|more|vs|per|beyond|up|out|but|no|if|et|al
    """
)
# Words no title ends with.
ENDLESS_WORDS = _table(
    """
    the|a|an|of|in|on|for|and|or|with|to|by|from|as|at|per|via|is|are|see
    """
)
