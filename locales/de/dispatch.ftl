# Die Poststelle: Listen, Scannen, Übergaben, Rückläufer.

mailroom-title = Poststelle
mailroom-lists = Listen
mailroom-list-post = Zu verschicken
mailroom-list-shelf = Bereitzulegen
mailroom-list-counter = Am Schalter auszugeben
mailroom-list-deposited = Bereitliegend
mailroom-list-returned = Rückläufer
mailroom-tile-post = zu verschicken
mailroom-tile-shelf = bereitzulegen
mailroom-tile-counter = am Schalter
mailroom-tile-deposited = liegen bereit
mailroom-tile-overdue = überfällig
mailroom-tile-returned = Rückläufer
mailroom-cards = { $count ->
    [one] Karte
   *[other] Karten
  }
mailroom-nothing = Hier wartet nichts.
mailroom-go-post = Verschicken
mailroom-go-shelf = Bereitlegen
mailroom-letters = Briefe (PDF)
mailroom-houses = Häuser
mailroom-all-houses = Alle Häuser
mailroom-empty-filtered = Zu dieser Auswahl passt keine Karte.
mailroom-empty-post = Es ist nichts zu verschicken. Karten erscheinen hier, sobald sie als gedruckt bestätigt sind.
mailroom-empty-shelf = Es ist nichts bereitzulegen.
mailroom-empty-counter = Keine gedruckte Karte wartet am Schalter.
mailroom-empty-deposited = Keine Karte liegt bereit.
mailroom-empty-returned = Keine Karte ist zurückgekommen. Kommt eine, lesen Sie sie mit ihrem Grund ein.
mailroom-column-address = Anschrift
mailroom-column-place = Ort
mailroom-column-reason = Grund
mailroom-column-action = Was zu tun ist
mailroom-no-address = Keine Anschrift
mailroom-overdue = überfällig
mailroom-tick-all = Alle auf dieser Seite ankreuzen
mailroom-hand-over = Übergeben
mailroom-again = Erneut versenden
mailroom-change-way = Weg ändern
mailroom-other-way = Anderer Weg
mailroom-see-card = Karte ansehen
mailroom-scan-post = Karte für Karte verschicken
mailroom-scan-shelf = Bereitlegen: { $house }
mailroom-scan-returned = Karte zurücknehmen
mailroom-carrier = Zusteller (freiwillig)
mailroom-tracking = Sendungsnummer (freiwillig)
mailroom-shelf = Fach, Kiste oder Schublade
mailroom-scan-go-post = Als verschickt vermerken
mailroom-scan-go-shelf = Als bereitliegend vermerken
mailroom-scan-go-returned = Als zurückgekommen vermerken
mailroom-choose-house = Welches Haus?
mailroom-choose-house-lead = Karten werden Haus für Haus bereitgelegt.
mailroom-together = Mehrere zusammen
mailroom-together-lead = Kreuzen Sie Karten in der Liste an, oder nehmen Sie alle.
mailroom-together-ticked = Die angekreuzten …
mailroom-together-all = { $count ->
    [one] Alle: 1 Karte …
   *[other] Alle { $count } Karten …
  }
mailroom-just-done = Eben erledigt
mailroom-later = nicht mehr so
mailroom-none-ticked = Keine Karte ist angekreuzt
mailroom-back = Zurück
mailroom-ask-post = { $count ->
    [one] 1 Karte zur Post geben?
   *[other] { $count } Karten zur Post geben?
  }
mailroom-ask-shelf = { $count ->
    [one] 1 Karte bereitlegen: { $house }?
   *[other] { $count } Karten bereitlegen: { $house }?
  }
mailroom-addresses = { $count ->
    [one] Sie gehen an 1 Anschrift.
   *[other] Sie gehen an { $count } Anschriften.
  }
mailroom-and-more = { $count ->
    [one] und 1 weitere
   *[other] und { $count } weitere
  }
mailroom-go-post-count = { $count ->
    [one] 1 Karte verschicken
   *[other] { $count } Karten verschicken
  }
mailroom-go-shelf-count = { $count ->
    [one] 1 Karte bereitlegen
   *[other] { $count } Karten bereitlegen
  }
mailroom-done-post = { $count ->
    [one] 1 Karte ist verschickt.
   *[other] { $count } Karten sind verschickt.
  }
mailroom-done-shelf = { $count ->
    [one] 1 Karte liegt bereit.
   *[other] { $count } Karten liegen bereit.
  }
mailroom-read-posted = Die Karte von { $name } ist verschickt.
mailroom-read-deposited = Die Karte von { $name } liegt bereit.
mailroom-read-returned = Die Karte von { $name } ist zurückgenommen.
mailroom-read-unknown = Keine Karte hat diesen Code oder diese Nummer. Lesen Sie noch einmal, oder tippen Sie die Nummer.
mailroom-read-posted-before = Die Karte von { $name } ist schon verschickt.
mailroom-read-deposited-before = Die Karte von { $name } liegt schon bereit.
mailroom-read-elsewhere = Die Karte von { $name } gehört nicht hierher: { $state }.
mailroom-read-other-house = Die Karte von { $name } gehört in ein anderes Haus: { $house }.
mailroom-read-is-post = Die Karte von { $name } wird verschickt. Legen Sie sie zur Post.
mailroom-read-is-pickup = Die Karte von { $name } wird abgeholt. Verschicken Sie sie nicht.
mailroom-read-is-counter = Die Karte von { $name } wird am Schalter ausgegeben. Legen Sie sie dorthin.
mailroom-no-house = Bitte wählen Sie das Haus.
mailroom-did-dispatched = verschickt
mailroom-did-deposited = bereitgelegt
mailroom-did-returned = zurückgenommen
mailroom-did-handed-over = übergeben
mailroom-did-printed = gedruckt
mailroom-did-spoiled = beschädigt
mailroom-did-made-ready = wieder bereitgemacht
mailroom-handover = Karte übergeben
mailroom-handover-lead = Lesen Sie die Karte. Name und Foto erscheinen zum Vergleichen.
mailroom-handover-go = Karte lesen
mailroom-read-a-card = Welche Karte?
mailroom-next-card = Eine andere Karte
mailroom-show-card = Karte zeigen
mailroom-compare = Vergleichen
mailroom-no-photo = Diese Karte hat kein Foto. Bitten Sie um einen Ausweis.
mailroom-valid-until = gültig bis { $day }
mailroom-lies-in = Liegt in { $place }
mailroom-picked-up-by = Abgeholt von
mailroom-picked-up-by-hint = Nur wenn es jemand anders ist.
mailroom-pickup-code = Abholcode
mailroom-pickup-code-hint = Wie er in der Nachricht an die Inhaberin oder den Inhaber steht.
mailroom-code-missing = Bitte geben Sie den Abholcode ein (4 bis 32 Buchstaben und Ziffern), oder sagen Sie, was gezeigt wurde.
mailroom-code-wrong = Das ist nicht der Abholcode dieser Karte.
mailroom-not-this-person = Nicht diese Person
mailroom-cannot-hand-over = Diese Karte kann jetzt nicht übergeben werden.
mailroom-handed-over = Die Karte von { $name } ist übergeben.
mailroom-reason-moved = Verzogen
mailroom-reason-unknown = Unter dieser Anschrift unbekannt
mailroom-reason-refused = Annahme verweigert
mailroom-reason-not-collected = Bei der Post nicht abgeholt
mailroom-reason-other = Etwas anderes
why-moved = verzogen
why-unknown = unter dieser Anschrift unbekannt
why-refused = Annahme verweigert
why-not-collected = bei der Post nicht abgeholt
why-other = etwas anderes
why-wrong-card = die falsche Karte
why-wrong-list = die falsche Liste
why-slip = ein Versehen
mailroom-made-ready = Die Karte von { $name } ist wieder versandbereit.
mailroom-way-title = Wie geht es mit der Karte von { $name } weiter?
mailroom-way-legend = Weg zur Inhaberin oder zum Inhaber
mailroom-way-mail = Per Post
mailroom-way-pickup = Bereitlegen: { $house }
mailroom-way-counter = Am Schalter ausgeben
mailroom-way-now = wie bisher
mailroom-way-keep = So lassen
mailroom-way-go = Weg ändern
mailroom-way-decided = Die Karte hat das Haus verlassen; ihr Weg steht fest.
mailroom-way-missing = Bitte wählen Sie einen Weg.
mailroom-way-no-address = Es gibt keine Anschrift, an die sie geschickt werden kann. Fragen Sie zuerst danach.
mailroom-way-refused = Die Jahreskarte lässt diese Änderung nicht zu. Sehen Sie auf ihrer Seite nach.
mailroom-moved-mail = Die Karte von { $name } wird nun verschickt.
mailroom-moved-pickup = Die Karte von { $name } wird nun bereitgelegt.
mailroom-moved-counter = Die Karte von { $name } wird nun am Schalter ausgegeben.
mailroom-undo-title = { $count ->
    [one] Diesen Schritt zurücknehmen?
   *[other] { $count } Schritte zurücknehmen?
  }
mailroom-undo-nothing = Es gibt nichts zurückzunehmen
mailroom-undo-nothing-lead = Es ist schon zurückgenommen, oder mit der Karte ist inzwischen etwas anderes geschehen.
mailroom-undo-late = Das ist mehr als 15 Minuten her. Es jetzt zurückzunehmen braucht ein besonderes Recht: Fragen Sie die Administration.
mailroom-undo-why = Warum?
mailroom-undo-wrong-card = Es war die falsche Karte
mailroom-undo-wrong-list = Es war die falsche Liste
mailroom-undo-slip = Es war ein Versehen
mailroom-undo-other = Etwas anderes
mailroom-undo-reason-missing = Bitte sagen Sie, warum es zurückgenommen wird.
mailroom-undo-not = So lassen
mailroom-undo-go = { $count ->
    [one] Zurücknehmen
   *[other] { $count } zurücknehmen
  }
mailroom-undone = { $name }: Der letzte Schritt ist zurückgenommen.
mailroom-undone-several = { $count } Schritte sind zurückgenommen.
problem-card-moved-on = Mit einer Karte ist inzwischen etwas anderes geschehen. Es wurde nichts geändert.
mailroom-read-in-box = Die Karte liegt in Kiste { $number } auf dem Weg in ein anderes Haus. Lesen Sie sie erst dort ein.
mailroom-proof = Was wurde gezeigt?
mailroom-proof-none = Nichts: es ist die Inhaberin oder der Inhaber selbst
mailroom-proof-written-authority = Schriftliche Vollmacht
mailroom-proof-holders-document = Ausweis der Inhaberin oder des Inhabers
mailroom-proof-guardian = Eltern oder Vormund
mailroom-proof-missing = Bitte sagen Sie, was gezeigt wurde, oder lassen Sie den Namen leer, wenn es die Inhaberin oder der Inhaber ist.
mailroom-deputy-reason = Warum jemand anderes (freiwillig)
mailroom-in-box = in Kiste { $number }
mailroom-same-address = Anschrift unverändert
mailroom-came-back-from-there = kam von dort zurück
mailroom-pickup-list = Abholliste zum Unterschreiben (PDF)
