SELECT concat('W', paper) AS paper, scheme, value
FROM external_ids
ORDER BY external_ids.paper, scheme, value
