-- +goose Up
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
