# What holders are told about their cards.

mail-kind-card-posted = Card is posted
mail-kind-card-lies-ready = Card lies ready
mail-kind-card-pickup-reminder = Reminder of a card that lies ready
mail-kind-card-pickup-overdue = Card has lain too long
mail-kind-card-handed-over = Card is handed over
mail-kind-card-came-back = Card came back
mail-card-posted-subject = { $count ->
    [one] Your card is on its way – { $museum }
   *[other] Your { $count } cards are on their way – { $museum }
  }
mail-card-posted-text = { $count ->
    [one] we have given this card to the post. It should be with you in a few days.
   *[other] we have given these { $count } cards to the post. They should be with you in a few days.
  }
mail-card-lies-ready-subject = { $count ->
    [one] Your card is ready for you – { $museum }
   *[other] Your { $count } cards are ready for you – { $museum }
  }
mail-card-lies-ready-text = { $count ->
    [one] your card lies ready. Bring a document with a photo. Somebody else can fetch it for you with the pickup code.
   *[other] your { $count } cards lie ready. Bring a document with a photo. Somebody else can fetch them for you with the pickup code.
  }
mail-card-pickup-reminder-subject = { $count ->
    [one] Your card is still waiting for you – { $museum }
   *[other] Your { $count } cards are still waiting for you – { $museum }
  }
mail-card-pickup-reminder-text = { $count ->
    [one] your card still lies ready for you.
   *[other] your { $count } cards still lie ready for you.
  }
mail-card-pickup-overdue-subject = { $count ->
    [one] Please fetch your card – { $museum }
   *[other] Please fetch your { $count } cards – { $museum }
  }
mail-card-pickup-overdue-text = { $count ->
    [one] your card has lain ready for four weeks. Please fetch it, or tell us if we should post it to you.
   *[other] your { $count } cards have lain ready for four weeks. Please fetch them, or tell us if we should post them to you.
  }
mail-card-handed-over-subject = { $count ->
    [one] Your card was handed over – { $museum }
   *[other] Your { $count } cards were handed over – { $museum }
  }
mail-card-handed-over-text = { $count ->
    [one] this card was handed over. If you know nothing of it, tell us at once: we block the card.
   *[other] these { $count } cards were handed over. If you know nothing of it, tell us at once: we block the cards.
  }
mail-card-came-back-subject = { $count ->
    [one] Your card came back to us – { $museum }
   *[other] Your { $count } cards came back to us – { $museum }
  }
mail-card-came-back-text = { $count ->
    [one] the post could not deliver this card and brought it back. You can use your annual ticket all the same.
   *[other] the post could not deliver these { $count } cards and brought them back. You can use your annual tickets all the same.
  }
mail-card-came-back-mend = Behind the link you can give the right address. Then we post the card once more.
mail-pickup-hours = Open: { $hours }
mail-pickup-code = Pickup code: { $code }
mail-pickup-until = It is kept there until { $day }.
mail-fetched-by = fetched by { $name }
