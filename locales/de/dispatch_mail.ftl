# Was Inhaberinnen und Inhabern über ihre Karten mitgeteilt wird.

mail-kind-card-posted = Karte ist versandt
mail-kind-card-lies-ready = Karte liegt bereit
mail-kind-card-pickup-reminder = Erinnerung an eine bereitliegende Karte
mail-kind-card-pickup-overdue = Karte liegt zu lange
mail-kind-card-handed-over = Karte ist übergeben
mail-kind-card-came-back = Karte kam zurück
mail-card-posted-subject = { $count ->
    [one] Ihre Karte ist unterwegs – { $museum }
   *[other] Ihre { $count } Karten sind unterwegs – { $museum }
  }
mail-card-posted-text = { $count ->
    [one] wir haben diese Karte zur Post gegeben. Sie sollte in einigen Tagen bei Ihnen sein.
   *[other] wir haben diese { $count } Karten zur Post gegeben. Sie sollten in einigen Tagen bei Ihnen sein.
  }
mail-card-lies-ready-subject = { $count ->
    [one] Ihre Karte liegt bereit – { $museum }
   *[other] Ihre { $count } Karten liegen bereit – { $museum }
  }
mail-card-lies-ready-text = { $count ->
    [one] Ihre Karte liegt für Sie bereit. Bringen Sie einen Ausweis mit Foto mit. Mit dem Abholcode kann auch jemand anderes sie für Sie abholen.
   *[other] Ihre { $count } Karten liegen für Sie bereit. Bringen Sie einen Ausweis mit Foto mit. Mit dem Abholcode kann auch jemand anderes sie für Sie abholen.
  }
mail-card-pickup-reminder-subject = { $count ->
    [one] Ihre Karte wartet noch auf Sie – { $museum }
   *[other] Ihre { $count } Karten warten noch auf Sie – { $museum }
  }
mail-card-pickup-reminder-text = { $count ->
    [one] Ihre Karte liegt noch immer für Sie bereit.
   *[other] Ihre { $count } Karten liegen noch immer für Sie bereit.
  }
mail-card-pickup-overdue-subject = { $count ->
    [one] Bitte holen Sie Ihre Karte ab – { $museum }
   *[other] Bitte holen Sie Ihre { $count } Karten ab – { $museum }
  }
mail-card-pickup-overdue-text = { $count ->
    [one] Ihre Karte liegt seit vier Wochen bereit. Bitte holen Sie sie ab, oder sagen Sie uns, ob wir sie Ihnen schicken sollen.
   *[other] Ihre { $count } Karten liegen seit vier Wochen bereit. Bitte holen Sie sie ab, oder sagen Sie uns, ob wir sie Ihnen schicken sollen.
  }
mail-card-handed-over-subject = { $count ->
    [one] Ihre Karte wurde übergeben – { $museum }
   *[other] Ihre { $count } Karten wurden übergeben – { $museum }
  }
mail-card-handed-over-text = { $count ->
    [one] diese Karte wurde übergeben. Wenn Sie davon nichts wissen, sagen Sie es uns bitte gleich: Wir sperren die Karte.
   *[other] diese { $count } Karten wurden übergeben. Wenn Sie davon nichts wissen, sagen Sie es uns bitte gleich: Wir sperren die Karten.
  }
mail-card-came-back-subject = { $count ->
    [one] Ihre Karte kam zu uns zurück – { $museum }
   *[other] Ihre { $count } Karten kamen zu uns zurück – { $museum }
  }
mail-card-came-back-text = { $count ->
    [one] die Post konnte diese Karte nicht zustellen und hat sie zurückgebracht. Ihre Jahreskarte gilt trotzdem.
   *[other] die Post konnte diese { $count } Karten nicht zustellen und hat sie zurückgebracht. Ihre Jahreskarten gelten trotzdem.
  }
mail-card-came-back-mend = Hinter dem Link können Sie die richtige Adresse angeben. Dann schicken wir die Karte noch einmal.
mail-pickup-hours = Geöffnet: { $hours }
mail-pickup-code = Abholcode: { $code }
mail-pickup-until = Dort wird sie bis zum { $day } aufbewahrt.
mail-fetched-by = abgeholt von { $name }
