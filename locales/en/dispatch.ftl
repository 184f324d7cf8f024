# The mailroom: lists, scans, handovers, returns.

mailroom-title = Mailroom
mailroom-lists = Lists
mailroom-list-post = To post
mailroom-list-shelf = To lay ready
mailroom-list-counter = At the counter
mailroom-list-deposited = Lying ready
mailroom-list-returned = Came back
mailroom-tile-post = to post
mailroom-tile-shelf = to lay ready
mailroom-tile-counter = at the counter
mailroom-tile-deposited = lie ready
mailroom-tile-overdue = overdue
mailroom-tile-returned = came back
mailroom-cards = { $count ->
    [one] card
   *[other] cards
  }
mailroom-nothing = Nothing waits here.
mailroom-go-post = Post them
mailroom-go-shelf = Lay them ready
mailroom-letters = Letters (PDF)
mailroom-houses = Houses
mailroom-all-houses = All houses
mailroom-empty-filtered = No card fits this filter.
mailroom-empty-post = Nothing is to be posted. Cards appear here as soon as they are confirmed as printed.
mailroom-empty-shelf = Nothing is to be laid ready.
mailroom-empty-counter = No printed card waits for the counter.
mailroom-empty-deposited = No card lies ready.
mailroom-empty-returned = No card came back. Read one with its reason when it does.
mailroom-column-address = Address
mailroom-column-place = Place
mailroom-column-reason = Reason
mailroom-column-action = What to do
mailroom-no-address = No address
mailroom-overdue = overdue
mailroom-tick-all = Tick all on this page
mailroom-hand-over = Hand over
mailroom-again = Send again
mailroom-change-way = Change the way
mailroom-other-way = Other way
mailroom-see-card = See the card
mailroom-scan-post = Post card by card
mailroom-scan-shelf = Lay ready in { $house }
mailroom-scan-returned = Take a card back
mailroom-carrier = Carrier (optional)
mailroom-tracking = Tracking number (optional)
mailroom-shelf = Shelf, box or drawer
mailroom-scan-go-post = Mark as posted
mailroom-scan-go-shelf = Mark as lying ready
mailroom-scan-go-returned = Mark as returned
mailroom-choose-house = Which house?
mailroom-choose-house-lead = Cards are laid ready house by house.
mailroom-together = Several together
mailroom-together-lead = Tick cards in the list, or take all of them.
mailroom-together-ticked = The ticked ones …
mailroom-together-all = { $count ->
    [one] All: 1 card …
   *[other] All { $count } cards …
  }
mailroom-just-done = Done just now
mailroom-later = no longer so
mailroom-none-ticked = No card is ticked
mailroom-back = Back
mailroom-ask-post = { $count ->
    [one] Give 1 card to the post?
   *[other] Give { $count } cards to the post?
  }
mailroom-ask-shelf = { $count ->
    [one] Lay 1 card ready in { $house }?
   *[other] Lay { $count } cards ready in { $house }?
  }
mailroom-addresses = { $count ->
    [one] They go to 1 address.
   *[other] They go to { $count } addresses.
  }
mailroom-and-more = { $count ->
    [one] and 1 more
   *[other] and { $count } more
  }
mailroom-go-post-count = { $count ->
    [one] Post 1 card
   *[other] Post { $count } cards
  }
mailroom-go-shelf-count = { $count ->
    [one] Lay 1 card ready
   *[other] Lay { $count } cards ready
  }
mailroom-done-post = { $count ->
    [one] 1 card is posted.
   *[other] { $count } cards are posted.
  }
mailroom-done-shelf = { $count ->
    [one] 1 card lies ready.
   *[other] { $count } cards lie ready.
  }
mailroom-read-posted = The card of { $name } is posted.
mailroom-read-deposited = The card of { $name } lies ready.
mailroom-read-returned = The card of { $name } is taken back.
mailroom-read-unknown = No card has this code or number. Read it once more, or type the number.
mailroom-read-posted-before = The card of { $name } was posted already.
mailroom-read-deposited-before = The card of { $name } lies ready already.
mailroom-read-elsewhere = The card of { $name } does not belong here: { $state }.
mailroom-read-other-house = The card of { $name } is to be laid ready in another house: { $house }.
mailroom-read-is-post = The card of { $name } is to be posted. Put it with the post.
mailroom-read-is-pickup = The card of { $name } is to be picked up. Do not post it.
mailroom-read-is-counter = The card of { $name } is issued at the counter. Put it there.
mailroom-no-house = Please choose the house.
mailroom-did-dispatched = posted
mailroom-did-deposited = laid ready
mailroom-did-returned = taken back
mailroom-did-handed-over = handed over
mailroom-did-printed = printed
mailroom-did-spoiled = damaged
mailroom-did-made-ready = made ready again
mailroom-handover = Hand over a card
mailroom-handover-lead = Read the card. Name and photo appear, so that you can compare.
mailroom-handover-go = Read a card
mailroom-read-a-card = Which card?
mailroom-next-card = Another card
mailroom-show-card = Show the card
mailroom-compare = Compare
mailroom-no-photo = This card has no photo. Ask for a document with a photo.
mailroom-valid-until = valid until { $day }
mailroom-lies-in = Lies in { $place }
mailroom-picked-up-by = Fetched by
mailroom-picked-up-by-hint = Only if it is somebody else.
mailroom-pickup-code = Pickup code
mailroom-pickup-code-hint = As it stands in the message to the holder.
mailroom-code-missing = Please type the pickup code (4 to 32 letters and digits), or say what they showed.
mailroom-code-wrong = This is not the pickup code of this card.
mailroom-not-this-person = Not this person
mailroom-cannot-hand-over = This card cannot be handed over now.
mailroom-handed-over = The card of { $name } is handed over.
mailroom-reason-moved = Moved away
mailroom-reason-unknown = Unknown at this address
mailroom-reason-refused = Not accepted
mailroom-reason-not-collected = Not fetched from the post office
mailroom-reason-other = Something else
why-moved = moved away
why-unknown = unknown at this address
why-refused = not accepted
why-not-collected = not fetched from the post office
why-other = something else
why-wrong-card = the wrong card
why-wrong-list = the wrong list
why-slip = a slip
mailroom-made-ready = The card of { $name } is ready for dispatch again.
mailroom-way-title = How does the card of { $name } go on?
mailroom-way-legend = Way to the holder
mailroom-way-mail = By post
mailroom-way-pickup = Lay ready in { $house }
mailroom-way-counter = Issue at the counter
mailroom-way-now = as it is now
mailroom-way-keep = Leave it as it is
mailroom-way-go = Change the way
mailroom-way-decided = The card has left the house, so its way is decided.
mailroom-way-missing = Please choose a way.
mailroom-way-no-address = There is no address to post it to. Ask the holder for it first.
mailroom-way-refused = The annual ticket does not allow this change. See its page.
mailroom-moved-mail = The card of { $name } is now to be posted.
mailroom-moved-pickup = The card of { $name } is now to be laid ready.
mailroom-moved-counter = The card of { $name } is now issued at the counter.
mailroom-undo-title = { $count ->
    [one] Take this step back?
   *[other] Take { $count } steps back?
  }
mailroom-undo-nothing = There is nothing to undo
mailroom-undo-nothing-lead = It was undone before, or something else happened to the card since.
mailroom-undo-late = This was more than 15 minutes ago. Undoing it now needs a special right: ask an administrator.
mailroom-undo-why = Why?
mailroom-undo-wrong-card = It was the wrong card
mailroom-undo-wrong-list = It was the wrong list
mailroom-undo-slip = It was a slip
mailroom-undo-other = Something else
mailroom-undo-reason-missing = Please say why it is taken back.
mailroom-undo-not = Leave it
mailroom-undo-go = { $count ->
    [one] Take it back
   *[other] Take { $count } back
  }
mailroom-undone = { $name }: the last step is undone.
mailroom-undone-several = { $count } steps are undone.
problem-card-moved-on = Something else happened to a card in the meantime. Nothing was changed.
mailroom-read-in-box = The card lies in box { $number }, on its way to another house. Scan it there first.
mailroom-proof = What did they show?
mailroom-proof-none = Nothing: it is the holder
mailroom-proof-written-authority = The holder’s word in writing
mailroom-proof-holders-document = The holder’s own document
mailroom-proof-guardian = They are the holder’s parent or guardian
mailroom-proof-missing = Please say what they showed, or leave the name empty if it is the holder.
mailroom-deputy-reason = Why somebody else (optional)
mailroom-in-box = in box { $number }
mailroom-same-address = address unchanged
mailroom-came-back-from-there = came back from there
mailroom-pickup-list = Pick-up list to sign (PDF)
