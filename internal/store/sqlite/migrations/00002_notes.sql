-- +goose Up
-- Notes of administrators about companies.
CREATE TABLE notes (
    row_id       INTEGER NOT NULL PRIMARY KEY,
    id           TEXT    NOT NULL UNIQUE,
    company_id   TEXT REFERENCES companies (id) ON DELETE CASCADE,
    text         TEXT    NOT NULL,
    time_created BIGINT  NOT NULL
);
CREATE INDEX notes_company ON notes (company_id);
