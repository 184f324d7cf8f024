# Umschläge packen: Karten und Briefe werden zusammen gelesen.

pack-title = Umschläge packen
pack-envelope = { $count ->
    [one] Diese Karte reist allein
   *[other] Diese { $count } Karten reisen zusammen
  }
pack-to-read = noch zu lesen
pack-is-read = gelesen
pack-letter = Brief
pack-print-letter = Brief drucken (PDF)
pack-start-over = Von vorn beginnen
pack-next = Nächste Karte oder den Brief lesen
pack-first = Karte lesen
pack-lead = Lesen Sie jede Karte und ihren Brief. Wenn alles gelesen ist, gilt der Umschlag als versandt.
pack-field = Karte oder Brief
pack-go = Übernehmen
pack-read-ok = Richtig. Weiter mit dem Nächsten.
pack-other-envelope = Die Karte von { $name } gehört in einen anderen Umschlag. Legen Sie sie beiseite.
pack-other-letter = Dieser Brief ist für einen anderen Umschlag. Legen Sie ihn beiseite.
pack-void-letter = Dieser Brief gilt nicht mehr: Anschrift oder Karten haben sich geändert. Vernichten Sie ihn und drucken Sie einen neuen.
pack-incomplete = Es ist noch nicht alles gelesen.
