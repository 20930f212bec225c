-- +goose Up
-- search is what search_text looks in, lower case, kept up to date by the store.
ALTER TABLE companies ADD COLUMN search TEXT NOT NULL DEFAULT '';
ALTER TABLE users ADD COLUMN search TEXT NOT NULL DEFAULT '';
UPDATE companies SET search = lower(name);
UPDATE users SET search = lower(first_name || ' ' || middle_name || ' ' || last_name || ' ' || email);

CREATE INDEX users_company ON users (company_id);
CREATE INDEX sessions_user ON sessions (user_id);
CREATE INDEX sessions_parent ON sessions (parent_id);
