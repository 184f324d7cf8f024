# Verkaufen: Kasse, Bestellungen, Gutscheine, Laden.

actor-visitor = Im Laden auf der Website
box-office-title = Verkauf
products = Was verkauft wird
nothing-on-sale = Hier ist noch nichts zu verkaufen. Die Administration legt Produkte und Preise an.
sale-house = Haus
sale-date = Tag, wenn nicht heute
sale-event = Termin
sale-no-event = Ohne Termin
proof-needed = Nachweis
price-before = statt
price-now = jetzt
basket-title = Warenkorb
basket-update = Übernehmen
basket-empty-it = Leeren
basket-empty-refused = Der Warenkorb ist leer. Wählen Sie zuerst eine Karte.
till-begin = Drücken Sie die Zahl auf einer Karte, oder tippen Sie sie an.
till-says = { $count ->
    [one] { $count } Karte, { $total }
   *[other] { $count } Karten, { $total }
  }
line-less = Eine weniger: { $name }
line-more = Eine mehr: { $name }
line-quantity = Anzahl: { $name }
line-drop = Herausnehmen: { $name }
line-drop-short = Herausnehmen
line-check-proof = Bitte den Nachweis zeigen lassen.
basket-line-saves = { $offer }: { $amount } gespart
basket-line-takes-part = { $offer }: zählt mit
basket-no-longer-sold = „{ $product }“ wird nicht mehr verkauft und wurde herausgenommen.
basket-day-is-over = Der Tag für „{ $product }“ ist vorbei; die Karten wurden herausgenommen.
basket-offer-gone = Die Aktion „{ $offer }“ gibt es nicht mehr.
sum-regular = Regulär
sum-saving = Ersparnis
sum-total = Summe
given = Gegeben
change-due = Rückgeld
change-missing = Es fehlen
change-given = Gegeben: { $amount }
given-too-little = Das Gegebene ist weniger als die Summe. Bitte prüfen Sie den Betrag.
given-unreadable = Bitte tippen Sie den Betrag in Ziffern, zum Beispiel 50 oder 50,00.
pay-cash = Bar kassieren
pay-nothing = Ausgeben
pay-terminal = Karte
pay-with-name = Mit Namen oder auf Rechnung …
total-changed = Der Preis ist jetzt { $total }. Bitte nennen Sie ihn dem Gast und kassieren Sie noch einmal.
problem-used-up-meanwhile = Im selben Augenblick hat jemand anders das Letzte davon genommen. Bitte versuchen Sie es noch einmal.
problem-cannot-be-issued = Diese Karte lässt sich im Augenblick nicht ausstellen. Bitte fragen Sie die Administration.
problem-awaiting-payment = Diese Bestellung wartet noch auf ihre Zahlung.
problem-already-paid = Diese Bestellung ist schon bezahlt.
problem-order-cancelled = Diese Bestellung wurde storniert.
problem-order-expired = Die Zahlung kam nicht rechtzeitig; die Bestellung ist verfallen.

# Aktionscodes: was sie bewirken und warum nicht.

code-label = Aktionscode
code-add = Hinzufügen
code-remove = Herausnehmen: { $code }
code-applied = { $offer } – spart { $amount }
offer-acts = gilt von selbst – spart { $amount }
code-pending = ist gültig und wirkt, sobald passende Karten im Warenkorb sind.
code-unlocks = ist gültig und schaltet Karten im Warenkorb frei.
code-valid-from = Er gilt ab { $day }.
code-valid-until = Er galt bis { $day }.
code-min-order = Nötig sind { $amount }.
code-min-tickets = Nötig sind { $count }.
code-max-tickets = Möglich sind { $count }.
code-reason-unknown-code = Diesen Code kennen wir nicht. Bitte prüfen Sie die Schreibweise.
code-reason-already-entered = Dieser Code steht schon im Warenkorb.
code-reason-disabled = Dieser Code ist zurzeit abgeschaltet.
code-reason-not-yet-valid = Dieser Code gilt noch nicht.
code-reason-expired = Dieser Code ist abgelaufen.
code-reason-exhausted = Dieser Code ist aufgebraucht.
code-reason-wrong-channel = Dieser Code gilt nicht auf diesem Verkaufsweg.
code-reason-wrong-box-office-profile = Dieser Code gilt nicht an dieser Kasse.
code-reason-not-for-this-customer = Dieser Code ist für bestimmte Kundinnen und Kunden; der Nachweis dafür fehlt.
code-reason-wrong-museum = Dieser Code gilt für ein anderes Haus.
code-reason-wrong-exhibition = Dieser Code gilt für eine andere Ausstellung.
code-reason-wrong-event = Dieser Code gilt für einen anderen Termin.
code-reason-no-matching-tickets = Dieser Code gilt für andere Karten als die im Warenkorb.
code-reason-below-minimum-order = Für diesen Code ist der Warenkorb noch zu klein.
code-reason-too-few-tickets = Für diesen Code sind es noch zu wenige Karten.
code-reason-too-many-tickets = Für diesen Code sind es zu viele Karten.
code-reason-automatic-offer-active = Es gilt schon eine Aktion, die allein steht; dieser Code kommt nicht dazu.
code-reason-not-combinable = Dieser Code lässt sich nicht mit den anderen verbinden; die günstigeren gelten.
code-reason-no-better-price = Ohne diesen Code ist der Preis genauso niedrig; er wird nicht verbraucht.
tile-exactly = genau { $count } je Bestellung
tile-from-to = { $least } bis { $most } je Bestellung
tile-at-least = ab { $count } je Bestellung
tile-at-most = höchstens { $count } je Bestellung
tile-with-code = mit Code
shop-code-hint = Mit einem Code zeigen die Preise sofort, was er bewirkt.
calendar-title = Kalender
calendar-months = Monate
calendar-empty = In diesem Monat ist nichts mehr.
calendar-next = Die nächsten Termine
calendar-show = Zeigen
seats-none = ausverkauft
seats-few = { $count ->
    [one] nur noch 1 Platz
   *[other] nur noch { $count } Plätze
  }
seats-held = { $count } bis { $time } zurückgehalten
event-is-over = Dieser Termin ist vorbei.
basket-held = Bis { $time } halten wir Ihre Karten für Sie zurück.
line-problem-not-for-sale = Diese Karte ist so nicht im Verkauf.
line-problem-wrong-channel = Diese Karte wird hier nicht verkauft.
line-problem-code-required = Für diese Karte ist ein Code nötig.
line-problem-below-minimum-quantity = Von dieser Karte müssen es mehr sein.
line-problem-above-maximum-quantity = So viele von dieser Karte gehen nicht in eine Bestellung.
line-problem-sold-out = Diese Karte ist ausverkauft.
line-problem-few-left = Davon sind nur noch { $left } da.
line-problem-at-least = Davon müssen es mindestens { $left } sein.
line-problem-at-most = Davon gehen höchstens { $left } in eine Bestellung.
line-problem-companion-alone = Eine Begleitkarte gibt es nur zusammen mit der Karte, zu der sie gehört.
line-problem-overridden = { $problem } Sie verkaufen sie trotzdem.
override-offer = Trotzdem gewähren
override-line = Trotzdem verkaufen
override-reason = Grund
override-do = Gewähren

# Wer kauft, wie geliefert und bezahlt wird.

buyer-title = Verkauf mit Namen
buyer-name = Vor- und Nachname
optional = (freiwillig)
buyer-name-missing = Bitte tippen Sie den Namen.
buyer-name-too-long = Der Name ist zu lang: höchstens 200 Zeichen.
buyer-email-missing = Bitte tippen Sie die E-Mail-Adresse.
buyer-email-wrong = Das ist keine vollständige E-Mail-Adresse, zum Beispiel name@beispiel.de.
buyer-place = Verkaufen: { $total }
back-to-sale = Zurück zum Verkauf
delivery-counter-hint = Die Karte wird gleich hier ausgestellt.
method-label = Zahlung
method-cash = Bar
method-card-terminal = Karte am Gerät
method-invoice = Rechnung
method-transfer = Überweisung
method-online = Online
method-none = Kostenlos
method-test = Testbuchung: nichts wird bezahlt, nichts gilt
channel-online = Website
channel-box-office = Kasse
channel-back-office = Telefon und Büro

# Bestellungen.

order-placed = Verkauft: Bestellung { $name }
order-payment-taken = Zahlung für Bestellung { $name } ist eingetragen.
order-tickets-cancelled-refund = { $count ->
    [one] { $count } Karte storniert. Bitte zahlen Sie { $name } zurück.
   *[other] { $count } Karten storniert. Bitte zahlen Sie { $name } zurück.
  }
order-tickets-cancelled = { $count ->
    [one] { $count } Karte storniert. Es ist nichts zurückzuzahlen.
   *[other] { $count } Karten storniert. Es ist nichts zurückzuzahlen.
  }
order-title = Bestellung { $number }
order-state-awaiting-payment = Zahlung offen
order-state-paid = Bezahlt
order-state-cancelled = Storniert
order-state-expired = Verfallen
order-state-test = Testbuchung
document-test = TEST – NICHT GÜLTIG
mail-order-test = Diese Bestellung ist eine Testbuchung. Es ist nichts zu bezahlen, keine Karte wird gedruckt, und die Codes öffnen keine Tür.
ticket-state-reserved = Reserviert
ticket-state-valid = Gültig
ticket-state-cancelled = Zurückgenommen
order-lines = Was verkauft wurde
order-quantity = Anzahl
order-what = Karte
order-unit = Einzeln
order-sum = Betrag
order-vat = Mehrwertsteuer
order-tickets = Karten und Gutscheine
order-voucher = Gutschein { $code }
order-annual-ticket = Jahreskarte öffnen
order-holder-link = Seite für Inhaberin oder Inhaber
order-next = Als Nächstes
order-due = Zu zahlen: { $amount }
order-held-until = Reserviert bis { $until }
order-take-payment = { $amount } erhalten
next-sale = Nächster Verkauf
print-receipt = Beleg drucken
print-all = Beleg und Karten drucken
order-documents = Zum Drucken
document-receipt = Beleg
document-tickets = Tageskarten
document-vouchers = Gutscheine
order-money = Zahlungen
order-no-money = Es ist noch nichts eingegangen.
order-refund = Zurückgezahlt
order-buyer = Gekauft von
order-cancel = Karten stornieren …
cancel-title = Karten stornieren
cancel-which = Welche Karten kommen zurück?
cancel-reason = Warum?
cancel-look = Betrag ansehen
cancel-keep = Alles behalten
cancel-choose-tickets = Bitte wählen Sie mindestens eine Karte.
cancel-reason-missing = Bitte nennen Sie einen Grund, höchstens 200 Zeichen.
cancel-used = Mit einer dieser Karten war schon jemand im Haus. Das darf nur zurücknehmen, wer das Recht dazu hat.
cancel-changed = Die Bestellung hat sich inzwischen geändert. Bitte wählen Sie noch einmal.
cancel-sentence = { $count ->
    [one] { $count } Karte wird storniert
   *[other] { $count } Karten werden storniert
  }
cancel-pays-back = zahlen Sie zurück
cancel-pays-nothing = Es ist nichts zurückzuzahlen.
cancel-voids-cards = { $count ->
    [one] { $count } Jahreskarte wird ungültig; die Eingänge erfahren es sofort.
   *[other] { $count } Jahreskarten werden ungültig; die Eingänge erfahren es sofort.
  }
cancel-voids-vouchers = { $count ->
    [one] { $count } Gutschein wird ungültig.
   *[other] { $count } Gutscheine werden ungültig.
  }
cancel-voids-tickets = { $count ->
    [one] { $count } Tageskarte öffnet keine Tür mehr.
   *[other] { $count } Tageskarten öffnen keine Tür mehr.
  }
cancel-because = Grund: { $reason }
cancel-do = Stornieren: { $refund }
orders-search = Suchen
orders-search-hint = Nummer, Name oder E-Mail
orders-state = Stand
orders-channel = Verkauft
orders-from = Von
orders-until = Bis
orders-sort = Reihenfolge
orders-sort-newest = Neueste zuerst
orders-sort-oldest = Älteste zuerst
orders-sort-dearest = Höchster Betrag zuerst
orders-all = Alle
orders-show = Anzeigen
orders-reset = Filter löschen
orders-count = { $count ->
    [one] { $count } Bestellung
   *[other] { $count } Bestellungen
  }
orders-sum = zusammen
orders-export = Als Tabelle speichern (CSV)
orders-number = Nummer
orders-placed = Wann
orders-buyer = Name
orders-total = Summe
orders-none = Noch wurde nichts verkauft. Der erste Verkauf beginnt an der Kasse.
orders-none-found = Keine Bestellung passt zu diesem Filter. Löschen Sie einen Teil davon.
list-next = Weitere anzeigen

# Gutscheine.

voucher-page-title = Gutschein
voucher-state-open = Einlösbar
voucher-state-exchanged = Eingelöst
voucher-state-void = Ungültig
voucher-state-expired = Abgelaufen
voucher-product = Steht für
voucher-sold = Verkauft am
voucher-valid-until = Einlösbar bis
voucher-no-end = ohne Ende
voucher-exchanged-on = Eingelöst am
voucher-order = Bestellung
voucher-exchange = Einlösen
voucher-print-a4 = A4 drucken
voucher-print-80mm = 80 mm drucken

# Belege, Gutscheine und Tageskarten auf Papier.

receipt-title = Beleg
receipt-title-due = Rechnung
receipt-number = Bestellung { $number }
receipt-regular = Regulärer Preis
receipt-offer = Aktion { $offer }
receipt-instead-of = statt { $amount }
receipt-paid = Bezahlt: { $method }
receipt-paid-back = Zurückgezahlt am { $day }
receipt-due = Noch zu zahlen
receipt-vat-rate = MwSt.
receipt-vat-net = Netto
receipt-vat-tax = Steuer
receipt-vat-gross = Brutto
receipt-thanks = Vielen Dank für Ihren Besuch.
ticket-scan-here = Am Eingang vorzeigen
voucher-title = Gutschein für
voucher-until = Einlösbar bis { $day }
voucher-without-end = Ohne Ende einlösbar
voucher-how = Bringen Sie den Gutschein zum Schalter für Jahreskarten. Dort wird daraus Ihre persönliche Karte.
file-receipt = Beleg
file-tickets = Tageskarten
file-vouchers = Gutscheine

# Der Laden auf der Website.

shop-title = Karten und Gutscheine
shop-lead = Ohne Anmeldung, in wenigen Schritten.
shop-hint-annual-ticket = Auf Ihren Namen, mit Foto. Nach der Bestellung tragen Sie beides selbst ein.
shop-hint-voucher = Zum Verschenken: Wer ihn bekommt, macht daraus die eigene Karte.
shop-hint-day-ticket = Ein Besuch an dem Tag, den Sie wählen.
shop-date = Tag des Besuchs
shop-proof = Nachweis am Eingang nötig
shop-add = In den Warenkorb
shop-add-one = In den Warenkorb: { $product }, { $category }
shop-added = { $count ->
    [one] Im Warenkorb ist jetzt { $count } Karte.
   *[other] Im Warenkorb sind jetzt { $count } Karten.
  }
shop-to-basket = Zum Warenkorb
shop-basket-empty = Ihr Warenkorb ist leer.
shop-to-shop = Zu den Karten
shop-go-on = Weiter einkaufen
shop-checkout = Zur Bestellung
shop-vat-included = Alle Preise enthalten die Mehrwertsteuer.
checkout-title = Ihre Angaben
checkout-buyer = Wer bestellt?
checkout-buyer-hint = Wessen Name auf der Karte steht, tragen Sie nach der Bestellung ein.
checkout-review = Weiter
checkout-back = Zurück zum Warenkorb
review-title = Stimmt alles?
review-order = Verbindlich bestellen: { $total }
shop-payment-free = Es ist nichts zu bezahlen.
shop-payment-invoice = Auf Rechnung: Sie zahlen per Überweisung oder am Schalter. Personalisieren können Sie sofort; die Karte wird gedruckt, sobald bezahlt ist.
shop-payment-reserved = Wir reservieren Ihre Karten { $hours } Stunden lang. Sie zahlen am Schalter oder per Überweisung; danach bekommen Sie die Karten.
shop-ordered = Vielen Dank! Ihre Bestellung { $name } ist bei uns.
confirmed-title = Vielen Dank
confirmed-due = Zu zahlen: { $amount }
confirmed-reserved-until = Ihre Karten sind reserviert bis { $until }.
confirmed-pay-then-tickets = Sobald bezahlt ist, finden Sie sie hier auf dieser Seite.
confirmed-invoice = Personalisieren können Sie sofort. Die Karte wird gedruckt, sobald die Rechnung bezahlt ist.
confirmed-how-to-pay = Zahlen Sie an einem Schalter des Museums oder per Überweisung, und nennen Sie die Nummer { $number }.
confirmed-personalize = Jetzt personalisieren
confirmed-personalize-one = { $name } personalisieren
confirmed-personalize-hint = Tragen Sie Namen und Foto ein. Sie können den Link auch weitergeben: Wer ihn hat, macht die Karte auf seinen Namen.
confirmed-vouchers = Ihre Gutscheine
confirmed-vouchers-pdf = Gutscheine öffnen (PDF)
confirmed-tickets = { $count ->
    [one] Ihre Tageskarte
   *[other] Ihre { $count } Tageskarten
  }
confirmed-tickets-hint = Zeigen Sie sie am Eingang, auf dem Telefon oder gedruckt.
confirmed-tickets-pdf = Tageskarten öffnen (PDF)
confirmed-what = Ihre Bestellung
confirmed-keep-address = Heben Sie die Adresse dieser Seite auf: Nur über sie kommen Sie wieder zu Ihrer Bestellung.

# Der Link einer Bestellung, per E-Mail und auf Papier.

order-mails = Link und E-Mails
order-as-buyer = Die Bestellung, wie der Käufer sie sieht
order-send-link = Link per E-Mail senden
order-send-link-again = Link noch einmal senden
order-link-sent = Der Link ist unterwegs an { $name }.
order-link-over = Diese Bestellung wurde storniert oder ist abgelaufen; es gibt nichts zu senden.
confirmed-mailed = Wir haben Ihnen die Adresse dieser Seite per E-Mail geschickt.
receipt-order-code = Scannen und Name und Foto eingeben
remind-choose = Auswählen
remind-choose-one = Erinnern: { $number }
remind-chosen = Ausgewählte erinnern
remind-shown = Alle hier gezeigten erinnern
remind-one = Jetzt erinnern
remind-hint = Wer gekauft hat, bekommt eine E-Mail mit den Links, höchstens einmal am Tag.
reminded = { $count ->
    [one] Eine Erinnerung ist unterwegs.
   *[other] { $count } Erinnerungen sind unterwegs.
  }
reminded-some = { $count ->
    [one] Eine Erinnerung ist unterwegs. Andere haben keine Adresse oder wurden heute schon erinnert.
   *[other] { $count } Erinnerungen sind unterwegs. Andere haben keine Adresse oder wurden heute schon erinnert.
  }
reminded-nobody = Niemand wurde erinnert: Es gibt keine Adresse, oder es wurde heute schon erinnert.
reminded-nothing = Es wurde niemand ausgewählt, der noch wartet.
code-hint-mistyped = Er sieht aus wie einer von uns mit Tippfehler: bitte Zeichen für Zeichen vergleichen.
code-hint-did-you-mean = Meinten Sie { $code }?
code-too-many-tries = Zu viele falsche Codes in kurzer Zeit. Bitte eine Minute warten und neu laden.
