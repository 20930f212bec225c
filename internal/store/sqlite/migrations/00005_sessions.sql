-- +goose Up
-- Sessions that were refreshed from one sign-in are a family, which ends as a whole.
ALTER TABLE sessions ADD COLUMN family_id BIGINT NOT NULL DEFAULT 0; -- the id of the sign-in
ALTER TABLE sessions ADD COLUMN time_started BIGINT NOT NULL DEFAULT 0; -- of the sign-in
ALTER TABLE sessions ADD COLUMN replaced BOOLEAN NOT NULL DEFAULT FALSE; -- another of the family took its place
ALTER TABLE sessions ADD COLUMN token BOOLEAN NOT NULL DEFAULT FALSE; -- issued for a service account
ALTER TABLE sessions ADD COLUMN name TEXT NOT NULL DEFAULT '';
ALTER TABLE sessions ADD COLUMN address TEXT NOT NULL DEFAULT '';
UPDATE sessions SET family_id = coalesce(parent_id, id), time_started = time_created;
CREATE INDEX sessions_family ON sessions (family_id);

-- From where accounts have signed in, by digests.
CREATE TABLE known_sources (
    account   TEXT   NOT NULL,
    source    TEXT   NOT NULL,
    last_seen BIGINT NOT NULL,
    PRIMARY KEY (account, source)
) WITHOUT ROWID;
