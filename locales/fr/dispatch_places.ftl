# Où sont toutes les cartes et lesquelles sont en retard.

places-title = Où sont les cartes
places-late = { $count ->
    [0] Rien n’est en retard.
    [1] 1 carte est au même endroit depuis trop longtemps.
   *[other] { $count } cartes sont au même endroit depuis trop longtemps.
  }
places-waiting = En attente de quelqu’un
places-none = Aucune carte n’attend ici.
places-column-place = Lieu
places-column-cards = Cartes
places-column-days = Plus longue attente
places-column-late = En retard
places-days = { $count ->
    [0] aujourd’hui
    [1] 1 jour
   *[other] { $count } jours
  }
places-late-count = { $count ->
    [1] 1 en retard
   *[other] { $count } en retard
  }
places-in-time = à temps
places-is-late = en retard
places-box-open = en préparation
places-box-sent = en route
places-box-missing = manque
places-runs = Tirages
places-column-run = Tirage
places-column-where = Où elles sont maintenant
places-run = Tirage { $number }
