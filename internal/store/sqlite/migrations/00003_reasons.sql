-- +goose Up

-- What became of an analysis, in a word, and the codes of its reasons: lists are
-- filtered and statistics counted by both. They follow from the result.
ALTER TABLE analyses ADD COLUMN class TEXT NOT NULL DEFAULT '';

CREATE TABLE analysis_reasons (
    analysis_id  TEXT   NOT NULL REFERENCES analyses (id) ON DELETE CASCADE,
    code         TEXT   NOT NULL,
    folder_id    TEXT   NOT NULL,
    company_id   TEXT,
    time_created BIGINT NOT NULL, -- of the analysis
    PRIMARY KEY (analysis_id, code)
) WITHOUT ROWID;
CREATE INDEX analysis_reasons_folder ON analysis_reasons (folder_id, code);
CREATE INDEX analysis_reasons_company ON analysis_reasons (company_id, time_created, code);

INSERT OR IGNORE INTO analysis_reasons
SELECT a.id, r.value ->> 'code', a.folder_id, a.company_id, a.time_created
FROM analyses a, json_each(a.result, '$.reasons') r WHERE a.result IS NOT NULL;

UPDATE analyses SET class = CASE
    WHEN resolution = 'SUCCESS' THEN 'accepted'
    WHEN resolution = 'FAILED' THEN 'failed'
    ELSE coalesce((SELECT CASE max(CASE
            WHEN code IN ('presentation_attack', 'inconsistent', 'person_changed', 'frozen_frames', 'repeated_frames', 'no_sensor_noise',
                'missing_timestamps', 'constant_timestamps', 'edited_recording', 'screen_recording', 'reused_media', 'reused_copy') THEN 5
            WHEN code = 'listed' THEN 4
            WHEN code = 'no_match' THEN 3
            WHEN code IN ('uncertain_match', 'no_liveness_model') THEN 2
            ELSE 1 END)
        WHEN 1 THEN 'try_again' WHEN 2 THEN 'operator'
        WHEN 3 THEN iif(resolution = 'DECLINED', 'other_person', 'operator')
        WHEN 4 THEN iif(resolution = 'DECLINED', 'listed', 'operator')
        WHEN 5 THEN iif(resolution = 'DECLINED', 'attack', 'operator') END
        FROM analysis_reasons WHERE analysis_id = analyses.id), 'operator')
    END
WHERE resolution IN ('SUCCESS', 'FAILED', 'DECLINED', 'OPERATOR_REQUIRED');

CREATE INDEX analyses_company_class ON analyses (company_id, time_created, type, class);
INSERT INTO sqlite_stat1 (tbl, idx, stat) VALUES
    ('analyses', 'analyses_company_class', '2000000 400000 1 1 1'),
    ('analysis_reasons', 'analysis_reasons_folder', '1000000 2 1'),
    ('analysis_reasons', 'analysis_reasons_company', '1000000 200000 2 1');

-- +goose Down
DROP INDEX analyses_company_class;
DROP TABLE analysis_reasons;
ALTER TABLE analyses DROP COLUMN class;
