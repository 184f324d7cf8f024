-- How the codes of a batch look behind their prefix, and how often each may be used: what a job needs that completes the batch.

ALTER TABLE code_batches ADD COLUMN code_length BIGINT NOT NULL DEFAULT 8;
ALTER TABLE code_batches ADD COLUMN max_uses BIGINT;
