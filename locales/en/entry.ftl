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
verdict-test-ticket = This is a trial ticket. It opens nothing.
verdict-test-ticket-next = At the desk, please.
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
verdict-stale-data = This gate had no news for long.
verdict-stale-data-next = Compare name and photo, then let in.
verdict-journal-broken = This gate cannot write down entries.
verdict-journal-broken-next = At another entrance, please. Staff: call technical help.

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
device-knows = Blocked cards
device-knows-all = knows every block
device-knows-nothing = has yet to fetch the cards
device-lacks-blocks = { $count ->
    [one] does not know 1 block yet
   *[other] does not know { $count } blocks yet
  }
rules-title = How this gate decides
rules-hint = It learns so within seconds, as soon as it is connected.
rules-whole-house = For all gates of this house
rules-set = Set the rules
device-rules-set = The rules are set.
rule-stale-after-hours = Data is too old after so many hours
rule-stale-after-hours-hint = 0 means never. A gate in step with this server has data of a few seconds.
rule-stale = When the data is too old
rule-stale-warn = Admit as always, and show it at the gate
rule-stale-attention = Admit, and have staff look at every card
rule-stale-refuse-unknown = Refuse cards that the gate does not know
rule-unknown-signed = Genuine cards that the gate does not know yet
rule-unknown-signed-admit = Admit by the dates in the code
rule-unknown-signed-refuse = Refuse until they are known
rule-clock-unsure = When the gate does not know the time
rule-clock-unsure-attention = Admit, and have staff look at the dates
rule-clock-unsure-refuse = Refuse every card
rule-journal-broken = When entries cannot be written down
rule-journal-broken-open = Open, and raise the alarm
rule-journal-broken-stay-shut = Stay shut until it is mended
rule-foreign-codes = Take the imported codes of an older system
problem-out-of-bounds = Please enter a number of hours from 0 to 744.

pin-title = Your PIN for gates
pin-lead = With it you admit at a gate whom it refused, also without a connection. What you did and why is kept.
pin-first = PIN
pin-new = New PIN
pin-hint = 6 to 12 digits, not all the same and not in a row. Gates get it scrambled and without your name.
pin-set = Set the PIN
pin-remove = Give the PIN back
pin-is-set = Your PIN is set. Gates know it within seconds.
pin-is-removed = You have no PIN any more.
problem-pin-unfit = Please choose 6 to 12 digits, not all the same and not in a row.
problem-pin-taken = This PIN cannot be taken. Please choose another one.
problem-pin-too-many = Too many people have a PIN. Someone has to give theirs back first.

noticed-title = What gates noticed
noticed-lead = { $days ->
    [one] The last day.
   *[other] The last { $days } days, the latest first.
  }
noticed-when = When
noticed-where = Where
noticed-card = Card
noticed-what = What
noticed-conflicts = Admitted though blocked: { $count }
noticed-conflicts-hint = The gate did not know the block yet, for lack of a connection. The entry stays a fact.
noticed-travels = One card in two houses: { $count }
noticed-travels-hint = Entered in two houses within { $minutes } minutes. Both entries count.
noticed-by-hand = Admitted by PIN at a gate: { $count }
noticed-by-hand-hint = Whom the gate had refused, who took the responsibility, and why.
noticed-was-blocked = The card was blocked.
noticed-was-void = The card was cancelled.
noticed-somebody = Somebody
noticed-minutes-apart = { $count ->
    [0] within one minute
    [one] 1 minute apart
   *[other] { $count } minutes apart
  }
