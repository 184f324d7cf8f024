# Der Katalog, wie ihn die Administration pflegt.

admin-museum = Das Museum
admin-house = Hinter den Kulissen
catalog-houses = Häuser der Gruppe
catalog-houses-lead = Museen mit Adresse und Zeitzone.
catalog-houses-new = Neues Haus
catalog-exhibitions = Ausstellungen
catalog-exhibitions-lead = Teile eines Hauses mit eigenen Tagen.
catalog-exhibitions-new = Neue Ausstellung
catalog-scopes = Geltungsbereiche
catalog-scopes-lead = Was eine Karte öffnet: Häuser und Ausstellungen.
catalog-scopes-new = Neuer Geltungsbereich
catalog-categories = Preiskategorien
catalog-categories-lead = Erwachsene, ermäßigt, Kind, Begleitung.
catalog-categories-new = Neue Preiskategorie
catalog-products = Produkte
catalog-products-lead = Jahreskarten, Gutscheine und Tageskarten mit ihrer Gültigkeit.
catalog-products-new = Neues Produkt
catalog-price-lists = Preislisten
catalog-price-lists-lead = Was jedes Produkt in jeder Kategorie kostet.
catalog-price-lists-new = Neue Preisliste
catalog-events = Termine
catalog-events-lead = Führungen und Abende mit Plätzen und Etiketten.
catalog-events-new = Neuer Termin
catalog-add = Hinzufügen
catalog-empty = Es gibt noch nichts. Fügen Sie das Erste hinzu.
catalog-none = keine Angabe
catalog-nothing-to-choose = Es gibt noch nichts zur Auswahl.
catalog-added = „{ $name }“ ist hinzugefügt.
catalog-saved = „{ $name }“ ist gespeichert.
catalog-removed = { $name } ist entfernt.
catalog-in-use = { $name } wird gebraucht: Etwas verweist darauf, deshalb bleibt es.
catalog-remove = Entfernen
catalog-remove-question = „{ $name }“ entfernen?
catalog-remove-what = Es wird nur entfernt, wenn nichts darauf verweist: kein Verkauf, keine Aktion, nichts sonst im Katalog.
problem-catalog-key-taken = Dieser Schlüssel ist vergeben.
prices-hint = Ein leeres Feld heißt: in dieser Kategorie nicht im Verkauf.
scope-number = Nummer { $number } in Kartencodes
category-needs-proof = Nachweis nötig
price-list-prices = { $count ->
    [one] 1 Preis
   *[other] { $count } Preise
  }
validity-months = { $count ->
    [one] 1 Monat
   *[other] { $count } Monate
  }
product-archived = nicht mehr im Verkauf
event-capacity = { $count ->
    [one] 1 Platz
   *[other] { $count } Plätze
  }
product-kind-annual-ticket = Jahreskarte
product-kind-annual-ticket-voucher = Gutschein für eine Jahreskarte
product-kind-day-ticket = Tageskarte
validity-start = Sie beginnt
validity-start-purchase = am Tag des Kaufs
validity-start-day-after-purchase = am Tag nach dem Kauf
validity-start-chosen = an einem gewählten Tag
validity-start-season = mit einer Saison
validity-start-exchange = beim Einlösen des Gutscheins
validity-start-personalization = mit der Personalisierung
validity-start-first-entry = mit dem ersten Einlass
validity-lasts-months = Dauer in Monaten
validity-window-days = Späteste Wahl, in Tagen
validity-from = Saison von
validity-until = Saison bis
validity-latest-start-months = Erster Einlass binnen Monaten
personal-photo = Foto
personal-given-name = Vorname
personal-family-name = Nachname
personal-birth-date = Geburtsdatum
personal-address = Postanschrift
photo-review-doubtful = zweifelhafte
photo-review-always = alle
reentry-attention = einlassen und dem Team sagen
reentry-refuse = abweisen
not-collected-attention = einlassen, das Team schaut hin
not-collected-refuse = an den Schalter schicken
field-key = Schlüssel
field-name = Bezeichnung
field-names = Bezeichnung
field-time-zone = Zeitzone
field-country = Land
field-address = Anschrift
field-pickup-hours = Wann Karten abgeholt werden können, wie es in Nachrichten steht
field-not-collected = Eine noch nicht übergebene Karte
field-house = Haus
field-exhibition = Ausstellung
field-valid-from = Erster Tag
field-valid-until = Letzter Tag
field-id = Nummer in Kartencodes
field-houses = Häuser
field-exhibitions = Ausstellungen
field-check-proof = Der Einlass fragt nach einem Nachweis
field-requires = Nur zusammen mit
field-labels = Etiketten
field-prices = Preise
field-kind = Art
field-scope = Öffnet
field-validity = Gültigkeit
field-exchange-for = Wird eingelöst gegen
field-voucher-valid-months = Monate, in denen er einlösbar ist
field-vat-rate = Mehrwertsteuer in Prozent
field-channels = Verkauft wo
field-required-fields = Für die Karte nötig
field-photo-review = Fotos von Gästen ansehen, bevor gedruckt wird
field-annual-tickets = Karten auf einem Ticket
field-companions = Begleitpersonen
field-reentry-secs = Wiedereinlass-Fenster in Sekunden
field-reentry-policy = Eine Karte, die darin wiederkommt
field-allow-unpaid = Vor der Zahlung drucken und einlassen
field-layout = Layout der Karten
field-max-total = Höchstzahl, die je verkauft wird
field-archived = Nicht mehr im Verkauf
field-starts-at = Beginn
field-capacity = Plätze
field-price-list = Preisliste
hint-key = Kleine Buchstaben, Ziffern und Bindestriche; er ändert sich nie.
hint-names = Eine Sprache genügt; die anderen greifen darauf zurück.
hint-labels = Wörter mit Kommas dazwischen; Aktionen können danach fragen.
hint-time-zone = Zum Beispiel Europe/Berlin. Ihre Tage zählen für Karten dieses Hauses.
hint-country = Zwei große Buchstaben, zum Beispiel DE.
hint-id = Leer lassen: die nächste freie Nummer.
hint-channels = Nichts angekreuzt heißt: überall.
hint-annual-tickets = Mehr als 1 bei Familienprodukten: Jede Karte hat ihre eigene Person.
hint-price-list = Keine: die regulären Preise.
hint-capacity = Leer: so viele, wie kommen.
hint-max-total = Leer: unbegrenzt.
hint-layout = Keines: das vereinbarte Layout, das zum Produkt passt.
hint-scope = Keiner bei einer Tageskarte: das Haus, für das sie verkauft wird.
wrong-key = Bitte wählen Sie einen Schlüssel aus kleinen Buchstaben, Ziffern und Bindestrichen.
wrong-name = Bitte geben Sie eine Bezeichnung von höchstens 200 Zeichen ein.
wrong-names = Bitte geben Sie die Bezeichnung in mindestens einer Sprache ein.
wrong-time-zone = Diese Zeitzone ist nicht bekannt. Europe/Berlin ist eine.
wrong-country = Ein Land sind zwei große Buchstaben, zum Beispiel DE.
wrong-address = Eine Anschrift braucht Straße, eine Postleitzahl, wie das Land sie schreibt, den Ort und ein Land aus zwei Buchstaben.
wrong-valid-from = Bitte geben Sie einen Tag ein.
wrong-valid-until = Der letzte Tag darf nicht vor dem ersten liegen.
wrong-validity = Eine Jahreskarte, und nur sie, braucht eine Gültigkeit: 1 bis 120 Monate, oder eine Saison, deren Ende nach dem Anfang liegt.
wrong-scope = Eine Jahreskarte braucht einen Geltungsbereich: Was öffnet sie?
wrong-exchange-for = Ein Gutschein, und nur er, nennt die Jahreskarte, gegen die er eingelöst wird.
wrong-vat-rate = Bitte geben Sie einen Prozentsatz ein, etwa 7 oder 19.
wrong-prices = Bitte geben Sie Beträge ein, etwa 9,90.
wrong-labels = Ein Etikett hat 1 bis 64 Zeichen und wird nicht zugleich gesetzt und entfernt.
wrong-houses = Bitte wählen Sie mindestens ein Haus oder eine Ausstellung. Der Bereich eines Hauses öffnet nur dieses Haus.
wrong-starts-at = Bitte geben Sie Tag und Uhrzeit ein.
wrong-exhibition = Diese Ausstellung gehört zu einem anderen Haus.
wrong-reason-invalid-value = Bitte prüfen Sie diese Angabe.
wrong-reason-unknown-key = Was hier genannt ist, gibt es nicht mehr.
wrong-reason-cannot-change = Das bleibt, wie es beim Anlegen war.
wrong-reason-duplicate = Das steht hier doppelt.
wrong-reason-id-taken = Diese Nummer hat ein anderer Geltungsbereich.
wrong-reason-scope-was-sold = Verkauftes öffnet dies, darum bleibt es enthalten. Um ohne dies zu verkaufen, lassen Sie das Haus auf seiner eigenen Seite den Verbund verlassen, oder legen Sie einen anderen Geltungsbereich an.
address-lines = Straße und Hausnummer
address-postal-code = Postleitzahl
address-city = Ort
address-country = Land (zwei Buchstaben)
labels-all-houses = alle Häuser
labels-all-exhibitions = alle Ausstellungen
labels-add = Setzen
labels-remove = Wegnehmen
labels-apply = Auf alle anwenden
labels-done = { $count ->
    [one] Ein Termin wurde geändert.
   *[other] { $count } Termine wurden geändert.
  }
layouts-title = Kartenlayouts
layouts-title-lead = Wie Karten aussehen und welche Fassung vereinbart ist.
layouts-empty = Es gibt noch kein Layout. Karten warten, bis eines vereinbart ist.
layout-state-draft = Entwurf
layout-state-proposed = Vorgeschlagen
layout-state-agreed = Vereinbart
layout-state-retired = Abgelöst
layout-products = Für
layout-all-products = alle Produkte
layout-agreed = Vereinbart am
layout-fingerprint = Fingerabdruck

leave-link = Verlässt den Verbund ..
leave-title = { $house } verlässt den Verbund
leave-kept-title = Verkauft ist verkauft
leave-kept = { $count ->
    [0] Keine verkaufte Jahreskarte öffnet dieses Haus.
    [one] Eine Jahreskarte öffnet dieses Haus weiter. Ihr letzter Tag steht noch nicht fest.
   *[other] { $count } Jahreskarten öffnen dieses Haus weiter. Ihre letzten Tage stehen noch nicht fest.
}
leave-kept-until = { $count ->
    [one] Eine Jahreskarte öffnet dieses Haus weiter, bis { $day }.
   *[other] { $count } Jahreskarten öffnen dieses Haus weiter, die letzte bis { $day }.
}
leave-rule = Eine Karte öffnet bis zu ihrem letzten Tag die Häuser, mit denen sie verkauft wurde; die Seite des Inhabers nennt sie. Eine Verlängerung während der Gültigkeit setzt das fort; eine, die neu beginnt, öffnet, was dann verkauft wird.
leave-products-title = Was ab jetzt verkauft wird
leave-going-on = Diese Produkte gibt es weiter, ohne das Haus. Sie öffnen:
leave-ending = Diese Produkte öffneten nichts anderes. Sie werden abgelegt und nicht mehr verkauft:
leave-reason = Grund
leave-reason-missing = Bitte sagen Sie, warum: Es steht im Verlauf.
leave-do = Ohne dieses Haus verkaufen
problem-nothing-to-change = Kein Produkt öffnet dieses Haus noch.
