# Customers: their own page, and what the desk knows of them.

actor-customer = The customer
my-title = My orders and tickets
my-lead = Tell us your e-mail address. We send you a link there, behind which you see your orders and annual tickets.
my-send-link = Send me a link
my-asked = A mail with a link is on its way. It works once, for half an hour.
my-enter-lead = You are about to open your page in this browser. The link works once.
my-enter = Open my page
my-link-over = It was used already, or it is older than half an hour. Ask for another one.
my-another-link = Ask for another link
my-annual-tickets = Your annual tickets
my-no-annual-tickets = There are no annual tickets.
my-valid-until = valid until { $day }
my-personalize = Add name and photo
my-look = Look at it
my-orders = Your orders
my-no-orders = There are no orders.
my-newsletter = News
my-newsletter-is-wanted = You get our news by mail. You can stop that at any time.
my-newsletter-is-not-wanted = You get no news from us. If you like, we write to you now and then about what there is to see.
my-newsletter-begin = Yes, send me news
my-newsletter-stop = No more news, please
my-newsletter-wanted = You will get our news.
my-newsletter-taken-back = You will get no more news.
my-sign-out = Sign out
my-signed-out = You are signed out.
mail-kind-customer-link = Link to one’s own page
mail-my-subject = Your link – { $museum }
mail-my-text = here is the link to your orders and annual tickets. It works once, for { $minutes } minutes.
mail-my-why = You did not ask for this? Then somebody mistyped an address; you need not do anything.
customers-title = Customers
customers-empty = There are no such customers.
customers-who = Who
customers-since = Known since
customers-newsletter = News
customers-want-news = wants news
customers-want-no-news = wants no news
customers-language = Language of letters
customers-addresses = Addresses for mail
customers-proved = proved on { $moment }
customers-not-proved = not proved
customer-saved = Saved.
customers-merged = The two records are one now.
merge-title = Join with another record
merge-lead = { $name } is here twice? Name an address of the other record.
merge-with = Address of the other record
merge-nobody = No other record has this address.
merge-ask = Its addresses and orders go to { $name }, and the record is gone. This cannot be undone.
merge-do = Join them
merge-not = Not this one
lists-title = Lists
lists-one = List
lists-lead = Customers whom somebody chose, for instance for a campaign.
lists-members = { $count ->
    [one] one customer
   *[other] { $count } customers
  }
lists-name = Name of a new list
lists-make = Make the list
lists-put-on = Put on the list
lists-take-off = Take off
lists-take-off-one = Take off: { $name }
list-made = The list “{ $name }” is there.
list-name-wrong = A list needs a name of at most 100 characters.
list-put-on = Put on the list.
list-taken-off = Taken off the list.
import-title = Customers from a file
import-lead = You see every line before anything is kept.
import-file = File (CSV)
import-hint = The first line names the columns: email, and if you like name, language and newsletter. A spreadsheet saves such files as CSV.
import-list = Put them on a list
import-no-list = On no list
import-look = Look at it
import-preview = What the file says
import-counts = New: { $new }, known already: { $known }.
import-wrong = { $count ->
    [one] One line is left out.
   *[other] { $count } lines are left out.
  }
import-onto = They come onto the list “{ $name }”.
import-another = Another file
import-do = Keep them
import-line = Line
import-more = { $count ->
    [one] One more line is not shown.
   *[other] { $count } more lines are not shown.
  }
import-new = New
import-known = Known already
import-line-not-an-address = No e-mail address
import-line-repeated = Stands in the file twice
import-line-name-too-long = The name is too long
import-line-unknown-language = The language is not two letters
import-line-unclear-news = Newsletter: neither yes nor no
import-empty = There are no lines in this file.
import-no-addresses = No column is called email. Please name the columns in the first line.
import-too-long = The file has more than 5,000 lines. Please divide it.
import-no-table = This file is no table. Please save it as CSV.
customers-imported = { $count ->
    [one] One customer was taken from the file.
   *[other] { $count } customers were taken from the file.
  }

forget-title = Forget this customer
forget-question = Forget { $name }?
forget-me-question = Delete your data?
forget-me-link = Delete my data
forget-what = Name and addresses are erased for good: here, in orders, and in mails. Links that were sent open nothing any more.
forget-stays = Orders stay, without a name, and their tickets stay valid. An invoice keeps the name and postal address that the law wants on it.
forget-holders = Erase the holder’s name, portrait and address on these annual tickets, too
forget-holders-hint = The cards go on opening, by their numbers. What belongs to somebody else stays theirs.
forget-do = Erase for good
forget-done = The data is erased.
forget-open-order = The order { $number } waits for its payment. It has to be paid or cancelled first.
problem-order-open = An order waits for its payment. It has to be paid or cancelled first.
