-- PageRank before the first round: the same weight for all, and how many papers each cites.
SELECT
    papers.work,
    coalesce(counted.references_here, 0) AS references_here,
    CAST(1 AS DOUBLE) / (SELECT count(*) FROM papers) AS weight
FROM (SELECT work FROM papers) AS papers
LEFT JOIN (
    SELECT citing, count(*) AS references_here FROM citations GROUP BY citing
) AS counted ON papers.work = counted.citing
