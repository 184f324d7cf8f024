receipt-own-number = Receipt { $number }
receipt-due-until = To be paid by { $day }
confirmed-due-until = Please pay by { $day }.
orders-invoices = Unpaid invoices
order-due-until = To be paid by { $day }
order-overdue = Overdue: was to be paid by { $day }
order-notes = Notes
order-receipt = Receipt { $number }
day-ends-title = Day end
day-ends-lead = Count the drawer at the end of the day. What was sold, paid back and counted is kept and never changed afterwards.
day-end-open = Desks
day-end-none-open = Nothing was sold since the last day end.
day-end-this-desk = this desk
day-end-moved = { $count ->
    [0] nothing since the last day end
    [one] one payment or refund since the last day end
   *[other] { $count } payments and refunds since the last day end
  }
day-end-count = Count the cash
day-end-new = Count the cash
day-end-float = Change at the beginning
day-end-float-hint = What lay in the drawer before the first sale.
day-end-counted = Cash counted
day-end-counted-hint = All coins and notes in the drawer, the change included.
day-end-compare = Compare
day-end-later = Not now
day-end-count-again = Count again
day-end-close = Close the day
day-end-for-good = A day that is closed is not opened again. What is sold later belongs to the next day end.
day-end-kept = This day is closed and is not opened again.
day-end-print = Print A4
day-end-title = Day end { $desk }, { $day }
day-end-closed = Closed: { $moment }
day-end-from = Everything since the day end of { $moment }
day-end-receipts = Receipts { $first } to { $last }
day-end-sales = Taken
day-end-refunds = Paid back
day-end-takings = Takings
day-end-way = Way of payment
day-end-number = Number
day-end-cash = Cash
day-end-expected = Cash that should be there
day-end-difference = Difference
day-end-right = The cash is right.
day-end-too-much = There is { $amount } too much in the drawer.
day-end-missing = { $amount } is missing in the drawer.
day-end-overrides = Sold against the rules
day-end-day = Day
day-end-desk = Desk
day-ends-kept = Closed days
day-end-closed-before = This desk was closed today already, and a day is not opened again. What was sold since then belongs to tomorrow’s day end.
day-end-changed = Something was sold or paid back meanwhile. Please count again.
day-closed = The day is closed.
desk-name-title = Name of this desk
desk-name-now = What is sold in this browser belongs to “{ $desk }”.
desk-name-none = What is sold in this browser belongs to the house for which it is sold.
desk-name = Name, for instance “Desk 2”
desk-name-keep = Keep this name
action-day-closed = Day closed
action-order-invoice-reminded = Reminded of the invoice
mail-kind-order-invoice-reminder = Reminder of an invoice
mail-invoice-subject = Your invoice { $number } – { $museum }
mail-invoice-open = { $amount } of your invoice is still to be paid, by { $day }. The invoice is attached.
mail-invoice-overdue = { $amount } of your invoice was to be paid by { $day }, and we have not found your payment yet. The invoice is attached.
mail-invoice-crossed = If you have paid in the last few days, you need not do anything.
invoices-title = Unpaid invoices
invoices-which = Which
invoices-all = All unpaid
invoices-overdue = Overdue
invoices-count = { $count ->
    [one] One invoice
   *[other] { $count } invoices
  }
invoices-none = No invoice waits for its payment.
invoices-choose = Choose
invoices-remind = Send reminders to the chosen
invoices-reminded = { $count ->
    [one] One reminder is on its way.
   *[other] { $count } reminders are on their way.
  }
invoices-reminded-some = { $count ->
    [0] No reminder was sent: all of them were reminded within a day, are paid, or have no address.
    [one] One reminder is on its way. The others were reminded within a day, are paid, or have no address.
   *[other] { $count } reminders are on their way. The others were reminded within a day, are paid, or have no address.
  }
invoice-due-on = Due
invoice-due = Amount
invoice-last-reminder = Reminder
invoice-no-address = no e-mail address
invoice-overdue-days = { $count ->
    [one] one day overdue
   *[other] { $count } days overdue
  }
invoice-reminded = on { $day }
phone-title = Phone order
phone-who = Who calls
phone-find = Look for a known customer
phone-find-do = Search
phone-found = { $count ->
    [0] Nobody was found.
    [one] One customer was found.
   *[other] { $count } customers were found.
  }
phone-take = Take
phone-take-named = Take { $name }
phone-language = Language of letters
phone-what = What they want
phone-nothing-yet = Nothing is chosen yet.
phone-how = How it comes to them
phone-at-pickup = Paid when it is fetched
phone-notes-too-long = Notes have at most 1,000 characters.
voucher-state-replaced = Replaced
voucher-lost = Was this voucher lost?
voucher-lost-hint = The voucher gets another code to print or send. The old code is dead at once: whoever finds the paper cannot exchange it.
voucher-replace = Replace this voucher
voucher-replaced = The voucher has another code now. Please print it or send the order’s link again.
action-voucher-replaced = Lost voucher replaced
problem-voucher-replaced = This voucher was reported lost and was replaced by another one.
