-- Equality and lists in filters are containment; this answers it without reading every item.
CREATE INDEX item_attributes ON item USING gin (attributes jsonb_path_ops);
