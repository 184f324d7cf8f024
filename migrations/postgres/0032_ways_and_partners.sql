-- Ways to the holder per product, and what offers gave to customers for good.

ALTER TABLE products ADD COLUMN delivery_ways TEXT NOT NULL DEFAULT '[]';
ALTER TABLE customers ADD COLUMN price_audience TEXT;
ALTER TABLE customers ADD COLUMN partner TEXT;
