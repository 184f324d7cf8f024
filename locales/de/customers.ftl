# Kundschaft: die eigene Seite, und was der Schalter von ihr weiß.

actor-customer = Kundin oder Kunde
my-title = Meine Bestellungen und Karten
my-lead = Nennen Sie uns Ihre E-Mail-Adresse. Wir schicken Ihnen einen Link, hinter dem Sie Ihre Bestellungen und Jahreskarten sehen.
my-send-link = Link zuschicken
my-asked = Eine E-Mail mit einem Link ist unterwegs. Er gilt einmal, eine halbe Stunde lang.
my-enter-lead = Sie öffnen gleich Ihre Seite in diesem Browser. Der Link gilt einmal.
my-enter = Meine Seite öffnen
my-link-over = Er wurde schon benutzt oder ist älter als eine halbe Stunde. Lassen Sie sich einen neuen schicken.
my-another-link = Neuen Link anfordern
my-annual-tickets = Ihre Jahreskarten
my-no-annual-tickets = Es gibt keine Jahreskarten.
my-valid-until = gültig bis { $day }
my-personalize = Name und Foto eingeben
my-look = Ansehen
my-orders = Ihre Bestellungen
my-no-orders = Es gibt keine Bestellungen.
my-newsletter = Neuigkeiten
my-newsletter-is-wanted = Sie bekommen unsere Neuigkeiten per E-Mail. Das können Sie jederzeit beenden.
my-newsletter-is-not-wanted = Sie bekommen keine Neuigkeiten von uns. Wenn Sie möchten, schreiben wir Ihnen hin und wieder, was es zu sehen gibt.
my-newsletter-begin = Ja, Neuigkeiten schicken
my-newsletter-stop = Keine Neuigkeiten mehr
my-newsletter-wanted = Sie bekommen unsere Neuigkeiten.
my-newsletter-taken-back = Sie bekommen keine Neuigkeiten mehr.
my-sign-out = Abmelden
my-signed-out = Sie sind abgemeldet.
mail-kind-customer-link = Link zur eigenen Seite
mail-my-subject = Ihr Link – { $museum }
mail-my-text = hier ist der Link zu Ihren Bestellungen und Jahreskarten. Er gilt einmal, { $minutes } Minuten lang.
mail-my-why = Sie haben nicht darum gebeten? Dann hat sich jemand bei der Adresse vertippt; Sie müssen nichts tun.
customers-title = Kundschaft
customers-empty = Solche Kundinnen und Kunden gibt es nicht.
customers-who = Wer
customers-since = Bekannt seit
customers-newsletter = Neuigkeiten
customers-want-news = möchte Neuigkeiten
customers-want-no-news = möchte keine Neuigkeiten
customers-language = Sprache der Briefe
customers-addresses = E-Mail-Adressen
customers-proved = bestätigt am { $moment }
customers-not-proved = nicht bestätigt
customer-saved = Gespeichert.
customers-merged = Aus beiden Einträgen ist einer geworden.
merge-title = Mit anderem Eintrag zusammenführen
merge-lead = { $name } ist doppelt da? Nennen Sie eine Adresse des anderen Eintrags.
merge-with = Adresse des anderen Eintrags
merge-nobody = Kein anderer Eintrag hat diese Adresse.
merge-ask = Seine Adressen und Bestellungen gehen an { $name }, und der Eintrag verschwindet. Das lässt sich nicht rückgängig machen.
merge-do = Zusammenführen
merge-not = Diesen nicht
lists-title = Listen
lists-one = Liste
lists-lead = Kundinnen und Kunden, die jemand ausgesucht hat, zum Beispiel für eine Aktion.
lists-members = { $count ->
    [one] ein Eintrag
   *[other] { $count } Einträge
  }
lists-name = Name einer neuen Liste
lists-make = Liste anlegen
lists-put-on = Auf die Liste setzen
lists-take-off = Herunternehmen
lists-take-off-one = Herunternehmen: { $name }
list-made = Die Liste „{ $name }“ ist angelegt.
list-name-wrong = Eine Liste braucht einen Namen von höchstens 100 Zeichen.
list-put-on = Auf die Liste gesetzt.
list-taken-off = Von der Liste genommen.
import-title = Kundschaft aus einer Datei
import-lead = Sie sehen jede Zeile, bevor etwas gespeichert wird.
import-file = Datei (CSV)
import-hint = Die erste Zeile nennt die Spalten: email, und wenn Sie möchten Name, Sprache und Newsletter. Tabellenprogramme speichern solche Dateien als CSV.
import-list = Auf eine Liste setzen
import-no-list = Auf keine Liste
import-look = Ansehen
import-preview = Was in der Datei steht
import-counts = Neu: { $new }, schon bekannt: { $known }.
import-wrong = { $count ->
    [one] Eine Zeile bleibt draußen.
   *[other] { $count } Zeilen bleiben draußen.
  }
import-onto = Sie kommen auf die Liste „{ $name }“.
import-another = Andere Datei
import-do = Speichern
import-line = Zeile
import-more = { $count ->
    [one] Eine weitere Zeile ist nicht gezeigt.
   *[other] { $count } weitere Zeilen sind nicht gezeigt.
  }
import-new = Neu
import-known = Schon bekannt
import-line-not-an-address = Keine E-Mail-Adresse
import-line-repeated = Steht doppelt in der Datei
import-line-name-too-long = Der Name ist zu lang
import-line-unknown-language = Die Sprache hat nicht zwei Buchstaben
import-line-unclear-news = Newsletter: weder ja noch nein
import-empty = In dieser Datei stehen keine Zeilen.
import-no-addresses = Keine Spalte heißt email. Bitte nennen Sie die Spalten in der ersten Zeile.
import-too-long = Die Datei hat mehr als 5.000 Zeilen. Bitte teilen Sie sie.
import-no-table = Diese Datei ist keine Tabelle. Bitte speichern Sie sie als CSV.
customers-imported = { $count ->
    [one] Ein Eintrag wurde aus der Datei übernommen.
   *[other] { $count } Einträge wurden aus der Datei übernommen.
  }

forget-title = Diesen Kunden vergessen
forget-question = { $name } vergessen?
forget-me-question = Ihre Daten löschen?
forget-me-link = Meine Daten löschen
forget-what = Name und Adressen werden endgültig gelöscht: hier, in Bestellungen und in E-Mails. Versandte Links öffnen nichts mehr.
forget-stays = Bestellungen bleiben, ohne Namen, und ihre Tickets bleiben gültig. Eine Rechnung behält den Namen und die Postanschrift, die das Gesetz auf ihr verlangt.
forget-holders = Auch auf diesen Jahreskarten Name, Bild und Anschrift löschen
forget-holders-hint = Die Karten öffnen weiter, unter ihren Nummern. Was jemand anderem gehört, bleibt dessen.
forget-do = Endgültig löschen
forget-done = Die Daten sind gelöscht.
forget-open-order = Die Bestellung { $number } wartet auf ihre Zahlung. Sie muss erst bezahlt oder storniert sein.
problem-order-open = Eine Bestellung wartet auf ihre Zahlung. Sie muss erst bezahlt oder storniert sein.
