# Le courrier : listes, lectures, remises, retours.

mailroom-title = Courrier
mailroom-lists = Les listes
mailroom-list-post = À envoyer
mailroom-list-shelf = À déposer
mailroom-list-counter = À remettre au guichet
mailroom-list-deposited = Déposées
mailroom-list-returned = Revenues
mailroom-tile-post = à envoyer
mailroom-tile-shelf = à déposer
mailroom-tile-counter = au guichet
mailroom-tile-deposited = déposées
mailroom-tile-overdue = en retard
mailroom-tile-returned = revenues
mailroom-cards = { $count ->
    [one] carte
   *[other] cartes
  }
mailroom-nothing = Rien n’attend ici.
mailroom-go-post = Les envoyer
mailroom-go-shelf = Les déposer
mailroom-letters = Lettres (PDF)
mailroom-houses = Maisons
mailroom-all-houses = Toutes les maisons
mailroom-empty-filtered = Aucune carte ne correspond à ce filtre.
mailroom-empty-post = Rien à envoyer. Les cartes apparaissent ici dès que leur impression est confirmée.
mailroom-empty-shelf = Rien à déposer.
mailroom-empty-counter = Aucune carte imprimée n’attend au guichet.
mailroom-empty-deposited = Aucune carte n’est déposée.
mailroom-empty-returned = Aucune carte n’est revenue. Si cela arrive, lisez-la avec son motif.
mailroom-column-address = Adresse
mailroom-column-place = Emplacement
mailroom-column-reason = Motif
mailroom-column-action = À faire
mailroom-no-address = Pas d’adresse
mailroom-overdue = en retard
mailroom-tick-all = Tout cocher sur cette page
mailroom-hand-over = Remettre
mailroom-again = Renvoyer
mailroom-change-way = Changer l’acheminement
mailroom-other-way = Autre voie
mailroom-see-card = Voir la carte
mailroom-scan-post = Envoyer carte par carte
mailroom-scan-shelf = Déposer à { $house }
mailroom-scan-returned = Reprendre une carte
mailroom-carrier = Transporteur (facultatif)
mailroom-tracking = Numéro de suivi (facultatif)
mailroom-shelf = Étagère, boîte ou tiroir
mailroom-scan-go-post = Noter l’envoi
mailroom-scan-go-shelf = Noter le dépôt
mailroom-scan-go-returned = Noter le retour
mailroom-choose-house = Quelle maison ?
mailroom-choose-house-lead = Les cartes sont déposées maison par maison.
mailroom-together = Plusieurs ensemble
mailroom-together-lead = Cochez des cartes dans la liste, ou prenez-les toutes.
mailroom-together-ticked = Les cochées …
mailroom-together-all = { $count ->
    [one] Toutes : 1 carte …
   *[other] Les { $count } cartes …
  }
mailroom-just-done = Fait à l’instant
mailroom-later = plus maintenant
mailroom-none-ticked = Aucune carte n’est cochée
mailroom-back = Retour
mailroom-ask-post = { $count ->
    [one] Remettre 1 carte à la poste ?
   *[other] Remettre { $count } cartes à la poste ?
  }
mailroom-ask-shelf = { $count ->
    [one] Déposer 1 carte à { $house } ?
   *[other] Déposer { $count } cartes à { $house } ?
  }
mailroom-addresses = { $count ->
    [one] Elles vont à 1 adresse.
   *[other] Elles vont à { $count } adresses.
  }
mailroom-and-more = { $count ->
    [one] et 1 autre
   *[other] et { $count } autres
  }
mailroom-go-post-count = { $count ->
    [one] Envoyer 1 carte
   *[other] Envoyer { $count } cartes
  }
mailroom-go-shelf-count = { $count ->
    [one] Déposer 1 carte
   *[other] Déposer { $count } cartes
  }
mailroom-done-post = { $count ->
    [one] 1 carte est envoyée.
   *[other] { $count } cartes sont envoyées.
  }
mailroom-done-shelf = { $count ->
    [one] 1 carte est déposée.
   *[other] { $count } cartes sont déposées.
  }
mailroom-read-posted = La carte de { $name } est envoyée.
mailroom-read-deposited = La carte de { $name } est déposée.
mailroom-read-returned = La carte de { $name } est reprise.
mailroom-read-unknown = Aucune carte n’a ce code ou ce numéro. Relisez-la, ou tapez le numéro.
mailroom-read-posted-before = La carte de { $name } est déjà envoyée.
mailroom-read-deposited-before = La carte de { $name } est déjà déposée.
mailroom-read-elsewhere = La carte de { $name } n’a rien à faire ici : { $state }.
mailroom-read-other-house = La carte de { $name } doit être déposée ailleurs : { $house }.
mailroom-read-is-post = La carte de { $name } doit être envoyée. Mettez-la au courrier.
mailroom-read-is-pickup = La carte de { $name } sera retirée sur place. Ne l’envoyez pas.
mailroom-read-is-counter = La carte de { $name } est remise au guichet. Posez-la là-bas.
mailroom-no-house = Veuillez choisir la maison.
mailroom-did-dispatched = envoyée
mailroom-did-deposited = déposée
mailroom-did-returned = reprise
mailroom-did-handed-over = remise
mailroom-did-printed = imprimée
mailroom-did-spoiled = abîmée
mailroom-did-made-ready = remise en attente
mailroom-handover = Remettre une carte
mailroom-handover-lead = Lisez la carte. Le nom et la photo apparaissent pour comparer.
mailroom-handover-go = Lire une carte
mailroom-read-a-card = Quelle carte ?
mailroom-next-card = Une autre carte
mailroom-show-card = Montrer la carte
mailroom-compare = Comparer
mailroom-no-photo = Cette carte n’a pas de photo. Demandez une pièce d’identité.
mailroom-valid-until = valable jusqu’au { $day }
mailroom-lies-in = Se trouve à { $place }
mailroom-picked-up-by = Retirée par
mailroom-picked-up-by-hint = Seulement s’il s’agit de quelqu’un d’autre.
mailroom-pickup-code = Code de retrait
mailroom-pickup-code-hint = Tel qu’il figure dans le message au titulaire.
mailroom-code-missing = Saisissez le code de retrait (4 à 32 lettres et chiffres), ou dites ce qui a été montré.
mailroom-code-wrong = Ce n’est pas le code de retrait de cette carte.
mailroom-not-this-person = Pas cette personne
mailroom-cannot-hand-over = Cette carte ne peut pas être remise maintenant.
mailroom-handed-over = La carte de { $name } est remise.
mailroom-reason-moved = Parti sans laisser d’adresse
mailroom-reason-unknown = Inconnu à l’adresse
mailroom-reason-refused = Refusé par le destinataire
mailroom-reason-not-collected = Non réclamé à la poste
mailroom-reason-other = Autre chose
why-moved = parti sans laisser d’adresse
why-unknown = inconnu à l’adresse
why-refused = refusé par le destinataire
why-not-collected = non réclamé à la poste
why-other = autre chose
why-wrong-card = la mauvaise carte
why-wrong-list = la mauvaise liste
why-slip = une fausse manœuvre
mailroom-made-ready = La carte de { $name } est de nouveau prête à l’envoi.
mailroom-way-title = Que devient la carte de { $name } ?
mailroom-way-legend = Acheminement vers le titulaire
mailroom-way-mail = Par courrier
mailroom-way-pickup = Déposer à { $house }
mailroom-way-counter = Remettre au guichet
mailroom-way-now = comme maintenant
mailroom-way-keep = Laisser ainsi
mailroom-way-go = Changer l’acheminement
mailroom-way-decided = La carte a quitté la maison : son acheminement est décidé.
mailroom-way-missing = Veuillez choisir un acheminement.
mailroom-way-no-address = Il n’y a pas d’adresse où l’envoyer. Demandez-la d’abord au titulaire.
mailroom-way-refused = La carte annuelle ne permet pas ce changement. Voyez sa page.
mailroom-moved-mail = La carte de { $name } est maintenant à envoyer.
mailroom-moved-pickup = La carte de { $name } est maintenant à déposer.
mailroom-moved-counter = La carte de { $name } est maintenant remise au guichet.
mailroom-undo-title = { $count ->
    [one] Annuler cette étape ?
   *[other] Annuler { $count } étapes ?
  }
mailroom-undo-nothing = Il n’y a rien à annuler
mailroom-undo-nothing-lead = C’est déjà annulé, ou la carte a connu autre chose depuis.
mailroom-undo-late = Cela date de plus de 15 minutes. L’annuler maintenant demande un droit particulier : adressez-vous à l’administration.
mailroom-undo-why = Pourquoi ?
mailroom-undo-wrong-card = C’était la mauvaise carte
mailroom-undo-wrong-list = C’était la mauvaise liste
mailroom-undo-slip = C’était une fausse manœuvre
mailroom-undo-other = Autre chose
mailroom-undo-reason-missing = Veuillez dire pourquoi c’est annulé.
mailroom-undo-not = Laisser
mailroom-undo-go = { $count ->
    [one] Annuler
   *[other] Annuler les { $count }
  }
mailroom-undone = { $name } : la dernière étape est annulée.
mailroom-undone-several = { $count } étapes sont annulées.
problem-card-moved-on = Une carte a connu autre chose entre-temps. Rien n’a été changé.
mailroom-read-in-box = La carte est dans la boîte { $number }, en route vers une autre maison. Lisez-la d’abord là-bas.
mailroom-proof = Qu’a-t-on montré ?
mailroom-proof-none = Rien : c’est le titulaire
mailroom-proof-written-authority = Une procuration écrite
mailroom-proof-holders-document = La pièce d’identité du titulaire
mailroom-proof-guardian = Parent ou tuteur du titulaire
mailroom-proof-missing = Dites ce qui a été montré, ou laissez le nom vide si c’est le titulaire.
mailroom-deputy-reason = Pourquoi une autre personne (facultatif)
mailroom-in-box = dans la boîte { $number }
mailroom-same-address = adresse inchangée
mailroom-came-back-from-there = revenue de là
mailroom-pickup-list = Liste de retrait à signer (PDF)
