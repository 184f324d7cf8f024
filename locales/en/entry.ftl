# The check at the entry.

entry-title = Check cards
entry-scan = Scan a card, or type its number
entry-scan-hint = The field listens by itself: hold a card before the scanner, or type the 14 digits on its back.
entry-check = Check
entry-recent = The last checks
entry-where = Where do you check?
entry-change-station = Place, pause and sound
entry-place = House or exhibition
entry-pause = A welcome disappears after
entry-seconds = { $count } seconds
entry-try-sound = Try the sound
entry-remember = Remember
entry-no-house = There is no house yet. An administrator adds the first one under Administration.
entry-offline = No connection since {"{time}"} ({"{secs}"}). Scans are kept and answered when it is back.
entry-session-ended = Your session has ended. Please sign in again; the scans are kept.
entry-waiting = Scans that wait for an answer: {"{count}"}
entry-late = Answered late:
entry-unanswered = Not answered
entry-age = Data {"{secs}"} old
entry-age-now = Data of this moment
entry-next-scan = Next scan
entry-next = Continue
entry-guest-language = Language of the guest
entry-portrait-of = Portrait of { $name }
entry-compare-person = The number was typed: compare name and photo.
entry-valid-until = valid until { $date }
entry-with-companions = { $count ->
    [one] 1 + 1 companion
   *[other] 1 + { $count } companions
  }
entry-by-hand = Admit by hand
entry-by-hand-lead = Whoever is admitted by hand is admitted for a reason that is kept.
entry-by-hand-reason = Why?
entry-admit = Admit
entry-admitted = Admitted by hand. The reason is kept.
entry-cancel = Cancel
problem-no-reason = Please say in a few words why.

verdict-admit = Welcome
verdict-attention = Check
verdict-refuse = Stop
verdict-unanswered = Unchecked
verdict-unanswered-line = There is no connection, so this card was not checked.
verdict-unanswered-next = Decide by the card in hand, or ask at the desk. The scan is kept.

verdict-malformed = This is none of our codes.
verdict-malformed-next = Scan it once more. If it stays like this: at the desk, please.
verdict-unsupported-code = This code is newer than this program.
verdict-unsupported-code-next = At the desk, please.
verdict-unknown-key = This code was made somewhere else.
verdict-unknown-key-next = At the desk, please.
verdict-forged = This code is not genuine.
verdict-forged-next = Please wait here. Staff: call the desk.
verdict-unknown-card = We do not know this card.
verdict-unknown-card-next = At the desk, please.
verdict-blocked = This card is blocked.
verdict-blocked-next = At the desk, please.
verdict-replaced = A new card has taken this one's place.
verdict-replaced-next = Please use the new card. If it has not arrived: at the desk, please.
verdict-void = This card was cancelled.
verdict-void-next = At the desk, please.
verdict-wrong-house = This card is for another house.
verdict-wrong-house-opens = Other house: valid for { $houses }
verdict-wrong-house-next = A ticket for this house is sold at the desk.
verdict-wrong-exhibition = This card does not include this exhibition.
verdict-wrong-exhibition-next = A ticket for it is sold at the desk.
verdict-not-yet-valid = This card is not valid yet.
verdict-not-yet-valid-on = Valid from { $date }
verdict-not-yet-valid-next = Please come again on that day, or ask at the desk.
verdict-expired = This card has expired.
verdict-expired-on = Was valid until { $date }
verdict-expired-next = It can be renewed at the desk.
verdict-already-used = This ticket was used already.
verdict-already-used-next = At the desk, please.
verdict-re-entry = Entered a short while ago.
verdict-re-entry-next = Let in if it is the same person.
verdict-re-entry-refused-next = At the desk, please.
verdict-not-yet-collected = This card was not handed over yet.
verdict-not-yet-collected-next = Compare name and photo, then let in.
verdict-not-yet-collected-refused-next = The card is to be collected at the desk first.
verdict-check-proof = Reduced price
verdict-check-proof-next = Check the proof, then let in.
verdict-clock-unsure = The clock of this gate is not sure.
verdict-clock-unsure-next = Compare the day on the card, then let in.
verdict-clock-unsure-refused-next = At the desk, please.

devices-title = Gates
devices-title-lead = Which gates there are, and when they were last heard of.
devices-empty = There is no gate yet. Add one, and pair it with the code that appears.
device-add = Add a gate
device-add-and-pair = Add it and show the code
device-name-hint = As your team calls it, for instance Main entrance.
device-direction = Direction
device-in = Way in
device-out = Way out
device-unpaired = Waits for pairing
device-paired = Connected
device-silent = Silent
device-revoked = Revoked
device-heard = Last heard of
device-never-heard = never yet
device-heard-seconds = { $count ->
    [one] 1 second ago
   *[other] { $count } seconds ago
  }
device-heard-minutes = { $count ->
    [one] 1 minute ago
   *[other] { $count } minutes ago
  }
device-heard-hours = { $count ->
    [one] 1 hour ago
   *[other] { $count } hours ago
  }
device-heard-days = { $count ->
    [one] yesterday
   *[other] { $count } days ago
  }
device-version = Program version
device-pairing-code = Pairing code
device-pairing-how = At the gate's computer, run this within ten minutes:
device-this-server = (address of this server)
device-pairing-once = The code pairs one gate and is not shown again. A new one can be made at any time.
device-new-code = New pairing code
device-revoke = Revoke the gate
device-revoke-question = Revoke “{ $name }”?
device-revoke-what = It is told so when it next calls, forgets its cards, and admits nobody any more. This cannot be undone.
device-is-revoked = The gate is revoked.
device-move-to = The gate stands at
device-move-hint = It follows within seconds; nobody has to go there.
device-move = Move the gate
device-moved = The gate is moved.
problem-device-name = Please enter a name of at most 100 characters.
problem-unknown-house = Please choose a place that is there.
