-- Annual tickets by their holders' names: whether somebody is known already.

CREATE INDEX annual_tickets_name ON annual_tickets (name_fold) WHERE name_fold <> '';
