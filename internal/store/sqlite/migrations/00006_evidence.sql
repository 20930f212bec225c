-- +goose Up

-- Who decided over what the system found, and when (0: not known). Decisions of before
-- are taken from the audit log.
ALTER TABLE folders ADD COLUMN operator_id TEXT NOT NULL DEFAULT '';
ALTER TABLE folders ADD COLUMN operator_time BIGINT NOT NULL DEFAULT 0;
ALTER TABLE analyses ADD COLUMN operator_id TEXT NOT NULL DEFAULT '';
ALTER TABLE analyses ADD COLUMN operator_time BIGINT NOT NULL DEFAULT 0;

UPDATE folders SET (operator_id, operator_time) = (
    SELECT actor_id, time_created FROM audit
    WHERE object_id = folders.id AND object = 'folder' AND action = 'update' AND ' ' || changed LIKE '% operator\_status=%' ESCAPE '\'
    ORDER BY row_id DESC LIMIT 1
) WHERE operator_status <> '' AND id IN (SELECT object_id FROM audit WHERE object = 'folder' AND ' ' || changed LIKE '% operator\_status=%' ESCAPE '\');
UPDATE analyses SET (operator_id, operator_time) = (
    SELECT actor_id, time_created FROM audit
    WHERE object_id = analyses.id AND object = 'analysis' AND action = 'update' AND ' ' || changed LIKE '% operator=%'
    ORDER BY row_id DESC LIMIT 1
) WHERE operator <> '' AND id IN (SELECT object_id FROM audit WHERE object = 'analysis' AND ' ' || changed LIKE '% operator=%');

-- SHA-256 over error code and result, which the audit log shows. Empty until the
-- analysis ends, and where it had ended before this column was there.
ALTER TABLE analyses ADD COLUMN digest TEXT NOT NULL DEFAULT '';

-- To which analysis a best shot belongs.
CREATE TABLE best_shots (
    file_key    TEXT NOT NULL PRIMARY KEY REFERENCES files (key) ON DELETE CASCADE,
    analysis_id TEXT NOT NULL
) WITHOUT ROWID;
INSERT OR IGNORE INTO best_shots
SELECT f.key, a.id FROM analyses a, json_each(a.result, '$.findings') finding JOIN files f ON f.key = finding.value ->> '$.best_shot.Key'
WHERE a.result IS NOT NULL;

-- +goose Down
-- The next start makes these again.
DROP TRIGGER IF EXISTS audit_folders_create;
DROP TRIGGER IF EXISTS audit_folders_update;
DROP TRIGGER IF EXISTS audit_analyses_create;
DROP TRIGGER IF EXISTS audit_analyses_update;
DROP TABLE best_shots;
ALTER TABLE analyses DROP COLUMN digest;
ALTER TABLE analyses DROP COLUMN operator_time;
ALTER TABLE analyses DROP COLUMN operator_id;
ALTER TABLE folders DROP COLUMN operator_time;
ALTER TABLE folders DROP COLUMN operator_id;
