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

codes-import = Codes depuis un fichier
codes-import-lead = Vous voyez ce que devient chaque ligne avant que rien ne soit gardé.
codes-import-file = Fichier (CSV ou XLSX)
codes-import-hint = Un code par ligne, autant de lignes que vous voulez. Les titres comme code, utilisations et actif sont reconnus.
codes-import-samples = Fichiers d’exemple :
codes-import-look = Regarder
codes-import-past = Fichiers déjà repris
codes-import-when = Quand
codes-import-rows = Lignes
codes-import-left-out = Écartés
codes-import-preview = Ce que dit le fichier
codes-import-before = Ce fichier même a été repris le { $when }. Le reprendre ne change rien.
codes-import-remarkable = Lignes à vérifier
codes-import-problems-file = Toutes en CSV
codes-import-first = Les premières lignes
codes-import-take = Reprendre les codes
codes-import-take-hint = Les codes déjà présents restent tels quels. Les lignes fautives sont écartées.
codes-import-do = Reprendre
codes-import-columns = Comment le fichier est lu
codes-import-no-such = Pas dans le fichier
codes-import-enabled = Utilisable tout de suite
codes-import-first-row = La première ligne est
codes-import-headings = un titre
codes-import-a-code = déjà un code
codes-import-max-uses = Utilisations si le fichier n’en dit rien
codes-import-again = Lire ainsi
codes-import-line = Ligne
codes-import-why = Ce qui a été remarqué
codes-import-is-new = Nouveau
codes-import-is-known = Déjà là
codes-import-doubt-number = Un nombre : des zéros initiaux ont pu disparaître
codes-import-doubt-shortened = Ressemble à un nombre abrégé par un tableur
codes-import-row-empty = Pas de code dans cette ligne
codes-import-row-too-long = Plus de 64 caractères
codes-import-row-formula = Une formule, pas un code
codes-import-row-date = Le tableur en a fait une date
codes-import-row-uses = Les utilisations ne sont pas un entier à partir de 1
codes-import-row-enabled = Ni oui ni non
codes-import-row-confusable = On le prendrait pour « { $about } »
codes-import-row-other-offer = Appartient à l’offre « { $about } »
codes-import-no-table = Ce fichier n’est pas un tableau. On peut lire CSV et XLSX.
codes-import-old-workbook = Ce classeur est à l’ancien format XLS. Enregistrez-le en XLSX ou CSV.
codes-import-damaged = Ce classeur est endommagé.
codes-import-empty = Il n’y a aucune ligne dans ce fichier.
codes-import-no-column = Aucun titre ne dit quelle colonne contient les codes.
code-uses-endless = illimité
codes-import-new = { $count ->
    [one] Un nouveau code.
   *[other] { $count } nouveaux codes.
  }
codes-import-known = { $count ->
    [one] Un est déjà là.
   *[other] { $count } sont déjà là.
  }
codes-import-wrong = { $count ->
    [one] Une ligne est écartée.
   *[other] { $count } lignes sont écartées.
  }
codes-import-doubtful = { $count ->
    [one] Un code a peut-être été modifié par un tableur. Comparez-le.
   *[other] { $count } codes ont peut-être été modifiés par un tableur. Comparez-les.
  }
codes-imported = { $count ->
    [one] Un code est repris du fichier.
   *[other] { $count } codes sont repris du fichier.
  }
codes-being-made = { $count } codes sont en cours de génération. Rechargez la page pour voir où cela en est.

offer-state-archived = Archivée
offer-archive = Archiver
offer-take-out = Ressortir
offer-archived = « { $name } » est archivée.
offer-taken-out = « { $name } » est ressortie.
offer-copy = Faire une copie
offer-copied = « { $name } » est créée comme copie. Elle est désactivée et n’a pas encore de codes.
offer-texts = Ce que lisent les clients
offer-texts-lead = Le nom et la phrase figurent dans le panier de qui utilise l’offre.
offer-texts-usual = Sans texte propre à une langue, on affiche :
offer-texts-none = Pour l’instant identique dans chaque langue.
offer-texts-edit = Textes par langue
offer-texts-kept = Les textes de « { $name } » sont enregistrés.
offer-text-too-long = Au plus { $most } caractères.
offer-before-it-runs = Avant de la lancer
offer-check = Chercher des conflits
offer-restored = « { $name } » dit à nouveau ce qu’elle disait.
version-look-before = la version précédente
version-same = L’offre dit la même chose aujourd’hui.
version-would-change = Ce qui changerait
version-orders-keep = Les commandes passées gardent leur prix.
version-restore = Rétablir cette version
check-lead = Ce qui peut empêcher cette offre d’agir comme prévu, et les offres qu’elle rencontre.
check-nothing = Rien ne s’y oppose.
check-look = Regarder
check-never-valid = Elle commence après sa fin.
check-over = Son dernier jour était le { $day }.
check-unreachable-label = Rien ne porte l’étiquette « { $label } ».
check-unknown-key = Il n’y a rien qui s’appelle « { $key } » dans la maison.
check-events-never-meet = Aucun de ses événements ne tombe dans sa période.
check-no-code = Il lui faut un code et elle n’en a pas.
check-overlap-first-on-the-list = « { $offer } » vise les mêmes billets et agit aussi d’elle-même : la première de la liste compte.
check-overlap-blocks-codes = « { $offer } » vise les mêmes billets : celle qui agit d’elle-même empêche les codes.
check-overlap-better-one = « { $offer } » vise les mêmes billets : pour chaque billet, la meilleure pour le client agit.
check-overlap-both = « { $offer } » vise les mêmes billets : les deux agissent, l’une après l’autre.
what-if = Et si ?
what-if-lead = Les commandes passées sont recalculées telles quelles, avec cette offre dans son état actuel. Rien n’est modifié.
what-if-by-code = Là où elle n’était pas en vigueur, on suppose que chaque acheteur a saisi son code.
what-if-own-days = Seulement pendant la période de l’offre
what-if-ask = Recalculer
what-if-wrong-days = Choisissez un premier et un dernier jour, à un an d’écart au plus.
what-if-before = Ce qui a été payé
what-if-with = Ce qui aurait été payé
what-if-difference = Différence
what-if-progress = { $count } commandes sur { $all }
what-if-stop = Arrêter
what-if-go-on = Continuer
what-if-orders = { $count ->
    [one] Une commande recalculée
   *[other] { $count } commandes recalculées
  }
what-if-changed = { $count ->
    [one] Une aurait un autre prix.
   *[other] { $count } auraient un autre prix.
  }
what-if-unpriced = { $count ->
    [one] Une ne peut pas être recalculée.
   *[other] { $count } ne peuvent pas être recalculées.
  }
