# Was um jede Seite herum steht.

skip-to-content = Zum Inhalt springen
choose-language = Sprache
choose-theme = Darstellung
theme-system = Wie das System
theme-light = Hell
theme-dark = Dunkel
help-at-the-desk = Fragen? Das Team am Schalter des Museums hilft Ihnen gern.
places = Arbeitsplätze
place-start = Heute
form-errors = Bitte prüfen Sie Ihre Angaben

help = Hilfe
help-lost-title = Link oder Karte verloren?
help-lost = Mit Ihrer Bestellnummer oder einem Ausweis kann Ihnen das Team am Schalter des Museums einen neuen Link schicken oder eine neue Karte ausstellen.
help-staff = Wer darf mehr als Sie? Die Administration des Museums. Sie findet unter derselben Nummer, die auf einer Fehlerseite steht, was geschehen ist.
help-scan-title = Scannen
help-scan = Scannen Sie Karte, Gutschein, Beleg oder Aktionscode auf jeder Seite, was immer Sie gerade tun: Die richtige Seite öffnet sich von selbst, und was Sie gerade schreiben, bleibt, wie es war.
keys = Tasten
keys-on = Zeichen wie / und ? und die Ziffern einer Seite wirken sofort. Wenn Sie mit Ihrem Rechner sprechen, möchten Sie das vielleicht abschalten.
keys-off = Zeichen und Ziffern bewirken nichts von selbst, die Funktionstasten schon.
keys-switch-off = Zeichen abschalten
keys-switch-on = Zeichen einschalten
key-lookup = In das Suchfeld
key-help = Diese Liste
key-escape = Schließen, was offen ist
close = Schließen
undo = Rückgängig machen
notice-close = Diese Meldung schließen
offline = Gerade gibt es keine Verbindung. Ihre Eingaben bleiben hier; senden Sie sie, sobald diese Meldung verschwunden ist.
online-again = Die Verbindung ist wieder da.
lookup = Scannen oder suchen
lookup-placeholder = Scannen oder suchen: Karte, Gutschein, Beleg, Aktionscode, Name
history = Verlauf
history-empty = Hier ist noch nichts geschehen.

place-box-office = Kasse
place-orders = Bestellungen
place-annual-tickets = Personalisierung
place-print = Druck
place-mailroom = Poststelle
place-campaigns = Aktionen
place-entry = Einlass
place-admin = Verwaltung

problem-other = Das ist im Augenblick nicht möglich. Bitte laden Sie die Seite neu und sehen Sie sich den jetzigen Stand an.

search = Suche
search-hint = Scannen Sie etwas, oder geben Sie einen Teil eines Namens, die Nummer einer Karte oder einer Bestellung ein.
search-for = Sie haben nach „{ $text }“ gesucht.
found-count = { $count ->
    [0] Nichts gefunden.
    [one] Ein Treffer.
   *[other] { $count } Treffer.
  }
found-nothing = Es gibt nichts dazu, was zu Ihren Aufgaben gehört.
found-exactly = Genau das
found-annual-tickets = Jahreskarten
found-cards = Karten nach Nummer
found-orders = Bestellungen der Kundschaft
found-nameless = Noch nicht personalisiert

welcome-title = Jahreskarten
welcome-holders = Um eine Jahreskarte auf Ihren Namen auszustellen, öffnen Sie bitte den persönlichen Link aus Ihrer Bestellung.
welcome-staff = Für das Team
welcome-staff-lead = Personalisierung, Druck, Versand und Einlass.
welcome-programs = Für Programme ist die Schnittstelle beschrieben unter

greeting = Guten Tag, { $name }
ways = Wohin
way-box-office = Karten und Gutscheine verkaufen, bar oder mit Karte.
way-orders = Nachsehen, was gekauft wurde, Zahlungen eintragen, stornieren.
way-campaigns = Angebote und ihre Codes.
way-entry = Karten am Eingang prüfen, sehen, wer kommt.
way-admin = Was verkauft wird, wer hier arbeitet, Geräte.
what-waits = Was auf Sie wartet
count-to-personalize = { $count ->
    [one] Jahreskarte wartet auf Namen und Foto
   *[other] Jahreskarten warten auf Namen und Foto
  }
count-photos-to-review = { $count ->
    [one] Foto wartet darauf, angesehen zu werden
   *[other] Fotos warten darauf, angesehen zu werden
  }
count-set-aside = { $count ->
    [one] Karte braucht vor dem Druck Ihre Aufmerksamkeit
   *[other] Karten brauchen vor dem Druck Ihre Aufmerksamkeit
  }
count-ready-to-print = { $count ->
    [one] Karte ist druckbereit
   *[other] Karten sind druckbereit
  }
count-in-print-run = { $count ->
    [one] Karte ist im Drucklauf
   *[other] Karten sind im Drucklauf
  }
count-to-issue = { $count ->
    [one] gedruckte Karte wartet am Schalter
   *[other] gedruckte Karten warten am Schalter
  }
count-to-post = { $count ->
    [one] Karte zu versenden
   *[other] Karten zu versenden
  }
count-to-lay-ready = { $count ->
    [one] Karte zu hinterlegen
   *[other] Karten zu hinterlegen
  }
count-to-collect = { $count ->
    [one] Karte liegt zur Abholung bereit
   *[other] Karten liegen zur Abholung bereit
  }
count-returned = { $count ->
    [one] Karte kam mit der Post zurück
   *[other] Karten kamen mit der Post zurück
  }

error-not-found-title = Hier ist nichts
error-not-found-next = Vielleicht ist die Adresse vertippt oder veraltet. Gehen Sie zurück oder beginnen Sie neu auf der Startseite.
error-forbidden-title = Das gehört nicht zu Ihren Aufgaben
error-forbidden-next = Ihr Konto darf diese Seite nicht öffnen. Die Administration kann das ändern.
error-signed-out-title = Ihre Anmeldung ist abgelaufen
error-signed-out-next = Es wurde nichts gespeichert, und nichts ist verloren: Melden Sie sich in einem neuen Tab wieder an, kehren Sie hierher zurück, gehen Sie eine Seite zurück und senden Sie das Formular noch einmal.
error-elsewhere-title = Dieses Formular kam von einer anderen Seite
error-elsewhere-next = Zu Ihrem Schutz wurde es nicht ausgeführt. Öffnen Sie die Seite hier und versuchen Sie es noch einmal.
error-too-large-title = Das war zu groß
error-too-large-next = Es wurde nichts gespeichert. Wählen Sie eine kleinere Datei und versuchen Sie es noch einmal.
error-busy-title = Einen Moment, bitte
error-busy-next = Gerade ist sehr viel los. Es wurde nichts geändert. Bitte versuchen Sie es gleich noch einmal.
error-request-title = Das ließ sich nicht ausführen
error-request-next = Es wurde nichts geändert. Gehen Sie zurück, laden Sie die Seite neu und versuchen Sie es noch einmal.
error-server-title = Bei uns ist etwas schiefgegangen
error-server-next = Es wurde nichts geändert. Bitte versuchen Sie es noch einmal; wenn es wieder geschieht, nennen Sie der Administration die Nummer unten.
operation-id = Nummer dieser Antwort:

date-in-words = { $day }. { $month } { $year }
moment = { $date }, { $time }
time-of-day = { $hour }:{ $minute } Uhr
weekday-and-date = { $weekday }, { $date }
month-1 = Januar
month-2 = Februar
month-3 = März
month-4 = April
month-5 = Mai
month-6 = Juni
month-7 = Juli
month-8 = August
month-9 = September
month-10 = Oktober
month-11 = November
month-12 = Dezember
weekday-1 = Montag
weekday-2 = Dienstag
weekday-3 = Mittwoch
weekday-4 = Donnerstag
weekday-5 = Freitag
weekday-6 = Samstag
weekday-7 = Sonntag
