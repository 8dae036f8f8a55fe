-- How often a model's description (its manifest: names of factors, card) has been renewed: by it a replica that holds
-- the model in memory sees that its copy of the description is old.
ALTER TABLE model ADD COLUMN version bigint NOT NULL DEFAULT 0;
