# Selling: box office, orders, vouchers, shop.

actor-visitor = In the shop on the website
box-office-title = Sale
products = What is sold
nothing-on-sale = Nothing is on sale here yet. The administration adds products and prices.
sale-house = Museum
sale-date = Day, if not today
sale-event = Event
sale-no-event = No event
proof-needed = proof
price-before = instead of
price-now = now
basket-title = Basket
basket-update = Update
basket-empty-it = Empty
basket-empty-refused = The basket is empty. Choose a ticket first.
till-begin = Press the digit shown on a ticket, or tap it.
till-says = { $count ->
    [one] { $count } ticket, { $total }
   *[other] { $count } tickets, { $total }
  }
line-less = One less: { $name }
line-more = One more: { $name }
line-quantity = Quantity: { $name }
line-drop = Take out: { $name }
line-drop-short = Take out
line-check-proof = Please ask to see the proof.
basket-line-saves = { $offer }: { $amount } saved
basket-line-takes-part = { $offer }: counts towards it
basket-no-longer-sold = “{ $product }” is no longer sold and was taken out.
basket-day-is-over = The day for “{ $product }” is over; the tickets were taken out.
basket-offer-gone = The offer “{ $offer }” is no longer there.
sum-regular = Regular price
sum-saving = You save
sum-total = Total
given = Cash given
change-due = Change due
change-missing = Still missing
change-given = Given: { $amount }
given-too-little = What was given is less than the total. Please check the amount.
given-unreadable = Please type the amount in digits, for instance 50 or 50.00.
pay-cash = Take cash
pay-nothing = Issue
pay-terminal = Card
pay-with-name = With a name or by invoice …
total-changed = The price is { $total } now. Please tell the guest and take the payment again.
problem-used-up-meanwhile = Somebody else took the last of it at the same moment. Please try again.
problem-cannot-be-issued = This ticket cannot be issued at the moment. Please ask the administration.
problem-awaiting-payment = This order is still waiting for its payment.
problem-already-paid = This order is paid already.
problem-order-cancelled = This order was cancelled.
problem-order-expired = The payment did not come in time; the order has expired.

# Promotion codes: what they do, and why they do nothing.

code-label = Promotion code
code-add = Add
code-remove = Take out: { $code }
code-applied = { $offer } – saves { $amount }
offer-acts = applies by itself – saves { $amount }
code-pending = is valid and takes effect as soon as matching tickets are in the basket.
code-unlocks = is valid and unlocks tickets in the basket.
code-valid-from = It is valid from { $day }.
code-valid-until = It was valid until { $day }.
code-min-order = { $amount } is needed.
code-min-tickets = { $count } are needed.
code-max-tickets = { $count } are possible.
code-reason-unknown-code = We do not know this code. Please check the spelling.
code-reason-already-entered = This code is in the basket already.
code-reason-disabled = This code is switched off at present.
code-reason-not-yet-valid = This code is not valid yet.
code-reason-expired = This code has expired.
code-reason-exhausted = This code is used up.
code-reason-wrong-channel = This code is not for this way of buying.
code-reason-wrong-box-office-profile = This code is not for this desk.
code-reason-not-for-this-customer = This code is for certain customers; the proof of that is missing.
code-reason-wrong-museum = This code is for another museum.
code-reason-wrong-exhibition = This code is for another exhibition.
code-reason-wrong-event = This code is for another event.
code-reason-no-matching-tickets = This code is for other tickets than those in the basket.
code-reason-below-minimum-order = The basket is still too small for this code.
code-reason-too-few-tickets = There are too few tickets for this code.
code-reason-too-many-tickets = There are too many tickets for this code.
code-reason-automatic-offer-active = An offer that stands alone applies already; this code cannot join it.
code-reason-not-combinable = This code cannot be combined with the others; the cheaper ones apply.
code-reason-no-better-price = The price is as low without this code; it is not used up.
tile-exactly = exactly { $count } per order
tile-from-to = { $least } to { $most } per order
tile-at-least = { $count } or more per order
tile-at-most = at most { $count } per order
tile-with-code = with a code
shop-code-hint = Once a code is in, the prices show at once what it does.
calendar-title = Calendar
calendar-months = Months
calendar-empty = There is nothing more in this month.
calendar-next = The next dates
calendar-show = Show
seats-none = sold out
seats-few = { $count ->
    [one] only 1 place left
   *[other] only { $count } places left
  }
seats-held = { $count } held until { $time }
event-is-over = This event is over.
basket-held = We hold your tickets for you until { $time }.
line-problem-not-for-sale = This ticket is not for sale like this.
line-problem-wrong-channel = This ticket is not sold here.
line-problem-code-required = A code is needed for this ticket.
line-problem-below-minimum-quantity = More of this ticket must be taken.
line-problem-above-maximum-quantity = So many of this ticket do not fit into one order.
line-problem-sold-out = This ticket is sold out.
line-problem-few-left = Only { $left } of these are left.
line-problem-at-least = At least { $left } of these must be taken.
line-problem-at-most = At most { $left } of these fit into one order.
line-problem-companion-alone = A companion ticket comes only with the ticket it belongs to.
line-problem-overridden = { $problem } You sell it nevertheless.
override-offer = Grant it nevertheless
override-line = Sell it nevertheless
override-reason = Reason
override-do = Grant

# Who buys, how it is delivered and paid.

buyer-title = Sale with a name
buyer-name = First and last name
optional = (optional)
buyer-name-missing = Please type the name.
buyer-name-too-long = The name is too long: at most 200 characters.
buyer-email-missing = Please type the e-mail address.
buyer-email-wrong = This is not a complete e-mail address, for instance name@example.org.
buyer-place = Sell: { $total }
back-to-sale = Back to the sale
delivery-counter-hint = The card is made here at once.
method-label = Payment
method-cash = Cash
method-card-terminal = Card at the terminal
method-invoice = Invoice
method-transfer = Bank transfer
method-online = Online payment
method-none = Free of charge
method-test = Trial: nothing is paid, nothing is valid
channel-online = Website shop
channel-box-office = Box office
channel-back-office = Phone and office

# Orders.

order-placed = Sold: order { $name }
order-payment-taken = The payment for order { $name } is recorded.
order-tickets-cancelled-refund = { $count ->
    [one] { $count } ticket cancelled. Please pay back { $name }.
   *[other] { $count } tickets cancelled. Please pay back { $name }.
  }
order-tickets-cancelled = { $count ->
    [one] { $count } ticket cancelled. Nothing is to be paid back.
   *[other] { $count } tickets cancelled. Nothing is to be paid back.
  }
order-title = Order { $number }
order-state-awaiting-payment = Payment due
order-state-paid = Paid
order-state-cancelled = Cancelled
order-state-expired = Expired
order-state-test = Trial
document-test = TEST – NOT VALID
mail-order-test = This order is a trial. Nothing is to pay, no card is printed, and its codes open no door.
ticket-state-reserved = Reserved
ticket-state-valid = Valid
ticket-state-cancelled = Taken back
order-lines = What was sold
order-quantity = Quantity
order-what = Ticket
order-unit = Each
order-sum = Amount
order-vat = Value added tax
order-tickets = Tickets and vouchers
order-voucher = Voucher { $code }
order-annual-ticket = Open the annual ticket
order-holder-link = The holder’s page
order-next = What comes next
order-due = To pay: { $amount }
order-held-until = Reserved until { $until }
order-take-payment = { $amount } received
next-sale = Next sale
print-receipt = Print receipt
print-all = Print receipt and tickets
order-documents = To print
document-receipt = Receipt
document-tickets = Day tickets
document-vouchers = Vouchers
order-money = Payments
order-no-money = Nothing has come in yet.
order-refund = Paid back
order-buyer = Bought by
order-cancel = Cancel tickets …
cancel-title = Cancel tickets
cancel-which = Which tickets come back?
cancel-reason = Why?
cancel-look = See the amount
cancel-keep = Keep everything
cancel-choose-tickets = Please choose at least one ticket.
cancel-reason-missing = Please give a reason, at most 200 characters.
cancel-used = Somebody was admitted with one of these tickets. Only who has the right to may take it back.
cancel-changed = The order has changed meanwhile. Please choose again.
cancel-sentence = { $count ->
    [one] { $count } ticket will be cancelled
   *[other] { $count } tickets will be cancelled
  }
cancel-pays-back = is what you pay back
cancel-pays-nothing = Nothing is to be paid back.
cancel-voids-cards = { $count ->
    [one] { $count } annual ticket becomes void; the gates learn it at once.
   *[other] { $count } annual tickets become void; the gates learn it at once.
  }
cancel-voids-vouchers = { $count ->
    [one] { $count } voucher becomes void.
   *[other] { $count } vouchers become void.
  }
cancel-voids-tickets = { $count ->
    [one] { $count } day ticket opens no door any more.
   *[other] { $count } day tickets open no door any more.
  }
cancel-because = Reason: { $reason }
cancel-do = Cancel: { $refund }
orders-search = Search
orders-search-hint = Number, name or e-mail
orders-state = State
orders-channel = Sold at
orders-from = From
orders-until = Until
orders-sort = Order of the list
orders-sort-newest = Newest first
orders-sort-oldest = Oldest first
orders-sort-dearest = Highest amount first
orders-all = All
orders-show = Show
orders-reset = Clear the filter
orders-count = { $count ->
    [one] { $count } order
   *[other] { $count } orders
  }
orders-sum = together
orders-export = Save as a table (CSV)
orders-number = Number
orders-placed = When
orders-buyer = Buyer
orders-total = Sum
orders-none = Nothing was sold yet. The first sale begins at the box office.
orders-none-found = No order fits this filter. Clear a part of it.
list-next = Show more

# Vouchers.

voucher-page-title = Voucher
voucher-state-open = Can be exchanged
voucher-state-exchanged = Exchanged
voucher-state-void = Void
voucher-state-expired = Out of date
voucher-product = Stands for
voucher-sold = Sold on
voucher-valid-until = Can be exchanged until
voucher-no-end = without end
voucher-exchanged-on = Exchanged on
voucher-order = Order
voucher-exchange = Exchange
voucher-print-a4 = Print on A4
voucher-print-80mm = Print on 80 mm

# Receipts, vouchers and day tickets on paper.

receipt-title = Receipt
receipt-title-due = Invoice
receipt-number = Order { $number }
receipt-regular = Regular price
receipt-offer = Offer { $offer }
receipt-instead-of = instead of { $amount }
receipt-paid = Paid: { $method }
receipt-paid-back = Paid back on { $day }
receipt-due = Still to pay
receipt-vat-rate = VAT
receipt-vat-net = Net
receipt-vat-tax = Tax
receipt-vat-gross = Gross
receipt-thanks = Thank you for your visit.
ticket-scan-here = Show this at the entrance
voucher-title = Voucher for
voucher-until = Can be exchanged until { $day }
voucher-without-end = Can be exchanged without end
voucher-how = Bring the voucher to the desk for annual tickets. There it becomes your personal card.
file-receipt = Receipt
file-tickets = Tickets
file-vouchers = Vouchers

# The shop on the website.

shop-title = Tickets and vouchers
shop-lead = Without an account, in a few steps.
shop-hint-annual-ticket = In your name, with a photo. You enter both yourself after ordering.
shop-hint-voucher = As a present: whoever gets it turns it into their own card.
shop-hint-day-ticket = One visit on the day that you choose.
shop-date = Day of the visit
shop-proof = Proof needed at the entrance
shop-add = Add to basket
shop-add-one = Add to basket: { $product }, { $category }
shop-added = { $count ->
    [one] There is { $count } ticket in your basket now.
   *[other] There are { $count } tickets in your basket now.
  }
shop-to-basket = To the basket
shop-basket-empty = Your basket is empty.
shop-to-shop = To the tickets
shop-go-on = Go on shopping
shop-checkout = Check out
shop-vat-included = All prices include value added tax.
checkout-title = Your details
checkout-buyer = Who is ordering?
checkout-buyer-hint = Whose name is on the card is entered after ordering.
checkout-review = Continue
checkout-back = Back to the basket
review-title = Is everything right?
review-order = Order and pay: { $total }
shop-payment-free = There is nothing to pay.
shop-payment-invoice = By invoice: you pay by bank transfer or at a desk. You can personalize at once; the card is printed as soon as it is paid.
shop-payment-reserved = We reserve your tickets for { $hours } hours. You pay at a desk or by bank transfer; then you get the tickets.
shop-ordered = Thank you! We have your order { $name }.
confirmed-title = Thank you
confirmed-due = Please pay { $amount }
confirmed-reserved-until = Your tickets are reserved until { $until }.
confirmed-pay-then-tickets = As soon as they are paid, you find them here on this page.
confirmed-invoice = You can personalize at once. The card is printed as soon as the invoice is paid.
confirmed-how-to-pay = Pay at a desk of the museum or by bank transfer, and name the number { $number }.
confirmed-personalize = Personalize now
confirmed-personalize-one = Personalize: { $name }
confirmed-personalize-hint = Enter a name and a photo. You can also pass the link on: whoever has it makes the card in their name.
confirmed-vouchers = Your vouchers
confirmed-vouchers-pdf = Open the vouchers (PDF)
confirmed-tickets = { $count ->
    [one] Your day ticket
   *[other] Your { $count } day tickets
  }
confirmed-tickets-hint = Show them at the entrance, on the phone or printed.
confirmed-tickets-pdf = Open the day tickets (PDF)
confirmed-what = Your order
confirmed-keep-address = Keep the address of this page: it is the only way back to your order.

# The link of an order, by mail and on paper.

order-mails = Link and mails
order-as-buyer = The order as its buyer sees it
order-send-link = Send the link by mail
order-send-link-again = Send the link again
order-link-sent = The link is on its way to { $name }.
order-link-over = This order was cancelled or has expired; there is nothing to send.
confirmed-mailed = We have mailed you the address of this page.
receipt-order-code = Scan to enter name and photo
remind-choose = Choose
remind-choose-one = Remind: { $number }
remind-chosen = Remind those chosen
remind-shown = Remind all shown here
remind-one = Remind now
remind-hint = Whoever bought gets a mail with the links, once a day at most.
reminded = { $count ->
    [one] One reminder is on its way.
   *[other] { $count } reminders are on their way.
  }
reminded-some = { $count ->
    [one] One reminder is on its way. Others have no address, or were reminded today.
   *[other] { $count } reminders are on their way. Others have no address, or were reminded today.
  }
reminded-nobody = Nobody was reminded: there is no address, or a reminder was sent today.
reminded-nothing = Nobody was chosen who still waits.
code-hint-mistyped = It looks like one of ours with a typing error: please compare it letter by letter.
code-hint-did-you-mean = Did you mean { $code }?
code-too-many-tries = Too many wrong codes in a short time. Please wait a minute and look again.
