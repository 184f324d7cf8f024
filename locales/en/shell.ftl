# What stands around every page.

skip-to-content = Skip to the content
choose-language = Language
choose-theme = Appearance
theme-system = As the system
theme-light = Light
theme-dark = Dark
help-at-the-desk = Questions? The staff at the museum's desk will gladly help.
places = Places
place-start = Today
form-errors = Please check what you typed

help = Help
help-lost-title = Lost your link or your card?
help-lost = With your order number or an identity document, the staff at the museum's desk can send you a new link or make a new card.
help-staff = Who can do more than you? An administrator of the museum. They see the same number of an answer that you see on an error page.
help-scan-title = Scanning
help-scan = Scan a card, a voucher, a receipt or a promotion code on any page, whatever you are doing: the right page opens by itself, and what you were typing stays as it was.
keys = Keys
keys-on = Signs such as / and ? and the digits of a page act at once. If you speak to your computer, you may want to switch that off.
keys-off = Signs and digits do nothing by themselves; the function keys do.
keys-switch-off = Switch signs off
keys-switch-on = Switch signs on
key-lookup = Into the search field
key-help = This list
key-escape = Close what is open
close = Close
undo = Undo
notice-close = Close this message
offline = There is no network right now. What you typed stays here; send it when this message is gone.
online-again = The network is back.
lookup = Scan or search
lookup-placeholder = Scan or search: card, voucher, receipt, promotion code, name
history = History
history-empty = Nothing has happened here yet.

place-box-office = Box office
place-orders = Orders
place-annual-tickets = Personalization
place-print = Print
place-mailroom = Mailroom
place-campaigns = Campaigns
place-entry = Entry
place-admin = Administration

problem-other = That is not possible at the moment. Please reload the page and look at the present state.

search = Search
search-hint = Scan something, or type a part of a name, the number of a card or of an order.
search-for = You looked for “{ $text }”.
found-count = { $count ->
    [0] Nothing was found.
    [one] One result.
   *[other] { $count } results.
  }
found-nothing = Nothing was found that belongs to your tasks.
found-exactly = Exactly this
found-annual-tickets = Annual tickets
found-cards = Cards by number
found-orders = Customers’ orders
found-nameless = Not personalized yet

welcome-title = Annual tickets
welcome-holders = To make an annual ticket your own, open the personal link that you received with your order.
welcome-staff = For staff
welcome-staff-lead = Personalization, print, mailroom and entry.
welcome-programs = For programs, the API is described at

greeting = Good day, { $name }
ways = Where to
way-box-office = Sell tickets and vouchers, cash or card.
way-orders = Look up what was bought, note payments, cancel.
way-campaigns = Offers and their codes.
way-entry = Check cards at the door, see who comes.
way-admin = What is sold, who works here, devices.
what-waits = What waits for you
count-to-personalize = { $count ->
    [one] annual ticket waits for its name and photo
   *[other] annual tickets wait for name and photo
  }
count-photos-to-review = { $count ->
    [one] photo waits to be looked at
   *[other] photos wait to be looked at
  }
count-set-aside = { $count ->
    [one] card needs your attention before printing
   *[other] cards need your attention before printing
  }
count-ready-to-print = { $count ->
    [one] card is ready to print
   *[other] cards are ready to print
  }
count-in-print-run = { $count ->
    [one] card is in a print run
   *[other] cards are in print runs
  }
count-to-issue = { $count ->
    [one] printed card waits at the counter
   *[other] printed cards wait at the counter
  }
count-to-post = { $count ->
    [one] card to post
   *[other] cards to post
  }
count-to-lay-ready = { $count ->
    [one] card to lay ready for pickup
   *[other] cards to lay ready for pickup
  }
count-to-collect = { $count ->
    [one] card lies ready for its holder
   *[other] cards lie ready for their holders
  }
count-returned = { $count ->
    [one] card came back by post
   *[other] cards came back by post
  }

error-not-found-title = There is nothing here
error-not-found-next = The address may be mistyped or out of date. Go back to the page you came from, or begin anew at the start page.
error-forbidden-title = This is not for your role
error-forbidden-next = Your account may not open this page. An administrator can change that.
error-signed-out-title = Your session has ended
error-signed-out-next = Nothing was saved, and nothing is lost: sign in again in a new tab, then come back here, go one page back, and send the form once more.
error-elsewhere-title = This form came from another site
error-elsewhere-next = For your protection it was not carried out. Open the page here and try again.
error-too-large-title = That was too large
error-too-large-next = Nothing was saved. Choose a smaller file and try again.
error-busy-title = One moment, please
error-busy-next = Very much is going on right now. Nothing was changed. Please try again in a moment.
error-request-title = That could not be carried out
error-request-next = Nothing was changed. Go back, reload the page and try again.
error-server-title = Something went wrong on our side
error-server-next = Nothing was changed. Please try again; if it happens again, give the number below to the administrator.
operation-id = Number of this answer:

date-in-words = { $day } { $month } { $year }
moment = { $date }, { $time }
time-of-day = { $hour }:{ $minute }
weekday-and-date = { $weekday }, { $date }
month-1 = January
month-2 = February
month-3 = March
month-4 = April
month-5 = May
month-6 = June
month-7 = July
month-8 = August
month-9 = September
month-10 = October
month-11 = November
month-12 = December
weekday-1 = Monday
weekday-2 = Tuesday
weekday-3 = Wednesday
weekday-4 = Thursday
weekday-5 = Friday
weekday-6 = Saturday
weekday-7 = Sunday
