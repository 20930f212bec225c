-- +goose Up
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
