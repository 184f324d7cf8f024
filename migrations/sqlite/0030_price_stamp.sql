-- Counts every change of what prices are made of, so that whoever keeps some of it in memory knows when it is out of date.
-- New codes are no change: nobody has kept anything of them.

CREATE TABLE price_stamp (
  only_row INTEGER NOT NULL PRIMARY KEY CHECK (only_row = 1),
  stamp INTEGER NOT NULL
) STRICT;
INSERT INTO price_stamp (only_row, stamp) VALUES (1, 1);

CREATE TRIGGER houses_stamp_insert AFTER INSERT ON houses BEGIN UPDATE price_stamp SET stamp = stamp + 1; END;
CREATE TRIGGER houses_stamp_update AFTER UPDATE ON houses BEGIN UPDATE price_stamp SET stamp = stamp + 1; END;
CREATE TRIGGER houses_stamp_delete AFTER DELETE ON houses BEGIN UPDATE price_stamp SET stamp = stamp + 1; END;

CREATE TRIGGER exhibitions_stamp_insert AFTER INSERT ON exhibitions BEGIN UPDATE price_stamp SET stamp = stamp + 1; END;
CREATE TRIGGER exhibitions_stamp_update AFTER UPDATE ON exhibitions BEGIN UPDATE price_stamp SET stamp = stamp + 1; END;
CREATE TRIGGER exhibitions_stamp_delete AFTER DELETE ON exhibitions BEGIN UPDATE price_stamp SET stamp = stamp + 1; END;

CREATE TRIGGER scopes_stamp_insert AFTER INSERT ON scopes BEGIN UPDATE price_stamp SET stamp = stamp + 1; END;
CREATE TRIGGER scopes_stamp_update AFTER UPDATE ON scopes BEGIN UPDATE price_stamp SET stamp = stamp + 1; END;
CREATE TRIGGER scopes_stamp_delete AFTER DELETE ON scopes BEGIN UPDATE price_stamp SET stamp = stamp + 1; END;

CREATE TRIGGER categories_stamp_insert AFTER INSERT ON categories BEGIN UPDATE price_stamp SET stamp = stamp + 1; END;
CREATE TRIGGER categories_stamp_update AFTER UPDATE ON categories BEGIN UPDATE price_stamp SET stamp = stamp + 1; END;
CREATE TRIGGER categories_stamp_delete AFTER DELETE ON categories BEGIN UPDATE price_stamp SET stamp = stamp + 1; END;

CREATE TRIGGER audiences_stamp_insert AFTER INSERT ON audiences BEGIN UPDATE price_stamp SET stamp = stamp + 1; END;
CREATE TRIGGER audiences_stamp_update AFTER UPDATE ON audiences BEGIN UPDATE price_stamp SET stamp = stamp + 1; END;
CREATE TRIGGER audiences_stamp_delete AFTER DELETE ON audiences BEGIN UPDATE price_stamp SET stamp = stamp + 1; END;

CREATE TRIGGER price_lists_stamp_insert AFTER INSERT ON price_lists BEGIN UPDATE price_stamp SET stamp = stamp + 1; END;
CREATE TRIGGER price_lists_stamp_update AFTER UPDATE ON price_lists BEGIN UPDATE price_stamp SET stamp = stamp + 1; END;
CREATE TRIGGER price_lists_stamp_delete AFTER DELETE ON price_lists BEGIN UPDATE price_stamp SET stamp = stamp + 1; END;

CREATE TRIGGER products_stamp_insert AFTER INSERT ON products BEGIN UPDATE price_stamp SET stamp = stamp + 1; END;
CREATE TRIGGER products_stamp_update AFTER UPDATE ON products BEGIN UPDATE price_stamp SET stamp = stamp + 1; END;
CREATE TRIGGER products_stamp_delete AFTER DELETE ON products BEGIN UPDATE price_stamp SET stamp = stamp + 1; END;

CREATE TRIGGER prices_stamp_insert AFTER INSERT ON prices BEGIN UPDATE price_stamp SET stamp = stamp + 1; END;
CREATE TRIGGER prices_stamp_update AFTER UPDATE ON prices BEGIN UPDATE price_stamp SET stamp = stamp + 1; END;
CREATE TRIGGER prices_stamp_delete AFTER DELETE ON prices BEGIN UPDATE price_stamp SET stamp = stamp + 1; END;

CREATE TRIGGER events_stamp_insert AFTER INSERT ON events BEGIN UPDATE price_stamp SET stamp = stamp + 1; END;
CREATE TRIGGER events_stamp_update AFTER UPDATE ON events BEGIN UPDATE price_stamp SET stamp = stamp + 1; END;
CREATE TRIGGER events_stamp_delete AFTER DELETE ON events BEGIN UPDATE price_stamp SET stamp = stamp + 1; END;

CREATE TRIGGER sale_rules_stamp_insert AFTER INSERT ON sale_rules BEGIN UPDATE price_stamp SET stamp = stamp + 1; END;
CREATE TRIGGER sale_rules_stamp_update AFTER UPDATE ON sale_rules BEGIN UPDATE price_stamp SET stamp = stamp + 1; END;
CREATE TRIGGER sale_rules_stamp_delete AFTER DELETE ON sale_rules BEGIN UPDATE price_stamp SET stamp = stamp + 1; END;

CREATE TRIGGER offers_stamp_insert AFTER INSERT ON offers BEGIN UPDATE price_stamp SET stamp = stamp + 1; END;
CREATE TRIGGER offers_stamp_update AFTER UPDATE ON offers BEGIN UPDATE price_stamp SET stamp = stamp + 1; END;
CREATE TRIGGER offers_stamp_delete AFTER DELETE ON offers BEGIN UPDATE price_stamp SET stamp = stamp + 1; END;

CREATE TRIGGER codes_stamp_update AFTER UPDATE ON codes BEGIN UPDATE price_stamp SET stamp = stamp + 1; END;
CREATE TRIGGER codes_stamp_delete AFTER DELETE ON codes BEGIN UPDATE price_stamp SET stamp = stamp + 1; END;
