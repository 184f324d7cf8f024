-- Counts every change of what prices are made of, so that whoever keeps some of it in memory knows when it is out of date.
-- New codes are no change: nobody has kept anything of them.

CREATE TABLE price_stamp (
  only_row BIGINT NOT NULL PRIMARY KEY CHECK (only_row = 1),
  stamp BIGINT NOT NULL
);
INSERT INTO price_stamp (only_row, stamp) VALUES (1, 1);

CREATE FUNCTION advance_price_stamp() RETURNS TRIGGER LANGUAGE plpgsql AS $$
BEGIN
  UPDATE price_stamp SET stamp = stamp + 1;
  RETURN NULL;
END
$$;

CREATE TRIGGER houses_stamp AFTER INSERT OR UPDATE OR DELETE ON houses FOR EACH STATEMENT EXECUTE FUNCTION advance_price_stamp();
CREATE TRIGGER exhibitions_stamp AFTER INSERT OR UPDATE OR DELETE ON exhibitions FOR EACH STATEMENT EXECUTE FUNCTION advance_price_stamp();
CREATE TRIGGER scopes_stamp AFTER INSERT OR UPDATE OR DELETE ON scopes FOR EACH STATEMENT EXECUTE FUNCTION advance_price_stamp();
CREATE TRIGGER categories_stamp AFTER INSERT OR UPDATE OR DELETE ON categories FOR EACH STATEMENT EXECUTE FUNCTION advance_price_stamp();
CREATE TRIGGER audiences_stamp AFTER INSERT OR UPDATE OR DELETE ON audiences FOR EACH STATEMENT EXECUTE FUNCTION advance_price_stamp();
CREATE TRIGGER price_lists_stamp AFTER INSERT OR UPDATE OR DELETE ON price_lists FOR EACH STATEMENT EXECUTE FUNCTION advance_price_stamp();
CREATE TRIGGER products_stamp AFTER INSERT OR UPDATE OR DELETE ON products FOR EACH STATEMENT EXECUTE FUNCTION advance_price_stamp();
CREATE TRIGGER prices_stamp AFTER INSERT OR UPDATE OR DELETE ON prices FOR EACH STATEMENT EXECUTE FUNCTION advance_price_stamp();
CREATE TRIGGER events_stamp AFTER INSERT OR UPDATE OR DELETE ON events FOR EACH STATEMENT EXECUTE FUNCTION advance_price_stamp();
CREATE TRIGGER sale_rules_stamp AFTER INSERT OR UPDATE OR DELETE ON sale_rules FOR EACH STATEMENT EXECUTE FUNCTION advance_price_stamp();
CREATE TRIGGER offers_stamp AFTER INSERT OR UPDATE OR DELETE ON offers FOR EACH STATEMENT EXECUTE FUNCTION advance_price_stamp();
CREATE TRIGGER codes_stamp AFTER UPDATE OR DELETE ON codes FOR EACH STATEMENT EXECUTE FUNCTION advance_price_stamp();
