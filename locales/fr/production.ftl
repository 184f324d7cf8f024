# La file d'impression, les tirages et le contrôle des cartes.

print-title = Impression
print-parts = Cartes selon leur état
print-part-ready-to-print = prêtes à imprimer
print-part-in-print-run = dans un tirage
print-part-to-check = à contrôler
print-part-ready-for-dispatch = prêtes à l’envoi
print-part-set-aside = mises de côté
print-part-waiting-for-layout = sans maquette convenue
print-differs = La carte diffère

print-filter = Filtrer la liste
print-filter-text = Nom ou numéro
print-filter-house = Retrait à
print-filter-age = Complétée
print-age = { $days ->
    [one] depuis plus d’un jour
   *[other] depuis plus de { $days } jours
  }
print-filter-apply = Afficher
print-any = Tout
print-sort = Ordre
print-sort-waiting = Les plus anciennes d’abord
print-sort-newest = Les plus récentes d’abord
print-sort-name = Par nom
print-sort-number = Par numéro
print-total = { $count ->
    [one] 1 carte
   *[other] { $count } cartes
  }
print-export = Exporter en CSV
print-tick = Choisir
print-column-portrait = Photo
print-column-card = Carte
print-column-number = Numéro de carte
print-column-holder = Titulaire
print-column-product = Produit
print-column-way = Acheminement
print-column-since = Depuis
print-column-state = État
print-since = depuis le { $day }
print-way-mail = Par courrier
print-way-pickup = Retrait
print-way-counter = Guichet
print-next-page = Page suivante
print-prepare-again = Réessayer
print-prepared-again = Nouvel essai pour la carte de { $name }.

print-empty-filtered = Aucune carte ne correspond à ce filtre. « Tout » en montre davantage.
print-empty-ready-to-print = Rien n’attend l’impression. Une carte apparaît ici dès que les données et la photo sont complètes.
print-empty-in-print-run = Aucun tirage n’est en préparation.
print-empty-to-check = Aucune carte imprimée n’attend d’être contrôlée.
print-empty-ready-for-dispatch = Aucune carte imprimée n’attend le courrier.
print-empty-set-aside = Aucune carte n’est mise de côté. Tout peut être imprimé.
print-empty-waiting-for-layout = Chaque produit a une maquette convenue.

print-aside-missing-glyph-what = Caractère manquant
print-aside-missing-glyph-next = Le nom contient un caractère qu’aucune police de la maquette ne montre. Écrivez-le autrement sur la page de la carte, ou convenez d’une maquette avec une autre police.
print-aside-text-too-long-what = Texte trop long
print-aside-text-too-long-next = Le nom ne tient pas, même en très petits caractères. Raccourcissez-le sur la page de la carte.
print-aside-photo-missing-what = Photo manquante
print-aside-photo-missing-next = La photo enregistrée est introuvable. Prenez-en une nouvelle sur la page de la carte.
print-aside-photo-review-what = Photo pas encore acceptée
print-aside-photo-review-next = Regardez la photo sous « Personnalisation », ou attendez la nouvelle qui a été demandée.
print-aside-photo-unreadable-what = Photo illisible
print-aside-photo-unreadable-next = La photo ne peut pas être imprimée. Prenez-en une nouvelle sur la page de la carte.
print-aside-photo-too-small-what = Photo trop petite
print-aside-photo-too-small-next = La photo a trop peu de pixels pour une bonne impression. Prenez-en une nouvelle sur la page de la carte.
print-aside-test-order-what = Essai
print-aside-test-order-next = Cette carte pourrait être imprimée. Elle fait partie d’une commande d’essai et ne l’est donc pas ; aucune entrée ne l’accepte.
print-aside-code-unwritable-what = Code impossible à dessiner
print-aside-code-unwritable-next = La maquette demande un type de code que cette carte ne peut pas avoir. Prévenez l’administration.
print-aside-code-too-large-what = Code trop grand
print-aside-code-too-large-next = La maquette laisse trop peu de place au code. Prévenez l’administration.
print-aside-print-data-damaged-what = Données abîmées
print-aside-print-data-damaged-next = Ce qui était enregistré pour cette carte est abîmé. Réessayez ; sinon, prenez une nouvelle photo.
print-aside-other-what = Impression impossible
print-aside-other-next = Ouvrez la page de la carte, corrigez ce qui ne va pas et réessayez.

print-new-run = Nouveau tirage
print-new-run-all = { $count ->
    [one] 1 carte est prête. Cochez des cartes dans la liste pour n’imprimer que celles-ci.
   *[other] { $count } cartes sont prêtes. Cochez des cartes dans la liste pour n’imprimer que celles-ci.
  }
print-new-run-ticked = cochées
print-new-run-max = Au plus
print-new-run-go = Imprimer …
print-new-run-nothing = Plus aucune carte ne correspond à ce choix.
print-read-each = Ne clore le tirage que lorsque chaque carte a été relue
print-read-each-note = Ce tirage sera clos lorsque chaque carte imprimée aura été relue.
print-new-run-question = { $count ->
    [one] Lancer un tirage avec 1 carte ?
   *[other] Lancer un tirage avec { $count } cartes ?
  }
print-new-run-lead = Les cartes sont figées dans le tirage : personne ne les imprime une seconde fois.
print-new-run-set-aside = { $count ->
    [one] 1 carte est mise de côté et ne sera pas imprimée.
   *[other] { $count } cartes sont mises de côté et ne seront pas imprimées.
  }
print-new-run-start = { $count ->
    [one] Lancer avec 1 carte
   *[other] Lancer avec { $count } cartes
  }
print-show-them = Voir
print-not-now = Pas maintenant
print-back-to-queue = Vers la file d’impression
print-front-of = Recto de la carte de { $name }
print-run-started = { $count ->
    [one] Le tirage { $name } est lancé avec 1 carte.
   *[other] Le tirage { $name } est lancé avec { $count } cartes.
  }

print-runs-title = Tirages
print-runs-empty = Rien n’a encore été imprimé. Lancez le premier tirage depuis la file d’impression.
print-run = Tirage
print-run-title = Tirage { $number }
print-run-begun = Lancé
print-run-cards = { $count ->
    [one] 1 carte
   *[other] { $count } cartes
  }
print-cards = Cartes
print-printed = Imprimées
print-spoiled = Abîmées
print-run-preparing = fichiers en cours
print-run-open = à contrôler
print-run-closed = terminé
print-run-cancelled = abandonné
print-run-to-check = { $count ->
    [one] 1 carte attend d’être contrôlée.
   *[other] { $count } cartes attendent d’être contrôlées.
  }
print-of = { $done } sur { $all }
print-progress = Préparation des fichiers
print-joining = { $done } cartes sur { $all } sont dans le tirage
print-rate = { $rate } cartes par seconde
print-secs-left = encore { $secs } s environ
print-mins-left = encore { $mins } min environ
print-left-unknown = vient de commencer
print-files = Fichiers
print-files-lead = Imprimez un fichier, puis contrôlez les cartes.
print-file-cards-pdf = pour l’imprimante à cartes : recto et verso de chaque carte
print-file-sheets-pdf = sur A4, dix cartes par feuille
print-file-letters-pdf = lettres pour les cartes envoyées
print-file-manifest-csv = une ligne par carte
print-file-manifest-xlsx = le même en classeur
print-file-photos-zip = les photos, nommées par numéro de carte
print-part-from = De la carte
print-part-to = à la carte
print-part-again = Seulement ces cartes
print-no-printer = Aucune imprimante à cartes n’est reliée. Imprimez cards.pdf sur votre imprimante, puis contrôlez les cartes.
print-run-faces = Cartes de ce tirage
print-outcome = Jusqu’ici
print-outcome-pending = non contrôlées
print-outcome-printed = imprimées
print-outcome-spoiled = abîmées
print-outcome-withdrawn = retirées
print-outcome-unread = à relire encore
print-blanks = Cartes vierges utilisées
print-outcome-read = lues au lecteur
print-read = lue
print-run-stop = Abandonner le tirage …
print-stop-question = Abandonner le tirage { $number } ?
print-stop-lead = { $count ->
    [one] 1 carte retourne dans la file. Si elle est déjà imprimée, détruisez le plastique.
   *[other] { $count } cartes retournent dans la file. Si certaines sont déjà imprimées, détruisez le plastique.
  }
print-stop-printed = { $count ->
    [one] 1 carte déjà confirmée reste comme elle est.
   *[other] { $count } cartes déjà confirmées restent comme elles sont.
  }
print-stop-not = Continuer l’impression
print-stop-go = { $count ->
    [one] Remettre 1 carte dans la file
   *[other] Remettre { $count } cartes dans la file
  }
print-stop-nothing = Toutes les cartes de ce tirage sont déjà contrôlées.
print-run-cancelled-note = { $count ->
    [one] Le tirage { $name } est abandonné. 1 carte est de retour dans la file.
   *[other] Le tirage { $name } est abandonné. { $count } cartes sont de retour dans la file.
  }

print-check = Contrôler les cartes
print-check-lead = Marquez ce qui est abîmé. Tout le reste devient prêt à l’envoi.
print-now-title = Imprimer et remettre la carte
print-now-by-hand = Aucune imprimante à cartes n’est connectée. Vous recevez le fichier et l’imprimez vous-même.
print-now-file = Sans imprimante : imprimer vous-même le fichier
print-now-house = Le navigateur retient la maison de ce guichet : celle de l’imprimante choisie.
print-now-other = Imprimer autrement
print-now-started = La carte est en cours d’impression.
print-now-printer-in-use = L’imprimante est occupée. Patientez un instant ou choisissez-en une autre.
print-now-look = La carte est-elle réussie ?
print-now-good = Bien imprimée
print-now-reason = Sinon : que s’est-il passé ?
print-now-open-file = Ouvrir le fichier pour l’imprimante à cartes
print-now-spoiled = Ratée
print-check-legend = { $count ->
    [one] 1 carte
   *[other] { $count } cartes
  }
print-check-done = Toutes les cartes de ce tirage sont contrôlées.
print-check-more = D’autres cartes suivent.
print-check-go = { $count ->
    [one] Confirmer 1 carte imprimée
   *[other] Confirmer { $count } cartes imprimées
  }
print-check-go-some = Confirmer #1 imprimées, #2 abîmées retournent
print-checked-all = { $count ->
    [one] 1 carte est prête à l’envoi.
   *[other] { $count } cartes sont prêtes à l’envoi.
  }
print-checked = Prêtes à l’envoi : { $count }. De retour dans la file : { $name }.
print-damaged = abîmée
print-reason = Qu’est-il arrivé aux cartes abîmées ?
print-spoil-smudged = Bavures ou stries
print-spoil-misprint = Mal imprimée ou décalée
print-spoil-scratched = Rayée ou pliée
print-spoil-jam = Coincée dans l’imprimante
print-spoil-other = Autre chose
print-reason-other = Quoi d’autre ?
print-reason-missing = Veuillez dire ce qui est arrivé aux cartes abîmées.
print-scan-back = Lire au lecteur
print-scan-back-lead = Lisez chaque carte imprimée : elle est alors attestée et confirmée.
print-scan-field = Code ou numéro de la carte
print-scan-go = Lire
print-read-good = { $number } est là : carte { $position } de ce tirage.
print-read-twice = { $number } a déjà été lue. Est-elle là deux fois ?
print-read-order = La carte { $position } a été lue après la carte { $last } : la pile n’est pas dans l’ordre.
print-read-foreign = Cette carte n’appartient pas à ce tirage. Mettez-la de côté.
print-read-spoiled = Cette carte est signalée comme abîmée. Détruisez-la.
print-read-void = Cette carte n’est plus valable. Détruisez-la.
print-check-unread = { $count ->
    [one] 1 carte imprimée n’a pas encore été relue.
   *[other] { $count } cartes imprimées n’ont pas encore été relues.
  }
print-skipped = Pas encore lues, alors que des suivantes le sont :

problem-nothing-to-print = Aucune carte de ce choix n’est encore prête à imprimer.
problem-card-taken = Une des cartes n’est plus prête à imprimer : quelqu’un a été plus rapide. Rien n’a été lancé.
problem-not-in-run = Une des cartes n’appartient pas à ce tirage. Rien n’a été changé.
problem-already-checked = Une de ces cartes a été contrôlée entre-temps. Rien n’a été changé ; la liste montre ce qui reste.

why-smudged = bavures ou stries
why-misprint = mal imprimée ou décalée
why-scratched = rayée ou pliée
why-jam = coincée dans l’imprimante
layout-uploaded = { $name } est enregistrée comme ébauche.
layout-was-proposed = { $name } est proposée. Son épreuve est prête.
layout-was-agreed = { $name } est convenue. Les cartes en attente poursuivent leur chemin.
layout-was-retired = { $name } est retirée.
layout-upload = Envoyer une maquette
layout-upload-lead = Une nouvelle maquette ou une version modifiée commence comme ébauche. Une version convenue ne change jamais.
layout-file = Fichier de maquette
layout-file-hint = Un fichier TOML seul, ou une archive ZIP avec layout.toml, images et polices, jusqu’à 16 Mo.
layout-shipped = Ou une maquette fournie avec le programme
layout-shipped-none = aucune
layout-shipped-mat = Mat : portrait dans un passe-partout
layout-shipped-salon = Salon : typographie sans portrait
layout-shipped-stele = Stèle : en hauteur, portrait dans la pierre
layout-upload-do = Garder comme ébauche
layout-wrong-layout-unreadable = Ce fichier n’est ni une maquette ni une archive ZIP. Merci d’en choisir un autre.
layout-wrong-layout-missing = L’archive ne contient pas de fichier layout.toml.
layout-wrong-layout-too-large = L’archive contient trop de fichiers ou des fichiers trop lourds : 64 fichiers et 48 Mo au plus.
layout-wrong-findings = La maquette ne peut pas être lue ainsi. Les erreurs figurent ci-dessous avec ligne et colonne.
layout-wrong-version-taken = Cette version est convenue et ne change plus. Merci d’augmenter « version » dans le fichier.
layout-wrong-changed = La maquette a été modifiée entre-temps. Merci de la regarder à nouveau.
layout-wrong-name = Merci d’indiquer qui donne son accord.
layout-place = ligne { $line }, colonne { $column }
layout-looks = Aperçu
layout-front = Recto
layout-back = Verso
layout-front-alt = Recto de la carte dans cette maquette
layout-back-alt = Verso de la carte dans cette maquette
layout-case = Exemple
layout-holder = ou numéro de carte
layout-show = Afficher
layout-findings = Constats
layout-no-findings = aucun constat
layout-findings-count = { $count ->
    [one] Un constat empêche de la proposer.
   *[other] { $count } constats empêchent de la proposer.
  }
layout-changes = Modifications depuis la version { $version }
layout-no-changes = Aucune ligne ne diffère.
layout-line-new = nouvelle :
layout-line-gone = supprimée :
layout-source = Le fichier de maquette
layout-next = Étape suivante
layout-proof = Épreuve (PDF)
layout-download = Télécharger le fichier de maquette
layout-propose-lead = Toutes les règles sont respectées. La proposition crée l’épreuve à approuver.
layout-mend-lead = Merci de corriger les constats et de renvoyer le fichier.
layout-propose = Proposer
layout-agree-lead = Merci de regarder l’épreuve. Une fois convenue, cette version ne change plus et sert aux nouvelles cartes.
layout-by = Qui donne son accord ?
layout-agree = Donner son accord
layout-retire-lead = Les nouvelles cartes suivent cette version. Retirée, elle ne sert plus ; les cartes imprimées restent valables.
layout-retire = Retirer
layout-versions = Toutes les versions
layout-finding-syntax = Le fichier n’est pas du TOML valide
layout-finding-missing-key = Une indication manque
layout-finding-wrong-type = La valeur n’est pas du bon type
layout-finding-out-of-range = La valeur est hors limites
layout-finding-unknown-key = Cette indication est inconnue
layout-finding-unknown-value = Cette valeur est inconnue
layout-finding-unsupported-schema = Cette version du format est inconnue
layout-finding-bad-id = L’identifiant contient des caractères non admis
layout-finding-not-agreed = Seule une maquette convenue porte un accord
layout-finding-agreement-hash-mismatch = Le contenu n’est pas celui qui a été convenu
layout-finding-asset-missing = Un fichier manque
layout-finding-asset-hash-mismatch = Un fichier n’est pas celui indiqué
layout-finding-asset-unreadable = Une image est illisible
layout-finding-unknown-font = Cette police n’est pas définie
layout-finding-unknown-color = Cette couleur n’est pas définie
layout-finding-unknown-asset = Cette image n’est pas définie
layout-finding-unknown-variable = Cette variable n’existe pas
layout-finding-bad-condition = La condition est illisible
layout-finding-bad-path = Le tracé est illisible
layout-finding-too-deep = Les groupes sont trop imbriqués
layout-finding-black-not-pure = Le noir doit être un noir pur
layout-finding-outside-bleed = Cela dépasse le fond perdu
layout-finding-outside-safe-area = C’est trop près du bord
layout-finding-module-too-small = Le code devient trop fin pour être lu
layout-finding-image-too-small = L’image n’a pas assez de pixels
layout-finding-font-missing = La police n’est pas installée
layout-finding-font-unreadable = Le fichier de police est illisible
layout-finding-longest-does-not-fit = Le cas le plus long ne tient pas
layout-finding-missing-glyph = Aucune police n’affiche ce caractère
layout-finding-never-holds = La condition n’est jamais remplie
layout-finding-always-holds = La condition est toujours remplie
layout-finding-code-unwritable = Ce type de code ne peut pas porter ce contenu
layout-finding-code-too-large = Le code a besoin de plus de place
layout-finding-photo-too-small = Le portrait d’exemple est trop petit pour sa place
layout-finding-stands-alone = Une maquette est autonome ; « parent » n’existe pas
layout-finding-no-pdf = Un PDF n’est pas accepté : enregistrez la page en PNG ou JPEG
print-file-package-zip = pour un imprimeur : listes, portraits, épreuve, sommes de contrôle
print-file-sheets-bleed-pdf = sur A4 avec fond perdu, huit cartes par feuille
