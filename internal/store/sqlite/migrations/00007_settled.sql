-- +goose Up

-- Which analyses of a folder answer a question last is found in this index alone, however
-- many there are.
ALTER TABLE analyses ADD COLUMN collection_id TEXT AS (params ->> '$.collection_id') VIRTUAL;
CREATE INDEX analyses_settled ON analyses (folder_id, type, collection_id, state);
INSERT INTO sqlite_stat1 (tbl, idx, stat) VALUES ('analyses', 'analyses_settled', '2000000 2 2 2 2');

-- +goose Down
DROP INDEX analyses_settled;
ALTER TABLE analyses DROP COLUMN collection_id;
