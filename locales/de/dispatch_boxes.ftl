# Boxen zwischen Häusern, und die Listen zum Unterschreiben.

box-title = Boxen zwischen Häusern
box-all = Alle Boxen
box-none = Noch keine Box. Eine Box bringt Karten in das Haus, das sie ausgibt.
box-column-box = Box
box-column-cards = Karten
box-column-state = Stand
box-number = Box { $number }
box-new = Neue Box
box-to-house = Für welches Haus?
box-make = Box anlegen
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
    [one] 1 Karte ist in der Box.
   *[other] { $count } Karten sind in der Box.
  }
box-send = Box abschicken
box-close-lead = { $count ->
    [one] 1 Karte ist noch nicht gelesen. Sie fehlt, wenn Sie die Box abschließen.
   *[other] { $count } Karten sind noch nicht gelesen. Sie fehlen, wenn Sie die Box abschließen.
  }
box-close = Box abschließen
box-sent = Die Box ist unterwegs.
box-closed = { $count ->
    [0] Die Box ist ausgepackt.
    [1] Die Box ist abgeschlossen; 1 Karte fehlt.
   *[other] Die Box ist abgeschlossen; { $count } Karten fehlen.
  }
box-empty = Die Box ist leer. Lesen Sie zuerst eine Karte.
box-in-other = Diese Karte liegt in Box { $number }.
box-not-in-it = Diese Karte ist nicht in dieser Box.
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
pickup-list-counts = { $count } Karten, Stand { $moment }
