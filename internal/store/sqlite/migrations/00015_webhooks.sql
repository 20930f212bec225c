-- +goose Up
-- Webhook calls that are owed or were made. target is the host and port of the
-- endpoint. Whoever tries to deliver holds the row until leased_until.
CREATE TABLE webhook_deliveries (
    row_id       INTEGER NOT NULL PRIMARY KEY,
    id           TEXT    NOT NULL UNIQUE,
    folder_id    TEXT    NOT NULL REFERENCES folders (id) ON DELETE CASCADE,
    company_id   TEXT,
    group_id     TEXT    NOT NULL UNIQUE,
    endpoint     TEXT    NOT NULL,
    target       TEXT    NOT NULL,
    state        TEXT    NOT NULL,
    attempts     INTEGER NOT NULL,
    next_attempt BIGINT  NOT NULL,
    retry_since  BIGINT  NOT NULL,
    leased_until BIGINT  NOT NULL,
    time_created BIGINT  NOT NULL,
    time_updated BIGINT  NOT NULL
);
CREATE INDEX webhook_deliveries_folder ON webhook_deliveries (folder_id);
CREATE INDEX webhook_deliveries_time_created ON webhook_deliveries (time_created);
CREATE INDEX webhook_deliveries_company_created ON webhook_deliveries (company_id, time_created);
CREATE INDEX webhook_deliveries_due ON webhook_deliveries (target, next_attempt) WHERE state = 'PENDING';
CREATE INDEX webhook_deliveries_leased ON webhook_deliveries (target) WHERE state = 'PENDING' AND leased_until > 0;

CREATE TABLE webhook_attempts (
    delivery_id TEXT    NOT NULL REFERENCES webhook_deliveries (id) ON DELETE CASCADE,
    number      INTEGER NOT NULL,
    started     BIGINT  NOT NULL,
    took        BIGINT  NOT NULL, -- microseconds
    status      INTEGER NOT NULL,
    failure     TEXT    NOT NULL,
    PRIMARY KEY (delivery_id, number)
) WITHOUT ROWID;

CREATE TABLE webhook_secrets (
    row_id       INTEGER NOT NULL PRIMARY KEY,
    id           TEXT    NOT NULL UNIQUE,
    company_id   TEXT REFERENCES companies (id) ON DELETE CASCADE,
    secret       TEXT    NOT NULL,
    time_created BIGINT  NOT NULL
);
CREATE INDEX webhook_secrets_company ON webhook_secrets (company_id);

INSERT INTO sqlite_stat1 (tbl, idx, stat) VALUES
    ('webhook_deliveries', 'webhook_deliveries_folder', '1000000 1'),
    ('webhook_deliveries', 'webhook_deliveries_time_created', '1000000 1'),
    ('webhook_deliveries', 'webhook_deliveries_company_created', '1000000 200000 1'),
    ('webhook_deliveries', 'webhook_deliveries_due', '1000 100 1'),
    ('webhook_deliveries', 'webhook_deliveries_leased', '10 2');
