-- What the replicas of a service share and show nobody, such as the key that signs cursors. Made by code when first needed.
CREATE TABLE secret (
    name text PRIMARY KEY,
    value bytea NOT NULL
);
