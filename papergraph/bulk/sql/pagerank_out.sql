SELECT concat('W', work) AS paper, weight AS pagerank
FROM :weights
ORDER BY weight DESC, work
