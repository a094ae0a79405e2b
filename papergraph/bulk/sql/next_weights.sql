-- One round of PageRank with damping 0.85; a paper that cites none here gives its weight to all.
SELECT
    before.work,
    before.references_here,
    (1 - CAST(0.85 AS DOUBLE)) / whole.papers
    + CAST(0.85 AS DOUBLE) * (coalesce(given.weight, 0) + whole.loose / whole.papers) AS weight
FROM :before AS before
LEFT JOIN (
    SELECT citations.cited AS work, sum(giver.weight / giver.references_here) AS weight
    FROM citations
    JOIN :before AS giver ON citations.citing = giver.work
    GROUP BY citations.cited
) AS given ON before.work = given.work
CROSS JOIN (
    SELECT
        count(*) AS papers,
        sum(CASE WHEN references_here = 0 THEN weight ELSE CAST(0 AS DOUBLE) END) AS loose
    FROM :before
) AS whole
