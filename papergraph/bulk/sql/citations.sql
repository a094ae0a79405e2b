-- Who cites whom, both among the papers. explode() is Spark's word; DuckDB gets a macro of that name.
SELECT DISTINCT told.citing, told.cited
FROM (
    SELECT
        work AS citing,
        try_cast(regexp_extract(reference, 'W([0-9]+)$', 1) AS BIGINT) AS cited
    FROM (SELECT work, explode(referenced_works) AS reference FROM papers) AS listed
) AS told
JOIN (SELECT work FROM papers) AS known ON told.cited = known.work
WHERE told.citing <> told.cited
