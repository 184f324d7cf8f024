# Mails: what they say, the outbox, and asking for links.

mails-title = Mails
mails-title-lead = What was written to whom, and what could not be delivered.
mails-are-files = No mail server is set up. Mails are written as files into the folder “mails” of the data folder.
mails-failed-count = { $count ->
    [one] One mail could not be delivered.
   *[other] { $count } mails could not be delivered.
  }
mails-send-all-again = Send all of them again
mails-search = Name or address
mails-empty = There are no such mails.
mails-what = Mail
mails-when = Written
mails-deed = What can be done
mail-send-again = Send again
mail-send-again-to = Send again: { $name }
mail-waits-again = The mail is on its way again.
mails-wait-again = { $count ->
    [one] One mail is on its way again.
   *[other] { $count } mails are on their way again.
  }
mail-state-waiting = On its way
mail-state-trying = Not delivered yet
mail-state-sent = Delivered
mail-state-failed = Not delivered
mail-kind-order-link = Order with its links
mail-kind-order-reminder = Reminder to personalize
mail-kind-order-lost-links = Lost links
mail-kind-staff-password-link = Link for a new password
mail-asked-title = Please look at your mails
mail-asked-wait = Nothing there? Look among unwanted mails too, or try another address.
mail-asked-other = Try another address
mail-asked-too-often = This was asked too often. Please wait a quarter of an hour and try again.
mail-greeting = Good day,
mail-greeting-name = Good day { $name },
mail-order-subject = Your order { $number } – { $museum }
mail-order-subject-reserved = Your reservation { $number } – { $museum }
mail-order-thanks = thank you for your order { $number }. Everything that belongs to it stands here.
mail-order-reserved = thank you. What you want is reserved for you under the number { $number }. You get your tickets as soon as they are paid.
mail-order-links-hint = Each annual ticket has a link of its own. Behind it you enter a name and a photo, and we make the card. You can pass a link on: whoever has it makes the card in their name.
mail-order-tickets-attached = They lie in this mail as a PDF. Show them at the entrance, on the phone or printed.
mail-order-see = See your order
mail-order-why = { $museum } sends you this mail because this address was given with an order.
mail-reminder-subject = Your annual ticket is waiting for you – { $museum }
mail-reminder-text = { $count ->
    [one] on { $day } you bought an annual ticket that has no name yet. With a name and a photo it becomes a card.
   *[other] on { $day } you bought annual tickets of which { $count } have no name yet. With a name and a photo each becomes a card.
  }
mail-lost-subject = The links to your orders – { $museum }
mail-lost-text = here are the links to your orders that you asked for.
mail-lost-why = You did not ask for this? Then somebody mistyped an address; you need not do anything.
mail-password-subject = A new password – { $museum }
mail-password-text = with this link you choose a new password. It works once, for { $hours } hours.
mail-password-why = You did not ask for this? Then you need not do anything: your password stays as it is.
lost-link-title = Lost your link?
lost-link-lead = Tell us the e-mail address that you gave with your order. We send the links to your orders there.
lost-link-send = Send me the links
lost-link-asked = If there are orders with this address, a mail with their links is on its way.
password-asked = If somebody signs in with this address, a mail with a link is on its way.
