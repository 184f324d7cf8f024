receipt-own-number = Reçu { $number }
receipt-due-until = À payer avant le { $day } inclus
confirmed-due-until = Merci de payer avant le { $day } inclus.
orders-invoices = Factures impayées
order-due-until = À payer avant le { $day } inclus
order-overdue = En retard : à payer avant le { $day } inclus
order-notes = Remarques
order-receipt = Reçu { $number }
day-ends-title = Clôture du jour
day-ends-lead = Comptez la caisse à la fin de la journée. Ce qui a été vendu, remboursé et compté est conservé et n’est plus jamais modifié.
day-end-open = Caisses
day-end-none-open = Rien n’a été vendu depuis la dernière clôture.
day-end-this-desk = cette caisse
day-end-moved = { $count ->
    [0] rien depuis la dernière clôture
    [one] un paiement ou remboursement depuis la dernière clôture
   *[other] { $count } paiements et remboursements depuis la dernière clôture
  }
day-end-count = Compter les espèces
day-end-new = Compter les espèces
day-end-float = Fonds de caisse
day-end-float-hint = Ce qui se trouvait dans la caisse avant la première vente.
day-end-counted = Espèces comptées
day-end-counted-hint = Toutes les pièces et tous les billets de la caisse, fonds de caisse compris.
day-end-compare = Comparer
day-end-later = Pas maintenant
day-end-count-again = Compter à nouveau
day-end-close = Clôturer la journée
day-end-for-good = Une journée clôturée n’est pas rouverte. Ce qui est vendu plus tard appartient à la clôture suivante.
day-end-kept = Cette journée est clôturée et n’est pas rouverte.
day-end-print = Imprimer en A4
day-end-title = Clôture { $desk }, { $day }
day-end-closed = Clôturée : { $moment }
day-end-from = Tout depuis la clôture du { $moment }
day-end-receipts = Reçus { $first } à { $last }
day-end-sales = Encaissé
day-end-refunds = Remboursé
day-end-takings = Recettes
day-end-way = Mode de paiement
day-end-number = Nombre
day-end-cash = Espèces
day-end-expected = Espèces attendues
day-end-difference = Écart
day-end-right = Les espèces sont justes.
day-end-too-much = Il y a { $amount } de trop dans la caisse.
day-end-missing = Il manque { $amount } dans la caisse.
day-end-overrides = Vendu hors des règles
day-end-day = Jour
day-end-desk = Caisse
day-ends-kept = Journées clôturées
day-end-closed-before = Cette caisse a déjà été clôturée aujourd’hui, et une journée n’est pas rouverte. Ce qui a été vendu depuis appartient à la clôture de demain.
day-end-changed = Quelque chose a été vendu ou remboursé entre-temps. Veuillez compter à nouveau.
day-closed = La journée est clôturée.
desk-name-title = Nom de cette caisse
desk-name-now = Ce qui est vendu dans ce navigateur appartient à « { $desk } ».
desk-name-none = Ce qui est vendu dans ce navigateur appartient à la maison pour laquelle il est vendu.
desk-name = Nom, par exemple « Caisse 2 »
desk-name-keep = Garder ce nom
action-day-closed = Journée clôturée
action-order-invoice-reminded = Facture rappelée
mail-kind-order-invoice-reminder = Rappel d’une facture
mail-invoice-subject = Votre facture { $number } – { $museum }
mail-invoice-open = il reste { $amount } à payer de votre facture, avant le { $day } inclus. La facture est jointe.
mail-invoice-overdue = { $amount } de votre facture étaient à payer avant le { $day } inclus, et nous n’avons pas encore trouvé votre paiement. La facture est jointe.
mail-invoice-crossed = Si vous avez payé ces derniers jours, vous n’avez rien à faire.
invoices-title = Factures impayées
invoices-which = Lesquelles
invoices-all = Toutes les impayées
invoices-overdue = En retard
invoices-count = { $count ->
    [one] Une facture
   *[other] { $count } factures
  }
invoices-none = Aucune facture n’attend son paiement.
invoices-choose = Choisir
invoices-remind = Envoyer un rappel aux choisies
invoices-reminded = { $count ->
    [one] Un rappel est en route.
   *[other] { $count } rappels sont en route.
  }
invoices-reminded-some = { $count ->
    [0] Aucun rappel n’a été envoyé : toutes ont été rappelées dans la journée, sont payées ou n’ont pas d’adresse.
    [one] Un rappel est en route. Les autres ont été rappelées dans la journée, sont payées ou n’ont pas d’adresse.
   *[other] { $count } rappels sont en route. Les autres ont été rappelées dans la journée, sont payées ou n’ont pas d’adresse.
  }
invoice-due-on = Échéance
invoice-due = Montant
invoice-last-reminder = Rappel
invoice-no-address = pas d’adresse e-mail
invoice-overdue-days = { $count ->
    [one] un jour de retard
   *[other] { $count } jours de retard
  }
invoice-reminded = le { $day }
phone-title = Commande par téléphone
phone-who = Qui appelle
phone-find = Chercher une personne connue
phone-find-do = Chercher
phone-found = { $count ->
    [0] Personne n’a été trouvé.
    [one] Une personne a été trouvée.
   *[other] { $count } personnes ont été trouvées.
  }
phone-take = Reprendre
phone-take-named = Reprendre { $name }
phone-language = Langue des courriers
phone-what = Ce qui est souhaité
phone-nothing-yet = Rien n’est encore choisi.
phone-how = Comment cela arrive
phone-at-pickup = Payé lors du retrait
phone-notes-too-long = Les notes ont au plus 1 000 caractères.
voucher-state-replaced = Remplacé
voucher-lost = Ce bon est-il perdu ?
voucher-lost-hint = Le bon reçoit un nouveau code à imprimer ou à envoyer. L’ancien code ne vaut plus rien aussitôt : qui trouve le papier ne peut pas l’échanger.
voucher-replace = Remplacer ce bon
voucher-replaced = Le bon a maintenant un nouveau code. Veuillez l’imprimer ou renvoyer le lien de la commande.
action-voucher-replaced = Bon perdu remplacé
problem-voucher-replaced = Ce bon a été signalé comme perdu et remplacé par un autre.
