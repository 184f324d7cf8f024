# Préparer les enveloppes : cartes et lettres sont lues ensemble.

pack-title = Préparer les enveloppes
pack-envelope = { $count ->
    [one] Cette carte voyage seule
   *[other] Ces { $count } cartes voyagent ensemble
  }
pack-to-read = à lire
pack-is-read = lue
pack-letter = Lettre
pack-print-letter = Imprimer la lettre (PDF)
pack-start-over = Recommencer
pack-next = Lire la carte suivante ou la lettre
pack-first = Lire une carte
pack-lead = Lisez chaque carte et sa lettre. Quand tout est lu, l’enveloppe est considérée comme postée.
pack-field = Carte ou lettre
pack-go = Valider
pack-read-ok = C’est juste. Passez à la suivante.
pack-other-envelope = La carte de { $name } va dans une autre enveloppe. Mettez-la de côté.
pack-other-letter = Cette lettre est pour une autre enveloppe. Mettez-la de côté.
pack-void-letter = Cette lettre n’est plus valable : l’adresse ou les cartes ont changé. Détruisez-la et imprimez-en une nouvelle.
pack-incomplete = Tout n’a pas encore été lu.
