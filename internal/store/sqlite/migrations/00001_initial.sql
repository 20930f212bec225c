-- +goose Up
-- Times are microseconds since 1970. Columns marked JSON hold JSON text.
-- row_id counts up in order of insertion and breaks ties when lists are sorted.

CREATE TABLE companies (
    id             TEXT    NOT NULL PRIMARY KEY,
    name           TEXT    NOT NULL,
    in_deletion    BOOLEAN NOT NULL,
    technical_meta TEXT    NOT NULL, -- JSON
    search         TEXT    NOT NULL DEFAULT '', -- what search_text looks in, lower case, kept up to date by the store
    -- Days for which media and whole folders are kept, 0 for ever.
    keep_media_days  INTEGER NOT NULL DEFAULT 0,
    keep_result_days INTEGER NOT NULL DEFAULT 0
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
    time_updated  BIGINT  NOT NULL,
    search        TEXT    NOT NULL DEFAULT '' -- as of companies
);
CREATE INDEX users_company ON users (company_id);

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
CREATE INDEX sessions_user ON sessions (user_id);
CREATE INDEX sessions_parent ON sessions (parent_id);

-- Failed sign-ins in a row, by the digest of an account or an address.
CREATE TABLE sign_in_failures (
    digest       TEXT    NOT NULL PRIMARY KEY,
    failures     INTEGER NOT NULL,
    last_failure BIGINT  NOT NULL
) WITHOUT ROWID;
CREATE INDEX sign_in_failures_last ON sign_in_failures (last_failure);

-- Keys of the installation, which all processes share.
CREATE TABLE secrets (
    name  TEXT NOT NULL PRIMARY KEY,
    value BLOB NOT NULL
) WITHOUT ROWID;

-- Who works the queue. What one runs who was not heard of until alive_until is
-- handed to another.
CREATE TABLE queue_workers (
    id          TEXT   NOT NULL PRIMARY KEY,
    alive_until BIGINT NOT NULL
) WITHOUT ROWID;

CREATE TABLE files (
    key    TEXT   NOT NULL PRIMARY KEY,
    name   TEXT   NOT NULL,
    digest TEXT   NOT NULL,
    size   BIGINT NOT NULL,
    mime   TEXT   NOT NULL
);
CREATE INDEX files_digest ON files (digest);

-- Digests of blobs that may have no file: put a moment ago, or of a deleted file.
-- Nothing is done about them before due.
CREATE TABLE loose_blobs (
    digest TEXT   NOT NULL PRIMARY KEY,
    due    BIGINT NOT NULL
) WITHOUT ROWID;
CREATE INDEX loose_blobs_due ON loose_blobs (due);

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
    time_updated        BIGINT  NOT NULL,
    legal_hold          BOOLEAN NOT NULL DEFAULT FALSE, -- forbids deletion
    cleared             BOOLEAN NOT NULL DEFAULT FALSE  -- media were deleted because of their age
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

-- How many folders there are, by company and user ('' where there is none), so
-- that a list need not count them to tell its total.
CREATE TABLE folder_counts (
    company_id TEXT   NOT NULL,
    user_id    TEXT   NOT NULL,
    folders    BIGINT NOT NULL,
    PRIMARY KEY (company_id, user_id)
) WITHOUT ROWID;

-- +goose StatementBegin
CREATE TRIGGER folders_in AFTER INSERT ON folders BEGIN
    INSERT INTO folder_counts VALUES (coalesce(new.company_id, ''), coalesce(new.user_id, ''), 1)
    ON CONFLICT DO UPDATE SET folders = folders + 1;
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER folders_out AFTER DELETE ON folders BEGIN
    UPDATE folder_counts SET folders = folders - 1
    WHERE company_id = coalesce(old.company_id, '') AND user_id = coalesce(old.user_id, '');
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER folders_moved AFTER UPDATE OF company_id, user_id ON folders BEGIN
    UPDATE folder_counts SET folders = folders - 1
    WHERE company_id = coalesce(old.company_id, '') AND user_id = coalesce(old.user_id, '');
    INSERT INTO folder_counts VALUES (coalesce(new.company_id, ''), coalesce(new.user_id, ''), 1)
    ON CONFLICT DO UPDATE SET folders = folders + 1;
END;
-- +goose StatementEnd

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
CREATE INDEX media_company_created ON media (company_id, time_created);
-- The next two serve the deletion of files, which looks up who refers to them.
CREATE INDEX media_original ON media (original_key);
CREATE INDEX media_thumb ON media (thumb_key);

-- By what a media is recognised when it comes again: its bytes, and the four
-- quarters of the print of its middle frame. Of two prints that differ in at most
-- three bits, a quarter at least is the same.
CREATE TABLE media_prints (
    row_id       INTEGER NOT NULL PRIMARY KEY, -- in order of upload
    media_id     TEXT    NOT NULL UNIQUE REFERENCES media (id) ON DELETE CASCADE,
    folder_id    TEXT    NOT NULL,
    company_id   TEXT,
    digest       TEXT    NOT NULL,
    quarter0     BIGINT, -- all four NULL where there is no print
    quarter1     BIGINT,
    quarter2     BIGINT,
    quarter3     BIGINT,
    time_created BIGINT  NOT NULL
);
CREATE INDEX media_prints_digest ON media_prints (company_id, digest);
CREATE INDEX media_prints_quarter0 ON media_prints (company_id, quarter0);
CREATE INDEX media_prints_quarter1 ON media_prints (company_id, quarter1);
CREATE INDEX media_prints_quarter2 ON media_prints (company_id, quarter2);
CREATE INDEX media_prints_quarter3 ON media_prints (company_id, quarter3);

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
    time_updated   BIGINT  NOT NULL,
    operator_comment TEXT  NOT NULL DEFAULT '',
    time_ended     BIGINT
);
CREATE INDEX analyses_folder ON analyses (folder_id);
CREATE INDEX analyses_group ON analyses (group_id);
CREATE INDEX analyses_time_created ON analyses (time_created);
-- Statistics are counted in this index alone; it serves the lists of a company, too.
CREATE INDEX analyses_company_created ON analyses (company_id, time_created, type, resolution, time_ended);
CREATE INDEX analyses_processing ON analyses (group_id) WHERE state = 'PROCESSING';

CREATE TABLE collections (
    row_id         INTEGER NOT NULL PRIMARY KEY,
    id             TEXT    NOT NULL UNIQUE,
    company_id     TEXT REFERENCES companies (id),
    alias          TEXT    NOT NULL,
    meta           TEXT    NOT NULL, -- JSON
    technical_meta TEXT    NOT NULL, -- JSON
    time_created   BIGINT  NOT NULL,
    time_updated   BIGINT  NOT NULL
);
CREATE INDEX collections_company ON collections (company_id, alias);

CREATE TABLE persons (
    row_id         INTEGER NOT NULL PRIMARY KEY,
    id             TEXT    NOT NULL UNIQUE,
    collection_id  TEXT    NOT NULL REFERENCES collections (id),
    company_id     TEXT,
    meta           TEXT    NOT NULL, -- JSON
    technical_meta TEXT    NOT NULL, -- JSON
    time_created   BIGINT  NOT NULL,
    time_updated   BIGINT  NOT NULL
);
CREATE INDEX persons_collection ON persons (collection_id, time_created);

CREATE TABLE person_images (
    row_id         INTEGER NOT NULL PRIMARY KEY,
    id             TEXT    NOT NULL UNIQUE,
    person_id      TEXT    NOT NULL REFERENCES persons (id),
    collection_id  TEXT    NOT NULL,
    company_id     TEXT,
    original_name  TEXT    NOT NULL,
    tags           TEXT    NOT NULL, -- JSON
    original_key   TEXT    NOT NULL REFERENCES files (key),
    thumb_key      TEXT REFERENCES files (key),
    md5            TEXT    NOT NULL,
    info           TEXT    NOT NULL, -- JSON
    model          TEXT    NOT NULL, -- that made the template
    model_version  TEXT    NOT NULL,
    template       BLOB    NOT NULL, -- see bonafide.Template.Encode
    meta           TEXT    NOT NULL, -- JSON
    technical_meta TEXT    NOT NULL, -- JSON
    time_created   BIGINT  NOT NULL,
    time_updated   BIGINT  NOT NULL
);
CREATE INDEX person_images_person ON person_images (person_id);
CREATE INDEX person_images_collection ON person_images (collection_id, model, model_version);
-- The next two serve the deletion of files, which looks up who refers to them.
CREATE INDEX person_images_original ON person_images (original_key);
CREATE INDEX person_images_thumb ON person_images (thumb_key);

-- What has become of references, numbered in the order of the commits: of one image,
-- or of a collection that was deleted. Searching processes follow it.
CREATE TABLE reference_changes (
    number        INTEGER NOT NULL PRIMARY KEY,
    image_id      TEXT    NOT NULL,
    collection_id TEXT    NOT NULL,
    time_created  BIGINT  NOT NULL
);
CREATE INDEX reference_changes_created ON reference_changes (time_created);

-- The number of the last change, in the one row.
CREATE TABLE reference_counter (
    number BIGINT NOT NULL
);
INSERT INTO reference_counter VALUES (0);

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

CREATE TABLE report_templates (
    row_id       INTEGER NOT NULL PRIMARY KEY,
    id           TEXT    NOT NULL UNIQUE,
    company_id   TEXT REFERENCES companies (id) ON DELETE CASCADE,
    name         TEXT    NOT NULL,
    is_default   BOOLEAN NOT NULL,
    title        TEXT    NOT NULL,
    header       TEXT    NOT NULL,
    time_created BIGINT  NOT NULL,
    time_updated BIGINT  NOT NULL
);
CREATE INDEX report_templates_company ON report_templates (company_id);

CREATE TABLE report_attachments (
    row_id       INTEGER NOT NULL PRIMARY KEY,
    id           TEXT    NOT NULL UNIQUE,
    template_id  TEXT    NOT NULL REFERENCES report_templates (id),
    company_id   TEXT,
    name         TEXT    NOT NULL,
    file_key     TEXT    NOT NULL REFERENCES files (key),
    picture_key  TEXT    NOT NULL REFERENCES files (key),
    time_created BIGINT  NOT NULL
);
CREATE INDEX report_attachments_template ON report_attachments (template_id);
-- The next two serve the deletion of files, which looks up who refers to them.
CREATE INDEX report_attachments_file ON report_attachments (file_key);
CREATE INDEX report_attachments_picture ON report_attachments (picture_key);

-- Webhook calls that are owed or were made. target is the host and port of the
-- endpoint. Whoever tries to deliver holds the row until leased_until.
CREATE TABLE webhook_deliveries (
    row_id       INTEGER NOT NULL PRIMARY KEY,
    id           TEXT    NOT NULL UNIQUE,
    folder_id    TEXT    NOT NULL REFERENCES folders (id) ON DELETE CASCADE,
    company_id   TEXT,
    group_id     TEXT    NOT NULL UNIQUE,
    endpoint     TEXT    NOT NULL,
    target       TEXT    NOT NULL,
    state        TEXT    NOT NULL,
    attempts     INTEGER NOT NULL,
    next_attempt BIGINT  NOT NULL,
    retry_since  BIGINT  NOT NULL,
    leased_until BIGINT  NOT NULL,
    time_created BIGINT  NOT NULL,
    time_updated BIGINT  NOT NULL
);
CREATE INDEX webhook_deliveries_folder ON webhook_deliveries (folder_id);
CREATE INDEX webhook_deliveries_time_created ON webhook_deliveries (time_created);
CREATE INDEX webhook_deliveries_company_created ON webhook_deliveries (company_id, time_created);
CREATE INDEX webhook_deliveries_due ON webhook_deliveries (target, next_attempt) WHERE state = 'PENDING';
CREATE INDEX webhook_deliveries_leased ON webhook_deliveries (target) WHERE state = 'PENDING' AND leased_until > 0;

CREATE TABLE webhook_attempts (
    delivery_id TEXT    NOT NULL REFERENCES webhook_deliveries (id) ON DELETE CASCADE,
    number      INTEGER NOT NULL,
    started     BIGINT  NOT NULL,
    took        BIGINT  NOT NULL, -- microseconds
    status      INTEGER NOT NULL,
    failure     TEXT    NOT NULL,
    PRIMARY KEY (delivery_id, number)
) WITHOUT ROWID;

CREATE TABLE webhook_secrets (
    row_id       INTEGER NOT NULL PRIMARY KEY,
    id           TEXT    NOT NULL UNIQUE,
    company_id   TEXT REFERENCES companies (id) ON DELETE CASCADE,
    secret       TEXT    NOT NULL,
    time_created BIGINT  NOT NULL
);
CREATE INDEX webhook_secrets_company ON webhook_secrets (company_id);

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

-- The log of all changes. audit_pending collects what the running transaction has
-- changed; its triggers are made at every start, see audited.go.
CREATE TABLE audit (
    row_id       INTEGER NOT NULL PRIMARY KEY, -- from 1, without gaps
    time_created BIGINT  NOT NULL,
    actor_id     TEXT    NOT NULL,
    via          TEXT    NOT NULL,
    action       TEXT    NOT NULL,
    object       TEXT    NOT NULL,
    object_id    TEXT    NOT NULL,
    company_id   TEXT    NOT NULL,
    changed      TEXT    NOT NULL,
    previous     TEXT    NOT NULL,
    hash         TEXT    NOT NULL
);
CREATE INDEX audit_time_created ON audit (time_created);
CREATE INDEX audit_object ON audit (object_id);
CREATE INDEX audit_actor ON audit (actor_id);

CREATE TABLE audit_pending (
    row_id     INTEGER NOT NULL PRIMARY KEY,
    action     TEXT    NOT NULL,
    object     TEXT    NOT NULL,
    object_id  TEXT    NOT NULL,
    company_id TEXT    NOT NULL,
    changed    TEXT    NOT NULL
);

-- +goose StatementBegin
CREATE TRIGGER append_only_update BEFORE UPDATE ON audit
BEGIN
    SELECT raise(ABORT, 'the audit log is append-only');
END;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER append_only_delete BEFORE DELETE ON audit
BEGIN
    SELECT raise(ABORT, 'the audit log is append-only');
END;
-- +goose StatementEnd

-- The blacklist of the administrators, who belong to no company.
INSERT INTO collections (id, company_id, alias, meta, technical_meta, time_created, time_updated)
SELECT lower(hex(randomblob(4)) || '-' || hex(randomblob(2)) || '-4' || substr(hex(randomblob(2)), 2) || '-' ||
             substr('89ab', 1 + (random() & 3), 1) || substr(hex(randomblob(2)), 2) || '-' || hex(randomblob(6))),
       NULL, 'blacklist', '{}', '{}', unixepoch() * 1000000, unixepoch() * 1000000;

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
    ('analyses', 'analyses_processing', '100 2'),
    ('files', 'files_digest', '4000000 1'),
    ('loose_blobs', 'loose_blobs_due', '1000 1'),
    ('audit', 'audit_time_created', '10000000 1'),
    ('audit', 'audit_object', '10000000 4'),
    ('audit', 'audit_actor', '10000000 100000'),
    ('media', 'media_company_created', '2000000 400000 1'),
    ('media', 'media_original', '2000000 1'),
    ('media', 'media_thumb', '2000000 1'),
    ('analyses', 'analyses_company_created', '2000000 400000 1 1 1 1'),
    ('collections', 'collections_company', '1000 2 1'),
    ('persons', 'persons_collection', '1000000 100000 1'),
    ('person_images', 'person_images_person', '1000000 1'),
    ('person_images', 'person_images_collection', '1000000 100000 100000 100000'),
    ('person_images', 'person_images_original', '1000000 1'),
    ('person_images', 'person_images_thumb', '1000000 1'),
    ('webhook_deliveries', 'webhook_deliveries_folder', '1000000 1'),
    ('webhook_deliveries', 'webhook_deliveries_time_created', '1000000 1'),
    ('webhook_deliveries', 'webhook_deliveries_company_created', '1000000 200000 1'),
    ('webhook_deliveries', 'webhook_deliveries_due', '1000 100 1'),
    ('webhook_deliveries', 'webhook_deliveries_leased', '10 2'),
    ('reports', 'reports_folder', '1000000 2 1'),
    ('reports', 'reports_file', '1000000 1'),
    ('media_prints', 'media_prints_digest', '2000000 400000 1'),
    ('media_prints', 'media_prints_quarter0', '2000000 400000 4'),
    ('media_prints', 'media_prints_quarter1', '2000000 400000 4'),
    ('media_prints', 'media_prints_quarter2', '2000000 400000 4'),
    ('media_prints', 'media_prints_quarter3', '2000000 400000 4');
