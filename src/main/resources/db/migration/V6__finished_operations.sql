-- What is under way is looked for every few seconds; what has ended is kept for a month.
CREATE INDEX operation_unfinished ON operation (id) WHERE state IN ('QUEUED', 'RUNNING');
