-- The only text of its own that DuckDB needs: the lines of a snapshot as flat rows.
-- A line that cannot be read becomes a row of NULLs. :files is replaced by the list of files.
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
    array_to_string(list_transform(locations, lambda place: place.landing_page_url), ' ') AS places,
    list_filter(
        list_transform(authorships, lambda part: part.author.display_name),
        lambda name: name IS NOT NULL
    ) AS authors,
    array_to_string(
        list_transform(
            list_sort(flatten(list_transform(
                map_entries(abstract_inverted_index),
                lambda entry: list_transform(
                    entry.value, lambda position: {'position': position, 'word': entry.key}
                )
            ))),
            lambda found: found.word
        ),
        ' '
    ) AS abstract,
    referenced_works,
    updated_date,
    filename AS file
FROM read_json(
    :files,
    format = 'newline_delimited',
    compression = 'gzip',
    ignore_errors = true,
    filename = true,
    hive_partitioning = false,
    maximum_object_size = 67108864,
    columns = {
        id: 'VARCHAR',
        doi: 'VARCHAR',
        title: 'VARCHAR',
        display_name: 'VARCHAR',
        publication_year: 'INTEGER',
        cited_by_count: 'INTEGER',
        is_paratext: 'BOOLEAN',
        ids: 'STRUCT(pmid VARCHAR, pmcid VARCHAR, mag VARCHAR)',
        primary_location: 'STRUCT(landing_page_url VARCHAR, source STRUCT(display_name VARCHAR))',
        primary_topic:
            'STRUCT(id VARCHAR, display_name VARCHAR, field STRUCT(id VARCHAR, display_name VARCHAR))',
        locations: 'STRUCT(landing_page_url VARCHAR)[]',
        authorships: 'STRUCT(author STRUCT(display_name VARCHAR))[]',
        abstract_inverted_index: 'MAP(VARCHAR, INTEGER[])',
        referenced_works: 'VARCHAR[]',
        updated_date: 'VARCHAR'
    }
)
