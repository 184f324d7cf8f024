# La clientèle : sa propre page, et ce que le guichet sait d’elle.

actor-customer = La cliente ou le client
my-title = Mes commandes et cartes
my-lead = Indiquez votre adresse e-mail. Nous vous y envoyons un lien qui mène à vos commandes et cartes annuelles.
my-send-link = M’envoyer un lien
my-asked = Un courriel avec un lien est en route. Il sert une fois, pendant une demi-heure.
my-enter-lead = Vous allez ouvrir votre page dans ce navigateur. Le lien sert une fois.
my-enter = Ouvrir ma page
my-link-over = Il a déjà servi, ou il a plus d’une demi-heure. Demandez-en un autre.
my-another-link = Demander un autre lien
my-annual-tickets = Vos cartes annuelles
my-no-annual-tickets = Il n’y a pas de cartes annuelles.
my-valid-until = valable jusqu’au { $day }
my-personalize = Ajouter nom et photo
my-look = Regarder
my-orders = Vos commandes
my-no-orders = Il n’y a pas de commandes.
my-newsletter = Nouvelles
my-newsletter-is-wanted = Vous recevez nos nouvelles par courriel. Vous pouvez arrêter à tout moment.
my-newsletter-is-not-wanted = Vous ne recevez pas de nouvelles de nous. Si vous le souhaitez, nous vous écrivons de temps en temps ce qu’il y a à voir.
my-newsletter-begin = Oui, m’envoyer des nouvelles
my-newsletter-stop = Plus de nouvelles
my-newsletter-wanted = Vous recevrez nos nouvelles.
my-newsletter-taken-back = Vous ne recevrez plus de nouvelles.
my-sign-out = Se déconnecter
my-signed-out = Vous êtes déconnecté.
mail-kind-customer-link = Lien vers sa propre page
mail-my-subject = Votre lien – { $museum }
mail-my-text = voici le lien vers vos commandes et cartes annuelles. Il sert une fois, pendant { $minutes } minutes.
mail-my-why = Vous n’avez rien demandé ? Alors quelqu’un s’est trompé d’adresse ; vous n’avez rien à faire.
customers-title = Clientèle
customers-empty = Il n’y a pas de tels clients.
customers-who = Qui
customers-since = Connu depuis
customers-newsletter = Nouvelles
customers-want-news = souhaite des nouvelles
customers-want-no-news = ne souhaite pas de nouvelles
customers-language = Langue des lettres
customers-addresses = Adresses e-mail
customers-proved = confirmée le { $moment }
customers-not-proved = non confirmée
customer-saved = Enregistré.
customers-merged = Les deux fiches n’en font plus qu’une.
merge-title = Réunir avec une autre fiche
merge-lead = { $name } est là deux fois ? Indiquez une adresse de l’autre fiche.
merge-with = Adresse de l’autre fiche
merge-nobody = Aucune autre fiche n’a cette adresse.
merge-ask = Ses adresses et commandes vont à { $name }, et la fiche disparaît. Cela ne peut pas être annulé.
merge-do = Les réunir
merge-not = Pas celle-ci
lists-title = Listes
lists-one = Liste choisie
lists-lead = Des clientes et clients que quelqu’un a choisis, par exemple pour une action.
lists-members = { $count ->
    [one] une fiche
   *[other] { $count } fiches
  }
lists-name = Nom d’une nouvelle liste
lists-make = Créer la liste
lists-put-on = Mettre sur la liste
lists-take-off = Retirer
lists-take-off-one = Retirer : { $name }
list-made = La liste « { $name } » est créée.
list-name-wrong = Une liste a besoin d’un nom de 100 signes au plus.
list-put-on = Mis sur la liste.
list-taken-off = Retiré de la liste.
import-title = Clientèle depuis un fichier
import-lead = Vous voyez chaque ligne avant que rien ne soit gardé.
import-file = Fichier (CSV)
import-hint = La première ligne nomme les colonnes : email, et si vous voulez nom, langue et newsletter. Un tableur enregistre ces fichiers en CSV.
import-list = Mettre sur une liste
import-no-list = Sur aucune liste
import-look = Regarder
import-preview = Ce que dit le fichier
import-counts = Nouveaux : { $new }, déjà connus : { $known }.
import-wrong = { $count ->
    [one] Une ligne est laissée de côté.
   *[other] { $count } lignes sont laissées de côté.
  }
import-onto = Ils vont sur la liste « { $name } ».
import-another = Un autre fichier
import-do = Garder
import-line = Ligne
import-more = { $count ->
    [one] Une autre ligne n’est pas montrée.
   *[other] { $count } autres lignes ne sont pas montrées.
  }
import-new = Nouveau
import-known = Déjà connu
import-line-not-an-address = Pas d’adresse e-mail
import-line-repeated = Figure deux fois dans le fichier
import-line-name-too-long = Le nom est trop long
import-line-unknown-language = La langue n’a pas deux lettres
import-line-unclear-news = Newsletter : ni oui ni non
import-empty = Il n’y a pas de lignes dans ce fichier.
import-no-addresses = Aucune colonne ne s’appelle email. Nommez les colonnes dans la première ligne.
import-too-long = Le fichier a plus de 5 000 lignes. Veuillez le diviser.
import-no-table = Ce fichier n’est pas un tableau. Enregistrez-le en CSV.
customers-imported = { $count ->
    [one] Une fiche a été reprise du fichier.
   *[other] { $count } fiches ont été reprises du fichier.
  }

forget-title = Oublier ce client
forget-question = Oublier { $name } ?
forget-me-question = Supprimer vos données ?
forget-me-link = Supprimer mes données
forget-what = Le nom et les adresses sont effacés définitivement : ici, dans les commandes et dans les courriels. Les liens envoyés n’ouvrent plus rien.
forget-stays = Les commandes restent, sans nom, et leurs billets restent valables. Une facture garde le nom et l’adresse postale que la loi exige.
forget-holders = Effacer aussi le nom, le portrait et l’adresse sur ces abonnements
forget-holders-hint = Les cartes continuent d’ouvrir, par leurs numéros. Ce qui appartient à quelqu’un d’autre lui reste.
forget-do = Effacer définitivement
forget-done = Les données sont effacées.
forget-open-order = La commande { $number } attend son paiement. Elle doit d’abord être payée ou annulée.
problem-order-open = Une commande attend son paiement. Elle doit d’abord être payée ou annulée.
