# Die Abholstelle findet Karten nach dem, was jemand sagt.

pickup-desk = Bereitliegende Karte finden
pickup-who = Wer kommt eine Karte holen?
pickup-field = Abholcode, Name, E-Mail, Bestell- oder Kartennummer
pickup-hint = Ein Teil des Namens genügt.
pickup-find = Suchen
pickup-found = Bereitliegende Karten
pickup-none = Darunter liegt keine Karte bereit. Fragen Sie nach einem anderen Wort, oder sehen Sie in einem anderen Haus nach.
label-title = Etikett für { $name }
label-print = Etikett drucken (PDF)
