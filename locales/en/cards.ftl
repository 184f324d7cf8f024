# The holder's own page.

your-annual-ticket = Your annual ticket
whose-card = Whose card is it?
whose-card-hint = The name stands on the card. One of the two parts is enough.
holder-name = Name on the card
given-name = Given name
family-name = Family name
birth-date = Date of birth
starts-on = First day
photo = Photo
photo-choose = Choose a picture
photo-of = Photo of { $name }
photo-rule-face = One person, face from the front, nothing in front of it
photo-rule-light = Bright and sharp, on a plain background
photo-rule-file = JPEG, PNG or WebP, at most 15 MB; we crop it to the shape of the card
delivery = How do you get your card?
delivery-way = How it reaches you
delivery-mail = By post
delivery-mail-hint = To the address below
delivery-pickup = Pick it up: { $house }
delivery-pickup-in = You pick it up: { $house }
delivery-counter = At the counter of the museum
address = Address
address-hint = Needed only if we post the card.
street = Street and number
address-extra = Addition (optional)
postal-code = Postal code
city = Town
country = Country
save-and-check = Save and check
nothing-final-yet = Nothing is final yet: on the next page you see everything once more.

name-missing = Please type a name.
name-too-long = This name is too long: at most 200 characters.
birth-date-missing = Please give the date of birth.
birth-date-in-the-future = This date of birth lies in the future.
birth-date-too-early = This date of birth lies too far back.
date-unreadable = This date cannot be read. Please write it as year-month-day, for instance 1990-05-31.
start-outside = The first day must lie between { $earliest } and { $latest }.
start-refused = This first day is not possible. Please choose another.
delivery-missing = Please choose how the card is to be handed out.
street-missing = Please type street and number.
postal-code-missing = Please type the postal code.
postal-code-wrong = This postal code does not fit the country. There it looks like this: { $example }.
city-missing = Please type the town.
country-missing = Please choose the country.
address-too-long = This is too long for a label: at most 100 characters a line, 16 for the postal code.
photo-missing = Please choose a photo.
photo-why-face-too-small = The face is too small, or partly outside the picture.
photo-why-face-covered = The face is covered or turned away, for instance by sunglasses.
photo-why-bad-light = The photo is too dark or too bright.
photo-why-blurred = The photo is blurred.
photo-why-several-people = There is more than one person in the photo.
photo-why-no-portrait = The photo shows no person, or is a picture of a picture.
photo-again-title = Please choose another photo
photo-again-send = Send the photo
photo-is-looked-at = We are still looking at your photo. Then your card is printed.
own-photo-title = Only your photo is missing
own-photo-known = What we know already
own-photo-change = Change some of it
photo-too-large = This file is too large: at most 15 MB. Please choose a smaller one.
photo-too-many-pixels = This picture has more than 20 megapixels. Please choose a smaller one, or take the photo on this page.
photo-too-small = This picture is too small to print: cropped it is { $width } pixels wide, and 189 are needed. Please choose a larger one.
photo-empty = This file is empty. Please choose another one.
photo-heic = This is a HEIC file, as iPhones take them. Take the photo on this page, or save it as JPEG.
photo-other-format = Files of the kind { $format } cannot be printed. Please save the picture as JPEG or PNG and choose it again.
photo-moving = This picture moves. Please choose a single photo.
photo-damaged = This file is damaged or incomplete. Please choose it again, or take another photo.
photo-unreadable = This file cannot be read as a picture. Please save it as JPEG or PNG and choose it again.
photo-take = Take a photo
photo-webcam = Take one with the camera
photo-good = The photo is good.
photo-busy = The photo is being checked …
photo-done = The photo is saved.
photo-failed = The photo did not arrive. Please check the connection and try again.
photo-camera-denied = The camera cannot be reached. Allow it in the browser, or choose a file.
photo-camera-picture = Picture of the camera
photo-shoot = Take the picture
photo-cancel = Cancel
photo-again = Another picture
photo-use = Use this photo
photo-crop = Part of the photo
photo-crop-help = Move the face into the middle: with your finger, the mouse or the arrow keys. Plus and minus change the size, R turns, Enter uses it.
photo-nearer = Nearer
photo-farther = Farther away
photo-turn = Turn right
photo-left = Part to the left
photo-right = Part to the right
photo-up = Part upwards
photo-down = Part downwards

preview = Preview
preview-alt = Preview: the front of the card as it will be printed
card-picture = The card of { $name }
preview-note = The card will be printed like this. Its code and number go on the back.
preview-failed = There is no preview at the moment.
preview-no-layout = No card layout is agreed for this product yet. The card will be made as soon as there is one.
preview-missing-glyph = The font of the card does not have one of the name’s characters. Please write the name with other characters.
preview-photo-review = The card is printed as soon as its photo is accepted.
preview-text-too-long = The name is too long for the card. Please shorten it.
preview-photo-too-small = The photo has too few pixels for the card. Please choose a larger one.

all-right = Is everything right?
all-right-lead = We make the card exactly so. After that, changes are possible at the museum's desk only.
changed-meanwhile = Something was changed in the meantime. Please look at everything once more.
no-change = No, change something
yes-make-card = Yes, make my card
finding-aspect = The photo had another shape, so a large part was cut off. Is the whole face on it?
finding-low-resolution = The photo has few pixels and may look soft in print.
finding-dark = The photo is too dark: the face will be hard to see in print. Please take it again in more light.
finding-bright = The photo is too bright: the face has no details. Please take it again without flash or backlight.
finding-blurred = The photo is blurred. Please take it again with a steady hand.

validity = Valid
valid-from-until = From { $from } until { $until }
valid-from-first-entry = One period from your first visit, which must come by { $latest }
valid-later = The dates are set as soon as everything is complete.
when-and-where = When and where you may enter
from = from
until = until
opens = As often as you like, at:

status-unpaid = Your order is not paid yet. We make the card as soon as the payment has arrived.
status-blocked = This annual ticket is blocked. Please ask at the museum's desk.
status-cancelled = This annual ticket was cancelled. It no longer opens anything.
status-expired = This annual ticket has expired. Renew it at the desk; your card stays good.

your-card = Your card
card-preparing = Your card is being made.
card-printed-mail = Your card is printed and will be posted soon.
card-printed-pickup = Your card is printed and will soon lie ready: { $house }.
card-travels = Your card is printed and has been on its way to its pickup place since { $day }: { $house }.
card-printed-counter = Your card is printed and waits for you at the counter.
card-dispatched = Your card is on its way: posted on { $day }.
card-deposited = Your card lies ready for you: { $house }.
card-handed-over = You have your card. Enjoy your visit.
card-returned = Your card came back by post. Please tell us your present address at the desk.
card-void = This card is no longer valid.
consignment = Consignment:
number-of-card = Card number
stage-personal = Name and photo
stage-printed = Printed
stage-posted = Posted
stage-laid-ready = Laid ready
stage-at-counter = At the counter
stage-in-hand = With you
stage-done = (done)
change-at-desk = Something is wrong? The staff at the museum's desk can still change it.

link-unknown = This link leads nowhere
link-unknown-next = It may be incomplete or was replaced by a newer one. Please open the link from your latest message again, or ask at the museum's desk.

country-at = Austria
country-au = Australia
country-be = Belgium
country-bg = Bulgaria
country-ca = Canada
country-ch = Switzerland
country-cn = China
country-cy = Cyprus
country-cz = Czechia
country-de = Germany
country-dk = Denmark
country-ee = Estonia
country-es = Spain
country-fi = Finland
country-fr = France
country-gb = United Kingdom
country-gr = Greece
country-hr = Croatia
country-hu = Hungary
country-ie = Ireland
country-is = Iceland
country-it = Italy
country-jp = Japan
country-li = Liechtenstein
country-lt = Lithuania
country-lu = Luxembourg
country-lv = Latvia
country-mt = Malta
country-nl = Netherlands
country-no = Norway
country-nz = New Zealand
country-pl = Poland
country-pt = Portugal
country-ro = Romania
country-se = Sweden
country-si = Slovenia
country-sk = Slovakia
country-tr = Türkiye
country-ua = Ukraine
country-us = United States

# The states in words.

card-state-preparing = being prepared
card-state-waiting-for-layout = waiting for a layout
card-state-set-aside = set aside
card-state-ready-to-print = ready to print
card-state-in-print-run = in a print run
card-state-ready-for-dispatch = printed
card-state-dispatched = posted
card-state-deposited = laid ready
card-state-handed-over = handed over
card-state-returned = came back
card-state-void = void
annual-ticket-test = { $name } (trial)
annual-state-awaiting = waits for personalization
annual-state-active = valid
annual-state-blocked = blocked
annual-state-expired = expired
annual-state-cancelled = cancelled
missing-photo = the photo
missing-holder-name = the name
missing-holder-birth-date = date of birth
missing-address = the address

# The worklist.

worklist-lead = Annual tickets that are nobody’s yet come first.
worklist-search = Name or number
worklist-total = { $count ->
    [one] 1 annual ticket
   *[other] { $count } annual tickets
}
worklist-begin = Begin with the first
worklist-empty = Nothing waits here. Exchange a voucher, or look for a name.
worklist-nothing = No annual ticket fits. Change the filter, or look for a part of the name.
namesakes = This person may have an annual ticket already:
namesake-until = until { $until }
photos-title = Look at photos
photos-total = { $count ->
    [one] 1 photo waits to be looked at.
   *[other] { $count } photos wait to be looked at.
  }
photos-accept = Accept
photos-crop = Change the part
photos-again = Ask for another one
photos-again-hint = The reason goes to the person by mail with the link, in their language.
photos-again-go = Ask for another photo
photos-later = After this one
photos-nothing = No photo waits. New ones appear here as soon as somebody uploads one.
photos-moved-on = This photo was decided on already, or was replaced.
photo-accepted = The photo of { $name } is accepted.
photo-asked-again = { $name } gets a mail with the reason and the link.
photo-asked-again-without-mail = There is no mail address for { $name }. Hand out the link from the page of the annual ticket.
mail-kind-annual-ticket-photo-again = Request for another photo
mail-photo-again-subject = { $museum }: we need another photo from you
mail-photo-again-text = we are sorry that we cannot print the photo for the annual ticket of { $name }.
mail-photo-again-how = Please choose another one. Everything else is stored and stays as it is.
mail-photo-again-go = Choose another photo
pile-awaiting-personalization = to personalize
pile-active = valid
pile-blocked = blocked
pile-expired = expired
pile-cancelled = cancelled
pile-all = all
sort-newest = Newest first
sort-oldest = Oldest first
sort-name = By name
filter-all = All of them
filter-pickup = Picked up in
filter-sort = Order of the list
filter-apply = Show
filter-next = Show more
filter-export = Download the list (CSV)
column-number = Number
column-holder = Holder
column-product = Product
column-state = State
column-missing = Still missing
column-since = Since
way-mail = Post office
way-counter = Counter

# The annual ticket at the desk.

nobody-yet = No name yet
opens-where = Valid in
desk-delivery = How does the card get to the person?
desk-finish = Make the card
desk-missing = Still missing:
desk-nothing-missing = Everything is there. The card can be made.
desk-save = Save
desk-save-and-finish = Save and make the card
desk-saved = Saved: { $name }
desk-finished = The card for { $name } is being made.
desk-card = The card
desk-no-card = There is no card yet.
desk-holder = The holder
desk-edit = Change the details
desk-edit-next = A card that is not printed yet will be made with the new details. A printed one stays as it is; you can replace it afterwards.
desk-more = Other steps
desk-link = Personal link
desk-link-open = Whoever has this link can fill in name and photo themselves, for instance on their own phone.
desk-link-closed = Here the holder sees where the card is.
desk-siblings = The same order also holds
desk-order = To the order
desk-unpaid = The order is not paid yet. The card is printed after that.
desk-blocked = Blocked ({ $reason }): no entry opens for it.
desk-expired = Expired. After a renewal the same card is good again.
desk-cancelled = Cancelled. Nothing about it can be changed any more.
photo-upload = Upload the photo
cancel = Go back
conflict-title = Somebody else changed something meanwhile
conflict-next = What you typed is still in the form. Compare; if you save again, yours counts.
conflict-take-theirs = Discard what I typed
conflict-field = Field
conflict-theirs = Stored now
conflict-yours = What you typed

# Block, replace, renew.

deed-effects = What will happen
deed-block-title = Block the annual ticket
deed-block-do = Block it
deed-block-done = The annual ticket is blocked. The entries know within seconds.
deed-block-cards = { $count ->
    [one] 1 card opens nothing from now on.
   *[other] { $count } cards open nothing from now on.
}
deed-block-until = Its days go on: it is valid until { $until }.
deed-unblock-title = Lift the block
deed-unblock-do = Lift it
deed-unblock-done = The block is lifted.
deed-unblock-cards = { $count ->
    [one] 1 card opens again.
   *[other] { $count } cards open again.
}
deed-unblock-until = It is valid until { $until }.
deed-replace-title = Replace the card
deed-replace-do = Make a new card
deed-replace-done = A new card is being made.
deed-replace-issue = Card number { $number } of this ticket is made, with a number of its own.
deed-replace-old = Lost or stolen: the old card opens nothing from now on. Otherwise it opens until the new one is handed over.
deed-replace-until = The validity stays: until { $until }.
deed-renew-title = Renew the annual ticket
deed-renew-do = Renew it
deed-renew-done = The annual ticket is renewed.
deed-renew-days = Last day so far: { $before }. Last day afterwards: { $after }.
deed-renew-card = The card stays the same; nothing is printed.
deed-renew-refused = This annual ticket cannot be renewed.
reason = Why
reason-other = Another reason
reason-words = The other reason in words, without names
reason-missing = Please say why.
reason-too-long = This is too long: at most 200 characters.
why-lost = lost
why-stolen = stolen
why-misuse = misused
why-damaged = damaged
why-name-changed = name or photo changed
problem-already-blocked = The annual ticket is blocked already.
problem-changed-meanwhile = Somebody else changed something meanwhile.
problem-nothing-differs = The card shows what is stored, or it was decided already.
problem-not-blocked = The annual ticket is not blocked.
problem-annual-ticket-cancelled = The annual ticket was cancelled.
problem-already-finalized = The card is being made already.
problem-personalization-incomplete = The personalization has to be complete first.
problem-too-many-cards = This annual ticket has had 255 cards; there can be no more.
problem-not-begun = It has not begun yet, so there is nothing to renew.
problem-not-renewable = A season ticket ends with its season and cannot be renewed.

# The next step.

next-card = To the card
next-sibling = On to the next person
next-replace = Replace the card
next-unblock = Lift the block
next-renew = Renew
next-list = To the worklist
next-check-entry = Check at the entry
next-ticket = To the annual ticket
next-desk = To the start of the day
next-hand-over = Hand it over
next-pay = Take the payment
next-look-again = Look again
next-waiting = See what waits
next-mend = Mend the details
next-look-at-photo = Look at the photo
next-print = Print
next-print-now = Print now
next-check-print = Check the print
next-post = Give it to the post
next-lay-ready = Lay it ready
next-returned = It came back
next-send-again = Send or lay ready again
next-current-card = To the card that counts

# The card.

card-differs = The printed card no longer shows what is stored now. Keep it, or replace it.
card-keep = Keep it as it is
card-kept = The card stays as it is.
card-issue = card { $number } of this ticket
card-undo = Undo: { $step }
card-belongs = Belongs to
card-others = Its other cards
card-no-faces = The picture of the card is there as soon as it is ready to print.
card-picture-back = The back of the card
card-where-unpaid = Waits for the payment of the order.
card-where-preparing = Its picture is being made right now.
card-where-waiting-for-layout = No layout is agreed for its product yet. It goes on by itself afterwards.
card-where-set-aside = It cannot be printed like this. Please mend the details.
card-where-ready-to-print = Waits for the next print run.
card-where-in-print-run = Is in a print run that is not confirmed yet.
card-where-printed = Printed, in the house. Next: { $way }
card-where-travels = Printed, in a transfer box since { $day }, on its way: { $house }
card-where-dispatched = Given to the post on { $day } ({ $how }).
card-where-deposited = Lies ready: { $house }
card-where-deposited-shelf = Lies ready: { $house }, shelf { $shelf }
card-where-handed-over = Handed over on { $day }.
card-where-handed-over-by = Handed over on { $day } to { $by }.
card-where-returned = Came back on { $day }.
card-where-void = Opens nothing any more: { $why }

# Exchange and undo.

exchange-title = Exchange the voucher
exchange-voucher = The voucher
exchange-for = Is exchanged for
exchange-sold = Bought on
exchange-until = Can be exchanged until
exchange-effect = { $count ->
    [one] One annual ticket is made; its form opens afterwards.
   *[other] { $count } annual tickets are made; the form of the first opens afterwards.
}
exchange-do = Exchange and personalize
exchange-done = { $count ->
    [one] The voucher is exchanged. Now name and photo are missing.
   *[other] The voucher is exchanged: { $count } annual tickets. Now names and photos are missing.
}
exchange-expired = This voucher could be exchanged until { $day }.
problem-already-exchanged = This voucher was exchanged before.
problem-voucher-void = This voucher is void: its ticket was cancelled.
own-address-title = Give the right address
own-address-lead = The post could not deliver your card. Tell us where it should go, and we post it once more.
own-address-go = Send the card there
own-address-mended = Thank you. Your card goes to the new address.
deed-withdraw-link-title = Withdraw the link
deed-withdraw-link-do = Withdraw it
deed-withdraw-link-done = The old link opens nothing any more. You can send a new one with the reminder.
deed-withdraw-link-old = Whoever has the present link sees and changes nothing with it any more.
deed-withdraw-link-new = There is a new link at once; what was entered already stays.

deed-forget-title = Forget the person
deed-forget-do = Forget this person
deed-forget-done = The person is forgotten. The annual ticket stays, by its number.
deed-forget-what = Name, day of birth, address and portrait are erased everywhere: here, in what was printed, and in the files.
deed-forget-right = The right stays, without a name, until { $until }. The card goes on opening.
deed-forget-for-good = This cannot be undone. A new card can only be made when somebody is entered anew.
why-asked-for = the person asked for it
problem-card-in-the-house = The card is still in the house. Hand it out first, or cancel its sale.
