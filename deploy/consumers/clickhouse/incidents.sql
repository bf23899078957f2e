-- Reads the topic as text, keeps the newest revision of each incident.
CREATE TABLE incidents_queue (record String)
ENGINE = Kafka
SETTINGS kafka_broker_list = 'kafka:9092', kafka_topic_list = 'news.incident.v1',
         kafka_group_name = 'clickhouse', kafka_format = 'JSONAsString',
         kafka_handle_error_mode = 'stream';

CREATE TABLE incidents (
    incident_id    String,
    revision       UInt32,
    status         LowCardinality(String),
    realis         LowCardinality(String),
    title          String,
    event_type     LowCardinality(String),
    sub_event_type LowCardinality(String),
    start_date     Nullable(Date),
    country_code   LowCardinality(String),
    admin1         LowCardinality(String),
    latitude       Nullable(Float64),
    longitude      Nullable(Float64),
    killed         Nullable(UInt32),
    source_count   UInt16,
    record         String,
    withdrawn      Bool DEFAULT status IN ('withdrawn', 'merged')
)
ENGINE = ReplacingMergeTree(revision)
ORDER BY incident_id;

CREATE MATERIALIZED VIEW incidents_reader TO incidents AS
SELECT
    JSONExtractString(record, 'incident_id') AS incident_id,
    JSONExtractUInt(record, 'revision') AS revision,
    JSONExtractString(record, 'status') AS status,
    JSONExtractString(record, 'realis') AS realis,
    JSONExtractString(record, 'title') AS title,
    JSONExtractString(record, 'event_type') AS event_type,
    JSONExtractString(record, 'sub_event_type') AS sub_event_type,
    toDateOrNull(JSONExtractString(record, 'date', 'start')) AS start_date,
    JSONExtractString(record, 'place', 'country_code') AS country_code,
    JSONExtractString(record, 'place', 'admin1') AS admin1,
    JSONExtract(record, 'place', 'latitude', 'Nullable(Float64)') AS latitude,
    JSONExtract(record, 'place', 'longitude', 'Nullable(Float64)') AS longitude,
    JSONExtract(
        arrayFirst(
            c -> JSONExtractString(c, 'harm') = 'killed' AND NOT JSONHas(c, 'of'),
            JSONExtractArrayRaw(record, 'casualties')
        ),
        'best', 'Nullable(UInt32)'
    ) AS killed,
    JSONExtractUInt(record, 'source_count') AS source_count,
    record
FROM incidents_queue
WHERE length(_error) = 0 AND record != '';
-- A null value (an incident taken back) comes as an empty row here; its last revision, with the
-- status `withdrawn`, is in news.incident-revision.v1: add that topic to kafka_topic_list to hear of it.
