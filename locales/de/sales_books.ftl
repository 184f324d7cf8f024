receipt-own-number = Beleg { $number }
receipt-due-until = Zu zahlen bis { $day }
confirmed-due-until = Bitte zahlen Sie bis zum { $day }.
orders-invoices = Offene Rechnungen
order-due-until = Zu zahlen bis { $day }
order-overdue = Überfällig: war zu zahlen bis { $day }
order-notes = Notizen
order-receipt = Beleg { $number }
day-ends-title = Tagesabschluss
day-ends-lead = Zählen Sie am Ende des Tages die Kasse. Was verkauft, zurückgezahlt und gezählt wurde, wird aufbewahrt und danach nie geändert.
day-end-open = Kassen
day-end-none-open = Seit dem letzten Abschluss wurde nichts verkauft.
day-end-this-desk = diese Kasse
day-end-moved = { $count ->
    [0] nichts seit dem letzten Abschluss
    [one] eine Zahlung seit dem letzten Abschluss
   *[other] { $count } Zahlungen seit dem letzten Abschluss
  }
day-end-count = Bargeld zählen
day-end-new = Bargeld zählen
day-end-float = Wechselgeld zu Beginn
day-end-float-hint = Was vor dem ersten Verkauf in der Kasse lag.
day-end-counted = Gezähltes Bargeld
day-end-counted-hint = Alle Münzen und Scheine in der Kasse, das Wechselgeld eingeschlossen.
day-end-compare = Vergleichen
day-end-later = Nicht jetzt
day-end-count-again = Noch einmal zählen
day-end-close = Tag abschließen
day-end-for-good = Ein abgeschlossener Tag wird nicht wieder geöffnet. Was später verkauft wird, gehört zum nächsten Abschluss.
day-end-kept = Dieser Tag ist abgeschlossen und wird nicht wieder geöffnet.
day-end-print = A4 drucken
day-end-title = Tagesabschluss { $desk }, { $day }
day-end-closed = Abgeschlossen: { $moment }
day-end-from = Alles seit dem Abschluss vom { $moment }
day-end-receipts = Belege { $first } bis { $last }
day-end-sales = Eingenommen
day-end-refunds = Zurückgezahlt
day-end-takings = Einnahmen
day-end-way = Zahlungsart
day-end-number = Anzahl
day-end-cash = Bargeld
day-end-expected = Bargeld, das da sein soll
day-end-difference = Differenz
day-end-right = Das Bargeld stimmt.
day-end-too-much = In der Kasse sind { $amount } zu viel.
day-end-missing = In der Kasse fehlen { $amount }.
day-end-overrides = Gegen die Regeln verkauft
day-end-day = Tag
day-end-desk = Kasse
day-ends-kept = Abgeschlossene Tage
day-end-closed-before = Diese Kasse wurde heute schon abgeschlossen, und ein Tag wird nicht wieder geöffnet. Was seitdem verkauft wurde, gehört zum Abschluss von morgen.
day-end-changed = Inzwischen wurde etwas verkauft oder zurückgezahlt. Bitte zählen Sie noch einmal.
day-closed = Der Tag ist abgeschlossen.
desk-name-title = Name dieser Kasse
desk-name-now = Was in diesem Browser verkauft wird, gehört zu „{ $desk }“.
desk-name-none = Was in diesem Browser verkauft wird, gehört zu dem Haus, für das es verkauft wird.
desk-name = Name, zum Beispiel „Kasse 2“
desk-name-keep = Namen behalten
action-day-closed = Tag abgeschlossen
action-order-invoice-reminded = An die Rechnung erinnert
mail-kind-order-invoice-reminder = Erinnerung an eine Rechnung
mail-invoice-subject = Ihre Rechnung { $number } – { $museum }
mail-invoice-open = von Ihrer Rechnung sind noch { $amount } zu zahlen, bis zum { $day }. Die Rechnung hängt an.
mail-invoice-overdue = von Ihrer Rechnung waren { $amount } bis zum { $day } zu zahlen, und wir haben Ihre Zahlung noch nicht gefunden. Die Rechnung hängt an.
mail-invoice-crossed = Wenn Sie in den letzten Tagen gezahlt haben, müssen Sie nichts tun.
invoices-title = Offene Rechnungen
invoices-which = Welche
invoices-all = Alle offenen
invoices-overdue = Überfällige
invoices-count = { $count ->
    [one] Eine Rechnung
   *[other] { $count } Rechnungen
  }
invoices-none = Keine Rechnung wartet auf ihre Zahlung.
invoices-choose = Auswählen
invoices-remind = An die ausgewählten erinnern
invoices-reminded = { $count ->
    [one] Eine Erinnerung ist unterwegs.
   *[other] { $count } Erinnerungen sind unterwegs.
  }
invoices-reminded-some = { $count ->
    [0] Keine Erinnerung wurde verschickt: An alle wurde binnen eines Tages erinnert, sie sind bezahlt, oder es fehlt eine Adresse.
    [one] Eine Erinnerung ist unterwegs. An die übrigen wurde binnen eines Tages erinnert, sie sind bezahlt, oder es fehlt eine Adresse.
   *[other] { $count } Erinnerungen sind unterwegs. An die übrigen wurde binnen eines Tages erinnert, sie sind bezahlt, oder es fehlt eine Adresse.
  }
invoice-due-on = Fällig
invoice-due = Betrag
invoice-last-reminder = Erinnerung
invoice-no-address = keine E-Mail-Adresse
invoice-overdue-days = { $count ->
    [one] einen Tag überfällig
   *[other] { $count } Tage überfällig
  }
invoice-reminded = am { $day }
phone-title = Telefonbestellung
phone-who = Wer anruft
phone-find = Bekannte Kundin oder bekannten Kunden suchen
phone-find-do = Suchen
phone-found = { $count ->
    [0] Niemand wurde gefunden.
    [one] Eine Person wurde gefunden.
   *[other] { $count } Personen wurden gefunden.
  }
phone-take = Übernehmen
phone-take-named = { $name } übernehmen
phone-language = Sprache der Briefe
phone-what = Was gewünscht wird
phone-nothing-yet = Noch ist nichts ausgewählt.
phone-how = Wie es ankommt
phone-at-pickup = Wird bei der Abholung bezahlt
phone-notes-too-long = Notizen haben höchstens 1.000 Zeichen.
voucher-state-replaced = Ersetzt
voucher-lost = Ist dieser Gutschein verloren?
voucher-lost-hint = Der Gutschein bekommt einen neuen Code zum Drucken oder Verschicken. Der alte Code gilt sofort nicht mehr: Wer das Papier findet, kann es nicht eintauschen.
voucher-replace = Gutschein ersetzen
voucher-replaced = Der Gutschein hat jetzt einen neuen Code. Bitte drucken Sie ihn oder verschicken Sie den Link der Bestellung noch einmal.
action-voucher-replaced = Verlorener Gutschein ersetzt
problem-voucher-replaced = Dieser Gutschein wurde als verloren gemeldet und durch einen anderen ersetzt.
