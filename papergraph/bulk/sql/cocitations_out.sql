SELECT concat('W', paper) AS paper, concat('W', other) AS other, together
FROM cocitations
ORDER BY cocitations.paper, together DESC, cocitations.other
