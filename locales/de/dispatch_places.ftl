# Wo alle Karten sind und welche überfällig sind.

places-title = Wo die Karten sind
places-late = { $count ->
    [0] Nichts ist überfällig.
    [1] 1 Karte ist schon zu lange dort, wo sie ist.
   *[other] { $count } Karten sind schon zu lange dort, wo sie sind.
  }
places-waiting = Warten auf jemanden
places-none = Hier wartet keine Karte.
places-column-place = Ort
places-column-cards = Karten
places-column-days = Längste
places-column-late = Überfällig
places-days = { $count ->
    [0] heute
    [1] 1 Tag
   *[other] { $count } Tage
  }
places-late-count = { $count ->
    [1] 1 überfällig
   *[other] { $count } überfällig
  }
places-in-time = rechtzeitig
places-is-late = überfällig
places-box-open = wird gepackt
places-box-sent = unterwegs
places-box-missing = fehlt
places-runs = Druckläufe
places-column-run = Lauf
places-column-where = Wo sie jetzt sind
places-run = Lauf { $number }
