-- +goose Up

-- Drawn captures, by the jti of their session tokens.
CREATE TABLE capture_sessions (
    id           TEXT    NOT NULL PRIMARY KEY,
    company_id   TEXT,
    user_id      TEXT    NOT NULL,
    challenge_id TEXT    NOT NULL,
    key_id       TEXT    NOT NULL,
    actions      TEXT, -- JSON: texts
    analyses     TEXT, -- JSON: texts
    colors       TEXT, -- JSON: texts
    subject_hash TEXT    NOT NULL, -- keyed; empty where nobody said whom it is of
    time_created BIGINT  NOT NULL, -- the draw
    expires_at   BIGINT  NOT NULL,
    used_at      BIGINT  NOT NULL DEFAULT 0,
    folder_id    TEXT    NOT NULL DEFAULT '',
    outcome      TEXT    NOT NULL DEFAULT ''
);
CREATE INDEX capture_sessions_company ON capture_sessions (company_id, time_created);
CREATE INDEX capture_sessions_subject ON capture_sessions (company_id, subject_hash, time_created) WHERE subject_hash <> '';
CREATE INDEX capture_sessions_expires ON capture_sessions (expires_at);

-- Some frames of each capture, by the first eight bytes of their SHA-256.
CREATE TABLE capture_marks (
    company_id   TEXT   NOT NULL, -- empty for none
    digest       BIGINT NOT NULL,
    session_id   TEXT   NOT NULL, -- of the first capture that had it
    time_created BIGINT NOT NULL,
    PRIMARY KEY (company_id, digest)
) WITHOUT ROWID;
CREATE INDEX capture_marks_time ON capture_marks (time_created);

-- +goose Down
DROP TABLE capture_marks;
DROP TABLE capture_sessions;
