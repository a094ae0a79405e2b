-- Every identifier of every paper.
SELECT work AS paper, 'arxiv' AS scheme, arxiv AS value FROM papers WHERE arxiv IS NOT NULL
UNION ALL SELECT work, 'doi', doi FROM papers WHERE doi IS NOT NULL
UNION ALL SELECT work, 'mag', mag FROM papers WHERE mag IS NOT NULL
UNION ALL SELECT work, 'pmcid', concat('PMC', pmcid) FROM papers WHERE pmcid IS NOT NULL
UNION ALL SELECT work, 'pmid', pmid FROM papers WHERE pmid IS NOT NULL
