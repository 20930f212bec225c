-- +goose Up

-- Persons who were merged into others, as long as that can be undone.
CREATE TABLE person_merges (
    id             TEXT   NOT NULL PRIMARY KEY, -- of the person who is gone
    into_id        TEXT   NOT NULL,
    company_id     TEXT,
    meta           TEXT   NOT NULL, -- JSON
    technical_meta TEXT   NOT NULL, -- JSON
    images         TEXT   NOT NULL, -- JSON
    person_created BIGINT NOT NULL,
    time_created   BIGINT NOT NULL
);
CREATE INDEX person_merges_into ON person_merges (into_id);
CREATE INDEX person_merges_created ON person_merges (time_created);

-- +goose Down
DROP TABLE person_merges;
