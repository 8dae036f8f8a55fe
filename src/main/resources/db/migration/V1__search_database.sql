-- The search database: the system of record, whatever engine searches.
-- An item's key stands in every unique key below an item, so that a distributed PostgreSQL can place rows by it.

CREATE TABLE model (
    fingerprint text PRIMARY KEY,
    name text NOT NULL,
    family text NOT NULL,
    -- the bundle's two files, byte for byte: manifest.json and weights.safetensors
    manifest text NOT NULL,
    weights bytea NOT NULL,
    status text NOT NULL DEFAULT 'READY' CHECK (status IN ('READY', 'RETIRED')),
    created timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX model_name ON model (name, created);
-- weights do not compress: do not try
ALTER TABLE model ALTER COLUMN weights SET STORAGE EXTERNAL;

CREATE TABLE collection (
    -- a collection made anew under an old name is another one to every index
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    name text NOT NULL UNIQUE,
    modalities text[] NOT NULL,
    model text REFERENCES model,
    engine text NOT NULL CHECK (engine IN ('exact', 'pgvector')),
    -- number of the last write; each write takes the next one in its own transaction
    change bigint NOT NULL DEFAULT 0,
    -- tombstones up to this number are gone: who has read less reads everything anew
    forgotten bigint NOT NULL DEFAULT 0,
    created timestamptz NOT NULL DEFAULT now()
);

CREATE TABLE item (
    -- UUIDv5 of collection and external id
    key uuid PRIMARY KEY,
    collection bigint NOT NULL REFERENCES collection ON DELETE CASCADE,
    external_id text NOT NULL,
    attributes jsonb NOT NULL,
    content_hash text NOT NULL,
    change bigint NOT NULL,
    created timestamptz NOT NULL DEFAULT now(),
    updated timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX item_external_id ON item (collection, external_id COLLATE "C");
CREATE INDEX item_change ON item (collection, change, key);

CREATE TABLE payload (
    item uuid NOT NULL REFERENCES item ON DELETE CASCADE,
    modality text NOT NULL,
    kind text NOT NULL CHECK (kind IN ('bytes', 'text', 'vector')),
    media_type text,
    -- the bytes, UTF-8 text, or little-endian float32
    content bytea NOT NULL,
    PRIMARY KEY (item, modality)
);
ALTER TABLE payload ALTER COLUMN content SET STORAGE EXTERNAL;

-- All vectors of one collection, model and modality have one dimension.
CREATE TABLE embedding_space (
    collection bigint NOT NULL REFERENCES collection ON DELETE CASCADE,
    model text NOT NULL,
    modality text NOT NULL,
    dimension integer NOT NULL CHECK (dimension > 0),
    PRIMARY KEY (collection, model, modality)
);

-- Index vectors. Where the server has the extension 'vector', code adds the column that it searches.
CREATE TABLE embedding (
    item uuid NOT NULL REFERENCES item ON DELETE CASCADE,
    collection bigint NOT NULL,
    model text NOT NULL,
    modality text NOT NULL,
    -- little-endian float32
    vector bytea NOT NULL,
    change bigint NOT NULL,
    PRIMARY KEY (item, model, modality)
);
ALTER TABLE embedding ALTER COLUMN vector SET STORAGE EXTERNAL;
CREATE INDEX embedding_change ON embedding (collection, model, modality, change, item);

CREATE TABLE tombstone (
    item uuid PRIMARY KEY,
    collection bigint NOT NULL REFERENCES collection ON DELETE CASCADE,
    change bigint NOT NULL,
    deleted timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX tombstone_change ON tombstone (collection, change);

CREATE TABLE operation (
    id uuid PRIMARY KEY,
    kind text NOT NULL,
    state text NOT NULL CHECK (state IN ('QUEUED', 'RUNNING', 'SUCCEEDED', 'FAILED', 'CANCELLED')),
    done bigint NOT NULL DEFAULT 0,
    total bigint NOT NULL DEFAULT 0,
    cancel_requested boolean NOT NULL DEFAULT false,
    error text,
    result jsonb,
    created timestamptz NOT NULL DEFAULT now(),
    updated timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX operation_created ON operation (created);

CREATE TABLE benchmark_run (
    id uuid PRIMARY KEY,
    protocol text NOT NULL,
    seed bigint NOT NULL,
    -- fingerprints of the model and of the data
    model text NOT NULL,
    data text NOT NULL,
    settings jsonb NOT NULL,
    -- CPU type, thread count, engine version: same numbers come only from the same
    environment jsonb NOT NULL,
    metrics jsonb NOT NULL,
    created timestamptz NOT NULL DEFAULT now()
);
