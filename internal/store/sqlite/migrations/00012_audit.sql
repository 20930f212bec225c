-- +goose Up
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

INSERT INTO sqlite_stat1 (tbl, idx, stat) VALUES
    ('audit', 'audit_time_created', '10000000 1'),
    ('audit', 'audit_object', '10000000 4'),
    ('audit', 'audit_actor', '10000000 100000');
