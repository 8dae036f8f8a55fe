-- How often a model's description (its manifest: names of factors, card) has been renewed: by it a replica that holds
-- the model in memory sees that its copy of the description is old.
ALTER TABLE model ADD COLUMN version bigint NOT NULL DEFAULT 0;

-- The order in which models came, whatever the clock said: of those that share a name the last one counts.
ALTER TABLE model ADD COLUMN number bigint;
UPDATE model SET number = ordered.place FROM (
    SELECT fingerprint, row_number() OVER (ORDER BY created, fingerprint DESC) AS place FROM model) ordered
WHERE ordered.fingerprint = model.fingerprint;
ALTER TABLE model ALTER COLUMN number SET NOT NULL, ALTER COLUMN number ADD GENERATED ALWAYS AS IDENTITY;
DO $$ BEGIN
    PERFORM setval(pg_get_serial_sequence('model', 'number'), coalesce(max(number), 0) + 1, false) FROM model;
END $$;
