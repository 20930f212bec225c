-- +goose Up
-- How many folders there are, by company and user ('' where there is none), so
-- that a list need not count them to tell its total.
CREATE TABLE folder_counts (
    company_id TEXT   NOT NULL,
    user_id    TEXT   NOT NULL,
    folders    BIGINT NOT NULL,
    PRIMARY KEY (company_id, user_id)
) WITHOUT ROWID;
INSERT INTO folder_counts
SELECT coalesce(company_id, ''), coalesce(user_id, ''), count(*) FROM folders GROUP BY 1, 2;

-- +goose StatementBegin
CREATE TRIGGER folders_in AFTER INSERT ON folders BEGIN
    INSERT INTO folder_counts VALUES (coalesce(new.company_id, ''), coalesce(new.user_id, ''), 1)
    ON CONFLICT DO UPDATE SET folders = folders + 1;
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER folders_out AFTER DELETE ON folders BEGIN
    UPDATE folder_counts SET folders = folders - 1
    WHERE company_id = coalesce(old.company_id, '') AND user_id = coalesce(old.user_id, '');
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER folders_moved AFTER UPDATE OF company_id, user_id ON folders BEGIN
    UPDATE folder_counts SET folders = folders - 1
    WHERE company_id = coalesce(old.company_id, '') AND user_id = coalesce(old.user_id, '');
    INSERT INTO folder_counts VALUES (coalesce(new.company_id, ''), coalesce(new.user_id, ''), 1)
    ON CONFLICT DO UPDATE SET folders = folders + 1;
END;
-- +goose StatementEnd
