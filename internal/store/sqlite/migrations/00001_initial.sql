-- +goose Up
-- Times are microseconds since 1970. Columns marked JSON hold JSON text.
-- row_id counts up in order of insertion and breaks ties when lists are sorted.

CREATE TABLE companies (
    id             TEXT    NOT NULL PRIMARY KEY,
    name           TEXT    NOT NULL,
    in_deletion    BOOLEAN NOT NULL,
    technical_meta TEXT    NOT NULL -- JSON
);

CREATE TABLE users (
    id            TEXT    NOT NULL PRIMARY KEY,
    company_id    TEXT REFERENCES companies (id),
    type          TEXT    NOT NULL,
    service       BOOLEAN NOT NULL,
    active        BOOLEAN NOT NULL,
    email         TEXT    NOT NULL UNIQUE,
    first_name    TEXT    NOT NULL,
    last_name     TEXT    NOT NULL,
    middle_name   TEXT    NOT NULL,
    password_hash TEXT    NOT NULL,
    may_start     TEXT    NOT NULL, -- JSON
    meta          TEXT    NOT NULL, -- JSON
    time_created  BIGINT  NOT NULL,
    time_updated  BIGINT  NOT NULL
);

CREATE TABLE sessions (
    id           INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, -- never used twice
    user_id      TEXT    NOT NULL REFERENCES users (id),
    access_hash  TEXT    NOT NULL UNIQUE,
    refresh_hash TEXT UNIQUE,
    ttl          BIGINT  NOT NULL, -- microseconds
    expires_at   BIGINT  NOT NULL,
    parent_id    BIGINT,
    time_created BIGINT  NOT NULL,
    time_updated BIGINT  NOT NULL
);
CREATE INDEX sessions_expires_at ON sessions (expires_at);

CREATE TABLE files (
    key    TEXT   NOT NULL PRIMARY KEY,
    name   TEXT   NOT NULL,
    digest TEXT   NOT NULL,
    size   BIGINT NOT NULL,
    mime   TEXT   NOT NULL
);

CREATE TABLE folders (
    row_id              INTEGER NOT NULL PRIMARY KEY,
    id                  TEXT    NOT NULL UNIQUE,
    company_id          TEXT REFERENCES companies (id),
    user_id             TEXT REFERENCES users (id),
    resolution_status   TEXT    NOT NULL,
    system_resolution   TEXT    NOT NULL,
    resolution_endpoint TEXT    NOT NULL,
    operator_status     TEXT    NOT NULL,
    operator_comment    TEXT    NOT NULL,
    resolution_time     BIGINT,
    meta                TEXT    NOT NULL, -- JSON
    technical_meta      TEXT    NOT NULL, -- JSON
    time_created        BIGINT  NOT NULL,
    time_updated        BIGINT  NOT NULL
);
CREATE INDEX folders_time_created ON folders (time_created);
CREATE INDEX folders_company_created ON folders (company_id, time_created);
CREATE INDEX folders_company_updated ON folders (company_id, time_updated);
CREATE INDEX folders_company_status ON folders (company_id, resolution_status, time_created);
CREATE INDEX folders_company_resolution ON folders (company_id, system_resolution, time_created);
CREATE INDEX folders_user_created ON folders (user_id, time_created);
-- The same expression as jsonText makes of this path; another one would not use the index.
CREATE INDEX folders_transaction_id ON folders (
    (CASE json_type(meta, '$."transaction_id"')
        WHEN 'text' THEN meta ->> '$."transaction_id"'
        WHEN 'null' THEN NULL
        ELSE meta -> '$."transaction_id"' END),
    company_id
);

CREATE TABLE media (
    row_id         INTEGER NOT NULL PRIMARY KEY,
    id             TEXT    NOT NULL UNIQUE,
    folder_id      TEXT    NOT NULL REFERENCES folders (id),
    company_id     TEXT REFERENCES companies (id),
    kind           TEXT    NOT NULL,
    original_name  TEXT    NOT NULL,
    tags           TEXT    NOT NULL, -- JSON
    original_key   TEXT    NOT NULL REFERENCES files (key),
    thumb_key      TEXT REFERENCES files (key),
    md5            TEXT    NOT NULL,
    info           TEXT    NOT NULL, -- JSON
    meta           TEXT    NOT NULL, -- JSON
    technical_meta TEXT    NOT NULL, -- JSON
    time_created   BIGINT  NOT NULL,
    time_updated   BIGINT  NOT NULL
);
CREATE INDEX media_folder ON media (folder_id);

CREATE TABLE analyses (
    row_id         INTEGER NOT NULL PRIMARY KEY,
    id             TEXT    NOT NULL UNIQUE,
    folder_id      TEXT    NOT NULL REFERENCES folders (id),
    company_id     TEXT REFERENCES companies (id),
    group_id       TEXT    NOT NULL,
    seq            INTEGER NOT NULL,
    type           TEXT    NOT NULL,
    state          TEXT    NOT NULL,
    resolution     TEXT    NOT NULL,
    operator       TEXT    NOT NULL,
    params         TEXT    NOT NULL, -- JSON
    source_media   TEXT    NOT NULL, -- JSON
    result         TEXT,             -- JSON
    error_code     TEXT    NOT NULL,
    error_message  TEXT    NOT NULL,
    meta           TEXT    NOT NULL, -- JSON
    technical_meta TEXT    NOT NULL, -- JSON
    time_created   BIGINT  NOT NULL,
    time_updated   BIGINT  NOT NULL
);
CREATE INDEX analyses_folder ON analyses (folder_id);
CREATE INDEX analyses_group ON analyses (group_id);
CREATE INDEX analyses_time_created ON analyses (time_created);
CREATE INDEX analyses_company_created ON analyses (company_id, time_created);
CREATE INDEX analyses_processing ON analyses (group_id) WHERE state = 'PROCESSING';

-- The planner is told what a well-filled database looks like, so that it does the
-- same in every installation: rows, then rows per distinct prefix of the index.
-- Otherwise it takes a company for as selective as a transaction.
ANALYZE folders;
DELETE FROM sqlite_stat1;
INSERT INTO sqlite_stat1 (tbl, idx, stat) VALUES
    ('folders', 'folders_time_created', '1000000 1'),
    ('folders', 'folders_company_created', '1000000 200000 1'),
    ('folders', 'folders_company_updated', '1000000 200000 1'),
    ('folders', 'folders_company_status', '1000000 200000 50000 1'),
    ('folders', 'folders_company_resolution', '1000000 200000 50000 1'),
    ('folders', 'folders_user_created', '1000000 50000 1'),
    ('folders', 'folders_transaction_id', '1000000 1 1'),
    ('media', 'media_folder', '2000000 2'),
    ('analyses', 'analyses_folder', '2000000 2'),
    ('analyses', 'analyses_group', '2000000 2'),
    ('analyses', 'analyses_time_created', '2000000 1'),
    ('analyses', 'analyses_company_created', '2000000 400000 1'),
    ('analyses', 'analyses_processing', '100 2');
