# Kisten zwischen Häusern, und die Listen zum Unterschreiben.

box-title = Kisten zwischen Häusern
box-all = Alle Kisten
box-none = Noch keine Kiste. Eine Kiste bringt Karten in das Haus, das sie ausgibt.
box-column-box = Kiste
box-column-cards = Karten
box-column-state = Stand
box-number = Kiste { $number }
box-new = Neue Kiste
box-to-house = Für welches Haus?
box-make = Kiste anlegen
box-state-open = wird gefüllt
box-state-sent = unterwegs
box-state-arrived = ausgepackt
box-state-missing = { $count ->
    [one] 1 Karte fehlt
   *[other] { $count } Karten fehlen
  }
box-nothing-in-it = Noch nichts darin. Lesen Sie die erste Karte.
box-has-left = entnommen
box-on-its-way = unterwegs
box-missing = fehlt
box-put-in = Karte hineinlegen
box-read-out = Karte herausnehmen
box-go-in = Hineinlegen
box-go-out = Bereitlegen
box-send-lead = { $count ->
    [one] 1 Karte ist in der Kiste.
   *[other] { $count } Karten sind in der Kiste.
  }
box-send = Kiste abschicken
box-close-lead = { $count ->
    [one] 1 Karte ist noch nicht gelesen. Sie fehlt, wenn Sie die Kiste abschließen.
   *[other] { $count } Karten sind noch nicht gelesen. Sie fehlen, wenn Sie die Kiste abschließen.
  }
box-close = Kiste abschließen
box-sent = Die Kiste ist unterwegs.
box-closed = { $count ->
    [0] Die Kiste ist ausgepackt.
    [1] Die Kiste ist abgeschlossen; 1 Karte fehlt.
   *[other] Die Kiste ist abgeschlossen; { $count } Karten fehlen.
  }
box-empty = Die Kiste ist leer. Lesen Sie zuerst eine Karte.
box-in-other = Diese Karte liegt in Kiste { $number }.
box-not-in-it = Diese Karte ist nicht in dieser Kiste.
sent-title = An einem Tag versandt
sent-on = Versandt am { $day }
sent-day = Tag
sent-show = Zeigen
sent-empty = An diesem Tag wurde nichts versandt.
sent-list = Einlieferungsliste (PDF)
sent-list-title = Einlieferungsliste vom { $day }
sent-list-counts = { $cards } Karten an { $addresses } Anschriften
sent-list-taken-over = Übernommen vom Versender: Datum, Name, Unterschrift
sent-column-time = Uhrzeit
sent-column-carrier = Versender
sent-column-tracking = Sendungsnummer
pickup-list-title = Karten zur Abholung: { $house }
pickup-list-counts = { $count ->
    [1] 1 Karte, Stand { $moment }
   *[other] { $count } Karten, Stand { $moment }
  }
