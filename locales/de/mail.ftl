# Mails: was sie sagen, der Ausgang, und die Frage nach Links.

mails-title = E-Mails
mails-title-lead = Was an wen geschrieben wurde und was nicht zugestellt werden konnte.
mails-are-files = Es ist kein Mailserver eingerichtet. E-Mails werden als Dateien in den Ordner „mails“ des Datenordners geschrieben.
mails-failed-count = { $count ->
    [one] Eine E-Mail konnte nicht zugestellt werden.
   *[other] { $count } E-Mails konnten nicht zugestellt werden.
  }
mails-send-all-again = Alle noch einmal senden
mails-search = Name oder Adresse
mails-empty = Solche E-Mails gibt es nicht.
mails-what = E-Mail
mails-when = Geschrieben
mails-deed = Was sich tun lässt
mail-send-again = Noch einmal senden
mail-send-again-to = Noch einmal senden: { $name }
mail-waits-again = Die E-Mail ist wieder unterwegs.
mails-wait-again = { $count ->
    [one] Eine E-Mail ist wieder unterwegs.
   *[other] { $count } E-Mails sind wieder unterwegs.
  }
mail-state-waiting = Unterwegs
mail-state-trying = Noch nicht zugestellt
mail-state-sent = Zugestellt
mail-state-failed = Nicht zugestellt
mail-kind-order-link = Bestellung mit ihren Links
mail-kind-order-reminder = Erinnerung an die Personalisierung
mail-kind-order-lost-links = Verlorene Links
mail-kind-staff-password-link = Link für ein neues Passwort
mail-asked-title = Bitte sehen Sie in Ihren E-Mails nach
mail-asked-wait = Nichts angekommen? Sehen Sie auch unter den unerwünschten E-Mails nach, oder versuchen Sie eine andere Adresse.
mail-asked-other = Andere Adresse versuchen
mail-asked-too-often = Das wurde zu oft verlangt. Bitte warten Sie eine Viertelstunde und versuchen Sie es dann noch einmal.
mail-greeting = Guten Tag,
mail-greeting-name = Guten Tag { $name },
mail-order-subject = Ihre Bestellung { $number } – { $museum }
mail-order-subject-reserved = Ihre Reservierung { $number } – { $museum }
mail-order-thanks = vielen Dank für Ihre Bestellung { $number }. Hier steht alles, was dazugehört.
mail-order-reserved = vielen Dank. Was Sie möchten, ist unter der Nummer { $number } für Sie reserviert. Ihre Tickets bekommen Sie, sobald sie bezahlt sind.
mail-order-links-hint = Jede Jahreskarte hat einen eigenen Link. Dort geben Sie Name und Foto ein, und wir stellen die Karte her. Sie können einen Link weitergeben: Wer ihn hat, macht die Karte zu seiner.
mail-order-tickets-attached = Sie liegen dieser E-Mail als PDF bei. Zeigen Sie sie am Eingang, auf dem Telefon oder ausgedruckt.
mail-order-see = Bestellung ansehen
mail-order-why = { $museum } schickt Ihnen diese E-Mail, weil diese Adresse bei einer Bestellung angegeben wurde.
mail-reminder-subject = Ihre Jahreskarte wartet auf Sie – { $museum }
mail-reminder-text = { $count ->
    [one] am { $day } haben Sie eine Jahreskarte gekauft, die noch keinen Namen trägt. Mit Name und Foto wird sie zur Karte.
   *[other] am { $day } haben Sie Jahreskarten gekauft, von denen { $count } noch keinen Namen tragen. Mit Name und Foto wird jede zur Karte.
  }
mail-lost-subject = Die Links zu Ihren Bestellungen – { $museum }
mail-lost-text = hier sind die Links zu Ihren Bestellungen, um die Sie gebeten haben.
mail-lost-why = Sie haben nicht darum gebeten? Dann hat sich jemand bei der Adresse vertippt; Sie müssen nichts tun.
mail-password-subject = Ein neues Passwort – { $museum }
mail-password-text = mit diesem Link wählen Sie ein neues Passwort. Er gilt einmal, { $hours } Stunden lang.
mail-password-why = Sie haben nicht darum gebeten? Dann müssen Sie nichts tun: Ihr Passwort bleibt, wie es ist.
lost-link-title = Link verloren?
lost-link-lead = Nennen Sie uns die E-Mail-Adresse, die Sie bei der Bestellung angegeben haben. Dorthin schicken wir die Links zu Ihren Bestellungen.
lost-link-send = Links zuschicken
lost-link-asked = Wenn es Bestellungen mit dieser Adresse gibt, ist eine E-Mail mit ihren Links unterwegs.
password-asked = Wenn sich jemand mit dieser Adresse anmeldet, ist eine E-Mail mit einem Link unterwegs.
