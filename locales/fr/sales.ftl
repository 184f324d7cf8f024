# Vendre : caisse, commandes, bons, boutique.

actor-visitor = Dans la boutique en ligne
box-office-title = Vente
products = Ce qui est en vente
nothing-on-sale = Rien n’est encore en vente ici. L’administration ajoute les produits et les prix.
sale-house = Musée
sale-date = Jour, si ce n’est pas aujourd’hui
sale-event = Visite ou événement
sale-no-event = Sans événement
proof-needed = justificatif
price-before = au lieu de
price-now = maintenant
basket-title = Panier
basket-update = Mettre à jour
basket-empty-it = Vider
basket-empty-refused = Le panier est vide. Choisissez d’abord un billet.
till-begin = Appuyez sur le chiffre affiché sur un billet, ou touchez-le.
till-says = { $count ->
    [one] { $count } billet, { $total }
   *[other] { $count } billets, { $total }
  }
line-less = Un de moins : { $name }
line-more = Un de plus : { $name }
line-quantity = Quantité : { $name }
line-drop = Retirer : { $name }
line-drop-short = Retirer
line-check-proof = Veuillez demander le justificatif.
basket-line-saves = { $offer } : { $amount } économisés
basket-line-takes-part = { $offer } : pris en compte
basket-no-longer-sold = « { $product } » n’est plus en vente et a été retiré.
basket-day-is-over = Le jour choisi pour « { $product } » est passé ; les billets ont été retirés.
basket-offer-gone = L’offre « { $offer } » n’existe plus.
sum-regular = Prix normal
sum-saving = Économie
sum-total = À payer
given = Reçu
change-due = Monnaie à rendre
change-missing = Il manque
change-given = Reçu : { $amount }
given-too-little = La somme reçue est inférieure au total. Veuillez vérifier le montant.
given-unreadable = Veuillez saisir le montant en chiffres, par exemple 50 ou 50,00.
pay-cash = Encaisser en espèces
pay-nothing = Délivrer
pay-terminal = Carte
pay-with-name = Avec un nom ou sur facture …
total-changed = Le prix est maintenant de { $total }. Veuillez l’annoncer au client et encaisser à nouveau.
problem-used-up-meanwhile = Quelqu’un d’autre a pris le dernier au même moment. Veuillez réessayer.
problem-cannot-be-issued = Ce billet ne peut pas être délivré pour le moment. Veuillez vous adresser à l’administration.
problem-awaiting-payment = Cette commande attend encore son paiement.
problem-already-paid = Cette commande est déjà payée.
problem-order-cancelled = Cette commande a été annulée.
problem-order-expired = Le paiement n’est pas arrivé à temps ; la commande a expiré.

# Codes promotionnels : leur effet, et pourquoi ils n’en ont pas.

code-label = Code promotionnel
code-add = Ajouter
code-remove = Retirer : { $code }
code-applied = { $offer } – { $amount } d’économie
offer-acts = s’applique d’elle-même – { $amount } d’économie
code-pending = est valable et s’appliquera dès que des billets correspondants seront dans le panier.
code-unlocks = est valable et débloque des billets du panier.
code-valid-from = Il est valable à partir du { $day }.
code-valid-until = Il était valable jusqu’au { $day }.
code-min-order = Il faut { $amount }.
code-min-tickets = Il en faut { $count }.
code-max-tickets = { $count } au maximum.
code-reason-unknown-code = Nous ne connaissons pas ce code. Veuillez vérifier l’orthographe.
code-reason-already-entered = Ce code est déjà dans le panier.
code-reason-disabled = Ce code est désactivé pour le moment.
code-reason-not-yet-valid = Ce code n’est pas encore valable.
code-reason-expired = Ce code a expiré.
code-reason-exhausted = Ce code est épuisé.
code-reason-wrong-channel = Ce code ne vaut pas pour ce mode d’achat.
code-reason-wrong-box-office-profile = Ce code ne vaut pas à cette caisse.
code-reason-not-for-this-customer = Ce code est réservé à certains clients ; le justificatif manque.
code-reason-wrong-museum = Ce code vaut pour un autre musée.
code-reason-wrong-exhibition = Ce code vaut pour une autre exposition.
code-reason-wrong-event = Ce code vaut pour un autre événement.
code-reason-no-matching-tickets = Ce code vaut pour d’autres billets que ceux du panier.
code-reason-below-minimum-order = Le panier est encore trop petit pour ce code.
code-reason-too-few-tickets = Il y a trop peu de billets pour ce code.
code-reason-too-many-tickets = Il y a trop de billets pour ce code.
code-reason-automatic-offer-active = Une offre non cumulable s’applique déjà ; ce code ne peut pas s’y ajouter.
code-reason-not-combinable = Ce code ne se cumule pas avec les autres ; les plus avantageux s’appliquent.
code-reason-no-better-price = Le prix est aussi bas sans ce code ; il n’est pas utilisé.
tile-exactly = exactement { $count } par commande
tile-from-to = de { $least } à { $most } par commande
tile-at-least = à partir de { $count } par commande
tile-at-most = au plus { $count } par commande
tile-with-code = avec un code
shop-code-hint = Avec un code, les prix montrent aussitôt ce qu’il apporte.
calendar-title = Calendrier
calendar-months = Les mois
calendar-empty = Il n’y a plus rien ce mois-ci.
calendar-next = Les prochaines dates
calendar-show = Afficher
seats-none = complet
seats-few = { $count ->
    [one] plus qu’une place
   *[other] plus que { $count } places
  }
seats-held = { $count } retenues jusqu’à { $time }
event-is-over = Ce rendez-vous est passé.
basket-held = Nous vous réservons vos billets jusqu’à { $time }.
line-problem-not-for-sale = Ce billet n’est pas en vente ainsi.
line-problem-wrong-channel = Ce billet n’est pas vendu ici.
line-problem-code-required = Un code est nécessaire pour ce billet.
line-problem-below-minimum-quantity = Il faut prendre davantage de ces billets.
line-problem-above-maximum-quantity = Une commande ne peut pas contenir autant de ces billets.
line-problem-sold-out = Ce billet est épuisé.
line-problem-few-left = Il n’en reste que { $left }.
line-problem-at-least = Il faut en prendre au moins { $left }.
line-problem-at-most = Une commande en contient au plus { $left }.
line-problem-companion-alone = Un billet d’accompagnement ne s’obtient qu’avec le billet dont il dépend.
line-problem-overridden = { $problem } Vous le vendez malgré tout.
override-offer = Accorder malgré tout
override-line = Vendre malgré tout
override-reason = Motif
override-do = Accorder

# Qui achète, comment c’est livré et payé.

buyer-title = Vente avec un nom
buyer-name = Prénom et nom
optional = (facultatif)
buyer-name-missing = Veuillez saisir le nom.
buyer-name-too-long = Le nom est trop long : 200 caractères au plus.
buyer-email-missing = Veuillez saisir l’adresse e-mail.
buyer-email-wrong = Ce n’est pas une adresse e-mail complète, par exemple nom@exemple.fr.
buyer-place = Vendre : { $total }
back-to-sale = Retour à la vente
delivery-counter-hint = La carte est établie ici tout de suite.
method-label = Paiement
method-cash = Espèces
method-card-terminal = Carte au terminal
method-invoice = Facture
method-transfer = Virement
method-online = En ligne
method-none = Gratuit
method-test = Commande d’essai : rien n’est payé, rien n’est valable
channel-online = Boutique en ligne
channel-box-office = Caisse
channel-back-office = Téléphone et bureau

# Commandes.

order-placed = Vendu : commande { $name }
order-payment-taken = Le paiement de la commande { $name } est enregistré.
order-tickets-cancelled-refund = { $count ->
    [one] { $count } billet annulé. Veuillez rembourser { $name }.
   *[other] { $count } billets annulés. Veuillez rembourser { $name }.
  }
order-tickets-cancelled = { $count ->
    [one] { $count } billet annulé. Rien n’est à rembourser.
   *[other] { $count } billets annulés. Rien n’est à rembourser.
  }
order-title = Commande { $number }
order-state-awaiting-payment = À payer
order-state-paid = Payée
order-state-cancelled = Annulée
order-state-expired = Expirée
order-state-test = Commande d’essai
document-test = TEST – NON VALABLE
mail-order-test = Cette commande est un essai. Il n’y a rien à payer, aucune carte n’est imprimée et ses codes n’ouvrent aucune porte.
ticket-state-reserved = Réservé
ticket-state-valid = Valable
ticket-state-cancelled = Repris
order-lines = Ce qui a été vendu
order-quantity = Quantité
order-what = Billet
order-unit = Unité
order-sum = Montant
order-vat = Taxe sur la valeur ajoutée
order-tickets = Billets et bons
order-voucher = Bon { $code }
order-annual-ticket = Ouvrir la carte annuelle
order-holder-link = Page du titulaire
order-next = Prochaine étape
order-due = À payer : { $amount }
order-held-until = Réservé jusqu’au { $until }
order-take-payment = { $amount } reçus
next-sale = Vente suivante
print-receipt = Imprimer le reçu
print-all = Imprimer reçu et billets
order-documents = À imprimer
document-receipt = Reçu
document-tickets = Billets du jour
document-vouchers = Bons
order-money = Paiements
order-no-money = Rien n’a encore été reçu.
order-refund = Remboursé
order-buyer = Acheté par
order-cancel = Annuler des billets …
cancel-title = Annuler des billets
cancel-which = Quels billets sont rendus ?
cancel-reason = Pourquoi ?
cancel-look = Voir le montant
cancel-keep = Tout garder
cancel-choose-tickets = Veuillez choisir au moins un billet.
cancel-reason-missing = Veuillez indiquer un motif, 200 caractères au plus.
cancel-used = Quelqu’un est déjà entré avec l’un de ces billets. Seules les personnes habilitées peuvent le reprendre.
cancel-changed = La commande a changé entre-temps. Veuillez choisir à nouveau.
cancel-sentence = { $count ->
    [one] { $count } billet sera annulé
   *[other] { $count } billets seront annulés
  }
cancel-pays-back = à rembourser
cancel-pays-nothing = Rien n’est à rembourser.
cancel-voids-cards = { $count ->
    [one] { $count } carte annuelle devient invalide ; les entrées l’apprennent aussitôt.
   *[other] { $count } cartes annuelles deviennent invalides ; les entrées l’apprennent aussitôt.
  }
cancel-voids-vouchers = { $count ->
    [one] { $count } bon devient invalide.
   *[other] { $count } bons deviennent invalides.
  }
cancel-voids-tickets = { $count ->
    [one] { $count } billet du jour n’ouvre plus aucune porte.
   *[other] { $count } billets du jour n’ouvrent plus aucune porte.
  }
cancel-because = Motif : { $reason }
cancel-do = Annuler : { $refund }
orders-search = Rechercher
orders-search-hint = Numéro, nom ou e-mail
orders-state = État
orders-channel = Vendu
orders-from = Du
orders-until = Au
orders-sort = Tri
orders-sort-newest = Les plus récentes d’abord
orders-sort-oldest = Les plus anciennes d’abord
orders-sort-dearest = Montant le plus élevé d’abord
orders-all = Toutes
orders-show = Afficher
orders-reset = Effacer le filtre
orders-count = { $count ->
    [one] { $count } commande
   *[other] { $count } commandes
  }
orders-sum = au total
orders-export = Enregistrer comme tableau (CSV)
orders-number = Numéro
orders-placed = Quand
orders-buyer = Nom
orders-total = Somme
orders-none = Rien n’a encore été vendu. La première vente commence à la caisse.
orders-none-found = Aucune commande ne correspond à ce filtre. Supprimez-en une partie.
list-next = Afficher la suite

# Bons.

voucher-page-title = Bon
voucher-state-open = Échangeable
voucher-state-exchanged = Échangé
voucher-state-void = Annulé
voucher-state-expired = Périmé
voucher-product = Donne droit à
voucher-sold = Vendu le
voucher-valid-until = Échangeable jusqu’au
voucher-no-end = sans limite
voucher-exchanged-on = Échangé le
voucher-order = Commande
voucher-exchange = Échanger
voucher-print-a4 = Imprimer en A4
voucher-print-80mm = Imprimer en 80 mm

# Reçus, bons et billets du jour sur papier.

receipt-title = Reçu
receipt-title-due = Facture
receipt-number = Commande { $number }
receipt-regular = Prix normal
receipt-offer = Offre { $offer }
receipt-instead-of = au lieu de { $amount }
receipt-paid = Payé : { $method }
receipt-paid-back = Remboursé le { $day }
receipt-due = Reste à payer
receipt-vat-rate = TVA
receipt-vat-net = HT
receipt-vat-tax = Taxe
receipt-vat-gross = TTC
receipt-thanks = Merci de votre visite.
ticket-scan-here = À présenter à l’entrée
voucher-title = Bon pour
voucher-until = Échangeable jusqu’au { $day }
voucher-without-end = Échangeable sans limite
voucher-how = Présentez ce bon au guichet des cartes annuelles. Il y deviendra votre carte personnelle.
file-receipt = Reçu
file-tickets = Billets
file-vouchers = Bons

# La boutique en ligne.

shop-title = Billets et bons
shop-lead = Sans compte, en quelques étapes.
shop-hint-annual-ticket = À votre nom, avec photo. Vous ajoutez les deux vous-même après la commande.
shop-hint-voucher = À offrir : la personne qui le reçoit en fait sa propre carte.
shop-hint-day-ticket = Une visite le jour de votre choix.
shop-date = Jour de la visite
shop-proof = Justificatif demandé à l’entrée
shop-add = Ajouter au panier
shop-add-one = Ajouter au panier : { $product }, { $category }
shop-added = { $count ->
    [one] Votre panier contient maintenant { $count } billet.
   *[other] Votre panier contient maintenant { $count } billets.
  }
shop-to-basket = Voir le panier
shop-basket-empty = Votre panier est vide.
shop-to-shop = Voir les billets
shop-go-on = Continuer les achats
shop-checkout = Commander
shop-vat-included = Tous les prix comprennent la TVA.
checkout-title = Vos coordonnées
checkout-buyer = Qui commande ?
checkout-buyer-hint = Le nom figurant sur la carte s’indique après la commande.
checkout-review = Continuer
checkout-back = Retour au panier
review-title = Tout est correct ?
review-order = Commander et payer : { $total }
shop-payment-free = Il n’y a rien à payer.
shop-payment-invoice = Sur facture : vous payez par virement ou au guichet. Vous pouvez personnaliser tout de suite ; la carte est imprimée dès le paiement.
shop-payment-reserved = Nous réservons vos billets pendant { $hours } heures. Vous payez au guichet ou par virement ; vous recevez ensuite les billets.
shop-ordered = Merci ! Votre commande { $name } nous est parvenue.
confirmed-title = Merci beaucoup
confirmed-due = Montant à payer : { $amount }
confirmed-reserved-until = Vos billets sont réservés jusqu’au { $until }.
confirmed-pay-then-tickets = Dès le paiement, vous les trouverez ici, sur cette page.
confirmed-invoice = Vous pouvez personnaliser tout de suite. La carte est imprimée dès que la facture est payée.
confirmed-how-to-pay = Payez à un guichet du musée ou par virement, en indiquant le numéro { $number }.
confirmed-personalize = Personnaliser maintenant
confirmed-personalize-one = Personnaliser : { $name }
confirmed-personalize-hint = Indiquez un nom et une photo. Vous pouvez aussi transmettre le lien : la personne qui l’a établit la carte à son nom.
confirmed-vouchers = Vos bons
confirmed-vouchers-pdf = Ouvrir les bons (PDF)
confirmed-tickets = { $count ->
    [one] Votre billet du jour
   *[other] Vos { $count } billets du jour
  }
confirmed-tickets-hint = Présentez-les à l’entrée, sur votre téléphone ou imprimés.
confirmed-tickets-pdf = Ouvrir les billets (PDF)
confirmed-what = Votre commande
confirmed-keep-address = Conservez l’adresse de cette page : c’est le seul moyen de retrouver votre commande.

# Le lien d’une commande, par courriel et sur papier.

order-mails = Lien et courriels
order-as-buyer = La commande telle que la voit l’acheteur
order-send-link = Envoyer le lien par courriel
order-send-link-again = Envoyer le lien de nouveau
order-link-sent = Le lien est en route vers { $name }.
order-link-over = Cette commande a été annulée ou a expiré ; il n’y a rien à envoyer.
confirmed-mailed = Nous vous avons envoyé l’adresse de cette page par courriel.
receipt-order-code = Scannez pour saisir nom et photo
remind-choose = Choisir
remind-choose-one = Rappeler : { $number }
remind-chosen = Rappeler les choisis
remind-shown = Rappeler tous ceux montrés ici
remind-one = Rappeler maintenant
remind-hint = La personne qui a acheté reçoit un courriel avec les liens, une fois par jour au plus.
reminded = { $count ->
    [one] Un rappel est en route.
   *[other] { $count } rappels sont en route.
  }
reminded-some = { $count ->
    [one] Un rappel est en route. D’autres n’ont pas d’adresse, ou ont été rappelés aujourd’hui.
   *[other] { $count } rappels sont en route. D’autres n’ont pas d’adresse, ou ont été rappelés aujourd’hui.
  }
reminded-nobody = Personne n’a été rappelé : il n’y a pas d’adresse, ou un rappel a été envoyé aujourd’hui.
reminded-nothing = Personne n’a été choisi qui attende encore.
code-hint-mistyped = Il ressemble à l’un des nôtres avec une faute de frappe : comparez-le lettre par lettre.
code-hint-did-you-mean = Vouliez-vous dire { $code } ?
code-too-many-tries = Trop de codes erronés en peu de temps. Attendez une minute et réessayez.
