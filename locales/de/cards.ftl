# Die eigene Seite der Inhaberin oder des Inhabers.

your-annual-ticket = Ihre Jahreskarte
whose-card = Für wen ist die Karte?
whose-card-hint = Der Name steht auf der Karte. Einer der beiden Teile genügt.
holder-name = Name auf der Karte
given-name = Vorname
family-name = Nachname
birth-date = Geburtsdatum
starts-on = Erster Tag
photo = Passfoto
photo-choose = Bild auswählen
photo-of = Foto von { $name }
photo-rule-face = Eine Person, Gesicht von vorn, nichts davor
photo-rule-light = Hell und scharf, vor ruhigem Hintergrund
photo-rule-file = JPEG, PNG oder WebP, höchstens 15 MB; wir schneiden es passend zu
delivery = Wie kommt die Karte zu Ihnen?
delivery-way = Ausgabe
delivery-mail = Mit der Post
delivery-mail-hint = An die Adresse unten
delivery-pickup = Abholen: { $house }
delivery-pickup-in = Sie holen sie ab: { $house }
delivery-counter = Am Schalter des Museums
address = Adresse
address-hint = Nur nötig, wenn wir Ihnen die Karte schicken.
street = Straße und Hausnummer
address-extra = Zusatz (freiwillig)
postal-code = Postleitzahl
city = Ort
country = Land
save-and-check = Speichern und prüfen
nothing-final-yet = Noch ist nichts endgültig: Auf der nächsten Seite sehen Sie alles noch einmal.

name-missing = Bitte geben Sie einen Namen ein.
name-too-long = Dieser Name ist zu lang: höchstens 200 Zeichen.
birth-date-missing = Bitte geben Sie das Geburtsdatum an.
birth-date-in-the-future = Dieses Geburtsdatum liegt in der Zukunft.
birth-date-too-early = Dieses Geburtsdatum liegt zu weit zurück.
date-unreadable = Dieses Datum ist nicht lesbar. Bitte schreiben Sie Jahr-Monat-Tag, zum Beispiel 1990-05-31.
start-outside = Der erste Tag muss zwischen dem { $earliest } und dem { $latest } liegen.
start-refused = Dieser erste Tag ist nicht möglich. Bitte wählen Sie einen anderen.
delivery-missing = Bitte wählen Sie, wie die Karte ausgegeben wird.
street-missing = Bitte geben Sie Straße und Hausnummer ein.
postal-code-missing = Bitte geben Sie die Postleitzahl ein.
postal-code-wrong = Diese Postleitzahl passt nicht zum Land. Sie sieht dort so aus: { $example }.
city-missing = Bitte geben Sie den Ort ein.
country-missing = Bitte wählen Sie das Land.
address-too-long = Das ist zu lang für ein Etikett: höchstens 100 Zeichen je Zeile, 16 für die Postleitzahl.
photo-missing = Bitte wählen Sie ein Foto aus.
photo-why-face-too-small = Das Gesicht ist zu klein oder nicht ganz zu sehen.
photo-why-face-covered = Das Gesicht ist verdeckt oder abgewandt, zum Beispiel durch eine Sonnenbrille.
photo-why-bad-light = Das Foto ist zu dunkel oder zu hell.
photo-why-blurred = Das Foto ist unscharf.
photo-why-several-people = Auf dem Foto sind mehrere Personen.
photo-why-no-portrait = Das Foto zeigt keine Person, oder es ist ein Bild von einem Bild.
photo-again-title = Bitte wählen Sie ein anderes Foto
photo-again-send = Foto senden
photo-is-looked-at = Wir sehen uns Ihr Foto noch an. Danach wird Ihre Karte gedruckt.
own-photo-title = Es fehlt nur noch Ihr Foto
own-photo-known = Das wissen wir schon
own-photo-change = Etwas davon ändern
photo-too-large = Diese Datei ist zu groß: höchstens 15 MB. Bitte wählen Sie eine kleinere.
photo-too-many-pixels = Dieses Bild hat mehr als 20 Megapixel. Bitte wählen Sie ein kleineres, oder nehmen Sie das Foto auf dieser Seite auf.
photo-too-small = Dieses Bild ist zu klein für den Druck: Zugeschnitten ist es { $width } Pixel breit, nötig sind 189. Bitte wählen Sie ein größeres.
photo-empty = Diese Datei ist leer. Bitte wählen Sie eine andere.
photo-heic = Das ist eine HEIC-Datei, wie iPhones sie aufnehmen. Nehmen Sie das Foto auf dieser Seite auf, oder speichern Sie es als JPEG.
photo-other-format = Dateien der Art { $format } lassen sich nicht drucken. Bitte speichern Sie das Bild als JPEG oder PNG und wählen Sie es noch einmal aus.
photo-moving = Dieses Bild bewegt sich. Bitte wählen Sie ein einzelnes Foto.
photo-damaged = Diese Datei ist beschädigt oder nicht vollständig. Bitte wählen Sie sie noch einmal aus, oder nehmen Sie ein anderes Foto.
photo-unreadable = Diese Datei lässt sich nicht als Bild lesen. Bitte speichern Sie sie als JPEG oder PNG und wählen Sie sie noch einmal aus.
photo-take = Foto aufnehmen
photo-webcam = Mit der Kamera aufnehmen
photo-good = Das Foto ist gut.
photo-busy = Das Foto wird geprüft …
photo-done = Das Foto ist gespeichert.
photo-failed = Das Foto kam nicht an. Bitte prüfen Sie die Verbindung und versuchen Sie es noch einmal.
photo-camera-denied = Die Kamera ist nicht erreichbar. Erlauben Sie sie im Browser, oder wählen Sie eine Datei.
photo-camera-picture = Bild der Kamera
photo-shoot = Auslösen
photo-cancel = Abbrechen
photo-again = Anderes Bild
photo-use = Dieses Foto verwenden
photo-crop = Ausschnitt des Fotos
photo-crop-help = Schieben Sie das Gesicht in die Mitte: mit dem Finger, der Maus oder den Pfeiltasten. Plus und Minus ändern die Größe, R dreht, die Eingabetaste übernimmt.
photo-nearer = Näher
photo-farther = Weiter weg
photo-turn = Nach rechts drehen
photo-left = Ausschnitt nach links
photo-right = Ausschnitt nach rechts
photo-up = Ausschnitt nach oben
photo-down = Ausschnitt nach unten

preview = Vorschau
preview-alt = Vorschau: die Vorderseite der Karte, wie sie gedruckt wird
card-picture = Die Karte von { $name }
preview-note = So wird die Karte gedruckt. Code und Nummer kommen auf die Rückseite.
preview-failed = Die Vorschau ist gerade nicht möglich.
preview-no-layout = Für dieses Produkt ist noch kein Layout vereinbart. Die Karte wird hergestellt, sobald es so weit ist.
preview-missing-glyph = Ein Zeichen des Namens gibt es in der Schrift der Karte nicht. Bitte schreiben Sie den Namen mit anderen Zeichen.
preview-photo-review = Die Karte wird gedruckt, sobald ihr Foto angenommen ist.
preview-text-too-long = Der Name ist zu lang für die Karte. Bitte kürzen Sie ihn.
preview-photo-too-small = Das Foto hat zu wenige Pixel für die Karte. Bitte wählen Sie ein größeres.

all-right = Stimmt alles?
all-right-lead = Genau so stellen wir die Karte her. Danach sind Änderungen nur noch am Schalter des Museums möglich.
changed-meanwhile = In der Zwischenzeit wurde etwas geändert. Bitte sehen Sie sich alles noch einmal an.
no-change = Nein, etwas ändern
yes-make-card = Ja, Karte herstellen
finding-aspect = Das Foto hatte ein anderes Format, darum wurde viel abgeschnitten. Ist das ganze Gesicht zu sehen?
finding-low-resolution = Das Foto hat wenige Pixel und wirkt im Druck vielleicht weich.
finding-dark = Das Foto ist zu dunkel: Das Gesicht wird im Druck schlecht zu erkennen sein. Bitte nehmen Sie es bei mehr Licht noch einmal auf.
finding-bright = Das Foto ist zu hell: Im Gesicht fehlen die Einzelheiten. Bitte nehmen Sie es ohne Blitz oder Gegenlicht noch einmal auf.
finding-blurred = Das Foto ist unscharf. Bitte nehmen Sie es noch einmal mit ruhiger Hand auf.

validity = Gültig
valid-from-until = Vom { $from } bis zum { $until }
valid-from-first-entry = Ab Ihrem ersten Besuch, spätestens ab dem { $latest }
valid-later = Die Daten stehen fest, sobald alles vollständig ist.
when-and-where = Wann und wo Sie eintreten dürfen
from = ab
until = bis
opens = So oft Sie möchten, hier:

status-unpaid = Ihre Bestellung ist noch nicht bezahlt. Wir stellen die Karte her, sobald die Zahlung da ist.
status-blocked = Diese Jahreskarte ist gesperrt. Bitte fragen Sie am Schalter des Museums.
status-cancelled = Diese Jahreskarte wurde storniert. Sie gilt nicht mehr.
status-expired = Diese Jahreskarte ist abgelaufen. Verlängern Sie sie am Schalter; Ihre Karte bleibt dieselbe.

your-card = Ihre Karte
card-preparing = Ihre Karte wird hergestellt.
card-printed-mail = Ihre Karte ist gedruckt und geht bald in die Post.
card-printed-pickup = Ihre Karte ist gedruckt und liegt bald bereit: { $house }.
card-travels = Ihre Karte ist gedruckt und seit dem { $day } unterwegs an ihren Abholort: { $house }.
card-printed-counter = Ihre Karte ist gedruckt und wartet am Schalter auf Sie.
card-dispatched = Ihre Karte ist unterwegs: zur Post gegeben am { $day }.
card-deposited = Ihre Karte liegt für Sie bereit: { $house }.
card-handed-over = Sie haben Ihre Karte. Wir wünschen viel Freude.
card-returned = Ihre Karte kam mit der Post zurück. Bitte nennen Sie uns am Schalter Ihre jetzige Adresse.
card-void = Diese Karte gilt nicht mehr.
consignment = Sendung:
number-of-card = Kartennummer
stage-personal = Name und Foto
stage-printed = Gedruckt
stage-posted = In der Post
stage-laid-ready = Bereitgelegt
stage-at-counter = Am Schalter
stage-in-hand = Bei Ihnen
stage-done = (erledigt)
change-at-desk = Stimmt etwas nicht? Das Team am Schalter des Museums kann es noch ändern.

link-unknown = Dieser Link führt nirgendwohin
link-unknown-next = Vielleicht ist er unvollständig oder wurde durch einen neueren ersetzt. Bitte öffnen Sie den Link aus Ihrer letzten Nachricht noch einmal oder fragen Sie am Schalter des Museums.

country-at = Österreich
country-au = Australien
country-be = Belgien
country-bg = Bulgarien
country-ca = Kanada
country-ch = Schweiz
country-cn = China
country-cy = Zypern
country-cz = Tschechien
country-de = Deutschland
country-dk = Dänemark
country-ee = Estland
country-es = Spanien
country-fi = Finnland
country-fr = Frankreich
country-gb = Vereinigtes Königreich
country-gr = Griechenland
country-hr = Kroatien
country-hu = Ungarn
country-ie = Irland
country-is = Island
country-it = Italien
country-jp = Japan
country-li = Liechtenstein
country-lt = Litauen
country-lu = Luxemburg
country-lv = Lettland
country-mt = Malta
country-nl = Niederlande
country-no = Norwegen
country-nz = Neuseeland
country-pl = Polen
country-pt = Portugal
country-ro = Rumänien
country-se = Schweden
country-si = Slowenien
country-sk = Slowakei
country-tr = Türkei
country-ua = Ukraine
country-us = Vereinigte Staaten

# Die Zustände, in Worten.

card-state-preparing = wird vorbereitet
card-state-waiting-for-layout = wartet auf ein Layout
card-state-set-aside = zurückgestellt
card-state-ready-to-print = druckbereit
card-state-in-print-run = im Drucklauf
card-state-ready-for-dispatch = gedruckt
card-state-dispatched = verschickt
card-state-deposited = liegt bereit
card-state-handed-over = übergeben
card-state-returned = zurückgekommen
card-state-void = ungültig
annual-ticket-test = { $name } (Testbuchung)
annual-state-awaiting = wartet auf Personalisierung
annual-state-active = gültig
annual-state-blocked = gesperrt
annual-state-expired = abgelaufen
annual-state-cancelled = storniert
missing-photo = Foto
missing-holder-name = Name
missing-holder-birth-date = Geburtsdatum
missing-address = Adresse

# Die Arbeitsliste.

worklist-lead = Jahreskarten, die noch niemandem gehören, zuerst.
worklist-search = Name oder Nummer
worklist-total = { $count ->
    [one] 1 Jahreskarte
   *[other] { $count } Jahreskarten
}
worklist-begin = Mit der ersten beginnen
worklist-empty = Hier wartet nichts. Lösen Sie einen Gutschein ein oder suchen Sie einen Namen.
worklist-nothing = Dazu gibt es keine Jahreskarte. Ändern Sie den Filter oder suchen Sie nach einem Teil des Namens.
namesakes = Vielleicht hat diese Person schon eine Jahreskarte:
namesake-until = bis { $until }
photos-title = Fotos ansehen
photos-total = { $count ->
    [one] 1 Foto wartet darauf, angesehen zu werden.
   *[other] { $count } Fotos warten darauf, angesehen zu werden.
  }
photos-accept = Annehmen
photos-crop = Ausschnitt ändern
photos-again = Um ein anderes bitten
photos-again-hint = Der Grund geht mit dem Link per Mail an die Person, in ihrer Sprache.
photos-again-go = Um ein anderes Foto bitten
photos-later = Danach
photos-nothing = Kein Foto wartet. Neue erscheinen hier, sobald jemand eines hochlädt.
photos-moved-on = Über dieses Foto ist schon entschieden, oder es wurde ersetzt.
photo-accepted = Das Foto von { $name } ist angenommen.
photo-asked-again = { $name } bekommt eine Mail mit dem Grund und dem Link.
photo-asked-again-without-mail = Für { $name } ist keine Mailadresse bekannt. Geben Sie den Link von der Seite der Jahreskarte weiter.
mail-kind-annual-ticket-photo-again = Bitte um ein anderes Foto
mail-photo-again-subject = { $museum }: Wir brauchen ein anderes Foto von Ihnen
mail-photo-again-text = das Foto für die Jahreskarte von { $name } können wir leider nicht drucken.
mail-photo-again-how = Bitte wählen Sie ein anderes. Alles Übrige ist gespeichert und bleibt, wie es ist.
mail-photo-again-go = Anderes Foto wählen
pile-awaiting-personalization = zu personalisieren
pile-active = gültig
pile-blocked = gesperrt
pile-expired = abgelaufen
pile-cancelled = storniert
pile-all = alle
sort-newest = Neueste zuerst
sort-oldest = Älteste zuerst
sort-name = Nach Namen
filter-all = Alle
filter-pickup = Abholung in
filter-sort = Reihenfolge
filter-apply = Anzeigen
filter-next = Weitere anzeigen
filter-export = Liste herunterladen (CSV)
column-number = Nummer
column-holder = Inhaber
column-product = Produkt
column-state = Zustand
column-missing = Fehlt noch
column-since = Seit
way-mail = Post
way-counter = Schalter

# Die Jahreskarte am Schalter.

nobody-yet = Noch ohne Namen
opens-where = Gilt in
desk-delivery = Wie kommt die Karte zur Person?
desk-finish = Karte herstellen
desk-missing = Es fehlt noch:
desk-nothing-missing = Es ist alles da. Die Karte kann hergestellt werden.
desk-save = Speichern
desk-save-and-finish = Speichern und Karte herstellen
desk-saved = Gespeichert: { $name }
desk-finished = Die Karte für { $name } wird hergestellt.
desk-card = Karte
desk-no-card = Es gibt noch keine Karte.
desk-holder = Inhaberin oder Inhaber
desk-edit = Angaben ändern
desk-edit-next = Eine Karte, die noch nicht gedruckt ist, wird mit den neuen Angaben hergestellt. Eine gedruckte bleibt, wie sie ist; Sie können sie danach ersetzen.
desk-more = Weitere Schritte
desk-link = Persönlicher Link
desk-link-open = Wer diesen Link hat, kann Name und Foto selbst eintragen, zum Beispiel auf dem eigenen Telefon.
desk-link-closed = Hier sieht die Inhaberin oder der Inhaber, wo die Karte ist.
desk-siblings = Zur selben Bestellung gehören auch
desk-order = Zur Bestellung
desk-unpaid = Die Bestellung ist noch nicht bezahlt. Gedruckt wird erst danach.
desk-blocked = Gesperrt ({ $reason }): An keinem Eingang wird geöffnet.
desk-expired = Abgelaufen. Nach einer Verlängerung gilt dieselbe Karte weiter.
desk-cancelled = Storniert. Daran lässt sich nichts mehr ändern.
photo-upload = Foto hochladen
cancel = Abbrechen
conflict-title = Inzwischen hat jemand anderes etwas geändert
conflict-next = Ihre Eingaben stehen noch im Formular. Vergleichen Sie; wenn Sie noch einmal speichern, gelten Ihre.
conflict-take-theirs = Meine Eingaben verwerfen
conflict-field = Feld
conflict-theirs = Jetzt gespeichert
conflict-yours = Ihre Eingabe

# Sperren, ersetzen, verlängern.

deed-effects = Was geschehen wird
deed-block-title = Jahreskarte sperren
deed-block-do = Sperren
deed-block-done = Die Jahreskarte ist gesperrt. Die Eingänge wissen es in wenigen Sekunden.
deed-block-cards = { $count ->
    [one] 1 Karte öffnet ab sofort nichts mehr.
   *[other] { $count } Karten öffnen ab sofort nichts mehr.
}
deed-block-until = Ihre Tage laufen weiter: Sie gilt bis { $until }.
deed-unblock-title = Sperre aufheben
deed-unblock-do = Sperre aufheben
deed-unblock-done = Die Sperre ist aufgehoben.
deed-unblock-cards = { $count ->
    [one] 1 Karte öffnet wieder.
   *[other] { $count } Karten öffnen wieder.
}
deed-unblock-until = Sie gilt bis { $until }.
deed-replace-title = Karte ersetzen
deed-replace-do = Neue Karte herstellen
deed-replace-done = Eine neue Karte wird hergestellt.
deed-replace-issue = Es wird die { $number }. Karte hergestellt, mit eigener Nummer.
deed-replace-old = Verloren oder gestohlen: Die alte Karte öffnet ab sofort nichts mehr. Sonst öffnet sie, bis die neue übergeben ist.
deed-replace-until = Die Gültigkeit bleibt: bis { $until }.
deed-renew-title = Jahreskarte verlängern
deed-renew-do = Verlängern
deed-renew-done = Die Jahreskarte ist verlängert.
deed-renew-days = Letzter Tag bisher: { $before }. Letzter Tag danach: { $after }.
deed-renew-card = Die Karte bleibt dieselbe; es wird nichts gedruckt.
deed-renew-refused = Diese Jahreskarte lässt sich nicht verlängern.
reason = Grund
reason-other = Anderer Grund
reason-words = Anderer Grund in Worten, ohne Namen
reason-missing = Bitte schreiben Sie den Grund dazu.
reason-too-long = Das ist zu lang: höchstens 200 Zeichen.
why-lost = verloren
why-stolen = gestohlen
why-misuse = missbraucht
why-damaged = beschädigt
why-name-changed = Name oder Foto geändert
problem-already-blocked = Die Jahreskarte ist schon gesperrt.
problem-changed-meanwhile = Jemand anderes hat inzwischen etwas geändert.
problem-nothing-differs = Die Karte zeigt, was gespeichert ist, oder es ist schon entschieden.
problem-not-blocked = Die Jahreskarte ist nicht gesperrt.
problem-annual-ticket-cancelled = Die Jahreskarte wurde storniert.
problem-already-finalized = Die Karte wird schon hergestellt.
problem-personalization-incomplete = Zuerst muss die Personalisierung vollständig sein.
problem-too-many-cards = Für diese Jahreskarte gab es schon 255 Karten; mehr sind nicht möglich.
problem-not-begun = Sie hat noch nicht begonnen; es gibt nichts zu verlängern.
problem-not-renewable = Eine Saisonkarte endet mit der Saison und lässt sich nicht verlängern.

# Der nächste Schritt.

next-card = Zur Karte
next-sibling = Weiter zur nächsten Person
next-replace = Karte ersetzen
next-unblock = Sperre aufheben
next-renew = Verlängern
next-list = Zur Arbeitsliste
next-check-entry = Am Eingang prüfen
next-ticket = Zur Jahreskarte
next-desk = Zum Tagesbeginn
next-hand-over = Übergeben
next-pay = Zahlung annehmen
next-look-again = Noch einmal nachsehen
next-waiting = Wartende ansehen
next-mend = Angaben verbessern
next-look-at-photo = Foto ansehen
next-print = Drucken
next-print-now = Jetzt drucken
next-check-print = Druck prüfen
next-post = In die Post geben
next-lay-ready = Bereitlegen
next-returned = Kam zurück
next-send-again = Erneut versenden oder bereitlegen
next-current-card = Zur geltenden Karte

# Die Karte.

card-differs = Die gedruckte Karte zeigt nicht mehr, was jetzt gespeichert ist. Behalten Sie sie, oder ersetzen Sie sie.
card-keep = So behalten
card-kept = Die Karte bleibt, wie sie ist.
card-issue = { $number }. Karte
card-undo = Zurücknehmen: { $step }
card-belongs = Gehört zu
card-others = Andere Karten dazu
card-no-faces = Das Bild der Karte gibt es, sobald sie druckbereit ist.
card-picture-back = Die Rückseite der Karte
card-where-unpaid = Wartet auf die Zahlung der Bestellung.
card-where-preparing = Das Kartenbild entsteht gerade.
card-where-waiting-for-layout = Für das Produkt ist noch kein Layout vereinbart. Danach geht es von selbst weiter.
card-where-set-aside = So kann sie nicht gedruckt werden. Bitte verbessern Sie die Angaben.
card-where-ready-to-print = Wartet auf den nächsten Drucklauf.
card-where-in-print-run = Ist in einem Drucklauf, der noch nicht bestätigt ist.
card-where-printed = Gedruckt, liegt im Haus. Weg: { $way }
card-where-travels = Gedruckt, seit dem { $day } in einer Kiste unterwegs: { $house }
card-where-dispatched = Zur Post gegeben am { $day } ({ $how }).
card-where-deposited = Liegt bereit: { $house }
card-where-deposited-shelf = Liegt bereit: { $house }, Fach { $shelf }
card-where-handed-over = Übergeben am { $day }.
card-where-handed-over-by = Übergeben am { $day } an { $by }.
card-where-returned = Kam am { $day } zurück.
card-where-void = Öffnet nichts mehr: { $why }

# Einlösen und zurücknehmen.

exchange-title = Gutschein einlösen
exchange-voucher = Gutschein
exchange-for = Wird eingelöst für
exchange-sold = Gekauft am
exchange-until = Einlösbar bis
exchange-effect = { $count ->
    [one] Es entsteht eine Jahreskarte; danach öffnet sich ihr Formular.
   *[other] Es entstehen { $count } Jahreskarten; danach öffnet sich das Formular der ersten.
}
exchange-do = Einlösen und personalisieren
exchange-done = { $count ->
    [one] Der Gutschein ist eingelöst. Jetzt fehlen Name und Foto.
   *[other] Der Gutschein ist eingelöst: { $count } Jahreskarten. Jetzt fehlen Namen und Fotos.
}
exchange-expired = Dieser Gutschein war bis { $day } einlösbar.
problem-already-exchanged = Dieser Gutschein wurde schon eingelöst.
problem-voucher-void = Dieser Gutschein ist ungültig: Sein Ticket wurde storniert.
own-address-title = Richtige Adresse angeben
own-address-lead = Die Post konnte Ihre Karte nicht zustellen. Sagen Sie uns, wohin sie soll, dann schicken wir sie noch einmal.
own-address-go = Karte dorthin schicken
own-address-mended = Danke. Ihre Karte geht an die neue Adresse.
deed-withdraw-link-title = Link zurückziehen
deed-withdraw-link-do = Zurückziehen
deed-withdraw-link-done = Der alte Link öffnet nichts mehr. Einen neuen können Sie mit der Erinnerung senden.
deed-withdraw-link-old = Wer den bisherigen Link hat, sieht und ändert damit nichts mehr.
deed-withdraw-link-new = Es gibt sofort einen neuen Link; was schon eingetragen ist, bleibt.

deed-forget-title = Person vergessen
deed-forget-do = Diese Person vergessen
deed-forget-done = Die Person ist vergessen. Die Jahreskarte bleibt, unter ihrer Nummer.
deed-forget-what = Name, Geburtstag, Anschrift und Bild werden überall gelöscht: hier, in Gedrucktem und in den Dateien.
deed-forget-right = Das Recht bleibt ohne Namen bestehen, bis { $until }. Die Karte öffnet weiter.
deed-forget-for-good = Das lässt sich nicht rückgängig machen. Eine neue Karte gibt es erst, wenn wieder jemand eingetragen ist.
why-asked-for = die Person hat darum gebeten
problem-card-in-the-house = Die Karte ist noch im Haus. Geben Sie sie erst aus, oder stornieren Sie den Verkauf.
