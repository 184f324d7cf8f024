# The print queue, print runs, and the check of what came out.

print-title = Print
print-parts = Cards by where they stand
print-part-ready-to-print = ready to print
print-part-in-print-run = in a print run
print-part-to-check = to check
print-part-ready-for-dispatch = ready for dispatch
print-part-set-aside = set aside
print-part-waiting-for-layout = waiting for a layout
print-differs = Card differs

print-filter = Filter the list
print-filter-text = Name or number
print-filter-house = Pickup in
print-filter-age = Finalized
print-age = { $days ->
    [one] more than a day ago
   *[other] more than { $days } days ago
  }
print-filter-apply = Show
print-any = All
print-sort = Order
print-sort-waiting = Longest waiting first
print-sort-newest = Newest first
print-sort-name = By name
print-sort-number = By number
print-total = { $count ->
    [one] 1 card
   *[other] { $count } cards
  }
print-export = Export as CSV
print-tick = Choose
print-column-portrait = Portrait
print-column-card = Card
print-column-number = Card number
print-column-holder = Holder
print-column-product = Product
print-column-way = Way
print-column-since = Since
print-column-state = State
print-since = since { $day }
print-way-mail = By post
print-way-pickup = Pickup
print-way-counter = Counter
print-next-page = Next page
print-prepare-again = Try again
print-prepared-again = { $name } was tried again.

print-empty-filtered = No card fits this filter. Choose “All” to see more.
print-empty-ready-to-print = Nothing waits to be printed. A card appears here as soon as its holder’s details and photo are complete.
print-empty-in-print-run = No run is being made ready right now.
print-empty-to-check = No printed card waits to be checked.
print-empty-ready-for-dispatch = No printed card waits for the mailroom.
print-empty-set-aside = No card is set aside. Everything can be printed.
print-empty-waiting-for-layout = Every product has an agreed layout.

print-aside-missing-glyph-what = Character missing
print-aside-missing-glyph-next = The name has a character that no font of the layout shows. Write it in other letters on the card’s page, or agree on a layout with another font.
print-aside-text-too-long-what = Text too long
print-aside-text-too-long-next = The name does not fit even in the smallest letters. Shorten it on the card’s page.
print-aside-photo-missing-what = Photo missing
print-aside-photo-missing-next = The stored photo cannot be found. Take a new one on the card’s page.
print-aside-photo-review-what = Photo not accepted yet
print-aside-photo-review-next = Look at the photo under “Personalization”, or wait for the new one that was asked for.
print-aside-photo-unreadable-what = Photo unreadable
print-aside-photo-unreadable-next = The photo cannot be printed. Take a new one on the card’s page.
print-aside-photo-too-small-what = Photo too small
print-aside-photo-too-small-next = The photo has too few pixels to print well. Take a new one on the card’s page.
print-aside-test-order-what = Trial
print-aside-test-order-next = This card could be printed. It belongs to a trial order, so it is not; no gate admits it.
print-aside-code-unwritable-what = Code cannot be drawn
print-aside-code-unwritable-next = The layout asks for a kind of code that this card cannot have. Tell an administrator.
print-aside-code-too-large-what = Code too large
print-aside-code-too-large-next = The layout leaves too little room for the code. Tell an administrator.
print-aside-print-data-damaged-what = Print data damaged
print-aside-print-data-damaged-next = What was stored for this card is damaged. Try again; if that does not help, take a new photo.
print-aside-other-what = Cannot be printed
print-aside-other-next = Look at the card’s page, mend what is wrong, and try again.

print-new-run = New print run
print-new-run-all = { $count ->
    [one] 1 card is ready. Tick cards in the list to print only these.
   *[other] { $count } cards are ready. Tick cards in the list to print only these.
  }
print-new-run-ticked = ticked
print-new-run-max = At most
print-new-run-go = Print …
print-new-run-nothing = No card fits this choice any more.
print-read-each = Close the run only when each card was read back
print-read-each-note = This run closes when each printed card was read back.
print-new-run-question = { $count ->
    [one] Start a print run with 1 card?
   *[other] Start a print run with { $count } cards?
  }
print-new-run-lead = The cards are frozen in the run, so that nobody prints them a second time.
print-new-run-set-aside = { $count ->
    [one] 1 card is set aside and not printed.
   *[other] { $count } cards are set aside and not printed.
  }
print-new-run-start = { $count ->
    [one] Start with 1 card
   *[other] Start with { $count } cards
  }
print-show-them = Show
print-not-now = Not now
print-back-to-queue = To the print queue
print-front-of = Front of the card of { $name }
print-run-started = { $count ->
    [one] Print run { $name } started with 1 card.
   *[other] Print run { $name } started with { $count } cards.
  }

print-runs-title = Print runs
print-runs-empty = Nothing was printed yet. Start the first run from the print queue.
print-run = Run
print-run-title = Print run { $number }
print-run-begun = Started
print-run-cards = { $count ->
    [one] 1 card
   *[other] { $count } cards
  }
print-cards = Cards
print-printed = Printed
print-spoiled = Damaged
print-run-preparing = files are being made
print-run-open = to check
print-run-closed = complete
print-run-cancelled = cancelled
print-run-to-check = { $count ->
    [one] 1 card waits to be checked.
   *[other] { $count } cards wait to be checked.
  }
print-of = { $done } of { $all }
print-progress = Making the files
print-joining = { $done } of { $all } cards are in the run
print-rate = { $rate } cards a second
print-secs-left = about { $secs } s left
print-mins-left = about { $mins } min left
print-left-unknown = just begun
print-files = Files
print-files-lead = Print a file, then check the cards.
print-file-cards-pdf = for the card printer: front and back of each card
print-file-sheets-pdf = on A4, ten cards to a sheet
print-file-letters-pdf = letters for the cards that are posted
print-file-manifest-csv = one line for each card
print-file-manifest-xlsx = the same as a workbook
print-file-photos-zip = the portraits by card number
print-part-from = From card
print-part-to = to card
print-part-again = Only these cards
print-no-printer = No card printer is connected. Print cards.pdf on your card printer; then check what came out.
print-run-faces = Cards of this run
print-outcome = So far
print-outcome-pending = not checked
print-outcome-printed = printed
print-outcome-spoiled = damaged
print-outcome-withdrawn = taken out
print-outcome-unread = still to be read
print-blanks = Blanks used
print-outcome-read = read by scanner
print-read = read
print-run-stop = Cancel the run …
print-stop-question = Cancel print run { $number }?
print-stop-lead = { $count ->
    [one] 1 card goes back to the queue. If it came out already, destroy the plastic.
   *[other] { $count } cards go back to the queue. If any of them came out already, destroy the plastic.
  }
print-stop-printed = { $count ->
    [one] 1 card that was confirmed as printed stays as it is.
   *[other] { $count } cards that were confirmed as printed stay as they are.
  }
print-stop-not = Go on printing
print-stop-go = { $count ->
    [one] Back to the queue with 1 card
   *[other] Back to the queue with { $count } cards
  }
print-stop-nothing = Every card of this run was checked already.
print-run-cancelled-note = { $count ->
    [one] Print run { $name } is cancelled. 1 card is back in the queue.
   *[other] Print run { $name } is cancelled. { $count } cards are back in the queue.
  }

print-check = Check the cards
print-check-lead = Mark what is damaged. Everything else becomes ready for dispatch.
print-now-title = Print and hand over the card
print-now-by-hand = No card printer is connected. You get the file and print it yourself.
print-now-file = Without a printer: print the file yourself
print-now-house = The browser remembers in which house this desk stands: that of the chosen printer.
print-now-other = Print another way
print-now-started = The card is being printed.
print-now-printer-in-use = The printer is at another job. Wait a moment, or choose another one.
print-now-look = Has the card come out well?
print-now-good = Printed well
print-now-reason = If not: what happened?
print-now-open-file = Open the file for the card printer
print-now-spoiled = Spoiled
print-check-legend = { $count ->
    [one] 1 card
   *[other] { $count } cards
  }
print-check-done = All cards of this run are checked.
print-check-more = More cards follow after these.
print-check-go = { $count ->
    [one] Confirm 1 card as printed
   *[other] Confirm { $count } cards as printed
  }
print-check-go-some = Confirm #1 as printed, #2 damaged go back
print-checked-all = { $count ->
    [one] 1 card is ready for dispatch.
   *[other] { $count } cards are ready for dispatch.
  }
print-checked = Ready for dispatch: { $count }. Back in the queue: { $name }.
print-damaged = damaged
print-reason = What happened to the damaged ones?
print-spoil-smudged = Smudged or streaky
print-spoil-misprint = Misprint or shifted
print-spoil-scratched = Scratched or bent
print-spoil-jam = Stuck in the printer
print-spoil-other = Something else
print-reason-other = What else?
print-reason-missing = Please say what happened to the damaged cards.
print-scan-back = Read with a scanner
print-scan-back-lead = Read each card that came out: it is then proven to exist and confirmed.
print-scan-field = Code or number of the card
print-scan-go = Read
print-read-good = { $number } is there: card { $position } of this run.
print-read-twice = { $number } was read before. Does it lie there twice?
print-read-order = Card { $position } was read after card { $last }: the stack is not in order.
print-read-foreign = This card does not belong to this run. Put it aside.
print-read-spoiled = This card was reported as damaged. Destroy it.
print-read-void = This card is no longer valid. Destroy it.
print-check-unread = { $count ->
    [one] 1 printed card was not read back yet.
   *[other] { $count } printed cards were not read back yet.
  }
print-skipped = Not read yet, though later ones were:

problem-nothing-to-print = No card of this choice is ready to print any more.
problem-card-taken = One of the cards is no longer ready to print: somebody was faster. Nothing was started.
problem-not-in-run = One of the cards does not belong to this run. Nothing was changed.
problem-already-checked = One of these cards was checked in the meantime. Nothing was changed; the list shows what is left.

why-smudged = smudged or streaky
why-misprint = misprint or shifted
why-scratched = scratched or bent
why-jam = stuck in the printer
layout-uploaded = { $name } is kept as a draft.
layout-was-proposed = { $name } is proposed. Its proof is ready.
layout-was-agreed = { $name } is agreed. Cards that waited for it go on.
layout-was-retired = { $name } is retired.
layout-upload = Upload a layout
layout-upload-lead = A new layout or a changed version begins as a draft. Agreed versions never change.
layout-file = Layout file
layout-file-hint = A TOML file alone, or a ZIP archive with layout.toml, pictures and fonts, up to 16 MB.
layout-shipped = Or a layout that comes with the program
layout-shipped-none = none
layout-shipped-mat = Mat: portrait in a passe-partout
layout-shipped-salon = Salon: type without a portrait
layout-shipped-stele = Stele: upright, portrait in stone
layout-upload-do = Keep as a draft
layout-wrong-layout-unreadable = The file is neither a layout file nor a ZIP archive. Please choose another one.
layout-wrong-layout-missing = The archive holds no file layout.toml.
layout-wrong-layout-too-large = The archive has too many or too large files: 64 files and 48 MB are allowed.
layout-wrong-findings = The layout file cannot be read like this. What is wrong stands below, with line and column.
layout-wrong-version-taken = This version is agreed and never changes. Please raise “version” in the file.
layout-wrong-changed = The layout was changed meanwhile. Please look at it again.
layout-wrong-name = Please name who agrees.
layout-place = line { $line }, column { $column }
layout-looks = How it looks
layout-front = Front
layout-back = Back
layout-front-alt = Front of the card in this layout
layout-back-alt = Back of the card in this layout
layout-case = Example
layout-holder = or card number
layout-show = Show
layout-findings = Findings
layout-no-findings = no findings
layout-findings-count = { $count ->
    [one] One finding stands in the way of proposing it.
   *[other] { $count } findings stand in the way of proposing it.
  }
layout-changes = Changes since version { $version }
layout-no-changes = No line differs.
layout-line-new = new:
layout-line-gone = gone:
layout-source = The layout file
layout-next = Next step
layout-proof = Proof (PDF)
layout-download = Download the layout file
layout-propose-lead = It keeps all rules. Proposing makes the proof that is agreed to.
layout-mend-lead = Please mend the findings and upload the file again.
layout-propose = Propose
layout-agree-lead = Please look at the proof. Once agreed, this version never changes, and new cards are made with it.
layout-by = Who agrees?
layout-agree = Agree
layout-retire-lead = New cards are made with this version. Once retired it is used no more; printed cards stay valid.
layout-retire = Retire
layout-versions = Versions
layout-finding-syntax = The file is not valid TOML
layout-finding-missing-key = Something is missing
layout-finding-wrong-type = The value is of the wrong kind
layout-finding-out-of-range = The value is out of range
layout-finding-unknown-key = This key is not known
layout-finding-unknown-value = This value is not known
layout-finding-unsupported-schema = This version of the file format is not known
layout-finding-bad-id = The id has characters that are not allowed
layout-finding-not-agreed = Only an agreed layout has an agreement
layout-finding-agreement-hash-mismatch = The content is not what was agreed
layout-finding-asset-missing = A file is missing
layout-finding-asset-hash-mismatch = A file is not the one that was named
layout-finding-asset-unreadable = A picture cannot be read
layout-finding-unknown-font = This font is not defined
layout-finding-unknown-color = This colour is not defined
layout-finding-unknown-asset = This picture is not defined
layout-finding-unknown-variable = There is no such variable
layout-finding-bad-condition = The condition cannot be read
layout-finding-bad-path = The outline cannot be read
layout-finding-too-deep = Groups nest too deeply
layout-finding-black-not-pure = Black must be pure black
layout-finding-outside-bleed = It reaches beyond the bleed
layout-finding-outside-safe-area = It lies too near to the edge
layout-finding-module-too-small = The code becomes too fine to be read
layout-finding-image-too-small = The picture has too few pixels
layout-finding-font-missing = The font is not installed
layout-finding-font-unreadable = The font file cannot be read
layout-finding-longest-does-not-fit = The longest case does not fit
layout-finding-missing-glyph = No font shows this character
layout-finding-never-holds = The condition never holds
layout-finding-always-holds = The condition always holds
layout-finding-code-unwritable = This kind of code cannot carry its content
layout-finding-code-too-large = The code needs more room
layout-finding-photo-too-small = The sample portrait is too small for its place
layout-finding-stands-alone = A layout stands alone; there is no “parent”
layout-finding-no-pdf = A PDF is not taken: save its page as PNG or JPEG
print-file-package-zip = for a print provider: lists, portraits, proof, checksums
print-file-sheets-bleed-pdf = on A4 with bleed, eight cards to a sheet
