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

codes-import = Codes aus einer Datei
codes-import-lead = Sie sehen vorher, was aus jeder Zeile wird.
codes-import-file = Datei (CSV oder XLSX)
codes-import-hint = Ein Code je Zeile, beliebig viele Zeilen. Überschriften wie Code, Nutzungen und Aktiv werden von selbst erkannt.
codes-import-samples = Beispieldateien:
codes-import-look = Ansehen
codes-import-past = Bisher übernommene Dateien
codes-import-when = Wann
codes-import-rows = Zeilen
codes-import-left-out = Ausgelassen
codes-import-preview = Was in der Datei steht
codes-import-before = Genau diese Datei wurde am { $when } übernommen. Noch einmal ändert nichts.
codes-import-remarkable = Zeilen zum Nachsehen
codes-import-problems-file = Alle als CSV
codes-import-first = Die ersten Zeilen
codes-import-take = Codes übernehmen
codes-import-take-hint = Vorhandene Codes bleiben, wie sie sind. Zeilen mit Fehlern werden ausgelassen.
codes-import-do = Übernehmen
codes-import-columns = Wie die Datei gelesen wird
codes-import-no-such = Nicht in der Datei
codes-import-enabled = Sofort nutzbar
codes-import-first-row = Die erste Zeile ist
codes-import-headings = eine Überschrift
codes-import-a-code = schon ein Code
codes-import-max-uses = Nutzungen, wo die Datei nichts sagt
codes-import-again = So lesen
codes-import-line = Zeile
codes-import-why = Was auffiel
codes-import-is-new = Neu
codes-import-is-known = Schon da
codes-import-doubt-number = Eine Zahl: führende Nullen können fehlen
codes-import-doubt-shortened = Sieht aus wie eine Zahl, die eine Tabelle gekürzt hat
codes-import-row-empty = Kein Code in dieser Zeile
codes-import-row-too-long = Länger als 64 Zeichen
codes-import-row-formula = Eine Formel, kein Code
codes-import-row-date = Die Tabelle hat ein Datum daraus gemacht
codes-import-row-uses = Die Nutzungen sind keine ganze Zahl ab 1
codes-import-row-enabled = Weder Ja noch Nein
codes-import-row-confusable = Leicht zu verwechseln mit „{ $about }“
codes-import-row-other-offer = Gehört zur Aktion „{ $about }“
codes-import-no-table = Diese Datei ist keine Tabelle. CSV und XLSX können gelesen werden.
codes-import-old-workbook = Diese Mappe hat das alte Format XLS. Bitte als XLSX oder CSV speichern.
codes-import-damaged = Diese Mappe ist beschädigt.
codes-import-empty = In dieser Datei sind keine Zeilen.
codes-import-no-column = Keine Überschrift sagt, in welcher Spalte die Codes stehen.
code-uses-endless = unbegrenzt
codes-import-new = { $count ->
    [one] Ein neuer Code.
   *[other] { $count } neue Codes.
  }
codes-import-known = { $count ->
    [one] Einer ist schon da.
   *[other] { $count } sind schon da.
  }
codes-import-wrong = { $count ->
    [one] Eine Zeile wird ausgelassen.
   *[other] { $count } Zeilen werden ausgelassen.
  }
codes-import-doubtful = { $count ->
    [one] Ein Code wurde vielleicht von einer Tabelle verändert. Bitte vergleichen.
   *[other] { $count } Codes wurden vielleicht von einer Tabelle verändert. Bitte vergleichen.
  }
codes-imported = { $count ->
    [one] Ein Code ist aus der Datei übernommen.
   *[other] { $count } Codes sind aus der Datei übernommen.
  }
codes-being-made = { $count } Codes werden erzeugt. Laden Sie die Seite neu, um zu sehen, wie weit es ist.

offer-state-archived = Abgelegt
offer-archive = Ablegen
offer-take-out = Wieder hervorholen
offer-archived = „{ $name }“ ist abgelegt.
offer-taken-out = „{ $name }“ ist wieder da.
offer-copy = Kopie anlegen
offer-copied = „{ $name }“ ist als Kopie angelegt. Sie ist ausgeschaltet und hat noch keine Codes.
offer-texts = Was Kunden lesen
offer-texts-lead = Name und Satz stehen im Warenkorb aller, die die Aktion nutzen.
offer-texts-usual = Hat eine Sprache keinen eigenen Text, erscheint:
offer-texts-none = Bisher in jeder Sprache gleich.
offer-texts-edit = Texte je Sprache
offer-texts-kept = Die Texte von „{ $name }“ sind gespeichert.
offer-text-too-long = Bitte höchstens { $most } Zeichen.
offer-before-it-runs = Bevor es läuft
offer-check = Konflikte suchen
offer-restored = „{ $name }“ gilt wieder wie damals.
version-look-before = die Fassung davor
version-same = Die Aktion sagt jetzt dasselbe.
version-would-change = Was sich ändern würde
version-orders-keep = Bestellungen behalten ihren Preis.
version-restore = Diese Fassung wiederherstellen
check-lead = Was diese Aktion hindern kann und welchen Aktionen sie begegnet.
check-nothing = Nichts steht im Weg.
check-look = Ansehen
check-never-valid = Sie beginnt nach ihrem Ende.
check-over = Ihr letzter Tag war der { $day }.
check-unreachable-label = Nichts trägt das Etikett „{ $label }“.
check-unknown-key = Im Haus gibt es nichts mit dem Namen „{ $key }“.
check-events-never-meet = Keine ihrer Veranstaltungen liegt in ihrer Laufzeit.
check-no-code = Sie braucht einen Code und hat keinen.
check-overlap-first-on-the-list = „{ $offer }“ gilt für dieselben Tickets und wirkt auch von selbst: die erste der Liste zählt.
check-overlap-blocks-codes = „{ $offer }“ gilt für dieselben Tickets: die von selbst wirkende lässt Codes nicht zu.
check-overlap-better-one = „{ $offer }“ gilt für dieselben Tickets: je Ticket wirkt die für den Gast bessere.
check-overlap-both = „{ $offer }“ gilt für dieselben Tickets: beide wirken nacheinander.
what-if = Was wäre, wenn?
what-if-lead = Frühere Bestellungen werden wie damals berechnet, mit dieser Aktion, wie sie jetzt ist. Nichts wird geändert.
what-if-by-code = Wo sie noch nicht galt, wird angenommen, alle hätten ihren Code eingegeben.
what-if-own-days = Nur an den Tagen der Aktion
what-if-ask = Neu berechnen
what-if-wrong-days = Bitte ersten und letzten Tag wählen, höchstens ein Jahr auseinander.
what-if-before = Bezahlt wurden
what-if-with = Bezahlt worden wären
what-if-difference = Unterschied
what-if-progress = { $count } von { $all } Bestellungen
what-if-stop = Anhalten
what-if-go-on = Weiter
what-if-orders = { $count ->
    [one] Eine Bestellung neu berechnet
   *[other] { $count } Bestellungen neu berechnet
  }
what-if-changed = { $count ->
    [one] Eine hätte einen anderen Preis.
   *[other] { $count } hätten einen anderen Preis.
  }
what-if-unpriced = { $count ->
    [one] Eine lässt sich nicht neu berechnen.
   *[other] { $count } lassen sich nicht neu berechnen.
  }
