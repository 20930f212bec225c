-- +goose Up
ALTER TABLE analyses ADD COLUMN operator_comment TEXT NOT NULL DEFAULT '';

-- Days for which media and whole folders are kept, 0 for ever.
ALTER TABLE companies ADD COLUMN keep_media_days INTEGER NOT NULL DEFAULT 0;
ALTER TABLE companies ADD COLUMN keep_result_days INTEGER NOT NULL DEFAULT 0;
CREATE INDEX media_company_created ON media (company_id, time_created);
-- The next two serve the deletion of files, which looks up who refers to them.
CREATE INDEX media_original ON media (original_key);
CREATE INDEX media_thumb ON media (thumb_key);

-- Statistics are counted in this index alone. It serves the lists of a company as
-- the one that it replaces did.
ALTER TABLE analyses ADD COLUMN time_ended BIGINT;
UPDATE analyses SET time_ended = time_updated WHERE state <> 'PROCESSING';
DROP INDEX analyses_company_created;
CREATE INDEX analyses_company_created ON analyses (company_id, time_created, type, resolution, time_ended);

-- What client applications tell about captures.
CREATE TABLE event_sessions (
    id           TEXT   NOT NULL PRIMARY KEY,
    company_id   TEXT REFERENCES companies (id) ON DELETE CASCADE,
    user_id      TEXT   NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    data         TEXT   NOT NULL, -- JSON
    time_created BIGINT NOT NULL,
    time_updated BIGINT NOT NULL
);
CREATE INDEX event_sessions_company ON event_sessions (company_id);
CREATE INDEX event_sessions_user ON event_sessions (user_id);
CREATE INDEX event_sessions_time_created ON event_sessions (time_created);
CREATE INDEX event_sessions_time_updated ON event_sessions (time_updated);

INSERT INTO sqlite_stat1 (tbl, idx, stat) VALUES
    ('media', 'media_company_created', '2000000 400000 1'),
    ('media', 'media_original', '2000000 1'),
    ('media', 'media_thumb', '2000000 1'),
    ('analyses', 'analyses_company_created', '2000000 400000 1 1 1 1');
