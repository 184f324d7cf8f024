# Die Prüfung am Einlass.

entry-title = Karten prüfen
entry-scan = Karte scannen oder Nummer eingeben
entry-scan-hint = Das Feld hört von selbst zu: Halten Sie eine Karte vor den Scanner oder tippen Sie die 14 Ziffern auf ihrer Rückseite.
entry-check = Prüfen
entry-recent = Die letzten Prüfungen
entry-where = Wo prüfen Sie?
entry-change-station = Ort, Pause und Ton
entry-place = Haus oder Ausstellung
entry-pause = Ein Willkommen verschwindet nach
entry-seconds = { $count } Sekunden
entry-try-sound = Ton ausprobieren
entry-remember = Merken
entry-no-house = Es gibt noch kein Haus. Die Administration legt das erste unter Administration an.
entry-offline = Keine Verbindung seit {"{time}"} Uhr ({"{secs}"}). Scans werden aufgehoben und beantwortet, sobald sie wieder da ist.
entry-session-ended = Ihre Anmeldung ist abgelaufen. Bitte melden Sie sich wieder an; die Scans sind aufgehoben.
entry-waiting = Scans, die auf Antwort warten: {"{count}"}
entry-late = Spät beantwortet:
entry-unanswered = Nicht beantwortet
entry-age = Daten {"{secs}"} alt
entry-age-now = Daten von diesem Moment
entry-next-scan = Nächster Scan
entry-next = Weiter
entry-guest-language = Sprache des Gasts
entry-portrait-of = Porträt von { $name }
entry-compare-person = Die Nummer wurde getippt: Bitte Namen und Foto vergleichen.
entry-valid-until = gültig bis { $date }
entry-with-companions = { $count ->
    [one] 1 + 1 Begleitung
   *[other] 1 + { $count } Begleitungen
  }
entry-by-hand = Von Hand einlassen
entry-by-hand-lead = Wer von Hand eingelassen wird, wird es mit einem Grund, der aufgehoben wird.
entry-by-hand-reason = Warum?
entry-admit = Einlassen
entry-admitted = Von Hand eingelassen. Der Grund ist aufgehoben.
entry-cancel = Abbrechen
problem-no-reason = Bitte sagen Sie in ein paar Worten, warum.

verdict-admit = Willkommen
verdict-attention = Prüfen
verdict-refuse = Halt
verdict-unanswered = Ungeprüft
verdict-unanswered-line = Es gibt keine Verbindung, deshalb wurde diese Karte nicht geprüft.
verdict-unanswered-next = Entscheiden Sie nach der Karte in der Hand, oder fragen Sie am Schalter. Der Scan ist aufgehoben.

verdict-malformed = Das ist keiner unserer Codes.
verdict-malformed-next = Bitte noch einmal scannen. Bleibt es dabei: bitte an den Schalter.
verdict-unsupported-code = Dieser Code ist neuer als dieses Programm.
verdict-unsupported-code-next = Bitte an den Schalter.
verdict-unknown-key = Dieser Code wurde anderswo gemacht.
verdict-unknown-key-next = Bitte an den Schalter.
verdict-forged = Dieser Code ist nicht echt.
verdict-forged-next = Bitte warten Sie hier. Team: den Schalter rufen.
verdict-unknown-card = Diese Karte kennen wir nicht.
verdict-unknown-card-next = Bitte an den Schalter.
verdict-blocked = Diese Karte ist gesperrt.
verdict-blocked-next = Bitte an den Schalter.
verdict-replaced = Eine neue Karte ersetzt diese.
verdict-replaced-next = Bitte die neue Karte benutzen. Ist sie noch nicht da: bitte an den Schalter.
verdict-void = Diese Karte wurde storniert.
verdict-void-next = Bitte an den Schalter.
verdict-test-ticket = Das ist eine Karte aus einer Testbuchung. Sie öffnet nichts.
verdict-test-ticket-next = Bitte an den Schalter.
verdict-wrong-house = Diese Karte gilt für ein anderes Haus.
verdict-wrong-house-opens = Anderes Haus: gilt für { $houses }
verdict-wrong-house-next = Eine Karte für dieses Haus gibt es am Schalter.
verdict-wrong-exhibition = Diese Karte schließt diese Ausstellung nicht ein.
verdict-wrong-exhibition-next = Eine Karte dafür gibt es am Schalter.
verdict-not-yet-valid = Diese Karte gilt noch nicht.
verdict-not-yet-valid-on = Gültig ab { $date }
verdict-not-yet-valid-next = Bitte kommen Sie an diesem Tag wieder, oder fragen Sie am Schalter.
verdict-expired = Diese Karte ist abgelaufen.
verdict-expired-on = War gültig bis { $date }
verdict-expired-next = Am Schalter lässt sie sich verlängern.
verdict-already-used = Diese Karte wurde schon benutzt.
verdict-already-used-next = Bitte an den Schalter.
verdict-re-entry = Vor kurzem schon eingelassen.
verdict-re-entry-next = Einlassen, wenn es dieselbe Person ist.
verdict-re-entry-refused-next = Bitte an den Schalter.
verdict-not-yet-collected = Diese Karte wurde noch nicht übergeben.
verdict-not-yet-collected-next = Namen und Foto vergleichen, dann einlassen.
verdict-not-yet-collected-refused-next = Bitte die Karte zuerst am Schalter abholen.
verdict-check-proof = Ermäßigter Preis
verdict-check-proof-next = Nachweis prüfen, dann einlassen.
verdict-clock-unsure = Die Uhr dieses Einlasses ist unsicher.
verdict-clock-unsure-next = Den Tag auf der Karte vergleichen, dann einlassen.
verdict-clock-unsure-refused-next = Bitte an den Schalter.
verdict-stale-data = Dieser Eingang hat lange nichts Neues erfahren.
verdict-stale-data-next = Name und Foto vergleichen, dann einlassen.
verdict-journal-broken = Dieser Eingang kann Eintritte nicht festhalten.
verdict-journal-broken-next = Bitte an einen anderen Eingang. Team: die Technik rufen.

devices-title = Einlassgeräte
devices-title-lead = Welche Geräte es gibt und wann sie sich zuletzt gemeldet haben.
devices-empty = Es gibt noch kein Gerät. Fügen Sie eines hinzu und koppeln Sie es mit dem Code, der erscheint.
device-add = Gerät hinzufügen
device-add-and-pair = Hinzufügen und Code zeigen
device-name-hint = Wie Ihr Team es nennt, zum Beispiel Haupteingang.
device-direction = Richtung
device-in = Eingang
device-out = Ausgang
device-unpaired = Wartet auf Kopplung
device-paired = Verbunden
device-silent = Meldet sich nicht
device-revoked = Widerrufen
device-heard = Zuletzt gemeldet
device-never-heard = noch nie
device-heard-seconds = { $count ->
    [one] vor 1 Sekunde
   *[other] vor { $count } Sekunden
  }
device-heard-minutes = { $count ->
    [one] vor 1 Minute
   *[other] vor { $count } Minuten
  }
device-heard-hours = { $count ->
    [one] vor 1 Stunde
   *[other] vor { $count } Stunden
  }
device-heard-days = { $count ->
    [one] gestern
   *[other] vor { $count } Tagen
  }
device-version = Programmversion
device-pairing-code = Kopplungscode
device-pairing-how = Führen Sie am Rechner des Einlasses binnen zehn Minuten aus:
device-this-server = (Adresse dieses Servers)
device-pairing-once = Der Code koppelt ein Gerät und wird nicht wieder gezeigt. Ein neuer lässt sich jederzeit erstellen.
device-new-code = Neuer Kopplungscode
device-revoke = Gerät widerrufen
device-revoke-question = „{ $name }“ widerrufen?
device-revoke-what = Es erfährt davon, sobald es sich meldet, vergisst seine Karten und lässt niemanden mehr ein. Das lässt sich nicht rückgängig machen.
device-is-revoked = Das Gerät ist widerrufen.
device-move-to = Das Gerät steht bei
device-move-hint = Es richtet sich binnen Sekunden danach; niemand muss hingehen.
device-move = Gerät versetzen
device-moved = Das Gerät ist versetzt.
problem-device-name = Bitte geben Sie eine Bezeichnung von höchstens 100 Zeichen ein.
problem-unknown-house = Bitte wählen Sie einen Ort, den es gibt.
device-knows = Gesperrte Karten
device-knows-all = kennt jede Sperre
device-knows-nothing = muss die Karten noch holen
device-lacks-blocks = { $count ->
    [one] kennt 1 Sperre noch nicht
   *[other] kennt { $count } Sperren noch nicht
  }
rules-title = Wie dieser Eingang entscheidet
rules-hint = Er erfährt es binnen Sekunden, sobald er verbunden ist.
rules-whole-house = Für alle Eingänge dieses Hauses
rules-set = Regeln festlegen
device-rules-set = Die Regeln sind festgelegt.
rule-stale-after-hours = Daten sind nach so vielen Stunden zu alt
rule-stale-after-hours-hint = 0 heißt nie. Ein verbundener Eingang hat Daten, die wenige Sekunden alt sind.
rule-stale = Wenn die Daten zu alt sind
rule-stale-warn = Einlassen wie immer und am Eingang anzeigen
rule-stale-attention = Einlassen, aber das Team sieht jede Karte an
rule-stale-refuse-unknown = Karten abweisen, die der Eingang nicht kennt
rule-unknown-signed = Echte Karten, die der Eingang noch nicht kennt
rule-unknown-signed-admit = Nach den Daten im Code einlassen
rule-unknown-signed-refuse = Abweisen, bis sie bekannt sind
rule-clock-unsure = Wenn der Eingang die Uhrzeit nicht kennt
rule-clock-unsure-attention = Einlassen, aber das Team prüft die Daten
rule-clock-unsure-refuse = Jede Karte abweisen
rule-journal-broken = Wenn Eintritte nicht festgehalten werden können
rule-journal-broken-open = Öffnen und Alarm geben
rule-journal-broken-stay-shut = Geschlossen bleiben, bis es behoben ist
rule-foreign-codes = Übernommene Codes eines älteren Systems annehmen
problem-out-of-bounds = Bitte eine Zahl von 0 bis 744 Stunden eingeben.

pin-title = Ihre PIN für Eingänge
pin-lead = Damit lassen Sie an einem Eingang ein, wen er abgewiesen hat, auch ohne Verbindung. Was Sie getan haben und warum, bleibt festgehalten.
pin-first = Ihre PIN
pin-new = Neue PIN
pin-hint = 6 bis 12 Ziffern, nicht alle gleich und nicht der Reihe nach. Eingänge bekommen sie verschlüsselt und ohne Ihren Namen.
pin-set = PIN festlegen
pin-remove = PIN zurückgeben
pin-is-set = Ihre PIN ist festgelegt. Eingänge kennen sie binnen Sekunden.
pin-is-removed = Sie haben keine PIN mehr.
problem-pin-unfit = Bitte 6 bis 12 Ziffern wählen, nicht alle gleich und nicht der Reihe nach.
problem-pin-taken = Diese PIN geht nicht. Bitte eine andere wählen.
problem-pin-too-many = Zu viele Personen haben eine PIN. Jemand muss seine erst zurückgeben.

noticed-title = Was an den Eingängen auffiel
noticed-lead = { $days ->
    [one] Der letzte Tag.
   *[other] Die letzten { $days } Tage, das Neueste zuerst.
  }
noticed-when = Wann
noticed-where = Wo
noticed-card = Karte
noticed-what = Was
noticed-conflicts = Trotz Sperre eingelassen: { $count }
noticed-conflicts-hint = Der Eingang kannte die Sperre mangels Verbindung noch nicht. Der Eintritt bleibt eine Tatsache.
noticed-travels = Eine Karte in zwei Häusern: { $count }
noticed-travels-hint = Eintritte in zwei Häusern binnen { $minutes } Minuten. Beide zählen.
noticed-by-hand = Mit PIN am Eingang eingelassen: { $count }
noticed-by-hand-hint = Wen der Eingang abgewiesen hatte, wer die Verantwortung übernahm und warum.
noticed-was-blocked = Die Karte war gesperrt.
noticed-was-void = Die Karte war storniert.
noticed-somebody = Jemand
noticed-minutes-apart = { $count ->
    [0] binnen einer Minute
    [one] 1 Minute auseinander
   *[other] { $count } Minuten auseinander
  }
