# The pickup desk finds cards by what somebody says.

pickup-desk = Find a card that lies ready
pickup-who = Who comes for a card?
pickup-field = Pickup code, name, e-mail, order or card number
pickup-hint = Part of a name is enough.
pickup-find = Find
pickup-found = Cards that lie ready
pickup-none = No card lies ready under that. Ask for another word, or look whether it lies in another house.
label-title = Label for { $name }
label-print = Print its label (PDF)
