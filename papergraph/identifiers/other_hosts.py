"""Hosts whose pages are no papers, and shapes of host and path that tell the same of unlisted ones.

Each word of `HOSTS_BY_KIND` is a host, or a host with the first step of its path.
"""

import re

Shapes = tuple[tuple[str, re.Pattern[str]], ...]

HOSTS_BY_KIND = {
    "video": """
        b23.tv bilibili.com channel9.msdn.com crossminds.ai dailymotion.com fields.utoronto.ca
        gfycat.com infoq.com iqiyi.com livestream.com media.ccc.de nicovideo.jp rutube.ru
        screencast.com simons.berkeley.edu/talks slideslive.com streamable.com talks.cam.ac.uk
        techtalks.tv ted.com twitch.tv underline.io ustream.tv v.qq.com videoken.com
        videolectures.net vimeo.com yadi.sk/i youku.com youtu.be youtube-nocookie.com
        youtube.com zoom.us
    """,
    "podcast": """
        anchor.fm changelog.com dataskeptic.com itunes.apple.com lexfridman.com libsyn.com
        open.spotify.com overcast.fm player.fm podbean.com podcasts.apple.com podtail.com
        soundcloud.com spotify.com stitcher.com thetalkingmachines.com twimlai.com
    """,
    "code": """
        anaconda.org bitbucket.org codalab.org code.google.com codeberg.org codeocean.com
        codepen.io colab.research.google.com cran.r-project.org crates.io deepnote.com git.io
        git.kernel.org gitee.com github.com gitlab.com gitorious.org hub.docker.com jsfiddle.net
        jupyter.org kaggle.com launchpad.net modelzoo.co mybinder.org nbviewer.jupyter.org
        nbviewer.org observablehq.com
        raw.githubusercontent.com replit.com sourceforge.net sr.ht
    """,
    "notes": """
        evernote.com gist.github.com gist.githubusercontent.com hackmd.io notion.site notion.so
        pastebin.com quizlet.com roamresearch.com simplenote.com workflowy.com
    """,
    "blog": """
        analyticsvidhya.com argmin.net becominghuman.ai blog.naver.com blogger.com
        blogspot.co.uk blogspot.com blogspot.de blogspot.jp blogspot.kr brunch.co.kr
        cloud.tencent.com/developer cnblogs.com colah.github.io csdn.net datasciencecentral.com
        dev.to devblogs.microsoft.com devblogs.nvidia.com distillery.com dzone.com explosion.ai
        floydhub.com freecodecamp.org ghost.io googleblog.com habr.com habrahabr.ru
        hackernoon.com hashnode.com hashnode.dev hateblo.jp hatenablog.com heartbeat.fritz.ai
        inference.vc infoq.cn jianshu.com juejin.cn juejin.im kdnuggets.com lesswrong.com
        livejournal.com machinelearningmastery.com marktechpost.com mathbabe.org medium.com
        mp.weixin.qq.com note.com offconvex.org oschina.net paperspace.com posterous.com
        pyimagesearch.com qiita.com r-bloggers.com ruder.io sebastianruder.com segmentfault.com
        sohu.com steemit.com substack.com svbtle.com telegra.ph thegradient.pub tistory.com
        topbots.com toutiao.com towardsdatascience.com tumblr.com typepad.com velog.io
        weebly.com wildml.com wix.com wordpress.com write.as zhuanlan.zhihu.com
    """,
    "social": """
        bsky.app buymeacoffee.com discord.com discord.gg eventbrite.com facebook.com fb.com
        flickr.com instagram.com ko-fi.com linkedin.com mastodon.social meetup.com patreon.com
        pinterest.co.kr pinterest.com plus.google.com sigmoid.social slack.com snapchat.com t.co
        t.me telegram.me telegram.org threads.net tiktok.com twitter.com vk.com weibo.com
        whatsapp.com x.com
    """,
    "profile": """
        about.me angel.co crunchbase.com genealogy.math.ndsu.nodak.edu gravatar.com keybase.io
        loop.frontiersin.org orcid.org publons.com scholar.google.ca scholar.google.co.kr
        scholar.google.co.uk scholar.google.com scholar.google.de scholar.google.fr
    """,
    "encyclopedia": """
        baike.baidu.com britannica.com dictionary.com encyclopediaofmath.org fandom.com
        investopedia.com mathworld.wolfram.com merriam-webster.com namu.wiki ncatlab.org
        planetmath.org plato.stanford.edu scholarpedia.org techopedia.com urbandictionary.com
        wikia.com wikibooks.org wikidata.org wikihow.com wikimedia.org wikipedia.org
        wikiversity.org wiktionary.org wolframalpha.com
    """,
    "forum": """
        askubuntu.com datatau.com discourse.group discuss.pytorch.org gitter.im
        groups.google.com hubski.com lists.w3.org lobste.rs mathoverflow.net metaoptimize.com
        producthunt.com quora.com redd.it reddit.com serverfault.com slashdot.org
        stackexchange.com stackoverflow.com superuser.com v2ex.com ycombinator.com zhihu.com
    """,
    "course": """
        brilliant.org class-central.com classcentral.com coursera.org datacamp.com
        deeplearning.ai edwith.org edx.org egghead.io fast.ai fullstackdeeplearning.com
        futurelearn.com inflearn.com khanacademy.org metacademy.org ml4a.github.io mooc.org
        nptel.ac.in ocw.mit.edu openclassrooms.com pluralsight.com udacity.com udemy.com
        wandb.courses
    """,
    "news": """
        36kr.com arstechnica.com axios.com bbc.co.uk bbc.com bloomberg.com businessinsider.com
        cacm.acm.org cnbc.com cnn.com economist.com eetimes.com engadget.com fastcompany.com
        forbes.com fortune.com ft.com gizmodo.com hbr.org heise.de hpcwire.com
        huffingtonpost.com huffpost.com inc.com independent.co.uk infoworld.com jiqizhixin.com
        leiphone.com lemonde.fr mashable.com motherboard.vice.com nautil.us newscientist.com
        newyorker.com nextplatform.com npr.org nytimes.com phys.org quantamagazine.org qz.com
        recode.net reuters.com sciencedaily.com sciencenews.org scientificamerican.com slate.com
        spectrum.ieee.org spiegel.de statnews.com synced.ai syncedreview.com techcrunch.com
        technologyreview.com telegraph.co.uk theatlantic.com theguardian.com thenextweb.com
        theregister.co.uk theregister.com theverge.com time.com usatoday.com venturebeat.com
        vice.com vox.com washingtonpost.com wired.com wsj.com zdnet.com
    """,
    "slides": """
        gamma.app noti.st on-demand.gputechconf.com prezi.com slides.com slideshare.net
        slidesharecdn.com speakerdeck.com videocrux.com
    """,
    "image": """
        avatars.githubusercontent.com awesome.re badge.fury.io camo.githubusercontent.com
        cdn-images-1.medium.com circleci.com cloud.githubusercontent.com codecov.io coveralls.io
        flickr.com ggpht.com giphy.com gph.is hits.dwyl.io i.stack.imgur.com ibb.co
        images.unsplash.com imageshack.us img-blog.csdn.net img.shields.io imgur.com
        licensebuttons.net miro.medium.com pbs.twimg.com postimg.cc postimg.org shields.io
        sinaimg.cn staticflickr.com travis-ci.com travis-ci.org unsplash.com
        user-images.githubusercontent.com visitor-badge.glitch.me zhimg.com
    """,
    "docs": """
        ai.google.dev anthropic.com/docs apache.org aws.amazon.com azure.microsoft.com
        caffe.berkeleyvision.org caffe2.ai chainer.org cloud.google.com cplusplus.com
        cppreference.com creativecommons.org d3js.org deeplearning4j.org developer.apple.com
        developer.mozilla.org developer.nvidia.com developers.google.com dmlc.ml docker.com
        docs.microsoft.com edwardlib.org gnu.org gohugo.io graphviz.org guides.github.com h2o.ai
        help.github.com ietf.org jekyllrb.com json.org keras.io kubernetes.io latex-project.org
        learn.microsoft.com llvm.org mathworks.com matplotlib.org mc-stan.org mxnet.apache.org
        mxnet.io nltk.org numpy.org onnx.ai opencv.org openml.org opensource.org overleaf.com
        pages.github.com pandas.pydata.org python.org pytorch.org r-project.org readthedocs.io
        readthedocs.org rfc-editor.org rtfd.io rtfd.org scikit-learn.org scipy.org spacy.io
        support.google.com tensorflow.org tools.ietf.org torch.ch w3.org w3schools.com
    """,
    "dataset": """
        archive.ics.uci.edu catalog.ldc.upenn.edu cocodataset.org commoncrawl.org
        cvlibs.net/datasets data.gov data.mendeley.com figshare.com/collections image-net.org
        kaggle.com/datasets ldc.upenn.edu mscoco.org mturk.com openslr.org vision.middlebury.edu
    """,
    "shop": """
        abebooks.com alibaba.com aliexpress.com amazon.ca amazon.cn amazon.co.jp amazon.co.uk
        amazon.com amazon.de amazon.fr amazon.in amzn.com amzn.to apress.com barnesandnoble.com
        bookdepository.com books.google.com crcpress.com ebay.com etsy.com goodreads.com
        gumroad.com ikea.com leanpub.com manning.com newegg.com nostarch.com oreilly.com
        packtpub.com paypal.com pragprog.com routledge.com safaribooksonline.com thriftbooks.com
        worldcat.org
    """,
    "file-share": """
        1drv.ms box.com disk.yandex.com disk.yandex.ru docdroid.net docs.google.com
        drive.google.com dropbox.com dropboxusercontent.com ge.tt issuu.com mediafire.com
        mega.co.nz mega.nz onedrive.live.com pan.baidu.com scribd.com sharepoint.com weiyun.com
        wetransfer.com yadi.sk
    """,
    "shortener": """
        aka.ms bit.ly buff.ly cutt.ly dlvr.it dwz.cn fb.me g.co goo.gl ift.tt is.gd j.mp lnkd.in
        ow.ly rebrand.ly shorturl.at sigma.ac tiny.cc tinyurl.com ubr.to url.cn youtu.be/l
    """,
    "page": """
        addthis.com ai-deadlin.es ajax.googleapis.com apple.com archive.org baidu.com bing.com
        blockchain.com bootstrapcdn.com cdnjs.cloudflare.com cdnjs.com cloudflare.com disqus.com
        duckduckgo.com easychair.org example.com example.org feedburner.com fonts.googleapis.com
        forms.gle google-analytics.com google.com googleapis.com/css googletagmanager.com
        intel.com jquery.com jsdelivr.net list-manage.com mailchimp.com mathjax.org polyfill.io
        schema.org statcounter.com surveymonkey.com tinyletter.com typeform.com unpkg.com
        use.fontawesome.com wikicfp.com yahoo.com
    """,
}

# The first word of a host tells much: blog.x.org, docs.y.io, cs231n.z.edu.
HOST_SHAPES: Shapes = (
    (
        "blog",
        re.compile(
            r"(?:.*\.)?(?:[a-z0-9-]*blogs?|weblogs?|engineering|techblog)\."
            r"|[a-z0-9-]*blog\.[a-z]+$"
        ),
    ),
    (
        "docs",
        re.compile(r"(?:docs?|documentation|developers?|wiki|help|support|api|manual)\."),
    ),
    (
        "course",
        re.compile(
            r"(?:cs|ee|ece|cse|math|stat|stats|info|cos|phys)-?[0-9]{2,4}[a-z]?\."
            r"|(?:courses?|class(?:es)?|ocw|teaching|moodle)\."
        ),
    ),
    (
        "image",
        re.compile(r"(?:images?|img|pics?[0-9]*|photos?|avatars?|badges?)\."),
    ),
    (
        "forum",
        re.compile(r"(?:forums?|discuss|community|answers|groups|lists|mailman)\."),
    ),
    (
        "news",
        re.compile(r"(?:news|press|media)\.(?!ccc)"),
    ),
    (
        "video",
        re.compile(r"(?:videos?|tv|talks|webcast)\."),
    ),
    (
        "podcast",
        re.compile(r"podcasts?\."),
    ),
    (
        "shop",
        re.compile(r"(?:shop|store|buy)\."),
    ),
    (
        "code",
        re.compile(r"(?:git|gitlab|svn|code|hg|packages)\."),
    ),
    (
        "encyclopedia",
        re.compile(r"(?:en|de|fr|ja|ko|zh)?\.?wiki[a-z]*\."),
    ),
)
FILE_SHAPES: Shapes = (
    (
        "image",
        re.compile(r".*\.(?:png|jpe?g|gif|svg|webp|bmp|ico|tiff?|eps)$"),
    ),
    (
        "video",
        re.compile(r".*\.(?:mp4|avi|mov|webm|mkv|wmv|flv|m4v|mpe?g|ogv|swf)$"),
    ),
    (
        "podcast",
        re.compile(r".*\.(?:mp3|m4a|ogg|wav|flac)$"),
    ),
    (
        "slides",
        re.compile(r".*\.(?:pptx?|key|odp|pps|ppsx)$"),
    ),
    (
        "feed",
        re.compile(r".*(?:\.(?:rss|atom)|/(?:feed|rss|atom)(?:\.xml)?/?)$"),
    ),
    (
        "code",
        re.compile(
            r".*\.(?:py|ipynb|c|cc|cpp|cu|h|hpp|java|js|css|m|r|rb|go|rs|lua|jl|sh|scala"
            r"|prototxt|diff|patch|bib)$"
        ),
    ),
    (
        "dataset",
        re.compile(
            r".*\.(?:zip|tar|t?gz|tgz|bz2|xz|7z|rar|csv|tsv|jsonl?|h5|hdf5|npz?|pkl|mat|pth?"
            r"|ckpt|caffemodel|xlsx?|xml|whl|exe|dmg|apk|iso|jar)$"
        ),
    ),
    (
        "notes",
        re.compile(r".*\.(?:md|markdown|rst|txt|org|docx?)$"),
    ),
)
REVIEW_FOLDER = (
    r"(?:papers?-i-read|papers?-?notes|paper-?reviews?|paper-?summar(?:y|ies)"
    r"|reading-notes|papers-we-read)"
)
PATH_SHAPES: Shapes = (
    (
        "review-page",
        re.compile(
            r"/(?:.*/)?(?:papers?-i-read|papers?-?notes|paper-?reviews?|paper-?summar(?:y"
            r"|ies)|reading-notes|papers-we-read)(?:/|$)|/+pap(?:er)?s?-?[0-9]+-[^/]+/?$"
        ),
    ),
    (
        "video",
        re.compile(r"/(?:[^/]+/)?(?:videos?|talks?|watch|webinars?)(?:/|$|\.html)"),
    ),
    (
        "course",
        re.compile(
            r"/(?:.*/)?(?:class(?:es)?|courses?|teaching|lectures?|syllabus|tutorials?"
            r"|coursework|schedule|homeworks?|assignments?)(?:[/.]|$)"
        ),
    ),
    (
        "blog",
        re.compile(r"/(?:.*/)?(?:blogs?|weblog|posts?|journal/[0-9]{4}|notebook)(?:/|$)"),
    ),
    (
        "blog",
        re.compile(r"/(?:[^/]+/)*(?:19|20)[0-9]{2}/[01]?[0-9]/(?:[0-3]?[0-9]/)?[^/]+"),
    ),
    (
        "blog",
        re.compile(
            r"/(?:.*/)?(?:19|20)[0-9]{2}[-/][01]?[0-9][-/][0-3]?[0-9][-/][^/.]*(?:/|\.html?"
            r"|$)"
        ),
    ),
    (
        "news",
        re.compile(
            r"/(?:[a-z]{2}/)?(?:news|press|press-releases?|newsroom|stories|magazine)(?:/|$)"
        ),
    ),
    (
        "encyclopedia",
        re.compile(r"/wiki/"),
    ),
    (
        "docs",
        re.compile(
            r"/(?:[^/]+/)?(?:docs?|documentation|manual|api|reference|user[-_]?guide|faq"
            r"|help|guides?)(?:/|$|\.html)"
        ),
    ),
    (
        "dataset",
        re.compile(
            r"/(?:.*/)?(?:data-?sets?|databases?|benchmarks?|leaderboards?|challenges?"
            r"|competitions?|downloads?)(?:[/.]|$)"
        ),
    ),
    (
        "slides",
        re.compile(r"/(?:.*/)?(?:slides?|presentations?)(?:/|$)"),
    ),
    (
        "forum",
        re.compile(
            r"/(?:forums?|viewtopic\.php|showthread\.php|discussions?|questions?)(?:/|$|\?)"
        ),
    ),
    (
        "podcast",
        re.compile(r"/(?:podcasts?|episodes?)(?:/|$)"),
    ),
    (
        "code",
        re.compile(
            r"/(?:.*/)?(?:code|software|source|src|demos?|models?|tools?|toolbox)(?:/|$"
            r"|\.html)"
        ),
    ),
    (
        "profile",
        re.compile(
            r"/(?:~[^/-]+|(?:.*/)?(?:people|staff|faculty|users?|members?|profile|author"
            r"|homepages?|team|person|directory)/[^/]+)/?(?:index\.\w+|home\.\w+)?$"
        ),
    ),
    (
        "profile",
        re.compile(
            r"/(?:.*/)?(?:about(?:-(?:us|me))?|contact|bio|cv|resume|people|team|careers?"
            r"|jobs?|hiring)(?:\.\w+)?/?$"
        ),
    ),
    (
        "shop",
        re.compile(r"/(?:shop|store|product|cart|pricing|dp|gp)(?:/|$)"),
    ),
    (
        "listing",
        re.compile(
            r"/(?:.*/)?(?:publications?|pubs?|papers?|research|archives?|tags?|categor(?:y"
            r"|ies)|topics?|search|links?|bibliography|program(?:me)?|proceedings"
            r"|accepted[-_]?papers|publist)(?:\.(?:html?|php|aspx?))?/?$"
        ),
    ),
    (
        "listing",
        re.compile(r"/(?:.*/)?(?:tags?|categor(?:y|ies)|topics?|search|labels?)/[^/]+/?$"),
    ),
    (
        "page",
        re.compile(
            r"/(?:.*/)?(?:login|signin|signup|register|subscribe|privacy|terms|license|legal"
            r"|policies|policy|cookies|sitemap|404|events?|workshops?|conferences?"
            r"|calls?-?for-?papers|cfp|calendar|sponsors?)(?:[/.]|$)"
        ),
    ),
)
