-- The papers as 'papergraph import' reads them, oldest first.
SELECT
    concat('W', work) AS id,
    title,
    authors,
    year,
    venue,
    arxiv,
    doi,
    pmid,
    concat('W', work) AS openalex,
    url,
    abstract,
    cited_by_count,
    references_here AS outdegree
FROM papers JOIN (SELECT work AS weighed, references_here FROM :weights) AS weights ON work = weighed
ORDER BY year NULLS FIRST, work
