# Le guichet de retrait trouve les cartes d’après ce que l’on dit.

pickup-desk = Trouver une carte prête
pickup-who = Qui vient chercher une carte ?
pickup-field = Code de retrait, nom, e-mail, numéro de commande ou de carte
pickup-hint = Une partie du nom suffit.
pickup-find = Chercher
pickup-found = Cartes prêtes
pickup-none = Aucune carte n’est prête sous ce nom. Demandez un autre mot, ou voyez dans une autre maison.
label-title = Étiquette pour { $name }
label-print = Imprimer son étiquette (PDF)
