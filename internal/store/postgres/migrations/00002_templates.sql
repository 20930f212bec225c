-- +goose Up

-- Templates of further models, while an installation goes from one model to another: the
-- one of an image's own row is of another model than those here.
CREATE TABLE person_templates (
    image_id      TEXT COLLATE "C" NOT NULL REFERENCES person_images (id) ON DELETE CASCADE,
    model         TEXT COLLATE "C" NOT NULL, -- that made the template
    model_version TEXT COLLATE "C" NOT NULL,
    template      BYTEA NOT NULL, -- see bonafide.Template.Encode
    PRIMARY KEY (image_id, model, model_version)
);
CREATE INDEX person_templates_model ON person_templates (model, model_version);
