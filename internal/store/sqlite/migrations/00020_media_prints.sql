-- +goose Up
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

INSERT INTO media_prints (media_id, folder_id, company_id, digest, time_created)
SELECT media.id, media.folder_id, media.company_id, files.digest, media.time_created
FROM media JOIN files ON files.key = media.original_key ORDER BY media.row_id;

INSERT INTO sqlite_stat1 (tbl, idx, stat) VALUES
    ('media_prints', 'media_prints_digest', '2000000 400000 1'),
    ('media_prints', 'media_prints_quarter0', '2000000 400000 4'),
    ('media_prints', 'media_prints_quarter1', '2000000 400000 4'),
    ('media_prints', 'media_prints_quarter2', '2000000 400000 4'),
    ('media_prints', 'media_prints_quarter3', '2000000 400000 4');
