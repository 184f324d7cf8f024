# Le contrôle à l’entrée.

entry-title = Contrôler les cartes
entry-scan = Scannez une carte ou saisissez son numéro
entry-scan-hint = Le champ écoute de lui-même : présentez une carte au lecteur, ou tapez les 14 chiffres au dos.
entry-check = Contrôler
entry-recent = Les derniers contrôles
entry-where = Où contrôlez-vous ?
entry-change-station = Lieu, pause et son
entry-place = Maison ou exposition
entry-pause = Un accueil disparaît après
entry-seconds = { $count } secondes
entry-try-sound = Essayer le son
entry-remember = Retenir
entry-no-house = Il n’y a pas encore de maison. L’administration ajoute la première sous Administration.
entry-offline = Pas de connexion depuis {"{time}"} ({"{secs}"}). Les scans sont gardés et recevront leur réponse à son retour.
entry-session-ended = Votre session est terminée. Veuillez vous reconnecter ; les scans sont gardés.
entry-waiting = Scans en attente d’une réponse : {"{count}"}
entry-late = Réponse tardive :
entry-unanswered = Sans réponse
entry-age = Données d’il y a {"{secs}"}
entry-age-now = Données de cet instant
entry-next-scan = Scan suivant
entry-next = Continuer
entry-guest-language = Langue du visiteur
entry-portrait-of = Portrait de { $name }
entry-compare-person = Le numéro a été tapé : comparez le nom et la photo.
entry-valid-until = valable jusqu’au { $date }
entry-with-companions = { $count ->
    [one] 1 + 1 accompagnant
   *[other] 1 + { $count } accompagnants
  }
entry-by-hand = Laisser entrer à la main
entry-by-hand-lead = Qui entre à la main entre pour un motif qui est conservé.
entry-by-hand-reason = Pourquoi ?
entry-admit = Laisser entrer
entry-admitted = Entrée accordée à la main. Le motif est conservé.
entry-cancel = Annuler
problem-no-reason = Veuillez dire en quelques mots pourquoi.

verdict-admit = Bienvenue
verdict-attention = Vérifier
verdict-refuse = Arrêt
verdict-unanswered = Non contrôlé
verdict-unanswered-line = Il n’y a pas de connexion : cette carte n’a pas été contrôlée.
verdict-unanswered-next = Décidez d’après la carte en main, ou demandez au guichet. Le scan est gardé.

verdict-malformed = Ce n’est pas un de nos codes.
verdict-malformed-next = Scannez encore une fois. Si rien ne change : au guichet, s’il vous plaît.
verdict-unsupported-code = Ce code est plus récent que ce programme.
verdict-unsupported-code-next = Au guichet, s’il vous plaît.
verdict-unknown-key = Ce code a été fait ailleurs.
verdict-unknown-key-next = Au guichet, s’il vous plaît.
verdict-forged = Ce code n’est pas authentique.
verdict-forged-next = Veuillez attendre ici. Équipe : appelez le guichet.
verdict-unknown-card = Nous ne connaissons pas cette carte.
verdict-unknown-card-next = Au guichet, s’il vous plaît.
verdict-blocked = Cette carte est bloquée.
verdict-blocked-next = Au guichet, s’il vous plaît.
verdict-replaced = Une nouvelle carte remplace celle-ci.
verdict-replaced-next = Utilisez la nouvelle carte. Si elle n’est pas arrivée : au guichet, s’il vous plaît.
verdict-void = Cette carte a été annulée.
verdict-void-next = Au guichet, s’il vous plaît.
verdict-test-ticket = Ce billet est un essai. Il n’ouvre rien.
verdict-test-ticket-next = Au guichet, s’il vous plaît.
verdict-wrong-house = Cette carte est pour une autre maison.
verdict-wrong-house-opens = Autre maison : valable pour { $houses }
verdict-wrong-house-next = Un billet pour cette maison est en vente au guichet.
verdict-wrong-exhibition = Cette carte ne comprend pas cette exposition.
verdict-wrong-exhibition-next = Un billet pour elle est en vente au guichet.
verdict-not-yet-valid = Cette carte n’est pas encore valable.
verdict-not-yet-valid-on = Valable à partir du { $date }
verdict-not-yet-valid-next = Revenez ce jour-là, ou demandez au guichet.
verdict-expired = Cette carte a expiré.
verdict-expired-on = Était valable jusqu’au { $date }
verdict-expired-next = Elle peut être prolongée au guichet.
verdict-already-used = Ce billet a déjà servi.
verdict-already-used-next = Au guichet, s’il vous plaît.
verdict-re-entry = Entrée faite il y a peu.
verdict-re-entry-next = Laissez entrer si c’est la même personne.
verdict-re-entry-refused-next = Au guichet, s’il vous plaît.
verdict-not-yet-collected = Cette carte n’a pas encore été remise.
verdict-not-yet-collected-next = Comparez le nom et la photo, puis laissez entrer.
verdict-not-yet-collected-refused-next = La carte doit d’abord être retirée au guichet.
verdict-check-proof = Tarif réduit
verdict-check-proof-next = Vérifiez le justificatif, puis laissez entrer.
verdict-clock-unsure = L’heure de cette entrée n’est pas sûre.
verdict-clock-unsure-next = Comparez le jour sur la carte, puis laissez entrer.
verdict-clock-unsure-refused-next = Au guichet, s’il vous plaît.
verdict-stale-data = Cette entrée est sans nouvelles depuis longtemps.
verdict-stale-data-next = Comparez le nom et la photo, puis laissez entrer.
verdict-journal-broken = Cette entrée ne peut pas noter les passages.
verdict-journal-broken-next = À une autre entrée, s’il vous plaît. Équipe : appelez la technique.

devices-title = Appareils d’entrée
devices-title-lead = Quels appareils existent, et quand ils ont donné signe.
devices-empty = Il n’y a pas encore d’appareil. Ajoutez-en un et associez-le avec le code affiché.
device-add = Ajouter un appareil
device-add-and-pair = Ajouter et montrer le code
device-name-hint = Comme votre équipe l’appelle, par exemple Entrée principale.
device-direction = Sens
device-in = Entrée
device-out = Sortie
device-unpaired = Attend l’association
device-paired = Connecté
device-silent = Silencieux
device-revoked = Révoqué
device-heard = Dernier signe
device-never-heard = jamais encore
device-heard-seconds = { $count ->
    [one] il y a 1 seconde
   *[other] il y a { $count } secondes
  }
device-heard-minutes = { $count ->
    [one] il y a 1 minute
   *[other] il y a { $count } minutes
  }
device-heard-hours = { $count ->
    [one] il y a 1 heure
   *[other] il y a { $count } heures
  }
device-heard-days = { $count ->
    [one] hier
   *[other] il y a { $count } jours
  }
device-version = Version du programme
device-pairing-code = Code d’association
device-pairing-how = Sur l’ordinateur de l’entrée, lancez ceci dans les dix minutes :
device-this-server = (adresse de ce serveur)
device-pairing-once = Le code associe un appareil et ne sera plus montré. On peut en créer un nouveau à tout moment.
device-new-code = Nouveau code d’association
device-revoke = Révoquer l’appareil
device-revoke-question = Révoquer « { $name } » ?
device-revoke-what = Il l’apprend à son prochain appel, oublie ses cartes et ne laisse plus entrer personne. C’est sans retour.
device-is-revoked = L’appareil est révoqué.
device-move-to = L’appareil se trouve à
device-move-hint = Il s’y conforme en quelques secondes ; personne n’a besoin de se déplacer.
device-move = Déplacer l’appareil
device-moved = L’appareil est déplacé.
problem-device-name = Veuillez saisir un nom de 100 caractères au plus.
problem-unknown-house = Veuillez choisir un lieu qui existe.
device-knows = Cartes bloquées
device-knows-all = connaît tous les blocages
device-knows-nothing = doit encore chercher les cartes
device-lacks-blocks = { $count ->
    [one] ne connaît pas encore 1 blocage
   *[other] ne connaît pas encore { $count } blocages
  }
rules-title = Comment cette entrée décide
rules-hint = Elle l’apprend en quelques secondes, dès qu’elle est connectée.
rules-whole-house = Pour toutes les entrées de cette maison
rules-set = Fixer les règles
device-rules-set = Les règles sont fixées.
rule-stale-after-hours = Les données sont trop anciennes après tant d’heures
rule-stale-after-hours-hint = 0 veut dire jamais. Une entrée connectée a des données de quelques secondes.
rule-stale = Quand les données sont trop anciennes
rule-stale-warn = Laisser entrer comme toujours et l’afficher à l’entrée
rule-stale-attention = Laisser entrer, l’équipe regarde chaque carte
rule-stale-refuse-unknown = Refuser les cartes que l’entrée ne connaît pas
rule-unknown-signed = Vraies cartes que l’entrée ne connaît pas encore
rule-unknown-signed-admit = Laisser entrer selon les dates du code
rule-unknown-signed-refuse = Refuser jusqu’à ce qu’elles soient connues
rule-clock-unsure = Quand l’entrée ne connaît pas l’heure
rule-clock-unsure-attention = Laisser entrer, l’équipe vérifie les dates
rule-clock-unsure-refuse = Refuser toutes les cartes
rule-journal-broken = Quand les passages ne peuvent pas être notés
rule-journal-broken-open = Ouvrir et donner l’alarme
rule-journal-broken-stay-shut = Rester fermée jusqu’à la réparation
rule-foreign-codes = Accepter les codes repris d’un ancien système
problem-out-of-bounds = Saisissez un nombre d’heures de 0 à 744.

pin-title = Votre code PIN des entrées
pin-lead = Avec lui, vous laissez entrer une personne que l’entrée a refusée, même sans connexion. Ce que vous avez fait et pourquoi est conservé.
pin-first = Votre code PIN
pin-new = Nouveau code PIN
pin-hint = 6 à 12 chiffres, ni tous les mêmes ni à la suite. Les entrées le reçoivent brouillé et sans votre nom.
pin-set = Choisir ce code
pin-remove = Rendre le code PIN
pin-is-set = Votre code PIN est choisi. Les entrées le connaissent en quelques secondes.
pin-is-removed = Vous n’avez plus de code PIN.
problem-pin-unfit = Choisissez 6 à 12 chiffres, ni tous les mêmes ni à la suite.
problem-pin-taken = Ce code ne convient pas. Choisissez-en un autre.
problem-pin-too-many = Trop de personnes ont un code. Quelqu’un doit d’abord rendre le sien.

noticed-title = Ce que les entrées ont remarqué
noticed-lead = { $days ->
    [one] Le dernier jour.
   *[other] Les { $days } derniers jours, le plus récent d’abord.
  }
noticed-when = Quand
noticed-where = Où
noticed-card = Carte
noticed-what = Quoi
noticed-conflicts = Entrés malgré un blocage : { $count }
noticed-conflicts-hint = Faute de connexion, l’entrée ne connaissait pas encore le blocage. Le passage reste un fait.
noticed-travels = Une carte dans deux maisons : { $count }
noticed-travels-hint = Entrées dans deux maisons en { $minutes } minutes. Les deux comptent.
noticed-by-hand = Entrés par code PIN : { $count }
noticed-by-hand-hint = Qui l’entrée avait refusé, qui a pris la responsabilité, et pourquoi.
noticed-was-blocked = La carte était bloquée.
noticed-was-void = La carte était annulée.
noticed-somebody = Quelqu’un
noticed-minutes-apart = { $count ->
    [0] en moins d’une minute
    [one] à 1 minute d’écart
   *[other] à { $count } minutes d’écart
  }
