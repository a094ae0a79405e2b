-- The only text of its own that Spark needs: the same flat rows out of the view `lines`, which the
-- engine makes with spark.read.json and the types of lines_spark.ddl.
SELECT
    id,
    doi,
    coalesce(title, display_name) AS title,
    publication_year,
    cited_by_count,
    is_paratext,
    ids.pmid AS pmid,
    ids.pmcid AS pmcid,
    ids.mag AS mag,
    primary_location.landing_page_url AS url,
    primary_location.source.display_name AS venue,
    primary_topic.id AS topic_id,
    primary_topic.display_name AS topic,
    primary_topic.field.id AS field_id,
    primary_topic.field.display_name AS field,
    array_join(transform(locations, place -> place.landing_page_url), ' ') AS places,
    filter(transform(authorships, part -> part.author.display_name), name -> name IS NOT NULL)
        AS authors,
    array_join(
        transform(
            array_sort(flatten(transform(
                map_entries(abstract_inverted_index),
                entry -> transform(
                    entry.value, position -> named_struct('position', position, 'word', entry.key)
                )
            ))),
            found -> found.word
        ),
        ' '
    ) AS abstract,
    referenced_works,
    updated_date,
    file
FROM lines
