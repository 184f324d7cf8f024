CREATE TABLE counters (id BIGINT PRIMARY KEY, uses BIGINT NOT NULL);

CREATE TABLE sales (counter BIGINT NOT NULL REFERENCES counters (id), cents BIGINT NOT NULL);

WITH RECURSIVE numbers (n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM numbers WHERE n < 99)
INSERT INTO counters (id, uses) SELECT n, 0 FROM numbers;
