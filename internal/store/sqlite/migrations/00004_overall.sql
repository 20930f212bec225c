-- +goose Up

-- The worst resolution of the newest analyses of each type, and of each collection
-- searched, of all groups of a folder.
ALTER TABLE folders ADD COLUMN overall_resolution TEXT NOT NULL DEFAULT 'INITIAL';

UPDATE folders SET overall_resolution = ended.word FROM (
    SELECT folder_id, CASE max(weight)
        WHEN 4 THEN 'PROCESSING' WHEN 3 THEN 'FAILED' WHEN 2 THEN 'DECLINED' WHEN 1 THEN 'OPERATOR_REQUIRED' ELSE 'SUCCESS' END AS word
    FROM (
        SELECT folder_id, group_id,
            first_value(group_id) OVER (PARTITION BY folder_id, type, coalesce(params ->> '$.collection_id', '') ORDER BY row_id DESC) AS newest,
            CASE WHEN state = 'PROCESSING' THEN 4 WHEN state <> 'FINISHED' THEN 3
                ELSE CASE resolution WHEN 'SUCCESS' THEN 0 WHEN 'OPERATOR_REQUIRED' THEN 1 WHEN 'DECLINED' THEN 2 ELSE 3 END
            END AS weight
        FROM analyses
    ) WHERE group_id = newest GROUP BY folder_id
) AS ended WHERE ended.folder_id = folders.id;

CREATE INDEX folders_company_overall ON folders (company_id, overall_resolution, time_created);
INSERT INTO sqlite_stat1 (tbl, idx, stat) VALUES ('folders', 'folders_company_overall', '1000000 200000 50000 1');

-- +goose Down
DROP INDEX folders_company_overall;
ALTER TABLE folders DROP COLUMN overall_resolution;
