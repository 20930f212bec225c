-- +goose Up

-- What companies and users have left of their requests a minute, by digests.
CREATE TABLE requests_left (
    digest      TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    thousandths BIGINT           NOT NULL, -- of a request
    at          BIGINT           NOT NULL
);
CREATE INDEX requests_left_at ON requests_left (at);

-- +goose Down
DROP TABLE requests_left;
