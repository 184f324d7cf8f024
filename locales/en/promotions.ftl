# Offers and their codes.

decimal-mark = {"."}
yes = yes
search-button = Search
campaigns-all = All
campaigns-by-state = Offers by state
campaigns-search = Search by name or key
campaigns-empty = There is no offer yet. Make the first one: its form shows at once what a family would pay.
campaigns-order-hint = Of several offers that act by themselves, the first on the list counts.
campaigns-total = { $count ->
    [one] 1 offer
   *[other] { $count } offers
  }
offer-new = New offer
offer-new-expert = New offer as JSON
offer-edit = Edit offer
offer-make = Make the offer
offer-save = Save
offer-expert = All settings as JSON
offer-expert-lead = For what the form has no field for. The form keeps what is set here.
offer-json = The offer
offer-what = What
offer-when = When and where
offer-which = For which tickets
offer-which-hint = Nothing ticked means: for all.
offer-limits = Limits and combinations
offer-name = Name
offer-name-hint = Customers see it in the basket and on the receipt.
offer-description = Description
offer-description-hint = A short message for customers.
offer-key = Key
offer-key-hint = Small letters, digits and hyphens; it never changes. Leave it empty: it is made from the name.
offer-kind = What it does
offer-kind-percent-off = Percentage off each ticket
offer-kind-amount-off-ticket = Amount off each ticket
offer-kind-ticket-price = Fixed price per ticket
offer-kind-bundle = Buy some, get some
offer-kind-amount-off-order = Amount off the order
offer-kind-percent-off-order = Percentage off the order
offer-kind-price-list = Own price list
offer-percent = Percentage
offer-max-discount = At most, in { $currency } per order
offer-amount = Amount in { $currency }
offer-price = Price in { $currency }
offer-prices = Prices in { $currency }
offer-prices-hint = A category without a price is not on the list.
offer-buy = Tickets to pay
offer-get = Tickets in return
offer-bundle-percent = Percentage off those (empty: free)
offer-max-bundles = At most so often per order
offer-reward = Which tickets are rewarded
offer-reward-cheapest = None dearer than those that are paid
offer-reward-any = Any, whatever they cost
offer-valid-from = First day
offer-valid-until = Last day
offer-activation = How it comes into play
offer-activation-code = With a code
offer-activation-code-hint = Somebody types one of its codes.
offer-activation-automatic-combinable = By itself, beside codes
offer-activation-automatic-combinable-hint = It acts as if everybody had typed a code; the best price counts.
offer-activation-automatic = By itself, alone
offer-activation-automatic-hint = Codes do not count beside it.
offer-channels = Where it is sold (nothing ticked: everywhere)
offer-products = Products
offer-categories = Categories
offer-houses = Houses
offer-exhibitions = Exhibitions
offer-min-tickets = Fewest tickets of an order
offer-max-tickets = Most tickets of an order
offer-min-order-value = Least value of the order
offer-max-discounted-tickets = Most discounted tickets of an order
offer-max-orders = Orders in all
offer-max-orders-per-customer = Orders per customer
offer-max-tickets-total = Discounted tickets in all
offer-exclusive = No other code beside it
offer-exclusive-hint = The more favourable of the two counts.
offer-stackable = May share a ticket with another offer
offer-stackable-hint = Only if the other one may as well.
offer-enable-at-once = Switch it on at once
offer-state = State
offer-state-active = Active
offer-state-planned = Planned
offer-state-used-up = Used up
offer-state-ended = Ended
offer-state-off = Switched off
offer-period = Period
offer-position = Place
offer-orders-used = Orders
offer-tickets-used = Discounted tickets
offer-used-of = { $used } of { $most }
offer-always = always
offer-from = from { $date }
offer-until = until { $date }
offer-from-until = { $from } to { $until }
offer-does-nothing = no effect on prices
offer-does-price-list = { $count ->
    [one] own price for one category
   *[other] own prices for { $count } categories
  }
offer-does-audience = prices for { $audience }
offer-does-percent-off = { $percent } % off each ticket
offer-does-percent-off-order = { $percent } % off the order
offer-does-amount-off-ticket = { $amount } off each ticket
offer-does-amount-off-order = { $amount } off the order
offer-does-ticket-price = each ticket for { $price }
offer-does-bundle = buy { $buy }, get { $get } free
offer-does-bundle-less = buy { $buy }, get { $get }
offer-does-bundle-share = with { $percent } % off
offer-does-at-most = at most { $amount }
offer-changes = What changed
offer-version = Version { $count }
offer-switch = On, off, place
offer-is-on = The offer is switched on.
offer-is-off = The offer is switched off: its codes are refused.
offer-switch-on = Switch on
offer-switch-off = Switch off
offer-place = Place on the list
offer-move = Move
offer-delete = Delete the offer
offer-delete-question = Delete “{ $name }”?
offer-delete-what = { $count ->
    [0] It was never used and has no codes. It cannot be brought back.
    [one] It was never used. Its one code goes with it. They cannot be brought back.
   *[other] It was never used. Its { $count } codes go with it. They cannot be brought back.
  }
offer-keep = Keep it
offer-was-used-hint = It was used: it can be switched off, not deleted.
offer-codes = { $count ->
    [0] No code yet.
    [one] One code.
   *[other] { $count } codes.
  }
offer-made = “{ $name }” is made.
offer-saved = “{ $name }” is saved.
offer-enabled = “{ $name }” is switched on.
offer-disabled = “{ $name }” is switched off.
offer-moved = “{ $name }” is moved.
offer-deleted = The offer { $name } is deleted.
offer-delete-was-used = It was used meanwhile, so it was not deleted.
offer-wrong-name = Please give it a name of at most 200 characters.
offer-wrong-key = A key has small letters, digits and hyphens, and begins with a letter or digit.
offer-wrong-percent = A percentage is a number from 0 to 100.
offer-wrong-amount = Please enter an amount such as 9.90.
offer-wrong-prices = At least one category needs a price such as 9.90.
offer-wrong-number = Please enter a whole number from 1.
offer-wrong-days = The last day must not lie before the first.
offer-wrong-whole = These settings do not go together. Ticket limits, for instance, do not go with a discount on the whole order.
problem-offer-key-taken = Another offer has this key already.
problem-offer-key-changed = The key of an offer never changes.
expert-no-json = This is no JSON: see line { $line }, column { $column }.
expert-wrong = Not right at { $path }: { $message }
example = For example
example-line = { $count } × { $name }
example-instead-of = instead of
example-saved = { $amount } saved
example-no-saving = On this basket the offer saves nothing.
example-not-here = On this basket the offer does not act.
example-exhausted = All its uses are used up.
example-none = Nothing is sold yet that this offer could be for.
example-unfinished = As soon as the form is complete, an example stands here.
example-show = Show the example
codes = Codes of the offer
codes-open = Show the codes
codes-search = Search codes
codes-total = { $count ->
    [one] 1 code
   *[other] { $count } codes in all
  }
codes-export = Export as CSV
codes-export-workbook = Export as a workbook
codes-empty = There is no code yet. Make one, or many at once.
codes-none-found = No code holds this text.
code = Code
code-offer = Offer
code-new = One new code
code-hint = Blanks, hyphens and small letters make no difference.
code-max-uses = May be used how often
code-max-uses-hint = Empty: without end.
code-make = Make the code
code-used = Used
code-used-unlimited = { $count } · without end
code-uses = When it was used
code-state-open = Open
code-state-used-up = Used up
code-state-off = Switched off
use-state-reserved = reserved until it is paid
use-state-confirmed = used
use-state-released = given back
code-made = The code { $name } is made.
code-changed = The code { $name } is saved.
code-enabled = The code { $name } is switched on.
code-disabled = The code { $name } is switched off.
code-deleted = The code { $name } is deleted.
code-delete = Delete the code
code-delete-hint = It was never used, so it can be deleted.
code-delete-was-used = It was used meanwhile, so it was not deleted.
code-switch-on = Switch the code on
code-switch-off = Switch the code off
code-confusable = People would take it for { $code }, which is there already.
problem-code-taken = This code is there already.
problem-code-empty = Please enter a code with at least one letter or digit.
problem-code-too-long = A code has at most 64 characters.
problem-pattern-too-short = So many codes need more characters, or they could be guessed.
problem-prefix-too-long = A beginning has at most 30 characters.
codes-new = Many codes at once
codes-count = How many
codes-prefix = They begin with
codes-length = Characters after it
codes-max-uses-hint = Each of them. 1: single use; empty: without end.
codes-generate = Generate
codes-made = { $count ->
    [one] One code is generated.
   *[other] { $count } codes are generated.
  }
codes-wrong-count = Please enter a number from 1 to { $most }.
codes-wrong-length = 4 to 22 characters are possible; 8 are usual.

codes-import = Codes from a file
codes-import-lead = You see what becomes of every row before anything is kept.
codes-import-file = File (CSV or XLSX)
codes-import-hint = One code per row, as many rows as you like. Headings such as code, max_uses and enabled are found by themselves.
codes-import-samples = Sample files:
codes-import-look = Look at it
codes-import-past = Files taken so far
codes-import-when = When
codes-import-rows = Rows
codes-import-left-out = Left out
codes-import-preview = What the file says
codes-import-before = This very file was taken on { $when }. Taking it again changes nothing.
codes-import-remarkable = Rows to look at
codes-import-problems-file = All of them as CSV
codes-import-first = The first rows
codes-import-take = Take the codes
codes-import-take-hint = Codes that are there already stay as they are. Rows with something wrong are left out.
codes-import-do = Take them
codes-import-columns = How the file is read
codes-import-no-such = Not in the file
codes-import-enabled = May be used at once
codes-import-first-row = The first row is
codes-import-headings = headings
codes-import-a-code = a code already
codes-import-max-uses = Uses where the file says none
codes-import-again = Read it this way
codes-import-line = Row
codes-import-why = What was noticed
codes-import-is-new = New
codes-import-is-known = There already
codes-import-doubt-number = A number: zeros before it may be lost
codes-import-doubt-shortened = Looks like a number that a spreadsheet shortened
codes-import-row-empty = No code in this row
codes-import-row-too-long = Longer than 64 characters
codes-import-row-formula = A formula, not a code
codes-import-row-date = The spreadsheet made a date of it
codes-import-row-uses = The uses are no whole number from 1 on
codes-import-row-enabled = Neither yes nor no
codes-import-row-confusable = People would take it for “{ $about }”
codes-import-row-other-offer = Belongs to the offer “{ $about }”
codes-import-no-table = This file is no table. CSV and XLSX can be read.
codes-import-old-workbook = This workbook has the old format XLS. Please save it as XLSX or CSV.
codes-import-damaged = This workbook is damaged.
codes-import-empty = There are no rows in this file.
codes-import-no-column = No heading says which column holds the codes.
code-uses-endless = unlimited
codes-import-new = { $count ->
    [one] One new code.
   *[other] { $count } new codes.
  }
codes-import-known = { $count ->
    [one] One is there already.
   *[other] { $count } are there already.
  }
codes-import-wrong = { $count ->
    [one] One row is left out.
   *[other] { $count } rows are left out.
  }
codes-import-doubtful = { $count ->
    [one] One code may have been changed by a spreadsheet. Please compare it.
   *[other] { $count } codes may have been changed by a spreadsheet. Please compare them.
  }
codes-imported = { $count ->
    [one] One code is taken from the file.
   *[other] { $count } codes are taken from the file.
  }
codes-being-made = { $count } codes are being generated. Reload the page to see how far it is.

offer-state-archived = Put away
offer-archive = Put away
offer-take-out = Take out again
offer-archived = “{ $name }” is put away.
offer-taken-out = “{ $name }” is taken out again.
offer-copy = Make a copy
offer-copied = “{ $name }” is made as a copy. It is switched off and has no codes yet.
offer-texts = What customers read
offer-texts-lead = Name and sentence stand in the basket of whoever uses the offer.
offer-texts-usual = Where a language has no text of its own, this is shown:
offer-texts-none = The same in every language so far.
offer-texts-edit = Texts per language
offer-texts-kept = The texts of “{ $name }” are kept.
offer-text-too-long = At most { $most } characters, please.
offer-before-it-runs = Before it runs
offer-check = Look for conflicts
offer-restored = “{ $name }” says again what it said then.
version-look-before = the version before it
version-same = The offer says the same now.
version-would-change = What would change
version-orders-keep = Orders that were placed keep their price.
version-restore = Restore this version
check-lead = What may keep this offer from acting as it was meant, and which offers it meets.
check-nothing = Nothing stands in its way.
check-look = Look at it
check-never-valid = It begins after it ends.
check-over = Its last day was { $day }.
check-unreachable-label = Nothing carries the label “{ $label }”.
check-unknown-key = There is nothing called “{ $key }” in the house.
check-events-never-meet = None of its events lies in its days.
check-no-code = It needs a code and has none.
check-overlap-first-on-the-list = “{ $offer }” is for the same tickets and acts on its own too: the first on the list counts.
check-overlap-blocks-codes = “{ $offer }” is for the same tickets: the one that acts on its own keeps codes from acting.
check-overlap-better-one = “{ $offer }” is for the same tickets: on each ticket the better one for the guest acts.
check-overlap-both = “{ $offer }” is for the same tickets: both act, one after the other.
what-if = What if?
what-if-lead = Orders of the past are priced again as they were, with this offer as it is now. Nothing is changed.
what-if-by-code = Where it was not in effect, every buyer is taken to have entered its code.
what-if-own-days = Only on the offer’s own days
what-if-ask = Price them again
what-if-wrong-days = Please choose a first and a last day, at most a year apart.
what-if-before = What was paid
what-if-with = What would have been paid
what-if-difference = Difference
what-if-progress = { $count } of { $all } orders
what-if-stop = Stop
what-if-go-on = Go on
what-if-orders = { $count ->
    [one] One order priced again
   *[other] { $count } orders priced again
  }
what-if-changed = { $count ->
    [one] One would have another price.
   *[other] { $count } would have another price.
  }
what-if-unpriced = { $count ->
    [one] One cannot be priced again.
   *[other] { $count } cannot be priced again.
  }
