-- Keys by which callers are known. The secret itself is not kept: it is 256 random bits, so one SHA-256 protects it.
CREATE TABLE api_key (
    id text PRIMARY KEY,
    hash bytea NOT NULL,
    name text NOT NULL,
    scope text NOT NULL CHECK (scope IN ('READ', 'WRITE', 'ADMIN')),
    -- names of the collections that it reaches; empty for all
    collections text[] NOT NULL,
    created timestamptz NOT NULL DEFAULT now(),
    revoked timestamptz
);
