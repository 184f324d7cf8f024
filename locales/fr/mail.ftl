# Courriels : ce qu’ils disent, la boîte d’envoi, et la demande de liens.

mails-title = Courriels
mails-title-lead = Ce qui a été écrit à qui, et ce qui n’a pas pu être remis.
mails-are-files = Aucun serveur de courriel n’est configuré. Les courriels sont écrits comme fichiers dans le dossier « mails » du dossier des données.
mails-failed-count = { $count ->
    [one] Un courriel n’a pas pu être remis.
   *[other] { $count } courriels n’ont pas pu être remis.
  }
mails-send-all-again = Les envoyer tous de nouveau
mails-search = Nom ou adresse
mails-empty = Il n’y a pas de tels courriels.
mails-what = Courriel
mails-when = Écrit
mails-deed = Ce que l’on peut faire
mail-send-again = Envoyer de nouveau
mail-send-again-to = Envoyer de nouveau : { $name }
mail-waits-again = Le courriel est de nouveau en route.
mails-wait-again = { $count ->
    [one] Un courriel est de nouveau en route.
   *[other] { $count } courriels sont de nouveau en route.
  }
mail-state-waiting = En route
mail-state-trying = Pas encore remis
mail-state-sent = Remis
mail-state-failed = Non remis
mail-kind-order-link = Commande avec ses liens
mail-kind-order-reminder = Rappel de personnalisation
mail-kind-order-lost-links = Liens perdus
mail-kind-staff-password-link = Lien pour un nouveau mot de passe
mail-asked-title = Regardez vos courriels
mail-asked-wait = Rien n’est arrivé ? Regardez aussi parmi les courriels indésirables, ou essayez une autre adresse.
mail-asked-other = Essayer une autre adresse
mail-asked-too-often = La demande a été faite trop souvent. Veuillez attendre un quart d’heure, puis réessayer.
mail-greeting = Bonjour,
mail-greeting-name = Bonjour { $name },
mail-order-subject = Votre commande { $number } – { $museum }
mail-order-subject-reserved = Votre réservation { $number } – { $museum }
mail-order-thanks = merci de votre commande { $number }. Voici tout ce qui en fait partie.
mail-order-reserved = merci. Ce que vous souhaitez vous est réservé sous le numéro { $number }. Vous recevez vos billets dès qu’ils sont payés.
mail-order-links-hint = Chaque carte annuelle a son propre lien. Vous y saisissez un nom et une photo, et nous fabriquons la carte. Vous pouvez transmettre un lien : la personne qui l’a fait la carte à son nom.
mail-order-tickets-attached = Ils sont joints à ce courriel en PDF. Montrez-les à l’entrée, sur le téléphone ou imprimés.
mail-order-see = Voir votre commande
mail-order-why = { $museum } vous envoie ce courriel parce que cette adresse a été donnée lors d’une commande.
mail-reminder-subject = Votre carte annuelle vous attend – { $museum }
mail-reminder-text = { $count ->
    [one] le { $day }, vous avez acheté une carte annuelle qui n’a pas encore de nom. Avec un nom et une photo, elle devient une carte.
   *[other] le { $day }, vous avez acheté des cartes annuelles dont { $count } n’ont pas encore de nom. Avec un nom et une photo, chacune devient une carte.
  }
mail-lost-subject = Les liens vers vos commandes – { $museum }
mail-lost-text = voici les liens vers vos commandes que vous avez demandés.
mail-lost-why = Vous n’avez rien demandé ? Alors quelqu’un s’est trompé d’adresse ; vous n’avez rien à faire.
mail-password-subject = Un nouveau mot de passe – { $museum }
mail-password-text = avec ce lien, vous choisissez un nouveau mot de passe. Il sert une fois, pendant { $hours } heures.
mail-password-why = Vous n’avez rien demandé ? Alors vous n’avez rien à faire : votre mot de passe reste le même.
lost-link-title = Lien perdu ?
lost-link-lead = Indiquez l’adresse e-mail que vous avez donnée lors de votre commande. Nous y envoyons les liens vers vos commandes.
lost-link-send = M’envoyer les liens
lost-link-asked = S’il y a des commandes avec cette adresse, un courriel avec leurs liens est en route.
password-asked = Si quelqu’un se connecte avec cette adresse, un courriel avec un lien est en route.
