-- The works of one partition that are wanted, and a row without a number for each broken line.
-- wanted(kind, value) holds lower-case names and short ids of fields and topics; empty means all.
SELECT *
FROM (
    SELECT
        try_cast(regexp_extract(id, 'W([0-9]+)$', 1) AS BIGINT) AS work,
        nullif(regexp_replace(lower(doi), '^https?://(dx[.])?doi[.]org/', ''), '') AS doi,
        nullif(
            regexp_extract(
                lower(concat_ws(' ', doi, url, places)),
                'arxiv(?:[.]org/abs/|[.])([0-9]{4}[.][0-9]{4,5}|[a-z-]+/[0-9]{7})',
                1
            ),
            ''
        ) AS arxiv,
        nullif(regexp_extract(pmid, '([0-9]+)/?$', 1), '') AS pmid,
        nullif(regexp_extract(pmcid, '([0-9]+)/?$', 1), '') AS pmcid,
        nullif(mag, '') AS mag,
        nullif(trim(title), '') AS title,
        authors,
        publication_year AS year,
        venue,
        url,
        nullif(abstract, '') AS abstract,
        cited_by_count,
        coalesce(is_paratext, false) AS is_paratext,
        lower(field) AS field,
        lower(regexp_replace(field_id, '^.*/', '')) AS field_id,
        lower(topic) AS topic,
        lower(regexp_replace(topic_id, '^.*/', '')) AS topic_id,
        referenced_works,
        updated_date,
        file
    FROM flat
) AS read_rows
WHERE work IS NULL
    OR (SELECT count(*) FROM wanted) = 0
    OR field IN (SELECT value FROM wanted WHERE kind = 'field')
    OR field_id IN (SELECT value FROM wanted WHERE kind = 'field')
    OR topic IN (SELECT value FROM wanted WHERE kind = 'topic')
    OR topic_id IN (SELECT value FROM wanted WHERE kind = 'topic')
