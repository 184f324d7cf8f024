# Le catalogue tel que l’administration le tient.

admin-museum = Le musée
admin-house = En coulisse
catalog-houses = Maisons
catalog-houses-lead = Musées avec adresse et fuseau horaire.
catalog-houses-new = Nouvelle maison
catalog-exhibitions = Expositions
catalog-exhibitions-lead = Parties d’une maison avec leurs propres jours.
catalog-exhibitions-new = Nouvelle exposition
catalog-scopes = Domaines
catalog-scopes-lead = Ce qu’un billet ouvre : maisons et expositions.
catalog-scopes-new = Nouveau domaine
catalog-categories = Catégories
catalog-categories-lead = Adulte, réduit, enfant, accompagnant.
catalog-categories-new = Nouvelle catégorie
catalog-products = Produits
catalog-products-lead = Cartes annuelles, bons et billets, avec leur validité.
catalog-products-new = Nouveau produit
catalog-price-lists = Listes de prix
catalog-price-lists-lead = Ce que coûte chaque produit par catégorie.
catalog-price-lists-new = Nouvelle liste de prix
catalog-events = Rendez-vous
catalog-events-lead = Visites et soirées, avec places et étiquettes.
catalog-events-new = Nouveau rendez-vous
catalog-add = Ajouter
catalog-empty = Il n’y a encore rien. Ajoutez le premier élément.
catalog-none = aucun
catalog-nothing-to-choose = Il n’y a encore rien à choisir.
catalog-added = « { $name } » est ajouté.
catalog-saved = « { $name } » est enregistré.
catalog-removed = { $name } est supprimé.
catalog-in-use = { $name } est utilisé : quelque chose s’y réfère, il reste donc.
catalog-remove = Supprimer
catalog-remove-question = Supprimer « { $name } » ?
catalog-remove-what = La suppression n’a lieu que si rien ne s’y réfère : ni vente, ni offre, ni autre élément du catalogue.
problem-catalog-key-taken = Cette clé est prise.
prices-hint = Un champ vide signifie : pas en vente dans cette catégorie.
scope-number = numéro { $number } dans les codes
category-needs-proof = justificatif demandé
price-list-prices = { $count ->
    [one] 1 prix en tout
   *[other] { $count } prix
  }
validity-months = { $count ->
    [one] 1 mois
   *[other] { $count } mois
  }
product-archived = plus en vente
event-capacity = { $count ->
    [one] une place
   *[other] { $count } places au plus
  }
product-kind-annual-ticket = Carte annuelle
product-kind-annual-ticket-voucher = Bon pour une carte annuelle
product-kind-day-ticket = Billet du jour
validity-start = Elle commence
validity-start-purchase = le jour de l’achat
validity-start-day-after-purchase = le lendemain de l’achat
validity-start-chosen = un jour choisi
validity-start-season = avec une saison
validity-start-exchange = à l’échange du bon
validity-start-personalization = à la personnalisation
validity-start-first-entry = à la première entrée
validity-lasts-months = Durée en mois
validity-window-days = Choix au plus tard, en jours
validity-from = Saison du
validity-until = Saison au
validity-latest-start-months = Première entrée en mois
personal-photo = Portrait photo
personal-given-name = Prénom
personal-family-name = Nom de famille
personal-birth-date = Date de naissance
personal-address = Adresse postale
photo-review-doubtful = celles qui sont douteuses
photo-review-always = toutes
reentry-attention = laisser entrer et signaler
reentry-refuse = refuser
not-collected-attention = laisser entrer, l’équipe regarde
not-collected-refuse = envoyer au guichet
field-key = Clé
field-name = Nom
field-names = Nom
field-time-zone = Fuseau horaire
field-country = Pays
field-address = Adresse
field-pickup-hours = Quand les cartes peuvent être retirées, comme le disent les messages
field-not-collected = Une carte pas encore remise
field-house = Maison
field-exhibition = Exposition
field-valid-from = Premier jour
field-valid-until = Dernier jour
field-id = Numéro dans les codes
field-houses = Maisons
field-exhibitions = Expositions
field-check-proof = L’entrée demande un justificatif
field-requires = Seulement avec
field-labels = Étiquettes
field-prices = Prix
field-kind = Type
field-scope = Ouvre
field-validity = Validité
field-exchange-for = Échangé contre
field-voucher-valid-months = Mois pendant lesquels il est échangeable
field-vat-rate = TVA en pour cent
field-channels = Vendu où
field-required-fields = Nécessaire pour la carte
field-photo-review = Regarder les photos des visiteurs avant l’impression
field-annual-tickets = Cartes par billet
field-companions = Accompagnants
field-reentry-secs = Délai de rentrée en secondes
field-reentry-policy = Une carte qui revient pendant ce délai
field-allow-unpaid = Imprimer et laisser entrer avant le paiement
field-layout = Maquette des cartes
field-max-total = Nombre maximal à vendre
field-archived = Plus en vente
field-starts-at = Début
field-capacity = Nombre de places
field-price-list = Liste de prix
hint-key = Minuscules, chiffres et traits d’union ; elle ne change jamais.
hint-names = Une langue suffit ; les autres y renvoient.
hint-labels = Des mots séparés par des virgules ; les offres peuvent les demander.
hint-time-zone = Par exemple Europe/Berlin. Ses jours comptent pour les billets de cette maison.
hint-country = Deux majuscules, par exemple DE.
hint-id = Laissez vide : le prochain numéro libre.
hint-channels = Rien de coché signifie : partout.
hint-annual-tickets = Plus de 1 pour les familles : chaque carte a son titulaire.
hint-price-list = Aucune : les prix habituels.
hint-capacity = Vide : autant qu’il en vient.
hint-max-total = Vide : sans limite.
hint-layout = Aucune : la maquette convenue qui va avec le produit.
hint-scope = Aucun pour un billet du jour : la maison pour laquelle il est vendu.
wrong-key = Veuillez choisir une clé de minuscules, chiffres et traits d’union.
wrong-name = Veuillez saisir un nom de 200 caractères au plus.
wrong-names = Veuillez saisir le nom dans une langue au moins.
wrong-time-zone = Ce fuseau horaire est inconnu. Europe/Berlin en est un.
wrong-country = Un pays est fait de deux majuscules, par exemple DE.
wrong-address = Une adresse demande une rue, un code postal tel que le pays l’écrit, une ville et un pays de deux lettres.
wrong-valid-from = Veuillez saisir un jour.
wrong-valid-until = Le dernier jour ne doit pas précéder le premier.
wrong-validity = Une carte annuelle, et elle seule, demande une validité : 1 à 120 mois, ou une saison dont la fin suit le début.
wrong-scope = Une carte annuelle demande un domaine : qu’ouvre-t-elle ?
wrong-exchange-for = Un bon, et lui seul, nomme la carte annuelle contre laquelle il s’échange.
wrong-vat-rate = Veuillez saisir un pourcentage, par exemple 7 ou 19.
wrong-prices = Veuillez saisir des montants, par exemple 9,90.
wrong-labels = Une étiquette a de 1 à 64 caractères et n’est pas à la fois ajoutée et retirée.
wrong-houses = Veuillez choisir au moins une maison ou une exposition. Le domaine d’une maison n’ouvre qu’elle.
wrong-starts-at = Veuillez saisir un jour et une heure.
wrong-exhibition = Cette exposition appartient à une autre maison.
wrong-reason-invalid-value = Veuillez vérifier cette donnée.
wrong-reason-unknown-key = Ce qui est nommé ici n’existe plus.
wrong-reason-cannot-change = Cela reste tel que lors de la création.
wrong-reason-duplicate = Ceci figure deux fois.
wrong-reason-id-taken = Un autre domaine a ce numéro.
wrong-reason-scope-was-sold = Ce qui a été vendu ouvre ceci, qui reste donc inclus. Pour vendre sans, faites quitter le réseau à la maison sur sa propre page, ou créez un autre domaine.
address-lines = Rue et numéro
address-postal-code = Code postal
address-city = Ville
address-country = Pays (deux lettres)
labels-all-houses = toutes les maisons
labels-all-exhibitions = toutes les expositions
labels-add = Poser
labels-remove = Retirer
labels-apply = Appliquer à tous
labels-done = { $count ->
    [one] Un rendez-vous a été modifié.
   *[other] { $count } rendez-vous ont été modifiés.
  }
layouts-title = Maquettes de cartes
layouts-title-lead = L’aspect des cartes, et la version convenue.
layouts-empty = Il n’y a pas encore de maquette. Les cartes attendent qu’une soit convenue.
layout-state-draft = Ébauche
layout-state-proposed = Proposée
layout-state-agreed = Convenue
layout-state-retired = Retirée
layout-products = Pour
layout-all-products = tous les produits
layout-agreed = Convenue le
layout-fingerprint = Empreinte

leave-link = Quitte le réseau ..
leave-title = { $house } quitte le réseau
leave-kept-title = Ce qui est vendu reste vendu
leave-kept = { $count ->
    [0] Aucun abonnement vendu n’ouvre cette maison.
    [one] Un abonnement continue d’ouvrir cette maison. Son dernier jour n’est pas encore connu.
   *[other] { $count } abonnements continuent d’ouvrir cette maison. Leurs derniers jours ne sont pas encore connus.
}
leave-kept-until = { $count ->
    [one] Un abonnement continue d’ouvrir cette maison, jusqu’au { $day }.
   *[other] { $count } abonnements continuent d’ouvrir cette maison, le dernier jusqu’au { $day }.
}
leave-rule = Une carte ouvre jusqu’à son dernier jour les maisons avec lesquelles elle a été vendue ; la page de son titulaire les nomme. Un renouvellement pendant la validité continue ainsi ; celui qui recommence ouvre ce qui est vendu alors.
leave-products-title = Ce qui est vendu désormais
leave-going-on = Ces produits continuent sans elle. Ils ouvrent :
leave-ending = Ces produits n’ouvraient rien d’autre. Ils sont archivés et ne sont plus vendus :
leave-reason = Motif
leave-reason-missing = Merci de dire pourquoi : cela figure dans l’historique.
leave-do = Vendre sans cette maison
problem-nothing-to-change = Plus aucun produit n’ouvre cette maison.
