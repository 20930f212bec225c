-- +goose Up

CREATE TABLE collections (
    row_id         INTEGER NOT NULL PRIMARY KEY,
    id             TEXT    NOT NULL UNIQUE,
    company_id     TEXT REFERENCES companies (id),
    alias          TEXT    NOT NULL,
    meta           TEXT    NOT NULL, -- JSON
    technical_meta TEXT    NOT NULL, -- JSON
    time_created   BIGINT  NOT NULL,
    time_updated   BIGINT  NOT NULL
);
CREATE INDEX collections_company ON collections (company_id, alias);

CREATE TABLE persons (
    row_id         INTEGER NOT NULL PRIMARY KEY,
    id             TEXT    NOT NULL UNIQUE,
    collection_id  TEXT    NOT NULL REFERENCES collections (id),
    company_id     TEXT,
    meta           TEXT    NOT NULL, -- JSON
    technical_meta TEXT    NOT NULL, -- JSON
    time_created   BIGINT  NOT NULL,
    time_updated   BIGINT  NOT NULL
);
CREATE INDEX persons_collection ON persons (collection_id, time_created);

CREATE TABLE person_images (
    row_id         INTEGER NOT NULL PRIMARY KEY,
    id             TEXT    NOT NULL UNIQUE,
    person_id      TEXT    NOT NULL REFERENCES persons (id),
    collection_id  TEXT    NOT NULL,
    company_id     TEXT,
    original_name  TEXT    NOT NULL,
    tags           TEXT    NOT NULL, -- JSON
    original_key   TEXT    NOT NULL REFERENCES files (key),
    thumb_key      TEXT REFERENCES files (key),
    md5            TEXT    NOT NULL,
    info           TEXT    NOT NULL, -- JSON
    model          TEXT    NOT NULL, -- that made the template
    model_version  TEXT    NOT NULL,
    template       BLOB    NOT NULL, -- see bonafide.Template.Encode
    meta           TEXT    NOT NULL, -- JSON
    technical_meta TEXT    NOT NULL, -- JSON
    time_created   BIGINT  NOT NULL,
    time_updated   BIGINT  NOT NULL
);
CREATE INDEX person_images_person ON person_images (person_id);
CREATE INDEX person_images_collection ON person_images (collection_id, model, model_version);
-- The next two serve the deletion of files, which looks up who refers to them.
CREATE INDEX person_images_original ON person_images (original_key);
CREATE INDEX person_images_thumb ON person_images (thumb_key);

INSERT INTO sqlite_stat1 (tbl, idx, stat) VALUES
    ('collections', 'collections_company', '1000 2 1'),
    ('persons', 'persons_collection', '1000000 100000 1'),
    ('person_images', 'person_images_person', '1000000 1'),
    ('person_images', 'person_images_collection', '1000000 100000 100000 100000'),
    ('person_images', 'person_images_original', '1000000 1'),
    ('person_images', 'person_images_thumb', '1000000 1');

-- A blacklist for every company, and one for the administrators, who have none.
INSERT INTO collections (id, company_id, alias, meta, technical_meta, time_created, time_updated)
SELECT lower(hex(randomblob(4)) || '-' || hex(randomblob(2)) || '-4' || substr(hex(randomblob(2)), 2) || '-' ||
             substr('89ab', 1 + (random() & 3), 1) || substr(hex(randomblob(2)), 2) || '-' || hex(randomblob(6))),
       owner.id, 'blacklist', '{}', '{}', owner.now, owner.now
FROM (SELECT id, unixepoch() * 1000000 AS now FROM companies
      UNION ALL SELECT NULL, unixepoch() * 1000000) AS owner;
