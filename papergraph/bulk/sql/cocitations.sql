-- The :top_k papers most often cited together with each paper. What cites more than
-- :most_references papers is left out: lists so long say little, and pairs grow with their square.
SELECT paper, other, together
FROM (
    SELECT
        paper,
        other,
        together,
        row_number() OVER (PARTITION BY paper ORDER BY together DESC, other) AS place
    FROM (
        SELECT one.cited AS paper, two.cited AS other, count(*) AS together
        FROM citations AS one
        JOIN citations AS two ON one.citing = two.citing AND one.cited <> two.cited
        JOIN (
            SELECT citing FROM citations GROUP BY citing HAVING count(*) <= :most_references
        ) AS short ON one.citing = short.citing
        GROUP BY one.cited, two.cited
    ) AS pairs
) AS placed
WHERE place <= :top_k
