# Die Druckschlange, Druckläufe und das Prüfen der Karten.

print-title = Druck
print-parts = Karten nach ihrem Stand
print-part-ready-to-print = druckbereit
print-part-in-print-run = im Drucklauf
print-part-to-check = zu prüfen
print-part-ready-for-dispatch = versandbereit
print-part-set-aside = zurückgestellt
print-part-waiting-for-layout = warten auf ein Layout
print-differs = Karte weicht ab

print-filter = Liste eingrenzen
print-filter-text = Name oder Nummer
print-filter-house = Abholung in
print-filter-age = Fertiggestellt
print-age = { $days ->
    [one] vor mehr als einem Tag
   *[other] vor mehr als { $days } Tagen
  }
print-filter-apply = Anzeigen
print-any = Alle
print-sort = Reihenfolge
print-sort-waiting = Am längsten wartend zuerst
print-sort-newest = Neueste zuerst
print-sort-name = Nach Namen
print-sort-number = Nach Nummern
print-total = { $count ->
    [one] 1 Karte
   *[other] { $count } Karten
  }
print-export = Als CSV speichern
print-tick = Auswählen
print-column-portrait = Bild
print-column-card = Karte
print-column-number = Kartennummer
print-column-holder = Inhaberin oder Inhaber
print-column-product = Produkt
print-column-way = Weg
print-column-since = Seit
print-column-state = Zustand
print-since = seit { $day }
print-way-mail = Per Post
print-way-pickup = Abholung
print-way-counter = Schalter
print-next-page = Nächste Seite
print-prepare-again = Erneut versuchen
print-prepared-again = Die Karte von { $name } wurde erneut versucht.

print-empty-filtered = Zu dieser Auswahl passt keine Karte. Mit „Alle“ sehen Sie mehr.
print-empty-ready-to-print = Nichts wartet auf den Druck. Eine Karte erscheint hier, sobald Angaben und Foto vollständig sind.
print-empty-in-print-run = Gerade wird kein Drucklauf vorbereitet.
print-empty-to-check = Keine gedruckte Karte wartet auf die Prüfung.
print-empty-ready-for-dispatch = Keine gedruckte Karte wartet auf den Versand.
print-empty-set-aside = Keine Karte ist zurückgestellt. Alles lässt sich drucken.
print-empty-waiting-for-layout = Jedes Produkt hat ein vereinbartes Layout.

print-aside-missing-glyph-what = Zeichen fehlt
print-aside-missing-glyph-next = Der Name enthält ein Zeichen, das keine Schrift des Layouts zeigt. Schreiben Sie es auf der Seite der Karte mit anderen Buchstaben, oder vereinbaren Sie ein Layout mit anderer Schrift.
print-aside-text-too-long-what = Text zu lang
print-aside-text-too-long-next = Der Name passt auch in den kleinsten Buchstaben nicht. Kürzen Sie ihn auf der Seite der Karte.
print-aside-photo-missing-what = Foto fehlt
print-aside-photo-missing-next = Das gespeicherte Foto ist nicht zu finden. Nehmen Sie auf der Seite der Karte ein neues auf.
print-aside-photo-review-what = Foto noch nicht angenommen
print-aside-photo-review-next = Sehen Sie sich das Foto unter „Personalisierung“ an, oder warten Sie auf das neue, um das gebeten wurde.
print-aside-photo-unreadable-what = Foto nicht lesbar
print-aside-photo-unreadable-next = Das Foto lässt sich nicht drucken. Nehmen Sie auf der Seite der Karte ein neues auf.
print-aside-photo-too-small-what = Foto zu klein
print-aside-photo-too-small-next = Das Foto hat zu wenige Bildpunkte für einen guten Druck. Nehmen Sie auf der Seite der Karte ein neues auf.
print-aside-test-order-what = Testbuchung
print-aside-test-order-next = Diese Karte ließe sich drucken. Sie gehört zu einer Testbuchung und wird es deshalb nicht; kein Einlass nimmt sie an.
print-aside-code-unwritable-what = Code nicht darstellbar
print-aside-code-unwritable-next = Das Layout verlangt eine Art von Code, die diese Karte nicht haben kann. Sagen Sie der Administration Bescheid.
print-aside-code-too-large-what = Code zu groß
print-aside-code-too-large-next = Das Layout lässt zu wenig Platz für den Code. Sagen Sie der Administration Bescheid.
print-aside-print-data-damaged-what = Druckdaten beschädigt
print-aside-print-data-damaged-next = Was für diese Karte gespeichert war, ist beschädigt. Versuchen Sie es erneut; hilft das nicht, nehmen Sie ein neues Foto auf.
print-aside-other-what = Nicht druckbar
print-aside-other-next = Sehen Sie auf der Seite der Karte nach, beheben Sie den Fehler, und versuchen Sie es erneut.

print-new-run = Neuer Drucklauf
print-new-run-all = { $count ->
    [one] 1 Karte ist druckbereit. Kreuzen Sie Karten in der Liste an, um nur diese zu drucken.
   *[other] { $count } Karten sind druckbereit. Kreuzen Sie Karten in der Liste an, um nur diese zu drucken.
  }
print-new-run-ticked = angekreuzt
print-new-run-max = Höchstens
print-new-run-go = Drucken …
print-new-run-nothing = Zu dieser Auswahl passt keine Karte mehr.
print-read-each = Den Lauf erst schließen, wenn jede Karte zurückgelesen ist
print-read-each-note = Dieser Lauf schließt, wenn jede gedruckte Karte zurückgelesen ist.
print-new-run-question = { $count ->
    [one] Drucklauf mit 1 Karte beginnen?
   *[other] Drucklauf mit { $count } Karten beginnen?
  }
print-new-run-lead = Die Karten werden im Lauf festgehalten, damit niemand sie ein zweites Mal druckt.
print-new-run-set-aside = { $count ->
    [one] 1 Karte ist zurückgestellt und wird nicht gedruckt.
   *[other] { $count } Karten sind zurückgestellt und werden nicht gedruckt.
  }
print-new-run-start = { $count ->
    [one] Mit 1 Karte beginnen
   *[other] Mit { $count } Karten beginnen
  }
print-show-them = Ansehen
print-not-now = Jetzt nicht
print-back-to-queue = Zur Druckschlange
print-front-of = Vorderseite der Karte von { $name }
print-run-started = { $count ->
    [one] Drucklauf { $name } mit 1 Karte ist begonnen.
   *[other] Drucklauf { $name } mit { $count } Karten ist begonnen.
  }

print-runs-title = Druckläufe
print-runs-empty = Es wurde noch nichts gedruckt. Beginnen Sie den ersten Lauf in der Druckschlange.
print-run = Lauf
print-run-title = Drucklauf { $number }
print-run-begun = Begonnen
print-run-cards = { $count ->
    [one] 1 Karte
   *[other] { $count } Karten
  }
print-cards = Karten
print-printed = Gedruckt
print-spoiled = Beschädigt
print-run-preparing = Dateien entstehen
print-run-open = zu prüfen
print-run-closed = abgeschlossen
print-run-cancelled = abgebrochen
print-run-to-check = { $count ->
    [one] 1 Karte wartet auf die Prüfung.
   *[other] { $count } Karten warten auf die Prüfung.
  }
print-of = { $done } von { $all }
print-progress = Dateien entstehen
print-joining = { $done } von { $all } Karten sind im Lauf
print-rate = { $rate } Karten je Sekunde
print-secs-left = noch etwa { $secs } s
print-mins-left = noch etwa { $mins } min
print-left-unknown = eben begonnen
print-files = Dateien
print-files-lead = Drucken Sie eine Datei, und prüfen Sie dann die Karten.
print-file-cards-pdf = für den Kartendrucker: Vorder- und Rückseite jeder Karte
print-file-sheets-pdf = auf A4, zehn Karten je Bogen
print-file-letters-pdf = Briefe für die Karten, die verschickt werden
print-file-manifest-csv = eine Zeile je Karte
print-file-manifest-xlsx = dasselbe als Arbeitsmappe
print-file-photos-zip = die Bilder, nach Kartennummern benannt
print-part-from = Von Karte
print-part-to = bis Karte
print-part-again = Nur diese Karten
print-no-printer = Kein Kartendrucker ist angeschlossen. Drucken Sie cards.pdf auf Ihrem Kartendrucker, und prüfen Sie dann die Karten.
print-run-faces = Karten dieses Laufs
print-outcome = Bisher
print-outcome-pending = ungeprüft
print-outcome-printed = gedruckt
print-outcome-spoiled = beschädigt
print-outcome-withdrawn = herausgenommen
print-outcome-unread = noch zu lesen
print-blanks = Verbrauchte Rohlinge
print-outcome-read = mit Scanner gelesen
print-read = gelesen
print-run-stop = Lauf abbrechen …
print-stop-question = Drucklauf { $number } abbrechen?
print-stop-lead = { $count ->
    [one] 1 Karte kommt zurück in die Druckschlange. Ist sie schon gedruckt, vernichten Sie das Plastik.
   *[other] { $count } Karten kommen zurück in die Druckschlange. Sind welche schon gedruckt, vernichten Sie das Plastik.
  }
print-stop-printed = { $count ->
    [one] 1 Karte, die schon als gedruckt bestätigt ist, bleibt, wie sie ist.
   *[other] { $count } Karten, die schon als gedruckt bestätigt sind, bleiben, wie sie sind.
  }
print-stop-not = Weiterdrucken
print-stop-go = { $count ->
    [one] 1 Karte zurück in die Druckschlange
   *[other] { $count } Karten zurück in die Druckschlange
  }
print-stop-nothing = Alle Karten dieses Laufs sind schon geprüft.
print-run-cancelled-note = { $count ->
    [one] Drucklauf { $name } ist abgebrochen. 1 Karte ist wieder in der Druckschlange.
   *[other] Drucklauf { $name } ist abgebrochen. { $count } Karten sind wieder in der Druckschlange.
  }

print-check = Karten prüfen
print-check-lead = Markieren Sie, was beschädigt ist. Alles andere wird versandbereit.
print-now-title = Karte drucken und übergeben
print-now-by-hand = Es ist kein Kartendrucker angeschlossen. Sie bekommen die Datei und drucken sie selbst.
print-now-file = Ohne Drucker: die Datei selbst drucken
print-now-house = Der Browser merkt sich, in welchem Haus dieser Schalter steht: in dem des gewählten Druckers.
print-now-other = Anders drucken
print-now-started = Die Karte wird gedruckt.
print-now-printer-in-use = Der Drucker arbeitet gerade an etwas anderem. Warten Sie einen Moment, oder wählen Sie einen anderen.
print-now-look = Ist die Karte gut geworden?
print-now-good = Gut gedruckt
print-now-reason = Wenn nicht: was ist passiert?
print-now-open-file = Datei für den Kartendrucker öffnen
print-now-spoiled = Misslungen
print-check-legend = { $count ->
    [one] 1 Karte
   *[other] { $count } Karten
  }
print-check-done = Alle Karten dieses Laufs sind geprüft.
print-check-more = Danach folgen weitere Karten.
print-check-go = { $count ->
    [one] 1 Karte als gedruckt bestätigen
   *[other] { $count } Karten als gedruckt bestätigen
  }
print-check-go-some = #1 als gedruckt bestätigen, #2 beschädigte zurück
print-checked-all = { $count ->
    [one] 1 Karte ist versandbereit.
   *[other] { $count } Karten sind versandbereit.
  }
print-checked = Versandbereit: { $count }. Zurück in der Druckschlange: { $name }.
print-damaged = beschädigt
print-reason = Was ist mit den beschädigten geschehen?
print-spoil-smudged = Verwischt oder streifig
print-spoil-misprint = Fehldruck oder verschoben
print-spoil-scratched = Zerkratzt oder geknickt
print-spoil-jam = Im Drucker stecken geblieben
print-spoil-other = Etwas anderes
print-reason-other = Was sonst?
print-reason-missing = Bitte sagen Sie, was mit den beschädigten Karten geschehen ist.
print-scan-back = Mit dem Scanner lesen
print-scan-back-lead = Lesen Sie jede gedruckte Karte: Dann ist sie nachgewiesen und bestätigt.
print-scan-field = Code oder Nummer der Karte
print-scan-go = Lesen
print-read-good = { $number } ist da: Karte { $position } dieses Laufs.
print-read-twice = { $number } wurde schon gelesen. Liegt sie doppelt da?
print-read-order = Karte { $position } kam nach Karte { $last }: Der Stapel ist nicht in der richtigen Reihenfolge.
print-read-foreign = Diese Karte gehört nicht zu diesem Lauf. Legen Sie sie beiseite.
print-read-spoiled = Diese Karte ist als beschädigt gemeldet. Vernichten Sie sie.
print-read-void = Diese Karte gilt nicht mehr. Vernichten Sie sie.
print-check-unread = { $count ->
    [one] 1 gedruckte Karte ist noch nicht zurückgelesen.
   *[other] { $count } gedruckte Karten sind noch nicht zurückgelesen.
  }
print-skipped = Noch nicht gelesen, spätere aber schon:

problem-nothing-to-print = Aus dieser Auswahl ist keine Karte mehr druckbereit.
problem-card-taken = Eine der Karten ist nicht mehr druckbereit: Jemand war schneller. Es wurde nichts begonnen.
problem-not-in-run = Eine der Karten gehört nicht zu diesem Lauf. Es wurde nichts geändert.
problem-already-checked = Eine dieser Karten wurde inzwischen geprüft. Es wurde nichts geändert; die Liste zeigt, was übrig ist.

why-smudged = verwischt oder streifig
why-misprint = Fehldruck oder verschoben
why-scratched = zerkratzt oder geknickt
why-jam = im Drucker stecken geblieben
layout-uploaded = { $name } liegt als Entwurf bereit.
layout-was-proposed = { $name } ist vorgeschlagen. Der Korrekturabzug liegt bei.
layout-was-agreed = { $name } ist vereinbart. Karten, die darauf gewartet haben, gehen weiter.
layout-was-retired = { $name } ist abgelöst.
layout-upload = Layout hochladen
layout-upload-lead = Ein neues Layout oder eine geänderte Fassung beginnt als Entwurf. Vereinbarte Fassungen ändern sich nie.
layout-file = Layoutdatei
layout-file-hint = Eine TOML-Datei allein oder ein ZIP-Archiv mit layout.toml, Bildern und Schriften, bis 16 MB.
layout-shipped = Oder ein mitgeliefertes Layout
layout-shipped-none = keines
layout-shipped-mat = Mat: Portrait im Passepartout
layout-shipped-salon = Salon: Schrift ohne Portrait
layout-shipped-stele = Stele: hochkant, Portrait im Stein
layout-upload-do = Als Entwurf ablegen
layout-wrong-layout-unreadable = Die Datei ist weder eine Layoutdatei noch ein ZIP-Archiv. Bitte wählen Sie eine andere.
layout-wrong-layout-missing = Im Archiv fehlt die Datei layout.toml.
layout-wrong-layout-too-large = Das Archiv hat zu viele oder zu große Dateien. Erlaubt sind 64 Dateien und 48 MB.
layout-wrong-findings = Die Layoutdatei lässt sich so nicht lesen. Was daran nicht stimmt, steht darunter mit Zeile und Spalte.
layout-wrong-version-taken = Diese Fassung ist vereinbart und ändert sich nicht mehr. Bitte erhöhen Sie „version“ in der Datei.
layout-wrong-changed = Das Layout wurde inzwischen geändert. Bitte sehen Sie es sich noch einmal an.
layout-wrong-name = Bitte nennen Sie, wer zustimmt.
layout-place = Zeile { $line }, Spalte { $column }
layout-looks = So sieht es aus
layout-front = Vorderseite
layout-back = Rückseite
layout-front-alt = Vorderseite der Karte in diesem Layout
layout-back-alt = Rückseite der Karte in diesem Layout
layout-case = Beispiel
layout-holder = oder Kartennummer
layout-show = Zeigen
layout-findings = Befunde
layout-no-findings = keine Befunde
layout-findings-count = { $count ->
    [one] Ein Befund steht dem Vorschlag im Weg.
   *[other] { $count } Befunde stehen dem Vorschlag im Weg.
  }
layout-changes = Änderungen seit Fassung { $version }
layout-no-changes = Keine Zeile ist anders.
layout-line-new = neu:
layout-line-gone = entfallen:
layout-source = Die Layoutdatei
layout-next = Nächster Schritt
layout-proof = Korrekturabzug (PDF)
layout-download = Layoutdatei herunterladen
layout-propose-lead = Alle Regeln sind eingehalten. Mit dem Vorschlag entsteht der Korrekturabzug, dem zugestimmt wird.
layout-mend-lead = Bitte beheben Sie die Befunde und laden Sie die Datei noch einmal hoch.
layout-propose = Vorschlagen
layout-agree-lead = Bitte sehen Sie sich den Korrekturabzug an. Mit der Zustimmung ändert sich diese Fassung nie mehr, und neue Karten entstehen nach ihr.
layout-by = Wer stimmt zu?
layout-agree = Zustimmen
layout-retire-lead = Neue Karten entstehen nach dieser Fassung. Abgelöst wird sie nicht mehr verwendet; gedruckte Karten bleiben gültig.
layout-retire = Ablösen
layout-versions = Fassungen
layout-finding-syntax = Die Datei ist kein gültiges TOML
layout-finding-missing-key = Eine Angabe fehlt
layout-finding-wrong-type = Die Angabe hat die falsche Art
layout-finding-out-of-range = Der Wert liegt außerhalb des Erlaubten
layout-finding-unknown-key = Diese Angabe ist nicht bekannt
layout-finding-unknown-value = Dieser Wert ist nicht bekannt
layout-finding-unsupported-schema = Diese Fassung des Dateiformats ist nicht bekannt
layout-finding-bad-id = Die Kennung hat nicht erlaubte Zeichen
layout-finding-not-agreed = Eine Vereinbarung steht nur in einem vereinbarten Layout
layout-finding-agreement-hash-mismatch = Der Inhalt ist nicht der vereinbarte
layout-finding-asset-missing = Eine Datei fehlt
layout-finding-asset-hash-mismatch = Eine Datei ist nicht die angegebene
layout-finding-asset-unreadable = Ein Bild lässt sich nicht lesen
layout-finding-unknown-font = Diese Schrift ist nicht erklärt
layout-finding-unknown-color = Diese Farbe ist nicht erklärt
layout-finding-unknown-asset = Dieses Bild ist nicht erklärt
layout-finding-unknown-variable = Diese Variable gibt es nicht
layout-finding-bad-condition = Die Bedingung lässt sich nicht lesen
layout-finding-bad-path = Der Umriss lässt sich nicht lesen
layout-finding-too-deep = Gruppen sind zu tief geschachtelt
layout-finding-black-not-pure = Schwarz muss reines Schwarz sein
layout-finding-outside-bleed = Es ragt über den Beschnitt hinaus
layout-finding-outside-safe-area = Es liegt zu nah am Rand
layout-finding-module-too-small = Der Code wird zu fein zum Lesen
layout-finding-image-too-small = Das Bild hat zu wenige Pixel
layout-finding-font-missing = Die Schrift ist nicht installiert
layout-finding-font-unreadable = Die Schriftdatei lässt sich nicht lesen
layout-finding-longest-does-not-fit = Der längste Fall passt nicht
layout-finding-missing-glyph = Keine Schrift zeigt dieses Zeichen
layout-finding-never-holds = Die Bedingung trifft nie zu
layout-finding-always-holds = Die Bedingung trifft immer zu
layout-finding-code-unwritable = Diese Art von Code kann den Inhalt nicht tragen
layout-finding-code-too-large = Der Code braucht mehr Platz
layout-finding-photo-too-small = Das Beispielportrait ist zu klein für seinen Platz
layout-finding-stands-alone = Ein Layout steht für sich; „parent“ gibt es nicht
layout-finding-no-pdf = Ein PDF wird nicht angenommen: die Seite als PNG oder JPEG sichern
print-file-package-zip = für eine Druckerei: Listen, Portraits, Abzug, Prüfsummen
print-file-sheets-bleed-pdf = auf A4 mit Beschnitt, acht Karten je Bogen
