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

welcome-title = Jahreskarten
welcome-holders = Um eine Jahreskarte auf Ihren Namen auszustellen, öffnen Sie bitte den persönlichen Link aus Ihrer Bestellung.
welcome-staff = Für das Team
welcome-staff-lead = Personalisierung, Druck, Versand und Einlass.
welcome-programs = Für Programme ist die Schnittstelle beschrieben unter

greeting = Guten Tag, { $name }
what-waits = Was auf Sie wartet
nothing-counted = Für Ihre Aufgaben wird noch nichts gezählt.
count-to-personalize = { $count ->
    [one] Jahreskarte wartet auf Namen und Foto
   *[other] Jahreskarten warten auf Namen und Foto
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
