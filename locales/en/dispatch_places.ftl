# Where all cards are, and which are late.

places-title = Where the cards are
places-late = { $count ->
    [0] Nothing is late.
    [1] 1 card has been where it is for too long.
   *[other] { $count } cards have been where they are for too long.
  }
places-waiting = Waiting for somebody
places-none = No card waits here.
places-column-place = Place
places-column-cards = Cards
places-column-days = Longest
places-column-late = Late
places-days = { $count ->
    [0] today
    [1] 1 day
   *[other] { $count } days
  }
places-late-count = { $count ->
    [1] 1 late
   *[other] { $count } late
  }
places-in-time = in time
places-is-late = late
places-box-open = being packed
places-box-sent = on its way
places-box-missing = missing
places-runs = Print runs
places-column-run = Run
places-column-where = Where they are now
places-run = Run { $number }
