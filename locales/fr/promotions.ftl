# Les offres et leurs codes.

decimal-mark = {","}
yes = oui
search-button = Chercher
campaigns-all = Toutes
campaigns-by-state = Offres par état
campaigns-search = Chercher par nom ou clé
campaigns-empty = Il n’y a pas encore d’offre. Créez la première : le formulaire montre aussitôt ce que paie une famille.
campaigns-order-hint = De plusieurs offres qui agissent d’elles-mêmes, la première de la liste compte.
campaigns-total = { $count ->
    [one] 1 offre
   *[other] { $count } offres
  }
offer-new = Nouvelle offre
offer-new-expert = Nouvelle offre en JSON
offer-edit = Modifier l’offre
offer-make = Créer l’offre
offer-save = Enregistrer
offer-expert = Tous les réglages en JSON
offer-expert-lead = Pour tout ce que le formulaire ne propose pas. Le formulaire garde ce qui est réglé ici.
offer-json = L’offre
offer-what = Quoi
offer-when = Quand et où
offer-which = Pour quels billets
offer-which-hint = Rien de coché signifie : pour tous.
offer-limits = Limites et combinaisons
offer-name = Nom
offer-name-hint = Les clients le voient dans le panier et sur le reçu.
offer-description = Texte court
offer-description-hint = Un message court pour les clients.
offer-key = Clé
offer-key-hint = Minuscules, chiffres et traits d’union ; elle ne change jamais. Laissez vide : elle vient du nom.
offer-kind = Son effet
offer-kind-percent-off = Pourcentage sur chaque billet
offer-kind-amount-off-ticket = Montant sur chaque billet
offer-kind-ticket-price = Prix fixe par billet
offer-kind-bundle = Acheter et recevoir
offer-kind-amount-off-order = Montant sur la commande
offer-kind-percent-off-order = Pourcentage sur la commande
offer-kind-price-list = Liste de prix propre
offer-percent = Pourcentage
offer-max-discount = Au plus, en { $currency } par commande
offer-amount = Montant en { $currency }
offer-price = Prix en { $currency }
offer-prices = Prix en { $currency } par catégorie
offer-prices-hint = Une catégorie sans prix n’est pas sur la liste.
offer-buy = Billets à payer
offer-get = Billets en retour
offer-bundle-percent = Pourcentage sur ceux-ci (vide : gratuits)
offer-max-bundles = Au plus tant de fois par commande
offer-reward = Quels billets sont offerts
offer-reward-cheapest = Aucun plus cher que ceux payés
offer-reward-any = N’importe lesquels, quel que soit le prix
offer-valid-from = Premier jour
offer-valid-until = Dernier jour
offer-activation = Comment elle entre en jeu
offer-activation-code = Avec un code
offer-activation-code-hint = Quelqu’un saisit l’un de ses codes.
offer-activation-automatic-combinable = D’elle-même, à côté des codes
offer-activation-automatic-combinable-hint = Elle agit comme si chacun avait saisi un code ; le meilleur prix compte.
offer-activation-automatic = D’elle-même, seule
offer-activation-automatic-hint = Les codes ne comptent pas à côté.
offer-channels = Où l’on vend (rien de coché : partout)
offer-products = Produits
offer-categories = Catégories
offer-houses = Maisons
offer-exhibitions = Expositions
offer-min-tickets = Billets au moins par commande
offer-max-tickets = Billets au plus par commande
offer-min-order-value = Valeur minimale de la commande
offer-max-discounted-tickets = Billets réduits au plus par commande
offer-max-orders = Commandes en tout
offer-max-orders-per-customer = Commandes par client
offer-max-tickets-total = Billets réduits en tout
offer-exclusive = Aucun autre code à côté
offer-exclusive-hint = Le plus favorable des deux compte.
offer-stackable = Peut partager un billet avec une autre offre
offer-stackable-hint = Seulement si l’autre le peut aussi.
offer-enable-at-once = L’activer tout de suite
offer-state = État
offer-state-active = En cours
offer-state-planned = Prévue
offer-state-used-up = Épuisée
offer-state-ended = Terminée
offer-state-off = Désactivée
offer-period = Période
offer-position = Rang
offer-orders-used = Commandes
offer-tickets-used = Billets réduits
offer-used-of = { $used } sur { $most }
offer-always = toujours
offer-from = à partir du { $date }
offer-until = jusqu’au { $date }
offer-from-until = du { $from } au { $until }
offer-does-nothing = aucun effet sur les prix
offer-does-price-list = { $count ->
    [one] prix propre pour une catégorie
   *[other] prix propres pour { $count } catégories
  }
offer-does-audience = prix pour { $audience }
offer-does-percent-off = { $percent } % sur chaque billet
offer-does-percent-off-order = { $percent } % sur la commande
offer-does-amount-off-ticket = { $amount } sur chaque billet
offer-does-amount-off-order = { $amount } sur la commande
offer-does-ticket-price = chaque billet à { $price }
offer-does-bundle = { $buy } achetés, { $get } offerts
offer-does-bundle-less = { $buy } achetés, { $get } en plus
offer-does-bundle-share = avec { $percent } % de remise
offer-does-at-most = au plus { $amount }
offer-changes = Ce qui a changé
offer-version = Version n° { $count }
offer-switch = Activer, désactiver, rang
offer-is-on = L’offre est activée.
offer-is-off = L’offre est désactivée : ses codes sont refusés.
offer-switch-on = Activer
offer-switch-off = Désactiver
offer-place = Rang sur la liste
offer-move = Déplacer
offer-delete = Supprimer l’offre
offer-delete-question = Supprimer « { $name } » ?
offer-delete-what = { $count ->
    [0] Elle n’a jamais servi et n’a pas de code. Elle ne pourra pas être rétablie.
    [one] Elle n’a jamais servi. Son unique code disparaît avec elle, sans retour.
   *[other] Elle n’a jamais servi. Ses { $count } codes disparaissent avec elle, sans retour.
  }
offer-keep = La garder
offer-was-used-hint = Elle a servi : elle peut être désactivée, pas supprimée.
offer-codes = { $count ->
    [0] Pas encore de code.
    [one] Un code.
   *[other] Elle a { $count } codes.
  }
offer-made = « { $name } » est créée.
offer-saved = « { $name } » est enregistrée.
offer-enabled = « { $name } » est activée.
offer-disabled = « { $name } » est désactivée.
offer-moved = « { $name } » est déplacée.
offer-deleted = L’offre { $name } est supprimée.
offer-delete-was-used = Elle a servi entre-temps et n’a donc pas été supprimée.
offer-wrong-name = Veuillez lui donner un nom de 200 caractères au plus.
offer-wrong-key = Une clé a des minuscules, des chiffres et des traits d’union, et commence par une lettre ou un chiffre.
offer-wrong-percent = Un pourcentage est un nombre de 0 à 100.
offer-wrong-amount = Veuillez saisir un montant, par exemple 9,90.
offer-wrong-prices = Au moins une catégorie demande un prix, par exemple 9,90.
offer-wrong-number = Veuillez saisir un nombre entier à partir de 1.
offer-wrong-days = Le dernier jour ne doit pas précéder le premier.
offer-wrong-whole = Ces réglages ne vont pas ensemble. Des limites de billets, par exemple, ne vont pas avec une remise sur toute la commande.
problem-offer-key-taken = Une autre offre a déjà cette clé.
problem-offer-key-changed = La clé d’une offre ne change jamais.
expert-no-json = Ce n’est pas du JSON : voir ligne { $line }, colonne { $column }.
expert-wrong = À corriger en { $path } : { $message }
example = Par exemple
example-line = { $count } fois { $name }
example-instead-of = au lieu de
example-saved = { $amount } économisés
example-no-saving = Sur ce panier, l’offre n’économise rien.
example-not-here = Sur ce panier, l’offre n’agit pas.
example-exhausted = Toutes ses utilisations sont épuisées.
example-none = Rien n’est encore en vente à quoi cette offre s’appliquerait.
example-unfinished = Dès que le formulaire est complet, un exemple apparaît ici.
example-show = Montrer l’exemple
codes = Codes de l’offre
codes-open = Voir les codes
codes-search = Chercher des codes
codes-total = { $count ->
    [one] un seul code
   *[other] { $count } codes en tout
  }
codes-export = Exporter en CSV
codes-export-workbook = Exporter en classeur
codes-empty = Il n’y a pas encore de code. Créez-en un, ou beaucoup d’un coup.
codes-none-found = Aucun code ne contient ce texte.
code = Code promotionnel
code-offer = Offre
code-new = Un nouveau code
code-hint = Espaces, traits d’union et minuscules ne changent rien.
code-max-uses = Combien de fois utilisable
code-max-uses-hint = Vide : sans limite.
code-make = Créer le code
code-used = Utilisé
code-used-unlimited = { $count } · sans limite
code-uses = Quand il a servi
code-state-open = Ouvert
code-state-used-up = Épuisé
code-state-off = Désactivé
use-state-reserved = réservé jusqu’au paiement
use-state-confirmed = utilisé
use-state-released = rendu
code-made = Le code { $name } est créé.
code-changed = Le code { $name } est enregistré.
code-enabled = Le code { $name } est activé.
code-disabled = Le code { $name } est désactivé.
code-deleted = Le code { $name } est supprimé.
code-delete = Supprimer le code
code-delete-hint = Il n’a jamais servi et peut donc être supprimé.
code-delete-was-used = Il a servi entre-temps et n’a donc pas été supprimé.
code-switch-on = Activer le code
code-switch-off = Désactiver le code
code-confusable = On le prendrait pour { $code }, qui existe déjà.
problem-code-taken = Ce code existe déjà.
problem-code-empty = Veuillez saisir un code avec au moins une lettre ou un chiffre.
problem-code-too-long = Un code a au plus 64 caractères.
problem-pattern-too-short = Autant de codes demandent plus de caractères, sinon on les devinerait.
problem-prefix-too-long = Un début a au plus 30 caractères.
codes-new = Beaucoup de codes d’un coup
codes-count = Combien
codes-prefix = Ils commencent par
codes-length = Caractères ensuite
codes-max-uses-hint = Chacun d’eux. 1 : une seule fois ; vide : sans limite.
codes-generate = Générer
codes-made = { $count ->
    [one] Un code est généré.
   *[other] { $count } codes sont générés.
  }
codes-wrong-count = Veuillez saisir un nombre de 1 à { $most }.
codes-wrong-length = De 4 à 22 caractères sont possibles ; 8 est l’usage.
