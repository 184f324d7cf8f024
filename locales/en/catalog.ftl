# The catalog as an administrator keeps it.

admin-museum = The museum
admin-house = Behind the scenes
catalog-houses = Houses
catalog-houses-lead = Museums with their address and time zone.
catalog-houses-new = New house
catalog-exhibitions = Exhibitions
catalog-exhibitions-lead = Parts of a house with days of their own.
catalog-exhibitions-new = New exhibition
catalog-scopes = Scopes
catalog-scopes-lead = What a ticket opens: houses and exhibitions.
catalog-scopes-new = New scope
catalog-categories = Categories
catalog-categories-lead = Adult, reduced, child, companion.
catalog-categories-new = New category
catalog-products = Products
catalog-products-lead = Annual tickets, vouchers and day tickets, with their validity.
catalog-products-new = New product
catalog-price-lists = Price lists
catalog-price-lists-lead = What each product costs in each category.
catalog-price-lists-new = New price list
catalog-events = Events
catalog-events-lead = Tours and evenings, with places and labels.
catalog-events-new = New event
catalog-add = Add
catalog-empty = Nothing is there yet. Add the first one.
catalog-none = none
catalog-nothing-to-choose = There is nothing to choose from yet.
catalog-added = “{ $name }” is added.
catalog-saved = “{ $name }” is saved.
catalog-removed = { $name } is removed.
catalog-in-use = { $name } is in use: something refers to it, so it stays.
catalog-remove = Remove
catalog-remove-question = Remove “{ $name }”?
catalog-remove-what = It is removed only if nothing refers to it: no sale, no offer, nothing else in the catalog.
problem-catalog-key-taken = This key is taken.
prices-hint = An empty field means: not sold in this category.
scope-number = number { $number } in card codes
category-needs-proof = proof needed
price-list-prices = { $count ->
    [one] 1 price
   *[other] { $count } prices
  }
validity-months = { $count ->
    [one] 1 month
   *[other] { $count } months
  }
product-archived = no longer sold
event-capacity = { $count ->
    [one] 1 place
   *[other] { $count } places
  }
product-kind-annual-ticket = Annual ticket
product-kind-annual-ticket-voucher = Voucher for an annual ticket
product-kind-day-ticket = Day ticket
validity-start = It begins
validity-start-purchase = on the day of the purchase
validity-start-day-after-purchase = on the day after the purchase
validity-start-chosen = on a chosen day
validity-start-season = with a season
validity-start-exchange = when the voucher is exchanged
validity-start-personalization = when it is personalized
validity-start-first-entry = with the first entry
validity-lasts-months = Lasts, in months
validity-window-days = Latest choice, in days
validity-from = Season from
validity-until = Season until
validity-latest-start-months = First entry within months
personal-photo = Photo
personal-given-name = Given name
personal-family-name = Family name
personal-birth-date = Birth date
personal-address = Postal address
photo-review-doubtful = doubtful ones
photo-review-always = all
reentry-attention = admit and tell staff
reentry-refuse = refuse
not-collected-attention = admit, and staff look
not-collected-refuse = send to the desk
field-key = Key
field-name = Name
field-names = Name
field-time-zone = Time zone
field-country = Country
field-address = Address
field-pickup-hours = When cards can be fetched, as messages say it
field-not-collected = A card that was not handed over yet
field-house = House
field-exhibition = Exhibition
field-valid-from = First day
field-valid-until = Last day
field-id = Number in card codes
field-houses = Houses
field-exhibitions = Exhibitions
field-check-proof = The gate asks for a proof
field-requires = Only together with
field-labels = Labels
field-prices = Prices
field-kind = Kind
field-scope = Opens
field-validity = Validity
field-exchange-for = Exchanged for
field-voucher-valid-months = Months in which it can be exchanged
field-vat-rate = VAT in per cent
field-channels = Sold where
field-required-fields = Needed for the card
field-photo-review = Look at visitors’ photos before printing
field-annual-tickets = Cards on one ticket
field-companions = Companions
field-reentry-secs = Re-entry window in seconds
field-reentry-policy = A card that comes again within it
field-allow-unpaid = Print and admit before the payment
field-layout = Layout of the cards
field-max-total = Most that may ever be sold
field-archived = No longer sold
field-starts-at = Begins
field-capacity = Places
field-price-list = Price list
hint-key = Small letters, digits and hyphens; it never changes.
hint-names = One language is enough; others fall back to it.
hint-labels = Words with commas between them; offers can ask for them.
hint-time-zone = For instance Europe/Berlin. Its days count for tickets of this house.
hint-country = Two capital letters, for instance DE.
hint-id = Leave it empty: the next free number.
hint-channels = Nothing ticked means: everywhere.
hint-annual-tickets = More than 1 for family products: each card has its own holder.
hint-price-list = None: the regular prices.
hint-capacity = Empty: as many as come.
hint-max-total = Empty: without end.
hint-layout = None: the agreed layout that fits the product.
hint-scope = None on a day ticket: the house that it is sold for.
wrong-key = Please choose a key of small letters, digits and hyphens.
wrong-name = Please enter a name of at most 200 characters.
wrong-names = Please enter the name in at least one language.
wrong-time-zone = This time zone is not known. Europe/Berlin is one.
wrong-country = A country is two capital letters, for instance DE.
wrong-address = An address needs a street, a postal code as the country writes it, a town and a country of two letters.
wrong-valid-from = Please enter a day.
wrong-valid-until = The last day must not lie before the first.
wrong-validity = An annual ticket, and nothing else, needs a validity: 1 to 120 months, or a season whose end comes after its beginning.
wrong-scope = An annual ticket needs a scope: what does it open?
wrong-exchange-for = A voucher, and nothing else, names the annual ticket it is exchanged for.
wrong-vat-rate = Please enter a percentage such as 7 or 19.
wrong-prices = Please enter amounts such as 9.90.
wrong-labels = A label has 1 to 64 characters and is not both added and removed.
wrong-houses = Please choose at least one house or exhibition. The scope of a house opens that house alone.
wrong-starts-at = Please enter a day and a time.
wrong-exhibition = This exhibition belongs to another house.
wrong-reason-invalid-value = Please check this.
wrong-reason-unknown-key = What is named here is no longer there.
wrong-reason-cannot-change = This stays as it was when it was made.
wrong-reason-duplicate = This stands here twice.
wrong-reason-id-taken = Another scope has this number.
wrong-reason-scope-was-sold = What was sold opens this, so it stays in. To sell without it, let the house leave the network on its own page, or make another scope.
address-lines = Street and house number
address-postal-code = Postal code
address-city = Town
address-country = Country (two letters)
labels-all-houses = all houses
labels-all-exhibitions = all exhibitions
labels-add = Set
labels-remove = Take away
labels-apply = Apply to all of them
labels-done = { $count ->
    [one] One event was changed.
   *[other] { $count } events were changed.
  }
layouts-title = Card layouts
layouts-title-lead = How cards look, and which version was agreed.
layouts-empty = There is no layout yet. Cards wait until one is agreed.
layout-state-draft = Draft
layout-state-proposed = Proposed
layout-state-agreed = Agreed
layout-state-retired = Retired
layout-products = For
layout-all-products = all products
layout-agreed = Agreed on
layout-fingerprint = Fingerprint

leave-link = Leaves the network ..
leave-title = { $house } leaves the network
leave-kept-title = What was sold stays sold
leave-kept = { $count ->
    [0] No annual ticket that was sold opens this house.
    [one] One annual ticket goes on opening this house. Its last day is not known yet.
   *[other] { $count } annual tickets go on opening this house. Their last days are not known yet.
}
leave-kept-until = { $count ->
    [one] One annual ticket goes on opening this house, until { $day }.
   *[other] { $count } annual tickets go on opening this house, the last of them until { $day }.
}
leave-rule = A card opens the houses that it was sold with until its last day; its holder’s page names them. A renewal while it is valid goes on so; one that begins anew opens what is sold by then.
leave-products-title = What is sold from now on
leave-going-on = These products go on without it, and open:
leave-ending = These products opened nothing else. They are put away and sold no more:
leave-reason = Reason
leave-reason-missing = Please say why: it stands in the history.
leave-do = Sell without this house
problem-nothing-to-change = No product opens this house any more.
