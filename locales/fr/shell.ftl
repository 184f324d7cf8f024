# Ce qui entoure chaque page.

skip-to-content = Aller au contenu
choose-language = Langue
choose-theme = Apparence
theme-system = Comme le système
theme-light = Clair
theme-dark = Sombre
help-at-the-desk = Une question ? L’équipe à l’accueil du musée vous aidera volontiers.
places = Postes de travail
place-start = Aujourd’hui
form-errors = Veuillez vérifier vos indications

help = Aide
help-lost-title = Lien ou carte perdus ?
help-lost = Avec votre numéro de commande ou une pièce d’identité, l’équipe à l’accueil du musée peut vous envoyer un nouveau lien ou établir une nouvelle carte.
help-staff = Qui peut faire plus que vous ? L’administration du musée. Avec le numéro indiqué sur une page d’erreur, elle retrouve ce qui s’est passé.
help-scan-title = Scanner
help-scan = Scannez une carte, un bon, un reçu ou un code promotionnel sur n’importe quelle page, quoi que vous fassiez : la bonne page s’ouvre d’elle-même, et ce que vous écriviez reste tel quel.
keys = Touches
keys-on = Les signes comme / et ? et les chiffres d’une page agissent aussitôt. Si vous parlez à votre ordinateur, vous voudrez peut-être les désactiver.
keys-off = Les signes et les chiffres ne font rien d’eux-mêmes ; les touches de fonction, si.
keys-switch-off = Désactiver les signes
keys-switch-on = Activer les signes
key-lookup = Vers le champ de recherche
key-help = Cette liste
key-escape = Fermer ce qui est ouvert
close = Fermer
undo = Annuler l’action
notice-close = Fermer ce message
offline = Il n’y a pas de réseau en ce moment. Ce que vous avez saisi reste ici ; envoyez-le quand ce message aura disparu.
online-again = Le réseau est revenu.
lookup = Scanner ou chercher
lookup-placeholder = Scanner ou chercher : carte, bon, reçu, code promotionnel, nom
history = Historique
history-empty = Il ne s’est encore rien passé ici.

place-box-office = Caisse
place-orders = Commandes
place-annual-tickets = Personnalisation
place-print = Impression
place-mailroom = Courrier
place-campaigns = Promotions
place-entry = Entrée
place-admin = Gestion

problem-other = Ce n’est pas possible en ce moment. Veuillez recharger la page et regarder l’état actuel.

search = Recherche
search-hint = Scannez quelque chose, ou saisissez une partie d’un nom, le numéro d’une carte ou d’une commande.
search-for = Vous avez cherché « { $text } ».
found-count = { $count ->
    [0] Rien n’a été trouvé.
    [one] Un résultat.
   *[other] { $count } résultats.
  }
found-nothing = Rien de ce qui relève de vos tâches n’a été trouvé.
found-exactly = Exactement cela
found-annual-tickets = Cartes annuelles
found-cards = Cartes par numéro
found-orders = Commandes des clients
found-nameless = Pas encore personnalisée

welcome-title = Cartes annuelles
welcome-holders = Pour établir une carte annuelle à votre nom, ouvrez le lien personnel reçu avec votre commande.
welcome-staff = Pour l’équipe
welcome-staff-lead = Personnalisation, impression, envoi et entrée.
welcome-programs = Pour les programmes, l’interface est décrite à l’adresse

greeting = Bonjour, { $name }
ways = Où aller
way-box-office = Vendre des billets et des bons, en espèces ou par carte.
way-orders = Retrouver les achats, noter les paiements, annuler.
way-campaigns = Les offres et leurs codes.
way-entry = Contrôler les cartes à l’entrée, voir qui vient.
way-admin = Ce qui est vendu, qui travaille ici, les appareils.
what-waits = Ce qui vous attend
count-to-personalize = { $count ->
    [one] carte annuelle attend un nom et une photo
   *[other] cartes annuelles attendent un nom et une photo
  }
count-photos-to-review = { $count ->
    [one] photo attend d’être regardée
   *[other] photos attendent d’être regardées
  }
count-set-aside = { $count ->
    [one] carte demande votre attention avant l’impression
   *[other] cartes demandent votre attention avant l’impression
  }
count-ready-to-print = { $count ->
    [one] carte est prête à imprimer
   *[other] cartes sont prêtes à imprimer
  }
count-in-print-run = { $count ->
    [one] carte est dans un tirage
   *[other] cartes sont dans des tirages
  }
count-to-issue = { $count ->
    [one] carte imprimée attend au guichet
   *[other] cartes imprimées attendent au guichet
  }
count-to-post = { $count ->
    [one] carte à envoyer
   *[other] cartes à envoyer
  }
count-to-lay-ready = { $count ->
    [one] carte à déposer pour le retrait
   *[other] cartes à déposer pour le retrait
  }
count-to-collect = { $count ->
    [one] carte attend son titulaire
   *[other] cartes attendent leurs titulaires
  }
count-returned = { $count ->
    [one] carte est revenue par la poste
   *[other] cartes sont revenues par la poste
  }

error-not-found-title = Il n’y a rien ici
error-not-found-next = L’adresse est peut-être mal saisie ou périmée. Revenez en arrière ou recommencez depuis la page d’accueil.
error-forbidden-title = Cette page n’est pas pour votre fonction
error-forbidden-next = Votre compte ne peut pas ouvrir cette page. L’administration peut changer cela.
error-signed-out-title = Votre session est terminée
error-signed-out-next = Rien n’a été enregistré et rien n’est perdu : reconnectez-vous dans un nouvel onglet, revenez ici, reculez d’une page et envoyez de nouveau le formulaire.
error-elsewhere-title = Ce formulaire vient d’un autre site
error-elsewhere-next = Pour votre protection, il n’a pas été exécuté. Ouvrez la page ici et réessayez.
error-too-large-title = C’était trop volumineux
error-too-large-next = Rien n’a été enregistré. Choisissez un fichier plus petit et réessayez.
error-busy-title = Un instant, s’il vous plaît
error-busy-next = Il y a beaucoup d’activité en ce moment. Rien n’a été modifié. Veuillez réessayer dans un instant.
error-request-title = Cela n’a pas pu être exécuté
error-request-next = Rien n’a été modifié. Revenez en arrière, rechargez la page et réessayez.
error-server-title = Quelque chose s’est mal passé de notre côté
error-server-next = Rien n’a été modifié. Veuillez réessayer ; si cela se reproduit, donnez le numéro ci-dessous à l’administration.
operation-id = Numéro de cette réponse :

date-in-words = { $day ->
    [1] 1er
   *[other] { $day }
  } { $month } { $year }
moment = { $date }, { $time }
time-of-day = { $hour } h { $minute }
weekday-and-date = { $weekday } { $date }
month-1 = janvier
month-2 = février
month-3 = mars
month-4 = avril
month-5 = mai
month-6 = juin
month-7 = juillet
month-8 = août
month-9 = septembre
month-10 = octobre
month-11 = novembre
month-12 = décembre
weekday-1 = lundi
weekday-2 = mardi
weekday-3 = mercredi
weekday-4 = jeudi
weekday-5 = vendredi
weekday-6 = samedi
weekday-7 = dimanche
