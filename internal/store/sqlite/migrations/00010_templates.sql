-- +goose Up

-- Templates of further models, while an installation goes from one model to another: the
-- one of an image's own row is of another model than those here.
CREATE TABLE person_templates (
    image_id      TEXT NOT NULL REFERENCES person_images (id) ON DELETE CASCADE,
    model         TEXT NOT NULL, -- that made the template
    model_version TEXT NOT NULL,
    template      BLOB NOT NULL, -- see bonafide.Template.Encode
    PRIMARY KEY (image_id, model, model_version)
);
CREATE INDEX person_templates_model ON person_templates (model, model_version);
