-- +goose Up

-- Addresses that a person opens to be captured once.
CREATE TABLE capture_links (
    id           TEXT    NOT NULL PRIMARY KEY,
    company_id   TEXT REFERENCES companies (id) ON DELETE CASCADE,
    user_id      TEXT    NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    actions      TEXT, -- JSON
    draw         INTEGER NOT NULL,
    meta         TEXT    NOT NULL, -- JSON
    lang         TEXT    NOT NULL,
    brand        TEXT    NOT NULL, -- JSON
    endpoint     TEXT    NOT NULL,
    expires_at   BIGINT  NOT NULL,
    used_at      BIGINT  NOT NULL, -- 0: not used
    folder_id    TEXT    NOT NULL, -- empty: none came of it yet
    time_created BIGINT  NOT NULL
);
CREATE INDEX capture_links_company ON capture_links (company_id);
CREATE INDEX capture_links_user ON capture_links (user_id);
CREATE INDEX capture_links_expires_at ON capture_links (expires_at);

-- +goose Down
-- The next start makes these again.
DROP TRIGGER IF EXISTS audit_capture_links_create;
DROP TRIGGER IF EXISTS audit_capture_links_update;
DROP TRIGGER IF EXISTS audit_capture_links_delete;
DROP TABLE capture_links;
