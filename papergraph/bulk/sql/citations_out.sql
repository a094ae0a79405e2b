SELECT concat('W', citing) AS citing, concat('W', cited) AS cited
FROM citations
ORDER BY citations.citing, citations.cited
