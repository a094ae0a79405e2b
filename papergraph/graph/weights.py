"""What each kind of evidence counts: people's words by judgement, what is inferred by a fit.

`scripts/fit_prerequisites.py` prints the two tables of fitted numbers. Parents are fitted on the
curated lineages (which of its elders is a paper's parent?). Need is fitted on bibliographies that
were hidden: which older papers would its authors cite, and, a bibliography taken for a reading
list, which papers stand beside the youngest of it? Both are conditional logits, so only differences
between candidates of one paper mean anything; the offsets bring them to the scale of the claims.
"""

from __future__ import annotations

# log-odds a claim adds, by relation kind; a comparison is kinship, hardly a prerequisite
CLAIM_WEIGHTS = {
    "prerequisite": 4.5,
    "extends": 3.6,
    "replaces": 3.2,
    "uses": 2.4,
    "compares": 0.4,
    "order": 0.7,
}
OWN_READING = 0.1  # what the reader's own writing says comes before the curators' word
BIAS = -3.0
MOST_INFERRED = 3.0  # log-odds: as good as even, so never more than a person's plain word

# python scripts/fit_prerequisites.py LIBRARY, seed 0, on the corpus of 221,061 papers
PARENT_WEIGHTS = {
    "together": 1.90,
    "share": 2.34,
    "lift": 0.40,
    "cites": 0.57,
    "cited": 0.39,
    "common": -30.50,
    "nearness": -2.78,
    "years": -0.15,
    "name": 2.15,
    "words": 5.52,
}
NEED_WEIGHTS = {
    "company": 0.71,
    "together": 0.17,
    "share": 0.37,
    "cites": 0.83,
    "coupled": 1.06,
    "cited": 0.09,
    "reference": 0.14,
    "meaning": 1.75,
    # by judgement: bibliographies name tools and take in many topics, what one reads has one topic
    "words": 2.62,
    "common": -3.0,
}

# python scripts/fit_next.py LIBRARY, on the same corpus: what people who keep a log read next
NEXT_WEIGHTS = {
    "following": 0.70,
    "new": 3.37,
    "lately": 0.52,
    "near": 3.17,
    "like": 8.62,
    "authors": 1.18,
    "age": 0.61,
}
