-- +goose Up

-- Photos that are taken into collections in the background.
CREATE TABLE imports (
    row_id        INTEGER NOT NULL PRIMARY KEY,
    id            TEXT    NOT NULL UNIQUE,
    company_id    TEXT REFERENCES companies (id),
    collection_id TEXT    NOT NULL REFERENCES collections (id),
    user_id       TEXT    NOT NULL,
    dry_run       BOOLEAN NOT NULL,
    refuse_near   BOOLEAN NOT NULL,
    listed        BOOLEAN NOT NULL,
    arrived       INTEGER NOT NULL, -- files that came after it was made
    served        BIGINT  NOT NULL, -- when a file was last leased, 0: never
    time_created  BIGINT  NOT NULL,
    time_updated  BIGINT  NOT NULL
);
CREATE INDEX imports_company ON imports (company_id, served);
CREATE INDEX imports_collection ON imports (collection_id);
CREATE INDEX imports_updated ON imports (time_updated);

CREATE TABLE import_files (
    row_id       INTEGER NOT NULL PRIMARY KEY,
    import_id    TEXT    NOT NULL REFERENCES imports (id),
    number       INTEGER NOT NULL,
    name         TEXT    NOT NULL,
    person_id    TEXT    NOT NULL,
    existing     BOOLEAN NOT NULL,
    external_id  TEXT    NOT NULL,
    tags         TEXT    NOT NULL, -- JSON
    meta         TEXT    NOT NULL, -- JSON
    file_key     TEXT REFERENCES files (key),
    digest       TEXT    NOT NULL,
    state        TEXT    NOT NULL,
    reason       TEXT    NOT NULL,
    message      TEXT    NOT NULL,
    near_id      TEXT    NOT NULL,
    similarity   BIGINT  NOT NULL, -- millionths
    image_id     TEXT    NOT NULL,
    attempts     INTEGER NOT NULL,
    leased_until BIGINT  NOT NULL,
    UNIQUE (import_id, name)
);
CREATE INDEX import_files_state ON import_files (import_id, state, number);
CREATE INDEX import_files_number ON import_files (import_id, number);
CREATE INDEX import_files_digest ON import_files (import_id, digest);
CREATE INDEX import_files_person ON import_files (person_id);
-- This one serves the deletion of files, which looks up who refers to them.
CREATE INDEX import_files_file ON import_files (file_key);

-- +goose Down
-- The next start makes these again.
DROP TRIGGER IF EXISTS audit_imports_create;
DROP TRIGGER IF EXISTS audit_imports_update;
DROP TRIGGER IF EXISTS audit_imports_delete;
DROP TABLE import_files;
DROP TABLE imports;
