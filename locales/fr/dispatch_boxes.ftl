# Les boîtes entre maisons, et les listes à signer.

box-title = Boîtes entre maisons
box-all = Toutes les boîtes
box-none = Aucune boîte pour l’instant. Une boîte porte des cartes à la maison qui les remet.
box-column-box = Boîte
box-column-cards = Cartes
box-column-state = État
box-number = Boîte { $number }
box-new = Nouvelle boîte
box-to-house = Pour quelle maison ?
box-make = Créer une boîte
box-state-open = en remplissage
box-state-sent = en route
box-state-arrived = déballée
box-state-missing = { $count ->
    [one] 1 carte manque
   *[other] { $count } cartes manquent
  }
box-nothing-in-it = Elle est encore vide. Lisez la première carte.
box-has-left = sortie
box-on-its-way = en route
box-missing = manque
box-put-in = Mettre une carte
box-read-out = Sortir une carte
box-go-in = Mettre dedans
box-go-out = Préparer
box-send-lead = { $count ->
    [one] 1 carte est dans la boîte.
   *[other] { $count } cartes sont dans la boîte.
  }
box-send = Envoyer la boîte
box-close-lead = { $count ->
    [one] 1 carte n’a pas encore été lue. Elle manquera si vous fermez la boîte.
   *[other] { $count } cartes n’ont pas encore été lues. Elles manqueront si vous fermez la boîte.
  }
box-close = Fermer la boîte
box-sent = La boîte est en route.
box-closed = { $count ->
    [0] La boîte est déballée.
    [1] La boîte est fermée ; 1 carte manque.
   *[other] La boîte est fermée ; { $count } cartes manquent.
  }
box-empty = La boîte est vide. Lisez d’abord une carte.
box-in-other = Cette carte est dans la boîte { $number }.
box-not-in-it = Cette carte n’est pas dans cette boîte.
sent-title = Posté un jour donné
sent-on = Posté le { $day }
sent-day = Jour
sent-show = Afficher
sent-empty = Rien n’a été posté ce jour-là.
sent-list = Bordereau d’envoi (PDF)
sent-list-title = Bordereau d’envoi du { $day }
sent-list-counts = { $cards } cartes à { $addresses } adresses
sent-list-taken-over = Pris en charge par le transporteur : date, nom, signature
sent-column-time = Heure
sent-column-carrier = Transporteur
sent-column-tracking = Numéro de suivi
pickup-list-title = Cartes à retirer : { $house }
pickup-list-counts = { $count ->
    [1] 1 carte, état du { $moment }
   *[other] { $count } cartes, état du { $moment }
  }
