-- +goose Up
-- Reports hold what the folder held, and go with anything that goes from it.
CREATE TABLE reports (
    row_id       INTEGER NOT NULL PRIMARY KEY,
    id           TEXT    NOT NULL UNIQUE,
    folder_id    TEXT    NOT NULL REFERENCES folders (id),
    company_id   TEXT,
    user_id      TEXT    NOT NULL,
    name         TEXT    NOT NULL,
    file_key     TEXT    NOT NULL REFERENCES files (key),
    time_created BIGINT  NOT NULL
);
CREATE INDEX reports_folder ON reports (folder_id, time_created);
-- Serves the deletion of files, which looks up who refers to them.
CREATE INDEX reports_file ON reports (file_key);

INSERT INTO sqlite_stat1 (tbl, idx, stat) VALUES
    ('reports', 'reports_folder', '1000000 2 1'),
    ('reports', 'reports_file', '1000000 1');
