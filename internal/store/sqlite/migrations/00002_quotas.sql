-- +goose Up

-- Counts what a company has waiting.
CREATE INDEX analyses_unfinished ON analyses (company_id) WHERE state = 'PROCESSING';
INSERT INTO sqlite_stat1 (tbl, idx, stat) VALUES ('analyses', 'analyses_unfinished', '10 2');

-- How many bytes the files of media and of photos of persons have, by company, kept by
-- the triggers below: a sum over a million rows takes too long for each upload.
CREATE TABLE stored_bytes (
    company_id TEXT   NOT NULL PRIMARY KEY,
    bytes      BIGINT NOT NULL
) WITHOUT ROWID;
INSERT INTO stored_bytes SELECT company, sum(size) FROM (
    SELECT coalesce(company_id, '') AS company, size FROM media JOIN files ON key IN (original_key, thumb_key)
    UNION ALL
    SELECT coalesce(company_id, ''), size FROM person_images JOIN files ON key IN (original_key, thumb_key)
) GROUP BY company;

-- +goose StatementBegin
CREATE TRIGGER media_bytes_in AFTER INSERT ON media BEGIN
    INSERT INTO stored_bytes VALUES (coalesce(new.company_id, ''),
        (SELECT coalesce(sum(size), 0) FROM files WHERE key IN (new.original_key, new.thumb_key)))
    ON CONFLICT DO UPDATE SET bytes = bytes + excluded.bytes;
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER media_bytes_out AFTER DELETE ON media BEGIN
    UPDATE stored_bytes SET bytes = bytes -
        (SELECT coalesce(sum(size), 0) FROM files WHERE key IN (old.original_key, old.thumb_key))
    WHERE company_id = coalesce(old.company_id, '');
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER image_bytes_in AFTER INSERT ON person_images BEGIN
    INSERT INTO stored_bytes VALUES (coalesce(new.company_id, ''),
        (SELECT coalesce(sum(size), 0) FROM files WHERE key IN (new.original_key, new.thumb_key)))
    ON CONFLICT DO UPDATE SET bytes = bytes + excluded.bytes;
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER image_bytes_out AFTER DELETE ON person_images BEGIN
    UPDATE stored_bytes SET bytes = bytes -
        (SELECT coalesce(sum(size), 0) FROM files WHERE key IN (old.original_key, old.thumb_key))
    WHERE company_id = coalesce(old.company_id, '');
END;
-- +goose StatementEnd

-- A company that is deleted leaves nothing behind.
-- +goose StatementBegin
CREATE TRIGGER company_bytes_out AFTER DELETE ON companies BEGIN
    DELETE FROM stored_bytes WHERE company_id = old.id;
END;
-- +goose StatementEnd

-- +goose Down
DROP TRIGGER company_bytes_out;
DROP TRIGGER image_bytes_out;
DROP TRIGGER image_bytes_in;
DROP TRIGGER media_bytes_out;
DROP TRIGGER media_bytes_in;
DROP TABLE stored_bytes;
DROP INDEX analyses_unfinished;
