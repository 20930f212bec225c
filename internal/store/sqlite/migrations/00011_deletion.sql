-- +goose Up
-- Digests of blobs that may have no file: put a moment ago, or of a deleted file.
-- Nothing is done about them before due.
CREATE TABLE loose_blobs (
    digest TEXT   NOT NULL PRIMARY KEY,
    due    BIGINT NOT NULL
) WITHOUT ROWID;
CREATE INDEX loose_blobs_due ON loose_blobs (due);
CREATE INDEX files_digest ON files (digest);

-- legal_hold forbids deletion; cleared tells that media were deleted because of
-- their age.
ALTER TABLE folders ADD COLUMN legal_hold BOOLEAN NOT NULL DEFAULT FALSE;
ALTER TABLE folders ADD COLUMN cleared BOOLEAN NOT NULL DEFAULT FALSE;

INSERT INTO sqlite_stat1 (tbl, idx, stat) VALUES
    ('files', 'files_digest', '4000000 1'),
    ('loose_blobs', 'loose_blobs_due', '1000 1');
