# Ce que l’on dit aux titulaires à propos de leurs cartes.

mail-kind-card-posted = Carte postée
mail-kind-card-lies-ready = Carte à retirer
mail-kind-card-pickup-reminder = Rappel d’une carte à retirer
mail-kind-card-pickup-overdue = Carte non retirée
mail-kind-card-handed-over = Carte remise
mail-kind-card-came-back = Carte revenue
mail-card-posted-subject = { $count ->
    [one] Votre carte est en route – { $museum }
   *[other] Vos { $count } cartes sont en route – { $museum }
  }
mail-card-posted-text = { $count ->
    [one] nous avons remis cette carte à la poste. Vous devriez la recevoir dans quelques jours.
   *[other] nous avons remis ces { $count } cartes à la poste. Vous devriez les recevoir dans quelques jours.
  }
mail-card-lies-ready-subject = { $count ->
    [one] Votre carte vous attend – { $museum }
   *[other] Vos { $count } cartes vous attendent – { $museum }
  }
mail-card-lies-ready-text = { $count ->
    [one] votre carte est prête. Apportez une pièce d’identité avec photo. Avec le code de retrait, une autre personne peut aussi la retirer pour vous.
   *[other] vos { $count } cartes sont prêtes. Apportez une pièce d’identité avec photo. Avec le code de retrait, une autre personne peut aussi les retirer pour vous.
  }
mail-card-pickup-reminder-subject = { $count ->
    [one] Votre carte vous attend toujours – { $museum }
   *[other] Vos { $count } cartes vous attendent toujours – { $museum }
  }
mail-card-pickup-reminder-text = { $count ->
    [one] votre carte est toujours prête à être retirée.
   *[other] vos { $count } cartes sont toujours prêtes à être retirées.
  }
mail-card-pickup-overdue-subject = { $count ->
    [one] Veuillez retirer votre carte – { $museum }
   *[other] Veuillez retirer vos { $count } cartes – { $museum }
  }
mail-card-pickup-overdue-text = { $count ->
    [one] votre carte est prête depuis quatre semaines. Veuillez la retirer, ou dites-nous si nous devons vous l’envoyer.
   *[other] vos { $count } cartes sont prêtes depuis quatre semaines. Veuillez les retirer, ou dites-nous si nous devons vous les envoyer.
  }
mail-card-handed-over-subject = { $count ->
    [one] Votre carte a été remise – { $museum }
   *[other] Vos { $count } cartes ont été remises – { $museum }
  }
mail-card-handed-over-text = { $count ->
    [one] cette carte a été remise. Si vous n’en savez rien, dites-le-nous aussitôt : nous bloquons la carte.
   *[other] ces { $count } cartes ont été remises. Si vous n’en savez rien, dites-le-nous aussitôt : nous bloquons les cartes.
  }
mail-card-came-back-subject = { $count ->
    [one] Votre carte nous est revenue – { $museum }
   *[other] Vos { $count } cartes nous sont revenues – { $museum }
  }
mail-card-came-back-text = { $count ->
    [one] la poste n’a pas pu distribuer cette carte et nous l’a rapportée. Votre abonnement reste valable.
   *[other] la poste n’a pas pu distribuer ces { $count } cartes et nous les a rapportées. Vos abonnements restent valables.
  }
mail-card-came-back-mend = Derrière le lien, vous pouvez indiquer la bonne adresse. Nous enverrons alors la carte encore une fois.
mail-pickup-hours = Ouvert : { $hours }
mail-pickup-code = Code de retrait : { $code }
mail-pickup-until = Elle y est conservée jusqu’au { $day }.
mail-fetched-by = retirée par { $name }
