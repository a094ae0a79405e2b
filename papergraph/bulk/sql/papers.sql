-- One row a work: the newest, should a work stand in several partitions; none without a title.
SELECT
    work, doi, arxiv, pmid, pmcid, mag, title, authors, year, venue, url, abstract,
    cited_by_count, referenced_works
FROM (
    SELECT
        *,
        row_number() OVER (
            PARTITION BY work ORDER BY updated_date DESC NULLS LAST, file DESC, title
        ) AS place
    FROM works
    WHERE work IS NOT NULL AND title IS NOT NULL AND NOT is_paratext
) AS versions
WHERE place = 1
