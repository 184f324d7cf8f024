# Aktionen und ihre Codes.

decimal-mark = {","}
yes = ja
search-button = Suchen
campaigns-all = Alle
campaigns-by-state = Aktionen nach Stand
campaigns-search = Nach Name oder Schlüssel suchen
campaigns-empty = Es gibt noch keine Aktion. Legen Sie die erste an: Das Formular zeigt sofort, was eine Familie zahlt.
campaigns-order-hint = Von mehreren Aktionen, die von selbst wirken, zählt die erste der Liste.
campaigns-total = { $count ->
    [one] 1 Aktion
   *[other] { $count } Aktionen
  }
offer-new = Neue Aktion
offer-new-expert = Neue Aktion als JSON
offer-edit = Aktion bearbeiten
offer-make = Aktion anlegen
offer-save = Speichern
offer-expert = Alle Einstellungen als JSON
offer-expert-lead = Für alles, wofür das Formular kein Feld hat. Das Formular behält, was hier eingestellt ist.
offer-json = Die Aktion
offer-what = Was
offer-when = Wann und wo
offer-which = Für welche Tickets
offer-which-hint = Nichts angekreuzt heißt: für alle.
offer-limits = Grenzen und Kombinationen
offer-name = Bezeichnung
offer-name-hint = Die Kundschaft sieht sie im Warenkorb und auf dem Beleg.
offer-description = Beschreibung
offer-description-hint = Eine kurze Nachricht für die Kundschaft.
offer-key = Schlüssel
offer-key-hint = Kleine Buchstaben, Ziffern und Bindestriche; er ändert sich nie. Leer lassen: Er entsteht aus dem Namen.
offer-kind = Was sie bewirkt
offer-kind-percent-off = Prozente auf jedes Ticket
offer-kind-amount-off-ticket = Betrag auf jedes Ticket
offer-kind-ticket-price = Festpreis je Ticket
offer-kind-bundle = Kaufen und dazubekommen
offer-kind-amount-off-order = Betrag auf die Bestellung
offer-kind-percent-off-order = Prozente auf die Bestellung
offer-kind-price-list = Eigene Preisliste
offer-percent = Prozentsatz
offer-max-discount = Höchstens, in { $currency } je Bestellung
offer-amount = Betrag in { $currency }
offer-price = Preis in { $currency }
offer-prices = Preise in { $currency }
offer-prices-hint = Eine Kategorie ohne Preis steht nicht auf der Liste.
offer-buy = Zu zahlende Tickets
offer-get = Tickets dafür
offer-bundle-percent = Prozente auf diese (leer: gratis)
offer-max-bundles = Höchstens so oft je Bestellung
offer-reward = Welche Tickets belohnt werden
offer-reward-cheapest = Keine teureren als die bezahlten
offer-reward-any = Beliebige, egal was sie kosten
offer-valid-from = Erster Tag
offer-valid-until = Letzter Tag
offer-activation = Wie sie ins Spiel kommt
offer-activation-code = Mit einem Code
offer-activation-code-hint = Jemand gibt einen ihrer Codes ein.
offer-activation-automatic-combinable = Von selbst, neben Codes
offer-activation-automatic-combinable-hint = Sie wirkt, als hätten alle einen Code eingegeben; der beste Preis zählt.
offer-activation-automatic = Von selbst, allein
offer-activation-automatic-hint = Codes gelten daneben nicht.
offer-channels = Wo verkauft wird (nichts angekreuzt: überall)
offer-products = Produkte
offer-categories = Kategorien
offer-houses = Häuser
offer-exhibitions = Ausstellungen
offer-min-tickets = Mindestens Tickets je Bestellung
offer-max-tickets = Höchstens Tickets je Bestellung
offer-min-order-value = Mindestwert der Bestellung
offer-max-discounted-tickets = Höchstens ermäßigte Tickets je Bestellung
offer-max-orders = Bestellungen insgesamt
offer-max-orders-per-customer = Bestellungen je Kundin oder Kunde
offer-max-tickets-total = Ermäßigte Tickets insgesamt
offer-exclusive = Kein anderer Code daneben
offer-exclusive-hint = Das Günstigere von beiden zählt.
offer-stackable = Darf ein Ticket mit einer anderen Aktion teilen
offer-stackable-hint = Nur wenn die andere es auch darf.
offer-enable-at-once = Sofort einschalten
offer-state = Stand
offer-state-active = Aktiv
offer-state-planned = Geplant
offer-state-used-up = Aufgebraucht
offer-state-ended = Beendet
offer-state-off = Ausgeschaltet
offer-period = Zeitraum
offer-position = Platz
offer-orders-used = Bestellungen
offer-tickets-used = Ermäßigte Tickets
offer-used-of = { $used } von { $most }
offer-always = immer
offer-from = ab { $date }
offer-until = bis { $date }
offer-from-until = { $from } bis { $until }
offer-does-nothing = keine Wirkung auf Preise
offer-does-price-list = { $count ->
    [one] eigener Preis für eine Kategorie
   *[other] eigene Preise für { $count } Kategorien
  }
offer-does-audience = Preise für { $audience }
offer-does-percent-off = { $percent } % Rabatt auf jedes Ticket
offer-does-percent-off-order = { $percent } % Rabatt auf die Bestellung
offer-does-amount-off-ticket = { $amount } Rabatt auf jedes Ticket
offer-does-amount-off-order = { $amount } Rabatt auf die Bestellung
offer-does-ticket-price = jedes Ticket für { $price }
offer-does-bundle = { $buy } kaufen, { $get } gratis dazu
offer-does-bundle-less = { $buy } kaufen, { $get } dazu
offer-does-bundle-share = mit { $percent } % Rabatt
offer-does-at-most = höchstens { $amount }
offer-changes = Was sich geändert hat
offer-version = Fassung { $count }
offer-switch = Ein, aus, Platz
offer-is-on = Die Aktion ist eingeschaltet.
offer-is-off = Die Aktion ist ausgeschaltet: Ihre Codes werden abgelehnt.
offer-switch-on = Einschalten
offer-switch-off = Ausschalten
offer-place = Platz auf der Liste
offer-move = Verschieben
offer-delete = Aktion löschen
offer-delete-question = „{ $name }“ löschen?
offer-delete-what = { $count ->
    [0] Sie wurde nie benutzt und hat keine Codes. Sie lässt sich nicht zurückholen.
    [one] Sie wurde nie benutzt. Ihr einer Code geht mit. Beides lässt sich nicht zurückholen.
   *[other] Sie wurde nie benutzt. Ihre { $count } Codes gehen mit. Nichts davon lässt sich zurückholen.
  }
offer-keep = Behalten
offer-was-used-hint = Sie wurde benutzt: Sie lässt sich ausschalten, nicht löschen.
offer-codes = { $count ->
    [0] Noch kein Code.
    [one] Ein Code.
   *[other] { $count } Codes gibt es.
  }
offer-made = „{ $name }“ ist angelegt.
offer-saved = „{ $name }“ ist gespeichert.
offer-enabled = „{ $name }“ ist eingeschaltet.
offer-disabled = „{ $name }“ ist ausgeschaltet.
offer-moved = „{ $name }“ ist verschoben.
offer-deleted = Die Aktion { $name } ist gelöscht.
offer-delete-was-used = Sie wurde inzwischen benutzt und deshalb nicht gelöscht.
offer-wrong-name = Bitte geben Sie ihr eine Bezeichnung von höchstens 200 Zeichen.
offer-wrong-key = Ein Schlüssel hat kleine Buchstaben, Ziffern und Bindestriche und beginnt mit Buchstabe oder Ziffer.
offer-wrong-percent = Ein Prozentsatz ist eine Zahl von 0 bis 100.
offer-wrong-amount = Bitte geben Sie einen Betrag ein, etwa 9,90.
offer-wrong-prices = Mindestens eine Kategorie braucht einen Preis, etwa 9,90.
offer-wrong-number = Bitte geben Sie eine ganze Zahl ab 1 ein.
offer-wrong-days = Der letzte Tag darf nicht vor dem ersten liegen.
offer-wrong-whole = Diese Einstellungen passen nicht zusammen. Ticketgrenzen etwa gehen nicht mit einem Rabatt auf die ganze Bestellung.
problem-offer-key-taken = Diesen Schlüssel hat schon eine andere Aktion.
problem-offer-key-changed = Der Schlüssel einer Aktion ändert sich nie.
expert-no-json = Das ist kein JSON: siehe Zeile { $line }, Spalte { $column }.
expert-wrong = Nicht richtig bei { $path }: { $message }
example = Zum Beispiel
example-line = { $count }-mal { $name }
example-instead-of = statt
example-saved = { $amount } gespart
example-no-saving = Bei diesem Warenkorb spart die Aktion nichts.
example-not-here = Bei diesem Warenkorb wirkt die Aktion nicht.
example-exhausted = Alle Einlösungen sind aufgebraucht.
example-none = Es wird noch nichts verkauft, wofür diese Aktion gelten könnte.
example-unfinished = Sobald das Formular vollständig ist, steht hier ein Beispiel.
example-show = Beispiel zeigen
codes = Codes der Aktion
codes-open = Codes anzeigen
codes-search = Codes suchen
codes-total = { $count ->
    [one] 1 Code
   *[other] { $count } Codes
  }
codes-export = Als CSV exportieren
codes-export-workbook = Als Excel-Datei exportieren
codes-empty = Es gibt noch keinen Code. Legen Sie einen an, oder viele auf einmal.
codes-none-found = Kein Code enthält diesen Text.
code = Code der Aktion
code-offer = Aktion
code-new = Ein neuer Code
code-hint = Leerzeichen, Bindestriche und kleine Buchstaben machen keinen Unterschied.
code-max-uses = Wie oft einlösbar
code-max-uses-hint = Leer: unbegrenzt.
code-make = Code anlegen
code-used = Eingelöst
code-used-unlimited = { $count } · unbegrenzt
code-uses = Wann er eingelöst wurde
code-state-open = Offen
code-state-used-up = Aufgebraucht
code-state-off = Ausgeschaltet
use-state-reserved = reserviert bis zur Zahlung
use-state-confirmed = eingelöst
use-state-released = zurückgegeben
code-made = Der Code { $name } ist angelegt.
code-changed = Der Code { $name } ist gespeichert.
code-enabled = Der Code { $name } ist eingeschaltet.
code-disabled = Der Code { $name } ist ausgeschaltet.
code-deleted = Der Code { $name } ist gelöscht.
code-delete = Code löschen
code-delete-hint = Er wurde nie eingelöst und lässt sich deshalb löschen.
code-delete-was-used = Er wurde inzwischen eingelöst und deshalb nicht gelöscht.
code-switch-on = Code einschalten
code-switch-off = Code ausschalten
code-confusable = Man würde ihn mit { $code } verwechseln, den es schon gibt.
problem-code-taken = Diesen Code gibt es schon.
problem-code-empty = Bitte geben Sie einen Code mit mindestens einem Buchstaben oder einer Ziffer ein.
problem-code-too-long = Ein Code hat höchstens 64 Zeichen.
problem-pattern-too-short = So viele Codes brauchen mehr Zeichen, sonst ließen sie sich erraten.
problem-prefix-too-long = Ein Anfang hat höchstens 30 Zeichen.
codes-new = Viele Codes auf einmal
codes-count = Wie viele
codes-prefix = Sie beginnen mit
codes-length = Zeichen danach
codes-max-uses-hint = Jeder einzelne. 1: einmal; leer: unbegrenzt.
codes-generate = Erzeugen
codes-made = { $count ->
    [one] Ein Code ist erzeugt.
   *[other] { $count } Codes sind erzeugt.
  }
codes-wrong-count = Bitte geben Sie eine Zahl von 1 bis { $most } ein.
codes-wrong-length = 4 bis 22 Zeichen sind möglich; üblich sind 8.
