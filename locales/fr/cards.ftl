# La page personnelle du titulaire.

your-annual-ticket = Votre carte annuelle
whose-card = Pour qui est la carte ?
whose-card-hint = Le nom figure sur la carte. Une des deux parties suffit.
holder-name = Nom sur la carte
given-name = Prénom
family-name = Nom
birth-date = Date de naissance
starts-on = Premier jour
photo = Photo d’identité
photo-choose = Choisir une image
photo-of = Photo de { $name }
photo-rule-face = Une seule personne, de face, le visage dégagé
photo-rule-light = Claire et nette, sur un fond uni
photo-rule-file = JPEG, PNG ou WebP, 15 Mo au plus ; nous la recadrons au format de la carte
delivery = Comment recevez-vous votre carte ?
delivery-way = Remise
delivery-mail = Par la poste
delivery-mail-hint = À l’adresse ci-dessous
delivery-pickup = À retirer : { $house }
delivery-pickup-in = Vous la retirez : { $house }
delivery-counter = Au guichet du musée
address = Adresse postale
address-hint = Nécessaire seulement si nous envoyons la carte.
street = Rue et numéro
address-extra = Complément (facultatif)
postal-code = Code postal
city = Localité
country = Pays
save-and-check = Enregistrer et vérifier
nothing-final-yet = Rien n’est encore définitif : la page suivante montre tout une dernière fois.

name-missing = Veuillez saisir un nom.
name-too-long = Ce nom est trop long : 200 caractères au plus.
birth-date-missing = Veuillez indiquer la date de naissance.
birth-date-in-the-future = Cette date de naissance est dans le futur.
birth-date-too-early = Cette date de naissance est trop ancienne.
date-unreadable = Cette date est illisible. Écrivez année-mois-jour, par exemple 1990-05-31.
start-outside = Le premier jour doit se situer entre le { $earliest } et le { $latest }.
start-refused = Ce premier jour n’est pas possible. Veuillez en choisir un autre.
delivery-missing = Veuillez choisir comment la carte sera remise.
street-missing = Veuillez saisir la rue et le numéro.
postal-code-missing = Veuillez saisir le code postal.
postal-code-wrong = Ce code postal ne correspond pas au pays. Il s’y écrit ainsi : { $example }.
city-missing = Veuillez saisir la localité.
country-missing = Veuillez choisir le pays.
address-too-long = C’est trop long pour une étiquette : 100 caractères par ligne au plus, 16 pour le code postal.
photo-missing = Veuillez choisir une photo.
photo-why-face-too-small = Le visage est trop petit ou n’est pas entièrement visible.
photo-why-face-covered = Le visage est caché ou tourné, par exemple à cause de lunettes de soleil.
photo-why-bad-light = La photo est trop sombre ou trop claire.
photo-why-blurred = La photo est floue.
photo-why-several-people = Il y a plusieurs personnes sur la photo.
photo-why-no-portrait = La photo ne montre personne, ou c’est la photo d’une image.
photo-again-title = Veuillez choisir une autre photo
photo-again-send = Envoyer la photo
photo-is-looked-at = Nous regardons encore votre photo. Ensuite, votre carte sera imprimée.
own-photo-title = Il ne manque que votre photo
own-photo-known = Ce que nous savons déjà
own-photo-change = En modifier une partie
photo-too-large = Ce fichier est trop volumineux : 15 Mo au plus. Veuillez en choisir un plus petit.
photo-too-many-pixels = Cette image a plus de 20 mégapixels. Choisissez-en une plus petite, ou prenez la photo sur cette page.
photo-too-small = Cette image est trop petite pour l’impression : recadrée, elle a { $width } pixels de large, il en faut 189. Choisissez-en une plus grande.
photo-empty = Ce fichier est vide. Veuillez en choisir un autre.
photo-heic = C’est un fichier HEIC, comme en prennent les iPhone. Prenez la photo sur cette page, ou enregistrez-la en JPEG.
photo-other-format = Les fichiers de type { $format } ne peuvent pas être imprimés. Enregistrez l’image en JPEG ou PNG et choisissez-la de nouveau.
photo-moving = Cette image est animée. Veuillez choisir une photo fixe.
photo-damaged = Ce fichier est endommagé ou incomplet. Choisissez-le de nouveau, ou prenez une autre photo.
photo-unreadable = Ce fichier n’est pas lisible comme image. Enregistrez-le en JPEG ou PNG et choisissez-le de nouveau.
photo-take = Prendre une photo
photo-webcam = Prendre avec la caméra
photo-good = La photo convient.
photo-busy = La photo est en cours de vérification…
photo-done = La photo est enregistrée.
photo-failed = La photo n’est pas arrivée. Vérifiez la connexion et réessayez.
photo-camera-denied = La caméra est inaccessible. Autorisez-la dans le navigateur ou choisissez un fichier.
photo-camera-picture = Image de la caméra
photo-shoot = Déclencher
photo-cancel = Annuler
photo-again = Une autre image
photo-use = Utiliser cette photo
photo-crop = Cadrage de la photo
photo-crop-help = Placez le visage au centre : avec le doigt, la souris ou les flèches. Plus et moins changent la taille, R tourne, Entrée valide.
photo-nearer = Plus près
photo-farther = Plus loin
photo-turn = Tourner à droite
photo-left = Cadrage vers la gauche
photo-right = Cadrage vers la droite
photo-up = Cadrage vers le haut
photo-down = Cadrage vers le bas

preview = Aperçu
preview-alt = Aperçu : le recto de la carte tel qu’il sera imprimé
card-picture = La carte de { $name }
preview-note = La carte sera imprimée ainsi. Le code et le numéro figurent au verso.
preview-failed = L’aperçu n’est pas disponible pour le moment.
preview-no-layout = Aucun visuel de carte n’est encore convenu pour ce produit. La carte sera fabriquée dès qu’il y en aura un.
preview-missing-glyph = La police de la carte ne contient pas l’un des caractères du nom. Écrivez le nom avec d’autres caractères.
preview-photo-review = La carte sera imprimée dès que sa photo aura été acceptée.
preview-text-too-long = Le nom est trop long pour la carte. Veuillez l’abréger.
preview-photo-too-small = La photo a trop peu de pixels pour la carte. Choisissez-en une plus grande.

all-right = Tout est-il exact ?
all-right-lead = Nous fabriquons la carte exactement ainsi. Ensuite, seul le guichet du musée peut encore la modifier.
changed-meanwhile = Quelque chose a changé entre-temps. Veuillez tout regarder encore une fois.
no-change = Non, modifier
yes-make-card = Oui, fabriquer ma carte
finding-aspect = La photo avait un autre format et une grande partie a été coupée. Voit-on tout le visage ?
finding-low-resolution = La photo a peu de pixels et peut paraître floue à l’impression.
finding-dark = La photo est trop sombre : le visage se verra mal à l’impression. Reprenez-la avec plus de lumière.
finding-bright = La photo est trop claire : le visage manque de détails. Reprenez-la sans flash ni contre-jour.
finding-blurred = La photo est floue. Reprenez-la sans bouger.

validity = Validité
valid-from-until = Du { $from } au { $until }
valid-from-first-entry = À partir de votre première visite, au plus tard le { $latest }
valid-later = Les dates seront fixées dès que tout sera complet.
when-and-where = Quand et où vous pouvez entrer
from = du
until = au
opens = Aussi souvent que vous le souhaitez :

status-unpaid = Votre commande n’est pas encore payée. Nous fabriquons la carte dès réception du paiement.
status-blocked = Cette carte annuelle est bloquée. Veuillez vous adresser au guichet du musée.
status-cancelled = Cette carte annuelle a été annulée. Elle n’est plus valable.
status-expired = Cette carte annuelle a expiré. Renouvelez-la au guichet ; votre carte reste la même.

your-card = Votre carte
card-preparing = Votre carte est en cours de fabrication.
card-printed-mail = Votre carte est imprimée et sera bientôt envoyée.
card-printed-pickup = Votre carte est imprimée et vous attendra bientôt : { $house }.
card-travels = Votre carte est imprimée et en route depuis le { $day } vers le lieu de retrait : { $house }.
card-printed-counter = Votre carte est imprimée et vous attend au guichet.
card-dispatched = Votre carte est en route : envoyée le { $day }.
card-deposited = Votre carte vous attend : { $house }.
card-handed-over = Vous avez votre carte. Bonne visite.
card-returned = Votre carte est revenue par la poste. Veuillez nous donner votre adresse actuelle au guichet.
card-void = Cette carte n’est plus valable.
consignment = Envoi :
number-of-card = Numéro de carte
stage-personal = Nom et photo
stage-printed = Imprimée
stage-posted = Envoyée
stage-laid-ready = Mise à disposition
stage-at-counter = Au guichet
stage-in-hand = Chez vous
stage-done = (terminé)
change-at-desk = Une erreur ? L’équipe au guichet du musée peut encore la corriger.

link-unknown = Ce lien ne mène nulle part
link-unknown-next = Il est peut-être incomplet ou remplacé par un plus récent. Rouvrez le lien de votre dernier message ou adressez-vous au guichet du musée.

country-at = Autriche
country-au = Australie
country-be = Belgique
country-bg = Bulgarie
country-ca = Canada
country-ch = Suisse
country-cn = Chine
country-cy = Chypre
country-cz = Tchéquie
country-de = Allemagne
country-dk = Danemark
country-ee = Estonie
country-es = Espagne
country-fi = Finlande
country-fr = France
country-gb = Royaume-Uni
country-gr = Grèce
country-hr = Croatie
country-hu = Hongrie
country-ie = Irlande
country-is = Islande
country-it = Italie
country-jp = Japon
country-li = Liechtenstein
country-lt = Lituanie
country-lu = Luxembourg
country-lv = Lettonie
country-mt = Malte
country-nl = Pays-Bas
country-no = Norvège
country-nz = Nouvelle-Zélande
country-pl = Pologne
country-pt = Portugal
country-ro = Roumanie
country-se = Suède
country-si = Slovénie
country-sk = Slovaquie
country-tr = Turquie
country-ua = Ukraine
country-us = États-Unis

# Les états, en mots.

card-state-preparing = en préparation
card-state-waiting-for-layout = attend un visuel
card-state-set-aside = mise de côté
card-state-ready-to-print = prête à imprimer
card-state-in-print-run = en cours d’impression
card-state-ready-for-dispatch = imprimée
card-state-dispatched = expédiée
card-state-deposited = prête au retrait
card-state-handed-over = remise
card-state-returned = revenue
card-state-void = annulée
annual-ticket-test = { $name } (essai)
annual-state-awaiting = à personnaliser
annual-state-active = valable
annual-state-blocked = bloquée
annual-state-expired = expirée
annual-state-cancelled = résiliée
missing-photo = photo
missing-holder-name = nom
missing-holder-birth-date = date de naissance
missing-address = adresse

# La liste de travail.

worklist-lead = D’abord les cartes annuelles qui ne sont encore à personne.
worklist-search = Nom ou numéro
worklist-total = { $count ->
    [one] 1 carte annuelle
   *[other] { $count } cartes annuelles
}
worklist-begin = Commencer par la première
worklist-empty = Rien n’attend ici. Échangez un bon ou cherchez un nom.
worklist-nothing = Aucune carte annuelle ne correspond. Modifiez le filtre ou cherchez une partie du nom.
namesakes = Cette personne a peut-être déjà une carte annuelle :
namesake-until = jusqu’au { $until }
photos-title = Regarder les photos
photos-total = { $count ->
    [one] { $count } photo attend d’être regardée.
   *[other] { $count } photos attendent d’être regardées.
  }
photos-accept = Accepter
photos-crop = Changer le cadrage
photos-again = En demander une autre
photos-again-hint = La raison est envoyée à la personne par courriel avec le lien, dans sa langue.
photos-again-go = Demander une autre photo
photos-later = Ensuite
photos-nothing = Aucune photo n’attend. Les nouvelles apparaissent ici dès que quelqu’un en envoie une.
photos-moved-on = Cette photo a déjà fait l’objet d’une décision ou a été remplacée.
photo-accepted = La photo de { $name } est acceptée.
photo-asked-again = { $name } reçoit un courriel avec la raison et le lien.
photo-asked-again-without-mail = Aucune adresse de courriel n’est connue pour { $name }. Transmettez le lien qui figure sur la page de la carte annuelle.
mail-kind-annual-ticket-photo-again = Demande d’une autre photo
mail-photo-again-subject = { $museum } : il nous faut une autre photo
mail-photo-again-text = nous ne pouvons malheureusement pas imprimer la photo pour la carte annuelle de { $name }.
mail-photo-again-how = Veuillez en choisir une autre. Tout le reste est enregistré et ne change pas.
mail-photo-again-go = Choisir une autre photo
pile-awaiting-personalization = à personnaliser
pile-active = valables
pile-blocked = bloquées
pile-expired = expirées
pile-cancelled = résiliées
pile-all = toutes
sort-newest = Les plus récentes
sort-oldest = Les plus anciennes
sort-name = Par nom
filter-all = Tout
filter-pickup = Retrait à
filter-sort = Ordre
filter-apply = Afficher
filter-next = Afficher la suite
filter-export = Télécharger la liste (CSV)
column-number = Numéro
column-holder = Titulaire
column-product = Produit
column-state = État
column-missing = Manque encore
column-since = Depuis
way-mail = Poste
way-counter = Guichet

# La carte annuelle au guichet.

nobody-yet = Encore sans nom
opens-where = Valable à
desk-delivery = Comment la carte parvient-elle à la personne ?
desk-finish = Fabriquer la carte
desk-missing = Il manque encore :
desk-nothing-missing = Tout y est. La carte peut être fabriquée.
desk-save = Enregistrer
desk-save-and-finish = Enregistrer et fabriquer la carte
desk-saved = Enregistré : { $name }
desk-finished = La carte de { $name } est en fabrication.
desk-card = La carte
desk-no-card = Il n’y a pas encore de carte.
desk-holder = Le titulaire
desk-edit = Modifier les données
desk-edit-next = Une carte pas encore imprimée sera fabriquée avec les nouvelles données. Une carte imprimée reste telle quelle ; vous pourrez ensuite la remplacer.
desk-more = Autres étapes
desk-link = Lien personnel
desk-link-open = Qui possède ce lien peut saisir soi-même nom et photo, par exemple sur son téléphone.
desk-link-closed = Le titulaire y voit où se trouve sa carte.
desk-siblings = La même commande comprend aussi
desk-order = Vers la commande
desk-unpaid = La commande n’est pas encore payée. La carte sera imprimée ensuite.
desk-blocked = Bloquée ({ $reason }) : aucune entrée ne s’ouvre.
desk-expired = Expirée. Après une prolongation, la même carte reste valable.
desk-cancelled = Résiliée. Plus rien ne peut être modifié.
photo-upload = Envoyer la photo
cancel = Annuler
conflict-title = Quelqu’un d’autre a modifié des données entre-temps
conflict-next = Votre saisie est encore dans le formulaire. Comparez ; si vous enregistrez de nouveau, la vôtre compte.
conflict-take-theirs = Abandonner ma saisie
conflict-field = Champ
conflict-theirs = Enregistré
conflict-yours = Votre saisie

# Bloquer, remplacer, prolonger.

deed-effects = Ce qui va se passer
deed-block-title = Bloquer la carte annuelle
deed-block-do = Bloquer
deed-block-done = La carte annuelle est bloquée. Les entrées le savent en quelques secondes.
deed-block-cards = { $count ->
    [one] 1 carte n’ouvre plus rien dès maintenant.
   *[other] { $count } cartes n’ouvrent plus rien dès maintenant.
}
deed-block-until = Ses jours continuent : elle est valable jusqu’au { $until }.
deed-unblock-title = Lever le blocage
deed-unblock-do = Lever
deed-unblock-done = Le blocage est levé.
deed-unblock-cards = { $count ->
    [one] 1 carte ouvre de nouveau.
   *[other] { $count } cartes ouvrent de nouveau.
}
deed-unblock-until = Elle est valable jusqu’au { $until }.
deed-replace-title = Remplacer la carte
deed-replace-do = Fabriquer une nouvelle carte
deed-replace-done = Une nouvelle carte est en fabrication.
deed-replace-issue = Une carte n° { $number } est fabriquée, avec son propre numéro.
deed-replace-old = Perdue ou volée : l’ancienne carte n’ouvre plus rien dès maintenant. Sinon, elle ouvre jusqu’à la remise de la nouvelle.
deed-replace-until = La validité reste : jusqu’au { $until }.
deed-renew-title = Prolonger la carte annuelle
deed-renew-do = Prolonger
deed-renew-done = La carte annuelle est prolongée.
deed-renew-days = Dernier jour jusqu’ici : { $before }. Dernier jour ensuite : { $after }.
deed-renew-card = La carte reste la même ; rien n’est imprimé.
deed-renew-refused = Cette carte annuelle ne peut pas être prolongée.
reason = Motif
reason-other = Autre motif
reason-words = L’autre motif en mots, sans nom
reason-missing = Veuillez indiquer le motif.
reason-too-long = C’est trop long : 200 caractères au plus.
why-lost = perdue
why-stolen = volée
why-misuse = utilisée abusivement
why-damaged = abîmée
why-name-changed = nom ou photo modifiés
problem-already-blocked = La carte annuelle est déjà bloquée.
problem-changed-meanwhile = Quelqu’un d’autre a modifié quelque chose entre-temps.
problem-nothing-differs = La carte montre ce qui est enregistré, ou la décision est déjà prise.
problem-not-blocked = La carte annuelle n’est pas bloquée.
problem-annual-ticket-cancelled = La carte annuelle a été résiliée.
problem-already-finalized = La carte est déjà en fabrication.
problem-personalization-incomplete = La personnalisation doit d’abord être complète.
problem-too-many-cards = Cette carte annuelle a déjà eu 255 cartes ; c’est le maximum.
problem-not-begun = Elle n’a pas encore commencé ; il n’y a rien à prolonger.
problem-not-renewable = Une carte de saison se termine avec la saison et ne peut pas être prolongée.

# L’étape suivante.

next-card = Vers la carte
next-sibling = Continuer avec la personne suivante
next-replace = Remplacer la carte
next-unblock = Lever le blocage
next-renew = Prolonger
next-list = Vers la liste
next-check-entry = Contrôler à l’entrée
next-ticket = Vers la carte annuelle
next-desk = Vers la page du jour
next-hand-over = Remettre
next-pay = Encaisser
next-look-again = Vérifier de nouveau
next-waiting = Voir les cartes en attente
next-mend = Corriger les données
next-look-at-photo = Regarder la photo
next-print = Imprimer
next-print-now = Imprimer maintenant
next-check-print = Contrôler l’impression
next-post = Confier à la poste
next-lay-ready = Préparer au retrait
next-returned = Elle est revenue
next-send-again = Renvoyer ou préparer au retrait
next-current-card = Vers la carte valable

# La carte.

card-differs = La carte imprimée ne montre plus ce qui est enregistré. Gardez-la ou remplacez-la.
card-keep = La garder telle quelle
card-kept = La carte reste telle quelle.
card-issue = carte n° { $number }
card-undo = Annuler : { $step }
card-belongs = Appartient à
card-others = Ses autres cartes
card-no-faces = L’image de la carte sera là dès qu’elle sera prête à imprimer.
card-picture-back = Le verso de la carte
card-where-unpaid = Attend le paiement de la commande.
card-where-preparing = Son image est en cours de création.
card-where-waiting-for-layout = Aucun visuel n’est encore convenu pour ce produit. La suite se fera d’elle-même.
card-where-set-aside = Elle ne peut pas être imprimée ainsi. Veuillez corriger les données.
card-where-ready-to-print = Attend la prochaine impression.
card-where-in-print-run = Se trouve dans une impression pas encore confirmée.
card-where-printed = Imprimée, dans la maison. Suite : { $way }
card-where-travels = Imprimée, en route depuis le { $day } dans une boîte : { $house }
card-where-dispatched = Confiée à la poste le { $day } ({ $how }).
card-where-deposited = Prête au retrait : { $house }
card-where-deposited-shelf = Prête au retrait : { $house }, casier { $shelf }
card-where-handed-over = Remise le { $day }.
card-where-handed-over-by = Remise le { $day } à { $by }.
card-where-returned = Revenue le { $day }.
card-where-void = N’ouvre plus rien : { $why }

# Échanger et annuler.

exchange-title = Échanger le bon
exchange-voucher = Le bon
exchange-for = S’échange contre
exchange-sold = Acheté le
exchange-until = Échangeable jusqu’au
exchange-effect = { $count ->
    [one] Une carte annuelle est créée ; son formulaire s’ouvre ensuite.
   *[other] { $count } cartes annuelles sont créées ; le formulaire de la première s’ouvre ensuite.
}
exchange-do = Échanger et personnaliser
exchange-done = { $count ->
    [one] Le bon est échangé. Il manque maintenant le nom et la photo.
   *[other] Le bon est échangé : { $count } cartes annuelles. Il manque maintenant les noms et les photos.
}
exchange-expired = Ce bon était échangeable jusqu’au { $day }.
problem-already-exchanged = Ce bon a déjà été échangé.
problem-voucher-void = Ce bon n’est plus valable : son billet a été annulé.
own-address-title = Indiquer la bonne adresse
own-address-lead = La poste n’a pas pu distribuer votre carte. Dites-nous où l’envoyer et nous la posterons encore une fois.
own-address-go = Envoyer la carte à cette adresse
own-address-mended = Merci. Votre carte part à la nouvelle adresse.
deed-withdraw-link-title = Retirer le lien
deed-withdraw-link-do = Retirer
deed-withdraw-link-done = L’ancien lien n’ouvre plus rien. Vous pouvez en envoyer un nouveau avec le rappel.
deed-withdraw-link-old = Qui possède le lien actuel ne voit et ne modifie plus rien avec lui.
deed-withdraw-link-new = Un nouveau lien existe aussitôt ; ce qui a déjà été saisi reste.

deed-forget-title = Oublier la personne
deed-forget-do = Oublier cette personne
deed-forget-done = La personne est oubliée. L’abonnement reste, sous son numéro.
deed-forget-what = Nom, date de naissance, adresse et portrait sont effacés partout : ici, dans ce qui a été imprimé et dans les fichiers.
deed-forget-right = Le droit demeure, sans nom, jusqu’au { $until }. La carte continue d’ouvrir.
deed-forget-for-good = C’est irréversible. Une nouvelle carte n’est possible que lorsqu’une personne est de nouveau inscrite.
why-asked-for = la personne l’a demandé
problem-card-in-the-house = La carte est encore dans la maison. Remettez-la d’abord, ou annulez sa vente.
