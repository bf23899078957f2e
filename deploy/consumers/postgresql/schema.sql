-- One row for each incident that stands; the whole record in `record`.
CREATE TABLE IF NOT EXISTS incident (
    incident_id     text PRIMARY KEY,
    revision        integer NOT NULL,
    status          text NOT NULL,
    realis          text NOT NULL,
    stage           text NOT NULL,
    title           text NOT NULL,
    event_type      text NOT NULL,
    sub_event_type  text NOT NULL,
    start_date      date,
    end_date        date,
    country_code    text,
    admin1          text,
    place_name      text,
    place_precision smallint,
    latitude        double precision,
    longitude       double precision,
    killed          integer,
    injured         integer,
    source_count    integer NOT NULL,
    confidence      real NOT NULL,
    last_updated_at timestamptz,
    record          jsonb NOT NULL
);
CREATE INDEX IF NOT EXISTS incident_day ON incident (start_date);
CREATE INDEX IF NOT EXISTS incident_place ON incident (country_code, admin1);
CREATE INDEX IF NOT EXISTS incident_record ON incident USING gin (record jsonb_path_ops);

-- Where reading goes on; written in the transaction that writes the incidents.
CREATE TABLE IF NOT EXISTS incident_position (
    topic       text,
    partition   integer,
    next_offset bigint NOT NULL,
    PRIMARY KEY (topic, partition)
);

DO $$
BEGIN
    IF EXISTS (SELECT FROM pg_available_extensions WHERE name = 'postgis') THEN
        CREATE EXTENSION IF NOT EXISTS postgis;
        ALTER TABLE incident ADD COLUMN IF NOT EXISTS geom geometry(Point, 4326)
            GENERATED ALWAYS AS (ST_SetSRID(ST_MakePoint(longitude, latitude), 4326)) STORED;
        CREATE INDEX IF NOT EXISTS incident_geom ON incident USING gist (geom);
    END IF;
END
$$;
