# Boxes between houses, and the lists to sign.

box-title = Boxes between houses
box-all = All boxes
box-none = No box was made yet. A box takes cards to the house that hands them out.
box-column-box = Box
box-column-cards = Cards
box-column-state = State
box-number = Box { $number }
box-new = A new box
box-to-house = For which house?
box-make = Make a box
box-state-open = being filled
box-state-sent = on its way
box-state-arrived = unpacked
box-state-missing = { $count ->
    [one] 1 card missing
   *[other] { $count } cards missing
  }
box-nothing-in-it = Nothing is in it yet. Read the first card.
box-has-left = taken out
box-on-its-way = on its way
box-missing = missing
box-put-in = Put a card in
box-read-out = Take a card out
box-go-in = Put it in
box-go-out = Lay it ready
box-send-lead = { $count ->
    [one] 1 card is in the box.
   *[other] { $count } cards are in the box.
  }
box-send = Send the box
box-close-lead = { $count ->
    [one] 1 card was not read yet. It is missing when you close the box.
   *[other] { $count } cards were not read yet. They are missing when you close the box.
  }
box-close = Close the box
box-sent = The box is on its way.
box-closed = { $count ->
    [0] The box is unpacked.
    [1] The box is closed; 1 card is missing.
   *[other] The box is closed; { $count } cards are missing.
  }
box-empty = The box is empty. Read a card first.
box-in-other = This card lies in box { $number }.
box-not-in-it = This card is not in this box.
sent-title = Posted on a day
sent-on = Posted on { $day }
sent-day = Day
sent-show = Show
sent-empty = Nothing was posted on this day.
sent-list = Consignment list (PDF)
sent-list-title = Consignment list of { $day }
sent-list-counts = { $cards } cards to { $addresses } addresses
sent-list-taken-over = Taken over by the carrier: date, name, signature
sent-column-time = Time
sent-column-carrier = Carrier
sent-column-tracking = Tracking number
pickup-list-title = Cards to fetch: { $house }
pickup-list-counts = { $count ->
    [1] 1 card, as of { $moment }
   *[other] { $count } cards, as of { $moment }
  }
